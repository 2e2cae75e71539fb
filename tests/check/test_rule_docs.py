"""The documentation of the rules: every rule has an example that breaks only this rule, and a fixed example."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from guidetrees.check import checker as check
from guidetrees.check import rule_docs
from guidetrees.check.rule_docs import RuleDoc, as_text, completed, entries, failing, findings, write_project
from guidetrees.check.rule_examples import EXAMPLES, TREE, Example
from guidetrees.parse.forms import Table
from guidetrees.parse.tables import TABLES, cases, nodes, registers, tree

TABLE_MODULES = (cases, nodes, registers, tree)
ENTRIES = entries()
each_rule = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
WHOLE = "title: T\nstart: a\nnodes:\n  a:\n    goto: b\n  b:\n    verdict: yes\n  c:\n    verdict: no\n"


@pytest.mark.parametrize(
    "rule",
    [*check.RULES, *check.WARNINGS, *check.OF_THE_DAY, *check.NOTES],
    ids=lambda rule: rule.__name__,
)
def test_every_rule_has_an_example(rule: check.Rule) -> None:
    assert EXAMPLES[rule]
    assert check.rule_id(rule) in [entry.id for entry in ENTRIES]


def test_every_entry_is_a_rule_of_its_own() -> None:
    count = len(check.RULES) + len(check.WARNINGS) + len(check.OF_THE_DAY) + len(check.NOTES) + 1  # reading
    assert len({entry.id for entry in ENTRIES}) == len(ENTRIES) == count


@each_rule
def test_the_failing_example_breaks_only_its_rule(entry: RuleDoc) -> None:
    found = failing(entry.id)
    assert {finding.rule for finding in found} == {entry.id, *entry.example.along}
    assert {finding.level for finding in found} == {entry.level}


def test_only_one_rule_cannot_be_broken_alone() -> None:
    """If no reader comes to a node, the cases that lead to it match no reader."""
    assert [entry.id for entry in ENTRIES if entry.example.along] == ["nodes-are-not-contradictory"]


@each_rule
def test_the_fixed_example_has_no_findings(entry: RuleDoc) -> None:
    assert findings(entry.example.fixed) == []


@each_rule
def test_findings_are_located_in_the_piece_that_is_shown(entry: RuleDoc) -> None:
    for finding in failing(entry.id):
        location = finding.problem.location
        lines = entry.example.failing[location.file].splitlines()
        assert location.column <= len(lines[location.line - 1])


@each_rule
def test_a_rule_is_documented_in_whole_sentences(entry: RuleDoc) -> None:
    for text in (entry.asks, *entry.more):
        assert text[0].isupper()
        assert text.endswith(".")
        assert text.count("`") % 2 == 0


@each_rule
def test_a_rules_page_in_a_terminal_is_complete(entry: RuleDoc) -> None:
    lines = as_text(entry).splitlines()
    assert lines[0] == f"{entry.id} ({entry.level})"
    assert entry.asks in " ".join(lines)
    for finding in failing(entry.id):
        assert f"  {finding}" in lines
    for files in (entry.example.failing, entry.example.fixed):
        for file, text in files.items():
            shown = [f"# {file}", *text.splitlines()]
            assert "\n".join(f"    {line}" if line else "" for line in shown) in "\n".join(lines)


def test_the_example_project_has_no_findings() -> None:
    assert findings({}) == []
    assert findings({TREE: "\n"}) == []


def test_reading_shows_every_table_of_the_language() -> None:
    known = {value.kind for module in TABLE_MODULES for value in vars(module).values() if isinstance(value, Table)}
    assert TABLES[0] is tree.TREE
    assert sorted(table.kind for table in TABLES) == sorted(known)
    page = as_text(ENTRIES[0])
    assert ENTRIES[0].id == check.READING
    assert "  a case: when, to*\n" in page


@pytest.mark.parametrize(
    ("piece", "tree"),
    [
        ("", WHOLE),
        ("start: b\n", "start: b\ntitle: T\n" + WHOLE[WHOLE.index("nodes:") :]),
        ("nodes:\n  a:\n    goto: c\n", "nodes:\n  a:\n    goto: c\n  c:\n    verdict: no\ntitle: T\nstart: a\n"),
        ("nodes:\n  b:\n    x: y\n", "nodes:\n  b:\n    x: y\n  a:\n    goto: b\ntitle: T\nstart: a\n"),
    ],
)
def test_a_piece_is_completed_by_what_it_lacks(piece: str, tree: str) -> None:
    assert completed(piece, WHOLE) == tree


def test_an_example_is_a_diff() -> None:
    tree = Example("\n  title: T\n- short: a\n+ short: b\n  order: 1\n")
    assert tree.failing == {TREE: "title: T\nshort: a\norder: 1\n"}
    assert tree.fixed == {TREE: "title: T\nshort: b\norder: 1\n"}
    files = Example("# a.md\n  # A\n\n- text\n# b.md\n+ # B")
    assert files.failing == {"a.md": "# A\n\ntext\n"}
    assert files.fixed == {"a.md": "# A\n\n", "b.md": "# B\n"}


def test_the_example_project_may_be_read_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project that is written from it can be changed: its files are not copies with the same permissions."""
    source = shutil.copytree(rule_docs.EXAMPLE_PROJECT, tmp_path / "source")
    for path in (*source.rglob("*"), source):
        path.chmod(0o555 if path.is_dir() else 0o444)
    monkeypatch.setattr(rule_docs, "EXAMPLE_PROJECT", source)
    try:
        root = tmp_path / "project"
        write_project({TREE: "title: Another\n"}, root)
        written = [path for path in root.rglob("*") if path.is_file()]
        assert (root / TREE).read_text("utf-8").startswith("title: Another\n")
        assert len(written) == len([path for path in source.rglob("*") if path.is_file()])
        assert all(path.stat().st_mode & 0o200 and os.access(path.parent, os.W_OK) for path in written)
    finally:
        for path in (source, *source.rglob("*")):
            path.chmod(0o755)
