"""Places in files, and texts and dates that know theirs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

LINE_BREAK = re.compile("\r\n|\r|\n")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something is written: file (from the project's root, with '/'), line and column (from 1)."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A mistake in the authors' files. Its text is the line that they read."""

    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class Text(str):
    """A text that knows its place."""

    __slots__ = ("place",)
    place: Place

    def __new__(cls, value: str, place: Place) -> Text:
        text = super().__new__(cls, value)
        text.place = place
        return text


class Day(date):
    """A date that knows its place."""

    place: Place

    @classmethod
    def read(cls, text: Text) -> Day:
        """The date written as YYYY-MM-DD. Raises ValueError where there is no such day."""
        day = cls.fromisoformat(text)
        day.place = text.place
        return day


def place_of(before: str, file: str) -> Place:
    """The place that follows the text `before`."""
    # As LINE_BREAK, and a hundred times as fast: a page may have thousands of problems.
    breaks = before.count("\n") + before.count("\r") - before.count("\r\n")
    begins = max(before.rfind("\n"), before.rfind("\r")) + 1
    return Place(file, breaks + 1, len(before) - begins + 1)


def short(words: str) -> str:
    """Words of an author as a problem quotes them: on one line, and not all of a long text."""
    words = " ".join(words.split())
    return words if len(words) <= 60 else words[:59] + "…"
