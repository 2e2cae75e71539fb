"""A project → a folder of Markdown, files and settings, from which any site builder makes the same site.

It contains everything that the hook adds while MkDocs builds: the trees' pages as files, the updates on the
guide's pages, escaped front matter, and settings with the engine's style, script and texts.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from yaml import MappingNode, Node, SequenceNode

from guidetrees.messages.commands import how_to
from guidetrees.messages.errors import UserError
from guidetrees.messages.message import say
from guidetrees.project.options import PLUGIN
from guidetrees.publish.postprocess import NEUTRAL
from guidetrees.publish.site_files import write_file, write_pages
from guidetrees.render.assets import SCRIPT, STYLE
from guidetrees.render.context import Site
from guidetrees.render.docs_pages import is_changed, own_page, theme_values
from guidetrees.render.page import Page
from guidetrees.render.site_pages import assets, pages
from guidetrees.render.tree_data import tree_data
from guidetrees.source.page_names import ENDINGS

SETTINGS = "mkdocs.yml"
THEME = "theme"
DATA = "data"
HEADER = "# Made by `make compile`, which clears this folder before it writes to it again.\n"
"""The first line of the settings. A folder with this line may be deleted."""

NO_SEARCH = {"search": {"enabled": False}}
"""Turns a builder's own search off, which is on where no plugins are listed: pages have the engine's."""

NEUTRAL_PAGE = "---\ntitle: '-'\nown_navigation: true\nsearch: {exclude: true}\n---\n\n-\n"


class InvalidOutputFolder(UserError):
    """The folder holds files that `compile` did not write."""


def write(site: Site, root: Path, folder: Path) -> None:
    """Writes the project in `root`, from which `site` was read, to `folder`. Replaces an earlier compiled project.

    Raises InvalidOutputFolder if `folder` holds anything else, and OSError.
    """
    _refuse_others(folder)
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Written to a temporary folder first: the earlier project stays until the new one is complete.
    with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as temporary:
        new = Path(temporary) / folder.name
        _write(site, root, new)
        if folder.exists():
            shutil.rmtree(folder)
        new.rename(folder)


def _refuse_others(folder: Path) -> None:
    """Raises InvalidOutputFolder: only what `compile` has written may be deleted."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise InvalidOutputFolder(say("{folder} is a file: name a new folder", folder=folder))
    written = folder / SETTINGS
    is_ours = written.is_file() and written.read_bytes().startswith(HEADER.encode())
    if any(folder.iterdir()) and not is_ours:
        raise InvalidOutputFolder(
            say(
                "{folder} holds files that {command} has not written: name a new or an empty folder",
                folder=folder,
                command=how_to("compile"),
            )
        )


def _write(site: Site, root: Path, folder: Path) -> None:
    settings_text = (root / SETTINGS).read_text("utf-8")
    docs = folder / site.project.layout.docs
    _copy(root / site.project.layout.docs, docs)
    if custom_dir := _entry(_entry(yaml.compose(settings_text), "theme"), "custom_dir"):
        _copy(root / custom_dir.value, folder / THEME)
    not_in_nav = [NEUTRAL]

    def as_markdown(page: Page) -> tuple[str, str]:
        not_in_nav.append(page.path)
        return page.path, page.text

    for own in site.project.own_pages:
        if site.project.settings.is_guest and not is_changed(site, own.path):
            (docs / own.path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / own.file, docs / own.path)
        else:
            write_file(docs / own.path, own.source(own_page(site, own.path, own.body, markdown=True)))
    write_pages(site, str(docs), pages(site), as_markdown)
    for asset in assets(site):
        write_file(docs / asset.path, asset.content)
    for tree in site.project.trees:
        write_file(folder / DATA / f"{tree}.json", tree_data(site, tree))
    write_file(docs / NEUTRAL, NEUTRAL_PAGE)
    write_file(folder / SETTINGS, settings(settings_text, theme_values(site), not_in_nav))


def _copy(source: Path, target: Path) -> None:
    """Copies a folder without its Markdown files and hidden files."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(*(f"*{ending}" for ending in ENDINGS), ".*"))


# Settings: edited as YAML nodes, so that tags which only the builder can resolve (`!ENV`) stay


def settings(text: str, words: Mapping[str, object], pages: Iterable[str]) -> str:
    """The text of mkdocs.yml for a builder without the hook. Adds what the hook would add: the engine's `words`,
    its style and script, and `pages` (paths in docs/), which are not in the navigation."""
    top = yaml.compose(text)
    entries = {key.value: value for key, value in top.value} if isinstance(top, MappingNode) else {}
    entries.pop("hooks", None)
    entries["use_directory_urls"] = _node(False)  # the builder makes the engine's pages, which are files
    if custom_dir := _entry(entries.get("theme"), "custom_dir"):
        custom_dir.value = THEME
    for key, asset in (("extra_css", STYLE), ("extra_javascript", SCRIPT)):
        entries.setdefault(key, _node([])).value.append(_node(asset))
    entries["plugins"] = _plugins(entries.get("plugins"))
    out = sorted({f"/{path.split('/')[0]}{'/' if '/' in path else ''}" for path in pages})
    former = entries.get("not_in_nav", _node("")).value
    entries["not_in_nav"] = _node("\n".join([*str(former).splitlines(), *out]))
    entries.setdefault("extra", _node({})).value.append((_node("gt"), _node(dict(words))))
    mapping = MappingNode("tag:yaml.org,2002:map", [(_node(key), value) for key, value in entries.items()])
    return HEADER + yaml.serialize(mapping, allow_unicode=True, width=1000)


def _plugins(written: Node | None) -> Node:
    """The plugins of a project, without a search and without the engine's."""
    listed = written.value if isinstance(written, SequenceNode) else ()
    if isinstance(written, MappingNode):
        listed = [MappingNode("tag:yaml.org,2002:map", [entry]) for entry in written.value]
    kept = [one for one in listed if _plugin_name(one).rpartition("/")[2] not in ("search", PLUGIN)]
    return SequenceNode("tag:yaml.org,2002:seq", [*kept, _node(NO_SEARCH)])


def _plugin_name(entry: Node) -> str:
    return str(entry.value[0][0].value if isinstance(entry, MappingNode) else entry.value)


def _entry(node: Node | None, key: str) -> Node | None:
    entries = node.value if isinstance(node, MappingNode) else ()
    return next((value for found, value in entries if found.value == key), None)


def _node(value: object) -> Node:
    node = yaml.compose(json.dumps(value, ensure_ascii=False))
    assert node
    return node
