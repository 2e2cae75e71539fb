"""What search knows of a page: its HTML in sections, each from a heading with an id to the next."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from turbohtml import Element

from guidetrees.parse.html_tree import HEADINGS, End, fragment, walk
from guidetrees.project.urls import UPDATES_PAGE, docs_url
from guidetrees.render.context import Site
from guidetrees.render.docs_pages import own_page
from guidetrees.render.page import Page, search_settings
from guidetrees.source.page_names import as_page

EXCLUDED = "data-search-exclude"
"""Stands on elements of the templates that search passes over: what they say is found where it comes from."""
PASSED = frozenset(["script", "style", "object"])
"""Elements that say nothing."""
KEPT = frozenset(["p", "li", "ol", "ul", "code", "pre"])
"""Elements that results show as they are."""


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
    kind: str = ""
    """What the page is, in the words of the alphabetical index; empty if it is nothing special."""
    tree: str = ""
    """The title of its tree, as text; empty outside trees."""


def plain(markup: str) -> str:
    """The words of HTML, as text."""
    is_text = "<" not in markup and "&" not in markup
    return markup if is_text else " ".join(fragment(markup).strings)


def entries(site: Site, page: Page) -> Iterator[Document]:
    """The entries of a page that the engine makes."""
    how = search_settings(page.path)
    if not how.get("exclude"):
        url, title = as_page(page.path), escape(page.title, quote=False)
        yield from _entries(url, title, page.content, how, *_kind(site, url))


def entries_of_docs(site: Site) -> Iterator[Document]:
    """Those of the pages of docs/, with what the engine adds to them: every builder has the same search."""
    for page in site.project.own_pages:
        how = page.matter["search"] or {}
        if not how.get("exclude"):
            content = fragment(own_page(site, page.path, page.html))
            url, title = docs_url(site.project, page.path), escape(page.title, quote=False)
            yield from _entries(url, title, content, how, site.words["guide"] if page.guide_path else "", "")


def _kind(site: Site, url: str) -> tuple[str, str]:
    """What a page that the engine makes is, and the title of its tree."""
    if url == UPDATES_PAGE:
        return site.words["update"], ""
    folder, name = posixpath.split(url)
    tree = site.project.trees.get(folder)
    if not tree:
        return "", ""
    node = tree.nodes.get(name.removesuffix(".html"))
    return site.words[node.kind if node else "tree"], str(tree.title)


def _entries(
    url: str, title: str, content: Element, how: Mapping[str, object], kind: str, tree: str
) -> Iterator[Document]:
    location, boost = quote(url), how.get("boost")
    for id, heading, text in _sections(title, content):
        yield Document(
            location=f"{location}#{id}" if id else location,
            title=" ".join(heading.split()) or title,
            text=" ".join(text.split()),
            weight=boost if isinstance(boost, int | float) else 1,
            kind=kind,
            tree=tree,
        )


def _sections(title: str, root: Element) -> Iterator[tuple[str, str, str]]:
    """Ids, titles and texts. A page that begins with its own heading is called by that."""
    id, texts, is_in_heading = "", list[str](), False
    numbers = {entry: f"{number}. " for entry, number in _numbers(root)}
    for part in walk(root, _is_passed):
        if isinstance(part, str):
            texts.append(escape(part, quote=False))
        elif isinstance(part, Element) and part.tag in HEADINGS and part.attr("id"):
            if part.tag != "h1" or id or "".join(texts).strip():
                yield id, title, "".join(texts)
                id = part.attr("id") or ""
            texts, is_in_heading = [], True
        elif isinstance(part, End) and part.tag in HEADINGS and is_in_heading:
            title, texts, is_in_heading = "".join(texts), [], False
        elif part.tag in KEPT:
            texts.append(f"</{part.tag}>" if isinstance(part, End) else f"<{part.tag}>{numbers.get(part, '')}")
    yield id, title, "".join(texts)


def _numbers(root: Element) -> Iterator[tuple[Element, int]]:
    """Entries of lists with the numbers that browsers put before them: results show entries without."""
    for list in root.select("ol:not([reversed])"):
        number = _integer(list.attr("start"), 1)
        for entry in list if list.attr("type") in (None, "1") else ():
            if isinstance(entry, Element) and entry.tag == "li":
                number = _integer(entry.attr("value"), number)
                yield entry, number
                number += 1


def _integer(written: str | None, default: int) -> int:
    return int(written) if written and re.fullmatch("-?[0-9]{1,9}", written) else default


def _is_passed(element: Element) -> bool:
    return element.tag in PASSED or element.attr(EXCLUDED) is not None
