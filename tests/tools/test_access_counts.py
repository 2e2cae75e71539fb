"""Counting use from a server's log: pages of trees, and nothing about anyone."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import pytest
from copies import make
from helpers import write

from guidetrees.cli import main
from guidetrees.graph.graph import NodeRef
from guidetrees.messages.errors import UserError
from guidetrees.project.project import Project, read_project
from guidetrees.tools.access_counts import best_path, count, rows

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SECRETS = ("192.0.2.17", "2001:db8::7", "frida", "Firefox", "klage=ja", "referrer.example", "28/Nov/2026")


def combined(request: str, status: int = 200, agent: str = FIREFOX, host: str = "192.0.2.17") -> str:
    return (
        f'{host} - frida [28/Nov/2026:10:51:08 +0000] "{request}" {status} 22055 '
        f'"https://referrer.example/?klage=ja" "{agent}"\n'
    )


def common(request: str, status: int = 200) -> str:
    return f'2001:db8::7 - - [28/Nov/2026:10:51:08 +0000] "{request}" {status} 512\n'


W3C = """\
#Software: Microsoft Internet Information Services 10.0
#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status
2026-11-28 10:51:08 10.0.0.1 GET /x/other/kind.html klage=ja 443 frida 192.0.2.17 Mozilla/5.0+(X11)+Firefox/140 200
2026-11-28 10:51:08 10.0.0.1 GET /x/other/kind.html - 443 - 192.0.2.17 Googlebot/2.1 200
2026-11-28 10:51:08 10.0.0.1 GET /x/other/kind.html - 443 - 192.0.2.17 Mozilla/5.0 404
#Fields: cs-method sc-status cs-uri-stem
GET 304 /x/other/
"""


@pytest.fixture
def project(root: Path) -> Project:
    return read_project(root)


def counted(project: Project, log: Path, path: str = "/") -> dict[str, int]:
    views = count(project, [log])[path]
    return {f"{page.tree}/{page.node}": number for page, number in views.items()}


@pytest.mark.parametrize("line", [combined, common])
@pytest.mark.parametrize(
    "target",
    ["/other/kind.html", "/other/kind.html?klage=ja", "/other/kind/", "/other/kind/index.html",
     "/%6fther/kind.html", "https://site.example.org/other/kind.html"],
)  # fmt: skip
def test_a_page_is_counted_whatever_form_its_address_has(
    project: Project, tmp_path: Path, line: object, target: str
) -> None:
    assert callable(line)
    text = line(f"GET {target} HTTP/1.1") + line(f"GET {target} HTTP/2.0", 304)
    assert counted(project, write(tmp_path, "access.log", text)) == {"other/kind": 2}


@pytest.mark.parametrize(
    "line",
    [
        combined("GET /other/kind.html HTTP/1.1", 404),
        combined("GET /other/kind.html HTTP/1.1", 301),
        combined("GET /other/kind.html HTTP/1.1", 500),
        combined("GET /other/kind.html HTTP/1.1", 206),
        combined("HEAD /other/kind.html HTTP/1.1"),
        combined("POST /other/kind.html HTTP/1.1"),
        combined("GET /other/kind.html HTTP/1.1", agent="Mozilla/5.0 (compatible; bingbot/2.0)"),
        combined("GET /other/kind.html HTTP/1.1", agent="curl/8.5.0"),
        combined("GET /other/kind.html HTTP/1.1", agent="Monitoring \\x22 check monitor"),
        combined("GET /assets/guidetrees/tree.js HTTP/1.1"),
        combined("GET /other/nowhere.html HTTP/1.1"),
        combined("GET /other-kind.html HTTP/1.1"),
        combined("GET /guide/rules.html HTTP/1.1"),
        combined("GET / HTTP/1.1"),
        combined("GET /?/other/kind.html HTTP/1.1"),
        combined(r"\x16\x03\x01", 400),
        combined("GET http://[ HTTP/1.1", 400),
        combined('GET /x\\" 200 1 \\"-\\" HTTP/1.1', 404),
    ],
)
def test_errors_robots_and_other_files_are_left_out(project: Project, tmp_path: Path, line: str) -> None:
    log = write(tmp_path, "access.log", common("GET /other/ HTTP/1.1") + line)
    assert counted(project, log) == {"other/": 1}


def test_a_log_of_iis_is_read_by_the_fields_that_it_names(project: Project, tmp_path: Path) -> None:
    assert counted(project, write(tmp_path, "u_ex.log", W3C), "/x/") == {"other/kind": 1, "other/": 1}


def test_a_compressed_log_is_read_whatever_it_is_called(project: Project, tmp_path: Path) -> None:
    log = write(tmp_path, "access.log", gzip.compress(combined("GET /other/kind.html HTTP/1.1").encode()))
    assert counted(project, log) == {"other/kind": 1}


@pytest.mark.parametrize("path", ["/", "/intranet/guide/", "/other/", "/other/kind/"])
def test_the_path_of_the_site_is_that_with_most_views(project: Project, tmp_path: Path, path: str) -> None:
    pages = ("other/kind.html", "other/", "other/kind/", "other/lend.html")
    text = "".join(combined(f"GET {path}{page} HTTP/1.1") for page in pages)
    text += combined("GET /try/other/kind.html HTTP/1.1")
    views = count(project, [write(tmp_path, "access.log", text)])
    assert best_path(views) == path
    assert views[path] == {NodeRef("other", "kind"): 2, NodeRef("other"): 1, NodeRef("other", "lend"): 1}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"A text.\n", "is no access log: no line is in common, combined or W3C format"),
        (b"\x00\xff\x00", "is no access log: no line is in common, combined or W3C format"),
        (gzip.compress(b"x" * 99, mtime=0)[:-9], "cannot be unpacked: Compressed file ended"),
        (b"\x1f\x8bnot gzip", "cannot be unpacked: "),
    ],
)
def test_what_is_no_log_is_one_line(project: Project, tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(UserError, match=f"^[^\n]*access.log: {said}[^\n]*$"):
        count(project, [write(tmp_path, "access.log", content)])


def test_an_empty_log_gives_a_table_of_pages_that_nobody_opened(project: Project, tmp_path: Path) -> None:
    views = count(project, [write(tmp_path, "access.log", "")])
    table = list(rows(project, views[best_path(views)]))
    assert {row.views for row in table} == {0}
    nodes = [(tree.id, str(node)) for tree in project.trees.values() for node in ("", *tree.nodes)]
    assert [(row.tree, row.node) for row in table] == nodes
    assert {row.kind for row in table} >= {"start", "question", "outcome"}


def test_nothing_of_anyone_is_printed(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [combined("GET /x/other/kind.html?klage=ja HTTP/1.1"), common("GET /x/other/ HTTP/1.1")]
    lines += [combined("GET /other/kind.html HTTP/1.1", host="frida.192.0.2.17"), combined("GET /secret HTTP/1.1")]
    logs = [write(tmp_path, "access.log", "".join(lines)), write(tmp_path, "u_ex.log", W3C)]
    for format in ("text", "csv"):
        assert main(["counts", "--root", str(root), "--format", format, *map(str, logs)]) == 0
        out, err = capsys.readouterr()
        assert [secret for secret in (*SECRETS, "secret") if secret in out + err] == []
        assert err.count("\n") == 1 and "(--prefix /)" in err


def test_the_table_is_for_people_or_for_a_spreadsheet(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = write(tmp_path, "access.log", combined("GET /x/other/kind.html HTTP/1.1") * 3)
    command = ["counts", "--root", str(root), "--prefix", "x", str(log)]
    assert main(command) == 0
    text = capsys.readouterr().out
    title = read_project(root).trees["other"].title
    assert (
        f"other: {title}\n"
        "    Views  Kind        Link\n"
        "        0  Start       other/index.html\n"
        "        3  Question    other/kind.html\n"
    ) in text
    assert main([*command, "--format", "csv"]) == 0
    read = list(csv.DictReader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff"), newline="")))
    (row,) = (row for row in read if row["Link"] == "other/kind.html")
    assert {"Questions": "other", "Kind": "Question", "Views": "3"}.items() <= row.items()
    assert sum(int(row["Views"]) for row in read) == 3
    assert len(read) == sum(line.endswith(".html") for line in text.splitlines())


def test_make_takes_several_logs_and_runs_nothing_that_stands_in_their_names(copy: Path) -> None:
    for name in ("one.log", "two.log"):
        write(copy, name, combined("GET /er-det-digital-behandling/hvem.html HTTP/1.1"))
    done = make("counts", "LOG=one.log two.log", "FORMAT=csv", cwd=copy)
    assert (done.returncode, done.stderr) == (0, "")
    assert "er-det-digital-behandling;Spørgsmål;er-det-digital-behandling/hvem.html;2;" in done.stdout
    done = make("counts", "LOG=$(touch made) `touch made`; touch made", cwd=copy)
    assert done.returncode != 0 and not (copy / "made").exists()
