"""Where a character of a YAML text is written, in every way to write one."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidetrees.source.location import LINE_BREAK, LocatedStr
from guidetrees.source.scalars import places_in
from guidetrees.source.yaml import Mapping, read_yaml


def value_of(yaml: str) -> LocatedStr:
    value, _ = read_yaml(yaml, "f")
    assert isinstance(value, Mapping)
    text = value.entries[-1][1]
    assert isinstance(text, LocatedStr)
    return text


def character_at(yaml: str, place: tuple[int, int]) -> str:
    return LINE_BREAK.split(yaml)[place[0] - 1][place[1] - 1 :][:1]


@pytest.mark.parametrize(
    "yaml",
    [
        "a: one X here",
        "k: v\na:   one X here   # X",
        "a:\n  one\n  two X here",
        "a: one\n\n  two\n   X here",
        "a: 'it''s X'",
        "a: 'it''s\n\n  so X'",
        'a: "a \\"word\\" \\u00e6\\n\\x41 \\\n   and X"',
        'a: "one\\\n  \\ two\\_X"',
        "a: |\n  one\n  two X here",
        "a: |2-  # X\n    one\n\n   two X here",
        "a: |+\n\n\n  X\n\n",
        "a: >\n  one\n  two X here",
        "a: >-\n  one\n\n    more\n    in\n\n  and X",
        "a: |\r\n  one\r\n  two X here\r\n",
        "{a: [one], b: 'X'}",
        "a: Ma\u030a X",
        "a: z\u200bero X",
    ],
)
def test_a_character_is_where_it_is_written(yaml: str) -> None:
    text = value_of(yaml)
    (place,) = places_in(text, [text.index("X")])
    assert character_at(yaml, (place.line, place.column)) == "X"
    before = LINE_BREAK.split(yaml)[: place.line]
    assert "X" not in re.sub("(?m)#.*$", "", "\n".join([*before[:-1], before[-1][: place.column - 1]]))


WORDS = st.lists(st.text("aæ#'\"\\:-", min_size=1, max_size=4), min_size=1, max_size=12)


@settings(max_examples=150)
@given(words=WORDS, style=st.sampled_from(["|", ">", '"', "'"]))
def test_every_word_is_found_in_every_style(words: list[str], style: str) -> None:
    marked = [f"{chr(0x4E00 + i)}{word}" for i, word in enumerate(words)]
    text = "".join(word + ("\n  " if i % 3 == 2 else " ") for i, word in enumerate(marked)).strip()
    if style == "'":
        text = "'" + text.replace("'", "''") + "'"
    elif style == '"':
        text = json.dumps(text, ensure_ascii=False).replace("\\n", "\n")
    else:
        text = f"{style}\n  {text}"
    value = value_of(f"k: v\na: {text}\n")
    lines = f"k: v\na: {text}\n".split("\n")
    at = [value.index(chr(0x4E00 + i)) for i in range(len(words))]
    for i, place in enumerate(places_in(value, at)):
        assert lines[place.line - 1][place.column - 1] == chr(0x4E00 + i)


def test_a_text_that_no_file_holds_is_where_it_is_said_to_be() -> None:
    text = value_of("a: b")
    assert list(places_in(LocatedStr("one two", text.location), [0, 4])) == [text.location] * 2
