"""The addresses of a site that are linked from elsewhere, and what has come of those it has had."""

from __future__ import annotations

from collections.abc import Iterator

from guidetrees.graph.graph import NodeRef
from guidetrees.parse.model import Tree
from guidetrees.project.project import Project
from guidetrees.project.references import readable_nodes
from guidetrees.project.urls import INDEX_PAGE, SHARE_PAGE, UPDATES_PAGE, page_url, section_url
from guidetrees.source.page_names import as_page

HEADER = """\
# The addresses that this site has had. They are linked from onboarding material and mails, so each must lead
# somewhere as long as the site lives: `make check` tells of those that would not. `make addresses` adds new ones.
# Take a line out only where its content is withdrawn for good.
"""


def page_urls(project: Project) -> dict[str, str]:
    """Every address that there is a page at, or that redirects to one, with the tree it belongs to."""
    return {page: tree.id for tree in project.trees.values() for page in _pages(tree)}


def _pages(tree: Tree) -> Iterator[str]:
    nodes = ["", *(str(name) for node in readable_nodes(tree) for name in (node.id, *node.aliases))]
    for folder in (tree.id, *map(str, tree.aliases)):
        yield from (page_url(NodeRef(folder, node)) for node in nodes)
    if tree.short:
        yield page_url(NodeRef(tree.short))


def all_urls(project: Project) -> set[str]:
    """Every address, from the site's root, of a page or of a place on one, those included that lead on to them."""
    other = (as_page(page.path) for page in project.own_pages if "/" not in page.path)
    found = {*page_urls(project), *other, INDEX_PAGE, SHARE_PAGE, UPDATES_PAGE}
    for path, page in project.pages.items():
        found |= {f"guide/{as_page(path)}", *(section_url(f"{path}#{id}") for id in page.sections)}
        found |= {section_url(str(former)) for former, _ in page.moved}
        found |= {section_url(str(former).partition("#")[0]) for former, _ in page.moved}
    return found


def updated_list(project: Project) -> str:
    """What PUBLISHED is to hold: what it holds, and every address that there is now."""
    return HEADER + "".join(
        f"{address}\n" for address in sorted({*map(str, project.published), *all_urls(project)})
    )


def moved_sections(project: Project) -> dict[str, dict[str, str]]:
    """By former page (`page.md`) and id there: where the section stands now (`page.md#id`).

    The id of a page as a whole is empty.
    """
    found: dict[str, dict[str, str]] = {}
    for path, page in sorted(project.pages.items()):
        for former, id in page.moved:
            there, _, section = former.partition("#")
            found.setdefault(there, {})[section] = f"{path}#{id}"
    return found
