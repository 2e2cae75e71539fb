"""The paths through a tree, and their number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from guidetrees.graph.decision_diagram import total
from guidetrees.graph.graph import Edge, Graph, NodeRef, answered, fits
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
        edges: list[Edge] = []
        stack = [iter(graph.outgoing[entry])]
        if not graph.outgoing[entry]:
            yield Path(entry, (), entry)
        while stack:
            given = answered(edges)
            edge = next((edge for edge in stack[-1] if fits(edge, given)), None)
            if edge is None:
                stack.pop()
                if edges:
                    edges.pop()
                continue
            edges.append(edge)
            target = seen_from_tree(graph, tree, edge.target)
            if target.tree == tree and graph.outgoing[target]:
                stack.append(iter(graph.outgoing[target]))
            else:
                yield Path(entry, tuple(edges), target)
                edges.pop()


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
