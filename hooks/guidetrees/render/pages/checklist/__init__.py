"""The page of a checklist: that of a question, with the items."""

from __future__ import annotations

from markupsafe import Markup

from guidetrees.parse.model import Checklist, Tree
from guidetrees.render.components.checklist import checklist_items
from guidetrees.render.context import Site
from guidetrees.render.page import Page
from guidetrees.render.pages.node import above, ref_of
from guidetrees.render.pages.question import question_view


def checklist_page(site: Site, tree: Tree, node: Checklist, data: Markup) -> Page:
    """The page of a checklist."""
    edges = site.graph.incoming.get(ref_of(tree, node), ())
    return Page(
        path=f"{tree.id}/{node.id}.md",
        title=str(node.title),
        description=str(tree.title),
        id="checklist",
        block=site.render(
            "pages/checklist/checklist.html",
            page=question_view(site, tree, node, edges, data),
            checklist=checklist_items(site, node),
        ),
        source=tree.file,
        above=above(site, tree, node, edges),
    )
