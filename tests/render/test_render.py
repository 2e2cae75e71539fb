"""Pages as they are written, compared with the ones in `cases/golden`.

`UPDATE_GOLDENS=1 pytest tests/render/test_render.py` writes them anew; read the difference before you keep it.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path

import markdown
import pytest
from helpers import BASE, CASES, as_html, assert_harmless, project_of, site_of, write

from guidetrees.messages.words import read_words
from guidetrees.project.project import read_project
from guidetrees.render import site_pages
from guidetrees.render.assets import MAPS_STYLE, REVIEW_STYLE, SCRIPT, SHARE_SCRIPT, SHARE_STYLE, STYLE, VENDOR
from guidetrees.render.context import Site, prepare
from guidetrees.render.docs_pages import own_page
from guidetrees.render.page import escape_markdown
from guidetrees.render.pages.front import TREES_MARK

GOLDEN = CASES / "golden"
PROJECT = CASES / "valid" / "every-key.yml"


STYLES_AND_SCRIPTS = (
    STYLE,
    REVIEW_STYLE,
    MAPS_STYLE,
    SHARE_STYLE,
    SCRIPT,
    SHARE_SCRIPT,
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The base and a tree that uses every key."""
    return site_of(PROJECT, tmp_path_factory.mktemp("project"))


def written(site: Site) -> dict[str, str]:
    """Every page and asset by path, style and script left out."""
    found = {page.path: page.text for page in site_pages.pages(site)}
    found |= {
        asset.path: asset.content
        for asset in site_pages.assets(site)
        if asset.path not in STYLES_AND_SCRIPTS and not asset.path.startswith(VENDOR)
    }
    found["index.md"] = own_page(site, "index.md", f"# Front page\n\n{TREES_MARK}\n\nThe end.\n", markdown=True)
    rules = (CASES / "base/docs/guide/rules.md").read_text("utf-8")
    found["guide/rules.md"] = own_page(site, "guide/rules.md", rules.split("---\n\n", 1)[1], markdown=True)
    return found


