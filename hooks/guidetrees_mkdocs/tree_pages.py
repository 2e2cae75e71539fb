"""The pages that the engine makes: MkDocs builds a few pages with marks, and the engine fills in all others.

MkDocs builds one page for each shell (see `page_shell`) and knows the other pages as link targets only, since a
page that it builds takes many times longer.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
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
from guidetrees.source.page_names import as_page


class ShellFile(File):
    """A page with marks, which MkDocs builds."""


class TreePage(File):
    """A page that the engine makes. For MkDocs it is a file that links may lead to and that needs no copying."""

    def is_documentation_page(self) -> bool:
        return False

    def copy_file(self, dirty: bool = False) -> None:
        pass


class LinkTarget(Page):
    """What MkDocs knows of a `TreePage`: its title, its address and its anchors."""

    def __init__(self, title: str, file: File, config: MkDocsConfig, ids: Callable[[str], set[str]]) -> None:
        super().__init__(title, file, config)
        self._ids = ids

    @property
    def present_anchor_ids(self) -> set[str]:  # type: ignore[override]
        return self._ids(self.file.src_uri)


class TreePages(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """The engine's pages in one build."""

    def __init__(self, site: Site, with_rules: bool) -> None:
        self.site = site
        self.with_rules = with_rules
        """Whether the pages of the rules are built, which are for authors."""
        self.in_nav: frozenset[str] = frozenset()
        """The pages that the navigation names. Their navigation differs, so each has a shell of its own."""
        self.shell_files: dict[str, File] = {}
        """By path in docs/, as are the following."""
        self.shells: dict[str, PageShell] = {}
        self.tree_pages: dict[str, File] = {}

    def on_build_error(self, error: Exception) -> None:
        if isinstance(error, OSError):
            message = say("The site could not be built: {reason}", reason=failure(error))
            raise PluginError(self.site.words.tell(message)) from error

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        self.in_nav = frozenset(_named(config.nav))
        for path, title, key in planned_pages(self.site, self.with_rules):
            self._plan(config, path, title, key)
        for file in (*self.shell_files.values(), *self.tree_pages.values()):
            files.append(file)
        for asset in assets(self.site):
            files.append(_generated(File, config, asset.path, asset.content))
        if (
            not config.site_url and not self.site.project.settings.is_guest
        ):  # a sitemap holds whole addresses, and there are none
            config.theme.static_templates -= {"sitemap.xml"}
        return files

    def _plan(self, config: MkDocsConfig, path: str, title: str, key: ShellKey) -> None:
        source = _from_docs(config, key.source)
        if key.path not in self.shell_files:
            self.shell_files[key.path] = _generated(ShellFile, config, key.path, shell_source(key), source)
        if path in self.in_nav:
            self.shell_files[path] = _generated(ShellFile, config, path, shell_source(key, title), source)
            return
        self.tree_pages[path] = page = _generated(TreePage, config, path, "", source)
        page.dest_uri = as_page(path)
        LinkTarget(title, page, config, self._ids)

    def _ids(self, path: str) -> set[str]:
        """The anchors of a page. It is made for that, which few links ask for."""
        pages = published_pages(self.site, self.with_rules)
        return next({page.id, *ids(page.block)} for page in pages if page.path == path)

    def on_template_context(self, context: Any, template_name: str, config: MkDocsConfig) -> Any:
        """Gives a sitemap all pages, without those that are shells only."""
        pages = {file.src_uri: file for file in [*context["pages"], *self.tree_pages.values()]}
        only_shells = self.shell_files.keys() - self.in_nav
        return {**context, "pages": [file for path, file in pages.items() if path not in only_shells]}

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
            Path(file.abs_dest_path).unlink()  # most are no pages
        try:
            publish(self.site, config.site_dir, self.shells, self.with_rules)
        except TooManyCombinations as error:
            raise PluginError(self.site.words.tell(error.message)) from error
        except OSError as error:
            message = say("The site could not be written: {reason}", reason=failure(error))
            raise PluginError(self.site.words.tell(message)) from error


def _named(nav: object) -> Iterator[str]:
    """The paths and addresses in the `nav` of mkdocs.yml."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, list | dict):
        for item in nav.values() if isinstance(nav, dict) else nav:
            yield from _named(item)


def _from_docs(config: MkDocsConfig, source: str) -> str:
    """The path of a file of the project, relative to docs/: MkDocs expects the source of a page there."""
    root = Path(config.config_file_path).parent
    return Path(os.path.relpath(root / source, config.docs_dir)).as_posix()


def _generated(kind: type[File], config: MkDocsConfig, path: str, content: str, source: str | None = None) -> File:
    # Out of the navigation: there, each page takes the longer the more pages there are.
    file = kind.generated(config, path, content=content, inclusion=InclusionLevel.NOT_IN_NAV)
    file.use_directory_urls = False  # the engine's pages are files under their own names: docs/decisions/0027
    if source:
        file.edit_uri = source
    return file
