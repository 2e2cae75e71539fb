"""Writes the documents for review as files (`make paths`, `make review`), for work outside a browser."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from html import unescape
from io import StringIO
from itertools import chain
from pathlib import Path

from bs4 import BeautifulSoup
from markdownify import MarkdownConverter

from guidetrees.project.urls import REVIEW
from guidetrees.render.answer_words import words_of
from guidetrees.render.context import Site
from guidetrees.render.pages.coverage import coverage_pages
from guidetrees.render.pages.review import review_pages
from guidetrees.render.pages.review.document import Document, PathTable

MAX_ROWS = 10_000
"""Paths of one tree that the table lists: a spreadsheet still opens that many."""

WORLD = re.compile("https?:|mailto:|tel:")
BLANK = "…" * 30
"""A line to write on."""

Files = Iterator[tuple[str, str]]
"""File names and texts."""


def paths_file(site: Site) -> Files:
    """The file `paths.csv`. It begins with a byte order mark, by which spreadsheets recognise UTF-8."""
    yield "paths.csv", "\ufeff" + paths_table(site)


def paths_table(site: Site) -> str:
    """Every path through every tree, one in a row, as CSV in the form that spreadsheets of the language read."""
    words, text = site.words, StringIO()
    table = csv.writer(text, delimiter=";" if words.has_decimal_comma else ",", lineterminator="\r\n")
    keys = ("tree", "review_nr", "review_steps", "review_end", "outcome", "review_scenario", "address")
    rows = [[words[key] for key in keys]]
    document = Document(site, tuple(site.project.trees.values()))
    for tree in document.trees:
        ways = document.paths(tree, MAX_ROWS)
        rows += _rows(site, tree.title, ways)
        if ways.left_out:
            rows.append([tree.title, "…", words.say("review_ways_left", listed=ways.listed, left=ways.left_out)])
            rows += [[tree.title, "…", "", end.title, "", "", count] for end, count in ways.ends]
    table.writerows(map(_no_formula, row) for row in rows)
    return text.getvalue()


def _rows(site: Site, title: str, ways: PathTable) -> Iterator[list[str]]:
    for number, way in enumerate(ways.rows, 1):
        steps = " → ".join(f"{site.graph.node(edge.source).title} {words_of(site, edge)}" for edge in way.edges)
        yield [title, str(number), steps, way.end.title, way.end.verdict_words or "", way.scenarios, way.href]


def _no_formula(cell: str) -> str:
    """The text of a cell so that no spreadsheet reads it as a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


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
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.find_all(["svg", "nav"]):
        element.decompose()
    for link in soup.find_all("a"):
        if not WORLD.match(str(link.get("href"))):  # to a page of the site, which is not in the file
            link.unwrap()
    for line_end in soup.select("td br"):  # a cell of a Markdown table is one line
        line_end.replace_with("; ")
    for box in soup.find_all("input"):
        box.replace_with("☐")
    for field in soup.find_all("textarea"):
        field.replace_with(BLANK)
    title = unescape(re.sub(r" \{ #[^}]*\}$", "", heading))
    markdown = MarkdownConverter(heading_style="ATX", bullets="-").convert_soup(soup)
    lines = (line.rstrip() for line in markdown.splitlines())
    return re.sub(r"\n{3,}", "\n\n", f"{title}\n\n" + "\n".join(lines).strip() + "\n")


def write(folder: Path, files: Files) -> Iterator[Path]:
    """Writes files into `folder`, which is created if needed, and yields their paths. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files:
        path = folder / name
        path.write_text(text, "utf-8", newline="")
        yield path
