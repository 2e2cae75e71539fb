"""The pages of a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guidetrees.project.project import TREES
from guidetrees.render.context import Site
from guidetrees.render.page import Page, named_page
from guidetrees.render.pagination import LISTS, continued


def list_pages(site: Site, first: str, template: str, shown: Sequence[object], **view: object) -> Iterator[Page]:
    """The pages of the list with the `first` page (a key of LISTS), one for each of `shown`.

    The template has what is `shown` on its page, the addresses of all `pages`, its number `here`, and `view`.
    """
    words, name, count = site.words, LISTS[first], len(shown)
    pages = [continued(first, number) for number in range(1, count + 1)]
    for here, items in enumerate(shown, 1):
        title = words[name]
        if here > 1:
            title = words.say("page_of", title=title, number=str(here), all=str(count))
        block = site.render(template, shown=items, pages=pages, here=here, **view)
        yield named_page(words, name, pages[here - 1], block, TREES, title)
