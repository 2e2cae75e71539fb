"""Rules on scenarios: a tree gives the outcome that each of its scenarios names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from guidetrees.check.rule_examples import shown_by
from guidetrees.check.rules.references import answer_fault, reference_fault
from guidetrees.graph.graph import Edge, Graph, NodeRef, answered, exists, fits, is_complete, parse_reference
from guidetrees.graph.node_kinds import ONWARD, asks, ends_tree, exits
from guidetrees.messages.message import Message, about, say
from guidetrees.parse.model import Node, Scenario, Tree
from guidetrees.parse.tables.nodes import KINDS
from guidetrees.project.project import Project
from guidetrees.project.references import node_name
from guidetrees.project.uncertainty import can_match
from guidetrees.source.location import LocatedStr, Problem


@shown_by("""
  scenarios:
    - name: A child with a picture book
      answers: {kind: a-book}
-     outcome: stay
+     outcome: lend
""")
def scenarios_hold(project: Project) -> Iterator[Problem]:
    """Every scenario can be answered as it says and ends at the outcome that it names."""
    for tree in project.trees.values():
        names = Counter[str]()
        for scenario in tree.scenarios:
            names[scenario.name] += 1
            if scenario.name and names[scenario.name] > 1:
                fault = say("another scenario is called '{name}'", name=scenario.name)
                yield Problem(scenario.name.location, about("name", fault))
            if scenario.answers is not None and scenario.outcome and tree.start in tree.nodes:
                yield from _scenario_problems(scenario, tree, project)


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """Where the answers of a scenario lead."""

    edges: tuple[Edge, ...]
    """The edges taken."""
    end: NodeRef
    """The node at which it stops."""
    problem: Problem | None = None
    """Why it stops before an end of the tree."""
    lost: bool = False
    """Whether it stops at something that could not be read, which has its own problem."""


def run_scenario(scenario: Scenario, tree: Tree, graph: Graph) -> ScenarioResult:
    """Follows the answers of `scenario` through `tree`, to an end or to the first node that it does not answer."""
    given = {parse_reference(node, tree.id): (node, answer) for node, answer in scenario.answers or ()}
    goal = parse_reference(scenario.outcome, tree.id)
    ref, edges = NodeRef(tree.id, str(tree.start)), list[Edge]()
    while all(edge.source != ref for edge in edges):
        node = graph.trees[ref.tree].nodes[ref.node]
        # A scenario may end where it enters another tree.
        enters = ref not in given and exists(graph.trees, goal) and graph.enter(goal) == ref
        if node and (ends_tree(node) or enters):
            return ScenarioResult(tuple(edges), ref)
        answer = _answer(node, given.get(ref), node_name(ref, tree.id), scenario)
        if isinstance(answer, Problem):
            return ScenarioResult(tuple(edges), ref, problem=answer)
        ways = [edge for edge in graph.outgoing[ref] if edge.answer == answer]
        edge = next((edge for edge in ways if fits(edge, answered(edges))), None)
        if edge is None or not _are_clear(ways, node, graph.trees[ref.tree]):
            break
        edges.append(edge)
        ref = graph.enter(edge.target)
    return ScenarioResult(tuple(edges), ref, lost=True)


def _answer(
    node: Node | None, given: tuple[LocatedStr, LocatedStr] | None, asked: str, scenario: Scenario
) -> str | Problem | None:
    """The id of the answer that a scenario gives at a node, ONWARD at a step, or its problem; None if that is
    unknown."""
    if node is None or not is_complete(node):
        return None
    if not asks(node):
        return ONWARD
    ids = [exit_.id for exit_ in exits(node)]
    if given and given[1] in ids:
        return given[1]
    if given is None:
        missing = say("'{node}' is asked and not answered (its answers: {ids})", node=asked, ids=", ".join(ids))
        return Problem(scenario.location, about("answers", missing))
    name, answer = given
    if len(set(ids)) < len(ids):  # two answers have the same id: a problem of its own
        return None
    fault = answer_fault(answer, name, node)
    return Problem(answer.location, about("answers", fault)) if fault else None


def _are_clear(ways: list[Edge], node: Node | None, tree: Tree) -> bool:
    """Whether the conditions of the ways on from `node` could be read, and name answers that exist."""
    whens = (edge.when for edge in ways if edge.when)
    return node is None or all(can_match(when, node, tree) for when in whens)


def _scenario_problems(scenario: Scenario, tree: Tree, project: Project) -> Iterator[Problem]:
    faults = [(name, _asked_fault(name, tree, project)) for name, _ in scenario.answers or ()]
    unknown = [Problem(name.location, about("answers", fault)) for name, fault in faults if fault]
    yield from unknown
    if fault := _outcome_fault(scenario.outcome, tree, project):
        yield Problem(scenario.outcome.location, about("outcome", fault))
    elif not unknown and parse_reference(scenario.outcome, tree.id).tree not in project.uncertain.unread:
        yield from _result_problems(scenario, tree, project.graph)


def _asked_fault(name: LocatedStr, tree: Tree, project: Project) -> Message | None:
    """The fault of what a scenario answers; None if there is none."""
    if fault := reference_fault(name, tree, project):
        return fault
    ref = parse_reference(name, tree.id)
    node = project.trees[ref.tree].nodes.get(ref.node) if ref.tree in project.trees else None
    if node and not asks(node) and not ends_tree(node):
        _, table = KINDS[node.kind]
        return say("'{name}' is {kind}: nothing is answered there, leave it out", name=name, kind=table.kind)
    return None


def _outcome_fault(name: LocatedStr, tree: Tree, project: Project) -> Message | None:
    if fault := reference_fault(name, tree, project):
        return fault
    goal = parse_reference(name, tree.id)
    node = tree.nodes.get(goal.node) if goal.tree == tree.id else None
    if node and not ends_tree(node):
        _, table = KINDS[node.kind]
        return say("'{name}' is {kind}, not an outcome", name=name, kind=table.kind)
    return None


def _result_problems(scenario: Scenario, tree: Tree, graph: Graph) -> Iterator[Problem]:
    """The problems of a scenario whose references all exist."""
    result = run_scenario(scenario, tree, graph)
    if result.lost:
        return
    if result.problem:
        yield result.problem
    elif graph.enter(parse_reference(scenario.outcome, tree.id)) != result.end:
        end = node_name(result.end, tree.id)
        fault = say("the answers lead to '{end}', not to '{outcome}'", end=end, outcome=scenario.outcome)
        yield Problem(scenario.outcome.location, about("outcome", fault))
    else:
        passed = answered(result.edges)
        for name, _ in scenario.answers or ():
            if parse_reference(name, tree.id) not in passed:
                fault = say("'{node}' is not asked on the way to '{outcome}'", node=name, outcome=scenario.outcome)
                yield Problem(name.location, about("answers", fault))
