"""A page that the engine makes: a heading, and the HTML around and under it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from guidetrees.parse.docs_page import front_matter
from guidetrees.project.urls import COVERAGE_PAGE, EXTERNAL_LINKS_PAGE, INDEX_PAGE, REVIEW, SHARE_PAGE
from guidetrees.render.pagination import first_of

SEARCH_WEIGHT = 0.3
"""The weight of a node's page in search. The guide's pages and the trees' start pages have 1."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its heading and HTML."""

    path: str
    """As a Markdown page in docs/, such as `tree/node.md`."""
    title: str
    description: str
    id: str
    """The id of its heading."""
    block: str
    """The HTML under its heading."""
    source: str
    """The file it is made from, from the project's root."""
    language: str = ""
    """The language of its title, where that is not the site's."""
    above: str = ""
    """The HTML above its heading."""
    mark: str = ""
    """HTML at the beginning of its heading, in place of the first words of its title."""
    marked: str = ""
    """The words of the title that `mark` replaces."""

    @property
    def heading(self) -> str:
        """The heading as a line of Markdown."""
        language = f' lang="{self.language}"' if self.language else ""
        return f"# {self.mark}{escape_markdown(self._rest)} {{ #{self.id}{language} }}"

    @property
    def heading_html(self) -> str:
        """The content of the heading as HTML."""
        return f"{self.mark}{escape(self._rest)}"

    @property
    def _rest(self) -> str:
        return self.title.removeprefix(self.marked)

    @property
    def text(self) -> str:
        """The whole page as Markdown, for site builders."""
        # Builders write front matter into HTML unchanged, so it is escaped here.
        matter = {
            "title": escape(self.title),
            "description": escape(self.description),
            "hide": ["navigation", "toc", "footer"],
            "search": search_settings(self.path),
        }
        # A line of a text may begin with a Markdown fence, which builders look for before they look for HTML.
        body = self.block.replace("`", "&#96;").replace("~", "&#126;")
        above = f"{self.above}\n\n" if self.above else ""
        return f"---\n{front_matter(matter)}---\n\n{above}{self.heading}\n\n{body}\n"


def search_settings(path: str) -> dict[str, object]:
    """How search takes the page at `path`. Pages that only repeat other pages are excluded."""
    lists = (INDEX_PAGE, COVERAGE_PAGE, EXTERNAL_LINKS_PAGE, SHARE_PAGE)
    if first_of(path) in [page.replace(".html", ".md") for page in lists] or path.startswith(f"{REVIEW}/"):
        return {"exclude": True}
    return {"boost": 1 if path.endswith(("index.md", "updates.md")) else SEARCH_WEIGHT}


def escape_markdown(text: str) -> Markup:
    """`text` as Markdown that means just that text: every character with a possible meaning is a number."""
    return Markup("".join(c if c.isalnum() or c == " " else f"&#{ord(c)};" for c in text))
