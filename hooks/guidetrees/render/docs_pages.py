"""The engine's additions to pages of docs/, and the values for a theme's templates."""

from __future__ import annotations

import os

from guidetrees.render.context import Site
from guidetrees.render.pages.front import TREES_MARK, front_cards, front_page
from guidetrees.render.pages.guide import guide_page

VERSION = "GUIDETREES_VERSION"
"""The environment variable with the version of a release (tools/release.py)."""


def own_page(site: Site, path: str, text: str, markdown: bool = False) -> str:
    """The page at `path` in docs/ with the engine's additions. `text` is its HTML, or its Markdown."""
    if not is_changed(site, path):
        return text
    gap = "\n\n" if markdown else "\n"
    if path == "index.md":
        return front_page(site, text, gap)
    if in_guide := site.project.layout.guide_path(path):
        return guide_page(site, in_guide, text, gap, markdown)
    return text


def is_changed(site: Site, path: str) -> bool:
    """Whether the engine adds something to the page at `path` in docs/. On a site of others, the front page is
    left as it is unless it says where the trees are to be."""
    if path == "index.md":
        page = site.project.docs.get(path)
        return not site.project.settings.is_guest or bool(page and TREES_MARK in page.body)
    return bool(site.project.layout.guide_path(path))


def theme_values(site: Site) -> dict[str, object]:
    """Values for a theme's templates: the engine's texts, the trees of the front page, the release's version."""
    cards = front_cards(site)
    trees = [{"title": str(c.title), "summary": str(c.summary), "href": c.href} for c in cards]
    guide = site.project.layout.guide_in_docs
    version = os.environ.get(VERSION)
    release = site.words.say("version", version=version) if version else ""
    return {
        **site.words.table,
        "index_page": site.no_script_search,
        "index": site.no_script_words,
        "trees": trees,
        "release": release,
        "guide_folder": guide,
    }
