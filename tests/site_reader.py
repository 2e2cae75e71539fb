"""A built site as tests see it: pages, links, anchors."""

from __future__ import annotations

import json
import posixpath
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html


@dataclass(frozen=True)
class Link:
    """A link on a page."""

    href: str
    words: str
    """Its text, white space folded."""


LOADED = "//a/@href | //link/@href | //script/@src | //img/@src"
"""All that a browser asks for, and where links lead."""


class Page:
    """One HTML file."""

    def __init__(self, path: str, html: str) -> None:
        self.path = path
        """From the site's root."""
        self.html = html
        self.tree = lxml.html.fromstring(html)

    def all(self, css_path: str) -> list[lxml.html.HtmlElement]:
        """Elements by XPath."""
        found = self.tree.xpath(css_path)
        assert isinstance(found, list)
        return found

    def text(self, xpath: str) -> str:
        """The text of the only element at `xpath`, white space folded."""
        (element,) = self.all(xpath)
        return fold(element.text_content())

    @cached_property
    def ids(self) -> list[str]:
        return [str(value) for value in self.all("//@id")]

    @property
    def main(self) -> lxml.html.HtmlElement:
        (article,) = self.all("//article")
        return article

    @property
    def heading(self) -> str:
        """The page's heading, without the theme's link sign."""
        (heading,) = self.all("//h1")
        return fold("".join(heading.xpath(".//text()[not(parent::a[@class='headerlink'])]")))

    def links(self, inside: str = "//body") -> list[Link]:
        """Links inside the elements at an XPath."""
        return [
            Link(element.get("href"), fold(element.text_content()))
            for area in self.all(inside)
            for element in area.xpath(".//a[@href]")
        ]

    @property
    def answers(self) -> list[Link]:
        return self.links("//ul[@class='gt-answers']")

    def target(self, href: str) -> str | None:
        """The site's file that a link leads to, with its fragment; None for other hosts and schemes."""
        parts = urlsplit(href)
        if parts.scheme or parts.netloc:
            return None
        here = posixpath.dirname(self.path)
        path = posixpath.normpath(posixpath.join(here, unquote(parts.path))) if parts.path else self.path
        return path + (f"#{parts.fragment}" if parts.fragment else "")


class Site:
    """A folder of HTML files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pages = {
            path.relative_to(folder).as_posix(): Page(path.relative_to(folder).as_posix(), path.read_text("utf-8"))
            for path in sorted(folder.rglob("*.html"))
        }

    @cached_property
    def shown(self) -> dict[str, Page]:
        """The pages without those that only lead on to another one."""
        return {path: p for path, p in self.pages.items() if not p.all("//meta[@http-equiv='refresh']")}

    def dead(self) -> list[tuple[str, str]]:
        """The addresses, each with its page, of what is not there: links, styles, scripts and pictures. The page
        for missing pages is left out, as its addresses hold at the site's root only."""
        return [
            (path, str(address))
            for path, page in self.pages.items()
            for address in (page.all(LOADED) if path != "404.html" else ())
            if not self._is_there(page.target(str(address)))
        ]

    def _is_there(self, target: str | None) -> bool:
        if target is None:
            return True
        name, _, id = target.partition("#")
        file = self.folder / name
        file = file / "index.html" if file.is_dir() else file
        path = file.relative_to(self.folder).as_posix()
        return file.is_file() and (not id or "=" in id or path not in self.pages or id in self.pages[path].ids)

    def follow(self, page: Page, words: str, inside: str = "//body") -> Page:
        """The page that the link with these words leads to."""
        hrefs = {link.href for link in page.links(inside) if link.words == words}
        assert len(hrefs) == 1, f"{page.path}: {len(hrefs)} links say {words!r}"
        target = page.target(hrefs.pop())
        assert target is not None
        return self.pages[target.partition("#")[0]]


def found_in(folder: Path, kind: str) -> list[list[str]]:
    """The lines of a site's search of one kind, each with its cells: `e` for entries (location, title, text,
    kind, tree, keywords), `t` for terms (its name, its postings, what it is a form of)."""
    files = (folder / "assets/guidetrees/search").glob(f"{kind}*.js")
    texts = [
        path.read_text("utf-8") for path in sorted(files, key=lambda path: int(path.name[1:].partition(".")[0]))
    ]
    cells = (re.fullmatch(r"guidetreesSearch\.take\((.*)\)\n", text) for text in texts)
    told = [json.loads(f"[{found[1]}]", strict=False)[1] for found in cells if found]
    assert len(told) == len(texts)
    return [line.split("\t") for text in told for line in text.split("\n")]


def locations(folder: Path) -> list[str]:
    """Where the search of a site leads to: pages and sections of them, from its root."""
    return [entry[0] for entry in found_in(folder, "e")]


def fold(text: str) -> str:
    return " ".join(text.split())
