"""Conditions on earlier answers: what the checks know of readers, compared with all the readers there can be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_conditions import ANSWERS, graph_of, trees

from guidetrees.graph import decision_diagram
from guidetrees.graph.graph import Edge, Graph, NodeRef, fits, holds
from guidetrees.graph.node_kinds import choices
from guidetrees.graph.paths import count_paths, follow, paths
from guidetrees.graph.reachability import Reachability, entrances, reachability


def reached(graph: Graph) -> Reachability:
    return reachability(graph, dict.fromkeys(graph.outgoing), entrances(graph, graph.trees))


@dataclass(frozen=True)
class Walk:
    """The way of one reader."""

    edges: tuple[Edge, ...]
    given: dict[NodeRef, frozenset[str]]
    at: NodeRef

    @property
    def returns(self) -> bool:
        return any(edge.source == self.at for edge in self.edges)

    def following(self, graph: Graph) -> Iterator[Walk]:
        """The walks with one more step: one for each answer and each choice among several."""
        for edge in graph.outgoing[self.at]:
            for own in self._answers(graph, edge):
                given = {**self.given, **own}
                if fits(edge, given):
                    yield Walk((*self.edges, edge), given, graph.enter(edge.target))

    def _answers(self, graph: Graph, edge: Edge) -> list[dict[NodeRef, frozenset[str]]]:
        if not edge.is_answer:
            return [{}]
        among = choices(graph.node(self.at))
        if not among:
            return [{self.at: frozenset([edge.answer])}]
        ids = [str(answer.id) for answer in among]
        sets = [frozenset(chosen) for size in range(1, len(ids) + 1) for chosen in combinations(ids, size)]
        alone = {str(answer.id) for answer in among if answer.alone}
        return [{self.at: chosen} for chosen in sets if len(chosen) == 1 or not chosen & alone]


def walks(graph: Graph) -> Iterator[Walk]:
    """Every path from the start without a repeated node, and with one further step."""
    waiting = [Walk((), {}, NodeRef("t", "q0"))]
    while waiting:
        walk = waiting.pop()
        yield walk
        if not walk.returns:
            waiting += walk.following(graph)


@settings(max_examples=60, deadline=None)
@given(st.booleans().flatmap(lambda forward: trees(forward)))
def test_what_readers_can_have_answered_is_what_some_reader_has(text: str) -> None:
    graph = graph_of(text)
    found = reached(graph)
    taken, back, shown, come = set[Edge](), set[Edge](), set[tuple[NodeRef, int]](), {NodeRef("t", "q0")}
    for walk in walks(graph):
        taken |= set(walk.edges[-1:])
        if walk.returns:
            back.add(walk.edges[-1])
        else:
            come.add(walk.at)
            parts = enumerate(graph.node(walk.at).parts)
            shown |= {(walk.at, i) for i, part in parts if part.when and holds(part.when, "t", walk.given)}
    assert set(found.along) == taken
    assert set(found.back) == back
    assert {address for address in graph.outgoing if found.is_reachable(address)} == come
    every = ((a, i, part) for a in graph.outgoing for i, part in enumerate(graph.node(a).parts))
    assert {(a, i) for a, i, part in every if part.when and found.fitting(a, part.when) != 0} == shown


@settings(max_examples=40, deadline=None)
@given(trees())
def test_paths_are_those_that_some_reader_takes_and_their_number_is_exact(text: str) -> None:
    graph = graph_of(text)
    complete = [walk for walk in walks(graph) if not graph.outgoing[walk.at]]
    listed = [path for path in paths(graph, "t") if path.begin == NodeRef("t", "q0")]
    assert {path.edges: path.count for path in listed} == Counter(walk.edges for walk in complete)
    assert len({path.edges for path in listed}) == len(listed)
    walked = {(walk.edges, frozenset(walk.given.items())) for walk in complete}
    assert {(path.edges, frozenset(path.given.items())) for path in listed} <= walked
    followed = [(path.edges, frozenset(path.given.items())) for path in follow(graph, NodeRef("t", "q0"))]
    assert Counter(followed) == Counter(walked)
    every = Counter[NodeRef]()
    for path in paths(graph, "t"):
        every[path.end] += path.count
    assert +count_paths(graph, "t") == every


@pytest.mark.long
def test_a_page_may_depend_on_every_answer_before_it() -> None:
    """As deep as a diagram gets: each of many questions is asked for at the end, and by one part together."""
    count = 500
    lines = ["title: T", "summary: S.", "reviewed: 2026-11-24", "start: q0", "nodes:"]
    for i in range(count):
        answers = ", ".join(f"{{answer: {answer}, goto: q{i + 1}}}" for answer in ANSWERS)
        lines.append(f"  q{i}: {{question: q{i}?, answers: [{answers}]}}")
    every = ", ".join(f"q{i}: a" for i in range(count))
    parts = ", ".join(f"{{when: {{{when}}}, text: Part}}" for when in (every, "q0: a", f"q{count - 1}: a"))
    lines.append(f"  q{count}: {{outcome: The end, verdict: info, guide: rules.md#time, parts: [{parts}]}}")
    graph = graph_of("\n".join(lines))
    end, found = NodeRef("t", f"q{count}"), reached(graph)
    assert all(part.when and found.fitting(end, part.when) != 0 for part in graph.node(end).parts)
    assert count_paths(graph, "t") == {end: len(ANSWERS) ** count}


# Many answers to choose among

AMONG = [f"a{i}" for i in range(11)]


def tree_of_twelve_answers() -> str:
    """Twelve answers to choose among, a question after them, and forty parts that ask for them: for one of two
    answers, for three together, or for lists of answers and for the question."""
    answers = ", ".join([*(f"{{answer: {id}}}" for id in AMONG), "{answer: none, alone: true}"])
    parts = []
    for i in range(40):
        one, other, third = (AMONG[(i + i // 3 + step) % len(AMONG)] for step in (0, 1 + i % 4, 6))
        either, both = f"{{q0: [{one}, {other}]}}", f"{{q0: {one}}}, {{q0: {other}}}"
        whens = (
            either,
            f"[{both}, {{q0: {third}}}]",
            f"[{either}, {{q0: [{third}, none]}}, {{q1: {'ab'[i % 2]}}}]",
        )
        parts.append(f"      - {{when: {whens[i % 3]}, text: Part}}")
    parts.append("      - {when: [{q0: none}, {q0: a0}], text: For nobody}")
    return "\n".join([
        "title: T", "summary: S.", "reviewed: 2026-11-24", "start: q0", "nodes:",
        f"  q0: {{question: q0?, choose: several, answers: [{answers}], goto: [",
        "    {when: [{q0: [a0, a1, a2]}, {q0: [a3, a4, a5]}], to: q1}, {when: {q0: a6}, to: end}, {to: q1}]}",
        "  q1: {question: q1?, answers: [{answer: a, goto: end}, {answer: b, goto: end}]}",
        "  end:", "    outcome: The end", "    verdict: info", "    guide: rules.md#time", "    parts:", *parts,
    ])  # fmt: skip


def test_many_answers_to_choose_among_are_exact_and_need_few_nodes(monkeypatch: pytest.MonkeyPatch) -> None:
    """There are 2048 choices, and almost twice as many ways. More nodes would raise TooManyCombinations."""
    monkeypatch.setattr(decision_diagram, "MAX_NODES", 1_000)
    graph, end = graph_of(tree_of_twelve_answers()), NodeRef("t", "end")
    found, ways = reached(graph), list(follow(graph, NodeRef("t", "q0")))
    parts = graph.node(end).parts
    shown = {part for part in parts if part.when and any(holds(part.when, "t", way.given) for way in ways)}
    assert {part for part in parts if part.when and found.fitting(end, part.when) != 0} == shown
    assert len(shown) == 40 and parts[-1] not in shown
    assert count_paths(graph, "t") == {end: len(ways)}
    assert sum(path.count for path in paths(graph, "t")) == len(ways) > 2**11
    assert len(list(paths(graph, "t"))) < 10
