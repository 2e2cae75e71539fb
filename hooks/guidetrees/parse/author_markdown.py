"""Authors' Markdown → HTML that cannot break or outwit a page.

A small Markdown: paragraphs, lists, emphasis, tables, links, headings. Raw HTML and pictures are no part
of it and come out as problems (and escaped). Links are written as references of the tree language, so
that they are checked like any `goto`: `node`, `tree:`, `tree:node`, `page.md#section`, or a whole
address (https, mailto, tel).
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

import markdown
from markdown.extensions import sane_lists, tables
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

from guidetrees.messages.message import Message, say
from guidetrees.parse.html_allowlist import holds, sanitize
from guidetrees.parse.html_tree import HEADINGS

SCHEMES = ("https://", "http://", "mailto:", "tel:")
# A tag, a closing tag, a comment or a declaration; `<https://…>` and `<a@b.dk>` are Markdown's own links.
TAG = r"(<(?:/?([a-zA-Z][a-zA-Z0-9-]*)(?:\s[^<>]*)?/?>|!--|!\[CDATA\[|![a-zA-Z]|\?[a-zA-Z]))"

PLAIN_LINE = re.compile(
    r"(?:[^\W\d_]|[«“(])(?:(?:[^\W_]|[ .,;:?!()'\"«»“”–—/%§…-])*(?:[^\W_]|[.,;:?!)'\"«»“”–—/%§…-]))?"
)
"""A line that begins nothing and holds no sign that Markdown knows. It ends in no space."""
EMPTY_LINES = re.compile(r"\n{2,}")

TOO_DEEP = say("is nested too deep for Markdown")
TOO_LONG = say("is too long without an empty line: divide it into paragraphs")
PICTURE = say("holds a picture: pictures belong on the guide's pages")

MAX_CACHED_TEXTS = 100_000
"""Texts that are kept as they were read: more than any guide has, so that each is read once."""

Link = Callable[[str], str | None]
"""The target that an author wrote → the address that goes on the page; None where there is none."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Rendered Markdown, and what is wrong with it, in words."""

    html: Markup
    faults: tuple[Message, ...]


# How deep brackets and quotations may lie in each other, and how long a text may be without an empty line: the
# Markdown parser looks from each bracket and heading to the end of its block: some pages of them would take hours.
MAX_OPEN = 20
MAX_BLOCK_LENGTH = 20_000
EMPTY_LINE = re.compile(r"\n[ \t\r]*\n")
OPEN_QUOTATIONS = re.compile(rf"(?m)^[ \t]*(?:>[ \t]*){{{MAX_OPEN + 1}}}")
OPEN_TAG = re.compile(r"<[a-zA-Z/!?][^<>]*+(?=<|\Z)")
BRACKETS = {"[": ("[", 1), "]": ("[", -1), "(": ("(", 1), ")": ("(", -1)}


def unbounded(text: str) -> Message | None:
    """What the Markdown parser would take time without bound for, in words; None where nothing is."""
    blocks = EMPTY_LINE.split(text)
    if OPEN_QUOTATIONS.search(text) or len(OPEN_TAG.findall(text)) > MAX_OPEN or any(map(_is_too_deep, blocks)):
        return TOO_DEEP
    return TOO_LONG if max(map(len, blocks)) > MAX_BLOCK_LENGTH else None


def _is_too_deep(block: str) -> bool:
    opened = {"[": 0, "(": 0}
    for sign in re.findall(r"[\[\]()]", block):
        kind, more = BRACKETS[sign]
        opened[kind] = max(0, opened[kind] + more)
        if opened[kind] > MAX_OPEN:
            return True
    return False


def render_author_markdown(text: str, link: Link) -> Prose:
    """`text` as HTML, its links resolved by `link`."""
    if fault := unbounded(text):
        return Prose(Markup.escape(text), (fault,))
    try:
        read = _read(text)
    except RecursionError:
        return Prose(Markup.escape(text), (TOO_DEEP,))
    found = {target: link(target) if target else None for target in read.targets}
    # A link that leads nowhere stays as words.
    ends = [Markup(' href="{}"').format(end) if (end := found[target]) else "" for target in read.targets]
    html = re.sub(f' href="{read.mark}([0-9]+)"', lambda match: ends[int(match[1])], read.html)
    return Prose(Markup(html), tuple(words for words, of in read.faults if not (of and found[of])))


@dataclass(frozen=True, slots=True)
class _Read:
    """Markdown whose links are not resolved: what a text is in every place where it stands."""

    html: str
    mark: str
    """What stands in the links' addresses, followed by a number from 0. The text does not hold it."""
    targets: tuple[str, ...]
    faults: tuple[tuple[Message, str | None], ...]
    """In words, each with the link's target that it is a fault of, should it lead nowhere."""


