"""`python -m guidetrees check`: every problem of a project on a line, or its notes.

Exit codes: 0 nothing but notes, 1 problems, 2 wrong use.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .check import check, notes
from .project import read_project


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="guidetrees", description=__doc__)
    parser.add_argument("command", choices=["check"])
    parser.add_argument("--root", type=Path, default=Path(), help="the project's folder (default: this one)")
    options = parser.parse_args(arguments)
    project = read_project(options.root)
    problems = check(project)
    # A terminal on Windows may not know every letter of a problem.
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    for line in problems or notes(project):
        print(line)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
