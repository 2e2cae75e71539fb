"""What authors run: every problem of a project on a line (`check`), a rule's page or the list of rules (`rules`),
a tree to start from (`new`), what has changed for readers since another version (`diff`), every way through the
trees as a table (`paths`), the documents for review as Markdown (`review`), what editors know (`schema`), which
links to other sites are dead or have moved (`links`), the addresses that must last (`addresses`), the archive for
operations (`release`), the project as Markdown and files for any site builder (`compile`), and what the hook does
to pages, done to the site that another builder has made of it (`finish`).

Exit codes: 0 nothing but notes, 1 problems, 2 wrong use or nothing could be written.

`check` runs at every save and every change: what only other commands need (templates, words, pictures) is imported
by these.
"""

from __future__ import annotations

import argparse
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from guidetrees.check.checker import Finding, errors, hints
from guidetrees.project.build_day import InvalidBuildDay
from guidetrees.project.project import PUBLISHED, not_found, read_project

NEXT = """\
It holds as it stands and says nothing yet. What to do next:
1. Run `make serve`, open the preview, and open the file in an editor.
2. Write every text anew that begins with a word in square brackets, and cite the sections that the tree rests on.
3. Save, and look at the preview. When something is wrong, `make check` says where.
"""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="guidetrees", description=__doc__)
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("subject", nargs="?", help="a rule, a new tree, a version or a site")
    parser.add_argument("--root", type=Path, default=Path(), help="the project's folder (default: this one)")
    parser.add_argument("--to", type=Path, help="the folder to write to (default: review/, or the schemas' own)")
    parser.add_argument("--on", type=_day, help="check as on this day, such as 2027-06-01 (default: today)")
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help="for people, or as GitHub's annotations (default: text)"
    )
    options = parser.parse_args(arguments)
    if options.subject is not None and options.command not in ("rules", "new", "diff", "finish"):
        parser.error(f"{options.command} takes no more words: '{options.subject}'")
    # A terminal on Windows may not know every letter of a problem.
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        return COMMANDS[options.command](options)
    except (OSError, InvalidBuildDay) as error:
        return _refuse(error)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"'{text}' is no date: write it as 2027-06-01") from error


def _refuse(why: object) -> int:
    print(why, file=sys.stderr)
    return 2


# check


def annotation(finding: Finding) -> str:
    """A finding as a workflow command of GitHub, which shows it at its line of a change."""
    level = {"error": "error", "warning": "warning", "note": "notice"}[finding.level]
    place, message = finding.problem.location, finding.problem.message
    for sign in "%\r\n":
        message = message.replace(sign, f"%{ord(sign):02X}")
    return f"::{level} file={place.file},line={place.line},col={place.column},title={finding.rule}::{message}"


FORMATS: dict[str, Callable[[Finding], str]] = {"text": str, "github": annotation}


def check(options: Namespace) -> int:
    project = read_project(options.root)
    found = errors(project, options.on)
    tell(found or hints(project, options.on), FORMATS[options.format])
    return 1 if found else 0


def tell(found: list[Finding], line: Callable[[Finding], str]) -> None:
    """Prints findings, a line each; to people at a terminal also where to read on, out of what programs read."""
    for finding in found:
        print(line(finding))
    if found and sys.stdout.isatty():
        rules = ", ".join(dict.fromkeys(finding.rule for finding in found))
        print(f"make rules RULE=… shows an example of: {rules}", file=sys.stderr)


def rules(options: Namespace) -> int:
    """Prints the page of a rule, or the ids of all."""
    from guidetrees.check.rule_docs import as_text, entries

    known, id = {entry.id: entry for entry in entries()}, options.subject
    if id and id not in known:
        return _refuse(not_found("rule", id, known))
    print(as_text(known[id]) if id else "\n".join(known))
    return 0


# Versions


def new(options: Namespace) -> int:
    """Writes a tree to start from."""
    from guidetrees.tools.new_tree import Refused, start

    project = read_project(options.root)
    try:
        path, problems = start(
            project, options.root, options.subject or "", project.settings.language, date.today()
        )
    except Refused as error:
        return _refuse(error)
    for line in problems:
        print(line)
    if problems:
        print(f"{path} was not written: choose another name, or mend these first", file=sys.stderr)
        return 1
    print(path)
    print(NEXT, end="")
    return 0


def diff(options: Namespace) -> int:
    """Tells what has changed for readers since another version."""
    from guidetrees.diff.baseline import NoBase, folder_of
    from guidetrees.diff.report import report
    from guidetrees.diff.versions import Versions, unreadable
    from guidetrees.messages.words import UnknownLanguage, read_words

    base = options.subject or ""
    try:
        now = read_project(options.root)
        words = read_words(now.settings.language)
        with folder_of(base, options.root) as folder:
            versions = Versions(read_project(folder), now)
    except (NoBase, UnknownLanguage) as error:
        return _refuse(error)
    found = {f"{base}: ": unreadable(versions.before), "": unreadable(versions.now)}
    for version, problems in found.items():
        for line in problems:
            print(f"{version}{line}")
    if any(found.values()):
        return 1
    print(report(versions, words, base), end="")
    return 0


