"""The lines of a YAML text as keys and entries of lists, each in its column. Lines and columns count from 0."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from typing import NamedTuple

from guidetrees.messages.message import Message, say
from guidetrees.source.location import LocatedStr, shorten

KEY_END = re.compile(r":(?=[ \t]|$)| #")
NO_KEY = "[]{}#&*!|>%@`,"
"""Characters with which no plain key begins."""
QUOTED = {
    '"': re.compile(r'"(?:[^"\\]|\\.)*"?'),
    "'": re.compile(r"'(?:[^']|'')*'?"),
}  # fmt: skip
PROSE = re.compile(r"[^a-z]|.*\s")
"""What begins with a capital or has spaces is words of a text, not a key."""
WORD = re.compile(r"[a-z][\w-]*(?=\s|$)")
"""What may be a key without its colon."""


class Mistake(NamedTuple):
    """A mistake. Line and column count from 0."""

    line: int
    column: int
    message: Message


@dataclass(eq=False)
class Entry:
    """A key with its value, or an entry of a list."""

    line: int
    column: int
    name: str
    """The key; of a list's entry, the key behind its dash."""
    value: str
    is_dash: bool
    closed: list[Level] = field(default_factory=list)
    """The levels that end where it begins."""
    opened: Level | None = None
    """The level of what is in it."""

    def __str__(self) -> str:
        return shorten(f"- {self.name}" if self.is_dash else self.name).strip()


@dataclass(eq=False)
class Level:
    """Keys, or entries of a list, that begin in one column."""

    column: int
    is_list: bool
    opener: Entry | None
    """What they are in; None for the keys of the file."""
    entries: list[Entry] = field(default_factory=list)


def _value(text: str) -> str:
    """A value without an anchor or a tag before it."""
    return "" if text[:1] in ("&", "!", "#") and " " not in text.partition(" #")[0] else text


def split_key(text: str) -> tuple[str, str] | None:
    """The key and the value of a text such as `key: value`; None if it has no key."""
    if text[:1] in QUOTED:
        quoted = QUOTED[text[0]].match(text)
        end = quoted.end() if quoted else 0
        rest = text[end:].lstrip()
        return (text[1 : end - 1], _value(rest[1:].strip())) if KEY_END.match(rest) and rest[0] == ":" else None
    found = KEY_END.search(text) if text[:1] not in NO_KEY else None
    return (
        (text[: found.start()].strip(), _value(text[found.end() :].strip())) if found and found[0] == ":" else None
    )


def following(lines: list[str], number: int) -> Iterator[Entry]:
    """The entries that begin lines from `number` on."""
    for at in range(number, len(lines)):
        column = indent(lines[at])
        text = lines[at].strip()
        if text and text[0] != "#":
            dash = text.startswith("- ")
            pair = split_key(text.lstrip("- ") if dash else text)
            yield Entry(at, column, pair[0] if pair else "", "", dash)


def in_column(lines: list[str], column: int, number: int) -> Iterator[Entry]:
    """The entries that begin in `column` on lines from `number` on, up to one that begins further out."""
    not_out = takewhile(lambda found: found.column >= column, following(lines, number))
    return (found for found in not_out if found.column == column)


def has_key(text: str) -> bool:
    pair = split_key(text.removeprefix("- "))
    return pair is not None and not PROSE.match(pair[0])


def indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def beside(like: object, column: int, line: int) -> Message:
    """Where something is to begin: in the column of `like`. Column and line count from 1."""
    return say("in column {column} (like '{key}' on line {line})", column=column, key=like, line=line)


def too_far(key: object, where: Message, is_in: bool) -> Message:
    """The message that a key begins further in, or else further out, than it should."""
    if is_in:
        return say("'{key}' begins too far in: begin it {where}", key=key, where=where)
    return say("'{key}' begins too far out: begin it {where}", key=key, where=where)


def out_of_line(key: LocatedStr, like: LocatedStr) -> Message:
    """The message that a key begins further in, or further out, than `like`, beside which it belongs."""
    column = like.location.column
    where = beside(shorten(like), column, like.location.line)
    return too_far(shorten(key), where, is_in=key.location.column > column)
