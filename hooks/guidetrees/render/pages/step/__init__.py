"""The page of a step."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from guidetrees.graph.graph import NodeRef
from guidetrees.parse.model import Step, Tree
from guidetrees.render.components.answers import AnswerLink, answer_links
from guidetrees.render.context import Site
from guidetrees.render.page import Page
from guidetrees.render.pages.node import page_of_node


@dataclass(frozen=True, slots=True)
class StepView:
    """What only the page of a step shows."""

    onward: list[AnswerLink]
    """The way on, once for each of its cases."""


def step_page(site: Site, tree: Tree, node: Step, data: Markup) -> Page:
    """The page of a step."""
    return page_of_node(site, tree, node, data, StepView(answer_links(site, NodeRef(tree.id, node.id))))
