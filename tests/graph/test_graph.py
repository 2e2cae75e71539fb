"""Trees as a graph: edges, paths, cycles."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from small_graphs import at, connected, tree

from guidetrees.graph import graph
from guidetrees.graph.graph import NodeRef
from guidetrees.graph.traversal import closure
from guidetrees.source.location import LocatedStr, Location


def chain(edges: tuple[graph.Edge, ...]) -> str:
    return " ".join(f"{edge.source}({edge.answer})" for edge in edges)


# References and edges


@pytest.mark.parametrize(
    ("reference", "ref"),
    [
        ("node", NodeRef("here", "node")),
        ("tree:", NodeRef("tree", "")),
        ("tree:node", NodeRef("tree", "node")),
        (":node", NodeRef("", "node")),
        ("a:b:c", NodeRef("a", "b:c")),
    ],
)
def test_references(reference: str, ref: NodeRef) -> None:
    assert graph.parse_reference(reference, "here") == ref


def test_every_answer_is_an_edge_in_the_authors_order() -> None:
    found = connected(tree("t", a="b c b", b="? c u:", c=""), tree("u", x="t:c y", y=""))
    assert [(edge.answer, str(edge.target)) for edge in found.outgoing[at("t:a")]] == [
        ("0", "t:b"),
        ("1", "t:c"),
        ("2", "t:b"),
    ]
    assert [(edge.answer, str(edge.target)) for edge in found.outgoing[at("t:b")]] == [
        ("met", "t:c"),
        ("unmet", "u:"),
    ]
    assert found.outgoing[at("t:c")] == ()


def test_a_link_to_a_tree_reaches_its_first_node() -> None:
    found = connected(tree("t", a="u: b", b=""), tree("u", x="y y", y=""))
    assert chain(found.incoming[at("u:x")]) == "t:a(0)"
    assert found.enter(at("u:")) == at("u:x")
    assert found.enter(at("u:y")) == at("u:y")


def test_an_answer_to_nowhere_has_no_edge() -> None:
    found = connected(tree("t", a="nowhere b other: other:x t:nowhere", b=""))
    assert chain(found.outgoing[at("t:a")]) == "t:a(1)"


def test_a_tree_that_starts_nowhere_is_reached_by_no_edge() -> None:
    broken = replace(tree("u", x=""), start=LocatedStr("", Location("u.yml")))
    found = connected(tree("t", a="u: b", b=""), broken)
    assert chain(found.outgoing[at("t:a")]) == "t:a(1)"


@pytest.mark.parametrize(
    ("reference", "ref"),
    [("b", "t:b"), ("u", "u:"), ("u:", "u:"), ("u:x", "u:x"), ("t:b", "t:b"), ("t", "t:")],
)
def test_what_comes_next_is_a_node_else_a_tree(reference: str, ref: str) -> None:
    found = connected(tree("t", a="b b", b=""), tree("u", x=""))
    assert graph.next_target(found.trees, reference, "t") == at(ref)


@pytest.mark.parametrize("reference", ["x", "u:y", "v:", ":", "b:"])
def test_what_comes_next_may_not_exist(reference: str) -> None:
    found = connected(tree("t", a="b b", b=""), tree("u", x=""))
    assert graph.next_target(found.trees, reference, "t") is None


def test_what_comes_next_can_be_reached() -> None:
    found = connected(tree("t", a="b b", b="| c u", c=""), tree("u", x=""))
    assert {str(ref) for ref in closure([at("t:a")], partial(graph.successors, found))} == {
        "t:a",
        "t:b",
        "t:c",
        "u:x",
    }
    assert closure(list[NodeRef](), partial(graph.successors, found)) == set()


# Cycles


@pytest.mark.parametrize(
    ("trees", "cycles"),
    [
        ([{"a": "b c", "b": "c c", "c": ""}], []),
        ([{"a": "a b", "b": ""}], ["t:a(0)"]),
        ([{"a": "b c", "b": "a c", "c": ""}], ["t:a(0) t:b(0)"]),
        ([{"a": "b b", "b": "c d", "c": "b d", "d": ""}], ["t:b(0) t:c(0)"]),
        ([{"a": "b b", "b": "? a c", "c": ""}], ["t:a(0) t:b(met)"]),
        ([{"a": "b b", "b": "a a"}], ["t:a(0) t:b(0)", "t:a(0) t:b(1)"]),
        ([{"a": "b c", "b": "d a", "c": "d a", "d": ""}], ["t:a(0) t:b(1)", "t:a(1) t:c(1)"]),
        ([{"a": "d d", "b": "c d", "c": "b d", "d": ""}], ["t:b(0) t:c(0)"]),
        ([{"a": "u: b", "b": ""}, {"x": "t: y", "y": ""}], ["t:a(0) u:x(0)"]),
        ([{"a": "u:y b", "b": ""}, {"x": "y y", "y": "t:a z", "z": ""}], ["t:a(0) u:y(0)"]),
        ([{"a": "t: b", "b": ""}], ["t:a(0)"]),
        ([{"a": "b b", "b": "| a t"}], []),
    ],
)
def test_cycles_are_found_with_their_whole_chain(trees: list[dict[str, str]], cycles: list[str]) -> None:
    found = connected(*(tree(id, **nodes) for id, nodes in zip("tu", trees, strict=False)))
    assert [chain(edges) for edges in graph.cycles(found)] == cycles


@pytest.mark.long
def test_a_cycle_through_a_thousand_nodes_is_found() -> None:
    nodes = {f"n{i}": f"n{i + 1} end" for i in range(1000)} | {"n1000": "n0 end", "end": ""}
    (edges,) = graph.cycles(connected(tree("t", **nodes)))
    assert len(edges) == 1001


def test_many_paths_are_no_cycles_and_cost_no_time() -> None:
    nodes = {f"n{i}": f"n{i + 1} n{i + 1}" for i in range(200)} | {"n200": ""}
    assert list(graph.cycles(connected(tree("t", **nodes)))) == []


# The path to a node


@pytest.mark.parametrize(
    ("ref", "path"),
    [
        ("t:a", ""),
        ("t:b", "t:a(0)"),
        ("t:c", None),
        ("t:d", None),
        ("t:e", None),
        ("t:f", None),
        ("t:g", "t:a(0) t:b(3)"),
        ("u:x", ""),
        ("u:y", "u:x(0)"),
        ("u:z", "t:a(0) t:b(2)"),
    ],
)
def test_the_only_path_to_a_node(ref: str, path: str | None) -> None:
    """Two paths lead to c and to d (one from another tree), two answers to e, none to f; a and x are starts."""
    found = connected(
        tree("t", a="b c", b="c d u:z g", c="e e", d="| f", e="", f="", g="| u"),
        tree("u", x="y t:d", y="", z=""),
    )
    edges = graph.only_path(found, at(ref))
    assert (None if edges is None else chain(edges)) == path


def test_a_start_that_answers_lead_to_is_still_where_a_way_begins() -> None:
    found = connected(tree("t", a="u: b", b=""), tree("u", x="y y", y="z z", z=""))
    assert graph.only_path(found, at("u:x")) == ()


@pytest.mark.long
def test_a_tree_as_long_as_a_file_can_hold_is_walked_in_full() -> None:
    nodes = {f"n{i}": f"n{i + 1} end" for i in range(3000)} | {"n3000": "end end", "end": ""}
    found = connected(tree("t", **nodes))
    assert len(closure([at("t:n0")], partial(graph.successors, found))) == 3002
    assert len(graph.only_path(found, at("t:n3000")) or ()) == 3000
