"""What holds for every tree and every text, tried with random ones.

What fails here becomes a named case in `cases/`.
"""

from __future__ import annotations

import json
import posixpath
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import product
from pathlib import Path

import lxml.html
import markdown
from helpers import (
    BASE,
    CASES,
    DAY,
    EXTENSIONS,
    as_html,
    assert_harmless,
    lay_out,
    read_guide_page,
    skeleton,
    write,
)
from hypothesis import example, given, settings
from hypothesis import strategies as st

from guidetrees.check.checker import check, hints
from guidetrees.graph import graph, outline
from guidetrees.graph.graph import Edge, Graph, NodeRef, build_graph
from guidetrees.messages.words import read_words
from guidetrees.parse.author_markdown import render_author_markdown
from guidetrees.parse.guide import from_tree_page
from guidetrees.parse.ids import ID, slug
from guidetrees.parse.problem_collector import ProblemCollector
from guidetrees.parse.tables import read_tree
from guidetrees.project.project import Project, read_project
from guidetrees.project.references import outcomes
from guidetrees.project.urls import COVERAGE_PAGE, EXTERNAL_LINKS_PAGE, INDEX_PAGE, REVIEW, SHARE_PAGE, page_url
from guidetrees.render import site_pages
from guidetrees.render.context import prepare
from guidetrees.render.page import escape_markdown
from guidetrees.source.files import INVISIBLE, Unreadable
from guidetrees.source.yaml import read_yaml

WORDS = read_words("en")
# Texts

HOSTILE = [
    "<script>alert(1)</script>", "</script>", "<img src=x onerror=alert(1)>", "</a></li></ul></div>", "<b>",
    "<!--", "-->", "<![CDATA[", "]]>", "<?php", "<div markdown>", "<br>", "'", '"', "`", "``", "```", "~~~",
    "```{ .x onclick=y }", "\\", "{{ x }}", "{% raw %}", "{#", "{: #a .b onclick=c }", "{ #id }", "&amp;",
    "&lt;b&gt;", "&#60;", "&copy", "&", "<", ">", "# ", "## x", "- ", "1. ", "* * *", "---", "===", "|",
    "| a | b |", "|---|---|", "*", "**", "_", "__x__", "[x](y)", "[x](javascript:alert(1))", "![x](y)",
    "[x]: y", "[x][1]", "<https://a.dk>", "javascript:alert(1)", "[TOC]", "*[HTML]: x", "[^1]", ":smile:",
    "$x$", "æøå ÆØÅ ß", "שלום", "مرحبا", "漢字", "🙂", "👩‍⚕️", "e\u0301", "\u00a0", "\u200b", "\u200f",
    "x" * 300, "«»", "–", "0", "~", "yes", ": ", " #", "\n```\nx\n```\n",
    "\n~~~{ #a .x onclick=y }\nz\n~~~\n", "\n    ```{ .x onclick=y }\n    z\n    ```\n", "wzxhzdk:0",
    "klzzwxh:0000", "amp", "STX", "%", "@", "!",
]  # fmt: skip
LETTERS = st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"], exclude_characters="\u2028\u2029").filter(
    lambda c: not INVISIBLE.match(c)
)
PIECES = st.one_of(st.sampled_from(HOSTILE), st.text(LETTERS, max_size=8))


def joined(separators: list[str], most: int) -> st.SearchStrategy[str]:
    """Some pieces, each followed by one of `separators`."""
    pair = st.tuples(PIECES, st.sampled_from(separators)).map("".join)
    return st.lists(pair, min_size=1, max_size=most).map("".join)


lines = joined(["", " ", "\n", "\t"], 4).filter(str.strip)
# Signs that mean more at a line's beginning stand between two lines of their own paragraph or block.
FENCES = ["```", "```{ .x onclick=y }", "~~~", "~~~ { #id }"]
SIGNS = [*FENCES, "---", "===", "<div markdown>", "{: #id onclick=y }", "[TOC]"]
between = st.tuples(st.sampled_from(["", "    "]), st.sampled_from(SIGNS)).map(
    lambda parts: "\n\n{0}a\n{0}{1}\n{0}b\n{0}{2}\n{0}c\n".format(*parts, parts[1][:3])
)
prose = st.one_of(
    joined(["", " ", "\n", "\n\n", "\n    ", "\n\n    "], 8).filter(str.strip),
    between,
    st.tuples(PIECES, between, PIECES).map("".join),
)


