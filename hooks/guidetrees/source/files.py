"""Files → text, within limits."""

from __future__ import annotations

import codecs
import errno
import re
import stat
from pathlib import Path

from guidetrees.messages.message import Message, reason_of, say
from guidetrees.source.location import Location, Problem, location_of

MAX_BYTES = 1_000_000

# Control characters (except tab and line breaks), Unicode line separators that editors do not count as lines,
# bidirectional controls, byte order marks and noncharacters. Bidirectional controls reorder text on the screen:
# a reviewer may read something else than what is published.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)

NO_FILE = say("it is no file")


class Unreadable(Exception):
    """A file from which no value can be read. Carries the problems that explain why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems


def read_bytes(path: Path) -> bytes:
    """The content of a file. Of a file over MAX_BYTES, one byte more than that.

    Raises OSError, also for a pipe or a device: reading it may never end.
    """
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OSError(errno.EINVAL, NO_FILE)
    with path.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)


def read_text(path: Path, file: str) -> str:
    """The text of the file at `path`, named `file` in problems. A byte order mark is removed.

    Raises Unreadable if the file cannot be opened, is over MAX_BYTES, is not UTF-8 or has invisible characters.
    """
    try:
        data = read_bytes(path)
    except OSError as error:
        raise Unreadable(Problem(Location(file), unreadable(error))) from error
    if len(data) > MAX_BYTES:
        raise Unreadable(Problem(Location(file), say("is over {size} kB: split it", size=MAX_BYTES // 1000)))
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        location = location_of(data[: error.start].decode("utf-8"), file)
        raise Unreadable(Problem(location, say("is not UTF-8: save the file with the encoding UTF-8"))) from error
    if found := INVISIBLE.search(text):
        raise Unreadable(Problem(location_of(text[: found.start()], file), invisible_message(found[0])))
    return text


def invisible_message(character: str) -> Message:
    return say("holds a character that cannot be seen (U+{code}): delete it", code=f"{ord(character):04X}")


def unreadable(error: OSError) -> Message:
    """The message that a file cannot be read, with the reason of the operating system."""
    return say("cannot be read: {reason}", reason=reason_of(error))
