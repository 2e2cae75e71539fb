"""Where the boxes of a tree, and the answers beside them, go on its map.

The first box is at the top left. Every answer has a row, and the box that it is the first to lead to lies in the
same row, with its own first answer. A box is as many columns from the left as the longest way to it has
answers, and everything as far up as there is room: below what is placed in the columns that it or its line takes.

So a line runs straight to a box that it leads to first. To one that is there already, further up, it runs in its
row to the gap before that box's column, where no box is, and up there in a lane. A line to a column that is not
further right first runs back, under what has been placed in between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

BETWEEN = 14
"""Room between two boxes above each other."""
BETWEEN_ANSWERS = 8
BESIDE_LINE = 8
"""Room above and below a line that passes a column."""

Exit = tuple[int, int]
"""An answer, by its box and its place there."""


@dataclass(frozen=True, slots=True)
class Block:
    """A box and its answers: how high they are, and which boxes they lead to."""

    height: int
    answers: tuple[int, ...]
    targets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Where everything goes."""

    columns: list[int]
    """Of the boxes, counted from the left."""
    middles: list[int]
    """Of the boxes, from the top; so are all rows."""
    rows: dict[Exit, int]
    """Of the answers."""
    backs: dict[Exit, int]
    """The rows in which lines run back."""
    lanes: dict[Exit, int]
    """Of the lines that run up, counted from the box they lead to."""


def plan(blocks: Sequence[Block]) -> Plan:
    """Places blocks, the first of them first. All that is done for one is bounded by what lies in its rows."""
    columns = _columns(blocks)
    rows = _Rows(blocks, columns)
    for root in range(len(blocks)):
        if root not in rows.middles:
            rows.place(root)
    middles = [rows.middles[at] for at in range(len(blocks))]
    return Plan(columns, middles, rows.answers, rows.backs, _lanes(blocks, columns, rows))


def _columns(blocks: Sequence[Block]) -> list[int]:
    order = _sources_first(blocks)
    turn = {at: number for number, at in enumerate(order)}
    found = [0] * len(blocks)
    for at in order:
        for target in blocks[at].targets:
            if target and turn[target] > turn[at]:
                found[target] = max(found[target], found[at] + 1)
    return found


def _sources_first(blocks: Sequence[Block]) -> list[int]:
    """The blocks, each before those that it leads to but for where that goes round."""
    done: list[int] = []
    seen: set[int] = set()
    for root in range(len(blocks)):
        stack = [] if root in seen else [(root, iter(blocks[root].targets))]
        seen.add(root)
        while stack:
            at, targets = stack[-1]
            following = next((target for target in targets if target not in seen), None)
            if following is None:
                done.append(at)
                stack.pop()
            else:
                seen.add(following)
                stack.append((following, iter(blocks[following].targets)))
    return done[::-1]


@dataclass(slots=True)
class _Rows:
    """Where blocks have been placed, and how far down each column is taken."""

    blocks: Sequence[Block]
    columns: Sequence[int]
    middles: dict[int, int] = field(default_factory=dict)
    answers: dict[Exit, int] = field(default_factory=dict)
    backs: dict[Exit, int] = field(default_factory=dict)
    boxes_end: dict[int, int] = field(default_factory=dict)
    answers_end: dict[int, int] = field(default_factory=dict)

    def place(self, root: int) -> None:
        """A block below all others, and all that it leads to, answer by answer."""
        lowest = max([0, *self.boxes_end.values(), *self.answers_end.values()])
        self._box(root, max([lowest + half(self.blocks[root].height), *self._from_box(root)]))
        stack = [(root, 0)]
        while stack:
            at, i = stack.pop()
            if i < len(self.blocks[at].targets):
                stack.append((at, i + 1))
                stack += [(opened, 0) for opened in self._answer(at, i)]

    def _answer(self, at: int, i: int) -> Iterator[int]:
        """Places an answer, and gives the box that is placed with it."""
        block, column, target = self.blocks[at], self.columns[at], self.blocks[at].targets[i]
        row = self.answers[at, i] = max(self._from_answer(at, i)) if i else self.middles[at]
        self.answers_end[column] = row + half(block.answers[i]) + BETWEEN_ANSWERS
        for passed in range(column + 1, self.columns[target]):
            self.boxes_end[passed] = self.answers_end[passed] = row + BESIDE_LINE
        if target not in self.middles:
            self._box(target, row)
            yield target
        elif self.columns[target] <= column:
            self._back(at, i)

    def _box(self, at: int, row: int) -> None:
        self.middles[at] = row
        self.boxes_end[self.columns[at]] = row + half(self.blocks[at].height) + BETWEEN

    def _back(self, at: int, i: int) -> None:
        passed = range(self.columns[self.blocks[at].targets[i]], self.columns[at] + 1)
        row = self.backs[at, i] = max(max(self._ends(column)) for column in passed)
        for column in passed:
            self.boxes_end[column] = self.answers_end[column] = row + BESIDE_LINE

    def _ends(self, column: int) -> tuple[int, int]:
        return self.boxes_end.get(column, 0), self.answers_end.get(column, 0)

    def _from_box(self, at: int) -> Iterator[int]:
        """The rows that a box can have at the earliest, by what it and its first answer's line take."""
        chain = {at}
        yield self.boxes_end.get(self.columns[at], 0) + half(self.blocks[at].height)
        while self.blocks[at].targets:
            yield from self._from_line(at, 0)
            at = self.blocks[at].targets[0]
            if at in self.middles or at in chain:
                return
            chain.add(at)
            yield self.boxes_end.get(self.columns[at], 0) + half(self.blocks[at].height)

    def _from_answer(self, at: int, i: int) -> Iterator[int]:
        yield from self._from_line(at, i)
        target = self.blocks[at].targets[i]
        if target not in self.middles:
            yield from self._from_box(target)

    def _from_line(self, at: int, i: int) -> Iterator[int]:
        column, target = self.columns[at], self.blocks[at].targets[i]
        yield self.answers_end.get(column, 0) + half(self.blocks[at].answers[i])
        for passed in range(column + 1, self.columns[target]):
            yield max(self._ends(passed)) + BESIDE_LINE


def half(height: int) -> int:
    """Of a box or an answer, what is above and below its middle at most."""
    return (height + 1) // 2


def _lanes(blocks: Sequence[Block], columns: Sequence[int], rows: _Rows) -> dict[Exit, int]:
    """Lines to the same box share a lane; lines to different ones do where they do not meet."""
    lines: dict[int, list[Exit]] = {}
    for exit, row in rows.answers.items():
        target = blocks[exit[0]].targets[exit[1]]
        if row != rows.middles[target] or exit in rows.backs:
            lines.setdefault(target, []).append(exit)
    found: dict[Exit, int] = {}
    ends: dict[int, list[int]] = {}
    for target in sorted(lines, key=rows.middles.__getitem__):
        column = ends.setdefault(columns[target], [])
        lane = next((lane for lane, end in enumerate(column) if end < rows.middles[target]), len(column))
        column[lane : lane + 1] = [max(rows.backs.get(exit, rows.answers[exit]) for exit in lines[target])]
        found |= dict.fromkeys(lines[target], lane)
    return found