def folded(text: str) -> str:
    return " ".join(text.split())


# Random trees


@dataclass(frozen=True)
class Spot:
    """A node of a random tree, with texts to be filled in."""

    tree: int
    node: int
    targets: tuple[int, ...]
    """Positions in the plan; none for an outcome."""
    checklist: bool
    short: bool
    """Whether it names another tree's start by the tree alone."""

    @property
    def name(self) -> str:
        return f"n{self.node}"

    @property
    def address(self) -> NodeRef:
        return NodeRef(f"t{self.tree}", self.name)


@st.composite
def plans(draw: st.DrawFn, most: int = 9) -> tuple[Spot, ...]:
    """Trees without rounds, every node reached: a node leads only to positions behind its own."""
    trees = draw(st.lists(st.integers(0, 2), min_size=1, max_size=most))
    seen: dict[int, int] = {}
    places = []
    for tree in trees:
        places.append((tree, seen.get(tree, 0)))
        seen[tree] = seen.get(tree, 0) + 1
    targets: dict[int, list[int]] = {}
    for position, (_, node) in enumerate(places):
        if node:
            targets.setdefault(draw(st.integers(0, position - 1)), []).append(position)
    for source in list(targets):
        more = draw(st.lists(st.integers(source + 1, len(places) - 1), max_size=2))
        targets[source] = draw(st.permutations(targets[source] + more))
    return tuple(
        Spot(
            tree,
            node,
            tuple(leads if len(leads) != 1 else leads * 2),
            len(leads) < 3 and draw(st.booleans()),
            draw(st.booleans()),
        )
        for position, (tree, node) in enumerate(places)
        for leads in [targets.get(position, [])]
    )


@dataclass
class Texts:
    """Hands out texts, and remembers which stand where."""

    line: Iterator[str]
    prose: Iterator[str]
    titles: dict[str, str] = field(default_factory=dict)
    """By page, from the site's root."""
    bodies: dict[str, str] = field(default_factory=dict)
    """By page: the Markdown of its intro, help or text."""
    answers: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """By page: the words of each answer and the page it leads to."""
    keywords: list[tuple[str, str]] = field(default_factory=list)
    """Each with its page."""

    def keyword(self, page: str) -> str:
        self.keywords.append((next(self.line), page))
        return self.keywords[-1][0]


def write_trees(plan: tuple[Spot, ...], texts: Texts, root: Path) -> None:
    """The files of a plan. Each is JSON, which is YAML."""
    by_tree: dict[int, list[Spot]] = {}
    for spot in plan:
        by_tree.setdefault(spot.tree, []).append(spot)
    for tree, spots in by_tree.items():
        title = next(texts.line)
        intro = next(texts.prose)
        texts.titles[f"t{tree}/index.html"] = title
        texts.bodies[f"t{tree}/index.html"] = intro
        value = {
            "title": title,
            "summary": next(texts.line),
            "intro": intro,
            "owner": next(texts.line),
            "reviewed": "2026-11-24",
            "start": "n0",
            "aliases": [f"former-{tree}"],
            "short": f"s{tree}",
            "keywords": [texts.keyword(f"t{tree}/index.html")],
            "nodes": {spot.name: _node(spot, plan, texts) for spot in spots},
        }
        write(root, f"decision_trees/t{tree}.yml", json.dumps(value, ensure_ascii=False, indent=1))


