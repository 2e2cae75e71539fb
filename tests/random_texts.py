"""Random texts, one line or Markdown, full of what HTML, Markdown, YAML and templates take for their own."""

from __future__ import annotations

from hypothesis import strategies as st

from guidetrees.parse.author_markdown import render_author_markdown
from guidetrees.source.characters import FOREIGN, HIDDEN, meant
from guidetrees.source.files import INVISIBLE

# Texts

HOSTILE = [
    "<script>alert(1)</script>", "</script>", "<img src=x onerror=alert(1)>", "</a></li></ul></div>", "<b>",
    "<!--", "-->", "<![CDATA[", "]]>", "<?php", "<div markdown>", "<br>", "'", '"', "`", "``", "```", "~~~",
    "```{ .x onclick=y }", "\\", "{{ x }}", "{% raw %}", "{#", "{: #a .b onclick=c }", "{ #id }", "&amp;",
    "&lt;b&gt;", "&#60;", "&copy", "&", "<", ">", "# ", "## x", "- ", "1. ", "* * *", "---", "===", "|",
    "| a | b |", "|---|---|", "*", "**", "_", "__x__", "[x](y)", "[x](javascript:alert(1))", "![x](y)",
    "[x]: y", "[x][1]", "<https://a.dk>", "javascript:alert(1)", "[TOC]", "*[HTML]: x", "[^1]", ":smile:",
    "$x$", "æøå ÆØÅ ß", "שלום", "مرحبا", "漢字", "🙂", "👩‍⚕️", "e\u0301", "\u00a0", "\u00ad", "\u200f",
    "x" * 300, "«»", "–", "0", "~", "yes", ": ", " #", "\n```\nx\n```\n",
    "\n~~~{ #a .x onclick=y }\nz\n~~~\n", "\n    ```{ .x onclick=y }\n    z\n    ```\n", "wzxhzdk:0",
    "klzzwxh:0000", "amp", "STX", "%", "@", "!",
]  # fmt: skip
LETTERS = st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"], exclude_characters="\u2028\u2029").filter(
    lambda c: not (INVISIBLE.match(c) or HIDDEN.match(c) or FOREIGN.match(c))
)
PIECES = st.one_of(st.sampled_from(HOSTILE), st.text(LETTERS, max_size=8))


def joined(separators: list[str], most: int) -> st.SearchStrategy[str]:
    """Some pieces, each followed by one of `separators`, in the characters that the reader gives them."""
    pair = st.tuples(PIECES, st.sampled_from(separators)).map("".join)
    return st.lists(pair, min_size=1, max_size=most).map("".join).map(meant)


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


def harmless(text: str) -> str:
    """`text`, or a word in its place where the check refuses it."""
    return "Word." if render_author_markdown(text, lambda _: None).faults else text
