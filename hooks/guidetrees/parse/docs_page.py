"""A page of docs/: its text → front matter and words, in one form that every site builder reads the same.

What readers get of it passes the gate of `html_allowlist`. The site builder is handed `DocsPage.source`, not the
file: so what was checked is what is built, and no form of metadata but this one reaches a template.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import escape

from guidetrees.messages.message import Message, say
from guidetrees.parse.forms import Key, Table, read_table, table_of
from guidetrees.parse.html_allowlist import locate, sanitize
from guidetrees.parse.html_tree import first_heading
from guidetrees.parse.markdown_bounds import TOO_DEEP, unbounded
from guidetrees.parse.problem_collector import ProblemCollector
from guidetrees.parse.readers import entity, identifier, line, many, number, one_or_many, pairs, true
from guidetrees.parse.site_markdown import PLAIN, Dialect, markdown_to_html
from guidetrees.source.files import Unreadable
from guidetrees.source.kept import kept_by_file
from guidetrees.source.layout import DEFAULT, Layout
from guidetrees.source.location import LINE_BREAK, Location, Problem, location_of, shorten
from guidetrees.source.yaml import Mapping, Value

FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
BEGINS_FRONT_MATTER = re.compile(r"---[ \t]*\n[ \t]*[\w-]+:", re.A)
METADATA = re.compile(r" {0,3}[A-Za-z0-9_-]+:")
"""A first line that MkDocs takes off a page without front matter (mkdocs.utils.meta.META_RE)."""

CODE = re.compile(r"<(code|pre)\b.*?</\1>", re.S)
SHOWN_ID = re.compile(r"\{:?[ \t]*(?:\.[\w-]+[ \t]+)*#[\w-]+(?:[ \t]+\.[\w-]+)*[ \t]*\}?")
"""Attributes with an id, as they are written in Markdown."""

_COMMON = (
    Key("title", line),
    Key("description", line),
    Key("hide", one_or_many(identifier)),
    Key("keywords", many(line), default=()),
    Key("search", entity(lambda location, **how: how, table_of(
        say("search"),
        Key("exclude", true),
        Key("boost", number(0, 1000, decimals=True)),
    ))),
)  # fmt: skip
PAGE = table_of(say("the front matter of a page"), *_COMMON)
GUIDE_PAGE = table_of(
    say("the front matter of a page of the guide"),
    *_COMMON,
    Key("updates", many(line), default=()),
    Key("guide", pairs),
    Key("moved", pairs, default=()),
)
OWN = ("updates", "guide", "moved")
"""The keys that nobody but the engine has."""
SHOWN = ("title", "description", "hide", "search")
"""The keys that templates and site builders get."""


@dataclass(frozen=True, slots=True, eq=False)
class DocsPage:
    """A page of docs/ that could be read: one object for one text."""

    path: str
    """In docs/, as in `guide/leder.md`."""
    guide_path: str
    """In the guide's folder, as in `leder.md`; empty for a page that is not the guide's."""
    file: str
    """From the project's root."""
    title: str
    """What the front matter, the first heading or the file's name calls it, as plain text."""
    matter: AnyMapping[str, Any]
    """What the front matter says, by key: what was read, or its default."""
    body: str
    """The Markdown below the front matter."""
    first_line: int
    """The line of the file on which the body begins."""
    html: str
    """The body as readers get it."""
    faults: tuple[Problem, ...] = ()
    """What of the body they do not get, or as words."""

    def source(self, body: str | None = None) -> str:
        """The page as Markdown, with what of its front matter is for templates.

        Themes write front matter into HTML as it is, so its texts are escaped here. `body` replaces its own.
        """
        shown = {key: _escaped(self.matter[key]) for key in SHOWN if self.matter[key]}
        matter = front_matter(shown) or "{}\n"
        return f"---\n{matter}---\n\n{self.body if body is None else body}"


def front_matter(values: AnyMapping[str, object]) -> str:
    """Front matter, a line a key. JSON is YAML."""
    return "".join(
        f"{key}: {json.dumps(value, ensure_ascii=False, default=str)}\n" for key, value in values.items()
    )


def _escaped(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _escaped(item) for key, item in value.items() if item is not None}
    if isinstance(value, tuple):
        return [_escaped(item) for item in value]
    return str(escape(value)) if isinstance(value, str) else value


