"""Authors' Markdown: what becomes of it, and what is refused."""

from __future__ import annotations

import re

import lxml.html
import pytest
from helpers import BASE
from hypothesis import example, given, settings
from hypothesis import strategies as st

from guidetrees.messages.words import read_words
from guidetrees.parse.author_markdown import Prose, render_author_markdown, unmarked
from guidetrees.parse.list_markers import months
from guidetrees.parse.markdown_bounds import TOO_DEEP
from guidetrees.parse.markdown_rules import parser
from guidetrees.project.project import read_project
from guidetrees.render.context import prepare
from guidetrees.render.page import Page
from guidetrees.search.documents import entries, plain

SITE = prepare(read_project(BASE), read_words("da"))
PAGES = {"node": "../tree/node.html", "tree:": "../tree/index.html", "rules.md#a": "../guide/rules.html#a"}
ADVICE = "write Markdown, or put the text between `backticks`"


def html(text: str) -> str:
    """`text` as HTML. It has no faults."""
    prose = render_author_markdown(text, PAGES.get)
    assert prose.faults == ()
    return prose.html


def messages(prose: Prose) -> tuple[str, ...]:
    return tuple(fault.message for fault in prose.faults)


def faults(text: str) -> list[str]:
    return list(messages(render_author_markdown(text, PAGES.get)))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("One *two* **three** `<b>`", "<p>One <em>two</em> <strong>three</strong> <code>&lt;b&gt;</code></p>"),
        ("One & two &amp; three < four", "<p>One &amp; two &amp; three &lt; four</p>"),
        ("One\n\nTwo", "<p>One</p>\n<p>Two</p>"),
        ("> One", "<blockquote>\n<p>One</p>\n</blockquote>"),
        ("    <b>", "<pre><code>&lt;b&gt;\n</code></pre>"),
        ("{: #id .x onclick=y }", "<p>{: #id .x onclick=y }</p>"),
        ("One { #id }", "<p>One { #id }</p>"),
        ("{{ x }} {% y %}", "<p>{{ x }} {% y %}</p>"),
        ("a <div b", "<p>a &lt;div b</p>"),
        ("1 < 2 > 0", "<p>1 &lt; 2 &gt; 0</p>"),
        ("]]>", "<p>]]&gt;</p>"),
    ],
)
def test_markdown_becomes_html(text: str, wanted: str) -> None:
    assert html(text) == wanted


def test_a_list_of_numbers_after_points_is_another_list() -> None:
    assert html("- a\n- b\n\n1. c\n2. d\n").count("</ul>") == 1
    assert "<ol>" in html("- a\n- b\n\n1. c\n2. d\n")


def test_what_looks_like_the_address_of_a_link_stays_a_text() -> None:
    """A text is read once and its links are resolved where it stands, by what stands in their addresses."""
    said = 'link0 linkx0 href="link0" href="linkx0"'
    assert html(f"{said} [a](node) `{said}` [b](tree:)") == (
        f'<p>{said} <a href="../tree/node.html">a</a> <code>{said}</code> <a href="../tree/index.html">b</a></p>'
    )


def test_a_text_in_two_places_has_the_links_of_each() -> None:
    text = "[a](node) and [b](other)"
    assert 'href="up.html"' in render_author_markdown(text, {"node": "up.html"}.get).html
    assert 'href="down.html"' in render_author_markdown(text, {"other": "down.html"}.get).html
    assert [fault.target for fault in render_author_markdown(text, {"other": "down.html"}.get).faults] == ["node"]
    assert render_author_markdown(text, {"node": "a", "other": 'b"c&d'}.get).html.count("b&#34;c&amp;d") == 1


SIGNS = st.text(st.sampled_from("aÆé1 \n .,;:?!()'\"«»“”–—/%§…-_*#>=+`[]<&\\|{}~\t\u00a0\u2028\x02"), max_size=40)


@settings(max_examples=400)
@given(text=SIGNS)
@example("One\n\nTwo\nthree\n")
@example("1. one")
@example("a\n===")
@example("a  \nb")
@example("Se www.a.dk og")
@example("Se https://a.dk")
@example("a) b\nb) c")
def test_a_text_without_signs_of_markdown_is_what_the_parser_makes_of_it(text: str) -> None:
    plain = unmarked(text)
    if plain is not None:
        assert plain == parser().render(text).rstrip("\n")
        assert faults(f"{text}\n\n*a*") == []


