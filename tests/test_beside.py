"""Work beside this process: pieces arrive in order, errors come back, and nothing is left running."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

from guidetrees.beside import Beside

LARGE = "x" * 1_000_000
PATH = os.pathsep.join([str(ROOT / "hooks"), str(ROOT / "tests")])
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked for as Linux shows them")
GIVER = """
import os, sys
from pathlib import Path
from guidetrees.beside import Beside
from test_beside import forever, wait_for
beside = Beside(forever, sys.argv[1])
wait_for(Path(sys.argv[1]))
os._exit(0)
"""


@pytest.fixture(autouse=True)
def work_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The work of these tests is in this module."""
    monkeypatch.setenv("PYTHONPATH", PATH)


def note(pieces: Iterator[str], path: str, times: int) -> None:
    """Writes what it is given."""
    print("what prints does not get in the way")
    Path(path).write_text("\n".join(piece * times for piece in pieces), "utf-8")


def fail(pieces: Iterator[str], path: str) -> None:
    """Fails at its first piece, as what writes files may."""
    Path(path, next(pieces)).write_text("", "utf-8")


def forever(pieces: Iterator[str], path: str) -> None:
    """Says who works, and waits for pieces."""
    Path(path).write_text(str(os.getpid()), "utf-8")
    list(pieces)


def is_running(process: int) -> bool:
    state = Path(f"/proc/{process}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"


def wait_for(path: Path) -> int:
    """Who works."""
    while not (path.exists() and path.read_text()):
        time.sleep(0.01)
    return int(path.read_text())


def test_pieces_arrive_in_their_order(tmp_path: Path) -> None:
    beside = Beside(note, str(tmp_path / "written"), 2)
    pieces = [f"{number}æ" for number in range(1000)]
    for piece in pieces:
        beside.give(piece)
    beside.wait()
    assert (tmp_path / "written").read_text("utf-8").split("\n") == [piece * 2 for piece in pieces]


def test_an_error_comes_back_whatever_is_still_given(tmp_path: Path) -> None:
    beside = Beside(fail, str(tmp_path))
    for _ in range(20):
        beside.give("no/such/folder")
        beside.give(LARGE)
    with pytest.raises(FileNotFoundError, match="no/such/folder"):
        beside.wait()


@ON_LINUX
def test_work_that_is_ended_is_gone(tmp_path: Path) -> None:
    beside = Beside(forever, str(tmp_path / "who"))
    process = wait_for(tmp_path / "who")
    assert is_running(process)
    beside.end()
    assert not is_running(process)
    beside.end()


@ON_LINUX
def test_work_that_is_ended_from_outside_says_so(tmp_path: Path) -> None:
    beside = Beside(forever, str(tmp_path / "who"))
    os.kill(wait_for(tmp_path / "who"), 9)
    beside.give(LARGE)
    with pytest.raises(ChildProcessError, match="ended from outside"):
        beside.wait()


@ON_LINUX
def test_work_does_not_outlive_who_gave_it(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", GIVER, str(tmp_path / "who")], check=True)
    process = wait_for(tmp_path / "who")
    for _ in range(500):
        if not is_running(process):
            return
        time.sleep(0.01)
    raise AssertionError("it is running still")
