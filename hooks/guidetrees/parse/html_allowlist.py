"""The gate that authors' HTML passes on its way to readers: what may stay is listed, all else stays behind.

1. `sanitize` gives finished HTML as nh3 writes it: the parser of browsers (html5ever) reads it, and a list of tags
   and attributes says what stays. What comes out is balanced, so it cannot end an element around it.
2. It also names what stayed behind, so that nothing vanishes in silence: a second parser reads the HTML, and the
   two are compared.
3. `locate` finds where an author has written that: each place that may be it gets a mark, the text is read once
   more, and the marks that come out in markup, not in words, show which places it was.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partialmethod
from html.parser import HTMLParser
from typing import Literal, NamedTuple

import nh3

from guidetrees.messages.message import Message, say
from guidetrees.source.location import shorten

TAGS = frozenset([
    "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "blockquote", "br", "caption", "center",
    "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption",
    "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li",
    "main", "mark", "nav", "ol", "p", "pre", "q", "s", "samp", "section", "small", "span", "strong", "sub",
    "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr",
])  # fmt: skip
ATTRIBUTES = frozenset([
    "abbr", "align", "alt", "aria-describedby", "aria-hidden", "aria-label", "aria-labelledby", "cite", "class",
    "colspan", "datetime", "dir", "headers", "height", "href", "hreflang", "id", "lang", "open", "rel", "reversed",
    "role", "rowspan", "scope", "span", "src", "start", "style", "tabindex", "target", "title", "type", "value",
    "width",
])  # fmt: skip
DOCUMENT = {
    "html": ("lang", "dir"),
    "head": (),
    "title": (),
    "meta": ("charset", "name", "content"),
    "link": ("rel", "href", "type", "sizes", "media"),
    "body": ("class", "lang", "dir"),
}
"""Elements that make a document of HTML, with their attributes: for files that are copied as they are."""
SCHEMES = frozenset(["http", "https", "mailto", "tel"])

SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
UNREAD_IN_ADDRESSES = re.compile(r"[\x00-\x20]")
"""White space and control characters, which browsers pass over in an address."""
ALIGNED = re.compile(r"\s*text-align:\s*(?:left|right|center);?\s*")
"""The only style: a column's, as Markdown's tables write it."""
RESERVED_ID = re.compile(r"__|(?:gt|md)-|search-(?:open|query|results)$")
"""Beginnings of ids (and whole ids) that the theme's and the engine's scripts look for."""
RESERVED_CLASS = re.compile(r"(?:gt|md)(?:-(?!(?:left|center|right)$)|$)")
"""Classes of the theme and the engine, but for the alignment of columns."""
ATTRIBUTE_NAME = re.compile(r"[\w:.@-]*", re.A)
"""Whole names of attributes, as they may be meant."""
INSERTED = frozenset(["tbody", "tr", "colgroup"])
"""Start tags that the parser of browsers adds where they are left out."""

MARK = "gt0at{}z"
MARKED = re.compile(r"gt0at(\d+)z", re.I)
MAX_RENDERED = 400_000
"""Characters that are rendered to locate what one page holds (about two seconds). Of the rest, the place
is the first where its word is written."""

PAGES_HOLD = say("pages have texts, pictures of their own and links")
INSTRUCTION = say("an instruction (<?)")


@dataclass(frozen=True, slots=True)
class Dropped:
    """A piece of HTML that does not pass."""

    word: str
    """As it is written in the HTML, to be found in the source."""
    fault: Message
    """What it is, in words: `<script>`, `the attribute 'onclick'`."""
    in_tag: bool = False
    """Whether `word` is the beginning of a start tag."""
    nth: int | None = None
    """Which one it is (from 0), where only one of those with the same word does not pass."""

    @property
    def message(self) -> Message:
        return holds(self.fault, PAGES_HOLD)


def holds(fault: Message, remedy: Message | None = None) -> Message:
    """The message that a text or file holds something that it may not."""
    return (
        say("holds {fault}: {remedy}", fault=fault, remedy=remedy) if remedy else say("holds {fault}", fault=fault)
    )


def _attribute(name: str) -> Message:
    return say("the attribute '{name}'", name=name)


def _tag(tag: str) -> Message:
    return say("{tag}>", tag=tag)


def sanitize(html: str) -> tuple[str, tuple[Dropped, ...]]:
    """Finished HTML of an author as readers get it, and what has been left out of it: each once, in order."""
    kept = _gate().clean(html)
    # nh3 writes quotes in texts as they are.
    is_same = kept == html or kept.replace("&quot;", '"') == html.replace("&quot;", '"')
    return kept, () if is_same else _dropped(html, kept)


def text_only(html: str) -> str:
    """HTML without any markup: its words, escaped."""
    return nh3.clean(html, tags=set())


@cache
def _gate() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(TAGS),
        attributes={"*": set(ATTRIBUTES)},
        attribute_filter=lambda tag, name, value: _kept(name, value),
        url_schemes=set(SCHEMES),
        strip_comments=False,
        link_rel=None,
    )


def _kept(name: str, value: str) -> str | None:
    """What stays of an attribute's value; None where nothing does, and the attribute goes."""
    refused = [one.word for one in _refused_attribute(name, value)]
    if refused and name == "class":
        return " ".join(one for one in value.split() if one not in refused) or None
    return None if refused else value


