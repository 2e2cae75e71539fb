"""Which lines of authors' Markdown begin a list of numbers: `15. juni er sidste frist` does not."""

from __future__ import annotations

import re
from functools import cache

from markdown_it.rules_block import StateBlock, list_block

from guidetrees.messages.words import languages

NUMBERED = re.compile(r"([0-9]{1,9})([.)])[ \t]+(?=\S)(?:([^\W\d_]+)(\.?))?")
"""A number, its full stop or bracket, and the word behind it."""


def list_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lists as in CommonMark, except for what a number may begin.

    A date begins no list, nor does a number that no other follows: as a text, neither loses anything. Numbers in a
    row make a list in the middle of a paragraph as well, whichever is the first.
    """
    numbered = None if state.is_code_block(start) else _numbered(state, start)
    is_own = numbered and state.sCount[start] >= state.blkIndent  # and not the next entry of the list around it
    if numbered and is_own and (is_date(numbered) or not _goes_on(state, start, end, numbered, silent)):
        return False
    return (silent and bool(is_own)) or list_block(state, start, end, silent)


def _numbered(state: StateBlock, line: int) -> re.Match[str] | None:
    return NUMBERED.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])


def is_date(numbered: re.Match[str]) -> bool:
    _, delimiter, word, point = numbered.groups()
    return delimiter == "." and bool(word) and not months().isdisjoint({word.casefold(), word.casefold() + point})


def _goes_on(state: StateBlock, start: int, end: int, numbered: re.Match[str], in_paragraph: bool) -> bool:
    """Whether the list has another entry, or something that stands below its only one.

    In the middle of a paragraph, where a line may begin with a number by chance, its entries are counted.
    """
    is_after_empty = False
    text_begins = state.sCount[start] + len(numbered[1]) + 2
    for line in range(start + 1, end):
        if state.isEmpty(line):
            is_after_empty = True
            continue
        if state.sCount[line] < state.blkIndent:
            return False
        if state.sCount[line] >= text_begins:
            return True
        other = _numbered(state, line)
        if other and other[2] == numbered[2]:
            more = int(other[1]) - int(numbered[1])
            return not is_date(other) and (more in (0, 1) or not in_paragraph)
        if is_after_empty:
            return False
    return False


@cache
def months() -> frozenset[str]:
    """The months in every language that the engine has words for and that writes dates as `15. juni`."""
    # Babel is imported where it is used: most texts begin with no number, and a check has to be fast.
    from babel.dates import get_date_format, get_month_names

    found: set[str] = set()
    for language in (name.replace("-", "_") for name in languages()):
        if "d." in get_date_format("long", language).pattern:
            for width in ("wide", "abbreviated"):
                found |= {name.casefold() for name in get_month_names(width, "format", language).values()}
    return frozenset(found)
