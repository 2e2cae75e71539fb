"""The files that a search reads: what stands in them, how large they are, and what the browser finds by them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from browser import Complaints
from helpers import BASE
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser
from site_reader import found_in

from guidetrees.messages.words import read_words
from guidetrees.project.project import read_project
from guidetrees.render.context import prepare
from guidetrees.search import inverted_index as postings
from guidetrees.search.documents import Document
from guidetrees.search.inverted_index import LEVELS, SIGN, search_files, term_lines, wide
from guidetrees.search.inverted_index import postings as postings_of
from guidetrees.search.word_forms import terms

PROJECT = read_project(BASE)
LEMMAS = {"opgaver": "opgave", "opgaverne": "opgave", "opgave": "opgave", "børn": "barn", "barn": "barn"}

Written = Callable[..., list[Any]]


def laid_out(
    folder: Path,
    entries: list[Document],
    keywords: Mapping[str, tuple[str, ...]] | None = None,
    language: str = "da",
) -> Path:
    """A folder with the search of a site of these entries, and a page that searches."""
    site = prepare(PROJECT, read_words(language))
    with (
        patch.object(postings, "read_lemmas", lambda _: LEMMAS),
    ):
        files = {asset.path: asset.content for asset in search_files(site.words, keywords or {}, entries)}
    files["index.html"] = (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
        '<script src="assets/guidetrees/search.js"></script>'
    )
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8", newline="")
    return folder


@pytest.fixture(scope="module")
def found(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Written]:
    """What a browser finds on a site of these entries, by query, from a folder."""
    page = browser.new_page()
    complaints = Complaints(page)
    numbers = count()
    parent = tmp_path_factory.mktemp("searches")

    def find(entries: list[Document], *queries: str, **how: Any) -> list[Any]:
        folder = laid_out(parent / str(next(numbers)), entries, **how)
        page.goto(f"{folder.as_uri()}/index.html")
        result = page.evaluate("(all) => Promise.all(all.map((one) => guidetreesSearch.find(one)))", list(queries))
        assert complaints.complaints == []
        return list(result)

    yield find
    page.close()


def places(result: Any) -> list[str]:
    """The locations of the entries found, each page's together."""
    return [item["location"] for items in result["items"] for item in items if item["score"]]


