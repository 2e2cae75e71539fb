"""Which sites do without the theme's script, and what a site has then."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import run
from copies import site_of_base
from helpers import write
from mkdocs.config.defaults import MkDocsConfig
from site_reader import Site

from guidetrees_mkdocs.lean import ONE_STYLE, needs_script

pytestmark = pytest.mark.build
MATERIAL = {"site_name": "A", "theme": {"name": "material"}, "plugins": []}
SETTINGS = """\
site_name: The library
hooks: [hooks/mkdocs_hook.py]
plugins: []
theme:
  name: material
  features: [{features}]
{more}"""


def configured(**settings: object) -> MkDocsConfig:
    config = MkDocsConfig()
    config.load_dict({**MATERIAL, **settings})
    config.validate()
    return config


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"plugins": ["search"]},
        {"theme": {"name": "material", "features": ["navigation.tabs", "navigation.path"]}},
        {"markdown_extensions": ["admonition", "footnotes"]},
    ],
)
def test_a_site_of_links_and_styles_needs_no_script(settings: dict[str, object]) -> None:
    assert not needs_script(configured(**settings), has_search=False)


@pytest.mark.parametrize(
    "settings",
    [
        {"theme": {"name": "material", "features": ["content.code.copy"]}},
        {"theme": {"name": "material", "features": ["navigation.tabs.sticky"]}},
        {"theme": {"name": "material", "palette": {"scheme": "slate"}}},
        {"markdown_extensions": ["pymdownx.tabbed"]},
        {"extra_javascript": ["ours.js"]},
        {"extra": {"version": {"provider": "mike"}}},
        {"plugins": ["tags"]},
    ],
)
def test_what_may_need_it_keeps_it(settings: dict[str, object]) -> None:
    assert needs_script(configured(**settings), has_search=False)


def test_a_search_of_the_sites_own_keeps_it() -> None:
    assert needs_script(configured(), has_search=True)


def test_a_theme_folder_of_the_sites_own_keeps_it(tmp_path: Path) -> None:
    theme = {"name": "material", "custom_dir": str(tmp_path)}
    assert needs_script(configured(theme=theme), has_search=False)


def built(tmp_path: Path, features: str = "navigation.tabs", more: str = "") -> Site:
    folder = tmp_path / "project"
    site_of_base(folder)
    write(folder, "mkdocs.yml", SETTINGS.format(features=features, more=more))
    write(folder, "docs/images/assets.md", "# A page { #a }\n\n!!! note\n\n    Mind the step.\n")
    write(folder, "docs/assets/images/ours.png", b"1")
    done = run("mkdocs", "build", cwd=folder)
    assert done.returncode == 0, done.stderr
    return Site(folder / "site")


def test_a_lean_site_has_what_its_pages_use(tmp_path: Path) -> None:
    site = built(tmp_path, more="markdown_extensions: [admonition]\n")
    page = site.pages["other/kind.html"]
    assert page.all("//link[@rel='stylesheet']/@href") == [f"../{ONE_STYLE}"]
    assert [str(src).rpartition("/")[2] for src in page.all("//script/@src")] == ["frame.js", "tree.js"]
    assert "__md_" not in page.html and "__config" not in page.html
    css = (site.folder / ONE_STYLE).read_text("utf-8")
    assert ".admonition" in css and ".gt-answers" in css and "--md-admonition-icon--note" in css
    assert ".md-version" not in css and ".md-clipboard" not in css and "rtl" not in css
    files = {path.relative_to(site.folder).as_posix() for path in (site.folder / "assets").rglob("*.*")}
    assert {path for path in files if not path.startswith("assets/guidetrees/")} >= {"assets/images/ours.png"}
    assert not [path for path in files if re.search(r"\.map$|palette|bundle|stylesheets", path)]


def test_a_site_that_needs_the_script_has_the_theme_as_it_is(tmp_path: Path) -> None:
    site = built(tmp_path, "navigation.tabs, navigation.top")
    page = site.pages["other/kind.html"]
    styles = [
        str(href).rpartition("/")[2].partition(".")[0] for href in page.all("//link[@rel='stylesheet']/@href")
    ]
    assert styles == ["main", "frame", "material", "tree"]
    assert "__md_scope" in page.html and "javascripts/bundle" in page.html
    files = [path.name for path in (site.folder / "assets").rglob("*.*")]
    assert [name for name in files if name.endswith(".map") or name.startswith("palette")] == []
    assert any(name.startswith("bundle.") for name in files)
