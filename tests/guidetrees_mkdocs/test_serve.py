"""The live preview: a real `mkdocs serve` on a copy of this project, whose files are broken and mended."""

from __future__ import annotations

import os
import re
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
from conftest import run
from copies import NEW_TREE, TREE, spoil
from lxml import html
from playwright.sync_api import Browser, BrowserContext, expect
from site_reader import Site

QUESTION = "er-det-digital-behandling/sundhedsfaglig.html"
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


def break_everywhere(folder: Path) -> None:
    """A mistake of every kind that authors make, each in a file of its own."""
    trees = folder / "decision_trees"
    spoil(folder, TREE, "goto: konkret-patient", "goto: konkret-patien")
    (trees / "ingen-yaml.yml").write_text("title: <script>alert(1)</script>\nsummary: [a, b\n", "utf-8")
    (trees / "kodning.yml").write_bytes("title: Blåbær\n".encode("latin-1"))
    spoil(folder, "decision_trees/contacts.yml", "  name: Sundhedsstyrelsen\n", "  nam: Sundhedsstyrelsen\n")
    (folder / "docs/guide/ny.md").write_text("---\nkeywords: [a\n---\n\n# Ny\n", "utf-8")


def mend_everywhere(folder: Path) -> None:
    spoil(folder, TREE, "goto: konkret-patien", "goto: konkret-patient")
    spoil(folder, "decision_trees/contacts.yml", "  nam: Sundhedsstyrelsen\n", "  name: Sundhedsstyrelsen\n")
    for file in ("decision_trees/ingen-yaml.yml", "decision_trees/kodning.yml", "docs/guide/ny.md"):
        (folder / file).unlink()


def test_a_preview_of_broken_sources_starts_and_shows_every_problem_until_they_are_mended(copy: Path) -> None:
    break_everywhere(copy)
    about = (copy / "docs/om.md").read_bytes()
    (copy / "docs/om.md").write_bytes("# Blåbær\n".encode("latin-1"))
    expected = run("guidetrees", "check", cwd=copy).stdout.splitlines()
    assert len({problem.partition(":")[0] for problem in expected}) == 6
    with serving(copy) as preview:
        for path in ("", "index.html", QUESTION, "nowhere", "no/where.html", "er-det-digital-behandling/"):
            status, text = preview.get(path)
            assert (status, preview.problems(path), SCRIPT in text) == (200, expected, True), path
        assert html.document_fromstring(text).get("lang") == "da"
        assert "<script>alert" not in text
        assert preview.errors() == expected
        mend_everywhere(copy)
        (copy / "docs/om.md").write_bytes(about)
        preview.shows(QUESTION, "Er der tale om sundhedsfaglig behandling?")
        assert preview.get("problems.html")[0] == 404


def test_a_save_shows_and_so_do_a_new_tree_and_a_new_page(copy: Path) -> None:
    with serving(copy) as preview:
        assert "Er der tale om sundhedsfaglig behandling?" in preview.get(QUESTION)[1]
        status, text = preview.get("nyt/a.html")
        assert (status, "Siden findes ikke" in text, SCRIPT in text) == (404, True, True)
        spoil(copy, TREE, "Er der tale om sundhedsfaglig behandling?", "Er det behandling overhovedet?")
        preview.shows(QUESTION, "Er det behandling overhovedet?")
        (copy / "decision_trees/nyt.yml").write_text(NEW_TREE, "utf-8")
        preview.shows("nyt/a.html", "Er det nyt?")
        (copy / "docs/guide/ny.md").write_text("# En ny side { #ny }\n", "utf-8")
        preview.shows("guide/ny.html", "En ny side")


def test_the_browser_shows_problems_and_the_mended_site_by_itself(copy: Path, context: BrowserContext) -> None:
    page = context.new_page()
    heading = page.locator("h1")
    with serving(copy) as preview:
        page.goto(f"{preview.address}{QUESTION}#hvem=nej")
        for _ in range(2):
            expect(heading).to_contain_text("Er der tale om")
            spoil(copy, TREE, "goto: konkret-patient", "goto: konkret-patien")
            expect(heading).to_have_text("Fejl: 1", timeout=20_000)
            expect(page.locator("mark")).to_have_text("konkret-patien")
            (copy / "decision_trees/nyt.yml").write_text("title: [", "utf-8")
            expect(heading).to_have_text("Fejl: 2", timeout=20_000)
            (copy / "decision_trees/nyt.yml").write_text(NEW_TREE, "utf-8")
            expect(heading).to_have_text("Fejl: 1", timeout=20_000)
            spoil(copy, TREE, "goto: konkret-patien", "goto: konkret-patient")
            expect(heading).to_contain_text("Er der tale om", timeout=20_000)
            assert page.url == f"{preview.address}{QUESTION}#hvem=nej"


