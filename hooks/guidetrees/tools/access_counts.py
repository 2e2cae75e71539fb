"""How often each page of a tree was opened, counted from the access log of a web server.

Only what the log says of successful requests for pages of trees is kept, as numbers: no address, no user name, no
browser, no query and no time. Formats: common and combined, as nginx and Apache write them, and the W3C Extended
Log File Format of IIS; each may be compressed with gzip.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from guidetrees.graph.graph import NodeRef
from guidetrees.messages.errors import UserError
from guidetrees.messages.message import about, quoted, say
from guidetrees.messages.words import Words
from guidetrees.project.project import Project
from guidetrees.project.references import all_nodes, readable_nodes
from guidetrees.project.urls import page_url

REQUEST = re.compile(
    r'\] "([A-Z]+) (\S+)[^"]*" (\d{3}) \S+(?: "(?:[^"\\]|\\.)*" "((?:[^"\\]|\\.)*)")?',
)
"""Method, target and status of a line in common or combined format, and the browser of one in combined format."""
FIELDS = "#Fields:"
"""The beginning of the line that names the fields of the following lines in a log of IIS."""
W3C = ("cs-method", "cs-uri-stem", "sc-status")
ROBOT = re.compile(
    "bot|crawl|spider|slurp|preview|monitor|curl|wget|python|java/|http-?client|headless|scan", re.I
)
"""Programs that say by their name that nobody reads what they load."""
OPENED = ("200", "304")
"""The statuses of a page that was opened. 304 is for a browser that has the page since an earlier visit."""
GZIP = b"\x1f\x8b"
HOST = re.compile("https?://[^/]*")


@dataclass(frozen=True, slots=True)
class Row:
    """How often one page was opened."""

    tree: str
    node: str
    """Empty for the tree's start page."""
    kind: str
    """`start`, or the kind of the node."""
    title: str
    views: int

    @property
    def path(self) -> str:
        """The page's address in the site."""
        return page_url(NodeRef(self.tree, self.node))


Views = dict[str, Counter[NodeRef]]
"""Views by the site's path on the server, such as `/` or `/intranet/guide/`, and by page."""


def count(project: Project, logs: Iterable[Path]) -> Views:
    """Counts the views in `logs`. Raises UserError for a file that is no access log, and OSError."""
    pages = _pages(project)
    views: Views = defaultdict(Counter)
    for log in logs:
        for path in _opened(log):
            parts = path.split("/")
            for length in (2, 3):  # tree/node.html and tree/, or tree/node/
                if page := pages.get("/".join(parts[-length:])):
                    views["/".join(parts[:-length]) + "/"][page] += 1
    return views


def best_path(views: Views) -> str:
    """The path with most views; `/` if there are none."""
    return max(sorted(views), key=lambda path: views[path].total(), default="/")


def rows(project: Project, views: Counter[NodeRef]) -> Iterator[Row]:
    """A row for each page, in the authors' order, also for pages that nobody opened."""
    for tree in project.trees.values():
        yield Row(tree.id, "", "start", str(tree.title), views[NodeRef(tree.id)])
        for node in readable_nodes(tree):
            yield Row(tree.id, str(node.id), node.kind, str(node.title), views[NodeRef(tree.id, str(node.id))])


def as_text(words: Words, found: Iterable[Row]) -> str:
    """A table for each tree."""
    lines: list[str] = []
    for row in found:
        if row.kind == "start":
            lines += ["", f"{row.tree}: {row.title}", _line(words["views"], words["diff_kind"], words["address"])]
        lines.append(_line(str(row.views), words[row.kind], row.path))
    return "\n".join([*lines[1:], ""])


def _line(views: str, kind: str, path: str) -> str:
    return f"{views:>9}  {kind:<10}  {path}"


def as_table(words: Words, found: Iterable[Row]) -> Iterator[list[str]]:
    """The same as rows of one table, for a spreadsheet."""
    yield [words[key] for key in ("tree", "diff_kind", "address", "views", "diff_title")]
    yield from ([row.tree, words[row.kind], row.path, str(row.views), row.title] for row in found)


def _pages(project: Project) -> dict[str, NodeRef]:
    """The pages of trees by their paths from the site's root, as files and as folders."""
    found = {f"{tree.id}/": NodeRef(tree.id) for tree in project.trees.values()}
    for tree, node in all_nodes(project):
        ref = NodeRef(tree.id, str(node.id))
        found |= {page_url(ref): ref, f"{ref.tree}/{ref.node}/": ref}
    return found


def _opened(log: Path) -> Iterator[str]:
    """The paths of pages in a log that somebody opened, without queries and `index.html`."""
    fields: list[str] = []
    known = lines = 0
    for line in _lines(log):
        lines += 1
        if line.startswith(FIELDS):
            fields, known = line.removeprefix(FIELDS).split(), known + 1
        elif request := _w3c(line, fields) if fields else _ncsa(line):
            method, target, status, browser = request
            known += 1
            if method == "GET" and status in OPENED and not ROBOT.search(browser):
                path = unquote(HOST.sub("", target.partition("?")[0], count=1))
                yield path.removesuffix("index.html") if path.endswith("/index.html") else path
    if lines and not known:
        fault = say("is no access log: no line is in common, combined or W3C format")
        raise UserError(about(str(log), fault))


def _ncsa(line: str) -> tuple[str, str, str, str] | None:
    found = REQUEST.search(line)
    return (found[1], found[2], found[3], found[4] or "") if found else None


def _w3c(line: str, fields: list[str]) -> tuple[str, str, str, str] | None:
    values = dict(zip(fields, line.split(), strict=False))
    method, target, status = (values.get(name, "") for name in W3C)
    return (method, target, status, values.get("cs(User-Agent)", "")) if status else None


def _lines(log: Path) -> Iterator[str]:
    with log.open("rb") as file:
        is_gzipped = file.read(2) == GZIP
    try:
        with gzip.open(log) if is_gzipped else log.open("rb") as file:
            for line in file:
                yield line.decode("utf-8", errors="replace")
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        fault = say("cannot be unpacked: {reason}", reason=quoted(str(error)))
        raise UserError(about(str(log), fault)) from error
