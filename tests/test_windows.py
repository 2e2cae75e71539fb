"""What Windows has otherwise and can be shown elsewhere: paths, ends of lines, consoles, calls that it lacks."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest
from conftest import ROOT
from copies import spoil
from helpers import lay_out, problems_of, write

from guidetrees.cli import COMMANDS
from guidetrees.cli.command import parse_arguments
from guidetrees.parse.tables.shared import RESERVED_NODES, RESERVED_TREES
from guidetrees.project.options import OPTIONS
from guidetrees.project.project import read_project
from guidetrees.project.published_urls import updated_list
from guidetrees.source.foreign_yaml import beside
from guidetrees.source.layout import folder_inside

POSIX_ONLY = {
    "chmod", "chown", "fchmod", "fork", "forkpty", "getegid", "geteuid", "getgid", "getuid", "killpg", "lchown",
    "mkfifo", "mknod", "pread", "setsid", "setuid", "symlink", "symlink_to", "hardlink_to", "umask", "uname",
    "O_NOFOLLOW", "SIGALRM", "SIGHUP", "SIGKILL",
}  # fmt: skip
"""Names in `os`, `signal` and paths that Windows does not have, or that do something else there."""
POSIX_MODULES = {"fcntl", "grp", "pwd", "resource", "termios", "tty", "pty", "curses", "readline", "syslog"}


@pytest.mark.parametrize(
    ("written", "kind", "folder"),
    [
        ("content", PureWindowsPath, "content"),
        ("content\\pages", PureWindowsPath, "content/pages"),
        (".\\content/pages\\", PureWindowsPath, "content/pages"),
        ("C:\\content", PureWindowsPath, ""),
        ("C:content", PureWindowsPath, ""),
        ("\\content", PureWindowsPath, ""),
        ("\\\\server\\share\\content", PureWindowsPath, ""),
        ("content\\..\\..\\other", PureWindowsPath, ""),
        (".", PureWindowsPath, ""),
        ("content/pages", PurePosixPath, "content/pages"),
        ("/content", PurePosixPath, ""),
        ("../content", PurePosixPath, ""),
    ],
)
def test_a_folder_is_the_projects_however_it_is_written(written: str, kind: type[PurePath], folder: str) -> None:
    assert folder_inside(written, kind) == folder


@pytest.mark.parametrize("kind", [PureWindowsPath, PurePosixPath])
def test_a_file_that_inherits_is_named_with_slashes(kind: type[PurePath]) -> None:
    assert beside("mkdocs.yml", "base.yml", kind) == "base.yml"
    assert beside("sites/a/mkdocs.yml", "../base.yml", kind) == "sites/base.yml"
    assert beside("sites\\a\\mkdocs.yml", "..\\base.yml", PureWindowsPath) == "sites/base.yml"


@pytest.mark.parametrize("name", ["C:/trees", "a\\b", "a:b", "a?", "/trees", "../trees", "a//b", ".trees", ""])
def test_a_folder_of_an_option_has_a_name_that_windows_has(name: str) -> None:
    assert not re.fullmatch(OPTIONS["trees"].pattern, name)


def test_names_of_devices_are_no_ids() -> None:
    for name in ("con", "prn", "aux", "nul", "com1", "lpt9"):
        assert name in RESERVED_TREES and name in RESERVED_NODES


def test_files_of_windows_editors_are_read_as_others(tmp_path: Path) -> None:
    """With two characters at the end of each line, and a byte order mark."""
    root = lay_out(None, tmp_path)
    spoil(root, "decision_trees/other.yml", "goto: lend", "goto: lnd")
    plain = problems_of(root)
    for path in [*root.rglob("*.yml"), *root.rglob("*.md")]:
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert problems_of(root) == plain != []
    spoil(root, "decision_trees/other.yml", "goto: lnd", "goto: lend")
    assert "\r" not in updated_list(read_project(root))


def sources() -> Iterator[Path]:
    yield from (path for path in (ROOT / "hooks").rglob("*.py"))


def test_nothing_is_called_that_windows_lacks() -> None:
    for path in sources():
        tree = ast.parse(path.read_text("utf-8"))
        called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        assert called & POSIX_ONLY == set() and imported & POSIX_MODULES == set(), path
        assert not re.search(r"%-[a-zA-Z]", path.read_text("utf-8")), f"{path}: a format of strftime"


def test_every_text_is_read_and_written_in_one_encoding_with_one_end_of_line() -> None:
    """Windows has its own encoding where none is named, and adds a character to the ends of lines."""
    for path in sources():
        for call in filter(lambda node: isinstance(node, ast.Call), ast.walk(ast.parse(path.read_text("utf-8")))):
            assert isinstance(call, ast.Call)
            name, named = getattr(call.func, "attr", ""), {keyword.arg for keyword in call.keywords}
            if name == "read_text":  # of a path, or the engine's own
                assert call.args or "encoding" in named, f"{path}:{call.lineno}"
            if name == "write_text":
                assert len(call.args) > 1 and "newline" in named, f"{path}:{call.lineno}"


def written(root: Path, encoding: str, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Runs a command whose output goes into a file or a pipe, as Windows gives it."""
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONPATH": str(ROOT / "hooks")}
    command = [sys.executable, "-m", "guidetrees", *words]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, check=False, timeout=60)


@pytest.mark.build
@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "ascii"])
def test_messages_are_whole_in_every_console(encoding: str, tmp_path: Path) -> None:
    root = lay_out(None, tmp_path)
    write(root, "mkdocs.yml", "site_name: A\ntheme: {name: material, language: da}\n")
    spoil(root, "decision_trees/other.yml", "goto: lend", "goto: 'lend–→…'")
    done = written(root, encoding, "check")
    assert done.returncode == 1
    assert "lend–→…" in done.stdout.decode() and b"\r" not in done.stdout
    refused = written(root, encoding, "new", "Mit træ – et nyt …")
    assert refused.returncode == 2 and "Mit træ – et nyt …" in refused.stderr.decode()
    assert "Fixed:" in written(root, encoding, "rules", "no-cycles").stdout.decode()


def test_the_lines_for_windows_name_what_there_is() -> None:
    page = (ROOT / "docs/engineering/windows.md").read_text("utf-8")
    lines = re.findall(r"^    (.*)$", page, re.M)
    commands = [
        re.sub(r".*?guidetrees(?:\.exe)? ", "", line) for line in lines if re.search(r"(s\\|-m )guidetrees ", line)
    ]
    assert {command.split()[0] for command in commands} >= {"check", "new", "diff"}
    for command in commands:
        assert parse_arguments(COMMANDS, command.split()).run
    for line in lines:
        for path in re.findall(r"(?:tests\\\w+\.py|requirements[\w-]*\.lock)", line):
            assert (ROOT / PureWindowsPath(path)).is_file()
