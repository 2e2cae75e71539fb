"""The answers that lead to a page, and the guide's words behind the questions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from guidetrees.graph.graph import Edge, Graph, NodeRef, ancestors, only_path
from guidetrees.graph.node_kinds import asks, choices, ends_tree
from guidetrees.graph.traversal import closure
from guidetrees.render.answer_words import case_words, edge_words, words_of
from guidetrees.render.components.quote import Quotes, quotes
from guidetrees.render.context import Site
from guidetrees.render.node_link import NodeLink, node_link


@dataclass(frozen=True, slots=True)
class Step:
    """An answer that leads to a page."""

    question: NodeLink
    answer: str
    others: Sequence[tuple[str, NodeLink]] = ()
    """The other answers to the question, and where they lead."""
    behind: Quotes | None = None
    """The guide's words behind the question, on the page of an outcome."""


@dataclass(frozen=True, slots=True)
class Way:
    """The last answer of a path to a page."""

    words: str
    """The answer, before the question."""
    question: NodeLink
    case: str | None
    """The condition under which it leads there."""


@dataclass(frozen=True, slots=True)
class Trail:
    """What is known, without a reader's answers, of how readers come to a page."""

    steps: Sequence[Step] = ()
    """The answers of the only path; none where there are several paths."""
    ways: Sequence[Way] = ()
    """The last answers of the paths, where there are several, or of one that has a condition."""
    behind: Sequence[tuple[NodeLink, Quotes]] = ()
    """The questions that may have led to an outcome, where there are several paths, with the guide's words."""

    @property
    def has_several_ways(self) -> bool:
        """Whether there are several paths that no single condition describes."""
        return len(self.ways) > 1 or any(way.case is None for way in self.ways)


def trail(site: Site, ref: NodeRef) -> Trail:
    """The trail of a node, which passes through steps. An outcome's has the guide's words behind questions and
    where other answers lead."""
    path, node = only_path(site.graph, ref), site.graph.node(ref)
    if path is None:
        ways = [_last_answer(site, edge, ref.tree) for edge in _last_answers(site.graph, ref)]
        return Trail(ways=ways, behind=list(_questions_behind(site, ref)) if ends_tree(node) else ())
    answers = [edge for edge in path if edge.is_answer]
    if ends_tree(node):
        return Trail(list(_reasons(site, answers, ref.tree, node.guide)))
    return Trail([Step(node_link(site, edge.source, ref.tree), words_of(site, edge)) for edge in answers])


def _reasons(site: Site, path: Sequence[Edge], home: str, quoted: Collection[str]) -> Iterator[Step]:
    """The steps to an outcome. Each section of the guide is quoted once; `quoted` are those of the outcome."""
    for edge in path:
        others = [other for other in site.graph.outgoing[edge.source] if other != edge]
        yield Step(
            question=node_link(site, edge.source, home),
            answer=words_of(site, edge),
            others=[(edge_words(site, other), node_link(site, other.target, home)) for other in others],
            behind=quotes(site, site.graph.node(edge.source).guide, quoted),
        )
        quoted = {*quoted, *site.graph.node(edge.source).guide}


def _last_answers(graph: Graph, ref: NodeRef) -> list[Edge]:
    """The answers that lead to `ref`, at once or by steps, in the order of the files."""

    def steps(ref: NodeRef) -> Iterator[NodeRef]:
        yield from (edge.source for edge in graph.incoming.get(ref, ()) if not edge.is_answer)

    refs = [ref, *graph.in_order(closure(steps(ref), steps) - {ref})]
    return [edge for reached in refs for edge in graph.incoming.get(reached, ()) if edge.is_answer]


def _last_answer(site: Site, edge: Edge, home: str) -> Way:
    several = choices(site.graph.node(edge.source))
    words = site.words["way_of_several"] if several else site.words.say("way_here", answer=words_of(site, edge))
    return Way(words, node_link(site, edge.source, home), case_words(site, edge, None) if edge.when else None)


def _questions_behind(site: Site, ref: NodeRef) -> Iterator[tuple[NodeLink, Quotes]]:
    """The questions that may have led to `ref` and rest on the guide. Each has all of its sections, as a reader
    has passed only some of the nodes."""
    shown = site.graph.node(ref).guide
    for source in ancestors(site.graph, ref):
        asked = site.graph.node(source)
        if asks(asked) and (references := asked.guide):
            yield node_link(site, source, ref.tree), quotes(site, references, shown)
