"""Measures saves in a preview of this site: the processor time of the build that follows a save of each tree, and
of a page. Part of `make bench`."""

from __future__ import annotations

import logging
import os
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from mkdocs.commands.build import build
from mkdocs.config import load_config

from .guides import THIS_SITE, write_guide

TURNS = 5
SERVED = "http://127.0.0.1:8000/"


def main() -> int:
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    with TemporaryDirectory(prefix="bench-") as folder:
        write_guide(THIS_SITE, Path(folder, "guide"))
        os.chdir(Path(folder, "guide"))
        site = str(Path(folder, "site"))
        print(f"{_build(site, is_first=True):5.2f} s  the first build", flush=True)
        _build(site)  # templates are compiled now
        for path in [*sorted(Path("decision_trees").glob("[a-z]*.yml")), Path("docs/om.md")]:
            took = [_save(path, site) for _ in range(TURNS)]
            print(f"{median(took):5.2f} s (at most {max(took):.2f})  {path}", flush=True)
    return 0


def _save(path: Path, site: str) -> float:
    """Saves a file with a line more, and builds."""
    path.write_text(path.read_text("utf-8").rstrip("\n") + "\n\n# Saved\n", "utf-8")
    return _build(site)


def _build(site: str, is_first: bool = False) -> float:
    """The processor time of a build as `mkdocs serve` builds, in seconds."""
    began = time.process_time()
    config = load_config(site_dir=site)
    if is_first:
        config.plugins.on_startup(command="serve", dirty=False)
    build(config, serve_url=SERVED)
    return time.process_time() - began


if __name__ == "__main__":
    sys.exit(main())
