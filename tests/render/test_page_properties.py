"""What holds for the pages of every tree with every text, tried with random ones.

What fails here becomes a named case in `cases/`.
"""

from __future__ import annotations

from collections.abc import Iterator

import lxml.html
import pytest
from helpers import (
    MARKDOWN,
    as_html,
    assert_harmless,
    check,
    resolved,
    skeleton,
)
from hypothesis import example, given, settings
from hypothesis import strategies as st
from random_texts import folded, harmless, lines, prose
from random_trees import WORDS, Spot, Texts, plans, read_plan

from guidetrees.graph.graph import NodeRef
from guidetrees.parse.author_markdown import render_author_markdown
from guidetrees.project.project import Project
from guidetrees.project.references import outcomes
from guidetrees.project.urls import COVERAGE_PAGE, EXTERNAL_LINKS_PAGE, INDEX_PAGE, REVIEW, SHARE_PAGE, page_url
from guidetrees.render import site_pages
from guidetrees.render.context import prepare
from guidetrees.render.page import escape_markdown

# Pages


Pages = dict[str, lxml.html.HtmlElement]


def html_pages(project: Project, begin: str = "") -> Pages:
    """The pages whose addresses, from the site's root, begin so."""
    assert check(project) == []
    made = (page for page in site_pages.pages(prepare(project, WORDS)) if page.path.startswith(begin))
    return {page.path.replace(".md", ".html"): as_html(page) for page in made}


def inside(element: lxml.html.HtmlElement) -> list[tuple[str, str]]:
    """What stands in an element: its elements and their text."""
    return [(str(part.tag), folded(part.text_content())) for part in element.iterdescendants()]


def alone(text: str) -> list[tuple[str, str]]:
    """The same of `text` as Markdown, with no page around it."""
    return inside(
        lxml.html.fragment_fromstring(render_author_markdown(text, lambda _: None).html, create_parent="div")
    )


def skeletons(pages: Pages) -> dict[str, list[tuple[str, ...]]]:
    """What pages are made of. The alphabetical index is made of its terms, the page of links of those."""
    listing = (INDEX_PAGE, EXTERNAL_LINKS_PAGE)
    return {path: skeleton(document) for path, document in pages.items() if path not in listing}


ONE = (Spot(0, 0, (), False, False),)


TWICE = st.lists(
    st.tuples(st.lists(lines, min_size=3, max_size=9), st.lists(prose.map(harmless), min_size=2, max_size=5)),
    min_size=2,
    max_size=2,
)


@pytest.mark.build  # all pages of many projects
@settings(max_examples=16)
@example(ONE, [(["Word"], ["    a\n    ```{ .x onclick=y }\n    b\n    ```\n    c"])])
@given(plans(), TWICE)
def test_pages_hold_the_texts_the_links_and_nothing_else(
    plan: tuple[Spot, ...], all_texts: list[tuple[list[str], list[str]]]
) -> None:
    """No text changes what a page is made of, and no Markdown the page around it."""
    plain, _ = read_plan(plan, ["Word"], ["Word."])
    made_of = skeletons(html_pages(plain))
    for line_texts, prose_texts in all_texts:
        project, texts = read_plan(plan, line_texts, prose_texts)
        pages = html_pages(project)
        assert_all_pages(pages, project, texts)
        assert skeletons(pages) == made_of
        for path in texts.titles:
            assert_its_texts_and_links(pages, path, texts)
        assert_index_leads_from_every_title_and_keyword(pages[INDEX_PAGE], project, texts)


def assert_all_pages(pages: Pages, project: Project, texts: Texts) -> None:
    documents = {f"{REVIEW}/{name}.html" for name in ("index", *project.trees)}
    listing = {"updates.html", INDEX_PAGE, COVERAGE_PAGE, EXTERNAL_LINKS_PAGE, SHARE_PAGE}
    assert set(pages) == {*texts.titles, *listing, *documents}


