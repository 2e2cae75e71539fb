"""What leads on from the guide's pages: up, to sections, and to the questions and outcomes that rest on them."""

from __future__ import annotations

import pytest
from conftest import ROOT
from playwright.sync_api import Page as Open
from site_reader import Link, Page, Site, fold

from guidetrees.messages.words import read_words
from guidetrees.project.coverage import cited_under, coverage
from guidetrees.project.project import read_project
from guidetrees.render.context import prepare
from guidetrees.render.docs_pages import own_page
from guidetrees.render.pages import guide
from guidetrees.render.pages.guide import MAX_OPEN
from guidetrees.source.location import Location

PROJECT = read_project(ROOT)
SITE = prepare(PROJECT, read_words("da"))
CITED = "contains(concat(' ', @class, ' '), ' gt-cited ')"


def guide_pages(site: Site) -> list[tuple[str, Page]]:
    return [(path, site.pages[f"guide/{path.replace('.md', '.html')}"]) for path in PROJECT.pages]


def test_each_page_says_where_it_stands_before_its_heading(site: Site) -> None:
    for path, page in guide_pages(site):
        place = "//nav[@class='md-path']"
        links = [(link.words, page.target(link.href)) for link in page.links(place)]
        assert links == [("Forside", "index.html"), ("Guiden", "guide/index.html")], path
        assert page.all(f"{place}[@aria-label='Her er du']/following::h1"), path


def test_each_page_of_several_sections_lists_them(site: Site) -> None:
    listed = 0
    for path, page in guide_pages(site):
        found = page.links("//details[contains(@class, 'gt-sections')]")
        wanted = [
            Link(f"#{h2.get('id')}", fold("".join(h2.xpath(".//text()[not(parent::a)]"))))
            for h2 in page.all("//article//h2[@id]")
        ]
        assert found == (wanted if len(wanted) > 1 else []), path
        listed += bool(found)
    assert listed > 3


def test_the_list_of_sections_shows_where_there_is_no_column_of_them(served: str, plain: Open) -> None:
    for width, shown in ((390, True), (800, True), (1280, False)):
        plain.set_viewport_size({"width": width, "height": 800})
        plain.goto(served + "guide/leder.html")
        assert plain.locator(".gt-sections").is_visible() is shown


def test_what_cites_a_section_is_led_to_from_its_end(site: Site) -> None:
    for path, page in guide_pages(site):
        for row in (row for row in coverage(PROJECT) if row.section.page == path and row.by):
            (line, *_) = page.all(f"//*[@id='{row.section.id}']/following::*[{CITED}]")
            titles = {fold(link.text_content()) for link in line.xpath(".//a")}
            wanted = {fold(str(SITE.graph.node(address).title)) for address in row.by}
            assert wanted <= titles or line.xpath(".//a[@href='../coverage.html']"), (path, row.section.id)
            assert (line.tag == "details") == (len(line.xpath(".//a")) > MAX_OPEN)


def test_the_line_ends_the_text_under_one_heading(site: Site) -> None:
    """Before the next heading and the box that begins with it."""
    for _, page in guide_pages(site):
        for line in page.all(f"//*[{CITED}]"):
            after = line.xpath("following-sibling::*[1]")
            assert after == [] or after[0].tag in ("h2", "h3", "h4", "div"), fold(line.text_content())
            (before, *_) = line.xpath("preceding::*[self::h1 or self::h2 or self::h3 or self::h4][1]")
            assert before.xpath(f"following::*[{CITED}]")[0] is line


def test_the_guides_words_are_what_they_were() -> None:
    for path, page in PROJECT.pages.items():
        html = PROJECT.docs[f"guide/{path}"].html
        added = own_page(SITE, f"guide/{path}", html, markdown=False)
        left = Page(path, f"<article>{added}</article>")
        for element in left.all("//*[contains(concat(' ', @class, ' '), ' gt ')] | //aside[@class='gt-update']"):
            element.drop_tree()
        assert fold(left.main.text_content()) == fold(Page(path, f"<article>{html}</article>").main.text_content())
        assert page.headings


def test_a_page_whose_headings_another_plugin_has_changed_has_no_such_lines() -> None:
    html = PROJECT.docs["guide/leder.md"].html
    assert "gt-cited" in own_page(SITE, "guide/leder.md", html, markdown=False)
    assert "gt-cited" not in own_page(SITE, "guide/leder.md", f"{html}<h2>Another</h2>", markdown=False)


def test_many_are_closed_and_the_rest_stands_in_the_list_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    place, nodes = max(cited_under(PROJECT).items(), key=lambda found: len(found[1]))
    assert isinstance(place, Location)
    whole = Page("guide/leder.html", f"<article>{guide.citing_nodes(SITE, place, '../')}</article>")
    assert whole.all("//details/summary[text()]") and len(nodes) > MAX_OPEN
    monkeypatch.setattr(guide, "MAX_CITING", 5)
    some = Page("guide/leder.html", f"<article>{guide.citing_nodes(SITE, place, '../')}</article>")
    links = [link.href for link in some.links("//li")]
    assert len(links) == 6 and links[:5] == [link.href for link in whole.links("//li")][:5]
    assert links[5] == "../coverage.html" and some.links("//li")[5].words
    assert guide.citing_nodes(SITE, Location("docs/guide/leder.md", 9999), "../") == ""
