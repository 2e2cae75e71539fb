"""Trees as one graph: where each answer leads, and how a node is reached.

`connect` is the one place that says where an answer leads; checks, pages and pictures all ask it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from guidetrees.parse.model import Checklist, Goto, Node, Outcome, Question, Tree, When
from guidetrees.source.location import LocatedStr

T = TypeVar("T")

MET, UNMET = "met", "unmet"


@dataclass(frozen=True, slots=True, order=True)
class NodeRef:
    """A node of a tree; with no node, the tree's start page."""

    tree: str
    node: str = ""

    def __str__(self) -> str:
        return f"{self.tree}:{self.node}"


@dataclass(frozen=True, slots=True)
class Edge:
    """An answer and where it leads, for readers to whom its case applies."""

    source: NodeRef
    answer: str
    """The answer's id; MET or UNMET for a checklist."""
    case: int
    """Which of the answer's cases this is, from 0."""
    goto: LocatedStr = field(compare=False)
    """As the author wrote it."""
    target: NodeRef
    """Where the link leads: a node, or another tree's start page."""
    when: When | None = field(default=None, compare=False)
    """What must have been answered before; None where nothing need."""
    unless: tuple[When, ...] = field(default=(), compare=False)
    """The cases before, none of which may fit."""


@dataclass(frozen=True)
class Graph:
    """All trees' edges, by the node they leave and by the node they reach."""

    trees: Mapping[str, Tree]
    outgoing: dict[NodeRef, tuple[Edge, ...]] = field(default_factory=dict)
    """Answers in the author's order."""
    incoming: dict[NodeRef, tuple[Edge, ...]] = field(default_factory=dict)

    @cached_property
    def _places(self) -> dict[NodeRef, int]:
        return {address: place for place, address in enumerate(self.outgoing)}

    def in_order(self, addresses: Iterable[NodeRef]) -> list[NodeRef]:
        """Those of `addresses` that ask something, in the order of the files."""
        return sorted((a for a in addresses if a in self._places), key=self._places.__getitem__)

    def node(self, address: NodeRef) -> Node:
        node = self.trees[address.tree].nodes[address.node]
        assert node is not None, f"{address} could not be read"
        return node

    def enter(self, address: NodeRef) -> NodeRef:
        """The node that a reader comes to at `address`: a start page leads to the first node."""
        return address if address.node else NodeRef(address.tree, str(self.trees[address.tree].start))


def parse_reference(reference: str, tree: str) -> NodeRef:
    """`node`, `other:` or `other:node`, as written in `tree`."""
    before, colon, after = reference.partition(":")
    return NodeRef(before, after) if colon else NodeRef(tree, reference)


def exits(node: Node) -> Iterator[tuple[str, Goto | None]]:
    """The answers of a node, by id, and where the author says they lead; None where that is unreadable."""
    if isinstance(node, Question):
        for answer in node.answers or ():
            yield str(answer.id), answer.goto
    elif isinstance(node, Checklist):
        yield MET, node.met
        yield UNMET, node.unmet


def whens(node: Node) -> Iterator[When]:
    """Everything that a node asks of earlier answers."""
    for _, goto in exits(node):
        yield from (case.when for case in goto or () if case.when)
    yield from (part.when for part in node.parts if part.when)


def is_complete(node: Node | None) -> bool:
    """Whether all exits of a node could be read."""
    if node is None or (isinstance(node, Question) and len(node.answers or ()) < 2):
        return False
    return all(goto is not None and all(case.to for case in goto) for _, goto in exits(node))


def build_graph(trees: Mapping[str, Tree]) -> Graph:
    """The graph of `trees`. Answers that lead nowhere (a problem elsewhere) have no edge."""
    graph = Graph(trees)
    reaching: dict[NodeRef, list[Edge]] = {}
    for tree in trees.values():
        for id, node in tree.nodes.items():
            source = NodeRef(tree.id, str(id))
            edges = tuple(_edges(trees, source, node)) if node else ()
            graph.outgoing[source] = edges
            for edge in edges:
                reaching.setdefault(graph.enter(edge.target), []).append(edge)
    graph.incoming.update({target: tuple(edges) for target, edges in reaching.items()})
    return graph


def _edges(trees: Mapping[str, Tree], source: NodeRef, node: Node) -> Iterator[Edge]:
    for answer, goto in exits(node):
        unless: tuple[When, ...] = ()
        for number, case in enumerate(goto or ()):
            if case.to and exists(trees, target := parse_reference(case.to, source.tree)):
                yield Edge(source, answer, number, case.to, target, case.when, unless)
            unless += (case.when,) if case.when else ()


def exists(trees: Mapping[str, Tree], address: NodeRef) -> bool:
    tree = trees.get(address.tree)
    return tree is not None and (address.node or tree.start) in tree.nodes


