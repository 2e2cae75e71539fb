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
from playwright.sync_api import Browser
from shared_builds import made_once
from site_reader import Site

# Small


def test_script_and_style_are_small(site: Site) -> None:
    folder = site.folder / "assets/guidetrees"
    files = [path for path in folder.iterdir() if path.is_file()]
    sizes = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in files}
    assert sizes.keys() == {
        "tree.css",
        "tree.js",
        "review.css",
        "maps.css",
        "share.css",
        "share.js",
        "search.js",
        "search.css",
    }
    assert sizes["tree.css"] + sizes["tree.js"] < 13_400, sizes
    assert sizes["tree.css"] + sizes["tree.js"] + sizes["maps.css"] < 15_200, "a start page has a map"
    assert sizes["search.js"] < 8_600 and sizes["search.css"] < 1_300, "read when someone searches"


def test_a_question_costs_two_requests_more_than_a_page_of_the_bare_theme(
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
    assert len(question) <= len(asked(f"{bare}om.html")) + 2, question


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
