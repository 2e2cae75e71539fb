"""A list that grows with the site, on pages that do not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import TypeVar

T = TypeVar("T")


def cut(items: Iterable[T], most: int, weight: Callable[[T], int] = lambda _: 1) -> list[list[T]]:
    """The items of each page, in their order: together they weigh at most `most`, but for one that weighs more and
    has a page of its own. A list of nothing is a page of nothing."""
    pages: list[list[T]] = [[]]
    left = most
    for item in items:
        if pages[-1] and weight(item) > left:
            pages.append([])
            left = most
        pages[-1].append(item)
        left -= weight(item)
    return pages


def continued(page: str, number: int) -> str:
    """The address of a list's page by its number, from 1: `page` itself, `list-2.html` and so on."""
    return page if number == 1 else page.replace(".html", f"-{number}.html")


def first_of(path: str) -> str:
    """The list's first page of a page in the site's root: the other way round."""
    name, dot, end = path.rpartition(".")
    base, mark, number = name.rpartition("-")
    return base + dot + end if mark and number.isdecimal() else path


def pager(page: str, number: int, count: int) -> list[SimpleNamespace]:
    """Links to all pages of a list, on the one that is its `number`th. None where it is the only one."""
    pages = range(1, count + 1) if count > 1 else ()
    return [SimpleNamespace(number=n, href=continued(page, n), here=n == number) for n in pages]
