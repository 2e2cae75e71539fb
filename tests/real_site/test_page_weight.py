"""What a page of a tree asks for beside a page of the bare theme."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from answering import TREE
from browser import Log
from conftest import NOT_COPIED, ROOT, run, serve
from page_kinds import LAYOUTS
from playwright.sync_api import Browser
from shared_builds import made_once
from site_reader import Site

# Small


def test_script_and_style_are_small(site: Site) -> None:
    folder = site.folder / "assets/guidetrees"
    files = [path for path in folder.iterdir() if path.is_file()]
    sizes = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in files}
    assert sizes.keys() == {
        "style.css",
        "tree.js",
        "review.css",
        "maps.css",
        "share.css",
        "share.js",
        "search.js",
        "search.css",
    }
    assert sizes["style.css"] < 14_200 and sizes["tree.js"] < 9_700, sizes
    assert sizes["maps.css"] < 2_000, "a start page has a map"
    assert sizes["search.js"] < 8_600 and sizes["search.css"] < 1_300, "read when someone searches"


FIRST = {"question": 8, "outcome": 8, "front": 8, "checklist": 8, "start": 10, "guide": 9}
"""Requests of a first visit. A start page has a map and its tree's data, the guide the letters of headings not its
own."""


@pytest.mark.parametrize("kind", FIRST)
def test_a_first_visit_loads_at_most_80_kilobytes(site: Site, browser: Browser, served: str, kind: str) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    log = Log(page)
    page.goto(served + LAYOUTS[kind], wait_until="networkidle")
    context.close()
    paths = [urlsplit(address).path.lstrip("/") for address in log.requests]
    sizes = {path: packed(site.folder / path) for path in paths}
    assert len(paths) <= FIRST[kind], paths
    assert sum(sizes.values()) <= 80_000, sizes


def packed(path: Path) -> int:
    """What a server sends of a file. Fonts are packed already."""
    content = path.read_bytes()
    return len(content) if path.suffix == ".woff2" else len(gzip.compress(content, 6))


UNREAD = {"LICENSE.txt", "SOURCE.txt", "SHA256SUMS", "web.config", "paths.csv"}
"""For people and servers."""


def test_the_site_has_no_file_that_no_page_loads(site: Site) -> None:
    texts = [page.html for page in site.pages.values()]
    texts += [path.read_text("utf-8") for path in site.folder.rglob("*") if path.suffix in (".css", ".js")]
    named = "".join(texts)
    files = [path for path in site.folder.rglob("*.*") if path.suffix != ".html" and path.parent.name != "hosting"]
    index = site.folder / "assets/guidetrees/search"
    unread = [
        path.relative_to(site.folder).as_posix()
        for path in files
        if path.name not in named and path.parent != index and not path.name.endswith(tuple(UNREAD))
    ]
    assert unread == []


def test_a_question_costs_no_request_more_than_a_page_of_the_bare_theme(
    browser: Browser, served: str, bare: str
) -> None:
    def asked(url: str) -> list[str]:
        context = browser.new_context(bypass_csp=True)
        page = context.new_page()
        log = Log(page)
        page.goto(url, wait_until="networkidle")
        context.close()
        return [urlsplit(address).path for address in log.requests]

    question = asked(f"{served}{TREE}/hvem.html#sundhedsfaglig=ja&konkret-patient=ja")
    assert len(question) <= len(asked(f"{bare}om.html")), question


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the same site without the hook: the theme with this site's settings, no engine."""
    with serve(made_once(tmp_path_factory, "bare", build_bare) / "site") as address:
        yield address


def build_bare(root: Path) -> None:
    shutil.copytree(ROOT, root, ignore=NOT_COPIED)
    config = (root / "mkdocs.yml").read_text("utf-8")
    for line in ("hooks:", "  - hooks/mkdocs_hook.py"):
        assert f"\n{line}\n" in config
        config = config.replace(f"\n{line}\n", "\n")
    (root / "mkdocs.yml").write_text(config, "utf-8")
    built = run("mkdocs", "build", cwd=root)
    assert built.returncode == 0, built.stderr
