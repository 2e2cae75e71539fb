"""What authors run: every problem of a project on a line (`check`), every way through its trees as a table
(`paths`), and its documents for review as Markdown (`review`).

Exit codes: 0 nothing but notes, 1 problems, 2 wrong use or nothing could be written.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from . import export
from .check import check, notes
from .picture import NoGraphviz
from .project import read_project
from .views import Site, prepare
from .words import UnknownLanguage, read_words


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="guidetrees", description=__doc__)
    parser.add_argument("command", choices=["check", "paths", "review"])
    parser.add_argument("--root", type=Path, default=Path(), help="the project's folder (default: this one)")
    parser.add_argument("--to", type=Path, help="the folder to write to (default: review/ in the project)")
    options = parser.parse_args(arguments)
    # A terminal on Windows may not know every letter of a problem.
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    project = read_project(options.root)
    problems = check(project)
    if problems or options.command == "check":
        for line in problems or notes(project):
            print(line)
        return 1 if problems else 0
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
