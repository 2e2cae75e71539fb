"""The distribution: what its wheel holds, and what it does in a project of its own, installed by pip."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
import zipfile
from collections.abc import Iterator
from email import message_from_bytes
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from conftest import NOT_COPIED, ROOT, serve
from copies import contents, spoil
from helpers import write
from installed import build_wheel, install, typed
from packaging.requirements import Requirement
from playwright.sync_api import Browser
from shared_builds import made_once
from site_reader import Site

from guidetrees import __version__

HOOKS = ROOT / "hooks"
NAME = f"guidetrees-{__version__}"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
README = (ROOT / "README.md").read_text("utf-8")
STEPS = README.partition("## Into a project that you have")[2].partition("\n## ")[0]
BLOCK = re.compile(r"(?:^ {7}.*\n)+", re.M)
GIT = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
SETTINGS = """\
site_name: Handbook
site_url: https://agency.example/handbook/
theme:
  name: material
  features: [navigation.tabs]
nav:
  - index.md
  - Purchasing: guide/thresholds.md
  - About: about.md
markdown_extensions: [admonition]
"""
"""A project as it was before: in English, with Material and pages of its own."""
BOUGHT = """\
# Buying { #buying }

!!! note
    Ask first.

## Thresholds { #thresholds }

Below 40,000, one offer is enough.
"""


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "wheel", build_wheel) / f"{NAME}-py3-none-any.whl"


@pytest.fixture(scope="session")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that holds the wheel and what it requires."""
    return made_once(tmp_path_factory, "environment", lambda folder: install(wheel, folder))


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A project that knows nothing of trees."""
    write(tmp_path, "mkdocs.yml", SETTINGS)
    write(tmp_path, "docs/index.md", "# Handbook\n\nWelcome.\n")
    write(tmp_path, "docs/about.md", "# About us\n\nWe buy things.\n")
    write(tmp_path, "docs/guide/thresholds.md", BOUGHT)
    return tmp_path


def sources() -> Iterator[str]:
    """Every file of the engine and of the adapter, from hooks/."""
    for path in HOOKS.rglob("*"):
        if path.is_file() and path.parent != HOOKS and "__pycache__" not in path.parts:
            yield path.relative_to(HOOKS).as_posix()


def test_the_wheel_holds_every_file_of_the_engine_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        of_the_engine = {name for name in packed.namelist() if not name.startswith(f"{NAME}.dist-info/")}
        assert of_the_engine == set(sources())
        assert all(packed.read(name) == (HOOKS / name).read_bytes() for name in of_the_engine)
        licences = {name.rpartition("/")[2] for name in packed.namelist() if "/licenses/" in name}
    assert licences == {"LICENSE", "NOTICE"}


def test_the_wheel_says_what_it_is_and_what_it_needs(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        said = message_from_bytes(packed.read(f"{NAME}.dist-info/METADATA"))
        entry_points = packed.read(f"{NAME}.dist-info/entry_points.txt").decode()
    assert (said["Name"], said["Version"], said["License-Expression"]) == ("guidetrees", __version__, "MIT")
    needed = {Requirement(line) for line in said.get_all("Requires-Dist") or ()}
    assert needed == {Requirement(line) for line in PROJECT["project"]["dependencies"]}
    for line in re.findall(r"= (.*)$", entry_points, re.M):
        assert callable(EntryPoint("", line, "").load())


def test_the_steps_in_readme_lead_to_a_site_with_a_tree(wheel: Path, environment: Path, foreign: Path) -> None:
    """The lines of README are run as they are. The first installs the wheel, as `environment` has."""
    install_line, plugin, commands = BLOCK.findall(STEPS)
    assert install_line.split()[:2] == ["pip", "install"]
    settings = "".join(f"{line[7:]}\n" for line in plugin.splitlines())
    write(foreign, "mkdocs.yml", SETTINGS + settings)
    (heading,) = re.findall(r"`(# .*)`", STEPS)
    write(foreign, "docs/guide/rules.md", f"{heading}\n\nEvery rule.\n")
    for line in commands.splitlines():
        done = typed(environment, *line.split(), cwd=foreign)
        assert done.returncode == 0, (line, done.stdout + done.stderr)
        assert "Traceback" not in done.stderr
    pages = Site(foreign / "site").pages
    assert {"my-tree/index.html", "my-tree/first-question.html", "guide/rules/index.html"} <= set(pages)
    assert Site(foreign / "site").dead() == []
    assert "We buy things." in pages["about/index.html"].main.text_content()


MATERIAL = "theme:\n  name: material\n  features: [navigation.tabs]\n"
BESIDE = """\
plugins:
  - search
  - literate-nav
  - redirects: {redirect_maps: {old.md: my-tree/first-question.md}}
  - minify: {minify_html: true}
  - guidetrees
