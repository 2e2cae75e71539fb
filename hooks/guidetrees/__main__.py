"""What authors run: every problem of a project on a line (`check`), every way through its trees as a table
(`paths`), and its documents for review as Markdown (`review`).

Exit codes: 0 nothing but notes, 1 problems, 2 wrong use or nothing could be written.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from . import export
from .check import Finding, errors, hints
from .picture import NoGraphviz
from .project import read_project
from .views import Site, prepare
from .words import UnknownLanguage, read_words


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
    parser.add_argument("command", choices=["check", "paths", "review"])
    parser.add_argument("--root", type=Path, default=Path(), help="the project's folder (default: this one)")
    parser.add_argument("--to", type=Path, help="the folder to write to (default: review/ in the project)")
    parser.add_argument("--on", type=_day, help="check as on this day, such as 2027-06-01 (default: today)")
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help="for people, or as GitHub's annotations (default: text)"
    )
    options = parser.parse_args(arguments)
    # A terminal on Windows may not know every letter of a problem.
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    project = read_project(options.root)
    found = errors(project, options.on)
    if found or options.command == "check":
        for finding in found or hints(project, options.on):
            print(FORMATS[options.format](finding))
        return 1 if found else 0
    try:
        site = prepare(project, read_words(export.language_of(options.root)))
        for path in export.write(options.to or options.root / "review", files(site, options.command)):
            print(path)
    except (UnknownLanguage, NoGraphviz, OSError) as error:
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
