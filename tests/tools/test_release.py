"""The archive for operations: made of a commit, the same bytes each time, and never half."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest
from conftest import NOT_COPIED, ROOT
from copies import TREE, spoil
from helpers import write
from site_reader import Site
from state_script import TREES

from guidetrees.check.checker import errors
from guidetrees.project.project import PUBLISHED, read_project
from guidetrees.tools import release as releases
from guidetrees.tools.release import ReleaseError, release
from guidetrees.tools.sbom import sbom

GIT = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]


SWITCHES = {
    "PYTHONHASHSEED": "77",
    "PYTHONUTF8": "1",
    "PYTHONOPTIMIZE": "2",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONWARNINGS": "error",
    "PYTHONSAFEPATH": "1",
    "PYTHONIOENCODING": "latin-1",
}
"""What Python does otherwise where the environment says so."""


def commit(folder: Path, on: str = "2026-11-26") -> None:
    times = {name: f"{on}T12:00:00+0100" for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE")}
    for words in (["add", "--all"], ["commit", "--quiet", "--message", "A version"]):
        subprocess.run([*GIT, *words], cwd=folder, check=True, env={**os.environ, **times})


@pytest.fixture(scope="module")
def versioned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This project with one commit, the same whenever it is made."""
    folder = tmp_path_factory.mktemp("source") / "project"
    shutil.copytree(ROOT, folder, ignore=NOT_COPIED)
    subprocess.run([*GIT, "init", "--quiet"], cwd=folder, check=True)
    commit(folder)
    return folder


@pytest.fixture(scope="module")
def made(versioned: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return release(versioned, tmp_path_factory.mktemp("release"))


def contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name.removeprefix(f"{path.stem}/"): archive.read(name) for name in archive.namelist()}


def test_its_name_says_what_it_is_made_of_and_a_checksum_lies_beside_it(versioned: Path, made: Path) -> None:
    id = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=versioned, capture_output=True, check=True
    ).stdout.decode()
    assert made.name == f"digital-behandling-2026-11-26-{id[:10]}.zip"
    told = made.with_name(f"{made.name}.sha256").read_text("utf-8")
    assert told == f"{hashlib.sha256(made.read_bytes()).hexdigest()}  {made.name}\n"
    assert sorted(path.name for path in made.parent.iterdir()) == [made.name, f"{made.name}.sha256"]


def test_it_holds_the_whole_site_with_its_checksums(made: Path, site: Site) -> None:
    found = contents(made)
    sums = dict(line.split("  ")[::-1] for line in found["SHA256SUMS"].decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in found.items() if name != "SHA256SUMS"}
    built = {
        f"site/{path.relative_to(site.folder).as_posix()}" for path in site.folder.rglob("*") if path.is_file()
    }
    assert built | {"SHA256SUMS", "sbom.cdx.json"} == set(found)


def test_every_page_says_which_version_it_is_and_others_say_none(made: Path, site: Site) -> None:
    version = re.fullmatch(r"digital-behandling-(.*)\.zip", made.name)
    assert version
    said = f">Digital behandling · version {version[1]}</p>"
    found = contents(made)
    for path in site.shown:
        assert found[f"site/{path}"].decode().count(said) == 1, path
        assert "site-version" not in site.pages[path].html


def test_nothing_of_the_machine_or_the_day_is_in_it(made: Path, versioned: Path) -> None:
    for name, data in contents(made).items():
        assert str(versioned).encode() not in data and b"/tmp/" not in data, name
        assert str(ROOT).encode() not in data, name
    with zipfile.ZipFile(made) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 11, 26, 11, 0, 0)}
        assert {entry.external_attr for entry in archive.infolist()} == {0o100644 << 16}


