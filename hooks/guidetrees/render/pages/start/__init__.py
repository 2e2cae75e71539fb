"""The start page of a tree."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from guidetrees.parse.model import Tree
from guidetrees.project.urls import PARENT, REVIEW
from guidetrees.render.assets import MAPS_STYLE
from guidetrees.render.author_text import tree_text
from guidetrees.render.components.foot import Foot, foot
from guidetrees.render.components.map import START, MapPicture, map_pictures
from guidetrees.render.components.outline import OutlineLine, outline_lines
from guidetrees.render.components.overdue import Overdue, overdue
from guidetrees.render.components.top import render_top, start_top
from guidetrees.render.components.trail import NO_TRAIL, Trail
from guidetrees.render.components.update_notice import UpdateNotice, update_notice
from guidetrees.render.context import Site
from guidetrees.render.page import Page
from guidetrees.render.tree_data import data_url


@dataclass(frozen=True, slots=True)
class StartPage:
    """The view of a tree's start page."""

    style: str
    """The address of the style that only pages with maps load."""
    data: str
    """The address of the tree's data for the script."""
    summary: str
    first: str
    """The address of the first node."""
    intro: Markup | None
    overdue: Overdue
    trail: Trail
    updates: list[UpdateNotice]
    pictures: list[MapPicture]
    outline: list[OutlineLine]
    foot: Foot
    share: str
    """The address of the tree's links and codes."""
    review: str
    """The address of the tree's document for review."""


def start_page(site: Site, tree: Tree, data: str, share: str) -> Page:
    """The start page of `tree`. `data` is `tree_data`; `share` is the address of its links in the site's root."""
    view = StartPage(
        style=PARENT + MAPS_STYLE,
        data=data_url(tree.id, data),
        summary=tree.summary,
        first=f"{tree.start}.html",
        intro=tree_text(site, tree, tree.intro),
        overdue=overdue(site, tree),
        trail=NO_TRAIL,
        updates=[update_notice(site, name, PARENT) for name in tree.updates],
        pictures=map_pictures(site, START, tree.id),
        outline=list(outline_lines(site, tree)),
        foot=foot(site, tree, f"{tree.id}/index.html", tree.title),
        share=PARENT + share,
        review=f"{PARENT}{REVIEW}/{tree.id}.html",
    )
    return Page(
        path=f"{tree.id}/index.md",
        title=str(tree.title),
        description=str(tree.summary),
        id="start",
        block=site.render("pages/start/start.html", page=view),
        source=tree.file,
        above=render_top(site, start_top(site)),
    )
