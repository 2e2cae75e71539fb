"""The files of the search index: their content, their size, and what the browser finds with them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from site_reader import found_in
from small_searches import PROJECT, Find, locations, write_site

from guidetrees.messages.words import read_words
from guidetrees.render.context import prepare
from guidetrees.search import inverted_index
from guidetrees.search.documents import Document
from guidetrees.search.inverted_index import (
    LEVELS,
    broad_prefixes,
    collect_postings,
    index_lines,
    search_files,
)
from guidetrees.search.word_forms import fold, spelling_of, terms

SPELLING = spelling_of(read_words("da"))
FORMS = ("opgave", "opgaven", "opgaver", "opgaverne", "opgavernes")


def decode(cell: str) -> list[int]:
    """The numbers of a cell."""
    return list(accumulate(map(int, cell.split())))


def documents_of(cell: str) -> list[int]:
    return [posting // LEVELS for posting in decode(cell)]


# The content of the files

words = st.text("abcæ<&'\\*$_1", min_size=1, max_size=4) | st.sampled_from(
    ["__proto__", "constructor", "tostring", "opgave", "opgaver", "børn", "aåb", "p🙂", "🙂", "\uffee"]
)
texts = st.lists(words, max_size=6).map(" ".join)
sites = st.lists(st.tuples(texts, texts), max_size=5).map(
    lambda pairs: [Document(f"p{n}.html", written(title), written(text)) for n, (title, text) in enumerate(pairs)]
)


def written(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def folded(text: str) -> list[str]:
    return [fold(term, SPELLING.replaced) for term in terms(text)]


def shown(markup: str) -> str:
    return markup.replace("&lt;", "<").replace("&amp;", "&")


@given(sites)
def test_every_term_has_a_line_with_every_document_that_contains_it(site: list[Document]) -> None:
    found = collect_postings(((n, document, 1) for n, document in enumerate(site)), {}, (), SPELLING)
    lines = index_lines(found, {}, len(site))
    assert [name for name, _ in lines] == sorted(found, key=lambda name: name.encode("utf-16-be"))
    for name, line in lines:
        _, titles, texts = [*line.split("\t"), "", ""][:3]
        for cell, attribute in ((titles, "title"), (texts, "text")):
            having = [n for n, document in enumerate(site) if name in folded(shown(getattr(document, attribute)))]
            assert documents_of(cell) == having


@given(st.lists(st.integers(0, 10**7), unique=True).map(sorted))
def test_numbers_are_decoded_as_they_were_encoded(given: list[int]) -> None:
    assert decode(inverted_index._encode(given)) == given


def test_a_term_has_more_weight_if_it_is_repeated_or_in_a_title_or_a_keyword() -> None:
    def level(document: Document, keywords: tuple[str, ...] = ()) -> int:
        found = collect_postings([(0, document, document.weight)], {"p": keywords}, (), SPELLING)["klage"]
        return max(posting % LEVELS for posting in (*found.titles, *found.texts))

    levels = [
        level(Document("p", "", "klage", 0.3)),
        level(Document("p", "", "klage")),
        level(Document("p", "", "klage klage")),
        level(Document("p", "klage", "")),
        level(Document("p", "", ""), ("klage over behandling",)),
        level(Document("p", "", ""), ("klage",)),
        level(Document("p", "klage", "klage"), ("klage",)),
    ]
    assert levels == sorted(levels) and len(set(levels)) >= 6


def test_stop_words_are_no_terms() -> None:
    documents = [(0, Document("p", "Det er", "i mål"), 1.0)]
    assert set(collect_postings(documents, {"p": ("er vi",)}, ["det", "er", "i"], SPELLING)) == {"maal", "vi"}


def test_files_have_the_same_size_on_a_large_site(tmp_path: Path) -> None:
    """The text of a page is in one of them only."""
    site = [Document(f"p{n}.html", f"Side {n}", f"ord{n % 997} " * 40 + "fælles") for n in range(3_000)]
    folder = write_site(tmp_path, site)
    sizes = {path.stem: path.stat().st_size for path in folder.glob("assets/guidetrees/search/*.js")}
    assert max(sizes.values()) < 60_000
    assert len([name for name in sizes if name.startswith("e")]) > 40
    assert (folder / "assets/guidetrees/search.js").stat().st_size < 25_000
    assert [document[0] for document in found_in(folder, "e")] == [document.location for document in site]


def test_a_long_posting_list_keeps_the_documents_with_the_highest_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inverted_index, "MAX_POSTINGS", 3)
    site = [Document(str(n), "", "klage " * n) for n in range(1, 6)]
    found = collect_postings(((n, document, 1) for n, document in enumerate(site)), {}, (), SPELLING)["klage"]
    assert [posting // LEVELS for posting in found.texts] == [2, 3, 4]


def test_a_prefix_with_too_many_postings_has_a_line_with_its_top_documents(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(inverted_index, "MAX_PREFIX_POSTINGS", 3)
    monkeypatch.setattr(inverted_index, "TOP_DOCUMENTS", 2)
    site = [
        Document("0", "", "aa"),
        Document("1", "ab", "aa"),
        Document("2", "", "aab b"),
        Document("3", "ab", "ac"),
    ]
    found = collect_postings(((n, document, 1) for n, document in enumerate(site)), {}, (), SPELLING)
    assert list(broad_prefixes(found)) == ["a"]
    top = dict(index_lines(found, {}, 4))["a "].split("\t")[1]
    assert documents_of(top) == [1, 3]


def test_files_of_two_builds_are_not_mixed(tmp_path: Path) -> None:
    one = write_site(tmp_path / "one", [Document("p", "a", "b")])
    other = write_site(tmp_path / "other", [Document("p", "a", "c")])
    again = write_site(tmp_path / "again", [Document("p", "a", "b")])
    names = [next((folder / "assets/guidetrees/search").iterdir()).name for folder in (one, other, again)]
    builds = [name.split(".")[1] for name in names]
    assert builds[0] == builds[2] != builds[1]
    for folder, build in zip((one, other), builds, strict=False):
        assert f'"build":"{build}"' in (folder / "assets/guidetrees/search.js").read_text("utf-8")


@pytest.mark.parametrize(
    ("feedback", "owner", "ask"),
    [
        ("desk@library.example", "The desk", [["The desk", "mailto:desk@library.example"]]),
        ("https://library.example/ask", "", [["library.example/ask", "https://library.example/ask"]]),
        ("", "The desk", []),
    ],
)
def test_who_finds_nothing_is_told_whom_to_ask(feedback: str, owner: str, ask: list[list[str]]) -> None:
    """And is led to the trees, and to the alphabetical index."""
    project = replace(PROJECT, settings=replace(PROJECT.settings, owner=owner, feedback=feedback))
    site = prepare(project, read_words("en"))
    scripts = {asset.path: asset.content for asset in search_files(site, {}, [])}
    found = re.search("const index = (.*);", scripts["assets/guidetrees/search.js"])
    index = json.loads(found[1]) if found else {}
    assert index["ask"] == [["The desk", "https://library.example/desk"], *ask]
    assert index["list"] == "a-z.html"
    assert sorted(href for _, href in index["trees"]) == [f"{tree}/index.html" for tree in sorted(PROJECT.trees)]


# What a browser finds


def test_every_prefix_of_every_word_finds_its_document(find: Find) -> None:
    """In few files or in many."""

    @settings(max_examples=20)
    @given(sites, st.sampled_from([20, 10_000]))
    def finds(site: list[Document], size: int) -> None:
        wanted = [
            (document, query) for document, query in prefixes(site) if query not in read_words("da").particles
        ]
        with patch.object(inverted_index, "FILE_SIZE", size):
            results = find(site, *(query for _, query in wanted))
        for (document, query), result in zip(wanted, results, strict=True):
            assert document.location in locations(result), query

    finds()


def prefixes(site: list[Document]) -> Iterator[tuple[Document, str]]:
    """The beginnings of all words of a site's documents, and their other forms."""
    for document in site:
        for term in terms(shown(f"{document.title} {document.text}")):
            yield from ((document, term[:end]) for end in range(1, len(term) + 1))
            if term in FORMS:
                yield from ((document, form) for form in FORMS)


