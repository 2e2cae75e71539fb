"""The authors' manual (docs/forfattere/): every example does what the manual says, and no key of the tree language
is left out. How the examples are marked stands in `examples`."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT, run
from examples import MANUAL, PAGES, Example, apply, edited, examples, file_of
from helpers import DAY
from playwright.sync_api import Page
from site_reader import Site, locations

from guidetrees.check.checker import errors, hints
from guidetrees.check.rules.references import reference_fault
from guidetrees.graph.graph import parse_reference
from guidetrees.messages.words import tell
from guidetrees.parse import tables as language
from guidetrees.parse.forms import Table
from guidetrees.parse.tables.shared import VERDICTS
from guidetrees.project.project import read_project

EXAMPLES = list(examples(ROOT))
TEXTS = {page: (ROOT / MANUAL / page).read_text("utf-8") for page in PAGES}
WHOLE = "\n".join(TEXTS.values())
TABLES = [value for value in vars(language).values() if isinstance(value, Table)]

each_page = pytest.mark.parametrize("page", PAGES)


@dataclass
class Followed:
    """What a reader has who does all that the manual says."""

    root: Path
    wrong: list[str] = field(default_factory=list)
    """Where a check says something else than the manual."""
    tried: int = 0


def project_at(root: Path) -> Path:
    """The parts of this project that authors write, and the theme and the hook that its settings name."""
    for folder in ("docs", "decision_trees"):
        shutil.copytree(ROOT / folder, root / folder)
    shutil.copy(ROOT / "mkdocs.yml", root)
    hooks = shutil.ignore_patterns("__pycache__", "guidetrees")
    shutil.copytree(ROOT / "hooks", root / "hooks", ignore=hooks)
    return root


def said(root: Path, on: date = DAY, before: tuple[str, ...] = ()) -> list[str]:
    """The lines of `make check`, but for those that it gave before the examples came."""
    project = read_project(root)
    lines = [
        tell(finding.line, project.settings.language) for finding in errors(project, on) or hints(project, on)
    ]
    return [line for line in lines if line not in before]


@contextmanager
def restored(file: Path) -> Iterator[Path]:
    """A file that is changed for a while, or written where there is none."""
    former = file.read_bytes() if file.exists() else None
    yield file
    if former is None:
        file.unlink()
    else:
        file.write_bytes(former)


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Followed:
    """The manual followed from the first page to the last."""
    root = project_at(tmp_path_factory.mktemp("manual") / "project")
    before = tuple(said(root))
    found = Followed(root)
    mistaken: list[str] | None = None
    for example in EXAMPLES:
        match example.how:
            case ("mistake", *_):
                with restored(file_of(root, example)):
                    apply(root, example)
                    mistaken = said(root, before=before)
                found.wrong += [] if mistaken else [f"{example}: is no mistake"]
            case ("messages", day):
                at = date.fromisoformat(day)
                mine = [line for line in said(root, at) if Path(line.partition(":")[0]).stem == "laan-af-udstyr"]
                found.wrong += difference(example, mine)
            case ("file" | "edit", *_):
                apply(root, example)
                project = read_project(root)
                found.wrong += [f"{example}: {finding}" for finding in errors(project, DAY)]
            case ("setting",):
                assert not read_project(root).settings.strict_review
                with restored(root / "mkdocs.yml") as file:
                    text = file.read_text("utf-8")
                    file.write_text(text.replace("\nextra:\n", f"\n{example.text}", 1), "utf-8")
                    assert read_project(root).settings.strict_review
            case () if example.language == "text" and mistaken is not None:
                found.wrong += difference(example, mistaken)
                mistaken = None
            case _:
                assert example.language == "sh", f"{example}: says not how it is tried"
        found.tried += 1
    assert mistaken is None
    found.wrong += [f"in the end: {line}" for line in said(root, before=before)]
    return found


def difference(example: Example, lines: list[str]) -> list[str]:
    quoted = example.text.splitlines()
    return [] if quoted == lines else [f"{example}: must be\n" + "\n".join(lines)]


def test_who_follows_the_manual_sees_what_it_says(followed: Followed) -> None:
    assert followed.wrong == [], "\n".join(followed.wrong)
    assert followed.tried == len(EXAMPLES) > 40


def test_the_pages_are_all_read() -> None:
    assert sorted(PAGES) == sorted(path.name for path in (ROOT / MANUAL).iterdir())


def test_every_block_is_fenced_and_marked_as_the_tests_read_it() -> None:
    for page, text in TEXTS.items():
        mine = [example for example in EXAMPLES if example.page == page]
        assert text.count("\n```") == 2 * len(mine)
        assert text.count("<!--") == sum(bool(example.how) for example in mine)


def test_lines_of_an_example_take_the_place_of_their_likes_or_are_added() -> None:
    tree = "a: 1\n\nnodes:\n  x:\n    q: X\n    answers:\n      - answer: A\n        goto: y\n\n  y:\n    q: Y\n"
    assert edited(tree, "a: 2\nb: 3\n") == tree.replace("a: 1", "a: 2") + "b: 3\n"
    assert edited(tree, "    q: Z\n", "x") == tree.replace("q: X", "q: Z")
    assert edited(tree, "  z:\n    q: Z\n") == tree + "\n  z:\n    q: Z\n"
    answer = "      - answer: A\n        goto: z\n"
    assert edited(tree, answer, "x") == tree.replace("goto: y", "goto: z")
    other = answer.replace("A", "B")
    assert edited(tree, other, "x") == tree.replace("goto: y\n", f"goto: y\n{other}")


def test_what_the_manual_adds_passes_the_tests_of_the_sites_own_content(copy: Path) -> None:
    """But for the tree that shows how to write."""
    shutil.copytree(ROOT / "tests", copy / "tests")
    for example in EXAMPLES:
        if example.how[:1] in (("file",), ("edit",)) and "skrivemaade" not in example.how[1]:
            apply(copy, example)
    tests = ("tests/real_site/test_content.py", "tests/real_site/test_site.py")
    # In a folder of its own: pytest would else also clear what earlier runs have left.
    done = run(
        "pytest", "--quiet", "-p", "no:cacheprovider", f"--basetemp={copy.parent / 'temporary'}", *tests, cwd=copy
    )
    assert done.returncode == 0, done.stdout


# What the manual leaves out


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.kind)
def test_every_key_of_the_language_is_explained(table: Table) -> None:
    """In one table of noegler.md, in the language's order, with the ones that must be there in bold."""
    id = "-".join(re.findall("[a-z]+", table.kind.replace("'", "")))
    section = re.split(r"^##", TEXTS["noegler.md"].partition(f"{{ #{id} }}")[2], flags=re.M)[0]
    keys = re.findall(r"^\| (\*\*)?`([a-z_]+)`(?:\*\*)? \| \S", section, re.M)
    assert [(name, bool(bold)) for bold, name in keys] == [(key.name, key.required) for key in table.keys]


