"""What readers can have answered when they come to a node: exact, without going any way through the trees.

Each node gets a diagram of the answers that its readers can have given, as far as a condition further on asks
for them. Answers pass it on: along each edge go the readers to whom its case applies. A question that no
condition asks for is never in it, and one is forgotten where nothing further on asks for it.

A node that edges lead back to is entered in the diagram too ("has been here"), so that it shows whether any
reader can really go round.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import add

from guidetrees.graph.decision_diagram import Cube, Diagram, Diagrams, Level
from guidetrees.graph.graph import Edge, Graph, NodeRef, closure, conditions, targets_of_next, whens
from guidetrees.parse.model import Goto, When

VISITED = "*"
"""The answer that stands for all of a node that is only watched for rounds."""


@dataclass(frozen=True)
class NodeOrder:
    """Nodes in an order to go through them, and what must be remembered where."""

    graph: Graph
    nodes: Collection[NodeRef]

    @cached_property
    def levels(self) -> dict[NodeRef, Level]:
        """Each node's place in an order in which answers lead on to lower ones, but for those that lead back.

        What has been answered last stands highest in a diagram, so that an answer is entered in one step.
        """
        done: list[NodeRef] = []
        seen: set[NodeRef] = set()
        for start in reversed(list(self.nodes)):
            stack = [(start, iter(self.targets(start)))] if start not in seen else []
            seen.add(start)
            while stack:
                target = next((t for t in stack[-1][1] if t not in seen), None)
                if target is None:
                    done.append(stack.pop()[0])
                else:
                    seen.add(target)
                    stack.append((target, iter(self.targets(target))))
        return {address: level for level, address in enumerate(done)}

    def targets(self, address: NodeRef) -> list[NodeRef]:
        found = (self.graph.enter(edge.target) for edge in self.graph.outgoing.get(address, ()))
        return [target for target in found if target in self.nodes]

    def sources(self, address: NodeRef) -> list[NodeRef]:
        return [e.source for e in self.graph.incoming.get(address, ()) if e.source in self.nodes]

    @cached_property
    def round(self) -> dict[NodeRef, set[NodeRef]]:
        """The nodes that lie on a round of edges, each with all of the rounds' nodes it belongs to."""
        found: dict[NodeRef, set[NodeRef]] = {}
        for source in self.nodes:
            for target in self.targets(source):
                if self.levels[target] >= self.levels[source]:  # every round has such an edge
                    ahead: set[NodeRef] = closure([target], self.targets)
                    behind: set[NodeRef] = closure([source], self.sources)
                    members = ahead & behind
                    for member in members:
                        found[member] = found.get(member, set()) | members
        return found

    @cached_property
    def asked(self) -> dict[NodeRef, set[NodeRef]]:
        """The nodes that conditions name, each with the nodes where one does."""
        found: dict[NodeRef, set[NodeRef]] = {}
        for address in self.nodes:
            node = self.graph.trees[address.tree].nodes[address.node]
            for when in whens(node) if node else ():
                for asked, _ in conditions(when, address.tree):
                    if asked in self.nodes:
                        found.setdefault(asked, set()).add(address)
        return found

    @cached_property
    def needed(self) -> dict[NodeRef, set[Level]]:
        """The levels that a diagram at each node has."""
        found: dict[NodeRef, set[Level]] = {address: set() for address in self.nodes}
        for asked, by in self.asked.items():
            for address in closure(list(by), self.sources):
                found[address].add(self.levels[asked])
        for address, members in self.round.items():
            for member in members:
                found[member].add(self.levels[address])
        return found

    def cube(self, when: When, tree: str) -> Cube:
        return {self.levels[node]: answers for node, answers in conditions(when, tree)}


@dataclass
class Reachability:
    """What readers can have answered at each node and along each edge."""

    map: NodeOrder
    diagrams: Diagrams
    at: dict[NodeRef, Diagram] = field(default_factory=dict)
    along: dict[Edge, Diagram] = field(default_factory=dict)
    """Before the answer itself is given."""
    back: list[Edge] = field(default_factory=list)
    """The edges along which some reader comes to a node where he has been."""

    def is_reachable(self, address: NodeRef) -> bool:
        return self.at.get(address, 0) != 0

    def fitting(self, address: NodeRef, when: When) -> Diagram:
        """The readers of a node to whom `when` applies."""
        return self.diagrams.fitting(self.at.get(address, 0), self.map.cube(when, address.tree))

    def left(self, address: NodeRef, goto: Goto) -> Diagram:
        """The readers of a node to whom none of these cases applies. Each has a `when`."""
        left = self.at.get(address, 0)
        for case in goto:
            if case.when and left != 0:
                cube = self.map.cube(case.when, address.tree)
                left = self.diagrams.without(left, self.diagrams.fitting(left, cube))
        return left


