"""Names and references stay in their folders: links, pipes, and names that no system or reader can take."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import run
from copies import site_of_base
from helpers import SMALL, problems_of, write

from guidetrees.parse.ids import MAX_ID_LENGTH
from guidetrees.project.project import read_project

# Names and references stay in their folders

OUT = [
    "../../x.md#y",
    "/etc/passwd#x",
    "..\\rules.md#scope",
    "rules.md/../rules.md#scope",
    "./rules.md#scope",
    "rules.md\\#scope",
    "file:///etc/passwd#x",
    "rules.md#../scope",
    "http://a.b/rules.md#scope",
    "rules.md%23scope",
    "%2e%2e/rules.md#scope",
    "con.md#x",
    "x" * 5000 + ".md#y",
]


@pytest.mark.parametrize("reference", OUT)
def test_a_reference_to_the_guide_stays_in_its_folder(root: Path, reference: str) -> None:
    write(root, "decision_trees/case.yml", SMALL.replace("rules.md#scope", json.dumps(reference)))
    (line,) = problems_of(root)
    assert line.startswith("decision_trees/case.yml:9:12: guide: ")
    write(root, "decision_trees/case.yml", f"{SMALL}    text: {json.dumps(f'[x](<{reference}>)')}\n")
    (line,) = problems_of(root) or ["none"]
    assert line.startswith("decision_trees/case.yml:10:17: text: ") or reference in (
        "rules.md\\#scope",
        "http://a.b/rules.md#scope",
    )


IDS = [
    "..",
    ".",
    "a/b",
    "../a",
    "a\\b",
    "/a",
    "C:",
    "a:b",
    "a.html",
    "a%2fb",
    "%2e%2e",
    "a\u0000b",
    "nul",
    "con",
    "lpt1",
    "index",
    "~",
    "a b",
    "-",
    "--a",
    "a-",
    "é",
    "ａ",
    "a" * (MAX_ID_LENGTH + 1),
    "a" * 300,
    "a" * 100_000,
]


@pytest.mark.parametrize("id", IDS, ids=lambda id: id[:9].encode("unicode_escape").decode())
def test_an_id_is_no_path(root: Path, id: str) -> None:
    node = {"outcome": "The end", "verdict": "yes", "guide": "rules.md#scope"}
    tree: dict[str, Any] = {
        "title": "T",
        "summary": "S",
        "reviewed": "2026-11-24",
        "start": id,
        "nodes": {id: node},
    }
    for aliases in ({}, {"aliases": [id]}):
        whole = tree if not aliases else {**tree, "start": "end", "nodes": {"end": node | aliases}, **aliases}
        write(root, "decision_trees/case.yml", json.dumps(whole))
        lines = problems_of(root)
        assert lines or (id == "index" and not aliases)
        assert all(line.startswith("decision_trees/case.yml:") and len(line) < 400 for line in lines), lines


@pytest.mark.build
def test_the_longest_names_are_built_and_longer_ones_refused(tmp_path: Path) -> None:
    folder = site_of_base(tmp_path / "project")
    name = "a" * MAX_ID_LENGTH
    text = SMALL.replace("last", name).replace("nodes:", f"aliases: [{'b' * MAX_ID_LENGTH}]\nnodes:")
    write(folder, f"decision_trees/{name}.yml", f"{text}    aliases: [{'c' * MAX_ID_LENGTH}]\n")
    write(folder, f"docs/guide/{'g' * 190}.md", "# G { #g }\n")
    done = run("mkdocs", "build", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert (folder / "site" / name / f"{name}.html").is_file()
    write(folder, f"decision_trees/{name}a.yml", SMALL)
    write(folder, f"docs/guide/{'g' * 251}.md", "# G { #g }\n")
    assert [re.sub("(.)\\1{50,}", "…", line) for line in problems_of(folder)] == [
        "decision_trees/….yml:1:1: the file's name must be a-z, 0-9 and single hyphens, such as '….yml'",
        "docs/guide/….md:1:1: the name is too long: leave at most 200 bytes of it",
    ]


LEADS_OUT = "is a link that leads out of the project: put the file itself here"
LEADS_OUT_DANISH = "er en genvej til noget uden for projektet: læg selve filen her"
PLACES = ["decision_trees/x.yml", "decision_trees/_x.yml", "docs/guide/x.md", "docs/x.md", "docs/assets/x.png"]
HOSTILE_FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "secret": (lambda p: p.symlink_to("/etc/passwd"), LEADS_OUT),
    "zero": (lambda p: p.symlink_to("/dev/zero"), LEADS_OUT),
    "folder": (lambda p: p.symlink_to("/etc"), LEADS_OUT),
    "itself": (lambda p: p.symlink_to(p.name), "cannot be read: Too many levels of symbolic links"),
    "nowhere": (lambda p: p.symlink_to("nowhere"), "cannot be read: No such file or directory"),
    "inside": (lambda p: p.symlink_to(p.parent), "is a link to a folder: put the folder itself here"),
    "pipe": (lambda p: os.mkfifo(p), "cannot be read: it is no file"),
}


@pytest.mark.skipif(os.name == "nt", reason="Windows makes links for administrators only, and has no such files")
@pytest.mark.parametrize("what", HOSTILE_FILES)
@pytest.mark.parametrize("place", PLACES)
def test_links_and_pipes_are_refused_by_name_and_never_read(root: Path, place: str, what: str) -> None:
    make, words = HOSTILE_FILES[what]
    path = root / place
    path.parent.mkdir(exist_ok=True)
    make(path)
    assert problems_of(root) == [f"{place}:1:1: {words}"]


@pytest.mark.skipif(os.name == "nt", reason="as above")
@pytest.mark.parametrize("folder", ["decision_trees", "docs", "docs/guide"])
def test_a_folder_that_is_a_link_out_of_the_project_is_refused(root: Path, folder: str) -> None:
    shutil.move(root / folder, root.parent / "outside")
    (root / folder).symlink_to(root.parent / "outside")
    refused = [line for line in problems_of(root) if "link that leads out of the project" in line]
    assert [line.partition(":")[0] for line in refused] == [folder]


@pytest.mark.build
@pytest.mark.skipif(os.name == "nt", reason="as above")
def test_a_build_publishes_nothing_that_links_lead_to(tmp_path: Path) -> None:
    folder = site_of_base(tmp_path / "project")
    write(tmp_path, "secret/secret.md", "# A secret { #secret }\n")
    (folder / "docs/secret").symlink_to(tmp_path / "secret")
    (folder / "docs/.#locked.md").symlink_to("someone@host.1234:5678")  # as an editor locks a file
    done = run("mkdocs", "build", cwd=folder)
    assert done.returncode == 1
    assert f"docs/secret:1:1: {LEADS_OUT_DANISH} [language]" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "site").exists()
    (folder / "docs/secret").unlink()
    assert problems_of(folder) == []


@pytest.mark.skipif(os.name == "nt", reason="as above")
def test_a_link_inside_the_project_is_read(root: Path) -> None:
    write(root, "elsewhere/case.yml", SMALL)
    (root / "decision_trees/case.yml").symlink_to(root / "elsewhere/case.yml")
    assert problems_of(root) == []
    assert "case" in read_project(root).trees


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take no such names")
@pytest.mark.parametrize("name", [b"a\nb", b"\xff", "a\u202eb".encode(), b"a\x07"])
def test_names_that_cannot_be_printed_are_plain_lines(root: Path, name: bytes) -> None:
    for folder, ending in (("decision_trees", b".yml"), ("docs/guide", b".md"), ("docs", b"")):
        path = os.path.join(os.fsencode(root / folder), name + ending)
        if not ending:
            os.mkdir(path)
            path = os.path.join(path, b"x.md")
        with open(path, "wb") as file:
            file.write(b"# x\n")
    lines = problems_of(root)
    assert len(lines) == 3
    assert all(line.isprintable() and "the name holds a character that cannot be seen" in line for line in lines)
