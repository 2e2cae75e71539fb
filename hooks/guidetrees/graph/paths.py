"""Every path through a tree, and how many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from guidetrees.graph.decision_diagram import total
from guidetrees.graph.graph import Address, Edge, Graph, answered, fits
from guidetrees.graph.outline import entries, inside, outline, screens
from guidetrees.graph.reachability import counted

# Ways


@dataclass(frozen=True, slots=True)
class Way:
    """One way through a tree: the answers from where a reader comes in to an outcome or into another tree."""

    begin: Address
    edges: tuple[Edge, ...]
    end: Address


def ways(graph: Graph, tree: str) -> Iterator[Way]:
    """Every way that a reader can go through a tree, one after another: take as many as you can use."""
    for entry in entries(graph, tree):
        edges: list[Edge] = []
        stack = [iter(graph.leaving[entry])]
        if not graph.leaving[entry]:
            yield Way(entry, (), entry)
        while stack:
            given = answered(edges)
            edge = next((edge for edge in stack[-1] if fits(edge, given)), None)
            if edge is None:
                stack.pop()
                if edges:
                    edges.pop()
                continue
            edges.append(edge)
            target = inside(graph, tree, edge.target)
            if target.tree == tree and graph.leaving[target]:
                stack.append(iter(graph.leaving[target]))
            else:
                yield Way(entry, tuple(edges), target)
                edges.pop()


def count_ways(graph: Graph, tree: str) -> Counter[Address]:
    """How many ways lead through a tree to each of its ends, in the order of the outline.

    Exact without going any of them: as many ways lead to a node as lead to all before it together. A tree
    that no reader can go round in (a rule) has finitely many.
    """
    nodes = screens(graph, tree)
    found = counted(graph, dict.fromkeys(nodes), entries(graph, tree))
    count = Counter[Address]()
    for branch in outline(graph, tree):
        if branch.opens and not branch.again and (branch.opens.tree != tree or not graph.leaving[branch.opens]):
            count[branch.opens] = total(found.at.get(branch.opens, 0))
    for edge, readers in found.along.items():
        target = inside(graph, tree, edge.target)
        if target.tree != tree:
            count[target] += total(readers)
    return count