def _node(spot: Spot, plan: tuple[Spot, ...], texts: Texts) -> dict[str, object]:
    title, page = next(texts.line), page_url(spot.address)
    texts.titles[page] = title
    texts.bodies[page] = body = next(texts.prose)
    targets = [plan[position] for position in spot.targets]
    gotos = [_reference(spot, target) for target in targets]
    pages = [
        page_url(NodeRef(target.address.tree) if goto.endswith(":") else target.address)
        for goto, target in zip(gotos, targets, strict=True)
    ]
    if not targets:
        texts.answers[page] = []
        return {
            "outcome": title,
            "verdict": "info",
            "text": body,
            "guide": ["rules.md#scope", "index.md#everyone"],
            "contacts": ["desk"],
            "keywords": [texts.keyword(page)],
            "next": [f"t{plan[0].tree}:"],
        }
    if spot.checklist:
        items = [
            {"item": next(texts.line), "hint": next(texts.line), "guide": "rules.md#time", "contacts": ["desk"]}
            for _ in range(2)
        ]
        texts.answers[page] = list(zip([WORDS["met"], WORDS["unmet"]], pages, strict=True))
        return {"checklist": title, "help": body, "items": items, "met": gotos[0], "unmet": gotos[1]}
    # A number before the words, since no two answers have the same.
    words = [f"{number} {next(texts.line)}" for number in range(len(gotos))]
    texts.answers[page] = list(zip(words, pages, strict=True))
    answers = [
        {"answer": word, "id": f"a{number}", "hint": next(texts.line), "goto": goto}
        for number, (word, goto) in enumerate(zip(words, gotos, strict=True))
    ]
    return {"question": title, "help": body, "answers": answers}


def _reference(spot: Spot, target: Spot) -> str:
    if target.tree == spot.tree:
        return target.name
    return f"{target.address.tree}:" if target.node == 0 and spot.short else str(target.address)


def cycled(texts: list[str]) -> Iterator[str]:
    while True:
        yield from texts


def harmless(text: str) -> str:
    """`text`, or a word in its place where the check refuses it."""
    return "Word." if render_author_markdown(text, lambda _: None).faults else text


@cache
def base() -> Path:
    """The base without its own tree, laid out once; examples write their trees into it."""
    root = lay_out(None, Path(tempfile.mkdtemp()))
    (root / "decision_trees/other.yml").unlink()
    return root


def without_trees() -> Path:
    root = base()
    for path in (root / "decision_trees").glob("*.yml"):
        if path.name not in ("contacts.yml", "updates.yml"):
            path.unlink()
    return root


def read_plan(plan: tuple[Spot, ...], line_texts: list[str], prose_texts: list[str]) -> tuple[Project, Texts]:
    root = without_trees()
    texts = Texts(cycled(line_texts), cycled(prose_texts))
    write_trees(plan, texts, root)
    return read_project(root), texts


# Pages


def html_pages(project: Project) -> dict[str, lxml.html.HtmlElement]:
    """Every page of the trees by its address from the site's root."""
    assert check(project) == []
    site = prepare(project, WORDS)
    return {page.path.replace(".md", ".html"): as_html(page) for page in site_pages.pages(site)}


def resolved(page: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), href))


def inside(element: lxml.html.HtmlElement) -> list[tuple[str, str]]:
    """What stands in an element: its elements and their text."""
    return [(str(part.tag), folded(part.text_content())) for part in element.iterdescendants()]


def alone(text: str) -> list[tuple[str, str]]:
    """The same of `text` as Markdown, with no page around it."""
    return inside(
        lxml.html.fragment_fromstring(render_author_markdown(text, lambda _: None).html, create_parent="div")
    )


def skeletons(project: Project) -> dict[str, list[tuple[str, ...]]]:
    """What pages are made of. The alphabetical index is made of its terms, the page of links of those."""
    return {
        path: skeleton(document)
        for path, document in html_pages(project).items()
        if path not in (INDEX_PAGE, EXTERNAL_LINKS_PAGE)
    }


ONE = (Spot(0, 0, (), False, False),)


