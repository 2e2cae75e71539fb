"""A page of the guide with what the engine adds: a list of sections, updates, and the nodes that cite a section.

Not a word of the guide changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from guidetrees.graph.node_kinds import ends_tree
from guidetrees.parse.guide import GuidePage, heading_lines
from guidetrees.parse.html_tree import heading_places
from guidetrees.project.published_urls import moved_sections
from guidetrees.project.urls import COVERAGE_PAGE, PARENT, page_url, section_url
from guidetrees.render.components.update_notice import update_notice
from guidetrees.render.context import Site
from guidetrees.render.pages.redirect import section_links
from guidetrees.source.location import LINE_BREAK, Location

MAX_CITING = 12
"""Nodes that a section of the guide links to. The list of all sections has the rest."""
MAX_OPEN = 3
"""Nodes that are shown unfolded."""

MARKDOWN_BOXES = re.compile(r"(?:<div\b[^>]*>\s*)+")
"""Boxes that open in Markdown."""
MARKDOWN_TITLE = re.compile(r"^# .*$|</h1>", re.M)
"""Ends where a page's first heading ends in Markdown."""


def guide_page(site: Site, path: str, text: str, gap: str, markdown: bool) -> str:
    """The page at `path` in the guide's folder. `text` is its HTML or Markdown; `gap` separates blocks."""
    page = site.project.pages.get(path)
    up = PARENT * section_url(site.project, path).count("/")
    inserts: dict[int, list[str]] = {}
    if page:
        starts, title_end = (_in_markdown if markdown else _in_html)(text)
        inserts[title_end] = list(_head(site, page, up))
        for end, location in _section_ends(page, [*starts, len(text)]):
            if citing := citing_nodes(site, location, up):
                inserts.setdefault(end, []).append(citing)
    if moved := moved_sections(site.project).get(path):
        sections = section_links(site, moved, up)
        inserts.setdefault(len(text), []).append(_render(site, "moved_sections", sections=sections))
    return _insert(text, inserts, gap)


def _head(site: Site, page: GuidePage, up: str) -> Iterator[str]:
    """The blocks under a page's first heading."""
    sections = [heading for heading in page.headings if heading.level == 2 and heading.id]
    if len(sections) > 1:
        yield _render(site, "sections", sections=sections)
    yield from (_render(site, "update", notice=update_notice(site, name, up)) for name in page.updates)


def citing_nodes(site: Site, location: Location, up: str) -> str:
    """The HTML of the nodes that cite what is under a heading, each title once, questions before outcomes.

    Empty if there are none. `up` leads to the site's root.
    """
    refs = sorted(site.cited.get(location, ()), key=lambda ref: ends_tree(site.graph.node(ref)))
    titles: dict[str, str] = {}
    for ref in refs:
        titles.setdefault(site.graph.node(ref).title, up + page_url(ref))
    if not titles:
        return ""
    links, everything = list(titles.items()), up + COVERAGE_PAGE
    most = MAX_CITING if site.project.settings.review else len(links)  # the page that lists all is a reviewer's
    return _render(site, "cited", links=links, all=everything, most=most, most_open=MAX_OPEN)


def _section_ends(page: GuidePage, starts: list[int]) -> Iterator[tuple[int, Location]]:
    """Where the text under each heading ends, which is where the next one starts, with the heading's location.

    Nothing where another plugin has changed the headings."""
    if len(starts) == len(page.headings) + 1:
        for heading, end in zip(page.headings, starts[1:], strict=True):
            yield end, Location(page.file, heading.line)


def _in_html(text: str) -> tuple[list[int], int]:
    """Where headings start, with the boxes that open with them, and where the page's first `<h1>` ends (or 0)."""
    places = heading_places(text)
    return [place.start for place in places], next((place.end for place in places if place.tag == "h1"), 0)


def _in_markdown(text: str) -> tuple[list[int], int]:
    """The same in Markdown."""
    lines = [0, *(found.end() for found in LINE_BREAK.finditer(text))]
    boxes = {found.end(): found.start() for found in MARKDOWN_BOXES.finditer(text)}
    starts = (lines[line] for line in heading_lines(text, 0))
    title = MARKDOWN_TITLE.search(text)
    return [boxes.get(start, start) for start in starts], title.end() if title else 0


def _insert(text: str, inserts: Mapping[int, Sequence[str]], gap: str) -> str:
    """`text` with blocks at some of its positions."""
    pieces, last = [], 0
    for position, blocks in sorted(inserts.items()):
        pieces += [text[last:position], *(gap + block for block in blocks), gap if blocks else ""]
        last = position
    return "".join([*pieces, text[last:]])


def _render(site: Site, template: str, **values: object) -> str:
    return site.render(f"pages/guide/{template}.html", **values).strip()
