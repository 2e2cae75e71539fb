"""What search knows of pages: their sections, read from HTML."""

from __future__ import annotations

from dataclasses import replace

import pytest
from helpers import BASE

from guidetrees.messages.words import read_words
from guidetrees.parse.docs_page import read_docs_page
from guidetrees.project.project import read_project
from guidetrees.render.context import prepare
from guidetrees.render.page import Page
from guidetrees.search.documents import Document, entries, entries_of_docs, plain

PROJECT = read_project(BASE)


def of(text: str, path: str = "om-os.md") -> list[Document]:
    """The entries of a page of docs/."""
    docs = {path: read_docs_page(path, f"docs/{path}", text)[0]}
    return list(entries_of_docs(prepare(replace(PROJECT, docs=docs), read_words("da"))))


def made(block: str, title: str = "T", path: str = "t/n.md") -> list[Document]:
    """The entries of a page that the engine makes."""
    return list(entries(prepare(PROJECT, read_words("da")), Page(path, title, "", "id", block, "t.yml")))


def test_a_page_is_cut_at_its_headings() -> None:
    assert of("# Om {#om}\n\nFørst *dette*.\n\n## Så & så\n\n- a\n\n### Til sidst {#c}\n\nb") == [
        Document("om-os.html", "Om", "<p>Først dette.</p>"),
        Document("om-os.html#sa-sa", "Så &amp; så", "<ul> <li>a</li> </ul>"),
        Document("om-os.html#c", "Til sidst", "<p>b</p>"),
    ]


def test_what_stands_before_the_first_heading_is_the_pages() -> None:
    assert of("x\n\n# A {#a}\n\ny") == [
        Document("om-os.html", "A", "<p>x</p>"),
        Document("om-os.html#a", "A", "<p>y</p>"),
    ]


def test_front_matter_says_how_a_page_is_found() -> None:
    assert of("---\nsearch: {exclude: true}\n---\n# A") == []
    assert of("---\ntitle: B & C\nsearch: {boost: 2}\n---\nx") == [
        Document("om-os.html", "B &amp; C", "<p>x</p>", 2)
    ]


@pytest.mark.parametrize("matter", ["[", "search: x", "search: {boost: x}", "- a"])
def test_front_matter_that_says_nothing_does_no_harm(matter: str) -> None:
    (entry,) = of(f"---\n{matter}\n---\n# A {{#a}}\n\nx")[-1:]
    assert (entry.title, entry.text, entry.weight) == ("A", "<p>x</p>", 1)


def test_a_location_is_an_address() -> None:
    assert [entry.location for entry in of("# A", "å b.md")] == ["%C3%A5%20b.html"]


def test_elements_that_are_excluded_or_say_nothing_are_passed_over() -> None:
    block = (
        '<p>a</p><div data-search-exclude><div>b</div><p>c</p></div><script>if (a < b) "d"</script>'
        '<p class="x">e<br>f <b title=">">g</b></p><!-- h --><img alt="i">'
    )
    assert made(block) == [Document("t/n.html", "T", "<p>a</p><p>ef g</p>", 0.3)]


def test_markup_that_results_do_not_show_is_left_out_and_what_is_none_stays_text() -> None:
    (entry,) = made('<p onclick="x">a < b <i>c</i> <code>&lt;d&#39;&gt;</code> <img title="x</p>', title="A < B")
    assert entry.title == "A &lt; B"
    # A tag that does not end is left out, as by browsers.
    assert entry.text == "<p>a &lt; b c <code>&lt;d'&gt;</code> </p>"


def test_pages_that_repeat_others_are_left_out() -> None:
    assert made("<p>a</p>", path="a-z.md") == made("<p>a</p>", path="review/t.md") == []


@pytest.mark.parametrize(
    ("block", "text"),
    [
        ("<ol><li>a</li><li>b</li></ol>", "<ol><li>1. a</li><li>2. b</li></ol>"),
        ('<ol start="3"><li>a</li><li value="24">b</li><li>c</li></ol>', "3. a 24. b 25. c"),
        ("<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>", "1. a b 2. c"),
        ("<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>", "a 1. b c"),
        ('<ol reversed><li>a</li></ol><ol type="a"><li>b</li></ol>', "a b"),
        ('<ol start="x"><li value="">a</li></ol><li>b</li>', "1. a b"),
    ],
)
def test_entries_of_a_list_have_their_numbers(block: str, text: str) -> None:
    """Results show entries one after another, without what a browser puts before them."""
    (entry,) = made(block)
    assert entry.text == text or plain(entry.text.replace("<", " <")).split() == text.split()
