"""What lies in the project's folders, looked at once: files to read, and what must be neither read nor published.

The site builder follows every link. What one leads to would be published, or shown beside a problem, whoever owns
it; a link to a folder may lead round in circles; and to read a pipe or a device may never end. What may not be
opened ends a build that is half done, and folders in folders without end take time without end.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from guidetrees.source.files import INVISIBLE
from guidetrees.source.location import Location, Problem
from guidetrees.source.page_names import is_page

MAX_NAME_BYTES = 200
"""Bytes of a page's name: file systems have room for 255, and the ending changes."""
MAX_FOLDER_DEPTH = 20
"""Folders in each other."""
UNPRINTABLE = re.compile(rf"{INVISIBLE.pattern}|[\t\n\r]")


@dataclass(frozen=True, slots=True)
class ScannedFiles:
    """What lies in folders of a project and below them. Paths are from the project's root, with '/'.

    What begins with a dot is left out: editors' own, such as links that lock a file, which are not published.
    """

    files: tuple[str, ...]
    """The files that can be read, folder by folder in the order of their names."""
    folders: frozenset[str]
    refused: dict[str, Problem]
    """What must not be read, and why. Nothing below it is looked at."""

    def below(self, folder: str, ending: str = "") -> Iterator[str]:
        """The files in `folder` and below it whose names have an ending."""
        return (file for file in self.files if file.startswith(f"{folder}/") and file.endswith(ending))

    def names(self, folder: str) -> list[str]:
        """The names of what lies directly in `folder`, sorted: files, folders and what is refused."""
        paths = (*self.files, *self.folders, *self.refused)
        return sorted(name for before, _, name in (path.rpartition("/") for path in paths) if before == folder)

    def is_refused(self, file: str) -> bool:
        """Whether `file`, or a folder that it lies in, must not be read."""
        return any(path in self.refused for path in with_parents(file))


def with_parents(file: str) -> Iterator[str]:
    """A path and those of the folders that it lies in, from the project's root."""
    while file:
        yield file
        file = file.rpartition("/")[0]


def scan(root: Path, *folders: str) -> ScannedFiles:
    """Looks at `folders` of the project in `root`. One that is not there holds nothing."""
    real = os.path.realpath(root)
    entries = [entry for folder in folders for entry in _of_top(root, folder, real)]
    files = (path for path, found in entries if found is None)
    return ScannedFiles(
        tuple(sorted(files, key=lambda path: path.split("/"))),
        frozenset(path for path, found in entries if found is FOLDER),
        {path: Problem(Location(UNPRINTABLE.sub("\ufffd", path)), found) for path, found in entries if found},
    )


Entry = tuple[str, str | None]
"""A path and what is wrong there; nothing with a file, FOLDER for a folder that can be looked at."""
FOLDER = ""


def _of_top(root: Path, folder: str, real: str) -> Iterator[Entry]:
    if not _is_within(real, root / folder):
        yield folder, "is a link that leads out of the project: put the folder itself here"
    elif os.path.isdir(root / folder):
        yield from _of_folder(root, folder, real, 1)


def _of_folder(root: Path, folder: str, real: str, depth: int) -> Iterator[Entry]:
    if depth > MAX_FOLDER_DEPTH:
        yield folder, f"lies more than {MAX_FOLDER_DEPTH} folders deep: move it up"
        return
    try:
        with os.scandir(root / folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        yield folder, _unreadable(error)
        return
    yield folder, FOLDER
    for entry in entries:
        path = f"{folder}/{entry.name}"
        if entry.name.startswith("."):
            continue
        if fault := _fault(entry, real):
            yield path, fault
        elif entry.is_dir():
            yield from _of_folder(root, path, real, depth + 1)
        else:
            yield path, None


def _fault(entry: os.DirEntry[str], real: str) -> str | None:
    if UNPRINTABLE.search(entry.name):
        return "the name holds a character that cannot be seen: rename it"
    if is_page(entry.name) and len(entry.name.encode()) > MAX_NAME_BYTES:
        return f"the name is too long: leave at most {MAX_NAME_BYTES} bytes of it"
    if entry.is_symlink() and not _is_within(real, entry.path):
        return "is a link that leads out of the project: put the file itself here"
    try:
        entry.stat()
    except OSError as error:
        return _unreadable(error)
    if entry.is_dir():
        return "is a link to a folder: put the folder itself here" if entry.is_symlink() else None
    if not entry.is_file():
        return "cannot be read: it is no file"
    return None if os.access(entry.path, os.R_OK) else f"cannot be read: {os.strerror(errno.EACCES)}"


def _unreadable(error: OSError) -> str:
    return f"cannot be read: {error.strerror}"


def _is_within(real: str, path: str | Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(real)