def numbers(cell: str, levels: bool) -> list[tuple[int, int]]:
    """A cell read again: numbers and, of postings, levels."""
    read, last, signs = [], 0, iter(cell)
    for sign in signs:
        step, shift = 0, 0
        while SIGN.index(sign) >= LEVELS // 2:
            step += (SIGN.index(sign) - LEVELS // 2) << shift
            sign, shift = next(signs), shift + 5
        last += step + (SIGN.index(sign) << shift)
        read.append((last, SIGN.index(next(signs)) if levels else 0))
    return read


# What stands in the files

words = st.text("abcæ<&'\\*$_1", min_size=1, max_size=4) | st.sampled_from(
    ["__proto__", "constructor", "tostring", "opgave", "opgaver", "børn", "p🙂", "🙂", "\uffee"]
)
texts = st.lists(words, max_size=6).map(" ".join)
sites = st.lists(st.tuples(texts, texts), max_size=5).map(
    lambda pairs: [Document(f"p{n}.html", written(title), written(text)) for n, (title, text) in enumerate(pairs)]
)


def written(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def shown(markup: str) -> str:
    return markup.replace("&lt;", "<").replace("&amp;", "&")


@given(sites)
def test_every_word_stands_in_a_line_with_every_entry_that_has_it(site: list[Document]) -> None:
    found = postings_of(((n, entry, 1) for n, entry in enumerate(site)), {}, ())
    lines = term_lines(found, {}, len(site))
    assert [name for name, _ in lines] == sorted(found, key=lambda name: name.encode("utf-16-be"))
    for name, line in lines:
        _, strong, weak = [*line.split("\t"), "", ""][:3]
        for cell, of in ((strong, "title"), (weak, "text")):
            having = [n for n, entry in enumerate(site) if name in terms(shown(getattr(entry, of)))]
            assert [number for number, _ in numbers(cell, levels=True)] == having


@given(st.lists(st.integers(0, 10**7), unique=True).map(sorted))
def test_numbers_are_read_as_they_were_written(given: list[int]) -> None:
    assert [number for number, _ in numbers("".join(postings._steps(given)), levels=False)] == given


def test_a_term_counts_more_the_more_it_is_said_and_the_more_what_says_it_counts() -> None:
    def level(entry: Document, keywords: tuple[str, ...] = ()) -> int:
        found = postings_of([(0, entry, entry.weight)], {"p": keywords}, ())["klage"]
        return max(posting % LEVELS for posting in (*found.strong, *found.weak))

    told = [
        level(Document("p", "", "klage", 0.3)),
        level(Document("p", "", "klage")),
        level(Document("p", "", "klage klage")),
        level(Document("p", "klage", "")),
        level(Document("p", "", ""), ("klage over behandling",)),
        level(Document("p", "", ""), ("klage",)),
        level(Document("p", "klage", "klage"), ("klage",)),
    ]
    assert told == sorted(told) and len(set(told)) >= 6


def test_small_words_are_no_terms() -> None:
    assert set(postings_of([(0, Document("p", "Det er", "i mål"), 1)], {"p": ("er vi",)}, ["det", "er", "i"])) == {
        "mål",
        "vi",
    }


def test_files_have_a_size_whatever_the_site(tmp_path: Path) -> None:
    """And a page's text is in one of them only."""
    site = [Document(f"p{n}.html", f"Side {n}", f"ord{n % 997} " * 40 + "fælles") for n in range(3_000)]
    folder = laid_out(tmp_path, site)
    sizes = {path.stem: path.stat().st_size for path in folder.glob("assets/guidetrees/search/*.js")}
    assert max(sizes.values()) < 60_000
    assert len([name for name in sizes if name.startswith("e")]) > 40
    assert (folder / "assets/guidetrees/search.js").stat().st_size < 20_000
    assert [entry[0] for entry in found_in(folder, "e")] == [entry.location for entry in site]


def test_of_a_term_in_very_many_entries_those_stay_that_it_counts_most_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "MAX_POSTINGS", 3)
    site = [Document(str(n), "", "klage " * n) for n in range(1, 6)]
    found = postings_of(((n, entry, 1) for n, entry in enumerate(site)), {}, ())["klage"]
    assert [posting // LEVELS for posting in found.weak] == [2, 3, 4]


def test_beginnings_of_too_many_postings_have_a_line_of_their_best(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "WIDE", 3)
    monkeypatch.setattr(postings, "BEST", 2)
    site = [
        Document("0", "", "aa"),
        Document("1", "ab", "aa"),
        Document("2", "", "aab b"),
        Document("3", "ab", "ac"),
    ]
    found = postings_of(((n, entry, 1) for n, entry in enumerate(site)), {}, ())
    assert list(wide(found)) == ["a"]
    ((best,),) = [
        [cells[1]] for name, line in term_lines(found, {}, 4) if name == "a " for cells in [line.split("\t")]
    ]
    assert [number for number, _ in numbers(best, levels=True)] == [1, 3]


def test_files_of_one_build_are_not_read_with_those_of_another(tmp_path: Path) -> None:
    one = laid_out(tmp_path / "one", [Document("p", "a", "b")])
    other = laid_out(tmp_path / "other", [Document("p", "a", "c")])
    again = laid_out(tmp_path / "again", [Document("p", "a", "b")])
    names = [next((folder / "assets/guidetrees/search").iterdir()).name for folder in (one, other, again)]
    marks = [name.split(".")[1] for name in names]
    assert marks[0] == marks[2] != marks[1]
    for folder, mark in zip((one, other), marks, strict=False):
        assert f'"mark":"{mark}"' in (folder / "assets/guidetrees/search.js").read_text("utf-8")


# What a browser finds


@pytest.mark.parametrize("small", [False, True], ids=["few files", "many files"])
def test_every_beginning_of_every_word_finds_its_entry(found: Written, small: bool) -> None:
    @settings(max_examples=25)
    @given(sites)
    def finds(site: list[Document]) -> None:
        told = [(entry, term) for entry in site for term in terms(shown(f"{entry.title} {entry.text}"))]
        forms = [
            (entry, form) for entry, term in told for form, lemma in LEMMAS.items() if LEMMAS.get(term) == lemma
        ]
        wanted = [
            (entry, "".join([*term][:end])) for entry, term in (*told, *forms) for end in range(1, len(term) + 1)
        ]
        particles = read_words("da")["particles"].split()
        wanted = [(entry, query) for entry, query in wanted if query not in particles]
        results = found(site, *(query for _, query in wanted))
        for (entry, query), result in zip(wanted, results, strict=True):
            assert entry.location in places(result), query

    size = 20 if small else 10_000
    with patch.object(postings, "TERM_FILE", size), patch.object(postings, "ENTRY_FILE", size):
        finds()


def test_nothing_is_found_on_a_site_of_nothing(found: Written) -> None:
    assert found([], "x", "", "det") == [{"items": [], "said": ""}] * 3


def test_what_has_all_words_comes_before_what_has_one(found: Written) -> None:
    site = [
        Document("a", "klage klage", "klage"),
        Document("b", "", "klage over en læge"),
        Document("c", "x", "y"),
    ]
    (both, typed) = found(site, "læge klage", "klag læg zzz")
    assert places(both) == ["b", "a"]
    assert both["items"][1][0]["terms"] == {"læge": False, "klage": True}
    assert typed["items"][0][0]["terms"] == {"klag": True, "læg": True, "zzz": False}


def test_sections_stand_under_their_page(found: Written) -> None:
    site = [
        Document("a.html", "Side", "x"),
        Document("a.html#b", "Afsnit", "klage"),
        Document("a.html#c", "Andet", "y"),
    ]
    (result,) = found(site, "klage")
    assert [(item["location"], item["score"] > 0) for item in result["items"][0]] == [
        ("a.html#b", True),
        ("a.html", False),
    ]


def test_hits_are_marked_and_the_paragraphs_that_have_them_shown(found: Written) -> None:
    text = "<p>Ingen her.</p> <p>En &lt;b&gt; Klagen.</p> <ul><li>klager &amp; ros</li></ul> <p>klage igen</p>"
    (result,) = found([Document("a", "Om klager", text)], "klage")
    (item,) = result["items"][0]
    assert item["title"] == "Om <mark>klager</mark>"
    assert item["text"] == (
        "<p>En &lt;b&gt; <mark>Klagen</mark>.</p><ul><li><mark>klager</mark> &amp; ros</li></ul>"
    )


def test_a_word_found_by_another_form_is_marked_and_the_form_not_shown(found: Written) -> None:
    (result,) = found([Document("a", "", "<p>En opgave.</p>")], "opgaverne")
    assert result["items"][0][0]["text"] == "<p>En <mark>opgave</mark>.</p>"


def test_words_that_stand_everywhere_are_not_found_in_texts_by_forms(found: Written) -> None:
    site = [Document(f"{n}", "", "opgave") for n in range(30)] + [Document("t", "opgave", "")]
    own, form = found(site, "opgave", "opgaverne")
    assert len(places(own)) == 31
    assert places(form) == ["t"]


def test_keywords_find_their_page_first_and_are_not_shown(found: Written) -> None:
    site = [Document("a", "klage", "klage"), Document("b", "Side", "x"), Document("c", "Side", "x")]
    (result,) = found(site, "klage", keywords={"b": ("klage over noget",), "c": ("klage",)})
    assert places(result) == ["c", "b", "a"]
    assert "klage" not in json.dumps(result["items"][0][0] | {"terms": {}})


@pytest.mark.parametrize(
    ("language", "said"),
    [("da", "Her er de 200 bedste af 1.234 fundne steder"), ("en", "The best 200 of 1,234 places found")],
)
def test_who_finds_very_much_is_told_that_it_is_not_all(found: Written, language: str, said: str) -> None:
    site = [Document(f"{n}", "klage" if n == 700 else "Side", "klage") for n in range(1_234)]
    (result,) = found(site, "klage", language=language)
    assert result["said"] == said
    assert len(places(result)) == 200 and places(result)[0] == "700"


def test_the_best_of_a_beginning_stand_for_its_terms(found: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "WIDE", 20)
    monkeypatch.setattr(postings, "BEST", 5)
    site = [Document(f"{n}", "klage" if n in (3, 17) else "Side", f"klage{n} anden") for n in range(25)]
    one, other, two = found(site, "kl", "klage12", "kl anden")
    assert places(one)[:2] == ["3", "17"] and len(places(one)) == 5
    assert places(other) == ["12"]
    # Whether an entry has a word that only the best are known of is not said.
    assert {tuple(item["terms"].values()) for items in two["items"] for item in items} == {(True, True)}


HOSTILE = ["</script><script>hacked=1</script>", '"); hacked=1; ("', "\\", "'", "`${hacked=1}`", "\u2028", "]]>"]


def test_hostile_texts_stay_texts(found: Written) -> None:
    site = [Document(f"{n}", written(text), f"mål {written(text)}") for n, text in enumerate(HOSTILE)]
    names = [Document(name, name, name) for name in ("__proto__", "constructor", "hasOwnProperty")]
    results = found(site + names, "mål", *(name.location for name in names), "hacked")
    assert sorted(places(results[0])) == [str(n) for n in range(len(HOSTILE))]
    for name, result in zip(names, results[1:], strict=False):
        assert places(result) == [name.location]
        assert list(result["items"][0][0]["terms"]) in ([name.location.lower()], [])
    assert not re.search(r"<(?!/?mark>)", json.dumps(results))
