"""Pages as they will be written, whoever makes them: MkDocs from Markdown, or the theme."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.pages import Page


class WrittenPages(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """A plugin that gets every page after all others."""

    def written(self, html: str) -> str:
        """The page to write in place of `html`."""
        raise NotImplementedError

    @event_priority(-1000)
    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:
        return self.written(output)

    @event_priority(-1000)
    def on_post_template(self, output_content: str, template_name: str, config: MkDocsConfig) -> str:
        return self.written(output_content) if template_name.endswith(".html") else output_content
