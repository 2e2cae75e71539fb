"""The engine's own texts: complete in every language."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from datetime import date

import pytest

from guidetrees.messages.words import FOLDER, UnknownLanguage, languages, read_words
from guidetrees.parse import model
from guidetrees.parse.tables.shared import VERDICTS
from guidetrees.source.yaml import read_yaml

ENGINE = FOLDER.parent
PLACEHOLDER = re.compile(r"\{(\w*)\}")


def test_there_are_danish_and_english() -> None:
    assert {"da", "en"} <= set(languages())


@pytest.mark.parametrize("language", languages())
def test_every_language_has_the_same_keys_in_the_same_order(language: str) -> None:
    assert list(read_words(language).table) == list(read_words("en").table)


@pytest.mark.parametrize("language", languages())
def test_no_key_is_duplicate(language: str) -> None:
    """PyYAML drops the first of two. The engine's own reader reports the second."""
    file = f"{language}.yml"
    _, problems = read_yaml((FOLDER / file).read_text("utf-8"), file)
    assert [str(problem) for problem in problems] == []


@pytest.mark.parametrize("language", languages())
def test_every_language_has_the_same_placeholders(language: str) -> None:
    english, words = read_words("en").table, read_words(language).table
    assert {key: set(PLACEHOLDER.findall(words[key])) for key in words} == {
        key: set(PLACEHOLDER.findall(english[key])) for key in english
    }


@pytest.mark.parametrize("language", languages())
def test_no_text_is_empty_or_contains_markup(language: str) -> None:
    for key, words in read_words(language).table.items():
        assert isinstance(words, str), key
        assert words.strip() == words != "", key
        assert not set(words) & set("<>&"), key


def test_every_text_that_the_engine_uses_is_there() -> None:
    table = read_words("en").table
    used = {
        key for path in ENGINE.rglob("*.html") for key in re.findall(r"\bw\.(\w+)", path.read_text("utf-8"))
    } | {
        key
        for path in ENGINE.rglob("*.py")
        for key in re.findall(r"""words(?:\[|\.say\()"(\w+)\"""", path.read_text("utf-8"))
    }
    assert len(used) > 20
    assert used - set(table) == set()
    assert {f"verdict_{verdict}" for verdict in ("yes", "no", "caution", "info")} <= set(table)


def test_placeholders_are_filled_in_unchanged() -> None:
    words = read_words("en")
    assert words.say("answered", answer="{x} {0} <b>") == "Answer: {x} {0} <b>"


@pytest.mark.parametrize(("language", "day"), [("da", "24. november 2026"), ("en", "November 24, 2026")])
def test_dates_are_written_in_the_language(language: str, day: str) -> None:
    assert read_words(language).day(date(2026, 11, 24)) == day


@pytest.mark.parametrize("language", ["xx", "", "../en", "en.yml", "DA"])
def test_the_message_for_an_unknown_language_lists_the_known_ones(language: str) -> None:
    with pytest.raises(UnknownLanguage) as caught:
        read_words(language)
    parts = caught.value.message.parts
    assert (parts["language"], parts["known"]) == (language, ", ".join(languages()))
    assert f"no words for the language '{language}' (there are da, en" in str(caught.value)


def test_every_text_is_used() -> None:
    """Every translator would have to translate an unused text."""
    sources = (path for pattern in ("*.py", "*.html", "*.js") for path in ENGINE.parent.rglob(pattern))
    written = "\n".join(path.read_text("utf-8") for path in sources)
    used = set(re.findall(r"\b(?:w|gt|words)\.(\w+)|[\"'](\w+)[\"']", written))
    known = {word for pair in used for word in pair} | {f"verdict_{verdict}" for verdict in VERDICTS}
    things = [thing for thing in vars(model).values() if is_dataclass(thing) and isinstance(thing, type)]
    known |= {f"diff_{thing.__name__.lower()}" for thing in things}
    known |= {f"diff_{field.name}" for thing in things for field in fields(thing)}
    assert set(read_words("da").table) - known == set()


@pytest.mark.parametrize("number", [0, 4096, 10**28, 2**200 - 1, 63**500])
def test_a_number_is_exact_however_large(number: int) -> None:
    """Thirty questions of six answers among which several can be chosen have 10^54 ways through them."""
    assert read_words("da").number(number) == f"{number:,}".replace(",", ".")
