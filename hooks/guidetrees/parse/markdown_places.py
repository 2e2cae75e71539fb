"""Where something in a text's paragraphs, headings and cells is written in the text.

The parser says which lines a block is on and gives its words without what begins its lines (`- `, `> `, `| `).
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Block:
    """A token that holds words."""

    token: Token
    begins: list[int]
    """Where each of its lines begins in its words."""
    written: list[int]
    """Where each is written in the text."""

    def place(self, at: int) -> int:
        """Where the character `at` of its words is written in the text."""
        line = bisect(self.begins, at) - 1
        return self.written[line] + at - self.begins[line]


class Lines:
    """The lines of a text, and where each begins."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.begins = [0, *accumulate(len(line) + 1 for line in self.lines)]

    def offset(self, line: int, column: int) -> int:
        """Where a line's column is in the text. All count from 0."""
        return self.begins[line] + column

    def blocks(self, tokens: Sequence[Token]) -> Iterator[Block]:
        """The blocks of a text, in order."""
        line, searched = -1, 0
        for before, token in pairwise(tokens):
            if token.type != "inline" or not token.map:
                continue
            if token.map[0] != line:
                line, searched = token.map[0], 0
            words = token.content.split("\n")
            is_cell = before.type in ("td_open", "th_open")
            first = (
                self.lines[line].find(words[0], searched) if is_cell else self.lines[line].rfind(words[0].rstrip())
            )
            first = max(first, searched)
            # All lines but the first end as they are written.
            rest = [len(self.lines[line + i].rstrip()) - len(words[i].rstrip()) for i in range(1, len(words))]
            columns = [first, *(max(0, column) for column in rest)]
            yield Block(
                token,
                [0, *accumulate(len(one) + 1 for one in words[:-1])],
                [self.offset(line + i, column) for i, column in enumerate(columns)],
            )
            searched = first + len(words[0]) if is_cell else 0
