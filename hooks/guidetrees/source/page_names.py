"""Which files of docs/ are pages, and the addresses of these."""

from __future__ import annotations

import posixpath

ENDINGS = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""Of the files that MkDocs takes for pages (mkdocs.utils.markdown_extensions)."""


def is_page(name: str) -> bool:
    """Whether MkDocs takes a file of this name for a page."""
    return name.endswith(ENDINGS)


def as_page(path: str) -> str:
    """The address of a page's file: `x.md` → `x.html`. A README is its folder's index, as MkDocs has it."""
    stem, ending = posixpath.splitext(path)
    if ending not in ENDINGS:
        return path
    folder, name = posixpath.split(stem)
    return f"{posixpath.join(folder, 'index') if name == 'README' else stem}.html"
