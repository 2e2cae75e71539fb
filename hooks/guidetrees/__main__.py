"""What authors run: every problem of a project on a line (`check`), every way through its trees as a table
(`paths`), its documents for review as Markdown (`review`), a tree to start from (`new`), and what has changed
for readers since another version (`diff`), and what editors know of its files (`schema`).

Exit codes: 0 nothing but notes, 1 problems, 2 wrong use or nothing could be written.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from . import export, new, schema
from .base import NoBase, folder_of
from .check import Finding, errors, hints
from .picture import NoGraphviz
from .project import Project, read_project
from .told import tell
from .versions import Versions, unreadable
from .views import Site, prepare
from .words import UnknownLanguage, read_words

NEXT = """\
It holds as it stands and says nothing yet. What to do next:
1. Run `make serve`, open the preview, and open the file in an editor.
2. Write every text anew that begins with a word in square brackets, and cite the sections that the tree rests on.
3. Save, and look at the preview. When something is wrong, `make check` says where.
"""


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"'{text}' is no date: write it as 2027-06-01") from error


def annotation(finding: Finding) -> str:
    """A finding as a workflow command of GitHub, which shows it at its line of a change."""
    level = {"error": "error", "warning": "warning", "note": "notice"}[finding.level]
    place, message = finding.problem.place, finding.problem.message
    for sign in "%\r\n":
        message = message.replace(sign, f"%{ord(sign):02X}")
    return f"::{level} file={place.file},line={place.line},col={place.column},title={finding.rule}::{message}"


FORMATS: dict[str, Callable[[Finding], str]] = {"text": str, "github": annotation}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="guidetrees", description=__doc__)
    parser.add_argument("command", choices=["check", "paths", "review", "new", "diff", "schema"])
    parser.add_argument("subject", nargs="?", help="the name of the new tree; the version to compare with")
    parser.add_argument("--root", type=Path, default=Path(), help="the project's folder (default: this one)")
    parser.add_argument("--to", type=Path, help=f"the folder to write to (default: review/ or {schema.FOLDER}/)")
    parser.add_argument("--on", type=_day, help="check as on this day, such as 2027-06-01 (default: today)")
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help="for people, or as GitHub's annotations (default: text)"
    )
    options = parser.parse_args(arguments)
    takes = {"new": start, "diff": differ}
    if options.subject is not None and options.command not in takes:
        parser.error(f"{options.command} takes no more words: '{options.subject}'")
    # A terminal on Windows may not know every letter of a problem.
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        if options.command in takes:
            return takes[options.command](options.root, options.subject or "")
        return report(options)
    except (UnknownLanguage, NoGraphviz, new.Refused, NoBase, OSError) as error:
        print(error, file=sys.stderr)
        return 2


def report(options: argparse.Namespace) -> int:
    """`check`, `paths` and `review`: what one project holds."""
    project = read_project(options.root)
    if options.command == "schema":
        return write_schemas(project, options.to or options.root / schema.FOLDER)
    found = errors(project, options.on)
    if found or options.command == "check":
        for finding in found or hints(project, options.on):
            print(FORMATS[options.format](finding))
        return 1 if found else 0
    site = prepare(project, read_words(export.language_of(options.root)))
    for path in export.write(options.to or options.root / "review", files(site, options.command)):
        print(path)
    return 0


def start(root: Path, id: str) -> int:
    """`new`: a tree to start from."""
    path, problems = new.start(read_project(root), root, id, export.language_of(root), date.today())
    for line in problems:
        print(line)
    if problems:
        print(f"{path} was not written: choose another name, or mend these first", file=sys.stderr)
        return 1
    print(path)
    print(NEXT, end="")
    return 0


def differ(root: Path, base: str) -> int:
    """`diff`: what has changed for readers since `base`."""
    words = read_words(export.language_of(root))
    with folder_of(base, root) as folder:
        versions = Versions(read_project(folder), read_project(root))
    found = {f"{base}: ": unreadable(versions.before), "": unreadable(versions.now)}
    for version, problems in found.items():
        for line in problems:
            print(f"{version}{line}")
    if any(found.values()):
        return 1
    print(tell(versions, words, base), end="")
    return 0


def write_schemas(project: Project, folder: Path) -> int:
    """Writes what editors know. A tree may be half written; what the schemas name must have been read."""
    if project.contacts is None or project.updates is None or project.unreadable_pages:
        print(*project.problems, sep="\n")
        return 1
    try:
        for path in export.write(folder, schema.schemas(project)):
            print(path)
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def files(site: Site, command: str) -> export.Files:
    """What a command writes: file names and texts."""
    # A spreadsheet knows UTF-8 by its mark.
    return (
        export.documents(site)
        if command == "review"
        else iter([("paths.csv", "\ufeff" + export.ways_table(site))])
    )


if __name__ == "__main__":
    sys.exit(main())
