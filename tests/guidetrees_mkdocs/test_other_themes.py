"""Sites with other themes than Material: those of MkDocs, and one of which nothing is known."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browser import PHONE, WINDOW
from conftest import run, serve
from copies import site_of_base
from helpers import script_hashes, write
from playwright.sync_api import Page as BrowserPage
from shared_builds import made_once
from site_reader import Page, Site, fold

SETTINGS = """\
site_name: The library
site_url: https://library.example/hand/book/
hooks: [hooks/mkdocs_hook.py]
plugins: []
nav:
  - index.md
  - Guide: [guide/index.md, guide/rules.md]
  - updates.md
"""
THEMES = {
    "mkdocs": "theme: {name: mkdocs, color_mode: auto}\n",
    "readthedocs": "theme: readthedocs\n",
    "unknown": "theme: {name: null, custom_dir: own}\n",
}
UNKNOWN = """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{{ page.title }}</title></head>
<body style="background: #123"><main>{{ page.content }}</main></body>
</html>
"""
"""A theme that shows the content of a page, and nothing else."""
SITES = ("mkdocs folders", "mkdocs files", "readthedocs files", "unknown folders")
"""Each theme, and each form of the addresses of docs pages, which no theme makes."""
FRAMED = ("index.html", "other/index.html", "other/kind.html", "other/lend.html", "a-z.html", "updates.html")


def build(folder: Path, theme: str, form: str) -> None:
    site_of_base(folder)
    write(folder, "mkdocs.yml", f"{SETTINGS}{THEMES[theme]}use_directory_urls: {str(form == 'folders').lower()}\n")
    write(folder, "own/main.html", UNKNOWN)
    done = run("mkdocs", "build", "--strict", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(params=SITES)
def themed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Site]:
    """A theme's name, and a site with it."""
    theme, form = request.param.split()
    folder = made_once(tmp_path_factory, f"with-{theme}-{form}", lambda folder: build(folder, theme, form))
    return theme, Site(folder / "site")


@pytest.mark.build
@pytest.mark.parametrize(
    ("theme", "plugins", "has_own"),
    [("mkdocs", "", False), ("mkdocs", "plugins: [search]\n", True), ("readthedocs", "", False)],
)
def test_pages_of_docs_have_one_search(tmp_path: Path, theme: str, plugins: str, has_own: bool) -> None:
    """The theme's own, if the site lists it. MkDocs adds it where no plugins are listed: that one is left out."""
    site_of_base(tmp_path)
    write(tmp_path, "mkdocs.yml", SETTINGS.replace("plugins: []\n", plugins) + THEMES[theme])
    done = run("mkdocs", "build", "--strict", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    site = Site(tmp_path / "site")
    for path in ("index.html", "guide/rules/index.html"):
        page = site.pages[path]
        themes_own = page.all("//form[contains(@action, 'search')] | //input[@id='mkdocs-search-query']")
        assert bool(themes_own) == has_own
        assert bool(page.all("//*[@id='search-open']")) != has_own
    assert site.pages["other/kind.html"].all("//*[@id='search-open']")


def named(page: Page) -> list[str]:
    return [str(found) for found in page.all("//a/@href | //link/@href | //script/@src | //img/@src")]


def test_everything_that_a_page_names_is_there(themed: tuple[str, Site]) -> None:
    _, site = themed
    assert {"other/index.html", "other/kind.html", "other/lend.html", "a-z.html"} <= set(site.pages)
    for path, page in site.pages.items():
        for address in named(page) if path != "404.html" else ():
            if (target := page.target(address)) is None:
                continue
            name, _, id = target.partition("#")
            file = site.folder / name
            file = file / "index.html" if file.is_dir() else file
            assert file.is_file(), (path, address)
            if id and file.suffix == ".html" and "=" not in id and address != "#":
                assert id in site.pages[file.relative_to(site.folder).as_posix()].ids, (path, address)


def test_every_page_has_a_search_and_a_way_past_the_menu(themed: tuple[str, Site]) -> None:
    _, site = themed
    for path in FRAMED:
        page = site.pages[path]
        first, *_ = page.links()
        assert first.words == "Skip to the content" and first.href.removeprefix("#") in page.ids
        assert page.text("//*[@id='search-open']/*[@class='gt-find__words']") == "Search"
        (way,) = page.all("//*[@id='search-open']/@href")
        assert page.target(str(way)) == "a-z.html"
        loaded = [address.rpartition("/")[2] for address in named(page)]
        assert [loaded.count(file) for file in ("host.css", "tree.css", "host.js", "tree.js")] == [1, 1, 1, 1]
    (description,) = site.pages["other/kind.html"].all("//meta[@name='description']/@content")
    assert description and "gt0" not in site.pages["other/kind.html"].html


def test_every_script_of_the_theme_runs_under_the_policy(themed: tuple[str, Site]) -> None:
    theme, site = themed
    for path in FRAMED:
        html = site.pages[path].html
        policy = html.partition("script-src ")[2].partition(";")[0]
        assert script_hashes(html) <= set(policy.split()), path
        assert theme == "unknown" or " style=" not in html
        assert "cdnjs" not in html


def test_pages_are_dark_when_the_theme_is(themed: tuple[str, Site]) -> None:
    theme, site = themed
    css = (site.folder / "assets/guidetrees/tree.css").read_text("utf-8")
    assert "--gt-yes-tint:#e6f6dc" in css.replace(" ", "")
    assert "prefers-color-scheme" not in css
    dark = re.findall(r':where\(\[data-bs-theme="dark"\]\) \{[^}]*--gt-yes-tint', css)
    assert len(dark) == (theme == "mkdocs")


def test_a_reader_walks_a_tree_and_searches(themed: tuple[str, Site], page: BrowserPage) -> None:
    """A theme draws the same in both forms of addresses: one is walked on a phone."""
    _, site = themed
    in_folders = "guide/rules/index.html" in site.pages
    page.set_viewport_size(WINDOW if in_folders else PHONE)
    with serve(site.folder) as address:
        page.goto(f"{address}other/index.html")
        for _ in range(5):
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
            if not (ways := page.locator(".gt-button, .gt-answers a")).count():
                break
            ways.first.click()
            page.wait_for_load_state()
        assert "other/lend.html#" in page.url
        page.click("#search-open")
        page.keyboard.type("borrow")
        page.wait_for_selector("#search-results a")
        assert fold(page.locator("#search-results a").first.inner_text())
