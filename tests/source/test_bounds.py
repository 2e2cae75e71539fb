"""Unusual files and folders: a problem at its location, quickly, and never a traceback."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT
from copies import site_of_base
from helpers import lay_out, write

from guidetrees.messages.words import read_words
from guidetrees.parse.problem_collector import ProblemCollector
from guidetrees.project.project import read_project
from guidetrees.project.settings import Settings, read_settings
from guidetrees.render.context import prepare
from guidetrees.render.docs_pages import own_page
from guidetrees.source.files import MAX_BYTES

QUICK = 5
"""Seconds of processor time that `check` may take on a slow machine. It takes a quarter of a second."""
WITHOUT_CAPABILITIES = ["setpriv", "--inh-caps=-all", "--bounding-set=-dac_override,-dac_read_search"]
"""Root can read files without read permission, unless it drops these capabilities."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay_out(None, tmp_path / "project")


PROGRAM = """
import sys
from guidetrees.cli import main
for root in sys.argv[1:]:
    code = main(["check", "--on", "2026-11-24", "--root", root])
    print(code, "is the exit code")
"""


def checked(root: Path) -> list[str]:
    """The output lines of `guidetrees check`, without the ids of rules. It has no more permissions than the file
    modes give."""
    (lines,) = all_checked(root)
    return lines


def all_checked(*roots: Path) -> list[list[str]]:
    """The same of several projects, by one process."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "hooks")}
    capabilities = WITHOUT_CAPABILITIES if os.geteuid() == 0 else []
    command = [*capabilities, sys.executable, "-c", PROGRAM, *map(str, roots)]
    began = os.times().children_user
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", timeout=60)
    assert os.times().children_user - began < QUICK
    assert (done.returncode, done.stderr) == (0, "")
    printed = re.split(r"^(\d+) is the exit code\n", done.stdout, flags=re.M)
    found = [lines.splitlines() for lines in printed[:-1:2]]
    for lines, code in zip(found, printed[1::2], strict=True):
        assert int(code) == any(": note: " not in line and ": warning: " not in line for line in lines)
    return [[re.sub(r" \[[a-z-]+\]$", "", line) for line in lines] for lines in found]


# mkdocs.yml


INVALID: list[tuple[str | bytes, str]] = [
        ("site_name: [\n", "1:13: not valid YAML: a value is missing, or a bracket is not closed"),
        ("nav:\n  - a: b: c\n", "2:9: not valid YAML: a text that holds ': ' needs quotes around it"),
        ("site_name: x\ntheme\nextra: {}\n", "2:1: not valid YAML: a colon is missing behind 'theme'"),
        ("a: " + "[" * 2000, "1:103: is nested more than 100 levels deep"),
        ("- site_name\n", "1:1: must be a mapping of settings, such as `site_name: Our guide`"),
        ("a: *b\n", "1:4: not valid YAML: found undefined alias"),
        ("a: &a [*a]\n", "1:4: not valid YAML: found unconstructable recursive node"),
        ("[a]: b\n", "1:1: not valid YAML: found unhashable key"),
        ("a: 1\n---\nb: 1\n", "2:1: not valid YAML: but found another document"),
        (b"site_name: K\xf8benhavn\n", "1:13: is not UTF-8: save the file with the encoding UTF-8"),
        ("#" * (MAX_BYTES + 1), "1:1: is over 1000 kB: split it"),
]  # fmt: skip


@pytest.mark.build
def test_invalid_settings_are_reported(tmp_path: Path) -> None:
    roots = []
    for number, (content, _) in enumerate(INVALID):
        roots.append(lay_out(None, tmp_path / str(number)))
        write(roots[-1], "mkdocs.yml", content)
    assert all_checked(*roots) == [[f"mkdocs.yml:{line}"] for _, line in INVALID]


def test_a_pipe_instead_of_settings_is_reported(root: Path) -> None:
    os.mkfifo(root / "mkdocs.yml")
    assert checked(root) == ["mkdocs.yml:1:1: cannot be read: it is no file"]


def test_settings_without_read_permission_are_reported(root: Path) -> None:
    write(root, "mkdocs.yml", "site_name: x\n").chmod(0)
    assert checked(root) == ["mkdocs.yml:1:1: cannot be read: Permission denied"]


def test_a_long_comment_is_read_quickly(root: Path) -> None:
    write(root, "mkdocs.yml", "#" * (MAX_BYTES - 20) + "\nsite_name: x\n")
    assert all(": note: " in line or ": warning: " in line for line in checked(root))


def test_settings_may_use_all_of_yaml(root: Path) -> None:
    text = """\
site_name: !ENV [SITE_NAME, A name]
theme: &theme {name: material, language: da}
exclude_docs: |
  /drafts/
  *.tmp
draft_docs: "/later/"
extra:
  guidetrees: {strict_review: true}
  again: {<<: *theme, icon: !!python/name:material.extensions.emoji.twemoji }
