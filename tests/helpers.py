"""Cases on disk: small projects, whole or laid over `cases/base`, and the problems that they must give.

A case is a file `<mistake>.yml`, which becomes a tree of that name, or a folder `<mistake>/`, whose files
are laid over the base. What is expected stands in comments at the file's end (`# expect: 3:8: …`) or, a
line a problem, in the folder's `expect.txt`.
"""

from __future__ import annotations

import base64
import hashlib
import posixpath
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import lxml.html
import markdown

from guidetrees.check.checker import Finding, errors
from guidetrees.messages.words import read_words, tell
from guidetrees.parse.docs_page import read_docs_page
from guidetrees.parse.guide import GuidePage, guide_page
from guidetrees.parse.model import Goto
from guidetrees.project.project import Project, read_project
from guidetrees.render import site_pages
from guidetrees.render.assets import CODES, MAPS_STYLE, REVIEW_STYLE, SHARE_SCRIPT, SHARE_STYLE, TREE_DATA
from guidetrees.render.context import Site, prepare
from guidetrees.render.page import Page
from guidetrees.source.location import Problem

CASES = Path(__file__).parent / "cases"
BASE = CASES / "base"
EXPECT = "# expect: "
DAY = date(2026, 11, 24)
"""When all cases were reviewed: no test depends on the day it runs."""

# As in mkdocs.yml (without the permalinks), with the ones that MkDocs adds to every site.
EXTENSIONS = ["attr_list", "md_in_html", "sane_lists", "tables", "toc", "fenced_code"]
MARKDOWN = markdown.Markdown(extensions=EXTENSIONS, output_format="html")
PAPER = " gt-map__frame--screen"
DATA = re.compile(rf"\.\./{TREE_DATA}/[a-z0-9-]+\.js\?[0-9a-f]{{8}}")
SAFE = re.compile(r"(?:https?|mailto|tel):|[^:]*(?:[/#?]|$)", re.IGNORECASE)


def cases(kind: str) -> list[Path]:
    """The cases in the folder `kind`. An empty folder is a mistake of the tests."""
    found = sorted(path for path in (CASES / kind).iterdir() if path.suffix == ".yml" or path.is_dir())
    assert found, f"no cases in {kind}"
    return found


