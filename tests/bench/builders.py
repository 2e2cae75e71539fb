"""What builds the same site: this project's hook, and the peers, each from the same pages as they are best given
to it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import yaml

BIN = Path(sys.executable).parent
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
    with (folder / "printed.txt").open("wb") as printed:
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **QUIET}, stdout=printed, stderr=subprocess.STDOUT
        )
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command} in {folder}:\n{(folder / 'printed.txt').read_text()[-2000:]}")
    return Run(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def engine(guide: Path) -> Builder:
    return Builder("guidetrees", guide, (str(BIN / "mkdocs"), "build", "--quiet"))


def peers(compiled: Path, folder: Path) -> list[Builder]:
    """The other builders, each with a folder of its own, from what `compile` made of the guide."""
    return [
        _mkdocs(compiled, folder / "mkdocs-in-nav", in_nav=True),
        _mkdocs(compiled, folder / "mkdocs", in_nav=False),
        _gen_files(compiled, folder / "gen-files"),
        Builder("Zensical", _copy(compiled, folder / "zensical"), (str(BIN / "zensical"), "build", "--clean")),
    ]


def _copy(compiled: Path, folder: Path) -> Path:
    return shutil.copytree(compiled, folder)


def _mkdocs(compiled: Path, folder: Path, in_nav: bool) -> Builder:
    """Pages written by hand."""
    _copy(compiled, folder)
    if in_nav:
        _set(folder, "nav", None)
    name = "MkDocs, pages in the navigation" if in_nav else "MkDocs, pages out of it"
    return Builder(name, folder, (str(BIN / "mkdocs"), "build", "--quiet"))


def _gen_files(compiled: Path, folder: Path) -> Builder:
    """Pages that a script writes while MkDocs builds; assets stay files."""
    _copy(compiled, folder)
    shutil.copytree(folder / "docs", folder / "pages", ignore=_no_pages)
    for path in (folder / "docs").rglob("*.md"):
        if path.name != "index.md" or path.parent != folder / "docs":
            path.unlink()
    (folder / "generate.py").write_text(GENERATE, "utf-8")
    plugins = yaml.safe_load((folder / "mkdocs.yml").read_text("utf-8"))["plugins"]
    _set(folder, "plugins", [*plugins, {"gen-files": {"scripts": ["generate.py"]}}])
    return Builder("mkdocs-gen-files", folder, (str(BIN / "mkdocs"), "build", "--quiet"))


def _no_pages(_: str, names: list[str]) -> list[str]:
    return [name for name in names if "." in name and not name.endswith(".md")]


def _set(folder: Path, key: str, value: object) -> None:
    path = folder / "mkdocs.yml"
    settings = yaml.safe_load(path.read_text("utf-8"))
    settings |= {key: value}
    if value is None:
        del settings[key]
        del settings["not_in_nav"]
    path.write_text(yaml.safe_dump(settings, allow_unicode=True), "utf-8")
