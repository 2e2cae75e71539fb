"""What a command is, and the parser that is made of all commands."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from textwrap import fill
from typing import Any, NoReturn

from guidetrees import __version__

WIDTH = 80
"""Columns of the help."""
DESCRIPTION = """\
Decision trees in YAML, checked and turned into the pages of a documentation site. A project is a folder with \
decision_trees/, docs/ and mkdocs.yml. `guidetrees COMMAND --help` explains a command."""
ROOT = "the project's folder (default: the current folder)"
WRONG_USE = "wrong use, or a file cannot be read or written"
"""What exit code 2 means for every command."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command, and what its help says."""

    name: str
    summary: str
    """One line for the list of commands."""
    description: str
    """What it reads and what it writes."""
    example: str
    run: Callable[[Namespace], int | None]
    """Returns the exit code; None is 0. Raises UserError and OSError."""
    add_options: Callable[[ArgumentParser], object] = lambda parser: None
    """Adds the command's own arguments and options."""
    success: str = "written"
    """What exit code 0 means."""
    failure: str = "the project has problems, which are printed"
    """What exit code 1 means; empty for a command that never returns it."""


class _Parser(ArgumentParser):
    """Reports wrong use on one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help)\n")


def parse_arguments(commands: tuple[Command, ...], arguments: list[str] | None) -> Namespace:
    """The options of the command that `arguments` name, with its function as `run`. Without a command, `run`
    prints the help."""
    # The parser's own list of commands would be indented unevenly.
    listed = "".join(f"  {command.name:<10} {command.summary}\n" for command in commands)
    ends = _ends("success", "the project has problems, each printed on a line", "guidetrees check")
    parser = _Parser(prog="guidetrees", **_help(DESCRIPTION, f"commands:\n{listed}\n{ends}"))
    parser.add_argument("--version", action="version", version=f"guidetrees {__version__}")
    parser.set_defaults(parser=parser, run=lambda options: options.parser.print_help())
    group = parser.add_subparsers(metavar="COMMAND", help="one of the commands below")
    for command in commands:
        ends = _ends(command.success, command.failure, command.example)
        own = group.add_parser(command.name, **_help(command.description, ends))
        own.add_argument("--root", metavar="FOLDER", type=Path, default=Path(), help=ROOT)
        command.add_options(own)
        own.set_defaults(parser=own, run=command.run)
    options, unknown = parser.parse_known_args(arguments)
    if unknown:  # the parser of the command reports them, as its help lists those that it takes
        options.parser.error(f"unrecognized arguments: {' '.join(unknown)}")
    return options


def _ends(success: str, failure: str, example: str) -> str:
    """The exit codes and the example, with which every help ends."""
    codes = enumerate((success, failure, WRONG_USE))
    lines = "".join(f"  {code}  {meaning}\n" for code, meaning in codes if meaning)
    return f"exit codes:\n{lines}\nexample:\n  {example}\n"


def _help(description: str, epilog: str) -> dict[str, Any]:
    """What every parser is given."""
    return {
        "description": fill(description, WIDTH),
        "epilog": epilog,
        "formatter_class": RawDescriptionHelpFormatter,
        "allow_abbrev": False,
    }


def add_argument(name: str, help: str, **settings: Any) -> Callable[[ArgumentParser], object]:
    """The only argument of a command."""
    return lambda parser: parser.add_argument(name.lower(), metavar=name, help=help, **settings)


def add_folder(default: str) -> Callable[[ArgumentParser], object]:
    """The option --to of a command that writes into the folder `default`."""
    return lambda parser: parser.add_argument(
        "--to", metavar="FOLDER", type=Path, help=f"the folder to write to (default: {default} in the project)"
    )
