"""Where a character of a YAML text is written: its value has other white space than the file, and no escapes.

What is no white space has the same order in both, so that it is enough to count it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import yaml

from guidetrees.source.location import LocatedStr, Location

ESCAPED = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.?))|\S", re.S)
"""A character in double quotes; at the end of a line, a backslash is none."""
DOUBLED = re.compile(r"''|\S")
"""A character in single quotes."""
CHARACTER = re.compile(r"\S")


def place_in(text: LocatedStr, at: int) -> Location:
    """The location of the character `at` of a text; that of the text where the file does not say it."""
    before = sum(not character.isspace() for character in text[:at])
    line, column = next(islice(_characters(text), before, None), (0, text.location.column - 1))
    return Location(text.location.file, text.location.line + line, column + 1)


def _characters(text: LocatedStr) -> Iterator[tuple[int, int]]:
    """Line and column, from 0, of each character that is no white space; the lines from the text's first."""
    begin = text.location.column - 1
    style = text.written[0][begin : begin + 1] if text.written else ""
    pattern = {'"': ESCAPED, "'": DOUBLED}.get(style, CHARACTER)
    for number, line in enumerate(text.written):
        if number == 0 and style in ("|", ">"):
            continue
        for found in pattern.finditer(line, begin + (pattern is not CHARACTER) if number == 0 else 0):
            if not _meant(found).isspace():
                yield number, found.start()


def _meant(found: re.Match[str]) -> str:
    """What is written, or what an escape means; a space for an end of a line."""
    if found.re is not ESCAPED or not found[0].startswith("\\"):
        return found[0]
    if code := found[1] or found[2] or found[3]:
        return chr(int(code, 16))
    return yaml.scanner.Scanner.ESCAPE_REPLACEMENTS.get(found[4], " ")
