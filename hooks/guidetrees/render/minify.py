"""Scripts and styles without comments and without superfluous white space."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pygments.lexers.css import CssLexer
from pygments.lexers.javascript import JavascriptLexer
from pygments.token import Comment, Text, is_token_subtype


@cache
def minified(path: Path) -> str:
    """The text of a script or style sheet, minified.

    A lexer separates comments and white space from strings, template literals and regular expressions.
    """
    is_style = path.suffix == ".css"
    lexer = CssLexer() if is_style else JavascriptLexer()
    needs_space = _style_needs_space if is_style else _script_needs_space
    found, space = "", ""
    for kind, text in lexer.get_tokens(path.read_text("utf-8")):
        if is_token_subtype(kind, Text) and text.isspace():
            space += text
        # The lexer classifies `!important` as a comment.
        elif text and not (is_token_subtype(kind, Comment) and text.startswith(("/*", "//"))):
            if space and needs_space(found[-1:], space, text[0]):
                found += "\n" if "\n" in space else " "
            found += text
            space = ""
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
