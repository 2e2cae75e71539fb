"""Every path through a tree, and how many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from guidetrees.graph.decision_diagram import total
from guidetrees.graph.graph import Edge, Graph, NodeRef, answered, fits
from guidetrees.graph.outline import entry_nodes, nodes_in_order, outline, seen_from_tree
from guidetrees.graph.reachability import path_counts

# Ways


@dataclass(frozen=True, slots=True)
class Path:
    """One way through a tree: the answers from where a reader comes in to an outcome or into another tree."""

    begin: NodeRef
    edges: tuple[Edge, ...]
    end: NodeRef


def paths(graph: Graph, tree: str) -> Iterator[Path]:
    """Every way that a reader can go through a tree, one after another: take as many as you can use."""
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
    """How many ways lead through a tree to each of its ends, in the order of the outline.

    Exact without going any of them: as many ways lead to a node as lead to all before it together. A tree
    that no reader can go round in (a rule) has finitely many.
    """
    nodes = nodes_in_order(graph, tree)
    found = path_counts(graph, dict.fromkeys(nodes), entry_nodes(graph, tree))
    count = Counter[NodeRef]()
    for branch in outline(graph, tree):
        if branch.opens and not branch.again and (branch.opens.tree != tree or not graph.outgoing[branch.opens]):
            count[branch.opens] = total(found.at.get(branch.opens, 0))
    for edge, readers in found.along.items():
        target = seen_from_tree(graph, tree, edge.target)
        if target.tree != tree:
            count[target] += total(readers)
    return count