@settings(max_examples=80)
@example(ONE, ["Word"], ["    a\n    ```{ .x onclick=y }\n    b\n    ```\n    c"])
@given(plans(), st.lists(lines, min_size=3, max_size=9), st.lists(prose.map(harmless), min_size=2, max_size=5))
def test_pages_hold_the_texts_the_links_and_nothing_else(
    plan: tuple[Spot, ...], line_texts: list[str], prose_texts: list[str]
) -> None:
    project, texts = read_plan(plan, line_texts, prose_texts)
    pages = html_pages(project)
    documents = {f"{REVIEW}/{name}.html" for name in ("index", *project.trees)}
    listing = {"updates.html", INDEX_PAGE, COVERAGE_PAGE, EXTERNAL_LINKS_PAGE, SHARE_PAGE}
    assert set(pages) == {*texts.titles, *listing, *documents}
    for path, title in texts.titles.items():
        document = pages[path]
        assert_harmless(document)
        (heading,) = document.iter("h1")
        verdict = "".join(f"{word.text_content()}: " for word in heading.find_class("gt-verdict__word"))
        assert folded(heading.text_content()) == folded(verdict + title)
        assert inside(document.find_class("gt-prose")[0]) == alone(texts.bodies[path])
        if path.endswith("/index.html"):
            (button,) = document.find_class("gt-button")
            assert resolved(path, button.get("href")) == path.replace("index", "n0")
        else:
            links = [link for item in document.find_class("gt-answer") for link in item.iter("a")]
            found = [(folded(link.text_content()), resolved(path, link.get("href"))) for link in links]
            assert found == [(folded(words), target) for words, target in texts.answers[path]]
            assert all(target in pages for _, target in found)


@settings(max_examples=40)
@given(plans(), st.lists(lines, min_size=3, max_size=9))
def test_the_alphabetical_index_leads_from_every_title_and_keyword_to_its_page(
    plan: tuple[Spot, ...], line_texts: list[str]
) -> None:
    project, texts = read_plan(plan, line_texts, ["Word."])
    document = html_pages(project)[INDEX_PAGE]
    assert_harmless(document)
    led = set()
    for term in document.find_class("gt-term"):
        (words,) = term.find_class("gt-term__words")
        for link in term.iter("a"):
            title = folded(link.text_content())
            said = title if link.getparent() is words else folded(words.text_content())
            led.add((said.casefold(), link.get("href")))
            (kind,) = link.getparent().find_class("gt-term__kind")
            named = folded(texts.titles.get(link.get("href"), title))
            assert title == named or folded(kind.text_content()).endswith(f": {named}")
    trees = {(texts.titles[path], path) for path in texts.titles if path.endswith("/index.html")}
    wanted = {(folded(said).casefold(), path) for said, path in trees | set(texts.keywords)}
    assert {(said, path) for said, path in led if path.startswith("t")} - outcomes_of(project) == wanted


def outcomes_of(project: Project) -> set[tuple[str, str]]:
    """What the index says of the contact that outcomes name."""
    desk = (project.contacts or {})["desk"]
    terms = [desk.name, *desk.topics]
    pages = [NodeRef(tree.id, str(node.id)) for tree in project.trees.values() for node in outcomes(tree)]
    return {(term.casefold(), page_url(address)) for term in terms for address in pages}


@settings(max_examples=40)
@given(plans(), st.lists(lines, min_size=3, max_size=9))
def test_no_text_changes_what_a_page_is_made_of(plan: tuple[Spot, ...], line_texts: list[str]) -> None:
    hostile, _ = read_plan(plan, line_texts, ["Word."])
    found = skeletons(hostile)
    plain, _ = read_plan(plan, ["Word"], ["Word."])
    wanted = skeletons(plain)
    assert found == wanted


@settings(max_examples=40)
@given(plans(), st.lists(prose.map(harmless), min_size=2, max_size=5))
def test_no_markdown_changes_the_page_around_it(plan: tuple[Spot, ...], prose_texts: list[str]) -> None:
    hostile, _ = read_plan(plan, ["Word"], prose_texts)
    found = skeletons(hostile)
    plain, _ = read_plan(plan, ["Word"], ["Word."])
    wanted = skeletons(plain)
    assert found == wanted


