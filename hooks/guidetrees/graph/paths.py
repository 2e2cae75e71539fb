"""The paths through a tree, and their number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import add

from guidetrees.graph.decision_diagram import total
from guidetrees.graph.graph import Edge, Graph, NodeRef, answered, fits
from guidetrees.graph.outline import entry_nodes, nodes_in_order, outline, seen_from_tree
from guidetrees.graph.reachability import reachability


@dataclass(frozen=True, slots=True)
class Path:
    """One path through a tree: edges from a node to the end of the tree, or into another tree."""

    begin: NodeRef
    edges: tuple[Edge, ...]
    end: NodeRef


def paths(graph: Graph, tree: str) -> Iterator[Path]:
    """Every path that a reader can take through a tree, one at a time: there may be more than memory holds."""
    for entry in entry_nodes(graph, tree):
        yield from follow(graph, entry)


def follow(
    graph: Graph, begin: NodeRef, answer_to: Callable[[NodeRef], str | None] = lambda ref: None
) -> Iterator[Path]:
    """The paths through a tree from `begin` with the answers of `answer_to`; where that is None, with any answer.

    A path ends early where a node does not have the answer, and where it comes to a node again. Every branch gives
    a path, so that a limited number of them takes a limited time.
    """
    edges: list[Edge] = []
    waiting: list[tuple[int, NodeRef, list[Edge]]] = [(0, begin, [])]
    while waiting:
        length, at, last = waiting.pop()
        edges[length:] = last
        given = answered(edges)
        is_new = all(edge.source != at for edge in edges)
        ways = graph.outgoing.get(at, ()) if at.tree == begin.tree and is_new else ()
        following = [edge for edge in ways if _is_given(edge, answer_to(at)) and fits(edge, given)]
        for edge in reversed(following):
            waiting.append((len(edges), seen_from_tree(graph, at.tree, edge.target), [edge]))
        if not following:
            yield Path(begin, tuple(edges), at)


def _is_given(edge: Edge, answer: str | None) -> bool:
    return answer in (None, edge.answer) or not edge.is_answer


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
