"""Page shells: what the site builder makes around the content of pages.

All pages of a source and a folder differ only in name, title, description and content. The builder makes one page
with a placeholder for each of these. The engine fills it in for all pages.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from markupsafe import escape

from guidetrees.check.rule_docs import entries as rules
from guidetrees.project.references import readable_nodes
from guidetrees.project.urls import REVIEW, UPDATES_PAGE, has_list, lists_of
from guidetrees.render.components.verdict import node_title
from guidetrees.render.context import Site
from guidetrees.render.page import Page, page_matter
from guidetrees.render.pages.rules import FOLDER as RULES
from guidetrees.render.pages.rules import SOURCE as RULES_SOURCE

PLACEHOLDER = re.compile("gt0 ?(name|title|heading|description|id|above|block)0")
INDENTATION = re.compile(r"\n\s+")
NAME, ID, HEADING, ABOVE, BLOCK = (f"gt0{part}0" for part in ("name", "id", "heading", "above", "block"))
"""Placeholders: words that no escaping changes, so that they can also be part of a URL."""
TITLE, DESCRIPTION = (f"gt0 {part}0" for part in ("title", "description"))
"""Those of texts in attributes. With the space, what minifies pages leaves the quotes around them."""


@dataclass(frozen=True, slots=True, order=True)
class ShellKey:
    """What the pages with the same shell have in common."""

    folder: str
    """Their folder in docs/; `.` for docs/ itself."""
    source: str
    language: str = ""

    @property
    def path(self) -> str:
        """The path of the page with placeholders in docs/."""
        name = f"{NAME}-{self.language}.md" if self.language else f"{NAME}.md"
        return (PurePosixPath(self.folder) / name).as_posix()


def shell_source(kind: ShellKey, title: str = TITLE) -> str:
    """The Markdown of the page with placeholders, to which the builder adds ABOVE and BLOCK.

    `title` is the title in the navigation.
    """
    language = f' lang="{kind.language}"' if kind.language else ""
    return f"{page_matter(title, DESCRIPTION, {'exclude': True})}# {HEADING} {{ #{ID}{language} }}\n"


def shell_key(page: Page) -> ShellKey:
    return ShellKey(posixpath.dirname(page.path) or ".", page.source, page.language)


@dataclass(frozen=True, slots=True)
class PageShell:
    """A page as HTML, cut at its placeholders."""

    parts: tuple[str, ...]
    """HTML and names of placeholders in turn."""

    def fill(self, page: Page) -> str:
        """The complete HTML of `page`."""
        values = {
            "name": posixpath.basename(page.path).removesuffix(".md"),
            "title": str(escape(page.title)),
            "heading": page.heading_html,
            "above": page.above,
            "description": str(escape(page.description)),
            "id": page.id,
            "block": page.block,
        }
        filled = list(self.parts)
        filled[1::2] = (values[name] for name in filled[1::2])
        return "".join(filled)


def shell_of(html: str) -> PageShell:
    """The shell from the builder's HTML of the page with placeholders."""
    return PageShell(tuple(PLACEHOLDER.split(without_indentation(html))))


def without_indentation(html: str) -> str:
    """HTML without indentation and empty lines, which are a tenth of a gzipped page. A policy is about the scripts
    that are left, so it comes after."""
    return INDENTATION.sub("\n", html)


def planned_pages(site: Site, with_rules: bool) -> Iterator[tuple[str, str, ShellKey]]:
    """Every page that the engine will make: its path in docs/, its title and its shell.

    Of a list only the first page: the number of its pages is not known yet, and only these link to each other.
    `with_rules` adds the pages of the rules, which a preview has.
    """
    words, layout = site.words, site.project.layout
    review, with_review = ShellKey(REVIEW, layout.trees), site.project.settings.review
    for tree in site.project.trees.values():
        kind = ShellKey(tree.id, tree.file)
        yield f"{tree.id}/index.md", str(tree.title), kind
        yield from ((f"{tree.id}/{node.id}.md", node_title(site, node), kind) for node in readable_nodes(tree))
        if with_review:
            yield f"{REVIEW}/{tree.id}.md", words.say("review_of", title=str(tree.title)), review
    if with_review:
        yield f"{REVIEW}/index.md", words.say("review_of", title=words["review_all"]), review
    for page, name in lists_of(site.project).items():
        yield page.replace(".html", ".md"), words[name], ShellKey(".", layout.trees)
    if has_list(site.project, UPDATES_PAGE):
        yield UPDATES_PAGE.replace(".html", ".md"), words["updates"], ShellKey(".", layout.updates)
    if with_rules:
        yield f"{RULES}/index.md", words["rules"], ShellKey(RULES, RULES_SOURCE)
        yield from ((f"{RULES}/{rule.id}.md", rule.id, ShellKey(RULES, RULES_SOURCE, "en")) for rule in rules())