def test_common_texts_are_without_signs_of_markdown() -> None:
    assert unmarked("Du får et svar – måske to (se «guiden»).\n\nEr det nok?\n") is not None


def test_headings_begin_under_the_pages_own() -> None:
    assert html("# One\n\n## Two\n\n# Three") == "<h2>One</h2>\n<h3>Two</h3>\n<h2>Three</h2>"
    assert html("### One\n\n#### Two") == "<h2>One</h2>\n<h3>Two</h3>"
    assert html("# One\n\n###### Six") == "<h2>One</h2>\n<h6>Six</h6>"


def test_a_tables_alignment_is_a_class_and_no_inline_style() -> None:
    found = html("| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |")
    assert "style" not in found
    assert [cell.get("class") for cell in lxml.html.fromstring(found).iter("td")] == [
        "gt-left",
        "gt-center",
        "gt-right",
    ]


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("[x](node)", "../tree/node.html"),
        ("[x](tree:)", "../tree/index.html"),
        ("[x](rules.md#a)", "../guide/rules.html#a"),
        ("[x][1]\n\n[1]: node", "../tree/node.html"),
        ("[x](https://a.dk/?b=1&c=2#d)", "https://a.dk/?b=1&c=2#d"),
        ("[x](https://a.dk/?b=1&amp;c=2)", "https://a.dk/?b=1&c=2"),
        ("[x](HTTPS://a.dk)", "HTTPS://a.dk"),
        ("<https://a.dk/æ>", "https://a.dk/æ"),
        ("[x](tel:112)", "tel:112"),
        ("[x](mailto:a@b.dk)", "mailto:a@b.dk"),
        ("<a@b.dk>", "mailto:a@b.dk"),
        (r"[x](https://a.dk/b\_c)", "https://a.dk/b_c"),
        ("[x](https://a.dk/b_c_d*e*)", "https://a.dk/b_c_d*e*"),
    ],
)
def test_links_lead_where_they_are_meant_to(text: str, href: str) -> None:
    (link,) = lxml.html.fromstring(f"<div>{html(text)}</div>").iter("a")
    assert link.get("href") == href


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("[x](nowhere)", "nowhere"),
        ("[x](javascript:alert(1))", "javascript:alert(1)"),
        ("[x](JavaScript:alert(1))", "JavaScript:alert(1)"),
        ("[x](&#106;avascript:alert(1))", "javascript:alert(1)"),
        ("[x](data:text/html,y)", "data:text/html,y"),
        ("[x](//a.dk)", "//a.dk"),
        ("[x](/a)", "/a"),
        ("[x](../a)", "../a"),
        ("[x](#a)", "#a"),
        ("[x](rules.md#b)", "rules.md#b"),
        ("[x](a_b)", "a_b"),
        (r"[x](a\_b)", "a_b"),
        ("[x][1]\n\n[1]: nowhere", "nowhere"),
        ("<ftp://a.dk>", "ftp://a.dk"),
        ("[x]()", ""),
    ],
)
def test_a_link_to_nowhere_is_a_fault_and_no_link(text: str, target: str) -> None:
    prose = render_author_markdown(text, PAGES.get)
    assert messages(prose) == (f"the link '{target}' leads nowhere",)
    assert prose.faults[0].target == target
    assert "href" not in prose.html


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("<b>x</b>", "<b>"),
        ("<script>alert(1)</script>", "<script>"),
        ("<div\nclass='x'>", "<div class='x'>"),
        ("a <br/> b", "<br/>"),
        ("a <br> b", "<br>"),
        ("<x-y z>", "<x-y z>"),
        ("a <!-- b --> c", "<!--"),
        ("a <![CDATA[ b ]]> c", "<![CDATA["),
        ("a <!DOCTYPE html>", "<!D"),
        ("a <?php b ?>", "<?p"),
        ("# <i>a</i>", "<i>"),
        ("- <i>a</i>", "<i>"),
        ("| a |\n|---|\n| <i>b</i> |", "<i>"),
        ("[<i>x</i>](node)", "<i>"),
        ("**<i>x</i>**", "<i>"),
    ],
)
def test_html_is_a_fault_and_text_on_the_page(text: str, tag: str) -> None:
    prose = render_author_markdown(text, PAGES.get)
    assert messages(prose) == (f"holds HTML ({tag}): {ADVICE}",)
    names = {element.tag for element in lxml.html.fromstring(f"<div>{prose.html}</div>").iter()}
    assert names <= {"div", "p", "h2", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "a", "strong"}


