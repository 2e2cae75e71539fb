"""Writes the documents for review as files (`make paths`, `make review`), for work outside a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import chain
from pathlib import Path

from turbohtml import Element, Markdown

from guidetrees.graph.graph import Edge
from guidetrees.parse.html_tree import fragment
from guidetrees.project.urls import REVIEW
from guidetrees.publish.site_files import write_file
from guidetrees.render.answer_words import words_on_path
from guidetrees.render.context import Site
from guidetrees.render.pages.coverage import coverage_pages
from guidetrees.render.pages.review import review_pages
from guidetrees.render.pages.review.document import Document, PathTable, trials
from guidetrees.tools.spreadsheet import as_csv

MAX_ROWS = 10_000
"""Paths of one tree that the table lists: a spreadsheet still opens that many."""

WORLD = re.compile("https?:|mailto:|tel:")
EMPTY_HEADER = "<thead><tr><th></th><th></th></tr></thead>"
BLANK = "…" * 30
"""A line to write on."""

Files = Iterator[tuple[str, str]]
"""File names and texts."""


def paths_file(site: Site) -> Files:
    """The file `paths.csv`: every path through every tree, one in a row."""
    words = site.words
    keys = ("tree", "review_nr", "review_steps", "review_end", "outcome", "review_scenario", "address")
    rows = [[words[key] for key in keys]]
    document = Document(site, tuple(site.project.trees.values()), trials(site))
    for tree in document.trees:
        ways = document.paths(tree, MAX_ROWS)
        rows += _rows(site, tree.title, ways)
        if ways.left_out:
            rows.append([tree.title, "…", words.say("review_ways_left", listed=ways.listed, left=ways.left_out)])
            rows += [[tree.title, "…", "", end.title, "", "", count] for end, count in ways.ends]
    yield "paths.csv", as_csv(words, rows)


def _rows(site: Site, title: str, ways: PathTable) -> Iterator[list[str]]:
    for number, way in enumerate(ways.rows, 1):
        steps = " → ".join(_step(site, edge) for edge in way.edges)
        steps += f" {site.words.say('review_combinations', count=way.count)}" if way.count else ""
        yield [title, str(number), steps, way.end.title, way.end.verdict_words or "", way.scenarios, way.href]


def _step(site: Site, edge: Edge) -> str:
    title = site.graph.node(edge.source).title
    return f"{title} {words_on_path(site, edge)}" if edge.is_answer else str(title)


def documents(site: Site) -> Files:
    """The pages for review as Markdown, without the map."""
    for page in chain(review_pages(site), coverage_pages(site)):
        name = page.path.removeprefix(f"{REVIEW}/")
        yield name, _markdown(page.text)


def _markdown(text: str) -> str:
    """A page whose body is HTML, as Markdown throughout."""
    # The front matter is JSON, one value on each line, so none of its lines is `---`.
    _, _, body = text.partition("\n---\n")
    heading, _, html = body.lstrip().partition("\n")
    title = unescape(re.sub(r" \{ #[^}]*\}$", "", heading))
    # Every table of Markdown has a header. That of a tree's facts is empty.
    html = html.replace('gt-review__facts">', f'gt-review__facts">{EMPTY_HEADER}')
    return re.sub(r"\n{3,}", "\n\n", f"{title}\n\n{fragment(html).to_markdown(MARKDOWN)}\n")


def _link(link: Element, text: str) -> str:
    """A link to another site. The pages of this one are not in the file."""
    href = link.attr("href") or ""
    if not WORLD.match(href):
        return text
    return f"<{href}>" if text == href else f"[{text}]({href})"


MARKDOWN = Markdown(
    tables=Markdown.Tables(header="detect"),
    escaping=Markdown.Escaping(mode="none"),
    converters={
        "a": _link,
        # Beside letters outside ASCII, the library itself leaves the HTML of these two.
        "strong": lambda _, text: f"**{text}**",
        "em": lambda _, text: f"*{text}*",
        "br": lambda line_end, _: "; " if line_end.closest("td") else "  \n",
        "input": lambda *_: "☐",
        "textarea": lambda *_: BLANK,
        "svg": lambda *_: "",
        "nav": lambda *_: "",
    },
)
"""How HTML is written as Markdown."""


def write(folder: Path, files: Files) -> Iterator[Path]:
    """Writes files into `folder`, which is created if needed, and yields their paths. Raises OSError."""
    for name, text in files:
        write_file(folder / name, text)
        yield folder / name