def test_an_empty_site_has_no_results(find: Find) -> None:
    none = {"groups": [], "all": 0, "complete": 0, "instead": [], "nearest": []}
    assert find([], "x", "", "det") == [none | {"words": 1}, none | {"words": 0}, none | {"words": 0}]


def test_documents_with_all_words_rank_above_documents_with_one(find: Find) -> None:
    site = [
        Document("a", "klage klage", "klage"),
        Document("b", "", "klage over en læge"),
        Document("c", "x", "y"),
    ]
    (both, typed) = find(site, "læge klage", "klag læg zzz")
    assert locations(both) == locations(typed) == ["b", "a"]
    counts = [(result["words"], result["all"], result["complete"]) for result in (both, typed)]
    assert counts == [(2, 2, 1), (3, 2, 0)]


def test_sections_are_listed_below_their_page(find: Find) -> None:
    """A page has the words that its sections have together."""
    site = [
        Document("a.html", "Side", "x"),
        Document("a.html#b", "Afsnit", "klage"),
        Document("a.html#c", "Andet", "y"),
        Document("a.html#d", "Tredje", "læge"),
        Document("b.html", "Anden", "klage"),
    ]
    (result,) = find(site, "klage læge")
    (other, page) = result["groups"]
    assert (page["location"], page["title"], page["text"]) == ("a.html", "Side", "<mark>læge</mark>")
    assert [section["location"] for section in page["sections"]] == ["a.html#d", "a.html#b"]
    assert (other["location"], other["sections"]) == ("b.html", [])
    assert (result["all"], result["complete"]) == (2, 1)