def test_several_faults_are_all_named_each_once() -> None:
    assert faults("<i>a</i> <i>b</i> <u>c</u> [x](nowhere) [y](nowhere) ![z](z.png)") == [
        f"holds HTML (<i>): {ADVICE}",
        f"holds HTML (<u>): {ADVICE}",
        "the link 'nowhere' leads nowhere",
        "holds a picture: pictures belong on the guide's pages",
    ]


@pytest.mark.parametrize("text", ["![x](y.png)", "![x][1]\n\n[1]: y.png", "[![x](y.png)](node)"])
def test_a_picture_is_a_fault_and_loads_nothing(text: str) -> None:
    prose = render_author_markdown(text, PAGES.get)
    assert messages(prose) == ("holds a picture: pictures belong on the guide's pages",)
    assert "src" not in prose.html


def test_titles_of_links_make_no_attributes() -> None:
    found = html('[x](https://a.dk "y\' onclick=z")')
    (link,) = lxml.html.fromstring(found).iter("a")
    assert set(link.attrib) == {"href", "title"}


@pytest.mark.parametrize(
    "text", ["- " * 2000 + "x", ">" * 2000 + "x", "".join("  " * i + "- a\n" for i in range(30))]
)
def test_nesting_too_deep_is_a_fault(text: str) -> None:
    prose = render_author_markdown(text, PAGES.get)
    assert messages(prose) == ("is nested too deep for Markdown",)
    assert "<" not in prose.html


@pytest.mark.parametrize(
    "text", ["*" * 2000, "_a" * 1000, "`" * 2001, "[x] (x) " * 900, "[" * 2000, "<a " * 500, "1. " * 2000 + "x"]
)
def test_many_signs_are_no_fault(text: str) -> None:
    assert faults(text) == []


def test_a_text_that_cannot_be_read_leaves_nothing_behind_for_the_next() -> None:
    deep = "- " * 2000 + "a"
    assert messages(render_author_markdown(deep, str)) == (TOO_DEEP,)
    assert render_author_markdown("[a](b) and <i>", str).faults
    assert render_author_markdown("- One\n- Two", str).html == "<ul>\n<li>One</li>\n<li>Two</li>\n</ul>"
    assert render_author_markdown("</i>", str).faults, "what another text has opened is not open here"


# What begins with a number


@pytest.mark.parametrize(
    "text",
    [
        "15. juni 2027 er sidste frist.",
        "15.  Juni 2027",
        "1. jan. 2027",
        "1. jul. 2027",
        "Vi lukker\n1. juli og\n2. august.",
        "Vi lukker\n\n24. december",
        "- Fristen er\n  15. juni",
        "> 15. juni\n> 2027",
        "3. sal",
        "Der er lukket på\n3. sal og\n1. sal",
        "1. instans",
        "1) Aflever bogen",
        "112. Ring",
        "1986. Et godt år\n\nog\n\n1987. Endnu et",
        "> 10 personer?",
        "Er I\n> 10 personer",
        "5.5 timer",
        "5*3*2 og 2_3_4",
    ],
)
def test_a_text_keeps_the_number_that_it_begins_with(text: str) -> None:
    words = " ".join(lxml.html.fromstring(f"<div>{html(text)}</div>").text_content().split())
    assert words == " ".join(text.replace("- ", "", 1).replace("> 15", "15").replace("\n> 2", "\n2").split())


