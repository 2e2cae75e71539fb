"""Markdown → HTML with the extensions that a site lists, as its builder makes it.

What of that needs a script or a form is made plain: quotations, search results and pages under a policy have none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import markdown
from markdown.extensions import attr_list, fenced_code, md_in_html, sane_lists, tables, toc
from turbohtml import Element, Text

from guidetrees.parse.html_tree import fragment

# Modules and not their names, which the parser would look for in all that is installed.
EXTENSIONS = {module.__name__.rpartition(".")[2]: module for module in (
    attr_list, fenced_code, md_in_html, sane_lists, tables, toc,
)}  # fmt: skip
"""The extensions that every page of a site of the engine's is read with."""
GUESTS = ("attr_list", "fenced_code", "tables", "toc")
"""Those that the guide's pages on a site of others are read with: what the site builder always has, and ids."""
NEEDS_WORK = ("tabbed-set", "task-list-", "__codelineno", "__span", "emojione", "twemoji", "gemoji")
"""Words of which one is in the HTML that `without_controls` changes."""
TICKED, UNTICKED = "☑", "☐"


@dataclass(frozen=True, slots=True)
class Extension:
    """An extension of the site's own."""

    name: str
    options: str = "{}"
    """As JSON."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """The Markdown of a site's pages."""

    engines: tuple[str, ...] = tuple(EXTENSIONS)
    """Of EXTENSIONS."""
    sites: tuple[Extension, ...] = ()


PLAIN = Dialect()


def markdown_to_html(body: str, dialect: Dialect = PLAIN) -> str:
    """Markdown as HTML, which has not passed the gate. Raises RecursionError: it is nested too deep."""
    try:
        html = parser(dialect).reset().convert(body)
    except Exception:
        parser.cache_clear()  # it is in the middle of something
        raise
    return without_controls(html) if dialect.sites else html


@cache
def parser(dialect: Dialect) -> markdown.Markdown:
    """The parser. Raises whatever an extension raises that is not installed, or refuses its options."""
    own = [EXTENSIONS[name].makeExtension() for name in dialect.engines]
    names = [extension.name for extension in dialect.sites]
    options = {extension.name: json.loads(extension.options) for extension in dialect.sites}
    return markdown.Markdown(extensions=[*own, *names], extension_configs=options, output_format="html")


def without_controls(html: str) -> str:
    """HTML of common extensions without their boxes, buttons and marks for scripts: the labels of tabs are above
    their texts, a ticked box is a sign, a picture of an emoji is the emoji."""
    if not any(word in html for word in NEEDS_WORK):
        return html
    root = fragment(html)
    for tabs in root.select(".tabbed-set"):
        _untab(tabs)
    for item in root.select(".task-list-item"):
        _untick(item)
    for picture in root.select("img.emojione, img.twemoji, img.gemoji"):
        picture.replace_with(Text(picture.attr("alt") or ""))
    for link in root.select('a[id^="__codelineno"]'):
        link.extract()
    for span in root.select('span[id^="__span"]'):
        span.unwrap()
    return root.inner_html


def _untab(tabs: Element) -> None:
    """Puts the label of each tab above its text."""
    for box in tabs.select("input"):
        box.extract()
    labels = tabs.select("label")
    blocks = tabs.select(".tabbed-block") or tabs.select(".tabbed-content")
    for label, block in zip(labels, blocks, strict=False):
        heading = fragment(f"<p><strong>{label.inner_html}</strong></p>").select_one("p")
        assert heading
        block.insert(0, heading)
        label.extract()
    for empty in _of_class(tabs, "tabbed-labels"):
        empty.extract()
    tabs.attrs.clear()
    for block in _of_class(tabs, "tabbed-content", "tabbed-block"):
        block.attrs.clear()


def _of_class(root: Element, *names: str) -> Iterable[Element]:
    return [element for name in names for element in root.select(f".{name}")]


def _untick(item: Element) -> None:
    """Puts a sign in the place of a box."""
    for box in item.select("input"):
        sign = TICKED if box.attr("checked") is not None else UNTICKED
        control = box.parent if isinstance(box.parent, Element) and box.parent.tag == "label" else box
        control.replace_with(Text(sign))


@cache
def load_fault(extension: Extension) -> str:
    """Why an extension cannot be used here; empty if it can."""
    try:
        parser(Dialect((), (extension,)))
    except Exception as error:  # whatever the code of others raises
        return str(error) or type(error).__name__
    return ""