def entrances(graph: Graph, trees: Iterable[str]) -> Iterator[NodeRef]:
    """Where readers come into `trees` with nothing answered: their starts, and what outcomes name as next."""
    wanted = set(trees)
    for id in wanted:
        yield graph.enter(NodeRef(id))
    for tree in graph.trees.values():
        for target in targets_of_next(graph.trees, tree):
            if target.tree in wanted:
                yield graph.enter(target)


def reachability(graph: Graph, nodes: Collection[NodeRef], begin: Iterable[NodeRef]) -> Reachability:
    """What readers can have answered who begin at `begin` with nothing answered, and stay within `nodes`."""
    return _flow(_nothing(graph, nodes), dict.fromkeys(begin, 1), max)


def path_counts(graph: Graph, nodes: Collection[NodeRef], begin: Iterable[NodeRef]) -> Reachability:
    """As `reach`, with the number of ways to each node and edge. No reader can go round."""
    return _flow(_nothing(graph, nodes), dict.fromkeys(begin, 1), add)


def _nothing(graph: Graph, nodes: Collection[NodeRef]) -> Reachability:
    """Before any reader has come."""
    known = NodeOrder(graph, nodes)
    return Reachability(known, Diagrams(max((len(levels) for levels in known.needed.values()), default=0)))


def ends_of(found: Reachability, address: NodeRef, answer: str) -> set[NodeRef]:
    """The outcomes that readers of a node come to who give this answer."""
    begin: dict[NodeRef, Diagram] = {}
    for edge in found.map.graph.outgoing[address]:
        target = found.map.graph.enter(edge.target)
        if edge.answer == answer and edge in found.along and target in found.map.nodes:
            arriving = _arriving(found, edge, target, found.along[edge], max)
            begin[target] = found.diagrams.union(begin.get(target, 0), arriving)
    after = _flow(Reachability(found.map, found.diagrams), begin, max)
    return {end for end, readers in after.at.items() if readers != 0 and not found.map.graph.outgoing[end]}


def _flow(
    reach: Reachability, begin: Mapping[NodeRef, Diagram], numbers: Callable[[int, int], int]
) -> Reachability:
    diagrams, levels = reach.diagrams, reach.map.levels
    coming = dict(begin)
    waiting = sorted((-levels[address], address) for address in coming)
    while waiting:
        _, address = heapq.heappop(waiting)
        new = coming.pop(address, 0)
        if numbers is max:
            new = diagrams.without(new, reach.at.get(address, 0))
        if new == 0:
            continue
        reach.at[address] = diagrams.merge(numbers, reach.at.get(address, 0), new)
        for edge, taking in _leaving(reach, address, new):
            reach.along[edge] = diagrams.merge(numbers, reach.along.get(edge, 0), taking)
            target = reach.map.graph.enter(edge.target)
            if target in levels and (arriving := _arriving(reach, edge, target, taking, numbers)) != 0:
                if target not in coming:
                    heapq.heappush(waiting, (-levels[target], target))
                coming[target] = diagrams.merge(numbers, coming.get(target, 0), arriving)
    return reach


def _leaving(reach: Reachability, address: NodeRef, readers: Diagram) -> Iterable[tuple[Edge, Diagram]]:
    """The edges of a node with the readers who go along each: of an answer's cases the first that fits."""
    answer, left = "", readers
    for edge in reach.map.graph.outgoing[address]:
        if edge.answer != answer:
            answer, left = edge.answer, readers
        cube = reach.map.cube(edge.when, address.tree) if edge.when else {}
        taking = reach.diagrams.fitting(left, cube)
        left = reach.diagrams.without(left, taking)
        if taking != 0:
            yield edge, taking


def _arriving(
    reach: Reachability, edge: Edge, target: NodeRef, taking: Diagram, numbers: Callable[[int, int], int]
) -> Diagram:
    """The readers as they come to `target`, those left out who have been there."""
    map, diagrams, level = reach.map, reach.diagrams, reach.map.levels[edge.source]
    kept = map.needed[target]
    readers = taking
    if level in kept:
        readers = diagrams.answer(readers, level, edge.answer if edge.source in map.asked else VISITED)
    readers = diagrams.forget(numbers, readers, frozenset(map.needed[edge.source] - kept))
    if target in map.round:
        been = diagrams.fitting(readers, {map.levels[target]: _answers(map, target)})
        if been != 0:
            reach.back.append(edge)
            readers = diagrams.without(readers, been)
    return readers


def _answers(map: NodeOrder, address: NodeRef) -> frozenset[str]:
    return frozenset([VISITED, *(edge.answer for edge in map.graph.outgoing[address])])
