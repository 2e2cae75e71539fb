"""The addresses outside the site that readers are led to: where each is written, and which pages show it.

Nothing here asks the network: what an address answers, only `ask.py` finds out, for who runs `make links`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from types import SimpleNamespace
from urllib.parse import urlsplit

from markupsafe import Markup

from .docs_page import DocsPage, as_page
from .mentions import texts_of
from .model import Contact, Update
from .pager import cut
from .project import Project
from .prose import render_prose
from .source import Place, place_of
from .views import Site
from .words import Words

LINK = re.compile(r"""<a\s(?:[^<>"']|"[^"]*"|'[^']*')*?\bhref=("[^"]*"|'[^']*'|[^\s"'>]+)""", re.I)
COMMENT = re.compile("<!--.*?-->", re.S)
ASKED = ("http://", "https://")
SCHEMES = (*ASKED, "mailto:", "tel:")
ENDS = r"(?![^\s<>()\[\]\"',;:.])"
"""Behind an address: it is not the beginning of a longer one."""
MOST_PAGES = 6
"""Pages of one address that are seen without asking for them."""
MOST_IN_A_ROW = 150
"""Pages that a row names: more follow in another."""


@dataclass(frozen=True, slots=True)
class Written:
    """An outside address at one of the places where authors have written it."""

    address: str
    """As a link on a page says it: a phone number as `tel:`, an e-mail address as `mailto:`."""
    place: Place
    """Its own where it is a value or on a page; that of the text where it is in one of a tree or an update."""
    checked: date | None = None
    """The day someone saw that a contact's address is right."""
    seen: date | None = None
    """The day an update's source was read."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of the site with the outside addresses that it shows."""

    path: str
    """From the site's root."""
    title: str
    tree: str | None
    """The title of the tree that it is a page of."""
    addresses: frozenset[str]


# Where addresses are written


def written(project: Project) -> Iterator[Written]:
    """Every outside address of `project`: contacts, updates, trees, pages, in the order of each file."""
    for contact in (project.contacts or {}).values():
        yield from _of_contact(contact)
    for update in (project.updates or {}).values():
        yield Written(str(update.url), update.url.place, seen=update.seen)
        yield from (Written(address, update.text.place) for address in in_prose(update.text))
    for tree in project.trees.values():
        for _, prose in texts_of(tree):
            yield from (Written(address, prose.place) for address in in_prose(prose))
    for page in project.own_pages:
        yield from _of_page(page)


def by_address(project: Project) -> dict[str, list[Written]]:
    """The same for each address, which may be written in several places."""
    found: dict[str, list[Written]] = {}
    for one in written(project):
        found.setdefault(one.address, []).append(one)
    return found


def _of_contact(contact: Contact) -> Iterator[Written]:
    yield Written(str(contact.url), contact.url.place, contact.checked)
    if contact.email:
        yield Written(f"mailto:{contact.email}", contact.email.place, contact.checked)
    if contact.phone:
        yield Written(f"tel:{contact.dial}", contact.phone.place, contact.checked)


def _of_page(page: DocsPage) -> Iterator[Written]:
    at = 0
    for address in in_html(page.html):
        # Links stand in a page's order, but for those whose addresses are noted elsewhere on it.
        found = _find(address, page.body, at) or _find(address, page.body, 0)
        before = place_of(page.body[: found.start() if found else at], page.file)
        yield Written(address, Place(page.file, before.line + page.first_line - 1, before.column))
        at = found.end() if found else at


def _find(address: str, text: str, after: int) -> re.Match[str] | None:
    """Where `address` is written in `text`, in one of its spellings."""
    spellings = (address, html.escape(address, quote=False), re.sub("^(mailto|tel):", "", address))
    pattern = "|".join(f"{re.escape(spelling)}{ENDS}" for spelling in dict.fromkeys(spellings))
    return re.compile(pattern, re.I).search(text, after)


def in_html(text: str) -> list[str]:
    """The outside addresses that links in HTML lead to, in order."""
    found = (html.unescape(link[1].strip("\"'")).strip() for link in LINK.finditer(COMMENT.sub("", text)))
    return [address for address in found if address.lower().startswith(SCHEMES)]


def in_prose(text: str) -> list[str]:
    """Those in an author's Markdown. Where its other links lead does not matter here."""
    return in_html(render_prose(text, lambda target: None).html)


# Where readers meet them


def shown_in_docs(project: Project) -> Iterator[Shown]:
    """The pages of docs/ that show outside addresses, the guide's with the updates they name."""
    for page in project.own_pages:
        named = page.matter.get("updates", ())
        updates = [(project.updates or {})[name] for name in named]
        addresses = {*in_html(page.html), *(address for update in updates for address in _of_update(update))}
        if addresses:
            yield Shown(as_page(page.path), page.title, None, frozenset(addresses))


def _of_update(update: Update) -> list[str]:
    return [str(update.url), *in_prose(update.text)]


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


def host_of(address: str) -> str:
    """The host of a web address; nothing of others."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # brackets that hold no address of a machine
        return ""


def _order(address: str) -> tuple[int, str, str]:
    """Web addresses by their hosts, then e-mail, then telephones."""
    kind = next(
        number for number, start in enumerate(("http", "mailto:", "tel:")) if address.lower().startswith(start)
    )
    return kind, host_of(address).removeprefix("www."), address


def _host(words: Words, address: str) -> str:
    kind, _, _ = _order(address)
    return (host_of(address) or address, words["email"], words["phone"])[kind]


def _rows(words: Words, address: str, found: list[Written], pages: list[Shown]) -> Iterator[SimpleNamespace]:
    """What is said of an address: in several rows where very many pages show it, as a page may end between."""
    for start in range(0, max(1, len(pages)), MOST_IN_A_ROW):
        named = groupby(pages[start : start + MOST_IN_A_ROW], lambda page: page.tree)
        yield SimpleNamespace(
            href=address,
            words=_breakable(re.sub("^(mailto|tel):", "", address, flags=re.I)),
            written=[SimpleNamespace(place=_breakable(_line(one.place)), day=_day(words, one)) for one in found],
            many=words.say("outside_many", count=words.number(len(pages))) if len(pages) > MOST_PAGES else None,
            groups=[SimpleNamespace(tree=tree, pages=list(those)) for tree, those in named],
        )


def _breakable(address: str) -> Markup:
    """An address that goes on a new line behind a slash, where it must."""
    return Markup("<wbr>").join(re.split("(?<=/)(?=[^/])", address))


def _line(place: Place) -> str:
    return f"{place.file}:{place.line}"


def _day(words: Words, written: Written) -> str | None:
    if written.checked:
        return words.say("checked", date=words.day(written.checked))
    return words.say("seen", date=words.day(written.seen)) if written.seen else None
