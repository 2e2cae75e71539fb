"""Folders that take long to make: made once in a run of the tests, and read by all of its workers."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

PATIENCE = 300
"""Seconds that a worker waits for what another one makes."""


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder `name` of this run. The first worker that asks calls `make` with its path; the others wait."""
    folder = _shared_by_workers(factory) / name
    state = folder.with_name(f"{name}.state")
    try:
        state.mkdir()
    except FileExistsError:
        _wait(state)
        return folder
    try:
        make(folder)
    except BaseException:
        (state / "failed").touch()
        raise
    (state / "made").touch()
    return folder


def _shared_by_workers(factory: pytest.TempPathFactory) -> Path:
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def _wait(state: Path) -> None:
    until = time.monotonic() + PATIENCE
    while not (state / "made").exists():
        assert not (state / "failed").exists(), f"another worker could not make {state.stem}"
        assert time.monotonic() < until, f"another worker still makes {state.stem}"
        time.sleep(0.1)
