"""The guide's pages → the sections that trees quote.

A section is named `page.md#id`. An id on a heading means all up to the next heading of the same or a
higher level; an id on anything else (a paragraph, a list's entry, a `<div id=… markdown>`) means just
that. What stands in an element of class `own` is the site's wording, not the guide's: never quoted.
"""

from __future__ import annotations

import html
import posixpath
import re
import xml.etree.ElementTree as etree
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

import markdown
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup, escape

from .harm import harms
from .parse import Notes, line, many, pairs
from .prose import HEADINGS, TOO_DEEP, unbounded
from .source import Mapping, Place, Problem, Text, Unreadable, Value, read_yaml, short

# The site builder renders the guide's pages with the same (mkdocs.yml), so ids and markup agree.
EXTENSIONS = ("attr_list", "fenced_code", "md_in_html", "sane_lists", "tables", "toc")
FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S | re.M)
HEADING_LINE = re.compile(r"#{1,6}[ \t]*[^#\s]")
UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*")
FENCE = re.compile(r" {0,3}(```|~~~)")
TAG = re.compile(r"<[a-zA-Z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
ATTRIBUTE = re.compile(r"\s(id|href|src)=(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)", re.I)
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
    place: Place
    """Where a heading stands in the source; the page's beginning for other pieces."""
    heading: bool
    above: tuple[str, ...]
    """Ids of the pieces that hold it, nearest first."""


@dataclass(frozen=True, slots=True)
class GuidePage:
    """One page of the guide."""

    path: str
    file: str
    """From the project's root."""
    title: str
    sections: dict[str, Section]
    updates: tuple[Text, ...]
    keywords: tuple[Text, ...]
    guide: tuple[tuple[str, str], ...]
    """What the front matter's `guide` says of the guide itself: title, publisher, date."""
    moved: tuple[tuple[Text, Text], ...] = ()
    """Sections at their former addresses (`page.md#id`, or a whole `page.md`), each with its id on this page."""


@lru_cache(maxsize=1000)
def read_guide_page(path: str, file: str, text: str) -> tuple[GuidePage, tuple[Problem, ...]]:
    """The page at `path` (in docs/guide/), and the problems of its front matter. A preview reads a page anew only
    when it has changed."""
    matter, body, first_line = split(text)
    notes = Notes()
    values = _front_matter(matter, file, notes)
    if fault := unbounded(body):
        raise Unreadable(Problem(Place(file), fault), *notes.problems)
    try:
        sections = _sections(path, file, body, first_line, notes)
    except RecursionError as error:
        raise Unreadable(Problem(Place(file), TOO_DEEP), *notes.problems) from error
    heading = next((s.label for s in sections.values() if s.heading), path)
    title = values.get("title")
    guide = values.get("guide")
    page = GuidePage(
        path=path,
        file=file,
        title=title if isinstance(title, Text) and title else heading,
        sections=sections,
        updates=_names(values, "updates", notes),
        keywords=_names(values, "keywords", notes),
        guide=tuple((k, str(v)) for k, v in guide.entries if isinstance(v, Text))
        if isinstance(guide, Mapping)
        else (),
        moved=(pairs(values["moved"], "moved", notes) or ()) if "moved" in values else (),
    )
    return page, tuple(notes.problems)


def _names(values: dict[str, Value], key: str, notes: Notes) -> tuple[Text, ...]:
    value = values.get(key)
    return () if value is None else many(line)(value, key, notes) or ()


def split(text: str) -> tuple[str, str, int]:
    """Front matter, body, and the line of the file on which the body begins."""
    found = FRONT_MATTER.match(text)
    if not found:
        return "", text, 1
    return found[1], text[found.end() :], found[0].count("\n") + 1


def _front_matter(matter: str, file: str, notes: Notes) -> dict[str, Value]:
    if not matter.strip():
        return {}
    try:
        value, problems = read_yaml(matter, file, first_line=2)
    except Unreadable as error:
        notes.problems.extend(error.problems)
        return {}
    notes.problems.extend(problems)
    if not isinstance(value, Mapping):
        notes.add(value.place, "front matter must be a mapping of keys")
        return {}
    for key, _ in value.entries:
        if key == "template":  # one of the theme's leads wherever the front matter says, a script included
            notes.add(key.place, "template: the guide's pages have one look: delete the key")
    return dict(value.entries)


def _sections(path: str, file: str, body: str, first_line: int, notes: Notes) -> dict[str, Section]:
    md = markdown.Markdown(extensions=list(EXTENSIONS), output_format="html")
    keep = _Keep(md)
    # The last of all, so that the tree is as it will be written.
    md.treeprocessors.register(keep, "keep", -10)
    for word, fault in harms(md.convert(body)):
        lines = body.lower().splitlines()
        at = next((number for number, text in enumerate(lines, first_line) if word.lower() in text), 1)
        notes.add(Place(file, at), fault)
    sections: dict[str, Section] = {}
    for section in _walk(md, keep.root, path, file, list(_heading_lines(body, first_line))):
        if section.id in sections:
            notes.add(section.place, f"the id '{short(section.id)}' stands twice on this page: change one of them")
        sections.setdefault(section.id, section)
    return sections


class _Keep(Treeprocessor):
    # A page without text never gets to the tree processors.
    root: etree.Element = etree.Element("div")

    def run(self, root: etree.Element) -> None:
        self.root = root


def _walk(
    md: markdown.Markdown, root: etree.Element, path: str, file: str, lines: Sequence[int]
) -> Iterator[Section]:
    """Every element with an id, in the order of the page."""
    parents = {child: parent for parent in root.iter() for child in parent}
    place, label, open_headings, seen = Place(file), "", list[tuple[int, str]](), 0
    for element in root.iter():
        is_heading = element.tag in HEADINGS
        if is_heading:
            level = HEADINGS.index(element.tag)
            open_headings = [(lvl, id) for lvl, id in open_headings if lvl < level]
            if not label or not _is_own(element):
                label = " ".join("".join(element.itertext()).split())
            place = Place(file, lines[seen] if seen < len(lines) else 1)
            seen += 1
        id = element.get("id")
        if id and not _is_own_wording(element, parents):
            around = [e.get("id") for e in _ancestors(element, parents) if e.get("id")]
            above = [*around, *(i for _, i in reversed(open_headings))]
            words = _quoted(md, _extent(element, parents), path)
            yield Section(path, id, _written(md, label), words, place, is_heading, tuple(a for a in above if a))
        if is_heading and id:
            open_headings.append((level, id))


def _written(md: markdown.Markdown, label: str) -> str:
    """A heading's plain text, with what the Markdown parser has put aside written in again."""
    for processor in md.postprocessors:
        label = processor.run(label)
    return " ".join(Markup(label).striptags().split())


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


def _quoted(md: markdown.Markdown, elements: list[etree.Element], path: str) -> Markup:
    """The elements as they stand inside a quotation: no ids, no headings of the page's own, right links."""
    parts = []
    for element in elements:
        if _is_own(element):
            continue
        copy = deepcopy(element)
        copy.tail = None
        _drop_own(copy)
        for part in copy.iter():
            if part.tag in HEADINGS:
                part.tag = "p"
                part.set("class", "gt-quote__heading")
        if copy.tag == "li":
            copy.tag = "div" if any(child.tag in BLOCKS for child in copy) else "p"
        parts.append(md.serializer(copy))
    text = "\n".join(parts)
    for processor in md.postprocessors:
        text = processor.run(text)
    # What the parser had put aside (inline HTML, code) is in the text only now.
    return Markup(TAG.sub(lambda tag: ATTRIBUTE.sub(lambda found: _moved(found, path), tag[0]), text))


def _moved(attribute: re.Match[str], path: str) -> str:
    """An attribute of a tag as it reads on a tree's page."""
    name, value = attribute[1].lower(), html.unescape(attribute[2].strip("\"'"))
    return "" if name == "id" else f' {name}="{escape(from_tree_page(value, path))}"'


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


def as_page(target: str) -> str:
    """`x.md` → `x.html`."""
    return target[:-3] + ".html" if target.endswith(".md") else target


def _heading_lines(body: str, first_line: int) -> Iterator[int]:
    """The lines on which headings stand, in order."""
    fence = ""
    lines = body.splitlines()
    for number, (written, under) in enumerate(zip_longest(lines, lines[1:], fillvalue=""), first_line):
        if found := FENCE.match(written):
            fence = "" if fence == found[1] else fence or found[1]
        elif not fence and (HEADING_LINE.match(written) or (written.strip() and UNDERLINE.fullmatch(under))):
            yield number
