"""The page of a question of which several answers can be chosen."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from guidetrees.graph.graph import NodeRef
from guidetrees.graph.node_kinds import choices
from guidetrees.parse.model import Answer, Question, Tree
from guidetrees.render.components.answers import AnswerLink, answer_links
from guidetrees.render.context import Site
from guidetrees.render.page import Page
from guidetrees.render.pages.node import page_of_node
from guidetrees.render.pages.question import most_questions_after


@dataclass(frozen=True, slots=True)
class SelectionView:
    """What only the page of such a question shows."""

    choices: tuple[Answer, ...]
    onward: list[AnswerLink]
    """The way on, once for each of its cases."""
    left: int | None
    """How many questions may follow, if that is known."""


def selection_page(site: Site, tree: Tree, node: Question, data: Markup) -> Page:
    """The page of a question of which several answers can be chosen."""
    ref = NodeRef(tree.id, node.id)
    view = SelectionView(choices(node), answer_links(site, ref), most_questions_after(site.graph, ref))
    return page_of_node(site, tree, node, data, view, "selection")