def numbers(text: str) -> list[tuple[str, str | None, list[str | None]]]:
    """The lists of a text: each with its tag, its first number and the numbers of its entries."""
    lists = lxml.html.fromstring(f"<div>{html(text)}</div>").xpath("//ol | //ul")
    return [(one.tag, one.get("start"), [entry.get("value") for entry in one]) for one in lists]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1. a\n2. b", [("ol", None, ["1", "2"])]),
        ("1) a\n2) b", [("ol", None, ["1", "2"])]),
        ("3. a\n4. b", [("ol", "3", ["3", "4"])]),
        ("0. a\n1. b", [("ol", "0", ["0", "1"])]),
        ("1. a\n1. b\n1. c", [("ol", None, ["1", "2", "3"])]),
        ("1. a\n3. b\n4. c", [("ol", None, ["1", "3", "4"])]),
        ("1. a\n2. b\n2. c", [("ol", None, ["1", "2", "2"])]),
        ("1. a\n2. b\n24. december er lukket", [("ol", None, ["1", "2", "24"])]),
        ("Gør så:\n1. a\n2. b", [("ol", None, ["1", "2"])]),
        ("Så:\n4. a\n5. b", [("ol", "4", ["4", "5"])]),
        ("1. a\nmore of it\n2. b", [("ol", None, ["1", "2"])]),
        ("1. a\n\n   more of it", [("ol", None, ["1"])]),
        ("1. a\n   - b\n2. c", [("ol", None, ["1", "2"]), ("ul", None, [None])]),
        ("1. a\n    - b\n2. c", [("ol", None, ["1", "2"]), ("ul", None, [None])]),
        ("- a\n  - b\n- c", [("ul", None, [None, None]), ("ul", None, [None])]),
        ("- a\n    - b\n- c", [("ul", None, [None, None]), ("ul", None, [None])]),
        ("- a\n\n  1. b\n  2. c\n- d", [("ul", None, [None, None]), ("ol", None, ["1", "2"])]),
        ("> 1. a\n> 2. b", [("ol", None, ["1", "2"])]),
        ("Husk:\n- a\n- b", [("ul", None, [None, None])]),
        ("Husk:\n* a\n* b", [("ul", None, [None, None])]),
    ],
)
def test_a_list_is_what_its_author_wrote(
    text: str, wanted: list[tuple[str, str | None, list[str | None]]]
) -> None:
    assert numbers(text) == wanted


def test_months_are_those_of_languages_that_write_the_day_with_a_point() -> None:
    assert {"juni", "maj", "jan.", "dec."} <= months() and not {"june", "may", "march"} & months()


# Addresses that stand bare, and other signs


@pytest.mark.parametrize(
    ("text", "href", "words"),
    [
        ("Se https://a.dk/b_c_d.", "https://a.dk/b_c_d", "https://a.dk/b_c_d"),
        ("(http://a.dk/b_(c))", "http://a.dk/b_(c)", "http://a.dk/b_(c)"),
        ("**https://a.dk/?b=1&c=2#d**", "https://a.dk/?b=1&c=2#d", "https://a.dk/?b=1&c=2#d"),
        ("Se WWW.a.dk, eller", "https://WWW.a.dk", "WWW.a.dk"),
        ("Skriv til a.b-c@d.dk.", "mailto:a.b-c@d.dk", "a.b-c@d.dk"),
        ("| a |\n|---|\n| https://a.dk |", "https://a.dk", "https://a.dk"),
    ],
)
def test_a_bare_address_is_a_link(text: str, href: str, words: str) -> None:
    (link,) = lxml.html.fromstring(f"<div>{html(text)}</div>").iter("a")
    assert (link.get("href"), link.text) == (href, words)


@pytest.mark.parametrize(
    "text", ["`https://a.dk`", "a@b", "x.www.a", "https://", "www.", "@a.dk", r"https\://a.dk", "ahttps://a.dk"]
)
def test_what_is_no_address_is_no_link(text: str) -> None:
    assert "<a" not in html(text)


def test_an_address_in_a_links_words_is_no_other_link() -> None:
    assert html("[https://a.dk](node)") == '<p><a href="../tree/node.html">https://a.dk</a></p>'


def test_struck_words_and_code_between_fences() -> None:
    assert html("~~a~~ b") == "<p><s>a</s> b</p>"
    assert html("```\n<b>\n```") == "<pre><code>&lt;b&gt;\n</code></pre>"


# Faults, each at its place


