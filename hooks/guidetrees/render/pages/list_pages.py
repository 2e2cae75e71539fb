"""The pages of a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from guidetrees.project.project import TREES
from guidetrees.render.components.pager import PageLink, page_links
from guidetrees.render.context import Site
from guidetrees.render.page import Page
from guidetrees.render.pagination import LISTS, continued

T = TypeVar("T")


def list_pages(
    site: Site, first: str, template: str, shown: Sequence[T], view: Callable[[T, list[PageLink]], object]
) -> Iterator[Page]:
    """The pages of the list with the `first` page (a key of LISTS), one for each of `shown`."""
    words, name, count = site.words, LISTS[first], len(shown)
    for number, items in enumerate(shown, 1):
        title = words[name]
        if number > 1:
            title = words.say("page_of", title=title, number=str(number), all=str(count))
        yield Page(
            path=continued(first, number).replace(".html", ".md"),
            title=title,
            description=words[f"{name}_lead"],
            id=name,
            block=site.render(template, page=view(items, page_links(first, number, count))),
            source=TREES,
        )
