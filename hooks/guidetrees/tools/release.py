"""Makes the archive of a commit's site, for operations (`make release`): the same bytes on every machine and day.

Its content comes from git, not from the working folder, so that a version is what its name says. Times are the
commit's (`SOURCE_DATE_EPOCH`, as the Reproducible Builds project defines it). Files are sorted and not compressed,
because compressors differ.
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

from guidetrees.check.checker import errors, findings
from guidetrees.check.rules.warnings import placeholders_are_replaced
from guidetrees.messages.commands import how_to
from guidetrees.messages.errors import UserError
from guidetrees.messages.message import join, quoted, reason_of, say
from guidetrees.parse.ids import slug
from guidetrees.project.project import Project, read_project
from guidetrees.project.published_urls import all_urls
from guidetrees.render.docs_pages import VERSION
from guidetrees.tools.sbom import sbom

SITE, SBOM, SUMS = "site", "sbom.cdx.json", "SHA256SUMS"
ENGINE = "engine"
"""The folder of the wheel in the archive of a project that holds the engine itself."""
LOCK, PROJECT = "requirements.lock", "pyproject.toml"


class ReleaseError(UserError):
    """The archive cannot be made."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class Commit:
    """The commit that an archive is made from."""

    id: str
    time: int
    """Seconds since 1970."""

    @property
    def utc(self) -> datetime:
        """The same as a date and time, in UTC."""
        return datetime.fromtimestamp(self.time, UTC)

    @property
    def version(self) -> str:
        return f"{self.utc:%Y-%m-%d}-{self.id[:10]}"


def release(root: Path, folder: Path) -> Path:
    """Writes the archive of the last commit and its checksum into `folder`, and returns the archive's path.

    Raises ReleaseError: no git, a build that fails, addresses that are not listed. An archive that was there
    before stays whole.
    """
    commit = last_commit(root)
    with TemporaryDirectory() as temporary:
        source = Path(temporary) / "source"
        _check_out(root, commit, source)
        site_name = _read_and_check(source, commit).settings.site_name
        site = Path(temporary) / SITE
        _build(source, site, commit)
        engine = dict(_wheel(source, Path(temporary) / ENGINE, commit))
        files = _contents(source, site, site_name, engine, commit)
    name = f"{slug(site_name) or SITE}-{commit.version}"
    archive = _zip({f"{name}/{path}": content for path, content in files.items()}, commit)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.zip"
    _write(path, archive)
    _write(path.with_name(f"{path.name}.sha256"), f"{_sha256(archive)}  {path.name}\n".encode())
    return path


def last_commit(root: Path) -> Commit:
    id, time = _git(root, "log", "-1", "--format=%H %ct").decode().split()
    return Commit(id, int(time))


def uncommitted(root: Path) -> list[str]:
    """Files that differ from the last commit: the archive does not have them as they are."""
    entries = iter(_git(root, "status", "--porcelain", "-z").decode(errors="replace").split("\0"))
    found = []
    for entry in filter(None, entries):
        found.append(entry[3:])
        if entry[0] in "RC":
            next(entries)  # the name that the file had
    return found


def _git(root: Path, *words: str) -> bytes:
    try:
        return subprocess.run(["git", *words], cwd=root, capture_output=True, check=True).stdout
    except FileNotFoundError as error:
        raise ReleaseError(say("git not found: a release is made from a commit")) from error
    except subprocess.CalledProcessError as error:
        raise ReleaseError(quoted(" ".join(error.stderr.decode(errors="replace").split()))) from error


def _check_out(root: Path, commit: Commit, folder: Path) -> None:
    # Git for Windows would give texts the ends of lines that Windows has.
    packed = _git(root, "-c", "core.autocrlf=false", "-c", "core.eol=lf", "archive", "--format=tar", commit.id)
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")


def _read_and_check(source: Path, commit: Commit) -> Project:
    """The project of a commit, checked as on the commit's day, so that an old release can be made again."""
    project = read_project(source)
    unwritten = [placeholders_are_replaced]
    if found := errors(project, commit.utc.date()) or findings("error", unwritten, project):
        raise ReleaseError(join("\n", (finding.line for finding in found)))
    if new := all_urls(project) - set(map(str, project.published)):
        some = ", ".join(sorted(new)[:3])
        raise ReleaseError(
            say(
                "{file} lacks {count} of the addresses ({some} …): run {command} and commit the file",
                file=project.layout.published,
                count=len(new),
                some=some,
                command=how_to("addresses"),
            )
        )
    return project


def _build(source: Path, site: Path, commit: Commit) -> None:
    # Without --quiet, with which MkDocs counts no warnings, so that --strict has no effect.
    _run(source, commit, "mkdocs", "build", "--strict", "--site-dir", str(site))


def _wheel(source: Path, folder: Path, commit: Commit) -> Iterator[tuple[str, bytes]]:
    """The wheel of the engine (path in the archive, content), where the commit holds the engine.

    It is packed anew, as the archive is: its files are the same, and its bytes depend on no compressor.
    """
    if not (source / PROJECT).exists() or not (source / "hooks/guidetrees").is_dir():
        return
    _run(source, commit, "hatchling", "build", "--target", "wheel", "--directory", str(folder))
    (path,) = folder.glob("*.whl")
    with zipfile.ZipFile(path) as wheel:
        files = {name: wheel.read(name) for name in wheel.namelist()}
    yield f"{ENGINE}/{path.name}", _zip(files, commit)


def _run(source: Path, commit: Commit, *words: str) -> None:
    """Runs a Python module in the folder of a commit. Raises ReleaseError."""
    # Python's own settings could change the bytes, such as the encoding of files.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")} | {
        "SOURCE_DATE_EPOCH": str(commit.time),
        VERSION: commit.version,
        "PYTHONPATH": "hooks",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "TZ": "UTC",
    }
    command = [sys.executable, "-m", *words]
    done = subprocess.run(command, cwd=source, env=environment, capture_output=True, encoding="utf-8")
    if done.returncode:
        lines = (line for line in done.stderr.splitlines() if not line.startswith("INFO"))
        raise ReleaseError(quoted("\n".join(lines).strip()))


def _contents(
    source: Path, site: Path, site_name: str, engine: dict[str, bytes], commit: Commit
) -> dict[str, bytes]:
    """The files of the archive: paths and bytes. The checksums of the others come last."""
    paths = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    built = {name: path.read_bytes() for name, path in sorted(paths.items())}
    files = {**{f"{SITE}/{name}": content for name, content in built.items()}, **engine}
    lock = (source / LOCK).read_text("utf-8") if (source / LOCK).exists() else None
    files[SBOM] = sbom(site_name, commit.version, commit.id, commit.time, lock, built, engine)
    sums = "".join(f"{_sha256(content)}  {name}\n" for name, content in files.items())
    return {**files, SUMS: sums.encode()}


def _zip(files: dict[str, bytes], commit: Commit) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, commit.utc.timetuple()[:6])
            entry.create_system, entry.external_attr = 3, 0o100644 << 16  # as on Unix, on every machine
            archive.writestr(entry, content)
    return buffer.getvalue()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _write(path: Path, content: bytes) -> None:
    """Writes the whole file, or leaves the one that was there, also when the disk is full."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise ReleaseError(
            say("{path} cannot be written: {reason}", path=path, reason=reason_of(error))
        ) from error
