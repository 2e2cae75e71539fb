"""Pages of the engine → their files in the site, and those of the search that finds them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
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


def published_pages(site: Site, with_rules: bool) -> Iterator[Page]:
    """Every page that the engine makes. `with_rules` adds the pages of the rules, which a preview has."""
    yield from pages(site)
    if with_rules:
        yield from rule_pages(site)


def publish(
    site: Site,
    folder: str,
    shells: Mapping[str, PageShell],
    with_rules: bool,
    found: Callable[[Document], object] = lambda _: None,
) -> None:
    """Writes the engine's pages to the `folder` of the site, and the files of its search.

    `shells` are by the path of their page with marks, or by the path of the only page that has the shell.
    `found` gets what can be found of each page. Raises OSError.
    """

    def filled(page: Page) -> tuple[str, str]:
        shell = shells.get(page.path) or shells[shell_key(page).path]
        return as_page(page.path), shell.fill(page)

    write_pages(site, folder, published_pages(site, with_rules), filled, found)


def write_pages(
    site: Site,
    folder: str,
    pages: Iterable[Page],
    as_file: Callable[[Page], tuple[str, str]],
    found: Callable[[Document], object] = lambda _: None,
) -> None:
    """Writes pages to a folder, each as the path and the text of `as_file`, and the files of their search.

    Each is written as soon as it is rendered: all of them together take much memory. Raises OSError.
    """

    def written() -> Iterator[Document]:
        for page in pages:
            path, text = as_file(page)
            write_file(os.path.join(folder, path), text)
            for document in entries(site, page):
                found(document)
                yield document

    documents = chain(entries_of_docs(site), written())
    for asset in search_files(site, keywords_by_page(site.project), documents):
        write_file(os.path.join(folder, asset.path), asset.content)


def write_file(path: str | os.PathLike[str], text: str) -> None:
    """Writes a text as it is. Creates its folder if needed. Raises OSError."""
    data = text.encode("utf-8")
    try:
        _write(path, data)
    except (FileNotFoundError, NotADirectoryError):  # most folders are there
        os.makedirs(os.path.dirname(path), exist_ok=True)
        _write(path, data)


def _write(path: str | os.PathLike[str], data: bytes) -> None:
    with open(path, "wb") as file:
        file.write(data)