def _refused_attribute(name: str, value: str) -> Iterator[Dropped]:
    if name not in ATTRIBUTES or (name == "style" and not ALIGNED.fullmatch(value)):
        yield Dropped(name, _attribute(name))
    elif name == "class":
        for one in filter(RESERVED_CLASS.match, value.split()):
            yield Dropped(one, say("the class '{name}', which is the site's own", name=shorten(one)))
    elif name == "id" and RESERVED_ID.match(value):
        yield Dropped(value, say("the id '{name}', which is the site's own", name=shorten(value)))
    elif name in ("href", "src", "cite"):
        yield from _refused_address(value, is_loaded=name == "src")


def _refused_address(value: str, is_loaded: bool) -> Iterator[Dropped]:
    address = UNREAD_IN_ADDRESSES.sub("", value)
    scheme = SCHEME.match(address)
    if scheme and scheme[1].lower() not in SCHEMES:
        yield Dropped(scheme[0], say("an address that begins with '{scheme}'", scheme=scheme[0]))
    elif is_loaded and (scheme or address.startswith(("//", "\\", "/\\"))):
        yield Dropped(value, say("a picture from another host"))


# What stays behind


def _dropped(html: str, kept: str) -> tuple[Dropped, ...]:
    written = _Tokens(html)
    if begun := _without_end(written.tokens):
        return (begun,)
    opened = {token.name for token in written.tokens if token.kind == "start"}
    of_their_own = (token for token in written.tokens if token.kind != "end" or token.name not in opened)
    found = dict.fromkeys(one for token in of_their_own for one in _refused(token))
    return tuple(found or _out_of_place(written, written.tokens, kept))


def _without_end(tokens: list[_Token]) -> Dropped | None:
    """The first tag that takes the text behind it for attributes, as its `>` is missing."""
    for place, token in enumerate(tokens):
        words = [name for name, value in token.attributes if value in ("", name) and name not in ATTRIBUTES]
        if len(words) > 3 or not all(map(ATTRIBUTE_NAME.fullmatch, words)):
            nth = sum((one.kind, one.name) == ("start", token.name) for one in tokens[:place])
            return Dropped(token.tag, say("'{text}' without an end", text=token.tag), in_tag=True, nth=nth)
    return None


def dropped_of_document(html: str) -> tuple[Dropped, ...]:
    """What a whole document of HTML holds that a page may not, but for what makes it one."""
    written = _Tokens(html)
    tags = (token for token in written.tokens if token.kind in ("start", "end"))
    of_document = [tag for tag in tags if tag.name in DOCUMENT]
    begun = (*of_document, _Token("declaration", "doctype html"), _Token("declaration", "DOCTYPE html"))
    content = [token for token in written.tokens if token not in begun]
    found = [one for token in content for one in _refused(token)]
    found += [one for token in of_document for one in _refused_of_document(token)]
    return tuple(dict.fromkeys(found or _out_of_place(written, content, _gate().clean(html))))


def _refused_of_document(token: _Token) -> Iterator[Dropped]:
    for name, value in token.attributes:
        if name not in DOCUMENT[token.name]:
            yield Dropped(name, _attribute(name))
        elif name == "charset" and value.lower() != "utf-8":
            yield Dropped(value, say("the encoding '{name}', not utf-8", name=shorten(value)))
        elif name == "href":
            for one in _refused_address(value, is_loaded=True):
                yield Dropped(one.word, say("an address on another host"))


Kind = Literal["start", "end", "word", "comment", "declaration", "instruction"]


class _Token(NamedTuple):
    """A piece of HTML, as html.parser reads it."""

    kind: Kind
    name: str
    """A tag's name, or what else it says."""
    attributes: tuple[tuple[str, str], ...] = ()

    @property
    def tag(self) -> str:
        """The beginning of a tag, as it is written."""
        return f"</{self.name}" if self.kind == "end" else f"<{self.name}"


class _Tokens(HTMLParser):
    """HTML in pieces. `unfinished` is a tag, a comment or the like at its very end that is not closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tokens: list[_Token] = []
        self.feed(html)
        found = re.search(r"<[a-zA-Z/!?].*", self.rawdata, re.S)
        self.unfinished = found[0] if found else ""
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tokens.append(_Token("start", tag, tuple((name, value or "") for name, value in attrs)))

    handle_startendtag = handle_starttag

    def _add(self, kind: Kind, name: str) -> None:
        self.tokens.append(_Token(kind, name))

    handle_endtag = partialmethod(_add, "end")
    handle_comment = partialmethod(_add, "comment")
    handle_decl = unknown_decl = partialmethod(_add, "declaration")
    handle_pi = partialmethod(_add, "instruction")

    def handle_data(self, data: str) -> None:
        self.tokens += [_Token("word", word) for word in data.split()]

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """`<![`: to browsers a comment up to the next `>`. Python's own reading of it raises AssertionError."""
        end = self.rawdata.find(">", i)
        if end > 0:
            self.handle_decl(self.rawdata[i + 3 : end])
        return end + 1 if end > 0 else -1


