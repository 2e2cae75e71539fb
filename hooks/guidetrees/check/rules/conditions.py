"""Rules on conditions: they name existing answers, and readers can have given these answers together."""

from __future__ import annotations

from collections.abc import Iterator

from guidetrees.check.rule_examples import shown_by
from guidetrees.check.rules.references import answer_fault, no_node
from guidetrees.graph.graph import NodeRef, is_complete, own_whens, whens
from guidetrees.graph.node_kinds import asks
from guidetrees.messages.message import about, say
from guidetrees.parse.ids import is_id, suggestion
from guidetrees.parse.model import Condition, Node, Tree
from guidetrees.parse.tables.nodes import KINDS
from guidetrees.project.project import Project
from guidetrees.project.references import all_nodes
from guidetrees.source.location import Problem, shorten


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
          goto: sheet
        - answer: No
          goto: lend
    sheet:
      outcome: Ask for a copy
      verdict: info
      guide: rules.md#scope
      parts:
-       - when: [{kind: a-mop}, {age: yes}]
+       - when: [{kind: a-map}, {age: yes}]
          text: Copies of maps take a week.
""")
def conditions_name_answers(project: Project) -> Iterator[Problem]:
    """Every condition (`when`) names nodes of its tree that ask, and answers to them."""
    for tree, node in all_nodes(project):
        for when in whens(node):
            for condition in when.conditions or ():
                yield from _condition_problems(condition, node, tree, when in own_whens(node))


def _condition_problems(condition: Condition, node: Node, tree: Tree, may_be_own: bool) -> Iterator[Problem]:
    name = condition.node
    if name not in tree.nodes:
        own = say(" (a condition asks for answers in its own tree)")
        hint = own if ":" in name else suggestion(name, filter(is_id, tree.nodes))
        yield Problem(name.location, about("when", no_node(shorten(name), hint)))
        return
    asked = tree.nodes[name]
    if asked and not asks(asked):
        _, table = KINDS[asked.kind]
        fault = say("'{name}' is {kind}: it has no answers to ask for", name=name, kind=table.kind)
        yield Problem(name.location, about("when", fault))
    elif name == node.id and not may_be_own:
        fault = say("'{name}' is this node: ask for what was answered before it", name=name)
        yield Problem(name.location, about("when", fault))
    elif asked and is_complete(asked):
        for answer in condition.answers:
            if unknown := answer_fault(answer, name, asked):
                yield Problem(answer.location, about("when", unknown))


@shown_by(
    """
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
    """Some reader comes to every node that an answer leads to: the answers that lead there can be given together.

    In a branch that no reader comes to, only the first node is reported.
    """
    reach = project.reach
    for tree, node in all_nodes(project):
        ref = NodeRef(tree.id, str(node.id))
        sources = [edge.source for edge in project.graph.incoming.get(ref, ())]
        unreached = ref in reach.order.nodes and not reach.is_reachable(ref)
        if unreached and any(map(reach.is_reachable, sources)):
            message = say(
                "no reader comes to '{node}': the answers that lead here exclude each other", node=node.id
            )
            yield Problem(node.id.location, message)
