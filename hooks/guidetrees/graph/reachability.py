"""What readers can have answered at each node, computed exactly without following single paths.

Each node has a diagram of the combinations of answers that its readers can have given, limited to the answers that
conditions of this and later nodes name. The diagram of a node is passed along its edges, to each edge the part to
which its case applies, and merged at the target. A question is removed as soon as no later condition names it.

A node on a cycle of edges is also recorded in the diagrams ("was here"), which shows whether a reader can really
go round the cycle.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from guidetrees.graph.decision_diagram import Cube, Diagram, Diagrams, Level
from guidetrees.graph.graph import Edge, Graph, NodeRef, conditions, next_targets, whens
from guidetrees.graph.traversal import closure, postorder
from guidetrees.parse.model import Goto, When

VISITED = "*"
"""The one answer of a node that is recorded only because it is on a cycle."""


@dataclass(frozen=True)
class NodeOrder:
    """The nodes of a computation in the order of processing, and what each of them must record."""

    graph: Graph
    nodes: Collection[NodeRef]

    @cached_property
    def levels(self) -> dict[NodeRef, Level]:
        """The position of each node in an order in which edges lead to lower levels, except edges back.

        The question answered last is at the top of a diagram, so adding an answer takes one step.
        """
        order = postorder(reversed(list(self.nodes)), self.targets)
        return {ref: level for level, ref in enumerate(order)}

    def targets(self, ref: NodeRef) -> list[NodeRef]:
        found = (self.graph.enter(edge.target) for edge in self.graph.outgoing.get(ref, ()))
        return [target for target in found if target in self.nodes]

    def sources(self, ref: NodeRef) -> list[NodeRef]:
        return [e.source for e in self.graph.incoming.get(ref, ()) if e.source in self.nodes]

    @cached_property
    def cycle_members(self) -> dict[NodeRef, set[NodeRef]]:
        """For each node on a cycle of edges, the nodes of all cycles that it is on."""
        found: dict[NodeRef, set[NodeRef]] = {}
        for source in self.nodes:
            for target in self.targets(source):
                if self.levels[target] >= self.levels[source]:  # every cycle has such an edge
                    ahead: set[NodeRef] = closure([target], self.targets)
                    behind: set[NodeRef] = closure([source], self.sources)
                    members = ahead & behind
                    for member in members:
                        found[member] = found.get(member, set()) | members
        return found

    @cached_property
    def named_by(self) -> dict[NodeRef, set[NodeRef]]:
        """For each node that conditions name, the nodes with these conditions."""
        found: dict[NodeRef, set[NodeRef]] = {}
        for ref in self.nodes:
            node = self.graph.trees[ref.tree].nodes[ref.node]
            for when in whens(node) if node else ():
                for named, _ in conditions(when, ref.tree):
                    if named in self.nodes:
                        found.setdefault(named, set()).add(ref)
        return found

    @cached_property
    def needed(self) -> dict[NodeRef, set[Level]]:
        """The levels that the diagram of each node contains."""
        found: dict[NodeRef, set[Level]] = {ref: set() for ref in self.nodes}
        for named, by in self.named_by.items():
            for ref in closure(list(by), self.sources):
                found[ref].add(self.levels[named])
        for ref, members in self.cycle_members.items():
            for member in members:
                found[member].add(self.levels[ref])
        return found

    def cube(self, when: When, tree: str) -> Cube:
        """The condition `when`, written in `tree`."""
        asked: dict[Level, frozenset[str]] = {}
        for node, answers in conditions(when, tree):
            level = self.levels[node]
            asked[level] = asked.get(level, answers) & answers
        return tuple(sorted(asked.items()))


@dataclass
class Reachability:
    """What readers can have answered at each node and along each edge.

    A diagram is a set of readers, each a combination of answers, or the numbers of their paths.
    """

    order: NodeOrder
    diagrams: Diagrams
    at: dict[NodeRef, Diagram] = field(default_factory=dict)
    along: dict[Edge, Diagram] = field(default_factory=dict)
    """Without the answer of the edge itself."""
    back: list[Edge] = field(default_factory=list)
    """The edges along which a reader returns to a node."""

    def is_reachable(self, ref: NodeRef) -> bool:
        return ref in self.at

    def fitting(self, ref: NodeRef, when: When) -> Diagram:
        """The readers at a node to whom `when` applies."""
        here = self.at.get(ref, 0)
        return self.diagrams.fitting(here, self.order.cube(when, ref.tree)) if here else here

    def left(self, ref: NodeRef, goto: Goto) -> Diagram:
        """The readers at a node to whom none of these cases applies. Each case has a `when`."""
        left = self.at.get(ref, 0)
        for case in goto:
            if case.when:
                left = self.diagrams.without(left, self.fitting(ref, case.when))
        return left


def entrances(graph: Graph, trees: Iterable[str]) -> Iterator[NodeRef]:
    """Where readers enter `trees` with nothing answered: their starts, and the targets of every `next`."""
    wanted = set(trees)
    for id in wanted:
        yield graph.enter(NodeRef(id))
    nodes = ((tree.id, node) for tree in graph.trees.values() for node in tree.nodes.values() if node)
    for id, node in nodes:
        found = next_targets(graph.trees, node, id)
        yield from (graph.enter(target) for target in found if target.tree in wanted)


def reachability(
    graph: Graph, nodes: Collection[NodeRef], begin: Iterable[NodeRef], numbers: Callable[[int, int], int] = max
) -> Reachability:
    """What readers can have answered who start at `begin` with nothing answered and stay within `nodes`.

    With `add` for `numbers`, the number of paths to each node and edge. No reader can go round a cycle then.
    """
    order = NodeOrder(graph, nodes)
    diagrams = Diagrams(max(map(len, order.needed.values()), default=0))
    return _flow(Reachability(order, diagrams), dict.fromkeys(begin, 1), numbers)


def ends_of(found: Reachability, ref: NodeRef, answer: str) -> set[NodeRef]:
    """The ends that readers of a node reach if they give this answer."""
    begin: dict[NodeRef, Diagram] = {}
    for edge in found.order.graph.outgoing[ref]:
        target = found.order.graph.enter(edge.target)
        if edge.answer == answer and edge in found.along and target in found.order.nodes:
            arriving = _arriving(found, edge, target, found.along[edge], max)
            begin[target] = found.diagrams.union(begin.get(target, 0), arriving)
    after = _flow(Reachability(found.order, found.diagrams), begin, max)
    return {end for end in after.at if not found.order.graph.outgoing[end]}


def _flow(
    reach: Reachability, begin: Mapping[NodeRef, Diagram], numbers: Callable[[int, int], int]
) -> Reachability:
    """Passes readers along edges until no node gets new ones. `numbers` is `max` for sets, `add` for counts."""
    diagrams, levels = reach.diagrams, reach.order.levels
    coming = dict(begin)
    waiting = sorted((-levels[ref], ref) for ref in coming)
    while waiting:
        _, ref = heapq.heappop(waiting)
        new = coming.pop(ref, 0)
        if numbers is max:
            new = diagrams.without(new, reach.at.get(ref, 0))
        if new == 0:
            continue
        reach.at[ref] = diagrams.merge(numbers, reach.at.get(ref, 0), new)
        for edge, taking in _leaving(reach, ref, new):
            reach.along[edge] = diagrams.merge(numbers, reach.along.get(edge, 0), taking)
            target = reach.order.graph.enter(edge.target)
            if target in levels and (arriving := _arriving(reach, edge, target, taking, numbers)) != 0:
                if target not in coming:
                    heapq.heappush(waiting, (-levels[target], target))
                coming[target] = diagrams.merge(numbers, coming.get(target, 0), arriving)
    return reach


def _leaving(reach: Reachability, ref: NodeRef, readers: Diagram) -> Iterable[tuple[Edge, Diagram]]:
    """The edges of a node, each with the readers who take it: of an exit's cases, the first that matches."""
    answer, left = "", readers
    for edge in reach.order.graph.outgoing[ref]:
        if edge.answer != answer:
            answer, left = edge.answer, readers
        cube = reach.order.cube(edge.when, ref.tree) if edge.when else ()
        taking = reach.diagrams.fitting(left, cube)
        left = reach.diagrams.without(left, taking)
        if taking != 0:
            yield edge, taking


def _arriving(
    reach: Reachability, edge: Edge, target: NodeRef, taking: Diagram, numbers: Callable[[int, int], int]
) -> Diagram:
    """The readers `taking` an edge as they arrive at `target`, without those who were there before."""
    order, diagrams, level = reach.order, reach.diagrams, reach.order.levels[edge.source]
    kept = order.needed[target]
    readers = taking
    if level in kept:
        readers = diagrams.answer(readers, level, edge.answer if edge.source in order.named_by else VISITED)
    readers = diagrams.forget(numbers, readers, frozenset(order.needed[edge.source] - kept))
    if target in order.cycle_members:
        answers = frozenset([VISITED, *(edge.answer for edge in order.graph.outgoing[target])])
        returning = diagrams.fitting(readers, ((order.levels[target], answers),))
        if returning != 0:
            reach.back.append(edge)
            readers = diagrams.without(readers, returning)
    return readers
