"""How a command is typed here: by make in this project, by its name where pip has installed it."""

from __future__ import annotations

import sys
from pathlib import PurePath

INSTALLED = PurePath(sys.argv[0] if sys.argv else "").stem == "guidetrees"
"""Whether this process was started by the command that pip installs."""


def how_to(command: str, **arguments: str) -> str:
    """A command as it is typed: `make new TREE=house`, or `guidetrees new house`."""
    if not INSTALLED:
        return " ".join(["make", command, *(argument(name, value) for name, value in arguments.items())])
    program = "mkdocs" if command == "serve" else "guidetrees"
    return " ".join([program, command, *arguments.values()])


def argument(name: str, value: str) -> str:
    """One of a command's arguments as it is typed."""
    return value if INSTALLED else f"{name}={value}"
