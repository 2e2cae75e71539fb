"""Pages with the links and codes of each tree, to be shared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guidetrees.graph.graph import NodeRef
from guidetrees.parse.model import Tree
from guidetrees.project.urls import SHARE_PAGE, page_url
from guidetrees.render.assets import CODES, SHARE_SCRIPT, SHARE_STYLE
from guidetrees.render.components.pager import PageLink
from guidetrees.render.context import Site
from guidetrees.render.page import Page
from guidetrees.render.pages.front import in_front_page_order
from guidetrees.render.pages.list_pages import list_pages
from guidetrees.render.pagination import continued, cut


@dataclass(frozen=True, slots=True)
class SharedTree:
    """A tree as others are told of it. The script knows the whole addresses."""

    id: str
    title: str
    summary: str
    name: str
    """The tree's folder in short addresses."""
    href: str
    """Its short address."""
    page: str
    """Its start page, from the site's root."""
    text: str
    """A sentence for other texts."""


@dataclass(frozen=True, slots=True)
class SharePage:
    """The view of one of the pages."""

    style: str
    scripts: tuple[str, ...]
    trees: list[SharedTree]
    pager: list[PageLink]


def shared_trees(site: Site) -> list[list[SharedTree]]:
    """The trees of each page."""
    trees = [_shared(site, tree) for tree in in_front_page_order(site)]
    return cut(trees, lambda tree: (tree.title, tree.summary, tree.text, tree.name, tree.page))


def share_pages(site: Site, pages: list[list[SharedTree]]) -> Iterator[Page]:
    """The pages of `shared_trees`."""
    scripts = (CODES, SHARE_SCRIPT)

    def view(trees: list[SharedTree], pager: list[PageLink]) -> SharePage:
        return SharePage(SHARE_STYLE, scripts, trees, pager)

    yield from list_pages(site, SHARE_PAGE, "pages/share/share.html", pages, view)


def share_urls(pages: list[list[SharedTree]]) -> dict[str, str]:
    """Start page → the place of the tree on `pages`; both from the site's root."""
    places = ((tree, continued(SHARE_PAGE, number)) for number, page in enumerate(pages, 1) for tree in page)
    return {tree.page: f"{place}#{tree.id}" for tree, place in places}


def _shared(site: Site, tree: Tree) -> SharedTree:
    title = str(tree.title)
    sentence = title if title.endswith((".", "?", "!", "…")) else f"{title}."
    return SharedTree(
        id=f"share-{tree.id}",
        title=title,
        summary=str(tree.summary),
        name=str(tree.short or tree.id),
        href=page_url(NodeRef(tree.short or tree.id)),
        page=page_url(NodeRef(tree.id)),
        text=site.words.say("share_text", title=sentence),
    )
