"""Rules whose findings are warnings: an answer that changes nothing, a `graver` answer with a milder verdict, a
text of a new tree that nobody has written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from guidetrees.check.rule_examples import shown_by
from guidetrees.graph.decision_diagram import Diagram
from guidetrees.graph.graph import NodeRef, conditions, own_whens, whens
from guidetrees.graph.node_kinds import answers, exits, verdict
from guidetrees.graph.reachability import Reachability, ends_of
from guidetrees.messages.message import about, say
from guidetrees.parse.model import Answer, Tree
from guidetrees.project.project import Project
from guidetrees.project.references import all_nodes
from guidetrees.source.location import LocatedStr, Problem

PLACEHOLDER = re.compile(r"\[(?:EDIT|RET)\]")
"""The mark of a text in a new tree that its author is to write (`tools/new_tree_templates`)."""


@shown_by("""
  nodes:
    kind:
      question: What is it?
      answers:
        - answer: A book
          goto: lend
        - answer: A map
-         goto: lend
+         goto: stay
""")
def answers_change_something(project: Project) -> Iterator[Problem]:
    """The answers to a question make a difference: they lead to different nodes, or a later case or part asks for
    them."""
    reach = project.reach
    for tree, node in all_nodes(project):
        ref, ids = NodeRef(tree.id, str(node.id)), {str(answer.id) for answer in answers(node)}
        if ids and reach.is_reachable(ref):
            targets = {tuple(_targets(reach, ref, exit_.id).items()) for exit_ in exits(node)}
            if len(targets) == 1 and not _is_asked_for(reach, ref, ids):
                message = say(
                    "every answer to '{node}' leads the same way, and nothing asks for it further on: is the "
                    "question needed?",
                    node=node.id,
                )
                yield Problem(node.id.location, message)


def _targets(reach: Reachability, ref: NodeRef, answer: str) -> dict[NodeRef, Diagram]:
    """The targets of an answer, each with the readers who come there by it."""
    targets: dict[NodeRef, Diagram] = {}
    for edge in reach.order.graph.outgoing[ref]:
        if edge.answer == answer:
            target = reach.order.graph.enter(edge.target)
            targets[target] = reach.diagrams.union(targets.get(target, 0), reach.along.get(edge, 0))
    return {target: targets[target] for target in sorted(targets) if targets[target] != 0}


def _is_asked_for(reach: Reachability, ref: NodeRef, answers: set[str]) -> bool:
    """Whether a condition that can match distinguishes between the answers of a node."""
    for by in reach.order.named_by.get(ref, ()):
        node = reach.order.graph.node(by)
        for when in whens(node):
            for named, matching in conditions(when, by.tree):
                distinguishes = named == ref and not answers <= matching
                if distinguishes and reach.fitting(by, when, leaving=when in own_whens(node)) != 0:
                    return True
    return False


@shown_by("""
  strictness: [yes, no]
  nodes:
    kind:
      question: Is it the only copy?
      answers:
        - answer: Yes
          graver: true
-         goto: lend
+         goto: stay
        - answer: No
-         goto: stay
+         goto: lend
""")
def graver_answers_lead_to_no_milder_verdict(project: Project) -> Iterator[Problem]:
    """An answer marked as `graver` leads to no verdict that is milder than all that the others lead to.

    Of two verdicts, the one that comes first in the tree's `strictness` is milder.
    """
    for tree, node in all_nodes(project):
        ref, graver = NodeRef(tree.id, str(node.id)), [a for a in answers(node) if a.graver]
        if not tree.strictness:
            fault = about("graver", say("this tree has no `strictness` to tell milder verdicts by"))
            yield from (Problem(answer.location, fault) for answer in graver)
        elif graver and project.reach.is_reachable(ref):
            yield from _milder(project.reach, tree, ref, answers(node))


def _milder(reach: Reachability, tree: Tree, ref: NodeRef, answers: tuple[Answer, ...]) -> Iterator[Problem]:
    """The problems of the `graver` answers of a node, of which all answers are given."""
    mildest = {answer: min(_ranked_ends(reach, tree, ref, answer), default=None) for answer in answers}
    others = [end for answer, end in mildest.items() if end and not answer.graver]
    for answer, end in mildest.items():
        if answer.graver and end and others and end[0] < min(others)[0]:
            fault = say(
                "the graver answer '{answer}' can lead to '{end}' ({mild}), milder than all that the others lead "
                "to ({others})",
                answer=answer.answer,
                end=end[1].node,
                mild=tree.strictness[end[0]],
                others=tree.strictness[min(others)[0]],
            )
            yield Problem(answer.location, about("graver", fault))


def _ranked_ends(reach: Reachability, tree: Tree, ref: NodeRef, answer: Answer) -> Iterator[tuple[int, NodeRef]]:
    """The ends that an answer can lead to, with the index of their verdicts in `strictness`, if they are there."""
    for end in ends_of(reach, ref, str(answer.id)):
        given = verdict(reach.order.graph.node(end))
        if given in tree.strictness:
            yield tree.strictness.index(given), end


@shown_by("""
  scenarios:
-   - name: "[EDIT] A case in plain words"
+   - name: A child with a picture book
      answers: {kind: a-book}
      outcome: lend
""")
def placeholders_are_replaced(project: Project) -> Iterator[Problem]:
    """No text has a mark of `make new`, such as `[EDIT]`, which says that the author is to write it.

    A tree with such a text is not released.
    """
    for tree in project.trees.values():
        for text in _texts(tree):
            if found := PLACEHOLDER.search(text):
                mark = found[0]
                message = say("this text is a placeholder: write your own, and delete {mark}", mark=mark)
                yield Problem(text.location, message)


def _texts(value: object) -> Iterator[LocatedStr]:
    """Every text in a part of the model."""
    if isinstance(value, LocatedStr):
        yield value
    elif isinstance(value, (tuple, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)
    elif is_dataclass(value):
        for name in _fields_of(value.__class__):
            yield from _texts(getattr(value, name))


@cache
def _fields_of(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
