"""Which files of docs/ are pages, and the URLs of these pages."""

from __future__ import annotations

import posixpath

ENDINGS = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""The file name extensions of pages in MkDocs (mkdocs.utils.markdown_extensions)."""


def is_page(name: str) -> bool:
    """Whether a file of this name is a page in MkDocs."""
    return name.endswith(ENDINGS)


def as_page(path: str) -> str:
    """The URL of a page's file: `x.md` → `x.html`. As in MkDocs, a README is its folder's index."""
    stem, ending = posixpath.splitext(path)
    if ending not in ENDINGS:
        return path
    folder, name = posixpath.split(stem)
    return f"{posixpath.join(folder, 'index') if name == 'README' else stem}.html"