def folded(text: str) -> list[str]:
    """The lines that hold something, as indents and empty lines are no part of a page."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def test_every_page_is_as_its_golden(site: Site) -> None:
    pages = written(site)
    if os.environ.get("UPDATE_GOLDENS"):
        for old in GOLDEN.rglob("*.*"):
            old.unlink()
        for path, text in pages.items():
            write(GOLDEN, path, "\n".join(folded(text)) + "\n")
    golden = {
        path.relative_to(GOLDEN).as_posix(): path.read_text("utf-8")
        for path in GOLDEN.rglob("*.*")
        if path.is_file()
    }
    assert golden, f"no goldens in {GOLDEN}: write them with UPDATE_GOLDENS=1"
    assert sorted(golden) == sorted(pages)
    for path, text in pages.items():
        assert folded(text) == folded(golden[path]), path


def test_no_page_has_the_path_of_another(site: Site) -> None:
    paths = [page.path for page in site_pages.pages(site)] + [asset.path for asset in site_pages.assets(site)]
    addresses = [path.replace(".md", ".html") for path in paths]
    assert len(set(addresses)) == len(addresses)


def test_pages_say_which_file_they_were_made_from(site: Site) -> None:
    sources = {page.path: page.source for page in site_pages.pages(site)}
    assert sources["every-key/last.md"] == sources["every-key/index.md"] == "decision_trees/every-key.yml"
    assert sources["updates.md"] == "decision_trees/updates.yml"


def test_former_addresses_lead_to_the_new_ones(site: Site) -> None:
    assets = {asset.path: asset.content for asset in site_pages.assets(site)}
    moved = {path: text for path, text in assets.items() if path.endswith(".html")}
    nodes = ["index", "first", "begin", "beginning", "fetch", "get", "list", "cards", "last", "end", "not-yet"]
    assert set(moved) == {
        *(f"every-key/{alias}.html" for alias in ("begin", "beginning", "get", "cards", "end")),
        *(f"former/{name}.html" for name in (*nodes, "smallest-of-all")),
        "all/index.html",
    }
    targets = {path: text.split("url=")[1].split('"')[0] for path, text in moved.items()}
    assert targets["every-key/begin.html"] == "../every-key/first.html"
    assert targets["former/index.html"] == targets["all/index.html"] == "../every-key/index.html"
    assert targets["former/end.html"] == targets["former/last.html"] == "../every-key/last.html"


def test_pages_speak_the_language_of_the_site(tmp_path: Path) -> None:
    pages = written(site_of(PROJECT, tmp_path, "da"))
    assert "Start forfra" in pages["every-key/first.md"]
    assert "1. januar 2027" in pages["updates.md"]
    assert '<html lang="da">' in pages["every-key/end.html"]


# The front page


def test_the_front_page_lists_the_trees_at_the_mark(site: Site) -> None:
    text = own_page(site, "index.md", f"Before\n\n{TREES_MARK}\n\nAfter", markdown=True)
    assert text.index("Before") < text.index("Every key there is") < text.index("After")
    assert TREES_MARK not in text


def test_the_front_page_lists_the_trees_at_its_end_without_a_mark(site: Site) -> None:
    text = own_page(site, "index.md", "Before", markdown=True)
    assert text.index("Before") < text.index("Every key there is")


def test_the_front_page_of_no_trees_stays_as_it_is(tmp_path: Path) -> None:
    project = project_of(None, tmp_path)
    site = prepare(replace(project, trees={}), read_words("en"))
    assert own_page(site, "index.md", "# Front page\n", markdown=True) == "# Front page\n"


@pytest.mark.parametrize(
    ("orders", "wanted"),
    [
        ({"a": "2", "b": "1", "c": None}, ["b", "a", "c"]),
        ({"a": None, "b": None, "c": "0"}, ["c", "a", "b"]),
        ({"a": "10", "b": "9", "c": "9"}, ["b", "c", "a"]),
    ],
)
def test_trees_stand_by_their_order_then_by_title(
    tmp_path: Path, orders: dict[str, str | None], wanted: list[str]
) -> None:
    small = (CASES / "valid/smallest.yml").read_text("utf-8")
    project_of(None, tmp_path)
    for name, order in orders.items():
        text = small.replace("A case", f"Tree {name}") + (f"order: {order}\n" if order else "")
        write(tmp_path, f"decision_trees/{name}.yml", text)
    text = own_page(site_of(None, tmp_path), "index.md", "", markdown=True)
    assert sorted(wanted, key=lambda name: text.index(f"Tree {name}")) == wanted


def test_an_update_that_stands_twice_on_a_page_is_a_note_and_no_landmark(site: Site) -> None:
    """Landmarks of a page have different names."""
    (page,) = (page.text for page in site_pages.pages(site) if page.path == "every-key/fetch.md")
    first, second = re.findall("<aside.*?>", page)
    assert first == second and 'role="note"' in first


# The guide's pages


def test_a_guide_page_shows_its_updates_under_its_heading(site: Site) -> None:
    text = own_page(site, "guide/rules.md", "Intro\n\n# The rules\n\nText\n", markdown=True)
    assert text.index("# The rules") < text.index("Loans last six weeks") < text.index("Text\n")


def test_a_part_shows_its_updates(tmp_path: Path) -> None:
    tree = (CASES / "valid/conditions.yml").read_text("utf-8")
    write(tmp_path, "loans.yml", tree.replace("text: Both matter.", "updates: [longer-loans]"))
    site = site_of(tmp_path / "loans.yml", tmp_path / "project")
    pages = {page.path: page.text for page in site_pages.pages(site)}
    for path in ("loans/risk.md", "review/loans.md"):
        assert "Loans last six weeks" in pages[path].partition("Both")[2], path


def test_a_guide_page_without_a_heading_shows_its_updates_first(site: Site) -> None:
    text = own_page(site, "guide/rules.md", "Text\n", markdown=True)
    assert text.index("Loans last six weeks") < text.index("Text\n")


@pytest.mark.parametrize(("path", "text"), [("index.md", "Text\n"), ("no-such-page.md", "# The guide\n")])
def test_a_guide_page_without_updates_and_headings_that_are_cited_stays_as_it_is(
    site: Site, path: str, text: str
) -> None:
    assert own_page(site, f"guide/{path}", text, markdown=True) == text


def test_a_guide_page_leads_to_what_cites_it_and_is_otherwise_as_it_is(site: Site) -> None:
    text = own_page(site, "guide/index.md", "# The guide\n", markdown=True)
    assert text.startswith('# The guide\n\n\n<p class="gt own gt-cited"') and text.endswith("</p>\n\n")
    assert text.count("<p") == 1


# Headings and front matter


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Plain words 1", "Plain words 1"),
        ("Æ ø å 漢字", "Æ ø å 漢字"),
        ("*a*", "&#42;a&#42;"),
        ("{ #b }", "&#123; &#35;b &#125;"),
        ("<b>&amp;", "&#60;b&#62;&#38;amp&#59;"),
        ("a\u0301", "a&#769;"),
        ("🙂", "&#128578;"),
    ],
)
def test_an_inert_text_holds_no_sign_that_could_mean_something(text: str, wanted: str) -> None:
    assert escape_markdown(text) == wanted


def test_front_matter_is_escaped_and_valid(tmp_path: Path) -> None:
    site = site_of(CASES / "valid/texts-like-code.yml", tmp_path)
    page = next(page for page in site_pages.pages(site) if page.path == "texts-like-code/index.md")
    assert page.text.startswith('---\ntitle: "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; {{ page.title }}')
    md = markdown.Markdown(extensions=["meta"])
    md.convert(page.text)
    assert {"title", "description"} <= set(md.Meta)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("    a\n    ```\n    b\n    ```\n    c", ["pre"]),
        ("    a\n    ```{ .x onclick=y }\n    b\n    ```\n    c", ["pre"]),
        ("a\n~~~ { #id onclick=y }\nb\n~~~\nc", ["p", "pre", "p"]),
    ],
)
def test_signs_of_a_fence_in_a_text_open_nothing_on_the_page(tmp_path: Path, text: str, wanted: list[str]) -> None:
    """The site builder looks for fences before it looks for HTML, and gives them any attribute they name."""
    small = (CASES / "valid/smallest.yml").read_text("utf-8")
    root = tmp_path / "project"
    write(root, "decision_trees/case.yml", f"{small}    text: {json.dumps(text)}\n")
    site = site_of(None, root)
    document = next(as_html(page) for page in site_pages.pages(site) if page.path == "case/last.md")
    assert_harmless(document)
    (body,) = document.find_class("gt-prose")
    assert [part.tag for part in body.iter("pre", "p")] == wanted
    assert not list(body.xpath(".//*[@id or @class]"))


def test_signs_of_a_fence_in_the_guide_open_nothing_on_a_trees_page(tmp_path: Path) -> None:
    rules = (BASE / "docs/guide/rules.md").read_text("utf-8")
    code = "    a\n    ~~~ { #id }\n    b\n    ~~~\n    c\n\n"
    root = tmp_path / "project"
    project_of(None, root)
    write(root, "docs/guide/rules.md", rules.replace("A loan lasts", code + "A loan lasts"))
    site = prepare(read_project(root), read_words("en"))
    document = next(as_html(page) for page in site_pages.pages(site) if page.path == "other/lend.md")
    blocks = list(document.iter("pre"))
    assert blocks
    for block in blocks:
        assert folded(block.text_content()) == ["a", "~~~ { #id }", "b", "~~~", "c"]
