"""Rules on scenarios: a tree gives the outcome that each of its scenarios names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from guidetrees.check.rule_examples import shown_by
from guidetrees.check.rules.references import answer_fault, reference_fault
from guidetrees.graph.graph import Edge, Given, Graph, NodeRef, exists, fits, is_complete, parse_reference
from guidetrees.graph.node_kinds import answer_ids, asks, choices, ends_tree, exits, is_choice
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
    given: Given
    """The answers given on them."""
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
    ref, edges, so_far = NodeRef(tree.id, str(tree.start)), list[Edge](), dict[NodeRef, frozenset[str]]()
    while all(edge.source != ref for edge in edges):
        node = graph.trees[ref.tree].nodes[ref.node]
        # A scenario may end where it enters another tree.
        enters = ref not in given and exists(graph.trees, goal) and graph.enter(goal) == ref
        if node and (ends_tree(node) or enters):
            return ScenarioResult(tuple(edges), so_far, ref)
        answer = _answer(node, given.get(ref), node_name(ref, tree.id), scenario)
        if isinstance(answer, Problem):
            return ScenarioResult(tuple(edges), so_far, ref, problem=answer)
        if node is None or answer is None:
            break
        if answer:
            so_far[ref] = answer
        taken = _exit(node, answer)
        ways = [edge for edge in graph.outgoing[ref] if edge.answer == taken]
        edge = next((edge for edge in ways if fits(edge, so_far)), None)
        if edge is None or not _are_clear(ways, node, graph.trees[ref.tree]):
            break
        edges.append(edge)
        ref = graph.enter(edge.target)
    return ScenarioResult(tuple(edges), so_far, ref, lost=True)


def _exit(node: Node, answer: frozenset[str]) -> str:
    """The id of the exit that an answer takes."""
    return next(exit_.id for exit_ in exits(node) if not exit_.is_one_answer or exit_.id in answer)


def _answer(
    node: Node | None, given: tuple[LocatedStr, tuple[LocatedStr, ...]] | None, asked: str, scenario: Scenario
) -> frozenset[str] | Problem | None:
    """The ids of the answers that a scenario gives at a node, none at a step, or its problem; None if that is
    unknown."""
    if node is None or not is_complete(node):
        return None
    if not asks(node):
        return frozenset()
    ids = answer_ids(node)
    if given is None:
        missing = say("'{node}' is asked and not answered (its answers: {ids})", node=asked, ids=", ".join(ids))
        return Problem(scenario.location, about("answers", missing))
    name, chosen = given
    if len(set(ids)) < len(ids):  # two answers have the same id: a problem of its own
        return None
    faults = ((answer, answer_fault(answer, name, node)) for answer in chosen)
    if found := next(((answer, fault) for answer, fault in faults if fault), None):
        return Problem(found[0].location, about("answers", found[1]))
    if fault := _combination_fault(node, name, chosen):
        return Problem(chosen[1].location, about("answers", fault))
    return frozenset(map(str, chosen)) if set(chosen) <= set(ids) else None


def _combination_fault(node: Node, name: LocatedStr, chosen: tuple[LocatedStr, ...]) -> Message | None:
    """The fault of several answers at a node; None if they can be given together."""
    if len(chosen) == 1 or is_choice(node, set(chosen)):
        return None
    if not choices(node):
        return say("'{node}' takes one answer, not several: write a scenario for each", node=name)
    alone = next(str(answer.id) for answer in choices(node) if answer.alone and answer.id in chosen)
    return say("'{answer}' is `alone`: write it without the others, or delete it", answer=alone)


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
        passed = result.given
        for name, _ in scenario.answers or ():
            if parse_reference(name, tree.id) not in passed:
                fault = say("'{node}' is not asked on the way to '{outcome}'", node=name, outcome=scenario.outcome)
                yield Problem(name.location, about("answers", fault))
