"""What holds for every graph, tried with random trees and compared with plain ways to find the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from helpers import check
from hypothesis import given, settings
from hypothesis import strategies as st
from random_trees import Spot, plans, read_plan

from guidetrees.graph import graph, outline
from guidetrees.graph.graph import Edge, Graph, NodeRef, build_graph
from guidetrees.parse.problem_collector import ProblemCollector
from guidetrees.parse.tables.tree import read_tree
from guidetrees.source.yaml import read_yaml

# Graphs, against plain ways to find the same


def graph_of(leads: list[list[int]]) -> Graph:
    """Nodes `n0`, `n1`, … of one tree, with answers that lead where the lists say."""
    nodes: dict[str, object] = {}
    for number, targets in enumerate(leads):
        answers = [{"answer": str(i), "goto": f"n{target}"} for i, target in enumerate(targets)]
        outcome = {"outcome": "O", "verdict": "info", "guide": "g.md#s"}
        nodes[f"n{number}"] = {"question": "Q", "answers": answers} if answers else outcome
    value = {"title": "T", "summary": "S", "reviewed": "2026-11-24", "start": "n0", "nodes": nodes}
    tree = read_tree("t", "t.yml", read_yaml(json.dumps(value), "t.yml")[0], ProblemCollector())
    assert tree
    return build_graph({"t": tree})


@st.composite
def any_leads(draw: st.DrawFn) -> list[list[int]]:
    size = draw(st.integers(1, 6))
    return [draw(st.lists(st.integers(0, size - 1), max_size=3)) for _ in range(size)]


def goes_round(leads: list[list[int]]) -> bool:
    """Whether nodes are left after taking away, again and again, those that lead to none of the rest."""
    left = set(range(len(leads)))
    while ends := {node for node in left if not left & set(leads[node])}:
        left -= ends
    return bool(left)


@settings(max_examples=150)
@given(any_leads())
def test_rounds_are_found_where_there_are_some_and_each_is_one(leads: list[list[int]]) -> None:
    rounds = list(graph.cycles(graph_of(leads)))
    assert bool(rounds) == goes_round(leads)
    for edges in rounds:
        following = [*edges[1:], edges[0]]
        assert all(edge.target == after.source for edge, after in zip(edges, following, strict=True))
        assert len({edge.source for edge in edges}) == len(edges)
    closing = [(edges[-1].source, edges[-1].answer) for edges in rounds]
    assert len(set(closing)) == len(closing)


@settings(max_examples=150)
@given(any_leads())
def test_without_the_edges_that_close_them_there_are_no_rounds(leads: list[list[int]]) -> None:
    """So an author who follows every line is done in one run."""
    closing = {(edges[-1].source.node, edges[-1].answer) for edges in graph.cycles(graph_of(leads))}
    left = [
        [target for i, target in enumerate(targets) if (f"n{node}", str(i)) not in closing]
        for node, targets in enumerate(leads)
    ]
    assert not goes_round(left)


def ways_to(found: Graph, goal: NodeRef) -> list[tuple[Edge, ...]]:
    """Every way from a start to `goal` that comes past no other start."""
    starts = {found.enter(NodeRef(tree)) for tree in found.trees}

    def ways(at: NodeRef) -> Iterator[tuple[Edge, ...]]:
        if at == goal:
            yield ()
        for edge in found.outgoing[at]:
            target = found.enter(edge.target)
            if target not in starts:
                yield from ((edge, *rest) for rest in ways(target))

    return [way for start in starts for way in ways(start)]


@settings(max_examples=80)
@given(plans(most=8))
def test_the_trail_is_the_only_way_there_is(plan: tuple[Spot, ...]) -> None:
    project, _ = read_plan(plan, ["Word"], ["Word."])
    found = build_graph(project.trees)
    for spot in plan:
        ways = ways_to(found, spot.address)
        if spot.node == 0:
            assert graph.only_path(found, spot.address) == ()
        else:
            assert graph.only_path(found, spot.address) == (ways[0] if len(ways) == 1 else None)


@settings(max_examples=80)
@given(plans(most=12))
def test_the_outline_shows_every_answer_of_every_node_once(plan: tuple[Spot, ...]) -> None:
    project, _ = read_plan(plan, ["Word"], ["Word."])
    found = build_graph(project.trees)
    for tree in project.trees:
        branches = list(outline.outline(found, tree))
        depth = [0]
        for branch in branches:
            depth.append(depth[-1] + (1 if branch.opens else -1))
        assert depth[-1] == 0
        assert min(depth) >= 0
        shown = [branch.edge for branch in branches if branch.opens and branch.edge]
        unfolded = {branch.opens for branch in branches if branch.opens and not branch.again}
        inside = {address for address in unfolded if address.tree == tree and address.node}
        wanted = [edge for address in inside for edge in found.outgoing[address]]
        assert sorted(shown, key=str) == sorted(wanted, key=str)
        opened = [branch.opens for branch in branches if branch.opens and not branch.again]
        assert len(set(opened)) == len(opened)


@settings(max_examples=60)
@given(plans(most=8), st.integers(0, 7), st.integers(0, 7))
def test_an_answer_led_back_goes_round_and_nothing_else_is_wrong(
    plan: tuple[Spot, ...], source: int, back: int
) -> None:
    """Whatever the tree, an answer that leads back to where its reader came from is found."""
    spots = list(plan)
    source %= len(spots)
    back = min(back % len(spots), source)
    if not spots[source].targets:
        return
    targets = (*spots[source].targets, back)
    spots[source] = replace(spots[source], targets=targets, checklist=False, short=False, one_way="")
    project, _ = read_plan(tuple(spots), ["Word"], ["Word."])
    way = any(
        NodeRef(f"t{spots[back].tree}", spots[back].name) == address
        for address in _above(build_graph(project.trees), spots[source].address)
    )
    problems = check(project)
    assert bool(problems) == (way or source == back)
    assert all("goes round in a circle: " in problem.message for problem in problems)


def _above(found: Graph, address: NodeRef) -> set[NodeRef]:
    """The nodes from which answers lead to `address`, by the edges of the graph without the last answer."""
    above: set[NodeRef] = set()
    waiting = [address]
    while waiting:
        at = waiting.pop()
        for edge in found.incoming.get(at, ()):
            if edge.source not in above:
                above.add(edge.source)
                waiting.append(edge.source)
    return above


@pytest.mark.long
def test_all_small_graphs_agree_on_rounds() -> None:
    """Every graph of three nodes with two answers at most."""
    choices = [[], *([a] for a in range(3)), *([a, b] for a, b in product(range(3), repeat=2))]
    for leads in product(choices, repeat=3):
        assert bool(next(graph.cycles(graph_of(list(leads))), None)) == goes_round(list(leads)), leads
