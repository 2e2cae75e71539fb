"""The boxes, answers and lines of a drawn tree.

Texts are wrapped and measured here, with margin for the fonts that a reader may have; by their sizes `tidy.py`
says in which columns and rows they go. All lengths are pixels.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import accumulate

from guidetrees.render.map.layout import Block, Plan, plan

TITLE, SMALL = 14, 12
"""Sizes of the font: of titles and answers, and of the caption over a title."""
TITLE_LINE, SMALL_LINE = 18, 17
PADDING = 12
BOX, WIDEST_BOX = 192, 280
"""A box's width, and how wide one long word may make it; as for the answers."""
ANSWER, WIDEST_ANSWER = 104, 220
LONG_ANSWER = 7 * ANSWER
STEM, GAP = 18, 22
"""Room between a box and its answers, and between the answers and the boxes they lead to."""
LANE, NEXT_LANE = 15, 9
"""How far from its box a line runs up, and from there to the next such line."""
BEND = 5
"""The radius of a line's corners."""
TIP = "m-7-4 7 4-7 4"
"""Of an arrow, from where its line ends."""

# The widths of IBM Plex Sans and Arial in heights of the font, at least: measured in a browser.
NARROW, WIDE = frozenset(" '’,.:;!|ijlIftr()[]{}·/\\-"), frozenset("mwMWæÆœŒ@%—…")


@dataclass(frozen=True, slots=True)
class Exit:
    """An answer of a box, and the box it leads to."""

    words: str
    target: str


