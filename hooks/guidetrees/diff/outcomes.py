"""Ways that end elsewhere than before: for the same answers, another outcome, or one of another verdict.

Both versions are walked at once, a pair of nodes a step, and each pair once: not a way at a time, since ways
double wherever branches join again. Where both ask the same question, they get the same answer. Where they ask
different ones, one version goes ahead; what it answered is kept for the other only while that may still ask it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import Any

from guidetrees.diff.versions import Versions
from guidetrees.graph.graph import Edge, Graph, NodeRef, conditions, fits
from guidetrees.graph.outline import entry_nodes, seen_from_tree
from guidetrees.parse.model import Outcome

MAX_STATES = 20_000
"""Pairs that are walked in a tree. Only versions that ask nearly everything in another order have more."""

Given = frozenset[tuple[NodeRef, str]]
"""Answers by the nodes that ask for them."""


@dataclass(frozen=True, slots=True)
class State:
    """How far both versions have come."""

    before: NodeRef
    now: NodeRef
    given: Given = frozenset()
    """What one version has asked for and the other may still, under the names of now."""
    known: tuple[Given, Given] = (frozenset(), frozenset())
    """What each version's conditions ask for, as answered so far: under the names of each."""


@dataclass(frozen=True, slots=True)
class Step:
    """An answer. With both edges it is given in both versions; with one, only that one asks."""

    before: Edge | None
    now: Edge | None


@dataclass(frozen=True, slots=True)
class Turn:
    """Two ends that the same answers lead to."""

    before: NodeRef
    now: NodeRef
    steps: tuple[Step, ...]
    """The shortest answers that do."""
    count: int | None
    """How many ways do; None where that cannot be said since the versions ask different questions."""


@dataclass(frozen=True, slots=True)
class Ends:
    turns: tuple[Turn, ...] = ()
    whole: bool = True
    """Whether all was walked."""


@dataclass(slots=True)
class _Walk:
    """A walk through one tree of both versions."""

    versions: Versions
    before: str
    now: str
    asked_for: tuple[set[NodeRef], set[NodeRef]]
    """The nodes that the conditions of each version name."""
    ahead: dict[tuple[bool, NodeRef], frozenset[NodeRef]] = field(default_factory=dict)

    def ends(self) -> Ends:
        """Breadth first, so that the first answers that lead to a pair are the fewest."""
        came: dict[State, tuple[State, Step] | None] = dict.fromkeys(self.starts())
        moves: dict[State, list[tuple[Step, State]]] = {}
        waiting = deque(came)
        while waiting and len(came) < MAX_STATES:
            state = waiting.popleft()
            moves[state] = list(self.moves(state))
            for step, following in moves[state]:
                if following not in came:
                    came[following] = (state, step)
                    waiting.append(following)
        counts = {} if waiting else _counts(moves, list(self.starts()))
        turns = [
            Turn(state.before, state.now, tuple(_steps(came, state)), counts.get(state))
            for state in moves
            if self.differs(state)
        ]
        return Ends(tuple(turns), not waiting)

    def starts(self) -> Iterator[State]:
        """Where readers come in, then and now."""
        begin, begins = NodeRef(self.before), NodeRef(self.now)
        yield State(self.versions.graph_before.enter(begin), self.versions.graph_now.enter(begins))
        for entry in entry_nodes(self.versions.graph_before, self.before)[1:]:
            today = self.versions.nodes.get(entry)
            if today:
                yield State(entry, today)

    def differs(self, state: State) -> bool:
        if self.asked_before(state) or self.asked_now(state):
            return False
        return self.versions.today(state.before) != state.now or _verdict(
            self.versions.graph_before, state.before
        ) != _verdict(self.versions.graph_now, state.now)

    def asked_before(self, state: State) -> tuple[Edge, ...]:
        edges = _asked(self.versions.graph_before, self.before, state.before)
        return tuple(edge for edge in edges if fits(edge, dict(state.known[0])))

    def asked_now(self, state: State) -> tuple[Edge, ...]:
        edges = _asked(self.versions.graph_now, self.now, state.now)
        return tuple(edge for edge in edges if fits(edge, dict(state.known[1])))

    def moves(self, state: State) -> Iterator[tuple[Step, State]]:
        """What may follow: an answer that both ask for, or one that one of them does."""
        old, new = self.asked_before(state), self.asked_now(state)
        question, given = self.versions.today(state.before), dict(state.given)
        if old and new and question == state.now:
            for edge, other in ((e, o) for e in old for o in new if e.answer == o.answer):
                yield Step(edge, other), self.to(state, edge, other)
        elif old and question in given:
            yield from self.alone(state, [e for e in old if e.answer == given[question]], ())
        elif new and state.now in given:
            yield from self.alone(state, (), [e for e in new if e.answer == given[state.now]])
        elif new and state.now not in self.coming(True, state.before):
            yield from self.alone(state, (), new)
        else:
            yield from self.alone(state, old, ())

    def alone(self, state: State, old: Any, new: Any) -> Iterator[tuple[Step, State]]:
        yield from ((Step(edge, None), self.to(state, edge, None)) for edge in old)
        yield from ((Step(None, edge), self.to(state, None, edge)) for edge in new)

    def to(self, state: State, old: Edge | None, new: Edge | None) -> State:
        """The state that answers lead to, with what the other version may still ask for."""
        before = seen_from_tree(self.versions.graph_before, self.before, old.target) if old else state.before
        now = seen_from_tree(self.versions.graph_now, self.now, new.target) if new else state.now
        given = set(state.given)
        if old and not new:
            given.add((self.versions.today(old.source), old.answer))
        if new and not old:
            given.add((new.source, new.answer))
        kept = (one for one in given if one[0] in self.coming(True, before) | self.coming(False, now))
        known = (
            state.known[0] | _known(old, self.asked_for[0]),
            state.known[1] | _known(new, self.asked_for[1]),
        )
        return State(before, now, frozenset(kept) if given else frozenset(), known)

    def coming(self, is_before: bool, address: NodeRef) -> frozenset[NodeRef]:
        """The questions that a version may still ask from a node on, under the names of now."""
        if (is_before, address) not in self.ahead:
            graph, tree = (
                (self.versions.graph_before, self.before) if is_before else (self.versions.graph_now, self.now)
            )
            found, waiting = set[NodeRef](), [address]
            while waiting:
                node = waiting.pop()
                if node not in found and _asked(graph, tree, node):
                    found.add(node)
                    waiting += [seen_from_tree(graph, tree, edge.target) for edge in graph.outgoing[node]]
            named = map(self.versions.today, found) if is_before else found
            self.ahead[is_before, address] = frozenset(named)
        return self.ahead[is_before, address]


