"""A page of every kind on the real site."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

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
FRAMES = ("front", "guide", "question", "yes", "missing")
"""Kinds of pages with all that the frame of a page may have."""
SEARCHED = ("question", "missing")
"""Kinds of pages with the open search, which one script makes on every page. The page for unknown addresses is the
one whose links are whole."""
OF_ALL_KINDS = ("er-det-digital-behandling", "hvilke-pligter-har-jeg", "maa-jeg-bruge-appen")
"""Trees of questions, of several answers and of a checklist. Others have no other kinds of pages."""
HEADINGS = "//h1 | //h2 | //h3 | //h4 | //h5 | //h6"


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


VALUES = {"role", "type", "aria-hidden", "aria-live", "aria-expanded", "lang", "tabindex", "scope"}
"""Attributes whose values say what an element is. Of others it matters that they are there."""
OF_ONE_ELEMENT = {"id", "class"}


def of_new_structure(site: Site) -> list[str]:
    """The pages that have a part, or a heading after another, as no page before them. A part is known by names,
    classes and attributes: its own and those of all around it."""
    known, found = set[str](), list[str]()
    for path, page in in_frame(site).items():
        if new := _structure(page) - known:
            known |= new
            found.append(path)
    return found


def _structure(page: SitePage) -> set[str]:
    (body,) = page.all("//body")
    parts = {body: ""}
    for element in body.iterdescendants("*"):
        classes = sorted(element.get("class", "").split())
        parts[element] = (
            f"{parts[element.getparent()]} > {'.'.join([element.tag, *classes, *_attributes(element)])}"
        )
    return {*parts.values(), *(f"{a.tag} {b.tag}" for a, b in pairwise(page.all(HEADINGS)))}


def _attributes(element: HtmlElement) -> Iterator[str]:
    for name, value in sorted(element.attrib.items()):
        if name in VALUES:
            yield f"{name}={value}"
        elif name not in OF_ONE_ELEMENT and not name.startswith("data-"):
            yield name


def in_frame(site: Site) -> dict[str, SitePage]:
    """The pages that readers stay on, by path: those that only lead on have no frame."""
    return {path: page for path, page in site.pages.items() if not page.all("//meta[@http-equiv='refresh']")}
