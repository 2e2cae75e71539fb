"""The site on servers: under the policy that was made with it, at any address, and from a file share."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from xml.etree import ElementTree

import pytest
from browser import PHONE, Log, program
from conftest import ROOT
from helpers import script_hashes
from playwright.sync_api import Browser, BrowserContext, Page, expect
from site_reader import Site

from guidetrees.project.project import read_project
from guidetrees.publish.csp import csp_header
from guidetrees.publish.server_config import FOLDER, configurations

TREES = read_project(ROOT).trees
BELOW = "intranet/x/y"
"""Where the site lies on the server, besides at its root."""
FIRST = "er-det-digital-behandling/sundhedsfaglig.html"
MODULES = "/usr/lib/apache2/modules"
MAIN = {
    "nginx": """\
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
  include /etc/nginx/mime.types;
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  include {folder}/site.conf;
}}
""",
    "apache2": """\
ServerRoot {folder}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {folder}/apache.pid
ErrorLog {folder}/error.log
ServerTokens Prod
"""
    + "".join(
        f"LoadModule {name}_module {MODULES}/mod_{name}.so\n"
        for name in ("mpm_event", "authz_core", "dir", "mime", "headers", "filter", "deflate")
    )
    + """\
User www-data
Group www-data
TypesConfig /etc/mime.types
DocumentRoot {root}
Include {folder}/site.conf
""",
}
"""What an administrator has already, for a server that runs in a folder of its own."""
OWN = {
    "nginx": ("nginx.conf", "/usr/share/nginx/html", ("listen 80;", "listen 127.0.0.1:{port};")),
    "apache2": ("apache.conf", "/var/www/html", ("", "")),
}
"""The site's configuration, and what is changed in it: the site's folder, and the port."""
RUN = {"nginx": ("-c",), "apache2": ("-D", "FOREGROUND", "-f")}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes


@dataclass(frozen=True)
class Server:
    """A real server with the configuration that was made with the site."""

    name: str
    address: str
    root: Path

    def get(self, path: str, **headers: str) -> Answer:
        asked = urllib.request.Request(
            self.address + path, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )
        try:
            with urllib.request.urlopen(asked, timeout=10) as found:
                return Answer(found.status, found.headers, found.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.headers, error.read())


@contextmanager
def read_by_all() -> Iterator[Path]:
    """A folder of a server's own.

    A server that is started by root reads as another user, and each run of pytest, also one that a test
    starts, closes the folder of its user's runs to all others.
    """
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o755)
        yield folder


@contextmanager
def serving(name: str, site: Site, folder: Path) -> Iterator[Server]:
    found = program(name)
    if not found:
        assert not os.environ.get("CI"), "tests/browser.py installs it where it can"
        pytest.skip(f"there is no {name}")
    root = folder / "root"
    shutil.copytree(site.folder, root)
    shutil.copytree(site.folder, root / BELOW)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    template, standard, (listens, here) = OWN[name]
    written = (root / "hosting" / template).read_text("utf-8")
    assert written.count(standard) == 1 and (not listens or written.count(listens) == 1)
    own = written.replace(standard, str(root))
    (folder / "site.conf").write_text(own.replace(listens, here.format(port=port)) if listens else own, "utf-8")
    (folder / "main.conf").write_text(MAIN[name].format(folder=folder, port=port, root=root), "utf-8")
    with (folder / "terminal.txt").open("wb") as terminal:
        command = [found, *RUN[name], str(folder / "main.conf")]
        process = subprocess.Popen(command, stdout=terminal, stderr=terminal)
    server = Server(name, f"http://127.0.0.1:{port}/", root)
    try:
        for _ in range(200):
            assert process.poll() is None, (folder / "terminal.txt").read_text()
            try:
                server.get("")
                break
            except OSError:  # it does not listen yet
                time.sleep(0.05)
        yield server
    finally:
        process.terminate()
        process.wait(30)
    assert not re.search(r"\[(\w+:)?(warn|crit|alert|emerg)\]", (folder / "error.log").read_text())


@pytest.fixture(scope="module", params=["nginx", "apache2"])
def server(request: pytest.FixtureRequest, site: Site) -> Iterator[Server]:
    with read_by_all() as folder, serving(request.param, site, folder) as found:
        yield found


PLACES = ("", f"{BELOW}/")
"""A server's root, and a folder on it."""


# A real server


def test_pages_and_files_are_sent_with_what_they_are_and_what_they_may(server: Server) -> None:
    sent = csp_header(
        set().union(
            *(script_hashes(p.read_text("utf-8")) for p in (server.root / "guide").parent.glob("**/*.html"))
        )
    )
    for base in PLACES:
        for path, kind in KINDS.items():
            found = server.get(base + path)
            assert (found.status, found.headers["Content-Type"].partition(";")[0]) in [(200, k) for k in kind], (
                path
            )
            assert not kind[0].startswith("text/html") or found.headers["Content-Type"].endswith("; charset=utf-8")
            assert found.headers["Content-Security-Policy"] == sent
            assert found.headers["X-Content-Type-Options"] == "nosniff"
            assert found.headers["Referrer-Policy"] == "no-referrer"
            assert found.headers["Cache-Control"] == "no-cache"
            assert "/" not in found.headers["Server"], "no version is told"


