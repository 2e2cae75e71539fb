"""The frame of pages: what the site builder makes around them, which differs in a few places only.

All pages of a source and a folder share everything but their name, title, description and content. The builder
makes one page with a mark at each of these; the others are that page with the marks filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from markupsafe import escape

from guidetrees.check.rule_docs import entries as rules
from guidetrees.parse.docs_page import front_matter
from guidetrees.project.project import TREES, UPDATES
from guidetrees.project.references import readable_nodes
from guidetrees.project.urls import (
    COVERAGE_PAGE,
    EXTERNAL_LINKS_PAGE,
    INDEX_PAGE,
    REVIEW,
    SHARE_PAGE,
    UPDATES_PAGE,
)
from guidetrees.render.context import Site
from guidetrees.render.page import Page
from guidetrees.render.pages.rules import FOLDER as RULES
from guidetrees.render.pages.rules import SOURCE as RULES_SOURCE
from guidetrees.render.site_pages import node_title

MARK = re.compile("gt0(name|title|heading|description|id|above|block)0")
INDENTATION = re.compile(r"\n\s+")
NAME, TITLE, HEADING, DESCRIPTION, ID, ABOVE, BLOCK = (
    f"gt0{part}0" for part in ("name", "title", "heading", "description", "id", "above", "block")
)
"""Marks: words that pass through everything as they are, addresses included."""


@dataclass(frozen=True, slots=True, order=True)
class ShellKey:
    """What pages of one frame have in common."""

    folder: str
    """In docs/; `.` for pages in its root."""
    source: str
    language: str = ""

    @property
    def path(self) -> str:
        """Of the page with marks, in docs/."""
        name = f"{NAME}-{self.language}.md" if self.language else f"{NAME}.md"
        return (PurePosixPath(self.folder) / name).as_posix()


def shell_source(kind: ShellKey, title: str = TITLE) -> str:
    """The page with marks, as Markdown without those that the builder is to put above and under the heading.

    `title` is what navigations call it."""
    language = f' lang="{kind.language}"' if kind.language else ""
    matter: dict[str, object] = {"title": escape(title), "description": DESCRIPTION}
    matter |= {"hide": ["navigation", "toc", "footer"], "search": {"exclude": True}}
    return f"---\n{front_matter(matter)}---\n\n# {HEADING} {{ #{ID}{language} }}\n"


def shell_key(page: Page) -> ShellKey:
    return ShellKey(PurePosixPath(page.path).parent.as_posix(), page.source, page.language)


@dataclass(frozen=True, slots=True)
class PageShell:
    """HTML in parts, with the names of marks between them."""

    parts: tuple[str, ...]

    def fill(self, page: Page) -> str:
        """The HTML of a page."""
        values = {
            "name": PurePosixPath(page.path).stem,
            "title": str(escape(page.title)),
            "heading": page.heading_html,
            "above": page.above,
            "description": str(escape(page.description)),
            "id": page.id,
            "block": page.block,
        }
        filled = list(self.parts)
        filled[1::2] = (values[mark] for mark in filled[1::2])
        return "".join(filled)


def shell_of(html: str) -> PageShell:
    """The frame that the builder made of a page with marks, without the indentation and empty lines of its
    templates, which are a tenth of a packed page."""
    return PageShell(tuple(MARK.split(INDENTATION.sub("\n", html))))


def planned_pages(site: Site, with_rules: bool) -> Iterator[tuple[str, str, ShellKey]]:
    """Every page that the engine makes, before it is made: its path in docs/, its title and its frame. Of a list
    the first only: how far it goes on is known when it is made, and only its own pages lead to the others.
    `with_rules` adds the pages of the rules, which a preview has."""
    words = site.words
    for tree in site.project.trees.values():
        kind = ShellKey(tree.id, tree.file)
        yield f"{tree.id}/index.md", str(tree.title), kind
        yield from ((f"{tree.id}/{node.id}.md", node_title(site, node), kind) for node in readable_nodes(tree))
        yield f"{REVIEW}/{tree.id}.md", words.say("review_of", title=str(tree.title)), ShellKey(REVIEW, TREES)
    yield f"{REVIEW}/index.md", words.say("review_of", title=words["review_all"]), ShellKey(REVIEW, TREES)
    for page, title in ((INDEX_PAGE, "index"), (SHARE_PAGE, "share"), (COVERAGE_PAGE, "coverage"),
                        (EXTERNAL_LINKS_PAGE, "outside")):  # fmt: skip
        yield page.replace(".html", ".md"), words[title], ShellKey(".", TREES)
    yield UPDATES_PAGE.replace(".html", ".md"), words["updates"], ShellKey(".", UPDATES)
    if with_rules:
        yield f"{RULES}/index.md", words["rules"], ShellKey(RULES, RULES_SOURCE)
        yield from ((f"{RULES}/{rule.id}.md", rule.id, ShellKey(RULES, RULES_SOURCE, "en")) for rule in rules())