"""


# Each theme is walked by `test_other_themes.py`; what the wheel holds of them is counted above.
@pytest.mark.parametrize(
    ("theme", "plugins"),
    [(MATERIAL, BESIDE), ("theme: readthedocs\n", "plugins: [guidetrees: {policy: false}]\n")],
    ids=["material", "readthedocs"],
)
def test_an_installed_engine_fits_in_and_is_walked_in_a_folder(
    environment: Path, foreign: Path, browser: Browser, theme: str, plugins: str
) -> None:
    write(foreign, "mkdocs.yml", SETTINGS.replace(MATERIAL, theme) + plugins)
    for line in ("guidetrees new my-tree", "mkdocs build --strict --site-dir out/handbook"):
        done = typed(environment, *line.split(), cwd=foreign)
        assert done.returncode == 0, (line, done.stdout + done.stderr)
    assert Site(foreign / "out/handbook").dead() == []
    with serve(foreign / "out") as address:
        for scripted in (True, False):
            context = browser.new_context(java_script_enabled=scripted)
            page = context.new_page()
            page.goto(f"{address}handbook/my-tree/index.html")
            while (ways := page.locator(".gt-button, .gt-answers a")).count():
                ways.first.click()
                page.wait_for_load_state()
            assert page.locator(".gt-outcome").count() == 1 and "/handbook/my-tree/" in page.url
            context.close()


def test_every_command_and_its_help_work_where_it_is_installed(environment: Path, foreign: Path) -> None:
    write(foreign, "mkdocs.yml", SETTINGS + "plugins: [guidetrees]\n")

    def said(*words: str, code: int = 0) -> str:
        done = typed(environment, "guidetrees", *words, cwd=foreign)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    assert said("--version") == f"guidetrees {__version__}\n"
    assert "commands:" in said("--help") and "TREE" in said("new", "--help")
    new = said("new", "my-tree")
    assert "Run `mkdocs serve`" in new and "`guidetrees check` reports" in new
    assert "write guidetrees new my-other-tree" in said("new", "My other tree", code=2)
    assert "no-cycles" in said("rules") and "Fixed:" in said("rules", "no-cycles")
    assert "plugins: guidetrees: owner: is missing" in said("check")
    assert "tree.json" in said("schema")
    assert "my-tree/index.html" in said("addresses")
    assert "paths.csv" in said("paths") and "coverage.md" in said("review")


GUIDE = """\
---
guide: {title: How we buy}
---

# How we buy { #how }

By the book. See [about us](../../about.md).
"""
OTHER_FOLDERS = """\
docs_dir: content/pages
plugins:
  guidetrees:
    trees: content/trees
    guide: policies/buying
    policy: false
    review: false
    owner: The agency
"""


def test_options_name_other_folders_and_leave_out_what_is_not_wanted(environment: Path, foreign: Path) -> None:
    write(foreign, "mkdocs.yml", SETTINGS.replace("guide/th", "policies/buying/th") + OTHER_FOLDERS)
    (foreign / "content/pages/policies").mkdir(parents=True)
    (foreign / "docs/guide").rename(foreign / "content/pages/policies/buying")
    for page in ("index.md", "about.md"):
        (foreign / "docs" / page).rename(foreign / "content/pages" / page)
    write(foreign, "content/pages/policies/buying/index.md", GUIDE)
    for words in (["guidetrees", "new", "my-tree"], ["guidetrees", "check"], ["mkdocs", "build", "--strict"]):
        done = typed(environment, *words, cwd=foreign)
        assert done.returncode == 0, done.stdout + done.stderr
    assert (foreign / "content/trees/my-tree.yml").is_file()
    site = Site(foreign / "site")
    assert site.dead() == []
    links = {link.href for page in site.pages.values() for link in page.links()}
    assert any("policies/buying/thresholds/index.html" in href for href in links)
    assert not [href for href in links if "review" in href]
    left_out = ("review", "coverage.html", "links.html", "hosting", "web.config")
    assert not [path for path in left_out if (site.folder / path).exists()]
    assert not any("Content-Security-Policy" in page.html for page in site.pages.values())


def test_a_message_names_the_folder_that_was_looked_in(environment: Path, foreign: Path) -> None:
    write(foreign, "mkdocs.yml", SETTINGS + "docs_dir: content\nplugins: [guidetrees: {guide: buying}]\n")
    (foreign / "docs").rename(foreign / "content")
    (foreign / "content/guide").rename(foreign / "content/buying")
    assert typed(environment, "guidetrees", "new", "my-tree", cwd=foreign).returncode == 0
    spoil(foreign, "decision_trees/my-tree.yml", "thresholds.md#", "threshold.md#")
    done = typed(environment, "guidetrees", "check", cwd=foreign)
    assert "no page of the guide 'threshold.md' in content/buying/ (did you mean 'thresholds.md'?)" in done.stdout


IN_CONTENT = """\
docs_dir: content
plugins:
  - guidetrees: {trees: trees, guide: buying}
