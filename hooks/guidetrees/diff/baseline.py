"""The version to compare with: a folder that holds a project, or a revision of the project's git repository."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile

from guidetrees.messages.commands import argument, how_to
from guidetrees.messages.errors import UserError
from guidetrees.messages.message import Message, reason_of, say
from guidetrees.project.project import Project, read_project
from guidetrees.source.layout import Layout
from guidetrees.source.location import shorten

HOW = say(
    "{diff}HEAD (what has changed since the last commit), {base}v1.2 or {base}../former/project",
    diff=how_to("diff", BASE=""),
    base=argument("BASE", ""),
)


class InvalidBaseline(UserError):
    """There is no version to compare with."""


@contextmanager
def former_project(base: str, root: Path, layout: Layout) -> Iterator[Project]:
    """The project `base`, for as long as it is needed: a folder, or a revision of the project in `root`, of which
    `layout` says where the trees and the guide are. Raises InvalidBaseline.

    A folder that holds a project goes before a revision of that name.
    """
    if not base.strip():
        raise InvalidBaseline(say("say what to compare with: write {how}", how=HOW))
    if os.path.isdir(Path(base) / layout.trees):  # Path.is_dir raises where a name is too long for a folder
        yield read_project(Path(base))
        return
    with TemporaryDirectory(prefix="guidetrees-") as folder:
        _extract(_revision(base, root, layout), base, root, layout, Path(folder))
        yield read_project(Path(folder), layout=layout)


def _revision(base: str, root: Path, layout: Layout) -> str:
    """The commit that `base` names."""
    found = _git(root, "rev-parse", "--verify", "--quiet", f"{base}^{{commit}}") if base[0] != "-" else None
    if found and found.returncode == 0:
        return found.stdout.decode().strip()
    raise InvalidBaseline(
        _no_revision(base, root, layout, found.stderr.decode(errors="replace").strip() if found else "")
    )


def _no_revision(base: str, root: Path, layout: Layout, said: str) -> Message:
    """Why `base` names no commit. `said` is what git has said of it."""
    if said:
        return say(
            "git cannot look for '{base}' ({reason}): name a folder that holds a project",
            base=shorten(base),
            reason=said.splitlines()[0],
        )
    if os.path.isdir(base):
        return say(
            "the folder '{base}' holds no project (no {trees}/ in it): write {how}",
            base=base,
            trees=layout.trees,
            how=HOW,
        )
    if _git(root, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
        return say(
            "no revision and no folder is called '{base}'. This copy of the repository has only its newest "
            "versions: fetch the others with git fetch --unshallow (and --tags for the names)",
            base=shorten(base),
        )
    return say("no revision and no folder is called '{base}': write {how}", base=shorten(base), how=HOW)


def _extract(commit: str, base: str, root: Path, layout: Layout, to: Path) -> None:
    """The trees and the guide of a commit, as files."""
    listed = _git(root, "ls-tree", "-z", "--name-only", commit, layout.trees, layout.guide)
    paths = [path for path in listed.stdout.decode(errors="replace").split("\0") if path]
    if layout.trees not in paths:
        raise InvalidBaseline(
            say(
                "'{base}' holds no project (no {trees}/ in it): name another revision",
                base=base,
                trees=layout.trees,
            )
        )
    packed = _git(root, "archive", "--format=zip", commit, "--", *paths)
    try:
        ZipFile(BytesIO(packed.stdout)).extractall(to)
    except (BadZipFile, OSError) as error:
        raise InvalidBaseline(
            say(
                "'{base}' cannot be read out of git ({reason}): name a folder that holds a project",
                base=base,
                reason=error,
            )
        ) from error


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """What git says in the project's folder, in English."""
    try:
        return subprocess.run(
            ["git", *arguments], cwd=root, capture_output=True, env={**os.environ, "LC_ALL": "C"}, check=False
        )
    except OSError as error:
        raise InvalidBaseline(
            say(
                "git cannot be run ({reason}): name a folder that holds a project",
                reason=reason_of(error),
            )
        ) from error
