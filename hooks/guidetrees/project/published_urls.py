"""The addresses of a site to which others may link, and the list of those that it has had."""

from __future__ import annotations

from collections.abc import Iterator

from guidetrees.graph.graph import NodeRef
from guidetrees.messages.commands import how_to
from guidetrees.messages.words import languages, read_words
from guidetrees.parse.model import Tree
from guidetrees.project.project import Project
from guidetrees.project.references import readable_nodes
from guidetrees.project.urls import INDEX_PAGE, SHARE_PAGE, UPDATES_PAGE, docs_url, has_list, page_url, section_url

HEADER = f"""\
# The addresses that this site has had. Onboarding material and mails link to them, so each must lead somewhere as
# long as the site exists: `{how_to("check")}` reports those that do not. `{how_to("addresses")}` adds new ones.
# Delete a line only where its content is withdrawn for good.
"""


def all_urls(project: Project) -> set[str]:
    """Every address to which others may link, from the site's root: pages, sections of the guide, and addresses
    that redirect to them. Documents for review and reports for authors are left out."""
    found = {*page_urls(project), *_guide_urls(project), *docs_urls(project)}
    if project.settings.accessibility_statement and (statement := statement_url(project)):
        found.add(statement)
    return found | {page for page in (INDEX_PAGE, SHARE_PAGE, UPDATES_PAGE) if has_list(project, page)}


def page_urls(project: Project) -> dict[str, str]:
    """Every address of a tree's page, redirects included, with the tree's id."""
    return {page: tree.id for tree in project.trees.values() for page in _tree_urls(tree)}


def _tree_urls(tree: Tree) -> Iterator[str]:
    nodes = ["", *(str(name) for node in readable_nodes(tree) for name in (node.id, *node.aliases))]
    for folder in (tree.id, *map(str, tree.aliases)):
        yield from (page_url(NodeRef(folder, node)) for node in nodes)
    if tree.short:
        yield page_url(NodeRef(tree.short))


def _guide_urls(project: Project) -> Iterator[str]:
    yield from (page for page in project.html_pages if project.layout.guide_path(page))
    for path, page in project.pages.items():
        yield section_url(project, path)
        yield from (section_url(project, f"{path}#{id}") for id in page.sections)
        for former, _ in page.moved:
            yield from (section_url(project, former), section_url(project, former.partition("#")[0]))


def docs_urls(project: Project) -> set[str]:
    """The addresses of the pages of docs/ that are not the guide's."""
    pages = {docs_url(project, page.path) for page in project.own_pages} | project.html_pages
    return {page for page in pages if not project.layout.guide_path(page)}


def statement_url(project: Project) -> str:
    """The short address of the accessibility statement; empty for a language without words."""
    language = project.settings.language
    if language not in languages():
        return ""
    return page_url(NodeRef(read_words(language)["statement_path"]))


def updated_list(project: Project) -> str:
    """The new text of the list of published addresses: those that are listed, and those that the site has now."""
    urls = sorted({*map(str, project.published), *all_urls(project)})
    return HEADER + "".join(f"{url}\n" for url in urls)


def moved_sections(project: Project) -> dict[str, dict[str, str]]:
    """By former page (`page.md`) and former id: where the section is now (`page.md#id`).

    The former id of a whole page is empty.
    """
    found: dict[str, dict[str, str]] = {}
    for path, page in sorted(project.pages.items()):
        for former, id in page.moved:
            there, _, section = former.partition("#")
            found.setdefault(there, {})[section] = f"{path}#{id}"
    return found
