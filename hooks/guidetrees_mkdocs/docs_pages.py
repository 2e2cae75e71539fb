"""The pages of docs/: MkDocs gets the text that was checked, readers get the HTML that the allowlist permits."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from guidetrees.check.checker import findings_of_reading
from guidetrees.parse.docs_page import DocsPage, read_docs_page
from guidetrees.parse.html_allowlist import sanitize, text_only
from guidetrees.parse.html_tree import ids
from guidetrees.parse.site_markdown import GUESTS, without_controls
from guidetrees.render.context import Site
from guidetrees.render.docs_pages import own_page
from guidetrees.source.files import Unreadable
from guidetrees.source.location import Location, Problem
from guidetrees_mkdocs.tree_pages import ShellFile

log = logging.getLogger("mkdocs.plugins.guidetrees")


class DocsPages(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """The pages of docs/ in one build."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.titled: frozenset[str] = frozenset()
        """The pages to which the navigation gives a title, by path in docs/."""
        self.listed: list[str] | None = None
        """The extensions of Markdown as they were."""

    @property
    def is_guest(self) -> bool:
        return self.site.project.settings.is_guest

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        if self.is_guest:
            return nav
        self.titled = frozenset(page.file.src_uri for page in nav.pages if page.title is not None)
        _escape_titles(nav.items)
        return nav

    def on_page_read_source(self, page: Page, config: MkDocsConfig) -> str | None:
        return None if self.is_guest or isinstance(page.file, ShellFile) else self._read(page.file).source()

    def _read(self, file: File) -> DocsPage:
        """A page as it was checked. One that another plugin has added, or that is newer than the check, is read
        here. Raises PluginError."""
        path, layout = file.src_uri, self.site.project.layout
        if path in self.site.project.docs:
            return self.site.project.docs[path]
        try:
            dialect = self.site.project.settings.dialect
            page, problems = read_docs_page(path, layout.doc(path), file.content_string, layout, dialect)
        except Unreadable as error:
            raise PluginError("\n".join(self._lines(error.problems))) from error
        for line in self._lines(problems):
            log.warning(line)
        return page

    def _lines(self, problems: Iterable[Problem]) -> list[str]:
        return [self.site.words.tell(finding.line) for finding in findings_of_reading(problems)]

    @event_priority(1000)
    def on_page_markdown(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Gives the page its title, which other plugins may then change."""
        if self.is_guest:
            self._give_ids(page, config)
        elif not isinstance(page.file, ShellFile) and page.file.src_uri not in self.titled:
            page.title = self._read(page.file).title
        return markdown

    def _give_ids(self, page: Page, config: MkDocsConfig) -> None:
        """On a site of others, reads the guide's pages alone with what gives headings their ids."""
        self.listed = config.markdown_extensions if self.listed is None else self.listed
        has_ids = isinstance(page.file, ShellFile) or self.site.project.layout.guide_path(page.file.src_uri)
        missing = [name for name in GUESTS if name not in self.listed] if has_ids else []
        config.markdown_extensions = [*self.listed, *missing]

    @event_priority(1000)  # what authors have written; what other plugins add to a page is theirs
    def on_page_content(self, output: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        if isinstance(page.file, ShellFile):
            return output
        path = page.file.src_uri
        if self.is_guest:
            html = own_page(self.site, path, output)
            page.present_anchor_ids = (page.present_anchor_ids or set()) | (ids(html) if html != output else set())
            return html
        html, dropped = sanitize(without_controls(output))
        # Another plugin wrote what is dropped here, as Markdown: the check has reported what authors wrote.
        place = Location(self.site.project.layout.doc(path))
        for line in self._lines(Problem(place, one.message) for one in dropped):
            log.warning(line)
        html = own_page(self.site, path, html)
        page.present_anchor_ids = ids(html)
        page.toc = _toc_of(page.toc, page.present_anchor_ids)
        if path not in self.titled:
            page.title = escape(page.title)
        return html


def _escape_titles(items: Iterable[Any]) -> None:
    """Escapes the titles of pages, sections and links, which mkdocs.yml or names of folders give: themes write
    titles into HTML unescaped."""
    for item in items:
        if item.title is not None:
            item.title = escape(item.title)
        _escape_titles(item.children or ())


def _toc_of(toc: TableOfContents, ids: set[str]) -> TableOfContents:
    """The entries of a table of contents whose headings are on the page, as text."""
    items = [item for item in toc.items if item.id in ids]
    for item in items:
        item.title = text_only(item.title)
        item.children = _toc_of(TableOfContents(item.children), ids).items
    return TableOfContents(items)