@settings(max_examples=40)
@given(plans(most=12))
def test_every_path_through_the_pages_is_one_of_the_trees(plan: tuple[Spot, ...]) -> None:
    project, texts = read_plan(plan, ["Word"], ["Word."])
    pages = html_pages(project)

    def from_pages(path: str) -> Iterator[tuple[str, ...]]:
        document = pages[path]
        items = [*document.find_class("gt-answer"), *document.find_class("gt-action")]
        links = [link for item in items for link in item.iter("a")]
        if not links:
            yield (path,)
        for link in links:
            for rest in from_pages(resolved(path, link.get("href"))):
                yield (path, folded(link.text_content()), *rest)

    def from_plan(path: str) -> Iterator[tuple[str, ...]]:
        start = path.endswith("/index.html")
        answers = [(WORDS["start"], path.replace("index", "n0"))] if start else texts.answers[path]
        if not answers:
            yield (path,)
        for words, target in answers:
            for rest in from_plan(target):
                yield (path, folded(words), *rest)

    for tree in project.trees:
        assert list(from_pages(f"{tree}/index.html")) == list(from_plan(f"{tree}/index.html"))


@settings(max_examples=40)
@given(plans(most=4), st.lists(lines, min_size=3, max_size=9))
def test_former_addresses_lead_on_whatever_the_titles_say(plan: tuple[Spot, ...], line_texts: list[str]) -> None:
    project, texts = read_plan(plan, line_texts, ["Word."])
    site = prepare(project, WORDS)
    moved = {asset.path: asset.content for asset in site_pages.assets(site) if asset.path.endswith(".html")}
    short = {f"s{tree.removeprefix('t')}/index.html": f"{tree}/index.html" for tree in project.trees}
    assert set(moved) == {f"former-{page[1:]}" for page in texts.titles} | set(short)
    for path, content in moved.items():
        document = lxml.html.document_fromstring(content)
        (link,) = document.body.iter("a")
        page = resolved(path, link.get("href"))
        assert page == (short.get(path) or f"t{path.removeprefix('former-')}")
        assert folded(link.text_content()) == folded(texts.titles[page])
        assert_harmless(document.body)


# Any text gives pages or problems


def assert_pages_or_problems(root: Path) -> None:
    project = read_project(root)
    problems = check(project)
    for problem in [*problems, *(hint.problem for hint in hints(project, DAY))]:
        assert str(problem).isprintable(), str(problem)
        assert problem.location.line >= 1
        assert problem.location.column >= 1
    if not problems:
        for page in site_pages.pages(prepare(project, WORDS)):
            assert_harmless(as_html(page))


YAML_PIECES = [
    "title", "summary", "nodes", "start", "reviewed", "answers", "answer", "goto", "question", "outcome",
    "verdict", "guide", "checklist", "items", "item", "met", "unmet", "scenarios", "name", "aliases",
    "updates", "first", "last", "other:", "rules.md#scope", "2026-11-24", "yes", ":", ": ", ":\n", "- ",
    "-", "? ", "[", "]", "{", "}", ",", "'", '"', "|", ">", "|-\n", "&a ", "*a", "!t ", "!!str ", "---\n",
    "...\n", "#", "# ", "%YAML 1.1\n", "\n", "\n  ", "\n    ", "\n      ", "\t", " ", "\r\n", "\r", "<<",
    "~", "\\", "\\n", '"\\u202e"', "@", "`", "\u2028", "\x85", "æ", "🙂",
]  # fmt: skip
SMALL = (CASES / "valid/smallest.yml").read_text("utf-8")
FULL = (CASES / "valid/every-key.yml").read_text("utf-8")


@st.composite
def changed(draw: st.DrawFn, text: str) -> str:
    """`text` with a few pieces cut out, put in, or moved."""
    for _ in range(draw(st.integers(1, 3))):
        begin = draw(st.integers(0, len(text)))
        end = min(len(text), begin + draw(st.integers(0, 12)))
        piece = draw(st.one_of(st.just(""), st.sampled_from(YAML_PIECES), st.just(text[end : end + 30])))
        text = text[:begin] + piece + text[end:]
    return text


@st.composite
def changed_lines(draw: st.DrawFn, text: str) -> str:
    """`text` with lines left out, doubled, or swapped."""
    rows = text.splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 3))):
        first, second = draw(st.integers(0, len(rows) - 1)), draw(st.integers(0, len(rows) - 1))
        match draw(st.integers(0, 2)):
            case 0 if len(rows) > 1:
                del rows[first]
            case 1:
                rows.insert(second, rows[first])
            case _:
                rows[first], rows[second] = rows[second], rows[first]
    return "".join(rows)


