"""The documents for review as files, for those who work outside the browser: CSV and Markdown."""

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
"""Ways of a tree that the table of ways lists: a spreadsheet still opens it."""

WORLD = re.compile("https?:|mailto:|tel:")
BLANK = "…" * 30
"""A line to write on."""

Files = Iterator[tuple[str, str]]
"""Names and texts."""


def files(site: Site, command: str) -> Files:
    """What a command (`paths` or `review`) writes."""
    # A spreadsheet knows UTF-8 by its mark.
    return documents(site) if command == "review" else iter([("paths.csv", "\ufeff" + ways_table(site))])


def ways_table(site: Site) -> str:
    """Every way through every tree, a row each, as CSV as spreadsheets of the language expect it."""
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
    table.writerows(map(_inert, row) for row in rows)
    return text.getvalue()


def _rows(site: Site, title: str, ways: PathTable) -> Iterator[list[str]]:
    for number, way in enumerate(ways.rows, 1):
        steps = " → ".join(f"{site.graph.node(edge.source).title} {words_of(site, edge)}" for edge in way.edges)
        yield [title, str(number), steps, way.end.title, way.end.verdict_words or "", way.scenarios, way.href]


def _inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def documents(site: Site) -> Files:
    """The pages for review as Markdown: file names and texts. The site's pages without the map."""
    for page in chain(review_pages(site), coverage_pages(site)):
        name = page.path.removeprefix(f"{REVIEW}/")
        yield name, _markdown(page.text)


def _markdown(text: str) -> str:
    """A page of render.py, whose body is HTML, as Markdown throughout."""
    _, _, body = text.partition("\n---\n")  # a line of its own: front matter is JSON, a line a value
    heading, _, html = body.lstrip().partition("\n")
    soup = BeautifulSoup(html, "html.parser")
    for left_out in soup.find_all(["svg", "nav"]):
        left_out.decompose()
    for link in soup.find_all("a"):
        if not WORLD.match(str(link.get("href"))):  # it leads to a page of the site, which is not at hand
            link.unwrap()
    for line_end in soup.select("td br"):  # a cell is one line
        line_end.replace_with("; ")
    for box in soup.find_all("input"):
        box.replace_with("☐")
    for field in soup.find_all("textarea"):
        field.replace_with(BLANK)
    title = unescape(re.sub(r" \{ #[^}]*\}$", "", heading))
    written = MarkdownConverter(heading_style="ATX", bullets="-").convert_soup(soup)
    lines = (line.rstrip() for line in written.splitlines())
    return re.sub(r"\n{3,}", "\n\n", f"{title}\n\n" + "\n".join(lines).strip() + "\n")


def write(folder: Path, files: Files) -> Iterator[Path]:
    """Writes files into `folder`, which is made, and tells their paths. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files:
        path = folder / name
        path.write_text(text, "utf-8", newline="")
        yield path
