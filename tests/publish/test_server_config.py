"""The site on servers: under the policy that was made with it, at any address, and from a file share."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import signal
import time
from collections.abc import Callable
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from conftest import ROOT
from helpers import script_hashes, write
from servers import BELOW, OWN, PLACES, PROXY, Server, free_port, read_by_all, running, serving
from site_reader import Site

from guidetrees.graph.graph import NodeRef
from guidetrees.project.project import read_project
from guidetrees.publish.csp import csp, csp_header
from guidetrees.publish.server_config import configurations
from guidetrees.tools.access_counts import count

FIRST = "er-det-digital-behandling/sundhedsfaglig.html"


# A real server


def test_pages_and_files_are_sent_with_what_they_are_and_what_they_may(server: Server) -> None:
    sent = csp(set().union(*(script_hashes(p.read_text("utf-8")) for p in server.root.glob("**/*.html"))))
    for base in PLACES:
        for path, kind in KINDS.items():
            found = server.get(base + path)
            assert (found.status, found.headers["Content-Type"].partition(";")[0]) in [(200, k) for k in kind], (
                path
            )
            assert not kind[0].startswith("text/html") or found.headers["Content-Type"].endswith("; charset=utf-8")
            # Both are in force. Together they are what IIS and the preview send as one.
            assert found.headers.get_all("Content-Security-Policy") == [sent, FRAMES]
            assert found.headers["X-Content-Type-Options"] == "nosniff"
            assert found.headers["Referrer-Policy"] == "no-referrer"
            assert found.headers["Cache-Control"] == "no-cache"
            assert "/" not in found.headers["Server"], "no version is told"


FRAMES = csp_header(()).removeprefix(csp(())).removeprefix("; ")
SCRIPTS = ("text/javascript", "application/javascript")
KINDS = {
    "": ("text/html",),
    FIRST: ("text/html",),
    "er-det-digital-behandling/": ("text/html",),
    "assets/guidetrees/tree.js": SCRIPTS,
    "assets/guidetrees/style.css": ("text/css",),
    "assets/guidetrees/search.js": SCRIPTS,
    "assets/icon.svg": ("image/svg+xml",),
}


def test_files_that_never_change_are_kept_and_others_asked_for_again(server: Server) -> None:
    (font, *_) = sorted((server.root / "assets/fonts").glob("*.woff2"))
    found_by = sorted((server.root / "assets/guidetrees/search").iterdir())
    for base in PLACES:
        for path in found_by:
            kept = server.get(f"{base}{path.relative_to(server.root)}").headers["Cache-Control"]
            assert kept == "public, max-age=31536000, immutable"
        assert server.get(f"{base}assets/guidetrees/search.js").headers["Cache-Control"] == "no-cache"
        found = server.get(f"{base}assets/fonts/{font.name}")
        assert (found.headers["Cache-Control"], found.headers["Content-Type"]) == (
            "public, max-age=2592000",
            "font/woff2",
        )
        for gone in ("assets/fonts/gone.woff2", "assets/guidetrees/search/gone.01234567.min.js"):
            assert server.get(base + gone).headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_a_file_of_this_moment_is_not_sent_again(server: Server, encoding: str) -> None:
    """Apache calls the tag of a file weak that has changed within the last second: it may change again."""
    for base in PLACES:
        path = base + "assets/guidetrees/search.js"
        (server.root / "assets/guidetrees/search.js").touch()
        first = server.get(path, Accept_Encoding=encoding)
        again = server.get(path, Accept_Encoding=encoding, If_None_Match=first.headers["ETag"])
        assert (again.status, again.body) == (304, b""), first.headers["ETag"]


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_a_file_that_has_not_changed_is_not_sent_again(server: Server, encoding: str) -> None:
    for base in PLACES:
        for path in (*KINDS, "assets/site.css"):
            first = server.get(base + path, Accept_Encoding=encoding)
            again = server.get(base + path, Accept_Encoding=encoding, If_None_Match=first.headers["ETag"])
            assert (again.status, again.body) == (304, b""), path
            assert again.headers.get_all("Content-Security-Policy") == first.headers.get_all(
                "Content-Security-Policy"
            )
            other = server.get(base + path, Accept_Encoding=encoding, If_None_Match='"another", W/"one"')
            assert (other.status, other.body) == (200, first.body)


def test_a_file_that_has_changed_is_sent_also_where_an_older_one_takes_its_place(server: Server) -> None:
    """As after going back to an earlier version."""
    path = server.root / "om.html"
    before, times = path.read_bytes(), path.stat()
    tag = server.get("om.html", Accept_Encoding="gzip").headers["ETag"]
    path.write_bytes(before.replace(b"Om", b"On"))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns - 86_400 * 10**9))
    assert server.get("om.html", Accept_Encoding="gzip", If_None_Match=tag).status == 200
    path.write_bytes(before)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert server.get("om.html", Accept_Encoding="gzip", If_None_Match=tag).status == 304


def test_texts_are_compressed(server: Server) -> None:
    for base in PLACES:
        for path in (
            "",
            FIRST,
            "assets/guidetrees/tree.js",
            "assets/guidetrees/search.js",
            "assets/icon.svg",
            "gone",
        ):
            plain = server.get(base + path)
            found = server.get(base + path, Accept_Encoding="gzip")
            if len(plain.body) >= 1024:
                assert (found.headers["Content-Encoding"], gzip.decompress(found.body)) == ("gzip", plain.body), (
                    path
                )
                assert found.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "path",
    ["nowhere.html", "hosting/nginx.conf", "hosting/nginx-headers.conf", "web.config", ".git/config", "hosting/",
     "assets/", "guide/.hidden", ".well-known/nothing"],
)  # fmt: skip
def test_what_is_missing_or_is_for_servers_is_not_found(server: Server, path: str) -> None:
    for base in PLACES:
        found = server.get(base + path)
        assert found.status == 404
        assert b"Siden findes ikke" in found.body
        assert len(found.headers.get_all("Content-Security-Policy") or ()) == 2


def test_what_others_must_find_at_a_server_is_found(server: Server) -> None:
    write(server.root, ".well-known/acme-challenge/token", "token")
    assert server.get(".well-known/acme-challenge/token").body == b"token"


def test_an_address_without_its_last_slash_leads_on_also_behind_a_proxy(server: Server) -> None:
    with read_by_all() as folder:
        front = Server("nginx", f"http://127.0.0.1:{free_port()}/", folder)
        port = urlsplit(front.address).port
        main = PROXY.format(folder=folder, port=port, address=server.address, log="access_log off;")
        with running("nginx", main, front, folder):
            for one, base in ((server, ""), (server, f"{BELOW}/"), (front, "x/y/"), (front, f"x/y/{BELOW}/")):
                for path, there in WITHOUT_SLASH.items():
                    if base or path:
                        found = one.get((base + path).replace("/?", "?").removesuffix("/"))
                        assert (found.status, found.address) == (200, one.address + base + there)
                        assert b"<h1" in found.body


WITHOUT_SLASH = {
    "": "",
    "hvilken-myndighed": "hvilken-myndighed/",
    "hvilken-myndighed?a=b/c": "hvilken-myndighed/?a=b/c",
}


def test_an_update_is_another_folder_and_a_reload(server: Server) -> None:
    """The server's own files stay as they are, and what it sends is the new version's."""
    before = server.get("om.html")
    former = server.root.with_name("former")
    server.root.rename(former)
    try:
        shutil.copytree(former, server.root)
        for name in ("nginx", "apache"):
            headers = server.root / f"hosting/{name}-headers.conf"
            headers.write_text(
                headers.read_text("utf-8").replace("'none'; script-src", "'none'; script-src https://new.example")
            )
        sent = str(before.headers["Content-Security-Policy"]).replace(
            "'none'; script-src", "'none'; script-src https://new.example"
        )
        reload(server)
        until(lambda: server.get("om.html").headers["Content-Security-Policy"] == sent)
        assert server.get("om.html").body == before.body
    finally:
        shutil.rmtree(server.root)
        former.rename(server.root)
        reload(server)
    policy = before.headers["Content-Security-Policy"]
    # A process of before the reload may answer for a while.
    until(lambda: all(server.get("om.html").headers["Content-Security-Policy"] == policy for _ in range(20)))


def reload(server: Server) -> None:
    (file,) = server.root.parent.glob("*.pid")
    os.kill(int(file.read_text()), signal.SIGHUP if server.name == "nginx" else signal.SIGUSR1)


def until(holds: Callable[[], bool]) -> None:
    for _ in range(200):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("not in ten seconds")


def test_use_is_counted_from_a_log_that_has_nobodys_address(server: Server) -> None:
    log = server.root.with_name("access.log")
    for path in (FIRST, FIRST, f"{BELOW}/{FIRST}", f"{FIRST}?a=b", "er-det-digital-behandling/"):
        tag = server.get(path, User_Agent="A reader").headers["ETag"]
        assert server.get(path, User_Agent="A reader", If_None_Match=tag).status == 304
        server.get(path, User_Agent="A robot")
    until(lambda: log.read_text("utf-8").count('"A ') == 15)  # servers write after they have answered
    lines = [line for line in log.read_text("utf-8").splitlines(keepends=True) if '"A ' in line]
    copied = write(server.root.parent, "copied.log", "".join(lines))
    assert "127.0.0.1" not in copied.read_text("utf-8")
    views = count(read_project(ROOT), [copied])
    tree, _, page = FIRST.removesuffix(".html").partition("/")
    assert views == {"/": {NodeRef(tree, page): 6, NodeRef(tree): 2}, f"/{BELOW}/": {NodeRef(tree, page): 2}}


def test_the_site_answers_to_its_name_beside_a_server_that_answers_to_all(site: Site) -> None:
    with read_by_all() as folder, serving("nginx", site, folder) as server:
        assert server.get("").status == 200
        assert server.get("", Host="another.example.org").status == 418


# What is written


def test_configurations_hold_the_policy_and_nothing_unfilled(site: Site) -> None:
    hashes = {"'sha256-x='"}
    written = dict(configurations(hashes))
    assert set(written) == {*(f"hosting/{name}" for name in HOSTING), "web.config"}
    for path, text in written.items():
        assert "@" not in text.replace("nginx:stable@sha256", "")
        assert (site.folder / path).is_file()
    for server in ("nginx", "apache"):
        assert f'Content-Security-Policy "{csp(hashes)}"' in written[f"hosting/{server}-headers.conf"]
    assert f'value="{csp_header(hashes)}"' in written["web.config"]


HOSTING = {
    *(f"{server}{part}.conf" for server in ("nginx", "apache") for part in ("", "-subpath", "-headers")),
    "Containerfile",
}


def test_what_operations_change_is_the_same_for_every_version() -> None:
    """So an update merges nothing: what differs is included from the site's folder, or read there by IIS."""
    one, another = (dict(configurations({hash})) for hash in ("'sha256-x='", "'sha256-y='"))
    differ = {path for path in one if one[path] != another[path]}
    assert differ == {"hosting/nginx-headers.conf", "hosting/apache-headers.conf", "web.config"}
    for server in ("nginx", "apache"):
        for part in ("", "-subpath"):
            text = one[f"hosting/{server}{part}.conf"]
            (include,) = re.findall(r"^ *include (.*)$", text, re.M | re.I)
            folder = OWN["nginx" if server == "nginx" else "apache2"][1]
            assert include.strip('";') == f"{folder}/hosting/{server}-headers.conf"


