"""Where a character of a YAML text is written: its value has other white space than the file, and no escapes.

Letters and signs have the same order in both, so that it is enough to count them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice

import yaml

from guidetrees.messages.message import Message
from guidetrees.source.characters import HIDDEN, meant_word, misleading_in_word
from guidetrees.source.location import LocatedStr, Location

ESCAPED = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.?))|\S", re.S)
"""A character in double quotes; at the end of a line, a backslash is none."""
DOUBLED = re.compile(r"''|\S")
"""A character in single quotes."""
CHARACTER = re.compile(r"\S")


def places_in(text: LocatedStr, offsets: Iterable[int]) -> Iterator[Location]:
    """The locations of the characters of a text at `offsets`, in ascending order."""
    written = _characters(text)
    line, column = next(written, (0, text.location.column - 1))
    begin = 0
    for end in offsets:
        passed = sum(map(_is_counted, text[begin:end]))
        begin = end
        for line, column in islice(written, passed):  # noqa: B007
            pass
        yield Location(text.location.file, text.location.line + line, column + 1)


def typed(word: LocatedStr, is_id: bool) -> tuple[LocatedStr, list[tuple[Location, Message]]]:
    """A keyword, or an id or what is made of ids, as it is meant; and where it holds what, which nobody types."""
    if word.isascii():
        return word, []
    found = sorted(misleading_in_word(word, is_id))
    locations = places_in(word, (at for at, _ in found))
    faults = [(location, message) for location, (_, message) in zip(locations, found, strict=True)]
    return LocatedStr(meant_word(word, is_id), word.location, word.written), faults


def _is_counted(character: str) -> bool:
    return not (character.isspace() or unicodedata.combining(character) or HIDDEN.match(character))


def _characters(text: LocatedStr) -> Iterator[tuple[int, int]]:
    """Line and column, from 0, of each character that is no white space; the lines from the text's first."""
    begin = text.location.column - 1
    style = text.written[0][begin : begin + 1] if text.written else ""
    pattern = {'"': ESCAPED, "'": DOUBLED}.get(style, CHARACTER)
    for number, line in enumerate(text.written):
        if number == 0 and style in ("|", ">"):
            continue
        for found in pattern.finditer(line, begin + (pattern is not CHARACTER) if number == 0 else 0):
            if _is_counted(_meant(found)):
                yield number, found.start()


def _meant(found: re.Match[str]) -> str:
    """What is written, or what an escape means; a space for an end of a line."""
    if found.re is not ESCAPED or not found[0].startswith("\\"):
        return found[0][0]
    if code := found[1] or found[2] or found[3]:
        return chr(int(code, 16))
    return yaml.scanner.Scanner.ESCAPE_REPLACEMENTS.get(found[4], " ")
