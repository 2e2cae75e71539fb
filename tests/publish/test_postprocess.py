"""`make finish`: what the hook does to pages, done to a site that another builder has made."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import ROOT, run
from helpers import script_hashes
from site_reader import Site

from guidetrees.publish.csp import csp
from guidetrees.publish.postprocess import NEUTRAL, finish
from guidetrees.source.page_names import as_page

PAGE = '<head>\n<meta charset="utf-8">\n</head><body><article>x</article><script>f()</script></body>'


def neutral(site: Path, *scripts: str) -> None:
    """The page that the builder has made of nothing, with its scripts."""
    (site / as_page(NEUTRAL)).write_text("".join(f"<script>{script}</script>" for script in scripts), "utf-8")


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_pages_get_their_policy_and_servers_that_of_all(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "a").mkdir(parents=True)
    (site / "index.html").write_text(PAGE, "utf-8")
    (site / "a/b.html").write_text(PAGE.replace("f()", "g()"), "utf-8")
    neutral(site, "f()", "g()")
    assert finish(site, tmp_path / "docs") == 2
    assert not (site / as_page(NEUTRAL)).exists()
    first, second = ((site / path).read_text("utf-8") for path in ("index.html", "a/b.html"))
    hashes = [script_hashes(page) for page in (first, second)]
    assert f'content="{csp(hashes[0])}"' in first and f'content="{csp(hashes[1])}"' in second
    for path in ("web.config", "hosting/nginx-headers.conf", "hosting/apache-headers.conf"):
        assert csp(hashes[0] | hashes[1]) in (site / path).read_text("utf-8")


def test_what_is_finished_stays_as_it_is(site: Site, tmp_path: Path) -> None:
    """Once more, and what the hook has made: there is one policy, the same."""
    folder = shutil.copytree(site.folder, tmp_path / "site")
    assert finish(folder, ROOT / "docs") == 0
    assert files(folder) == files(site.folder)


def test_what_lies_in_docs_is_no_page_of_the_builders(tmp_path: Path) -> None:
    """It may run nothing: its script is in no policy, on no server."""
    for folder in ("docs", "site"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "own.html").write_text(PAGE.replace("f()", "own()"), "utf-8")
    (tmp_path / "site/index.html").write_text(PAGE, "utf-8")
    neutral(tmp_path / "site", "f()", "own()")
    assert finish(tmp_path / "site", tmp_path / "docs") == 1
    assert (tmp_path / "site/own.html").read_bytes() == (tmp_path / "docs/own.html").read_bytes()
    (named,) = script_hashes(PAGE.replace("f()", "own()"))
    assert all(named.encode() not in found for found in files(tmp_path / "site").values())


def test_a_script_that_content_brings_is_in_no_policy(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(PAGE.replace("x", "</article><script>evil()</script>"), "utf-8")
    neutral(tmp_path, "f()")
    assert finish(tmp_path, tmp_path / "docs") == 1
    (known,) = script_hashes(PAGE)
    assert f"script-src 'self' {known}; style-src" in (tmp_path / "index.html").read_text("utf-8")


@pytest.mark.build
def test_the_command_says_what_it_wants(tmp_path: Path) -> None:
    done = run("guidetrees", "finish", cwd=ROOT)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "required: SITE" in done.stderr
    done = run("guidetrees", "finish", str(tmp_path), cwd=ROOT)
    assert (done.returncode, done.stdout) == (2, "") and "make compile" in done.stderr
    (tmp_path / "index.html").write_text(PAGE, "utf-8")
    neutral(tmp_path)
    done = run("guidetrees", "finish", str(tmp_path), cwd=ROOT)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "Content-Security-Policy" in (tmp_path / "index.html").read_text("utf-8")
