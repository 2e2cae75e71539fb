"""Commands that write a project in another form: `paths`, `review`, `release`, `compile` and `finish`."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from guidetrees.cli.checks import on_checked_project, print_lines
from guidetrees.cli.command import Command, add_argument, add_folder
from guidetrees.messages.commands import how_to
from guidetrees.messages.errors import UserError
from guidetrees.messages.message import say
from guidetrees.messages.words import read_words, tell
from guidetrees.parse.problem_collector import ProblemCollector
from guidetrees.project.project import Project, read_project
from guidetrees.project.settings import language_of, read_settings

if TYPE_CHECKING:
    from guidetrees.render.context import Site


def _site(project: Project) -> Site:
    from guidetrees.render.context import prepare

    return prepare(project, read_words(project.settings.language))


@on_checked_project
def _paths(project: Project, options: Namespace) -> None:
    from guidetrees.tools.export import paths_file, write

    print_lines(write(options.to or options.root / "review", paths_file(_site(project))))


@on_checked_project
def _review(project: Project, options: Namespace) -> None:
    from guidetrees.tools.export import documents, write

    print_lines(write(options.to or options.root / "review", documents(_site(project))))


def _release(options: Namespace) -> None:
    from guidetrees.tools.release import release, uncommitted

    for file in uncommitted(options.root):
        message = say("not committed, and so not in the release: {file}", file=file)
        print(tell(message, language_of(options.root)), file=sys.stderr)
    print(release(options.root, options.to or options.root / "release"))


@on_checked_project
def _compile(project: Project, options: Namespace) -> None:
    from guidetrees.publish.portable_project import write

    folder = options.to or options.root / "compiled"
    if project.settings.directory_urls:
        project = read_project(options.root, directory_urls=False)
    write(_site(project), options.root, folder)
    print(folder)


def _finish(options: Namespace) -> None:
    from guidetrees.publish.postprocess import finish

    if not options.site:
        command = how_to("finish", SITE="compiled/site")
        raise UserError(say("no folder: name the one of the built site, {command}", command=command))
    finish(Path(options.site), options.root / read_settings(options.root, ProblemCollector()).layout.docs)


COMMANDS = (
    Command(
        "paths",
        "write every path through the trees as a table",
        "Writes paths.csv: every path from a tree's start to an outcome, one in a row, for a spreadsheet. Prints "
        "its path.",
        example="guidetrees paths --to review",
        run=_paths,
        add_options=add_folder("review"),
    ),
    Command(
        "review",
        "write the documents for review as Markdown",
        "Writes a Markdown file for each tree, one for all of them, and one that lists the guide section by "
        "section with what cites it. Prints their paths.",
        example="guidetrees review --to review",
        run=_review,
        add_options=add_folder("review"),
    ),
    Command(
        "release",
        "make the archive of the last commit's site",
        "Builds the site from the last git commit, and writes a zip file with the site, its checksums and a "
        "software bill of materials. Prints its path. The same commit gives the same bytes.",
        failure="no git commit, a build that fails, or addresses that are not listed",
        example="guidetrees release",
        run=_release,
        add_options=add_folder("release"),
    ),
    Command(
        "compile",
        "write the project for another site builder",
        "Writes every page as Markdown, the files, the theme and mkdocs.yml without the hook, so that any site "
        "builder can make the site. Replaces what was compiled before. Prints the folder.",
        example="guidetrees compile --to compiled",
        run=_compile,
        add_options=add_folder("compiled"),
    ),
    Command(
        "finish",
        "add policies to a site that another builder has built",
        "Reads the pages in SITE, which a site builder has built from what `compile` writes, and adds to each its "
        "content security policy; writes configurations for web servers beside them.",
        success="finished",
        failure="",
        example="guidetrees finish compiled/site",
        run=_finish,
        add_options=add_argument("SITE", "the folder of the built site"),
    ),
)
