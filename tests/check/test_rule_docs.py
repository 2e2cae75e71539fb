"""The rules' manual: every rule has an example that breaks it and it alone, and is whole when mended."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from guidetrees.check import checker as check
from guidetrees.check import rule_docs as manual
from guidetrees.check.rule_docs import RuleDoc, as_text, completed, entries, failing, findings, lay_out, tables
from guidetrees.check.rule_examples import TREE, as_files, example_of
from guidetrees.check.rules import reviews
from guidetrees.parse import tables as language
from guidetrees.parse.readers import Table

ENTRIES = entries()
each_rule = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
FRAME = "title: T\nstart: a\nnodes:\n  a:\n    goto: b\n  b:\n    verdict: yes\n  c:\n    verdict: no\n"


@pytest.mark.parametrize(
    "rule",
    [*check.RULES, *check.WARNINGS, *check.NOTES, reviews.trees_are_reviewed],
    ids=lambda rule: rule.__name__,
)
def test_every_rule_has_an_example(rule: check.Rule) -> None:
    assert example_of(rule)
    assert check.rule_id(rule) in [entry.id for entry in ENTRIES]


def test_every_entry_is_a_rule_of_its_own() -> None:
    count = len(check.RULES) + len(check.WARNINGS) + len(check.NOTES) + 2  # reading, and the review rule
    assert len({entry.id for entry in ENTRIES}) == len(ENTRIES) == count


@each_rule
def test_the_failing_example_breaks_just_its_rule(entry: RuleDoc) -> None:
    found = failing(entry.id)
    assert {finding.rule for finding in found} == {entry.id, *entry.example.along}
    assert {finding.level for finding in found} == {entry.level}


def test_only_one_rule_cannot_be_broken_alone() -> None:
    """Where no reader comes to a node, the cases that lead to it fit nobody."""
    assert [entry.id for entry in ENTRIES if entry.example.along] == ["nodes-are-not-contradictory"]


@each_rule
def test_the_mended_example_is_found_nothing_with(entry: RuleDoc) -> None:
    assert findings(entry.example.mended) == []


@each_rule
def test_what_is_found_stands_in_the_piece_that_is_shown(entry: RuleDoc) -> None:
    for finding in failing(entry.id):
        place = finding.problem.location
        lines = entry.example.failing[place.file].splitlines()
        assert place.column <= len(lines[place.line - 1])


@each_rule
def test_a_rule_asks_something_in_whole_sentences(entry: RuleDoc) -> None:
    for text in (entry.asks, *entry.more):
        assert text[0].isupper()
        assert text.endswith(".")
        assert text.count("`") % 2 == 0


@each_rule
def test_a_rules_page_in_a_terminal_says_all(entry: RuleDoc) -> None:
    lines = as_text(entry).splitlines()
    assert lines[0] == f"{entry.id} ({entry.level})"
    assert entry.asks in " ".join(lines)
    for finding in failing(entry.id):
        assert f"  {finding}" in lines
    for files in (entry.example.failing, entry.example.mended):
        for file, text in files.items():
            shown = [f"# {file}", *text.splitlines()]
            assert "\n".join(f"    {line}" if line else "" for line in shown) in "\n".join(lines)


def test_the_frame_is_whole() -> None:
    assert findings({}) == []
    assert findings(as_files("")) == []


def test_reading_shows_every_table_of_the_language() -> None:
    known = [value for value in vars(language).values() if isinstance(value, Table)]
    assert tables()[0] is language.TREE
    assert sorted(table.kind for table in tables()) == sorted(table.kind for table in known)
    page = as_text(ENTRIES[0])
    assert ENTRIES[0].id == check.READING
    assert "  a case: when, to*\n" in page


@pytest.mark.parametrize(
    ("piece", "tree"),
    [
        ("", FRAME),
        ("start: b\n", "start: b\ntitle: T\n" + FRAME[FRAME.index("nodes:") :]),
        ("nodes:\n  a:\n    goto: c\n", "nodes:\n  a:\n    goto: c\n  c:\n    verdict: no\ntitle: T\nstart: a\n"),
        ("nodes:\n  b:\n    x: y\n", "nodes:\n  b:\n    x: y\n  a:\n    goto: b\ntitle: T\nstart: a\n"),
    ],
)
def test_a_piece_is_completed_by_what_it_lacks(piece: str, tree: str) -> None:
    assert completed(piece, FRAME) == tree


def test_a_text_is_a_piece_of_the_examples_tree() -> None:
    assert as_files("\n\ntitle: T\n\n") == {TREE: "title: T\n"}


def test_the_frame_may_be_there_to_be_read_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is laid out is written anew: a copy would be as little to be written as the frame is."""
    frame = shutil.copytree(manual.FRAME, tmp_path / "frame")
    for path in (*frame.rglob("*"), frame):
        path.chmod(0o555 if path.is_dir() else 0o444)
    monkeypatch.setattr(manual, "FRAME", frame)
    try:
        root = tmp_path / "project"
        lay_out(as_files("title: Another"), root)
        written = [path for path in root.rglob("*") if path.is_file()]
        assert (root / TREE).read_text("utf-8").startswith("title: Another\n")
        assert len(written) == len([path for path in frame.rglob("*") if path.is_file()])
        assert all(path.stat().st_mode & 0o200 and os.access(path.parent, os.W_OK) for path in written)
    finally:
        for path in (frame, *frame.rglob("*")):
            path.chmod(0o755)
