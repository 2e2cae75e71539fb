"""`make compile`: a folder from which MkDocs makes the same site without the hook."""

from __future__ import annotations

import json
import re
import shutil
from html import unescape
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, run
from copies import call, contents, site_of_base, spoil
from helpers import write
from markupsafe import escape
from site_reader import Site, found_in

from guidetrees.messages.words import read_words
from guidetrees.project.project import read_project
from guidetrees.publish.page_shell import ShellKey, planned_pages, shell_key, shell_of, shell_source
from guidetrees.publish.portable_project import settings
from guidetrees.publish.postprocess import NEUTRAL
from guidetrees.publish.site_files import published_pages
from guidetrees.render import site_pages
from guidetrees.render.assets import SCRIPT, STYLE
from guidetrees.render.context import prepare
from guidetrees.render.page import Page
from guidetrees.render.tree_data import tree_data
from guidetrees.search.documents import plain as plain_text
from guidetrees.source.page_names import as_page

OURS = prepare(read_project(ROOT), read_words("da"))


@pytest.fixture(scope="module")
def plain(compiled: Path) -> Site:
    """The site that MkDocs makes of it."""
    folder = compiled.with_name("mkdocs")
    built = run("mkdocs", "build", "--strict", "--site-dir", str(folder), cwd=compiled)
    assert built.returncode == 0, built.stderr
    return Site(folder)


@pytest.fixture(scope="module")
def theirs(compiled: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    """What the theme's own search, turned on, knows of the pages: titles and texts by location."""
    folder = shutil.copytree(compiled, tmp_path_factory.mktemp("searched") / "compiled")
    settings = (folder / "mkdocs.yml").read_text("utf-8")
    assert '{"search": {"enabled": false}}' in settings
    (folder / "mkdocs.yml").write_text(settings.replace('"enabled": false', '"enabled": true'), "utf-8")
    built = run("mkdocs", "build", "--quiet", cwd=folder)
    assert built.returncode == 0, built.stderr
    entries = json.loads((folder / "site/search/search_index.json").read_text("utf-8"))["docs"]
    return {entry["location"]: (told(entry["title"]), told(entry["text"])) for entry in entries}


def shown(site: Site, path: str) -> str:
    """A page's HTML, however it is written, without what only the hook can do: the policy."""
    html = (site.folder / path).read_text("utf-8")
    html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    return re.sub(r"\s*(<[^>]*>)\s*", r"\1", " ".join(unescape(html).split()))


def test_the_same_pages_come_of_it(site: Site, plain: Site) -> None:
    assert set(plain.pages) == {*site.pages, as_page(NEUTRAL)}
    assert [path for path in site.pages if shown(plain, path) != shown(site, path)] == []


def test_the_same_search_comes_of_it(site: Site, plain: Site) -> None:
    def files(folder: Path) -> dict[str, bytes]:
        found = [path for name in ("search.*", "search/*.js") for path in folder.glob(f"assets/guidetrees/{name}")]
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}

    assert len(files(site.folder)) > 4
    assert files(site.folder) == files(plain.folder)


def test_search_knows_of_pages_what_the_themes_knows(site: Site, theirs: dict[str, tuple[str, str]]) -> None:
    """The theme's plugin reads the finished pages, the engine what they are made of, with numbers of lists."""
    read = as_begun(theirs)
    ours = {
        location: (told(title), told(re.sub("<li>[0-9]+[.] ", "<li>", text)))
        for location, title, text, *_ in found_in(site.folder, "e")
    }
    assert ours.keys() == read.keys() and len(ours) > 100
    assert [location for location in ours if ours[location] != read[location]] == []