def test_every_key_is_shown_at_work_and_every_verdict_is_told() -> None:
    """Not only listed: every key stands in some example."""
    shown = {name for example in EXAMPLES for name in re.findall(r"\b([a-z_]+): ?", example.text)}
    assert {key.name for table in TABLES for key in table.keys} - shown == set()
    told = TEXTS["ret.md"]
    assert all(f"`{verdict}` er *" in told for verdict in VERDICTS)


def test_every_command_is_one_of_the_makefile_and_can_be_given_so() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    phony = re.findall(r"^\.PHONY: (.*)", makefile, re.M)[0].split()
    named = re.findall(r"(?:`|^)make ([a-z]+)((?: [A-Z]+=[^`\n]+)?)", WHOLE, re.M)
    theirs = {
        "serve",
        "check",
        "rules",
        "new",
        "diff",
        "site",
        "paths",
        "review",
        "schema",
        "links",
        "addresses",
        "release",
        "test",
    }
    assert theirs <= {command for command, _ in named} <= set(phony)
    for _, setting in named:
        name = setting.strip().partition("=")[0]
        assert not setting or f"$({name})" in makefile or f"$(value {name})" in makefile


def test_every_reference_and_file_that_a_sentence_names_is_there(followed: Followed) -> None:
    project = read_project(followed.root)
    tree = project.trees["laan-af-udstyr"]
    prose = re.sub(r"^```.*?^```$", "", WHOLE, flags=re.M | re.S)
    references = {found for found in re.findall(r'`goto: "?([a-z-]+:?[a-z-]*)"?`', prose) if ":" in found}
    assert len(references) > 1
    assert [r for r in references if reference_fault(r, tree, project)] == []
    assert all(parse_reference(r, "").tree in project.trees for r in references)
    sections = set(re.findall(r"`([a-z-]+\.md#[a-z-]+)`", prose))
    assert sections and all(map(project.section, sections))
    files = set(re.findall(r"`((?:docs|decision_trees)/[\w./-]*)`", prose)) - {"decision_trees/_min-kladde.yml"}
    assert len(files) > 5
    assert [file for file in files if not (followed.root / file).exists()] == []


# In the site


def page_of(page: str) -> str:
    return f"forfattere/{page.removesuffix('.md')}.html"


def test_the_manual_is_linked_from_about_and_out_of_the_readers_way(site: Site) -> None:
    linked = {site.pages["om.html"].target(link.href) for link in site.pages["om.html"].links("//article")}
    assert page_of("index.md") in linked
    contents = {site.pages[page_of("index.md")].target(a.href) for a in site.pages[page_of("index.md")].links()}
    assert {page_of(page) for page in PAGES} - {page_of("index.md")} <= contents
    assert not any(location.startswith("forfattere/") for location in locations(site.folder))
    assert "forfattere" not in (site.folder / "a-z.html").read_text("utf-8")
    for path, page in site.pages.items():
        navigated = [page.target(link.href) or "" for link in page.links("//nav")]
        assert path.startswith("forfattere/") or not any(to.startswith("forfattere/") for to in navigated)


@each_page
def test_a_page_shows_its_examples_to_the_letter(site: Site, page: str) -> None:
    shown = [block.text_content() for block in site.pages[page_of(page)].all("//article//pre/code")]
    # A page shows a tab as the spaces that it looks like.
    assert shown == [example.text.expandtabs(4) for example in EXAMPLES if example.page == page]


SEEN = """e => {
  const code = e.querySelector("code"), style = getComputedStyle(code);
  return [e.clientWidth, code.scrollWidth <= code.clientWidth, code.clientHeight / parseFloat(style.lineHeight)];
}"""


@each_page
def test_examples_are_seen_on_a_phone_without_javascript(shared: str, plain: Page, page: str) -> None:
    """What a check says is wrapped. An example keeps its lines and is scrolled in its frame, as wrapped it would
    look wrongly indented."""
    plain.set_viewport_size({"width": 320, "height": 700})
    plain.goto(shared + page_of(page))
    assert plain.evaluate("document.documentElement.scrollWidth") <= 320
    assert plain.evaluate("[...document.querySelectorAll('article table')].every((e) => e.offsetWidth <= 320)")
    mine = [example for example in EXAMPLES if example.page == page]
    for block, example in zip(plain.locator("article pre").all(), mine, strict=True):
        width, fits, lines = block.evaluate(SEEN)
        assert width <= 320
        assert fits if example.language == "text" else lines < len(example.text.splitlines()) + 2, str(example)
