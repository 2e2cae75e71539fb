"""Commands for those who run a site: `counts`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from pathlib import Path

from guidetrees.cli.checks import on_checked_project
from guidetrees.cli.command import Command
from guidetrees.project.project import Project


@on_checked_project
def _counts(project: Project, options: Namespace) -> None:
    from guidetrees.messages.message import say
    from guidetrees.messages.words import read_words
    from guidetrees.tools.access_counts import as_table, as_text, best_path, count, rows
    from guidetrees.tools.spreadsheet import as_csv

    words, views = read_words(project.settings.language), count(project, options.logs)
    path = options.prefix or best_path(views)
    others = [] if options.prefix else sorted(set(views) - {path})
    for other in others:
        left = say(
            "left out: {views} views below {path} (--prefix {path})", views=views[other].total(), path=other
        )
        print(words.tell(left), file=sys.stderr)
    table = rows(project, views.get(path, Counter()))
    print(as_csv(words, as_table(words, table)) if options.format == "csv" else as_text(words, table), end="")


def _prefix(path: str) -> str:
    """The path of a site with its slashes: `x/y` → `/x/y/`."""
    return f"/{path.strip('/')}/".replace("//", "/")


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("logs", metavar="LOG", nargs="+", type=Path, help="an access log, also one ending in .gz")
    help = "the site's path on the server, such as /intranet/guide/ (default: the one with most views)"
    parser.add_argument("--prefix", metavar="PATH", type=_prefix, help=help)
    help = "tables for people, or one for a spreadsheet (default: text)"
    parser.add_argument("--format", choices=("text", "csv"), default="text", help=help)


COMMANDS = (
    Command(
        "counts",
        "count from a server's log how often pages were opened",
        "Reads access logs of nginx, Apache (common or combined format) or IIS (W3C format), and prints how often "
        "the start, each node and each outcome of each tree was opened. Leaves out errors, robots that say so, "
        "and files that are no page of a tree. Prints and keeps nothing else of a log: no address of anyone, no "
        "browser, no query. Writes nothing.",
        success="printed",
        example="guidetrees counts /var/log/nginx/access.log /var/log/nginx/access.log.1",
        run=_counts,
        add_options=_add_options,
    ),
)
