"""Where something in a text's paragraphs, headings and cells is written in the text.

The parser says which lines a block is on and gives its words without what begins its lines (`- `, `> `, `| `).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from markdown_it.token import Token


class Lines:
    """The lines of a text, and where each begins."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.begins = [0, *accumulate(len(line) + 1 for line in self.lines)]

    def offset(self, line: int, column: int) -> int:
        """Both from 0."""
        return self.begins[line] + column

    def blocks(self, tokens: Sequence[Token]) -> Iterator[tuple[Token, int]]:
        """The tokens that hold words, each with the column in which they begin."""
        line, searched = -1, 0
        for before, token in pairwise(tokens):
            if token.type != "inline" or not token.map:
                continue
            if token.map[0] != line:
                line, searched = token.map[0], 0
            words = token.content.split("\n")[0].strip()
            is_cell = before.type in ("td_open", "th_open")
            column = self.lines[line].find(words, searched) if is_cell else self.lines[line].rfind(words)
            yield token, max(column, searched)
            searched = max(column, searched) + len(words) if is_cell else 0

    def place(self, block: Token, column: int, at: int) -> int:
        """The offset of the character `at` of the words of a block, which begin in `column`."""
        assert block.map, "what holds words has lines"
        before = block.content[:at].split("\n")
        number = block.map[0] + len(before) - 1
        if len(before) == 1:
            return self.offset(number, column + at)
        line, words = self.lines[number].rstrip(), block.content.split("\n")[len(before) - 1].rstrip()
        return self.offset(number, max(0, len(line) - len(words)) + len(before[-1]))
