"""A list that grows with the site, on pages that do not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")

MAX_TEXT = 21_000
"""Characters of different texts on a page of a list. Such a page has at most 12 kB, gzipped: a repeated text
costs next to nothing."""
MARKUP = 20
"""Characters of markup for each text."""


def cut(items: Iterable[T], texts: Callable[[T], Iterable[str]]) -> list[list[T]]:
    """The items of each page, in order. `texts` gives the texts of an item. No items are one empty page."""
    pages: list[list[T]] = [[]]
    shown: set[str] = set()
    taken = 0
    for item in items:
        new = {*texts(item)} - shown
        if pages[-1] and taken + _weight(new) > MAX_TEXT:
            pages.append([])
            new, shown, taken = {*texts(item)}, set(), 0
        pages[-1].append(item)
        shown |= new
        taken += _weight(new)
    return pages


def _weight(texts: Iterable[str]) -> int:
    return sum(len(text) + MARKUP for text in texts)


def continued(page: str, number: int) -> str:
    """The address of a list's page by its number, from 1: `page` itself, `list-2.html` and so on."""
    return page if number == 1 else page.replace(".html", f"-{number}.html")


def first_of(path: str) -> str:
    """The list's first page of a page in the site's root: the other way round."""
    name, dot, end = path.rpartition(".")
    base, mark, number = name.rpartition("-")
    return base + dot + end if mark and number.isdecimal() else path