@pytest.mark.parametrize(
    "text",
    [
        "See ¤[a] (rules.md#a).", "¤[a] (node)", "¤(a)[rules.md#a]", "¤(rules.md#a)[a]", "¤[a](rules.md#a",
        "¤[a](b c)", "¤[a][rules.md#a]", "¤[a]{rules.md#a}", "¤[a(rules.md#a)", "a¤](rules.md#a)",
        "*x* ¤[a] (https://a.dk) y", "¤[a](b) c](d)", "¤[a] <rules.md#a>",
    ],
)  # fmt: skip
def test_what_is_meant_as_a_link_and_is_none_is_a_fault(text: str) -> None:
    prose = render_author_markdown(text.replace("¤", ""), {"node": "x", "b": None}.get)
    assert prose.faults[0].at == text.index("¤") + (4 if "(b) c" in text else 0)
    assert "is no link" in prose.faults[0].message or prose.faults[0].target


@pytest.mark.parametrize(
    "text", ["[sic] (se nedenfor)", "[x] (y)", "(a)[1]", "[a][b]", "f[0]", "`[a] (b.md)`", r"\[a](b)"]
)
def test_brackets_that_are_no_link_are_no_fault(text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "- a\n ¤- b",
        "- a\n\n  ¤- b".replace("  ¤", " ¤"),
        "1. a\n  ¤- b\n2. c",
        "10. a\n   ¤- b\n11. c",
        "> - a\n>  ¤- b",
        "- a\n  - b\n   ¤- c",
        "- a\n      ¤- b",
        "Husk:\n    ¤- a\n    - b",
        "Husk:\n\n    ¤- a\n    - b",
        "Husk:\n¤• a\n• b",
        "Husk:\n¤– a\n– b",
        "¤-a\n-b",
        "Husk:\n¤a) a\nb) b",
        "¤15. juni: a\n1. juli: b",
        "Tekst.\n\n¤[a]: b",
        "[a][a]\n\n[a]: node\n¤[a]: node",
        "Priser:\n\n¤| a | b |\n| c | d |",
        "> ¤| a |\n> | b |",
        "a\n\n¤```\nb\n\nc",
        "- ¤~~~\n  b\n\nc",
        "¤````\na\n```",
    ],
)
def test_what_would_be_shown_as_something_else_is_a_fault(text: str) -> None:
    prose = render_author_markdown(text.replace("¤", ""), PAGES.get)
    assert [fault.at for fault in prose.faults] == [text.index("¤")]


@pytest.mark.parametrize(
    "text", ["Vi har\n– som altid –\nåbent", "a\n-b", "a, f. eks.\nb) c", "Fra\n24. maj,\n1. juni."]
)
def test_lines_of_a_text_are_no_list(text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "a ¤<b>", "# a ¤<b>", "- a\n- b ¤<b>", "> a\n>  b ¤<b>", "1. a\n   b ¤<b>\n2. c", "a  \n   b ¤<b>",
        "a\n===\n\n¤<b>",
        "| a | b |\n|---|---|\n| a | ¤<b> |", "| a | ¤<b> |\n|---|---|\n| a | b |", "**a ¤<b>**", "[a ¤<b>](node)",
        "a `<b>` ¤<b>", "a\r\nb ¤<b>", "a\n\n\n\n - b\n   c ¤<b>", "## ¤<b> ##", "a\n¤<b\nc>",
    ],
)  # fmt: skip
def test_html_is_found_where_it_is_written(text: str) -> None:
    prose = render_author_markdown(text.replace("¤", ""), PAGES.get)
    assert [fault.at for fault in prose.faults] == [text.index("¤")]


LINES = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "", "", " ", "  ", "   ", "    ", "> ", "- ", "  - "]),
    st.sampled_from(["", "1. ", "2. ", "3. ", "4) ", "5) ", "15. ", "- ", "> ", "# ", "* "]),
    st.sampled_from(["a", "juni", "7 b", "A:", "8. c", "maj 2027", ""]),
)


def shown(markup: str) -> str:
    """The words of a piece of a page with the numbers that a browser puts before entries."""
    (entry,) = entries(SITE, Page("t/n.md", "T", "", "id", markup, "t.yml"))
    return plain(entry.text)


@settings(max_examples=300)
@given(st.lists(LINES, min_size=1, max_size=7).map("\n".join))
@example("1. a\n1. b")
def test_every_number_of_a_text_is_shown(text: str) -> None:
    """In its order; but the entries of a list of ones are counted."""
    written = [int(number) for number in re.findall("[0-9]+", text)]
    found = [int(number) for number in re.findall("[0-9]+", shown(render_author_markdown(text, PAGES.get).html))]
    assert found == written or (len(found) == len(written) and written.count(1) > found.count(1))
