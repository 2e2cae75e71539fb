"""Hostile pages: each is refused at its place or harmless, as is in a browser what the gate lets through.

The tricks lie in `cases/hostile`, named after themselves, as pages of docs/guide/. `expect.txt` has the lines of
those that are refused; the others must show and do nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import Log
from conftest import run, serve
from copies import site_of_base
from helpers import CASES, lay_out, problems_of, read_guide_page, script_hashes, write
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page
from site_reader import Site

from guidetrees.parse.docs_page import read_docs_page
from guidetrees.parse.html_allowlist import RESERVED_CLASS, RESERVED_ID, sanitize
from guidetrees.parse.site_markdown import markdown_to_html
from guidetrees.source.files import Unreadable, read_text
from guidetrees.source.page_names import is_page

HOSTILE = CASES / "hostile"
TRICKS = sorted(path.name for path in HOSTILE.iterdir() if is_page(path.name))
EXPECTED: dict[str, list[str]] = {}
for line in (HOSTILE / "expect.txt").read_text("utf-8").splitlines():
    EXPECTED.setdefault(line.partition(":")[0].removeprefix("docs/guide/"), []).append(line)
HARMLESS = [name for name in TRICKS if name not in EXPECTED]
FILE_NAME = "<img src=x onerror=window.hacked=1>"


def test_every_expected_line_is_of_a_trick_there_is() -> None:
    assert EXPECTED.keys() <= set(TRICKS)
    assert len(HARMLESS) > 20 and len(EXPECTED) > 120


@pytest.mark.parametrize("name", TRICKS)
def test_a_trick_is_refused_at_its_place_or_harmless(name: str, tmp_path: Path) -> None:
    lay_out(None, tmp_path)
    write(tmp_path, f"docs/guide/{name}", (HOSTILE / name).read_bytes())
    assert problems_of(tmp_path) == EXPECTED.get(name, [])


@pytest.mark.parametrize("name", [name for name in TRICKS if name.endswith(".md")])
def test_pages_that_are_not_the_guides_pass_the_same_gate(name: str, tmp_path: Path) -> None:
    lay_out(None, tmp_path)
    write(tmp_path, f"docs/{name}", (HOSTILE / name).read_bytes())
    found = [line.replace("docs/", "docs/guide/") for line in problems_of(tmp_path)]
    # Their front matter has fewer keys.
    assert [line.partition(" (known")[0].partition(" in the front")[0] for line in found] == [
        line.partition(" (known")[0].partition(" in the front")[0] for line in EXPECTED.get(name, [])
    ]


# In a real browser


def tree(pages: list[str]) -> dict[str, Any]:
    """A tree that quotes every page."""
    ids = [f"n{number}" for number in range(len(pages))]
    answers = [{"answer": f"Answer {id}", "goto": id} for id in ids]
    question = {"question": "Which one?", "answers": answers}
    nodes = {
        id: {"outcome": f"Outcome {id}", "verdict": "info", "guide": f"{page}#{section}"}
        for id, page, section in zip(ids, pages, map(section_of, pages), strict=True)
    }
    return {
        "title": "Quotes",
        "summary": "Of every page",
        "reviewed": "2026-11-24",
        "start": "q",
        "nodes": {"q": question, **nodes},
    }


def section_of(name: str) -> str:
    page, _ = read_guide_page(name, name, read_text(HOSTILE / name, name))
    return next(id for id in ("part", "page") if id in page.sections)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site of all that is harmless, with a tree that quotes it, and names of files and folders."""
    folder = site_of_base(tmp_path_factory.mktemp("tricks"))
    for name in HARMLESS:
        write(folder, f"docs/guide/{name}", (HOSTILE / name).read_bytes())
    write(folder, "decision_trees/quotes.yml", json.dumps(tree(HARMLESS)))
    write(folder, f"docs/guide/{FILE_NAME}.md", "Words of a page without a heading.\n")
    write(folder, f"docs/{FILE_NAME}/own.md", "Words.\n")
    assert problems_of(folder) == []
    done = run("mkdocs", "build", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "was left out" not in done.stderr
    return folder / "site"


def test_no_page_of_the_site_has_a_script_that_the_theme_has_not(hostile: Path) -> None:
    site = Site(hostile)
    frame = script_hashes((hostile / "404.html").read_text("utf-8"))
    seen: set[str] = set()
    for page in site.pages.values():
        found = script_hashes(page.html)
        (policy,) = page.all("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert all(one in policy for one in found), page.path
        assert len(found) <= len(frame), page.path
        seen |= found
    assert len(seen) < 10


SEEN = """() => ({
  hacked: window.hacked ?? null,
  handlers: [...document.querySelectorAll("*")]
    .flatMap((one) => one.getAttributeNames().filter((name) => /^on/.test(name))),
  frame: [...document.body.children].map((one) => one.className || one.tagName).join(" | "),
  menu: document.querySelectorAll("img[src=x], .md-nav img:not(.md-logo img)").length,
})"""


def seen_under(hostile: Path, bypass: bool) -> list[str]:
    """The pages to open with or without the policy: each trick on its own page in one way, quoted in the other,
    and other pages under it.

    Without the policy what is harmful runs, and under it the browser complains of it: both ways show it.
    """
    ways = {f"guide/{name.removesuffix('.md')}.html": i % 2 for i, name in enumerate(HARMLESS)}
    ways |= {f"quotes/n{i}.html": (i + 1) % 2 for i in range(len(HARMLESS))}
    pages = Site(hostile).pages
    assert len(pages.keys() & ways.keys()) > 1.8 * len(HARMLESS)
    return [path for path in sorted(pages) if not path.startswith("review/") and ways.get(path, False) == bypass]


@pytest.mark.parametrize("bypass", [False, True], ids=["under-the-policy", "without-it"])
def test_nothing_runs_asks_or_leaves(hostile: Path, browser: Browser, bypass: bool) -> None:
    context = browser.new_context(bypass_csp=bypass)
    page = context.new_page()
    log = Log(page)
    frames = set()
    with serve(hostile) as base:
        for path in seen_under(hostile, bypass):
            page.goto(f"{base}{path}")
            seen = page.evaluate(SEEN)
            assert (seen["hacked"], seen["handlers"], seen["menu"]) == (None, [], 0), path
            assert page.url == f"{base}{path}" or "/%3Cimg" in page.url, path
            frames.add(seen["frame"])
        assert log.outside(base) == []
        assert [line for line in log.complaints if "Failed to load resource" not in line] == []
    context.close()
    assert len(frames) <= 2, "the theme's frame is whole on every page"


FRAME = """<!doctype html><html><head><meta charset="utf-8"><title>T</title></head><body><header>Header</header>
<main><article>{}</article></main><footer>Footer</footer></body></html>"""
"""A page around what has passed the gate."""


@pytest.fixture(scope="module")
def loaded(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.goto("about:blank")
    yield page
    context.close()


PARSED = """(pages) => pages.map((html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  const all = [...page.querySelectorAll("article *")];
  const values = (name) => all.filter((one) => one.hasAttribute(name)).map((one) => one.getAttribute(name));
  return {
    frame: [...page.body.children].map((one) => one.tagName).join(),
    ends: ["header", "footer"].map((one) => page.querySelector(`body > ${one}`).textContent).join(),
    head: page.head.childElementCount,
    tags: [...new Set(all.map((one) => one.tagName.toLowerCase()))],
    attributes: [...new Set(all.flatMap((one) => one.getAttributeNames()))],
    ids: values("id"),
    classes: all.flatMap((one) => [...one.classList]),
    loads: values("src").map((address) => new URL(address, "https://site.example/a/").origin),
    leads: [...page.querySelectorAll("article a[href]")].map((one) => one.protocol),
    styles: values("style"),
  };
})"""
"""What a browser makes of pages, which it does not run."""
RUNS = frozenset(
    ["script", "style", "iframe", "object", "embed", "form", "input", "button", "base", "meta", "link", "svg"]
)


def assert_harmless(page: Page, *contents: str) -> None:
    """What has passed the gate, as the browser reads it on pages."""
    for content, found in zip(contents, page.evaluate(PARSED, list(map(FRAME.format, contents))), strict=True):
        assert harms(found) == [], content


def harms(found: dict[str, Any]) -> list[object]:
    """What a page has and must not have."""
    frame = (found["frame"], found["ends"], found["head"])
    return [
        *([frame] if frame != ("HEADER,MAIN,FOOTER", "Header,Footer", 2) else []),
        *RUNS.intersection(found["tags"]),
        *(name for name in found["attributes"] if re.match(r"on|name$|data-|src(set|doc)$|form", name)),
        *(id for id in found["ids"] if RESERVED_ID.match(id)),
        *(one for one in found["classes"] if one != "gt-quote__heading" and RESERVED_CLASS.match(one)),
        *(set(found["loads"]) - {"https://site.example"}),
        *(set(found["leads"]) - {"https:", "http:", "mailto:", "tel:", "about:", ":", ""}),
        *(style for style in found["styles"] if not re.fullmatch(r"\s*text-align:\s*\w+;?\s*", style)),
    ]


def test_the_browser_shows_what_is_harmful_or_lost(loaded: Page) -> None:
    for harmful in ("<script>x</script>", "<p onclick=x>", "</main><p>x</p>", "<img src=//outside.example>"):
        with pytest.raises(AssertionError):
            assert_harmless(loaded, "<p>x</p>", harmful)
    pairs = [("<p>a</p>", "a"), ("<p>a b\nc</p>", "<p>a</p>")]
    assert lost_words(loaded, pairs) == [["<p>a b\nc</p>", ["b", "c"]]]


def test_what_is_left_of_a_refused_page_is_harmless(loaded: Page) -> None:
    """Were the check left out, the gate would do."""
    seen = 0
    for name in TRICKS:
        try:
            text = read_text(HOSTILE / name, name)
            page, _ = read_guide_page(name, name, text)
        except Unreadable:
            continue
        html = read_docs_page(f"guide/{name}", name, text)[0].html
        assert_harmless(loaded, html, *(str(section.html) for section in page.sections.values()))
        seen += 1
    assert seen > 150


# At random

NAMES = [
    "script", "style", "svg", "math", "iframe", "template", "noscript", "title", "textarea", "table", "tr",
    "td", "p", "div", "article", "main", "header", "footer", "body", "html", "a", "img", "b", "i", "li",
    "ul", "form", "input", "select", "option", "button", "details", "summary", "base", "meta", "link",
    "object", "embed", "plaintext", "xmp", "foreignObject", "annotation-xml", "mtext", "mglyph", "desc",
    "h1", "h2", "br", "hr", "span", "blockquote", "pre", "code", "nobr", "caption", "col", "image",
]  # fmt: skip
ATTRIBUTES = [
    "onclick", "onerror", "onload", "style", "id", "name", "class", "href", "src", "srcdoc", "srcset",
    "action", "title", "alt", "markdown", "data-md-component", "http-equiv", "content", "xlink:href",
    "cite", "lang", "formaction", "autofocus", "is", "slot", "ping",
]  # fmt: skip
VALUES = [
    "x", "1", "window.hacked=1", "javascript:window.hacked=1", "JAVASCRIPT&colon;x", "java\tscript:x",
    "https://outside.example/", "//outside.example/", "\\\\outside.example", "/\\outside.example",
    "data:text/html,x", "__config", "search-query", "gt-moved", "md-search", "querySelector", "a>b",
    "</article>", "<script>", "'", "\"", "text-align: left", "background:url(https://outside.example)",
    "refresh", "0;url=https://outside.example", "-->", "]]>", "&quot;>", "&#60;script&#62;", "a.md#b",
]  # fmt: skip
WORDS = [
    "\n", "\n\n", "\t", "    ", "\u0002", " ", "~~~\n", "```\n", "| a | b |\n|--|--|\n", "# ", "- ", "1. ",
    "> ", " ", "x", "word", "&lt;", "&#60;", "&", "<", ">", "<!--", "-->", "--!>", "<!", "<?", "]]>",
    "<![CDATA[", "</", "/>", "`", "``", "*", "**", "_", "#", "[x](", "![x](", ")", "[x]:", "[x]", "{:",
    "{#", "}", "{:.", "\\", "wzxhzdk:0", "é",
]  # fmt: skip


def quoted(value: str, quote: str) -> str:
    return f"{quote}{value}{quote}"


attributes = st.builds(
    lambda name, before, value, quote: f" {name}{before}{quoted(value, quote)}",
    st.sampled_from(ATTRIBUTES),
    st.sampled_from(["=", " = ", "=\n", ""]),
    st.sampled_from(VALUES),
    st.sampled_from(['"', "'", ""]),
)
start_tags = st.builds(
    lambda name, parts, end: f"<{name}{''.join(parts)}{end}",
    st.sampled_from(NAMES),
    st.lists(attributes, max_size=3),
    st.sampled_from([">", ">", ">", "/>", "", " ", "\n>", ">>"]),
)
end_tags = st.builds("</{}{}".format, st.sampled_from(NAMES), st.sampled_from([">", "", " x>", "/>"]))
links = st.builds(
    "{}{}{}".format,
    st.sampled_from(["[x](", "![x](", "[x]: ", "<"]),
    st.sampled_from(VALUES),
    st.sampled_from([")", ' "t")', "\n\n", ">"]),
)
lists = st.builds(lambda parts: f"{{:{''.join(parts)} }}", st.lists(attributes, max_size=2))
pieces = st.one_of(start_tags, end_tags, links, lists, st.sampled_from(WORDS))
pages = st.builds(
    lambda parts, cut: "".join(parts)[: len("".join(parts)) - cut],
    st.lists(pieces, max_size=14),
    st.integers(0, 3),
)


# The browser is asked about all examples at once: asking takes longer than reading.


def test_whatever_passes_the_gate_is_harmless(loaded: Page) -> None:
    passed = list[str]()

    @settings(max_examples=400)
    @given(html=pages)
    def pass_again(html: str) -> None:
        kept, dropped = sanitize(html)
        passed.append(kept)
        assert sanitize(kept) == (kept, ()), "what has passed passes again"
        assert all(one.word and one.fault for one in dropped)

    pass_again()
    assert len(set(passed)) > 175
    assert_harmless(loaded, *passed)


def test_a_page_is_harmless_and_says_what_it_leaves_out(loaded: Page) -> None:
    """As a page of the guide, and as quotations of it."""
    shown, without_problems = list[str](), list[tuple[str, str]]()

    @settings(max_examples=200)
    @given(text=pages)
    def read(text: str) -> None:
        text = f"# Page {{ #page }}\n\n## Part {{ #part }}\n\n{text}"
        try:
            page, problems = read_docs_page("guide/page.md", "page.md", text)
            guide, _ = read_guide_page("page.md", "page.md", text)
        except Unreadable:
            return
        shown.extend([page.html, *(str(section.html) for section in guide.sections.values())])
        assert all(1 <= problem.location.line <= text.count("\n") + 1 for problem in problems)
        assert all(problem.location.column >= 1 for problem in problems)
        if not problems:
            without_problems.append((markdown_to_html(page.body), page.html))

    read()
    assert len(set(shown)) > 350 and len(without_problems) > 25
    assert_harmless(loaded, *shown)
    assert lost_words(loaded, without_problems) == []


WORDS_OF = """(pairs) => pairs.flatMap(([written, kept]) => {
  const words = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent.split(/\\s+/);
  const there = new Set(words(kept));
  const lost = words(written).filter((word) => !there.has(word));
  return lost.length ? [[written, lost]] : [];
})"""


def lost_words(page: Page, pairs: list[tuple[str, str]]) -> list[object]:
    """What is written, where a browser would show words of it and does not show them of what has passed: these."""
    return list(page.evaluate(WORDS_OF, pairs))
