"""Cards that lead to trees and nodes."""

from __future__ import annotations

from dataclasses import dataclass

from guidetrees.graph.graph import NodeRef, next_targets
from guidetrees.parse.model import Node, Tree
from guidetrees.project.urls import PARENT, page_url
from guidetrees.render.context import Site
from guidetrees.render.node_link import node_link


@dataclass(frozen=True, slots=True)
class Card:
    """A link with a line about its page."""

    title: str
    summary: str
    href: str
    node: str = ""
    """The node that it leads to, as the script names it; empty for a tree."""


def tree_card(tree: Tree, up: str) -> Card:
    """The card of a tree, on a page from which `up` leads to the site's root."""
    return Card(tree.title, tree.summary, up + page_url(NodeRef(tree.id)))


def next_cards(site: Site, tree: Tree, node: Node) -> list[Card]:
    """The cards of what usually comes after a node."""
    return [_card(site, ref, tree.id) for ref in next_targets(site.project.trees, node, tree.id)]


def _card(site: Site, ref: NodeRef, home: str) -> Card:
    tree = site.project.trees[ref.tree]
    if not ref.node:
        return tree_card(tree, PARENT)
    link = node_link(site, ref, home)
    return Card(link.title, tree.title, link.href, link.key)
