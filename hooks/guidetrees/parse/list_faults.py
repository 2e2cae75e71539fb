"""Lists, tables and code that come out as something else than their author sees in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from markdown_it.token import Token

from guidetrees.messages.message import Message, say

BEGINS_LINE = re.compile(r"[ \t>]*")
ENTRY = re.compile(r"[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+\S")
LIKE_ENTRY = re.compile(r"[ \t]*(?:[•·▪◦‣*+-][ \t]|[•·▪◦‣-](?=[^\W\d_]))")
"""What begins the lines of what can only be meant as a list."""
PERHAPS_ENTRY = re.compile(r"[ \t]*(?:[–—−](?:[ \t]|(?=[^\W\d_]))|(?:[0-9]{1,9}|[a-z])[.)][ \t])")
"""What begins those of a list that a text has announced, and may begin any line of a text."""
OUT_OF_LINE = say("begin this line in the column of the list's other entries, or of the text of the entry above")
AS_CODE = say("a list that begins four or more columns further in is shown as code: indent it less")
AS_TEXT = say(
    "the lines from here on are shown as one: those of a list begin with '- ' or '1. ' in one column, others need "
    "an empty line between them"
)
AS_LINES = say("a table needs a line such as '|---|---|' below its first line")
OPEN_CODE = say("the code that begins here has no end: write {fence} on a line of its own below it", fence="")

Place = tuple[int, int, Message]
"""A line and a column, from 0, and what is wrong there."""


def list_faults(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Place]:
    """Every list and table in the text that is flattened, or shown as code or as a text, and code without end."""
    yield from _out_of_line(tokens, lines)
    for before, token in pairwise(tokens):
        if not token.map:
            continue
        if token.type == "inline" and before.type == "paragraph_open":
            written = token.content.split("\n")
            if len(written) > 1 and all(line.startswith("|") for line in written):
                yield token.map[0], _column(lines[token.map[0]]), AS_LINES
            number = _begins_list(written)
            if number is not None:
                yield token.map[0] + number, _column(lines[token.map[0] + number]), AS_TEXT
    for token in tokens:
        if token.type == "fence" and token.content.strip() and token.map and not _is_closed(token, lines):
            yield token.map[0], lines[token.map[0]].index(token.markup), OPEN_CODE.but(fence=token.markup)
        if token.type == "code_block" and token.map and ENTRY.match(token.content):
            yield token.map[0], _column(lines[token.map[0]]), AS_CODE


def _is_closed(token: Token, lines: Sequence[str]) -> bool:
    first, end = token.map or (0, 0)
    last = lines[end - 1].strip(" \t>")
    return end - first > 1 and last.startswith(token.markup) and not last.strip(token.markup[0])


def _column(line: str) -> int:
    found = BEGINS_LINE.match(line)
    return found.end() if found else 0


def _out_of_line(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Place]:
    """Entries that stand further in than the list and are yet entries of it, or of another on the same level."""
    columns: dict[int, int] = {}
    last_line, was_closed = -1, False
    for token in tokens:
        if token.type.endswith("list_open") and not was_closed:
            columns.pop(token.level, None)
        elif token.type == "list_item_open" and token.map and token.map[0] != last_line:
            last_line = token.map[0]  # another list may begin on the line, further in
            column = _column(lines[last_line])
            if column > columns.setdefault(token.level - 1, column):
                yield last_line, column, OUT_OF_LINE
        was_closed = token.type.endswith("list_close")


def _begins_list(lines: Sequence[str]) -> int | None:
    """Which line of a paragraph begins something that is meant as a list, if one does."""
    far_in = (i for i, line in enumerate(lines) if i and line[:1] in " \t" and LIKE_ENTRY.match(line))
    certain = next(far_in, _first_of(LIKE_ENTRY, lines))
    if certain is not None:
        return certain
    number = _first_of(PERHAPS_ENTRY, lines)
    if number is None or any(line.endswith(",") for line in lines[number:-1]):
        return None
    return number if number == 0 or lines[number - 1].rstrip().endswith(":") else None


def _first_of(kind: re.Pattern[str], lines: Sequence[str]) -> int | None:
    """The first line of a kind, if it is followed by others, and by no line of another kind."""
    number = next((i for i, line in enumerate(lines) if kind.match(line)), len(lines))
    return number if len(lines) - number > 1 and all(map(kind.match, lines[number:])) else None
