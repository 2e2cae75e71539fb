"""Commands for authors at work: `new`, `diff`, `schema` and `addresses`."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import date

from guidetrees.check.checker import findings_of_reading
from guidetrees.cli.checks import on_checked_project, print_findings, print_lines
from guidetrees.cli.command import Command, add_argument, add_folder
from guidetrees.messages.commands import how_to
from guidetrees.messages.message import about, say
from guidetrees.messages.words import read_words, tell
from guidetrees.project.project import Project, read_project
from guidetrees.source.layout import DEFAULT

NEXT_STEPS = (
    say("The tree is valid, and its texts are placeholders. What to do next:"),
    say("1. Run `{command}`, open the preview, and open the file in an editor.", command=how_to("serve")),
    say(
        "2. Replace every text that begins with a word in square brackets, and cite the sections that the tree is "
        "based on."
    ),
    say(
        "3. Save, and look at the preview. If something is wrong, `{command}` reports where.",
        command=how_to("check"),
    ),
)


def _new(options: Namespace) -> int:
    from guidetrees.tools.new_tree import write_new_tree

    project = read_project(options.root)
    language = project.settings.language
    path, found = write_new_tree(project, options.root, options.tree, language, date.today())
    if found:
        print_findings(found, language)
        refusal = say("{path} was not written: choose another name, or fix these problems first", path=path)
        print(tell(refusal, language), file=sys.stderr)
        return 1
    print(path)
    print_lines(tell(step, language) for step in NEXT_STEPS)
    return 0


def _diff(options: Namespace) -> int:
    from guidetrees.diff.baseline import former_project
    from guidetrees.diff.report import report
    from guidetrees.diff.versions import Versions, unreadable

    now = read_project(options.root)
    words = read_words(now.settings.language)
    with former_project(options.base, options.root, now.layout) as before:
        versions = Versions(before, now)
    lines = [about(options.base, finding.line) for finding in unreadable(versions.before)]
    if lines := [*lines, *(finding.line for finding in unreadable(versions.now))]:
        print_lines(map(words.tell, lines))
        return 1
    print(report(versions, words, options.base), end="")
    return 0


def _schema(options: Namespace) -> int:
    from guidetrees.tools.export import write
    from guidetrees.tools.json_schema import schemas

    project = read_project(options.root)
    # Trees may be half written. The names that the schemas list must have been read.
    if project.contacts is None or project.updates is None or project.uncertain.guide:
        print_findings(findings_of_reading(project.problems), project.settings.language)
        return 1
    print_lines(write(options.to or options.root / project.layout.schemas, schemas(project)))
    return 0


@on_checked_project
def _addresses(project: Project, options: Namespace) -> None:
    from guidetrees.project.published_urls import all_urls, updated_list

    (options.root / project.layout.published).write_text(updated_list(project), "utf-8", newline="\n")
    print_lines(sorted(all_urls(project) - set(project.published)))


COMMANDS = (
    Command(
        "new",
        "write a new tree to change",
        "Writes decision_trees/TREE.yml, a small tree that passes `check`, with a comment on all to change. "
        "Never overwrites a file. Prints the path.",
        success="the file is written",
        failure="not written, as the name would cause problems in other trees, which are printed",
        example="guidetrees new my-new-tree",
        run=_new,
        add_options=add_argument("TREE", "the new tree's id: a-z, 0-9 and single hyphens"),
    ),
    Command(
        "diff",
        "say what has changed for readers since another version",
        "Compares the project with another version of it, and prints what is new, gone, reworded or leads "
        "elsewhere, in the site's language. Writes nothing.",
        success="compared, with or without changes",
        failure="one of the versions has problems, which are printed",
        example="guidetrees diff HEAD~1",
        run=_diff,
        add_options=add_argument("BASE", "a git revision, or a folder that holds a project"),
    ),
    Command(
        "schema",
        "write the JSON Schemas that editors use",
        "Reads the project, and writes the schemas of trees, contacts and updates, with the names that can be "
        "cited. Prints their paths.",
        failure="contacts, updates or the guide cannot be read: the problems are printed",
        example="guidetrees schema",
        run=_schema,
        add_options=add_folder(DEFAULT.schemas),
    ),
    Command(
        "addresses",
        "add new addresses to the list of published ones",
        f"Adds the addresses that the site has now to {DEFAULT.published}, and prints those that are new. From "
        "then on, `check` reports when one of them leads nowhere. Run it before a version is published.",
        example="guidetrees addresses",
        run=_addresses,
    ),
)
