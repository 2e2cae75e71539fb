"""The list of addresses outside the site, by host: where each is written, and which pages show it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from guidetrees.messages.words import Words
from guidetrees.parse.html_tree import links
from guidetrees.project.external_links import (
    AuthoredLink,
    authored_links,
    host_of,
    links_in_html,
    links_in_markdown,
    outside,
)
from guidetrees.project.project import Project
from guidetrees.project.urls import EXTERNAL_LINKS_PAGE, docs_url
from guidetrees.render.context import Site
from guidetrees.render.page import Page
from guidetrees.render.pages.list_pages import list_pages
from guidetrees.render.pagination import cut, grouped
from guidetrees.source.page_names import as_page

MAX_OPEN = 6
"""Pages of one address that are shown unfolded."""
MAX_IN_ROW = 150
"""Pages in one row. The rest are in further rows."""


@dataclass(frozen=True, slots=True)
class LinkingPage:
    """A page of the site with the external addresses that it shows."""

    path: str
    """From the site's root."""
    title: str
    tree: str | None
    """The title of its tree."""
    addresses: frozenset[str]


@dataclass(frozen=True, slots=True)
class Row:
    """An address."""

    address: str
    written: list[AuthoredLink]
    count: int
    """How many pages show it, also in other rows."""
    groups: list[tuple[str | None, list[LinkingPage]]]
    """The pages of each tree, by its title, and those of none."""


@dataclass(frozen=True, slots=True)
class ExternalLinksView:
    """What all pages of the list have."""

    count: int
    """How many addresses there are."""
    most: int
    """The most pages of an address that are shown unfolded."""

    def place(self, link: AuthoredLink) -> Markup:
        """Where a link is written: `file:line`."""
        return self.breakable(_place(link))

    def breakable(self, address: str) -> Markup:
        """An address as people read it, which may be broken behind a slash."""
        words = re.sub("^(mailto|tel):", "", address, flags=re.I)
        return Markup("<wbr>").join(re.split("(?<=/)(?=[^/])", words))


def linking_page(site: Site, page: Page) -> LinkingPage:
    """What a page of the engine links to."""
    tree = site.project.trees.get(page.path.partition("/")[0])
    addresses = frozenset(outside(links(page.content)))
    return LinkingPage(as_page(page.path), page.title, str(tree.title) if tree else None, addresses)


def external_links_pages(site: Site, pages: Iterable[LinkingPage]) -> Iterator[Page]:
    """The pages of the list. `pages` are those of the engine."""
    found = _by_address(site.project)
    everywhere = _in_order(site, pages)
    rows = [
        (_host(site.words, address), row)
        for address in sorted(found, key=_order)
        for row in _rows(address, found[address], [page for page in everywhere if address in page.addresses])
    ]
    shown = [grouped(page) for page in cut(rows, lambda entry: _texts(entry[1]))]
    view = ExternalLinksView(len(found), MAX_OPEN)
    yield from list_pages(site, EXTERNAL_LINKS_PAGE, "pages/external_links/external_links.html", shown, view)


def _by_address(project: Project) -> dict[str, list[AuthoredLink]]:
    """Where each address is written."""
    found: dict[str, list[AuthoredLink]] = {}
    for link in authored_links(project):
        found.setdefault(link.address, []).append(link)
    return found


def _in_order(site: Site, pages: Iterable[LinkingPage]) -> list[LinkingPage]:
    """The pages of docs/, then the engine's tree by tree, each start page first."""
    trees = {tree: number for number, tree in enumerate(site.project.trees)}

    def place(page: LinkingPage) -> tuple[bool, int, bool]:
        tree, _, name = page.path.partition("/")
        return page.tree is not None, trees.get(tree, len(trees)), name != "index.html"

    return [*_docs_pages(site.project), *sorted(pages, key=place)]


def _docs_pages(project: Project) -> Iterator[LinkingPage]:
    """The pages of docs/ with external addresses, the guide's with the updates they name."""
    for page in project.own_pages:
        updates = [(project.updates or {})[name] for name in page.matter.get("updates", ())]
        shown = {*links_in_html(page.html), *(update.url for update in updates)}
        addresses = shown.union(one.address for update in updates for one in links_in_markdown(update.text))
        if addresses:
            yield LinkingPage(docs_url(project, page.path), page.title, None, frozenset(addresses))


def _texts(row: Row) -> Iterator[str]:
    yield row.address
    yield from map(_place, row.written)
    yield from (page.title for _, pages in row.groups for page in pages)


def _order(address: str) -> tuple[int, str, str]:
    """Web addresses by host, then e-mail, then telephone."""
    kinds = enumerate(("http", "mailto:", "tel:"))
    kind = next(number for number, start in kinds if address.lower().startswith(start))
    return kind, host_of(address).removeprefix("www."), address


def _host(words: Words, address: str) -> str:
    kind, _, _ = _order(address)
    return (host_of(address) or address, words["email"], words["phone"])[kind]


def _rows(address: str, links: list[AuthoredLink], pages: list[LinkingPage]) -> Iterator[Row]:
    """The row of an address; several where very many pages show it, so that a page of the list can end between."""
    for start in range(0, max(1, len(pages)), MAX_IN_ROW):
        groups = grouped((page.tree, page) for page in pages[start : start + MAX_IN_ROW])
        yield Row(address, links, len(pages), groups)


def _place(link: AuthoredLink) -> str:
    return f"{link.location.file}:{link.location.line}"
