"""What has changed in trees and registers, in the lines that authors read."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import pytest
from helpers import CASES, lay_out, write
from loan import FILE, HEAD, SAVED, TREE, Edit, reported, tree, versions

from guidetrees.diff.changes import _sentences
from guidetrees.diff.report import WIDTH, report
from guidetrees.diff.versions import Versions
from guidetrees.messages.words import languages, read_words
from guidetrees.parse import model
from guidetrees.project.project import Project, read_project
from guidetrees.source.location import LocatedStr, Location

EACH: dict[str, tuple[list[Edit], list[str]]] = {
    "title": (
        [tree("summary: What", "summary: All that")],
        ["Summary", "  before: ‘What the desk says.’", "  now: ‘All that the desk says.’"],
    ),
    "a sentence of a long text": (
        [tree("The second one.", "The third one.")],
        ["Introduction", "  before: ‘The second one.’", "  now: ‘The third one.’"],
    ),
    "a sentence more": (
        [tree("The second one.", "The second one. The third one.")],
        ["Introduction", "  added: ‘The third one.’"],
    ),
    "two places of one text": (
        [tree("The first", "A first"), tree("- another", "- others")],
        ["Introduction", "  before: ‘The first sentence.’", "  now: ‘A first sentence.’",
         "  before: ‘- another’", "  now: ‘- others’"],
    ),
    "paragraphs": (
        [tree("sentence. The second", "sentence.\n\n  The second")],
        ["Introduction: the text is divided differently into paragraphs and lines"],
    ),
    "a text gone": (
        [tree("    help: Look at it.\n", "")],
        ["Question ‘What is it?’ (what)", "  Help", "    gone: ‘Look at it.’"],
    ),
    "a day": (
        [tree("reviewed: 2026-11-24", "reviewed: 2026-11-25")],
        ["Last reviewed", "  before: November 24, 2026", "  now: November 25, 2026"],
    ),
    "a number": (
        [tree("start: what", "order: 7\nstart: what")],
        ["Place on the front page", "  added: ‘7’"],
    ),
    "the start": (
        [tree("start: what", "start: ready"), tree("    next: [other]", "    next: [other, what]")],
        ["Begins with", "  before: ‘What is it?’ (what)", "  now: ‘Is all ready?’ (ready)", "",
         "Outcome ‘Take it’ (yes)", "  Go on with", "    added: ‘What is it?’ (what)", "",
         "The same answers end elsewhere",
         "  What is it? ‘A film’ → [new screen] Is all ready? ‘Yes, everything is in",
         "    place’",
         "    before: ‘Leave it’ (no) – No", "    now: ‘Take it’ (yes) – Yes", "    Number of ways: 1"],
    ),
    "a question, its hint, its help": (
        [tree("What is it?", "What have you?"), tree("With pages", "Of paper"), tree("Look at it.", "Look.")],
        ["Question ‘What have you?’ (what)", "  Wording", "    before: ‘What is it?’", "    now: ‘What have you?’",
         "  Help", "    before: ‘Look at it.’", "    now: ‘Look.’", "  Answer ‘A book’ (a-book)", "    Hint",
         "      before: ‘With pages’", "      now: ‘Of paper’"],
    ),
    "an answer reworded under its id": (
        [tree("answer: A film", "answer: A film or a game")],
        ["Question ‘What is it?’ (what)", "  Answer ‘A film or a game’ (film)", "    Wording",
         "      before: ‘A film’", "      now: ‘A film or a game’"],
    ),
    "an answer reworded, and its id with it": (
        [tree("answer: A book", "answer: A book, whole"), tree("what: a-book", "what: a-book-whole")],
        ["Question ‘What is it?’ (what)", "  Answer ‘A book, whole’ (a-book-whole)", "    Wording",
         "      before: ‘A book’", "      now: ‘A book, whole’", *SAVED,
         "  Question ‘What is it?’ (what) → Answer ‘A book’ (a-book)"],
    ),
    "an answer more": (
        [tree("  ready:\n", "      - answer: A chair\n        goto: no\n  ready:\n")],
        ["Question ‘What is it?’ (what)", "  Answer ‘A chair’ (a-chair): added", "    Leads to",
         "      added: ‘Leave it’ (no) – No"],
    ),
    "an answer gone": (
        [tree("answer: A film\n        id: film\n", "answer: Else\n")],
        ["Question ‘What is it?’ (what)", "  Answer ‘Else’ (else): added", "    Leads to",
         "      added: ‘Leave it’ (no) – No", "  Answer ‘A film’ (film): gone", *SAVED,
         "  Question ‘What is it?’ (what) → Answer ‘A film’ (film)"],
    ),
    "an answer that leads elsewhere": (
        [tree("id: film\n        goto: no", "id: film\n        goto: yes")],
        ["Question ‘What is it?’ (what)", "  Answer ‘A film’ (film)", "    Leads to",
         "      before: ‘Leave it’ (no) – No", "      now: ‘Take it’ (yes) – Yes", "",
         "The same answers end elsewhere", "  What is it? ‘A film’", "    before: ‘Leave it’ (no) – No",
         "    now: ‘Take it’ (yes) – Yes", "    Number of ways: 1"],
    ),
    "an answer that leads into another tree": (
        [tree("id: film\n        goto: no", "id: film\n        goto: \"other:\"")],
        ["Question ‘What is it?’ (what)", "  Answer ‘A film’ (film)", "    Leads to",
         "      before: ‘Leave it’ (no) – No", "      now: Questions ‘May I borrow this?’ (other)", "",
         "The same answers end elsewhere", "  What is it? ‘A film’", "    before: ‘Leave it’ (no) – No",
         "    now: Questions ‘May I borrow this?’ (other)", "    Number of ways: 1"],
    ),
    "a checklist that leads elsewhere": (
        [tree("    met: yes\n    unmet: no", "    met: no\n    unmet: yes"), tree("ready: met", "ready: unmet")],
        ["Checklist ‘Is all ready?’ (ready)", "  All is in place – leads to", "    before: ‘Take it’ (yes) – Yes",
         "    now: ‘Leave it’ (no) – No", "  Something is missing – leads to", "    before: ‘Leave it’ (no) – No",
         "    now: ‘Take it’ (yes) – Yes", "", "The same answers end elsewhere",
         "  What is it? ‘A book’ → Is all ready? ‘Yes, everything is in place’",
         "    before: ‘Take it’ (yes) – Yes",
         "    now: ‘Leave it’ (no) – No", "    Number of ways: 1", "    Scenarios: ‘A book’",
         "  What is it? ‘A book’ → Is all ready? ‘No, something is missing – or I am not",
         "    sure’", "    before: ‘Leave it’ (no) – No", "    now: ‘Take it’ (yes) – Yes",
         "    Number of ways: 1", "    Scenarios: ‘A book’"],
    ),
    "items": (
        [tree("You have a card", "You have a card of your own"), tree("      - item: The book is whole\n", ""),
         tree("    met: yes", "      - item: Nobody waits for it\n    met: yes")],
        ["Checklist ‘Is all ready?’ (ready)", "  Item ‘You have a card of your own’", "    Wording",
         "      before: ‘You have a card’", "      now: ‘You have a card of your own’",
         "  Item ‘Nobody waits for it’: added", "  Item ‘The book is whole’: gone", *SAVED,
         "  Checklist ‘Is all ready?’ (ready) → Item ‘You have a card’",
         "  Checklist ‘Is all ready?’ (ready) → Item ‘The book is whole’"],
    ),
    "an item's hint and contacts": (
        [tree("A card of the town", "Any card"), tree("        contacts: [desk]\n", "")],
        ["Checklist ‘Is all ready?’ (ready)", "  Item ‘You have a card’", "    Hint",
         "      before: ‘A card of the town’", "      now: ‘Any card’", "    Ask",
         "      gone: ‘The desk’ (desk)"],
    ),
    "a verdict": (
        [tree('verdict: "yes"', "verdict: caution")],
        ["Outcome ‘Take it’ (yes)", "  Verdict", "    before: Yes", "    now: Take care", "",
         "The same answers end elsewhere", "  What is it? ‘A book’ → Is all ready? ‘Yes, everything is in place’",
         "    before: ‘Take it’ (yes) – Yes", "    now: ‘Take it’ (yes) – Take care", "    Number of ways: 1",
         "    Scenarios: ‘A book’"],
    ),
    "sections cited": (
        [tree("    guide: rules.md#rules", "    guide: [rules.md#children, rules.md#time]")],
        ["Question ‘What is it?’ (what)", "  Sections of the guide", "    gone: ‘The rules’ (rules.md#rules)",
         "    added: ‘Who may borrow’ (rules.md#children)", "    added: ‘How long’ (rules.md#time)"],
    ),
    "sections in another order": (
        [tree("[rules.md#scope, rules.md#time]", "[rules.md#time, rules.md#scope]")],
        ["Checklist ‘Is all ready?’ (ready)", "  Sections of the guide: new order",
         "    before: ‘Who may borrow’ (rules.md#scope) · ‘How long’ (rules.md#time)",
         "    now: ‘How long’ (rules.md#time) · ‘Who may borrow’ (rules.md#scope)"],
    ),
    "contacts, what comes next, updates": (
        [tree("    contacts: [desk]\n    next: [other]\n    updates: [longer-loans]\n", "")],
        ["Outcome ‘Take it’ (yes)", "  Ask", "    gone: ‘The desk’ (desk)", "  Go on with",
         "    gone: Questions ‘May I borrow this?’ (other)", "  Since the guide was published",
         "    gone: ‘Loans last six weeks’ (longer-loans)"],
    ),
    "the days of a part": (
        [tree("    next: [other]\n", "    next: [other]\n    parts: [{until: 2026-12-31, text: Soon.}]\n")],
        ["Outcome ‘Take it’ (yes)", "  Part shown to some ‘Soon.’: added"],
    ),
    "answers in another order": (
        [tree("      - answer: A film\n        id: film\n        goto: no\n", ""),
         tree("    answers:\n", "    answers:\n      - answer: A film\n        id: film\n        goto: no\n")],
        ["Question ‘What is it?’ (what)", "  Answers: new order", "    before: ‘A book’ · ‘A film’",
         "    now: ‘A film’ · ‘A book’"],
    ),
    "a node more": (
        [tree("id: film\n        goto: no", "id: film\n        goto: wait"),
         tree("scenarios:", "  wait: {outcome: Wait, verdict: info, guide: rules.md#time}\nscenarios:")],
        ["Question ‘What is it?’ (what)", "  Answer ‘A film’ (film)", "    Leads to",
         "      before: ‘Leave it’ (no) – No", "      now: ‘Wait’ (wait) – For information", "",
         "Outcome ‘Wait’ (wait): added", "",
         "The same answers end elsewhere", "  What is it? ‘A film’", "    before: ‘Leave it’ (no) – No",
         "    now: ‘Wait’ (wait) – For information", "    Number of ways: 1"],
    ),
    "a node gone": (
        [(FILE, TREE[TREE.index("  ready:"):TREE.index("  yes:")], ""), tree("goto: ready", "goto: yes"),
         tree(", ready: met", "")],
        ["Question ‘What is it?’ (what)", "  Answer ‘A book’ (a-book)", "    Leads to",
         "      before: ‘Is all ready?’ (ready)", "      now: ‘Take it’ (yes) – Yes", "",
         "Checklist ‘Is all ready?’ (ready): gone", "", "The same answers end elsewhere",
         "  What is it? ‘A book’ → Is all ready? ‘No, something is missing – or I am not",
         "    sure’", "    before: ‘Leave it’ (no) – No", "    now: ‘Take it’ (yes) – Yes",
         "    Number of ways: 1", "", "Addresses that have vanished",
         "  No page and no former name (aliases) has them now, so links to them lead",
         "    nowhere:", "    loan/ready.html", *SAVED, "  Checklist ‘Is all ready?’ (ready)"],
    ),
    "another kind of node": (
        [tree("    checklist: Is all ready?\n", "    question: Is all ready?\n"),
         (FILE, TREE[TREE.index("    items:"):TREE.index("  yes:")],
          "    answers:\n      - answer: Yes\n        goto: yes\n      - answer: No\n        goto: no\n"),
         tree("ready: met", "ready: yes")],
        ["Question ‘Is all ready?’ (ready)", "  Kind", "    before: Checklist", "    now: Question", "  Wording",
         "    added: ‘Is all ready?’", "  Answer ‘Yes’ (yes): added", "    Leads to",
         "      added: ‘Take it’ (yes) – Yes", "  Answer ‘No’ (no): added", "    Leads to",
         "      added: ‘Leave it’ (no) – No", "  Wording", "    gone: ‘Is all ready?’",
         "  Item ‘You have a card’: gone", "  Item ‘The book is whole’: gone", "  All is in place – leads to",
         "    gone: ‘Take it’ (yes) – Yes", "  Something is missing – leads to", "    gone: ‘Leave it’ (no) – No",
         *SAVED, "  Checklist ‘Is all ready?’ (ready) → Item ‘You have a card’",
         "  Checklist ‘Is all ready?’ (ready) → Item ‘The book is whole’"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EACH)
def test_each_change_is_reported(name: str, tmp_path: Path) -> None:
    edits, lines = EACH[name]
    assert reported(versions(tmp_path, *edits)) == [*HEAD, *lines]


@pytest.mark.long
@pytest.mark.parametrize("language", languages())
def test_everything_is_reported_in_every_language(language: str, tmp_path: Path) -> None:
    words = read_words(language)
    for number, (edits, _) in enumerate(EACH.values()):
        lines = report(versions(tmp_path / str(number), *edits), words, "v1").splitlines()
        assert lines[0] == words.say("diff_since", base="v1")
        assert max(map(len, lines)) <= WIDTH
        assert not any(line != line.rstrip() for line in lines)


def test_registers_are_compared(tmp_path: Path) -> None:
    both = versions(
        tmp_path,
        ("decision_trees/contacts.yml", '"+45 1234 5678"', '"+45 1234 5679"'),
        ("decision_trees/contacts.yml", "topics: [Cards, Loans]", "topics: [Loans]"),
        (
            "decision_trees/contacts.yml",
            "desk:\n",
            "house:\n  name: The house\n  url: https://a.example/\ndesk:\n",
        ),
        ("decision_trees/updates.yml", "*six* weeks", "*five* weeks"),
        ("decision_trees/updates.yml", "2027-01-01", "2027-02-01"),
    )
    assert reported(both)[3:] == [
        "Contact", "=======", "decision_trees/contacts.yml", "",
        "Contact ‘The house’ (house): added", "",
        "Contact ‘The desk’ (desk)", "  Phone", "    before: ‘+45 1234 5678’", "    now: ‘+45 1234 5679’",
        "  Contact about", "    gone: ‘Cards’", "", "",
        "Since the guide was published", "=============================", "decision_trees/updates.yml", "",
        "Change ‘Loans last six weeks’ (longer-loans)", "  Takes effect on", "    before: January 1, 2027",
        "    now: February 1, 2027", "  Text",
        "    before: ‘Loans last *six* weeks, see [the rules](rules.md#time).’",
        "    now: ‘Loans last *five* weeks, see [the rules](rules.md#time).’",
    ]  # fmt: skip


def test_a_new_field_is_compared_without_new_code(tmp_path: Path) -> None:
    """As when the tree language gains a key: on an answer, and with parts of its own."""

    @dataclass(frozen=True)
    class Case:
        location: Location
        weather: LocatedStr
        goto: LocatedStr

    @dataclass(frozen=True)
    class Answer(model.Answer):
        shown: tuple[Case, ...]

    def with_cases(project: Project, *kinds: str) -> Project:
        (question,) = (node for node in project.trees["loan"].nodes.values() if isinstance(node, model.Question))
        answers = tuple(
            Answer(
                **{f.name: getattr(answer, f.name) for f in fields(answer)},
                shown=tuple(
                    Case(Location("x", n), LocatedStr(weather, Location("x", n)), LocatedStr("no", Location("x")))
                    for n, weather in enumerate(kinds)
                ),
            )
            for answer in question.answers or ()
        )
        object.__setattr__(question, "answers", answers)
        return project

    both = versions(tmp_path)
    changed = Versions(
        with_cases(both.before, "it rains", "it snows"), with_cases(both.now, "it rains", "the sun")
    )
    assert reported(changed)[7:11] == [
        "Question ‘What is it?’ (what)", "  Answer ‘A book’ (a-book)",
        "    case ‘the sun’: added", "    case ‘it snows’: gone",
    ]  # fmt: skip


def test_abbreviations_end_no_sentence() -> None:
    assert _sentences("Call at e.g. noon. Or not?\nThen  wait.\n\n- x\n- y") == [
        "Call at e.g. noon.", "Or not?", "Then wait.", "- x", "- y",
    ]  # fmt: skip


def test_days_and_who_takes_over_are_compared(tmp_path: Path) -> None:
    before, now = (lay_out(CASES / "valid/days", tmp_path / name) for name in ("before", "now"))
    changes = (
        (
            "days.yml",
            "- from: 2027-01-01\n        text",
            "- from: 2027-01-02\n        until: 2027-12-31\n        text",
        ),
        ("contacts.yml", "until: 2026-12-31\n  then: store", "until: 2026-11-30\n  then: archive"),
    )
    for file, old, new in changes:
        text = (now / "decision_trees" / file).read_text("utf-8")
        assert old in text
        write(now, f"decision_trees/{file}", text.replace(old, new, 1))
    lines = reported(Versions(read_project(before), read_project(now)))
    assert lines[3:] == [
        "Contact", "=======", "decision_trees/contacts.yml", "",
        "Contact ‘The desk’ (desk)", "  Up to and including", "    before: December 31, 2026",
        "    now: November 30, 2026", "  Taken over the day after by", "    before: ‘The store’ (store)",
        "    now: ‘The archive’ (archive)", "", "",
        "Days", "====", "decision_trees/days.yml", "",
        "Outcome ‘You may borrow it’ (lend)", "  Part shown to some ‘Loans last six weeks.’",
        "    Shown from", "      before: January 1, 2027", "      now: January 2, 2027",
        "    Up to and including", "      added: December 31, 2027",
    ]  # fmt: skip