# Files


def write(options: Namespace) -> int:
    """Writes what `paths` or `review` makes of a project without problems, and prints the paths."""
    from guidetrees.graph.decision_diagram import TooManyCombinations
    from guidetrees.messages.words import UnknownLanguage, read_words
    from guidetrees.render.views import prepare
    from guidetrees.tools import export

    project = read_project(options.root)
    if found := errors(project, options.on):
        tell(found, str)
        return 1
    try:
        site = prepare(project, read_words(project.settings.language))
        return _written(options.to or options.root / "review", export.files(site, options.command))
    except (UnknownLanguage, TooManyCombinations) as error:
        return _refuse(error)


def schemas(options: Namespace) -> int:
    """Writes what editors know. A tree may be half written; what the schemas name must have been read."""
    from guidetrees.tools.json_schema import FOLDER, schemas

    project = read_project(options.root)
    if project.contacts is None or project.updates is None or project.uncertain.guide:
        print(*project.problems, sep="\n")
        return 1
    return _written(options.to or options.root / FOLDER, schemas(project))


def addresses(options: Namespace) -> int:
    """Adds the addresses that there are now to those that are kept, and prints the new ones."""
    from guidetrees.project.published_urls import all_urls as all_of
    from guidetrees.project.published_urls import updated_list

    project = read_project(options.root)
    if found := errors(project, options.on):
        tell(found, str)
        return 1
    new = sorted(all_of(project) - set(project.published))
    (options.root / PUBLISHED).write_text(updated_list(project), "utf-8")
    print(*new, sep="\n", end="\n" if new else "")
    return 0


def release(options: Namespace) -> int:
    """Makes the archive of the last commit's site, and prints its path."""
    from guidetrees.tools.release import NoRelease, uncommitted
    from guidetrees.tools.release import release as make

    try:
        for file in uncommitted(options.root):
            print(f"not in it, as it is not committed: {file}", file=sys.stderr)
        print(make(options.root, options.to or options.root / "release"))
    except NoRelease as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _written(folder: Path, files: Iterator[tuple[str, str]]) -> int:
    from guidetrees.tools.export import write as written

    for path in written(folder, files):
        print(path)
    return 0


def compile(options: Namespace) -> int:
    """Writes the project as Markdown and files that any site builder reads, and prints the folder's path."""
    from guidetrees.graph.decision_diagram import TooManyCombinations
    from guidetrees.messages.words import UnknownLanguage, read_words
    from guidetrees.publish import portable_project as portable
    from guidetrees.render.views import prepare

    project = read_project(options.root)
    if found := errors(project, options.on):
        tell(found, str)
        return 1
    folder = options.to or options.root / "compiled"
    try:
        site = prepare(project, read_words(project.settings.language))
        portable.write(site, options.root, folder)
    except (UnknownLanguage, TooManyCombinations, portable.NotOurs, OSError) as error:
        return _refuse(error)
    print(folder)
    return 0


def finish(options: Namespace) -> int:
    """Finishes the site that another builder has made."""
    from guidetrees.publish.postprocess import NotCompiled, finish

    if not options.subject:
        return _refuse("name the folder of the site that a builder has made: make finish SITE=compiled/site")
    try:
        finish(Path(options.subject), options.root / "docs")
    except NotCompiled as error:
        return _refuse(error)
    return 0


# Other sites


def links(options: Namespace) -> int:
    """Asks every web address outside the site, and prints those that are dead or have moved for good."""
    from guidetrees.project.external_links import authored_links
    from guidetrees.tools.link_check import NoNetwork, findings

    project = read_project(options.root)
    if project.problems:
        print(*project.problems, sep="\n")
        return 1
    try:
        found = findings(authored_links(project))
    except NoNetwork as error:
        return _refuse(error)
    except KeyboardInterrupt:  # it can take a minute
        return _refuse("stopped: nothing is known of the links")
    print(*map(FORMATS[options.format], found), sep="\n", end="\n" if found else "")
    return 1 if any(finding.level == "error" for finding in found) else 0


COMMANDS: dict[str, Callable[[Namespace], int]] = {
    "check": check,
    "rules": rules,
    "new": new,
    "diff": diff,
    "paths": write,
    "review": write,
    "schema": schemas,
    "addresses": addresses,
    "release": release,
    "links": links,
    "compile": compile,
    "finish": finish,
}
