"""A card with an authority to ask."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from guidetrees.graph.node_kinds import items, own_contacts
from guidetrees.parse.model import Contact, Item, Node, Part
from guidetrees.project.urls import PARENT
from guidetrees.render.components.update_notice import UpdateNotice, update_notice
from guidetrees.render.context import Site


@dataclass(frozen=True, slots=True)
class ContactCard:
    """A contact with the ways to reach it."""

    id: str
    of_items: bool
    """Whether only parts and a checklist's items name it."""
    name: str
    url: str
    web: str
    """The web address as people write it."""
    email: str | None
    phone: str | None
    dial: str
    """The phone number as a telephone takes it."""
    topics: tuple[str, ...]
    checked: str
    """Where the address comes from: who saw it and when, or the guide."""
    web_only: bool
    """Whether the guide's web address is all that is known."""
    updates: list[UpdateNotice]


def contact_card(site: Site, name: str, of_items: bool = False) -> ContactCard:
    """The card of the contact `name`."""
    contact: Contact = (site.project.contacts or {})[name]
    return ContactCard(
        id=f"contact-{contact.id}",
        of_items=of_items,
        name=contact.name,
        url=contact.url,
        web=short_url(contact.url),
        email=contact.email,
        phone=contact.phone,
        dial=contact.dial,
        topics=contact.topics,
        checked=_checked(site, contact),
        web_only=not (contact.checked or contact.phone or contact.email),
        updates=[update_notice(site, name, PARENT) for name in contact.updates],
    )


def contact_cards(site: Site, node: Node, unmet: Iterable[Node]) -> list[ContactCard]:
    """The cards on a node's page, each once: its own contacts, its parts', those of items that may be missing."""
    own = dict.fromkeys(map(str, own_contacts(node)))
    holders: list[Part | Item] = [*node.parts, *(item for checklist in unmet for item in items(checklist))]
    others = dict.fromkeys(str(name) for holder in holders for name in holder.contacts)
    return [contact_card(site, name, of_items=name not in own) for name in {**own, **others}]


def short_url(url: str) -> str:
    """A web address without scheme, `www.` and the last slash."""
    return re.sub("^https?://(www[.])?", "", url).rstrip("/")


def _checked(site: Site, contact: Contact) -> str:
    if contact.checked:
        return site.words.say("checked", date=site.words.day(contact.checked))
    date = site.project.guide.get("date")
    return site.words.say("from_dated_guide", date=date) if date else site.words["from_guide"]