any_yaml = st.one_of(
    st.lists(st.sampled_from(YAML_PIECES), max_size=25).map("".join),
    changed(SMALL),
    changed(FULL),
    changed_lines(SMALL),
    changed_lines(FULL),
    st.text(max_size=60),
)


@settings(max_examples=400)
@given(any_yaml)
def test_any_tree_gives_pages_or_problems(text: str) -> None:
    root = lay_out(None, without_trees())
    write(root, "decision_trees/case.yml", text.encode("utf-8", errors="surrogatepass"))
    assert_pages_or_problems(root)


@settings(max_examples=100)
@given(st.binary(max_size=40), st.sampled_from([b"", b"\xef\xbb\xbf", b"\xff\xfe", b"title: "]))
@example(b"\xff", b"\xef\xbb\xbf")
def test_any_bytes_give_pages_or_problems(content: bytes, before: bytes) -> None:
    root = without_trees()
    write(root, "decision_trees/case.yml", before + content)
    assert_pages_or_problems(root)


@settings(max_examples=100)
@given(st.sampled_from(["contacts.yml", "updates.yml"]).flatmap(
    lambda name: st.tuples(
        st.just(name), changed((BASE / "decision_trees" / name).read_text("utf-8"))
    )
))  # fmt: skip
def test_any_register_gives_pages_or_problems(case: tuple[str, str]) -> None:
    name, text = case
    with tempfile.TemporaryDirectory() as folder:
        root = lay_out(None, Path(folder))
        write(root, f"decision_trees/{name}", text)
        assert_pages_or_problems(root)


RULES = (BASE / "docs/guide/rules.md").read_text("utf-8")
GUIDE_PIECES = st.one_of(
    PIECES.filter(lambda piece: "<" not in piece),
    st.sampled_from(
        [
            "---\n",
            "title: ",
            "updates: ",
            "{: #a }",
            "\n# ",
            "\n## A { #a }",
            "<div markdown>\n",
            "\n</div>\n",
            "    ",
        ]
    ),
)


@settings(max_examples=200)
@given(
    st.one_of(
        st.lists(st.tuples(GUIDE_PIECES, st.sampled_from(["", "\n", "\n\n"])).map("".join), max_size=10).map(
            "".join
        ),
        changed(RULES),
        changed_lines(RULES),
    )
)
def test_any_guide_page_gives_sections_or_problems(text: str) -> None:
    page, problems = read_guide_page("page.md", "docs/guide/page.md", text)
    for section in page.sections.values():
        assert 1 <= section.location.line <= text.count("\n") + 1
        assert "id=" not in re.sub(r">[^<]*", ">", section.html)
        assert set(section.above) <= set(page.sections) | {section.id}
    for problem in problems:
        assert str(problem).isprintable()


@settings(max_examples=300)
@given(prose)
def test_any_markdown_becomes_harmless_html(text: str) -> None:
    found = render_author_markdown(text, lambda target: "../t/n.html" if target == "y" else None)
    document = lxml.html.document_fromstring(f"<html><body><main>{found.html}</main></body></html>")
    for element in document.body.iter("img"):
        assert "src" not in element.attrib
        element.tag = "span"
    assert_harmless(document.body)
    for fault in found.faults:
        assert fault.isprintable(), fault


@settings(max_examples=300)
@given(any_yaml)
def test_any_yaml_is_read_or_refused_with_a_place_inside_it(text: str) -> None:
    text = INVISIBLE.sub("", "".join(c for c in text if not 0xD800 <= ord(c) < 0xE000))
    try:
        read_yaml(text, "f")
    except Unreadable as error:
        for problem in error.problems:
            rows = [*re.split("\r\n|[\n\r\x85\u2028\u2029]", text), ""]
            assert problem.location.line <= len(rows)
            assert problem.location.column <= len(rows[problem.location.line - 1]) + 1


# Single functions


@given(st.text(max_size=30))
def test_a_slug_is_an_id_or_nothing_and_stays_one(words: str) -> None:
    found = slug(words)
    assert found == "" or ID.fullmatch(found)
    assert slug(found) == found