def test_a_page_has_its_three_best_sections(find: Find) -> None:
    site = [Document("a", "Side", "x"), *(Document(f"a#{n}", "Afsnit", "klage " * n) for n in (1, 2, 4, 8))]
    (result,) = find(site, "klage")
    (group,) = result["groups"]
    assert [section["location"] for section in group["sections"]] == ["a#8", "a#4", "a#2"]
    assert group["more"] == 1


def test_a_result_says_what_its_page_is(find: Find) -> None:
    site = [
        Document("t/index.html", "En sag", "x", kind="Vejviser", tree="En sag"),
        Document("t/n.html", "klage", "x", kind="Spørgsmål", tree="En sag"),
        Document("om.html", "klage", "x"),
    ]
    (result,) = find(site, "klage x")
    assert {group["location"]: (group["kind"], group["tree"]) for group in result["groups"]} == {
        "t/index.html": ("Vejviser", "En sag"),
        "t/n.html": ("Spørgsmål", "En sag"),
        "om.html": ("", ""),
    }


@pytest.mark.parametrize(
    ("weight", "order"), [(0.9, ["t/index.html", "t/a.html"]), (0.5, ["t/a.html", "t/index.html"])]
)
def test_a_start_page_comes_before_pages_of_its_tree_that_fit_little_better(
    find: Find, weight: float, order: list[str]
) -> None:
    site = [
        Document("u/index.html", "klage", "x", weight * 1.5, tree="U"),
        Document("t/a.html", "klage", "x", tree="T"),
        Document("t/index.html", "klage", "x", weight, tree="T"),
    ]
    (result,) = find(site, "klage")
    assert [location for location in locations(result) if location.startswith("t/")] == order


