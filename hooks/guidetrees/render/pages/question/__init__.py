"""The page of a question or a checklist."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from guidetrees.graph.graph import Graph, NodeRef
from guidetrees.graph.node_kinds import asks
from guidetrees.graph.traversal import postorder
from guidetrees.parse.model import Checklist, Question, Tree
from guidetrees.render.components.answers import AnswerLink, answer_links
from guidetrees.render.components.checklist import ChecklistItem, checklist_items
from guidetrees.render.context import Site
from guidetrees.render.page import Page
from guidetrees.render.pages.node import page_of_node


@dataclass(frozen=True, slots=True)
class QuestionView:
    """What only the pages of nodes that ask show."""

    points: list[ChecklistItem]
    """The items of a checklist."""
    answers: list[AnswerLink]
    left: int | None
    """How many questions may follow, if that is known."""


def question_page(site: Site, tree: Tree, node: Question | Checklist, data: Markup) -> Page:
    """The page of a question or a checklist."""
    ref = NodeRef(tree.id, node.id)
    left = most_questions_after(site.graph, ref)
    view = QuestionView(checklist_items(site, node), answer_links(site, ref), left)
    return page_of_node(site, tree, node, data, view)


def most_questions_after(graph: Graph, ref: NodeRef) -> int | None:
    """The number of questions on the longest path from `ref`, which is not counted. None where a path has a cycle
    or leads to the questions of another tree."""

    def targets(here: NodeRef) -> list[NodeRef]:
        found = (graph.enter(edge.target) for edge in graph.outgoing[here] if here.tree == ref.tree)
        return [target for target in found if graph.outgoing.get(target)]

    known: dict[NodeRef, int] = {}
    for here in postorder([ref], targets):
        following = targets(here)
        if here.tree != ref.tree or not known.keys() >= {*following}:
            return None
        known[here] = max((known[target] + asks(graph.node(target)) for target in following), default=0)
    return known[ref]
