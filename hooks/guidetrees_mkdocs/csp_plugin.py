"""Puts the Content-Security-Policy into every page, and that of all pages into the server configurations."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from guidetrees.publish.csp import KnownScripts
from guidetrees.publish.server_config import write_configurations
from guidetrees_mkdocs.written_pages import WrittenPages


class PagePolicy(WrittenPages):  # type: ignore[no-untyped-call]
    """The policies of one build.

    In a preview the server sends the policy and pages have none: MkDocs adds a script of its own to them.
    """

    def __init__(self, scripts: KnownScripts, in_pages: bool, template: str) -> None:
        self.scripts = scripts
        self.template = template
        """That of the site's pages."""
        self.in_pages = in_pages
        self.hashes: set[str] = set()
        """Of the scripts in all pages."""

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        for file in files:
            # The engine's pages at former addresses, which have no theme. Files of docs/ may not run scripts.
            if file.src_uri.endswith(".html") and file.abs_src_path is None:
                file.content_string = self.written(file.content_string)
        return files

    @event_priority(-1000)  # when the environment is as pages are made with it
    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        self.scripts.learn(_neutral_page(env, config, self.template))
        return env

    def written(self, html: str) -> str:
        if not self.in_pages:
            return html
        html, hashes = self.scripts.under_policy(html)
        self.hashes |= hashes
        return html

    def on_post_build(self, config: MkDocsConfig) -> None:
        write_configurations(self.hashes, Path(config.site_dir), self.scripts.with_workers)


def _neutral_page(env: Environment, config: MkDocsConfig, template: str) -> str:
    """A page of the theme without any content: its scripts are the theme's."""
    page = Page("", File.generated(config, "neutral.md", content=""), config)
    page.content, page.toc = "", TableOfContents([])
    context = get_context(Navigation([], []), Files([]), config, page)
    return env.get_template(template).render({**context, "theme_page": "main.html"})
