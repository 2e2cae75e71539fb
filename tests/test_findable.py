"""Words that pages are found by besides their own."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidetrees.findable import Added, Entry, added_words, read_lemmas, related, separator, turned, words
from guidetrees.words import languages, read_words

WHOLE = read_lemmas("da")
# The part of the dictionary that these tests look at, so that each need not read all of it.
STARTS = re.compile(
    "opg|kla|pat|syg|ins|bar|bør|jou|dig|app|sik|røn|bil|ste|beh|tav|pli|vid|kon|hån|med|lin|rin|mon|led|ing|int"
)
DANISH = {form: lemma for form, lemma in WHOLE.items() if STARTS.match(form)}
NOUN = ["{}", "{}s", "{}en", "{}ens", "{}er", "{}ers", "{}erne", "{}ernes"]
LEMMAS = {form.format(noun): noun for noun in ("klag", "patient", "patientklag", "ring") for form in NOUN}
LEMMAS |= {"mål": "mål", "målet": "mål", "målene": "mål", "måling": "måling", "målingen": "måling"}


def found_by(query: str, entry: Entry, others: tuple[str, ...] = ()) -> bool:
    """Whether a search for `query`, which finds beginnings, finds the entry among entries of `others`."""
    entries = [entry, *(Entry("", text) for text in others)]
    added = added_words(entries, DANISH)[0]
    told = [*words(f"{entry.title} {entry.text} {' '.join(entry.keywords)}"), *added.title, *added.text]
    return any(word.startswith(query) for word in told)


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
    assert found_by(query, Entry("", text))
    assert found_by(query, Entry(text, ""))
    assert found_by(query, Entry("", "", (text,)))


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
    assert found_by(query, Entry("", text), others=("sikkerhed, billeder, sted, pligt, konsultation, medicin",))


@pytest.mark.parametrize(
    ("query", "text"),
    [("ring", "lindring"), ("ring", "monitorering"), ("leder", "billeder"), ("ingen", "behandlingen")],
)
def test_an_end_that_only_looks_like_a_word_of_the_site_is_no_part(query: str, text: str) -> None:
    assert not found_by(query, Entry("", text), others=("Vi ringer, lederen og ingen",))


def test_a_part_is_a_word_of_the_site() -> None:
    assert not found_by("sikkerhed", Entry("", "patientsikkerhed"))


# With a dictionary of a few words


def test_added_words_are_neither_the_entrys_own_nor_the_beginning_of_one_another() -> None:
    (added,) = added_words([Entry("klag", "patienten patientens")], LEMMAS)
    assert added == Added(title=("klagen", "klagerne"), text=("patienterne",))


def test_a_dictionary_turned_around_finds_the_same() -> None:
    forms = {**LEMMAS, "Häuser": "Haus", "Häusern": "Haus", "to ord": "to"}
    site = ["klag", "patientklag", "patienten", "haus", "to", "xyz"]
    assert related(site, forms, turned(forms)) == related(site, forms)
    assert related(site, DANISH, turned(DANISH)) == related(site, DANISH)


def test_what_belongs_to_the_title_is_not_added_for_the_text_again() -> None:
    (added,) = added_words([Entry("patient", "patienten")], LEMMAS)
    assert added.title == ("patienten", "patienterne")
    assert added.text == ()


def test_keywords_count_as_a_title() -> None:
    (added,) = added_words([Entry("", "", ("patient",))], LEMMAS)
    assert added.title == ("patienten", "patienterne")


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


def test_particles_get_no_forms() -> None:
    (added,) = added_words([Entry("klag", "patient", ("ring",))], LEMMAS, ["klag", "patient", "ring"])
    assert added == Added((), ())


def test_words_that_stand_everywhere_get_no_forms_in_texts() -> None:
    entries = [Entry("klag", "patient") for _ in range(30)]
    assert added_words(entries, LEMMAS) == [Added(("klagen", "klagerne"), ())] * 30


def test_a_site_of_no_entries_has_nothing_to_add() -> None:
    assert added_words([], LEMMAS) == []
    assert added_words([Entry("", "")], LEMMAS) == [Added((), ())]


# Languages


@pytest.mark.parametrize("language", ["da", "da-DK", "en", "nb", "pt-BR"])
def test_there_are_dictionaries(language: str) -> None:
    assert len(read_lemmas(language)) > 10_000


@pytest.mark.parametrize("language", ["xx", "", "../da", "zh-Hant"])
def test_a_language_without_a_dictionary_gets_no_words(language: str) -> None:
    assert read_lemmas(language) == {}
    assert added_words([Entry("klag", "patient")], read_lemmas(language)) == [Added((), ())]


def test_the_dictionary_maps_forms_to_lemmas() -> None:
    """What is taken from simplemma beyond its documented functions."""
    assert (WHOLE["opgaverne"], WHOLE["opgave"], WHOLE.get("zzz")) == ("opgave", "opgave", None)
    assert dict(WHOLE.items()).keys() >= {"børn", "hændelser"}


# What separates words


def split(text: str, particles: str) -> list[str]:
    return [part for part in re.split(separator(particles.split()), text) if part]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Må jeg klage?", ["klage"]),
        ("det fælles medicinkort (FMK), i brug", ["fælles", "medicinkort", "FMK", "brug"]),
        ("I «Danmark»: CE-mærket/ej", ["Danmark", "CE", "mærket", "ej"]),
        ("intet i it", ["intet", "it"]),
        ("i", []),
        ("i det", []),
        ("", []),
        ("måske", ["måske"]),
    ],
)
def test_signs_and_particles_separate_words(text: str, wanted: list[str]) -> None:
    assert split(text, "i det må jeg") == wanted


def test_without_particles_signs_separate_words() -> None:
    assert split("i (det)", "") == ["i", "det"]


@pytest.mark.parametrize("language", languages())
def test_particles_are_words_in_small_letters_each_once(language: str) -> None:
    particles = read_words(language)["particles"].split()
    assert [words(particle) for particle in particles] == [[particle] for particle in particles]
    assert len(set(particles)) == len(particles)


# Properties

letters = st.text("abcdeæøå", min_size=1, max_size=9)
texts = st.lists(letters, max_size=6).map(" ".join)
entries = st.lists(st.builds(Entry, texts, texts, st.lists(texts, max_size=2).map(tuple)), max_size=5)
dictionaries = st.dictionaries(letters, letters, max_size=20)


@given(entries, dictionaries)
def test_every_entry_gets_words_that_a_search_would_not_find(site: list[Entry], lemmas: dict[str, str]) -> None:
    for entry, added in zip(site, added_words(site, lemmas), strict=True):
        titled = words(" ".join((entry.title, *entry.keywords)))
        for own, more in ((titled, added.title), (words(entry.text), added.text)):
            assert list(more) == sorted(set(more))
            assert not any(word.startswith(new) for new in more for word in [*own, *more] if word != new)
        assert not set(added.title) & set(added.text)


@given(st.lists(letters, min_size=1), dictionaries)
def test_every_form_of_a_site_s_word_leads_back_to_it(site: list[str], lemmas: dict[str, str]) -> None:
    akin = related(site, lemmas)
    assert akin.keys() == set(site)
    for word, more in akin.items():
        assert word not in more
        assert all(form in lemmas or form in lemmas.values() or form in akin for form in more)


@given(st.text(), st.lists(letters, max_size=4))
def test_what_separates_words_leaves_no_particle_and_no_sign(text: str, particles: list[str]) -> None:
    parts = split(text, " ".join(particles))
    assert not set(parts) & set(particles)
    assert all(part == part.strip(" ,.:;!?()-\n") for part in parts)
