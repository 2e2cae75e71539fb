"""Copies of this project and small projects to change, and what people type in them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path

from conftest import ROOT
from helpers import lay_out, write

from guidetrees.cli import main


def site_of_base(folder: Path) -> Path:
    """The base as a project that can be built: this project's configuration, theme and engine."""
    lay_out(None, folder)
    for part in ("hooks", "docs/assets"):
        shutil.copytree(ROOT / part, folder / part)
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    write(folder, "mkdocs.yml", re.sub(r"^nav:\n.*?\n\n", "", config, flags=re.M | re.S))
    return folder


TREE = "decision_trees/er-det-digital-behandling.yml"
NEW_TREE = """\
title: Et nyt træ
summary: Kort om det nye træ.
reviewed: 2026-11-24
start: a
nodes:
  a:
    question: Er det nyt?
    answers:
      - answer: Ja
        goto: b
      - answer: Nej
        goto: "er-det-digital-behandling:"
  b:
    outcome: Det er nyt
    verdict: info
    guide: leder.md#ansvar
    contacts: [stps]
"""


def make(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Runs make with this project's set-up, as it is: none is made, whatever the times of the lock files.

    What a make around the tests hands down is left out: with it, make says that it is one inside another.
    """
    venv = ROOT / ".venv"
    locks = ("--old-file=requirements.lock", "--old-file=requirements-test.lock")
    command = ["make", "--silent", *locks, *arguments, f"VENV={venv}"]
    around = {"MAKELEVEL", "MAKEFLAGS", "MFLAGS"}
    environment = {name: value for name, value in os.environ.items() if name not in around}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", timeout=300)


def call(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Runs a command of `guidetrees` in this process, for claims that are not about how it is started."""
    out, err = TextIOWrapper(BytesIO(), "utf-8"), TextIOWrapper(BytesIO(), "utf-8")
    with chdir(cwd), redirect_stdout(out), redirect_stderr(err):
        try:
            code = main(list(arguments))
        except SystemExit as end:
            assert isinstance(end.code, int)
            code = end.code
    return subprocess.CompletedProcess(arguments, code, _text(out), _text(err))


def _text(written: TextIOWrapper) -> str:
    written.seek(0)
    return written.read()


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder by path, without those that Python makes."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def without_notes(printed: str) -> list[str]:
    """What `check` prints, but that nobody is named as the publisher: of whom nothing is known here."""
    return [
        line
        for line in printed.splitlines()
        if not (line.startswith("mkdocs.yml:1:1: ") and line.endswith(" [publisher-is-named]"))
    ]


def english(folder: Path) -> None:
    """Turns a copy into the site of another guide in English: content and configuration, no code."""
    for path in [*folder.glob("decision_trees/*.yml"), *folder.glob("docs/guide/*"), *folder.glob("docs/*.md")]:
        path.unlink()
    (folder / "docs/index.md").write_text("# Bicycles\n", "utf-8")
    guide = "# Brakes { #brakes }\n\nA bicycle has two brakes. See [lights](lights.md#lights).\n"
    (folder / "docs/guide/brakes.md").write_text(guide, "utf-8")
    (folder / "docs/guide/lights.md").write_text("# Lights { #lights }\n\nWhite in front.\n", "utf-8")
    tree = NEW_TREE.replace("leder.md#ansvar", "brakes.md#brakes").replace("    contacts: [stps]\n", "")
    tree = tree.replace('"er-det-digital-behandling:"', "b").replace("Er det nyt?", "Has it two brakes?")
    (folder / "decision_trees/brakes.yml").write_text(tree, "utf-8")
    config = (folder / "mkdocs.yml").read_text("utf-8").replace("language: da", "language: en")
    config = re.sub(r"^nav:\n.*?\n\n", "", config, flags=re.M | re.S)
    (folder / "mkdocs.yml").write_text(config, "utf-8")
