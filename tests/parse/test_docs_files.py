"""Files of docs/ that are no pages: what brings scripts of its own is told, at its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import lay_out, problems_of, write

REMEDY = "write a page in Markdown, and name scripts under extra_javascript in mkdocs.yml"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">\n{}\n</svg>\n'
HEAD = '<head><meta charset="utf-8"><title>A</title>{}</head>'
PAGE = f'<!doctype html>\n<html lang="en">\n{HEAD}\n<body>{{}}</body></html>\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay_out(None, tmp_path)


@pytest.mark.parametrize(
    ("picture", "at", "fault"),
    [
        ("<script>x()</script>", "2:1", "<script>"),
        ("<path onload='x()'/>", "2:1", "the attribute 'onload'"),
        ("<path\n  ONLOAD='x()'/>", "2:1", "the attribute 'onload'"),
        ("<foreignObject/>", "2:1", "<foreignObject>"),
        ("<image href='https://outside.example/x.png'/>", "2:1", "<image>"),
        ("<use href='https://outside.example/x.svg#a'/>", "2:1", "the attribute 'href' with an address outside"),
        ("<use xlink:href='other.svg#a'/>", "2:1", "the attribute 'href' with an address outside"),
        ("<use xlink:href='javascript:x()'/>", "2:1", "the attribute 'href' with an address outside"),
        ("<a href='javascript:x()'><path/></a>", "2:1", "<a>"),
        ("<animate attributeName='href' to='javascript:x()'/>", "2:1", "<animate>"),
        ("<set attributeName='onload' to='x()'/>", "2:1", "<set>"),
        ("<style>@import 'https://outside.example/x.css';</style>", "2:8", "a style that loads something"),
        ("<style>path { fill: url( 'https://outside.example/x') }</style>", "2:8", "a style that loads"),
        ("<path fill='url(https://outside.example/x)'/>", "2:1", "an address outside the picture"),
        ("<path style='fill: u\\72l(x)'/>", "2:1", "an address outside the picture"),
        ("<b xmlns='http://www.w3.org/1999/xhtml'/>", "2:1", "<b>"),
        ("<x:script xmlns:x='http://www.w3.org/2000/svg'/>", "2:1", "<script>"),
        ("<?xml-stylesheet href='x.css'?>", "2:1", "an instruction"),
    ],
)
def test_a_picture_that_could_run_or_load_something_is_told(root: Path, picture: str, at: str, fault: str) -> None:
    write(root, "docs/assets/x.svg", SVG.format(picture))
    found = problems_of(root)
    assert found and found[0].startswith(f"docs/assets/x.svg:{at}: holds {fault}")
    assert all(line.endswith(REMEDY) for line in found)


@pytest.mark.parametrize(
    "text", ["<svg>", "", "<svg/><svg/>", "no markup", '<!DOCTYPE svg [<!ENTITY x "<script/>">]><svg>&x;</svg>']
)
def test_a_picture_that_is_not_whole_is_told(root: Path, text: str) -> None:
    write(root, "docs/assets/x.svg", text)
    found = problems_of(root)
    assert found and all(line.startswith("docs/assets/x.svg:") for line in found)


@pytest.mark.parametrize(
    "picture",
    [
        "<title>A</title><g fill='url(#a)'><path d='M0 0' style='stroke: red'/></g>",
        "<style>path { fill: currentColor } @media screen { path { fill: url(#b) } }</style>",
        "<filter id='f'><feGaussianBlur stdDeviation='2'/></filter><use xlink:href='#f'/>",
        "<metadata><rdf xmlns='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/></metadata>",
    ],
)
def test_a_picture_that_only_draws_is_taken(root: Path, picture: str) -> None:
    write(root, "docs/assets/x.svg", SVG.format(picture))
    assert problems_of(root) == []


@pytest.mark.parametrize(
    ("head", "body", "word", "fault"),
    [
        ("<script src=x.js></script>", "", "<script", "<script>"),
        ("", "<script>x()</script>", "<script", "<script>"),
        ("", "<p onclick='x()'>x</p>", "onclick", "the attribute 'onclick'"),
        ("<link rel=stylesheet href=https://outside.example/x.css>", "", "https:", "an address on another host"),
        ("<meta http-equiv=refresh content='0;url=x'>", "", "http-equiv", "the attribute 'http-equiv'"),
        ("<meta charset=iso-2022-jp>", "", "iso", "the encoding 'iso-2022-jp', not utf-8"),
        ("<title><a title='</title><img src=x onerror=x()>'></title>", "", "a title", ""),
        ("", "<a href=javascript:x()>x</a>", "javascript:", "an address that begins with 'javascript:'"),
        ("", "<iframe src=x></iframe>", "<iframe", "<iframe>"),
        ("", "<img src=x onerror=x() ", "<img", "'<img src=x onerror=x()"),
    ],
)
def test_a_document_that_could_run_or_load_something_is_told(
    root: Path, head: str, body: str, word: str, fault: str
) -> None:
    text = PAGE.format(head, body)
    text = text[: text.index("</body>")] if body.endswith(" ") else text
    write(root, "docs/x.html", text)
    before = text[: text.index(word)]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    found = problems_of(root)
    assert found and found[0].startswith(f"docs/x.html:{line}:{column}: holds {fault}")


def test_a_document_of_words_is_taken(root: Path) -> None:
    write(
        root,
        "docs/x.html",
        PAGE.format(
            "<link rel=stylesheet href=assets/x.css>",
            "<h1 id=a>A</h1><p>The title of a <a href=y.html>link</a></p>",
        ),
    )
    assert problems_of(root) == []


@pytest.mark.parametrize("name", ["x.js", "x.mjs", "assets/X.JS", "x.wasm"])
def test_a_script_is_for_the_settings_to_name(root: Path, name: str) -> None:
    write(root, f"docs/{name}", "x()")
    told = f"docs/{name}:1:1: is a script that mkdocs.yml does not name: name it under extra_javascript"
    assert problems_of(root) == [told]
    for settings in (f"extra_javascript: [{name}]", f"extra_javascript:\n  - path: ./{name}\n    defer: true"):
        write(root, "mkdocs.yml", f"site_name: A\n{settings}\n")
        assert problems_of(root) == []
    write(root, "mkdocs.yml", f"site_name: A\nexclude_docs: /{name}\n")
    assert problems_of(root) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("guide/RULES.md", "guide/rules.md"),
        ("om.markdown", "om.md"),
        ("a\u030a.md", "\u00e5.md"),
        ("guide/README.md", "guide/index.md"),
        ("assets/A.svg", "assets/a.svg"),
    ],
)
def test_two_files_of_one_address_are_told(root: Path, first: str, second: str) -> None:
    for name in (first, second):
        write(root, f"docs/{name}", SVG.format("") if name.endswith("svg") else "# A\n")
    (line,) = problems_of(root)
    assert (
        line
        == f"docs/{second}:1:1: has the same address as docs/{first}, at least on Windows and macOS: rename one"
    )
