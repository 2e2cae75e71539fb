"""The items of a checklist."""

from __future__ import annotations

from dataclasses import dataclass

from guidetrees.parse.model import Checklist, Item
from guidetrees.render.components.contact_card import ContactCard, contact_card
from guidetrees.render.components.quote import Quote, quote
from guidetrees.render.context import Site


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One thing that a checklist asks."""

    id: str
    """Its name in addresses."""
    words: str
    hint: str | None
    sections: list[Quote]
    contacts: list[ContactCard]


@dataclass(frozen=True, slots=True)
class ChecklistItems:
    """All items of a checklist."""

    items: list[ChecklistItem]
    """In the author's order."""
    count: str
    """Their number in words."""


def checklist_items(site: Site, checklist: Checklist) -> ChecklistItems:
    """The items of `checklist`."""
    items = [_item(site, *pair) for pair in zip(checklist.item_ids, checklist.items, strict=True)]
    return ChecklistItems(items, site.words.say("points_count", all=str(len(items))))


def _item(site: Site, id: str, item: Item) -> ChecklistItem:
    return ChecklistItem(
        id=id,
        words=item.item,
        hint=item.hint,
        sections=[quote(site, reference) for reference in item.guide],
        contacts=[contact_card(site, name) for name in item.contacts],
    )
