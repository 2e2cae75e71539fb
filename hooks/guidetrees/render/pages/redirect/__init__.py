"""Pages at former and short addresses, which redirect to where the content is now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guidetrees.graph.graph import NodeRef
from guidetrees.parse.model import Tree
from guidetrees.project.published_urls import docs_urls, moved_sections, page_urls
from guidetrees.project.references import readable_nodes
from guidetrees.project.urls import PARENT, page_url, section_url
from guidetrees.render.assets import Asset
from guidetrees.render.context import Site


@dataclass(frozen=True, slots=True)
class Redirect:
    """The view of a page that redirects."""

    href: str
    title: str
    """The title of the page there."""
    heading: str
    words: str
    """The text before the link, for readers without JavaScript."""


@dataclass(frozen=True, slots=True)
class SectionLink:
    """A section of the guide that has moved."""

    id: str
    """Its former id; empty for a page as a whole."""
    href: str
    title: str


def redirects(site: Site) -> Iterator[Asset]:
    """The pages of all trees, of the accessibility statement and of the guide's former pages."""
    for tree in site.project.trees.values():
        yield from _tree_redirects(site, tree)
    yield from _statement(site)
    for path, sections in moved_sections(site.project).items():
        if path not in site.project.pages:
            yield _moved_page(site, path, sections)


def section_links(site: Site, sections: Mapping[str, str], up: str) -> list[SectionLink]:
    """Former ids with where each section is now (`page.md#id`), the page as a whole first."""
    links = []
    for former, reference in sorted(sections.items()):
        section = site.project.section(reference)
        assert section, "checked before"
        links.append(SectionLink(former, up + section_url(site.project, reference), section.label))
    return links


def _tree_redirects(site: Site, tree: Tree) -> Iterator[Asset]:
    names = {"index": NodeRef(tree.id)}
    for node in readable_nodes(tree):
        ref = NodeRef(tree.id, str(node.id))
        former = {str(alias): ref for alias in node.aliases}
        yield from (_redirect(site, f"{tree.id}/{name}.html", ref) for name in former)
        names |= former | {str(node.id): ref}
    for alias in tree.aliases:
        yield from (_redirect(site, f"{alias}/{name}.html", ref) for name, ref in names.items())
    if tree.short:
        yield _redirect(site, f"{tree.short}/index.html", NodeRef(tree.id), "short", "short_to")


def _redirect(site: Site, path: str, ref: NodeRef, heading: str = "moved", words: str = "moved_to") -> Asset:
    title = site.graph.node(ref).title if ref.node else site.project.trees[ref.tree].title
    return _page(site, path, PARENT + page_url(ref), title, heading, words)


def redirect_to(site: Site, path: str, url: str, title: str) -> Asset:
    """A page at `path` that redirects to another page of the site, at `url`. Both are from the site's root."""
    return _page(site, path, PARENT * path.count("/") + url, title, "moved", "moved_to")


def _statement(site: Site) -> Iterator[Asset]:
    """The short address of the official accessibility statement, where no tree and no page of docs/ has it."""
    href = site.project.settings.accessibility_statement
    path = site.words["statement_path"] + "/index.html"
    if href and path not in page_urls(site.project) and path not in docs_urls(site.project):
        yield _page(site, path, href, site.words["statement"], "statement", "short_to")


def _page(site: Site, path: str, href: str, title: str, heading: str, words: str) -> Asset:
    """A page that redirects to `href`. `heading` and `words` are keys of texts."""
    view = Redirect(href, title, site.words[heading], site.words[words])
    return Asset(path, site.render("pages/redirect/redirect.html", page=view))


def _moved_page(site: Site, path: str, sections: Mapping[str, str]) -> Asset:
    """The page at the former address of a page of the guide, with its sections."""
    url = section_url(site.project, path)
    links = section_links(site, sections, PARENT * url.count("/"))
    return Asset(url, site.render("pages/redirect/moved_page.html", sections=links))
