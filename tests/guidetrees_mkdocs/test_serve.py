"""The live preview: a real `mkdocs serve`, on a small site that is broken and fixed, and on this project."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import axe
import pytest
from conftest import NOT_COPIED, ROOT
from copies import NEW_TREE, make, site_of_base, spoil
from helpers import lines_of
from lxml import html
from playwright.sync_api import Browser, BrowserContext, expect
from site_reader import Site

from guidetrees_mkdocs.preview import address_fault

pytestmark = pytest.mark.build

# Of the small site
TREE, CONTACTS = "decision_trees/other.yml", "decision_trees/contacts.yml"
QUESTION = "other/kind.html"
ADDED_TREE = (
    NEW_TREE.replace("er-det-digital-behandling:", "other:")
    .replace("leder.md#ansvar", "rules.md#time")
    .replace("stps", "desk")
)
SCRIPT = "livereload("


@dataclass
class Preview:
    """A preview while it runs."""

    process: subprocess.Popen[bytes]
    address: str
    terminal: Path

    def get(self, path: str) -> tuple[int, str]:
        """A page's status and text. Waits until a build is done, as a browser does."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def problems(self, path: str = "") -> list[str]:
        """The problems that the page at `path` lists."""
        return [str(h.text_content()) for h in html.document_fromstring(self.get(path)[1]).xpath("//ol/li/h2")]

    def until(self, holds: Callable[[], object]) -> None:
        """Waits until something holds; the server answers before it has seen a save."""
        for _ in range(600):
            assert self.process.poll() is None, self.printed()
            try:
                if holds():
                    return
            except OSError:  # it does not listen yet
                pass
            time.sleep(0.05)
        raise AssertionError(self.printed())

    def shows(self, path: str, words: str) -> None:
        self.until(lambda: words in self.get(path)[1])

    def printed(self) -> str:
        return self.terminal.read_text("utf-8")

    def rebuilds(self) -> int:
        """How many it has ended, well or not."""
        return len(re.findall("Reloading browsers|An error happened", self.printed()))

    def errors(self) -> list[str]:
        return re.findall(r"^ERROR +-  (.*)$", self.printed(), re.M)


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[Preview]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    left = folder / "temporary"
    left.mkdir()
    # Where MkDocs keeps what it serves, and nothing may be left.
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "TMPDIR": str(left), "PYTHONIOENCODING": "utf-8"}
    # Where the tests were started in the background, their programs would not listen to it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}", *arguments]
    with (folder / "terminal.txt").open("wb") as terminal:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=terminal, stderr=terminal)
    preview = Preview(process, f"http://127.0.0.1:{port}/", folder / "terminal.txt")
    try:
        preview.until(lambda: preview.get(""))
        yield preview
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
    assert list(left.iterdir()) == []
    assert "Traceback" not in preview.printed()


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small site to break and fix."""
    return site_of_base(tmp_path / "project")


def break_everywhere(folder: Path) -> None:
    """A mistake of every kind that authors make, each in a file of its own."""
    trees = folder / "decision_trees"
    spoil(folder, TREE, "goto: lend", "goto: lent")
    (trees / "ingen-yaml.yml").write_text("title: <script>alert(1)</script>\nsummary: [a, b\n", "utf-8")
    (trees / "kodning.yml").write_bytes("title: Blåbær\n".encode("latin-1"))
    spoil(folder, CONTACTS, "  name: The desk\n", "  nam: The desk\n")
    (folder / "docs/guide/ny.md").write_text("---\nkeywords: [a\n---\n\n# Ny\n", "utf-8")
    (folder / "docs/index.md").write_bytes("# Blåbær\n".encode("latin-1"))


def mend_everywhere(folder: Path) -> None:
    spoil(folder, TREE, "goto: lent", "goto: lend")
    spoil(folder, CONTACTS, "  nam: The desk\n", "  name: The desk\n")
    for file in ("decision_trees/ingen-yaml.yml", "decision_trees/kodning.yml", "docs/guide/ny.md"):
        (folder / file).unlink()
    (folder / "docs/index.md").write_text("# Blåbær\n", "utf-8")


def test_a_preview_of_broken_sources_starts_and_shows_every_problem_until_they_are_mended(small: Path) -> None:
    break_everywhere(small)
    expected = lines_of(small)
    assert len({problem.partition(":")[0] for problem in expected}) == 6
    with serving(small) as preview:
        for path in ("", "index.html", QUESTION, "nowhere", "no/where.html", "other/"):
            status, text = preview.get(path)
            assert (status, preview.problems(path), SCRIPT in text) == (200, expected, True), path
        assert html.document_fromstring(text).get("lang") == "da"
        assert "<script>alert" not in text
        assert preview.errors() == expected
        mend_everywhere(small)
        preview.shows(QUESTION, "What is it?")
        assert preview.get("problems.html")[0] == 404


def test_a_save_shows_and_so_do_a_new_page_and_each_mistake_of_a_new_tree(small: Path) -> None:
    new, path = small / "decision_trees/nyt.yml", "nyt/a.html"
    with serving(small) as preview:
        assert "What is it?" in preview.get(QUESTION)[1]
        status, text = preview.get(path)
        assert (status, "Siden findes ikke" in text, SCRIPT in text) == (404, True, True)
        spoil(small, TREE, "What is it?", "What is it now?")
        preview.shows(QUESTION, "What is it now?")
        for mistake, told in (
            (ADDED_TREE.replace("goto: b", "goto: c"), "goto: der er ingen skærm 'c' i denne vejviser"),
            (ADDED_TREE.replace("start: a", "start: [a"), "ikke gyldig YAML"),
            (ADDED_TREE.replace("question", "questoin"), "ukendt nøgle 'questoin'"),
        ):
            new.write_text(mistake, "utf-8")
            preview.until(lambda told=told: told in "".join(preview.problems(path)))  # type: ignore[misc]
            new.write_text(ADDED_TREE, "utf-8")
            preview.shows(path, "Er det nyt?")
        new.unlink()
        (small / "docs/guide/ny.md").write_text("# En ny side { #ny }\n", "utf-8")
        preview.shows("guide/ny.html", "En ny side")
        preview.shows(path, "Siden findes ikke")


def test_the_browser_shows_problems_and_the_mended_site_by_itself(small: Path, browser: Browser) -> None:
    """Under the policy of a preview."""
    page = browser.new_page()
    with serving(small) as preview:

        def shown(words: str) -> None:
            preview.until(lambda: words in page.locator("h1").inner_text())

        page.goto(f"{preview.address}{QUESTION}#kind=else")
        shown("What is it?")
        spoil(small, TREE, "goto: lend", "goto: lent")
        shown("Fejl: 1")
        expect(page.locator("mark")).to_have_text("lent")
        (small / "decision_trees/nyt.yml").write_text("title: [", "utf-8")
        shown("Fejl: 2")
        (small / "decision_trees/nyt.yml").write_text(ADDED_TREE, "utf-8")
        shown("Fejl: 1")
        spoil(small, TREE, "goto: lent", "goto: lend")
        shown("What is it?")
        assert page.url == f"{preview.address}{QUESTION}#kind=else"
    page.close()


def test_a_folder_that_is_moved_away_and_comes_back_is_watched_again(small: Path) -> None:
    away = small / "away"
    with serving(small) as preview:
        for folder, file, path, words in (
            ("decision_trees", TREE, QUESTION, "What is"),
            ("docs", "docs/index.md", "index.html", "Front page"),
        ):
            rename_and_wait(preview, small / folder, away)
            rename_and_wait(preview, away, small / folder)
            preview.shows(path, words)
            spoil(small, file, words, f"{words} today")
            preview.shows(path, f"{words} today")


def rename_and_wait(preview: Preview, source: Path, target: Path) -> None:
    before = preview.rebuilds()
    source.rename(target)
    preview.until(lambda: preview.rebuilds() > before)


def test_without_reloading_the_problems_are_shown_too(small: Path) -> None:
    spoil(small, TREE, "goto: lend", "goto: lent")
    with serving(small, "--no-livereload") as preview:
        assert "lent" in preview.problems(QUESTION)[0]


# What a preview of this project answers

BROUGHT = "<script>window.hacked=1</script><b id=b onclick='window.hacked=1' style='color: red'>x</b>"


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview of this project, whose page for missing ones brings a script, a handler and a style."""
    folder = tmp_path_factory.mktemp("preview") / "project"
    shutil.copytree(ROOT, folder, ignore=NOT_COPIED)
    block = "{% block content %}"
    spoil(folder, "hooks/guidetrees_mkdocs/theme/guidetrees_not_found.html", block, block + BROUGHT)
    with serving(folder) as started:
        yield started