@kept_by_file(lambda path, *others, **options: path)
def read_docs_page(
    path: str,
    file: str,
    text: str,
    layout: Layout = DEFAULT,
    dialect: Dialect = PLAIN,
    is_others: bool = False,
) -> tuple[DocsPage, tuple[Problem, ...]]:
    """The page at `path` in docs/, and the problems that leave it readable. A preview reads a page anew only when
    it has changed.

    On a page of others' site (`is_others`), front matter may have any keys, and HTML may hold anything. Raises
    Unreadable: the Markdown parser would take time without bound.
    """
    collector = ProblemCollector()
    matter, body, first_line = split_front_matter(LINE_BREAK.sub("\n", text))
    guide_path = layout.guide_path(path)
    table = GUIDE_PAGE if guide_path else PAGE
    values = (_read_others_matter if is_others else _read_matter)(matter, table, file, collector)
    if first_line == 1 and not is_others and (fault := _first_line_fault(body)):
        collector.add(Location(file), fault)
    if fault := unbounded(body):
        raise Unreadable(Problem(Location(file), fault), *collector.problems)
    try:
        written = markdown_to_html(body, dialect)
    except RecursionError as error:
        raise Unreadable(Problem(Location(file), TOO_DEEP), *collector.problems) from error
    html, dropped = sanitize(written)
    found = [(at, one.message) for at, one in locate(dropped, body, partial(markdown_to_html, dialect=dialect))]
    faults = []
    for at, fault in (*found, *_shown_attributes(html, body)):
        place = location_of(body[:at], file)
        faults.append(Problem(Location(file, place.line + first_line - 1, place.column), fault))
    title = values["title"] or first_heading(html) or _name(path)
    page = DocsPage(path, guide_path, file, str(title), values, body, first_line, html, tuple(faults))
    return page, tuple(collector.problems if is_others else [*collector.problems, *faults])


def _shown_attributes(html: str, body: str) -> Iterator[tuple[int, Message]]:
    """Ids that readers see as words, and where: they are not written where they count for an element."""
    for found in SHOWN_ID.finditer(CODE.sub("", html)):
        if (at := body.find(found[0])) >= 0:
            fault = say(
                "'{text}' is shown as words: write it at the end of a heading, or on a line of its own, as far "
                "in, right below a paragraph or an entry",
                text=shorten(found[0]),
            )
            yield at, fault


def split_front_matter(text: str) -> tuple[str, str, int]:
    """Front matter, body, and the line of the file on which the body begins. Lines end in `\\n`."""
    found = FRONT_MATTER.match(text)
    if not found:
        return "", text, 1
    return found[1], text[found.end() :], found[0].count("\n") + 1


def _first_line_fault(body: str) -> Message | None:
    """What is wrong with the beginning of a page that has no front matter."""
    if BEGINS_FRONT_MATTER.match(body):
        return say("the front matter that begins here has no end: write --- on a line of its own behind it")
    if METADATA.match(body):
        return say(
            "MkDocs takes this line for metadata, and off the page: begin the page with its heading, or write "
            "metadata between two lines of ---"
        )
    return None


def _read_matter(matter: str, table: Table, file: str, collector: ProblemCollector) -> dict[str, Any]:
    """What the front matter says by `table`; defaults where it cannot be read."""
    value = collector.read_yaml(matter, file, first_line=2) if matter.strip() else None
    if isinstance(value, Mapping):
        return read_table(table, value, value.location, collector)
    if value is not None:
        collector.add(value.location, say("front matter must be a mapping of keys"))
    return table.defaults()


def _read_others_matter(matter: str, table: Table, file: str, collector: ProblemCollector) -> dict[str, Any]:
    """The same on a site of others, whose keys may be for others and of any form: only those that nobody else has
    are checked."""
    others = ProblemCollector()
    value = others.read_yaml(matter, file, first_line=2) if matter.strip() else None
    if not isinstance(value, Mapping):
        return table.defaults()
    given: dict[str, Value] = dict(value.entries)
    read = table.defaults()
    for key in table.keys:
        if key.name in given:
            found = key.read(given[key.name], key.name, collector if key.name in OWN else others)
            read[key.name] = read[key.name] if found is None else found
    return read


def _name(path: str) -> str:
    """What a page without title and heading is called: as MkDocs does, by its file's name."""
    name = posixpath.basename(posixpath.splitext(path)[0]).replace("-", " ").replace("_", " ")
    return name.capitalize() if name == name.lower() else name
