"""Changed outcomes: the same as trying every combination of answers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from itertools import product

import pytest
from helpers import BASE
from hypothesis import given, settings
from hypothesis import strategies as st

from guidetrees.diff import outcomes as module
from guidetrees.diff.outcomes import ChangedOutcome, PathPair, changed_outcomes
from guidetrees.diff.versions import Versions
from guidetrees.graph.graph import NodeRef
from guidetrees.parse.model import Tree
from guidetrees.parse.problem_collector import ProblemCollector
from guidetrees.parse.tables.tree import read_tree
from guidetrees.project.project import Project, read_project
from guidetrees.source.location import LocatedStr
from guidetrees.source.yaml import read_yaml

PROJECT = read_project(BASE)
Scenario = dict[str, object]
Shape = dict[str, dict[str, str]]
"""Questions, their answers, and where these lead. What is no question is an outcome of that name."""


def tree_of(shape: Shape, start: str, verdicts: dict[str, str], scenarios: list[Scenario]) -> Tree:
    outcomes = {target for answers in shape.values() for target in answers.values()} | {start}
    nodes: dict[str, object] = {
        node: {"question": node, "answers": [{"answer": a, "goto": goto} for a, goto in answers.items()]}
        for node, answers in shape.items()
    }
    for end in sorted(outcomes - set(shape)):
        nodes[end] = {"outcome": end, "verdict": verdicts.get(end, "info"), "guide": "rules.md#time"}
    written: dict[str, object] = {
        "title": "T",
        "summary": "S",
        "reviewed": "2026-11-24",
        "start": start,
        "nodes": nodes,
    }
    if scenarios:
        written["scenarios"] = scenarios
    value, problems = read_yaml(json.dumps(written), "t.yml")
    collector = ProblemCollector(list(problems))
    tree = read_tree("t", "t.yml", value, collector)
    assert tree and not collector.problems
    return tree


def project_of(shape: Shape, start: str = "q0", scenarios: Iterable[Scenario] = (), **verdicts: str) -> Project:
    return replace(PROJECT, trees={"t": tree_of(shape, start, verdicts, list(scenarios))})


def compared(before: Project, now: Project) -> tuple[list[ChangedOutcome], bool]:
    return changed_outcomes(Versions(before, now), "t")


def found(before: Project, now: Project) -> list[ChangedOutcome]:
    """The changed outcomes of versions whose paths are all compared."""
    changed, is_complete = compared(before, now)
    assert is_complete
    return changed


def ends(changed: ChangedOutcome) -> tuple[str, str]:
    return changed.example.before.end.node, changed.example.now.end.node


def pairs(found: list[ChangedOutcome]) -> set[tuple[str, str]]:
    return set(map(ends, found))


def given_by(pair: PathPair) -> list[str]:
    return [f"{ref.node}={'.'.join(sorted(ids))}" for ref, ids in {**pair.before.given, **pair.new}.items()]


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
@settings(max_examples=80)
def test_the_ends_are_those_of_every_combination_of_answers(before: Shape, now: Shape) -> None:
    starts = (next(iter(before)), next(iter(now)))
    result = found(project_of(before, starts[0]), project_of(now, starts[1]))
    expected = tried(before, now, starts)
    assert pairs(result) == set(expected)
    for changed in result:
        assert changed.count == len(expected[ends(changed)])
        answers = dict(step.split("=") for step in given_by(changed.example))
        was, is_ = walked(before, starts[0], answers), walked(now, starts[1], answers)
        assert was and is_ and (was[0], is_[0]) == ends(changed)


@given(shapes(), st.data())
@settings(max_examples=60)
def test_one_answer_that_leads_elsewhere_is_reported_with_both_outcomes(
    before: Shape, data: st.DataObject
) -> None:
    start = next(iter(before))
    last = [(q, a) for q, answers in before.items() for a, target in answers.items() if target not in before]
    question, answer = data.draw(st.sampled_from(last))
    outcome = before[question][answer]
    now = {**before, question: {**before[question], answer: "elsewhere"}}
    (changed,) = found(project_of(before, start), project_of(now, start))
    assert ends(changed) == (outcome, "elsewhere")
    assert given_by(changed.example)[-1] == f"{question}={answer}"
    assert changed.count == len(tried(before, now, (start, start))[outcome, "elsewhere"])


@given(shapes(), st.data())
@settings(max_examples=60)
def test_where_the_questions_are_the_same_every_path_is_counted(before: Shape, data: st.DataObject) -> None:
    start = next(iter(before))
    now = {
        question: {
            answer: target if target in before else data.draw(st.sampled_from("xyz"))
            for answer, target in answers.items()
        }
        for question, answers in before.items()
    }
    counts = {ends(one): one.count for one in found(project_of(before, start), project_of(now, start))}
    expected = tried(before, now, (start, start))
    assert counts == {pair: len(paths) for pair, paths in expected.items()}


@given(shapes())
@settings(max_examples=30)
def test_identical_trees_have_no_changed_outcomes(shape: Shape) -> None:
    project = project_of(shape, next(iter(shape)))
    assert found(project, project) == []


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


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only few paths of a tree are compared."""
    monkeypatch.setattr(module, "MAX_PATHS", 100)


