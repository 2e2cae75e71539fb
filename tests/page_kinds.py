"""A page of every kind on the real site."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from conftest import ROOT
from helpers import only
from lxml.html import HtmlElement
from site_reader import Page as SitePage
from site_reader import Site

from guidetrees.parse.model import Checklist, Outcome
from guidetrees.project.project import read_project
from guidetrees.project.references import readable_nodes

TREES = list(read_project(ROOT).trees.values())
STATEMENT = "tilgaengelighed.html"


def one_of_each_kind() -> dict[str, str]:
    """A page of every kind, by what it is: a checklist, each verdict …"""
    pages = {"front": "index.html", "guide": "guide/leder.html", "table": "guide/kontakt.html"}
    pages |= {"updates": "updates.html", "about": "om.html", "statement": STATEMENT, "missing": "404.html"}
    for tree in TREES:
        pages.setdefault("start", f"{tree.id}/index.html")
        for node in readable_nodes(tree):
            kind = str(node.verdict) if isinstance(node, Outcome) else type(node).__name__.lower()
            pages.setdefault(kind, f"{tree.id}/{node.id}.html")
            if isinstance(node, Checklist):
                pages.setdefault("unmet", f"{tree.id}/{only(node.unmet)}.html")
    return pages


KINDS = one_of_each_kind()

LAYOUTS = {
    "front": "index.html",
    "start": "er-det-digital-behandling/index.html",
    "question": "hvilke-pligter-har-jeg/rolle.html",
    "outcome": "er-det-digital-behandling/digital.html",
    "checklist": "maa-jeg-bruge-appen/overvejelser.html",
    "guide": "guide/leder.html",
    "index": "a-z.html",
    "updates": "updates.html",
    "about": "om.html",
    "manual": "forfattere/ret.html",
    "share": "share.html",
    "review": "review/er-det-digital-behandling.html",
    "missing": "404.html",
}
"""Pages that the theme lays out in different ways."""


def in_frame(site: Site) -> dict[str, SitePage]:
    """The pages that readers stay on, by path: those that only lead on have no frame."""
    return {path: page for path, page in site.pages.items() if not page.all("//meta[@http-equiv='refresh']")}


def covering_pages(site: Site) -> list[str]:
    """Pages that show, between them, every element of the site with all classes of it and of those around it. Next
    comes the page that shows most new ones for its size."""
    left = {path: _shapes(page) for path, page in in_frame(site).items()}
    chosen, seen = list[str](), set[Shape]()
    while left:
        path = max(left, key=lambda path: len(left[path] - seen) / len(site.pages[path].html))
        chosen.append(path)
        seen |= left[path]
        left = {path: shapes for path, shapes in left.items() if shapes - seen}
    return chosen


Shape = tuple[str, ...]
"""Names and classes of an element and of those around it, up to the article."""


def _shapes(page: SitePage) -> set[Shape]:
    return {
        tuple(f"{e.tag}.{' '.join(sorted(str(e.get('class', '')).split()))}" for e in (element, *_around(element)))
        for element in page.all("//article//*")
    }


def _around(element: HtmlElement) -> Iterator[HtmlElement]:
    return takewhile(lambda e: e.tag != "article", element.iterancestors())
