"""The files that editors, forges and other tools read work with what they are for."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT
from helpers import lay_out, write

from guidetrees import __version__
from guidetrees.check.checker import Finding, errors, hints
from guidetrees.cli import COMMANDS
from guidetrees.messages.words import languages, tell
from guidetrees.project.project import read_project

TASKS = {task["label"]: task for task in json.loads((ROOT / ".vscode/tasks.json").read_text("utf-8"))["tasks"]}
LEVELS = {"error": "error", "warning": "warning", "note": "info"}
"""Level of a finding → severity in the editor."""
SNIPPETS = json.loads((ROOT / ".vscode/trees.code-snippets").read_text("utf-8"))
TREE = """\
title: Et eksempel
summary: En linje.
reviewed: 2026-11-24
start: {start}
nodes:
"""
PINNED = re.compile(r"[\w-]+/[\w-]+@v\d+")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Finding]:
    """Findings of every level: in trees, in pages and in the settings."""
    root = lay_out(None, tmp_path_factory.mktemp("project"))
    write(root, "mkdocs.yml", "site_name: A\ntheme: material\n")
    write(root, "docs/guide/deep/more.md", "# More { #more }\n")
    tree = (root / "decision_trees/other.yml").read_text("utf-8")
    write(root, "decision_trees/other.yml", tree.replace("title: ", "title: '[EDIT] ", 1).replace("\n", "'\n", 1))
    findings = hints(read_project(root))
    write(root, "decision_trees/other.yml", tree.replace("goto: lend", "goto: 'a: b [c]'"))
    write(root, "mkdocs.yml", "site_name: A\ntheme: other\n")
    write(root, "docs/a b.md", "# A\n\n<script>a</script>\n")
    findings += errors(read_project(root))
    assert {finding.level for finding in findings} == set(LEVELS)
    assert {finding.problem.location.file.partition("/")[0] for finding in findings} > {"docs", "mkdocs.yml"}
    return findings


@pytest.mark.parametrize("language", languages())
def test_the_editor_lists_each_problem_at_its_place(found: list[Finding], language: str) -> None:
    matchers = {matcher["severity"]: matcher["pattern"] for matcher in TASKS["check"]["problemMatcher"]}
    for finding in found:
        line = tell(finding.line, language)
        matched = {level for level, pattern in matchers.items() if re.search(pattern["regexp"], line)}
        assert matched == {LEVELS[finding.level]}, line
        assert read(matchers[LEVELS[finding.level]], line) == place_of(finding)
        assert tell(finding.problem.message, language) in line


@pytest.mark.parametrize("language", languages())
def test_the_editor_lists_the_problems_of_a_preview(found: list[Finding], language: str) -> None:
    matcher = TASKS["serve"]["problemMatcher"]
    for finding in found:
        if finding.level == "error":
            line = f"ERROR   -  {tell(finding.line, language)}"  # as MkDocs writes it
            assert read(matcher["pattern"], line) == place_of(finding)
    background = matcher["background"]
    assert re.search(background["beginsPattern"], "INFO    -  Building documentation...")
    assert re.search(background["endsPattern"], "INFO    -  Documentation built in 1.22 seconds")


def read(pattern: dict[str, Any], line: str) -> tuple[str, int, int, str]:
    groups = re.search(pattern["regexp"], line)
    assert groups, line
    number = {name: groups[pattern[name]] for name in ("file", "line", "column", "code")}
    return number["file"], int(number["line"]), int(number["column"]), number["code"]


def place_of(finding: Finding) -> tuple[str, int, int, str]:
    place = finding.problem.location
    return place.file, place.line, place.column, finding.rule


def filled(name: str) -> str:
    """A snippet with its defaults, as the editor inserts it: the first of several choices."""
    text = re.sub(r"\$\{\d+\|([^,|]+)[^}]*\|\}", r"\1", "\n".join(SNIPPETS[name]["body"]))
    return re.sub(r"\$\{\d+:([^}]*)\}", r"\1", text) + "\n"


def indented(text: str, by: int) -> str:
    return "".join(f"{' ' * by}{line}\n" for line in text.splitlines())


def other_outcome() -> str:
    return filled("Slutsvar").replace("slutsvar:", "andet-slutsvar:", 1)


@pytest.mark.parametrize("name", SNIPPETS)
def test_a_snippet_as_it_is_inserted_is_valid(name: str, tmp_path: Path) -> None:
    """In a tree with what the defaults lead to, citing a section that this site's guide has."""
    asks = filled(name if name == "Tjekliste" else "Spørgsmål")
    asks += indented(filled("Svar"), 4) if name == "Svar" else ""
    nodes = indented(asks + filled("Slutsvar") + other_outcome(), 2)
    root = tmp_path
    page, _, section = re.findall(r"guide: (.*)", asks)[0].partition("#")
    assert section in read_project(ROOT).pages[page].sections
    write(root, f"docs/guide/{page}", f"# Guiden {{ #{section} }}\n\nOrd.\n")
    write(root, "decision_trees/eksempel.yml", TREE.format(start=asks.partition(":")[0]) + nodes)
    project = read_project(root)
    assert [str(finding) for finding in errors(project)] == []
    assert {finding.rule for finding in hints(project)} <= {"placeholders-are-replaced"}


def test_forges_and_hooks_run_what_there_is() -> None:
    for path in (ROOT / ".github/workflows").glob("*.yml"):
        jobs = yaml.safe_load(path.read_text("utf-8"))["jobs"].values()
        used = [step["uses"] for job in jobs for step in job["steps"] if "uses" in step]
        assert used and all(PINNED.fullmatch(action) for action in used)
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    program, command = hook["entry"].split()
    assert program == "guidetrees" and command in {one.name for one in COMMANDS}
    targets = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.M)[0].split()
    for path in (*(ROOT / ".github/workflows").glob("*.yml"), ROOT / ".gitlab-ci.yml"):
        text = path.read_text("utf-8")
        assert set(re.findall(r"\bmake (?:--silent )?([a-z]+)\b", text)) <= set(targets)
        assert "linux" in text or "ubuntu" in text


def test_the_lines_for_windows_are_those_of_its_page() -> None:
    page = (ROOT / "docs/engineering/windows.md").read_text("utf-8")
    lines = {line.strip() for line in page.splitlines() if line.startswith("    ")}
    for path in (".github/workflows/tests.yml", ".gitlab-ci.yml"):
        typed = re.findall(r"^ +- (?:run: )?(\.venv\\.*)$", (ROOT / path).read_text("utf-8"), re.M)
        assert len(typed) > 2 and set(typed) <= lines


def test_the_notice_names_what_is_others() -> None:
    notice = (ROOT / "NOTICE").read_text("utf-8")
    for source in (*ROOT.glob("docs/**/SOURCE.txt"), *ROOT.glob("hooks/**/SOURCE.txt")):
        assert f"\n{source.parent.relative_to(ROOT).as_posix()}/\n" in notice
    publisher = read_project(ROOT).guide["publisher"]
    assert f"\n{(ROOT / 'docs/guide').relative_to(ROOT).as_posix()}/\n" in notice and publisher in notice


def test_the_changelog_knows_the_version_and_nobody_is_named_who_is_not() -> None:
    assert f"\n## {__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
    for name in ("SECURITY.md", "CONTRIBUTING.md", "LICENSE", "NOTICE", "CHANGELOG.md"):
        assert not re.search(r"[\w.]+@[\w-]+\.\w", (ROOT / name).read_text("utf-8"))
