"""The pages that the engine makes: MkDocs builds a few pages with marks, and the engine fills in all others.

MkDocs builds one page for each shell (see `page_shell`) and knows the other pages as link targets only, since a
page that it builds takes many times longer.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from guidetrees.graph.decision_diagram import TooManyCombinations
from guidetrees.messages.message import failure, say
from guidetrees.parse.html_tree import ids
from guidetrees.publish.page_shell import (
    ABOVE,
    BLOCK,
    PageShell,
    ShellKey,
    planned_pages,
    shell_of,
    shell_source,
)
from guidetrees.publish.site_files import publish, published_pages
from guidetrees.render.context import Site
from guidetrees.render.site_pages import assets
from guidetrees.search.documents import Document
from guidetrees.source.page_names import as_page
from guidetrees_mkdocs.other_plugins import named_in_nav_files, redirects_to_trees


class ShellFile(File):
    """A page with marks, which MkDocs builds after the navigation is made.

    Until then it is no page for other plugins: none may find it by a pattern.
    """

    built = False
    """Whether MkDocs builds it now."""

    def is_documentation_page(self) -> bool:
        return self.built

    def copy_file(self, dirty: bool = False) -> None:
        pass


class TreePage(ShellFile):
    """A page that the engine makes. MkDocs builds it if it is in the navigation; if not, it is a file that links
    may lead to and that needs no copying."""


class LinkTarget(Page):
    """What MkDocs knows of a `TreePage`: its title, its address and its anchors."""

    def __init__(self, title: str, file: File, config: MkDocsConfig, ids: Callable[[str], set[str]]) -> None:
        super().__init__(title, file, config)
        self._ids = ids

    @property
    def present_anchor_ids(self) -> set[str]:  # type: ignore[override]
        return self._ids(self.file.src_uri)


Planned = tuple[str, ShellKey]
"""The title of a page and its shell."""
Kind = TypeVar("Kind", bound=File)


class TreePages(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """The engine's pages in one build."""

    def __init__(self, site: Site, with_rules: bool, found: Callable[[Document], object] = lambda _: None) -> None:
        self.site = site
        self.found = found
        """Gets what can be found on each page."""
        self.with_rules = with_rules
        """Whether the pages of the rules are built, which are for authors."""
        self.planned: dict[str, Planned] = {}
        """By path in docs/, as are the following."""
        self.tree_pages: dict[str, TreePage] = {}
        self.shell_files: dict[str, ShellFile] = {}
        self.shells: dict[str, PageShell] = {}
        self.own_matter: dict[str, tuple[Any, dict[str, Any]]] = {}
        """The title and the front matter of pages that are read now."""

    def on_build_error(self, error: Exception) -> None:
        if isinstance(error, OSError):
            message = say("The site could not be built: {reason}", reason=failure(error))
            raise PluginError(self.site.words.tell(message)) from error

    @event_priority(1000)  # before other plugins look for pages
    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        for path, title, key in planned_pages(self.site, self.with_rules):
            self.planned[path] = title, key
            source = _from_docs(config, key.source)
            if key.path not in self.shell_files:
                self.shell_files[key.path] = _generated(ShellFile, config, key.path, shell_source(key), source)
            self.tree_pages[path] = _generated(TreePage, config, path, "", source)
        for file in (*self.shell_files.values(), *self.tree_pages.values()):
            files.append(file)
        titles = {path: title for path, (title, _) in self.planned.items()}
        for asset in (*assets(self.site), *redirects_to_trees(self.site, config, titles)):
            files.append(_generated(File, config, asset.path, asset.content))
        if (
            not config.site_url and not self.site.project.settings.is_guest
        ):  # a sitemap holds whole addresses, and there are none
            config.theme.static_templates -= {"sitemap.xml"}
        return files

    @event_priority(1000)
    def _before_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """Shows a plugin that makes the navigation the pages that its files name."""
        for path in named_in_nav_files(config, files):
            if page := self.tree_pages.get(path):
                page.built, page.inclusion = True, InclusionLevel.INCLUDED
        return nav

    @event_priority(-1000)
    def _after_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """Decides which pages MkDocs builds. Those in the navigation have a shell each, as theirs differs."""
        in_nav = {page.file.src_uri for page in nav.pages}
        for path, file in self.tree_pages.items():
            title, key = self.planned[path]
            file.built = path in in_nav
            if file.built:
                file.content_string = shell_source(key, title)
            else:
                LinkTarget(title, file, config, self._ids)
        for shell in self.shell_files.values():
            shell.built = True
        return nav

    on_nav = CombinedEvent(_before_nav, _after_nav)

    def _ids(self, path: str) -> set[str]:
        """The anchors of a page. It is made for that, which few links ask for."""
        pages = published_pages(self.site, self.with_rules)
        return next({page.id, *ids(page.block)} for page in pages if page.path == path)

    def on_template_context(self, context: Any, template_name: str, config: MkDocsConfig) -> Any:
        """Gives a sitemap all pages, without those that are shells only."""
        pages = {file.src_uri: file for file in [*context["pages"], *self.tree_pages.values()]}
        return {**context, "pages": [file for path, file in pages.items() if path not in self.shell_files]}

    @event_priority(1000)
    def _before_markdown(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        if isinstance(page.file, ShellFile):
            self.own_matter[page.file.src_uri] = page.title, dict(page.meta)
        return markdown

    @event_priority(-1000)
    def _after_markdown(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Takes back what other plugins have made of a tree's title, which is text, and what they say of a page
        that is no file in docs/, such as the day of the build as that of its last change."""
        if isinstance(page.file, ShellFile):
            page.title, page.meta = self.own_matter.pop(page.file.src_uri)
        return markdown

    on_page_markdown = CombinedEvent(_before_markdown, _after_markdown)

    @event_priority(-1000)  # after other plugins have changed the page
    def on_page_content(self, output: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        return f"{ABOVE}\n{output}\n{BLOCK}" if isinstance(page.file, ShellFile) else output

    @event_priority(-2000)  # when the page is as it will be written, with its policy
    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:
        if isinstance(page.file, ShellFile):
            self.shells[page.file.src_uri] = shell_of(output)
        return output

    def on_post_build(self, config: MkDocsConfig) -> None:
        for file in self.shell_files.values():
            Path(file.abs_dest_path).unlink()  # they are no pages
        try:
            publish(self.site, config.site_dir, self.shells, self.with_rules, self.found)
        except TooManyCombinations as error:
            raise PluginError(self.site.words.tell(error.message)) from error
        except OSError as error:
            message = say("The site could not be written: {reason}", reason=failure(error))
            raise PluginError(self.site.words.tell(message)) from error


def _from_docs(config: MkDocsConfig, source: str) -> str:
    """The path of a file of the project, relative to docs/: MkDocs expects the source of a page there."""
    root = Path(config.config_file_path).parent
    return Path(os.path.relpath(root / source, config.docs_dir)).as_posix()


def _generated(kind: type[Kind], config: MkDocsConfig, path: str, content: str, source: str | None = None) -> Kind:
    # Out of the navigation: there, each page takes the longer the more pages there are.
    file = kind.generated(config, path, content=content, inclusion=InclusionLevel.NOT_IN_NAV)
    file.use_directory_urls = False  # the engine's pages are files under their own names: docs/decisions/0027
    file.dest_uri = as_page(path)
    if source:
        file.edit_uri = source
    assert isinstance(file, kind)
    return file
