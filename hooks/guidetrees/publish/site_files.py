"""Pages of the engine → their files in the site, and those of the search that finds them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from guidetrees.publish.page_shell import PageShell, shell_key
from guidetrees.render.context import Site
from guidetrees.render.page import Page
from guidetrees.render.pages.a_to_z.terms import keywords_by_page
from guidetrees.render.pages.rules import rule_pages
from guidetrees.render.site_pages import pages
from guidetrees.search.documents import Document, entries, entries_of_docs
from guidetrees.search.inverted_index import search_files
from guidetrees.source.page_names import as_page


def publish(site: Site, folder: str, frames: Mapping[str, PageShell]) -> None:
    """Writes the engine's pages to the `folder` of the site, and what a search for all pages reads.

    `frames` are by the path of their model, or of the only page that has it. Raises OSError.
    """
    made = _written(chain(pages(site), rule_pages(site)), folder, frames)
    found = chain(entries_of_docs(site), made)
    for asset in search_files(site.words, keywords_by_page(site.project), found):
        _write(os.path.join(folder, asset.path), asset.content)


def _written(pages: Iterable[Page], folder: str, frames: Mapping[str, PageShell]) -> Iterator[Document]:
    for page in pages:
        frame = frames.get(page.path) or frames[shell_key(page).path]
        _write(os.path.join(folder, as_page(page.path)), frame.fill(page))
        yield from entries(page)


def _write(path: str, text: str) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)