@lru_cache(maxsize=MAX_CACHED_TEXTS)
def _read(text: str) -> _Read:
    """The text, read once for checks, its page and the document for review."""
    if html := unmarked(text):
        return _Read(html, "link", (), ())
    parser, safe = _parser()
    safe.begin(text)
    try:
        html = parser.reset().convert(text)
    except Exception:
        _parser.cache_clear()  # it is in the middle of something
        raise
    html, dropped = sanitize(html)
    faults = safe.faults | {holds(one.fault): None for one in dropped}
    return _Read(html, safe.mark, tuple(safe.targets), tuple(faults.items()))


def unmarked(text: str) -> str | None:
    """The HTML of a text without any sign of Markdown, as most are: the parser takes a hundred times as long."""
    lines = text.strip("\n").split("\n")
    if not any(lines) or not all(PLAIN_LINE.fullmatch(line) for line in lines if line):
        return None
    return "<p>" + EMPTY_LINES.sub("</p>\n<p>", "\n".join(lines)) + "</p>"


@cache
def _parser() -> tuple[markdown.Markdown, _Safe]:
    """The parser of all texts: to make one takes longer than a text."""
    # Modules and not their names, which the parser would look for in all that is installed.
    extensions = [sane_lists.makeExtension(), tables.makeExtension()]
    parser = markdown.Markdown(extensions=extensions, output_format="html")
    safe = _Safe(parser)
    parser.preprocessors.deregister("html_block")
    parser.inlinePatterns.deregister("html")
    parser.inlinePatterns.register(_Tag(safe), "html", 90)
    # After the inline patterns have made the links, before the tree is written out.
    parser.treeprocessors.register(safe, "safe", 15)
    return parser, safe


class _Tag(InlineProcessor):
    """Raw HTML: a fault, and text on the page."""

    def __init__(self, safe: _Safe) -> None:
        super().__init__(TAG, safe.md)
        self.safe = safe

    def handleMatch(self, match: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]
        tag, name = " ".join(match[1].split()), (match[2] or "").lower()
        if not (tag.startswith("</") and name in self.safe.opened):
            words = say("holds HTML ({tag}): write Markdown, or put the text between `backticks`", tag=tag)
            self.safe.faults[words] = None
        self.safe.opened.add(name)
        return self.md.htmlStash.store(str(Markup.escape(match[1]))), match.start(0), match.end(0)


class _Safe(Treeprocessor):
    """Notes links, refuses pictures and lets the headings begin under the page's own."""

    def begin(self, text: str) -> None:
        self.mark = "link"
        while self.mark in text:
            self.mark += "x"
        self.targets: list[str] = []
        self.faults: dict[Message, str | None] = {}
        """As in _Read."""
        self.opened: set[str] = set()
        """Names of tags."""

    def run(self, root: etree.Element) -> None:
        levels = [HEADINGS.index(e.tag) for e in root.iter() if e.tag in HEADINGS]
        for element in root.iter():
            if element.tag in HEADINGS:
                element.tag = HEADINGS[min(5, HEADINGS.index(element.tag) - min(levels) + 1)]
            elif element.tag == "img":
                self.faults[PICTURE] = None
                element.attrib.pop("src", None)
            elif element.tag == "a":
                self._note(element)
            elif element.tag in ("th", "td"):
                self._align(element)

    def _note(self, element: etree.Element) -> None:
        target = _plain(element.get("href", ""))
        if target.lower().startswith(SCHEMES):
            return
        fault = say(
            "the link '{target}' leads nowhere: write a node, tree:, tree:node, page.md#section or a whole "
            "address",
            target=target,
        )
        self.faults[fault] = target
        element.set("href", f"{self.mark}{len(self.targets)}")
        self.targets.append(target)

    def _align(self, element: etree.Element) -> None:
        """A column's alignment as a class: the pages carry no inline style."""
        if style := element.attrib.pop("style", None):
            element.set("class", "gt-" + style.split(":")[1].strip(" ;"))


def _plain(href: str) -> str:
    """An address as the author sees it: without the parser's marks for `&`, for letters and for `\\_`."""
    href = href.replace(markdown.util.AMP_SUBSTITUTE, "&")
    href = re.sub(f"{markdown.util.STX}(\\d+){markdown.util.ETX}", lambda m: chr(int(m[1])), href)
    return re.sub(r"&#(\d+);", lambda m: chr(int(m[1])), href)
