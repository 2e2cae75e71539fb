"""What lies in the project's folders and must be neither read nor published: links that lead out of the project,
links to folders, and what is no file.

The site builder follows every link. What one leads to would be published, or shown beside a problem, whoever owns
it; a link to a folder may lead round in circles; and to read a pipe or a device may never end.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from .source import UNSEEN, Place, Problem

LONGEST_NAME = 200
"""Bytes of a page's name: file systems have room for 255, and the ending changes."""
UNPRINTABLE = re.compile(rf"{UNSEEN.pattern}|[\t\n\r]")


def strays(root: Path, *folders: str) -> dict[Path, Problem]:
    """What is wrong with files and folders in `folders` of `root`, by their paths."""
    real = os.path.realpath(root)
    return {path: problem for folder in folders for path, problem in _strays(root, root / folder, real)}


def _strays(root: Path, folder: Path, real: str) -> Iterator[tuple[Path, Problem]]:
    if not _is_within(real, folder):
        yield _stray(root, folder, "is a link that leads out of the project: put the folder itself here")
        return
    for entry in sorted(_entries(folder), key=lambda entry: entry.name):
        path = folder / entry.name
        if entry.name.startswith("."):  # editors' own, such as links that lock a file; they are not published
            continue
        if fault := _fault(path, entry, real):
            yield _stray(root, path, fault)
        elif entry.is_dir():
            yield from _strays(root, path, real)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except (FileNotFoundError, NotADirectoryError):
        return []


def _fault(path: Path, entry: os.DirEntry[str], real: str) -> str | None:
    if UNPRINTABLE.search(entry.name):
        return "the name holds a character that cannot be seen: rename it"
    if path.suffix == ".md" and len(entry.name.encode()) > LONGEST_NAME:
        return f"the name is too long: leave at most {LONGEST_NAME} bytes of it"
    if entry.is_symlink() and not _is_within(real, path):
        return "is a link that leads out of the project: put the file itself here"
    try:
        path.stat()
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    if path.is_dir():
        return "is a link to a folder: put the folder itself here" if entry.is_symlink() else None
    return None if path.is_file() else "cannot be read: it is no file"


def _is_within(real: str, path: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(real)


def _stray(root: Path, path: Path, fault: str) -> tuple[Path, Problem]:
    name = path.relative_to(root).as_posix()
    return path, Problem(Place(UNPRINTABLE.sub("\ufffd", name)), fault)
