"""A small project to edit, and the report on the edits."""

from __future__ import annotations

import shutil
from pathlib import Path

from helpers import lay_out, write

from guidetrees.diff.report import report
from guidetrees.diff.versions import Versions, unreadable
from guidetrees.messages.words import read_words
from guidetrees.project.project import read_project

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
"""A file, a text in it, and what replaces the text."""


def tree(old: str, new: str) -> Edit:
    return (FILE, old, new)


def reported(versions: Versions) -> list[str]:
    """The lines of the report in English."""
    return report(versions, EN, "v1").splitlines()


def versions(folder: Path, *edits: Edit) -> Versions:
    """The project, and a copy of it with the edits."""
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
         "Links that readers have saved forget the answers here. Otherwise they still",
         "work:", "", "A loan"]  # fmt: skip
