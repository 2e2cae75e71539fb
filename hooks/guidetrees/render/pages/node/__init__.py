"""What the pages of all kinds of nodes share."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from guidetrees.graph.graph import NodeRef
from guidetrees.graph.node_kinds import body
from guidetrees.parse.model import Node, Tree
from guidetrees.render.components.contact_card import ContactCard, contact_cards
from guidetrees.render.components.foot import Foot, foot
from guidetrees.render.components.missing import MissingItems, missing_items
from guidetrees.render.components.overdue import Overdue, overdue
from guidetrees.render.components.parts import ConditionalPart, conditional_parts
from guidetrees.render.components.quote import Quotes, quotes
from guidetrees.render.components.top import back, render_top
from guidetrees.render.components.trail import Trail, trail
from guidetrees.render.components.update_notice import UpdateNotice, shown_updates, update_notice
from guidetrees.render.components.verdict import node_title, render_verdict
from guidetrees.render.context import Site
from guidetrees.render.page import Page


@dataclass(frozen=True, slots=True)
class NodePage:
    """What the pages of all kinds show."""

    tree: Tree
    node: Node
    data: Markup
    """The tree for the script, as an attribute in single quotes."""
    overdue: Overdue
    text: Markup | None
    """The node's own text."""
    updates: list[UpdateNotice]
    parts: list[ConditionalPart]
    missing: list[MissingItems]
    contacts: list[ContactCard]
    quotes: Quotes
    trail: Trail
    foot: Foot


def page_of_node(site: Site, tree: Tree, node: Node, data: Markup, view: object, name: str = "") -> Page:
    """The page of a node.

    `data` is the tree's data as an HTML attribute, `view` what only its kind shows, and `name` the folder of its
    page: by default, that of its kind.
    """
    ref = NodeRef(tree.id, node.id)
    edges, title = site.graph.incoming.get(ref, ()), node_title(site, node)
    missing = missing_items(site, edges, tree.id)
    unmet = [point.item for checklist in missing for point in checklist.points]
    page = NodePage(
        tree=tree,
        node=node,
        data=data,
        overdue=overdue(site, tree),
        text=site.markdown(tree, body(node)[1]),
        updates=[update_notice(site, name) for name in shown_updates(tree, node)],
        parts=conditional_parts(site, tree, node),
        missing=missing,
        contacts=contact_cards(site, node, unmet),
        quotes=quotes(site, node.guide, {name for item in unmet for name in item.guide}),
        trail=trail(site, ref),
        foot=foot(site, tree, f"{tree.id}/{node.id}.html", node.title),
    )
    marked = title.removesuffix(node.title)
    return Page(
        path=f"{tree.id}/{node.id}.md",
        title=title,
        description=str(tree.title),
        id=node.kind,
        block=site.render(f"pages/{name or node.kind}/{name or node.kind}.html", page=page, view=view),
        source=tree.file,
        above=render_top(site, tree, back(tree, node, edges)),
        mark=render_verdict(site, node, marked),
        marked=marked,
    )
