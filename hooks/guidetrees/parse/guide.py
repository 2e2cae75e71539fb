"""The guide's pages → the sections that trees quote.

A section is named `page.md#id`. An id on a heading means all up to the next heading of the same or a
higher level; an id on anything else (a paragraph, a list's entry, a `<div id=… markdown>`) means just
that. What stands in an element of class `own` is the site's wording, not the guide's: never quoted.
"""

from __future__ import annotations

import posixpath
import re
import xml.etree.ElementTree as etree
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from markupsafe import Markup

from guidetrees.parse.author_markdown import HEADINGS
from guidetrees.parse.docs_page import GUIDE, DocsPage
from guidetrees.parse.html_tree import html_of, tree_of
from guidetrees.parse.problem_collector import ProblemCollector
from guidetrees.source.location import LocatedStr, Location, Problem, shorten
from guidetrees.source.page_names import as_page

HEADING_LINE = re.compile(r"#{1,6}[ \t]*[^#\s]")
UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*")
FENCE = re.compile(r" {0,3}(```|~~~)")
ADDRESSES = frozenset(["href", "src", "cite"])
"""Attributes that hold an address."""
BLOCKS = ("p", "ul", "ol", "dl", "table", "blockquote", "div", "section", "pre", "aside", "figure", *HEADINGS)


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of the guide."""

    page: str
    """The page's path in docs/guide/, as in `leder.md`."""
    id: str
    label: str
    """The guide's heading that it is or stands under, as plain text; the site's own where the guide has none."""
    html: Markup
    """Its words, with links that lead right from a page one folder below the site's root."""
    location: Location
    """Where a heading stands in the source; the page's beginning for other pieces."""
    heading: bool
    above: tuple[str, ...]
    """Ids of the pieces that hold it, nearest first."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page, the site's own ones included."""

    line: int
    """In the source."""
    level: int
    id: str
    words: str


@dataclass(frozen=True, slots=True)
class GuidePage:
    """One page of the guide."""

    path: str
    file: str
    """From the project's root."""
    title: str
    sections: dict[str, Section]
    updates: tuple[LocatedStr, ...]
    keywords: tuple[LocatedStr, ...]
    guide: tuple[tuple[str, str], ...]
    """What the front matter's `guide` says of the guide itself: title, publisher, date."""
    headings: tuple[Heading, ...]
    moved: tuple[tuple[LocatedStr, LocatedStr], ...] = ()
    """Sections at their former addresses (`page.md#id`, or a whole `page.md`), each with its id on this page."""


@lru_cache(maxsize=1000)
def guide_page(page: DocsPage) -> tuple[GuidePage, tuple[Problem, ...]]:
    """A page of docs/guide/ with its sections, and the problems of their ids."""
    collector, path = ProblemCollector(), page.path.removeprefix(GUIDE)
    sections: dict[str, Section] = {}
    for section in _sections(page, path):
        if section.id in sections:
            collector.add(
                section.location, f"duplicate id '{shorten(section.id)}' on this page: change one of them"
            )
        sections.setdefault(section.id, section)
    guide = GuidePage(
        path=path,
        file=page.file,
        title=page.title,
        sections=sections,
        updates=page.matter["updates"],
        keywords=page.matter["keywords"],
        guide=tuple((str(key), str(value)) for key, value in page.matter["guide"] or ()),
        headings=tuple(_headings(page)),
        moved=page.matter["moved"],
    )
    return guide, tuple(collector.problems)


def _headings(page: DocsPage) -> Iterator[Heading]:
    """In the order of the page. The source of a heading that is written as HTML is not found: neither are those
    behind it."""
    found = (element for element in tree_of(page.html).iter() if element.tag in HEADINGS)
    for element, line in zip(found, heading_lines(page.body, page.first_line), strict=False):
        words = " ".join("".join(element.itertext()).split())
        yield Heading(line, HEADINGS.index(element.tag) + 1, element.get("id", ""), words)


