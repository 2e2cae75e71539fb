"""Rules on the cases of an exit and the parts of a page: in order, complete, and each for some reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from guidetrees.check.rule_examples import shown_by
from guidetrees.graph.decision_diagram import Diagram, example
from guidetrees.graph.graph import NodeRef, conditions
from guidetrees.graph.node_kinds import answer_ids, exits
from guidetrees.graph.reachability import Reachability
from guidetrees.messages.message import Message, about, join, say
from guidetrees.parse.model import Condition, Goto, When
from guidetrees.project.project import Project
from guidetrees.project.references import all_nodes
from guidetrees.source.location import LocatedStr, Problem


@shown_by("""
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
-           - to: lend
            - when: {kind: a-map}
              to: stay
+           - to: lend
        - answer: No
          goto: stay
""")
def cases_are_ordered(project: Project) -> Iterator[Problem]:
    """Of an answer's cases only the last has no `when`."""
    for _, node in all_nodes(project):
        for exit_ in exits(node):
            after = next((after for case, after in pairwise(exit_.goto or ()) if case.when is None), None)
            if after:
                fault = say("no reader gets to this case: the one before it has no `when`")
                yield Problem(after.location, about("goto", fault))


@shown_by("""
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
+           - to: lend
        - answer: No
          goto: lend
""")
def cases_cover_all(project: Project) -> Iterator[Problem]:
    """The last of an answer's cases has no `when`, so that there is a case for every reader."""
    for tree, node in all_nodes(project):
        ref = NodeRef(tree.id, str(node.id))
        for goto in (exit_.goto for exit_ in exits(node)):
            if goto and goto[-1].when and all(case.when and case.when.conditions for case in goto):
                yield Problem(goto[-1].when.location, about("goto", _open_case(project.reach, ref, goto)))


def _open_case(reach: Reachability, ref: NodeRef, goto: Goto) -> Message:
    """The fault of a last case that has a `when`, with an example of the answers that no case covers."""
    if ref not in reach.order.nodes:
        return say("the last case has a `when`: add a last case without `when`")
    left = reach.left(ref, goto)
    if left == 0:
        return say("the cases are all there can be: delete the `when` of the last one and keep its `to`")
    answers = join(", ", _example_answers(reach, left, [case.when for case in goto if case.when], ref.tree))
    return say("no case is for readers with {answers}: add a last case without `when`", answers=answers)


def _example_answers(reach: Reachability, left: Diagram, whens: Iterable[When], tree: str) -> Iterator[Message]:
    """The answers of one of the readers `left`, to the nodes that `whens` name."""
    given = example(left) or {}
    nodes = dict.fromkeys(node for when in whens for node, _ in conditions(when, tree))
    for node in nodes:
        answer, name = ", ".join(reach.order.answers_in(given, node)), node.node
        yield say("{name}: {answer}", name=name, answer=answer) if answer else say("{name} not asked", name=name)


@shown_by("""
  nodes:
    kind:
      question: What is it?
      answers:
        - answer: A book
          goto: age
        - answer: A map
-         goto: stay
+         goto: age
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
""")
def cases_fit_some_reader(project: Project) -> Iterator[Problem]:
    """Every case and every part is for some reader: the answers that it asks for can have been given together, and
    no case before it takes them all."""
    reach = project.reach
    for tree, node in all_nodes(project):
        ref = NodeRef(tree.id, str(node.id))
        if reach.is_reachable(ref):
            for exit_ in exits(node):
                yield from _case_problems(reach, ref, exit_.id, exit_.goto or ())
            problems = (_unmatched(reach, ref, part.when) for part in node.parts if part.when)
            yield from filter(None, problems)


def _case_problems(reach: Reachability, ref: NodeRef, answer: str, goto: Goto) -> Iterator[Problem]:
    edges = {edge.case: edge for edge in reach.order.graph.outgoing[ref] if edge.answer == answer}
    for index, case in enumerate(goto):
        if index and goto[index - 1].when is None:
            return  # a problem of its own
        if edges[index] in reach.along:
            continue
        if case.when is None:
            assert case.to
            fault = say(
                "no reader gets here: the cases above take them all. Delete this case and the `when` of the one "
                "above it"
            )
            yield Problem(case.to.location, about("to", fault))
        else:
            shadowed = say("no reader gets to this case: the ones above take them all, delete it or move it up")
            unmatched = _unmatched(reach, ref, case.when, leaving=True)
            yield unmatched or Problem(case.when.location, about("when", shadowed))
            if not unmatched:
                return  # the cases below have no readers either


def _unmatched(reach: Reachability, ref: NodeRef, when: When, leaving: bool = False) -> Problem | None:
    """Why `when` matches no reader of a node, as they come or as they are `leaving`; None if it matches one."""
    if reach.fitting(ref, when, leaving) != 0:
        return None
    for condition in when.conditions or ():
        name = condition.node
        if reach.fitting(ref, When(when.location, (condition,)), leaving) != 0:
            continue
        asked = reach.order.graph.node(NodeRef(ref.tree, str(name)))
        any_answer = tuple(LocatedStr(id, name.location) for id in answer_ids(asked))
        if reach.fitting(ref, When(when.location, (Condition(name, any_answer),)), leaving) == 0:
            fault = say("'{name}' is never answered before readers come to '{node}'", name=name, node=ref.node)
            return Problem(name.location, about("when", fault))
        answers = join(say(" or "), (f"'{answer}'" for answer in condition.answers))
        fault = say(
            "no reader who has answered {answers} to '{name}' comes to '{node}'",
            answers=answers,
            name=name,
            node=ref.node,
        )
        return Problem(condition.answers[0].location, about("when", fault))
    fault = say("no reader of '{node}' has given all these answers together", node=ref.node)
    return Problem(when.location, about("when", fault))
