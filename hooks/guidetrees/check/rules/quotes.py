"""Rules on the sections that trees quote: a quotation says what the page says, and as the page shows it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from guidetrees.check.rule_examples import shown_by
from guidetrees.messages.message import Message, say
from guidetrees.parse.docs_page import DocsPage
from guidetrees.parse.guide import FENCE, GuidePage, Section
from guidetrees.project.project import Project
from guidetrees.project.references import all_nodes, cited
from guidetrees.source.location import Location, Problem, shorten

SIGNS = {
    re.compile(r"\?\?\?\+?(?: |$)"): "pymdownx.details",
    re.compile(r"!!! ?[\w\"-]"): "admonition",
    re.compile(r"=== ?[\"']"): "pymdownx.tabbed",
    re.compile(r"- \[[ xX]\] "): "pymdownx.tasklist",
}
"""What begins a line that an extension makes something of, and the extension."""
MAX_LINES = 10_000
"""Of the last section of a page, whose end nobody needs to know."""
MAX_INDENT = 3
"""Further in, a line is code."""
ICON = re.compile(r":(?:material|fontawesome|octicons|simple)-[\w-]+:")


@shown_by("""
# mkdocs.yml
  site_name: The library
  plugins: [guidetrees]
  extra:
    guidetrees:
      policy: false
      owner: The library
      feedback: desk@library.example
      accessibility_statement: https://library.example/accessibility
# docs/guide/rules.md
  # Rules { #rules }

  ## How long { #time }

- <iframe src="https://video.example/1"></iframe>
+ [A film](https://video.example/1)
""")
def quotes_are_whole(project: Project) -> Iterator[Problem]:
    """Nothing in a section that trees cite is left out of the quotation. On a site of others a page may hold
    anything, but the pages of trees quote only texts, links and pictures of the site's own."""
    for page, lines in _cited_lines(project) if project.settings.is_guest else ():
        for fault in page.faults:
            if fault.location.line in lines:
                message = say("in a section that trees quote: {fault}", fault=fault.message)
                yield Problem(fault.location, message)


@shown_by("""
# docs/guide/rules.md
  # Rules { #rules }

  ## How long { #time }

- ??? note "More"
-     Four weeks.
+ **More:** four weeks.
""")
def quotes_have_no_signs(project: Project) -> Iterator[Problem]:
    """A section that trees cite has no sign of an extension of Markdown that mkdocs.yml does not list, nor a
    picture that only the theme draws."""
    listed = {extension.name for extension in project.settings.dialect.sites}
    for page, lines in _cited_lines(project):
        for number, line in _outside_fences(page.body.splitlines(), page.first_line):
            if number in lines and (found := _sign(line, listed)):
                at, message = found
                yield Problem(Location(page.file, number, at + 1), message)


def _sign(line: str, listed: Collection[str]) -> tuple[int, Message] | None:
    """What of a line is shown as it is written, and where in the line."""
    indent = len(line) - len(line.lstrip())
    extension = next((name for start, name in SIGNS.items() if start.match(line, indent)), "")
    if extension and extension not in listed and indent <= MAX_INDENT:
        return indent, say(
            "'{line}' is shown as it is written: list {extension} under markdown_extensions in mkdocs.yml, or "
            "write it in plain Markdown",
            line=shorten(line.strip()),
            extension=extension,
        )
    if icon := ICON.search(line):
        message = say("'{icon}' is shown as it is written where trees quote it: write a word", icon=icon[0])
        return icon.start(), message
    return None


def _cited_lines(project: Project) -> Iterator[tuple[DocsPage, set[int]]]:
    """The pages with the lines of the sections that trees cite."""
    found: dict[str, set[int]] = {}
    for reference in dict.fromkeys(str(name) for _, node in all_nodes(project) for name in cited(node)):
        if section := project.section(reference):
            page = project.pages[section.page]
            found.setdefault(section.page, set()).update(_lines(page, section))
    for path, lines in found.items():
        yield project.docs[f"{project.layout.guide_in_docs}/{path}"], lines


def _lines(page: GuidePage, section: Section) -> range:
    """The lines of a section: up to the next heading of its level, or to the next of any where it is none."""
    first, own = section.location.line, next((h for h in page.headings if h.id == section.id), None)
    behind = (h.line for h in page.headings if h.line > first and (not own or h.level <= own.level))
    return range(first, next(behind, first + MAX_LINES))


def _outside_fences(lines: list[str], first: int) -> Iterator[tuple[int, str]]:
    fence = ""
    for number, line in enumerate(lines, first):
        if found := FENCE.match(line):
            fence = "" if fence == found[1] else fence or found[1]
        elif not fence:
            yield number, line
