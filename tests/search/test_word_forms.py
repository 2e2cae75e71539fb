"""Words as search compares them: spellings, inflections and compounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidetrees.messages.words import languages, read_words
from guidetrees.search.word_forms import compounds, fold, spelling_of, stems, terms

DANISH = spelling_of(read_words("da"))


def folded(text: str) -> list[str]:
    return [fold(term, DANISH.replaced) for term in terms(text)]


# Terms


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Må jeg klage?", ["må", "jeg", "klage"]),
        ("det fælles medicinkort (FMK), i brug", ["det", "fælles", "medicinkort", "fmk", "i", "brug"]),
        ("I «Danmark»: CE-mærket/ej", ["i", "danmark", "ce", "mærket", "ej"]),
        ("2023, mp3 & 45 %", ["2023", "mp3", "&", "45", "%"]),
        ("pc'er og EU’s", ["pc", "er", "og", "eu", "s"]),
        ("tavsheds\u00adpligt og tele\u200bmedicin", ["tavshedspligt", "og", "telemedicin"]),
        ("\ufeff – ", []),
        ("", []),
        ("en e-mail, e\u2011boks", ["en", "email", "mail", "eboks", "boks"]),
        ("ce-mærke", ["ce", "mærke"]),
        ("vi\ufb01ndes", ["vifindes"]),
        ("A\u030aben", ["åben"]),
    ],
)
def test_separators_end_a_term(text: str, wanted: list[str]) -> None:
    assert terms(text) == wanted


@pytest.mark.parametrize(
    "texts",
    [
        ("journalføring", "journalfoering", "JOURNALFØRING", "journalf\u00f8ring", "journal\u00adføring"),
        ("på", "paa", "pa\u030a"),
        ("æble", "aeble"),
        ("café", "cafe", "cafe\u0301"),
        ("e-boks", "e\u2011boks", "E\u2010Boks"),
    ],
)
def test_spellings_of_a_word_are_one(texts: tuple[str, ...]) -> None:
    assert len({tuple(folded(text)) for text in texts}) == 1


def test_letters_of_a_language_are_data() -> None:
    assert fold("straße", spelling_of(read_words("en")).replaced) == "strasse"
    assert fold("за́мок", ()) == "замок"
    assert fold("für", (("ü", "ue"),)) == "fuer"


@pytest.mark.parametrize("language", languages())
def test_a_language_says_how_its_words_are_compared(language: str) -> None:
    words = read_words(language)
    spelling = spelling_of(words)
    assert all(letter and other for letter, other in spelling.replaced)
    assert "" in spelling.endings and len(spelling.endings) > 3
    assert [terms(word) for word in words.particles] == [[word] for word in words.particles]
    assert len(set(words.particles)) == len(words.particles)


# Inflections


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("opgave", "opgaverne"),
        ("opgaver", "opgave"),
        ("klagen", "klager"),
        ("lederens", "leder"),
        ("sygehusets", "sygehus"),
        ("patienternes", "patient"),
        ("sygeplejersken", "sygeplejersker"),
        ("journalfoeres", "journalfoere"),
        ("digitalt", "digital"),
    ],
)
def test_forms_of_a_word_have_a_stem_in_common(one: str, other: str) -> None:
    assert {*stems(one, DANISH.endings)} & {*stems(other, DANISH.endings)}


@pytest.mark.parametrize(("one", "other"), [("leder", "lederskab"), ("behandling", "handling"), ("ny", "nyt")])
def test_other_words_have_none(one: str, other: str) -> None:
    assert not {*stems(one, DANISH.endings)} & {*stems(other, DANISH.endings)}


# Compounds

SITE = ["pligt", "sikkerhed", "patient", "tavshed", "behandling", "video", "konsultation", "ring", "lind", "leder"]


@pytest.mark.parametrize(
    ("part", "compound"),
    [
        ("pligt", "tavshedspligt"),
        ("pligt", "tavshedspligten"),
        ("sikkerhed", "patientsikkerhed"),
        ("konsultation", "videokonsultationer"),
        ("konsultation", "videokonsultation"),
    ],
)
def test_a_word_of_the_site_finds_compounds_that_end_with_it(part: str, compound: str) -> None:
    assert compounds([*SITE, compound], DANISH.endings)[part] == [compound]


@pytest.mark.parametrize(
    "word",
    [
        "xyzpatient",
        "patientxyz",
        "ilpatient",
        "monitorering",
        "billeder",
        "behandlingen",
        "patient2video",
        "patient",
    ],
)
def test_an_ending_after_no_word_of_the_site_is_no_part(word: str) -> None:
    assert [part for part, found in compounds([*SITE, word], DANISH.endings).items() if word in found] == []


def test_a_part_that_is_no_word_of_the_site_finds_nothing() -> None:
    assert compounds(["patient", "patientsikkerhed"], DANISH.endings) == {}
    assert compounds([], DANISH.endings) == {}


# Properties

words = st.text("abcdesæøå", min_size=1, max_size=9)
sites = st.lists(words, max_size=12)


@given(st.text())
def test_terms_contain_no_separators(text: str) -> None:
    assert all(part == part.strip(" ,.:;!?()-'\n\t\u00ad") and part for part in terms(text))


@given(st.text())
def test_what_is_folded_stays(text: str) -> None:
    for name in folded(text):
        assert fold(name, DANISH.replaced) == name


@given(words)
def test_a_stem_is_a_word_without_an_ending(word: str) -> None:
    for stem in stems(word, DANISH.endings):
        assert word.startswith(stem) and word.removeprefix(stem) in DANISH.endings


@given(sites)
def test_parts_and_compounds_are_words_of_the_site(site: list[str]) -> None:
    for part, found in compounds(site, DANISH.endings).items():
        assert part in site and {*found} <= {*site} and found == sorted({*found})
        assert part not in found