def test_hits_are_marked_in_the_part_of_a_text_that_has_most_of_them(find: Find) -> None:
    text = "<p>Ingen her.</p> <p>En &lt;b&gt; Klagen.</p> <ul><li>klager &amp; ros</li></ul> <p>klage igen</p>"
    one, two = find([Document("a", "Om klager", text)], "klage", "klage ros")
    assert one["groups"][0]["title"] == "Om <mark>klager</mark>"
    assert one["groups"][0]["text"] == "En &lt;b&gt; <mark>Klagen</mark>."
    assert two["groups"][0]["text"] == "<mark>klager</mark> &amp; <mark>ros</mark>"


def test_a_long_text_is_cut_between_words_around_its_first_hit(find: Find) -> None:
    text = f"<p>{'foran ' * 100}klage {'bagefter ' * 100}</p>"
    found, first = find([Document("a", "Side", text)], "klage", "side")
    shown = found["groups"][0]["text"]
    assert re.fullmatch(r"… (foran )+<mark>klage</mark>( bagefter)+ …", shown)
    assert len(shown) < 200
    assert re.fullmatch(r"(foran ?)+ …", first["groups"][0]["text"])


def test_a_word_found_by_another_form_is_marked_and_the_form_not_shown(find: Find) -> None:
    (result,) = find([Document("a", "", "<p>En opgave.</p>")], "opgaverne")
    assert result["groups"][0]["text"] == "En <mark>opgave</mark>."


def test_forms_do_not_find_common_words_in_texts(find: Find) -> None:
    site = [Document(f"{n}", "", "opgave") for n in range(30)] + [Document("t", "opgave", "")]
    own, form = find(site, "opgave", "opgaverne")
    assert len(locations(own)) == 31
    assert locations(form) == ["t"]


def test_keywords_find_their_page_first_and_say_so_where_nothing_else_is_marked(find: Find) -> None:
    site = [Document("a", "klage", "klage"), Document("b", "Side", "x"), Document("c", "Side", "x")]
    given = {"b": ("andet", "klage over noget"), "c": ("klage",), "a": ("klage",)}
    (result,) = find(site, "klage", keywords=given)
    because = {group["location"]: group["because"] for group in result["groups"]}
    assert because == {"a": "", "b": "klage over noget", "c": "klage"}
    assert locations(result)[:2] == ["a", "c"]


def test_only_the_best_of_many_pages_are_shown(find: Find) -> None:
    site = [Document(f"{n}", "klage" if n == 700 else "Side", "klage") for n in range(1_234)]
    (result,) = find(site, "klage")
    assert (len(result["groups"]), result["all"], locations(result)[0]) == (50, 1_234, "700")


def test_the_top_documents_of_a_prefix_replace_its_terms(find: Find, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inverted_index, "MAX_PREFIX_POSTINGS", 20)
    monkeypatch.setattr(inverted_index, "TOP_DOCUMENTS", 5)
    site = [Document(f"{n}", "klage" if n in (3, 17) else "Side", f"klage{n} anden") for n in range(25)]
    one, other, two = find(site, "kl", "klage12", "kl anden")
    assert locations(one)[:2] == ["3", "17"] and len(locations(one)) == 5
    assert locations(other) == ["12"]
    # Whether a document has the word is not known, as only the top documents are read.
    assert two["complete"] == two["all"] > 5


HOSTILE = ["</script><script>hacked=1</script>", '"); hacked=1; ("', "\\", "'", "`${hacked=1}`", "\u2028", "]]>"]


def test_hostile_texts_stay_texts(find: Find) -> None:
    site = [Document(f"{n}", written(text), f"mål {written(text)}") for n, text in enumerate(HOSTILE)]
    names = [Document(name, name, name) for name in ("__proto__", "constructor", "hasOwnProperty")]
    results = find(site + names, "mål", *(name.location for name in names), "hacked")
    assert sorted(locations(results[0])) == [str(n) for n in range(len(HOSTILE))]
    for name, result in zip(names, results[1:], strict=False):
        assert locations(result) == [name.location]
    assert not re.search(r"<(?!/?mark>)", json.dumps(results))
