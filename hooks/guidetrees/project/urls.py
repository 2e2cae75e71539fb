"""Addresses of pages, as they are written on another page. Every page is a file (see the contract of
addresses in the README), so an address is a relative path that works on a server and on a file share."""

from __future__ import annotations

from guidetrees.graph.graph import NodeRef, exists, next_target, parse_reference
from guidetrees.parse.author_markdown import Link
from guidetrees.project.project import Project
from guidetrees.source.page_names import as_page

FRONT = "index.html"
UPDATES_PAGE = "updates.html"
INDEX_PAGE = "a-z.html"
COVERAGE_PAGE = "coverage.html"
SHARE_PAGE = "share.html"
EXTERNAL_LINKS_PAGE = "links.html"
REVIEW = "review"
"""The folder of the documents for review."""
PARENT = "../"
"""From a tree's or the guide's page to the site's root."""


def page_url(address: NodeRef) -> str:
    """The page of a node or of a tree's start, from the site's root."""
    return f"{address.tree}/{address.node or 'index'}.html"


def relative_url(address: NodeRef, tree: str) -> str:
    """The same as it is written on a page of `tree`."""
    return f"{address.node or 'index'}.html" if address.tree == tree else PARENT + page_url(address)


def section_url(reference: str) -> str:
    """The address of `page.md#id`, from the site's root."""
    page, mark, id = reference.partition("#")
    return f"guide/{as_page(page)}{mark}{id}"


def link_from_tree(project: Project, tree: str, folder: str = "") -> Link:
    """How links in the Markdown of `tree` are resolved, on a page in its folder or in another one."""

    def link(target: str) -> str | None:
        if found := _guide_link(project, target):
            return PARENT + found
        address = parse_reference(target, tree) if ":" in target else next_target(project.trees, target, tree)
        if address is None and project.uncertain.tree(target):
            address = NodeRef(target)
        return relative_url(address, folder or tree) if address and _exists(project, address, tree) else None

    return link


def link_from_updates(project: Project, up: str = "") -> Link:
    """How links in updates.yml are resolved, on a page from which `up` leads to the site's root."""

    def link(target: str) -> str | None:
        found = _guide_link(project, target)
        if not found:
            address = parse_reference(target if ":" in target else f"{target}:", "")
            found = page_url(address) if _exists(project, address) else None
        return up + found if found else None

    return link


def _exists(project: Project, address: NodeRef, tree: str = "") -> bool:
    """Whether there is such a page, or may be: another tree than `tree`, if in doubt, has its own problem."""
    return exists(project.trees, address) or (address.tree != tree and project.uncertain.node(address))


def _guide_link(project: Project, target: str) -> str | None:
    page, mark, id = target.partition("#")
    if project.uncertain.section(target):
        return section_url(target)
    known = project.pages.get(page)
    return section_url(target) if known and (not mark or id in known.sections) else None
