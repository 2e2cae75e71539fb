"""The start page of a tree."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from guidetrees.parse.model import Tree
from guidetrees.project.urls import PARENT, relative_url
from guidetrees.render.components.foot import Foot, foot
from guidetrees.render.components.map import MapPicture, TreeMap
from guidetrees.render.components.outline import OutlineEntry, outline_lines
from guidetrees.render.components.overdue import Overdue, overdue
from guidetrees.render.components.top import render_top
from guidetrees.render.components.trail import Trail
from guidetrees.render.components.update_notice import UpdateNotice, update_notice
from guidetrees.render.context import Site
from guidetrees.render.page import Page
from guidetrees.render.tree_data import data_url


@dataclass(frozen=True, slots=True)
class StartPage:
    """The view of a tree's start page."""

    tree: Tree
    data: str
    """The address of the tree's data for the script."""
    intro: Markup | None
    overdue: Overdue
    trail: Trail
    updates: list[UpdateNotice]
    pictures: list[MapPicture]
    outline: list[tuple[bool, OutlineEntry]]
    foot: Foot
    share: str
    """The address of the tree's links and codes; empty without."""
    has_review: bool
    """Whether there is a document for review."""


def start_page(site: Site, tree: Tree, data: str, share: str) -> Page:
    """The start page of `tree`. `data` is `tree_data`; `share` is the address of its links
    in the site's root; empty without."""
    view = StartPage(
        tree=tree,
        data=data_url(tree.id, data),
        intro=site.markdown(tree, tree.intro),
        overdue=overdue(site, tree),
        trail=Trail(),
        updates=[update_notice(site, name) for name in tree.updates],
        pictures=TreeMap(site, tree.id, "map", lambda ref: relative_url(ref, tree.id), {}).pictures(),
        outline=list(outline_lines(site, tree)),
        foot=foot(site, tree, f"{tree.id}/index.html", tree.title),
        share=PARENT + share if share else "",
        has_review=site.project.settings.review,
    )
    return Page(
        path=f"{tree.id}/index.md",
        title=str(tree.title),
        description=str(tree.summary),
        id="start",
        block=site.render("pages/start/start.html", page=view),
        source=tree.file,
        above=render_top(site),
    )
