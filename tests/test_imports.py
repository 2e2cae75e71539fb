"""The flow of the engine is its folder tree: each package imports only from itself and from those before it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

HOOKS = ROOT / "hooks"
ORDER = (
    "messages",
    "source",
    "parse",
    "graph",
    "project",
    "check",
    "render",
    "search",
    "publish",
    "diff",
    "tools",
    "cli",
    "__main__",
)
"""The packages of `guidetrees`, as docs and README list them. The adapter stands outside: nothing imports it."""


MAX_LINES = 500
"""Of a file of tests: it is read in one sitting."""


def test_tests_are_short_and_lie_in_the_packages_of_the_code() -> None:
    lines = {path.name: len(path.read_text("utf-8").splitlines()) for path in ROOT.glob("tests/**/*.py")}
    assert {name: count for name, count in lines.items() if count > MAX_LINES} == {}
    folders = {path.parent.name for path in ROOT.glob("tests/*/test_*.py")}
    assert folders - {*ORDER} == {"guidetrees_mkdocs", "real_site"}


def imported(path: Path) -> Iterator[str]:
    """The modules that a file imports, anywhere in it, by dotted name. An import of a name gives its module."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def package(path: Path) -> str:
    return path.relative_to(HOOKS / "guidetrees").parts[0].removesuffix(".py")


MODULES = sorted(
    path
    for path in (HOOKS / "guidetrees").rglob("*.py")
    if path.parent != HOOKS / "guidetrees" or path.stem in ORDER
)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(HOOKS).as_posix())
def test_imports_go_up_the_order_of_packages(path: Path) -> None:
    place = ORDER.index(package(path))
    for name in imported(path):
        top, _, rest = name.partition(".")
        assert top not in ("guidetrees_mkdocs", "mkdocs", "material"), f"the engine knows no site builder: {name}"
        if top == "guidetrees" and rest != "__version__":
            assert ORDER.index(rest.partition(".")[0]) <= place, name


def test_every_package_has_a_place_in_the_order() -> None:
    found = {
        path.stem
        for path in (HOOKS / "guidetrees").iterdir()
        if path.name not in ("__init__.py", "__pycache__", "py.typed")
    }
    assert found == set(ORDER)
