"""The guide section by section, with the nodes that cite each. First the sections that no tree shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from guidetrees.parse.guide import Section
from guidetrees.parse.ids import slug
from guidetrees.project.coverage import Coverage, coverage
from guidetrees.project.urls import COVERAGE_PAGE, page_url, section_url
from guidetrees.render.assets import REVIEW_STYLE
from guidetrees.render.components.pager import PageLink
from guidetrees.render.context import Site
from guidetrees.render.page import Page
from guidetrees.render.pages.list_pages import list_pages
from guidetrees.render.pagination import cut


@dataclass(frozen=True, slots=True)
class CitingNode:
    """A node that cites a section."""

    tree: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Row:
    """A section of the guide."""

    page: str
    """The title of its page."""
    label: str
    words: str
    """Its first words."""
    heading: bool
    """Whether it is a heading's section."""
    href: str
    by: list[CitingNode]
    within: tuple[str, str] | None
    """Label and address of the cited section around it."""
    in_part: bool
    """Whether a section in it is cited."""
    uncited: bool
    """Whether no tree shows any of its words."""


@dataclass(frozen=True, slots=True)
class GuideTable:
    """The sections of a page of the guide."""

    id: str
    title: str
    href: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """The view of one of the pages."""

    style: str
    summary: str
    """How many sections are cited, in words."""
    uncited: list[Row]
    tables: list[GuideTable]
    pager: list[PageLink]


def coverage_pages(site: Site) -> Iterator[Page]:
    """The pages of the list."""
    rows = [(row.section.page, _row(site, row)) for row in coverage(site.project)]
    uncited = [("", row) for _, row in rows if row.uncited]
    cited = len(rows) - len(uncited)
    summary = site.words.say("coverage_said", cited=str(cited), all=str(len(rows)))

    def view(shown: list[tuple[str, Row]], pager: list[PageLink]) -> CoveragePage:
        groups = {path: [row for _, row in entries] for path, entries in groupby(shown, itemgetter(0))}
        unshown = groups.pop("", [])
        tables = [_table(site, path, rows) for path, rows in groups.items()]
        return CoveragePage(REVIEW_STYLE, summary, unshown, tables, pager)

    pages = cut([*uncited, *rows], lambda entry: _texts(entry[1]))
    yield from list_pages(site, COVERAGE_PAGE, "pages/coverage/coverage.html", pages, view)


def _texts(row: Row) -> Iterator[str]:
    yield row.label if row.heading else row.words
    for node in row.by:
        yield from (node.tree, node.title)


def _table(site: Site, path: str, rows: list[Row]) -> GuideTable:
    page = site.project.pages[path]
    return GuideTable(slug(page.path), page.title, section_url(page.path), rows)


def _row(site: Site, row: Coverage) -> Row:
    section = row.section
    return Row(
        page=site.project.pages[section.page].title,
        label=section.label,
        words=_first_words(" ".join(section.html.striptags().split())),
        heading=section.heading,
        href=_url(section),
        by=[
            CitingNode(site.project.trees[ref.tree].title, site.graph.node(ref).title, page_url(ref))
            for ref in row.by
        ],
        within=(row.within.label, _url(row.within)) if row.within else None,
        in_part=row.in_part,
        uncited=row.uncited,
    )


def _url(section: Section) -> str:
    return section_url(f"{section.page}#{section.id}")


def _first_words(text: str, most: int = 90) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"
