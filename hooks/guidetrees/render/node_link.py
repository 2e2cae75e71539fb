"""Links to nodes on the pages of trees."""

from __future__ import annotations

from dataclasses import dataclass

from guidetrees.graph.graph import NodeRef
from guidetrees.project.references import node_name
from guidetrees.project.urls import relative_url
from guidetrees.render.context import Site


@dataclass(frozen=True, slots=True)
class NodeLink:
    """A link to a node, or to a tree's start page with the title of its first node."""

    key: str
    """The node as the script names it."""
    title: str
    href: str


def node_link(site: Site, ref: NodeRef, home: str) -> NodeLink:
    """The link to `ref` on a page of the tree `home`."""
    title = site.graph.node(site.graph.enter(ref)).title
    return NodeLink(node_name(ref, home), title, relative_url(ref, home))
