"""Builds at the same time, builds that fail and files that change meanwhile: a whole site is published or none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import run
from copies import site_of_base
from helpers import write

# Builds at the same time


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project with a published site."""
    folder = site_of_base(tmp_path_factory.mktemp("small") / "project")
    done = run("mkdocs", "build", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


def left(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".site")]


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_build_that_cannot_write_a_file_leaves_the_site_as_it_was(small: Path) -> None:
    """Such as the files of a search, which are written last."""
    wanted = files(small / "site")
    in_the_way = small / "docs/assets/guidetrees/search"
    in_the_way.parent.mkdir(parents=True)
    in_the_way.write_text("A file where a folder is to be.", "utf-8")
    try:
        done = run("mkdocs", "build", cwd=small)
    finally:
        shutil.rmtree(in_the_way.parent)
    assert done.returncode == 1
    assert "Webstedet kunne ikke skrives" in done.stderr and "Traceback" not in done.stderr
    assert files(small / "site") == wanted
    assert left(small) == []


LATE = """
from pathlib import Path
def on_files(files, config):
    {}
    return files
"""


@pytest.fixture
def late(tmp_path: Path) -> Path:
    """A project with a hook of its own that does something when everything has been read."""
    folder = site_of_base(tmp_path / "project")
    settings = (folder / "mkdocs.yml").read_text("utf-8")
    write(
        folder, "mkdocs.yml", settings.replace("  - hooks/mkdocs_hook.py", "  - hooks/mkdocs_hook.py\n  - late.py")
    )
    return folder


def test_a_page_that_changes_during_a_build_is_built_as_it_was_checked(late: Path) -> None:
    change = "Path('docs/guide/rules.md').write_text('# Changed <script>x()</script>')"
    write(late, "late.py", LATE.format(change))
    done = run("mkdocs", "build", cwd=late)
    assert done.returncode == 0, done.stderr
    page = (late / "site/guide/rules.html").read_text("utf-8")
    assert "A loan lasts four weeks." in page and "Changed" not in page and "x()" not in page


def test_a_page_that_comes_during_a_build_passes_the_gate(late: Path) -> None:
    come = "files.append(__import__('mkdocs').structure.files.File.generated(config, 'new.md', content=TEXT))"
    text = "TEXT = '---\\ntemplate: redirect.html\\n---\\n# <i>A</i> <img src=x onerror=\"x()\">\\n'"
    write(late, "late.py", text + LATE.format(come))
    done = run("mkdocs", "build", cwd=late)
    assert done.returncode == 0, done.stderr
    assert "docs/new.md:2:1: ukendt nøgle 'template'" in done.stderr
    assert "docs/new.md:4:23: indeholder attributten 'onerror'" in done.stderr
    page = (late / "site/new.html").read_text("utf-8")
    assert "<title>A – " in page and "x()" not in page and "md-header" in page
    assert run("mkdocs", "build", "--strict", cwd=late).returncode == 1


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("raise OSError(28, 'No space left on device', 'x.css')", "x.css: disken er fuld"),
        ("raise PermissionError(13, 'Permission denied')", "adgang nægtet"),
    ],
)
def test_a_disk_that_takes_no_more_is_a_line(late: Path, fault: str, told: str) -> None:
    write(late, "late.py", LATE.format(fault))
    done = run("mkdocs", "build", cwd=late)
    assert done.returncode == 1
    assert f"Webstedet kunne ikke bygges: {told}" in done.stderr and "Traceback" not in done.stderr
    assert not (late / "site").exists() and left(late) == []
