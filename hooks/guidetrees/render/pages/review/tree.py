"""What a document for review shows of a tree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from guidetrees.check.rules.reviews import due
from guidetrees.check.rules.scenarios import ScenarioResult
from guidetrees.graph.graph import NodeRef, next_targets
from guidetrees.graph.node_kinds import body, choices, own_contacts
from guidetrees.graph.outline import nodes_in_order
from guidetrees.parse.model import Answer, Node, Scenario, Tree
from guidetrees.project.urls import REVIEW
from guidetrees.render.components.checklist import ChecklistItem, checklist_items
from guidetrees.render.components.contact_card import ContactCard, contact_card, contacts
from guidetrees.render.components.foot import GuideSource, guide_source
from guidetrees.render.components.map import MapPicture, TreeMap
from guidetrees.render.components.parts import ConditionalPart, conditional_parts
from guidetrees.render.components.quote import Quote, quote
from guidetrees.render.components.update_notice import UpdateNotice, update_notice
from guidetrees.render.pages.review.document import Document, GivenAnswer, PathTable, Target

MAX_PATHS = 200
"""Paths through a tree that a document lists."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A node with all that its page says."""

    ref: NodeRef
    node: Node
    itself: Target
    reached: list[GivenAnswer]
    """The answers that lead here."""
    text: Markup | None
    parts: list[ConditionalPart]
    points: list[ChecklistItem]
    choices: tuple[Answer, ...]
    """The answers of which several can be chosen."""
    answers: list[GivenAnswer]
    contacts: list[ContactCard]
    next: list[Target]
    updates: list[UpdateNotice]
    quotes: list[tuple[str, Quote]]
    """References (`page.md#id`) and sections of the guide."""


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """A scenario with its result, which is the outcome that it names: the project has no problems."""

    name: str
    steps: Markup
    end: Target


@dataclass(frozen=True, slots=True)
class ReviewedTree:
    """A tree with all that experts sign off."""

    tree: Tree
    intro: Markup | None
    updates: list[UpdateNotice]
    guide: GuideSource
    due: date
    pictures: list[MapPicture]
    screens: list[Screen]
    quoted_on: dict[str, int]
    """Reference → the number of the first screen that cites it, the only one with the quotation."""
    paths: PathTable
    scenarios: list[ScenarioRow]
    untried: list[GivenAnswer]
    """The answers that no scenario gives."""


def reviewed_tree(document: Document, tree: Tree) -> ReviewedTree:
    """A tree of `document`."""
    site, refs = document.site, nodes_in_order(document.site.graph, tree.id)
    assert tree.reviewed, "checked before"
    citing = [(name, document.numbers[ref]) for ref in refs for name in site.graph.node(ref).guide]
    edges = (edge for ref in refs for edge in site.graph.outgoing[ref])
    return ReviewedTree(
        tree=tree,
        intro=site.markdown(tree, tree.intro, REVIEW),
        updates=[update_notice(site, name) for name in tree.updates],
        guide=guide_source(site),
        due=due(tree.reviewed, tree.review_months),
        pictures=TreeMap(site, tree.id, tree.id, document.link, document.numbers).pictures(),
        screens=[_screen(document, tree, ref) for ref in refs],
        quoted_on=dict(reversed(citing)),
        paths=document.paths(tree, MAX_PATHS),
        scenarios=[
            _scenario(document, tree, scenario, result)
            for scenario, result in zip(tree.scenarios, document.trials.results[tree.id], strict=True)
        ],
        untried=[answer for edge in edges for answer in document.untried(tree, edge)],
    )


def _screen(document: Document, tree: Tree, ref: NodeRef) -> Screen:
    site, node = document.site, document.site.graph.node(ref)
    return Screen(
        ref=ref,
        node=node,
        itself=document.target(tree, ref),
        reached=[document.given(tree, edge, at=ref) for edge in site.graph.incoming.get(ref, ())],
        text=site.markdown(tree, body(node)[1], REVIEW),
        parts=conditional_parts(site, tree, node, REVIEW),
        points=checklist_items(site, node),
        choices=choices(node),
        answers=[document.given(tree, edge) for edge in site.graph.outgoing[ref]],
        contacts=[contact_card(site, contact) for contact in contacts(site, own_contacts(node))],
        next=[document.target(tree, target) for target in next_targets(site.project.trees, node, tree.id)],
        updates=[update_notice(site, name) for name in node.updates],
        quotes=[(name, quote(site, name)) for name in dict.fromkeys(node.guide)],
    )


def _scenario(document: Document, tree: Tree, scenario: Scenario, result: ScenarioResult) -> ScenarioRow:
    steps = document.steps(tree, result.edges, result.given)
    return ScenarioRow(scenario.name, steps, document.target(tree, result.end))
