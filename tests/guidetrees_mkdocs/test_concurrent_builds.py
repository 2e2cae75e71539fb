"""Builds at the same time, builds that fail and files that change meanwhile: a whole site is published or none."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import ROOT, run
from copies import site_of_base
from helpers import SMALL, write

# Builds at the same time


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project with a published site."""
    folder = site_of_base(tmp_path_factory.mktemp("small") / "project")
    done = run("mkdocs", "build", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": "hooks", "TMPDIR": str(folder.parent)}
    command = [sys.executable, "-m", "mkdocs", *(arguments or ("build", "--quiet"))]
    return subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True)


def left(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".site")]


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def is_whole(site: Path) -> bool:
    """Whether a site can be read from its front page on. Between two renames there is none for a moment."""
    for _ in range(100):
        with suppress(FileNotFoundError):
            return (site / "index.html").read_text("utf-8").rstrip().endswith("</html>")
        time.sleep(0.002)
    return False


def test_builds_at_the_same_time_publish_one_whole_site(small: Path) -> None:
    wanted = files(small / "site")
    preview = start(small, "serve", "--quiet", "--dev-addr", "127.0.0.1:0")
    builds = [start(small) for _ in range(3)]
    looks = 0
    while any(build.poll() is None for build in builds):
        assert is_whole(small / "site")
        looks += 1
        time.sleep(0.005)
    for build in builds:
        _, said = build.communicate()
        assert build.returncode == 0, said
    preview.send_signal(signal.SIGTERM)
    preview.communicate()
    assert looks > 50
    assert files(small / "site") == wanted
    assert left(small) == []


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
    assert "The site could not be written" in done.stderr and "Traceback" not in done.stderr
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
    assert "docs/new.md:2:1: unknown key 'template'" in done.stderr
    assert "docs/new.md:4:23: holds the attribute 'onerror'" in done.stderr
    page = (late / "site/new.html").read_text("utf-8")
    assert "<title>A – " in page and "x()" not in page and "md-header" in page
    assert run("mkdocs", "build", "--strict", cwd=late).returncode == 1


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


def test_publishing_over_and_over_at_the_same_time_never_leaves_none(tmp_path: Path) -> None:
    """The renames alone, thousands of times: two builds meet there for microseconds only."""
    program = """
import sys; sys.path.insert(0, sys.argv[1])
from pathlib import Path
from types import SimpleNamespace
import mkdocs_hook
publishing = mkdocs_hook.PublishWhole(SimpleNamespace(site_dir=sys.argv[2]))
for number in range(300):
    publishing.beside.mkdir()
    (publishing.beside / "index.html").write_text("<html></html>")
    publishing._publish()
"""
    command = [sys.executable, "-c", program, str(ROOT / "hooks"), str(tmp_path / "site")]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    while not (tmp_path / "site").exists():
        time.sleep(0.01)
    while any(one.poll() is None for one in running):
        assert is_whole(tmp_path / "site")
    assert [one.communicate()[1] for one in running] == ["", "", ""]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.skipif(os.name == "nt", reason="there a process cannot be asked for: what is left goes after a day")
def test_what_ended_builds_left_is_cleared_and_a_running_ones_is_not(small: Path) -> None:
    ended = start(small)
    while not any("building" in name for name in left(small)):
        assert ended.poll() is None
        time.sleep(0.005)
    ended.kill()
    ended.communicate()
    (dead,) = left(small)
    # Ended between its two renames, a build leaves no site but the former one.
    (small / "site").rename(small / dead.replace("building", "former"))
    running = small / dead.replace(dead.rpartition("-")[2], str(os.getpid()))
    running.mkdir()
    elsewhere = small / ".site.building-another_machine-1"
    elsewhere.mkdir()
    write(small, "decision_trees/broken.yml", SMALL.replace("yes", "perhaps"))
    assert run("mkdocs", "build", cwd=small).returncode == 1
    (small / "decision_trees/broken.yml").unlink()
    assert run("mkdocs", "build", cwd=small).returncode == 0
    assert sorted(left(small)) == sorted([running.name, elsewhere.name])
    assert is_whole(small / "site")
    running.rmdir()
    elsewhere.rmdir()
