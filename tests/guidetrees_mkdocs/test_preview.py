"""The page that a preview shows in place of a site with problems, as a text and to the eye."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import axe
import pytest
from browser import Log
from lxml import html
from playwright.sync_api import Browser

from guidetrees.check.checker import Finding
from guidetrees.messages.message import quoted, say
from guidetrees.messages.words import read_words
from guidetrees.source.location import Location, Problem
from guidetrees_mkdocs.preview import at_every_address
from guidetrees_mkdocs.problems_site import MAX_LENGTH, PROBLEMS_STYLE, TEMPLATES, Line, excerpt, problems_page

FILE = "decision_trees/tree.yml"
SOURCE = [
    "title: A tree",
    "start: a",
    "",
    "nodes:",
    "  a:",
    "    goto: nowhere at all",
    "  b:",
    "    x: 1",
    "",
    "",
]


def page_of(root: Path, *findings: Finding, source: bytes | None = None, language: str = "en") -> html.HtmlElement:
    (root / "decision_trees").mkdir(exist_ok=True)
    (root / FILE).write_bytes("\n".join(SOURCE).encode() if source is None else source)
    return html.document_fromstring(problems_page(root, findings, "A site", read_words(language), "/"))


def finding(place: Location, message: str) -> Finding:
    return Finding(Problem(place, quoted(message)), "error", "a-rule")


def lines(page: html.HtmlElement) -> list[str]:
    """`12 text`, with `>` before the number of the line with the problem and `[…]` around what is marked."""
    for mark in page.iter("mark"):
        mark.text = f"[{mark.text}]"
    return [
        f"{'>' * (span.get('class') == 'faulty')}{span.get('data-number')} {span.text_content().rstrip()}".rstrip()
        for span in page.xpath("//pre/span")
    ]


def test_a_problem_stands_with_the_lines_around_it(tmp_path: Path) -> None:
    page = page_of(tmp_path, finding(Location(FILE, 6, 11), "goto: no node 'nowhere'"))
    assert page.xpath("string(//h1)") == "Problems: 1"
    assert page.xpath("string(//title)") == "Problems: 1 – A site"
    assert page.xpath("string(//h2)") == f"{FILE}:6:11: goto: no node 'nowhere' [a-rule]"
    assert lines(page) == [
        "3", "4 nodes:", "5   a:", ">6     goto: [nowhere] at all", "7   b:", "8     x: 1", "9"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "heading", "message"), [("da", "Fejl: 2", "er tom"), ("en", "Problems: 2", "is empty")]
)
def test_the_page_speaks_the_sites_language(tmp_path: Path, language: str, heading: str, message: str) -> None:
    problem = Finding(Problem(Location(FILE), say("is empty")), "error", "language")
    page = page_of(tmp_path, problem, problem, language=language)
    assert page.get("lang") == language
    assert page.xpath("string(//h1)") == heading
    assert page.xpath("string(//h2)") == f"{FILE}:1:1: {message} [language]"
    assert page.xpath("//@lang") == [language]


@pytest.mark.parametrize(
    ("line", "column", "marked"),
    [(1, 1, "[title]: A tree"), (1, 6, "title[:] A tree"), (1, 7, "title:[ ]A tree"), (4, 7, "nodes:[ ]"),
     (4, 70, "nodes:[ ]"), (3, 1, "[ ]"), (10, 1, "[ ]"), (99, 1, "[ ]")],
)  # fmt: skip
def test_what_is_marked_is_a_word_or_a_sign_or_the_place_behind_them(
    tmp_path: Path, line: int, column: int, marked: str
) -> None:
    page = page_of(tmp_path, finding(Location(FILE, line, column), "is odd"))
    (faulty,) = (line for line in lines(page) if line.startswith(">"))
    found = faulty.partition(" ")[2]
    assert found == marked


def test_a_hostile_text_stays_text(tmp_path: Path) -> None:
    source = "a: <script>alert(1)</script>\nb: </pre><img src=x onerror=alert(1)>\n"
    message = "<script>alert(2)</script> & \"'"
    page = page_of(tmp_path, finding(Location(FILE, 1, 4), message), source=source.encode())
    assert page.xpath("//script | //img") == []
    assert lines(page)[:2] == [">1 a: [<]script>alert(1)</script>", "2 b: </pre><img src=x onerror=alert(1)>"]
    assert message in page.xpath("string(//h2)")


def test_signs_that_cannot_be_seen_are_shown_and_reorder_nothing(tmp_path: Path) -> None:
    page = page_of(tmp_path, finding(Location(FILE, 1, 4), "is odd"), source="a: \u202eb\x00c\u2028".encode())
    assert lines(page) == [">1 a: [\ufffd]b\ufffdc\ufffd"]


def test_bytes_that_are_no_utf_8_are_shown_as_such(tmp_path: Path) -> None:
    page = page_of(
        tmp_path,
        finding(Location(FILE, 2, 4), "is odd"),
        source="\ufeffa: b\r\nc: bl\xe5".encode("latin-1", "ignore"),
    )
    assert lines(page) == ["1 a: b", ">2 c: [bl]\ufffd"]


def test_of_a_long_line_the_part_around_the_problem_is_shown(tmp_path: Path) -> None:
    long = "x " * 5000
    source = f"{long}\n{'y ' * 5000}here{' z' * 5000}\n"
    page = page_of(tmp_path, finding(Location(FILE, 2, 10_001), "is odd"), source=source.encode())
    first, second, *_ = lines(page)
    assert len(first) < MAX_LENGTH + 10 and first.endswith("…")
    assert len(second) < MAX_LENGTH + 30 and "…y y" in second and "y [here] z" in second and second.endswith("…")


@pytest.mark.parametrize("file", ["decision_trees/gone.yml", "decision_trees"])
def test_a_problem_of_what_cannot_be_opened_has_no_lines(tmp_path: Path, file: str) -> None:
    page = page_of(tmp_path, finding(Location(file), "cannot be read"))
    assert page.xpath("string(//h2)") == f"{file}:1:1: cannot be read [a-rule]"
    assert page.xpath("//pre") == []


def test_an_empty_file_has_no_lines() -> None:
    assert excerpt([""], Location(FILE)) == []
    assert excerpt(["a"], Location(FILE)) == [Line(1, "", "a", "", faulty=True)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_is_accessible_and_asks_for_nothing(
    tmp_path: Path, browser: Browser, scheme: axe.Scheme, width: int
) -> None:
    problem = finding(Location(FILE, 6, 11), f"goto: no node 'nowhere' {'and-on' * 40}")
    page_of(tmp_path, problem)
    long = [*SOURCE[:6], "    " + "word" * 200]
    (tmp_path / FILE).write_text("\n".join(long), "utf-8")
    text = problems_page(tmp_path, [problem, finding(Location(FILE, 3), "is odd")], "A site", read_words("da"), "")
    shutil.copy(TEMPLATES / PROBLEMS_STYLE, tmp_path)
    (tmp_path / "page.html").write_text(text, "utf-8")
    context = browser.new_context(bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    log = Log(page)
    page.goto((tmp_path / "page.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert (log.outside(tmp_path.as_uri()), log.complaints) == ([], [])
    page.evaluate(axe.SCRIPT)
    assert list(axe.violations(page, "problems", f"{scheme}, {width} px")) == []
    context.close()


# The server of a preview


def site(*pages: str) -> Callable[..., Iterable[bytes]]:
    """A server of pages whose text is their path."""

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        start_response("200 OK" if path in pages else "404 Not Found", [("X-Path", path)])
        return [path.encode() if path in pages else b"nothing"]

    return app


def asked(app: Callable[..., Iterable[bytes]], path: str) -> tuple[str, str]:
    status, _, body = at_every_address(app, "/at/", {"PATH_INFO": path})
    return re.sub(" .*", "", status), b"".join(body).decode()


def test_a_preview_shows_what_is_there() -> None:
    app = site("/at/a.html", "/at/problems.html", "/at/404.html")
    assert asked(app, "/at/a.html") == ("200", "/at/a.html")


def test_a_preview_shows_problems_at_every_other_address() -> None:
    app = site("/at/problems.html", "/at/404.html")
    assert [asked(app, path) for path in ("/at/", "/at/a.html", "/b")] == [("200", "/at/problems.html")] * 3


def test_without_problems_a_missing_page_is_missing() -> None:
    assert asked(site("/at/404.html"), "/at/a.html") == ("404", "/at/404.html")
    assert asked(site(), "/at/a.html") == ("404", "nothing")
