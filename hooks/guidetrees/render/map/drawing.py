"""A tree as boxes, answers and lines with coordinates.

Texts are wrapped and measured here, with room for the different fonts that readers have. `layout.py` then
determines columns and rows from the sizes. All lengths are pixels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from guidetrees.render.map.layout import Block, Plan, plan
from guidetrees.render.map.text import width, wrap

TITLE, SMALL = 14, 12
"""Font sizes: of titles and answers, and of the caption above a title."""
TITLE_LINE, SMALL_LINE = 18, 17
PADDING = 12
BOX, MAX_BOX = 192, 280
"""The usual width of boxes. A long word makes them wider, up to the maximum."""
ANSWER, MAX_ANSWER = 104, 220
"""The same for answers."""
LONG_ANSWER = 7 * ANSWER
STEM, GAP = 18, 22
"""The space between a box and its answers, and between the answers and the next boxes."""
LANE, NEXT_LANE = 15, 9
"""The distance between a box and the first line that runs up in front of it, and between two such lines."""
BEND = 5
"""The radius of a line's corners."""
TIP = "m-7-4 7 4-7 4"
"""The tip of an arrow, drawn from the end of its line."""


@dataclass(frozen=True, slots=True)
class Exit:
    """An answer of a box."""

    words: str
    target: str
    """The key of the box that it leads to."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The content of a box."""

    key: str
    kind: str
    caption: str
    title: str
    href: str
    exits: tuple[Exit, ...] = ()
    icon: str = ""
    """The name of an icon before the caption, for which the drawing leaves room. The template draws it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text. Its position is the start of its baseline, from the top left corner of its box."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """A drawn answer. Positions are from the top left corner of the box that asks."""

    exit: Exit
    words: tuple[Line, ...]
    path: str
    """The attribute `d` of an SVG path: from the box to the words, and from the words to the target's box."""


@dataclass(frozen=True, slots=True)
class Box:
    """A drawn box with its answers."""

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
        """The rectangles of boxes and answers: left, top, right and bottom."""
        for box in self.boxes:
            yield box.x, box.y, box.x + box.width, box.y + box.height
            for words in (arrow.words for arrow in box.arrows):
                right = max(line.x + round(width(line.text, TITLE)) for line in words)
                top, bottom = words[0].y - TITLE + 1, words[-1].y + 4
                yield box.x + words[0].x, box.y + top, box.x + right, box.y + bottom


def draw(shapes: Sequence[Shape]) -> Picture:
    """A picture of `shapes`, the first at the top left. Their exits lead to other shapes of the picture."""
    exits = [exit.words for shape in shapes for exit in shape.exits]
    # Answers with conditions are long: in a narrow column they would have many lines.
    long = any(width(words, TITLE) > LONG_ANSWER for words in exits)
    box_width = _column_width((shape.title for shape in shapes), BOX, MAX_BOX, 2 * PADDING)
    answer_width = MAX_ANSWER if long else _column_width(exits, ANSWER, MAX_ANSWER)
    texts = [_Texts.of(shape, box_width - 2 * PADDING, answer_width) for shape in shapes]
    numbers = {shape.key: number for number, shape in enumerate(shapes)}
    blocks = [
        Block(
            text.height,
            tuple(len(lines) * TITLE_LINE for lines in text.answers),
            tuple(numbers[exit.target] for exit in shape.exits),
        )
        for shape, text in zip(shapes, texts, strict=True)
    ]
    return _Sketch(shapes, texts, blocks, plan(blocks), box_width).picture()


@dataclass(frozen=True, slots=True)
class _Texts:
    """The texts of a box and its answers, each as lines."""

    caption: tuple[str, ...]
    title: tuple[str, ...]
    answers: list[tuple[str, ...]]

    @classmethod
    def of(cls, shape: Shape, column: int, answer_column: int) -> _Texts:
        return cls(
            wrap(shape.caption, column - _icon_width(shape), SMALL),
            wrap(shape.title, column, TITLE),
            [wrap(exit.words, answer_column, TITLE) for exit in shape.exits],
        )

    @property
    def height(self) -> int:
        return len(self.caption) * SMALL_LINE + len(self.title) * TITLE_LINE + 2 * PADDING - 4


