"""`make review`: the pages for review as Markdown, for work outside a browser."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT

from guidetrees.messages.words import read_words
from guidetrees.project.project import read_project
from guidetrees.render.context import prepare
from guidetrees.tools.export import BLANK, documents

ELEMENT = re.compile(r"<(?!https?:|mailto:|tel:)[a-z/!][^>]*>")


@pytest.fixture(scope="module")
def written() -> dict[str, str]:
    """The documents of this site by name."""
    return dict(documents(prepare(read_project(ROOT), read_words("da"))))


@pytest.fixture(scope="module")
def tree(written: dict[str, str]) -> str:
    return written["er-det-digital-behandling.md"]


def test_documents_are_markdown_throughout(written: dict[str, str]) -> None:
    for name, text in written.items():
        assert ELEMENT.findall(text) == [], name
        assert re.match(r"# [^\n{]+\n\n\S", text) and text.endswith("\n") and "\n\n\n" not in text, name


def test_the_facts_of_a_tree_are_a_table_with_an_empty_header(tree: str) -> None:
    assert re.search(r"\n\|  \|  \|\n\| --- \| --- \|\n\| Side og fil \| er-det-digital-behandling/", tree)


def test_what_is_filled_in_has_a_box_or_a_line(tree: str) -> None:
    assert f"\n☐ 1. Gennemgået Bemærkninger {BLANK}\n" in tree


def test_emphasis_beside_any_letter_is_markdown(tree: str) -> None:
    assert "\n**Spørgsmål** er-det-digital-behandling/" in tree


def test_a_cell_of_a_table_is_one_line(tree: str) -> None:
    assert re.search(r"\n\| 1 \| 1\. [^|\n]+ \*\*[^|\n]+\*\*; 2\. [^|\n]+\|", tree)


def test_links_to_other_sites_stay_and_others_are_words(written: dict[str, str]) -> None:
    links = re.findall(r"\]\(([^)]+)\)|<(\S+?)>", "".join(written.values()))
    assert len(links) > 10
    assert [link for link in links if not re.match("https?:|mailto:|tel:", "".join(link))] == []
