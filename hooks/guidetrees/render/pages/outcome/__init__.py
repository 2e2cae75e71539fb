"""The page of an outcome."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from guidetrees.graph.graph import only_path
from guidetrees.parse.model import Outcome, Tree
from guidetrees.render.author_text import tree_text
from guidetrees.render.components.cards import Card, next_cards
from guidetrees.render.components.trail import Trail, outcome_trail
from guidetrees.render.components.verdict import render_verdict, verdict_words
from guidetrees.render.context import Site
from guidetrees.render.page import Page
from guidetrees.render.pages.node import NodeParts, above, node_parts, ref_of, start_url


@dataclass(frozen=True, slots=True)
class OutcomePage:
    """The view of an outcome's page."""

    node: NodeParts
    verdict: str
    first: str | None
    """What is shown before everything else: `contacts`, `guide`, or nothing special."""
    text: Markup | None
    next: list[Card]
    trail: Trail


def outcome_page(site: Site, tree: Tree, node: Outcome, data: Markup) -> Page:
    """The page of an outcome."""
    ref = ref_of(tree, node)
    edges = site.graph.incoming.get(ref, ())
    view = OutcomePage(
        node=node_parts(site, tree, node, edges, data),
        verdict=node.verdict,
        first=node.first or (tree.first if node.verdict != "caution" else None),
        text=tree_text(site, tree, node.text),
        next=next_cards(site, tree, node),
        trail=outcome_trail(site, ref, only_path(site.graph, ref), edges, start_url(tree)),
    )
    title = outcome_title(site, node)
    marked = title.removesuffix(str(node.title))
    return Page(
        path=f"{tree.id}/{node.id}.md",
        title=title,
        description=str(tree.title),
        id="outcome",
        block=site.render("pages/outcome/outcome.html", page=view),
        source=tree.file,
        above=above(site, tree, node, edges),
        mark=render_verdict(site, node, marked) if marked else "",
        marked=marked,
    )


def outcome_title(site: Site, node: Outcome) -> str:
    """An outcome's words after its verdict."""
    return site.words.say("verdict_title", verdict=verdict_words(site, node.verdict), outcome=node.title)
