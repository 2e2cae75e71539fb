"""Builds at the same time, builds that fail and files that change meanwhile: a whole site is published or none."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import run
from copies import contents, site_of_base
from helpers import write

# Builds at the same time


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small project with a published site."""
    folder = site_of_base(tmp_path / "project")
    write(folder, "site/index.html", "published before")
    write(folder, "site/former/index.html", "published before")
    return folder


def left(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".site")]


LATE = """
from pathlib import Path
from mkdocs.structure.files import File
def on_files(files, config):
    {}
    return files
"""
"""A hook that does something when everything has been read."""


def with_hook(folder: Path, action: str) -> Path:
    """A small project with a hook of its own."""
    site_of_base(folder)
    settings = (folder / "mkdocs.yml").read_text("utf-8")
    hook = "  - hooks/mkdocs_hook.py"
    write(folder, "mkdocs.yml", settings.replace(hook, f"{hook}\n  - late.py"))
    write(folder, "late.py", LATE.format(action))
    return folder


@pytest.mark.build
def test_a_build_that_cannot_write_a_file_leaves_the_site_as_it_was(tmp_path: Path) -> None:
    """Such as the files of a search, which are written last."""
    action = "files.append(File.generated(config, 'assets/guidetrees/search', content='No folder.'))"
    root = with_hook(tmp_path / "project", action)
    write(root, "site/index.html", "Published before.")
    done = run("mkdocs", "build", cwd=root)
    assert done.returncode == 1
    assert "Webstedet kunne ikke skrives" in done.stderr and "Traceback" not in done.stderr
    assert contents(root / "site") == {"index.html": b"Published before."}
    assert left(root) == []


NEW = '---\ntemplate: redirect.html\n---\n# <i>A</i> <img src=x onerror="x()">\n'


@pytest.fixture(scope="module")
def late(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A project in whose build one page changes and another one comes, and what the build prints."""
    change = "Path('docs/guide/rules.md').write_text('# Changed <script>x()</script>')"
    come = f"files.append(File.generated(config, 'new.md', content={NEW!r}))"
    folder = with_hook(tmp_path_factory.mktemp("late") / "project", f"{change}; {come}")
    done = run("mkdocs", "build", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder, done.stderr


def test_a_page_that_changes_during_a_build_is_built_as_it_was_checked(late: tuple[Path, str]) -> None:
    page = (late[0] / "site/guide/rules.html").read_text("utf-8")
    assert "A loan lasts four weeks." in page and "Changed" not in page and "x()" not in page


def test_a_page_that_comes_during_a_build_passes_the_gate(late: tuple[Path, str]) -> None:
    folder, printed = late
    # MkDocs counts what it prints as a warning: a strict build fails.
    assert "WARNING -  docs/new.md:2:1: ukendt nøgle 'template'" in printed
    assert "WARNING -  docs/new.md:4:23: indeholder attributten 'onerror'" in printed
    page = (folder / "site/new.html").read_text("utf-8")
    assert "<title>A – " in page and "x()" not in page and "md-header" in page


@pytest.mark.build
@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("raise OSError(28, 'No space left on device', 'x.css')", "x.css: disken er fuld"),
        ("raise PermissionError(13, 'Permission denied')", "adgang nægtet"),
    ],
)
def test_a_disk_that_takes_no_more_is_a_line(tmp_path: Path, fault: str, told: str) -> None:
    folder = with_hook(tmp_path / "project", fault)
    done = run("mkdocs", "build", cwd=folder)
    assert done.returncode == 1
    assert f"Webstedet kunne ikke bygges: {told}" in done.stderr and "Traceback" not in done.stderr
    assert not (folder / "site").exists() and left(folder) == []
