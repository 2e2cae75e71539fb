"""The list of addresses outside the site, by host: where each is written, and which pages show it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from markupsafe import Markup

from guidetrees.messages.words import Words
from guidetrees.parse.model import Update
from guidetrees.project.external_links import AuthoredLink, by_address, host_of, links_in_html, links_in_markdown
from guidetrees.project.project import Project
from guidetrees.project.urls import EXTERNAL_LINKS_PAGE
from guidetrees.render.assets import REVIEW_STYLE
from guidetrees.render.components.pager import PageLink
from guidetrees.render.context import Site
from guidetrees.render.page import Page
from guidetrees.render.pages.list_pages import list_pages
from guidetrees.render.pagination import cut
from guidetrees.source.location import Location
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
class Origin:
    """Where an address is written."""

    place: Markup
    """`file:line`."""
    day: str | None
    """When somebody last looked at the address, in words."""


@dataclass(frozen=True, slots=True)
class Group:
    """The pages of one tree, or of none."""

    tree: str | None
    pages: list[LinkingPage]


@dataclass(frozen=True, slots=True)
class Row:
    """An address."""

    href: str
    words: Markup
    written: list[Origin]
    many: str | None
    """The number of pages in words, where they are folded."""
    groups: list[Group]


@dataclass(frozen=True, slots=True)
class Host:
    """The addresses of a host."""

    name: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class ExternalLinksPage:
    """The view of one of the pages."""

    style: str
    summary: str
    """The number of addresses in words."""
    hosts: list[Host]
    pager: list[PageLink]


def linking_page(site: Site, page: Page) -> LinkingPage:
    """What a page of the engine links to."""
    tree = site.project.trees.get(page.path.partition("/")[0])
    addresses = frozenset(links_in_html(page.block))
    return LinkingPage(as_page(page.path), page.title, str(tree.title) if tree else None, addresses)


def external_links_pages(site: Site, pages: Iterable[LinkingPage]) -> Iterator[Page]:
    """The pages of the list. `pages` are those of the engine."""
    found = by_address(site.project)
    summary = site.words.say("outside_said", count=site.words.number(len(found)))
    everywhere = _in_order(site, pages)
    rows = [
        (_host(site.words, address), row)
        for address in sorted(found, key=_order)
        for row in _rows(site.words, address, found[address], [p for p in everywhere if address in p.addresses])
    ]

    def view(shown: list[tuple[str, Row]], pager: list[PageLink]) -> ExternalLinksPage:
        hosts = [Host(name, [row for _, row in group]) for name, group in groupby(shown, itemgetter(0))]
        return ExternalLinksPage(REVIEW_STYLE, summary, hosts, pager)

    template = "pages/external_links/external_links.html"
    shown = cut(rows, lambda entry: _texts(entry[1]))
    yield from list_pages(site, EXTERNAL_LINKS_PAGE, template, shown, view)


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
        addresses = {*links_in_html(page.html), *(address for update in updates for address in _of_update(update))}
        if addresses:
            yield LinkingPage(as_page(page.path), page.title, None, frozenset(addresses))


def _of_update(update: Update) -> list[str]:
    return [str(update.url), *links_in_markdown(update.text)]


def _texts(row: Row) -> Iterator[str]:
    yield row.href
    yield from (origin.place for origin in row.written)
    yield from (page.title for group in row.groups for page in group.pages)


def _order(address: str) -> tuple[int, str, str]:
    """Web addresses by host, then e-mail, then telephone."""
    kinds = enumerate(("http", "mailto:", "tel:"))
    kind = next(number for number, start in kinds if address.lower().startswith(start))
    return kind, host_of(address).removeprefix("www."), address


def _host(words: Words, address: str) -> str:
    kind, _, _ = _order(address)
    return (host_of(address) or address, words["email"], words["phone"])[kind]


def _rows(words: Words, address: str, links: list[AuthoredLink], pages: list[LinkingPage]) -> Iterator[Row]:
    """The row of an address; several where very many pages show it, so that a page of the list can end between."""
    many = words.say("outside_many", count=words.number(len(pages))) if len(pages) > MAX_OPEN else None
    for start in range(0, max(1, len(pages)), MAX_IN_ROW):
        by_tree = groupby(pages[start : start + MAX_IN_ROW], lambda page: page.tree)
        yield Row(
            href=address,
            words=_breakable(re.sub("^(mailto|tel):", "", address, flags=re.I)),
            written=[Origin(_breakable(_line(link.location)), _day(words, link)) for link in links],
            many=many,
            groups=[Group(tree, list(group)) for tree, group in by_tree],
        )


def _breakable(address: str) -> Markup:
    """An address that may be broken behind a slash."""
    return Markup("<wbr>").join(re.split("(?<=/)(?=[^/])", address))


def _line(location: Location) -> str:
    return f"{location.file}:{location.line}"


def _day(words: Words, link: AuthoredLink) -> str | None:
    if link.checked:
        return words.say("checked", date=words.day(link.checked))
    return words.say("seen", date=words.day(link.seen)) if link.seen else None
