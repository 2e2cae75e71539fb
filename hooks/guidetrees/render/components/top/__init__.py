"""The line above a page's heading: back, and where the page belongs."""

from __future__ import annotations

from guidetrees.graph.graph import Edge
from guidetrees.parse.model import Node, Tree
from guidetrees.project.urls import relative_url
from guidetrees.render.context import Site


def render_top(site: Site, tree: Tree | None = None, back: str | None = None) -> str:
    """The HTML: on a node's page with its `tree`, and the address of the step before."""
    return site.render("components/top/top.html", back=back, tree=tree).strip()


def back(tree: Tree, node: Node, edges: tuple[Edge, ...]) -> str:
    """The step before where there is one, else the list of the answers that lead here."""
    if node.id == tree.start or not edges:
        return "index.html"
    return relative_url(edges[0].source, tree.id) if len(edges) == 1 else "#your-answers"
