"""Scenarios: cases in plain words that the trees must answer as they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ..graph import Address, Graph, connect, exists, exits, is_whole, parse_reference
from ..mentions import named
from ..model import Outcome, Scenario, Tree
from ..project import Project, no_such
from ..source import Problem
from .references import reference_fault


def scenarios_hold(project: Project) -> Iterator[Problem]:
    """Every scenario can be answered as it says and ends at the outcome that it names."""
    graph = connect(project.trees)
    for tree in project.trees.values():
        names = Counter[str]()
        for scenario in tree.scenarios:
            names[scenario.name] += 1
            if scenario.name and names[scenario.name] > 1:
                yield Problem(scenario.name.place, f"name: another scenario is called '{scenario.name}'")
            if scenario.outcome and tree.start in tree.nodes:
                yield from _scenario_problems(scenario, tree, project, graph)


@dataclass(frozen=True, slots=True)
class Walk:
    """Where a scenario's answers lead: the nodes passed, and the one it stops at."""

    passed: tuple[Address, ...]
    end: Address
    fault: Problem | None = None
    lost: bool = False
    """It meets something that could not be read, which has its own problem."""


def walk(scenario: Scenario, tree: Tree, graph: Graph) -> Walk:
    """Goes through `tree` by the answers of `scenario`, to an outcome or to where it stops answering."""
    given = {parse_reference(node, tree.id): (node, answer) for node, answer in scenario.answers or ()}
    goal = parse_reference(scenario.outcome, tree.id)
    at, passed = Address(tree.id, str(tree.start)), list[Address]()
    while at not in passed:
        node = graph.trees[at.tree].nodes[at.node]
        if node is None or not is_whole(node):
            return Walk(tuple(passed), at, lost=True)
        # A scenario may end where it enters another tree.
        if isinstance(node, Outcome) or (
            at not in given and exists(graph.trees, goal) and graph.enter(goal) == at
        ):
            return Walk(tuple(passed), at)
        if at not in given:
            known = ", ".join(id for id, _ in exits(node))
            message = f"answers: '{named(at, tree.id)}' is asked and not answered (its answers: {known})"
            return Walk(tuple(passed), at, Problem(scenario.place, message))
        name, answer = given[at]
        ids = [id for id, _ in exits(node)]
        if answer not in ids and len({*ids, ""}) <= len(ids):  # one of them could not be read, or stands twice
            return Walk(tuple(passed), at, lost=True)
        if answer not in ids:
            message = f"answers: {no_such('answer', answer, ids)} to '{name}' (its answers: {', '.join(ids)})"
            return Walk(tuple(passed), at, Problem(answer.place, message))
        passed.append(at)
        edge = next((e for e in graph.leaving[at] if e.answer == answer), None)
        if edge is None:
            return Walk(tuple(passed), at, lost=True)
        at = graph.enter(edge.target)
    return Walk(tuple(passed), at, lost=True)


def _scenario_problems(scenario: Scenario, tree: Tree, project: Project, graph: Graph) -> Iterator[Problem]:
    if scenario.answers is None:
        return
    unknown = set()
    for name, _ in scenario.answers:
        if fault := reference_fault(name, tree, project):
            unknown.add(name)
            yield Problem(name.place, f"answers: {fault}")
    if fault := reference_fault(scenario.outcome, tree, project):
        yield Problem(scenario.outcome.place, f"outcome: {fault}")
        return
    goal = parse_reference(scenario.outcome, tree.id)
    walked = walk(scenario, tree, graph)
    if unknown or walked.lost or goal.tree in project.unreadable:
        return
    if walked.fault:
        yield walked.fault
    elif graph.enter(goal) != walked.end:
        end = named(walked.end, tree.id)
        yield Problem(scenario.outcome.place, f"outcome: the answers lead to '{end}', not to '{scenario.outcome}'")
    else:
        for name, _ in scenario.answers:
            if parse_reference(name, tree.id) not in walked.passed:
                yield Problem(name.place, f"answers: '{name}' is not asked on the way to '{scenario.outcome}'")
