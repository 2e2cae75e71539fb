"""Conditions on earlier answers: what the checks know of readers, compared with all the readers there can be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st
from random_conditions import ANSWERS, graph_of, trees

from guidetrees.graph.graph import Edge, Graph, NodeRef, fits, holds
from guidetrees.graph.paths import count_paths, paths
from guidetrees.graph.reachability import Reachability, entrances, reachability


def reached(graph: Graph) -> Reachability:
    return reachability(graph, dict.fromkeys(graph.outgoing), entrances(graph, graph.trees))


def walks(graph: Graph) -> Iterator[tuple[Edge, ...]]:
    """Every way from the start as far as it goes without coming to a node twice, and one step further."""
    waiting: list[tuple[Edge, ...]] = [()]
    while waiting:
        way = waiting.pop()
        at = graph.enter(way[-1].target) if way else NodeRef("t", "q0")
        yield way
        given = {edge.source: edge.answer for edge in way}
        if at not in given:
            waiting += [(*way, edge) for edge in graph.outgoing[at] if fits(edge, given)]


@settings(max_examples=150, deadline=None)
@given(st.booleans().flatmap(lambda forward: trees(forward)))
def test_what_readers_can_have_answered_is_what_some_reader_has(text: str) -> None:
    graph = graph_of(text)
    found = reached(graph)
    taken, back, shown, come = set[Edge](), set[Edge](), set[tuple[NodeRef, int]](), {NodeRef("t", "q0")}
    for way in walks(graph):
        given = {edge.source: edge.answer for edge in way}
        at = graph.enter(way[-1].target) if way else NodeRef("t", "q0")
        taken |= set(way[-1:])
        if at in given:
            back.add(way[-1])
        else:
            come.add(at)
            parts = enumerate(graph.node(at).parts)
            shown |= {(at, i) for i, part in parts if part.when and holds(part.when, "t", given)}
    assert set(found.along) == taken
    assert set(found.back) == back
    assert {address for address in graph.outgoing if found.is_reachable(address)} == come
    every = ((a, i, part) for a in graph.outgoing for i, part in enumerate(graph.node(a).parts))
    assert {(a, i) for a, i, part in every if part.when and found.fitting(a, part.when) != 0} == shown


@settings(max_examples=100, deadline=None)
@given(trees())
def test_ways_are_those_that_some_reader_goes_and_are_counted_without_going_them(text: str) -> None:
    graph = graph_of(text)
    whole = [way for way in walks(graph) if way and not graph.outgoing[graph.enter(way[-1].target)]]
    listed = [way for way in paths(graph, "t") if way.begin == NodeRef("t", "q0")]
    assert sorted(map(str, (way.edges for way in listed))) == sorted(map(str, whole))
    every = Counter(way.end for way in paths(graph, "t"))
    assert +count_paths(graph, "t") == every


def test_a_page_may_depend_on_every_answer_before_it() -> None:
    """As deep as a diagram gets: each of many questions is asked for at the end."""
    count = 500
    lines = ["title: T", "summary: S.", "reviewed: 2026-11-24", "start: q0", "nodes:"]
    for i in range(count):
        answers = ", ".join(f"{{answer: {answer}, goto: q{i + 1}}}" for answer in ANSWERS)
        lines.append(f"  q{i}: {{question: q{i}?, answers: [{answers}]}}")
    parts = ", ".join(f"{{when: {{q{i}: a}}, text: Part}}" for i in range(count))
    lines.append(f"  q{count}: {{outcome: The end, verdict: info, guide: rules.md#time, parts: [{parts}]}}")
    graph = graph_of("\n".join(lines))
    end, found = NodeRef("t", f"q{count}"), reached(graph)
    assert all(part.when and found.fitting(end, part.when) != 0 for part in graph.node(end).parts)
    assert count_paths(graph, "t") == {end: len(ANSWERS) ** count}