def lay_out(case: Path | None, root: Path) -> Path:
    """`root`, with the base in it and the case laid over that."""
    shutil.copytree(BASE, root, dirs_exist_ok=True)
    if case and case.is_dir():
        shutil.copytree(case, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expect.txt"))
    elif case:
        shutil.copy(case, root / "decision_trees")
    return root


def expected(case: Path) -> list[str]:
    """The lines that the case must give."""
    if case.is_dir():
        return (case / "expect.txt").read_text("utf-8").splitlines()
    lines = case.read_bytes().decode("utf-8-sig", errors="replace").splitlines()
    return [f"decision_trees/{case.name}:{line.removeprefix(EXPECT)}" for line in lines if line.startswith(EXPECT)]


def only(goto: Goto | None) -> str:
    """The one place that an answer leads to."""
    assert goto
    (case,) = goto
    assert case.to
    assert case.when is None
    return str(case.to)


def project_of(case: Path | None, root: Path) -> Project:
    return read_project(lay_out(case, root))


def check(project: Project, on: date | None = None) -> list[Problem]:
    """The errors of a project on a day, sorted by place, without their rules."""
    return sorted({finding.problem for finding in errors(project, on)})


def problems_of(root: Path) -> list[str]:
    """The errors of the project in `root`: in English, without the ids of their rules."""
    return [str(problem) for problem in check(read_project(root))]


def lines_of(root: Path) -> list[str]:
    """The lines that `make check` prints of the errors of the project in `root`."""
    project = read_project(root)
    return [tell(finding.line, project.settings.language) for finding in errors(project)]


def without_rule(finding: Finding) -> str:
    """The line of a finding in English, without the id of its rule."""
    return str(finding).removesuffix(f" [{finding.rule}]")


def write(root: Path, file: str, content: str | bytes) -> Path:
    """The file `file` under `root`, made with its folders."""
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read_guide_page(path: str, file: str, text: str) -> tuple[GuidePage, tuple[Problem, ...]]:
    """The page at `path` (in docs/guide/), and the problems that leave it readable. Raises Unreadable."""
    page, problems = read_docs_page(f"guide/{path}", file, text)
    guide, doubled = guide_page(page)
    return guide, (*problems, *doubled)


def script_hashes(html: str) -> frozenset[str]:
    """What a policy calls the scripts that stand in a page, as another parser reads it. Data blocks are none."""
    texts = lxml.html.document_fromstring(html).xpath(
        "//script[not(@src) and not(contains(@type, 'json'))]/text()"
    )
    hashes = (hashlib.sha256(str(text).encode()).digest() for text in texts)
    return frozenset(f"'sha256-{base64.b64encode(found).decode()}'" for found in hashes)


def as_html(page: Page) -> lxml.html.HtmlElement:
    """The page as the site builder makes it, without the theme around it."""
    _, _, body = page.text.split("---\n", 2)
    html = MARKDOWN.reset().convert(body)
    return lxml.html.document_fromstring(f"<!doctype html><html><body><main>{html}</main></body></html>")


def assert_harmless(document: lxml.html.HtmlElement) -> None:
    """Nothing that runs, loads or styles: whatever a text says, it stays a text."""
    for element in document.iter():
        assert isinstance(element.tag, str), "a comment or an instruction"
        if element.tag == "link":  # of lists, maps and the documents for review
            style = element.attrib.pop("href")
            assert style.removeprefix("../") in (REVIEW_STYLE, MAPS_STYLE, SHARE_STYLE)
            assert dict(element.attrib) == {"rel": "stylesheet"}
            continue
        if element.tag == "script":  # a tree's data, or one of the page with links and codes
            source = element.attrib.pop("src")
            if DATA.fullmatch(source):
                assert not element.attrib and not element.text
                continue
            assert source in (CODES, SHARE_SCRIPT)
            assert set(element.attrib) == {"defer"} and not element.text
            continue
        assert element.tag not in ("script", "style", "iframe", "img", "object", "embed", "form")
        # The documents for review have a box to tick at each screen, and that is all.
        if element.tag == "input":
            assert dict(element.attrib) == {"type": "checkbox"}
            assert element.getparent().getparent().get("class") == "gt-review__ok"
        for name, value in element.attrib.items():
            assert not name.startswith("on"), (element.tag, name)
            assert name not in ("style", "srcdoc", "src"), (element.tag, name)
            if name in ("href", "cite", "action"):
                assert SAFE.match(value), value


def skeleton(document: lxml.html.HtmlElement) -> list[tuple[str, ...]]:
    """Elements with their classes and attributes' names, what authors write in Markdown left out.

    So is what follows from the length of texts: the lines of the map's, and how the map lies on paper."""
    return list(_skeleton(document, False))


def _skeleton(element: lxml.html.HtmlElement, in_prose: bool) -> Iterator[tuple[str, ...]]:
    classes = element.get("class") or ""
    if "gt-map__sheet" in classes:
        return
    if element.tag != "tspan" and not in_prose:
        yield (str(element.tag), classes.replace(PAPER, ""), *sorted(element.attrib))
    for part in element:
        yield from _skeleton(part, in_prose or "gt-prose" in classes)


def site_of(case: Path | None, root: Path, language: str = "en") -> Site:
    project = project_of(case, root)
    assert check(project) == []
    return prepare(project, read_words(language), DAY)


def written(site: Site, root: Path) -> str:
    """Writes the pages of `site` with script and style, without a theme, and gives their address."""
    for asset in site_pages.assets(site):
        write(root, asset.path, asset.content)
    for page in site_pages.pages(site):
        document = as_html(page)
        head = lxml.html.fragment_fromstring('<script src="../assets/guidetrees/tree.js"></script>')
        document.body.append(head)
        html = lxml.html.tostring(document, encoding="unicode", doctype="<!doctype html>")
        write(root, page.path.replace(".md", ".html"), html.replace("<html>", '<html lang="en">', 1))
    return root.as_uri() + "/"


SMALL = """\
title: A case
summary: One line.
reviewed: 2026-11-24
start: last
nodes:
  last:
    outcome: The end
    verdict: yes
    guide: rules.md#scope
"""


def resolved(page: str, href: str) -> str:
    """The address that a link of a page leads to, from the site's root."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), href))