extra: {guidetrees: {strict_review: true}}
"""
    write(root, "mkdocs.yml", text)
    collector = ProblemCollector()
    assert read_settings(root, collector) == Settings(
        "A name", "da", True, ("/drafts/", "*.tmp"), ("/later/",), there=True, directory_urls=True
    )
    assert collector.problems == []


@pytest.mark.parametrize("text", ["", "# nothing\n", "theme: material\n", "extra: [a]\nsite_name: {a: b}\n"])
def test_settings_may_be_empty(root: Path, text: str) -> None:
    write(root, "mkdocs.yml", text)
    project = read_project(root)
    wanted = Settings(there=bool(project.settings.written), directory_urls=project.settings.there)
    assert (project.settings, project.problems) == (wanted, ())


# Pages


@pytest.mark.build
def test_a_page_with_thousands_of_mistakes_is_read_quickly(root: Path) -> None:
    text = "# A\n\n" + "\n\n".join(f"text <x{number}>y" for number in range(3000))
    write(root, "docs/a.md", text)
    found = [line for line in checked(root) if line.startswith("docs/a.md:")]
    assert len(found) == 3000 and found[-1].startswith("docs/a.md:6001:6: holds <x2999>")


def test_a_page_with_thousands_of_headings_is_rendered_quickly(root: Path) -> None:
    write(
        root,
        "docs/guide/a.md",
        "# A\n\n" + "".join(f"<div markdown>\n\n## H {i}\n\nText.\n\n</div>\n\n" for i in range(3000)),
    )
    project = read_project(root)
    site = prepare(project, read_words("en"), date(2026, 11, 24))
    began = time.process_time()
    own_page(site, "guide/a.md", project.docs["guide/a.md"].html)
    assert time.process_time() - began < QUICK


# Folders


@pytest.mark.build
@pytest.mark.parametrize("top", ["docs", "decision_trees"])
def test_very_deep_folders_are_reported_quickly(root: Path, top: str) -> None:
    here = os.getcwd()
    try:
        os.chdir(root / top)
        for _ in range(900):
            os.mkdir("d")
            os.chdir("d")
        Path("page.md").write_text("# A page\n")
    finally:
        os.chdir(here)
    deepest = "/".join([top, *["d"] * 20])
    assert checked(root) == [f"{deepest}:1:1: lies more than 20 folders deep: move it up"]
    subprocess.run(["rm", "-r", str(root / top / "d")], check=True)  # too deep for shutil.rmtree


UNREADABLE = [
    "docs/about.md", "docs/assets/icon.svg", "docs/guide/more.md", "decision_trees/case.yml", "docs/assets",
    "docs/guide", "docs", "decision_trees", "decision_trees/contacts.yml", "decision_trees/_published.txt",
]  # fmt: skip


@pytest.mark.build
@pytest.mark.parametrize("mode", [0o000, 0o200])
def test_a_path_without_read_permission_is_reported(tmp_path: Path, mode: int) -> None:
    roots, before = [], {}
    for number, path in enumerate(UNREADABLE):
        root = lay_out(None, tmp_path / str(number))
        write(root, "docs/assets/icon.svg", "<svg/>")
        write(root, "decision_trees/_published.txt", "guide/rules.html#time\nindex.html\nother/lend.html\n")
        if not (root / path).exists():
            write(root, path, "# A page { #page }\n")
        roots.append(root)
        before[root / path] = (root / path).stat().st_mode
        (root / path).chmod(mode)
    try:
        found = all_checked(*roots)
    finally:
        for changed, mode_before in before.items():
            changed.chmod(mode_before)
    assert found == [[f"{path}:1:1: cannot be read: Permission denied"] for path in UNREADABLE]


def test_every_file_in_a_folder_without_search_permission_is_reported(root: Path) -> None:
    (root / "docs/guide").chmod(0o400)
    try:
        found = checked(root)
    finally:
        (root / "docs/guide").chmod(0o755)
    assert found == [f"docs/guide/{name}.md:1:1: cannot be read: Permission denied" for name in ("index", "rules")]


def test_names_that_begin_with_a_dot_are_ignored(root: Path) -> None:
    write(root, "docs/.draft.md", b"\xff")
    write(root, "docs/guide/.hidden/page.md", b"\xff")
    (root / "docs/.#index.md").symlink_to("nowhere")
    assert checked(root) == []
    assert not [path for path in read_project(root).docs if "." in path.removesuffix(".md")]


def test_a_project_without_settings_and_folders_is_empty(tmp_path: Path) -> None:
    project = read_project(tmp_path)
    assert (project.trees, project.pages, project.problems, project.settings) == ({}, {}, (), Settings())
    shutil.rmtree(tmp_path)
    assert read_project(tmp_path).problems == ()


@pytest.mark.build
def test_a_read_only_checkout_can_be_built(tmp_path: Path) -> None:
    checkout, site = site_of_base(tmp_path / "checkout"), tmp_path / "site"
    paths = [checkout, *checkout.rglob("*")]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    environment = {**os.environ, "PYTHONPATH": "hooks", "NO_MKDOCS_2_WARNING": "1"}
    capabilities = WITHOUT_CAPABILITIES if os.geteuid() == 0 else []
    command = [
        *capabilities,
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--quiet",
        "--strict",
        "--site-dir",
        str(site),
    ]
    done = subprocess.run(
        command, cwd=checkout, env=environment, capture_output=True, encoding="utf-8", timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (site / "index.html").exists() and sorted(paths) == sorted([checkout, *checkout.rglob("*")])
    for path in filter(Path.is_dir, paths):
        path.chmod(0o755)
