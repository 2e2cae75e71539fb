"""HTML that has passed the gate (html_allowlist) → a tree of elements, and back.

What comes out of the gate is balanced and written in one way, so that Python's own parser reads it as browsers do.
"""

from __future__ import annotations

import xml.etree.ElementTree as etree
from html.parser import HTMLParser

VOID = frozenset(["br", "col", "hr", "img", "wbr"])
"""Elements without content that may pass the gate."""


def tree_of(html: str) -> etree.Element:
    """The elements of `html`, which has passed the gate, below a root of their own. Comments are left out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root()


def html_of(element: etree.Element) -> str:
    """An element as HTML, its texts escaped."""
    return etree.tostring(element, encoding="unicode", method="html")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self._builder = etree.TreeBuilder()
        self._builder.start("div", {})

    def root(self) -> etree.Element:
        self._builder.end("div")
        return self._builder.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self._builder.end(tag)

    def handle_endtag(self, tag: str) -> None:
        self._builder.end(tag)

    def handle_data(self, data: str) -> None:
        self._builder.data(data)
