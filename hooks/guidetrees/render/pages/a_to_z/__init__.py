"""The alphabetical index of terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from guidetrees.parse.ids import slug
from guidetrees.project.urls import INDEX_PAGE
from guidetrees.render.assets import REVIEW_STYLE
from guidetrees.render.components.pager import PageLink
from guidetrees.render.context import Site
from guidetrees.render.page import Page
from guidetrees.render.pages.a_to_z.terms import OTHERS, Term, alphabetical
from guidetrees.render.pages.list_pages import list_pages
from guidetrees.render.pagination import continued, cut

MAX_TARGETS = 20
"""Pages that a term lists: in a large guide, hundreds of pages name an authority."""


@dataclass(frozen=True, slots=True)
class TargetLink:
    """A page that a term leads to."""

    title: str
    kind: str
    href: str


@dataclass(frozen=True, slots=True)
class IndexTerm:
    """A term with its links."""

    words: str
    itself: TargetLink | None
    """The page of a term with one page: the term itself is the link."""
    targets: list[TargetLink]
    more: str | None
    """How many pages are not listed, in words."""


@dataclass(frozen=True, slots=True)
class Jump:
    """A link to a letter."""

    id: str
    name: str
    short: str
    page: str
    """The address of the letter's page; empty on this one."""


@dataclass(frozen=True, slots=True)
class Letter:
    """The terms of a letter."""

    id: str
    name: str
    terms: list[IndexTerm]


@dataclass(frozen=True, slots=True)
class AToZPage:
    """The view of one of the pages."""

    style: str
    jumps: list[Jump]
    letters: list[Letter]
    pager: list[PageLink]


def a_to_z_pages(site: Site) -> Iterator[Page]:
    """The pages of the index. A letter may continue on the next page."""
    found = alphabetical(site.project, site.words["alphabet"])
    entries = [(letter, _term(site, term)) for letter, terms in found.items() for term in terms]
    pages = cut(entries, lambda entry: (entry[1].words, *(target.title for target in entry[1].targets)))
    first = {letter: number for number, page in reversed([*enumerate(pages, 1)]) for letter, _ in page}

    def view(shown: list[tuple[str, IndexTerm]], pager: list[PageLink]) -> AToZPage:
        here = next((link.number for link in pager if link.here), 1)
        jumps = [_jump(site, letter, first[letter], here) for letter in found]
        letters = [
            _letter(site, letter, [term for _, term in terms]) for letter, terms in groupby(shown, itemgetter(0))
        ]
        return AToZPage(REVIEW_STYLE, jumps, letters, pager)

    yield from list_pages(site, INDEX_PAGE, "pages/a_to_z/a_to_z.html", pages, view)


def _jump(site: Site, letter: str, number: int, here: int) -> Jump:
    page = "" if number == here else continued(INDEX_PAGE, number)
    return Jump(_id(letter), _name(site, letter), letter, page)


def _letter(site: Site, letter: str, terms: list[IndexTerm]) -> Letter:
    return Letter(_id(letter), _name(site, letter), terms)


def _id(letter: str) -> str:
    return f"letter-{slug(letter) or 'other'}"


def _name(site: Site, letter: str) -> str:
    return site.words["index_other"] if letter == OTHERS else letter


def _term(site: Site, term: Term) -> IndexTerm:
    targets = [TargetLink(t.title, site.words[t.kind], t.href) for t in term.places[:MAX_TARGETS]]
    left = len(term.places) - len(targets)
    more = site.words.say("index_more", count=site.words.number(left)) if left else None
    return IndexTerm(term.words, targets[0] if len(term.places) == 1 else None, targets, more)
