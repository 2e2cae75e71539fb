"""Conditions on earlier answers: what they name is there, and every case and part is for some reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from guidetrees.check.rule_examples import shown_by
from guidetrees.graph.decision_diagram import Diagram, example
from guidetrees.graph.graph import NodeRef, conditions, exits, is_complete, whens
from guidetrees.graph.reachability import Reachability
from guidetrees.parse.model import Condition, Goto, Node, Outcome, Tree, When
from guidetrees.parse.readers import suggestion
from guidetrees.project.project import Project, not_found
from guidetrees.project.references import answers_by_words, readable_nodes
from guidetrees.source.location import LocatedStr, Problem, shorten


@shown_by(
    failing="""
nodes:
  kind:
    question: What is it?
    answers:
      - answer: A book
        goto: age
      - answer: A map
        goto: age
  age:
    question: Is it old?
    answers:
      - answer: Yes
        goto:
          - when: {kind: a-mop}
            to: stay
          - to: lend
      - answer: No
        goto: lend
""",
    mended="""
nodes:
  kind:
    question: What is it?
    answers:
      - answer: A book
        goto: age
      - answer: A map
        goto: age
  age:
    question: Is it old?
    answers:
      - answer: Yes
        goto:
          - when: {kind: a-map}
            to: stay
          - to: lend
      - answer: No
        goto: lend
""",
)
def conditions_name_answers(project: Project) -> Iterator[Problem]:
    """Every condition names a node of its tree that asks, and answers to it."""
    for tree in project.trees.values():
        for node in readable_nodes(tree):
            for when in whens(node):
                for condition in when.conditions or ():
                    yield from _condition_problems(condition, node, tree)


def _condition_problems(condition: Condition, node: Node, tree: Tree) -> Iterator[Problem]:
    name = condition.node
    if name not in tree.nodes:
        other = " (a condition asks for answers in its own tree)" if ":" in name else suggestion(name, tree.nodes)
        yield Problem(name.location, f"when: no node '{shorten(name)}' in this tree{other}")
        return
    asked = tree.nodes[name]
    if isinstance(asked, Outcome):
        yield Problem(name.location, f"when: '{name}' is an outcome: it has no answers to ask for")
    elif name == node.id:
        yield Problem(name.location, f"when: '{name}' is this node: ask for what was answered before it")
    elif asked and is_complete(asked):
        ids = [id for id, _ in exits(asked)]
        for answer in condition.answers:
            if answer not in ids and "" not in ids:
                known = not_found("answer", answer, ids, answers_by_words(asked))
                message = f"when: {known} to '{name}' (its answers: {', '.join(ids)})"
                yield Problem(answer.location, message)


@shown_by(
    failing="""
nodes:
  kind:
    question: What is it?
    answers:
      - answer: A book
        goto: age
      - answer: A map
        goto: age
  age:
    question: Is it old?
    answers:
      - answer: Yes
        goto:
          - to: lend
          - when: {kind: a-map}
            to: stay
      - answer: No
        goto: stay
""",
    mended="""
nodes:
  kind:
    question: What is it?
    answers:
      - answer: A book
        goto: age
      - answer: A map
        goto: age
  age:
    question: Is it old?
    answers:
      - answer: Yes
        goto:
          - when: {kind: a-map}
            to: stay
          - to: lend
      - answer: No
        goto: stay
""",
)
def cases_are_ordered(project: Project) -> Iterator[Problem]:
    """Of an answer's cases only the last has no `when`."""
    for tree in project.trees.values():
        for node in readable_nodes(tree):
            for _, goto in exits(node):
                yield from _order_problems(goto or ())


def _order_problems(goto: Goto) -> Iterator[Problem]:
    for case, after in pairwise(goto):
        if case.when is None:
            yield Problem(after.location, "goto: no reader gets to this case: the one before it has no `when`")
            return


@shown_by(
    failing="""
nodes:
  kind:
    question: What is it?
    answers:
      - answer: A book
        goto: age
      - answer: A map
        goto: age
  age:
    question: Is it old?
    answers:
      - answer: Yes
        goto:
          - when: {kind: a-map}
            to: stay
      - answer: No
        goto: lend
""",
    mended="""
nodes:
  kind:
    question: What is it?
    answers:
      - answer: A book
        goto: age
      - answer: A map
        goto: age
  age:
    question: Is it old?
    answers:
      - answer: Yes
        goto:
          - when: {kind: a-map}
            to: stay
          - to: lend
      - answer: No
        goto: lend
""",
)
def cases_cover_all(project: Project) -> Iterator[Problem]:
    """The last of an answer's cases has no `when`, so that every reader is led on."""
    found = project.reach
    for tree in project.trees.values():
        for node in readable_nodes(tree):
            for answer, goto in exits(node):
                if goto and goto[-1].when and all(case.when and case.when.conditions for case in goto):
                    yield Problem(goto[-1].when.location, f"goto: {_open(found, tree, node, answer, goto)}")


def _open(found: Reachability, tree: Tree, node: Node, answer: str, goto: Goto) -> str:
    """What is wrong with a last case that has a `when`, with an example of the answers that it leaves open."""
    remedy = "add a last case without `when`"
    address = NodeRef(tree.id, str(node.id))
    if address not in found.map.nodes:
        return f"the last case has a `when`: {remedy}"
    left = found.left(address, goto)
    if left == 0:
        return "the cases are all there can be: delete the `when` of the last one and keep its `to`"
    said = ", ".join(_said(found, left, [case.when for case in goto if case.when], tree))
    return f"no case is for readers with {said}: {remedy}"


