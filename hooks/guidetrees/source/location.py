"""Locations in files, and texts and dates that carry theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from guidetrees.messages.message import Message

LINE_BREAK = re.compile("\r\n|\r|\n")


class Location(NamedTuple):
    """Where something is written: file (from the project's root, with '/'), line and column (from 1)."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A mistake in the authors' files. `str()` is its place and what is wrong, in English."""

    location: Location
    message: Message

    def __str__(self) -> str:
        return f"{self.location}: {self.message}"


class LocatedStr(str):
    """A text with its location."""

    __slots__ = ("location", "written")
    location: Location
    written: Sequence[str]
    """The lines of the file on which it is written; none where it is known to be nowhere."""

    def __new__(cls, value: str, location: Location, written: Sequence[str] = ()) -> LocatedStr:
        text = super().__new__(cls, value)
        text.location = location
        text.written = written
        return text


class LocatedDate(date):
    """A date with its location."""

    location: Location

    @classmethod
    def read(cls, text: LocatedStr) -> LocatedDate:
        """The date written as YYYY-MM-DD. Raises ValueError if there is no such day."""
        day = cls.fromisoformat(text)
        day.location = text.location
        return day


def location_of(before: str, file: str) -> Location:
    """The location of what follows the text `before` in `file`."""
    # Counts like LINE_BREAK, a hundred times as fast: a page may have thousands of problems.
    breaks = before.count("\n") + before.count("\r") - before.count("\r\n")
    begins = max(before.rfind("\n"), before.rfind("\r")) + 1
    return Location(file, breaks + 1, len(before) - begins + 1)


def shorten(words: str) -> str:
    """An author's text as problems quote it: on one line, at most 60 characters."""
    words = " ".join(words.split())
    return words if len(words) <= 60 else words[:59] + "…"