def test_made_again_elsewhere_it_is_the_same(made: Path, versioned: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "et andet sted æøå"
    subprocess.run(["git", "clone", "--quiet", str(versioned), str(elsewhere)], check=True)
    settings = {"TZ": "Pacific/Auckland", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1", **SWITCHES}
    environment = {**os.environ, **settings, "PYTHONPATH": "hooks"}
    command = [sys.executable, "-m", "guidetrees", "release"]
    done = subprocess.run(command, cwd=elsewhere, env=environment, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    again = elsewhere / done.stdout.strip()
    assert again.parent == elsewhere / "release"
    assert again.read_bytes() == made.read_bytes()


def test_a_version_can_be_made_again_after_the_day_of_a_review(
    versioned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where reviews are strict, it is judged by the commit's day, in the build as well."""
    copy = shutil.copytree(versioned, tmp_path / "project")
    spoil(copy, "mkdocs.yml", "\nextra:\n", "\nextra:\n  strict_review: true\n")
    spoil(copy, TREE, "reviewed: 2026-11-24", "reviewed: 2026-10-27")
    spoil(copy, TREE, "review_months: 12", "review_months: 1")
    commit(copy)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1900000000")  # in 2030
    assert [finding.rule for finding in errors(read_project(copy))] == ["trees-are-reviewed"] * len(TREES)
    assert release(copy, tmp_path / "release").name.startswith("digital-behandling-2026-11-26-")
    write(copy, "later.txt", "")
    commit(copy, "2026-11-28")
    with pytest.raises(ReleaseError, match="the tree should have been reviewed by 2026-11-27"):
        release(copy, tmp_path / "release")


# What operations see of it


@pytest.fixture
def unpacked(made: Path, tmp_path: Path) -> Path:
    with zipfile.ZipFile(made) as archive:
        archive.extractall(tmp_path)
    return tmp_path / made.stem


def listed(folder: Path) -> list[str]:
    """What the line of the page for operations shows, run in `folder`."""
    (line,) = re.findall(r"```sh\n(.*)\n```", (ROOT / "docs/drift.md").read_text("utf-8"))
    done = subprocess.run(["sh", "-c", line], cwd=folder, capture_output=True, encoding="utf-8", check=True)
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_files_that_were_added_or_taken_away_are_shown(unpacked: Path) -> None:
    assert listed(unpacked) == ["SHA256SUMS"]
    added = ["site/new.html", "assets/extra.js", ".hidden", "site/et sted/æ ø.html", "site/SHA256SUMS"]
    for file in added:
        write(unpacked, file, "new")
    (unpacked / "site/link.html").symlink_to("index.html")
    (unpacked / "site/om.html").unlink()
    with (unpacked / "site/index.html").open("a") as changed:
        changed.write("<!-- -->")
    assert set(listed(unpacked)) == {"SHA256SUMS", *added, "site/link.html", "site/om.html"}


def test_files_that_were_changed_or_taken_away_fail_the_check(unpacked: Path) -> None:
    def fail() -> list[str]:
        command = ["sha256sum", "--check", "--quiet", "SHA256SUMS"]
        done = subprocess.run(command, cwd=unpacked, capture_output=True, encoding="utf-8", check=False)
        return [line.partition(":")[0] for line in done.stdout.splitlines()]

    assert fail() == []
    with (unpacked / "site/index.html").open("a") as changed:
        changed.write("<!-- -->")
    (unpacked / "site/om.html").unlink()
    assert fail() == ["site/index.html", "site/om.html"]


def test_the_bill_names_what_built_it(made: Path) -> None:
    bill = json.loads(contents(made)["sbom.cdx.json"])
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert bill["metadata"]["timestamp"] == "2026-11-26T11:00:00Z"
    found = {component["name"]: component for component in bill["components"]}
    for name in ("mkdocs", "mkdocs-material", "PyYAML", "Markdown", "Jinja2", "simplemma"):
        component = next(c for n, c in found.items() if n.lower() == name.lower())
        assert component["version"] == version(name)
        assert component["purl"] == f"pkg:pypi/{name.lower()}@{version(name)}"
        assert component["licenses"], name
        assert all(len(prop["value"]) == 64 for prop in component["properties"]) and component["properties"]
    assert "pytest" not in found
    refs = [component["bom-ref"] for component in bill["components"]]
    assert len(set(refs)) == len(refs)
    assert bill["dependencies"] == [{"ref": "site", "dependsOn": refs}]
    assert sbom("Name", "1", "a", 0, "") != sbom("Name", "1", "b", 0, "")


def test_what_is_not_committed_is_not_in_it_and_is_told(versioned: Path, made: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(versioned, tmp_path / "project")
    spoil(copy, TREE, "goto: konkret-patient", "goto: konkret-patien")
    (copy / "docs/æblegrød å.txt").write_text("x", "utf-8")
    subprocess.run([*GIT, "mv", "docs/om.md", "docs/øvrigt.md"], cwd=copy, check=True)
    assert releases.uncommitted(copy) == [TREE, "docs/øvrigt.md", "docs/æblegrød å.txt"]
    assert release(copy, tmp_path / "release").read_bytes() == made.read_bytes()


def test_what_fails_leaves_the_earlier_release(versioned: Path, made: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(versioned, tmp_path / "project")
    folder = shutil.copytree(made.parent, tmp_path / "release")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    spoil(copy, TREE, "goto: konkret-patient", "goto: konkret-patien")
    commit(copy)
    with pytest.raises(ReleaseError, match="konkret-patien"):
        release(copy, folder)
    spoil(copy, TREE, "goto: konkret-patien", "goto: konkret-patient")
    (copy / "docs/om.md").write_text("# Om\n\n[Ingen](findes-ikke.md)\n", "utf-8")
    commit(copy)
    with pytest.raises(ReleaseError, match="findes-ikke"):
        release(copy, folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_an_address_that_is_not_on_the_list_is_told(versioned: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(versioned, tmp_path / "project")
    spoil(copy, PUBLISHED, "om.html\n", "")
    commit(copy)
    with pytest.raises(ReleaseError, match=re.escape("lacks 1 of the addresses (om.html …): run make addresses")):
        release(copy, tmp_path / "release")


def test_a_tree_with_placeholders_is_not_released(versioned: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(versioned, tmp_path / "project")
    spoil(copy, TREE, "title: Er det", "title: '[RET] Er det")
    spoil(copy, TREE, "behandling?\nsummary", "behandling?'\nsummary")
    commit(copy)
    with pytest.raises(
        ReleaseError, match=re.escape("this text is a placeholder: write your own, and delete [RET]")
    ):
        release(copy, tmp_path / "release")


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"former")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ReleaseError, match="cannot be written: No space left on device"):
        releases._write(path, b"new")
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"a.zip": b"former"}


def test_a_folder_without_git_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="not a git repository"):
        release(tmp_path, tmp_path / "release")
