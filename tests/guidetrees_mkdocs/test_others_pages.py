"""A site of others with trees as guests (`policy: false`): its other pages are byte for byte what they were."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from conftest import run
from copies import site_of_base
from helpers import write
from site_reader import Site, fold

pytestmark = pytest.mark.build

SETTINGS = """\
site_name: R&D <library>
site_url: https://library.example/hand/book/
copyright: <b>Ours</b>
markdown_extensions:
  - admonition
  - pymdownx.details
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
  - toc: {permalink: true}
"""
ENGINE = "hooks: [hooks/mkdocs_hook.py]\nextra: {guidetrees: {policy: false, review: false}}\n"
THEMES = {
    "material": "theme: {name: material, custom_dir: own, palette: {scheme: slate}}\n",
    "mkdocs": "theme: {name: mkdocs, user_color_mode_toggle: true}\n",
    "readthedocs": "theme: readthedocs\n",
}
MAIN = '{% extends "base.html" %}{% block htmltitle %}<title>Ours: {{ page.title }}</title>{% endblock %}\n'
OTHERS = """\
---
title: Fish & <chips>
tags: [a, b]
date: 2026-11-24
template: main.html
status: new
hide: navigation
own: {anything: [goes]}
---

# Fish & chips { #fish }

<script>document.title = 1</script>
<iframe src="https://video.example/1"></iframe><form><input name="a" onclick="b()"></form>
<div markdown style="color: red">*as it is*</div>

1. one
- two

=== "Goods"

    Goods text. [Home](../index.md) & [other](others.md)

!!! note
    A note.

```js
x = 1
```
"""
"""Everything that a page of a site of the engine's must not have, and what is read otherwise there."""


def project(folder: Path, theme: str, settings: str) -> Path:
    site_of_base(folder)
    for page in ("fish.md", "deep/more.md"):
        write(folder, f"docs/{page}", OTHERS.replace("../index.md", "../index.md" if "/" in page else "index.md"))
    write(folder, "docs/deep/others.md", "Ours: a first line for metadata\n\n# What\n\nNo id.\n")
    write(folder, "docs/others.md", "# What\n\nText.\n")
    write(folder, "docs/page.html", "<title>A</title><script>b()</script>")
    write(folder, "docs/own.js", "c()\n")
    write(folder, "own/main.html", MAIN)
    write(folder, "mkdocs.yml", SETTINGS + THEMES[theme] + settings)
    return folder


QUOTED = """

=== "Books"

    A book is *lent*.

=== "Maps"

    A map is not.

??? note "More"
    Four weeks, and `not` five.

```js
const weeks = 4;
```
"""


