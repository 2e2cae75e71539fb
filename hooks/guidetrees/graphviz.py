"""Graphviz, run within bounds: it gets a time, and room for what it writes, that no drawing comes near."""

from __future__ import annotations

import os
import re
import signal
import sysconfig
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from subprocess import PIPE, Popen
from threading import Timer
from typing import IO

AGAIN = "set the project up again"
"""What to do where it does not work."""
LEAST_ROOM, ROOM = 1_000_000, 50
"""Bytes that it may write: as many anyway, and for each that it is given. It needs three of the latter."""
LEAST_TIME, SPEED = 60, 1000
"""Seconds that it may take, and bytes that it is given for each further one. It takes a million in a second."""


class NoGraphviz(Exception):
    """Graphviz is not installed, refuses its work or does not end. Carries what it says, or what to do."""


def laid_out(graphs: Sequence[str]) -> dict[str, str]:
    """Graphs in Graphviz's language, and how it has laid each out, as JSON. Raises NoGraphviz."""
    if not graphs:
        return {}
    program = Path(sysconfig.get_path("scripts")) / f"graphviz-pure{sysconfig.get_config_var('EXE') or ''}"
    written = _run([str(program), "-Kdot", "-Tjson0"], "\n".join(graphs).encode())
    # What is inside of a graph is indented.
    found = re.findall(r"^\{$.*?^\}$", written, re.M | re.S)
    if len(found) != len(graphs):
        raise NoGraphviz(f"{program.name} gave {len(found)} pictures for {len(graphs)}: {AGAIN}")
    return dict(zip(graphs, found, strict=True))


def _run(command: Sequence[str], given: bytes) -> str:
    """What a program writes that is given something to read. Raises NoGraphviz, also where it does not end in
    time, or writes more than it could have to say."""
    try:
        # With what it starts, it is one group, which is ended as one.
        program = Popen(command, stdin=PIPE, stdout=PIPE, stderr=PIPE, process_group=0)
    except OSError as error:
        raise NoGraphviz(f"{command[0]} cannot be run ({error.strerror}): {AGAIN}") from error
    name, seconds = Path(command[0]).name, LEAST_TIME + len(given) // SPEED
    timer = Timer(seconds, _end, [program])
    timer.start()
    try:
        written, complaint = _talk(program, given)
        in_time = timer.is_alive()
    finally:
        timer.cancel()
    if not in_time:
        raise NoGraphviz(f"{name} was ended, as it took more than {seconds} s: {AGAIN}")
    if written is None or complaint is None:
        raise NoGraphviz(f"{name} was ended, as it wrote without end: {AGAIN}")
    if program.returncode or complaint:
        said = " ".join(complaint.decode(errors="replace").split())
        raise NoGraphviz(f"{name}: {said or f'ended with {program.returncode}: {AGAIN}'}")
    return written.decode(errors="replace").replace("\r\n", "\n")


def _talk(program: Popen[bytes], given: bytes) -> tuple[bytes | None, bytes | None]:
    """What a program writes, and what it complains of; None of what has no end."""
    assert program.stdin and program.stdout and program.stderr
    with program, ThreadPoolExecutor(2) as beside:
        beside.submit(_give, program.stdin, given)
        complaint = beside.submit(_take, program, program.stderr, LEAST_ROOM)
        return _take(program, program.stdout, LEAST_ROOM + ROOM * len(given)), complaint.result()


def _give(stream: IO[bytes], given: bytes) -> None:
    with suppress(OSError), stream:  # it may end before it has read all
        stream.write(given)


def _take(program: Popen[bytes], stream: IO[bytes], most: int) -> bytes | None:
    """What a program writes to `stream`; None, and the program's end, where that is more than `most` bytes."""
    if len(written := stream.read(most + 1)) <= most:
        return written
    _end(program)
    return None


def _end(program: Popen[bytes]) -> None:
    with suppress(OSError):  # it has ended
        if os.name == "posix":
            os.killpg(program.pid, signal.SIGKILL)
        else:
            program.kill()
