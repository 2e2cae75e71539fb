"""The line above a page's heading: back, and where the page belongs."""

from __future__ import annotations

from guidetrees.graph.graph import Edge
from guidetrees.parse.model import Node, Tree
from guidetrees.project.urls import relative_url
from guidetrees.render.context import Site


def start_top(site: Site) -> str:
    """The line of a tree's start page."""
    return _render(site, back=None, tree=None)


def node_top(site: Site, tree: Tree, node: Node, edges: tuple[Edge, ...]) -> str:
    """The line of a node's page, to which `edges` lead."""
    return _render(site, back=_back(tree, node, edges), tree=tree)


def _render(site: Site, back: str | None, tree: Tree | None) -> str:
    """The HTML. `back` is where the step before is; `tree` is the tree of a node's page."""
    return site.render("components/top/top.html", back=back, tree=tree).strip()


def _back(tree: Tree, node: Node, edges: tuple[Edge, ...]) -> str:
    """The step before where there is one, else the list of the answers that lead here."""
    if node.id == tree.start or not edges:
        return "index.html"
    return relative_url(edges[0].source, tree.id) if len(edges) == 1 else "#your-answers"
