"""Which files of docs/ are pages, and the URLs of these pages."""

from __future__ import annotations

import posixpath

ENDINGS = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""The file name extensions of pages in MkDocs (mkdocs.utils.markdown_extensions)."""


def is_page(name: str) -> bool:
    """Whether a file of this name is a page in MkDocs."""
    return name.endswith(ENDINGS)


def as_page(path: str, in_folders: bool = False) -> str:
    """The URL of a page's file: `x.md` → `x.html`, or `x/index.html` if pages lie `in_folders` of their own. As in
    MkDocs, a README is its folder's index."""
    stem, ending = posixpath.splitext(path)
    if ending not in ENDINGS:
        return path
    folder, name = posixpath.split(stem)
    stem = posixpath.join(folder, "index") if name == "README" else stem
    own_folder = in_folders and posixpath.basename(stem) != "index"
    return f"{stem}/index.html" if own_folder else f"{stem}.html"
