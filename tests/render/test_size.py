"""What a reader pays in a guide of any size: pages of bounded size, and lists that go on on further ones."""

from __future__ import annotations

import gzip
from pathlib import Path

import lxml.html
import pytest
from bench import guides
from conftest import ROOT, run
from hypothesis import given
from hypothesis import strategies as st
from shared_builds import made_once
from site_reader import Page, Site, fold

from guidetrees.messages.words import read_words
from guidetrees.project.project import read_project
from guidetrees.render import pagination as pager
from guidetrees.render import site_pages
from guidetrees.render.context import prepare
from guidetrees.render.docs_pages import own_page
from guidetrees.render.page import search_settings
from guidetrees.render.pages import external_links, front
from guidetrees.render.pagination import continued, cut, first_of
from guidetrees.source.page_names import as_page

MOST = 11_000
"""Bytes of a page, packed."""
PROJECT = read_project(ROOT)
TREES = list(PROJECT.trees.values())
SITE = prepare(PROJECT, read_words("da"))


# A guide whose lists go on. Some trees are as large as they get, and there are more small ones than a page has
# links and codes for; more outcomes name one contact than a row of links has.

TREE_SIZES = [guides.LARGEST] * 6 + [4] * 58


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(made_once(tmp_path_factory, "large", build_large) / "site")


def build_large(root: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guides, "CONTACTS", guides.CONTACTS[:1])
        guide = guides.Guide(sum(TREE_SIZES))
        guide.trees = TREE_SIZES
        guide.write(root)
    settings = (root / "mkdocs.yml").read_text("utf-8")
    assert "nav: [index.md]\n" in settings  # with the lists, whose further pages then have no frame of their own
    named = "nav: [index.md, a-z.md, share.md, coverage.md, links.md, updates.md]\n"
    (root / "mkdocs.yml").write_text(settings.replace("nav: [index.md]\n", named), "utf-8")
    built = run("mkdocs", "build", "--strict", cwd=root)
    assert built.returncode == 0, built.stderr


def test_no_page_of_a_large_guide_is_larger_than_a_reader_waits_for(large: Site) -> None:
    """Documents for review are for paper: they hold all that is signed."""
    sizes = {path: len(gzip.compress(page.html.encode())) for path, page in large.pages.items()}
    assert len(sizes) > sum(TREE_SIZES)
    assert {path: size for path, size in sizes.items() if size > MOST and not path.startswith("review/")} == {}
    assert max(size for path, size in sizes.items() if path.endswith("/index.html")) > MOST * 0.9, (
        "it is at the limit"
    )


def test_all_links_of_lists_that_go_on_lead_somewhere(large: Site) -> None:
    lists = [
        path for path in large.pages if first_of(path) in ("a-z.html", "share.html", "coverage.html", "links.html")
    ]
    assert {"share-2.html", "coverage-4.html", "links-2.html"} < set(lists)
    starts = [path for path in large.pages if path.startswith("tree-") and path.endswith("/index.html")]
    for page in (large.pages[path] for path in [*lists, *starts]):
        for target in filter(None, (page.target(link.href) for link in page.links("//article"))):
            path, _, fragment = target.partition("#")
            assert not fragment or fragment in large.pages[path].ids, (page.path, target)


def test_the_documents_of_many_trees_are_named_on_the_first_only(large: Site) -> None:
    def named(path: str) -> list[str]:
        return [link.href for link in large.pages[path].links("//nav[@class='gt-review__documents']")]

    lists = ["../coverage.html", "../links.html"]
    assert named("review/tree-007.html") == ["index.html", "tree-007.html", *lists]
    assert len(named("review/index.html")) > 60


def test_no_page_of_this_site_is_larger(site: Site) -> None:
    sizes = {path: len(gzip.compress(page.html.encode())) for path, page in site.pages.items()}
    assert {path: size for path, size in sizes.items() if size > MOST and not path.startswith("review/")} == {}


# Lists that go on


LITTLE = 600
"""Much less than goes on a page."""


