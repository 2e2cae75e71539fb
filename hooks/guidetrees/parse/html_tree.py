"""HTML → a tree, as browsers read it, and what the engine asks of one. No other module reads HTML by itself.

The parser is turbohtml, which follows the HTML Standard ("parsing HTML documents") and knows the place and the
namespace of each element.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from turbohtml import Document, Element, Namespace, Node, Text, parse, parse_fragment

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
PARAGRAPHS = frozenset(["p", "li", *HEADINGS, "td", "th", "tr", "div", "blockquote", "pre"])
"""Elements whose words are not in one paragraph with those around them."""

JAVASCRIPT = frozenset(
    ["application/ecmascript", "application/javascript", "application/x-ecmascript", "application/x-javascript",
     "text/ecmascript", "text/javascript", "text/javascript1.0", "text/javascript1.1", "text/javascript1.2",
     "text/javascript1.3", "text/javascript1.4", "text/javascript1.5", "text/jscript", "text/livescript",
     "text/x-ecmascript", "text/x-javascript"]
)  # fmt: skip
"""MIME Sniffing Standard, "JavaScript MIME type essence match"."""
OTHER_SCRIPTS = frozenset(["module", "importmap", "speculationrules"])
"""HTML Standard, "prepare the script element": types that a policy is about as well."""
SPACE = " \t\n\f\r"


@dataclass(frozen=True, slots=True)
class End:
    """The end of an element, in `walk`."""

    tag: str


Part = str | Element | End
"""What `walk` gives."""


@dataclass(frozen=True, slots=True)
class HeadingPlace:
    """Where a heading stands in HTML, in characters from its beginning."""

    tag: str
    start: int
    """Before the heading, or before the `<div>`s that begin with it."""
    end: int
    """Behind its end tag."""


def fragment(html: str) -> Element:
    """The elements of `html`, a piece of a page, in a `<div>` of their own."""
    return parse_fragment(html, positions=False)


def words_of(element: Element) -> str:
    """The text in an element, its white space as single spaces."""
    return " ".join(element.text.split())


def headings(root: Element) -> list[Element]:
    """The headings in an element, in order."""
    return root.select(",".join(HEADINGS))


def first_heading(html: str) -> str:
    """The words of the first `<h1>` in a piece of a page; none without."""
    found = fragment(html).select_one("h1")
    return words_of(found) if found else ""


def ids(html: str) -> set[str]:
    """The ids in a piece of a page."""
    return {id for element in fragment(html).select("[id]") if (id := element.attr("id"))}


def links(root: Element) -> list[str]:
    """Where the links in an element lead, in order."""
    return [(element.attr("href") or "").strip(SPACE) for element in root.select("a[href]")]


def paragraphs(html: str) -> list[str]:
    """The words of a piece of a page, a text a paragraph."""
    found = [""]
    for part in walk(fragment(html)):
        if isinstance(part, str):
            found[-1] += part
        elif part.tag in PARAGRAPHS:
            found.append("")
    return [words for text in found if (words := " ".join(text.split()))]


def walk(root: Element, is_passed: Callable[[Element], bool] = lambda element: False) -> Iterator[Part]:
    """What is in an element, in order: texts, elements where they begin, and their ends. Elements that are passed
    over are left out with all that is in them."""
    left: list[Node | End] = list(reversed(root.children))
    while left:
        node = left.pop()
        if isinstance(node, Text):
            yield node.data
        elif isinstance(node, End):
            yield node
        elif isinstance(node, Element) and not is_passed(node):
            yield node
            left.append(End(node.tag))
            left += reversed(node.children)


def charset_end(html: str) -> int | None:
    """Where the `<meta>` ends that says which encoding a whole page has; None without."""
    page = parse(_one_character_a_line_break(html), source_locations=True)
    meta = page.select_one("head > meta[charset]")
    return meta.source_location.start_tag.end_offset if meta and meta.source_location else None


def edges(html: str) -> tuple[int, int, int]:
    """Where the head of a whole page ends, where its body begins, and where that ends."""
    page = parse(_one_character_a_line_break(html), source_locations=True)
    head, body = (page.select_one(name) for name in ("head", "body"))
    head_tags, body_tags = head and head.source_location, body and body.source_location
    start = body_tags.start_tag.end_offset if body_tags else 0
    head_end = head_tags.end_tag.start_offset if head_tags and head_tags.end_tag else 0
    end = body_tags.end_tag.start_offset if body_tags and body_tags.end_tag else len(html)
    return head_end, max(head_end, start), end


def first_id(html: str) -> str:
    """The id of the first heading in a piece of a page that has one; empty without."""
    return next((id for heading in headings(fragment(html)) if (id := heading.attr("id"))), "")


def heading_places(html: str) -> list[HeadingPlace]:
    """Where the headings in a piece of a page stand, in order."""
    root = parse_fragment(_one_character_a_line_break(html), source_locations=True)
    return [_place(heading) for heading in headings(root)]


def _one_character_a_line_break(html: str) -> str:
    """HTML of the same length, for places: the parser counts a line break as one character."""
    return html.replace("\r\n", " \n")


def _place(heading: Element) -> HeadingPlace:
    box, tags = heading, heading.source_location
    while (parent := _begun_by(box)) is not None:
        box = parent
    before = box.source_location
    assert tags and before, "what is written has a place"
    return HeadingPlace(heading.tag, before.start_tag.start_offset, (tags.end_tag or tags.start_tag).end_offset)


def _begun_by(element: Element) -> Element | None:
    """The `<div>` that begins with an element."""
    before, parent = element.previous_sibling, element.parent
    while isinstance(before, Text) and not before.data.strip(SPACE):
        before = before.previous_sibling
    if before is None and isinstance(parent, Element) and parent.tag == "div" and parent.source_location:
        return parent
    return None


# Scripts


def inline_scripts(html: str) -> Iterator[str]:
    """The texts of the scripts that stand in a whole page and that a policy is about, as browsers hash them: those
    that a browser runs, import maps and speculation rules (HTML Standard, "prepare the script element")."""
    page = parse(html, scripting=True, source_locations=True)
    return (text for element in _rendered(page) if (text := _inline_script(element)))


def _rendered(page: Document) -> Iterator[Element]:
    """The elements of a page, those in shadow trees included; what a `<template>` holds is in none."""
    left: list[Node] = [page]
    while left:
        node = left.pop()
        if isinstance(node, Element):
            yield node
            if node.shadow_root:
                left.append(node.shadow_root)
            if node.tag == "template" and node.namespace == Namespace.HTML:
                continue
        left += reversed(node.children)


def _inline_script(element: Element) -> str:
    """The text of an element if that is a script; none otherwise."""
    is_svg = element.namespace == Namespace.SVG
    if element.tag != "script" or not (is_svg or element.namespace == Namespace.HTML):
        return ""
    if any(element.attr(name) is not None for name in (("href", "xlink:href") if is_svg else ("src",))):
        return ""
    is_whole = (place := element.source_location) is not None and place.end_tag is not None
    text = "".join(child.data for child in element.children if isinstance(child, Text))
    return text if is_whole and _is_script_type(element.attr("type"), element.attr("language"), is_svg) else ""


def _is_script_type(kind: str | None, language: str | None, is_svg: bool) -> bool:
    if kind is None and language and not is_svg:
        kind = f"text/{language}"
    kind = (kind or "text/javascript").lower()
    return kind.strip(SPACE) in JAVASCRIPT or kind in OTHER_SCRIPTS
