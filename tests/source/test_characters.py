"""Characters that cannot be seen or look like others."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidetrees.source.characters import LATIN, looks, meant, meant_word, misleading, misleading_in_word


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("bo\u200bok", [2]),
        ("\u2060a\u3164", [0, 2]),
        ("bоok", [1]),
        ("en Вog", [3]),
        ("Αll аnd all", [0, 4]),
        ("kоrtоfler", [1, 4]),
    ],
)
def test_what_misleads_is_named_at_its_place(text: str, at: list[int]) -> None:
    assert [place for place, _ in misleading(text)] == at
    assert list(misleading(meant(text))) == []


@pytest.mark.parametrize(
    "text",
    [
        "Må jeg låne en bog?",
        "Москва",
        "АВТОР",
        "5 μg",
        "Ω-3",
        "α-blokker",
        "Αθήνα",
        "bor\u00adrow",
        "👩\u200d⚕️",
        "ДНК-test",
        "x",
    ],
)
def test_words_of_other_alphabets_mislead_nobody(text: str) -> None:
    assert list(misleading(text)) == []


@pytest.mark.parametrize("word", ["e\u00adnd", "end\u200e", "e\u200dnd", "end\ufe0f"])
def test_a_word_that_is_typed_needs_no_character_that_cannot_be_seen(word: str) -> None:
    assert len(list(misleading_in_word(word, is_id=False))) == 1
    assert meant_word(word, is_id=False) == "end"


def test_an_id_has_latin_letters_and_a_keyword_those_of_its_language() -> None:
    assert len(list(misleading_in_word("хор", is_id=True))) == 3 and meant_word("хор", is_id=True) == "xop"
    assert list(misleading_in_word("хор", is_id=False)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("Bor\u00adrow", "borrow"), ("Må", "Ma\u030a"), ("Ах", "AX"), ("a\u00a0 b", "A b"), ("e\u200cn", "en")],
)
def test_texts_that_look_alike_look_the_same(one: str, other: str) -> None:
    assert looks(meant(one)) == looks(meant(other))


@given(st.text())
def test_a_text_as_it_is_meant_is_composed_and_stays(text: str) -> None:
    assert unicodedata.is_normalized("NFC", meant(text)) and meant(meant(text)) == meant(text)


def test_every_letter_that_looks_like_another_has_one() -> None:
    assert all(chr(letter).isalpha() and chr(latin).isascii() for letter, latin in LATIN.items())
