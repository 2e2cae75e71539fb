"""What has changed for readers between two versions, in the lines that authors read."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path

import pytest
from conftest import ROOT
from helpers import CASES, lay_out, write

from guidetrees.diff import changes as compare
from guidetrees.diff import lost_urls as addresses
from guidetrees.diff import report as told
from guidetrees.diff import wording as saying
from guidetrees.diff.changes import APART, LEADING, Part
from guidetrees.diff.versions import Versions, unreadable
from guidetrees.messages.words import languages, read_words
from guidetrees.parse import model
from guidetrees.project.project import Project, read_project
from guidetrees.source.location import LocatedStr, Location

EN = read_words("en")
FILE = "decision_trees/loan.yml"
TREE = """\
title: A loan
summary: What the desk says.
intro: |
  The first sentence. The second one.

  - one thing
  - another
reviewed: 2026-11-24
start: what
keywords: [loan]
nodes:
  what:
    question: What is it?
    help: Look at it.
    guide: rules.md#rules
    answers:
      - answer: A book
        hint: With pages
        goto: ready
      - answer: A film
        id: film
        goto: no
  ready:
    checklist: Is all ready?
    guide: [rules.md#scope, rules.md#time]
    items:
      - item: You have a card
        hint: A card of the town
        contacts: [desk]
      - item: The book is whole
    met: yes
    unmet: no
  yes:
    outcome: Take it
    verdict: "yes"
    text: Bring it back.
    guide: rules.md#time
    contacts: [desk]
    next: [other]
    updates: [longer-loans]
  no:
    outcome: Leave it
    verdict: "no"
    guide: rules.md#scope
scenarios:
  - name: A book
    answers: {what: a-book, ready: met}
    outcome: yes
"""

Edit = tuple[str, str, str]
"""A file, and what stands in it before and now."""


def tree(old: str, new: str) -> Edit:
    return (FILE, old, new)


@pytest.fixture
def told_of(tmp_path: Path) -> Callable[..., list[str]]:
    """Lays out a project, edits a copy of it, and gives what is told of the difference, line by line."""

    def tell(*edits: Edit) -> list[str]:
        return told.tell(versions(tmp_path, *edits), EN, "v1").splitlines()

    return tell


def versions(folder: Path, *edits: Edit) -> Versions:
    before = lay_out(None, folder / "before")
    write(before, FILE, TREE)
    now = shutil.copytree(before, folder / "now")
    for file, old, new in edits:
        text = (now / file).read_text("utf-8")
        assert old in text, old
        write(now, file, text.replace(old, new, 1))
    found = Versions(read_project(before), read_project(now))
    assert unreadable(found.before) == unreadable(found.now) == []
    return found


HEAD = ["Changes for readers since ‘v1’", "", "", "A loan", "======", FILE, ""]
NONE = ["No changes for readers since ‘v1’."]
SAVED = ["", "", "Saved links", "===========",
         "Links that readers have saved forget the answers here. Else they still work:", "", "A loan"]  # fmt: skip
FILM = "  - item: The book is whole\n"

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
        ["Introduction: the text is parted otherwise into paragraphs and lines"],
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
         "    before: ‘Leave it’ (no) – No", "    now: ‘Take it’ (yes) – Yes"],
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
        ["Question ‘What is it?’ (what)", "  Answer ‘A film’ (film): gone", "  Answer ‘Else’ (else): added",
         "    Leads to", "      added: ‘Leave it’ (no) – No", *SAVED,
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
         "    now: ‘Leave it’ (no) – No", "    Number of ways: 1",
         "  What is it? ‘A book’ → Is all ready? ‘No, something is missing – or I am not",
         "    sure’", "    before: ‘Leave it’ (no) – No", "    now: ‘Take it’ (yes) – Yes",
         "    Number of ways: 1"],
    ),
    "items": (
        [tree("You have a card", "You have a card of your own"), tree("      - item: The book is whole\n", ""),
         tree("    met: yes", "      - item: Nobody waits for it\n    met: yes")],
        ["Checklist ‘Is all ready?’ (ready)", "  Item ‘You have a card of your own’", "    Wording",
         "      before: ‘You have a card’", "      now: ‘You have a card of your own’",
         "  Item ‘The book is whole’: gone", "  Item ‘Nobody waits for it’: added", *SAVED,
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
         "    before: ‘Take it’ (yes) – Yes", "    now: ‘Take it’ (yes) – Take care", "    Number of ways: 1"],
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
         "    sure’", "    before: ‘Leave it’ (no) – No", "    now: ‘Take it’ (yes) – Yes", "",
         "Addresses that have vanished",
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
def test_each_change_is_said(name: str, told_of: Callable[..., list[str]]) -> None:
    edits, lines = EACH[name]
    assert told_of(*edits) == [*HEAD, *lines]


SAME: dict[str, list[Edit]] = {
    "nothing": [],
    "nodes in another order": [
        (FILE, TREE[TREE.index("  yes:"):TREE.index("  no:")], ""),
        tree("nodes:\n", "nodes:\n" + TREE[TREE.index("  yes:"):TREE.index("  no:")]),
    ],
    "white space": [tree("title: A loan", "title:   A\n  loan"), tree("sentence. The", "sentence.\n  The")],
    "the style of YAML": [
        tree("[rules.md#scope, rules.md#time]", "\n      - rules.md#scope\n      - 'rules.md#time'"),
    ],
    "another way to write where an answer leads": [tree("goto: ready", "goto: 'loan:ready'")],
    "another way to write what comes next": [tree("next: [other]", "next: ['other:']")],
    "an outcome's new name, with the former one": [
        tree("  yes:\n", "  take:\n    aliases: [yes]\n"), tree("met: yes", "met: take"),
        tree("outcome: yes", "outcome: take"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_what_readers_do_not_see_is_no_change(name: str, told_of: Callable[..., list[str]]) -> None:
    lines = told_of(*SAME[name])
    assert lines == NONE, lines


ONLY_SAVED: dict[str, tuple[list[Edit], str]] = {
    "a question's new name, with the former one": (
        [tree("  ready:\n", "  prepared:\n    aliases: [ready]\n"), tree("goto: ready", "goto: prepared"),
         tree("ready: met", "prepared: met")],
        "  Checklist ‘Is all ready?’ (ready)",
    ),
    "an answer's new id": (
        [tree("id: film", "id: movie")],
        "  Question ‘What is it?’ (what) → Answer ‘A film’ (film)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ONLY_SAVED)
def test_what_only_saved_links_notice_is_said(name: str, told_of: Callable[..., list[str]]) -> None:
    edits, line = ONLY_SAVED[name]
    assert told_of(*edits) == [HEAD[0], *SAVED, line]


def test_a_trees_new_name_is_no_change_where_the_former_one_leads_on(tmp_path: Path) -> None:
    both = versions(tmp_path)
    (tmp_path / "now" / FILE).rename(tmp_path / "now/decision_trees/lend.yml")
    lend = tmp_path / "now/decision_trees/lend.yml"
    without = told.tell(Versions(both.before, read_project(tmp_path / "now")), EN, "v1").splitlines()
    assert without[3:] == [
        "A loan", "======", "decision_trees/lend.yml", "", "Questions: added", "", "",
        "A loan", "======", FILE, "", "Questions: gone", "", "Addresses that have vanished",
        "  No page and no former name (aliases) has them now, so links to them lead", "    nowhere:",
        *(f"    loan/{node}.html" for node in ("index", "what", "ready", "yes", "no")),
    ]  # fmt: skip
    lend.write_text(TREE.replace("start:", "aliases: [loan]\nstart:"), "utf-8")
    assert told.tell(Versions(both.before, read_project(tmp_path / "now")), EN, "v1").splitlines() == NONE


def test_a_node_that_is_merged_into_another_is_gone_and_its_address_is_not(tmp_path: Path) -> None:
    both = versions(
        tmp_path,
        (FILE, TREE[TREE.index("  no:") : TREE.index("scenarios:")], ""),
        tree("goto: no", "goto: yes"),
        tree("unmet: no", "unmet: yes"),
        tree("    next: [other]", "    aliases: [no]\n    next: [other]"),
    )
    lines = told.tell(both, EN, "v1").splitlines()
    assert "Outcome ‘Leave it’ (no): gone" in lines
    assert "The same answers end elsewhere" in lines
    assert "Addresses that have vanished" not in lines


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
    assert told.tell(both, EN, "v1").splitlines()[3:] == [
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


def test_the_guides_words_are_compared_and_the_pages_named_that_quote_them(tmp_path: Path) -> None:
    guide = "docs/guide/rules.md"
    both = versions(tmp_path, (guide, "lasts four weeks", "lasts six weeks"))
    assert told.tell(both, EN, "v1").splitlines()[3:] == [
        "The guide’s words: The rules", "============================", guide, "",
        "Text", "  before: ‘A loan lasts four weeks.’", "  now: ‘A loan lasts six weeks.’", "",
        "Quoted here",
        "  Questions ‘A loan’, ‘What is it?’ (what)",
        "  Questions ‘A loan’, ‘Is all ready?’ (ready)",
        "  Questions ‘A loan’, ‘Take it’ (yes) – Yes",
        "  Questions ‘May I borrow this?’, ‘What is it?’ (kind)",
        "  Questions ‘May I borrow this?’, ‘You may borrow it’ (lend) – Yes",
    ]  # fmt: skip


def test_pages_of_the_guide_come_and_go(tmp_path: Path) -> None:
    both = versions(tmp_path)
    write(tmp_path / "now", "docs/guide/more.md", "# More { #more }\n\nWords.\n")
    more = Versions(both.before, read_project(tmp_path / "now"))
    for found, what in ((more, "added"), (Versions(more.now, more.before), "gone")):
        assert told.tell(found, EN, "v1").splitlines()[3:] == [
            "The guide’s words: More", "=======================", "docs/guide/more.md", "",
            f"Page of the guide ‘More’: {what}",
        ]  # fmt: skip


@pytest.mark.parametrize("project", [ROOT, CASES / "base"], ids=["this", "base"])
def test_a_project_compared_with_itself_has_no_changes(project: Path) -> None:
    both = Versions(read_project(project), read_project(project))
    assert compare.compare(both) == []
    assert (addresses.vanished(both), addresses.forgotten(both)) == ({}, {})
    assert told.tell(both, EN, "v1").splitlines() == NONE


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
    assert told.tell(changed, EN, "v1").splitlines()[7:11] == [
        "Question ‘What is it?’ (what)", "  Answer ‘A book’ (a-book)",
        "    case ‘it snows’: gone", "    case ‘the sun’: added",
    ]  # fmt: skip


def test_every_field_of_the_model_has_words() -> None:
    classes = [model.Tree, model.Question, model.Checklist, model.Outcome, model.Answer, model.Item, model.Part]
    names = {field.name for made in [*classes, model.Contact, model.Update] for field in fields(made)}
    assert names - APART - {"nodes"} <= set(saying.FIELDS)
    assert set(saying.FIELDS) <= names
    assert names > LEADING
    assert {made.__name__.lower() for made in [*classes, model.Contact, model.Update]} | {"page"} == set(
        saying.KINDS
    )


@pytest.mark.parametrize("language", languages())
def test_everything_is_told_in_every_language(language: str, tmp_path: Path) -> None:
    words = read_words(language)
    for number, (edits, _) in enumerate(EACH.values()):
        lines = told.tell(versions(tmp_path / str(number), *edits), words, "v1").splitlines()
        assert lines[0] == words.say("diff_since", base="v1")
        assert max(map(len, lines)) <= saying.WIDTH
        assert not any(line != line.rstrip() for line in lines)


def test_abbreviations_end_no_sentence() -> None:
    assert compare._sentences(["Call at e.g. noon. Or not?\nThen  wait.\n\n- x\n- y"]) == [
        "Call at e.g. noon.", "Or not?", "Then wait.", "- x", "- y",
    ]  # fmt: skip


def test_a_long_list_says_how_much_is_left_out(tmp_path: Path) -> None:
    many = (
        "".join(
            f"  n{n}:\n    question: Q{n}?\n    answers:\n      - answer: Go on\n        goto: n{n + 1}\n"
            f"      - answer: Stop\n        goto: e{n}\n  e{n}:\n    outcome: E{n}\n    verdict: info\n"
            "    guide: rules.md#time\n"
            for n in range(30)
        )
        + "  n30:\n    outcome: End\n    verdict: info\n    guide: rules.md#time\n"
    )
    head = "title: Many\nsummary: Many.\nreviewed: 2026-11-24\nstart: n0\nnodes:\n"
    before, now = lay_out(None, tmp_path / "before"), lay_out(None, tmp_path / "now")
    write(before, "decision_trees/many.yml", head + many)
    write(now, "decision_trees/many.yml", head + re.sub(r"verdict: info", "verdict: caution", many))
    lines = told.tell(Versions(read_project(before), read_project(now)), EN, "v1").splitlines()
    assert lines.count("    Number of ways: 1") == told.MAX_LISTED
    assert lines[-1] == "  and 11 more"
    write(
        now,
        "decision_trees/many.yml",
        head.replace("n0", "a") + "  a:\n    outcome: A\n    verdict: info\n    guide: rules.md#time\n",
    )
    lines = told.tell(Versions(read_project(before), read_project(now)), EN, "v1").splitlines()
    assert sum(line.startswith("    many/") for line in lines) == told.MAX_LISTED
    assert lines.count("  and 41 more") == 1
    assert lines[-1] == "  and 10 more"


def test_parts_are_hashable_and_compare_by_value() -> None:
    assert len({Part("item", "", "x"), Part("item", "", "x")}) == 1


CONDITIONS = "decision_trees/conditions.yml"


def test_what_depends_on_earlier_answers_is_told_with_what_it_depends_on(tmp_path: Path) -> None:
    for version in ("before", "now"):
        lay_out(CASES / "valid/conditions.yml", tmp_path / version)
    path = tmp_path / "now" / CONDITIONS
    text = path.read_text("utf-8")
    for old, new in (
        ("- when: {role: head, form: [on-paper, both]}", "- when: {role: [head, nurse], form: on-paper}"),
        ("- when: {form: by-phone}", "- when: {form: on-paper}"),
        ("*you* answer for it", "*we* answer for it"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")
    both = Versions(read_project(tmp_path / "before"), read_project(tmp_path / "now"))
    assert told.tell(both, EN, "v1").splitlines()[7:] == [
        "Question ‘Is there a risk?’ (risk)",
        "  Answer ‘Yes’ (yes)",
        "    Leads to",
        "      before: if you answered ‘Head’ to ‘What are you?’ and ‘Both’ or ‘On",
        "        paper’ to ‘How is it done?’: ‘Head on paper’ (head-paper) – Take care;",
        "        otherwise, if you answered ‘Head’ to ‘What are you?’: ‘Head by phone’",
        "        (head-phone) – No; otherwise: ‘Others’ (others) – For information;",
        "      now: if you answered ‘Head’ or ‘Nurse’ to ‘What are you?’ and ‘On paper’",
        "        to ‘How is it done?’: ‘Head on paper’ (head-paper) – Take care;",
        "        otherwise, if you answered ‘Head’ to ‘What are you?’: ‘Head by phone’",
        "        (head-phone) – No; otherwise: ‘Others’ (others) – For information;",
        "  Part shown to some ‘As a head, *we* answer for it.’",
        "    Text",
        "      before: ‘As a head, *you* answer for it.’",
        "      now: ‘As a head, *we* answer for it.’",
        "",
        "Outcome ‘Others’ (others)",
        "  Part shown to some ‘By phone.’",
        "    Condition",
        "      before: if you answered ‘By phone’ to ‘How is it done?’",
        "      now: if you answered ‘On paper’ to ‘How is it done?’",
        "",
        "The same answers end elsewhere",
        "  What are you? ‘Head’ → How is it done? ‘Both’ → Is there a risk? ‘Yes’",
        "    before: ‘Head on paper’ (head-paper) – Take care",
        "    now: ‘Head by phone’ (head-phone) – No",
        "    Number of ways: 1",
        "  What are you? ‘Nurse’ → How is it done? ‘On paper’ → Is there a risk? ‘Yes’",
        "    before: ‘Others’ (others) – For information",
        "    now: ‘Head on paper’ (head-paper) – Take care",
        "    Number of ways: 1",
    ]
