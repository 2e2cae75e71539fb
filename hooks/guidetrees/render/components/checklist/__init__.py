"""The items of a checklist."""

from __future__ import annotations

from dataclasses import dataclass

from guidetrees.graph.node_kinds import item_ids, items
from guidetrees.parse.model import Item, Node
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


def checklist_items(site: Site, node: Node) -> ChecklistItems:
    """The items of `node`; none where it has none."""
    found = [_item(site, id, item) for id, item in zip(item_ids(node), items(node), strict=True)]
    return ChecklistItems(found, site.words.say("points_count", all=str(len(found))))


def _item(site: Site, id: str, item: Item) -> ChecklistItem:
    return ChecklistItem(
        id=id,
        words=item.item,
        hint=item.hint,
        sections=[quote(site, reference) for reference in item.guide],
        contacts=[contact_card(site, name) for name in item.contacts],
    )
