"""The distribution as users have it: its wheel, and an environment into which pip has installed it."""

from __future__ import annotations

import os
import site
import subprocess
import sys
from pathlib import Path

from conftest import ROOT

SCRIPTS = "Scripts" if os.name == "nt" else "bin"


def build_wheel(folder: Path) -> None:
    """Builds the wheel of this project, without a network: the build backend is one of the tests' packages."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def install(source: Path, folder: Path) -> None:
    """Makes an environment and installs a wheel or a repository into it, as `pip install` does, without a network.

    What it requires, and what builds it, is found among the tests' packages, where the engine itself is not.
    """
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    (packages,) = folder.rglob("site-packages")
    (packages / "required.pth").write_text("\n".join(site.getsitepackages()), "utf-8")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(folder), "install"]
    offline = ["--quiet", "--no-index", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, *offline, str(source)], check=True, env=_plain())


def typed(environment: Path, *words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Runs what someone types in `environment`: `guidetrees …` or `mkdocs …`."""
    program, *arguments = words
    command = [str(environment / SCRIPTS / program), *arguments]
    if program != "guidetrees":  # its script is in the tests' own environment
        command = [str(environment / SCRIPTS / "python"), "-m", *words]
    return subprocess.run(command, cwd=cwd, env=_plain(), capture_output=True, encoding="utf-8", timeout=300)


def _plain() -> dict[str, str]:
    """The environment without what leads Python to this project's folders."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | {
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONIOENCODING": "utf-8",
    }
