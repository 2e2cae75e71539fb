"""Scripts and styles without comments and without superfluous white space."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

PIECE = re.compile(
    r"""(?P<text> "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' | `(?:\\.|[^`\\])*` )
    | (?P<comment> /\*.*?\*/ | //[^\n]* )
    | (?P<space> \s+ )
    | (?P<code> [^\s"'`/]+ | . )""",
    re.S | re.X,
)
"""The pieces of the engine's own files, which are written so that this tells them apart: a regular expression has
no quotation mark, no space and no two slashes, and a template literal has no other in it."""


@cache
def minified(path: Path) -> str:
    """The text of one of the engine's scripts or style sheets, minified."""
    needs_space = _style_needs_space if path.suffix == ".css" else _script_needs_space
    found, space = "", ""
    for piece in PIECE.finditer(path.read_text("utf-8")):
        if piece.lastgroup == "space":
            space += piece[0]
        elif piece.lastgroup != "comment":
            if space and needs_space(found[-1:], space, piece[0][0]):
                found += "\n" if "\n" in space else " "
            found, space = found + piece[0], ""
    return f"{found}\n"


def _script_needs_space(before: str, space: str, after: str) -> bool:
    """Whether a script needs the white space between two characters. A line break may end a statement."""
    if "\n" in space:
        return before not in ("", "{", ";", ",")
    return (_in_word(before) and _in_word(after)) or (before == after and before in "+-/")


def _in_word(character: str) -> bool:
    return character.isalnum() or character in "_$"


def _style_needs_space(before: str, space: str, after: str) -> bool:
    return before not in ("", *"{}:;,") and after not in "{};,"