def as_begun(read: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """For the theme's plugin, a page whose way back stands above its heading begins twice: with nothing, called as
    the page is, and with its heading. What begins with the heading is the page."""
    for page in (page for page in site_pages.pages(OURS) if page.above):
        title, text = read.pop(location := as_page(page.path))
        assert (title, text) == (told(str(escape(page.title))), "")
        read[location] = read.pop(f"{location}#{page.id}")
    return read


def told(markup: str) -> str:
    """What a text says; between its words stands what the reader of HTML leaves there."""
    return "".join(plain_text(markup).split())


def test_pages_are_markdown_and_the_rest_is_files(compiled: Path, site: Site) -> None:
    pages = {path.relative_to(compiled / "docs").as_posix() for path in (compiled / "docs").rglob("*.md")}
    own = {page.path for page in site_pages.pages(OURS)}
    assert own < pages
    assert {page.replace(".md", ".html") for page in pages} | {"404.html"} >= {
        path for path, page in site.pages.items() if not page.all("//meta[@name='robots']")
    }
    assert not any("decisions" in page for page in pages), "what the site leaves out"
    for name in ("tree.js", "tree.css", "share.js"):
        asset = (compiled / "docs/assets/guidetrees" / name).read_bytes()
        assert asset == (site.folder / "assets/guidetrees" / name).read_bytes()
    for tree in OURS.project.trees:
        assert json.loads((compiled / f"data/{tree}.json").read_text("utf-8")) == json.loads(tree_data(OURS, tree))


def test_settings_keep_what_only_the_builder_can_read() -> None:
    written = "site_name: !ENV [NAME, Guide]\nhooks: [h.py]\ntheme: {name: material, custom_dir: x}\nnav: [a.md]\n"
    written += "plugins: [search, tags, {material/search: {lang: da}}, {meta: {}}]\n"
    text = settings(written, {"home": "Forside"}, ["t/a.md", "a-z.md"])
    assert "!ENV" in text
    found = yaml.safe_load(text.replace("!ENV", ""))
    assert found == {
        "site_name": ["NAME", "Guide"],
        "theme": {"name": "material", "custom_dir": "theme"},
        "plugins": ["tags", {"meta": {}}, {"search": {"enabled": False}}],
        "use_directory_urls": False,
        "nav": ["a.md"],
        "extra_css": [STYLE],
        "extra_javascript": [SCRIPT],
        "not_in_nav": "/a-z.md\n/t/",
        "extra": {"gt": {"home": "Forside"}},
    }


@pytest.mark.build
def test_what_was_compiled_before_goes(tmp_path: Path) -> None:
    project, to = site_of_base(tmp_path / "project"), tmp_path / "compiled"
    for _ in range(2):
        done = run("guidetrees", "compile", "--to", str(to), cwd=project)
        assert done.returncode == 0, done.stderr
        assert sorted(path.name for path in to.iterdir()) == ["data", "docs", "mkdocs.yml", "theme"]
        assert not (to / "docs/former.md").exists()
        write(to, "docs/former.md", "# Former\n")


def test_what_others_have_written_is_left_alone(copy: Path) -> None:
    before = contents(copy.parent)
    for to in (".", "..", "docs", "mkdocs.yml"):
        done = call("compile", "--to", to, cwd=copy)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), to
        assert "nævn en ny" in done.stderr
    assert contents(copy.parent) == before


def test_a_project_with_problems_is_not_compiled(root: Path) -> None:
    write(root, "mkdocs.yml", "site_name: A\n")
    spoil(root, "decision_trees/other.yml", "goto: lend", "goto: nowhere")
    done = call("compile", cwd=root)
    assert done.returncode == 1 and "no node 'nowhere'" in done.stdout
    assert not (root / "compiled").exists()


# Frames


@pytest.mark.parametrize("with_rules", [False, True])
def test_pages_are_as_they_were_planned(with_rules: bool) -> None:
    made = [(page.path, page.title, shell_key(page)) for page in published_pages(OURS, with_rules)]
    assert sorted(planned_pages(OURS, with_rules)) == sorted(made)
    assert with_rules == any("/rules/" in path for path, _, _ in made)
    assert len({path for path, _, _ in made}) == len(made) > 90


def test_marks_are_filled_in_wherever_they_stand() -> None:
    page = Page("t/a.md", 'A: & "B"', "C < D", "question", "<p>gt0name0</p>", "decision_trees/t.yml",
                       above="<nav>gt0id0</nav>", mark="<b>A</b><i>: </i>", marked="A: ")  # fmt: skip
    html = (
        'gt0above0<link href="../t/gt0name0.html"><b>gt0title0</b><h1>gt0heading0</h1>'
        '<meta content="gt0description0">gt0id0 gt0block0'
    )
    assert shell_of(html).fill(page) == (
        '<nav>gt0id0</nav><link href="../t/a.html"><b>A: &amp; &#34;B&#34;</b>'
        '<h1><b>A</b><i>: </i>&amp; &#34;B&#34;</h1><meta content="C &lt; D">question <p>gt0name0</p>'
    )
    assert shell_source(ShellKey("t", "s", "en")).endswith('# gt0heading0 { #gt0id0 lang="en" }\n')
