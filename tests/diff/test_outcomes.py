"""Ways that end elsewhere: the same as trying every combination of answers, without trying them all."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from itertools import product

import pytest
from conftest import ROOT
from helpers import BASE
from hypothesis import given, settings
from hypothesis import strategies as st

from guidetrees.diff import outcomes as module
from guidetrees.diff.outcomes import Ends, Step, ends
from guidetrees.diff.versions import Versions
from guidetrees.graph.graph import NodeRef
from guidetrees.parse.model import Tree
from guidetrees.parse.problem_collector import ProblemCollector
from guidetrees.parse.tables import read_tree
from guidetrees.project.project import Project, read_project
from guidetrees.source.location import LocatedStr
from guidetrees.source.yaml import read_yaml

PROJECT = read_project(BASE)
Shape = dict[str, dict[str, str]]
"""Questions, their answers, and where these lead. What is no question is an outcome of that name."""


def tree_of(shape: Shape, start: str, verdicts: dict[str, str]) -> Tree:
    outcomes = {target for answers in shape.values() for target in answers.values()} | {start}
    nodes: dict[str, object] = {
        node: {"question": node, "answers": [{"answer": a, "goto": goto} for a, goto in answers.items()]}
        for node, answers in shape.items()
    }
    for end in sorted(outcomes - set(shape)):
        nodes[end] = {"outcome": end, "verdict": verdicts.get(end, "info"), "guide": "rules.md#time"}
    written = {"title": "T", "summary": "S", "reviewed": "2026-11-24", "start": start, "nodes": nodes}
    value, problems = read_yaml(json.dumps(written), "t.yml")
    collector = ProblemCollector(list(problems))
    tree = read_tree("t", "t.yml", value, collector)
    assert tree and not collector.problems
    return tree


def project_of(shape: Shape, start: str = "q0", **verdicts: str) -> Project:
    return replace(PROJECT, trees={"t": tree_of(shape, start, verdicts)})


def found(before: Project, now: Project) -> Ends:
    return ends(Versions(before, now), "t")


def pairs(found: Ends) -> set[tuple[str, str]]:
    return {(turn.before.node, turn.now.node) for turn in found.turns}


def given_by(steps: tuple[Step, ...]) -> list[str]:
    edges = (step.before or step.now for step in steps)
    return [f"{edge.source.node}={edge.answer}" for edge in edges if edge]


# Every combination of answers


def walked(shape: Shape, start: str, answers: dict[str, str]) -> tuple[str, list[str]] | None:
    """Where answers lead, and which of them were asked for; None where one is no answer."""
    at, asked = start, []
    while at in shape:
        asked.append(f"{at}={answers[at]}")
        if answers[at] not in shape[at]:
            return None
        at = shape[at][answers[at]]
    return at, asked


def tried(before: Shape, now: Shape, starts: tuple[str, str]) -> dict[tuple[str, str], set[tuple[str, ...]]]:
    """Every pair of ends that differ, with the ways of before that lead to it."""
    questions = sorted({*before, *now})
    known = [sorted({*before.get(q, {}), *now.get(q, {})}) for q in questions]
    result: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for combination in product(*known):
        answers = dict(zip(questions, combination, strict=True))
        was, is_ = walked(before, starts[0], answers), walked(now, starts[1], answers)
        if was and is_ and was[0] != is_[0]:
            result.setdefault((was[0], is_[0]), set()).add(tuple(was[1]))
    return result


@st.composite
def shapes(draw: st.DrawFn) -> Shape:
    """Up to five questions in any order, without rounds, every one reached or left out."""
    order = draw(st.permutations([f"q{n}" for n in range(5)]))[: draw(st.integers(1, 5))]
    shape: Shape = {}
    for position, question in enumerate(order):
        later = [*order[position + 1 :], "x", "y", "z"]
        answers = draw(st.lists(st.sampled_from("abc"), min_size=2, max_size=3, unique=True))
        shape[question] = {answer: draw(st.sampled_from(later)) for answer in answers}
    return reached(shape, order[0])


def reached(shape: Shape, start: str) -> Shape:
    """The questions that can be asked, the first one first."""
    names, waiting = dict[str, None](), [start]
    while waiting:
        name = waiting.pop()
        if name in shape and name not in names:
            names[name] = None
            waiting += shape[name].values()
    return {name: shape[name] for name in names}


@given(shapes(), shapes())
@settings(max_examples=300)
def test_the_pairs_are_those_of_every_combination_of_answers(before: Shape, now: Shape) -> None:
    starts = (next(iter(before)), next(iter(now)))
    result = found(project_of(before, starts[0]), project_of(now, starts[1]))
    expected = tried(before, now, starts)
    assert result.whole
    assert pairs(result) == set(expected)
    for turn in result.turns:
        ways = expected[turn.before.node, turn.now.node]
        assert turn.count in (None, len(ways))
        answers = dict(step.split("=") for step in given_by(turn.steps))
        was, is_ = walked(before, starts[0], answers), walked(now, starts[1], answers)
        assert was and is_ and (was[0], is_[0]) == (turn.before.node, turn.now.node)


@given(shapes(), st.data())
@settings(max_examples=100)
def test_where_the_questions_are_the_same_every_way_is_counted(before: Shape, data: st.DataObject) -> None:
    start = next(iter(before))
    now = {
        question: {
            answer: target if target in before else data.draw(st.sampled_from("xyz"))
            for answer, target in answers.items()
        }
        for question, answers in before.items()
    }
    result = found(project_of(before, start), project_of(now, start))
    expected = tried(before, now, (start, start))
    counts = {(turn.before.node, turn.now.node): turn.count for turn in result.turns}
    assert counts == {pair: len(ways) for pair, ways in expected.items()}


@given(shapes())
@settings(max_examples=50)
def test_a_tree_ends_where_it_ended(shape: Shape) -> None:
    project = project_of(shape, next(iter(shape)))
    assert found(project, project) == Ends()


# Special cases


def ladder(rungs: int, last: str) -> Shape:
    """Questions whose branches join again: two to the power of `rungs` ways."""
    shape: Shape = {}
    for n in range(rungs):
        shape[f"q{n}"] = {"a": f"l{n}", "b": f"r{n}"}
        following = f"q{n + 1}" if n + 1 < rungs else "end"
        shape[f"l{n}"] = shape[f"r{n}"] = {"a": following, "b": following}
    shape[f"r{rungs - 1}"] = {"a": "end", "b": last}
    return shape


def test_ways_without_number_are_compared_at_once() -> None:
    result = found(project_of(ladder(60, "end")), project_of(ladder(60, "other")))
    (turn,) = result.turns
    assert (turn.before.node, turn.now.node, len(turn.steps)) == ("end", "other", 120)
    assert turn.count == 2**118
    assert given_by(turn.steps)[-2:] == ["q59=b", "r59=b"]


def chain(order: Iterable[int]) -> Shape:
    """Questions one after the other: every `a` goes on, every `b` ends."""
    names = [f"q{n}" for n in order]
    return {name: {"a": after, "b": f"e-{name}"} for name, after in zip(names, [*names[1:], "end"], strict=True)}


def test_questions_in_reverse_are_compared_in_full() -> None:
    """Before, the first `b` of thirty ends the way; now the last one does."""
    result = found(project_of(chain(range(30)), "q0"), project_of(chain(reversed(range(30))), "q29"))
    assert result.whole
    assert pairs(result) == {(f"e-q{i}", f"e-q{j}") for j in range(30) for i in range(j)}


def test_a_limit_is_kept_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_STATES", 50)
    result = found(project_of(ladder(60, "end")), project_of(ladder(60, "other")))
    assert not result.whole
    assert all(turn.count is None for turn in result.turns)


def test_questions_in_another_order_get_the_answers_given() -> None:
    before = {"q0": {"a": "q1", "b": "x"}, "q1": {"a": "y", "b": "z"}}
    now = {"q1": {"a": "q0", "b": "z"}, "q0": {"a": "y", "b": "x"}}
    result = found(project_of(before, "q0"), project_of(now, "q1"))
    assert [(t.before.node, t.now.node, t.count) for t in result.turns] == [("x", "z", None)]
    assert sorted(given_by(result.turns[0].steps)) == ["q0=b", "q1=b"]


def test_a_verdict_alone_is_a_difference() -> None:
    shape = {"q0": {"a": "x", "b": "y"}}
    result = found(project_of(shape, x="yes"), project_of(shape, x="no"))
    assert [(t.before, t.now, t.count) for t in result.turns] == [(NodeRef("t", "x"), NodeRef("t", "x"), 1)]


def test_a_node_under_a_former_name_is_the_same_end() -> None:
    before, now = project_of({"q0": {"a": "x", "b": "y"}}), project_of({"q0": {"a": "new", "b": "y"}})
    assert pairs(found(before, now)) == {("x", "new")}
    node = now.trees["t"].nodes["new"]
    assert node
    renamed = replace(node, aliases=(LocatedStr("x", node.id.location),))
    tree = replace(now.trees["t"], nodes=now.trees["t"].nodes | {"new": renamed})
    assert found(before, replace(now, trees={"t": tree})) == Ends()


def test_rounds_end_too() -> None:
    """A version with a round is a problem of `make check`, and no reason to hang."""
    result = found(project_of({"q0": {"a": "q0", "b": "x"}}), project_of({"q0": {"a": "q0", "b": "y"}}))
    assert pairs(result) == {("x", "y")}
    assert result.turns[0].count is None


def test_no_tree_is_no_end() -> None:
    gone = replace(PROJECT, trees={})
    assert ends(Versions(PROJECT, gone), "other") == Ends()


def test_this_project_ends_where_it_ends() -> None:
    project = read_project(ROOT)
    for tree in project.trees:
        assert ends(Versions(project, project), tree) == Ends()
