"""The command line: `guidetrees COMMAND`. `guidetrees --help` lists the commands.

`check` runs at every save and in every change, so it must start fast. Each command imports what it needs when it
runs; the modules of this package import only what all commands need.
"""

from __future__ import annotations

import sys

from guidetrees.cli import authoring, checks, exports, operations
from guidetrees.cli.command import parse_arguments
from guidetrees.messages.errors import UserError
from guidetrees.messages.message import failure
from guidetrees.messages.words import tell
from guidetrees.project.settings import language_of

COMMANDS = (*checks.COMMANDS, *authoring.COMMANDS, *exports.COMMANDS, *operations.COMMANDS)


def main(arguments: list[str] | None = None) -> int:
    """Runs a command and returns the exit code. `arguments` are those of the process by default.

    Raises SystemExit after --help, and after arguments that a command does not take.
    """
    # On Windows, what is not a terminal may lack some of the characters in a message, and ends a line of a table
    # for spreadsheets twice.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")  # type: ignore[union-attr]
    options = parse_arguments(COMMANDS, arguments)
    try:
        return options.run(options) or 0
    except (UserError, OSError) as error:
        reported = UserError(failure(error)) if isinstance(error, OSError) else error
        print(tell(reported.message, language_of(options.root)), file=sys.stderr)
        return reported.exit_code
