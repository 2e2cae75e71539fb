"""What a document for review shows of a tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from guidetrees.check.rules.reviews import due
from guidetrees.graph.graph import Edge, NodeRef
from guidetrees.graph.node_kinds import body, own_contacts
from guidetrees.graph.outline import nodes_in_order
from guidetrees.parse.model import Scenario, Tree
from guidetrees.project.urls import PARENT, REVIEW, page_url
from guidetrees.render.answer_words import edge_words, hint_of
from guidetrees.render.author_text import tree_text
from guidetrees.render.components.cards import next_refs
from guidetrees.render.components.checklist import ChecklistItem, checklist_items
from guidetrees.render.components.contact_card import ContactCard, contact_card
from guidetrees.render.components.foot import GuideSource, guide_source
from guidetrees.render.components.map import MapPicture, map_pictures
from guidetrees.render.components.parts import ConditionalPart, conditional_parts
from guidetrees.render.components.quote import Quote, quote
from guidetrees.render.components.update_notice import UpdateNotice, update_notice
from guidetrees.render.pages.review.document import Document, GivenAnswer, PathTable, Target, node_verdict

MAX_PATHS = 200
"""Paths through a tree that a document lists."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of a screen."""

    words: str
    hint: str | None
    target: Target


@dataclass(frozen=True, slots=True)
class ScreenQuote:
    """A section of the guide. A document quotes it on the first screen that cites it."""

    quote: Quote
    reference: str
    """`page.md#id`."""
    quoted_on: int | None
    """The number of the screen that quotes it; None on that screen."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A node with all that its page says."""

    id: str
    number: int
    title: str
    kind: str
    verdict_words: str | None
    href: str
    page: str
    reached: list[GivenAnswer]
    """The answers that lead here."""
    text: Markup | None
    parts: list[ConditionalPart]
    items: list[ChecklistItem]
    answers: list[Answer]
    contacts: list[ContactCard]
    next: list[Target]
    updates: list[UpdateNotice]
    sections: list[ScreenQuote]


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """A scenario with its result, which is the outcome that it names: the project has no problems."""

    name: str
    steps: Markup
    end: Target


@dataclass(frozen=True, slots=True)
class ReviewedTree:
    """A tree with all that experts sign off."""

    id: str
    title: str
    href: str
    file: str
    summary: str
    intro: Markup | None
    updates: list[UpdateNotice]
    guide: GuideSource
    owner: str | None
    last_reviewed: str
    due: str
    pictures: list[MapPicture]
    screens: list[Screen]
    paths: PathTable
    scenarios: list[ScenarioRow]
    untried: list[GivenAnswer]
    """The answers that no scenario gives."""


def reviewed_tree(document: Document, tree: Tree) -> ReviewedTree:
    """A tree of `document`."""
    site, words = document.site, document.site.words
    assert tree.reviewed, "checked before"
    return ReviewedTree(
        id=tree.id,
        title=tree.title,
        href=PARENT + page_url(NodeRef(tree.id)),
        file=tree.file,
        summary=tree.summary,
        intro=tree_text(site, tree, tree.intro, REVIEW),
        updates=[update_notice(site, name, PARENT) for name in tree.updates],
        guide=guide_source(site),
        owner=tree.owner,
        last_reviewed=words.day(tree.reviewed),
        due=words.day(due(tree.reviewed, tree.review_months)),
        pictures=map_pictures(site, document.sheet, tree.id),
        screens=list(_screens(document, tree)),
        paths=document.paths(tree, MAX_PATHS),
        scenarios=[_scenario(document, tree, scenario) for scenario in tree.scenarios],
        untried=[document.given(tree, edge) for edge in document.untried(tree)],
    )


def _screens(document: Document, tree: Tree) -> Iterator[Screen]:
    quoted: dict[str, int] = {}
    for ref in nodes_in_order(document.site.graph, tree.id):
        yield _screen(document, tree, ref, quoted)


def _screen(document: Document, tree: Tree, ref: NodeRef, quoted: dict[str, int]) -> Screen:
    """A screen. `quoted` has the number of the screen that quotes each section, and is added to."""
    site, node, number = document.site, document.site.graph.node(ref), document.numbers[ref]
    return Screen(
        id=f"{ref.tree}.{ref.node}",
        number=number,
        title=node.title,
        kind=site.words[node.kind],
        verdict_words=node_verdict(site, node),
        href=PARENT + page_url(ref),
        page=page_url(ref),
        reached=[document.given(tree, edge) for edge in site.graph.incoming.get(ref, ())],
        text=tree_text(site, tree, body(node)[1], REVIEW),
        parts=conditional_parts(site, tree, node, REVIEW),
        items=checklist_items(site, node).items,
        answers=[_answer(document, tree, edge) for edge in site.graph.outgoing[ref]],
        contacts=[contact_card(site, name) for name in own_contacts(node)],
        next=[document.target(tree, target) for target in next_refs(site, tree, node)],
        updates=[update_notice(site, name, PARENT) for name in node.updates],
        sections=[
            ScreenQuote(quote(site, name), name, _quoted_on(quoted, name, number))
            for name in dict.fromkeys(map(str, node.guide))
        ],
    )


def _quoted_on(quoted: dict[str, int], reference: str, number: int) -> int | None:
    first = quoted.setdefault(reference, number)
    return None if first == number else first


def _answer(document: Document, tree: Tree, edge: Edge) -> Answer:
    site = document.site
    return Answer(edge_words(site, edge), hint_of(site, edge), document.target(tree, edge.target))


def _scenario(document: Document, tree: Tree, scenario: Scenario) -> ScenarioRow:
    result = document.result(tree, scenario)
    return ScenarioRow(scenario.name, document.steps(tree, result.edges), document.target(tree, result.end))
