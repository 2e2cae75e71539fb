"""What a checklist asks, on the page that readers come to when something is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guidetrees.graph.graph import Edge
from guidetrees.graph.node_kinds import UNMET
from guidetrees.render.components.checklist import ChecklistItem, checklist_items
from guidetrees.render.context import Site
from guidetrees.render.node_link import NodeLink, node_link


@dataclass(frozen=True, slots=True)
class MissingItems:
    """The items of a checklist that leads to this page."""

    checklist: NodeLink
    points: list[ChecklistItem]


def missing_items(site: Site, edges: Iterable[Edge], home: str) -> list[MissingItems]:
    """The items of each checklist whose unmet items lead along `edges`, on a page of the tree `home`."""
    sources = dict.fromkeys(edge.source for edge in edges if edge.answer == UNMET)
    points = {ref: checklist_items(site, site.graph.node(ref)) for ref in sources}
    return [MissingItems(node_link(site, ref, home), asked) for ref, asked in points.items() if asked]