@given(st.text(st.characters(max_codepoint=0x24F), max_size=20))
def test_a_slug_does_not_depend_on_how_letters_are_composed(words: str) -> None:
    assert slug(unicodedata.normalize("NFD", words)) == slug(unicodedata.normalize("NFC", words))


@given(st.from_regex(ID, fullmatch=True))
def test_an_id_is_its_own_slug(id: str) -> None:
    assert slug(id) == id


@settings(max_examples=200)
@given(lines.map(folded).filter(bool))
def test_an_inert_text_is_a_heading_of_just_that_text(text: str) -> None:
    html = markdown.markdown(f"# {escape_markdown(text)} {{ #id }}", extensions=EXTENSIONS)
    document = lxml.html.document_fromstring(f"<html><body>{html}</body></html>")
    (heading,) = document.body
    assert (heading.tag, heading.get("id"), len(heading)) == ("h1", "id", 0)
    assert folded(heading.text_content()) == text


NAMES = st.sampled_from(["a.md", "b/c.md", "../d.md", "e/../f.md", "g.png", "./h.md", "i.j/k.md"])
INNER = NAMES.filter(lambda name: name.startswith(("a", "b/", "i")))


@given(INNER, NAMES, st.sampled_from(["", "#x", "#x.md", "#a#b"]))
def test_an_address_of_the_guide_leads_to_the_same_page_from_a_tree(path: str, url: str, fragment: str) -> None:
    target = posixpath.normpath(posixpath.join("guide", posixpath.dirname(path), url))
    page = target.removesuffix(".md") + ".html" if target.endswith(".md") else target
    found, mark, rest = from_tree_page(url + fragment, path).partition("#")
    assert resolved("tree/node.html", found) == page
    assert mark + rest == fragment


@given(INNER, st.sampled_from(["https://a.dk/b.md#c", "mailto:a@b.dk", "tel:1", "//a.dk/b.md", "/b.md"]))
def test_a_whole_address_stays_as_it_is(path: str, url: str) -> None:
    assert from_tree_page(url, path) == url


# Graphs, against plain ways to find the same


def graph_of(leads: list[list[int]]) -> Graph:
    """Nodes `n0`, `n1`, … of one tree, with answers that lead where the lists say."""
    nodes: dict[str, object] = {}
    for number, targets in enumerate(leads):
        answers = [{"answer": str(i), "goto": f"n{target}"} for i, target in enumerate(targets)]
        outcome = {"outcome": "O", "verdict": "info", "guide": "g.md#s"}
        nodes[f"n{number}"] = {"question": "Q", "answers": answers} if answers else outcome
    value = {"title": "T", "summary": "S", "reviewed": "2026-11-24", "start": "n0", "nodes": nodes}
    tree = read_tree("t", "t.yml", read_yaml(json.dumps(value), "t.yml")[0], ProblemCollector())
    assert tree
    return build_graph({"t": tree})


@st.composite
def any_leads(draw: st.DrawFn) -> list[list[int]]:
    size = draw(st.integers(1, 6))
    return [draw(st.lists(st.integers(0, size - 1), max_size=3)) for _ in range(size)]


def goes_round(leads: list[list[int]]) -> bool:
    """Whether nodes are left after taking away, again and again, those that lead to none of the rest."""
    left = set(range(len(leads)))
    while ends := {node for node in left if not left & set(leads[node])}:
        left -= ends
    return bool(left)


@settings(max_examples=300)
@given(any_leads())
def test_rounds_are_found_where_there_are_some_and_each_is_one(leads: list[list[int]]) -> None:
    rounds = list(graph.cycles(graph_of(leads)))
    assert bool(rounds) == goes_round(leads)
    for edges in rounds:
        following = [*edges[1:], edges[0]]
        assert all(edge.target == after.source for edge, after in zip(edges, following, strict=True))
        assert len({edge.source for edge in edges}) == len(edges)
    closing = [(edges[-1].source, edges[-1].answer) for edges in rounds]
    assert len(set(closing)) == len(closing)


