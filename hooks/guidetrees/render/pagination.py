"""Lists that grow with the site, on several pages of limited size."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from operator import itemgetter
from typing import TypeVar

K = TypeVar("K")
T = TypeVar("T")

MAX_TEXT = 21_000
"""Characters of different texts on a page of a list. Such a page has at most 12 kB, gzipped: repeated texts add
almost nothing."""
MARKUP = 20
"""Characters of markup for each text."""


def cut(items: Iterable[T], texts: Callable[[T], Iterable[str]]) -> list[list[T]]:
    """The items of each page, in order. `texts` returns the texts of an item. Without items, one empty page."""
    pages: list[list[T]] = [[]]
    shown: set[str] = set()
    size = 0
    for item in items:
        new = {*texts(item)} - shown
        if pages[-1] and size + _size(new) > MAX_TEXT:
            pages.append([])
            new, shown, size = {*texts(item)}, set(), 0
        pages[-1].append(item)
        shown |= new
        size += _size(new)
    return pages


def _size(texts: Iterable[str]) -> int:
    return sum(len(text) + MARKUP for text in texts)


def grouped(entries: Iterable[tuple[K, T]]) -> list[tuple[K, list[T]]]:
    """The items of entries (key, item), by key. Entries with the same key are next to each other."""
    return [(key, [item for _, item in group]) for key, group in groupby(entries, itemgetter(0))]


def continued(page: str, number: int) -> str:
    """The URL of a list's page by its number, from 1: `page` itself, `list-2.html` and so on."""
    return page if number == 1 else page.replace(".html", f"-{number}.html")


def first_of(path: str) -> str:
    """The first page of a list from any of its pages: the inverse of `continued`."""
    name, dot, extension = path.rpartition(".")
    base, hyphen, number = name.rpartition("-")
    return base + dot + extension if hyphen and number.isdecimal() else path