SCRIPTS = ("text/javascript", "application/javascript")
KINDS = {
    "": ("text/html",),
    FIRST: ("text/html",),
    "er-det-digital-behandling/": ("text/html",),
    "assets/guidetrees/tree.js": SCRIPTS,
    "assets/guidetrees/tree.css": ("text/css",),
    "assets/guidetrees/search.js": SCRIPTS,
    "assets/icon.svg": ("image/svg+xml",),
}


def test_files_that_never_change_are_kept_and_others_asked_for_again(server: Server) -> None:
    (bundle,) = (server.root / "assets/javascripts").glob("bundle.*.min.js")
    (font, *_) = sorted((server.root / "assets/fonts").glob("*.woff2"))
    found_by = sorted((server.root / "assets/guidetrees/search").iterdir())
    for base in PLACES:
        for path in (bundle, *found_by):
            kept = server.get(f"{base}{path.relative_to(server.root)}").headers["Cache-Control"]
            assert kept == "public, max-age=31536000, immutable"
        assert server.get(f"{base}assets/guidetrees/search.js").headers["Cache-Control"] == "no-cache"
        found = server.get(f"{base}assets/fonts/{font.name}")
        assert (found.headers["Cache-Control"], found.headers["Content-Type"]) == (
            "public, max-age=2592000",
            "font/woff2",
        )
        page = server.get(base + FIRST)
        assert server.get(base + FIRST, If_None_Match=page.headers["ETag"]).status == 304


def test_texts_are_compressed(server: Server) -> None:
    for path in (FIRST, "assets/guidetrees/tree.js", "assets/guidetrees/search.js", "assets/icon.svg"):
        plain = server.get(path)
        found = server.get(path, Accept_Encoding="gzip")
        if len(plain.body) >= 1024:
            assert (found.headers["Content-Encoding"], gzip.decompress(found.body)) == ("gzip", plain.body), path
            assert found.headers["Vary"] == "Accept-Encoding"


def test_what_is_missing_or_is_for_servers_is_not_found(server: Server) -> None:
    for path in ("nowhere.html", "hosting/nginx.conf", "web.config", ".htaccess", "hosting/", "assets/"):
        found = server.get(path)
        assert found.status in (403, 404), path
        assert b"root" not in found.body or found.status == 404
        assert "Content-Security-Policy" in found.headers
    assert "Siden findes ikke" in server.get("nowhere.html").body.decode()


# A reader, under the policy


