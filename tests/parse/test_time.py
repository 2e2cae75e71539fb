"""Whatever is read is read in time that grows with it."""

from __future__ import annotations

import gc
import re
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from helpers import SMALL, problems_of, read_guide_page, write

from guidetrees.parse import author_markdown
from guidetrees.parse import readers as parse
from guidetrees.parse.author_markdown import render_author_markdown
from guidetrees.parse.tables import registers as language
from guidetrees.source.files import Unreadable
from guidetrees.source.kept import forget
from guidetrees.source.yaml import read_yaml

# Whatever is read is read in time that grows with it


def seconds(read: Callable[[str], object], text: str) -> float:
    """The seconds of the processor that reading takes: neither what else the machine does is counted, nor the
    garbage of other tests. Nothing is known from an earlier reading."""
    forget()
    author_markdown._read.cache_clear()
    gc.disable()
    began = time.thread_time()
    read(text)
    took = time.thread_time() - began
    gc.enable()
    return took


LONG_ENOUGH = 0.003
"""The seconds from which a small text is measured well."""


def grows_with(read: Callable[[str], object], make: Callable[[int], str], size: int) -> None:
    """Eight times the text takes about eight times as long, where the square would be 64.

    What is slowed by chance is tried again; what takes the square is never near enough. A text that takes long is
    measured at an eighth of the size. There a part that takes the square weighs an eighth: a ratio of 10 is
    stricter than 24 at the whole size.
    """
    few = seconds(read, make(size // 8))
    if few > LONG_ENOUGH and seconds(read, make(size)) < 10 * few:
        return
    ratios = []
    for _ in range(5):
        few, many = seconds(read, make(size)), seconds(read, make(8 * size))
        ratios.append(many / max(few, 0.002))
        if ratios[-1] < 24:
            return
    raise AssertionError(f"eight times the text took {ratios} times as long")


def read_as_yaml(text: str) -> None:
    with suppress(Unreadable):
        read_yaml(text, "f")


def read_as_guide(text: str) -> None:
    with suppress(Unreadable):
        read_guide_page("a.md", "docs/guide/a.md", text)


def read_as_prose(text: str) -> None:
    render_author_markdown(text, lambda _: None)


YAMLS: dict[str, Callable[[int], str]] = {
    "brackets": lambda n: "[" * n,
    "braces": lambda n: "{" * n,
    "dashes": lambda n: "- " * n,
    "questions": lambda n: "? " * n,
    "quotes": lambda n: "'" * n,
    "quote marks": lambda n: '"' * n,
    "scalar": lambda n: "a: " + "x" * n,
    "key": lambda n: "x" * n + ": 1",
    "blank": lambda n: "a: b\n" + "\n" * n + "c d\ne: f: g",
    "keys": lambda n: "".join(f"k{i}: 1\n" for i in range(n // 8)),
    "the same key": lambda n: "a: 1\n" * (n // 5),
    "the same mapping": lambda n: "".join(f"a: {{k{i}: 1}}\n" for i in range(n // 12)),
    "list": lambda n: "[" + "a," * (n // 2) + "]",
    "words": lambda n: "a:\n" + " abc\n" * (n // 5) + "b: c: d\n",
    "hyphens": lambda n: "a" + "-" * n + "\nb: c: d\n",
    "aliases": lambda n: "- &a x\n" + "- *a\n" * (n // 5),
    "bomb": lambda n: (
        "a0: &a0 x\n" + "".join(f"a{i + 1}: &a{i + 1} [*a{i}, *a{i}, *a{i}]\n" for i in range(n // 30))
    ),
}
MARKDOWNS: dict[str, Callable[[int], str]] = {
    "brackets": lambda n: "[" * n,
    "pictures": lambda n: "![" * n,
    "links": lambda n: "[a](" * n,
    "references": lambda n: "[a][" * n,
    "pairs": lambda n: "[" * n + "]" * n,
    "nested": lambda n: "[" * n + "a](b)" * n,
    "quotations": lambda n: "> " * n,
    "arrows": lambda n: ">" * n,
    "stars": lambda n: "*a " * n,
    "strong": lambda n: "**a " * n,
    "underscores": lambda n: "_a " * n,
    "backticks": lambda n: "`" * n,
    "tags": lambda n: "<a " * n,
    "open tags": lambda n: "<a \n\n" * n,
    "comments": lambda n: "<!--" * n,
    "cdata": lambda n: "<![CDATA[" * n,
    "addresses": lambda n: "<https://" * n,
    "attributes": lambda n: "a {: #b " * n,
    "front matter": lambda n: "---\n" + "-- \n" * n,
    "lines": lambda n: "---\n" * n,
    "fences": lambda n: "~~~ {\n" * n,
    "lists": lambda n: "- " * n,
    "numbers": lambda n: "1. a\n" * (n // 4),
    "numbers of two kinds": lambda n: "1. a\n1) b\n" * (n // 8),
    "numbers on a line": lambda n: "1. " * n,
    "numbers between lines": lambda n: "a\n2. b\nc\n" * (n // 8),
    "dates": lambda n: "15. juni\n" * (n // 8),
    "entries further in": lambda n: "- a\n - b\n" * (n // 8),
    "bare addresses": lambda n: "https://a.dk " * (n // 12),
    "a long address": lambda n: "https://a.dk/" + "a)" * n,
    "addresses in one": lambda n: "www." * n,
    "mail": lambda n: "a.b@c." * (n // 6),
    "no links": lambda n: "[a] (b.md) " * (n // 10),
    "no links in braces": lambda n: "({[" * (n // 3),
    "dead links": lambda n: "".join(f"[a](b{i}) " for i in range(n // 12)),
    "definitions": lambda n: "".join(f"[a{i}]: b\n" for i in range(n // 12)),
    "tables": lambda n: "|a|\n|-|\n" + "|a|\n" * n,
    "ampersands": lambda n: "&#" * n,
    "backslashes": lambda n: "\\" * n,
    "paragraphs": lambda n: "a\n\n" * (n // 20),
    "quoted attributes": lambda n: "<a " + "x='" * n,
    "spaces": lambda n: "a" + " " * n + "b",
}


@pytest.mark.long
@pytest.mark.parametrize("what", YAMLS)
def test_hostile_yaml_is_read_in_time(what: str) -> None:
    grows_with(read_as_yaml, YAMLS[what], 10_000)


@pytest.mark.long
@pytest.mark.parametrize(("read", "size"), [(read_as_prose, 2_500), (read_as_guide, 20_000)])
@pytest.mark.parametrize("what", MARKDOWNS)
def test_hostile_markdown_is_read_in_time(what: str, read: Callable[[str], object], size: int) -> None:
    """The parser of pages may take the square of what stands without an empty line, which is therefore bounded."""
    grows_with(read, MARKDOWNS[what], size)


ADDRESS_LIKE = [
    *(("url", make) for make in (lambda n: "https://" + "a." * n + ">", lambda n: "https://a." * n + "<")),
    *(("email", make) for make in (lambda n: "a@" + "b." * n, lambda n: "a@b." * n, lambda n: "a" * n + "@")),
    *(("phone", make) for make in (lambda n: "1 " * n + "x", lambda n: "+" + "(" * n)),
    *(("id", make) for make in (lambda n: "a-" * n, lambda n: "a" * n + "!", lambda n: "-" * n)),
]


@pytest.mark.parametrize(("kind", "make"), ADDRESS_LIKE)
def test_patterns_are_matched_in_time_here_and_in_editors(kind: str, make: Callable[[int], str]) -> None:
    keys = {key.name: key.read.schema for key in language.CONTACT.keys} | {"id": parse.identifier.schema}
    pattern = re.compile(keys[kind]["pattern"])
    grows_with(pattern.search, make, 1_000)


def tree_of(*nodes: str, more: str = "") -> str:
    return SMALL.replace("start: last", f"{more}start: last") + "".join(nodes)


def question(id: str, *answers: str) -> str:
    return f"  {id}:\n    question: Q\n    answers:\n" + "".join(f"    - {{{answer}}}\n" for answer in answers)


LARGE: dict[str, Callable[[int], str]] = {
    "keywords": lambda n: tree_of(more="keywords: [" + ", ".join(f"k{i}" for i in range(n)) + "]\n"),
    "unknown keys": lambda n: tree_of(more="".join(f"tit{i}: x\n" for i in range(n))),
    "aliases": lambda n: tree_of(more="aliases: [" + ", ".join(f"k{i}" for i in range(n)) + "]\n"),
    "answers": lambda n: tree_of(question("q", *(f"answer: A{i}, goto: last" for i in range(n)))).replace(
        "start: last", "start: q"
    ),
    "scenarios": lambda n: tree_of(
        "scenarios:\n", *(f"- {{name: s{i}, answers: {{}}, outcome: last}}\n" for i in range(n))
    ),
    "nodes": lambda n: tree_of(
        *(question(f"q{i}", f"answer: A, goto: q{i + 1}", "answer: B, goto: last") for i in range(n)),
        question(f"q{n}", "answer: A, goto: last", "answer: B, goto: last"),
    ).replace("start: last", "start: q0"),
}


@pytest.mark.parametrize("what", LARGE)
def test_large_trees_are_checked_in_time(root: Path, what: str) -> None:
    def read(text: str) -> None:
        write(root, "decision_trees/case.yml", text)
        problems_of(root)

    grows_with(read, LARGE[what], 2_000 if what in ("keywords", "aliases") else 150)


@pytest.mark.long
def test_conditions_that_pair_far_questions_are_one_line(root: Path) -> None:
    """Which readers a case is for takes a diagram that doubles with each pair."""
    text = "".join(question(f"q{i}", *(f"answer: {a}, goto: q{i + 1}" for a in ("ja", "nej"))) for i in range(40))
    cases = "".join(f"      - {{when: {{q{i}: ja, q{i + 20}: ja}}, to: last}}\n" for i in range(20))
    last = f"  q40:\n    question: Q\n    answers:\n    - answer: A\n      goto:\n{cases}      - to: other\n"
    text = (
        SMALL.replace("start: last", "start: q0")
        + text
        + last
        + "    - {answer: B, goto: last}\n"
        + SMALL[SMALL.index("  last:") :].replace("last:", "other:")
    )
    write(root, "decision_trees/case.yml", text)
    assert problems_of(root) == [
        "decision_trees/case.yml:1:1: the conditions ask for more combinations of answers than can be computed: "
        "ask for fewer"
    ]
