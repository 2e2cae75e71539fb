"""The page that lists the addresses outside the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from types import SimpleNamespace

from markupsafe import Markup

from guidetrees.messages.words import Words
from guidetrees.parse.model import Update
from guidetrees.project.external_links import AuthoredLink, by_address, host_of, links_in_html, links_in_markdown
from guidetrees.project.project import Project
from guidetrees.render.pagination import cut
from guidetrees.render.views import Site
from guidetrees.source.location import Location
from guidetrees.source.page_names import as_page

MOST_PAGES = 6
"""Pages of one address that are seen without asking for them."""
MOST_IN_A_ROW = 150
"""Pages that a row names: more follow in another."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of the site with the outside addresses that it shows."""

    path: str
    """From the site's root."""
    title: str
    tree: str | None
    """The title of the tree that it is a page of."""
    addresses: frozenset[str]


# Where readers meet them


def shown_in_docs(project: Project) -> Iterator[Shown]:
    """The pages of docs/ that show outside addresses, the guide's with the updates they name."""
    for page in project.own_pages:
        named = page.matter.get("updates", ())
        updates = [(project.updates or {})[name] for name in named]
        addresses = {*links_in_html(page.html), *(address for update in updates for address in _of_update(update))}
        if addresses:
            yield Shown(as_page(page.path), page.title, None, frozenset(addresses))


def _of_update(update: Update) -> list[str]:
    return [str(update.url), *links_in_markdown(update.text)]


# The page that reports them


def outside_pages(site: Site, pages: Iterable[Shown]) -> list[SimpleNamespace]:
    """Every outside address by its host, with the pages that show it, page by page, in the site's root."""
    # The pages of no tree first: behind a tree's they would read as its own.
    pages = sorted([*shown_in_docs(site.project), *pages], key=lambda page: page.tree is not None)
    found = by_address(site.project)
    said = site.words.say("outside_said", count=site.words.number(len(found)))
    rows: list[tuple[str, SimpleNamespace]] = []
    for address in sorted(found, key=_order):
        shown = [page for page in pages if address in page.addresses]
        host = _host(site.words, address)
        rows += [(host, row) for row in _rows(site.words, address, found[address], shown)]
    return [
        SimpleNamespace(
            said=said,
            hosts=[
                SimpleNamespace(name=name, rows=[row for _, row in those])
                for name, those in groupby(page, itemgetter(0))
            ],
        )
        for page in cut(rows, lambda entry: _texts_of(entry[1]))
    ]


def _texts_of(row: SimpleNamespace) -> Iterator[str]:
    yield row.href
    yield from (one.place for one in row.written)
    yield from (page.title for group in row.groups for page in group.pages)


def _order(address: str) -> tuple[int, str, str]:
    """Web addresses by their hosts, then e-mail, then telephones."""
    kind = next(
        number for number, start in enumerate(("http", "mailto:", "tel:")) if address.lower().startswith(start)
    )
    return kind, host_of(address).removeprefix("www."), address


def _host(words: Words, address: str) -> str:
    kind, _, _ = _order(address)
    return (host_of(address) or address, words["email"], words["phone"])[kind]


def _rows(words: Words, address: str, found: list[AuthoredLink], pages: list[Shown]) -> Iterator[SimpleNamespace]:
    """What is said of an address: in several rows where very many pages show it, as a page may end between."""
    for start in range(0, max(1, len(pages)), MOST_IN_A_ROW):
        named = groupby(pages[start : start + MOST_IN_A_ROW], lambda page: page.tree)
        yield SimpleNamespace(
            href=address,
            words=_breakable(re.sub("^(mailto|tel):", "", address, flags=re.I)),
            written=[
                SimpleNamespace(place=_breakable(_line(one.location)), day=_day(words, one)) for one in found
            ],
            many=words.say("outside_many", count=words.number(len(pages))) if len(pages) > MOST_PAGES else None,
            groups=[SimpleNamespace(tree=tree, pages=list(those)) for tree, those in named],
        )


def _breakable(address: str) -> Markup:
    """An address that goes on a new line behind a slash, where it must."""
    return Markup("<wbr>").join(re.split("(?<=/)(?=[^/])", address))


def _line(place: Location) -> str:
    return f"{place.file}:{place.line}"


def _day(words: Words, written: AuthoredLink) -> str | None:
    if written.checked:
        return words.say("checked", date=words.day(written.checked))
    return words.say("seen", date=words.day(written.seen)) if written.seen else None
