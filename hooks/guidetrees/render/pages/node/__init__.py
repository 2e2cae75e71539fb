"""What the pages of all kinds of nodes share."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from guidetrees.graph.graph import Edge, NodeRef
from guidetrees.parse.model import Node, Tree
from guidetrees.project.urls import PARENT
from guidetrees.render.components.contact_card import ContactCard, contact_cards
from guidetrees.render.components.foot import Foot, WaysOn, foot
from guidetrees.render.components.missing import MissingItems, missing_items, unmet_checklists
from guidetrees.render.components.overdue import Overdue, overdue
from guidetrees.render.components.parts import ConditionalPart, conditional_parts
from guidetrees.render.components.quote import Quotes, quotes
from guidetrees.render.components.top import node_top, render_top
from guidetrees.render.components.update_notice import UpdateNotice, shown_updates, update_notice
from guidetrees.render.context import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeParts:
    """What the pages of all kinds show."""

    here: str
    """The node's id."""
    data: Markup
    """The tree for the script, as an attribute in single quotes."""
    overdue: Overdue
    updates: list[UpdateNotice]
    parts: list[ConditionalPart]
    missing: list[MissingItems]
    contacts: list[ContactCard]
    quotes: Quotes
    ways_on: WaysOn
    foot: Foot


def node_parts(site: Site, tree: Tree, node: Node, edges: tuple[Edge, ...], data: Markup) -> NodeParts:
    """What the pages of all kinds show of a node to which `edges` lead."""
    checklists = unmet_checklists(site, edges)
    unmet = list(checklists.values())
    return NodeParts(
        here=node.id,
        data=data,
        overdue=overdue(site, tree),
        updates=[update_notice(site, name, PARENT) for name in shown_updates(tree, node)],
        parts=conditional_parts(site, tree, node),
        missing=missing_items(site, checklists, tree.id),
        contacts=contact_cards(site, node, unmet),
        quotes=quotes(site, node, unmet),
        ways_on=WaysOn(tree.title, start_url(tree), node.id),
        foot=foot(site, tree, f"{tree.id}/{node.id}.html", node.title),
    )


def start_url(tree: Tree) -> str:
    """The address of a tree's first node, from another of its pages."""
    return f"{tree.start}.html"


def above(site: Site, tree: Tree, node: Node, edges: tuple[Edge, ...]) -> str:
    """The HTML above a node's heading."""
    return render_top(site, node_top(site, tree, node, edges))


def ref_of(tree: Tree, node: Node) -> NodeRef:
    """The reference to a node of `tree`."""
    return NodeRef(tree.id, str(node.id))