@pytest.fixture
def strict(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that keeps to the policy."""
    context = browser.new_context(locale="da-DK")
    yield context
    context.close()


def test_a_reader_walks_a_tree_and_searches_and_nothing_complains(server: Server, strict: BrowserContext) -> None:
    """At the root of one server and in a folder of the other: both send the same (see above)."""
    walk_and_search(server.address + PLACES[server.name == "apache2"], strict)


def test_nothing_complains_on_a_file_share(shared: str, strict: BrowserContext) -> None:
    """The policy that the pages carry is in force there."""
    walk_and_search(shared, strict)


def walk_and_search(place: str, strict: BrowserContext) -> None:
    page = strict.new_page()
    log = Log(page)
    page.goto(place + "index.html")
    page.get_by_role("link", name="Er det digital sundhedsfaglig behandling?").first.click()
    page.get_by_role("link", name="Start").first.click()
    for answer in ("Ja", "Ja"):
        page.locator(".gt-answers").get_by_role("link", name=answer, exact=True).click()
    expect(page.locator(".gt-trail")).to_contain_text("Er der tale om sundhedsfaglig behandling?")
    field = page.locator("input.md-search__input")
    field.click()
    field.press_sequentially("medicinsk udstyr")
    page.locator(".md-search-result__link", has_text="medicinsk udstyr").first.click()
    expect(page.locator("h1")).to_contain_text("medicinsk udstyr", ignore_case=True)
    page.goto(place + "hvilken-myndighed/index.html")
    expect(page.locator("svg.gt-map__picture, .gt-map svg").first).to_be_visible()
    page.goto(place + "maa-jeg-bruge-appen/overvejelser.html")
    page.locator("input[type=checkbox]:visible").first.check()
    page.goto(place + "review/index.html")
    assert log.complaints == []
    assert log.outside(place) == []


def test_what_is_written_into_a_page_does_not_run(server: Server, shared: str, strict: BrowserContext) -> None:
    """On a server by what it sends, and without one by what the page carries."""
    hostile = "<script>window.ran = 1</script><img src=x onerror='window.ran = 2'><p style='color: red'>x</p>"
    for address, root in ((server.address, server.root), (shared, Path(urllib.request.url2pathname(shared[7:])))):
        text = (root / "index.html").read_text("utf-8")
        (root / "hostile.html").write_text(text.replace("</h1>", f"</h1>{hostile}", 1), "utf-8")
        page = strict.new_page()
        log = Log(page)
        page.goto(address + "hostile.html")
        expect(page.locator("h1")).to_be_visible()
        assert page.evaluate("window.ran") is None
        assert len([line for line in log.complaints if "Content Security Policy" in line]) >= 3
        (root / "hostile.html").unlink()
        page.close()


def test_a_search_starts_no_worker(served: str, strict: BrowserContext) -> None:
    page = strict.new_page()
    started = list[object]()
    page.on("worker", lambda worker: started.append(worker))
    page.goto(served + "index.html")
    page.locator(".md-search__input").press_sequentially("klage")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    assert started == [] and page.frames == [page.main_frame]


# The page for addresses that do not exist


UNKNOWN = ("nowhere.html", "x/y.html", "er-det-digital-behandling/x/y.html", "x/y/z/w.html")


def test_an_unknown_address_is_answered_with_the_page_for_it(server: Server) -> None:
    page = (server.root / "404.html").read_bytes()
    for path in UNKNOWN:
        for base in PLACES:
            found = server.get(base + path)
            assert (found.status, found.body) == (404, page), base + path


def test_an_unknown_address_leads_to_the_trees_wherever_the_site_lies(
    server: Server, strict: BrowserContext
) -> None:
    """Both servers send the same page: each shows half of the addresses."""
    page = strict.new_page()
    for number, path in enumerate(UNKNOWN):
        place = server.address + PLACES[(number + (server.name == "apache2")) % 2]
        answer = page.goto(place + path)
        assert answer and answer.status == 404
        assert_all_that_it_loads_is_there(page, place)
        assert page.locator(".gt-card a").count() == len(TREES)
        if path == UNKNOWN[2]:
            assert_search_opens(page)
        page.locator(".gt-card a").first.click()
        assert page.url.startswith(place) and page.url.endswith("/index.html")


def assert_all_that_it_loads_is_there(page: Page, place: str) -> None:
    expect(page.locator("h1")).to_have_text("Siden findes ikke")
    field = page.locator("input.md-search__input")
    expect(page.get_by_role("button", name="Søg", exact=True).or_(field).first).to_be_visible()
    addresses = page.eval_on_selector_all("[href], [src]", "(all) => all.map((one) => one.href || one.src)")
    tried = {f"{place}assets/missing.js"} | {
        page.evaluate("(up) => new URL(up, location).href", f"{'../' * depth}assets/missing.js")
        for depth in range(4)
    }
    assert [one for one in addresses if not one.startswith(place) and one not in tried] == []
    assert page.evaluate("getComputedStyle(document.querySelector('.gt-card')).borderTopStyle") == "solid"


def assert_search_opens(page: Page) -> None:
    page.locator(".front-search").click()
    page.locator("input.md-search__input").press_sequentially("medicinsk udstyr")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    page.keyboard.press("Escape")


def test_an_unknown_address_leads_on_without_script_where_the_site_lies_at_the_root(
    server: Server, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    plain = context.new_page()  # complains about the status 404
    plain.goto(server.address + "x/y.html")
    plain.get_by_role("link", name="Slå op fra A til Å").click()
    assert plain.url == server.address + "a-z.html"
    plain.goto(server.address + "x/y.html")
    plain.locator(".gt-card a").first.click()
    expect(plain.locator(".gt-button")).to_be_visible()
    assert plain.url.startswith(server.address)
    context.close()


# The other servers


def test_configurations_hold_the_policy_and_nothing_unfilled(site: Site) -> None:
    written = dict(configurations({"'sha256-x='"}))
    assert set(written) == {"hosting/nginx.conf", "hosting/apache.conf", "hosting/Containerfile", "web.config"}
    for path, text in written.items():
        assert (csp_header({"'sha256-x='"}) in text) == (path != "hosting/Containerfile")
        assert "@" not in text
        assert (site.folder / path).is_file()
    assert {path.name for path in FOLDER.iterdir()} == {Path(path).name for path in written}


def test_what_iis_reads_is_xml_that_replaces_what_it_adds(site: Site) -> None:
    root = ElementTree.parse(site.folder / "web.config").getroot()
    headers = {add.get("name"): add.get("value") for add in root.iterfind(".//customHeaders/add")}
    assert str(headers["Content-Security-Policy"]) in (site.folder / "hosting/nginx.conf").read_text("utf-8")
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
    assert copied[1][1] in (site.folder / "hosting/nginx.conf").read_text("utf-8")
