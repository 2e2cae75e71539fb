"""Pictures on paper: every box is complete on some sheet, in a readable size."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidetrees.render.map.drawing import Box, Picture, Shape
from guidetrees.render.map.print_tiles import MARGIN, MAX_SHEET, SMALL, Span, cut, paper


def picture(*boxes: tuple[int, int, int, int]) -> Picture:
    """A picture of boxes, each given by x, y, width and height."""
    shape = Shape("a", "outcome", "", "", "#")
    drawn = tuple(Box(shape, x, y, width, height, (), ()) for x, y, width, height in boxes)
    right, low = max(b.x + b.width for b in drawn), max(b.y + b.height for b in drawn)
    return Picture(right, low, drawn)


@st.composite
def pieces(draw: st.DrawFn) -> list[Span]:
    found = draw(st.lists(st.tuples(st.integers(0, 2000), st.integers(1, 150)), min_size=1, max_size=40))
    return [(low, low + length) for low, length in found]


@given(pieces())
def test_every_piece_is_complete_on_some_sheet_and_no_sheet_is_too_large(spans: list[Span]) -> None:
    length, most = max(high for _, high in spans), 400
    sheets = cut(spans, length, most)
    assert sheets[0][0] == -MARGIN
    assert sheets[-1][1] == length + MARGIN
    for start, end in sheets:
        assert 0 < end - start <= most
    for (start, end), (following, _) in pairwise(sheets):
        assert start < following <= end
    for low, high in spans:
        assert any(start <= low and high <= end for start, end in sheets)


@pytest.mark.parametrize(
    ("spans", "sheets"),
    [
        ([(0, 90), (110, 200)], [(-MARGIN, 110 - MARGIN), (110 - MARGIN, 200 + MARGIN)]),
        # No gap: the box that is cut is complete on the next sheet.
        ([(0, 90), (60, 130), (100, 200)], [(-MARGIN, 112), (60 - MARGIN, 172), (100 - MARGIN, 200 + MARGIN)]),
        # Longer than any sheet.
        ([(0, 200)], [(-MARGIN, 112), (112, 200 + MARGIN)]),
        ([(0, 50)], [(-MARGIN, 50 + MARGIN)]),
    ],
)
def test_sheets_are_cut_between_boxes(spans: list[Span], sheets: list[Span]) -> None:
    assert cut(spans, max(high for _, high in spans), 120) == sheets


def test_a_picture_has_the_orientation_that_needs_fewer_sheets() -> None:
    wide, tall = MAX_SHEET["wide"], MAX_SHEET["tall"]
    assert paper(picture((0, 0, SMALL, SMALL))) is None
    for width, height, side in (
        (wide[0] - 100, wide[1] - 100, "wide"),
        (tall[0] - 100, tall[1] - 100, "tall"),
        (SMALL, SMALL + 1, "tall"),
        (SMALL + 1, SMALL, "wide"),
    ):
        printed = paper(picture((0, 0, width, height)))
        assert printed
        assert (printed.side, len(printed.sheets)) == (side, 1)


def test_sheets_are_row_by_row_without_empty_ones() -> None:
    """Two columns of boxes. The second begins in the second row of sheets."""
    corners = [(0, 0), (0, 2000), (3000, 2000)]
    printed = paper(picture(*((x, y, 200, 100) for x, y in corners)))
    assert printed
    places = [
        [(x, y) for x, y in corners if left <= x < left + width and top <= y < top + height]
        for left, top, width, height in printed.sheets
    ]
    assert [corner for place in places for corner in place] == corners
    assert all(places)
