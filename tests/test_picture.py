"""Drawn trees: nothing cut, nothing over anything else, every answer a line."""

from __future__ import annotations

import os
import re
import sys
import sysconfig
import time
from itertools import combinations
from pathlib import Path

import pytest
from helpers import write
from hypothesis import given, settings
from hypothesis import strategies as st
from map_reader import points

import guidetrees.graphviz
from guidetrees import picture
from guidetrees.picture import Box, Exit, NoGraphviz, Shape, draw, width, wrap

WORDS = st.sampled_from(["Ja", "Nej", "behandling", "sundhedsfaglige", "på", "monitoreringsudstyr", "W" * 60, "Å"])
TEXTS = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)


@st.composite
def drawings(draw_: st.DrawFn) -> list[Shape]:
    """Shapes of which each leads to some of the next."""
    count = draw_(st.integers(1, 12))
    shapes = []
    for number in range(count):
        targets = draw_(st.lists(st.integers(number + 1, count), max_size=4))
        exits = tuple(Exit(draw_(TEXTS), str(target)) for target in targets if target < count)
        kind = "question" if exits else "outcome"
        icon = "" if exits else "yes"
        shapes.append(Shape(str(number), kind, draw_(TEXTS), draw_(TEXTS), "#", exits, icon))
    return shapes


