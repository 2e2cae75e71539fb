"""What a checklist asks, on the page that readers come to when something is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guidetrees.graph.graph import Edge, NodeRef
from guidetrees.graph.node_kinds import UNMET, items
from guidetrees.parse.model import Node
from guidetrees.render.components.checklist import ChecklistItem, checklist_items
from guidetrees.render.context import Site
from guidetrees.render.node_link import NodeLink, node_link


@dataclass(frozen=True, slots=True)
class MissingItems:
    """The items of a checklist that leads to this page."""

    checklist: NodeLink
    points: list[ChecklistItem]


def unmet_checklists(site: Site, edges: Iterable[Edge]) -> dict[NodeRef, Node]:
    """The checklists whose unmet items lead along `edges`."""
    unmet = {edge.source: site.graph.node(edge.source) for edge in edges if edge.answer == UNMET}
    return {ref: node for ref, node in unmet.items() if items(node)}


def missing_items(site: Site, checklists: dict[NodeRef, Node], home: str) -> list[MissingItems]:
    """The items of each of `checklists`, on a page of the tree `home`."""
    return [
        MissingItems(node_link(site, ref, home), checklist_items(site, node)) for ref, node in checklists.items()
    ]
