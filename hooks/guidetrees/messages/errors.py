"""The base of the errors that a user causes and a user can fix."""

from __future__ import annotations

from typing import ClassVar

from guidetrees.messages.message import Message


class UserError(Exception):
    """Something outside the code is wrong. The message is one line: what is wrong, and what to do about it.

    The command line prints the message; a site builder's adapter passes it on. Neither shows a traceback.
    """

    exit_code: ClassVar[int] = 2
    """What the command line returns."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message
