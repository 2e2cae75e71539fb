"""The page of a question."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from guidetrees.graph.graph import Edge, Graph, NodeRef, only_path
from guidetrees.parse.model import Checklist, Question, Tree
from guidetrees.render.author_text import tree_text
from guidetrees.render.components.answers import AnswerLink, answer_links
from guidetrees.render.components.trail import Trail, question_trail
from guidetrees.render.context import Site
from guidetrees.render.page import Page
from guidetrees.render.pages.node import NodeParts, above, node_parts, ref_of, start_url


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """The view of a question's page. A checklist's page shows the same, and its items."""

    node: NodeParts
    help: Markup | None
    answers: list[AnswerLink]
    left: str | None
    """How many questions may follow, in words."""
    trail: Trail


def question_page(site: Site, tree: Tree, node: Question, data: Markup) -> Page:
    """The page of a question."""
    edges = site.graph.incoming.get(ref_of(tree, node), ())
    view = question_view(site, tree, node, edges, data)
    return Page(
        path=f"{tree.id}/{node.id}.md",
        title=str(node.title),
        description=str(tree.title),
        id="question",
        block=site.render("pages/question/question.html", page=view),
        source=tree.file,
        above=above(site, tree, node, edges),
    )


def question_view(
    site: Site, tree: Tree, node: Question | Checklist, edges: tuple[Edge, ...], data: Markup
) -> QuestionPage:
    """What a node that asks shows."""
    ref = ref_of(tree, node)
    return QuestionPage(
        node=node_parts(site, tree, node, edges, data),
        help=tree_text(site, tree, node.help),
        answers=answer_links(site, ref),
        left=_left(site, ref),
        trail=question_trail(site, ref, only_path(site.graph, ref), edges, start_url(tree)),
    )


def _left(site: Site, ref: NodeRef) -> str | None:
    most = _most_questions_after(site.graph, ref)
    if not most:
        return None
    return site.words["left_one"] if most == 1 else site.words.say("left", count=str(most))


def _most_questions_after(graph: Graph, ref: NodeRef) -> int | None:
    """The number of questions on the longest path from `ref`, which is not counted. None where a path has a cycle
    or leads to the questions of another tree."""
    known: dict[NodeRef, int] = {}
    waiting, on_path = [ref], set[NodeRef]()
    while waiting:
        here = waiting[-1]
        on_path.add(here)
        targets = {graph.enter(edge.target) for edge in graph.outgoing.get(here, ())}
        asking = {target for target in targets if graph.outgoing.get(target)}
        if not on_path.isdisjoint(asking) or any(target.tree != ref.tree for target in asking):
            return None
        if unknown := asking - known.keys():
            waiting.append(min(unknown))
            continue
        known[here] = max((known[target] + 1 for target in asking), default=0)
        on_path.discard(waiting.pop())
    return known[ref]
