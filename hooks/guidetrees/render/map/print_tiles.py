"""A picture on paper: on one sheet, or on several if its words would become too small.

A sheet shows a part of the picture. The picture is cut between boxes. If there is no gap, the sheets overlap, so
that every box and every answer is complete on some sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from guidetrees.render.map.drawing import Picture

SMALL = 700
"""The largest width and height in pixels of a picture that is printed within the text, as large as on a screen."""

MAX_SHEET = {"wide": (1660, 1110), "tall": (1100, 1400)}
"""The pixels of a picture on a landscape and a portrait sheet, A4 or Letter. Titles are at least 6 pt high."""

MARGIN = 8
"""Pixels around the boxes of a sheet."""

Span = tuple[int, int]
"""Start and end."""
Window = tuple[int, int, int, int]
"""x, y, width and height."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The sheets of a picture, all portrait (`tall`) or all landscape (`wide`)."""

    side: str
    sheets: tuple[Window, ...]


def paper(picture: Picture) -> Paper | None:
    """The sheets of a picture, in the orientation that needs fewer sheets and separates fewer answers from their
    boxes. None if it is printed within the text."""
    if max(picture.width, picture.height) <= SMALL:
        return None
    papers = [Paper(side, tuple(_windows(picture, *size))) for side, size in MAX_SHEET.items()]
    if picture.height > picture.width:
        papers.reverse()
    return min(papers, key=lambda paper: (len(paper.sheets), len({left for left, *_ in paper.sheets})))


def _windows(picture: Picture, width: int, height: int) -> Iterator[Window]:
    """The sheets row by row, without empty ones."""
    pieces = list(picture.pieces())
    across = cut([(left, right) for left, _, right, _ in pieces], picture.width, width)
    down = cut([(top, bottom) for _, top, _, bottom in pieces], picture.height, height)
    for (top, bottom), (left, right) in product(down, across):
        if any(p[0] < right and left < p[2] and p[1] < bottom and top < p[3] for p in pieces):
            yield left, top, right - left, bottom - top


def cut(pieces: Sequence[Span], length: int, most: int) -> list[Span]:
    """Cuts `length` into spans of at most `most`: between the pieces if there is a gap, else overlapping."""
    spans, start = [], -MARGIN
    while length + MARGIN - start > most:
        end = start + most
        gap, overlap = _gap(pieces, end), _first_cut(pieces, end)
        if gap > start:
            spans.append((start, gap))
            start = gap
        else:  # A piece longer than a sheet must be cut.
            spans.append((start, end))
            start = overlap if overlap > start else end
    return [*spans, (start, length + MARGIN)]


def _gap(pieces: Sequence[Span], end: int) -> int:
    """The last position up to `end` at which no piece is cut."""
    while (before := _first_cut(pieces, end)) < end:
        end = before
    return end


def _first_cut(pieces: Sequence[Span], end: int) -> int:
    """The start of the first piece that would be cut at `end`; `end` if no piece would be."""
    return min((low - MARGIN for low, high in pieces if low - MARGIN < end < high), default=end)
