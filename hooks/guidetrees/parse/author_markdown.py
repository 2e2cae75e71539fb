"""Authors' Markdown → HTML that cannot break or outwit a page.

A small Markdown: paragraphs, lists, emphasis, tables, links, headings. Raw HTML and pictures are no part
of it and come out as problems (and escaped). Links are written as references of the tree language, so
that they are checked like any `goto`: `node`, `tree:`, `tree:node`, `page.md#section`, or a whole
address (https, mailto, tel).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from markdown_it.token import Token
from markupsafe import Markup

from guidetrees.messages.message import Message, say
from guidetrees.parse.html_allowlist import holds, sanitize
from guidetrees.parse.html_tree import HEADINGS
from guidetrees.parse.list_faults import list_faults
from guidetrees.parse.markdown_bounds import TOO_DEEP
from guidetrees.parse.markdown_places import Lines
from guidetrees.parse.markdown_rules import MAX_NESTING, parser
from guidetrees.source.location import shorten

SCHEMES = ("https://", "http://", "mailto:", "tel:")

PLAIN_LINE = re.compile(
    r"(?![a-zA-Z][.)] )(?:[^\W\d_]|[«“(])"
    r"(?:(?:[^\W_]|[ .,;:?!()'\"«»“”–—/%§…-])*(?:[^\W_]|[.,;:?!)'\"«»“”–—/%§…-]))?"
)
"""A line that begins nothing and holds no sign that Markdown knows. It ends in no space."""
BARE_ADDRESS = re.compile(r"//|www\.", re.I)
EMPTY_LINES = re.compile(r"\n{2,}")

PICTURE = say("holds a picture: pictures belong on the guide's pages")

MAX_CACHED_TEXTS = 100_000
"""Texts that are kept as they were read: more than any guide has, so that each is read once."""

Link = Callable[[str], str | None]
"""The target that an author wrote → the address that goes on the page; None where there is none."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a text."""

    message: Message
    at: int
    """Where in the text, in characters from its beginning."""
    target: str | None = None
    """The target of a link that leads nowhere, if that is the fault."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Rendered Markdown, and what is wrong with it."""

    html: Markup
    faults: tuple[Fault, ...]
    addresses: tuple[tuple[str, int], ...]
    """The outside addresses that its links lead to, each with where it is written, as in Fault."""


def render_author_markdown(text: str, link: Link) -> Prose:
    """`text` as HTML, its links resolved by `link`."""
    read = _read(str(text))
    found = {target: link(target) if target else None for target in read.targets}
    # A link that leads nowhere stays as words.
    ends = [Markup(' href="{}"').format(end) if (end := found[target]) else "" for target in read.links]
    html = re.sub(f' href="{read.mark}([0-9]+)"', lambda match: ends[int(match[1])], read.html)
    dead = (
        Fault(say("the link '{target}' leads nowhere", target=one), at, one)
        for one, at in read.targets.items()
        if not found[one]
    )
    slips = (slip for slip, target in read.slips if link(target))
    faults = sorted([*read.faults, *dead, *slips], key=lambda fault: fault.at)
    return Prose(Markup(html), tuple(faults), read.addresses)


@dataclass(frozen=True, slots=True)
class _Read:
    """Markdown whose links are not resolved: what a text is in every place where it stands."""

    html: str
    mark: str = "link"
    """What stands in the links' addresses, followed by a number from 0. The text does not hold it."""
    links: tuple[str, ...] = ()
    """Their targets."""
    targets: dict[str, int] = field(default_factory=dict)
    """The same, each once, with where it is first written."""
    addresses: tuple[tuple[str, int], ...] = ()
    faults: tuple[Fault, ...] = ()
    slips: tuple[tuple[Fault, str], ...] = ()
    """Faults that are some if the target that each names exists."""


@lru_cache(maxsize=MAX_CACHED_TEXTS)
def _read(text: str) -> _Read:
    """The text, read once for checks, its page and the document for review."""
    if html := unmarked(text):
        return _Read(html)
    reading = _Reading(text)
    if any(token.level >= MAX_NESTING - 1 for token in reading.tokens):  # the parser may have left something out
        return _Read(str(Markup.escape(text)), faults=(Fault(TOO_DEEP, 0),))
    reading.note_all()
    html, dropped = sanitize(reading.html())
    faults = reading.faults | {(message := holds(one.fault)): Fault(message, 0) for one in dropped}
    return _Read(
        html,
        reading.mark,
        tuple(reading.links),
        reading.targets,
        tuple(reading.addresses),
        tuple(faults.values()),
        tuple(reading.slips),
    )


