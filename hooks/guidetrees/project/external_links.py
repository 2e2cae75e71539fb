"""The addresses outside the site that readers are led to: where each is written, and which pages show it.

Nothing here asks the network: only `tools/link_check.py` finds out what an address answers, for `make links`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from guidetrees.parse.author_markdown import render_author_markdown
from guidetrees.parse.docs_page import DocsPage
from guidetrees.parse.html_tree import fragment, links
from guidetrees.parse.model import Contact
from guidetrees.project.project import Project
from guidetrees.project.references import texts_of
from guidetrees.source.location import LocatedStr, Location, location_of
from guidetrees.source.scalars import places_in

WEB_SCHEMES = ("http://", "https://")
SCHEMES = (*WEB_SCHEMES, "mailto:", "tel:")
BEGINS = r"(?<![\w./-])"
"""Before an address: it is not the end of a longer one."""
ENDS = r"(?![^\s<>()\[\]\"',;:.])"
"""Behind an address: it is not the beginning of a longer one."""


@dataclass(frozen=True, slots=True)
class AuthoredLink:
    """An outside address at one of the places where authors have written it."""

    address: str
    """As a link on a page says it: a phone number as `tel:`, an e-mail address as `mailto:`."""
    location: Location
    checked: date | None = None
    """The day someone saw that a contact's address is right."""
    seen: date | None = None
    """The day an update's source was read."""


# Where addresses are written


def authored_links(project: Project) -> Iterator[AuthoredLink]:
    """Every outside address of `project`: contacts, updates, trees, pages, in the order of each file."""
    for contact in (project.contacts or {}).values():
        yield from _of_contact(contact)
    for update in (project.updates or {}).values():
        yield AuthoredLink(str(update.url), update.url.location, seen=update.seen)
        yield from links_in_markdown(update.text)
    for tree in project.trees.values():
        for _, prose in texts_of(tree):
            yield from links_in_markdown(prose)
    for page in project.own_pages:
        yield from _of_page(page)


def _of_contact(contact: Contact) -> Iterator[AuthoredLink]:
    yield AuthoredLink(str(contact.url), contact.url.location, contact.checked)
    if contact.email:
        yield AuthoredLink(f"mailto:{contact.email}", contact.email.location, contact.checked)
    if contact.phone:
        yield AuthoredLink(f"tel:{contact.dial}", contact.phone.location, contact.checked)


def _of_page(page: DocsPage) -> Iterator[AuthoredLink]:
    return (AuthoredLink(address, place) for address, place in placed(page, links_in_html(page.html)))


def placed(page: DocsPage, addresses: Iterable[str]) -> Iterator[tuple[str, Location]]:
    """Addresses of links on a page of docs/, in order, each with where it is written."""
    at = 0
    for address in addresses:
        # Links stand in a page's order, but for those whose addresses are noted elsewhere on it.
        found = _find(address, page.body, at) or _find(address, page.body, 0)
        before = location_of(page.body[: found.start() if found else at], page.file)
        yield address, Location(page.file, before.line + page.first_line - 1, before.column)
        at = found.end() if found else at


def _find(address: str, text: str, after: int) -> re.Match[str] | None:
    """Where `address` is written in `text`, in one of its spellings."""
    spellings = (address, html.escape(address, quote=False), re.sub("^(mailto|tel):", "", address))
    pattern = "|".join(f"{BEGINS}{re.escape(spelling)}{ENDS}" for spelling in dict.fromkeys(spellings))
    return re.compile(pattern, re.I).search(text, after)


def links_in_html(text: str) -> list[str]:
    """The outside addresses that links in HTML lead to, in order."""
    return outside(links(fragment(text)))


def outside(addresses: Iterable[str]) -> list[str]:
    """The outside addresses among those of links."""
    return [address for address in addresses if address.lower().startswith(SCHEMES)]


def links_in_markdown(text: LocatedStr) -> Iterator[AuthoredLink]:
    """Those in an author's Markdown. Where its other links lead does not matter here."""
    found = render_author_markdown(text, lambda target: None).addresses
    for (address, _), location in zip(found, places_in(text, (at for _, at in found)), strict=True):
        yield AuthoredLink(address, location)


def host_of(address: str) -> str:
    """The host of a web address; nothing of others."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # brackets that hold no address of a machine
        return ""
