"""A project's own mkdocs.yml: pages in folders, a theme folder of its own, tools that ask for settings."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, run
from copies import site_of_base
from helpers import write
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from site_reader import LOADED, Site, fold, locations

from guidetrees_mkdocs.plugin import GuideTrees

pytestmark = pytest.mark.build

SETTINGS = """\
site_name: The library
site_url: https://library.example/hand/book/
theme:
  name: material
  custom_dir: overrides
hooks: [hooks/mkdocs_hook.py]
nav:
  - index.md
  - Guide: [guide/index.md, guide/rules.md, guide/deep/more.md]
  - other/index.md
  - updates.md
  - no.md
  - nothing.md
"""
"""What a fresh project has: no word on the form of addresses, on fonts or on extensions."""
MORE = """\
---
title: 1.10
moved: {loans.md: more, loans.md#old: more, deep/gone.md#old: more}
updates: [longer-loans]
---

# More { #more }

See [the rules](../rules.md#scope), [an answer](../../other/lend.md) and [the front page](../../index.md).
"""
MAIN = """\
{% extends "base.html" %}
{% block announce %}Our own words{% endblock %}
{% block extrahead %}<meta name="ours" content="{% include "partials/ours.html" %}">{% endblock %}
{% block scripts %}{{ super() }}<span id="after-scripts"></span>{% endblock %}
"""
"""A theme folder that has blocks, and a partial of its own."""


def project(folder: Path) -> Path:
    site_of_base(folder)
    shutil.rmtree(folder / "docs/assets")
    write(folder, "mkdocs.yml", SETTINGS)
    write(folder, "overrides/main.html", MAIN)
    write(folder, "overrides/partials/ours.html", "a partial")
    write(folder, "overrides/partials/copyright.html", "<p class='md-copyright'>Our own foot</p>")
    write(folder, "docs/guide/deep/more.md", MORE)
    write(folder, "docs/no.md", "---\ntitle: No\n---\n\n# What is not lent\n")
    write(folder, "docs/nothing.md", "---\ntitle: ~\n---\n\n# Nothing\n")
    # What macOS, Emacs and editors of notes leave beside pages.
    write(folder, "docs/guide/._rules.md", b"\0\5\x16\7 Mac OS X \xff\xfe")
    write(folder, "docs/guide/.notes/rules.md", "# Rules { #rules }\n")
    (folder / "docs/guide/.#rules.md").symlink_to("me@library.example.4711")
    tree = (folder / "decision_trees/other.yml").read_text("utf-8")
    tree = tree.replace("rules.md#scope]", "rules.md#scope, deep/more.md#more]")
    write(folder, "decision_trees/other.yml", tree.replace("title:", "aliases: [former]\nshort: loans\ntitle:", 1))
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = project(tmp_path_factory.mktemp("project"))
    done = run("mkdocs", "build", "--strict", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return Site(folder / "site")


def test_pages_of_docs_have_folders_and_those_of_trees_keep_their_addresses(site: Site) -> None:
    assert {path for path in site.pages if not path.startswith(("review", "former"))} == {
        *("index.html", "404.html", "guide/index.html", "guide/rules/index.html", "guide/deep/more/index.html"),
        *("other/index.html", "other/kind.html", "other/lend.html", "other/stay.html", "loans/index.html"),
        *("guide/loans/index.html", "guide/deep/gone/index.html"),
        *(
            "a-z.html",
            "updates.html",
            "share.html",
            "links.html",
            "coverage.html",
            "no/index.html",
            "nothing/index.html",
        ),
    }


def test_everything_that_a_page_names_is_there(site: Site) -> None:
    assert site.dead() == []


def test_what_the_engine_writes_also_leads_on_from_a_file_share(site: Site) -> None:
    ours = {path: page for path, page in site.pages.items() if path not in ("index.html", "404.html")}
    for path, page in ours.items():
        for link in page.links("//article") if "/deep/more/" not in path and page.all("//article") else ():
            target = page.target(link.href)
            assert target is None or "." in target.partition("#")[0].rpartition("/")[2], (path, link)


def test_a_quotation_leads_to_pages_of_docs_and_of_trees(site: Site) -> None:
    quoted = [link.href for link in site.pages["other/stay.html"].links("//blockquote")]
    assert {"../guide/rules/index.html#scope", "../other/lend.html", "../index.html"} <= set(quoted)


@pytest.mark.parametrize(
    ("path", "title"),
    [("guide/deep/more/index.html", "1.10"), ("no/index.html", "No"), ("nothing/index.html", "~")],
)
def test_a_title_is_what_its_author_wrote_wherever_it_shows(site: Site, path: str, title: str) -> None:
    page = site.pages[path]
    assert page.text("//title") == f"{title} – The library"
    listed = page.all("//nav[contains(@class, 'md-nav--primary')]//*[contains(@class, 'md-nav__link--active')]")
    assert title in [fold(link.text_content()) for link in listed]
    if path.startswith("guide"):
        assert (f"{path}", title) in [
            (link.href, link.words) for link in site.pages["a-z.html"].links("//article")
        ]


def test_hidden_files_are_no_part_of_the_site(site: Site) -> None:
    assert not [path for path in site.folder.rglob("*") if path.name.startswith(".")]


def test_redirects_lead_to_where_pages_are(site: Site) -> None:
    former = site.pages["guide/deep/gone/index.html"]
    assert [link.href for link in former.links()] == ["../../../guide/deep/more/index.html#more"]
    assert "url=../other/kind.html" in site.pages["former/kind.html"].html


def test_the_search_and_the_list_of_addresses_name_the_same_pages(site: Site) -> None:
    assert {"guide/rules/index.html#time", "other/lend.html"} <= set(locations(site.folder))
    listed = re.findall("<loc>(.*)</loc>", (site.folder / "sitemap.xml").read_text("utf-8"))
    base = "https://library.example/hand/book/"
    assert {base, f"{base}guide/rules/", f"{base}other/lend.html"} <= set(listed)
    canonical = site.pages["other/lend.html"].all("//link[@rel='canonical']/@href")
    assert canonical == [f"{base}other/lend.html"]


def test_the_themes_own_search_is_left_out(site: Site) -> None:
    """Where no plugins are listed, MkDocs adds it."""
    paths = [path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*")]
    assert [path for path in paths if re.search("lunr|workers|search_index|^search", path)] == []
    assert any(path.startswith("assets/javascripts/bundle") for path in paths)
    for path in ("index.html", "guide/deep/more/index.html", "other/kind.html", "404.html"):
        page = site.pages[path]
        assert "md-search" not in page.html
        assert page.text("//a[@id='search-open']").startswith("Search")


def test_the_page_for_missing_pages_leads_to_the_trees(site: Site) -> None:
    hrefs = [link.href for link in site.pages["404.html"].links("//article")]
    assert "/hand/book/other/index.html" in hrefs


def test_the_frame_is_around_what_the_projects_theme_folder_makes(site: Site) -> None:
    for path in ("index.html", "guide/deep/more/index.html", "other/kind.html", "404.html"):
        page = site.pages[path]
        assert (
            page.all("//meta[@name='ours']/@content") == ["a partial"]
            and len(page.all("//*[@id='after-scripts']")) == 1
        )
        assert "Our own foot" in page.text("//footer")
        assert "Our own words" in page.text("//*[contains(@class, 'md-banner__inner')]")
        scripts, styles = page.all("//script/@data-open-window"), page.all("//link[@rel='stylesheet']/@href")
        assert len(scripts) == 1
        loaded = [
            sum(name in str(style) for style in styles) for name in ("frame.css", "material.css", "tree.css")
        ]
        assert loaded == [1, 1, 1]
        assert not [address for address in page.all(LOADED) if "fonts.g" in str(address)]


def test_markdown_is_read_as_the_engine_reads_it(site: Site) -> None:
    assert "more" in site.pages["guide/deep/more/index.html"].ids
    assert "{ #" not in site.pages["guide/deep/more/index.html"].main.text_content()


def test_a_page_of_docs_keeps_the_address_that_the_statement_would_have(tmp_path: Path) -> None:
    folder = project(tmp_path)
    options = "extra: {guidetrees: {accessibility_statement: https://library.example/statement}}\n"
    write(folder, "mkdocs.yml", SETTINGS.replace("material\n", "material\n  language: da\n") + options)
    write(folder, "docs/was.md", "# Our own page\n")
    assert run("mkdocs", "build", cwd=folder).returncode == 0
    assert Site(folder / "site").pages["was/index.html"].heading == "Our own page"


def test_a_hook_beside_the_plugin_is_one_problem_in_a_preview(tmp_path: Path) -> None:
    folder = project(tmp_path)
    write(folder, "mkdocs.yml", SETTINGS + "plugins: [guidetrees]\n")
    config = MkDocsConfig(str(folder / "mkdocs.yml"))
    config.load_dict({"site_name": "A", "theme": {"name": "material"}, "docs_dir": str(folder / "docs")})
    config.validate()
    both = GuideTrees(), GuideTrees()
    for one in both:
        one.serving = True
        config = one.on_config(config)
    assert list(config.plugins) == ["guidetrees-problems"]


def test_settings_can_be_asked_for_without_a_build(tmp_path: Path) -> None:
    """Tools that publish what MkDocs has built run the events up to `config` to learn the folder of the site."""
    folder = project(tmp_path)
    config = load_config(str(folder / "mkdocs.yml"))
    config = config.plugins.on_config(config)
    assert Path(config.site_dir) == folder / "site"
    assert not [path for path in folder.iterdir() if path.name.startswith(".site")]


def test_files_and_settings_that_cannot_be_end_the_build_at_their_lines(tmp_path: Path) -> None:
    assert_ends(
        project(tmp_path),
        ("docs/assets/material.css", "a {}\n", "docs/assets/material.css:1:1: the pages have"),
        ("docs/assets/frame.js", "alert(1)\n", "docs/assets/frame.js:1:1: the pages have"),
        ("docs/updates.md", "# Our news\n", "docs/updates.md:1:1: 'updates.md' is the engine's own"),
        ("mkdocs.yml", SETTINGS + "extra: {guidetrees: {ownr: A}}\n", "mkdocs.yml:14:22: extra: "),
    )


def test_settings_that_are_no_yaml_end_the_build_at_their_line(tmp_path: Path) -> None:
    assert_ends(project(tmp_path), ("mkdocs.yml", SETTINGS + "site_author: [\n", "line 15, column 1"))


def assert_ends(folder: Path, *wrong: tuple[str, str, str]) -> None:
    """A build of a project with these texts in files ends with these problems."""
    for file, text, _ in wrong:
        write(folder, file, text)
    done = run("mkdocs", "build", cwd=folder)
    assert done.returncode == 1
    assert [problem for *_, problem in wrong if problem not in done.stderr] == []
    assert "Traceback" not in done.stderr
    assert not (folder / "site").exists()


def test_another_file_of_settings_is_the_one_that_is_checked(tmp_path: Path) -> None:
    folder = project(tmp_path)
    write(folder, "preview.yml", "INHERIT: mkdocs.yml\nsite_name: A\ntheme:\n  features: [navigation.instant]\n")
    done = run("mkdocs", "build", "--config-file", "preview.yml", cwd=folder)
    assert done.returncode == 1
    assert "preview.yml:4:14: theme: features: 'navigation.instant'" in done.stderr


def test_this_project_names_its_theme_folder_for_other_builders() -> None:
    """MkDocs is given it by the hook; `make compile` copies what mkdocs.yml names."""
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert "custom_dir: hooks/guidetrees_mkdocs/theme" in settings and "assets/frame.css" in settings
