"""Kinds of nodes: each has a class, a table and a row, and `node_kinds` answers for all of them."""

from __future__ import annotations

from typing import get_args

import pytest

from guidetrees.graph import node_kinds
from guidetrees.graph.node_kinds import exits
from guidetrees.parse.model import Kind, Node
from guidetrees.parse.problem_collector import ProblemCollector
from guidetrees.parse.tables.nodes import KINDS, NEEDS_KIND, TELLING
from guidetrees.parse.tables.tree import read_tree
from guidetrees.source.yaml import read_yaml

TREE = """
title: T
summary: S.
reviewed: 2026-11-24
start: ask
nodes:
  ask:
    question: Which?
    help: Look at it.
    answers:
      - answer: This one
        hint: The first.
        goto: list
      - {answer: That, id: other, goto: end}
  do:
    step: Wait a while
    help: Ten minutes.
    contacts: [desk]
    goto: [{to: end}]
  list:
    checklist: Is it so?
    items:
      - {item: It is here, contacts: [desk]}
      - {item: It is old}
    met: end
    unmet: [{to: end}]
  end:
    outcome: Done
    verdict: yes
    text: You are done.
    guide: rules.md#time
    contacts: [desk]
    next: [more]
"""


def nodes() -> dict[str, Node]:
    collector = ProblemCollector()
    found = read_tree("t", "t.yml", read_yaml(TREE, "t.yml")[0], collector)
    assert found
    assert collector.problems == []
    return {str(id): node for id, node in found.nodes.items() if node}


NODES = nodes()


def test_every_kind_has_a_class_a_name_and_a_row() -> None:
    assert {make for make, _ in KINDS.values()} == set(get_args(Node))
    assert set(KINDS) == set(get_args(Kind)) == {node.kind for node in NODES.values()}
    assert all(table.keys[0].name == kind for kind, (_, table) in KINDS.items())


def test_what_tells_the_kind_of_a_node_follows_from_the_tables() -> None:
    assert NEEDS_KIND == "the key question, checklist, step or outcome"
    assert TELLING == {
        "answers": "question",
        "items": "checklist",
        "met": "checklist",
        "unmet": "checklist",
        "goto": "step",
        "verdict": "outcome",
    }


def test_exits_are_in_the_authors_order() -> None:
    found = {id: [(e.id, e.key, e.words, e.hint) for e in exits(node)] for id, node in NODES.items()}
    assert found == {
        "ask": [("this-one", "goto", "This one", "The first."), ("other", "goto", "That", None)],
        "do": [("go_on", "goto", None, None)],
        "list": [("met", "met", None, None), ("unmet", "unmet", None, None)],
        "end": [],
    }
    assert [case.to for case in exits(NODES["list"])[1].goto or ()] == ["end"]


@pytest.mark.parametrize(
    ("function", "ask", "do", "list_", "end"),
    [
        (node_kinds.ends_tree, False, False, False, True),
        (node_kinds.asks, True, False, True, False),
        (lambda node: [answer.answer for answer in node_kinds.answers(node)], ["This one", "That"], [], [], []),
        (lambda node: [item.item for item in node_kinds.items(node)], [], [], ["It is here", "It is old"], []),
        (lambda node: len(node_kinds.item_ids(node)), 0, 0, 2, 0),
        (node_kinds.verdict, None, None, None, "yes"),
        (
            node_kinds.body,
            ("help", "Look at it."),
            ("help", "Ten minutes."),
            ("help", None),
            ("text", "You are done."),
        ),
        (node_kinds.own_contacts, (), ("desk",), (), ("desk",)),
        (node_kinds.next_references, (), (), (), ("more",)),
    ],
)
def test_what_differs_between_kinds(function: object, ask: object, do: object, list_: object, end: object) -> None:
    assert callable(function)
    assert [function(node) for node in NODES.values()] == [ask, do, list_, end]
