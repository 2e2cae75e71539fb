"""Where the boxes, answers and lines of a drawn tree lie.

Graphviz places the boxes, from left to right, and leads lines around them. It sees sizes only: texts are
wrapped and measured here, with margin for the fonts that a reader may have. All lengths are pixels.
"""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache

from .graphviz import AGAIN, laid_out
from .graphviz import NoGraphviz as NoGraphviz

TITLE, SMALL = 14, 12
"""Sizes of the font: of titles and answers, and of the caption over a title."""
TITLE_LINE, SMALL_LINE = 18, 17
PADDING = 12
BOX, WIDEST_BOX = 170, 280
"""A box's width, and how wide one long word may make it; as for the answers."""
ANSWER, WIDEST_ANSWER = 104, 220
LONG_ANSWER = 7 * ANSWER
STEM, GAP = 14, 36
"""Room between a box and its answers, and between the answers and the boxes they lead to."""
BETWEEN = 12
"""Room between two boxes above each other."""
TIP = "m-7-4 7 4-7 4"
"""Of an arrow, from where its line ends."""
POINTS = 72
"""In an inch, which Graphviz measures some things in."""

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


def draw(drawings: Sequence[Sequence[Shape]]) -> Callable[[int], Picture]:
    """Begins a picture of each group of shapes, whose exits lead to shapes of the group. What is given back gives
    each by its place, waiting for it if need be, and raises NoGraphviz.

    All at once, as starting Graphviz takes longer than most of its work, and beside the caller's own work. What
    differs in words only is laid out once. Pictures take more room than what they are made of: none is kept.
    """
    sketches = [(sketch, sketch.dot()) for sketch in map(_Sketch, map(tuple, drawings))]
    graphs = list(dict.fromkeys(dot for _, dot in sketches))
    with_graphviz = ThreadPoolExecutor(1)
    written = with_graphviz.submit(laid_out, graphs)
    with_graphviz.shutdown(wait=False)

    def picture(at: int) -> Picture:
        sketch, dot = sketches[at]
        return sketch.placed(_layout(written.result()[dot], sketch))

    return picture


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


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where Graphviz has put the parts of a drawing, from its upper left corner."""

    middles: list[tuple[float, float]]
    """Of the boxes with their answers, in the order of the shapes."""
    ways: dict[tuple[int, int], list[tuple[float, float]]]
    """By box and answer: the points around which its line is drawn, without those where it begins and ends."""


@dataclass(frozen=True)
class _Sketch:
    """A drawing before Graphviz has placed its parts."""

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
    def block_width(self) -> int:
        """Of a box with its answers beside it: what Graphviz places. All are alike, so that boxes line up."""
        return self.box_width + STEM + self.answer_width + PADDING

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
    def rows(self) -> list[list[int]]:
        """The heights of each box's answers, at least as high as the box together."""
        return [_rows(*pair) for pair in zip(self.answers, self.heights, strict=True)]

    def dot(self) -> str:
        """The graph in Graphviz's language. Names are numbers: no text of an author gets there."""
        head = f"rankdir=LR; nodesep={BETWEEN / POINTS:.4f}; ranksep={GAP / POINTS:.4f}; node [shape=plain];"
        # Boxes before lines: Graphviz numbers them as they come.
        blocks = [f"{number} [label=<{self._table(number)}>];" for number in self.numbers.values()]
        lines = [
            f"{number}:{i}:e -> {self.numbers[exit.target]} [id={i}];"
            for number, shape in enumerate(self.shapes)
            for i, exit in enumerate(shape.exits)
        ]
        return "\n".join([f"digraph {{ {head}", "edge [arrowhead=none headport=w];", *blocks, *lines, "}"])

    def _table(self, at: int) -> str:
        """A box with its answers as Graphviz sees it: a row an answer, from which a line leaves."""
        cell = f'<td fixedsize="true" width="{self.block_width}" '
        rows = (f'<tr>{cell}height="{height}" port="{i}"></td></tr>' for i, height in enumerate(self.rows[at]))
        return f'<table border="0" cellborder="0" cellspacing="0" cellpadding="0">{"".join(rows)}</table>'

    def placed(self, layout: _Layout) -> Picture:
        """The drawing with its parts where Graphviz has put them."""
        boxes = [self._box(at, *middle) for at, middle in enumerate(layout.middles)]
        boxes = [replace(box, arrows=tuple(self._arrows(at, boxes, layout))) for at, box in enumerate(boxes)]
        right = [box.x + box.width for box in boxes]
        words = (box.y + line.y + PADDING for box in boxes for arrow in box.arrows for line in arrow.words)
        low = [*(box.y + box.height for box in boxes), *words]
        return Picture(max(right), max(low), tuple(boxes))

    def _box(self, at: int, x: float, y: float) -> Box:
        shape, height = self.shapes[at], self.heights[at]
        first = PADDING + SMALL - 3
        title = first + len(self.captions[at]) * SMALL_LINE + 2
        return Box(
            shape,
            round(x - self.block_width / 2),
            round(y - height / 2),
            self.box_width,
            height,
            _lines(self.captions[at], PADDING + _icon_room(shape), first, SMALL_LINE),
            _lines(self.titles[at], PADDING, title, TITLE_LINE),
        )

    def _arrows(self, at: int, boxes: list[Box], layout: _Layout) -> Iterator[Arrow]:
        box, rows = boxes[at], self.rows[at]
        middle = box.height // 2
        upper = middle - sum(rows) // 2
        for i, exit in enumerate(self.shapes[at].exits):
            y = upper + sum(rows[:i]) + rows[i] // 2
            words = self.answers[at][i]
            target = boxes[self.numbers[exit.target]]
            over = 6 + round(max((width(line, TITLE) for line in words), default=0))
            over = min(over, self.block_width - box.width - STEM + 2)
            stem = f"M{box.width} {middle}c{_pairs((STEM, 0), (0, y - middle), (STEM - 2, y - middle))}m{over} 0"
            tip = (target.x - box.x, target.y + target.height // 2 - box.y)
            around = [(x - box.x, y - box.y) for x, y in layout.ways[at, i]]
            way = _way(self.block_width, y, tip, around)
            yield Arrow(
                exit,
                _lines(words, box.width + STEM + 2, y - len(words) * TITLE_LINE // 2 + TITLE, TITLE_LINE),
                f"{stem}{way}{TIP}",
            )


def _rows(answers: list[list[str]], box: int) -> list[int]:
    """The heights of answers, given as lines, which share out what they are lower than their box."""
    heights = [len(lines) * TITLE_LINE + 10 for lines in answers] or [0]
    short = max(0, box - sum(heights))
    return [height + short // len(heights) + (i < short % len(heights)) for i, height in enumerate(heights)]


def _way(edge: int, y: int, tip: tuple[int, int], around: list[tuple[float, float]]) -> str:
    """From an answer's words to the next box: a curve in the gap between, or Graphviz's way around others."""
    if tip[0] - edge <= GAP + 2:
        right, down = tip[0] - edge, tip[1] - y
        return f"H{edge}c{_pairs((right // 2, 0), (right // 2, down), (right, down))}"
    return f"H{edge}C{_pairs(*around, tip)}"


def _pairs(*points: tuple[float, float]) -> str:
    """As short as SVG takes them."""
    return " ".join(f"{x:.0f} {y:.0f}" for x, y in points).replace(" -", "-")


def _column(texts: Iterable[str], least: int, most: int, around: int = 0) -> int:
    """The width of a column in which no word of `texts` need be broken, within bounds."""
    longest = max((width(word, TITLE) for text in texts for word in text.split()), default=0)
    return min(most, max(least, round(longest + 0.5) + around))


def _icon_room(shape: Shape) -> int:
    return SMALL_LINE + 4 if shape.icon else 0


def _lines(texts: Sequence[str], x: int, y: int, step: int) -> tuple[Line, ...]:
    return tuple(Line(x, y + i * step, text) for i, text in enumerate(texts))


def _layout(written: str, sketch: _Sketch) -> _Layout:
    """What Graphviz has written of a drawing, as JSON. Raises NoGraphviz where that is not all of it."""
    try:
        graph = json.loads(written)
        top = float(graph["bb"].split(",")[3])
        middles = {int(node["name"]): _point(node["pos"], top) for node in graph["objects"]}
        lines = {(int(edge["tail"]), int(edge["id"])): edge["pos"].split() for edge in graph.get("edges", ())}
        ways = {line: [_point(pair, top) for pair in points[1:-1]] for line, points in lines.items()}
        answers = [(at, i) for at, shape in enumerate(sketch.shapes) for i, _ in enumerate(shape.exits)]
        return _Layout([middles[at] for at, _ in enumerate(sketch.shapes)], {line: ways[line] for line in answers})
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise NoGraphviz(f"graphviz-pure gave no picture: {AGAIN}") from error


def _point(pair: str, top: float) -> tuple[float, float]:
    """Graphviz counts upwards from below. Raises ValueError."""
    x, y = (float(number) for number in pair.split(","))
    if not (math.isfinite(x) and math.isfinite(y) and math.isfinite(top)):
        raise ValueError(pair)
    return x, top - y