def successors(graph: Graph, address: NodeRef) -> Iterator[NodeRef]:
    """Every node that the page of `address` leads on to: by an answer, or as what comes next."""
    for edge in graph.outgoing.get(address, ()):
        yield graph.enter(edge.target)
    node = graph.trees[address.tree].nodes.get(address.node)
    if isinstance(node, Outcome):
        for reference in node.next:
            target = next_target(graph.trees, reference, address.tree)
            if target:
                yield graph.enter(target)


def next_target(trees: Mapping[str, Tree], reference: str, tree: str) -> NodeRef | None:
    """What an outcome's `next` names: a node of its own tree, else a tree; `t:` and `t:n` as in a goto."""
    for address in (parse_reference(reference, tree), parse_reference(f"{reference}:", tree)):
        if exists(trees, address):
            return address
        if ":" in reference:
            break
    return None


def targets_of_next(trees: Mapping[str, Tree], tree: Tree) -> Iterator[NodeRef]:
    """What the outcomes of `tree` name as next."""
    for node in tree.nodes.values():
        for reference in node.next if isinstance(node, Outcome) else ():
            if target := next_target(trees, reference, tree.id):
                yield target


def reachable(graph: Graph, starts: Iterable[NodeRef]) -> set[NodeRef]:
    """The nodes that readers can come to from `starts`, these included."""
    return closure(starts, lambda address: successors(graph, address))


def closure(begin: Iterable[T], near: Callable[[T], Iterable[T]]) -> set[T]:
    """What `near` leads to from `begin`, that included."""
    found: set[T] = set()
    waiting = list(begin)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(near(one))
    return found


def ancestors(graph: Graph, address: NodeRef) -> list[NodeRef]:
    """The nodes whose answers can lead to `address`, at once or later, in the order of the files."""
    found: set[NodeRef] = set()
    waiting = [address]
    while waiting:
        sources = {edge.source for edge in graph.incoming.get(waiting.pop(), ())}
        waiting += sources - found
        found |= sources
    return graph.in_order(found)


def cycles(graph: Graph) -> Iterator[tuple[Edge, ...]]:
    """The rounds a reader could go, each once: its edges in order, the one that closes it last.

    Depth first from each tree's start and then from what is left, answers in order: an edge that leads
    back to a node on the way closes a round.
    """
    done: set[NodeRef] = set()
    starts = [graph.enter(NodeRef(tree)) for tree in graph.trees]
    for start in [*starts, *graph.outgoing]:
        if start in done or start not in graph.outgoing:
            continue
        way: list[Edge] = []
        on_way = {start: 0}
        stack = [(start, iter(graph.outgoing[start]))]
        while stack:
            address, edges = stack[-1]
            edge = next(edges, None)
            if edge is None:
                stack.pop()
                on_way.pop(address)
                done.add(address)
                if way:
                    way.pop()
                continue
            target = graph.enter(edge.target)
            if target in on_way:
                yield (*way[on_way[target] :], edge)
            elif target not in done:
                way.append(edge)
                on_way[target] = len(way)
                stack.append((target, iter(graph.outgoing[target])))


def fits(edge: Edge, given: Mapping[NodeRef, str]) -> bool:
    """Whether an answer, once given, leads along `edge` for a reader who has answered `given` before."""
    tree = edge.source.tree
    return (edge.when is None or holds(edge.when, tree, given)) and not any(
        holds(when, tree, given) for when in edge.unless
    )


def holds(when: When, tree: str, given: Mapping[NodeRef, str]) -> bool:
    """Whether what has been answered is what `when` asks for. A question that was not asked fits nothing."""
    return all(given.get(node) in answers for node, answers in conditions(when, tree))


def conditions(when: When, tree: str) -> Iterator[tuple[NodeRef, frozenset[str]]]:
    """The conditions of `when`, written in `tree`: nodes, and the ids of the answers that fit."""
    for condition in when.conditions or ():
        yield NodeRef(tree, str(condition.node)), frozenset(map(str, condition.answers))


def answered(way: Iterable[Edge]) -> dict[NodeRef, str]:
    """What a reader has answered who went along `way`."""
    return {edge.source: edge.answer for edge in way}


def only_path(graph: Graph, address: NodeRef) -> tuple[Edge, ...] | None:
    """The answers that lead to `address` from the start of a tree, where there is only one way; else None."""
    way: list[Edge] = []
    while address.node != graph.trees[address.tree].start:
        edges = graph.incoming.get(address, ())
        if len(edges) != 1:
            return None
        way.append(edges[0])
        address = edges[0].source
    way.reverse()
    # Where a case depends on an answer that the way does not show, there are several.
    return tuple(way) if all(fits(edge, answered(way[:i])) for i, edge in enumerate(way)) else None