def ways_on(document: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    """The answers of a page, or the way on from a step."""
    return [*document.find_class("gt-answer"), *document.find_class("gt-onward")]


def assert_its_texts_and_links(pages: Pages, path: str, texts: Texts) -> None:
    document, title = pages[path], texts.titles[path]
    assert_harmless(document)
    (heading,) = document.iter("h1")
    verdict = "".join(f"{word.text_content()}: " for word in heading.find_class("gt-verdict__word"))
    assert folded(heading.text_content()) == folded(verdict + title)
    assert inside(document.find_class("gt-prose")[0]) == alone(texts.bodies[path])
    if path.endswith("/index.html"):
        (button,) = document.find_class("gt-button")
        assert resolved(path, button.get("href")) == path.replace("index", "n0")
    else:
        links = [link for item in ways_on(document) for link in item.iter("a")]
        found = [(folded(link.text_content()), resolved(path, link.get("href"))) for link in links]
        assert found == [(folded(words), target) for words, target in texts.answers[path]]
        assert all(target in pages for _, target in found)


def assert_index_leads_from_every_title_and_keyword(
    document: lxml.html.HtmlElement, project: Project, texts: Texts
) -> None:
    assert_harmless(document)
    led = set()
    for term in document.find_class("gt-term"):
        (words,) = term.find_class("gt-term__words")
        for link in term.iter("a"):
            title = folded(link.text_content())
            said = title if link.getparent() is words else folded(words.text_content())
            led.add((said.casefold(), link.get("href")))
            (kind,) = link.getparent().find_class("gt-term__kind")
            named = folded(texts.titles.get(link.get("href"), title))
            assert title == named or folded(kind.text_content()).endswith(f": {named}")
    trees = {(texts.titles[path], path) for path in texts.titles if path.endswith("/index.html")}
    wanted = {(folded(said).casefold(), path) for said, path in trees | set(texts.keywords)}
    assert {(said, path) for said, path in led if path.startswith("t")} - outcomes_of(project) == wanted


def outcomes_of(project: Project) -> set[tuple[str, str]]:
    """What the index says of the contact that outcomes name."""
    desk = (project.contacts or {})["desk"]
    terms = [desk.name, *desk.topics]
    pages = [NodeRef(tree.id, str(node.id)) for tree in project.trees.values() for node in outcomes(tree)]
    return {(term.casefold(), page_url(address)) for term in terms for address in pages}


def leads(path: str, document: lxml.html.HtmlElement) -> list[tuple[str, str]]:
    """The words of a page's answers, and the pages that they lead to."""
    items = [*ways_on(document), *document.find_class("gt-action")]
    links = [link for item in items for link in item.iter("a")]
    return [(folded(link.text_content()), resolved(path, link.get("href"))) for link in links]


@pytest.mark.build
@settings(max_examples=16)
@given(plans(most=12))
def test_every_path_through_the_pages_is_one_of_the_trees(plan: tuple[Spot, ...]) -> None:
    project, texts = read_plan(plan, ["Word"], ["Word."])
    pages = html_pages(project, begin="t")

    led = {path: leads(path, document) for path, document in pages.items()}

    def from_pages(path: str) -> Iterator[tuple[str, ...]]:
        if not led[path]:
            yield (path,)
        for words, target in led[path]:
            for rest in from_pages(target):
                yield (path, words, *rest)

    def from_plan(path: str) -> Iterator[tuple[str, ...]]:
        start = path.endswith("/index.html")
        answers = [(WORDS["start"], path.replace("index", "n0"))] if start else texts.answers[path]
        if not answers:
            yield (path,)
        for words, target in answers:
            for rest in from_plan(target):
                yield (path, folded(words), *rest)

    for tree in project.trees:
        assert list(from_pages(f"{tree}/index.html")) == list(from_plan(f"{tree}/index.html"))


@settings(max_examples=16)
@given(plans(most=4), st.lists(lines, min_size=3, max_size=9))
def test_former_addresses_lead_on_whatever_the_titles_say(plan: tuple[Spot, ...], line_texts: list[str]) -> None:
    project, texts = read_plan(plan, line_texts, ["Word."])
    site = prepare(project, WORDS)
    moved = {asset.path: asset.content for asset in site_pages.assets(site) if asset.path.endswith(".html")}
    short = {f"s{tree.removeprefix('t')}/index.html": f"{tree}/index.html" for tree in project.trees}
    assert set(moved) == {f"former-{page[1:]}" for page in texts.titles} | set(short)
    for path, content in moved.items():
        document = lxml.html.document_fromstring(content)
        (link,) = document.body.iter("a")
        page = resolved(path, link.get("href"))
        assert page == (short.get(path) or f"t{path.removeprefix('former-')}")
        assert folded(link.text_content()) == folded(texts.titles[page])
        assert_harmless(document.body)


@settings(max_examples=100)
@given(lines.map(folded).filter(bool))
def test_an_inert_text_is_a_heading_of_just_that_text(text: str) -> None:
    html = MARKDOWN.reset().convert(f"# {escape_markdown(text)} {{ #id }}")
    document = lxml.html.document_fromstring(f"<html><body>{html}</body></html>")
    (heading,) = document.body
    assert (heading.tag, heading.get("id"), len(heading)) == ("h1", "id", 0)
    assert folded(heading.text_content()) == text