def ends(versions: Versions, before: str) -> Ends:
    """The ends of a tree, by its id then, that the same answers no longer lead to; none of a tree that is gone."""
    now = versions.trees.get(before)
    asked_for = (_asked_for(versions.graph_before), _asked_for(versions.graph_now))
    return _Walk(versions, before, now, asked_for).ends() if now else Ends()


def _asked_for(graph: Graph) -> set[NodeRef]:
    """The nodes that the conditions of answers name."""
    edges = (edge for leaving in graph.outgoing.values() for edge in leaving if edge.when)
    return {node for edge in edges if edge.when for node, _ in conditions(edge.when, edge.source.tree)}


def _known(edge: Edge | None, asked_for: set[NodeRef]) -> Given:
    """What an answer adds to what conditions ask for."""
    return frozenset([(edge.source, edge.answer)] if edge and edge.source in asked_for else [])


def _asked(graph: Graph, tree: str, address: NodeRef) -> tuple[Edge, ...]:
    """The answers of a node of the tree; none where a way ends."""
    return graph.outgoing.get(address, ()) if address.tree == tree else ()


def _verdict(graph: Graph, address: NodeRef) -> str | None:
    node = graph.node(address) if address.node else None
    return node.verdict if isinstance(node, Outcome) else None


def _steps(came: dict[State, tuple[State, Step] | None], state: State) -> list[Step]:
    steps = []
    while link := came[state]:
        state, step = link
        steps.append(step)
    return steps[::-1]


def _counts(moves: dict[State, list[tuple[Step, State]]], starts: list[State]) -> dict[State, int]:
    """How many ways lead to each state, where both versions ask the same all along."""
    sources: dict[State, list[tuple[Step, State]]] = {state: [] for state in moves}
    for state, following in moves.items():
        for step, target in following:
            sources[target].append((step, state))
    counts: dict[State, int | None] = {}
    try:
        order = list(TopologicalSorter({t: [s for _, s in found] for t, found in sources.items()}).static_order())
    except CycleError:
        return {}
    for state in order:
        before = [counts[source] if step.before and step.now else None for step, source in sources[state]]
        known = [count for count in before if count is not None]
        counts[state] = sum(known) + starts.count(state) if len(known) == len(before) else None
    return {state: count for state, count in counts.items() if count is not None}
