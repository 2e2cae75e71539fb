"""The width of texts in a drawing, and their lines. Lengths are pixels."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

# An upper bound for the widths of letters in IBM Plex Sans and Arial, measured in a browser. 1 is the font size.
NARROW, WIDE = frozenset(" '’,.:;!|ijlIftr()[]{}·/\\-"), frozenset("mwMWæÆœŒ@%—…")


def width(text: str, size: int) -> float:
    """The maximum width of a text at this font size."""
    return size * _relative_width(text)


@lru_cache(maxsize=10_000)  # as maps and documents for review contain the same words
def _relative_width(text: str) -> float:
    return sum(map(_letter_width, text))


@cache
def _letter_width(letter: str) -> float:
    if letter in NARROW:
        return 0.4
    if letter in WIDE or unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    return 0.78 if letter.isupper() else 0.6


@lru_cache(maxsize=10_000)
def wrap(text: str, column: float, size: int) -> tuple[str, ...]:
    """The lines of a text in a column. A word that is wider than the column is hyphenated."""
    lines = [""]
    for word in _hyphenated(text, column, size):
        longer = f"{lines[-1]} {word}".strip()
        if width(longer, size) <= column:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(line for line in lines if line)


def _hyphenated(text: str, column: float, size: int) -> Iterator[str]:
    for word in text.split():
        left, start = width(word, size), 0
        while left > column:
            end, used = start, width("-", size)
            while end == start or used + width(word[end], size) <= column:
                used += width(word[end], size)
                end += 1
            yield word[start:end] + "-"
            left -= width(word[start:end], size)
            start = end
        yield word[start:]
