"""What README and the maintainers' documents name exists, and README stays short."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from test_imports import HOOKS, ORDER

from guidetrees.check.checker import errors
from guidetrees.messages.words import tell
from guidetrees.parse.tables import TABLES
from guidetrees.project.project import read_project
from guidetrees.project.settings import language_of

README = ROOT / "README.md"
DOCS = ROOT / "docs"
COMMANDS = DOCS / "engineering/commands.md"
ENGINEERING = sorted((DOCS / "engineering").glob("*.md"))
RECORDS = sorted((DOCS / "decisions").glob("[0-9]*.md"))
MAX_WORDS = 900

CODE_SPAN = re.compile(r"`([^`\n]+)`")
CODE_LINE = re.compile(r"^ {4,}(\S.*)$", re.M)
MARKDOWN_LINK = re.compile(r"\]\(([^)#]+)[^)]*\)")
MAP_ROW = re.compile(r"^\| (`[^|]*) \|(.*)\|$", re.M)
PATH = re.compile(r"[\w<>./-]+(?:/|\.(?:py|md|yml|js))")
PLACEHOLDER = re.compile("<[a-z]+>")
"""Stands for any name, as in `pages/<kind>/`."""


def text(path: Path) -> str:
    return path.read_text("utf-8")


def code(path: Path) -> list[str]:
    """What a page shows as code: spans, and the lines of blocks."""
    return CODE_SPAN.findall(text(path)) + CODE_LINE.findall(text(path))


def code_map() -> str:
    return text(README).partition("## A map of the code")[2]


def packages_of_map() -> Iterator[tuple[str, str]]:
    """The packages of the map, with the rest of their rows."""
    for names, row in MAP_ROW.findall(code_map().partition("Around it:")[0]):
        yield from ((name.removesuffix("/").removesuffix(".py"), row) for name in CODE_SPAN.findall(names))


def exists(path: str, *folders: Path) -> bool:
    pattern = PLACEHOLDER.sub("*", path.removesuffix("/"))
    return any(next(folder.glob(pattern), None) for folder in folders)


def paths(spans: list[str]) -> list[str]:
    return [span for span in spans if PATH.fullmatch(span)]


def targets_named(path: Path) -> set[str]:
    return {found[1] for span in code(path) if (found := re.match(r"make ([a-z]+)", span))}


@pytest.fixture(scope="module")
def targets() -> set[str]:
    """The targets of the Makefile that people type."""
    (names,) = re.findall(r"^\.PHONY: (.*)$", text(ROOT / "Makefile"), re.M)
    return set(names.split())


def test_readme_is_short() -> None:
    assert len(text(README).split()) < MAX_WORDS


def test_the_map_has_every_package_in_the_order_of_the_flow() -> None:
    assert [name for name, _ in packages_of_map()] == list(ORDER)


def test_paths_in_readme_exist() -> None:
    rows = dict(packages_of_map())
    inside = {
        path: HOOKS / "guidetrees" / name for name, row in rows.items() for path in paths(CODE_SPAN.findall(row))
    }
    for path in paths(CODE_SPAN.findall(text(README))):
        assert exists(path, ROOT, HOOKS / "guidetrees", *filter(None, [inside.get(path)])), path


@pytest.mark.parametrize("page", [*ENGINEERING, *RECORDS, DOCS / "glossary.md"], ids=lambda page: page.stem)
def test_modules_in_the_maintainers_documents_exist(page: Path) -> None:
    for path in paths(CODE_SPAN.findall(text(page))):
        if path.endswith(".py") and not path.startswith("tests/"):
            assert exists(path, ROOT, HOOKS / "guidetrees"), path


@pytest.mark.parametrize(
    "page",
    [README, *ENGINEERING, *RECORDS, DOCS / "decisions/README.md", DOCS / "glossary.md"],
    ids=lambda page: page.stem,
)
def test_links_in_the_maintainers_documents_lead_to_files(page: Path) -> None:
    for target in MARKDOWN_LINK.findall(text(page)):
        assert (page.parent / target).exists(), target


def test_every_record_is_listed() -> None:
    assert MARKDOWN_LINK.findall(text(DOCS / "decisions/README.md"))[1:] == [page.name for page in RECORDS]


def test_commands_are_targets_and_targets_are_commands(targets: set[str]) -> None:
    assert targets_named(README) <= targets
    assert targets_named(COMMANDS) == targets


def test_the_problem_in_readme_is_what_check_says(tmp_path: Path) -> None:
    for folder in ("docs", "decision_trees"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    path = tmp_path / "decision_trees/er-det-digital-behandling.yml"
    path.write_text(text(path).replace("goto: hvem\n", "goto: hvm\n", 1), "utf-8")
    (finding,) = errors(read_project(tmp_path))
    assert tell(finding.line, language_of(ROOT)) in " ".join(text(README).split())


def test_the_glossary_is_in_order_and_its_keys_are_keys() -> None:
    entries = re.findall(r"^\*\*(.+?)\.?\*\*(?: \((.*?)\)\.)?", text(DOCS / "glossary.md"), re.M)
    terms = [term.lower() for term, _ in entries]
    assert len(terms) > 20 and terms == sorted(terms)
    language = {key.name for table in TABLES for key in table.keys}
    for _, keys in entries:
        for key in re.findall(r"`([a-z_]+)`", keys):
            assert key in language, key
