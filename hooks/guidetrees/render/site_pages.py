"""All pages and files of a site."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from markupsafe import Markup

from guidetrees.parse.model import Checklist, Node, Outcome, Question, Step, Tree
from guidetrees.project.references import readable_nodes
from guidetrees.project.urls import INDEX_PAGE, SHARE_PAGE, UPDATES_PAGE, has_list
from guidetrees.render.assets import Asset, shared_assets
from guidetrees.render.context import Site
from guidetrees.render.page import Page
from guidetrees.render.pages.a_to_z import a_to_z_pages
from guidetrees.render.pages.coverage import coverage_pages
from guidetrees.render.pages.external_links import external_links_pages, linking_page
from guidetrees.render.pages.outcome import outcome_page
from guidetrees.render.pages.question import question_page
from guidetrees.render.pages.redirect import redirects
from guidetrees.render.pages.review import review_pages
from guidetrees.render.pages.selection import selection_page
from guidetrees.render.pages.share import share_pages, share_urls, shared_trees
from guidetrees.render.pages.start import start_page
from guidetrees.render.pages.step import step_page
from guidetrees.render.pages.updates import updates_page
from guidetrees.render.tree_data import data_asset, in_single_quotes, tree_data


def pages(site: Site) -> Iterator[Page]:
    """Every page. A generator, as all pages together need much memory."""
    if not site.project.settings.review:
        yield from _reader_pages(site)
        return
    linking = []
    for page in _reader_pages(site):
        linking.append(linking_page(site, page))
        yield page
    yield from review_pages(site)
    yield from coverage_pages(site)
    yield from external_links_pages(site, linking)


def assets(site: Site) -> Iterator[Asset]:
    """Every other file: styles, scripts, trees' data, redirects."""
    yield from shared_assets(site.words)
    yield from (data_asset(tree, tree_data(site, tree)) for tree in site.project.trees)
    yield from redirects(site)


def _reader_pages(site: Site) -> Iterator[Page]:
    """The pages for readers."""
    data = {tree: tree_data(site, tree) for tree in site.project.trees}
    for tree in site.project.trees.values():
        quoted = in_single_quotes(data[tree.id])
        yield from (node_page(site, tree, node, quoted) for node in readable_nodes(tree))
    shared = shared_trees(site)
    urls = share_urls(shared) if has_list(site.project, SHARE_PAGE) else {}
    for tree in site.project.trees.values():
        yield start_page(site, tree, data[tree.id], urls.get(tree.id, ""))
    if has_list(site.project, UPDATES_PAGE):
        yield updates_page(site)
    if has_list(site.project, INDEX_PAGE):
        yield from a_to_z_pages(site)
    if has_list(site.project, SHARE_PAGE):
        yield from share_pages(site, shared)


def node_page(site: Site, tree: Tree, node: Node, data: Markup) -> Page:
    """The page of a node. `data` is the tree's data as an HTML attribute."""
    match node:
        case Question(choose="several"):
            return selection_page(site, tree, node, data)
        case Question() | Checklist():
            return question_page(site, tree, node, data)
        case Step():
            return step_page(site, tree, node, data)
        case Outcome():
            return outcome_page(site, tree, node, data)
        case _:
            assert_never(node)
