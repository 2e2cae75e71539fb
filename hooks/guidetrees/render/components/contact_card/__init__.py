"""A card with an authority to ask."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from guidetrees.graph.node_kinds import own_contacts
from guidetrees.parse.model import Contact, Item, Node, Part
from guidetrees.project.references import successors
from guidetrees.render.answer_words import as_heading, days_words
from guidetrees.render.components.update_notice import UpdateNotice, update_notice
from guidetrees.render.context import Site


@dataclass(frozen=True, slots=True)
class ContactStage:
    """Whom a card shows on certain days: the contact that authors name, or one that has taken over from it."""

    named: str
    """The id of the contact that authors name."""
    contact: Contact
    first_day: date | None
    last_day: date | None
    days: str
    """The days in words; empty if there is one stage only."""
    after: Contact | None
    """The contact that it has taken over from."""
    web: str
    """The web address as people write it."""
    checked: str
    """Where the address comes from: who saw it and when, or the guide."""

    @property
    def heading(self) -> str:
        """The days as a heading; empty if there is one stage only."""
        return as_heading(self.days) if self.days else ""


@dataclass(frozen=True, slots=True)
class ContactCard:
    """A contact with what its card says of it."""

    contact: Contact
    of_items: bool
    """Whether only parts and a checklist's items name it."""
    stages: list[ContactStage]
    """The contact itself, then the one that takes over, and so on. On each day, one of them holds."""
    updates: list[UpdateNotice]


def contact_card(site: Site, contact: Contact, of_items: bool = False) -> ContactCard:
    """The card of a contact."""
    stages = contact_stages(site, contact)
    names = dict.fromkeys(name for stage in stages for name in stage.contact.updates)
    return ContactCard(contact, of_items, stages, [update_notice(site, name) for name in names])


def contact_stages(site: Site, contact: Contact) -> list[ContactStage]:
    """Who is to be asked in place of `contact`, day by day."""
    chain = [contact, *successors(site.project, contact)]
    return [_stage(site, chain[0], before, one) for before, one in zip([None, *chain], chain, strict=False)]


def _stage(site: Site, named: Contact, before: Contact | None, one: Contact) -> ContactStage:
    first = before.last_day + timedelta(days=1) if before and before.last_day else None
    return ContactStage(
        named=named.id,
        contact=one,
        first_day=first,
        last_day=one.last_day,
        days=days_words(site, first, one.last_day),
        after=before,
        web=short_url(one.url),
        checked=_checked(site, one),
    )


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
