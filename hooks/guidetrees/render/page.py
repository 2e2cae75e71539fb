"""A page that the engine makes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup, escape
from turbohtml import Element

from guidetrees.messages.words import Words
from guidetrees.parse.docs_page import front_matter
from guidetrees.parse.html_tree import fragment
from guidetrees.project.urls import LISTS, REVIEW
from guidetrees.render.pagination import first_of
from guidetrees.source.page_names import as_page

SEARCH_WEIGHT = 0.3
"""The search weight of a node's page. The guide's pages and start pages have 1."""


@dataclass(frozen=True)
class Page:
    """A page: its heading, and the HTML around it."""

    path: str
    """The path of the page in docs/, such as `tree/node.md`."""
    title: str
    description: str
    id: str
    """The id of its heading."""
    block: str
    """The HTML below its heading."""
    source: str
    """The path of its source, from the project's root."""
    language: str = ""
    """The language of its title if it is not the site's."""
    above: str = ""
    """The HTML above its heading."""
    mark: str = ""
    """HTML at the beginning of its heading. Replaces the first words of its title."""
    marked: str = ""
    """The words that `mark` replaces."""

    @property
    def heading(self) -> str:
        """The heading as Markdown."""
        language = f' lang="{self.language}"' if self.language else ""
        return f"# {self.mark}{escape_markdown(self._rest)} {{ #{self.id}{language} }}"

    @property
    def heading_html(self) -> str:
        """The content of the heading as HTML."""
        return f"{self.mark}{escape(self._rest)}"

    @cached_property
    def content(self) -> Element:
        """The HTML below its heading, read."""
        return fragment(self.block)

    @property
    def _rest(self) -> str:
        return self.title.removeprefix(self.marked)

    @property
    def text(self) -> str:
        """The whole page as Markdown, for site builders."""
        # A line of a text may begin with a code fence. Markdown finds fences before it finds HTML.
        body = self.block.replace("`", "&#96;").replace("~", "&#126;")
        above = f"{self.above}\n\n" if self.above else ""
        matter = page_matter(self.title, escape(self.description), search_settings(self.path))
        return f"{matter}{above}{self.heading}\n\n{body}\n"


def page_matter(title: str, description: str, search: dict[str, object]) -> str:
    """The front matter of a page. Site builders write it into HTML without escaping."""
    matter = {"title": escape(title), "description": description, "own_navigation": True, "search": search}
    return f"---\n{front_matter(matter)}---\n\n"


def named_page(words: Words, name: str, url: str, block: str, source: str, title: str = "") -> Page:
    """The page at `url`, whose title and description are the engine's texts `name` and `<name>_lead`."""
    return Page(url.replace(".html", ".md"), title or words[name], words[f"{name}_lead"], name, block, source)


def search_settings(path: str) -> dict[str, object]:
    """The search settings of the page at `path`. Pages that only repeat other pages are excluded."""
    if first_of(as_page(path)) in LISTS or path.startswith(f"{REVIEW}/"):
        return {"exclude": True}
    return {"boost": 1 if path.endswith(("index.md", "updates.md")) else SEARCH_WEIGHT}


def escape_markdown(text: str) -> Markup:
    """`text` as Markdown. Every character that could have a meaning is a numeric reference."""
    return Markup("".join(c if c.isalnum() or c == " " else f"&#{ord(c)};" for c in text))
