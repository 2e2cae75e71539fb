"""The words for fields, kinds and conditions."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_args

import pytest
from helpers import CASES, lay_out
from loan import reported

from guidetrees.diff.changes import NOT_SHOWN
from guidetrees.diff.versions import Versions
from guidetrees.diff.wording import KINDS, LABELS
from guidetrees.messages.words import languages, read_words
from guidetrees.parse import model
from guidetrees.project.project import read_project

SHOWN = (
    model.Tree,
    *get_args(model.Node),
    model.Answer,
    model.Item,
    model.Part,
    model.Contact,
    model.Update,
)
FIELDS = {field.name for made in SHOWN for field in fields(made)} - NOT_SHOWN


@pytest.mark.parametrize("language", languages())
def test_every_field_and_every_kind_of_thing_has_words(language: str) -> None:
    table = read_words(language).table
    assert {LABELS.get(name, f"diff_{name}") for name in FIELDS} <= set(table)
    kinds = [*(made.__name__.lower() for made in SHOWN), "page"]
    assert {KINDS.get(name, f"diff_{name}") for name in kinds} <= set(table)


def test_no_words_are_for_fields_that_there_are_not() -> None:
    assert set(LABELS) <= FIELDS
    assert set(KINDS) <= {made.__name__.lower() for made in SHOWN}
    made = [thing for thing in vars(model).values() if isinstance(thing, type) and is_dataclass(thing)]
    assert {field.name for thing in made for field in fields(thing)} >= NOT_SHOWN


CONDITIONS = "decision_trees/conditions.yml"


def test_what_depends_on_earlier_answers_is_reported_with_what_it_depends_on(tmp_path: Path) -> None:
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
    assert reported(both)[7:] == [
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
        "    Scenarios: ‘A head with paper’",
        "  What are you? ‘Nurse’ → How is it done? ‘On paper’ → Is there a risk? ‘Yes’",
        "    before: ‘Others’ (others) – For information",
        "    now: ‘Head on paper’ (head-paper) – Take care",
        "    Number of ways: 1",
    ]


def test_of_many_scenarios_the_first_are_named(tmp_path: Path) -> None:
    before, now = (lay_out(None, tmp_path / version) for version in ("before", "now"))
    names = "".join(f"  - {{name: N{n}, answers: {{kind: a-book}}, outcome: lend}}\n" for n in range(5))
    for root, goto in ((before, "lend"), (now, "stay")):
        path = root / "decision_trees/other.yml"
        text = path.read_text("utf-8").replace("goto: lend", f"goto: {goto}", 1)
        path.write_text(text.rstrip() + f"\n{names}", "utf-8")
    lines = reported(Versions(read_project(before), read_project(now)))
    assert lines[-1] == "    Scenarios: ‘A child with a picture book’ · ‘N0’ · ‘N1’ · and 3 more"
