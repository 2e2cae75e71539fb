"""The rules' pages in the site."""

from __future__ import annotations

import lxml.html
import pytest
from conftest import ROOT
from helpers import as_html, assert_harmless, project_of

from guidetrees.check.rule_docs import entries, failing
from guidetrees.messages.words import languages, read_words
from guidetrees.parse.tables import TABLES
from guidetrees.render import site_pages
from guidetrees.render.assets import REVIEW_STYLE
from guidetrees.render.context import Site, prepare
from guidetrees.render.page import Page
from guidetrees.render.pages.rules import rule_pages

Pages = dict[str, Page]
each_rule = pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.id)


@pytest.fixture(scope="module", params=languages())
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return prepare(project_of(None, tmp_path_factory.mktemp("project")), read_words(request.param))


@pytest.fixture(scope="module")
def pages(site: Site) -> Pages:
    return {page.path: page for page in rule_pages(site)}


def written(document: lxml.html.HtmlElement, expression: str) -> list[str]:
    return ["".join(element.itertext()) for element in document.xpath(expression)]


def test_there_is_a_page_a_rule_and_one_that_lists_them(pages: Pages) -> None:
    names = ["index", *(entry.id for entry in entries())]
    assert list(pages) == [f"review/rules/{name}.md" for name in names]
    listed = as_html(pages["review/rules/index.md"])
    assert listed.xpath("//tbody//a/@href") == [f"{entry.id}.html" for entry in entries()]
    asked = [entry.asks.replace("`", "") for entry in entries()]
    assert written(listed, "//tbody//td[2]") == asked


def test_no_rules_page_has_the_path_of_another(site: Site, pages: Pages) -> None:
    others = {page.path for page in site_pages.pages(site)} | {asset.path for asset in site_pages.assets(site)}
    assert not others & set(pages)


def test_rules_stay_out_of_search(pages: Pages) -> None:
    for page in pages.values():
        assert 'search: {"exclude": true}' in page.text


def test_a_rules_page_shows_its_example_and_what_is_said_of_it(site: Site, pages: Pages) -> None:
    for entry in entries():
        document = as_html(pages[f"review/rules/{entry.id}.md"])
        (sheet,) = document.xpath("//link")
        assert sheet.get("href") == f"../../{REVIEW_STYLE}"
        sheet.drop_tree()
        assert_harmless(document)
        found, example = failing(entry.id), entry.example
        code = written(document, "//pre/code")
        said = "".join(f"{site.words.tell(finding.line)}\n" for finding in found)
        assert code == [*example.failing.values(), said, *example.fixed.values()]
        assert written(document, "//figcaption") == [*example.failing, *example.fixed]
        marked = written(document, "//*[contains(@class, 'gt-rule__failing')]//mark")
        places = sorted({(finding.problem.location.file, finding.problem.location.line) for finding in found})
        assert marked == [example.failing[file].splitlines()[line - 1].strip() for file, line in places]
        assert written(document, "//*[@class='gt-rule__mended']//mark")


def test_english_is_marked_as_english(site: Site, pages: Pages) -> None:
    """The heading, what the rule asks and its pieces: all but the engine's words, its lines and numbers."""
    own = f"ancestor::*[@lang='en'] or ancestor::pre[preceding-sibling::p[1][.='{site.words['rule_says']}']]"
    words = {"", *read_words("da").table.values(), *read_words("en").table.values()}
    for path, page in pages.items():
        for text in as_html(page).xpath(f"//main//text()[normalize-space() and not({own})]"):
            assert text.strip(" ·,–\n") in words, (path, text)


def test_the_page_on_reading_lists_the_keys(pages: Pages) -> None:
    document = as_html(pages["review/rules/language.md"])
    rows = document.xpath("//*[contains(@class, 'gt-rule__keys')]/tbody/tr")
    assert [[text.strip() for text in written(row, "./*")] for row in rows] == [
        [table.kind, ", ".join(f"{key.name}{'*' if key.required else ''}" for key in table.keys)]
        for table in TABLES
    ]


def test_pages_name_the_file_they_were_made_from(pages: Pages) -> None:
    root = ROOT
    assert all((root / page.source).exists() for page in pages.values())