def _said(found: Reachability, left: Diagram, asked: Iterable[When], tree: Tree) -> Iterator[str]:
    """An example of readers, by the questions that `asked` names."""
    given = example(left) or {}
    nodes = dict.fromkeys(node for when in asked for node, _ in conditions(when, tree.id))
    for node in nodes:
        answer = given.get(found.map.levels[node])
        yield f"{node.node}: {answer}" if answer else f"{node.node} not asked"


@shown_by(
    failing="""
nodes:
  kind:
    question: What is it?
    answers:
      - answer: A book
        goto: age
      - answer: A map
        goto: stay
  age:
    question: Is it old?
    answers:
      - answer: Yes
        goto:
          - when: {kind: a-map}
            to: stay
          - to: lend
      - answer: No
        goto: lend
""",
    mended="""
nodes:
  kind:
    question: What is it?
    answers:
      - answer: A book
        goto: age
      - answer: A map
        goto: age
  age:
    question: Is it old?
    answers:
      - answer: Yes
        goto:
          - when: {kind: a-map}
            to: stay
          - to: lend
      - answer: No
        goto: lend
""",
)
def cases_fit_some_reader(project: Project) -> Iterator[Problem]:
    """Every case and every part is for some reader: the answers it asks for can have been given, together, and
    no case before it takes them all."""
    found = project.reach
    for tree in project.trees.values():
        for node in readable_nodes(tree):
            address = NodeRef(tree.id, str(node.id))
            if found.is_reachable(address):
                for answer, goto in exits(node):
                    yield from _case_problems(found, address, answer, goto or ())
                for part in node.parts:
                    if part.when and (fault := _never(found, address, part.when)):
                        yield fault


def _case_problems(found: Reachability, address: NodeRef, answer: str, goto: Goto) -> Iterator[Problem]:
    edges = {edge.case: edge for edge in found.map.graph.outgoing[address] if edge.answer == answer}
    for number, case in enumerate(goto):
        if number and goto[number - 1].when is None:
            return  # a problem of its own
        if edges[number] in found.along:
            continue
        if case.when is None:
            assert case.to
            yield Problem(case.to.location, "to: no reader gets here: the cases above take them all. Delete "
                          "this case and the `when` of the one above it")  # fmt: skip
        else:
            shadowed = "when: no reader gets to this case: the ones above take them all, delete it or move it up"
            never = _never(found, address, case.when)
            yield never or Problem(case.when.location, shadowed)
            if not never:
                return  # nor does any reader get to the next


def _never(found: Reachability, address: NodeRef, when: When) -> Problem | None:
    """What keeps `when` from ever fitting at a node; None where it can."""
    if found.fitting(address, when) != 0:
        return None
    for condition in when.conditions or ():
        name = condition.node
        if found.fitting(address, When(when.location, (condition,))) != 0:
            continue
        asked = found.map.graph.node(NodeRef(address.tree, str(name)))
        any_answer = tuple(LocatedStr(id, name.location) for id, _ in exits(asked))
        if found.fitting(address, When(when.location, (Condition(name, any_answer),))) == 0:
            return Problem(
                name.location, f"when: '{name}' is never answered before readers come to '{address.node}'"
            )
        said = " or ".join(f"'{answer}'" for answer in condition.answers)
        words = f"no reader who has answered {said} to '{name}' comes to '{address.node}'"
        return Problem(condition.answers[0].location, f"when: {words}")
    return Problem(when.location, f"when: no reader of '{address.node}' has given all these answers together")


@shown_by(
    failing="""
nodes:
  kind:
    question: What is it?
    answers:
      - answer: A book
        goto: age
      - answer: A map
        goto: stay
  age:
    question: Is it old?
    answers:
      - answer: Yes
        goto:
          - when: {kind: a-map}
            to: sheet
          - to: lend
      - answer: No
        goto: lend
  sheet:
    outcome: Ask for a copy
    verdict: info
    guide: rules.md#scope
""",
    mended="""
nodes:
  kind:
    question: What is it?
    answers:
      - answer: A book
        goto: age
      - answer: A map
        goto: age
  age:
    question: Is it old?
    answers:
      - answer: Yes
        goto:
          - when: {kind: a-map}
            to: sheet
          - to: lend
      - answer: No
        goto: lend
  sheet:
    outcome: Ask for a copy
    verdict: info
    guide: rules.md#scope
""",
    along=("cases-fit-some-reader",),
)
def nodes_are_not_contradictory(project: Project) -> Iterator[Problem]:
    """Some reader comes to every node that an answer leads to: the answers that lead there go together.

    Of nodes that only each other lead on to, the first is named.
    """
    found, graph = project.reach, project.graph
    for tree in project.trees.values():
        for id in tree.nodes:
            address = NodeRef(tree.id, id)
            sources = [edge.source for edge in graph.incoming.get(address, ())]
            if (
                address in found.map.nodes
                and not found.is_reachable(address)
                and any(map(found.is_reachable, sources))
            ):
                assert isinstance(id, LocatedStr)
                yield Problem(
                    id.location, f"no reader comes to '{id}': the answers that lead here exclude each other"
                )
