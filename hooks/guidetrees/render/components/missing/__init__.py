"""What a checklist asks, on the page that readers come to when something is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guidetrees.graph.graph import Edge, NodeRef
from guidetrees.graph.node_kinds import UNMET, items
from guidetrees.parse.model import Node
from guidetrees.project.references import node_name
from guidetrees.project.urls import relative_url
from guidetrees.render.components.checklist import ChecklistItem, checklist_items
from guidetrees.render.context import Site


@dataclass(frozen=True, slots=True)
class MissingItems:
    """The items of a checklist that leads to this page."""

    key: str
    """The checklist's node as the script names it."""
    title: str
    href: str
    """The address of the checklist."""
    items: list[ChecklistItem]


def unmet_checklists(site: Site, edges: Iterable[Edge]) -> dict[NodeRef, Node]:
    """The checklists whose unmet items lead along `edges`."""
    return {edge.source: site.graph.node(edge.source) for edge in edges if _is_unmet(site, edge)}


def _is_unmet(site: Site, edge: Edge) -> bool:
    return edge.answer == UNMET and bool(items(site.graph.node(edge.source)))


def missing_items(site: Site, checklists: dict[NodeRef, Node], home: str) -> list[MissingItems]:
    """The items of each of `checklists`, on a page of the tree `home`."""
    return [
        MissingItems(
            key=node_name(ref, home),
            title=site.words.say("missing_of", checklist=checklist.title),
            href=relative_url(ref, home),
            items=checklist_items(site, checklist).items,
        )
        for ref, checklist in checklists.items()
    ]