@pytest.fixture(scope="module")
def small_pages() -> dict[str, Page]:
    """The lists of this site's trees, as if much less went on a page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pager, "MAX_TEXT", LITTLE)
        made = list(site_pages.pages(SITE))
    return {as_page(page.path): Page(as_page(page.path), f"<article>{page.block}</article>") for page in made}


def parts(pages: dict[str, Page], first: str) -> list[Page]:
    found = [path for path in pages if first_of(path) == first]
    assert found == [continued(first, number) for number in range(1, len(found) + 1)]
    return [pages[path] for path in found]


def numbers(page: Page) -> list[tuple[str, str, bool]]:
    links = page.all("//nav[contains(@class, 'gt-pager')]//a")
    return [(link.text, link.get("href"), link.get("aria-current") == "page") for link in links]


@pytest.mark.parametrize("first", ["share.html", "a-z.html", "coverage.html", "links.html"])
def test_each_page_of_a_list_leads_to_all_others(small_pages: dict[str, Page], first: str) -> None:
    pages = parts(small_pages, first)
    assert len(pages) > 2
    for page in pages:
        assert numbers(page) == [(str(i + 1), other.path, other is page) for i, other in enumerate(pages)]


def test_a_list_that_goes_on_says_so_and_is_left_out_of_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pager, "MAX_TEXT", LITTLE)
    made = {page.path: page for page in site_pages.pages(SITE)}
    assert made["share.md"].title == "Links og koder"
    assert made["share-2.md"].title.startswith("Links og koder – side 2 af ")
    assert search_settings("share-3.md") == search_settings("share.md") == {"exclude": True}
    assert search_settings("guide/side-3.md") != {"exclude": True}


def test_every_tree_has_its_link_and_code_once_where_its_start_page_leads(small_pages: dict[str, Page]) -> None:
    found = [(page, id) for page in parts(small_pages, "share.html") for id in page.all("//section//h2/@id")]
    assert sorted(id for _, id in found) == sorted(f"share-{tree.id}" for tree in TREES)
    for page, id in found:
        (tree,) = (tree for tree in TREES if id == f"share-{tree.id}")
        assert f"{page.path}#{id}" in small_pages[f"{tree.id}/index.html"].html


def test_the_alphabetical_index_has_all_its_terms_on_its_pages_and_jumps_to_each_letters_first(
    small_pages: dict[str, Page], site: Site
) -> None:
    def terms(page: Page) -> list[str]:
        return [fold(term.text_content()) for term in page.all("//*[@class='gt-term__words']")]

    pages = parts(small_pages, "a-z.html")
    assert [term for page in pages for term in terms(page)] == terms(site.pages["a-z.html"])
    letters = [(page, h2.text, h2.get("id")) for page in pages for h2 in page.all("//h2")]
    assert len(letters) > len({text for _, text, _ in letters}), "one letter goes on on another page"
    first = {text: f"{page.path}#{id}" for page, text, id in reversed(letters)}
    for page in pages:
        jumps = page.links("//nav[@class='gt-jumps']")
        assert [(link.words, page.target(link.href)) for link in jumps] == list(reversed(first.items()))


def test_what_cites_the_guide_goes_on_and_begins_with_what_nothing_cites(
    small_pages: dict[str, Page], site: Site
) -> None:
    def rows(page: Page) -> list[str]:
        return [fold(row.text_content()) for row in page.all("//article//tbody/tr")]

    pages = parts(small_pages, "coverage.html")
    assert [row for page in pages for row in rows(page)] == rows(site.pages["coverage.html"])
    assert [bool(page.all("//h2[@id='uncited']")) for page in pages] == [True, *(False for _ in pages[1:])]
    assert all(page.all("//h2[not(@id='uncited')]") for page in pages)


def test_an_address_that_many_pages_show_has_them_all_in_rows_that_go_on(
    small_pages: dict[str, Page], monkeypatch: pytest.MonkeyPatch, site: Site
) -> None:
    def shown(pages: list[Page]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row in (row for page in pages for row in page.all("//article//tbody/tr")):
            address, by = row.xpath("./td[1]/a/@href")[0], row.xpath("./td[2]//a/@href")
            found.setdefault(address, []).extend(by)
        return found

    wanted = shown([site.pages["links.html"]])
    assert shown(parts(small_pages, "links.html")) == wanted
    monkeypatch.setattr(pager, "MAX_TEXT", LITTLE)
    monkeypatch.setattr(external_links, "MAX_IN_ROW", 4)
    made = [Page(as_page(p.path), f"<article>{p.block}</article>") for p in site_pages.pages(SITE)]
    rows = parts({page.path: page for page in made}, "links.html")
    assert shown(rows) == wanted
    most = max(len(by) for by in wanted.values())
    assert sum(len(page.all("//article//tbody/tr")) for page in rows) > len(wanted) and most > 4


def test_a_front_page_of_many_trees_shows_the_first_and_leads_to_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = cards(own_page(SITE, "index.md", "", markdown=True))
    assert len(whole) == len(TREES)
    monkeypatch.setattr(front, "MAX_CARDS", 3)
    page = own_page(SITE, "index.md", "", markdown=True)
    assert cards(page) == whole[:3]
    (more,) = lxml.html.fromstring(page).xpath("//p[@class='gt-more']/a")
    assert (more.text, more.get("href")) == (f"De øvrige {len(TREES) - 3} står i A–Å", "a-z.html")


def cards(front_page: str) -> list[str]:
    return [link.get("href") for link in lxml.html.fromstring(front_page).xpath("//li[@class='gt-card']/a")]


ITEMS = st.lists(st.lists(st.text("ab", max_size=9), max_size=3))


@given(ITEMS, st.integers(1, 120))
def test_pages_are_cut_where_they_are_full(items: list[list[str]], room: int) -> None:
    def weight(page: list[list[str]]) -> int:
        return sum(len(text) + pager.MARKUP for text in {text for item in page for text in item})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pager, "MAX_TEXT", room)
        pages = cut(items, lambda texts: texts)
    assert [item for page in pages for item in page] == items
    assert pages == [[]] or all(pages)
    for page, following in zip(pages, [*pages[1:], None], strict=True):
        assert weight(page) <= room or len(page) == 1
        assert following is None or weight([*page, following[0]]) > room


@pytest.mark.parametrize(
    ("path", "first"),
    [("a-z.md", "a-z.md"), ("a-z-2.md", "a-z.md"), ("share-12.html", "share.html"), ("updates.md", "updates.md")],
)
def test_a_page_that_goes_on_is_told_by_its_name(path: str, first: str) -> None:
    assert first_of(path) == first
