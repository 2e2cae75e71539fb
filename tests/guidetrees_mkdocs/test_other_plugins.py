"""Beside other plugins: two projects with plugins that are often used, built strictly, crawled and walked.

The plugins of one project do not disturb each other. What does not work beside trees is a case of
`cases/invalid/mkdocs-yml-with-plugins-that-do-not-fit`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from browser import Complaints
from conftest import run, serve
from copies import site_of_base, spoil
from helpers import script_hashes, write
from playwright.sync_api import Browser
from playwright.sync_api import Page as BrowserPage
from searching import search
from shared_builds import made_once
from site_reader import Page, Site, fold

from guidetrees.publish.csp import csp

pytestmark = pytest.mark.build

SETTINGS = """\
site_name: Handbook
site_url: https://agency.example/handbook/
theme:
  name: material
  font: false
hooks: [hooks/mkdocs_hook.py]
extra:
  limit: "40,000"
"""
MINIFIED = """\
plugins:
  - search
  - awesome-nav
  - macros
  - git-revision-date-localized
  - redirects:
      redirect_maps:
        old/rules.md: guide/rules.md
        old/lend.md: other/lend.md#guide-words
        old-tree.md: other/index.md
  - minify:
      minify_html: true
"""
NAV = """\
nav:
  - index.md
  - Guide: guide
  - Lending:
      - Begin here: other
      - other/kind.md
  - "*"
"""
VERSIONED = """\
  guidetrees: {policy: false}
  version: {provider: mike}
plugins: [literate-nav, glightbox, mike]
"""
SUMMARY = """\
* [Front page](index.md)
* [Lending](other/index.md)
    * [What is it?](other/kind.md)
