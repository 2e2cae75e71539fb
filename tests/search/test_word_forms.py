"""Words by which pages are found although they are not on them."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidetrees.messages.tokens import words
from guidetrees.messages.words import languages, read_words
from guidetrees.search.word_forms import read_lemmas, related, terms, words_by_form

pytestmark = pytest.mark.long  # reads a dictionary


@cache
def whole() -> dict[str, str]:
    """All of the Danish dictionary."""
    return dict(read_lemmas("da-DK").items())


@cache
def danish() -> dict[str, str]:
    """The part of it that these tests need: reading all of it each time would be slow."""
    return {form: lemma for form, lemma in whole().items() if STARTS.match(form)}


STARTS = re.compile(
    "opg|kla|pat|syg|ins|bar|bør|jou|dig|app|sik|røn|bil|ste|beh|tav|pli|vid|kon|hån|med|lin|rin|mon|led|ing|int"
)
NOUN = ["{}", "{}s", "{}en", "{}ens", "{}er", "{}ers", "{}erne", "{}ernes"]
LEMMAS = {form.format(noun): noun for noun in ("klag", "patient", "patientklag", "ring") for form in NOUN}
LEMMAS |= {"mål": "mål", "målet": "mål", "målene": "mål", "måling": "måling", "målingen": "måling"}


def finds(query: str, text: str, others: str = "") -> bool:
    """Whether a prefix search for `query` finds `text` on a site that also has the text `others`."""
    own = set(words(text))
    added = words_by_form({*own, *words(others)}, danish())
    found = {word for form, by in added.items() if form.startswith(query) for word in by}
    return any(word.startswith(query) for word in own) or not own.isdisjoint(found)


# With the Danish dictionary


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("opgaver", "En opgave"),
        ("opgaverne", "En opgave"),
        ("opgave", "Opgaverne"),
        ("klager", "Klagen"),
        ("patienternes", "Patienternes"),
        ("sygeplejersken", "sygeplejersker"),
        ("instruks", "instrukserne"),
        ("børn", "Et barn"),
        ("journalføre", "Det journalføres"),
        ("digitalt", "Digital"),
        ("apper", "En app"),
    ],
)
def test_other_forms_of_a_word_find_it(query: str, text: str) -> None:
    assert finds(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("sikkerhed", "patientsikkerhed"),
        ("billede", "røntgenbilleder"),
        ("stederne", "behandlingssted"),
        ("pligten", "tavshedspligt"),
        ("konsultation", "videokonsultationer"),
        ("medicin", "håndkøbsmedicin"),
    ],
)
def test_a_part_that_is_a_word_of_the_site_finds_the_compound(query: str, text: str) -> None:
    assert finds(query, text, others="sikkerhed, billeder, sted, pligt, konsultation, medicin")


@pytest.mark.parametrize(
    ("query", "text"),
    [("ring", "lindring"), ("ring", "monitorering"), ("leder", "billeder"), ("ingen", "behandlingen")],
)
def test_an_ending_that_only_looks_like_a_word_of_the_site_is_no_part(query: str, text: str) -> None:
    assert not finds(query, text, others="Vi ringer, lederen og ingen")


def test_a_part_that_is_no_word_of_the_site_finds_nothing() -> None:
    assert not finds("sikkerhed", "patientsikkerhed")


# With a small dictionary


def test_added_words_are_no_prefix_of_the_word_or_of_each_other() -> None:
    assert words_by_form(["klag", "patienten", "patientens"], LEMMAS) == {
        "klagen": ["klag"],
        "klagerne": ["klag"],
        "patienterne": ["patienten", "patientens"],
    }


def test_a_word_of_the_site_finds_other_forms_of_it() -> None:
    assert words_by_form(["klag", "klagen"], LEMMAS)["klagen"] == ["klag"]


def test_genitives_are_left_out() -> None:
    assert related(["klag"], LEMMAS)["klag"] == {"klagen", "klager", "klagerne"}


def test_an_ending_that_few_forms_take_is_no_genitive() -> None:
    forms = {"work": "work", "works": "work", "worked": "work", "working": "work", "cat": "cat", "cats": "cat"}
    assert related(["work", "cat"], forms) == {"work": {"works", "worked", "working"}, "cat": {"cats"}}


def test_a_word_that_is_a_form_of_two_has_the_forms_of_both() -> None:
    forms = {"leder": "lede", "leder s": "x", "lede": "lede", "lederne": "leder", "ledte": "lede"}
    assert related(["leder"], forms)["leder"] == {"lede", "ledte", "lederne"}


@pytest.mark.parametrize("site", [["leder", "lederen"], ["lederen", "leder"], ["leder"]])
def test_a_word_that_is_a_form_of_another_has_its_own_forms_too(site: list[str]) -> None:
    assert {"ledere", "lederne"} <= related(site, danish())["leder"]


def test_a_compound_that_is_in_no_dictionary_is_split_into_known_words() -> None:
    forms = related(["klagepatient", "patient", "klage"], LEMMAS)
    assert {"patient", "patienten"} <= forms["klagepatient"]


def test_a_linking_letter_may_stand_between_the_parts() -> None:
    forms = related(["ringespatient", "klagspatient", "patient", "ringe"], LEMMAS)
    assert "patient" in forms["ringespatient"] & forms["klagspatient"]


@pytest.mark.parametrize("word", ["xyzpatient", "patientxyz", "ilpatient"])
def test_the_text_before_a_part_must_be_a_word(word: str) -> None:
    assert related([word, "patient"], LEMMAS)[word] == set()


def test_capitalized_nouns_of_a_dictionary_have_forms() -> None:
    german = {"Haus": "Haus", "Häuser": "Haus", "Häusern": "Haus"}
    assert related(["haus"], german)["haus"] == {"häuser", "häusern"}


@pytest.mark.parametrize("word", ["mp3", "1280", "x_y", "%"])
def test_a_term_that_is_no_word_has_no_forms(word: str) -> None:
    assert words_by_form([word], {word: "mp", "mp": "mp"}) == {}


def test_an_empty_site_has_no_words_to_add() -> None:
    assert words_by_form([], LEMMAS) == {}


# Languages


@pytest.mark.parametrize("language", ["da-DK", "en", "nb"])
def test_a_language_has_a_dictionary(language: str) -> None:
    assert len(read_lemmas(language)) > 10_000


@pytest.mark.parametrize("language", ["xx", "", "../da", "zh-Hant"])
def test_a_language_without_a_dictionary_has_no_words_to_add(language: str) -> None:
    assert read_lemmas(language) == {}
    assert words_by_form(["klag", "patient"], read_lemmas(language)) == {}


def test_the_dictionary_maps_forms_to_lemmas() -> None:
    """The engine relies on this, which is not part of the documented functions of simplemma."""
    stored = read_lemmas("da-DK")
    assert (stored["opgaverne"], stored["opgave"], stored.get("zzz")) == ("opgave", "opgave", None)
    assert whole().keys() >= {"børn", "hændelser"} and len(whole()) > 10_000
    assert stored._dict[b"opgaverne"] == b"opgave"  # type: ignore[attr-defined]


def test_the_stored_bytes_of_the_dictionary_give_the_same_words() -> None:
    site = ["opgave", "klage", "barn", "patientsikkerhed", "sikkerhed", "løb", "ring"]
    assert words_by_form(site, read_lemmas("da-DK")) == words_by_form(site, whole())


# Separators


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Må jeg klage?", ["må", "jeg", "klage"]),
        ("det fælles medicinkort (FMK), i brug", ["det", "fælles", "medicinkort", "fmk", "i", "brug"]),
        ("I «Danmark»: CE-mærket/ej", ["i", "danmark", "ce", "mærket", "ej"]),
        ("2023, mp3 & 45 %", ["2023", "mp3", "&", "45", "%"]),
        ("pc'er", ["pc'er"]),
        ("\ufeff – ", []),
        ("", []),
    ],
)
def test_separators_end_a_term(text: str, wanted: list[str]) -> None:
    assert terms(text) == wanted


@pytest.mark.parametrize("language", languages())
def test_stop_words_are_unique_words_in_lower_case(language: str) -> None:
    stop_words = read_words(language).particles
    assert [words(word) for word in stop_words] == [[word] for word in stop_words]
    assert len(set(stop_words)) == len(stop_words)


# Properties

letters = st.text("abcdeæøå", min_size=1, max_size=9)
sites = st.lists(letters, min_size=1, max_size=12)
dictionaries = st.dictionaries(letters, letters, max_size=20)


@given(sites, dictionaries)
def test_added_words_find_words_that_a_search_would_not_find(site: list[str], lemmas: dict[str, str]) -> None:
    found = words_by_form(site, lemmas)
    for form, by in found.items():
        assert by == sorted(set(by)) and set(by) <= set(site)
        assert not any(word.startswith(form) for word in by)
    for word in site:
        forms = [form for form, by in found.items() if word in by]
        assert not any(other.startswith(form) for form in forms for other in forms if other != form)


@given(sites, dictionaries)
def test_every_form_of_a_word_finds_it_by_prefix(site: list[str], lemmas: dict[str, str]) -> None:
    found = words_by_form(site, lemmas)
    for word, forms in related(site, lemmas).items():
        for form in forms:
            assert word.startswith(form) or any(w.startswith(form) and word in by for w, by in found.items())


@given(st.lists(letters, min_size=1), dictionaries)
def test_related_words_are_in_the_dictionary_or_on_the_site(site: list[str], lemmas: dict[str, str]) -> None:
    forms = related(site, lemmas)
    assert forms.keys() == set(site)
    for word, others in forms.items():
        assert word not in others
        assert all(form in lemmas or form in lemmas.values() or form in forms for form in others)


@given(st.text())
def test_terms_contain_no_separators(text: str) -> None:
    assert all(part == part.strip(" ,.:;!?()-\n\t") and part for part in terms(text))
