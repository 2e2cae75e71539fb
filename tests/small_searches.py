"""Small sites with a search: their files, and what a browser finds with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from helpers import BASE

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
