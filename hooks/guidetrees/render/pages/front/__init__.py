"""The front page: a page of docs/ with the list of trees."""

from __future__ import annotations

from guidetrees.parse.model import Tree
from guidetrees.project.urls import INDEX_PAGE, has_list
from guidetrees.render.components.cards import Card, tree_card
from guidetrees.render.context import Site

TREES_MARK = "<!-- trees -->"
"""Marks the place of the list of trees in the front page's Markdown."""
MAX_CARDS = 100
"""Trees on the front page. Readers find others in the alphabetical index."""


def front_page(site: Site, text: str, gap: str) -> str:
    """The front page's `text` with the list of trees at its mark, or at its end. `gap` separates blocks."""
    cards = front_cards(site)
    left = len(site.project.trees) - len(cards)
    html = site.render("pages/front/front.html", cards=cards, left=left, index=INDEX_PAGE)
    block = f"{gap}{html.strip()}{gap}" if cards else ""
    before, mark, after = text.partition(TREES_MARK)
    return before + block + after if mark else text + block


def front_cards(site: Site) -> list[Card]:
    """The cards of the first MAX_CARDS trees; of all where no index has the others."""
    most = MAX_CARDS if has_list(site.project, INDEX_PAGE) else None
    return [tree_card(tree, "") for tree in in_front_page_order(site)[:most]]


def in_front_page_order(site: Site) -> list[Tree]:
    """The trees by `order`, then by title."""

    def place(tree: Tree) -> tuple[float, str]:
        return (float("inf") if tree.order is None else tree.order, tree.title)

    return sorted(site.project.trees.values(), key=place)