* guide/*
* *.md
"""
ABOUT = "# Bought for {{ limit }} kr.\n\nWe pay {{ limit }} kr.\n\n![A book](assets/icon.svg)\n"
TITLE = "{{ limit }} books"
MENU = "//nav[contains(@class, 'md-nav--primary')]"


def project(folder: Path, settings: str) -> Path:
    site_of_base(folder)
    write(folder, "mkdocs.yml", SETTINGS + settings)
    write(folder, "docs/about.md", ABOUT)
    spoil(folder, "decision_trees/other.yml", "title: May I borrow this?", f'title: "{TITLE}"')
    spoil(folder, "decision_trees/other.yml", "What is it?", "Is it {{ limit }}?")
    for words in (["init"], ["add", "."], ["commit", "--message", "The handbook"]):
        git(folder, *words)
    return folder


def git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@agency.example"]
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def minified(tmp_path_factory: pytest.TempPathFactory) -> Site:
    def build(folder: Path) -> None:
        write(folder, "docs/.nav.yml", NAV)
        done = run("mkdocs", "build", "--strict", cwd=project(folder, MINIFIED))
        assert done.returncode == 0, done.stdout + done.stderr

    return Site(made_once(tmp_path_factory, "minified", build) / "site")


@pytest.fixture(scope="module")
def versioned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `mike` has put on its branch: a folder for each version."""

    def deploy(folder: Path) -> None:
        write(folder, "project/docs/SUMMARY.md", SUMMARY)
        root = project(folder / "project", VERSIONED)
        programs = Path(sys.executable).parent
        found = {
            **os.environ,
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": "hooks",
            "NO_MKDOCS_2_WARNING": "1",
            **{
                f"GIT_{who}_{what}": "a@agency.example"
                for who in ("AUTHOR", "COMMITTER")
                for what in ("NAME", "EMAIL")
            },
        }
        mike = shutil.which("mike", path=str(programs))
        assert mike
        done = subprocess.run([mike, "deploy", "1.0"], cwd=root, env=found, capture_output=True, encoding="utf-8")
        assert done.returncode == 0 and "WARNING" not in done.stderr, done.stdout + done.stderr
        git(root, "worktree", "add", str(folder / "branch"), "gh-pages")

    return made_once(tmp_path_factory, "versioned", deploy) / "branch"


def current(page: Page) -> list[str]:
    marked = page.all(f"{MENU}//a[contains(@class, 'md-nav__link--active')]/span")
    return list(dict.fromkeys(fold(one.text_content()) for one in marked))


def test_every_link_leads_somewhere(minified: Site, versioned: Path) -> None:
    assert minified.dead() == []
    assert [link for link in Site(versioned / "1.0").dead() if "versions.json" not in link[1]] == []
    for site in (minified, Site(versioned / "1.0")):
        assert {"other/index.html", "other/lend.html", "other/stay.html", "a-z.html"} <= set(site.pages)
        assert not [path for path in site.folder.rglob("*gt0*")]


# awesome-nav and literate-nav


def test_pages_of_trees_are_in_the_navigation_as_it_is_written(minified: Site, versioned: Path) -> None:
    for site in (minified, Site(versioned / "1.0")):
        page = site.pages["other/kind.html"]
        assert current(page) in ([f"Is it {'{{ limit }}'}?"], ["What is it?"])
        listed = [link.href for link in page.links(MENU)]
        assert {"index.html", "kind.html"} <= set(listed)
        # A pattern finds none of them.
        assert not {"lend.html", "stay.html", "../a-z.html", "../review/index.html"} & set(listed)
        assert current(site.pages["other/lend.html"]) == []
    assert "Begin here" in minified.pages["about/index.html"].text(MENU)


# macros


def test_macros_are_for_pages_of_docs_and_trees_keep_their_words(minified: Site) -> None:
    about = minified.pages["about/index.html"]
    assert about.heading == "Bought for 40,000 kr." and "We pay 40,000 kr." in about.main.text_content()
    assert about.text("//title") == "Bought for 40,000 kr. – Handbook"
    tree, question = minified.pages["other/index.html"], minified.pages["other/kind.html"]
    assert tree.heading == TITLE and tree.text("//title").startswith(TITLE)
    assert question.heading == "Is it {{ limit }}?"


# git-revision-date-localized


def test_the_day_of_the_last_change_is_on_pages_of_docs_only(minified: Site) -> None:
    shown = "//*[contains(@class, 'git-revision-date-localized-plugin')]"
    (day,) = {fold(one.text_content()) for one in minified.pages["about/index.html"].all(shown)}
    assert day.endswith(tuple("0123456789"))
    for path in ("other/index.html", "other/kind.html", "other/lend.html", "a-z.html"):
        assert minified.pages[path].all(shown) == []


# redirects


@pytest.mark.parametrize(
    ("former", "now"),
    [
        ("old/rules/index.html", "../../guide/rules/"),
        ("old/lend/index.html", "../../other/lend.html#guide-words"),
        ("old-tree/index.html", "../other/index.html"),
    ],
)
def test_a_redirect_leads_to_pages_of_docs_and_of_trees(minified: Site, former: str, now: str) -> None:
    assert [link.href for link in minified.pages[former].links()] == [now]


# minify


def test_minified_pages_have_their_texts_whole_and_their_policy_right(minified: Site) -> None:
    tree = minified.pages["other/index.html"]
    assert tree.all("//meta[@name='description']/@content") == ["Find out whether a book may leave the house."]
    assert "\n    " not in tree.html.partition("<article")[0]
    for path, page in minified.pages.items():
        if path.startswith("old/rules"):
            continue  # is written by another plugin when all is done
        (policy,) = page.all("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy == csp(script_hashes(page.html), with_workers=True), path


# search


def test_a_search_that_is_listed_is_that_of_the_pages_of_docs(minified: Site, versioned: Path) -> None:
    about, tree = minified.pages["about/index.html"], minified.pages["other/index.html"]
    assert about.all("//form[@name='search']") and not about.all("//*[@id='search-open']")
    assert tree.all("//*[@id='search-open']") and not tree.all("//form[@name='search']")
    without = Site(versioned / "1.0").pages["other/index.html"]
    assert without.all("//*[@id='search-open']") and not without.all("//form[@name='search']")


# glightbox


def test_pictures_open_in_a_box_and_the_page_is_what_its_author_wrote(versioned: Path) -> None:
    about = Site(versioned / "1.0").pages["about/index.html"]
    (box,) = about.all("//article//a[@class='glightbox']")
    assert box.get("href") == "../assets/icon.svg" and box.get("data-type") == "image"
    assert about.html.count("<html") == about.html.count("<body") == 1


# mike


def test_mike_publishes_the_whole_site(versioned: Path) -> None:
    assert (versioned / "versions.json").is_file()
    page = Site(versioned / "1.0").pages["other/lend.html"]
    assert page.all("//link[@rel='canonical']/@href") == ["https://agency.example/handbook/1.0/other/lend.html"]
    assert '"provider": "mike"' in page.html


# In a browser


@pytest.fixture
def places(minified: Site, versioned: Path, tmp_path: Path) -> Iterator[list[str]]:
    """The addresses of the first site at the root of a server and in a folder, and of the second one's version."""
    shutil.copytree(minified.folder, tmp_path / "a b/handbook")
    with serve(minified.folder) as root, serve(tmp_path) as folder, serve(versioned) as versions:
        yield [root, f"{folder}{quote('a b')}/handbook/", f"{versions}1.0/"]


def test_a_tree_is_walked_with_and_without_script(browser: Browser, places: list[str]) -> None:
    for script in (True, False):
        context = browser.new_context(java_script_enabled=script)
        page = context.new_page()
        heard = Complaints(page)
        for place in places:
            _walk(page, place)
        context.close()
        assert [said for said in heard.complaints if "versions.json" not in said] == []


def _walk(page: BrowserPage, place: str) -> None:
    page.goto(f"{place}about/")
    page.goto(f"{place}other/index.html")
    page.locator("article a[href^='kind.html']").first.click()
    page.locator(".gt-answers a", has_text="A book").click()
    page.get_by_role("heading", name="You may borrow it").first.wait_for()
    assert page.url.startswith(f"{place}other/lend.html")


def test_both_searches_find_the_pages_of_trees(browser: Browser, places: list[str]) -> None:
    context = browser.new_context()
    page = context.new_page()
    heard = Complaints(page)
    page.goto(f"{places[1]}about/")
    page.locator(".md-search__input").click()
    page.keyboard.type("borrow it")
    found = page.locator(".md-search-result__link[href*='other/lend.html']")
    found.wait_for()
    page.keyboard.press("Escape")
    found.wait_for(state="hidden")
    page.goto(f"{places[1]}other/kind.html")
    assert "other/lend.html" in search(page, "borrow it", typed=True)
    context.close()
    assert heard.complaints == []
