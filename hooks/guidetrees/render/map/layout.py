"""The columns and rows of a map.

The first box is at the top left. Every answer has a row. A box is in the row of the answer that is the first to
lead to it, and so is its own first answer. The column of a box is the number of answers on the longest path to it.
Each row is as far up as the columns allow that its box or line occupies.

So the line to a box that is reached for the first time is straight. The line to a box that is placed already,
further up, runs in its row to the gap before that box's column, where no box is, and there up in a lane. A line to
the same column or to one on the left first runs back, below everything that is placed in between.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from guidetrees.graph.traversal import postorder

BETWEEN = 14
"""The vertical space between two boxes."""
BETWEEN_ANSWERS = 8
BESIDE_LINE = 8
"""The space above and below a line that crosses a column."""

Answer = tuple[int, int]
"""The number of a box, and the index of one of its answers."""


@dataclass(frozen=True, slots=True)
class Block:
    """A box and its answers: their heights, and the numbers of the boxes that the answers lead to."""

    height: int
    answers: tuple[int, ...]
    targets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The layout of a map."""

    columns: list[int]
    """The column of each box, from the left."""
    middles: dict[int, int]
    """The middle of each box, from the top, as all rows."""
    rows: dict[Answer, int]
    back_rows: dict[Answer, int]
    """The rows in which lines run back."""
    lanes: dict[Answer, int]
    """The lanes of the lines that run up, counted from the box that they lead to."""


def plan(blocks: Sequence[Block]) -> Plan:
    """The layout of `blocks`, the first of them at the top left."""
    columns = _columns(blocks)
    rows = _Rows(blocks, columns)
    for root in range(len(blocks)):
        if root not in rows.middles:
            rows.place(root)
    return Plan(columns, rows.middles, rows.answers, rows.back_rows, _lanes(rows))


def _columns(blocks: Sequence[Block]) -> list[int]:
    # In topological order; an answer that closes a cycle is ignored.
    order = postorder(range(len(blocks)), lambda box: blocks[box].targets)[::-1]
    position = {box: number for number, box in enumerate(order)}
    found = [0] * len(blocks)
    for box in order:
        for target in blocks[box].targets:
            if target and position[target] > position[box]:
                found[target] = max(found[target], found[box] + 1)
    return found


@dataclass(slots=True)
class _Rows:
    """The rows of the boxes placed so far, and how far down each column is occupied."""

    blocks: Sequence[Block]
    columns: Sequence[int]
    middles: dict[int, int] = field(default_factory=dict)
    answers: dict[Answer, int] = field(default_factory=dict)
    back_rows: dict[Answer, int] = field(default_factory=dict)
    box_ends: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))
    answer_ends: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))

    def place(self, root: int) -> None:
        """Places a box below all others, and everything that it leads to, answer by answer."""
        lowest = max([0, *self.box_ends.values(), *self.answer_ends.values()])
        self._place_box(root, max([lowest + half(self.blocks[root].height), *self._box_limits(root)]))
        stack = [(root, 0)]
        while stack:
            box, i = stack.pop()
            if i < len(self.blocks[box].targets):
                stack.append((box, i + 1))
                stack += [(placed, 0) for placed in self._place_answer(box, i)]

    def _place_answer(self, box: int, i: int) -> Iterator[int]:
        """Places an answer. Yields the target if it is placed with it."""
        column, target = self.columns[box], self.blocks[box].targets[i]
        limits = chain(self._line_limits(box, i), self._box_limits(target))
        row = self.answers[box, i] = max(limits) if i else self.middles[box]
        self.answer_ends[column] = row + half(self.blocks[box].answers[i]) + BETWEEN_ANSWERS
        self._occupy(range(column + 1, self.columns[target]), row)
        if target not in self.middles:
            self._place_box(target, row)
            yield target
        elif self.columns[target] <= column:
            crossed = range(self.columns[target], column + 1)
            back = self.back_rows[box, i] = max(map(self._end, crossed))
            self._occupy(crossed, back)

    def _place_box(self, box: int, row: int) -> None:
        self.middles[box] = row
        self.box_ends[self.columns[box]] = row + half(self.blocks[box].height) + BETWEEN

    def _occupy(self, crossed: range, row: int) -> None:
        """Marks `row` in the columns that a line crosses."""
        for column in crossed:
            self.box_ends[column] = self.answer_ends[column] = row + BESIDE_LINE

    def _end(self, column: int) -> int:
        return max(self.box_ends[column], self.answer_ends[column])

    # Limits: the rows above which a box or an answer cannot be

    def _box_limits(self, box: int) -> Iterator[int]:
        """The limits of a box, of its first answer's line, and of the boxes that are placed in the same row."""
        chain: set[int] = set()
        while box not in self.middles and box not in chain:
            chain.add(box)
            yield self.box_ends[self.columns[box]] + half(self.blocks[box].height)
            if not self.blocks[box].targets:
                return
            yield from self._line_limits(box, 0)
            box = self.blocks[box].targets[0]

    def _line_limits(self, box: int, i: int) -> Iterator[int]:
        column, target = self.columns[box], self.blocks[box].targets[i]
        yield self.answer_ends[column] + half(self.blocks[box].answers[i])
        yield from (self._end(crossed) + BESIDE_LINE for crossed in range(column + 1, self.columns[target]))


def half(height: int) -> int:
    """Half of the height of a box or an answer, rounded up."""
    return (height + 1) // 2


def _lanes(rows: _Rows) -> dict[Answer, int]:
    """The lanes of lines. Lines to the same box share a lane, as do lines to different boxes that do not meet."""
    lines: dict[int, list[Answer]] = {}
    for answer, row in rows.answers.items():
        target = rows.blocks[answer[0]].targets[answer[1]]
        if row != rows.middles[target] or answer in rows.back_rows:
            lines.setdefault(target, []).append(answer)
    found: dict[Answer, int] = {}
    ends: defaultdict[int, list[int]] = defaultdict(list)
    for target in sorted(lines, key=rows.middles.__getitem__):
        column = ends[rows.columns[target]]
        lane = next((lane for lane, end in enumerate(column) if end < rows.middles[target]), len(column))
        column[lane : lane + 1] = [
            max(rows.back_rows.get(answer, rows.answers[answer]) for answer in lines[target])
        ]
        found |= dict.fromkeys(lines[target], lane)
    return found
