"""Pages of the engine → their files in the site, and those of the search that finds them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from .entries import Entry, entries
from .findable import read_lemmas
from .frame import Frame, kind
from .guide import as_page
from .postings import search_files
from .render import Page
from .words import Words


@dataclass(frozen=True, slots=True)
class Publishing:
    """What all pages of a site have in common when they are written."""

    folder: str
    """Of the site."""
    frames: Mapping[str, Frame]
    """By the path of their model, or of the only page that has it."""
    words: Words
    keywords: Mapping[str, tuple[str, ...]]
    """Of authors, by page."""
    found: tuple[Entry, ...]
    """What search finds besides: pages that are not the engine's."""


def publish(pieces: Iterator[Any], language: str) -> None:
    """Writes pages, and what a search for them reads, whose words are of `language`. `pieces` are a Publishing and
    the pages. Raises OSError."""
    read_lemmas(language)  # while the first page is made
    publishing, pages = next(pieces), pieces
    found = chain(publishing.found, _published(pages, publishing))
    for asset in search_files(publishing.words, publishing.keywords, found):
        _write(os.path.join(publishing.folder, asset.path), asset.content)


def _published(pages: Iterable[Page], publishing: Publishing) -> Iterator[Entry]:
    frames = publishing.frames
    for page in pages:
        frame = frames.get(page.path) or frames[kind(page).path]
        _write(os.path.join(publishing.folder, as_page(page.path)), frame.fill(page))
        yield from entries(page)


def _write(path: str, text: str) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)
