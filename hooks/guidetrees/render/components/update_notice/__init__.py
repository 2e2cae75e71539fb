"""A note on what has changed since the guide was printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from guidetrees.graph.node_kinds import ends_tree
from guidetrees.parse.author_markdown import render_author_markdown
from guidetrees.parse.model import Node, Tree, Update
from guidetrees.project.urls import PARENT, link_from_updates
from guidetrees.render.context import Site


@dataclass(frozen=True, slots=True)
class UpdateNotice:
    """An update with its text as HTML."""

    update: Update
    html: Markup


def update_notice(site: Site, name: str, up: str = PARENT) -> UpdateNotice:
    """The update `name`, on a page from which `up` leads to the site's root."""
    update = (site.project.updates or {})[name]
    return UpdateNotice(update, render_author_markdown(update.text, link_from_updates(site.project, up)).html)


def shown_updates(tree: Tree, node: Node) -> Iterable[str]:
    """The updates on a node's page: its own, and where a tree ends the tree's as well."""
    inherited = tree.updates if ends_tree(node) else ()
    return dict.fromkeys([*map(str, node.updates), *map(str, inherited)])
