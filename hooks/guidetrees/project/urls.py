"""URLs of pages. Every page is a file, so a link is a relative path that works on a server and on a file share."""

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
REVIEW_LISTS = {COVERAGE_PAGE: "coverage", EXTERNAL_LINKS_PAGE: "outside"}
"""The lists that the documents for review link to. First page of a list → its name, as in LISTS."""
LISTS = {INDEX_PAGE: "index", SHARE_PAGE: "share", **REVIEW_LISTS}
"""First page of a list → its name: the key of its title and (`<name>_lead`) description, and its heading's id."""
REVIEW = "review"
"""The folder of the documents for review."""
PARENT = "../"
"""The path from a page of a tree or of the guide to the site's root."""


def lists_of(project: Project) -> dict[str, str]:
    """The lists of the site, as in LISTS."""
    return {page: name for page, name in LISTS.items() if has_list(project, page)}


def has_list(project: Project, page: str) -> bool:
    """Whether the site has the list at `page`."""
    settings = project.settings
    return settings.review if page in REVIEW_LISTS else page.removesuffix(".html") in settings.lists


def page_url(ref: NodeRef) -> str:
    """The page of a node or of a tree's start, from the site's root."""
    return f"{ref.tree}/{ref.node or 'index'}.html"


def relative_url(ref: NodeRef, tree: str) -> str:
    """The URL of the same page, relative to a page of `tree`."""
    return f"{ref.node or 'index'}.html" if ref.tree == tree else PARENT + page_url(ref)


def docs_url(project: Project, path: str) -> str:
    """The URL of the page at `path` in docs/, from the site's root. It is a file whether the site builder writes
    it as `x.html` or as `x/index.html`, so that it also works on a file share."""
    return as_page(path, project.settings.directory_urls)


def section_url(project: Project, reference: str) -> str:
    """The URL of the section `page.md#id`, from the site's root."""
    page, mark, id = reference.partition("#")
    path = f"{project.layout.guide_in_docs}/{page}"
    return f"{docs_url(project, path)}{mark}{id}"


def link_from_tree(project: Project, tree: str, folder: str = "") -> Link:
    """A function that resolves links in the Markdown of `tree`, for a page in its folder or in `folder`."""

    def link(target: str) -> str | None:
        if found := _guide_link(project, target):
            return PARENT + found
        ref = parse_reference(target, tree) if ":" in target else next_target(project.trees, target, tree)
        if ref is None and target in project.uncertain.unread:
            ref = NodeRef(target)
        return relative_url(ref, folder or tree) if ref and _exists(project, ref, tree) else None

    return link


def link_from_updates(project: Project, up: str = "") -> Link:
    """A function that resolves links in updates.yml. `up` is the path from the page to the site's root."""

    def link(target: str) -> str | None:
        found = _guide_link(project, target)
        if not found:
            ref = parse_reference(target if ":" in target else f"{target}:", "")
            found = page_url(ref) if _exists(project, ref) else None
        return up + found if found else None

    return link


def _exists(project: Project, ref: NodeRef, tree: str = "") -> bool:
    """Whether there is such a page, or may be in another tree than `tree` that is in doubt (its own problem)."""
    return exists(project.trees, ref) or (ref.tree != tree and project.uncertain.node(ref))


def _guide_link(project: Project, target: str) -> str | None:
    page, mark, id = target.partition("#")
    if project.uncertain.section(target):
        return section_url(project, target)
    known = project.pages.get(page)
    return section_url(project, target) if known and (not mark or id in known.sections) else None
