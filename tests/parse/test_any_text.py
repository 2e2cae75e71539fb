"""Any text, wherever an author may write one, is read or refused in plain lines.

What fails here becomes a named case in `cases/`.
"""

from __future__ import annotations

import posixpath
import re
import shutil
import tempfile
import unicodedata
from pathlib import Path

import lxml.html
import pytest
from conftest import ROOT
from helpers import (
    BASE,
    CASES,
    DAY,
    as_html,
    assert_harmless,
    check,
    lay_out,
    problems_of,
    read_guide_page,
    resolved,
    write,
)
from hypothesis import example, given, settings
from hypothesis import strategies as st
from random_texts import PIECES, prose
from random_trees import WORDS, without_trees

from guidetrees.check.checker import hints
from guidetrees.parse.author_markdown import render_author_markdown
from guidetrees.parse.guide import from_tree_page
from guidetrees.parse.ids import ID, slug
from guidetrees.project.project import read_project
from guidetrees.render import site_pages
from guidetrees.render.context import prepare
from guidetrees.source.files import INVISIBLE, Unreadable
from guidetrees.source.yaml import read_yaml

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


@settings(max_examples=60)
@given(any_yaml)
def test_any_tree_gives_pages_or_problems(text: str) -> None:
    root = lay_out(None, without_trees())
    write(root, "decision_trees/case.yml", text.encode("utf-8", errors="surrogatepass"))
    assert_pages_or_problems(root)


@settings(max_examples=50)
@given(st.binary(max_size=40), st.sampled_from([b"", b"\xef\xbb\xbf", b"\xff\xfe", b"title: "]))
@example(b"\xff", b"\xef\xbb\xbf")
def test_any_bytes_give_pages_or_problems(content: bytes, before: bytes) -> None:
    root = without_trees()
    write(root, "decision_trees/case.yml", before + content)
    assert_pages_or_problems(root)


@settings(max_examples=30)
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


@settings(max_examples=60)
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


@settings(max_examples=100)
@given(prose)
def test_any_markdown_becomes_harmless_html(text: str) -> None:
    found = render_author_markdown(text, lambda target: "../t/n.html" if target == "y" else None)
    document = lxml.html.document_fromstring(f"<html><body><main>{found.html}</main></body></html>")
    for element in document.body.iter("img"):
        assert "src" not in element.attrib
        element.tag = "span"
    assert_harmless(document.body)
    for fault in found.faults:
        assert fault.message.isprintable() and 0 <= fault.at <= len(text), fault


@settings(max_examples=100)
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


NAMES = st.sampled_from(["a.md", "b/c.md", "../d.md", "e/../f.md", "g.png", "./h.md", "i.j/k.md"])
INNER = NAMES.filter(lambda name: name.startswith(("a", "b/", "i")))


@given(INNER, NAMES, st.sampled_from(["", "#x", "#x.md", "#a#b"]))
def test_an_address_of_the_guide_leads_to_the_same_page_from_a_tree(path: str, url: str, fragment: str) -> None:
    target = posixpath.normpath(posixpath.join("guide", posixpath.dirname(path), url))
    page = target.removesuffix(".md") + ".html" if target.endswith(".md") else target
    found, mark, rest = from_tree_page(url + fragment, f"guide/{path}").partition("#")
    assert resolved("tree/node.html", found) == page
    assert mark + rest == fragment


@given(INNER, st.sampled_from(["https://a.dk/b.md#c", "mailto:a@b.dk", "tel:1", "//a.dk/b.md", "/b.md"]))
def test_a_whole_address_stays_as_it_is(path: str, url: str) -> None:
    assert from_tree_page(url, f"guide/{path}") == url


# Random changes of real files and of addresses

FILES = [p.read_bytes() for p in [*sorted((ROOT / "decision_trees").glob("*.yml")), CASES / "valid/every-key.yml"]]
TOKENS = [
    b": ",
    b"- ",
    b"[",
    b"]",
    b"{",
    b"}",
    b"|",
    b"'",
    b'"',
    b"&a ",
    b"*a",
    b"!!x ",
    b"\x00",
    b"\xff",
    b"\xe2\x80\xae",
    b"<script>",
    b"../",
    b"#",
    b"when: ",
    b"goto: ",
    b"\t",
    b"\r",
    b"\n",
    b"---\n",
    b"? ",
    b"<<: ",
    b"%",
    b"\\",
]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A real file with bytes flipped, lines lost, doubled or moved, and tokens put in."""
    data = bytearray(draw(st.sampled_from(FILES)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data) - 1))
        begin = data.rfind(b"\n", 0, at) + 1
        end = data.find(b"\n", at) + 1 or len(data)
        line = bytes(data[begin:end])
        match draw(st.integers(0, 5)):
            case 0:
                data[at] ^= 1 << draw(st.integers(0, 7))
            case 1:
                del data[begin:end]
            case 2:
                data[begin:begin] = line * draw(st.integers(1, 3))
            case 3:
                data[begin:begin] = b" " * draw(st.integers(1, 4))
            case 4:
                data[begin:end] = line.lstrip(b" ")
            case _:
                data[at:at] = draw(st.sampled_from(TOKENS))
        data = data or bytearray(b"\n")
    return bytes(data)


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("fuzzed")
    shutil.copytree(ROOT / "docs/guide", root / "docs/guide")
    shutil.copytree(ROOT / "decision_trees", root / "decision_trees")
    return root


@settings(max_examples=25)
@given(data=mutated(), name=st.sampled_from(["case", "er-det-digital-behandling", "contacts", "updates"]))
def test_a_changed_file_gives_lines(fuzzed: Path, data: bytes, name: str) -> None:
    place = fuzzed / f"decision_trees/{name}.yml"
    before = place.read_bytes() if place.exists() else None
    place.write_bytes(data)
    try:
        lines = problems_of(fuzzed)
        assert all(re.match(r"[\w./-]+:\d+:\d+: ", line) and line.isprintable() for line in lines)
        if not lines:
            hints(read_project(fuzzed), DAY)
    finally:
        place.unlink()
        if before is not None:
            place.write_bytes(before)
