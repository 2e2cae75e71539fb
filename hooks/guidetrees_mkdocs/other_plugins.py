"""What other plugins say of the engine's pages, which are no files in docs/."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from guidetrees.render.assets import Asset
from guidetrees.render.context import Site
from guidetrees.render.pages.redirect import redirect_to
from guidetrees.source.page_names import as_page

REDIRECTS = "redirects"
AWESOME_NAV = "awesome-nav"


def redirects_to_trees(site: Site, config: MkDocsConfig, titles: Mapping[str, str]) -> Iterator[Asset]:
    """The pages at the addresses that the plugin `redirects` is to lead to pages of the engine, of which it
    knows none. Takes them out of its settings. `titles` are those of the engine's pages, by path in docs/."""
    maps = _options(config, REDIRECTS).get("redirect_maps") or {}
    for former, target in [*maps.items()]:
        path, hash, id = str(target).partition("#")
        if path in titles:
            del maps[former]
            page = as_page(former, config.use_directory_urls)
            yield redirect_to(site, page, as_page(path) + hash + id, titles[path])


def named_in_nav_files(config: MkDocsConfig, files: Files) -> Iterator[str]:
    """The paths in docs/ that the files of the plugin `awesome-nav` name, a folder as its start page. It finds
    all other pages by patterns, and the engine has too many for those."""
    name = _options(config, AWESOME_NAV).get("filename")
    for file in files if name else ():
        if posixpath.basename(file.src_uri) == name:
            folder = posixpath.dirname(file.src_uri)
            for text in _texts(_read(file.content_string)):
                path = posixpath.normpath(posixpath.join(folder, text))
                yield from (path, f"{path}/index.md")


def _options(config: MkDocsConfig, plugin: str) -> Mapping[str, Any]:
    """The options of a plugin; none if the site does not have it."""
    found = config.plugins.get(plugin)
    return found.config if found else {}


def _read(text: str) -> object:
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError:
        return None  # the plugin reports it


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)
