"""A new site replaces the former one whole or not at all, also when builds are killed or meet."""

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

from guidetrees_mkdocs.atomic_publish import DAY, clean_up, folder_beside, publish


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site folder with a published site."""
    return written(tmp_path / "site", "former")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small project to build."""
    return site_of_base(tmp_path / "project")


def written(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(f"<html>{text}</html>", "utf-8")
    return folder


def built(site: Path, text: str) -> Path:
    """The folder of a build that has written its site."""
    beside = site.with_name(f".{site.name}.building-{text}")
    written(beside / "new", text)
    return beside


def shown(site: Path) -> str:
    return (site / "index.html").read_text("utf-8")


def left(parent: Path) -> list[str]:
    return sorted(path.name for path in parent.iterdir() if path.name.startswith(".site"))


def is_whole(site: Path) -> bool:
    """Whether a site can be read from its front page on. Between two renames there is none for a moment."""
    for _ in range(100):
        with suppress(FileNotFoundError):
            return shown(site).rstrip().endswith("</html>")
        time.sleep(0.002)
    return False


# One build


def test_a_new_site_replaces_the_former_one(site: Path) -> None:
    (site / "old.html").write_text("old", "utf-8")
    beside = built(site, "new")
    publish(beside, site)
    assert shown(site) == "<html>new</html>"
    assert not (site / "old.html").exists()
    assert [path.name for path in beside.iterdir()] == ["former"]


def test_a_first_site_needs_no_former_one(tmp_path: Path) -> None:
    publish(built(tmp_path / "site", "new"), tmp_path / "site")
    assert shown(tmp_path / "site") == "<html>new</html>"


def test_the_former_site_comes_back_when_the_new_one_cannot_replace_it(site: Path) -> None:
    beside = built(site, "new")
    shutil.rmtree(beside / "new")
    with pytest.raises(FileNotFoundError):
        publish(beside, site)
    assert shown(site) == "<html>former</html>"


def test_the_folder_of_a_build_goes_with_its_build(site: Path) -> None:
    with folder_beside(site) as beside:
        assert left(site.parent) == [Path(beside).name]
    assert left(site.parent) == []


# Builds that were killed


def test_a_site_that_a_killed_build_took_away_comes_back(site: Path) -> None:
    beside = built(site, "new")
    site.rename(beside / "former")
    clean_up(site)
    assert shown(site) == "<html>former</html>"


def test_a_published_site_is_never_replaced_by_a_former_one(site: Path) -> None:
    written(built(site, "new") / "former", "older")
    clean_up(site)
    assert shown(site) == "<html>former</html>"


def test_only_folders_of_builds_that_are_a_day_old_are_removed(site: Path) -> None:
    old, young, other = built(site, "old"), built(site, "young"), written(site.with_name(".site.mine"), "mine")
    for folder in (old, other):
        os.utime(folder, (time.time() - DAY - 60,) * 2)
    clean_up(site)
    assert left(site.parent) == [young.name, other.name]
    assert shown(site) == "<html>former</html>"


@pytest.mark.skipif(os.name == "nt", reason="there it has no signals")
@pytest.mark.parametrize("how", ["SIGKILL", "SIGINT"])
def test_a_build_that_is_ended_in_the_middle_leaves_the_site_as_it_was(small: Path, how: str) -> None:
    written(small / "site", "former")
    build = start(small)
    while not any(small.glob(".site.building-*/*")):
        assert build.poll() is None
        time.sleep(0.005)
    build.send_signal(signal.Signals[how])
    build.communicate()
    assert shown(small / "site") == "<html>former</html>"
    assert len(left(small)) == (how == "SIGKILL"), "the system ends the process, which cannot remove anything"
    assert run("mkdocs", "build", cwd=small).returncode == 0
    assert (small / "site/guide/rules.html").exists()


# Builds at the same time


def start(folder: Path) -> subprocess.Popen[str]:
    # Where the tests were started in the background, their programs would not listen to it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    return subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True)


def test_of_two_builds_that_publish_at_the_same_moment_one_ends_with_an_error(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = built(site, "first"), built(site, "second")
    rename = Path.rename

    def rename_and_let_the_other_in(source: Path, target: Path) -> Path:
        moved = rename(source, target)
        if target == first / "former":
            publish(second, site)
        return moved

    monkeypatch.setattr(Path, "rename", rename_and_let_the_other_in)
    with pytest.raises(OSError, match=r"not empty|exists"):
        publish(first, site)
    assert shown(site) == "<html>second</html>"


def test_builds_at_the_same_time_publish_one_whole_site(small: Path) -> None:
    written(small / "site", "former")
    builds = [start(small) for _ in range(3)]
    looks = 0
    while any(build.poll() is None for build in builds):
        assert is_whole(small / "site")
        looks += 1
        time.sleep(0.005)
    ends = [(build.communicate()[1], build.returncode) for build in builds]
    for said, code in ends:
        assert code == 0 or ("Build again." in said and "Traceback" not in said), said
    assert any(code == 0 for _, code in ends)
    assert looks > 50
    assert (small / "site/guide/rules.html").exists()
    assert left(small) == []


@pytest.mark.build
def test_publishing_over_and_over_at_the_same_time_always_leaves_a_site(tmp_path: Path) -> None:
    """The renames alone, more than a hundred times each: two builds meet there for microseconds only."""
    program = """
import sys; sys.path.insert(0, sys.argv[1])
from errno import EEXIST, ENOTEMPTY
from pathlib import Path
from guidetrees_mkdocs.atomic_publish import folder_beside, publish
site, published = Path(sys.argv[2]), 0
for number in range(120):
    with folder_beside(site) as beside:
        new = Path(beside) / "new"
        new.mkdir()
        (new / "index.html").write_text("<html></html>")
        try:
            publish(Path(beside), site)
            published += 1
        except OSError as error:
            if error.errno not in (EEXIST, ENOTEMPTY):
                raise
assert published > 12, published
"""
    site = tmp_path / "site"
    command = [sys.executable, "-c", program, str(ROOT / "hooks"), str(site)]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    while not site.exists():
        time.sleep(0.01)
    while any(one.poll() is None for one in running):
        assert is_whole(site)
    assert [one.communicate()[1] for one in running] == ["", "", ""]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
