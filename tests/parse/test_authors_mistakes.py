"""Each of the mistakes that an author made gives the lines of `data/authors-mistakes.txt`.

There, below the name of each mistake, is what `make check` prints, without the file. A line `! reason` follows
where the first line has not the place of the mistake, plain words and what to do.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from authors_mistakes import MISTAKES, SAID, TREE, Edit
from conftest import ROOT
from helpers import DAY, write

from guidetrees.check.checker import errors, hints
from guidetrees.project.project import read_project

FILE = "decision_trees/optag-samtalen.yml"
ENCODINGS = {"Latin-1": "latin-1", "UTF-16": "utf-16"}
NOT_RIGHT = "! "


def said() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in SAID.read_text("utf-8").splitlines():
        if line.startswith("    "):
            found[list(found)[-1]].append(line.strip())
        else:
            found[line] = []
    return found


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide, with its lists and the trees that the mistakes name."""
    root = tmp_path_factory.mktemp("mistakes")
    shutil.copytree(ROOT / "docs/guide", root / "docs/guide")
    for name in ("contacts.yml", "updates.yml", "er-det-digital-behandling.yml", "hvilken-myndighed.yml"):
        write(root, f"decision_trees/{name}", (ROOT / "decision_trees" / name).read_bytes())
    return root


def problems(root: Path, text: bytes) -> list[str]:
    write(root, FILE, text)
    project = read_project(root)
    found = errors(project, DAY) or hints(project, DAY)
    lines = [str(finding).removesuffix(f" [{finding.rule}]") for finding in found]
    return [line.removeprefix(f"{FILE}:") for line in lines if line.startswith(FILE)]


def test_the_tree_itself_has_no_problem(root: Path) -> None:
    assert problems(root, TREE.read_bytes()) == []


@pytest.mark.parametrize(("name", "edit"), MISTAKES, ids=[name for name, _ in MISTAKES])
def test_a_mistake_gives_its_lines(root: Path, name: str, edit: Edit) -> None:
    lines = edit(TREE.read_text("utf-8").splitlines())
    text = "".join(f"{line}\n" for line in lines).encode(ENCODINGS.get(name, "utf-8"))
    wanted = [line for line in said()[name] if not line.startswith(NOT_RIGHT)]
    assert problems(root, text) == wanted


def test_nearly_every_mistake_is_reported_right_or_harmless() -> None:
    """Of 186, 183 at least. The others have their reason."""
    lines = said()
    assert list(lines) == [name for name, _ in MISTAKES]
    wrong = {name for name, found in lines.items() if any(line.startswith(NOT_RIGHT) for line in found)}
    assert len(lines) - len(wrong) >= 183
