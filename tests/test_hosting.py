"""The site on servers: under the policy that was made with it, at any address, and from a file share."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from xml.etree import ElementTree

import pytest
from browser import Log
from browser import nginx as nginx_program
from playwright.sync_api import Browser, BrowserContext, expect
from site_reader import Site

from guidetrees.hosting import FOLDER, configurations
from guidetrees.policy import header, policy, script_hashes, with_policy

NGINX = nginx_program()
BELOW = "intranet/x/y"
"""Where the site lies on the server, besides at its root."""
FIRST = "er-det-digital-behandling/sundhedsfaglig.html"
MAIN = """\
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
"""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes


@dataclass(frozen=True)
class Server:
    """A real nginx with the configuration that was made with the site."""

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


@pytest.fixture(scope="module")
def nginx(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if not NGINX:
        assert not os.environ.get("CI"), "tests/browser.py installs nginx where it can"
        pytest.skip("there is no nginx")
    folder = tmp_path_factory.mktemp("nginx")
    folder.chmod(0o755)  # the workers are another user where the tests are root
    for above in folder.parents:
        if above.owner() == folder.owner() and above != Path("/"):
            above.chmod(above.stat().st_mode | 0o011)
    root = folder / "root"
    shutil.copytree(site.folder, root)
    shutil.copytree(site.folder, root / BELOW)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    written = (root / "hosting/nginx.conf").read_text("utf-8")
    set_up = written.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/usr/share/nginx/html", str(root))
    assert set_up.count(f"listen 127.0.0.1:{port};") == set_up.count(str(root)) == 1
    (folder / "site.conf").write_text(set_up, "utf-8")
    (folder / "main.conf").write_text(MAIN.format(folder=folder), "utf-8")
    with (folder / "terminal.txt").open("wb") as terminal:
        process = subprocess.Popen([NGINX, "-c", str(folder / "main.conf")], stdout=terminal, stderr=terminal)
    server = Server(f"http://127.0.0.1:{port}/", root)
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
    assert not re.search(r"\[(warn|crit|alert|emerg)\]", (folder / "error.log").read_text())


@pytest.fixture(params=["root", "below", "share"])
def place(request: pytest.FixtureRequest) -> str:
    """The site's address: a server's root, a folder on it, a file share with spaces and Danish letters."""
    if request.param == "share":
        return str(request.getfixturevalue("shared"))
    server: Server = request.getfixturevalue("nginx")
    return server.address + (f"{BELOW}/" if request.param == "below" else "")


# The policy on pages


def test_every_page_carries_its_policy_before_all_that_it_is_about(site: Site) -> None:
    for page in site.pages.values():
        text = (site.folder / page.path).read_text("utf-8")
        (meta,) = page.all("//meta[@http-equiv='Content-Security-Policy']")
        assert meta.get("content") == policy(script_hashes(text)), page.path
        before, _, _ = text.partition('<meta http-equiv="Content-Security-Policy"')
        assert not re.search("<(script|link|style|img|body)", before), page.path


def test_the_policy_allows_nothing_by_name_and_no_one_else(site: Site) -> None:
    sent = re.findall(
        r'Content-Security-Policy "([^"]*)"', (site.folder / "hosting/nginx.conf").read_text("utf-8")
    )
    every = set().union(
        *(script_hashes((site.folder / page.path).read_text("utf-8")) for page in site.pages.values())
    )
    assert sent == [header(every)]
    assert "unsafe" not in sent[0] and "*" not in sent[0] and "http" not in sent[0]
    assert 4 < len(every) < 12


def test_no_page_has_what_the_policy_would_stop(site: Site) -> None:
    for page in site.pages.values():
        assert page.all("//*[@style] | //style | //iframe | //object | //embed | //base") == [], page.path
        assert [a for e in page.all("//*") for a in e.attrib if str(a).startswith("on")] == [], page.path
        assert page.all("//*[starts-with(@href, 'javascript:')]") == [], page.path


def test_scripts_are_known_by_their_text() -> None:
    data = '<script type="application/json">{}</script>'
    page = f'<meta charset="utf-8"><script>a()</script><script src="b.js"></script>{data}'
    # echo -n 'a()' | openssl dgst -sha256 -binary | base64
    assert script_hashes(page) == {"'sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4='"}
    assert script_hashes("<script>\r\na\r</script>") == script_hashes("<script>\na\n</script>")
    assert script_hashes("<SCRIPT TYPE=module>a()</SCRIPT>") == script_hashes(page)
    assert with_policy(page).startswith(
        '<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="'
    )


# A real server


def test_pages_and_files_are_sent_with_what_they_are_and_what_they_may(nginx: Server) -> None:
    sent = header(
        set().union(
            *(script_hashes(p.read_text("utf-8")) for p in (nginx.root / "guide").parent.glob("**/*.html"))
        )
    )
    for base in ("", f"{BELOW}/"):
        for path, kind in KINDS.items():
            found = nginx.get(base + path)
            assert (found.status, found.headers["Content-Type"]) == (200, kind), path
            assert found.headers["Content-Security-Policy"] == sent
            assert found.headers["X-Content-Type-Options"] == "nosniff"
            assert found.headers["Referrer-Policy"] == "no-referrer"
            assert found.headers["Cache-Control"] == "no-cache"
            assert "/" not in found.headers["Server"], "no version is told"


KINDS = {
    "": "text/html; charset=utf-8",
    FIRST: "text/html; charset=utf-8",
    "er-det-digital-behandling/": "text/html; charset=utf-8",
    "assets/guidetrees/tree.js": "application/javascript; charset=utf-8",
    "assets/guidetrees/tree.css": "text/css; charset=utf-8",
    "search/search_index.json": "application/json",
    "assets/icon.svg": "image/svg+xml",
}


def test_files_that_never_change_are_kept_and_others_asked_for_again(nginx: Server) -> None:
    (bundle,) = (nginx.root / "assets/javascripts").glob("bundle.*.min.js")
    (font, *_) = sorted((nginx.root / "assets/fonts").glob("*.woff2"))
    for base in ("", f"{BELOW}/"):
        kept = nginx.get(f"{base}assets/javascripts/{bundle.name}").headers["Cache-Control"]
        assert kept == "public, max-age=31536000, immutable"
        found = nginx.get(f"{base}assets/fonts/{font.name}")
        assert (found.headers["Cache-Control"], found.headers["Content-Type"]) == (
            "public, max-age=2592000",
            "font/woff2",
        )
        page = nginx.get(base + FIRST)
        assert nginx.get(base + FIRST, If_None_Match=page.headers["ETag"]).status == 304


def test_texts_are_compressed(nginx: Server) -> None:
    for path in (FIRST, "assets/guidetrees/tree.js", "search/search_index.json", "assets/icon.svg"):
        plain = nginx.get(path)
        found = nginx.get(path, Accept_Encoding="gzip")
        if len(plain.body) >= 1024:
            assert (found.headers["Content-Encoding"], gzip.decompress(found.body)) == ("gzip", plain.body), path
            assert found.headers["Vary"] == "Accept-Encoding"


def test_what_is_missing_or_is_for_servers_is_not_found(nginx: Server) -> None:
    for path in ("nowhere.html", "hosting/nginx.conf", "web.config", ".htaccess", "hosting/", "assets/"):
        found = nginx.get(path)
        assert found.status in (403, 404), path
        assert b"root" not in found.body or found.status == 404
        assert "Content-Security-Policy" in found.headers
    assert "Siden findes ikke" in nginx.get("nowhere.html").body.decode()


# A reader, under the policy


@pytest.fixture
def strict(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that keeps to the policy."""
    context = browser.new_context(locale="da-DK")
    yield context
    context.close()


def test_a_reader_walks_a_tree_and_searches_and_nothing_complains(place: str, strict: BrowserContext) -> None:
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


def test_what_is_written_into_a_page_does_not_run(nginx: Server, shared: str, strict: BrowserContext) -> None:
    """On a server by what it sends, and without one by what the page carries."""
    hostile = "<script>window.ran = 1</script><img src=x onerror='window.ran = 2'><p style='color: red'>x</p>"
    for address, root in ((nginx.address, nginx.root), (shared, Path(urllib.request.url2pathname(shared[7:])))):
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


# The other servers


def test_configurations_hold_the_policy_and_nothing_unfilled(site: Site) -> None:
    written = dict(configurations({"'sha256-x='"}))
    assert set(written) == {"hosting/nginx.conf", "hosting/apache.conf", "hosting/Containerfile", "web.config"}
    for path, text in written.items():
        assert (header({"'sha256-x='"}) in text) == (path != "hosting/Containerfile")
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
