"""Drawn trees: nothing is cut off, nothing overlaps, and every answer has a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from map_reader import Point, points

from guidetrees.render.map.drawing import SMALL, TIP, TITLE, Arrow, Box, Exit, Picture, Shape, draw
from guidetrees.render.map.text import width, wrap

WORDS = st.sampled_from(["Ja", "Nej", "behandling", "sundhedsfaglige", "på", "monitoreringsudstyr", "W" * 60, "Å"])
TEXTS = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)


@st.composite
def drawings(draw_: st.DrawFn, back: bool = False) -> list[Shape]:
    """Shapes that each lead to some of the later ones or, with `back`, to any."""
    count = draw_(st.integers(1, 12))
    shapes = []
    for number in range(count):
        targets = draw_(st.lists(st.integers(0 if back else number + 1, count), max_size=4))
        exits = tuple(Exit(draw_(TEXTS), str(target)) for target in targets if target < count)
        kind = "question" if exits else "outcome"
        icon = "" if exits else "yes"
        shapes.append(Shape(str(number), kind, draw_(TEXTS), draw_(TEXTS), "#", exits, icon))
    return shapes


ANY = st.booleans().flatmap(drawings)


def apart(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@settings(max_examples=100)
@given(ANY)
def test_a_drawing_can_be_read(shapes: list[Shape]) -> None:
    drawn = draw(shapes)
    assert_shows_all_words_without_overlaps(drawn, shapes)
    assert_lines_begin_at_their_box_and_end_at_their_target(drawn)
    assert_boxes_are_in_the_row_of_the_answer_that_first_leads_to_them(drawn)
    assert_no_line_crosses_a_box_or_words(drawn)
    if all(int(exit.target) > int(shape.key) for shape in shapes for exit in shape.exits):
        assert_targets_are_on_the_right_of_their_answers(drawn)


def assert_shows_all_words_without_overlaps(drawn: Picture, shapes: list[Shape]) -> None:
    assert [box.shape for box in drawn.boxes] == shapes
    assert [tuple(arrow.exit for arrow in box.arrows) for box in drawn.boxes] == [s.exits for s in shapes]
    for one, other in combinations(drawn.pieces(), 2):
        assert apart(one, other), (one, other)
    for space in drawn.pieces():
        assert min(space) >= 0
        assert space[2] <= drawn.width
        assert space[3] <= drawn.height
    for box in drawn.boxes:
        assert_holds(box)


def assert_holds(box: Box) -> None:
    """A box contains its caption and title. Only words that are wider than any box are hyphenated."""
    for lines, text, size in (
        (box.caption, box.shape.caption, SMALL),
        (box.title, box.shape.title, TITLE),
    ):
        assert re.sub("[- ]", "", "".join(line.text for line in lines)) == re.sub("[- ]", "", text)
        for line in lines:
            assert line.x >= 0
            assert line.x + width(line.text, size) <= box.width
            assert line.y - size + 3 > 0
            assert line.y + 4 <= box.height


def assert_lines_begin_at_their_box_and_end_at_their_target(drawn: Picture) -> None:
    boxes = {box.shape.key: box for box in drawn.boxes}
    for source, arrow in arrows(drawn):
        target = boxes[arrow.exit.target]
        stem, on = parts(arrow)
        assert stem[0] == (source.width, source.height // 2)
        assert stem[-1][0] <= arrow.words[0].x <= on[0][0], "the words are between the two parts of the line"
        assert stem[-1][1] == on[0][1]
        assert on[-1] == (target.x - source.x, target.y + target.height // 2 - source.y)


def assert_targets_are_on_the_right_of_their_answers(drawn: Picture) -> None:
    boxes = {box.shape.key: box for box in drawn.boxes}
    for source, arrow in arrows(drawn):
        assert source.x + source.width < boxes[arrow.exit.target].x


def assert_boxes_are_in_the_row_of_the_answer_that_first_leads_to_them(drawn: Picture) -> None:
    boxes = {box.shape.key: box for box in drawn.boxes}
    first = drawn.boxes[0]
    assert middle(first) == min(map(middle, drawn.boxes))
    seen = {first.shape.key}

    def follow(box: Box) -> None:
        assert not box.arrows or answer_row(box, box.arrows[0]) == middle(box), (
            "its own first answer is in the same row"
        )
        for arrow in box.arrows:
            if (key := arrow.exit.target) not in seen:
                seen.add(key)
                assert middle(boxes[key]) == answer_row(box, arrow)
                follow(boxes[key])

    follow(first)


def assert_no_line_crosses_a_box_or_words(drawn: Picture) -> None:
    pieces = list(drawn.pieces())
    for source, arrow in arrows(drawn):
        for (x, y), (right, low) in (step for part in parts(arrow) for step in pairwise(part)):
            line = (
                source.x + min(x, right) + 1,
                source.y + min(y, low),
                source.x + max(x, right) - 1,
                source.y + max(y, low) + 1,
            )
            assert all(apart(line, piece) for piece in pieces if line[0] < line[2]), (arrow, line)


def arrows(drawn: Picture) -> Iterator[tuple[Box, Arrow]]:
    return ((box, arrow) for box in drawn.boxes for arrow in box.arrows)


def parts(arrow: Arrow) -> tuple[list[Point], list[Point]]:
    """The points of a line before the words, and after them."""
    stem, on = arrow.path.split("m", 1)
    before = points(stem)
    (over, _), *rest = points(f"m{on.removesuffix(TIP)}", before[-1])
    return before, [(over, before[-1][1]), *rest]


def middle(box: Box) -> int:
    return box.y + box.height // 2


def answer_row(box: Box, arrow: Arrow) -> float:
    return box.y + parts(arrow)[1][0][1]


def test_a_box_with_several_lines_is_drawn_once_and_the_lines_use_lanes() -> None:
    shapes = [
        Shape("a", "question", "Q", "First", "#", (Exit("one", "b"), Exit("two", "c"), Exit("back", "d"))),
        Shape("b", "outcome", "O", "Second", "#"),
        Shape("c", "question", "Q", "Third", "#", (Exit("on", "b"), Exit("round", "a"), Exit("to the end", "d"))),
        Shape("d", "outcome", "O", "Fourth", "#"),
    ]
    drawn = draw(shapes)
    first, _, third, fourth = drawn.boxes
    assert first.x > 0, "a line runs back to it"
    assert (middle(third), third.x) == (answer_row(first, first.arrows[1]), third.x)
    assert middle(fourth) == answer_row(third, third.arrows[2]), "the first answer that leads there"
    up = [
        {x + box.x for (x, y), (right, low) in pairwise(parts(arrow)[1]) if x == right and y > low}
        for box, arrow in arrows(drawn)
    ]
    assert [len(lanes) for lanes in up] == [0, 0, 1, 1, 1, 0]
    assert len(set.union(*up)) == 2, "lines that do not meet share a lane"


def test_a_drawing_may_be_deep_and_wide() -> None:
    deep = [Shape(str(i), "question", "Q", "Q", "#", (Exit("on", str(i + 1)),)) for i in range(1500)]
    drawn = draw([*deep, Shape("1500", "outcome", "O", "O", "#")])
    assert {middle(box) for box in drawn.boxes} == {middle(drawn.boxes[0])}
    wide = Shape("a", "question", "Q", "Q", "#", tuple(Exit("on", str(i)) for i in range(1500)))
    drawn = draw([wide, *(Shape(str(i), "outcome", "O", "O", "#") for i in range(1500))])
    assert len({middle(box) for box in drawn.boxes}) == 1500


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("one", 100, ["one"]),
        ("one two three", 60, ["one two", "three"]),
        ("behandlingssteder", 60, ["behand-", "lingsst-", "eder"]),
        ("et behandlingssteder", 60, ["et", "behand-", "lingsst-", "eder"]),
        ("", 60, []),
    ],
)
def test_texts_are_wrapped_and_only_words_that_do_not_fit_are_hyphenated(
    text: str, room: int, lines: list[str]
) -> None:
    assert [*wrap(text, room, 14)] == lines
