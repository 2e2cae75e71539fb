"""The paths through a tree, and their number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from guidetrees.graph.decision_diagram import total
from guidetrees.graph.graph import Edge, Graph, NodeRef, fits
from guidetrees.graph.outline import entry_nodes, nodes_in_order, outline, seen_from_tree
from guidetrees.graph.reachability import path_counts


@dataclass(frozen=True, slots=True)
class Path:
    """One path through a tree: the edges from an entry node to the end of the tree, or into another tree."""

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

    A path ends early where a node does not have the answer, and before it repeats a node. Every branch gives a
    path, so that a limited number of them takes a limited time.
    """
    edges: list[Edge] = []
    given: dict[NodeRef, str] = {}
    stack: list[tuple[int, NodeRef, Edge | None]] = [(0, begin, None)]
    while stack:
        depth, at, edge = stack.pop()
        while len(edges) >= max(depth, 1):
            given.pop(edges.pop().source)
        if edge:
            edges.append(edge)
            given[edge.source] = edge.answer
        asks = graph.outgoing.get(at, ()) if at.tree == begin.tree and at not in given else ()
        leading = [one for one in asks if answer_to(at) in (None, one.answer) and fits(one, given)]
        stack += [(depth + 1, seen_from_tree(graph, at.tree, one.target), one) for one in reversed(leading)]
        if not leading:
            yield Path(begin, tuple(edges), at)


def count_paths(graph: Graph, tree: str) -> Counter[NodeRef]:
    """The number of paths through a tree to each of its ends, in the order of the outline.

    The numbers are exact, and no path is followed: the number at a node is the sum over its incoming edges. A tree
    without cycles (a rule) has finitely many paths.
    """
    nodes = nodes_in_order(graph, tree)
    found = path_counts(graph, dict.fromkeys(nodes), entry_nodes(graph, tree))
    count = Counter[NodeRef]()
    for step in outline(graph, tree):
        if step.opens and not step.again and (step.opens.tree != tree or not graph.outgoing[step.opens]):
            count[step.opens] = total(found.at.get(step.opens, 0))
    for edge, readers in found.along.items():
        target = seen_from_tree(graph, tree, edge.target)
        if target.tree != tree:
            count[target] += total(readers)
    return count
