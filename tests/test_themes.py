"""The engine knows no theme: its styles have names and variables of their own, and the adapter maps them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import ROOT

ENGINE = ROOT / "hooks/guidetrees"
STYLES = sorted(ENGINE.rglob("*.css"))
BASE = next(path for path in STYLES if path.name == "base.css")
ADAPTER = ROOT / "hooks/guidetrees_mkdocs/theme/assets/material.css"
OF_THE_THEME = re.compile(r"\bmd-[a-z]|\bhide\"?:")
"""What Material for MkDocs calls its elements and variables, and the front matter that hides some of them."""
OF_MARKDOWN = {"headerlink"}
"""Classes that Python-Markdown gives, in every theme."""
FROM_THE_WORDS = {"--gt-here"}
"""Variables that are set from the site's language."""


def without_comments(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)


def classes(css: str) -> set[str]:
    """The classes in the selectors of a style sheet."""
    selectors = re.findall(r"([^{};]+)\{", css)
    return {name for selector in selectors for name in re.findall(r"\.([a-z][\w-]*)", selector)}


def set_variables(css: str) -> set[str]:
    return set(re.findall(r"[{;]\s*(--[\w-]+):", css))


def test_nothing_in_the_engine_names_the_theme() -> None:
    files = [path for path in ENGINE.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    assert STYLES
    assert [path for path in files if OF_THE_THEME.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_use_the_prefix_of_the_engine(path: Path) -> None:
    css = without_comments(path)
    foreign = {name for name in classes(css) - OF_MARKDOWN if name != "gt" and not name.startswith("gt-")}
    variables = set_variables(css) | set(re.findall(r"var\((--[\w-]+)", css))
    assert foreign == set()
    assert {name for name in variables if not name.startswith("--gt-")} == set()


def test_every_variable_has_a_value_without_a_theme() -> None:
    sheets = [without_comments(path) for path in STYLES]
    used = {name for css in sheets for name in re.findall(r"var\((--[\w-]+)\)", css)}
    assert used - FROM_THE_WORDS - {name for css in sheets for name in set_variables(css)} == set()


def test_the_adapter_sets_variables_that_the_engine_has() -> None:
    mapped = {name for name in set_variables(without_comments(ADAPTER)) if name.startswith("--gt-")}
    assert {"--gt-background", "--gt-text", "--gt-link"} <= mapped
    assert mapped <= set_variables(without_comments(BASE))


def test_values_of_the_engine_yield_to_those_of_a_theme() -> None:
    """A theme's style sheet is loaded before the engine's: any selector of its own has more weight than these."""
    css = without_comments(BASE)
    assert len(re.findall(r":where\(:root\) \{", css)) == 2
    assert not re.search(r"(?<!\():root \{|\bhtml\b|\bbody\b", css)
