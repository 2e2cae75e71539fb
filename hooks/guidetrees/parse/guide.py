"""The guide's pages → the sections that trees quote.

A section is named `page.md#id`. An id on a heading means all up to the next heading of the same or a
higher level; an id on anything else (a paragraph, a list's entry, a `<div id=… markdown>`) means just
that. What stands in an element of class `own` is the site's wording, not the guide's: never quoted.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest

from markupsafe import Markup
from turbohtml import Comment, Element

from guidetrees.messages.message import say
from guidetrees.parse.docs_page import DocsPage
from guidetrees.parse.html_tree import HEADINGS, fragment, headings, words_of
from guidetrees.source.kept import kept_by_file
from guidetrees.source.location import LocatedStr, Location, Problem, location_of, shorten
from guidetrees.source.page_names import as_page

HEADING_LINE = re.compile(r"#{1,6}[ \t]*[^#\s]")
UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*")
FENCE = re.compile(r" {0,3}(```|~~~)")
ADDRESSES = frozenset(["href", "src", "cite"])
"""Attributes that hold an address."""
PARENT = "../"
Link = Callable[[str], str]
BLOCKS = ("p", "ul", "ol", "dl", "table", "blockquote", "div", "section", "pre", "aside", "figure", *HEADINGS)


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of the guide."""

    page: str
    """The page's path in the guide's folder, as in `leder.md`."""
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


@kept_by_file(lambda page, *others, **options: page.path)
def guide_page(page: DocsPage, in_folders: frozenset[str] = frozenset()) -> tuple[GuidePage, tuple[Problem, ...]]:
    """A page of the guide with its sections, and the problems of their ids. `in_folders` are the pages, by path
    in docs/, that the site builder gives a folder of their own."""
    problems, path, root = list[Problem](), page.guide_path, fragment(page.html)
    link = partial(from_tree_page, path=page.path, in_folders=in_folders)
    # A heading that is written as HTML has no line: neither have those behind it.
    lines = dict(zip(headings(root), heading_lines(page.body, page.first_line), strict=False))
    sections: dict[str, Section] = {}
    for section in _sections(page.file, path, root, lines, link):
        if sections.setdefault(section.id, section) is not section:
            fault = say("duplicate id '{id}' on this page: change one of them", id=shorten(section.id))
            problems.append(Problem(_second_place(page, section.id) or section.location, fault))
    guide = GuidePage(
        path=path,
        file=page.file,
        title=page.title,
        sections=sections,
        updates=page.matter["updates"],
        keywords=page.matter["keywords"],
        guide=tuple((str(key), str(value)) for key, value in page.matter["guide"] or ()),
        headings=tuple(Heading(line, _level(e), e.attr("id") or "", words_of(e)) for e, line in lines.items()),
        moved=page.matter["moved"],
    )
    return guide, tuple(problems)


def _second_place(page: DocsPage, id: str) -> Location | None:
    """Where an id is written for the second time on a page; None if there is no such place."""
    written = re.finditer(rf"(?:#|\bid=[\"']?)(?={re.escape(id)}(?![\w-]))", page.body)
    _, second = next(written, None), next(written, None)
    if not second:
        return None
    place = location_of(page.body[: second.end()], page.file)
    return Location(page.file, place.line + page.first_line - 1, place.column)


def _level(heading: Element) -> int:
    return HEADINGS.index(heading.tag) + 1


def _sections(file: str, path: str, root: Element, lines: dict[Element, int], link: Link) -> Iterator[Section]:
    """Every element with an id, in the order of the page. `lines` are those of the headings; `link` makes
    addresses right on a tree's page."""
    place, label, open_headings = Location(file), "", list[tuple[int, str]]()
    for element in root.select("*"):
        is_heading, id = element.tag in HEADINGS, element.attr("id")
        if is_heading:
            level = _level(element)
            open_headings = [(lvl, id) for lvl, id in open_headings if lvl < level]
            if not label or not _is_own(element):
                label = words_of(element)
            place = Location(file, lines.get(element, 1))
        if id and not _is_own_wording(element):
            around = [e.attr("id") for e in _ancestors(element)]
            above = [*around, *(i for _, i in reversed(open_headings))]
            words = _quoted(_extent(element), link)
            yield Section(path, id, label, words, place, is_heading, tuple(a for a in above if a))
        if is_heading and id:
            open_headings.append((level, id))


def _ancestors(element: Element) -> Iterator[Element]:
    return (around for around in element.ancestors if isinstance(around, Element))


def _is_own(element: Element) -> bool:
    return element.has_class("own")


def _is_own_wording(element: Element) -> bool:
    """A piece of the site's own wording. An own heading is none: it names words of the guide."""
    return any(map(_is_own, _ancestors(element))) or (element.tag not in HEADINGS and _is_own(element))


def _extent(element: Element) -> Iterator[Element]:
    """The elements that the section of `element` consists of."""
    yield element
    if element.tag not in HEADINGS:
        return
    for following in element.next_siblings:
        if isinstance(following, Element):
            if following.tag in HEADINGS and _level(following) <= _level(element):
                return
            yield following


def _quoted(elements: Iterable[Element], link: Link) -> Markup:
    """The elements as they stand inside a quotation: no ids, no headings of the page's own, right links."""
    return Markup("\n".join(_quotation(element, link) for element in elements if not _is_own(element)))


def _quotation(element: Element, link: Link) -> str:
    copy = deepcopy(element)
    for node in list(copy.descendants):
        if isinstance(node, Comment) or (isinstance(node, Element) and _is_own(node)):
            node.extract()
    for part in [copy, *copy.select("*")]:
        _as_quoted(part, link)
    if copy.tag == "li":
        copy.tag = "div" if any(child.tag in BLOCKS for child in copy if isinstance(child, Element)) else "p"
    return copy.html


def _as_quoted(element: Element, link: Link) -> None:
    if "id" in element.attrs:
        del element.attrs["id"]
    for name in ADDRESSES:
        if (url := element.attr(name)) is not None:
            element.attrs[name] = link(url)
    if element.tag in HEADINGS:
        element.tag = "p"
        element.attrs["class"] = "gt-quote__heading"


def from_tree_page(url: str, path: str, in_folders: frozenset[str] = frozenset()) -> str:
    """An address as written on the page at `path` in docs/ → the same as written on a page of a tree."""
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/", url):
        return url
    target, mark, fragment = url.partition("#")
    target = posixpath.join(PARENT, posixpath.dirname(path), target or posixpath.basename(path))
    target = posixpath.normpath(target)
    return as_page(target, target.removeprefix(PARENT) in in_folders) + mark + fragment


def heading_lines(body: str, first_line: int) -> Iterator[int]:
    """The lines on which headings stand, in order."""
    fence = ""
    lines = body.splitlines()
    for number, (written, under) in enumerate(zip_longest(lines, lines[1:], fillvalue=""), first_line):
        if found := FENCE.match(written):
            fence = "" if fence == found[1] else fence or found[1]
        elif not fence and (HEADING_LINE.match(written) or (written.strip() and UNDERLINE.fullmatch(under))):
            yield number
