"""Pages of the engine → their files in the site, and those of the search that finds them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from .entries import Doc, Entry, entries, entries_of_docs
from .findable import read_lemmas
from .frame import Frame, kind
from .guide import as_page
from .postings import search_files
from .render import Page
from .rulebook import rule_pages
from .views import Press


@dataclass(frozen=True, slots=True)
class Sources:
    """What search finds, besides the trees' pages."""

    docs: tuple[Doc, ...]
    keywords: Mapping[str, tuple[str, ...]]
    """Of authors, by page."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where pages go, and in which frames."""

    folder: str
    """Of the site."""
    frames: Mapping[str, Frame]
    """By the path of their model, or of the only page that has it."""


def publish(pieces: Iterator[Any], press: Press) -> None:
    """Writes the pages of a site, and what a search for them reads. `pieces` are the Sources, the Target and the
    pages of trees: what can be done before the next of them is there is done. Raises OSError."""
    read_lemmas(press.words.language)
    rules = list(rule_pages(press))
    sources: Sources = next(pieces)
    docs = list(entries_of_docs(sources.docs))
    target: Target = next(pieces)
    found = chain(docs, _published(chain(pieces, rules), target))
    for asset in search_files(press.words, sources.keywords, found):
        _write(os.path.join(target.folder, asset.path), asset.content)


def _published(pages: Iterable[Page], target: Target) -> Iterator[Entry]:
    for page in pages:
        frame = target.frames.get(page.path) or target.frames[kind(page).path]
        _write(os.path.join(target.folder, as_page(page.path)), frame.fill(page))
        yield from entries(page)


def _write(path: str, text: str) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)
