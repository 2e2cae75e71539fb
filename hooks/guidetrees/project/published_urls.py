"""The addresses of a site that are linked from elsewhere, and what has come of those it has had."""

from __future__ import annotations

from collections.abc import Iterator

from guidetrees.graph.graph import Address
from guidetrees.parse.model import Tree
from guidetrees.project.project import Project
from guidetrees.project.references import whole
from guidetrees.project.urls import INDEX_PAGE, SHARE_PAGE, UPDATES_PAGE, page_of, section_page
from guidetrees.source.page_names import as_page

HEADER = """\
# The addresses that this site has had. They are linked from onboarding material and mails, so each must lead
# somewhere as long as the site lives: `make check` tells of those that would not. `make addresses` adds new ones.
# Take a line out only where its content is withdrawn for good.
"""


def pages(project: Project) -> dict[str, str]:
    """Every address that there is a page at, or that redirects to one, with the tree it belongs to."""
    return {page: tree.id for tree in project.trees.values() for page in _pages(tree)}


def _pages(tree: Tree) -> Iterator[str]:
    nodes = ["", *(str(name) for node in whole(tree) for name in (node.id, *node.aliases))]
    for folder in (tree.id, *map(str, tree.aliases)):
        yield from (page_of(Address(folder, node)) for node in nodes)
    if tree.short:
        yield page_of(Address(tree.short))


def addresses(project: Project) -> set[str]:
    """Every address, from the site's root, of a page or of a place on one, those included that lead on to them."""
    other = (as_page(page.path) for page in project.own_pages if "/" not in page.path)
    found = {*pages(project), *other, INDEX_PAGE, SHARE_PAGE, UPDATES_PAGE}
    for path, page in project.pages.items():
        found |= {f"guide/{as_page(path)}", *(section_page(f"{path}#{id}") for id in page.sections)}
        found |= {section_page(str(former)) for former, _ in page.moved}
        found |= {section_page(str(former).partition("#")[0]) for former, _ in page.moved}
    return found


def recorded(project: Project) -> str:
    """What PUBLISHED is to hold: what it holds, and every address that there is now."""
    return HEADER + "".join(
        f"{address}\n" for address in sorted({*map(str, project.published), *addresses(project)})
    )


def moved(project: Project) -> dict[str, dict[str, str]]:
    """By former page (`page.md`) and id there: where the section stands now (`page.md#id`).

    The id of a page as a whole is empty.
    """
    found: dict[str, dict[str, str]] = {}
    for path, page in sorted(project.pages.items()):
        for former, id in page.moved:
            there, _, section = former.partition("#")
            found.setdefault(there, {})[section] = f"{path}#{id}"
    return found
