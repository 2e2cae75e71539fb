"""Pages with the links and codes of each tree, to be shared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guidetrees.parse.model import Tree
from guidetrees.project.urls import SHARE_PAGE
from guidetrees.render.assets import CODES, SHARE_SCRIPT, SHARE_STYLE
from guidetrees.render.context import Site
from guidetrees.render.page import Page
from guidetrees.render.pages.front import in_front_page_order
from guidetrees.render.pages.list_pages import list_pages
from guidetrees.render.pagination import continued, cut


@dataclass(frozen=True, slots=True)
class SharedTree:
    """A tree as others are told of it. The script knows the whole addresses."""

    tree: Tree
    name: str
    """The tree's folder in short addresses."""
    text: str
    """A sentence for other texts."""


@dataclass(frozen=True, slots=True)
class ShareView:
    """What all pages with links and codes load."""

    style: str = SHARE_STYLE
    scripts: tuple[str, ...] = (CODES, SHARE_SCRIPT)


def shared_trees(site: Site) -> list[list[SharedTree]]:
    """The trees of each page."""
    return cut((_shared(site, tree) for tree in in_front_page_order(site)), _texts)


def share_pages(site: Site, pages: list[list[SharedTree]]) -> Iterator[Page]:
    """The pages of `shared_trees`."""
    yield from list_pages(site, SHARE_PAGE, "pages/share/share.html", pages, ShareView())


def share_urls(pages: list[list[SharedTree]]) -> dict[str, str]:
    """Tree → its place on `pages`, from the site's root."""
    places = ((one.tree.id, number) for number, page in enumerate(pages, 1) for one in page)
    return {tree: f"{continued(SHARE_PAGE, number)}#share-{tree}" for tree, number in places}


def _texts(shared: SharedTree) -> tuple[str, ...]:
    tree = shared.tree
    return tree.title, tree.summary, shared.text, shared.name, f"{tree.id}/index.html"


def _shared(site: Site, tree: Tree) -> SharedTree:
    sentence = tree.title if tree.title.endswith((".", "?", "!", "…")) else f"{tree.title}."
    return SharedTree(tree, tree.short or tree.id, site.words.say("share_text", title=sentence))
