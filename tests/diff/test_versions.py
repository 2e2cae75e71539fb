"""What is the same in two versions, under other names too, and what identical versions report: nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import ROOT
from helpers import CASES, lay_out, write
from loan import EN, FILE, NONE, TREE, Edit, reported, tree, versions

from guidetrees.diff.changes import Comparison
from guidetrees.diff.lost_urls import forgotten_answers, lost_pages
from guidetrees.diff.outcomes import changed_outcomes
from guidetrees.diff.report import MAX_LISTED
from guidetrees.diff.versions import Versions
from guidetrees.project.project import read_project

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
def test_what_readers_do_not_see_is_no_change(name: str, tmp_path: Path) -> None:
    lines = reported(versions(tmp_path, *SAME[name]))
    assert lines == NONE, lines


def test_a_trees_new_name_is_no_change_where_the_former_one_leads_on(tmp_path: Path) -> None:
    both = versions(tmp_path)
    (tmp_path / "now" / FILE).rename(tmp_path / "now/decision_trees/lend.yml")
    lend = tmp_path / "now/decision_trees/lend.yml"
    without = reported(Versions(both.before, read_project(tmp_path / "now")))
    assert without[3:] == [
        "A loan", "======", "decision_trees/lend.yml", "", "Questions: added", "", "",
        "A loan", "======", FILE, "", "Questions: gone", "", "Addresses that have vanished",
        "  No page and no former name (aliases) has them now, so links to them lead", "    nowhere:",
        *(f"    loan/{node}.html" for node in ("index", "what", "ready", "yes", "no")),
    ]  # fmt: skip
    lend.write_text(TREE.replace("start:", "aliases: [loan]\nstart:"), "utf-8")
    assert reported(Versions(both.before, read_project(tmp_path / "now"))) == NONE


def test_a_node_that_is_merged_into_another_is_gone_and_its_address_is_not(tmp_path: Path) -> None:
    both = versions(
        tmp_path,
        (FILE, TREE[TREE.index("  no:") : TREE.index("scenarios:")], ""),
        tree("goto: no", "goto: yes"),
        tree("unmet: no", "unmet: yes"),
        tree("    next: [other]", "    aliases: [no]\n    next: [other]"),
    )
    lines = reported(both)
    assert "Outcome ‘Leave it’ (no): gone" in lines
    assert "The same answers end elsewhere" in lines
    assert "Addresses that have vanished" not in lines


@pytest.mark.parametrize("project", [ROOT, CASES / "base"], ids=["this", "base"])
def test_identical_versions_have_no_changes(project: Path) -> None:
    both = Versions(read_project(project), read_project(project))
    trees = both.now.trees.values()
    assert not any(lines for tree in trees for lines in Comparison(both, EN, (tree.id, tree.id)).tree(tree, tree))
    assert not [url for tree in both.now.trees for url in lost_pages(both, tree)]
    assert not [lost for tree in both.now.trees for lost in forgotten_answers(both, tree)]
    assert all(changed_outcomes(both, tree) == ([], True) for tree in both.now.trees)
    assert reported(both) == NONE


def test_a_long_list_says_how_many_are_left_out(tmp_path: Path) -> None:
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
    lines = reported(Versions(read_project(before), read_project(now)))
    assert lines.count("    Number of ways: 1") == MAX_LISTED
    assert lines[-1] == "  and 11 more"
    write(
        now,
        "decision_trees/many.yml",
        head.replace("n0", "a") + "  a:\n    outcome: A\n    verdict: info\n    guide: rules.md#time\n",
    )
    lines = reported(Versions(read_project(before), read_project(now)))
    assert sum(line.startswith("    many/") for line in lines) == MAX_LISTED
    assert lines.count("  and 41 more") == 1
    assert lines[-1] == "  and 10 more"
