"""A project → a folder from which any site builder makes the same site: Markdown, files and settings, without the
hook.

What the hook does while MkDocs builds is done beforehand: the trees' pages are files, the guide's pages have their
updates, front matter is escaped, and the settings name the engine's style, script and words.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from yaml import MappingNode, Node

from guidetrees.messages.errors import UserError
from guidetrees.publish.postprocess import NEUTRAL
from guidetrees.render.assets import SCRIPT, STYLE
from guidetrees.render.context import Site
from guidetrees.render.docs_pages import own_page, theme_values
from guidetrees.render.pages.a_to_z.terms import keywords_by_page
from guidetrees.render.site_pages import assets, pages
from guidetrees.render.tree_data import tree_data
from guidetrees.search.documents import Document, entries, entries_of_docs
from guidetrees.search.inverted_index import search_files
from guidetrees.source.page_names import ENDINGS

SETTINGS = "mkdocs.yml"
THEME = "theme"
DATA = "data"
HEADER = "# Made by `make compile`, which clears this folder before it writes to it again.\n"
"""Begins the settings: by it a folder is known that may be cleared."""

NO_INDEX = "var __index = {config: {lang: [], separator: ' '}, items: []};\n"
"""What Zensical's search reads where a page is opened from a folder, before it asks the engine's (frame.js)."""

NEUTRAL_PAGE = "---\ntitle: '-'\nhide: [navigation, toc, footer]\nsearch: {exclude: true}\n---\n\n-\n"


class InvalidOutputFolder(UserError):
    """The folder holds files that `compile` did not write."""


def write(site: Site, root: Path, folder: Path) -> None:
    """Writes the project in `root`, from which `site` was read, to `folder`, in place of what was compiled before.

    Raises InvalidOutputFolder where `folder` holds anything else, and OSError.
    """
    _refuse_others(folder)
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Beside it, so that what was compiled before stays until the new is whole.
    with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as beside:
        new = Path(beside) / folder.name
        _write(site, root, new)
        if folder.exists():
            shutil.rmtree(folder)
        new.rename(folder)


def _write(site: Site, root: Path, folder: Path) -> None:
    _copy(root / "docs", folder / "docs")
    if custom := _custom_dir(root):
        _copy(root / custom, folder / THEME)
    ours: set[str] = set()

    def put(path: str, text: str) -> None:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8", newline="")

    def put_pages() -> Iterator[Document]:
        """Each as it is made: all of them take much room."""
        for page in pages(site):
            put(f"docs/{page.path}", page.text)
            ours.add(page.path)
            yield from entries(page)

    for path, text in own_pages(site).items():
        put(f"docs/{path}", text)
    found = chain(entries_of_docs(site), put_pages())
    for asset in chain(search_files(site.words, keywords_by_page(site.project), found), assets(site)):
        put(f"docs/{asset.path}", asset.content)
    for tree in site.project.trees:
        put(f"{DATA}/{tree}.json", tree_data(site, tree))
    put("docs/search.js", NO_INDEX)
    put(f"docs/{NEUTRAL}", NEUTRAL_PAGE)
    put(SETTINGS, settings((root / SETTINGS).read_text("utf-8"), theme_values(site), [NEUTRAL, *ours]))


def _refuse_others(folder: Path) -> None:
    """What `compile` has not written must not be cleared."""
    if folder.exists() and not folder.is_dir():
        raise InvalidOutputFolder(f"{folder} is a file: name a new folder")
    if folder.exists() and any(folder.iterdir()):
        written = folder / SETTINGS
        if not written.is_file() or not written.read_bytes().startswith(HEADER.encode()):
            raise InvalidOutputFolder(
                f"{folder} holds files that make compile has not written: name a new or an empty folder"
            )


def own_pages(site: Site) -> dict[str, str]:
    """The pages of docs/ as Markdown, with what the engine adds to them, by their paths there."""
    pages = site.project.own_pages
    return {page.path: page.source(own_page(site, page.path, page.body, markdown=True)) for page in pages}


def _copy(source: Path, target: Path) -> None:
    """The files of a folder that are no Markdown, in a folder that is made."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(*(f"*{ending}" for ending in ENDINGS), ".*"))


# Settings: changed as they are written, so that what only the builder can read (`!ENV`) stays


def settings(text: str, words: Mapping[str, object], pages: Iterable[str]) -> str:
    """The text of mkdocs.yml for a builder that knows no hook, with what the hook adds to it: the engine's `words`
    and `pages` (paths in docs/), which stay out of the navigation."""
    top = yaml.compose(text)
    entries = {key.value: value for key, value in top.value} if isinstance(top, MappingNode) else {}
    entries.pop("hooks", None)
    if custom_dir := _entry(entries.get("theme"), "custom_dir"):
        custom_dir.value = THEME
    for key, ours in (("extra_css", STYLE), ("extra_javascript", SCRIPT)):
        entries.setdefault(key, _node([])).value.append(_node(ours))
    out = sorted({f"/{path.split('/')[0]}{'/' if '/' in path else ''}" for path in pages})
    former = entries.get("not_in_nav", _node("")).value
    entries["not_in_nav"] = _node("\n".join([*str(former).splitlines(), *out]))
    entries.setdefault("extra", _node({})).value.append((_node("gt"), _node(dict(words))))
    return HEADER + yaml.serialize(_mapping(entries), allow_unicode=True, width=1000)


def _custom_dir(root: Path) -> str | None:
    """The folder of the project's own templates."""
    top = yaml.compose((root / SETTINGS).read_text("utf-8"))
    found = _entry(_entry(top, "theme"), "custom_dir")
    return found.value if found else None


def _entry(node: Node | None, key: str) -> Node | None:
    entries = node.value if isinstance(node, MappingNode) else ()
    return next((value for found, value in entries if found.value == key), None)


def _mapping(entries: dict[str, Node]) -> MappingNode:
    return MappingNode("tag:yaml.org,2002:map", [(_node(key), value) for key, value in entries.items()])


def _node(value: object) -> Node:
    node = yaml.compose(json.dumps(value, ensure_ascii=False))
    assert node
    return node
