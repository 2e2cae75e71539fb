"""The archive for operations: made of a commit, the same bytes each time, and never half."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from copies import site_of_base, spoil
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from helpers import CASES, write
from site_reader import Site

from guidetrees import __version__
from guidetrees.check.checker import errors
from guidetrees.project.project import read_project
from guidetrees.project.published_urls import updated_list
from guidetrees.source.layout import DEFAULT
from guidetrees.tools import release as releases
from guidetrees.tools.release import ReleaseError, release
from guidetrees_mkdocs.lean import ONE_STYLE

TREE = "decision_trees/other.yml"
WRONG = ("goto: lend", "goto: lent")
GIT = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]


WHEEL = f"engine/guidetrees-{__version__}-py3-none-any.whl"

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
    """The base and trees with every key and condition, with one commit, the same whenever it is made, and with
    a change that is not committed and keeps a site from being built."""
    folder = site_of_base(tmp_path_factory.mktemp("source") / "project")
    for file in (".gitignore", "requirements.lock", "pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / file, folder)
    for tree in ("every-key.yml", "conditions.yml"):
        shutil.copy(CASES / "valid" / tree, folder / "decision_trees")
    write(folder, "docs/om.md", "# Om\n")
    write(folder, DEFAULT.published, updated_list(read_project(folder)))
    subprocess.run([*GIT, "init", "--quiet"], cwd=folder, check=True)
    commit(folder)
    spoil(folder, TREE, *WRONG)
    return folder


def repaired(versioned: Path, folder: Path) -> Path:
    """A copy as it was committed."""
    shutil.copytree(versioned, folder)
    spoil(folder, TREE, *reversed(WRONG))
    return folder


@pytest.fixture(scope="module")
def made(versioned: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return release(versioned, tmp_path_factory.mktemp("release"))


@pytest.fixture
def unpacked(made: Path, tmp_path: Path) -> Path:
    with zipfile.ZipFile(made) as archive:
        archive.extractall(tmp_path)
    return tmp_path / made.stem


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


def test_it_holds_the_whole_site_with_its_checksums(made: Path, versioned: Path, unpacked: Path) -> None:
    found = contents(made)
    sums = dict(line.split("  ")[::-1] for line in found["SHA256SUMS"].decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in found.items() if name != "SHA256SUMS"}
    assert {name for name in found if not name.startswith("site/")} == {"SHA256SUMS", "sbom.cdx.json", WHEEL}
    published = {
        address.partition("#")[0] for address in (versioned / DEFAULT.published).read_text("utf-8").split()
    }
    assert {f"site/{path}" for path in published if path.endswith(".html")} <= set(found)
    for page in Site(unpacked / "site").pages.values():
        targets = (page.target(str(one)) for one in page.all("//a/@href | //link/@href | //script/@src"))
        wanted = {f"site/{target.partition('#')[0].partition('?')[0]}" for target in targets if target}
        assert page.path == "404.html" or wanted <= set(found), page.path


def test_every_page_says_which_version_it_is_and_others_say_none(made: Path, unpacked: Path, site: Site) -> None:
    version = re.fullmatch(r"digital-behandling-(.*)\.zip", made.name)
    assert version
    said = f">Digital behandling · version {version[1]}</p>"
    pages = Site(unpacked / "site").shown
    assert len(pages) > 15
    for path, page in pages.items():
        assert page.html.count(said) == 1, path
    for path, page in site.pages.items():
        assert "site-version" not in page.html, path


def test_nothing_of_the_machine_is_in_a_site(site: Site) -> None:
    for path in site.folder.rglob("*"):
        assert path.is_dir() or str(ROOT).encode() not in path.read_bytes(), path


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
    copy = repaired(versioned, tmp_path / "project")
    spoil(copy, "mkdocs.yml", "\nextra:\n", "\nextra:\n  guidetrees: {strict_review: true}\n")
    spoil(copy, TREE, "reviewed: 2026-11-24", "reviewed: 2026-10-27\nreview_months: 1")
    commit(copy)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1900000000")  # in 2030
    assert [finding.rule for finding in errors(read_project(copy))] == ["trees-are-reviewed"] * 3
    assert release(copy, tmp_path / "release").name.startswith("digital-behandling-2026-11-26-")
    write(copy, "later.txt", "")
    commit(copy, "2026-11-28")
    with pytest.raises(ReleaseError, match="the tree should have been reviewed by 2026-11-27"):
        release(copy, tmp_path / "release")


# What operations see of it


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
    for name in ("mkdocs", "mkdocs-material", "PyYAML", "Markdown", "Jinja2"):
        component = next(c for n, c in found.items() if n.lower() == name.lower())
        assert component["version"] == version(name)
        assert component["purl"] == f"pkg:pypi/{name.lower()}@{version(name)}"
        assert component["licenses"], name
        assert all(len(prop["value"]) == 64 for prop in component["properties"]) and component["properties"]
        assert component["scope"] == ("required" if name == "mkdocs-material" else "excluded")
    assert "pytest" not in found


def test_it_holds_the_engine_that_built_it(made: Path, versioned: Path) -> None:
    wheel = contents(made)[WHEEL]
    with zipfile.ZipFile(io.BytesIO(wheel)) as packed:
        assert {entry.compress_type for entry in packed.infolist()} == {zipfile.ZIP_STORED}
        for path in ("guidetrees/messages/da.yml", "guidetrees_mkdocs/theme/guidetrees.html"):
            assert packed.read(path) == (versioned / "hooks" / path).read_bytes()
    bill = json.loads(contents(made)["sbom.cdx.json"])
    (engine,) = (one for one in bill["components"] if one["name"] == "guidetrees")
    assert (engine["version"], engine["scope"]) == (__version__, "excluded")
    assert listed_files(engine) == {WHEEL: hashlib.sha256(wheel).hexdigest()}


def test_the_bill_names_what_is_delivered(made: Path) -> None:
    files = contents(made)
    bill = json.loads(files["sbom.cdx.json"])
    found = {one["name"]: one for one in bill["components"] if one["scope"] == "required"}
    own = "Scripts and styles of Digital behandling"
    assert set(found) == {"@fontsource/ibm-plex-sans", "qrcode-generator", "mkdocs-material", own}
    assert bill["dependencies"] == [{"ref": "site", "dependsOn": [one["bom-ref"] for one in found.values()]}]
    theirs = {name: listed_files(one) for name, one in found.items()}
    assert all(name.startswith("assets/") for name in theirs[own])
    assert "assets/vendor/qrcode-generator-2.0.4.js" in theirs["qrcode-generator"]
    assert len([name for name in theirs["@fontsource/ibm-plex-sans"] if name.endswith(".woff2")]) == 3
    assert theirs["mkdocs-material"].keys() == {ONE_STYLE}
    assert [part for part in found["mkdocs-material"]["components"] if part["type"] == "library"] == []
    # Every script, style and font of the site is one of theirs, and is what it is said to be.
    hashes = {name: hash for one in theirs.values() for name, hash in one.items()}
    assert len(hashes) == sum(map(len, theirs.values()))
    for name, content in files.items():
        if name.endswith((".js", ".css", ".woff2", ".map")):
            assert hashes.pop(name.removeprefix("site/")) == hashlib.sha256(content).hexdigest(), name


def listed_files(component: dict[str, Any]) -> dict[str, str]:
    """The files of a component, with their hashes."""
    return {
        part["name"]: hash["content"]
        for part in component["components"]
        for hash in part.get("hashes", ())
        if (part["type"], hash["alg"]) == ("file", "SHA-256")
    }


def test_the_bill_is_valid_by_the_official_schema(made: Path) -> None:
    text = contents(made)["sbom.cdx.json"].decode()
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    refs = re.findall('"bom-ref": "(.*)"', text)
    assert len(set(refs)) == len(refs)


def test_what_is_not_committed_is_told_and_is_not_in_it(versioned: Path, made: Path, tmp_path: Path) -> None:
    """The archive could not have been made with it, and is the same as that of a clone (see above)."""
    assert releases.uncommitted(versioned) == [TREE]
    assert (versioned / TREE).read_text("utf-8").count(WRONG[1]) == 1
    copy = shutil.copytree(versioned, tmp_path / "project")
    (copy / "docs/æblegrød å.txt").write_text("x", "utf-8")
    subprocess.run([*GIT, "mv", "docs/om.md", "docs/øvrigt.md"], cwd=copy, check=True)
    assert releases.uncommitted(copy) == [TREE, "docs/øvrigt.md", "docs/æblegrød å.txt"]


def test_what_fails_leaves_the_earlier_release(versioned: Path, made: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(versioned, tmp_path / "project")
    folder = shutil.copytree(made.parent, tmp_path / "release")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    commit(copy)
    with pytest.raises(ReleaseError, match="lent"):
        release(copy, folder)
    spoil(copy, TREE, *reversed(WRONG))
    (copy / "docs/om.md").write_text("# Om\n\n[Ingen](findes-ikke.md)\n", "utf-8")
    commit(copy)
    with pytest.raises(ReleaseError, match="findes-ikke"):
        release(copy, folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_an_address_that_is_not_on_the_list_is_told(versioned: Path, tmp_path: Path) -> None:
    copy = repaired(versioned, tmp_path / "project")
    spoil(copy, DEFAULT.published, "om.html\n", "")
    commit(copy)
    with pytest.raises(ReleaseError, match=re.escape("lacks 1 of the addresses (om.html …): run make addresses")):
        release(copy, tmp_path / "release")


def test_a_tree_with_placeholders_is_not_released(versioned: Path, tmp_path: Path) -> None:
    copy = repaired(versioned, tmp_path / "project")
    spoil(copy, TREE, "title: May I borrow this?", "title: '[RET] May I borrow this?'")
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
