"""The page of an outcome."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from guidetrees.parse.model import Outcome, Tree
from guidetrees.render.components.cards import Card, next_cards
from guidetrees.render.context import Site
from guidetrees.render.page import Page
from guidetrees.render.pages.node import page_of_node


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """What only the page of an outcome shows."""

    first: str | None
    """What is shown before everything else: `contacts`, `guide`, or nothing special."""
    next: list[Card]


def outcome_page(site: Site, tree: Tree, node: Outcome, data: Markup) -> Page:
    """The page of an outcome."""
    first = node.first or (tree.first if node.verdict != "caution" else None)
    return page_of_node(site, tree, node, data, OutcomeView(first, next_cards(site, tree, node)))
