"""The guide section by section, with the nodes that cite each. First the sections that no tree shows."""

from __future__ import annotations

from collections.abc import Iterator

from guidetrees.parse.guide import GuidePage, Section
from guidetrees.parse.ids import slug
from guidetrees.project.coverage import Coverage, coverage
from guidetrees.project.urls import COVERAGE_PAGE, page_url, section_url
from guidetrees.render.context import Site
from guidetrees.render.page import Page
from guidetrees.render.pages.list_pages import list_pages
from guidetrees.render.pagination import cut, grouped


def coverage_pages(site: Site) -> Iterator[Page]:
    """The pages of the list: the uncited sections under None, then all sections under their page of the guide."""
    rows = list(coverage(site.project))
    uncited = [row for row in rows if row.uncited]
    entries: list[tuple[GuidePage | None, Coverage]] = [(None, row) for row in uncited]
    entries += [(site.project.pages[row.section.page], row) for row in rows]
    pages = cut(entries, lambda entry: _texts(site, entry[1]))
    yield from list_pages(
        site,
        COVERAGE_PAGE,
        "pages/coverage/coverage.html",
        [grouped(page) for page in pages],
        summary=site.words.say("coverage_said", cited=str(len(rows) - len(uncited)), all=str(len(rows))),
        project=site.project,
        slug=slug,
        page_url=page_url,
        section_url=section_url,
        first_words=_first_words,
    )


def _texts(site: Site, row: Coverage) -> Iterator[str]:
    yield row.section.label if row.section.heading else _first_words(row.section)
    for ref in row.by:
        yield from (site.project.trees[ref.tree].title, site.graph.node(ref).title)


def _first_words(section: Section, most: int = 90) -> str:
    text = " ".join(section.html.striptags().split())
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"