@dataclass(frozen=True)
class _Sketch:
    """Everything that determines the coordinates. Boxes are numbers, answers a box and their index in it."""

    shapes: Sequence[Shape]
    texts: list[_Texts]
    blocks: list[Block]
    plan: Plan
    box_width: int

    @cached_property
    def lefts(self) -> list[int]:
        """The left edge of each column."""
        count = 1 + max(self.plan.columns)
        lanes, words = [0] * count, [0] * count
        for (box, i), lane in self.plan.lanes.items():
            column = self.plan.columns[self.blocks[box].targets[i]]
            lanes[column] = max(lanes[column], LANE + lane * NEXT_LANE)
        for column, text in zip(self.plan.columns, self.texts, strict=True):
            words[column] = max([words[column], *map(_words_width, text.answers)])
        steps = (self.box_width + STEM + words[i] + max(GAP, lanes[i + 1] + BEND) for i in range(count - 1))
        return list(accumulate(steps, initial=lanes[0]))

    def picture(self) -> Picture:
        boxes = tuple(self._box(number, shape) for number, shape in enumerate(self.shapes))
        words = (box.y + line.y + PADDING for box in boxes for arrow in box.arrows for line in arrow.words)
        bottom = max([*(box.y + box.height for box in boxes), *words, *self.plan.back_rows.values()])
        right = [*(box.x + box.width for box in boxes), *(self._end(box) + BEND for box, _ in self.plan.back_rows)]
        return Picture(max(right), bottom, boxes)

    def _box(self, number: int, shape: Shape) -> Box:
        text = self.texts[number]
        caption = PADDING + SMALL - 3
        title = caption + len(text.caption) * SMALL_LINE + 2
        return Box(
            shape,
            *self._corner(number),
            self.box_width,
            text.height,
            _lines(text.caption, PADDING + _icon_width(shape), caption, SMALL_LINE),
            _lines(text.title, PADDING, title, TITLE_LINE),
            tuple(self._arrow(number, i, exit) for i, exit in enumerate(shape.exits)),
        )

    def _corner(self, box: int) -> tuple[int, int]:
        return self.lefts[self.plan.columns[box]], self.plan.middles[box] - self.texts[box].height // 2

    def _end(self, box: int) -> int:
        """The right edge of the words of a box's answers."""
        return self._corner(box)[0] + self.box_width + STEM + max(map(_words_width, self.texts[box].answers))

    def _arrow(self, box: int, i: int, exit: Exit) -> Arrow:
        words, middle = self.texts[box].answers[i], self.texts[box].height // 2
        y = self.plan.rows[box, i] - self._corner(box)[1]
        stem = f"M{self.box_width} {middle}h{STEM}"
        if y != middle:
            stem = f"M{self.box_width} {middle}h4{_bend(1, 1)}V{y - BEND}{_bend(1, 1, vertical=True)}h4"
        return Arrow(
            exit,
            _lines(words, self.box_width + STEM + 2, y - len(words) * TITLE_LINE // 2 + TITLE, TITLE_LINE),
            f"{stem}m{_words_width(words)} 0{self._line(box, i)}{TIP}",
        )

    def _line(self, box: int, i: int) -> str:
        """The path from the words of an answer to its target."""
        (left, top), target = self._corner(box), self.blocks[box].targets[i]
        x, y = self.lefts[self.plan.columns[target]] - left, self.plan.middles[target] - top
        if (box, i) not in self.plan.lanes:
            return f"H{x}"
        lane = x - LANE - self.plan.lanes[box, i] * NEXT_LANE
        up = f"V{y + BEND}{_bend(1, -1, vertical=True)}H{x}"
        if (box, i) not in self.plan.back_rows:
            return f"H{lane - BEND}{_bend(1, -1)}{up}"
        out = f"H{self._end(box) - left}{_bend(1, 1)}V{self.plan.back_rows[box, i] - top - BEND}"
        return f"{out}{_bend(-1, 1, vertical=True)}H{lane + BEND}{_bend(-1, -1)}{up}"


def _words_width(words: Sequence[str]) -> int:
    """The width of an answer's words with the space around them, which a line leaves out."""
    return 6 + round(max((width(line, TITLE) for line in words), default=0))


def _bend(right: int, down: int, *, vertical: bool = False) -> str:
    """A corner to the right (1) or left (-1) and down (1) or up (-1), which begins sideways or `vertical`."""
    x, y = right * BEND, down * BEND
    return (f"q0 {y} {x} {y}" if vertical else f"q{x} 0 {x} {y}").replace(" -", "-")


def _column_width(texts: Iterable[str], least: int, most: int, padding: int = 0) -> int:
    """The width of a column, within limits, in which no word of `texts` is hyphenated."""
    longest = max((width(word, TITLE) for text in texts for word in text.split()), default=0)
    return min(most, max(least, round(longest + 0.5) + padding))


def _icon_width(shape: Shape) -> int:
    return SMALL_LINE + 4 if shape.icon else 0


def _lines(texts: Sequence[str], x: int, y: int, height: int) -> tuple[Line, ...]:
    return tuple(Line(x, y + i * height, text) for i, text in enumerate(texts))
