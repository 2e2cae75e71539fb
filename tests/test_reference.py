"""The reference of options and commands is what the code says. `UPDATE=1` in the environment writes it anew."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from collections.abc import Iterator

from conftest import ROOT

from guidetrees.cli import COMMANDS
from guidetrees.cli.command import ROOT as ROOT_HELP
from guidetrees.cli.command import WRONG_USE, Command
from guidetrees.project.options import OPTIONS, Option
from guidetrees_mkdocs.plugin import Options

REFERENCE = ROOT / "docs/engineering/reference.md"
HEAD = """\
# Reference: options and commands

Made from the code by `tests/test_reference.py`.

## Options

The options of the plugin in `mkdocs.yml`, all with their defaults. A project with the hook writes the same under
`extra: guidetrees:`. An option that is unknown, of another type, or in both places is a problem at its line.

"""
COMMANDS_HEAD = """\
## Commands

They run in the project's folder. Exit code 2 means: {wrong_use}. Every command takes `--root FOLDER`: {root}.
"""


def reference() -> str:
    """The whole page."""
    commands = COMMANDS_HEAD.format(wrong_use=WRONG_USE, root=ROOT_HELP)
    return "\n".join([HEAD + example(), *options(), "", commands, *map(section, COMMANDS)])


def example() -> str:
    lines = [f"      {name}: {as_yaml(option)}" for name, option in OPTIONS.items()]
    return "\n".join(["```yaml", "plugins:", "  - guidetrees:", *lines, "```", ""])


def as_yaml(option: Option) -> str:
    if isinstance(option.default, list):
        return f"[{', '.join(option.default)}]"
    return str(option.default).lower() if isinstance(option.default, bool) else option.default or '""'


def options() -> Iterator[str]:
    yield from ("| Option | Value | Meaning |", "|---|---|---|")
    for name, option in OPTIONS.items():
        yield f"| `{name}` | {option.wanted} | {option.about} |"


def section(command: Command) -> str:
    """What a command does, takes and returns."""
    taken = list(arguments(command))
    words = " ".join(["guidetrees", command.name, *(word for word, _ in taken)])
    lines = [f"### `{words}`", "", command.description, ""]
    lines += [f"- `{word.strip('[]')}`: {help}" for word, help in taken]
    lines += [f"- Exit code 0: {command.success}."]
    lines += [f"- Exit code 1: {command.failure}."] if command.failure else []
    return "\n".join([*lines, f"- Example: `{command.example}`", ""])


def arguments(command: Command) -> Iterator[tuple[str, str]]:
    """The command's own arguments as its usage shows them, with their help."""
    parser = ArgumentParser(add_help=False)
    command.add_options(parser)
    for action in parser._actions:
        word = str(action.metavar or "|".join(action.choices or ()))
        if action.option_strings:
            word = f"[{action.option_strings[0]} {word}]"
        elif action.nargs == "?":
            word = f"[{word}]"
        yield word + (" …" if action.nargs == "+" else ""), str(action.help)


def test_the_reference_is_what_the_code_says() -> None:
    if "UPDATE" in os.environ:
        REFERENCE.write_text(reference(), "utf-8", newline="\n")
    assert REFERENCE.read_text("utf-8") == reference(), "out of date: UPDATE=1 pytest tests/test_reference.py"


def test_mkdocs_knows_the_options_of_the_engine() -> None:
    known = {name: (type(option.default), option.default) for name, option in Options._schema}
    assert known == {name: (type(option.default), option.default) for name, option in OPTIONS.items()}
