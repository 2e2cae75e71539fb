"""HTML as browsers read it, and what the engine asks of it. test_csp.py asks a browser about scripts."""

from __future__ import annotations

import pytest

from guidetrees.parse.html_tree import (
    End,
    Part,
    charset_end,
    first_heading,
    fragment,
    heading_places,
    ids,
    inline_scripts,
    links,
    paragraphs,
    walk,
    words_of,
)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>a <b>b\n c</b>&amp;<!-- d -->&nbsp;<br>e</p>", "a b c& e"),
        ("<p>a<p title='>'>b</p>", "ab"),
        ("a < b <i", "a < b"),
        ("", ""),
    ],
)
def test_words(html: str, words: str) -> None:
    assert words_of(fragment(html)) == words


@pytest.mark.parametrize(
    ("html", "heading"),
    [
        ("<p>x</p><H1 title='</h1>'>A <em>&lt;b&gt;</em>\n c</H1><h1>d</h1>", "A <b> c"),
        ("<!-- <h1>x</h1> --><h2>y</h2>", ""),
    ],
)
def test_the_first_heading(html: str, heading: str) -> None:
    assert first_heading(html) == heading


def test_ids() -> None:
    html = "<p id=a><b title=' id=\"x\"' ID='b&amp;c' id=x></b></p><!-- <i id=x> --><i data-id=x id=''></i>id='x'"
    assert ids(html) == {"a", "b&c"}


def test_links() -> None:
    html = (
        "<a class='>' HREF='https://a.example/?b&amp;c'>x</a><a href=\n d >y</a><a name=x><a data-href=x>"
        "<textarea><a href=x></a></textarea><!-- <a href=x> --><a href=' e\n'></a><area href=x><a href>"
    )
    assert links(fragment(html)) == ["https://a.example/?b&c", "d", "e", ""]


def test_paragraphs() -> None:
    html = (
        "<p>a <b>b</b></p>\n<ul><li>c<ul><li>d &lt;</li></ul> e</li></ul><table><tr><td>f<td>g</table><!-- h -->"
    )
    assert paragraphs(html) == ["a b", "c", "d <", "e", "f", "g"]


def told(part: Part) -> str:
    if isinstance(part, str):
        return part
    return f"</{part.tag}>" if isinstance(part, End) else f"<{part.tag}>"


def test_what_is_in_an_element_comes_in_order_with_ends() -> None:
    html = "a<p>b<br>c<i>d</p>e<!-- f --><template>g</template>"
    assert "".join(map(told, walk(fragment(html)))) == ("a<p>b<br></br>c<i>d</i></p><i>e<template></template></i>")
    assert "".join(map(told, walk(fragment("a<p>b<i>c</i></p>d"), lambda element: element.tag == "p"))) == "ad"


def test_no_nesting_is_too_deep() -> None:
    deep = "<div>" * 5000
    assert sum(isinstance(part, End) for part in walk(fragment(deep))) == 5000
    assert len(heading_places(f"{deep}<h2>x")) == 1
    # Browsers and the parser nest about 510 elements. What follows is in one parent: a script there has no text.
    assert list(inline_scripts("<div>" * 500 + "<script>x</script>")) == ["x"]
    assert list(inline_scripts(f"{deep}<script>x</script></div><script>y</script>")) == ["y"]


PLACES = {
    "<h1>a</h1><p>b</p><H2 id='>'>c</h2 >d": [("<h1>", "</h1>"), ("<H2 ", "</h2 >")],
    "<div>\r\n<div class='x\r\ny'> <h2>a</h2></div></div>\r\n<h3>b</h3>": [("<div>", "</h2>"), ("<h3>", "</h3>")],
    "<div>x<h2>a</h2></div><div><!-- x --><h2>b</h2></div>": [("<h2>a", "a</h2>"), ("<h2>b", "b</h2>")],
    "<div><p>x</p><div><h2>a</h2></div></div>": [("<div><h2>", "</h2>")],
    "<section><h2>a</h2></section>": [("<h2>", "</h2>")],
    "<!-- <h2>x</h2> --><pre># x</pre><textarea><h2>x</h2></textarea>æ<h6>a": [("<h6>", "<h6>")],
    "": [],
}
"""What begins each heading with its boxes, and what ends it."""


@pytest.mark.parametrize("html", PLACES)
def test_places_of_headings(html: str) -> None:
    wanted = [(html.index(begin), html.index(end) + len(end)) for begin, end in PLACES[html]]
    assert [(place.start, place.end) for place in heading_places(html)] == wanted


def test_places_say_which_heading_it_is() -> None:
    assert [place.tag for place in heading_places("<H1>a</H1><h3>b</h3>")] == ["h1", "h3"]


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("\r\n<html>\r\n<meta charset='utf-8'>", "\r\n"),
        ("<meta name=x><META CHARSET = UTF-8 />", "<p>"),
        ("<!-- <meta charset=utf-8> --><meta charset=utf-8>", ""),
    ],
)
def test_the_place_of_the_encoding(before: str, behind: str) -> None:
    assert charset_end(before + behind) == len(before)


@pytest.mark.parametrize("html", ["", "<p><meta charset=utf-8>", "<title><meta charset=utf-8></title>"])
def test_a_page_may_not_say_its_encoding(html: str) -> None:
    assert charset_end(html) is None