def unmarked(text: str) -> str | None:
    """The HTML of a text without any sign of Markdown, as most are: the parser takes ten times as long."""
    lines = text.strip("\n").split("\n")
    if (
        not any(lines)
        or not all(PLAIN_LINE.fullmatch(line) for line in lines if line)
        or BARE_ADDRESS.search(text)
    ):
        return None
    return "<p>" + EMPTY_LINES.sub("</p>\n<p>", "\n".join(lines)) + "</p>"


class _References(dict[str, Any]):
    """The lines that say where the links with a name lead, and which of them were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.used: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:
        self.used.add(name)
        return super().get(name, default)


class _Reading:
    """A text as tokens of the parser, with its links and its faults."""

    def __init__(self, text: str) -> None:
        # Of the same length, for places: the parser counts a line break as one character.
        text = text.replace("\r\n", " \n").replace("\r", "\n")
        self.mark = "link"
        while self.mark in text:
            self.mark += "x"
        self.text = Lines(text)
        self.references = _References()
        self.env: dict[str, Any] = {"references": self.references}
        self.tokens = parser().parse(text, self.env)
        self.links: list[str] = []
        self.targets: dict[str, int] = {}
        self.addresses: list[tuple[str, int]] = []
        self.faults: dict[str, Fault] = {}
        self.slips: list[tuple[Fault, str]] = []

    def html(self) -> str:
        return str(parser().renderer.render(self.tokens, parser().options, self.env)).rstrip("\n")

    def note_all(self) -> None:
        _number_lists(self.tokens)
        _place_headings(self.tokens)
        for token in self.tokens:
            if token.type == "fence":
                token.info = ""  # the renderer makes a class of it
        for line, column, message in list_faults(self.tokens, self.text.lines):
            self._add(message, self.text.offset(line, column))
        for block in self.text.blocks(self.tokens):
            for token in block.token.children or ():
                if token.meta:
                    self._note(token, block.place(token.meta["at"]))
        self._note_references()

    def _add(self, message: Message, at: int) -> None:
        self.faults.setdefault(message, Fault(message, at))

    def _note(self, token: Token, at: int) -> None:
        if token.type == "image":
            self._add(PICTURE, at)
            token.attrs.pop("src", None)
        elif token.type == "link_open":
            self._note_link(token, at)
        elif target := token.meta["target"]:
            self.slips.append((Fault(token.meta["message"], at), target))
        else:
            self._add(token.meta["message"], at)

    def _note_link(self, token: Token, at: int) -> None:
        target = str(token.attrs["href"])
        if target.lower().startswith(SCHEMES):
            self.addresses.append((target, at))
        else:
            token.attrs["href"] = f"{self.mark}{len(self.links)}"
            self.links.append(target)
            self.targets.setdefault(target, at)

    def _note_references(self) -> None:
        """A line `[name]: target` is on no page by itself."""
        unused = [one for name, one in self.references.items() if name not in self.references.used]
        for one in [*unused, *self.env.get("duplicate_refs", ())]:
            line = one["map"][0]
            words = shorten(self.text.lines[line])
            message = say("'{words}' is shown nowhere: no link has this name, or another line has it", words=words)
            self._add(message, self.text.offset(line, 0))


def _number_lists(tokens: list[Token]) -> None:
    """Every entry has its author's number, unless all are ones: then they are counted.

    The number is in the page, so that a copied text has it too.
    """
    open_lists: list[list[Token]] = []
    for token in tokens:
        if token.type.endswith("list_open"):
            open_lists.append([])
        elif token.type == "list_item_open":
            open_lists[-1].append(token)
        elif token.type == "ordered_list_close":
            entries = open_lists.pop()
            numbers = [int(entry.info) for entry in entries]
            for counted, (entry, number) in enumerate(zip(entries, numbers, strict=True), start=1):
                entry.attrs["value"] = counted if {*numbers} == {1} else number
        elif token.type == "bullet_list_close":
            open_lists.pop()


def _place_headings(tokens: list[Token]) -> None:
    """Headings begin under the page's own; columns are aligned by a class, as pages carry no inline style."""
    highest = min((int(token.tag[1]) for token in tokens if token.tag in HEADINGS), default=1)
    for token in tokens:
        if token.tag in HEADINGS:
            token.tag = HEADINGS[min(5, int(token.tag[1]) - highest + 1)]
        elif style := token.attrs.pop("style", None):
            token.attrs["class"] = "gt-" + str(style).split(":")[1].strip(" ;")
