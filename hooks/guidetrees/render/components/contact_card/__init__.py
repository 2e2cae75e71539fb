"""A card with an authority to ask."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from guidetrees.graph.node_kinds import own_contacts
from guidetrees.parse.model import Contact, Item, Node, Part
from guidetrees.render.components.update_notice import UpdateNotice, update_notice
from guidetrees.render.context import Site


@dataclass(frozen=True, slots=True)
class ContactCard:
    """A contact with what its card says of it."""

    contact: Contact
    of_items: bool
    """Whether only parts and a checklist's items name it."""
    web: str
    """The web address as people write it."""
    checked: str
    """Where the address comes from: who saw it and when, or the guide."""
    updates: list[UpdateNotice]


def contact_card(site: Site, contact: Contact, of_items: bool = False) -> ContactCard:
    """The card of a contact."""
    updates = [update_notice(site, update) for update in contact.updates]
    return ContactCard(contact, of_items, short_url(contact.url), _checked(site, contact), updates)


def contacts(site: Site, names: Iterable[str]) -> list[Contact]:
    """The contacts that an author names."""
    return [(site.project.contacts or {})[name] for name in names]


def contact_cards(site: Site, node: Node, unmet: Iterable[Item]) -> list[ContactCard]:
    """The cards on a node's page, each once: its own contacts, its parts', those of items that may be missing."""
    own = own_contacts(node)
    holders: list[Part | Item] = [*node.parts, *unmet]
    others = (name for holder in holders for name in holder.contacts)
    shown = contacts(site, dict.fromkeys([*own, *others]))
    return [contact_card(site, contact, contact.id not in own) for contact in shown]


def short_url(url: str) -> str:
    """A web address without scheme, `www.` and the last slash."""
    return re.sub("^https?://(www[.])?", "", url).rstrip("/")


def _checked(site: Site, contact: Contact) -> str:
    if contact.checked:
        return site.words.say("checked", date=site.words.day(contact.checked))
    date = site.project.guide.get("date")
    return site.words.say("from_dated_guide", date=date) if date else site.words["from_guide"]
