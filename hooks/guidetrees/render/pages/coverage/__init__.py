"""The guide section by section, with the nodes that cite each. First the sections that no tree shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guidetrees.graph.graph import NodeRef
from guidetrees.parse.guide import GuidePage, Section
from guidetrees.parse.ids import slug
from guidetrees.project.coverage import Coverage, coverage
from guidetrees.project.project import Project
from guidetrees.project.urls import COVERAGE_PAGE, page_url, section_url
from guidetrees.render.context import Site
from guidetrees.render.page import Page
from guidetrees.render.pages.list_pages import list_pages
from guidetrees.render.pagination import cut, grouped


@dataclass(frozen=True, slots=True)
class CoverageView:
    """What all pages of the list have."""

    project: Project
    cited: int
    """How many sections are cited, of `all`."""
    all: int

    def guide_url(self, page: GuidePage) -> str:
        return section_url(self.project, page.path)

    def guide_id(self, page: GuidePage) -> str:
        return slug(page.path)

    def url(self, section: Section) -> str:
        return section_url(self.project, f"{section.page}#{section.id}")

    def node_url(self, ref: NodeRef) -> str:
        return page_url(ref)

    def words(self, section: Section) -> str:
        return section.label if section.heading else _first_words(section)


def coverage_pages(site: Site) -> Iterator[Page]:
    """The pages of the list: the uncited sections under None, then all sections under their page of the guide."""
    rows = list(coverage(site.project))
    uncited = [row for row in rows if row.uncited]
    entries: list[tuple[GuidePage | None, Coverage]] = [(None, row) for row in uncited]
    entries += [(site.project.pages[row.section.page], row) for row in rows]
    shown = [grouped(page) for page in cut(entries, lambda entry: _texts(site, entry[1]))]
    view = CoverageView(site.project, len(rows) - len(uncited), len(rows))
    yield from list_pages(site, COVERAGE_PAGE, "pages/coverage/coverage.html", shown, view)


def _texts(site: Site, row: Coverage) -> Iterator[str]:
    yield row.section.label if row.section.heading else _first_words(row.section)
    for ref in row.by:
        yield from (site.project.trees[ref.tree].title, site.graph.node(ref).title)


def _first_words(section: Section, most: int = 90) -> str:
    text = " ".join(section.html.striptags().split())
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"
