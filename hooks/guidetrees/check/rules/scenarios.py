"""Scenarios: cases in plain words that the trees must answer as they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from guidetrees.check.rule_examples import shown_by
from guidetrees.check.rules.references import reference_fault
from guidetrees.graph.graph import (
    Edge,
    Graph,
    NodeRef,
    answered,
    exists,
    exits,
    fits,
    is_complete,
    parse_reference,
)
from guidetrees.parse.model import Checklist, Node, Outcome, Question, Scenario, Tree
from guidetrees.project.project import Project, not_found
from guidetrees.project.references import answers_by_words, node_name
from guidetrees.source.location import LocatedStr, Problem


@shown_by(
    failing="""
scenarios:
  - name: A child with a picture book
    answers: {kind: a-book}
    outcome: stay
""",
    mended="""
scenarios:
  - name: A child with a picture book
    answers: {kind: a-book}
    outcome: lend
""",
)
def scenarios_hold(project: Project) -> Iterator[Problem]:
    """Every scenario can be answered as it says and ends at the outcome that it names."""
    graph = project.graph
    for tree in project.trees.values():
        names = Counter[str]()
        for scenario in tree.scenarios:
            names[scenario.name] += 1
            if scenario.name and names[scenario.name] > 1:
                yield Problem(scenario.name.location, f"name: another scenario is called '{scenario.name}'")
            if scenario.outcome and tree.start in tree.nodes:
                yield from _scenario_problems(scenario, tree, project, graph)


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """Where a scenario's answers lead: the answers given, and the node it stops at."""

    edges: tuple[Edge, ...]
    end: NodeRef
    fault: Problem | None = None
    lost: bool = False
    """It meets something that could not be read, which has its own problem."""

    @property
    def passed(self) -> list[NodeRef]:
        return [edge.source for edge in self.edges]


def run_scenario(scenario: Scenario, tree: Tree, graph: Graph) -> ScenarioResult:
    """Goes through `tree` by the answers of `scenario`, to an outcome or to where it stops answering."""
    given = {parse_reference(node, tree.id): (node, answer) for node, answer in scenario.answers or ()}
    goal = parse_reference(scenario.outcome, tree.id)
    at, edges, passed = NodeRef(tree.id, str(tree.start)), list[Edge](), set[NodeRef]()
    while at not in passed:
        node = graph.trees[at.tree].nodes[at.node]
        # A scenario may end where it enters another tree.
        enters = at not in given and exists(graph.trees, goal) and graph.enter(goal) == at
        if isinstance(node, Outcome) or (enters and node):
            return ScenarioResult(tuple(edges), at)
        answer = _answer(node, given.get(at), node_name(at, tree.id), scenario)
        if isinstance(answer, Problem):
            return ScenarioResult(tuple(edges), at, fault=answer)
        passed.add(at)
        edge = next((e for e in graph.outgoing[at] if e.answer == answer and fits(e, answered(edges))), None)
        if edge is None:
            break
        edges.append(edge)
        at = graph.enter(edge.target)
    return ScenarioResult(tuple(edges), at, lost=True)


def _answer(
    node: Node | None, given: tuple[LocatedStr, LocatedStr] | None, asked: str, scenario: Scenario
) -> str | Problem | None:
    """The answer's id that a scenario gives at a node, or what is wrong with it; None where that is unknown."""
    ids = [id for id, _ in exits(node)] if node else []
    if node is None or not is_complete(node):
        return None
    known = ", ".join(ids)
    if given is None:
        return Problem(scenario.location, f"answers: '{asked}' is asked and not answered (its answers: {known})")
    name, answer = given
    if answer in ids:
        return str(answer)
    if "" in ids or len(set(ids)) < len(ids):  # an answer that could not be read, or two of one name
        return None
    unknown = not_found("answer", answer, ids, answers_by_words(node))
    return Problem(answer.location, f"answers: {unknown} to '{name}' (its answers: {known})")


def _scenario_problems(scenario: Scenario, tree: Tree, project: Project, graph: Graph) -> Iterator[Problem]:
    if scenario.answers is None:
        return
    unknown = set()
    for name, _ in scenario.answers:
        if fault := reference_fault(name, tree, project):
            unknown.add(name)
            yield Problem(name.location, f"answers: {fault}")
    if fault := reference_fault(scenario.outcome, tree, project):
        yield Problem(scenario.outcome.location, f"outcome: {fault}")
        return
    goal = parse_reference(scenario.outcome, tree.id)
    if goal.tree == tree.id and goal.node and isinstance(tree.nodes[goal.node], Question | Checklist):
        yield Problem(scenario.outcome.location, f"outcome: '{scenario.outcome}' is no outcome, it asks on")
        return
    walked = run_scenario(scenario, tree, graph)
    if unknown or walked.lost or project.uncertain.tree(goal.tree):
        return
    if walked.fault:
        yield walked.fault
    elif graph.enter(goal) != walked.end:
        end = node_name(walked.end, tree.id)
        yield Problem(
            scenario.outcome.location, f"outcome: the answers lead to '{end}', not to '{scenario.outcome}'"
        )
    else:
        for name, _ in scenario.answers:
            if parse_reference(name, tree.id) not in walked.passed:
                yield Problem(name.location, f"answers: '{name}' is not asked on the way to '{scenario.outcome}'")
