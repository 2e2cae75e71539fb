"""What search knows of a page: its HTML in sections, each from a heading with an id to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import escape

from .guide import as_page
from .render import Page, search

TAG = re.compile(r"""<(/?)([a-z][a-z0-9]*)((?:[^>"']|"[^"]*"|'[^']*')*)>|<!--.*?-->""", re.S)
"""A tag: whether it closes, its name, its attributes. In pages of the engine every element is closed."""
EXCLUDED = "data-search-exclude"
"""Stands on elements of the templates that search passes over: what they say is found where it comes from."""
KEPT = frozenset(["p", "li", "ol", "ul", "code", "pre"])
"""Elements that results show as they are."""
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
VOID = frozenset(["br", "img", "input", "hr", "link", "meta", "wbr"])
ID = re.compile(r'\bid="([^"]*)"')


def entries(page: Page) -> Iterator[dict[str, object]]:
    """The entries of a page in the form that Material's search has: location, title and text as HTML, boost."""
    how = search(page.path)
    if how.get("exclude"):
        return
    location = as_page(page.path)
    for id, title, text in _sections(str(escape(page.title)), str(page.block)):
        there = f"{location}#{id}" if id else location
        yield {"location": there, "title": title.strip(), "text": " ".join(text.split()), **how}


def _sections(title: str, html: str) -> Iterator[tuple[str, str, str]]:
    """Ids, titles and texts."""
    id, texts, place = "", list[str](), 0
    passed, depth = "", 0
    for tag in TAG.finditer(html):
        closes, name, attributes = tag[1], tag[2], tag[3] or ""
        if passed:
            if name == passed:
                depth += -1 if closes else 1
                if not depth:
                    passed, place = "", tag.end()
            continue
        texts.append(html[place : tag.start()])
        place = tag.end()
        if not name or name in VOID or attributes.endswith("/"):
            continue
        if not closes and EXCLUDED in attributes:
            passed, depth = name, 1
        elif name in HEADINGS and not closes and (found := ID.search(attributes)):
            yield id, title, "".join(texts)
            id, texts, title = found[1], [], ""
        elif name in HEADINGS and closes and id and not title:
            title, texts = "".join(texts), []
        elif name in KEPT:
            texts.append(f"<{closes}{name}>")
    yield id, title, "".join([*texts, html[place:]])
