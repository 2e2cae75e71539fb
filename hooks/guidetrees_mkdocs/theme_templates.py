"""The templates of the theme, as a build reads them."""

from __future__ import annotations

import os
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from mkdocs.theme import Theme


class VisibleFiles(FileSystemLoader):
    """Lists the files of a theme, and none in a hidden folder.

    MkDocs looks at every file of a theme, and leaves out the hidden ones: Material has 14,000 icons.
    """

    def list_templates(self) -> list[str]:
        return sorted({path for folder in self.searchpath for path in _visible(folder)})


def _visible(root: str) -> list[str]:
    found = []
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(folder, name).relative_to(root).as_posix() for name in files]
    return found


def read_quickly(theme: Theme) -> None:
    """Makes the environment of a theme's templates one that leaves out what a build does without."""
    made = theme.get_env

    def get_env() -> Environment:
        env = made()
        env.loader = VisibleFiles(theme.dirs)
        env.optimized = False
        return env

    theme.get_env = get_env  # type: ignore[method-assign]
