"""Words that pages are found by besides their own."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidetrees.messages.tokens import words
from guidetrees.messages.words import languages, read_words
from guidetrees.search.word_forms import found_by, read_lemmas, related, terms

WHOLE = read_lemmas("da")
# The part of the dictionary that these tests look at, so that each need not read all of it.
STARTS = re.compile(
    "opg|kla|pat|syg|ins|bar|bør|jou|dig|app|sik|røn|bil|ste|beh|tav|pli|vid|kon|hån|med|lin|rin|mon|led|ing|int"
)
DANISH = {form: lemma for form, lemma in WHOLE.items() if STARTS.match(form)}
NOUN = ["{}", "{}s", "{}en", "{}ens", "{}er", "{}ers", "{}erne", "{}ernes"]
LEMMAS = {form.format(noun): noun for noun in ("klag", "patient", "patientklag", "ring") for form in NOUN}
LEMMAS |= {"mål": "mål", "målet": "mål", "målene": "mål", "måling": "måling", "målingen": "måling"}


def finds(query: str, text: str, others: str = "") -> bool:
    """Whether a search for `query`, which finds beginnings, finds `text` on a site that has `others`."""
    own = set(words(text))
    led = [word for form, found in found_by({*own, *words(others)}, DANISH).items() if form.startswith(query)
           for word in found]  # fmt: skip
    return any(word.startswith(query) for word in own) or bool(own & set(led))


# With the dictionary of Danish


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
def test_inner_parts_that_are_words_of_the_site_find_a_compound(query: str, text: str) -> None:
    assert finds(query, text, others="sikkerhed, billeder, sted, pligt, konsultation, medicin")


@pytest.mark.parametrize(
    ("query", "text"),
    [("ring", "lindring"), ("ring", "monitorering"), ("leder", "billeder"), ("ingen", "behandlingen")],
)
def test_an_end_that_only_looks_like_a_word_of_the_site_is_no_part(query: str, text: str) -> None:
    assert not finds(query, text, others="Vi ringer, lederen og ingen")


def test_a_part_is_a_word_of_the_site() -> None:
    assert not finds("sikkerhed", "patientsikkerhed")


# With a dictionary of a few words


def test_what_leads_to_a_word_is_neither_its_beginning_nor_that_of_another() -> None:
    assert found_by(["klag", "patienten", "patientens"], LEMMAS) == {
        "klagen": ["klag"],
        "klagerne": ["klag"],
        "patienterne": ["patienten", "patientens"],
    }


def test_a_word_of_the_site_leads_to_other_forms_of_it() -> None:
    assert found_by(["klag", "klagen"], LEMMAS)["klagen"] == ["klag"]


def test_genitives_are_left_out() -> None:
    assert related(["klag"], LEMMAS)["klag"] == {"klagen", "klager", "klagerne"}


def test_an_ending_of_few_forms_is_no_genitive() -> None:
    forms = {"work": "work", "works": "work", "worked": "work", "working": "work", "cat": "cat", "cats": "cat"}
    assert related(["work", "cat"], forms) == {"work": {"works", "worked", "working"}, "cat": {"cats"}}


def test_a_word_that_is_a_form_of_two_has_the_forms_of_both() -> None:
    forms = {"leder": "lede", "leder s": "x", "lede": "lede", "lederne": "leder", "ledte": "lede"}
    assert related(["leder"], forms)["leder"] == {"lede", "ledte", "lederne"}


@pytest.mark.parametrize("site", [["leder", "lederen"], ["lederen", "leder"], ["leder"]])
def test_a_word_that_is_a_form_of_another_keeps_its_own(site: list[str]) -> None:
    assert {"ledere", "lederne"} <= related(site, DANISH)["leder"]


def test_a_compound_that_no_dictionary_has_is_taken_apart_between_known_words() -> None:
    akin = related(["klagepatient", "patient", "klage"], LEMMAS)
    assert {"patient", "patienten"} <= akin["klagepatient"]


def test_a_joint_may_stand_between_the_parts() -> None:
    akin = related(["ringespatient", "klagspatient", "patient", "ringe"], LEMMAS)
    assert "patient" in akin["ringespatient"] & akin["klagspatient"]


@pytest.mark.parametrize("word", ["xyzpatient", "patientxyz", "ilpatient"])
def test_what_stands_before_a_part_is_a_word_too(word: str) -> None:
    assert related([word, "patient"], LEMMAS)[word] == set()


def test_nouns_that_a_language_writes_with_a_capital_have_forms() -> None:
    german = {"Haus": "Haus", "Häuser": "Haus", "Häusern": "Haus"}
    assert related(["haus"], german)["haus"] == {"häuser", "häusern"}


@pytest.mark.parametrize("word", ["mp3", "1280", "x_y", "%"])
def test_what_is_no_word_has_no_forms(word: str) -> None:
    assert found_by([word], {word: "mp", "mp": "mp"}) == {}


def test_a_site_of_no_words_has_nothing_to_find() -> None:
    assert found_by([], LEMMAS) == {}


# Languages


@pytest.mark.parametrize("language", ["da", "da-DK", "en", "nb", "pt-BR"])
def test_there_are_dictionaries(language: str) -> None:
    assert len(read_lemmas(language)) > 10_000


@pytest.mark.parametrize("language", ["xx", "", "../da", "zh-Hant"])
def test_a_language_without_a_dictionary_gets_no_words(language: str) -> None:
    assert read_lemmas(language) == {}
    assert found_by(["klag", "patient"], read_lemmas(language)) == {}


def test_the_dictionary_maps_forms_to_lemmas() -> None:
    """What is taken from simplemma beyond its documented functions."""
    assert (WHOLE["opgaverne"], WHOLE["opgave"], WHOLE.get("zzz")) == ("opgave", "opgave", None)
    assert dict(WHOLE.items()).keys() >= {"børn", "hændelser"}
    assert WHOLE._dict[b"opgaverne"] == b"opgave"  # type: ignore[attr-defined]


def test_the_dictionarys_own_bytes_lead_to_the_same() -> None:
    site = ["opgave", "klage", "barn", "patientsikkerhed", "sikkerhed", "løb", "ring"]
    assert found_by(site, WHOLE) == found_by(site, dict(WHOLE.items()))


# What separates words


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
def test_signs_separate_what_a_search_looks_for(text: str, wanted: list[str]) -> None:
    assert terms(text) == wanted


@pytest.mark.parametrize("language", languages())
def test_particles_are_words_in_small_letters_each_once(language: str) -> None:
    particles = read_words(language)["particles"].split()
    assert [words(particle) for particle in particles] == [[particle] for particle in particles]
    assert len(set(particles)) == len(particles)


# Properties

letters = st.text("abcdeæøå", min_size=1, max_size=9)
sites = st.lists(letters, min_size=1, max_size=12)
dictionaries = st.dictionaries(letters, letters, max_size=20)


@given(sites, dictionaries)
def test_forms_lead_to_words_that_a_search_would_not_find(site: list[str], lemmas: dict[str, str]) -> None:
    found = found_by(site, lemmas)
    for form, led in found.items():
        assert led == sorted(set(led)) and set(led) <= set(site)
        assert not any(word.startswith(form) for word in led)
    for word in site:
        leading = [form for form, led in found.items() if word in led]
        assert not any(other.startswith(form) for form in leading for other in leading if other != form)


@given(sites, dictionaries)
def test_every_form_of_a_word_finds_it_by_its_beginning(site: list[str], lemmas: dict[str, str]) -> None:
    found = found_by(site, lemmas)
    for word, forms in related(site, lemmas).items():
        for form in forms:
            assert word.startswith(form) or any(w.startswith(form) and word in led for w, led in found.items())


@given(st.lists(letters, min_size=1), dictionaries)
def test_every_form_of_a_site_s_word_leads_back_to_it(site: list[str], lemmas: dict[str, str]) -> None:
    akin = related(site, lemmas)
    assert akin.keys() == set(site)
    for word, more in akin.items():
        assert word not in more
        assert all(form in lemmas or form in lemmas.values() or form in akin for form in more)


@given(st.text())
def test_no_sign_is_left_in_what_a_search_looks_for(text: str) -> None:
    assert all(part == part.strip(" ,.:;!?()-\n\t") and part for part in terms(text))
