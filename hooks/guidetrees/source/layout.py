"""The paths of a project's files, from its root."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

MKDOCS = "mkdocs.yml"


@dataclass(frozen=True, slots=True)
class Layout:
    """The folders of a project, which its settings may name otherwise."""

    trees: str = "decision_trees"
    """The trees, contacts and updates."""
    docs: str = "docs"
    """The pages (`docs_dir`)."""
    guide_in_docs: str = "guide"
    """The guide's pages, from `docs`: also where they are on the site."""

    @property
    def contacts(self) -> str:
        return f"{self.trees}/contacts.yml"

    @property
    def updates(self) -> str:
        return f"{self.trees}/updates.yml"

    @property
    def published(self) -> str:
        """The list of the addresses that the site has had."""
        return f"{self.trees}/_published.txt"

    @property
    def schemas(self) -> str:
        """The folder of the schemas that editors read."""
        return f"{self.trees}/_schema"

    @property
    def guide(self) -> str:
        return f"{self.docs}/{self.guide_in_docs}"

    def tree(self, id: str) -> str:
        """The file of a tree."""
        return f"{self.trees}/{id}.yml"

    def doc(self, path: str) -> str:
        """The file at `path` in the folder of pages."""
        return f"{self.docs}/{path}"

    def guide_path(self, path: str) -> str:
        """The path in the guide's folder of the page at `path` in the folder of pages; empty for another page."""
        folder = f"{self.guide_in_docs}/"
        return path.removeprefix(folder) if path.startswith(folder) else ""


DEFAULT = Layout()


def folder_inside(written: str, kind: type[PurePath] = PurePath) -> str:
    """The path of a folder of the project with '/'; empty for one that is outside. On Windows it may be written
    with backslashes, and may begin with a drive."""
    path = kind(written)
    inside = not path.anchor and ".." not in path.parts and path.parts
    return path.as_posix() if inside else ""
