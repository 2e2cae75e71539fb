"""What readers can have answered at each node, computed exactly without following single paths.

Each node has a diagram of the combinations of answers that its readers can have given, limited to the answers that
conditions of this and later nodes name. The diagram of a node is passed along its edges, to each edge the part to
which its case applies, and merged at the target. A question is removed as soon as no later condition names it.

Where several answers can be chosen, readers have chosen when they come to its cases: these may ask for the choice.

A node on a cycle of edges is also recorded in the diagrams ("was here"), which shows whether a reader can really
go round the cycle.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from guidetrees.graph.decision_diagram import IN_CHOICE, Clause, Diagram, Diagrams, Level
from guidetrees.graph.graph import Edge, Graph, NodeRef, conditions, next_targets, whens
from guidetrees.graph.node_kinds import choices
from guidetrees.graph.traversal import closure, postorder
from guidetrees.parse.model import Answer, Goto, When

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
        order = list(postorder(reversed(list(self.nodes)), self.targets))
        counts = (max(1, len(self.choices(ref))) for ref in order)
        return dict(zip(order, accumulate(counts, initial=0), strict=False))

    def choices(self, ref: NodeRef) -> tuple[Answer, ...]:
        """The answers of which several can be chosen at a node. Each has a level of its own."""
        node = self.graph.trees[ref.tree].nodes[ref.node]
        return choices(node) if node else ()

    def own_levels(self, ref: NodeRef) -> range:
        """The levels of a node: one, or one for each answer of which several can be chosen."""
        return range(self.levels[ref], self.levels[ref] + max(1, len(self.choices(ref))))

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
                found[ref].update(self.own_levels(named))
        for ref, members in self.cycle_members.items():
            for member in members:
                found[member].update(self.own_levels(ref))
        return found

    def answers_in(self, given: Mapping[Level, str], ref: NodeRef) -> list[str]:
        """The answers to a node in a combination: one, those that are chosen, or none."""
        if among := self.choices(ref):
            return [str(a.id) for a, level in zip(among, self.own_levels(ref), strict=True) if level in given]
        return [given[self.levels[ref]]] if self.levels[ref] in given else []

    def clauses(self, when: When, tree: str) -> Iterator[Clause]:
        """The condition `when`, written in `tree`."""
        return (self._clause(node, answers) for node, answers in conditions(when, tree))

    def _clause(self, ref: NodeRef, answers: frozenset[str]) -> Clause:
        if not (among := self.choices(ref)):
            return ((self.levels[ref], answers),)
        levels = zip(self.own_levels(ref), among, strict=True)
        return tuple((level, frozenset([IN_CHOICE])) for level, answer in levels if answer.id in answers)

    def visited(self, ref: NodeRef) -> Clause:
        """Matches the readers who were at a node on a cycle before."""
        answers = frozenset([VISITED, IN_CHOICE, *(edge.answer for edge in self.graph.outgoing[ref])])
        return tuple((level, answers) for level in self.own_levels(ref))


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

    def fitting(self, ref: NodeRef, when: When, leaving: bool = False) -> Diagram:
        """The readers at a node to whom `when` applies, as they come or as they are `leaving`."""
        here = self.leaving(ref) if leaving else self.at.get(ref, 0)
        return self.diagrams.fitting(here, self.order.clauses(when, ref.tree)) if here else here

    def leaving(self, ref: NodeRef) -> Diagram:
        """The readers at a node when they come to the cases of an exit: they have chosen among several answers."""
        return choosing(self, ref, self.at.get(ref, 0), max)

    def left(self, ref: NodeRef, goto: Goto) -> Diagram:
        """The readers at a node to whom none of these cases applies. Each case has a `when`."""
        left = self.leaving(ref)
        for case in goto:
            if case.when:
                left = self.diagrams.without(left, self.fitting(ref, case.when, leaving=True))
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
        for edge, taking in leaving_by(reach, ref, choosing(reach, ref, new, numbers)):
            reach.along[edge] = diagrams.merge(numbers, reach.along.get(edge, 0), taking)
            target = reach.order.graph.enter(edge.target)
            if target in levels and (arriving := _arriving(reach, edge, target, taking, numbers)) != 0:
                if target not in coming:
                    heapq.heappush(waiting, (-levels[target], target))
                coming[target] = diagrams.merge(numbers, coming.get(target, 0), arriving)
    return reach


def leaving_by(reach: Reachability, ref: NodeRef, readers: Diagram) -> Iterable[tuple[Edge, Diagram]]:
    """The edges of a node, each with the readers who take it: of an exit's cases, the first that matches.

    `readers` have chosen, where several answers can be chosen.
    """
    answer, left = "", readers
    for edge in reach.order.graph.outgoing[ref]:
        if edge.answer != answer:
            answer, left = edge.answer, readers
        clauses = reach.order.clauses(edge.when, ref.tree) if edge.when else ()
        taking = reach.diagrams.fitting(left, clauses)
        left = reach.diagrams.without(left, taking)
        if taking != 0:
            yield edge, taking


def choosing(reach: Reachability, ref: NodeRef, readers: Diagram, numbers: Callable[[int, int], int]) -> Diagram:
    """The readers of a node with each of their choices, where several answers can be chosen."""
    order = reach.order
    among = order.choices(ref)
    if not among or readers == 0:
        return readers
    if ref not in order.named_by:
        found = readers if numbers is max else reach.diagrams.times(readers, _choices(among))
        return reach.diagrams.answer(found, order.levels[ref], VISITED) if ref in order.cycle_members else found
    levels = list(zip(order.own_levels(ref), among, strict=True))
    together = [level for level, answer in levels if not answer.alone]
    return reach.diagrams.choose(numbers, readers, together, [level for level, answer in levels if answer.alone])


def _choices(among: Sequence[Answer]) -> int:
    """How many choices there are among several answers."""
    alone = sum(answer.alone for answer in among)
    return (1 << (len(among) - alone)) - 1 + alone


def _arriving(
    reach: Reachability, edge: Edge, target: NodeRef, taking: Diagram, numbers: Callable[[int, int], int]
) -> Diagram:
    """The readers `taking` an edge as they arrive at `target`, without those who were there before."""
    order, diagrams, level = reach.order, reach.diagrams, reach.order.levels[edge.source]
    kept = order.needed[target]
    readers = taking
    if level in kept and not order.choices(edge.source):
        readers = diagrams.answer(readers, level, edge.answer if edge.source in order.named_by else VISITED)
    readers = diagrams.forget(numbers, readers, frozenset(order.needed[edge.source] - kept))
    if target in order.cycle_members:
        returning = diagrams.fitting(readers, [order.visited(target)])
        if returning != 0:
            reach.back.append(edge)
            readers = diagrams.without(readers, returning)
    return readers
