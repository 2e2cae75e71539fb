"""The script on trees of shapes that this site has none of: opened as files, the theme left out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
from helpers import CASES, as_html, write
from playwright.sync_api import BrowserContext, Page, expect
from test_answering import follow
from test_render import site_of

from guidetrees import render
from guidetrees.model import Checklist
from guidetrees.views import Site

MEETING = CASES / "valid/checklists-that-meet"
LEADING = CASES / "valid/trees-that-lead-to-each-other"


def written(site: Site, root: Path) -> str:
    """Writes the pages of `site` with script and style, and gives their address."""
    for asset in render.assets(site):
        write(root, asset.path, asset.content)
    for page in render.pages(site):
        document = as_html(page)
        head = lxml.html.fragment_fromstring('<script src="../assets/guidetrees/tree.js"></script>')
        document.body.append(head)
        html = lxml.html.tostring(document, encoding="unicode", doctype="<!doctype html>")
        write(root, page.path.replace(".md", ".html"), html.replace("<html>", '<html lang="en">', 1))
    return root.as_uri() + "/"


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    yield context.new_page()
    assert errors == []


def ids(site: Site, node: str) -> list[str]:
    found = site.project.trees["checklists-that-meet"].nodes[node]
    assert isinstance(found, Checklist)
    return found.item_ids


def missing(page: Page) -> list[str]:
    return [item.inner_text() for item in page.locator(".gt-missing .gt-item__words").all() if item.is_visible()]


def test_only_the_list_that_the_reader_left_open_is_missing(tmp_path: Path, page: Page) -> None:
    site = site_of(MEETING, tmp_path / "project")
    base = written(site, tmp_path / "site") + "checklists-that-meet/"
    page.goto(base + "missing.html")
    assert len(missing(page)) == 5
    page.goto(f"{base}missing.html#card=met&bag=unmet")
    page.reload()
    assert missing(page) == ["A bag", "A bag", "No hole in it"]
    expect(page.locator("#contact-desk")).to_be_hidden()
    page.evaluate(f"location.hash = 'card=unmet.{ids(site, 'card')[1]}'")
    assert missing(page) == ["A card"]
    expect(page.locator("#contact-desk")).to_be_visible()


def test_nothing_is_missing_where_all_was_met(tmp_path: Path, page: Page) -> None:
    """Both answers of the list lead to one page."""
    base = written(site_of(MEETING, tmp_path / "project"), tmp_path / "site") + "checklists-that-meet/"
    page.goto(f"{base}go.html#card=met&bag=met&read=met")
    assert missing(page) == []
    expect(page.locator(".gt-steps").first.locator("> li")).to_have_count(3)
    page.evaluate("location.hash = 'card=met&bag=met&read=unmet'")
    assert missing(page) == ["The time of a loan", "The rules for children"]


def test_items_with_the_same_words_are_ticked_apart(tmp_path: Path, page: Page) -> None:
    site = site_of(MEETING, tmp_path / "project")
    base = written(site, tmp_path / "site") + "checklists-that-meet/"
    assert len(set(ids(site, "bag"))) == 3
    page.goto(f"{base}bag.html")
    page.locator(".gt-item__box").nth(1).check()
    page.reload()
    assert [box.is_checked() for box in page.locator(".gt-item__box").all()] == [False, True, False]


def test_an_answer_that_leads_to_the_same_page_begins_at_its_heading(tmp_path: Path, page: Page) -> None:
    base = written(site_of(MEETING, tmp_path / "project"), tmp_path / "site") + "checklists-that-meet/"
    page.goto(f"{base}go.html#card=met&bag=met&read=met")
    page.locator(".gt-step summary").last.click()
    page.locator(".gt-others a").last.click()
    page.wait_for_url("**/go.html#card=met&bag=met&read=unmet")
    expect(page.locator("h1")).to_be_focused()


def test_answers_go_along_through_the_start_page_of_another_tree(tmp_path: Path, page: Page) -> None:
    site = site_of(LEADING, tmp_path / "project")
    base = written(site, tmp_path / "site")
    edge = next(
        edge for edges in site.graph.leaving.values() for edge in edges
        if not edge.target.node and edge.target.tree != edge.source.tree
    )  # fmt: skip
    asked, answer = site.graph.node(edge.source).title, edge.answer
    page.goto(f"{base}{edge.source.tree}/{edge.source.node}.html")
    follow(page, page.locator(f".gt-answer[data-answer='{answer}'] a"))
    assert f"/{edge.target.tree}/index.html#" in page.url
    assert asked in page.locator(".gt-step__question").all_text_contents()
    follow(page, page.locator(".gt-action a"))
    assert f"/{edge.target.tree}/{site.project.trees[edge.target.tree].start}.html#" in page.url
    assert asked in page.locator(".gt-step__question").all_text_contents()
    follow(page, page.locator(".gt-step__change").last)
    expect(page.locator(".gt-answer--given")).to_have_count(1)
