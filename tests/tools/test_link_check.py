"""`make links`: what it says of the addresses outside the site.

No test asks a host but this one: where names are to be found or not, the tests answer.
"""

from __future__ import annotations

import errno
import http.server
import re
import socket
import ssl
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError

import pytest
from conftest import ROOT
from helpers import lay_out, write

from guidetrees.cli import main
from guidetrees.messages.message import say
from guidetrees.project import external_links
from guidetrees.project.project import read_project
from guidetrees.tools import link_check as ask

# What hosts answer


@dataclass
class Host:
    """A web server whose pages answer as they are told, with what it has been asked."""

    address: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


STATUS = {
    "/missing": 404,
    "/gone": 410,
    "/guarded": 403,
    "/busy": 503,
    "/odd": 299,
    "/unheard-of": 799,
    "/no-words": 301,
}
MOVES = {
    "/moved": (301, "/fine"),
    "/moved-308": (308, "/fine?new"),
    "/slash": (301, "/slash/"),
    "/for-now": (302, "/fine"),
    "/for-now-307": (307, "/fine"),
    "/twice": (301, "/moved"),
    "/good-then-now": (308, "/for-now"),
    "/now-then-good": (302, "/moved"),
    "/to-missing": (301, "/missing"),
    "/to-guarded": (302, "/guarded"),
    "/round": (302, "/round"),
    "/out": (301, "mailto:a@b.example"),
    "/file": (302, "file:///etc/hostname"),
    "/letters": (301, "/blåbær".encode().decode("latin-1")),
    "/broken": (301, "http://[/"),
}


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    # What leads out of the network of who runs the tests has no part in them.
    monkeypatch.setenv("no_proxy", "*")
    told = Host()

    class Pages(http.server.BaseHTTPRequestHandler):
        def answer(self) -> None:
            with told.lock:
                told.asked.append((self.command, self.path))
                told.headers.append(dict(self.headers))
                told.at_once += 1
                told.most_at_once = max(told.most_at_once, told.at_once)
            path = self.path.partition("?")[0]
            if path == "/takes-a-while":
                sleep(0.1)
            # Before the answer: who has it may ask the next.
            with told.lock:
                told.at_once -= 1
            self.reply(path)

        do_HEAD = do_GET = answer

        def reply(self, path: str) -> None:
            if path == "/slow":
                sleep(1.5)
            if path == "/cut":
                self.connection.close()
                return
            status, to = MOVES.get(path, (STATUS.get(path, 200), ""))
            if path.startswith("/no-head") and self.command == "HEAD":
                status = int(path.rpartition("-")[2])
            elif path == "/no-head-nor-page-405":
                status = 404
            self.send_response(status)
            if to:
                self.send_header("Location", to)
            self.send_header("Set-Cookie", "a=b")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        told.address = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield told
        server.shutdown()


