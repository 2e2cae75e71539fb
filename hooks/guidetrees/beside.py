"""Work that another process does beside this one, on what it is given piece by piece.

The other process is Python, begun with this module: it takes pickles from its standard input, what is to be done
first, and at last gives back what that has raised.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

ABOVE = Path(__file__).parents[1]
"""Where the package lies: a site builder may have it on the path no longer."""
END = None


class Beside:
    """Has `work` done on an iterator of pieces and `given`, beginning at once.

    `work` is a function of a module. Pieces and what is given must be able to be pickled; no piece is None.
    """

    def __init__(self, work: Callable[..., None], *given: Any) -> None:
        path = os.pathsep.join(filter(None, [str(ABOVE), os.environ.get("PYTHONPATH")]))
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            env={**os.environ, "PYTHONPATH": path},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.give((work, given))

    def give(self, piece: object) -> None:
        """The next piece. Where the work has failed, it goes nowhere: `wait` says why."""
        assert self._process.stdin
        with suppress(OSError):
            pickle.dump(piece, self._process.stdin)
            self._process.stdin.flush()

    def wait(self) -> None:
        """Till all pieces are worked on. Raises what the work has raised."""
        self.give(END)
        assert self._process.stdout
        answer = self._process.stdout.read()
        self.end()
        if not answer:
            raise ChildProcessError("a process that worked for this one was ended from outside")
        if error := pickle.loads(answer):
            raise error

    def end(self) -> None:
        """Ends the work, done or not."""
        self._process.kill()
        with suppress(OSError):  # of what was not taken
            self._process.communicate()


def main(taken: IO[bytes], answered: IO[bytes]) -> None:
    try:
        work, given = pickle.load(taken)
        work(_pieces(taken), *given)
    except (EOFError, pickle.UnpicklingError, KeyboardInterrupt):  # who gave the pieces is gone, or about to go
        return
    except Exception as error:
        pickle.dump(error, answered)
    else:
        pickle.dump(None, answered)
    answered.flush()


def _pieces(taken: IO[bytes]) -> Iterator[Any]:
    while (piece := pickle.load(taken)) is not END:
        yield piece


if __name__ == "__main__":
    own = sys.stdout.buffer
    sys.stdout = sys.stderr  # for whatever prints
    main(sys.stdin.buffer, own)
