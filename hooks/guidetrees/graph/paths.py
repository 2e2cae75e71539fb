"""The paths through a tree, and their number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import add

from guidetrees.graph.decision_diagram import Diagram, Diagrams, example, total
from guidetrees.graph.graph import Edge, Given, Graph, NodeRef, answered, fits
from guidetrees.graph.node_kinds import CHOSEN, all_choices, choices, is_choice
from guidetrees.graph.outline import entry_nodes, nodes_in_order, outline, seen_from_tree
from guidetrees.graph.reachability import NodeOrder, Reachability, choosing, leaving_by, reachability


@dataclass(frozen=True, slots=True)
class Path:
    """One path through a tree: edges from a node to the end of the tree, or into another tree."""

    begin: NodeRef
    edges: tuple[Edge, ...]
    end: NodeRef
    given: Given
    """Answers with which a reader takes this path."""
    count: int = 1
    """How many combinations of answers take it: more than one where several answers can be chosen."""


def paths(graph: Graph, tree: str) -> Iterator[Path]:
    """Every path that a reader can take through a tree, one at a time: there may be more than memory holds.

    What is chosen among several answers is not followed choice by choice: these have the path in common.
    """
    order = NodeOrder(graph, dict.fromkeys(nodes_in_order(graph, tree)))
    reach = Reachability(order, Diagrams(sum(len(order.own_levels(ref)) for ref in order.named_by)))
    for entry in entry_nodes(graph, tree):
        yield from _paths_from(reach, entry)


def _paths_from(reach: Reachability, begin: NodeRef) -> Iterator[Path]:
    graph = reach.order.graph
    edges: list[Edge] = []
    waiting: list[tuple[int, NodeRef, list[Edge], Diagram]] = [(0, begin, [], 1)]
    while waiting:
        length, at, last, readers = waiting.pop()
        edges[length:] = last
        is_new = all(edge.source != at for edge in edges)
        following: list[tuple[Edge, Diagram]] = []
        if at.tree == begin.tree and is_new and at in reach.order.nodes:
            following = list(leaving_by(reach, at, choosing(reach, at, readers, add)))
        for edge, taking in reversed(following):
            target = seen_from_tree(graph, at.tree, edge.target)
            waiting.append((len(edges), target, [edge], _with_answer(reach, edge, taking)))
        if not following:
            yield Path(begin, tuple(edges), at, _example(reach.order, edges, readers), total(readers))


def _with_answer(reach: Reachability, edge: Edge, readers: Diagram) -> Diagram:
    """The readers who have taken an edge, with the answer by which they did."""
    is_kept = edge.source in reach.order.named_by and not reach.order.choices(edge.source)
    return reach.diagrams.answer(readers, reach.order.levels[edge.source], edge.answer) if is_kept else readers


def _example(order: NodeOrder, edges: Sequence[Edge], readers: Diagram) -> Given:
    """The answers of one of the readers of a path."""
    levels, given = example(readers) or {}, answered(edges)
    for ref in (edge.source for edge in edges if edge.answer == CHOSEN):
        given[ref] = frozenset(order.answers_in(levels, ref) or [str(order.choices(ref)[0].id)])
    return given


def follow(
    graph: Graph, begin: NodeRef, answer_to: Callable[[NodeRef], frozenset[str] | None] = lambda ref: None
) -> Iterator[Path]:
    """The paths through a tree from `begin` with the answers of `answer_to`; where that is None, with any answer,
    and with any choice among several.

    A path ends early where a node does not have the answer, and where it comes to a node again. Every branch gives
    a path, so that a limited number of them takes a limited time.
    """
    edges: list[Edge] = []
    waiting: list[Iterator[tuple[Edge | None, NodeRef, Given]]] = [iter([(None, begin, {})])]
    while waiting:
        step = next(waiting[-1], None)
        if step is None:
            waiting.pop()
            del edges[-1:]
            continue
        last, at, given = step
        edges += [last] if last else []
        following: Iterator[tuple[Edge, NodeRef, Given]] = iter(())
        if at.tree == begin.tree and at not in given and all(edge.source != at for edge in edges):
            following = _following(graph, at, given, answer_to(at))
        first = next(following, None)
        if first is None:
            yield Path(begin, tuple(edges), at, given)
            del edges[-1:]
        else:
            waiting.append(chain([first], following))


def _following(
    graph: Graph, at: NodeRef, given: Given, answer: frozenset[str] | None
) -> Iterator[tuple[Edge, NodeRef, Given]]:
    """The edges of a node with this answer (None: with any), their targets, and all answers so far."""
    node, edges = graph.trees[at.tree].nodes[at.node], graph.outgoing.get(at, ())
    if node and choices(node):
        wanted = all_choices(node) if answer is None else [answer] if is_choice(node, answer) else []
        ways = ((edge, chosen) for chosen in wanted for edge in edges)
    else:
        ways = ((edge, frozenset([edge.answer])) for edge in edges)
        ways = ((edge, own) for edge, own in ways if not edge.is_answer or answer in (None, own))
    for edge, own in ways:
        after = {**given, at: own} if edge.is_answer else given
        if fits(edge, after):
            yield edge, seen_from_tree(graph, at.tree, edge.target), after


def count_paths(graph: Graph, tree: str) -> Counter[NodeRef]:
    """The number of paths through a tree to each of its ends, in the order of the outline.

    The numbers are exact, and no path is followed: the number at a node is the sum over its incoming edges. A tree
    without cycles (a rule) has finitely many paths.
    """
    nodes = nodes_in_order(graph, tree)
    found = reachability(graph, dict.fromkeys(nodes), entry_nodes(graph, tree), add)
    count = Counter[NodeRef]()
    for step in outline(graph, tree):
        if step.opens and step.edge and step.opens.tree != tree:
            count[step.opens] += total(found.along.get(step.edge, 0))
        elif step.opens and not step.again and not graph.outgoing[step.opens]:
            count[step.opens] = total(found.at.get(step.opens, 0))
    return count
