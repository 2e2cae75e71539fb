"""The site's own search, which stays on the pages of docs/ if mkdocs.yml lists it.

It also finds the engine's pages. These keep the engine's search, which finds all pages as well.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from guidetrees.check.rules.settings import SEARCHES
from guidetrees.project.options import named_entries
from guidetrees.project.settings import Settings
from guidetrees.search.documents import Document, plain
from guidetrees_mkdocs.tree_pages import ShellFile

INDEX = "search/search_index.json"
SWITCH = "enabled"


def own_search(config: MkDocsConfig, settings: Settings) -> BasePlugin[Config] | None:
    """The site's search, if it is on, and listed or on a site of others. One that nobody has listed, which MkDocs
    adds where none is listed, is turned off."""
    listed = any(name.text in SEARCHES for name, _ in named_entries(settings.written.at("plugins")))
    stays = listed or settings.is_guest
    for name in SEARCHES:
        plugin: BasePlugin[Config] | None = config.plugins.get(name)
        if plugin:
            if stays and plugin.config.get(SWITCH, True):
                return plugin
            if SWITCH in plugin.config:
                plugin.config[SWITCH] = False
            else:  # MkDocs' own has no switch: themes show a box where it is among the plugins
                del config.plugins[name]
    return None


class SiteSearch(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """The site's search in one build."""

    def __init__(self, search: BasePlugin[Config]) -> None:
        self.search = search
        self.documents: list[Document] = []
        """What it is to find of the engine's pages."""

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        env.globals["own_search"] = self.search.config
        return env

    @event_priority(1000)
    def on_page_context(self, context: Any, page: Page, config: MkDocsConfig, nav: Navigation) -> Any:
        self._turn(not isinstance(page.file, ShellFile))
        return context

    @event_priority(1000)
    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:
        self._turn(True)
        return output

    def _turn(self, on: bool) -> None:
        if SWITCH in self.search.config:
            self.search.config[SWITCH] = on

    @event_priority(-500)  # when the index and the engine's pages are written
    def on_post_build(self, config: MkDocsConfig) -> None:
        path = Path(config.site_dir, INDEX)
        index = json.loads(path.read_text("utf-8"))
        if "index" not in index:  # one that is computed before is complete
            shown = str if SWITCH in self.search.config else plain  # only Material's shows HTML
            index["docs"] += [
                {"location": found.location, "title": shown(found.title), "text": shown(found.text)}
                for found in self.documents
            ]
            path.write_text(json.dumps(index, separators=(",", ":")), "utf-8", newline="")
