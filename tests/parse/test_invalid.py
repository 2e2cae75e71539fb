"""Every mistake gives its line, at its place, and nothing else.

The cases lie in `cases/invalid`, named after the mistake. One that comes up in practice or in a random
test becomes a file there.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from helpers import SMALL, cases, expected, lay_out, problems_of, write

from guidetrees.check.checker import errors
from guidetrees.messages.words import read_words
from guidetrees.parse.tables.shared import RESERVED_TREES
from guidetrees.project.project import read_project
from guidetrees.source import files

ENGLISH = re.compile(r"\b(the|is|not|and|with|must|has|this|needs|write|such)\b")
"""Words that no Danish message holds, but for what it quotes."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The base, to lay something over."""
    return lay_out(None, tmp_path)


@pytest.mark.parametrize("case", cases("invalid"), ids=lambda case: case.stem)
def test_the_mistake_gives_its_lines_and_no_more(case: Path, tmp_path: Path) -> None:
    wanted = expected(case)
    assert wanted, f"{case.name} says nothing of what it expects"
    found = errors(read_project(lay_out(case, tmp_path)))
    assert [str(finding.problem) for finding in found] == wanted
    for finding in found:
        told = read_words("da").tell(finding.problem.message)
        assert not ENGLISH.search(re.sub(r"'[^']*'|`[^`]*`|\[[^\]]*\]", "", told)), told


# What no file of the repository can hold


def test_a_tree_over_the_limit_is_not_read(root: Path) -> None:
    write(root, "decision_trees/huge.yml", SMALL + "#" * files.MAX_BYTES)
    assert problems_of(root) == ["decision_trees/huge.yml:1:1: is over 1000 kB: split it"]


def test_a_tree_just_under_the_limit_is_read(root: Path) -> None:
    filling = "#" * (files.MAX_BYTES - len(SMALL.encode()))
    write(root, "decision_trees/large.yml", SMALL + filling)
    assert problems_of(root) == []


def test_a_guide_page_over_the_limit_is_one_problem(root: Path) -> None:
    rules = (root / "docs/guide/rules.md").read_text("utf-8")
    write(root, "docs/guide/rules.md", rules + "x" * files.MAX_BYTES)
    assert problems_of(root) == ["docs/guide/rules.md:1:1: is over 1000 kB: split it"]


def test_a_file_that_is_listed_and_not_there(root: Path) -> None:
    (root / "decision_trees/gone.yml").symlink_to(root / "nowhere.yml")
    assert problems_of(root) == ["decision_trees/gone.yml:1:1: cannot be read: No such file or directory"]


def test_a_folder_called_like_a_tree_is_no_tree(root: Path) -> None:
    (root / "decision_trees/folder.yml").mkdir()
    assert problems_of(root) == []


def test_a_folder_in_the_place_of_the_contacts(root: Path) -> None:
    (root / "decision_trees/contacts.yml").unlink()
    (root / "decision_trees/contacts.yml").mkdir()
    assert problems_of(root) == ["decision_trees/contacts.yml:1:1: cannot be read: Is a directory"]


@pytest.mark.parametrize("name", sorted(RESERVED_TREES))
def test_a_reserved_name_of_a_tree(root: Path, name: str) -> None:
    """Made here, since Windows cannot even check out a file called con.yml."""
    write(root, f"decision_trees/{name}.yml", SMALL)
    assert problems_of(root) == [f"decision_trees/{name}.yml:1:1: the name '{name}' is reserved: rename the file"]


def test_a_file_of_nothing_but_brackets_is_too_deep(root: Path) -> None:
    write(root, "decision_trees/deep.yml", "[" * 100_000)
    assert problems_of(root) == ["decision_trees/deep.yml:1:21: is nested more than 20 levels deep"]


def test_a_file_of_nothing_but_open_mappings_is_too_deep(root: Path) -> None:
    text = "".join(f"{' ' * depth}a:\n" for depth in range(1000))
    write(root, "decision_trees/deep.yml", text)
    assert problems_of(root) == ["decision_trees/deep.yml:20:20: is nested more than 20 levels deep"]


@pytest.mark.parametrize("content", [b"\0", b"\xff", b"\xfe\xff", b"\xef\xbb", b"\xc3", b"\xed\xa0\x80", b"\xf5"])
def test_bytes_that_are_no_text_are_one_problem(root: Path, content: bytes) -> None:
    write(root, "decision_trees/bytes.yml", content)
    (line,) = problems_of(root)
    assert line.startswith("decision_trees/bytes.yml:1:1: ")


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_endings_and_a_mark_move_no_place(root: Path, ending: str, mark: str) -> None:
    text = mark + SMALL.replace("yes", "ja").replace("\n", ending)
    write(root, "decision_trees/case.yml", text)
    (line,) = problems_of(root)
    assert line.startswith("decision_trees/case.yml:8:14: verdict: ")


def test_an_empty_folder_has_no_problems(tmp_path: Path) -> None:
    assert problems_of(tmp_path) == []


def test_without_contacts_and_updates_only_their_names_are_missing(root: Path) -> None:
    (root / "decision_trees/contacts.yml").unlink()
    (root / "decision_trees/updates.yml").unlink()
    assert problems_of(root) == [
        "decision_trees/other.yml:19:16: contacts: no contact 'desk'",
        "docs/guide/rules.md:3:11: updates: no update 'longer-loans'",
    ]
