"""All trees as one graph: where each exit of a node leads, and how a node is reached.

`build_graph` is the only place that resolves where exits lead; rules, pages and maps all read its edges.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from guidetrees.graph.node_kinds import CHOSEN, ONWARD, Exit, answer_ids, asks, exits, next_references
from guidetrees.graph.traversal import closure
from guidetrees.parse.model import Node, Tree, When
from guidetrees.source.location import LocatedStr


class NodeRef(NamedTuple):
    """A reference to a node of a tree; with an empty `node`, to the tree's start page."""

    tree: str
    node: str = ""

    def __str__(self) -> str:
        return f"{self.tree}:{self.node}"


@dataclass(frozen=True, slots=True)
class Edge:
    """One case of an exit, and its target."""

    source: NodeRef
    answer: str
    """The exit's id."""
    exit: Exit = field(compare=False)
    case: int
    """The index of the case, from 0."""
    goto: LocatedStr = field(compare=False)
    """The target as written by the author."""
    target: NodeRef
    """Where the link leads: a node, or another tree's start page."""
    when: When | None = field(default=None, compare=False)
    """What must have been answered before; None if there is no condition."""
    unless: tuple[When, ...] = field(default=(), compare=False)
    """The conditions of the cases before this one, none of which may match."""

    @property
    def is_answer(self) -> bool:
        """Whether a reader answers something to go this way; else it is the way out of a step."""
        return self.answer != ONWARD

    @property
    def is_one_answer(self) -> bool:
        """Whether one answer decides that a reader goes this way: not at a step, nor where several are chosen."""
        return self.answer not in (ONWARD, CHOSEN)

    @property
    def is_choice(self) -> bool:
        """Whether readers part here: by their answers, or by the cases of a step."""
        return self.is_answer or self.when is not None or bool(self.unless)


@dataclass(frozen=True)
class Graph:
    """The edges of all trees, by source and by target."""

    trees: Mapping[str, Tree]
    outgoing: Mapping[NodeRef, tuple[Edge, ...]]
    """For every node, its edges in the author's order."""

    @cached_property
    def incoming(self) -> dict[NodeRef, tuple[Edge, ...]]:
        """For every node to which edges lead, these edges."""
        found: dict[NodeRef, list[Edge]] = {}
        for edges in self.outgoing.values():
            for edge in edges:
                found.setdefault(self.enter(edge.target), []).append(edge)
        return {target: tuple(edges) for target, edges in found.items()}

    @cached_property
    def _positions(self) -> dict[NodeRef, int]:
        return {ref: position for position, ref in enumerate(self.outgoing)}

    def in_order(self, refs: Iterable[NodeRef]) -> list[NodeRef]:
        """The nodes among `refs`, in the order of the files."""
        return sorted((ref for ref in refs if ref in self._positions), key=self._positions.__getitem__)

    def node(self, ref: NodeRef) -> Node:
        """The node that `ref` names, which was read without problems."""
        node = self.trees[ref.tree].nodes[ref.node]
        assert node is not None, f"{ref} could not be read"
        return node

    def enter(self, ref: NodeRef) -> NodeRef:
        """The node that a reader comes to at `ref`: from a start page, the tree's first node."""
        return ref if ref.node else NodeRef(ref.tree, str(self.trees[ref.tree].start))


def parse_reference(reference: str, tree: str) -> NodeRef:
    """`node`, `other:` or `other:node`, as written in `tree`."""
    before, colon, after = reference.partition(":")
    return NodeRef(before, after) if colon else NodeRef(tree, reference)


def whens(node: Node) -> Iterator[When]:
    """All conditions of a node: of its cases and of its parts."""
    yield from case_whens(node)
    yield from (part.when for part in node.parts if part.when)


def case_whens(node: Node) -> Iterator[When]:
    """The conditions of a node's cases."""
    for exit_ in exits(node):
        yield from (case.when for case in exit_.goto or () if case.when)


def own_whens(node: Node) -> tuple[When, ...]:
    """The conditions of a node that may ask for its own answers: of its cases, where several can be chosen."""
    return tuple(case_whens(node)) if any(exit_.id == CHOSEN for exit_ in exits(node)) else ()


def gotos(node: Node) -> Iterator[tuple[str, LocatedStr]]:
    """The targets of a node's exits that could be read, each with the key that holds it."""
    for exit_ in exits(node):
        for case in exit_.goto or ():
            if case.to:  # in a list of cases, the key is `to`, else that of the exit
                yield exit_.key if case.location == case.to.location else "to", case.to


def is_complete(node: Node | None) -> bool:
    """Whether all exits of a node and their targets could be read."""
    if node is None or (asks(node) and len(answer_ids(node)) < 2):
        return False
    return all(exit_.goto is not None and all(case.to for case in exit_.goto) for exit_ in exits(node))


def build_graph(trees: Mapping[str, Tree]) -> Graph:
    """The graph of `trees`. A case whose target does not exist (a problem of its own) has no edge."""
    nodes = ((NodeRef(tree.id, str(id)), node) for tree in trees.values() for id, node in tree.nodes.items())
    return Graph(trees, {ref: tuple(_edges(trees, ref, node)) if node else () for ref, node in nodes})


def _edges(trees: Mapping[str, Tree], source: NodeRef, node: Node) -> Iterator[Edge]:
    for exit_ in exits(node):
        unless: tuple[When, ...] = ()
        for index, case in enumerate(exit_.goto or ()):
            if case.to and exists(trees, target := parse_reference(case.to, source.tree)):
                yield Edge(source, exit_.id, exit_, index, case.to, target, case.when, unless)
            unless += (case.when,) if case.when else ()