"""


def test_commands_that_ask_git_find_the_folders_that_options_name(environment: Path, foreign: Path) -> None:
    """Also where no lock file names what has built the site, and no engine lies in the project."""
    write(foreign, "mkdocs.yml", SETTINGS.replace("guide/th", "buying/th") + IN_CONTENT)
    (foreign / "docs/guide").rename(foreign / "docs/buying")
    (foreign / "docs").rename(foreign / "content")
    assert typed(environment, "guidetrees", "new", "my-tree", cwd=foreign).returncode == 0
    tree = foreign / "trees/my-tree.yml"
    write(foreign, "trees/my-tree.yml", tree.read_text("utf-8").replace("[EDIT] ", ""))
    assert typed(environment, "guidetrees", "addresses", cwd=foreign).returncode == 0
    for words in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "A version"]):
        subprocess.run([*GIT, *words], cwd=foreign, check=True)
    released = typed(environment, "guidetrees", "release", cwd=foreign)
    assert released.returncode == 0, released.stderr
    with zipfile.ZipFile(foreign / released.stdout.strip()) as archive:
        (bill,) = (archive.read(name) for name in archive.namelist() if name.endswith("sbom.cdx.json"))
        assert not [name for name in archive.namelist() if "/engine/" in name]
    found = {one["name"]: one["version"] for one in json.loads(bill)["components"]}
    assert found["guidetrees"] == __version__ and {"mkdocs", "mkdocs-material"} <= set(found)
    spoil(foreign, "trees/my-tree.yml", "The answer when all is in place", "You may buy it")
    assert "now: ‘You may buy it’" in typed(environment, "guidetrees", "diff", "HEAD", cwd=foreign).stdout
    assert typed(environment, "guidetrees", "compile", cwd=foreign).returncode == 0
    assert (foreign / "compiled/content/my-tree/first-question.md").is_file()
    assert "guidetrees" not in (foreign / "compiled/mkdocs.yml").read_text("utf-8").partition("extra")[0].lower()


def test_pip_installs_the_repository_as_it_does_the_wheel(environment: Path, tmp_path: Path) -> None:
    """As README says. Its build backend is among the tests' packages: pip would ask a network for it."""
    copy = shutil.copytree(ROOT, tmp_path / "repository", ignore=NOT_COPIED)
    install(copy, tmp_path / "environment")
    assert typed(tmp_path / "environment", "guidetrees", "--version", cwd=tmp_path).returncode == 0
    here, there = (installed(folder) for folder in (environment, tmp_path / "environment"))
    assert here == there and len(here) > 200


def installed(environment: Path) -> set[str]:
    """The files of the engine in an environment, without those that Python makes."""
    (packages,) = environment.rglob("site-packages")
    return {*contents(packages / "guidetrees"), *contents(packages / "guidetrees_mkdocs")}


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ("plugins:\n  - guidetrees:\n      onwer: A\n", "12:7: plugins: guidetrees: unknown key 'onwer' (did"),
        ("plugins:\n  - guidetrees:\n      policy: 5\n", "12:15: plugins: guidetrees: policy: must be true or"),
        ("plugins: [guidetrees]\nhooks: [hooks/mkdocs_hook.py]\n", "11:9: hooks: does the same as the plugin"),
    ],
)
def test_a_wrong_option_is_a_problem_line_in_the_build_and_in_the_check(
    environment: Path, foreign: Path, settings: str, line: str
) -> None:
    write(foreign, "mkdocs.yml", SETTINGS.replace("markdown_extensions: [admonition]\n", "") + settings)
    write(foreign, "hooks/mkdocs_hook.py", (HOOKS / "mkdocs_hook.py").read_bytes())
    for words in (["guidetrees", "check"], ["mkdocs", "build"]):
        done = typed(environment, *words, cwd=foreign)
        assert done.returncode == 1
        assert f"mkdocs.yml:{line}" in done.stdout + done.stderr
    assert not (foreign / "site").exists()
