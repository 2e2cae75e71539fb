"""The pages of a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from guidetrees.project.urls import LISTS
from guidetrees.render.context import Site
from guidetrees.render.page import Page, named_page
from guidetrees.render.pagination import continued

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ListPage(Generic[T]):
    """One of the pages of a list."""

    shown: T
    """The part of the list on this page."""
    pages: list[str]
    """The URLs of all pages."""
    here: int
    """The number of this page, from 1."""


def list_pages(site: Site, first: str, template: str, shown: Sequence[T], view: object) -> Iterator[Page]:
    """The pages of the list with the `first` page (a key of LISTS), one for each of `shown`.

    The template has a ListPage as `page`, and `view`: what all pages of the list have.
    """
    words, name, count = site.words, LISTS[first], len(shown)
    pages = [continued(first, number) for number in range(1, count + 1)]
    for here, items in enumerate(shown, 1):
        title = words[name]
        if here > 1:
            title = words.say("page_of", title=title, number=str(here), all=str(count))
        block = site.render(template, page=ListPage(items, pages, here), view=view)
        yield named_page(words, name, pages[here - 1], block, site.project.layout.trees, title)
