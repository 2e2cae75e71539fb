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


def test_a_build_that_cannot_write_a_file_leaves_the_site_as_it_was(small: Path) -> None:
    """Such as the files of a search, which are written last."""
    before = contents(small / "site")
    write(small, "docs/assets/guidetrees/search", "A file where a folder is to be.")
    done = run("mkdocs", "build", cwd=small)
    assert done.returncode == 1
    assert "The site could not be written" in done.stderr and "Traceback" not in done.stderr
    assert contents(small / "site") == before
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
    # MkDocs counts what it prints as a warning: a strict build fails.
    assert "WARNING -  docs/new.md:2:1: unknown key 'template'" in done.stderr
    assert "WARNING -  docs/new.md:4:23: holds the attribute 'onerror'" in done.stderr
    page = (late / "site/new.html").read_text("utf-8")
    assert "<title>A – " in page and "x()" not in page and "md-header" in page


@pytest.mark.parametrize(
    "fault",
    ["raise OSError(28, 'No space left on device', 'x.css')", "raise PermissionError(13, 'Permission denied')"],
)
def test_a_disk_that_takes_no_more_is_a_line(late: Path, fault: str) -> None:
    write(late, "late.py", LATE.format(fault))
    done = run("mkdocs", "build", cwd=late)
    assert done.returncode == 1
    assert "The site could not be built: [Errno" in done.stderr and "Traceback" not in done.stderr
    assert not (late / "site").exists() and left(late) == []
