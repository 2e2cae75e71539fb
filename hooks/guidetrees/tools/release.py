"""A commit → the archive of its site that operations take: the same bytes whenever and wherever it is made.

What is in it comes from git and not from the folder, so that a version is what its name says. Times are the
commit's (`SOURCE_DATE_EPOCH`, as the Reproducible Builds project defines it). Files stand in order and are not
compressed, as compressors differ.
"""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from guidetrees.check.checker import errors
from guidetrees.parse.ids import slug
from guidetrees.project.project import PUBLISHED, Project, read_project
from guidetrees.project.published_urls import all_urls
from guidetrees.render.render import VERSION
from guidetrees.tools import bill_of_materials as sbom

SITE, SBOM, SUMS = "site", "sbom.cdx.json", "SHA256SUMS"
LOCK = "requirements.lock"


class NoRelease(Exception):
    """Why there is no archive, in a line."""


@dataclass(frozen=True, slots=True)
class Commit:
    """What the archive is made of."""

    id: str
    time: int
    """Seconds since 1970."""

    @property
    def made(self) -> datetime:
        return datetime.fromtimestamp(self.time, UTC)

    @property
    def version(self) -> str:
        return f"{self.made:%Y-%m-%d}-{self.id[:10]}"


def release(root: Path, folder: Path) -> Path:
    """Writes the archive of the last commit into `folder`, and beside it its checksum.

    Raises NoRelease: no git, a build that fails, addresses that are not on the list. What was there stays whole.
    """
    commit = last_commit(root)
    with TemporaryDirectory() as temporary:
        source = Path(temporary) / "source"
        _check_out(root, commit, source)
        site_name = _checked(source, commit).settings.site_name
        site = Path(temporary) / SITE
        _build(source, site, commit)
        files = dict(_contents(source, site, site_name, commit))
    name = f"{slug(site_name) or SITE}-{commit.version}"
    archive = _zip(name, files, commit)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.zip"
    _put(path, archive)
    _put(path.with_name(f"{path.name}.sha256"), f"{_sum(archive)}  {path.name}\n".encode())
    return path


def last_commit(root: Path) -> Commit:
    id, time = _git(root, "log", "-1", "--format=%H %ct").decode().split()
    return Commit(id, int(time))


def uncommitted(root: Path) -> list[str]:
    """Files that differ from the last commit, and so from the archive."""
    return [line[3:] for line in _git(root, "status", "--porcelain").decode().splitlines()]


def _git(root: Path, *words: str) -> bytes:
    try:
        return subprocess.run(["git", *words], cwd=root, capture_output=True, check=True).stdout
    except FileNotFoundError as error:
        raise NoRelease("git is not installed: a release is made of a commit") from error
    except subprocess.CalledProcessError as error:
        raise NoRelease(" ".join(error.stderr.decode(errors="replace").split())) from error


def _check_out(root: Path, commit: Commit, folder: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(_git(root, "archive", "--format=tar", commit.id))) as archive:
        archive.extractall(folder, filter="data")


def _checked(source: Path, commit: Commit) -> Project:
    """The project of a commit, judged as on its day: what could be published then can be made again."""
    project = read_project(source)
    if found := errors(project, commit.made.date()):
        raise NoRelease("\n".join(map(str, found)))
    if new := all_urls(project) - set(map(str, project.published)):
        some = ", ".join(sorted(new)[:3])
        raise NoRelease(
            f"{PUBLISHED} lacks {len(new)} of the addresses ({some} …): run make addresses and commit it"
        )
    return project


def _build(source: Path, site: Path, commit: Commit) -> None:
    # Python's own switches would change the bytes: without its texts, a program has no pages of rules.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")} | {
        "SOURCE_DATE_EPOCH": str(commit.time),
        VERSION: commit.version,
        "PYTHONPATH": "hooks",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "TZ": "UTC",
    }
    # Not with --quiet: MkDocs then counts no warnings, and a strict build fails by their count.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)]
    done = subprocess.run(command, cwd=source, env=environment, capture_output=True, encoding="utf-8")
    if done.returncode:
        told = (line for line in done.stderr.splitlines() if not line.startswith("INFO"))
        raise NoRelease("\n".join(told).strip())


def _contents(source: Path, site: Path, site_name: str, commit: Commit) -> Iterator[tuple[str, bytes]]:
    """Paths in the archive with what the files hold, their checksums last."""
    sums = []
    bill = sbom.bill(site_name, commit.version, commit.id, commit.time, (source / LOCK).read_text("utf-8"))
    for path in sorted(site.rglob("*"), key=lambda path: path.relative_to(site).as_posix()):
        if path.is_file():
            name, content = f"{SITE}/{path.relative_to(site).as_posix()}", path.read_bytes()
            sums.append((name, content))
            yield name, content
    sums.append((SBOM, bill))
    yield SBOM, bill
    yield SUMS, "".join(f"{_sum(content)}  {name}\n" for name, content in sums).encode()


def _zip(name: str, files: dict[str, bytes], commit: Commit) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for path, content in files.items():
            entry = zipfile.ZipInfo(f"{name}/{path}", commit.made.timetuple()[:6])
            entry.create_system, entry.external_attr = 3, 0o100644 << 16  # as on Unix, wherever it is made
            archive.writestr(entry, content)
    return buffer.getvalue()


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _put(path: Path, content: bytes) -> None:
    """The file whole or not at all: a full disk leaves what was there."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise NoRelease(f"{path} could not be written: {error.strerror}") from error
