"""Conditions on earlier answers: what the checks know of readers, compared with all the readers there can be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_conditions import ANSWERS, graph_of, trees

from guidetrees.graph.graph import Edge, Graph, NodeRef, fits, holds
from guidetrees.graph.paths import count_paths, paths
from guidetrees.graph.reachability import Reachability, entrances, reachability


def reached(graph: Graph) -> Reachability:
    return reachability(graph, dict.fromkeys(graph.outgoing), entrances(graph, graph.trees))


def walks(graph: Graph) -> Iterator[tuple[Edge, ...]]:
    """Every path from the start without a repeated node, and with one further step."""
    waiting: list[tuple[Edge, ...]] = [()]
    while waiting:
        path = waiting.pop()
        at = graph.enter(path[-1].target) if path else NodeRef("t", "q0")
        yield path
        given = {edge.source: edge.answer for edge in path}
        if at not in given:
            waiting += [(*path, edge) for edge in graph.outgoing[at] if fits(edge, given)]


@settings(max_examples=60, deadline=None)
@given(st.booleans().flatmap(lambda forward: trees(forward)))
def test_what_readers_can_have_answered_is_what_some_reader_has(text: str) -> None:
    graph = graph_of(text)
    found = reached(graph)
    taken, back, shown, come = set[Edge](), set[Edge](), set[tuple[NodeRef, int]](), {NodeRef("t", "q0")}
    for path in walks(graph):
        given = {edge.source: edge.answer for edge in path}
        at = graph.enter(path[-1].target) if path else NodeRef("t", "q0")
        taken |= set(path[-1:])
        if at in given:
            back.add(path[-1])
        else:
            come.add(at)
            parts = enumerate(graph.node(at).parts)
            shown |= {(at, i) for i, part in parts if part.when and holds(part.when, "t", given)}
    assert set(found.along) == taken
    assert set(found.back) == back
    assert {address for address in graph.outgoing if found.is_reachable(address)} == come
    every = ((a, i, part) for a in graph.outgoing for i, part in enumerate(graph.node(a).parts))
    assert {(a, i) for a, i, part in every if part.when and found.fitting(a, part.when) != 0} == shown


@settings(max_examples=40, deadline=None)
@given(trees())
def test_paths_are_those_that_some_reader_takes_and_their_number_is_exact(text: str) -> None:
    graph = graph_of(text)
    complete = [path for path in walks(graph) if path and not graph.outgoing[graph.enter(path[-1].target)]]
    listed = [path for path in paths(graph, "t") if path.begin == NodeRef("t", "q0")]
    assert sorted(map(str, (path.edges for path in listed))) == sorted(map(str, complete))
    every = Counter(path.end for path in paths(graph, "t"))
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
