"""Scans the project's folders once: files to read, and paths that must be neither read nor published.

The site builder follows every link. The target of a link would be published, or shown beside a problem, whoever
owns it. A link to a folder may create a cycle. Reading a pipe or a device may never end. A file without read
permission fails a build halfway, and a very deep tree of folders takes very long.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from guidetrees.messages.message import Message, say
from guidetrees.source.files import INVISIBLE, NO_FILE, unreadable
from guidetrees.source.location import Location, Problem
from guidetrees.source.page_names import is_page

MAX_NAME_BYTES = 200
"""Bytes of a page's file name. File systems allow 255, and the extension changes."""
MAX_FOLDER_DEPTH = 20
UNPRINTABLE = re.compile(rf"{INVISIBLE.pattern}|[\t\n\r]")


@dataclass(frozen=True, slots=True)
class ScannedFiles:
    """The contents of folders of a project, with their subfolders. Paths are from the project's root, with '/'.

    Names that begin with a dot are skipped: they belong to editors (such as lock files) and are not published.
    """

    files: tuple[str, ...]
    """The files that can be read, folder by folder in the order of their names."""
    folders: frozenset[str]
    refused: dict[str, Problem]
    """Paths that must not be read, and why. Their contents are not scanned."""

    def below(self, folder: str) -> Iterator[str]:
        """The files in `folder` and its subfolders."""
        return (file for file in self.files if file.startswith(f"{folder}/"))

    def names(self, folder: str) -> list[str]:
        """The names of all entries directly in `folder`, sorted: files, folders and refused paths."""
        paths = (*self.files, *self.folders, *self.refused)
        return sorted(name for before, _, name in (path.rpartition("/") for path in paths) if before == folder)


def with_parents(file: str) -> Iterator[str]:
    """A path and the paths of the folders that contain it, from the project's root."""
    while file:
        yield file
        file = file.rpartition("/")[0]


def scan(root: Path, *folders: str) -> ScannedFiles:
    """Scans `folders` of the project in `root`. A folder that does not exist has no contents."""
    real = os.path.realpath(root)
    entries = [entry for folder in folders for entry in _top(root, folder, real)]
    files = (path for path, fault in entries if fault is None)
    return ScannedFiles(
        tuple(sorted(files, key=lambda path: path.split("/"))),
        frozenset(path for path, fault in entries if fault is FOLDER),
        {path: Problem(Location(UNPRINTABLE.sub("\ufffd", path)), fault) for path, fault in entries if fault},
    )


Entry = tuple[str, Message | None]
"""A path, and its fault: None for a file that can be read, FOLDER for a folder that can be scanned."""
FOLDER = say("")


def _top(root: Path, folder: str, real: str) -> Iterator[Entry]:
    if not _is_within(real, root / folder):
        yield folder, say("is a link that leads out of the project: put the folder itself here")
    elif os.path.isdir(root / folder):
        yield from _folder(root, folder, real, 1)


def _folder(root: Path, folder: str, real: str, depth: int) -> Iterator[Entry]:
    if depth > MAX_FOLDER_DEPTH:
        yield folder, say("lies more than {most} folders deep: move it up", most=MAX_FOLDER_DEPTH)
        return
    try:
        with os.scandir(root / folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        yield folder, unreadable(error)
        return
    yield folder, FOLDER
    for entry in entries:
        path = f"{folder}/{entry.name}"
        if entry.name.startswith("."):
            continue
        if fault := _fault(entry, real):
            yield path, fault
        elif entry.is_dir():
            yield from _folder(root, path, real, depth + 1)
        else:
            yield path, None


def _fault(entry: os.DirEntry[str], real: str) -> Message | None:
    if UNPRINTABLE.search(entry.name):
        return say("the name holds a character that cannot be seen: rename it")
    if is_page(entry.name) and len(entry.name.encode()) > MAX_NAME_BYTES:
        return say("the name is too long: leave at most {most} bytes of it", most=MAX_NAME_BYTES)
    is_link = entry.is_symlink() or getattr(entry, "is_junction", bool)()  # a link to a folder on Windows
    if is_link and not _is_within(real, entry.path):
        return say("is a link that leads out of the project: put the file itself here")
    try:
        entry.stat()
    except OSError as error:
        return unreadable(error)
    if entry.is_dir():
        return say("is a link to a folder: put the folder itself here") if is_link else None
    if not entry.is_file():
        return unreadable(OSError(errno.EINVAL, NO_FILE))
    return None if os.access(entry.path, os.R_OK) else unreadable(OSError(errno.EACCES, os.strerror(errno.EACCES)))


def _is_within(real: str, path: str | Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(real)