def exists(trees: Mapping[str, Tree], ref: NodeRef) -> bool:
    """Whether `ref` names a node, or a tree whose start is a node."""
    tree = trees.get(ref.tree)
    return tree is not None and (ref.node or tree.start) in tree.nodes


def successors(graph: Graph, ref: NodeRef) -> Iterator[NodeRef]:
    """The nodes to which the page of `ref` leads: by an exit, or as what comes next."""
    for edge in graph.outgoing.get(ref, ()):
        yield graph.enter(edge.target)
    if node := graph.trees[ref.tree].nodes.get(ref.node):
        yield from map(graph.enter, next_targets(graph.trees, node, ref.tree))


def next_target(trees: Mapping[str, Tree], reference: str, tree: str) -> NodeRef | None:
    """The target of a `next` of `tree`: a node of this tree, or else a tree; `t:` and `t:n` as in a goto."""
    refs = (parse_reference(reference, tree), parse_reference(f"{reference}:", tree))
    return next((ref for ref in refs if exists(trees, ref)), None)


def next_targets(trees: Mapping[str, Tree], node: Node, tree: str) -> Iterator[NodeRef]:
    """The existing trees and nodes that a node of `tree` names as next."""
    targets = (next_target(trees, reference, tree) for reference in next_references(node))
    return (target for target in targets if target)


def ancestors(graph: Graph, ref: NodeRef) -> list[NodeRef]:
    """The nodes from which edges lead to `ref` in any number of steps, in the order of the files."""

    def sources(ref: NodeRef) -> list[NodeRef]:
        return [edge.source for edge in graph.incoming.get(ref, ())]

    return graph.in_order(closure(sources(ref), sources))


def cycles(graph: Graph) -> Iterator[tuple[Edge, ...]]:
    """The cycles of the graph, conditions ignored: for each its edges in order, the edge that closes it last.

    Depth-first search from each tree's start and then from every node not yet visited. Each edge back to a node
    of the current path closes one cycle.
    """
    done: set[NodeRef] = set()
    starts = [graph.enter(NodeRef(tree)) for tree in graph.trees]
    for start in [*starts, *graph.outgoing]:
        if start in graph.outgoing and start not in done:
            yield from _cycles_from(graph, start, done)


def _cycles_from(graph: Graph, start: NodeRef, done: set[NodeRef]) -> Iterator[tuple[Edge, ...]]:
    """The cycles found from `start`. Adds to `done` every node whose edges have all been followed."""
    path: list[Edge] = []
    positions = {start: 0}
    stack = [(start, iter(graph.outgoing[start]))]
    while stack:
        ref, edges = stack[-1]
        edge = next(edges, None)
        if edge is None:
            stack.pop()
            del positions[ref]
            del path[-1:]
            done.add(ref)
            continue
        target = graph.enter(edge.target)
        if target in positions:
            yield (*path[positions[target] :], edge)
        elif target not in done:
            path.append(edge)
            positions[target] = len(path)
            stack.append((target, iter(graph.outgoing[target])))


Given = Mapping[NodeRef, frozenset[str]]
"""The ids of the answers that a reader has given, by node: one, or those chosen among several."""


def fits(edge: Edge, given: Given) -> bool:
    """Whether `edge` is the case that applies to a reader who has answered `given` before."""
    tree = edge.source.tree
    matches = edge.when is None or holds(edge.when, tree, given)
    return matches and not any(holds(when, tree, given) for when in edge.unless)


def holds(when: When, tree: str, given: Given) -> bool:
    """Whether `given` matches all conditions of `when`. A node that was not answered matches none."""
    return all(given.get(ref, frozenset()) & answers for ref, answers in conditions(when, tree))


def conditions(when: When, tree: str) -> Iterator[tuple[NodeRef, frozenset[str]]]:
    """The conditions of `when`, written in `tree`: nodes, each with the ids of the answers that match."""
    for condition in when.conditions or ():
        yield NodeRef(tree, str(condition.node)), frozenset(map(str, condition.answers))


def answered(path: Iterable[Edge]) -> dict[NodeRef, frozenset[str]]:
    """The answers given along `path`. A path leaves open what is chosen among several."""
    return {edge.source: frozenset([edge.answer]) for edge in path if edge.is_one_answer}


def only_path(graph: Graph, ref: NodeRef) -> tuple[Edge, ...] | None:
    """The edges from the start of a tree to `ref`, if there is only one path; else None."""
    path: list[Edge] = []
    while ref.node != graph.trees[ref.tree].start:
        edges = graph.incoming.get(ref, ())
        if len(edges) != 1:
            return None
        path.append(edges[0])
        ref = edges[0].source
    path.reverse()
    # A case may depend on an answer that is not on the path, or on what is chosen: then there are several paths.
    chosen = {edge.source for edge in path if edge.answer == CHOSEN}
    is_open = any(chosen & _asked_for(edge) for edge in path)
    holds_throughout = all(fits(edge, answered(path[:i])) for i, edge in enumerate(path))
    return tuple(path) if holds_throughout and not is_open else None


def _asked_for(edge: Edge) -> set[NodeRef]:
    """The nodes whose answers the case of an edge depends on."""
    whens = (edge.when, *edge.unless)
    return {ref for when in whens if when for ref, _ in conditions(when, edge.source.tree)}