@pytest.mark.parametrize("folder", ["decision_trees", "docs", "docs/guide"])
def test_a_folder_that_is_moved_away_and_comes_back_is_watched_again(copy: Path, folder: str) -> None:
    away = copy / "away"
    with serving(copy) as preview:
        (copy / folder).rename(away)
        preview.until(lambda: re.search("Reloading browsers|An error happened", preview.printed()))
        away.rename(copy / folder)
        preview.shows(QUESTION, "Er der tale om sundhedsfaglig behandling?")
        spoil(copy, TREE, "Er der tale om sundhedsfaglig behandling?", "Er det behandling overhovedet?")
        preview.shows(QUESTION, "Er det behandling overhovedet?")


def test_a_preview_sends_the_policy_and_answers_this_machine_only(copy: Path, context: BrowserContext) -> None:
    with serving(copy) as preview:
        for path in ("", QUESTION, "nowhere.html", "assets/site.css", "assets/icon.svg", "behandling/index.html"):
            sent = policy_of(preview, path)
            assert sent.startswith("default-src 'none'; script-src 'self'") and "unsafe" not in sent, path
        assert policy_of(preview, QUESTION).count("'sha256-") == 5, "the theme's, the frame's and the server's"
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


def test_what_a_page_brings_does_not_run_in_a_preview(copy: Path, browser: Browser) -> None:
    """Under the preview's policy, whatever gets to the page: a script, a handler and a style do nothing."""
    brought = "<script>window.hacked=1</script><b id=b onclick='window.hacked=1' style='color: red'>x</b>"
    spoil(
        copy,
        "hooks/guidetrees_mkdocs/theme/not_found.html",
        "{% block content %}",
        "{% block content %}" + brought,
    )
    context = browser.new_context()
    page = context.new_page()
    with serving(copy) as preview:
        page.goto(f"{preview.address}nowhere.html")
        page.locator("#b").click()
        assert page.evaluate("window.hacked") is None
        assert page.evaluate("getComputedStyle(document.querySelector('#b')).color") != "rgb(255, 0, 0)"
        page.goto(f"{preview.address}{QUESTION}")
        expect(page.locator("h1")).to_contain_text("Er der tale om")
        spoil(copy, TREE, "Er der tale om sundhedsfaglig behandling?", "Er det behandling overhovedet?")
        expect(page.locator("h1")).to_contain_text("Er det behandling", timeout=20_000)
    context.close()


def test_each_mistake_shows_and_goes(copy: Path) -> None:
    """One mistake after the other, each in a preview that has shown the site before."""
    new, path = copy / "decision_trees/nyt.yml", "nyt/a.html"
    with serving(copy) as preview:
        for mistake, told in (
            (NEW_TREE.replace("goto: b", "goto: c"), "goto: der er ingen skærm 'c' i denne vejviser"),
            (NEW_TREE.replace("start: a", "start: [a"), "ikke gyldig YAML"),
            (NEW_TREE.replace("question", "questoin"), "ukendt nøgle 'questoin'"),
        ):
            new.write_text(mistake, "utf-8")
            preview.until(lambda told=told: told in "".join(preview.problems(path)))  # type: ignore[misc]
            new.write_text(NEW_TREE, "utf-8")
            preview.shows(path, "Er det nyt?")
        new.unlink()
        preview.shows(path, "Siden findes ikke")


def test_without_reloading_the_problems_are_shown_too(copy: Path) -> None:
    spoil(copy, TREE, "goto: konkret-patient", "goto: konkret-patien")
    with serving(copy, "--no-livereload") as preview:
        assert "konkret-patien" in preview.problems(QUESTION)[0]


def test_the_rules_have_pages_in_a_preview_only(copy: Path, context: BrowserContext, site: Site) -> None:
    assert not any("rules" in path for path in site.pages)
    page = context.new_page()
    page.add_init_script(axe.SCRIPT)
    with serving(copy) as preview:
        page.goto(f"{preview.address}review/rules/index.html")
        page.get_by_role("link", name="no-cycles", exact=True).click()
        expect(page.locator("h1")).to_contain_text("no-cycles")
        for path in ("index", "language"):
            assert list(axe.on_page(page, preview.address, f"review/rules/{path}.html")) == []
        assert list(axe.with_frame(page, preview.address, "review/rules/language.html")) == []


def test_nothing_of_the_preview_is_published(site: Site) -> None:
    assert "problems.html" not in site.pages
    assert not any(SCRIPT in path.read_text("utf-8") for path in site.folder.rglob("*.html"))
