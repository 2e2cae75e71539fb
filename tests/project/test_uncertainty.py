"""What is unknown is not checked: a file that cannot be read in full causes problems in this file only."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import ROOT

from guidetrees.check.checker import errors
from guidetrees.graph.graph import NodeRef
from guidetrees.project.project import read_project
from guidetrees.project.uncertainty import Uncertainty, led_to
from guidetrees.source.layout import DEFAULT

Change = Callable[[list[str], int], list[str]]

CHANGES: dict[str, Change] = {
    "cut off behind": lambda lines, at: lines[: at + 1],
    "without the colon of": lambda lines, at: [*lines[:at], lines[at].replace(":", "", 1), *lines[at + 1 :]],
    "without the space behind the colon of": lambda lines, at: [
        *lines[:at],
        lines[at].replace(": ", ":", 1),
        *lines[at + 1 :],
    ],
    "with twice": lambda lines, at: [*lines[:at], lines[at], *lines[at:]],
    "with further in": lambda lines, at: [*lines[:at], f"  {lines[at]}", *lines[at + 1 :]],
}
STEP = 61
"""The distance of the lines that are changed: all lines would take minutes."""

TREES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "decision_trees").glob("*.yml"))
PAGES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs/guide").glob("*.md"))
GONE = {"addresses-last", "next-exists", "answers-lead-on", "contacts-exist", "updates-exist", "sections-exist",
        "markup-is-plain"}  # fmt: skip
"""The rules that report what is missing elsewhere: a file that is cut off between two nodes can be read in full,
so problems are located where others name what it contained, or where that was published."""


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This project's trees and guide, with the addresses that they have had."""
    root = tmp_path_factory.mktemp("real")
    shutil.copytree(ROOT / "decision_trees", root / "decision_trees")
    shutil.copytree(ROOT / "docs", root / "docs", ignore=shutil.ignore_patterns("assets", "decisions"))
    assert not errors(read_project(root))
    return root


def mutants(text: str, first: int, step: int) -> Iterator[tuple[str, str]]:
    """What is wrong, and the text that has it: each change on every `step`th line."""
    lines = text.splitlines(keepends=True)
    for at in range(first, len(lines), step):
        for how, change in CHANGES.items():
            if (changed := "".join(change(lines, at))) != text:
                yield f"{how} line {at + 1}", changed


def elsewhere(root: Path, file: str) -> tuple[bool, list[str]]:
    """Whether `file` was read in full, and the rules with the lines that are not of it."""
    project = read_project(root)
    found = [f"{finding.rule}: {finding}" for finding in errors(project) if finding.problem.location.file != file]
    return all(problem.location.file != file for problem in project.problems), found


@pytest.mark.long
@pytest.mark.parametrize("file", TREES)
def test_the_problems_of_a_file_of_trees_are_only_in_it(real: Path, file: str) -> None:
    text, half_read = (real / file).read_text("utf-8"), 0
    try:
        for what, changed in mutants(text, TREES.index(file), STEP):
            (real / file).write_text(changed, "utf-8")
            is_whole, found = elsewhere(real, file)
            half_read += not is_whole
            assert is_whole or not found, (what, found)
            assert {line.partition(":")[0] for line in found} <= GONE, (what, found)
    finally:
        (real / file).write_text(text, "utf-8")
    assert half_read > 3, "too few of them are wrong"


@pytest.mark.long
@pytest.mark.parametrize("file", PAGES)
def test_the_problems_of_a_page_of_the_guide_are_only_in_it(real: Path, file: str) -> None:
    """Only its front matter and its encoding can be wrong: its words are the guide's."""
    text = (real / file).read_text("utf-8")
    wrong = [
        f"---\nupdates: [\n---\n{text}",
        f"---\na: 1\na: 2\n---\n{text}",
        f"{text}\u202e",
        f"{text}\ud800",
        "",
    ]
    try:
        for changed in wrong[:-1]:
            (real / file).write_text(changed, "utf-8", errors="surrogatepass")
            is_whole, found = elsewhere(real, file)
            assert not is_whole and found == [], changed[:20]
        (real / file).unlink()
        assert elsewhere(real, file)[1], "a page that is gone is missed"
    finally:
        (real / file).write_text(text, "utf-8")


@pytest.mark.parametrize("file", TREES)
def test_a_file_that_is_gone_is_missed(real: Path, file: str) -> None:
    text = (real / file).read_text("utf-8")
    try:
        (real / file).unlink()
        assert elsewhere(real, file)[1]
    finally:
        (real / file).write_text(text, "utf-8")


# What is asked of it

DOUBTS = Uncertainty(
    frozenset({"decision_trees/half.yml", "decision_trees/broken.yml", "docs/guide/rules.md"}),
    frozenset({"broken"}),
)
NONE = Uncertainty()
CONTACTS = Uncertainty(frozenset({"decision_trees/contacts.yml"}))
FOLDER = Uncertainty(frozenset({"decision_trees"}))


@pytest.mark.parametrize(
    ("doubts", "address", "is_uncertain"),
    [
        (DOUBTS, "half/gone.html", True),
        (DOUBTS, "whole/gone.html", False),
        (DOUBTS, "broken/index.html", True),
        (DOUBTS, "short/index.html", True),
        (DOUBTS, "guide/rules.html#gone", True),
        (DOUBTS, "guide/other.html", True),
        (CONTACTS, "short/index.html", False),
        (CONTACTS, "guide/rules.html", False),
        (FOLDER, "short/index.html", True),
        (NONE, "whole/gone.html", False),
        (NONE, "short/index.html", False),
        (NONE, "guide/rules.html", False),
    ],
)
def test_addresses_are_uncertain_by_the_files_that_may_have_them(
    doubts: Uncertainty, address: str, is_uncertain: bool
) -> None:
    assert doubts.address(address, ["half", "whole"]) == is_uncertain


def test_names_are_uncertain_by_the_files_that_may_have_them() -> None:
    assert [DOUBTS.node(NodeRef(tree, "x")) for tree in ("half", "broken", "whole")] == [True, True, False]
    assert [tree in DOUBTS.unread for tree in ("half", "broken", "whole")] == [False, True, False]
    assert [DOUBTS.section(f"{page}.md#x") for page in ("rules", "other")] == [True, False]
    assert [doubts.file(DEFAULT.contacts) for doubts in (DOUBTS, CONTACTS, FOLDER)] == [False, True, True]
    assert [doubts.file(DEFAULT.updates) for doubts in (DOUBTS, CONTACTS, FOLDER)] == [False, False, True]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("goto: a:node", ["a"]),
        ("goto: 'a:'", []),
        ("goto: b-a:node", ["b-a"]),
        ("to: {to: a:x, b: 'b-a:y'}", ["a", "b-a"]),
        ("a: b", []),
    ],
)
def test_files_in_doubt_may_lead_to_nodes_of_trees(written: str, found: list[str]) -> None:
    assert list(led_to([written.encode()], ["a", "b-a"])) == found


def test_a_tree_in_doubt_is_checked_by_itself(tmp_path: Path, real: Path) -> None:
    """All problems within one file are reported in one run."""
    root = shutil.copytree(real, tmp_path / "project")
    path = root / "decision_trees/er-det-digital-behandling.yml"
    text = path.read_text("utf-8")
    changed = text.replace("summary:", "sumary:").replace("goto: konkret-patient", "goto: konkret-patien")
    path.write_text(changed, "utf-8")
    rules = [finding.rule for finding in errors(read_project(root))]
    assert rules == ["language", "answers-lead-on"]
