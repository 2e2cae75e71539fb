"""What is reported of questions of which several answers can be chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import lay_out, write
from loan import reported

from guidetrees.diff.outcomes import changed_outcomes
from guidetrees.diff.versions import Versions
from guidetrees.graph.graph import NodeRef
from guidetrees.project.project import read_project

FILE = "decision_trees/lending.yml"
SEVERAL = """\
title: Lending
summary: What the desk says.
reviewed: 2026-11-24
start: what
nodes:
  what:
    question: What do you want?
    choose: several
    answers:
      - answer: Books
      - answer: Maps
      - answer: Films
      - answer: Nothing of this
        id: nothing
        alone: true
    goto:
      - when: {what: nothing}
        to: ask
      - to: lend
  lend:
    outcome: Take them
    verdict: yes
    guide: rules.md#time
    parts:
      - when: {what: maps}
        text: Maps are lent for a week.
  ask:
    outcome: Ask at the desk
    verdict: caution
    guide: rules.md#time
scenarios:
  - name: Books and films
    answers: {what: [books, films]}
    outcome: lend
"""
ONE_GOTO = "    goto:\n      - when: {what: nothing}\n        to: ask\n      - to: lend\n"
ONE = (
    SEVERAL.replace("    choose: several\n", "")
    .replace(f"        alone: true\n{ONE_GOTO}", "        goto: ask\n")
    .replace("answer: Books\n", "answer: Books\n        goto: lend\n")
    .replace("answer: Maps\n", "answer: Maps\n        goto: lend\n")
    .replace("answer: Films\n", "answer: Films\n        goto: ask\n")
    .replace("{what: [books, films]}", "{what: books}")
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path


def versions(root: Path, before: str, now: str) -> Versions:
    for name, text in (("before", before), ("now", now)):
        write(lay_out(None, root / name), FILE, text)
    return Versions(read_project(root / "before"), read_project(root / "now"))


def edited(old: str, new: str) -> str:
    assert old in SEVERAL
    return SEVERAL.replace(old, new, 1)


def lines(root: Path, before: str, now: str) -> list[str]:
    """The lines on the tree, without their heading."""
    return reported(versions(root, before, now))[7:]


def test_a_question_that_becomes_one_of_several_answers(root: Path) -> None:
    assert lines(root, ONE, SEVERAL) == [
        "Question with several answers ‘What do you want?’ (what)",
        "  Kind",
        "    before: Question",
        "    now: Question with several answers",
        *[
            line
            for words, id, goto in (
                ("Books", "books", "‘Take them’ (lend) – Yes"),
                ("Maps", "maps", "‘Take them’ (lend) – Yes"),
                ("Films", "films", "‘Ask at the desk’ (ask) – Take care"),
            )
            for line in (f"  Answer ‘{words}’ ({id})", "    Leads to", f"      gone: {goto}")
        ],
        "  Answer ‘Nothing of this’ (nothing)",
        "    Chosen alone",
        "      before: No",
        "      now: Yes",
        "    Leads to",
        "      gone: ‘Ask at the desk’ (ask) – Take care",
        "  Leads to",
        "    added: if you answered ‘Nothing of this’ to ‘What do you want?’: ‘Ask at",
        "      the desk’ (ask) – Take care; otherwise: ‘Take them’ (lend) – Yes;",
        "",
        "The same answers end elsewhere",
        "  What do you want? ‘Films’",
        "    before: ‘Ask at the desk’ (ask) – Take care",
        "    now: ‘Take them’ (lend) – Yes",
        "    Number of ways: 1",
    ]


def test_an_answer_that_becomes_alone_ends_nowhere_else(root: Path) -> None:
    """What can no longer be chosen together has no end to compare."""
    assert lines(root, SEVERAL, edited("answer: Films", "answer: Films\n        alone: true")) == [
        "Question with several answers ‘What do you want?’ (what)",
        "  Answer ‘Films’ (films)",
        "    Chosen alone",
        "      before: No",
        "      now: Yes",
    ]


def test_a_new_case_for_two_answers_together_changes_outcomes_with_an_example(root: Path) -> None:
    both = "- when: [{what: books}, {what: films}]\n        to: ask\n      - to: lend"
    assert lines(root, SEVERAL, edited("- to: lend", both))[-6:] == [
        "The same answers end elsewhere",
        "  What do you want? ‘Books’ and ‘Films’",
        "    before: ‘Take them’ (lend) – Yes",
        "    now: ‘Ask at the desk’ (ask) – Take care",
        "    Number of ways: 2",  # with maps and without
        "    Scenarios: ‘Books and films’",
    ]


def test_a_case_that_takes_more_answers_changes_outcomes(root: Path) -> None:
    both = versions(root, SEVERAL, edited("{what: nothing}", "{what: [nothing, films]}"))
    (changed,), is_complete = changed_outcomes(both, "lending")
    assert is_complete
    assert changed.example.before.given == {NodeRef("lending", "what"): {"films"}}
    assert (changed.example.before.end.node, changed.example.now.end.node) == ("lend", "ask")
    assert changed.count == 4  # films, with and without books and maps
    assert changed.scenarios == ("Books and films",)


def test_of_too_many_choices_the_first_are_compared(root: Path) -> None:
    """Fourteen answers can be chosen in more ways than are compared. The small choices come first."""
    more = "".join(f"      - answer: More {i}\n" for i in range(11))
    before = edited("      - answer: Nothing", f"{more}      - answer: Nothing")
    now = before.replace("{what: nothing}", "{what: [nothing, more-10]}")
    (changed,), is_complete = changed_outcomes(versions(root, before, now), "lending")
    assert not is_complete
    assert changed.example.before.given == {NodeRef("lending", "what"): {"more-10"}}