def built(folder: Path) -> dict[str, bytes]:
    done = run("mkdocs", "build", "--strict", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    site = folder / "site"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def timeless(content: bytes) -> bytes:
    return re.sub(rb"Build Date UTC : .*", b"", content)


@pytest.mark.parametrize("theme", THEMES)
def test_pages_that_have_nothing_to_do_with_trees_are_unchanged(tmp_path: Path, theme: str) -> None:
    before = built(project(tmp_path / "before", theme, "plugins: [search]\n"))
    after = built(project(tmp_path / "after", theme, f"plugins: [search]\n{ENGINE}"))
    ours = {path for path in before if path.startswith(("guide/", "sitemap", "search/"))}
    assert len(before) - len(ours) > 20 and {"fish/index.html", "deep/more/index.html", "404.html"} <= set(before)
    assert [
        path for path in before.keys() - ours if timeless(before[path]) != timeless(after.get(path, b""))
    ] == []
    assert {"other/index.html", "other/kind.html"} <= after.keys()
    assert not [path for path in after if "web.config" in path or path.startswith(("hosting", "review"))]
    assert b"Content-Security-Policy" not in after["other/kind.html"]
    assert b'id="search-open"' in after["other/kind.html"]
    assert b'id="search-open"' not in after["guide/rules/index.html"], "it has the site's own search"


@pytest.mark.parametrize("theme", THEMES)
def test_where_nothing_else_searches_every_page_has_the_engines_search(tmp_path: Path, theme: str) -> None:
    folder = project(tmp_path, theme, f"plugins: []\n{ENGINE}")
    built(folder)
    site = Site(folder / "site")
    for path in ("fish/index.html", "deep/more/index.html", "index.html", "other/kind.html"):
        assert len(site.pages[path].all("//*[@id='search-open']")) == 1
    fish = site.pages["fish/index.html"]
    assert fish.all("//iframe") and fish.all("//script[text()='document.title = 1']")
    assert fish.all("//div[@style='color: red']") and not fish.all("//*[contains(@class, 'gt-cards')]")
    assert site.dead() == []


def test_the_front_page_has_trees_where_it_says_so(tmp_path: Path) -> None:
    folder = project(tmp_path, "mkdocs", f"plugins: [search]\n{ENGINE}")
    write(folder, "docs/index.md", "---\ntags: [a]\n---\n\n# Front { #guide }\n\n<!-- trees -->\n\nEnd.\n")
    guide = "---\ntags: [a]\nupdates: [longer-lons]\n---\n\n# The guide { #guide }\n"
    write(folder, "docs/guide/index.md", guide)
    done = run("mkdocs", "build", cwd=folder)
    assert (
        "docs/guide/index.md:3:11: updates: no update 'longer-lons'" in done.stderr and "tags" not in done.stderr
    )
    write(
        folder, "docs/guide/index.md", "---\ntags: [a]\nupdates: [longer-loans]\n---\n\n# The guide { #guide }\n"
    )
    built(folder)
    (card,) = Site(folder / "site").pages["index.html"].links("//*[contains(@class, 'gt-cards')]")
    assert card.href == "other/index.html"


@pytest.mark.parametrize("policy", ["true", "false"])
def test_the_guide_is_quoted_as_the_site_shows_it(tmp_path: Path, policy: str) -> None:
    folder = project(tmp_path, "material", f"plugins: []\n{ENGINE.replace('policy: false', f'policy: {policy}')}")
    if policy == "true":
        for page in ("fish.md", "deep", "others.md", "page.html", "own.js"):
            path = folder / "docs" / page
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    rules = folder / "docs/guide/rules.md"
    rules.write_text(rules.read_text("utf-8") + QUOTED, "utf-8")
    built(folder)
    pages = Site(folder / "site").pages
    quote = pages["other/lend.html"].all("//blockquote")[-1]
    words = "Books A book is lent. Maps A map is not. More Four weeks, and not five. const weeks = 4;"
    assert fold(quote.text_content()).endswith(words)
    assert len(quote.xpath(".//details[@class='note']/summary")) == len(quote.xpath(".//em")) == 1
    guide = pages["guide/rules/index.html"]
    assert len(guide.all("//div[contains(@class, 'tabbed-set')]")) == (policy == "false")
    if policy == "true":
        assert words in fold(guide.main.text_content())


def test_lists_are_built_where_they_are_wanted_and_nothing_leads_to_others(tmp_path: Path) -> None:
    options = "{guidetrees: {policy: false, review: false, lists: [updates]}}"
    settings = f"plugins: []\nhooks: [hooks/mkdocs_hook.py]\nextra: {options}\n"
    folder = project(tmp_path, "mkdocs", settings)
    write(folder, "docs/a-z.md", "# Our own list\n")
    write(folder, "docs/share.md", "# Share with us\n")
    built(folder)
    site = Site(folder / "site")
    assert site.pages["a-z/index.html"].all("//h1")[0].text == "Our own list"
    assert "updates.html" in site.pages and not {"a-z.html", "share.html", "coverage.html"} & set(site.pages)
    assert site.dead() == []
    kind = site.pages["other/kind.html"]
    assert [kind.target(str(href)) for href in kind.all("//*[@id='search-open']/@href")] == ["index.html"]
    assert kind.text("//*[@class='gt-find__list']") == "Front page"
    assert not [link for page in site.pages.values() for link in page.links() if link.words == "A–Z"]
    write(folder, "docs/updates.md", "# Our news\n")
    done = run("mkdocs", "build", cwd=folder)
    assert "docs/updates.md:1:1: 'updates.md' is the engine's own" in done.stderr
