"""A page of every kind on the real site."""

from __future__ import annotations

from conftest import ROOT
from helpers import only
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