@pytest.mark.usefixtures("few")
def test_of_too_many_paths_the_first_are_compared() -> None:
    changed, is_complete = compared(project_of(ladder(60, "end")), project_of(ladder(60, "other")))
    assert not is_complete
    assert [(ends(one), len(one.example.before.edges)) for one in changed] == [(("end", "other"), 120)]
    assert 0 < changed[0].count <= module.MAX_PATHS
    assert given_by(changed[0].example)[-2:] == ["q59=b", "r59=b"]


LADDER = ladder(30, "end")
CHANGED = {**LADDER, "r0": {"a": "other", "b": "q1"}}
"""An answer that none of the first paths gives leads elsewhere."""


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("version", ["former", "current"])
def test_of_too_many_paths_those_of_scenarios_are_compared(version: str) -> None:
    assert compared(project_of(LADDER), project_of(CHANGED)) == ([], False)
    answers = {"q0": "b", "r0": "a"}
    if version == "former":
        answers |= {f"{kind}{n}": answer for n in range(1, 30) for kind, answer in (("q", "b"), ("r", "a"))}
    scenario: list[Scenario] = [{"name": "Case", "answers": answers, "outcome": "end"}]
    before = project_of(LADDER, scenarios=scenario if version == "former" else [])
    now = project_of(CHANGED, scenarios=scenario if version == "current" else [])
    changed, is_complete = compared(before, now)
    assert not is_complete
    assert [ends(one) for one in changed] == [("end", "other")]
    assert changed[0].scenarios == (("Case",) if version == "former" else ())  # the current one ends earlier


def test_scenarios_are_named_whose_outcomes_have_changed() -> None:
    before = {"q0": {"a": "x", "b": "y", "c": "x"}}
    now = {"q0": {"a": "z", "b": "y", "c": "z"}}
    scenarios: list[Scenario] = [
        {"name": f"Case {answer}", "answers": {"q0": answer}, "outcome": "x"} for answer in "abc"
    ]
    (changed,) = found(project_of(before, scenarios=scenarios[:2]), project_of(now, scenarios=scenarios))
    assert (ends(changed), changed.count, changed.scenarios) == (("x", "z"), 2, ("Case a", "Case c"))


def chain(order: Iterable[int]) -> Shape:
    """Questions one after the other: every `a` goes on, every `b` ends."""
    names = [f"q{n}" for n in order]
    return {name: {"a": after, "b": f"e-{name}"} for name, after in zip(names, [*names[1:], "end"], strict=True)}


def test_questions_in_reverse_are_compared_in_full() -> None:
    """Before, the first `b` of thirty ends the path; now the last one does."""
    result = found(project_of(chain(range(30)), "q0"), project_of(chain(reversed(range(30))), "q29"))
    assert pairs(result) == {(f"e-q{i}", f"e-q{j}") for j in range(30) for i in range(j)}


@pytest.mark.usefixtures("few")
def test_paths_with_an_answer_that_is_gone_have_no_end_and_are_not_tried_without_limit() -> None:
    now = {**LADDER, "q29": {"b": "r29", "c": "l29"}}
    assert compared(project_of(LADDER), project_of(now)) == ([], False)


def test_questions_in_another_order_get_the_answers_given() -> None:
    before = {"q0": {"a": "q1", "b": "x"}, "q1": {"a": "y", "b": "z"}}
    now = {"q1": {"a": "q0", "b": "z"}, "q0": {"a": "y", "b": "x"}}
    (changed,) = found(project_of(before, "q0"), project_of(now, "q1"))
    assert (ends(changed), changed.count) == (("x", "z"), 1)
    assert given_by(changed.example) == ["q0=b", "q1=b"]
    assert [ref.node for ref in changed.example.new] == ["q1"]


def test_of_a_question_that_is_new_every_answer_is_tried() -> None:
    before = {"q0": {"a": "x", "b": "y"}}
    now = {"q0": {"a": "new", "b": "y"}, "new": {"c": "x", "d": "z"}}
    (changed,) = found(project_of(before), project_of(now))
    assert (ends(changed), given_by(changed.example)) == (("x", "z"), ["q0=a", "new=d"])


def test_a_verdict_alone_is_a_difference() -> None:
    shape = {"q0": {"a": "x", "b": "y"}}
    (changed,) = found(project_of(shape, x="yes"), project_of(shape, x="no"))
    assert changed.example.before.end == changed.example.now.end == NodeRef("t", "x")
    assert changed.count == 1


def test_a_node_under_a_former_name_is_the_same_end() -> None:
    before, now = project_of({"q0": {"a": "x", "b": "y"}}), project_of({"q0": {"a": "new", "b": "y"}})
    assert pairs(found(before, now)) == {("x", "new")}
    node = now.trees["t"].nodes["new"]
    assert node
    renamed = replace(node, aliases=(LocatedStr("x", node.id.location),))
    tree = replace(now.trees["t"], nodes=now.trees["t"].nodes | {"new": renamed})
    assert found(before, replace(now, trees={"t": tree})) == []


def test_a_cycle_ends_the_comparison_too() -> None:
    """A version with a cycle is a problem of `make check`, and no reason to hang."""
    result = found(project_of({"q0": {"a": "q0", "b": "x"}}), project_of({"q0": {"a": "q0", "b": "y"}}))
    assert pairs(result) == {("x", "y")}


def test_a_tree_that_is_gone_has_no_changed_outcomes() -> None:
    gone = replace(PROJECT, trees={})
    assert changed_outcomes(Versions(PROJECT, gone), "other") == ([], True)