def _sections(page: DocsPage, path: str) -> Iterator[Section]:
    """Every element with an id, in the order of the page."""
    root, lines = tree_of(page.html), list(heading_lines(page.body, page.first_line))
    parents = {child: parent for parent in root.iter() for child in parent}
    place, label, open_headings, seen = Location(page.file), "", list[tuple[int, str]](), 0
    for element in root.iter():
        is_heading = element.tag in HEADINGS
        if is_heading:
            level = HEADINGS.index(element.tag)
            open_headings = [(lvl, id) for lvl, id in open_headings if lvl < level]
            if not label or not _is_own(element):
                label = " ".join("".join(element.itertext()).split())
            place = Location(page.file, lines[seen] if seen < len(lines) else 1)
            seen += 1
        id = element.get("id")
        if id and not _is_own_wording(element, parents):
            around = [e.get("id") for e in _ancestors(element, parents) if e.get("id")]
            above = [*around, *(i for _, i in reversed(open_headings))]
            words = _quoted(_extent(element, parents), path)
            yield Section(path, id, label, words, place, is_heading, tuple(a for a in above if a))
        if is_heading and id:
            open_headings.append((level, id))


def _ancestors(element: etree.Element, parents: dict[etree.Element, etree.Element]) -> Iterator[etree.Element]:
    while (parent := parents.get(element)) is not None:
        yield parent
        element = parent


def _is_own(element: etree.Element) -> bool:
    return "own" in element.get("class", "").split()


def _is_own_wording(element: etree.Element, parents: dict[etree.Element, etree.Element]) -> bool:
    """A piece of the site's own wording. An own heading is none: it names words of the guide."""
    if element.tag in HEADINGS:
        return any(map(_is_own, _ancestors(element, parents)))
    return _is_own(element) or any(map(_is_own, _ancestors(element, parents)))


def _extent(element: etree.Element, parents: dict[etree.Element, etree.Element]) -> list[etree.Element]:
    """The elements that the section of `element` consists of."""
    if element.tag not in HEADINGS:
        return [element]
    siblings = list(parents[element])
    following = siblings[siblings.index(element) + 1 :]
    level = HEADINGS.index(element.tag)
    ends = (i for i, e in enumerate(following) if e.tag in HEADINGS and HEADINGS.index(e.tag) <= level)
    return [element, *following[: next(ends, len(following))]]


def _quoted(elements: list[etree.Element], path: str) -> Markup:
    """The elements as they stand inside a quotation: no ids, no headings of the page's own, right links."""
    return Markup("\n".join(_quotation(element, path) for element in elements if not _is_own(element)))


def _quotation(element: etree.Element, path: str) -> str:
    copy = deepcopy(element)
    copy.tail = None
    _drop_own(copy)
    for part in copy.iter():
        part.attrib.pop("id", None)
        for name in ADDRESSES & part.attrib.keys():
            part.set(name, from_tree_page(part.attrib[name], path))
        if part.tag in HEADINGS:
            part.tag = "p"
            part.set("class", "gt-quote__heading")
    if copy.tag == "li":
        copy.tag = "div" if any(child.tag in BLOCKS for child in copy) else "p"
    return html_of(copy)


def _drop_own(element: etree.Element) -> None:
    before: etree.Element | None = None
    for child in list(element):
        if _is_own(child):
            # What follows the child is the guide's.
            if before is None:
                element.text = (element.text or "") + (child.tail or "")
            else:
                before.tail = (before.tail or "") + (child.tail or "")
            element.remove(child)
        else:
            _drop_own(child)
            before = child


def from_tree_page(url: str, path: str) -> str:
    """An address as written on the guide's page `path` → the same as written on a page of a tree."""
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/", url):
        return url
    target, mark, fragment = url.partition("#")
    target = posixpath.join("../guide", posixpath.dirname(path), target or posixpath.basename(path))
    return as_page(posixpath.normpath(target)) + mark + fragment


def heading_lines(body: str, first_line: int) -> Iterator[int]:
    """The lines on which headings stand, in order."""
    fence = ""
    lines = body.splitlines()
    for number, (written, under) in enumerate(zip_longest(lines, lines[1:], fillvalue=""), first_line):
        if found := FENCE.match(written):
            fence = "" if fence == found[1] else fence or found[1]
        elif not fence and (HEADING_LINE.match(written) or (written.strip() and UNDERLINE.fullmatch(under))):
            yield number
