"""Small sites with a search: their files, and what a browser finds with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

from browser import Complaints
from helpers import BASE
from playwright.sync_api import Browser

from guidetrees.messages.words import read_words
from guidetrees.project.project import read_project
from guidetrees.render.context import prepare
from guidetrees.search.documents import Document
from guidetrees.search.inverted_index import search_files

PROJECT = read_project(BASE)

Find = Callable[..., list[Any]]
"""Finds the results of queries on a site with these documents."""


def write_site(
    folder: Path,
    documents: list[Document],
    keywords: Mapping[str, tuple[str, ...]] | None = None,
    language: str = "da",
) -> Path:
    """Writes the search index of a site with these documents, and a page that searches. Returns `folder`."""
    site = prepare(PROJECT, read_words(language))
    files = {asset.path: asset.content for asset in search_files(site, keywords or {}, documents)}
    files["index.html"] = (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
        '<script src="assets/guidetrees/search.js"></script>'
    )
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8", newline="")
    return folder


def locations(result: Any) -> list[str]:
    """The locations of what is found, page by page: the page, then its sections."""
    return [one["location"] for group in result["groups"] for one in (group, *group["sections"])]


def finder(browser: Browser, parent: Path) -> Iterator[Find]:
    """Calls the search in a browser: the results on a site with these documents, for each query."""
    page = browser.new_page()
    complaints = Complaints(page)
    folders = count()

    def call(documents: list[Document], *queries: str, **how: Any) -> list[Any]:
        folder = write_site(parent / str(next(folders)), documents, **how)
        page.goto(f"{folder.as_uri()}/index.html")
        result = page.evaluate("(all) => Promise.all(all.map((one) => guidetreesSearch.find(one)))", list(queries))
        assert complaints.complaints == []
        return list(result)

    yield call
    page.close()
