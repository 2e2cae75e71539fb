"""Lists that come out as something else than their author sees in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from markdown_it.token import Token

BEGINS_LINE = re.compile(r"[ \t>]*")
ENTRY = re.compile(r"[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+\S")
LIKE_ENTRY = re.compile(r"[ \t]*(?:[•·▪◦‣–—−-](?:[ \t]|(?=[^\W\d_]))|[*+][ \t]|(?:[0-9]{1,9}|[a-z])[.)][ \t])")
"""What begins the lines of what is meant as a list."""
OUT_OF_LINE = "begin this line in the column of the list's other entries, or of the text of the entry above"
AS_CODE = "a list that begins four or more columns further in is shown as code: indent it less"
AS_TEXT = (
    "the lines from here on are shown as one: those of a list begin with '- ' or '1. ' in one column, others need "
    "an empty line between them"
)

Place = tuple[int, int, str]
"""A line and a column, from 0, and what is wrong there."""


def list_faults(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Place]:
    """Every list in the text that is flattened, or shown as code or as a text."""
    yield from _out_of_line(tokens, lines)
    for before, token in pairwise(tokens):
        if not token.map:
            continue
        if token.type == "inline" and before.type == "paragraph_open":
            number = _begins_list(token.content.split("\n"))
            if number is not None:
                yield token.map[0] + number, _column(lines[token.map[0] + number]), AS_TEXT
    for token in tokens:
        if token.type == "code_block" and token.map and ENTRY.match(token.content):
            yield token.map[0], _column(lines[token.map[0]]), AS_CODE


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
    number = next((i for i, line in enumerate(lines) if LIKE_ENTRY.match(line)), len(lines))
    rest = lines[number:]
    is_list = len(rest) > 1 and all(map(LIKE_ENTRY.match, rest)) and not any(one[-1:] == "," for one in rest[:-1])
    return number if is_list or (number and rest and ENTRY.match(rest[0]) and rest[0][:1] in " \t") else None
