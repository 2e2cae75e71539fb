"""Cards that lead to trees and nodes."""

from __future__ import annotations

from dataclasses import dataclass

from guidetrees.graph.graph import NodeRef, next_target
from guidetrees.graph.node_kinds import next_references
from guidetrees.parse.model import Node, Tree
from guidetrees.project.urls import PARENT, page_url, relative_url
from guidetrees.render.context import Site


@dataclass(frozen=True, slots=True)
class Card:
    """A link with a line about its page."""

    title: str
    summary: str
    href: str


def tree_card(tree: Tree, up: str) -> Card:
    """The card of a tree, on a page from which `up` leads to the site's root."""
    return Card(tree.title, tree.summary, up + page_url(NodeRef(tree.id)))


def next_cards(site: Site, tree: Tree, node: Node) -> list[Card]:
    """The cards of what usually comes after a node."""
    return [_card(site, ref, tree.id) for ref in next_refs(site, tree, node)]


def next_refs(site: Site, tree: Tree, node: Node) -> list[NodeRef]:
    """The trees and nodes that an outcome names as next."""
    targets = (next_target(site.project.trees, name, tree.id) for name in next_references(node))
    return [target for target in targets if target]


def _card(site: Site, ref: NodeRef, home: str) -> Card:
    tree = site.project.trees[ref.tree]
    if not ref.node:
        return tree_card(tree, PARENT)
    return Card(site.graph.node(ref).title, tree.title, relative_url(ref, home))
