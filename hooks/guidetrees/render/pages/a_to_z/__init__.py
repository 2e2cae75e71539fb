"""The alphabetical index of terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guidetrees.parse.ids import slug
from guidetrees.project.urls import INDEX_PAGE
from guidetrees.render.context import Site
from guidetrees.render.page import Page
from guidetrees.render.pages.a_to_z.terms import OTHERS, Term, alphabet_of, alphabetical
from guidetrees.render.pages.list_pages import list_pages
from guidetrees.render.pagination import cut, grouped

MAX_TARGETS = 20
"""Pages that a term lists: in a large guide, hundreds of pages name an authority."""


@dataclass(frozen=True, slots=True)
class AToZView:
    """What all pages of the index have."""

    jumps: list[tuple[str, int]]
    """Each letter, and the page on which it begins."""
    others: str
    """The letter of terms that begin with no letter."""
    most: int
    """The most pages that a term lists."""

    def id(self, letter: str) -> str:
        return f"letter-{slug(letter) or 'other'}"


def a_to_z_pages(site: Site) -> Iterator[Page]:
    """The pages of the index. A letter may continue on the next page."""
    found = alphabetical(site.project, alphabet_of(site.words))
    pages = cut([(letter, term) for letter in found for term in found[letter]], _texts)
    first = {letter: number for number, page in reversed([*enumerate(pages, 1)]) for letter, _ in page}
    view = AToZView([(letter, first[letter]) for letter in found], OTHERS, MAX_TARGETS)
    shown = [grouped(page) for page in pages]
    yield from list_pages(site, INDEX_PAGE, "pages/a_to_z/a_to_z.html", shown, view)


def _texts(entry: tuple[str, Term]) -> Iterator[str]:
    yield entry[1].words
    yield from (target.title for target in entry[1].places[:MAX_TARGETS])
