"""Bytes of a file → text, within bounds."""

from __future__ import annotations

import codecs
import errno
import re
import stat
from pathlib import Path

from guidetrees.source.location import Location, Problem, location_of

MAX_BYTES = 1_000_000

# Control characters (tab and line breaks aside), line breaks that editors do not count, the characters that
# reorder text on the screen, and those that no text holds. Reordering can make a reviewer read something else
# than what is published.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


class Unreadable(Exception):
    """A file that yields no values. Carries the problems that say why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems


def read_bytes(path: Path) -> bytes:
    """What stands in a file, or its beginning where that is over MAX_BYTES.

    Raises OSError, also for what is neither a file nor a folder: to read a pipe or a device may never end.
    """
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OSError(errno.EINVAL, "it is no file")
    with path.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)


def read_text(path: Path, file: str) -> str:
    """The text of the file at `path`, which problems call `file`.

    Raises Unreadable: it cannot be opened, is over MAX_BYTES, is not UTF-8 or holds unseen characters.
    A byte order mark is taken off, as editors on Windows write one.
    """
    try:
        data = read_bytes(path)
    except OSError as error:
        raise Unreadable(Problem(Location(file), f"cannot be read: {error.strerror}")) from error
    if len(data) > MAX_BYTES:
        raise Unreadable(Problem(Location(file), f"is over {MAX_BYTES // 1000} kB: split it"))
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        # What the codec counts from is the mark's end.
        before = data.removeprefix(codecs.BOM_UTF8)[: error.start].decode("utf-8", errors="ignore")
        place = location_of(before, file)
        raise Unreadable(Problem(place, "is not UTF-8: save the file with the encoding UTF-8")) from error
    if found := INVISIBLE.search(text):
        raise Unreadable(Problem(location_of(text[: found.start()], file), invisible_message(found[0])))
    return text


def invisible_message(character: str) -> str:
    return f"holds a character that cannot be seen (U+{ord(character):04X}): delete it"
