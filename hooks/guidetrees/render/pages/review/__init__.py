"""The documents that a tree's experts sign off: one of each tree, and one of all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guidetrees.project.references import readable_nodes
from guidetrees.project.urls import PARENT, REVIEW, REVIEW_LISTS
from guidetrees.render.context import Site
from guidetrees.render.page import Page, named_page
from guidetrees.render.pages.review.document import Document, trials
from guidetrees.render.pages.review.tree import ReviewedTree, reviewed_tree

MAX_SCREENS = 500
"""Screens of all trees that one document shows: it can still be read and printed in one piece."""
ALL = "index.html"
"""The page of the document of all trees."""


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """The view of a document's page."""

    here: str
    documents: list[tuple[str, str]]
    """Titles and addresses of the documents and lists."""
    trees: list[ReviewedTree]
    screens: int
    """The number of screens of all trees, which may be too many for one document."""


def review_pages(site: Site) -> Iterator[Page]:
    """The page of every document, each rendered as it is taken."""
    words, trees = site.words, site.project.trees.values()
    titles = {ALL: words["review_all"]} | {f"{tree.id}.html": str(tree.title) for tree in trees}
    lists = {PARENT + page: words[name] for page, name in REVIEW_LISTS.items()}
    screens = sum(len(readable_nodes(tree)) for tree in trees)
    tried = trials(site)
    of_all = Document(site, tuple(trees) if screens <= MAX_SCREENS else (), tried)
    documents = {ALL: of_all} | {f"{tree.id}.html": Document(site, (tree,), tried) for tree in trees}
    for here, document in documents.items():
        # In a large guide, only the first lists all.
        listed = {name: titles[name] for name in (titles if here == ALL or of_all.trees else (ALL, here))}
        view = ReviewPage(
            here=here,
            documents=[(name, href) for href, name in (listed | lists).items()],
            trees=[reviewed_tree(document, tree) for tree in document.trees],
            screens=screens,
        )
        title = words.say("review_of", title=titles[here])
        block = site.render("pages/review/review.html", page=view)
        yield named_page(words, "review", f"{REVIEW}/{here}", block, site.project.layout.trees, title)
