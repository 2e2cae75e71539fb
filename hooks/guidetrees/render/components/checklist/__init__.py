"""The items of a checklist."""

from __future__ import annotations

from dataclasses import dataclass

from guidetrees.graph.node_kinds import item_ids, items
from guidetrees.parse.model import Item, Node
from guidetrees.render.components.contact_card import ContactStage, contact_stages, contacts
from guidetrees.render.components.quote import Quote, quote
from guidetrees.render.context import Site


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One thing that a checklist asks."""

    id: str
    """Its name in addresses."""
    item: Item
    sections: list[Quote]
    contacts: list[list[ContactStage]]


def checklist_items(site: Site, node: Node) -> list[ChecklistItem]:
    """The items of `node` in the author's order; none where it has none."""
    return [_item(site, id, item) for id, item in zip(item_ids(node), items(node), strict=True)]


def _item(site: Site, id: str, item: Item) -> ChecklistItem:
    asked = [contact_stages(site, contact) for contact in contacts(site, item.contacts)]
    return ChecklistItem(id, item, [quote(site, name) for name in item.guide], asked)
