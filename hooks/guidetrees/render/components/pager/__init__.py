"""Links between the pages of a list."""

from __future__ import annotations

from dataclasses import dataclass

from guidetrees.render.pagination import continued


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to one page of a list."""

    number: int
    href: str
    here: bool


def page_links(page: str, number: int, count: int) -> list[PageLink]:
    """Links to all pages of the list that begins at `page`, on the page `number` (from 1). None for one page."""
    pages = range(1, count + 1) if count > 1 else ()
    return [PageLink(n, continued(page, n), n == number) for n in pages]
