"""A query finds what its reader meant, and the box is told what was looked for instead."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browser import Log
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser
from small_searches import Find, locations, write_site

from guidetrees.search import inverted_index
from guidetrees.search.documents import Document

TITLES = [
    "Journalføring", "Tavshedspligten", "Informeret samtykke", "Videokonsultation", "Lederens ansvar", "En e-boks",
    "Utilsigtede hændelser", "Pligt", "Tavshed", "Udstyr", "Opgaverne", "Patienten", "Ø", "Type 1", "Café",
]  # fmt: skip
SITE = [Document(f"{number}.html", title, "<p>x</p>") for number, title in enumerate(TITLES)]


def titles(result: Any) -> list[str]:
    return [TITLES[int(location.removesuffix(".html"))] for location in locations(result)]


def instead(result: Any) -> dict[str, list[str]]:
    return {one["word"]: one["shown"] for one in result["instead"]}


SPELLINGS = {
    "journalfoering": "Journalføring",
    "JOURNALFØRING": "Journalføring",
    "journal\u00adføring": "Journalføring",
    "haendelse": "Utilsigtede hændelser",
    "e-boks": "En e-boks",
    "eboks": "En e-boks",
    "e\u2011boks": "En e-boks",
    "boks": "En e-boks",
    "leder": "Lederens ansvar",
    "lederne": "Lederens ansvar",
    "lederen\u2019s": "Lederens ansvar",
    "opgave": "Opgaverne",
    "patienters": "Patienten",
    "cafe": "Café",
}
"""Queries that the site has in another spelling or form, and the title that each finds first."""


def test_other_spellings_and_forms_are_found_as_they_are(find: Find) -> None:
    for query, result in zip(SPELLINGS, find(SITE, *SPELLINGS), strict=True):
        assert (titles(result)[:1], result["instead"]) == ([SPELLINGS[query]], []), query


MISTAKES = {
    "tavhedspligten": ("Tavshedspligten", ["tavshedspligten"]),
    "samtyke": ("Informeret samtykke", ["samtykke"]),
    "smatykke": ("Informeret samtykke", ["samtykke"]),
    "journalforing": ("Journalføring", ["journalføring"]),
    "journalf\u00f6ring": ("Journalføring", ["journalføring"]),
    "vidiokonsultasion": ("Videokonsultation", ["videokonsultation"]),
    "ptienten": ("Patienten", ["patienten"]),
    "videokonsultationsudstyr": ("Udstyr", ["videokonsultation", "udstyr"]),
    "samtykkeerklæringen": ("Informeret samtykke", ["samtykke"]),
    "datatavshedspligt": ("Tavshedspligten", ["tavshedspligten"]),
}
"""Queries that the site does not have: the title that each finds first, and what the box says is shown."""


def test_a_word_that_the_site_does_not_have_finds_the_nearest(find: Find) -> None:
    for query, result in zip(MISTAKES, find(SITE, *MISTAKES), strict=True):
        assert (titles(result)[0], instead(result)) == (MISTAKES[query][0], {query: MISTAKES[query][1]}), query


def test_a_compound_finds_by_its_last_part_what_has_another_beginning(find: Find) -> None:
    pligt, pligter = find(SITE, "pligt", "pligter")
    assert titles(pligt) == ["Pligt", "Tavshedspligten"]
    assert sorted(titles(pligter)) == ["Pligt", "Tavshedspligten"]
    assert pligter["instead"] == []


def test_where_nothing_is_near_enough_there_are_words_to_try(find: Find) -> None:
    far, none, both = find(SITE, "tafshetsplikten", "zzzzzzzzzz", "zzzzzzzzzz samtykke")
    assert (far["groups"], far["nearest"]) == ([], ["tavshedspligten"])
    assert (none["groups"], none["nearest"]) == ([], [])
    assert (titles(both), both["nearest"], both["complete"]) == (["Informeret samtykke"], [], 0)


def test_a_letter_beside_other_words_is_a_word(find: Find) -> None:
    """Alone, it may be the first that is typed."""
    alone, beside, digit = find(SITE, "p", "p samtykke", "type 1")
    assert titles(alone) == ["Pligt", "Patienten"] or titles(alone) == ["Patienten", "Pligt"]
    assert titles(beside) == ["Informeret samtykke"]
    assert titles(digit) == ["Type 1"]


def test_hits_are_marked_in_any_spelling_and_where_another_word_was_meant(find: Find) -> None:
    fold, mistake = find(SITE, "journalfoering", "samtyke")
    assert fold["groups"][0]["title"] == "<mark>Journalføring</mark>"
    assert mistake["groups"][0]["title"] == "Informeret <mark>samtykke</mark>"


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_language_says_what_its_words_end_in(find: Find, language: str) -> None:
    site = [Document("a.html", "Duty", "<p>x</p>"), Document("b.html", "Records", "<p>x</p>")]
    record, recording = find(site, "recorded", "recording", language=language)
    shown = [result["instead"] == [] and bool(result["groups"]) for result in (record, recording)]
    assert shown == [language == "en"] * 2


def test_what_a_word_reads_is_bounded(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many words a site has, and however long the word is."""
    monkeypatch.setattr(inverted_index, "FILE_SIZE", 200)
    site = [Document(f"{n}.html", f"ord{n:04}".translate(LETTERS), "<p>x</p>") for n in range(2_000)]
    folder = write_site(tmp_path, site)
    assert len([*folder.glob("assets/guidetrees/search/*.js")]) > 200
    page = browser.new_page()
    log = Log(page)
    for query in ("ordddddddx", "x" * 60, "ordabcdordabcdordabcdordabcd"):
        page.goto(f"{folder.as_uri()}/index.html")
        before = len(log.requests)
        page.evaluate("(query) => guidetreesSearch.find(query)", query)
        assert 1 < len(log.requests) - before <= 40, query
    page.close()


LETTERS = str.maketrans("0123456789", "abcdefghij")

words = st.text("abcdefg", min_size=5, max_size=9)


def test_one_wrong_letter_finds_the_word(find: Find) -> None:
    """Whatever the words: one left out, doubled, exchanged with the next, or another."""

    @settings(max_examples=16)
    @given(st.lists(words, min_size=1, max_size=4, unique=True), st.data())
    def finds(site: list[str], data: st.DataObject) -> None:
        word = data.draw(st.sampled_from(site))
        at = data.draw(st.integers(1, len(word) - 2))
        change = data.draw(st.sampled_from(["out", "double", "exchange", "other"]))
        head, letter, tail = word[:at], word[at], word[at + 1 :]
        typed = head + {"out": "", "double": letter * 2, "exchange": tail[0] + letter, "other": "x"}[change]
        typed += tail[1:] if change == "exchange" else tail
        (result,) = find([Document(f"{n}.html", one, "<p>x</p>") for n, one in enumerate(site)], typed)
        named = [one for near in result["instead"] for one in near["shown"]]
        hits = [site[int(location.removesuffix(".html"))] for location in locations(result)]
        assert word in hits or (named and all(len(one) >= 4 for one in named)), typed

    finds()