def _refused(token: _Token) -> Iterator[Dropped]:
    """What the list says of a piece by itself."""
    if token.kind == "declaration":
        yield Dropped("<!", say("a declaration (<!)"))
    elif token.kind == "instruction":
        yield Dropped("<?", INSTRUCTION)
    elif token.kind == "comment" and (token.name.startswith((">", "->")) or "--!>" in token.name):
        yield Dropped("<!--", say("an odd comment"))
    elif token.kind in ("start", "end") and token.name not in TAGS:
        yield Dropped(token.tag, _tag(token.tag), in_tag=token.kind == "start")
    else:
        for name, value in token.attributes:
            yield from _refused_attribute(name, value)


def _out_of_place(written: _Tokens, content: list[_Token], kept: str) -> Iterator[Dropped]:
    """The first piece of `content` that is on the list and yet stays behind: an end tag that nothing opened, or a
    piece that HTML does not allow where it is. The parser of browsers adds end tags and a few others.

    If a tag or a comment is still open at the end, that: a browser takes all that follows for a part of it.
    """
    if begun := written.unfinished.partition("\n")[0][:40].rstrip():
        yield Dropped(begun, say("'{text}' without an end", text=begun))
        return
    left = deque(_Tokens(kept).tokens)
    for place, token in enumerate(content):
        while left and left[0] != token and _is_inserted(left[0]):
            left.popleft()
        if not left or left.popleft() != token:
            before = sum((one.kind, one.name) == (token.kind, token.name) for one in content[:place])
            yield _without_place(token, before)
            return


def _is_inserted(token: _Token) -> bool:
    return token.kind == "end" or (token.kind == "start" and token.name in INSERTED)


def _without_place(token: _Token, nth: int) -> Dropped:
    if token.kind == "end":
        return Dropped(token.tag, say("{tag}> where nothing opened it", tag=token.tag), nth=nth)
    if token.kind == "start":
        return Dropped(token.tag, _without_room(_tag(token.tag)), in_tag=True, nth=nth)
    return Dropped(token.name, _without_room(say("'{text}'", text=shorten(token.name))))


def _without_room(what: Message) -> Message:
    return say("{what} where HTML has no place for it", what=what)


# Where it is written


def locate(found: Iterable[Dropped], source: str, render: Callable[[str], str]) -> Iterator[tuple[int, Dropped]]:
    """What stayed behind, with each place in `source` (an offset in characters) that it comes from.

    `render` makes the HTML of the source.
    """
    left = MAX_RENDERED
    lower = source.lower()

    def bounded(text: str) -> str:
        nonlocal left
        left -= len(text)
        if left < 0:
            raise _TooMuch
        return render(text)

    for one in found:
        try:
            places = list(_places(one, source, bounded)) if re.search(r"[\w<]", one.word) else []
            if one.nth is not None:
                places = places[one.nth : one.nth + 1]
            places = places or [_line(one, source, bounded)]
        except (_TooMuch, RecursionError):  # marks can make a page nest deeper than the parser reads
            places = [max(0, lower.find(one.word.lower()))]
        for place in places:
            yield place, one


class _TooMuch(Exception):
    """More would be rendered than MAX_RENDERED allows."""


def _places(one: Dropped, source: str, render: Callable[[str], str]) -> Iterator[int]:
    """Where the word is written and comes out in markup."""
    before_the_mark = " " if one.in_tag else ""
    before = r"(?<![\w-])" if one.word[0].isalnum() else ""
    behind = r"(?![\w-])" if one.word[-1].isalnum() else ""
    word = f"{before}{re.escape(one.word)}{behind}"  # not in the middle of a longer one

    def marked(word: re.Match[str]) -> str:
        return f"{word[0]}{before_the_mark}{MARK.format(word.start())}"

    tokens = _Tokens(render(re.sub(word, marked, source, flags=re.I)))
    in_markup = [text for token in tokens.tokens if token.kind != "word" for text in _texts(token)]
    yield from sorted({int(place) for text in [*in_markup, tokens.unfinished] for place in MARKED.findall(text)})


def _line(one: Dropped, source: str, render: Callable[[str], str]) -> int:
    """Where the first line begins with which it is there. For what is written with other characters, `&#97;`."""
    lines = source.splitlines(keepends=True)
    number = bisect_left(
        range(len(lines)), True, key=lambda last: one in sanitize(render("".join(lines[: last + 1])))[1]
    )
    return len("".join(lines[:number])) if number < len(lines) else 0


def _texts(token: _Token) -> Iterator[str]:
    yield token.name
    for name, value in token.attributes:
        yield from (name, value)
