"""How a picture lies on paper: on one sheet, or on several where its words would become too small.

A sheet is a window on the picture. Windows are cut between boxes; where boxes leave no gap they overlap, so
that every box and every answer is whole on some sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from guidetrees.render.map.drawing import Picture

SMALL = 700
"""Width and height in pixels of a picture that lies in the text, as large as on a screen."""

MAX_SHEET = {"wide": (1660, 1110), "tall": (1100, 1400)}
"""Pixels of a picture that a lying and an upright sheet take, of A4 or Letter: a title is at least 6 pt high."""

MARGIN = 8
"""Pixels around the boxes of a sheet."""

Span = tuple[int, int]
Window = tuple[int, int, int, int]
"""x, y, width and height."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The sheets that a picture takes, all upright (`tall`) or all lying (`wide`)."""

    side: str
    sheets: tuple[Window, ...]


def paper(picture: Picture) -> Paper | None:
    """The sheets of a picture: the side that takes fewer, and cuts fewer answers from their boxes. None where it
    lies in the text."""
    if max(picture.width, picture.height) <= SMALL:
        return None
    ways = [Paper(side, tuple(_windows(picture, *room))) for side, room in MAX_SHEET.items()]
    if picture.height > picture.width:
        ways.reverse()
    return min(ways, key=lambda way: (len(way.sheets), len({left for left, *_ in way.sheets})))


def _windows(picture: Picture, width: int, height: int) -> Iterator[Window]:
    """Row by row. A sheet on which nothing would lie is left out."""
    pieces = list(picture.pieces())
    across = cut([(left, right) for left, _, right, _ in pieces], picture.width, width)
    down = cut([(top, bottom) for _, top, _, bottom in pieces], picture.height, height)
    for (top, bottom), (left, right) in product(down, across):
        if any(p[0] < right and left < p[2] and p[1] < bottom and top < p[3] for p in pieces):
            yield left, top, right - left, bottom - top


def cut(pieces: Sequence[Span], length: int, most: int) -> list[Span]:
    """`length` in spans of at most `most`: between the pieces if there is a gap, else overlapping."""
    spans, start = [], -MARGIN
    while length + MARGIN - start > most:
        end = start + most
        gap, overlap = _gap(pieces, end), _first_cut(pieces, end)
        if gap > start:
            spans.append((start, gap))
            start = gap
        else:  # A piece longer than a sheet is cut, as nothing else can be done.
            spans.append((start, end))
            start = overlap if overlap > start else end
    return [*spans, (start, length + MARGIN)]


def _gap(pieces: Sequence[Span], end: int) -> int:
    """The last place up to `end` where no piece is cut."""
    while (before := _first_cut(pieces, end)) < end:
        end = before
    return end


def _first_cut(pieces: Sequence[Span], end: int) -> int:
    """Where the first of the pieces begins that a cut at `end` would go through; `end` if it cuts none."""
    return min((low - MARGIN for low, high in pieces if low - MARGIN < end < high), default=end)
