"""Problems → a site that is only a page of them, which MkDocs builds in a preview in place of the site.

The page is complete in itself: whatever is wrong with the sources, it needs nothing of the site.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files

from guidetrees.check.checker import Finding
from guidetrees.messages.words import Words
from guidetrees.render.context import templates_in
from guidetrees.source.files import INVISIBLE, read_bytes
from guidetrees.source.location import LINE_BREAK, Location

TEMPLATES = Path(__file__).parent / "problems"
PLUGIN = "guidetrees-problems"
"""The plugin of such a site."""
PROBLEMS_PAGE = "problems.html"
PROBLEMS_STYLE = "problems.css"
MISSING_PAGE = "404.html"
"""The page that servers send for addresses that are not found."""

AROUND = 3
"""Lines of the source that are shown before and after the one with the problem."""
MAX_INDENT = 24
MAX_LENGTH = 300
"""Characters of a line that are shown: one line of a text may be a whole chapter."""
# What is marked: a word, or else one character.
MARKED = re.compile(r"[\w-]+|.?")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source in three parts, of which `marked` is where the problem is."""

    number: int
    before: str
    marked: str = ""
    after: str = ""
    faulty: bool = False

    @property
    def indent(self) -> int:
        """How far in the line begins, which is where it goes on when it is broken; not all of a long one."""
        whole = self.before + self.marked + self.after
        return min(len(whole) - len(whole.lstrip(" ")), MAX_INDENT)


def problems_site(config: MkDocsConfig, findings: Iterable[Finding], words: Words) -> MkDocsConfig:
    """What MkDocs builds in place of the site of `config`. It has no theme and no plugin that could fail."""
    root, base = Path(config.config_file_path).parent, urlsplit(config.site_url or "/").path
    page = problems_page(root, findings, config.site_name, words, base)
    site = MkDocsConfig(config.config_file_path)
    theme = {"name": None, "custom_dir": str(TEMPLATES)}
    # MkDocs requires a folder to read. It gets one whose files `OnlyProblems` leaves out.
    folders = {"docs_dir": str(TEMPLATES), "site_dir": config.site_dir}
    site.load_dict({"site_name": config.site_name, "theme": theme, "plugins": [], **folders})
    site.validate()
    site.plugins[PLUGIN] = OnlyProblems(page)
    return site


class OnlyProblems(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Replaces all files by the page of problems. It is also the page for addresses that are not found."""

    def __init__(self, page: str) -> None:
        self.page = page

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        style = (TEMPLATES / PROBLEMS_STYLE).read_text("utf-8")
        contents = {PROBLEMS_PAGE: self.page, MISSING_PAGE: self.page, PROBLEMS_STYLE: style}
        return Files([File.generated(config, path, content=content) for path, content in contents.items()])


def problems_page(root: Path, findings: Iterable[Finding], site_name: str, words: Words, base: str) -> str:
    """Every problem with the lines of its file, under `root`, around it. It is shown at any address of the site
    at `base`."""
    source = cache(_source)
    places = ((finding, finding.problem.location) for finding in findings)
    shown = [(finding, excerpt(source(root / place.file), place)) for finding, place in places]
    title = words.say("problems", count=words.number(len(shown)))
    template = templates_in(TEMPLATES, words).get_template("problems.html")
    return template.render(title=title, site_name=site_name, problems=shown, style=base + PROBLEMS_STYLE)


def _source(path: Path) -> list[str]:
    """The lines of a file as far as they can be shown; none where it cannot be opened."""
    try:
        # What a link leads to may be someone else's.
        data = b"" if path.is_symlink() else read_bytes(path)
    except OSError:
        return []
    text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", errors="replace")
    # What cannot be seen, or reorders what can, is shown as what it is: a character that does not belong there.
    return [INVISIBLE.sub("\ufffd", line) for line in LINE_BREAK.split(text)]


def excerpt(source: Sequence[str], place: Location) -> list[Line]:
    """The lines around `place`, which may be behind the last character of its line and on the last line of all."""
    if not any(source):
        return []
    faulty = min(place.line, len(source))
    first = max(1, faulty - AROUND)
    # Behind the last line break there is a line only for those who look for a problem there.
    written = len(source) if source[-1] else max(faulty, len(source) - 1)
    lines = source[first - 1 : min(faulty + AROUND, written)]
    return [
        _faulty(number, line, place.column) if number == faulty else Line(number, _cut(line))
        for number, line in enumerate(lines, first)
    ]


def _faulty(number: int, line: str, column: int) -> Line:
    at = min(column - 1, len(line))
    # The place is in the middle of what is shown of a long line.
    left = max(0, at - MAX_LENGTH // 2) if len(line) > MAX_LENGTH else 0
    marked = found[0] if (found := MARKED.match(line, at)) else ""
    before = "…" * (left > 0) + line[left:at]
    return Line(number, before, marked, _cut(line[at + len(marked) :], MAX_LENGTH // 2), faulty=True)


def _cut(text: str, longest: int = MAX_LENGTH) -> str:
    return text if len(text) <= longest else text[:longest] + "…"