@settings(max_examples=300)
@given(any_leads())
def test_without_the_edges_that_close_them_there_are_no_rounds(leads: list[list[int]]) -> None:
    """So an author who follows every line is done in one run."""
    closing = {(edges[-1].source.node, edges[-1].answer) for edges in graph.cycles(graph_of(leads))}
    left = [
        [target for i, target in enumerate(targets) if (f"n{node}", str(i)) not in closing]
        for node, targets in enumerate(leads)
    ]
    assert not goes_round(left)


def ways_to(found: Graph, goal: NodeRef) -> list[tuple[Edge, ...]]:
    """Every way from a start to `goal` that comes past no other start."""
    starts = {found.enter(NodeRef(tree)) for tree in found.trees}

    def ways(at: NodeRef) -> Iterator[tuple[Edge, ...]]:
        if at == goal:
            yield ()
        for edge in found.outgoing[at]:
            target = found.enter(edge.target)
            if target not in starts:
                yield from ((edge, *rest) for rest in ways(target))

    return [way for start in starts for way in ways(start)]


@settings(max_examples=150)
@given(plans(most=8))
def test_the_trail_is_the_only_way_there_is(plan: tuple[Spot, ...]) -> None:
    project, _ = read_plan(plan, ["Word"], ["Word."])
    found = build_graph(project.trees)
    for spot in plan:
        ways = ways_to(found, spot.address)
        if spot.node == 0:
            assert graph.only_path(found, spot.address) == ()
        else:
            assert graph.only_path(found, spot.address) == (ways[0] if len(ways) == 1 else None)


@settings(max_examples=150)
@given(plans(most=12))
def test_the_outline_shows_every_answer_of_every_node_once(plan: tuple[Spot, ...]) -> None:
    project, _ = read_plan(plan, ["Word"], ["Word."])
    found = build_graph(project.trees)
    for tree in project.trees:
        branches = list(outline.outline(found, tree))
        depth = [0]
        for branch in branches:
            depth.append(depth[-1] + (1 if branch.opens else -1))
        assert depth[-1] == 0
        assert min(depth) >= 0
        shown = [branch.edge for branch in branches if branch.opens and branch.edge]
        unfolded = {branch.opens for branch in branches if branch.opens and not branch.again}
        inside = {address for address in unfolded if address.tree == tree and address.node}
        wanted = [edge for address in inside for edge in found.outgoing[address]]
        assert sorted(shown, key=str) == sorted(wanted, key=str)
        opened = [branch.opens for branch in branches if branch.opens and not branch.again]
        assert len(set(opened)) == len(opened)


@settings(max_examples=100)
@given(plans(most=8), st.integers(0, 7), st.integers(0, 7))
def test_an_answer_led_back_goes_round_and_nothing_else_is_wrong(
    plan: tuple[Spot, ...], source: int, back: int
) -> None:
    """Whatever the tree, an answer that leads back to where its reader came from is found."""
    spots = list(plan)
    source %= len(spots)
    back = min(back % len(spots), source)
    if not spots[source].targets:
        return
    spots[source] = replace(spots[source], targets=(*spots[source].targets, back), checklist=False, short=False)
    project, _ = read_plan(tuple(spots), ["Word"], ["Word."])
    way = any(
        NodeRef(f"t{spots[back].tree}", spots[back].name) == address
        for address in _above(build_graph(project.trees), spots[source].address)
    )
    problems = check(project)
    assert bool(problems) == (way or source == back)
    assert all("goes round in a circle: " in problem.message for problem in problems)


def _above(found: Graph, address: NodeRef) -> set[NodeRef]:
    """The nodes from which answers lead to `address`, by the edges of the graph without the last answer."""
    above: set[NodeRef] = set()
    waiting = [address]
    while waiting:
        at = waiting.pop()
        for edge in found.incoming.get(at, ()):
            if edge.source not in above:
                above.add(edge.source)
                waiting.append(edge.source)
    return above


def test_all_small_graphs_agree_on_rounds() -> None:
    """Every graph of three nodes with two answers at most."""
    choices = [[], *([a] for a in range(3)), *([a, b] for a, b in product(range(3), repeat=2))]
    for leads in product(choices, repeat=3):
        assert bool(next(graph.cycles(graph_of(list(leads))), None)) == goes_round(list(leads)), leads