@dataclass(frozen=True, slots=True)
class Shape:
    """What a box says."""

    key: str
    kind: str
    caption: str
    title: str
    href: str
    exits: tuple[Exit, ...] = ()
    icon: str = ""
    """A sign before the caption, drawn by the template, which needs room."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: where its base line begins, from the upper left corner of its box."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """An answer as drawn, from the upper left corner of the box that asks."""

    exit: Exit
    words: tuple[Line, ...]
    path: str
    """As in SVG's `d`: from the box to the words, and from them on to the box that the answer leads to."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box as drawn, and what leaves it."""

    shape: Shape
    x: int
    y: int
    width: int
    height: int
    caption: tuple[Line, ...]
    title: tuple[Line, ...]
    arrows: tuple[Arrow, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn tree."""

    width: int
    height: int
    boxes: tuple[Box, ...]

    def pieces(self) -> Iterator[tuple[int, int, int, int]]:
        """What boxes and answers take up: left, top, right and bottom."""
        for box in self.boxes:
            yield box.x, box.y, box.x + box.width, box.y + box.height
            for words in (arrow.words for arrow in box.arrows):
                right = max(line.x + round(width(line.text, TITLE)) for line in words)
                upper, lower = words[0].y - TITLE + 1, words[-1].y + 4
                yield box.x + words[0].x, box.y + upper, box.x + right, box.y + lower


def draw(shapes: Iterable[Shape]) -> Picture:
    """A picture of shapes, the first of them at the top left, whose exits lead to others of them."""
    return _Sketch(tuple(shapes)).picture()


def width(text: str, size: int) -> float:
    """How wide a text is at most."""
    return size * _ems(text)


@lru_cache(maxsize=10_000)
def _ems(text: str) -> float:
    """Maps and documents measure the same words."""
    return sum(map(_of_letter, text))


@cache
def _of_letter(letter: str) -> float:
    if letter in NARROW:
        return 0.4
    if letter in WIDE or unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    return 0.78 if letter.isupper() else 0.6


def wrap(text: str, room: float, size: int) -> list[str]:
    """The lines of a text in a column. A word that is wider than the column is broken with a hyphen."""
    lines = [""]
    for word in _broken(text, room, size):
        longer = f"{lines[-1]} {word}".strip()
        if width(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return [line for line in lines if line]


def _broken(text: str, room: float, size: int) -> Iterator[str]:
    for word in text.split():
        left, start = width(word, size), 0
        while left > room:
            end, used = start, width("-", size)
            while end == start or used + width(word[end], size) <= room:
                used += width(word[end], size)
                end += 1
            yield word[start:end] + "-"
            left -= width(word[start:end], size)
            start = end
        yield word[start:]


@dataclass(frozen=True)
class _Sketch:
    """A drawing: what its texts take, and where they are placed."""

    shapes: tuple[Shape, ...]

    @cached_property
    def box_width(self) -> int:
        return _column((shape.title for shape in self.shapes), BOX, WIDEST_BOX, 2 * PADDING)

    @cached_property
    def answer_width(self) -> int:
        """Wider where answers say what they depend on, or the lines would be many."""
        if any(width(exit.words, TITLE) > LONG_ANSWER for shape in self.shapes for exit in shape.exits):
            return WIDEST_ANSWER
        return _column((exit.words for shape in self.shapes for exit in shape.exits), ANSWER, WIDEST_ANSWER)

    @cached_property
    def titles(self) -> list[list[str]]:
        return [wrap(shape.title, self.box_width - 2 * PADDING, TITLE) for shape in self.shapes]

    @cached_property
    def captions(self) -> list[list[str]]:
        room = self.box_width - 2 * PADDING
        return [wrap(shape.caption, room - _icon_room(shape), SMALL) for shape in self.shapes]

    @cached_property
    def answers(self) -> list[list[list[str]]]:
        return [[wrap(exit.words, self.answer_width, TITLE) for exit in shape.exits] for shape in self.shapes]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Of the boxes, by key: where they stand in lists."""
        return {shape.key: number for number, shape in enumerate(self.shapes)}

    @cached_property
    def heights(self) -> list[int]:
        """Of the boxes."""
        lines = zip(self.captions, self.titles, strict=True)
        return [len(small) * SMALL_LINE + len(large) * TITLE_LINE + 2 * PADDING - 4 for small, large in lines]

    @cached_property
    def plan(self) -> Plan:
        return plan([self._block(at, shape) for at, shape in enumerate(self.shapes)])

    def _block(self, at: int, shape: Shape) -> Block:
        heights = tuple(len(lines) * TITLE_LINE for lines in self.answers[at])
        return Block(self.heights[at], heights, tuple(self.numbers[exit.target] for exit in shape.exits))

    @cached_property
    def lefts(self) -> list[int]:
        """Where the boxes of each column begin."""
        count = 1 + max(self.plan.columns)
        lanes, words = [0] * count, [0] * count
        for (at, i), lane in self.plan.lanes.items():
            column = self.plan.columns[self.numbers[self.shapes[at].exits[i].target]]
            lanes[column] = max(lanes[column], LANE + lane * NEXT_LANE)
        for at, column in enumerate(self.plan.columns):
            words[column] = max([words[column], *map(_over, self.answers[at])])
        steps = (self.box_width + STEM + words[i] + max(GAP, lanes[i + 1] + BEND) for i in range(count - 1))
        return list(accumulate(steps, initial=lanes[0]))

    def picture(self) -> Picture:
        boxes = tuple(self._box(at, shape) for at, shape in enumerate(self.shapes))
        words = (box.y + line.y + PADDING for box in boxes for arrow in box.arrows for line in arrow.words)
        low = [*(box.y + box.height for box in boxes), *words, *self.plan.backs.values()]
        over = (self._end(at) + BEND for at, _ in self.plan.backs)
        return Picture(max([*(box.x + box.width for box in boxes), *over]), max(low), boxes)

    def _box(self, at: int, shape: Shape) -> Box:
        first = PADDING + SMALL - 3
        title = first + len(self.captions[at]) * SMALL_LINE + 2
        return Box(
            shape,
            *self._corner(at),
            self.box_width,
            self.heights[at],
            _lines(self.captions[at], PADDING + _icon_room(shape), first, SMALL_LINE),
            _lines(self.titles[at], PADDING, title, TITLE_LINE),
            tuple(self._arrow(at, i, exit) for i, exit in enumerate(shape.exits)),
        )

    def _corner(self, at: int) -> tuple[int, int]:
        return self.lefts[self.plan.columns[at]], self.plan.middles[at] - self.heights[at] // 2

    def _end(self, at: int) -> int:
        """Where the column of a box and its answers ends."""
        return self.lefts[self.plan.columns[at]] + self.box_width + STEM + max(map(_over, self.answers[at]))

    def _arrow(self, at: int, i: int, exit: Exit) -> Arrow:
        (left, top), middle = self._corner(at), self.heights[at] // 2
        words, y = self.answers[at][i], self.plan.rows[at, i] - top
        stem = f"M{self.box_width} {middle}h{STEM}"
        if y != middle:
            stem = f"M{self.box_width} {middle}h4{_bend(1, 1)}V{y - BEND}{_bend(1, 1, down=True)}h4"
        return Arrow(
            exit,
            _lines(words, self.box_width + STEM + 2, y - len(words) * TITLE_LINE // 2 + TITLE, TITLE_LINE),
            f"{stem}m{_over(words)} 0{self._way(at, i, self.numbers[exit.target], left, top)}{TIP}",
        )

    def _way(self, at: int, i: int, target: int, left: int, top: int) -> str:
        """From an answer's words to the box that it leads to."""
        x, y = self.lefts[self.plan.columns[target]] - left, self.plan.middles[target] - top
        if (at, i) not in self.plan.lanes:
            return f"H{x}"
        lane = x - LANE - self.plan.lanes[at, i] * NEXT_LANE
        up = f"V{y + BEND}{_bend(1, -1, down=True)}H{x}"
        if (at, i) not in self.plan.backs:
            return f"H{lane - BEND}{_bend(1, -1)}{up}"
        out = f"H{self._end(at) - left}{_bend(1, 1)}V{self.plan.backs[at, i] - top - BEND}"
        return f"{out}{_bend(-1, 1, down=True)}H{lane + BEND}{_bend(-1, -1)}{up}"


def _over(words: Sequence[str]) -> int:
    """How far a line goes on without being drawn, over the words of an answer."""
    return 6 + round(max((width(line, TITLE) for line in words), default=0))


def _bend(right: int, down_by: int, *, down: bool = False) -> str:
    """A corner of a line, which goes sideways and then up or down, or the other way round."""
    end = (right * BEND, down_by * BEND)
    return f"q{_pairs((0, end[1]) if down else (end[0], 0), end)}"


def _pairs(*points: tuple[int, int]) -> str:
    """As short as SVG takes them."""
    return " ".join(f"{x} {y}" for x, y in points).replace(" -", "-")


def _column(texts: Iterable[str], least: int, most: int, around: int = 0) -> int:
    """The width of a column in which no word of `texts` need be broken, within bounds."""
    longest = max((width(word, TITLE) for text in texts for word in text.split()), default=0)
    return min(most, max(least, round(longest + 0.5) + around))


def _icon_room(shape: Shape) -> int:
    return SMALL_LINE + 4 if shape.icon else 0


def _lines(texts: Sequence[str], x: int, y: int, step: int) -> tuple[Line, ...]:
    return tuple(Line(x, y + i * step, text) for i, text in enumerate(texts))
