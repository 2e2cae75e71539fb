"""The line above a page's heading: back, and where the page belongs."""

from __future__ import annotations

from dataclasses import dataclass

from guidetrees.graph.graph import Edge
from guidetrees.parse.model import Node, Tree
from guidetrees.project.urls import FRONT, PARENT, relative_url
from guidetrees.render.context import Site


@dataclass(frozen=True, slots=True)
class Top:
    """The links above a heading."""

    back: str | None
    """Where the step before is."""
    crumbs: list[tuple[str, str]]
    """Labels and addresses."""


def start_top(site: Site) -> Top:
    """The line of a tree's start page."""
    return Top(None, [_home(site)])


def node_top(site: Site, tree: Tree, node: Node, edges: tuple[Edge, ...]) -> Top:
    """The line of a node's page, to which `edges` lead."""
    return Top(_back(tree, node, edges), [_home(site), (tree.title, "index.html")])


def render_top(site: Site, top: Top) -> str:
    """The HTML above a page's heading."""
    return site.render("components/top/top.html", top=top).strip()


def _home(site: Site) -> tuple[str, str]:
    return site.words["home"], PARENT + FRONT


def _back(tree: Tree, node: Node, edges: tuple[Edge, ...]) -> str:
    """The step before where there is one, else the list of the answers that lead here."""
    if node.id == tree.start or not edges:
        return "index.html"
    return relative_url(edges[0].source, tree.id) if len(edges) == 1 else "#your-answers"