def test_the_include_sets_headers_and_nothing_else() -> None:
    written = dict(configurations(()))
    allowed = {
        "nginx": r"add_header .* always;|location ~ \".*\" \{|\}",
        "apache": r"Header .*|</?FilesMatch.*>",
    }
    for server, line in allowed.items():
        lines = written[f"hosting/{server}-headers.conf"].splitlines()
        meant = [text.strip() for text in lines if text.strip() and not text.startswith("#")]
        assert meant and [text for text in meant if not re.fullmatch(line, text)] == []


def test_what_iis_reads_is_xml_that_replaces_what_it_adds(site: Site) -> None:
    root = ElementTree.parse(site.folder / "web.config").getroot()
    headers = {add.get("name"): add.get("value") for add in root.iterfind(".//customHeaders/add")}
    policy = str(headers["Content-Security-Policy"]).removesuffix(f"; {FRAMES}")
    assert f'"{policy}"' in (site.folder / "hosting/nginx-headers.conf").read_text("utf-8")
    # What is there twice ends a whole site on IIS.
    for parent, item in ((".//customHeaders", "name"), (".//staticContent", "fileExtension")):
        found = root.find(parent)
        assert found is not None
        added = [e.get(item) for e in found if e.tag in ("add", "mimeMap")]
        removed = [e.get(item) for e in found if e.tag == "remove"]
        assert len(set(added)) == len(added) and set(added) <= set(removed)


def test_the_container_serves_what_lies_beside_it(site: Site) -> None:
    lines = (site.folder / "hosting/Containerfile").read_text("utf-8").splitlines()
    copied = [line.split()[1:] for line in lines if line.startswith("COPY")]
    assert [(site.folder / source).exists() for source, _ in copied] == [True, True]
    assert f"root {copied[1][1]};" in (site.folder / "hosting/nginx.conf").read_text("utf-8")