@pytest.fixture(autouse=True)
def _no_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names are looked up nowhere: this machine is found, and no other."""
    real = socket.getaddrinfo

    def found(name: object, *rest: object, **more: object) -> object:
        if name in ("127.0.0.1", "localhost"):
            return real("127.0.0.1", *rest, **more)  # type: ignore[arg-type]
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", found)


FAULTS = {
    "/fine": None,
    "/odd": None,
    "/for-now": None,
    "/for-now-307": None,
    "/now-then-good": None,
    "/no-head-403": None,
    "/no-head-405": None,
    "/no-head-501": None,
    "/missing": "dead answers 404 (Not Found)",
    "/gone": "dead answers 410 (Gone)",
    "/busy": "dead answers 503 (Service Unavailable)",
    "/unheard-of": "dead answers 799",
    "/no-words": "dead answers 301 (Moved Permanently)",
    "/no-head-nor-page-405": "dead answers 404 (Not Found)",
    "/guarded": "note answers 403 (Forbidden), perhaps to programs only: open it",
    "/moved": "moved has moved permanently to HOST/fine",
    "/moved-308": "moved has moved permanently to HOST/fine?new",
    "/slash": "moved has moved permanently to HOST/slash/",
    "/twice": "moved has moved permanently to HOST/fine",
    "/good-then-now": "moved has moved permanently to HOST/for-now",
    "/letters": "moved has moved permanently to HOST/bl%C3%A5b%C3%A6r",
    "/to-missing": "dead redirects to HOST/missing, which answers 404 (Not Found)",
    "/to-guarded": "note redirects to HOST/guarded, which answers 403 (Forbidden), perhaps to programs only: open "
    "it",
    "/round": "dead redirects more than 10 times",
    "/out": "dead redirects to mailto:a@b.example, which is not a web address",
    "/file": "dead redirects to file:///etc/hostname, which is not a web address",
}


@pytest.mark.parametrize("path", FAULTS)
def test_an_address_is_judged_by_what_its_host_answers(host: Host, path: str) -> None:
    (fault,) = ask.request_all([host.address + path]).values()
    said = fault and f"{fault.kind} {fault.message}".replace(host.address, "HOST")
    assert said == FAULTS[path]


@pytest.mark.parametrize("path", ["/broken", "/cut"])
def test_an_answer_that_is_none_is_dead(host: Host, path: str) -> None:
    (fault,) = ask.request_all([host.address + path]).values()
    assert fault and fault.kind == "dead" and re.fullmatch(r"\(.+\)", fault.message)


def test_hosts_are_asked_once_for_a_head_by_a_program_without_cookies(host: Host) -> None:
    ask.request_all(
        [f"{host.address}/fine", f"{host.address}/fine", f"{host.address}/no-head-405", f"{host.address}/blåbær"]
    )
    assert Counter(host.asked) == Counter(
        {
            ("HEAD", "/fine"): 1,
            ("HEAD", "/no-head-405"): 1,
            ("GET", "/no-head-405"): 1,
            ("HEAD", "/bl%C3%A5b%C3%A6r"): 1,
        }
    )
    for headers in host.headers:
        assert headers["User-Agent"] == "guidetrees"
        assert set(headers) == {"User-Agent", "Host", "Connection", "Accept-Encoding"}


def test_two_at_most_ask_a_host_at_the_same_time(host: Host) -> None:
    faults = ask.request_all([f"{host.address}/takes-a-while?{i}" for i in range(8)])
    assert set(faults.values()) == {None}
    assert host.most_at_once == 2


def test_eight_at_most_ask_at_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now, most, lock = [0], [0], threading.Lock()

    def answer(*_: object) -> ask._Response:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        sleep(0.05)
        with lock:
            now[0] -= 1
        return ask._Response(200)

    monkeypatch.setattr(ask._Client, "_send", answer)
    ask.request_all([f"https://{i}.example" for i in range(30)])
    assert most == [8]


def test_a_slow_host_and_a_closed_door_are_dead(host: Host) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        shut = f"http://127.0.0.1:{closed.getsockname()[1]}/"
        began = monotonic()
        slow, refused = ask.request_all([f"{host.address}/slow", shut], timeout=0.2).values()
        assert monotonic() - began < 1.4
    assert slow == ask.LinkProblem("dead", say("(timed out)"))
    assert refused == ask.LinkProblem("dead", say("(Connection refused)"))


@pytest.mark.parametrize(
    ("reason", "fault"),
    [
        (
            ssl.SSLCertVerificationError(1, "certificate verify failed"),
            ("certificate", "(certificate verify failed)"),
        ),
        (ssl.SSLError(1, "wrong version number"), ("dead", "(wrong version number)")),
        (socket.gaierror(socket.EAI_AGAIN, "Temporary failure"), ("unreachable", "(host not found)")),
        (OSError(errno.ENETUNREACH, "Network is unreachable"), ("unreachable", "(Network is unreachable)")),
        (
            OSError("Tunnel connection failed: 403 Forbidden"),
            ("unreachable", "(Tunnel connection failed: 403 Forbidden)"),
        ),
        (OSError(), ("dead", "(OSError)")),
    ],
)
def test_what_keeps_a_host_from_answering_is_told(
    monkeypatch: pytest.MonkeyPatch, reason: OSError, fault: tuple[str, str]
) -> None:
    def fail(*_: object) -> ask._Response:
        raise URLError(reason)

    monkeypatch.setattr(ask._Client, "_send", fail)
    (found,) = ask.request_all(["https://a.example"]).values()
    assert found and (found.kind, found.message) == fault


@pytest.mark.parametrize(
    "address",
    ["http://", "https://[", "http://a..example", "http://a b.example", "http://1:x/", "http://é" + "e" * 80],
)
def test_an_address_that_is_none_is_a_finding_and_no_traceback(address: str) -> None:
    (fault,) = ask.request_all([address]).values()
    assert fault and fault.kind in ("dead", "unreachable")


# The command


def links(root: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, list[str], str]:
    code = main(["links", "--root", str(root), *more])
    said = capsys.readouterr()
    return code, said.out.splitlines(), said.err


def contacts(root: Path, *urls: str) -> Path:
    lay_out(None, root)
    write(root, "decision_trees/updates.yml", "")
    (root / "decision_trees/updates.yml").unlink()
    pages = root / "docs/guide/rules.md"
    pages.write_text(pages.read_text("utf-8").replace("updates: [longer-loans]\n", ""), "utf-8")
    names = ["desk", *(f"c{i}" for i in range(1, len(urls)))]
    entries = (f"{name}:\n  name: N\n  url: {url}\n" for name, url in zip(names, urls, strict=False))
    write(root, "decision_trees/contacts.yml", "".join(entries))
    return root


def test_nothing_is_said_where_all_is_well(tmp_path: Path, host: Host, capsys: pytest.CaptureFixture[str]) -> None:
    root = contacts(tmp_path, f"{host.address}/fine#here", f"{host.address}/fine#there", f"{host.address}/for-now")
    assert links(root, capsys) == (0, [], "")
    assert Counter(host.asked)["HEAD", "/fine"] == 2  # itself, and what redirects to it


def test_a_line_tells_of_each_place_of_a_dead_or_moved_address(
    tmp_path: Path, host: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    at = host.address
    root = contacts(tmp_path, f"{at}/moved", f"{at}/gone", f"{at}/fine", f"{at}/guarded", "https://a.example")
    write(root, "docs/ours.md", f"# A\n\nSee [this]({at}/gone#part) and <mailto:a@b.example>.\n")
    file = "decision_trees/contacts.yml"
    wanted = [
        f"{file}:3:8: moved: {at}/moved has moved permanently to {at}/fine [links]",
        f"{file}:6:8: dead: {at}/gone answers 410 (Gone) [links]",
        f"{file}:12:8: note: {at}/guarded answers 403 (Forbidden), perhaps to programs only: open it [links]",
        f"{file}:15:8: dead: https://a.example (host not found) [links]",
        f"docs/ours.md:3:12: dead: {at}/gone#part answers 410 (Gone) [links]",
    ]
    assert links(root, capsys) == (1, wanted, "")
    code, lines, _ = links(root, capsys, "--format", "github")
    assert code == 1
    assert lines[1] == f"::error file={file},line=6,col=8,title=links::dead: {at}/gone answers 410 (Gone)"
    assert lines[2].startswith(f"::notice file={file},line=12,")


def test_what_programs_are_refused_is_only_a_note(
    tmp_path: Path, host: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    code, (line,), _ = links(contacts(tmp_path, f"{host.address}/guarded"), capsys)
    assert code == 0
    assert ": note: " in line


def test_without_a_network_one_line_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = contacts(tmp_path, "https://a.example/x", "https://b.example", "https://c.example")
    code, lines, said = links(root, capsys)
    assert (code, lines) == (2, [])
    assert re.fullmatch("no network: .+\n", said)


def test_a_site_without_web_addresses_needs_no_network(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = contacts(tmp_path)
    write(root, "decision_trees/contacts.yml", "desk:\n  name: N\n  url: https://a.example\n")
    project = replace(read_project(root), contacts={})
    assert ask.check_links(external_links.authored_links(project)) == []


def test_who_stops_it_sees_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(ask, "request_all", stop)
    assert links(contacts(tmp_path, "https://a.example"), capsys)[::2] == (
        2,
        "stopped: no link was checked\n",
    )


def test_what_cannot_be_read_is_told_and_nobody_is_asked(
    tmp_path: Path, host: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    root = contacts(tmp_path, f"{host.address}/gone", "no-address")
    code, lines, _ = links(root, capsys)
    assert code == 1
    assert lines == [line for line in lines if line.startswith("decision_trees/contacts.yml:6:8: url: ")] != []
    assert host.asked == []


def test_no_other_command_and_no_build_asks_a_host() -> None:
    """`link_check.py` is imported by its command only."""
    importers = [
        path.name
        for path in [*(ROOT / "hooks/guidetrees").rglob("*.py"), *(ROOT / "hooks/guidetrees_mkdocs").rglob("*.py")]
        if re.search(r"link_check import|import link_check\b", path.read_text("utf-8"))
    ]
    assert importers == ["checks.py"]
    network = [
        path.name
        for path in (ROOT / "hooks/guidetrees").rglob("*.py")
        if re.search(r"^(?:from|import) (?:urllib\.request|http\.client|socket)\b", path.read_text("utf-8"), re.M)
    ]
    assert network == ["link_check.py"]
