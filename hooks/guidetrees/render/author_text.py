"""Authors' Markdown as HTML, with links relative to the page that shows it."""

from __future__ import annotations

from markupsafe import Markup

from guidetrees.parse.author_markdown import render_author_markdown
from guidetrees.parse.model import Tree
from guidetrees.project.urls import link_from_tree
from guidetrees.render.context import Site
from guidetrees.source.location import LocatedStr


def tree_text(site: Site, tree: Tree, text: LocatedStr | None, folder: str = "") -> Markup | None:
    """The HTML of a text of `tree`, for a page in the tree's folder or in another `folder`."""
    return render_author_markdown(text, link_from_tree(site.project, tree.id, folder)).html if text else None