def test_a_preview_sends_the_policy_and_answers_this_machine_only(preview: Preview) -> None:
    question = "er-det-digital-behandling/sundhedsfaglig.html"
    for path in ("", question, "nowhere.html", "assets/site.css", "assets/icon.svg", "behandling/index.html"):
        sent = policy_of(preview, path)
        assert sent.startswith("default-src 'none'; script-src 'self'") and "unsafe" not in sent, path
    assert policy_of(preview, question).count("'sha256-") == 2, "the frame's and the server's"
    assert policy_of(preview, "assets/site.css").count("'sha256-") == 0
    port = preview.address.rpartition(":")[2].strip("/")
    for host in ("localhost", "127.0.0.1", "[::1]", "127.0.0.2"):
        assert status_for(preview, f"{host}:{port}") == 200, host
    for host in ("outside.example", "localhost.outside.example", "192.168.1.2", "0.0.0.0", "", "127.0.0.1.x"):
        assert status_for(preview, f"{host}:{port}") == 403, host


def policy_of(preview: Preview, path: str) -> str:
    try:
        answer = urllib.request.urlopen(preview.address + path, timeout=60)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return str(answer.headers["Content-Security-Policy"])


def status_for(preview: Preview, host: str) -> int:
    """The status of the front page, asked for by another name of the server."""
    request = urllib.request.Request(preview.address, headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_what_a_page_brings_does_not_run_in_a_preview(preview: Preview, browser: Browser) -> None:
    """Under the preview's policy, whatever gets to the page: a script, a handler and a style do nothing."""
    page = browser.new_page()
    page.goto(f"{preview.address}nowhere.html")
    page.locator("#b").click()
    assert page.evaluate("window.hacked") is None
    assert page.evaluate("getComputedStyle(document.querySelector('#b')).color") != "rgb(255, 0, 0)"
    page.close()


def test_the_rules_have_pages_in_a_preview_only(preview: Preview, site: Site, context: BrowserContext) -> None:
    assert not any("rules" in path for path in site.pages)
    page = context.new_page()
    page.add_init_script(axe.SCRIPT)
    page.goto(f"{preview.address}review/rules/index.html")
    page.get_by_role("link", name="no-cycles", exact=True).click()
    expect(page.locator("h1")).to_contain_text("no-cycles")
    looked_at = axe.Kinds()
    for path in ("review/rules/index.html", "review/rules/language.html"):
        assert list(looked_at.on_page(page, preview.address, path)) == []


def test_nothing_of_the_preview_is_published(site: Site) -> None:
    assert "problems.html" not in site.pages
    assert not any(SCRIPT in path.read_text("utf-8") for path in site.folder.rglob("*.html"))


# The address of a preview


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program listens on."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def test_a_port_that_is_taken_is_one_line_and_nothing_is_built(tmp_path: Path, taken: int) -> None:
    root = site_of_base(tmp_path / "project")
    for file in ("Makefile", "requirements.lock"):
        shutil.copy(ROOT / file, root)
    done = make("serve", f"PORT={taken}", cwd=root)
    assert done.returncode != 0
    remedy = f"make serve PORT={taken + 1}, eller mkdocs serve --dev-addr 127.0.0.1:{taken + 1}"
    line = f"127.0.0.1:{taken}: adressen er optaget af et andet program: vælg en anden port, for eksempel {remedy}"
    told = [line for line in done.stdout.splitlines() if line and not line.startswith("Setting up ")]
    assert told == [line]
    others = [line for line in done.stderr.splitlines() if not line.startswith(("make: ***", "INFO "))]
    assert (others, "Traceback" in done.stderr, "Documentation built" in done.stderr) == ([], False, False)


@pytest.mark.parametrize(
    ("host", "port", "said", "other"),
    [
        ("127.0.0.1", 70_000, "up to 65535", 8001),
        ("192.0.2.1", 8000, "", 8001),
        ("::1", -1, "up to 65535", 8001),
    ],
)
def test_an_address_that_nobody_can_have_is_one_line(host: str, port: int, said: str, other: int) -> None:
    message = str(address_fault(host, port))
    assert message.startswith(f"{host}:{port}: ") and "\n" not in message
    assert said in message and f"make serve PORT={other}," in message


def test_an_address_that_is_free_is_free_afterwards(taken: int) -> None:
    assert "Address already in use" in str(address_fault("127.0.0.1", taken))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    for _ in range(2):
        assert address_fault("127.0.0.1", port) is None
    socket.create_server(("127.0.0.1", port)).close()


def test_the_port_that_make_takes_is_8000_whatever_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", "1")
    shutil.copy(ROOT / "Makefile", tmp_path)
    assert "127.0.0.1:8000" in make("serve", "--dry-run", cwd=tmp_path).stdout
    assert "127.0.0.1:8001" in make("serve", "--dry-run", "PORT=8001", cwd=tmp_path).stdout
