"""What search knows of a page: its HTML in sections, each from a heading with an id to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import quote

from markupsafe import escape

from guidetrees.render.context import Site
from guidetrees.render.docs_pages import own_page
from guidetrees.render.page import Page, search_settings
from guidetrees.source.page_names import as_page

TAG = re.compile(r"""<(/?)([a-z][a-z0-9]*)((?:[^>"']|"[^"]*"|'[^']*')*)>|<!--.*?-->""", re.S | re.I)
"""A tag: whether it closes, its name, its attributes."""
EXCLUDED = "data-search-exclude"
"""Stands on elements of the templates that search passes over: what they say is found where it comes from."""
PASSED = frozenset(["script", "style", "object"])
"""Elements that say nothing."""
KEPT = frozenset(["p", "li", "ol", "ul", "code", "pre"])
"""Elements that results show as they are."""
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
VOID = frozenset(["br", "img", "input", "hr", "link", "meta", "wbr"])
ID = re.compile(r'\bid="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Document:
    """What search knows of a page, or of a section of one."""

    location: str
    """From the site's root. A page's comes before those of its sections."""
    title: str
    """HTML, as the text."""
    text: str
    weight: float = 1
    """What the page counts, where most count 1."""


def plain(markup: str) -> str:
    """The words of HTML, as text."""
    return unescape(re.sub("<[^>]*>", " ", markup))


def entries(page: Page) -> Iterator[Document]:
    """The entries of a page that the engine makes."""
    yield from _entries(page.path, str(escape(page.title)), str(page.block), search_settings(page.path))


def entries_of_docs(site: Site) -> Iterator[Document]:
    """Those of the pages of docs/, with what the engine adds to them: every builder has the same search."""
    for page in site.project.own_pages:
        html = own_page(site, page.path, page.html)
        yield from _entries(page.path, str(escape(page.title)), html, page.matter["search"] or {})


def _entries(path: str, title: str, content: str, how: Mapping[str, object]) -> Iterator[Document]:
    if how.get("exclude"):
        return
    location, boost = quote(as_page(path)), how.get("boost")
    for id, heading, text in _sections(title, content):
        yield Document(
            location=f"{location}#{id}" if id else location,
            title=" ".join(heading.split()) or title,
            text=" ".join(text.split()),
            weight=boost if isinstance(boost, int | float) else 1,
        )


def _sections(title: str, html: str) -> Iterator[tuple[str, str, str]]:
    """Ids, titles and texts. A page that begins with its own heading is called by that."""
    id, texts, place = "", list[str](), 0
    passed, depth, inside = "", 0, False
    for tag in TAG.finditer(html):
        closes, name, attributes = tag[1], (tag[2] or "").lower(), tag[3] or ""
        if passed:
            if name == passed:
                depth += -1 if closes else 1
                if not depth:
                    passed, place = "", tag.end()
            continue
        texts.append(_text(html[place : tag.start()]))
        place = tag.end()
        if not name or name in VOID or attributes.endswith("/"):
            continue
        if not closes and (EXCLUDED in attributes or name in PASSED):
            passed, depth = name, 1
        elif name in HEADINGS and not closes and (found := ID.search(attributes)):
            if name != "h1" or id or "".join(texts).strip():
                yield id, title, "".join(texts)
                id = unescape(found[1])
            texts, inside = [], True
        elif name in HEADINGS and closes and inside:
            title, texts, inside = "".join(texts), [], False
        elif name in KEPT:
            texts.append(f"<{closes}{name}>")
    yield id, title, "".join([*texts, _text(html[place:])])


def _text(between: str) -> str:
    """What stands between tags. A sign that begins none here is to begin none in a browser."""
    return between.replace("<", "&lt;")