def apart(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@settings(max_examples=60)
@given(st.lists(drawings(), min_size=1, max_size=3))
def test_any_drawing_shows_all_its_words_each_in_its_place(groups: list[list[Shape]]) -> None:
    picture = draw(groups)
    for shapes, drawn in ((shapes, picture(at)) for at, shapes in enumerate(groups)):
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
    """A box holds its caption and title, whole but for hyphens in words that are wider than any box."""
    for lines, text, size in (
        (box.caption, box.shape.caption, picture.SMALL),
        (box.title, box.shape.title, picture.TITLE),
    ):
        assert re.sub("[- ]", "", "".join(line.text for line in lines)) == re.sub("[- ]", "", text)
        for line in lines:
            assert line.x >= 0
            assert line.x + width(line.text, size) <= box.width
            assert line.y - size + 3 > 0
            assert line.y + 4 <= box.height


@settings(max_examples=60)
@given(drawings())
def test_lines_begin_at_their_answer_and_end_at_their_box(shapes: list[Shape]) -> None:
    drawn = draw([shapes])(0)
    boxes = {box.shape.key: box for box in drawn.boxes}
    for source, arrow in ((box, arrow) for box in drawn.boxes for arrow in box.arrows):
        target = boxes[arrow.exit.target]
        begin, *stem, on, _ = (line := points(arrow.path))[:6]
        assert begin == (source.width, source.height // 2)
        assert stem[-1][0] <= arrow.words[0].x <= on[0], "the words stand between the stem and what goes on"
        assert stem[-1][1] == on[1]
        assert line[-1] == (target.x - source.x, target.y + target.height // 2 - source.y)
        assert source.x + source.width < target.x, "a tree is read from left to right"


def test_a_line_that_passes_other_boxes_goes_around_them() -> None:
    """From the first box to the last, with two in between."""
    shapes = [
        Shape("a", "question", "Q", "First", "#", (Exit("on", "b"), Exit("to the end", "d"))),
        Shape("b", "question", "Q", "Second", "#", (Exit("on", "c"),)),
        Shape("c", "question", "Q", "Third", "#", (Exit("on", "d"),)),
        Shape("d", "outcome", "O", "Fourth", "#"),
    ]
    drawn = draw([shapes])(0)
    first, (_, arrow) = drawn.boxes[0], drawn.boxes[0].arrows
    around = points(arrow.path)
    assert len(around) > 9
    for box in drawn.boxes[1:3]:
        left, top = box.x - first.x, box.y - first.y
        right, bottom = left + box.width, top + box.height
        assert not [p for p in around if left < p[0] < right and top < p[1] < bottom]


def test_the_same_shapes_are_drawn_alike_alone_and_among_others() -> None:
    shapes = [
        Shape("a", "question", "Q", "One", "#", (Exit("x", "b"),)),
        Shape("b", "outcome", "O", "Two", "#"),
    ]
    other = [Shape("z", "outcome", "O", "Else", "#")]
    assert draw([other, shapes, other])(1) == draw([shapes])(0)
    with pytest.raises(IndexError):
        draw([])(0)


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
def test_texts_are_wrapped_and_only_what_fits_nowhere_is_broken(text: str, room: int, lines: list[str]) -> None:
    assert wrap(text, room, 14) == lines


# What does not work

SHAPES = [
    Shape("a", "question", "Q", "One", "#", (Exit("x", "b"),)),
    Shape("b", "outcome", "O", "Two", "#"),
]
NODE = '{"name": "%s", "pos": "1,1"}'
AGAIN = "set the project up again"


def graphviz(folder: Path, monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Puts a program of these lines of Python in its place."""
    name = f"graphviz-pure{sysconfig.get_config_var('EXE') or ''}"
    program = write(folder, name, "\n".join([f"#!{sys.executable} -S", "import sys, time", *lines]))
    program.chmod(0o755)
    monkeypatch.setattr(sysconfig, "get_path", lambda _: str(folder))


@pytest.mark.parametrize(
    ("does", "told"),
    [
        ("", "graphviz-pure gave 0 pictures for 1"),
        ("print('nonsense' * 99)", "graphviz-pure gave 0 pictures for 1"),
        ("print('{\\n}')", "graphviz-pure gave no picture"),
        ("print('{\\n[\\n}')", "graphviz-pure gave no picture"),
        ("print('{\\n' + '[' * 90000 + '\\n}')", "graphviz-pure gave no picture"),
        (f"""print('{{\\n "bb": "0,0,9,9", "objects": [{NODE % 0}]\\n}}')""", "graphviz-pure gave no picture"),
        (f"""print('{{\\n "bb": "0,0,9,nan", "objects": [{NODE % 0}]\\n}}')""", "graphviz-pure gave no picture"),
        (f"""print('{{\\n "bb": "0,0,9,9", "objects": [{NODE % 0}, {NODE % 1}]\\n}}')""", "gave no picture"),
        ("sys.stdout.buffer.write(bytes([255, 254]))", "graphviz-pure gave 0 pictures for 1"),
        ("while True: print('{' * 9999)", "graphviz-pure was ended, as it wrote without end"),
        ("while True: print('{' * 9999, file=sys.stderr)", "graphviz-pure was ended, as it wrote without end"),
        ("sys.exit(3)", "graphviz-pure: ended with 3"),
    ],
)
def test_an_answer_that_is_none_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str, told: str
) -> None:
    graphviz(tmp_path, monkeypatch, does)
    with pytest.raises(NoGraphviz, match=f"{told}.*: {AGAIN}"):
        draw([SHAPES])(0)


def test_what_graphviz_complains_of_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graphviz(tmp_path, monkeypatch, "sys.exit('Error:\\n  no memory')")
    with pytest.raises(NoGraphviz, match=r"^graphviz-pure: Error: no memory$"):
        draw([SHAPES])(0)


@pytest.mark.parametrize(
    "does",
    [
        "time.sleep(99)",
        "sys.stdin.read(), time.sleep(99)",
        # It leaves another that holds its streams.
        "import os\nif os.fork(): os._exit(0)\ntime.sleep(99)",
    ],
)
def test_what_does_not_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str) -> None:
    monkeypatch.setattr(guidetrees.graphviz, "LEAST_TIME", 0.5)
    graphviz(
        tmp_path, monkeypatch, f"import os\nopen({str(tmp_path / 'group')!r}, 'w').write(str(os.getpid()))", does
    )
    with pytest.raises(NoGraphviz, match=f"^graphviz-pure was ended, as it took more than 0.5 s: {AGAIN}$"):
        draw([SHAPES])(0)
    group = int((tmp_path / "group").read_text())
    with pytest.raises(ProcessLookupError):
        for _ in range(500):  # till the system has cleared them away
            os.killpg(group, 0)
            time.sleep(0.01)


def test_without_graphviz_the_message_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sysconfig, "get_path", lambda _: str(tmp_path))
    with pytest.raises(NoGraphviz, match=r"graphviz-pure.* cannot be run .*: set the project up again"):
        draw([[Shape("a", "outcome", "O", "One", "#")]])(0)
