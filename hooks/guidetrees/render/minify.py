"""Scripts and styles without comments and without superfluous white space."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from pygments.lexer import Lexer
from pygments.lexers.css import CssLexer
from pygments.lexers.javascript import JavascriptLexer
from pygments.token import Comment, Text, is_token_subtype


@cache
def minified(path: Path) -> str:
    """The text of a script or style sheet, minified.

    A lexer separates comments and white space from strings, template literals and regular expressions.
    """
    lexer, needs_space = _reader(path.suffix)
    found, space = "", ""
    for kind, text in lexer.get_tokens(path.read_text("utf-8")):
        if is_token_subtype(kind, Text) and text.isspace():
            space += text
        # The lexer classifies `!important` as a comment.
        elif text and not (is_token_subtype(kind, Comment) and text.startswith(("/*", "//"))):
            found += _shortest(space) + text if space and needs_space(found[-1:], space, text[0]) else text
            space = ""
    return f"{found}\n"


def _reader(suffix: str) -> tuple[Lexer, Callable[[str, str, str], bool]]:
    return (CssLexer(), _style_needs) if suffix == ".css" else (JavascriptLexer(), _script_needs)


def _shortest(space: str) -> str:
    return "\n" if "\n" in space else " "


def _script_needs(before: str, space: str, after: str) -> bool:
    """Whether a script needs the white space between two characters. A line break may end a statement."""
    if "\n" in space:
        return before not in ("", "{", ";", ",")
    return (_in_word(before) and _in_word(after)) or (before == after and before in "+-/")


def _in_word(character: str) -> bool:
    return character.isalnum() or character in "_$"


def _style_needs(before: str, space: str, after: str) -> bool:
    return before not in ("", *"{};,") and after not in "{};,"
