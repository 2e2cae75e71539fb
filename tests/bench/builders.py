"""What builds the same site: this project's hook, and the peers, each from the same pages as they are best given
to it; and plain MkDocs with pages that a person would write (lean.py)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

import yaml

from .lean import write_lean

BIN = Path(sys.executable).parent
MKDOCS = (str(BIN / "mkdocs"), "build", "--quiet")
ENGINE, LEAN = "guidetrees", "MkDocs, lean pages"
MOST_OF_GEN_FILES, MOST_OF_ZENSICAL = 5_000, 1_000
"""Pages of the largest site that these build here: at 10,000 nodes they take minutes."""
QUIET = {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": "hooks", "PYTHONDONTWRITEBYTECODE": ""}
GENERATE = '''\
"""Writes the pages as mkdocs-gen-files asks for it."""

from pathlib import Path

import mkdocs_gen_files

for path in sorted(Path("pages").rglob("*.md")):
    with mkdocs_gen_files.open(path.relative_to("pages").as_posix(), "w") as file:
        file.write(path.read_text("utf-8"))
'''


@dataclass(frozen=True)
class Builder:
    """A way to build the site of a guide."""

    name: str
    folder: Path
    command: tuple[str, ...]
    """Run in `folder`."""
    site: str = "site"
    """What it makes, from `folder`."""


@dataclass(frozen=True)
class Run:
    """What one run of a program took."""

    seconds: float
    processor: float
    """Seconds of the processor, of all that it ran."""
    megabytes: float
    """The most memory that it, or one of the programs that it ran, had at once."""


def run(command: tuple[str, ...], folder: Path) -> Run:
    """Runs a program to its end, which must be a good one."""
    began = time.perf_counter()
    with TemporaryFile() as printed:
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **QUIET}, stdout=printed, stderr=subprocess.STDOUT
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            printed.seek(0)
            raise RuntimeError(f"{command} in {folder}:\n{printed.read().decode()[-2000:]}")
    return Run(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def engine(guide: Path) -> Builder:
    return Builder(ENGINE, guide, MKDOCS)


def peers(guide: Path, compiled: Path, folder: Path) -> Iterator[Builder]:
    """The other builders, each with a folder of its own, from what `compile` made of the guide. Their pages are
    out of the navigation, where each takes the longer the more there are."""
    nodes = len([*compiled.glob("docs/*/*.md")])
    yield Builder(LEAN, write_lean(guide, folder / "lean"), MKDOCS)
    yield Builder("MkDocs", shutil.copytree(compiled, folder / "mkdocs"), MKDOCS)
    if nodes < MOST_OF_GEN_FILES:
        yield _gen_files(compiled, folder / "gen-files")
    if nodes < MOST_OF_ZENSICAL:
        zensical = shutil.copytree(compiled, folder / "zensical")
        yield Builder("Zensical", zensical, (str(BIN / "zensical"), "build", "--clean"))


def _gen_files(compiled: Path, folder: Path) -> Builder:
    """Pages that a script writes while MkDocs builds; assets stay files."""
    shutil.copytree(compiled, folder)
    shutil.copytree(folder / "docs", folder / "pages", ignore=_no_pages)
    for path in (folder / "docs").rglob("*.md"):
        if path.name != "index.md" or path.parent != folder / "docs":
            path.unlink()
    (folder / "generate.py").write_text(GENERATE, "utf-8")
    plugins = yaml.safe_load((folder / "mkdocs.yml").read_text("utf-8"))["plugins"]
    _set(folder, "plugins", [*plugins, {"gen-files": {"scripts": ["generate.py"]}}])
    return Builder("mkdocs-gen-files", folder, MKDOCS)


def _no_pages(_: str, names: list[str]) -> list[str]:
    return [name for name in names if "." in name and not name.endswith(".md")]


def _set(folder: Path, key: str, value: object) -> None:
    path = folder / "mkdocs.yml"
    settings = yaml.safe_load(path.read_text("utf-8"))
    settings[key] = value
    path.write_text(yaml.safe_dump(settings, allow_unicode=True), "utf-8")
