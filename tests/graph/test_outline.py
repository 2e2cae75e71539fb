"""A tree as a whole: outline, pictures, ways."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_trees import Spot, plans, read_plan
from small_graphs import at, connected, tree

from guidetrees.graph import outline, paths
from guidetrees.graph.graph import Edge, Graph, NodeRef, build_graph
from guidetrees.graph.node_kinds import CHOSEN, all_choices

# The outline


def shape(found: Graph, id: str) -> str:
    """The outline as brackets; `*` marks what is further up."""
    return "".join(
        f"({branch.opens}{'*' if branch.again else ''}" if branch.opens else ")"
        for branch in outline.outline(found, id)
    ).replace("t:", "")


@pytest.mark.parametrize(
    ("nodes", "wanted"),
    [
        ({"a": ""}, "(a)"),
        ({"a": "b c", "b": "", "c": ""}, "(a(b)(c))"),
        ({"a": "b b", "b": ""}, "(a(b)(b*))"),
        ({"a": "b c", "b": "d d", "c": "d d", "d": ""}, "(a(b(d)(d*))(c(d*)(d*)))"),
        ({"a": "b c", "b": "c d", "c": "? d d", "d": ""}, "(a(b(c(d)(d*))(d*))(c*))"),
        ({"a": "u: u:y", "b": ""}, "(a(u:)(u:y))(b)"),
        ({"a": "u: u:", "b": ""}, "(a(u:)(u:*))(b)"),
        # So does what only outcomes name as what comes next.
        ({"a": "c c", "b": "", "c": "| d", "d": "e e", "e": ""}, "(a(c)(c*))(b)(d(e)(e*))"),
        # What only another tree leads to is at the end, with everything that follows it.
        ({"a": "c c", "b": "c d", "c": "", "d": ""}, "(a(c)(c*))(b(c*)(d))"),
    ],
)
def test_the_outline_unfolds_every_node_once(nodes: dict[str, str], wanted: str) -> None:
    assert shape(connected(tree("t", **nodes), tree("u", x="y y t:b", y="")), "t") == wanted


@pytest.mark.long
def test_an_outline_may_be_deep() -> None:
    nodes = {f"n{i}": f"n{i + 1} n{i + 1}" for i in range(3000)} | {"n3000": ""}
    assert len(list(outline.outline(connected(tree("t", **nodes)), "t"))) == 2 * (1 + 2 * 3000)


# Pictures


def bush(width: int, depth: int) -> dict[str, str]:
    """A tree in which every question has `width` answers, `depth` questions deep."""
    nodes: dict[str, str] = {}

    def grow(name: str, left: int) -> None:
        leads = [f"{name}-{i}" for i in range(width)] if left else []
        nodes[name] = " ".join(leads)
        for lead in leads:
            grow(lead, left - 1)

    grow("n", depth)
    return nodes


def test_a_tree_of_sixty_boxes_is_one_picture_and_a_larger_one_is_cut() -> None:
    nodes = {"n": " ".join(f"x{i}" for i in range(59))} | {f"x{i}": "" for i in range(59)}
    assert [len(part.nodes) for part in outline.map_parts(connected(tree("t", **nodes)), "t")] == [60]
    nodes["x0"], nodes["y"] = "y y", ""
    assert [len(part.nodes) for part in outline.map_parts(connected(tree("t", **nodes)), "t")] == [59, 2]


def test_a_large_tree_is_cut_into_branches() -> None:
    found = connected(tree("t", **bush(3, 4)))
    cut = outline.map_parts(found, "t")
    assert [len(part.nodes) for part in cut] == [41, 40, 40]
    for part in cut:
        assert len(part.nodes) + len(part.others) <= outline.MAX_BOXES
    # A branch's first node is also in the map that leads to it.
    for part in cut[1:]:
        assert any(part.nodes[0] in other.others for other in cut)


@settings(max_examples=80)
@given(plans(most=14), st.integers(3, 9))
def test_pictures_hold_every_node_and_every_answer_once(plan: tuple[Spot, ...], largest: int) -> None:
    project, _ = read_plan(plan, ["Word"], ["Word."])
    found = build_graph(project.trees)
    for id in project.trees:
        cut = outline.map_parts(found, id, largest)
        nodes = [node for part in cut for node in part.nodes]
        assert sorted(map(str, nodes)) == sorted(map(str, outline.nodes_in_order(found, id)))
        for part in cut:
            boxes = {*part.nodes, *part.others}
            targets = {
                outline.seen_from_tree(found, id, e.target) for node in part.nodes for e in found.outgoing[node]
            }
            assert targets <= boxes
            assert targets >= set(part.others)
            assert not set(part.nodes) & set(part.others)


# Paths


def all_paths(found: Graph, id: str) -> list[tuple[NodeRef, tuple[Edge, ...], NodeRef]]:
    """Every path, by following all answers: the definition, slow but simple."""

    def on(ref: NodeRef) -> list[tuple[tuple[Edge, ...], NodeRef]]:
        edges = found.outgoing[ref] if ref.tree == id and ref.node else ()
        if not edges:
            return [((), ref)]
        return [
            ((edge, *rest), end)
            for edge in edges
            for rest, end in on(found.enter(edge.target) if edge.target.tree == id else edge.target)
        ]

    return [(entry, edges, end) for entry in outline.entry_nodes(found, id) for edges, end in on(entry)]


@settings(max_examples=80)
@given(plans(most=10))
def test_ways_are_all_paths_and_are_counted_without_going_them(plan: tuple[Spot, ...]) -> None:
    project, _ = read_plan(plan, ["Word"], ["Word."])
    found = build_graph(project.trees)
    for id in project.trees:
        wanted = all_paths(found, id)
        assert [(path.begin, path.edges, path.end) for path in paths.paths(found, id)] == wanted
        expected = Counter[NodeRef]()
        for _, edges, end in wanted:
            expected[end] += choices_on(found, edges)
        assert +paths.count_paths(found, id) == expected


def choices_on(found: Graph, edges: tuple[Edge, ...]) -> int:
    """How many choices among several answers take a path on which no condition asks for them."""
    asked = (found.node(edge.source) for edge in edges if edge.answer == CHOSEN)
    return prod(sum(1 for _ in all_choices(node)) for node in asked)


def test_paths_are_counted_that_nobody_could_list() -> None:
    nodes = {f"n{i}": f"n{i + 1} n{i + 1}" for i in range(300)} | {"n300": ""}
    found = connected(tree("t", **nodes))
    assert paths.count_paths(found, "t") == {at("t:n300"): 2**300}
    first = list(islice(paths.paths(found, "t"), 3))
    assert [len(path.edges) for path in first] == [300] * 3


def test_a_path_may_begin_at_an_edge_of_another_tree_and_end_at_another_tree() -> None:
    found = connected(tree("t", a="b u:", b="", c="b u:y"), tree("u", x="t:c y", y=""))
    found_paths = [f"{path.begin} {len(path.edges)} {path.end}" for path in paths.paths(found, "t")]
    assert found_paths == ["t:a 1 t:b", "t:a 1 u:", "t:c 1 t:b", "t:c 1 u:y"]
    assert paths.count_paths(found, "t") == {at("t:b"): 2, NodeRef("u"): 1, at("u:y"): 1}


def test_a_tree_of_one_outcome_has_one_path() -> None:
    found = connected(tree("t", a=""))
    assert [path.edges for path in paths.paths(found, "t")] == [()]
    assert paths.count_paths(found, "t") == {at("t:a"): 1}


def test_a_path_ends_where_it_comes_to_a_node_again() -> None:
    """Trees with cycles are compared with others too."""
    found = connected(tree("t", a="b c", b="a c", c=""))
    listed = [(len(path.edges), str(path.end)) for path in paths.paths(found, "t")]
    assert listed == [(2, "t:a"), (2, "t:c"), (1, "t:c")]
    answered_once = paths.follow(found, at("t:a"), lambda ref: frozenset("0") if ref == at("t:a") else None)
    assert [str(path.end) for path in answered_once] == ["t:a", "t:c"]
