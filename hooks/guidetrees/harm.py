"""HTML that a page of the guide may hold: words, their markup and links. Whatever runs, loads from elsewhere or
styles is refused, since trees quote the guide and readers trust the page.

What is allowed is listed, not what is not: browsers know more ways than any list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

TAGS = frozenset([
    "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "blockquote", "br", "caption", "center",
    "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption",
    "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li",
    "main", "mark", "nav", "ol", "p", "pre", "q", "s", "samp", "section", "small", "span", "strong", "sub",
    "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr",
])  # fmt: skip
ATTRIBUTES = frozenset([
    "abbr", "align", "alt", "aria-describedby", "aria-hidden", "aria-label", "aria-labelledby", "cite", "class",
    "colspan", "datetime", "dir", "headers", "height", "href", "hreflang", "id", "lang", "markdown",
    "markdown1", "name", "open", "rel", "reversed", "role", "rowspan", "scope", "span", "src", "start", "style",
    "tabindex", "target", "title", "type", "value", "width",
])  # fmt: skip
ADDRESSES = frozenset(["href", "src", "cite"])
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
SCHEMES = frozenset(["http", "https", "mailto", "tel"])
ALIGNED = re.compile(r"\s*text-align:\s*(?:left|right|center);?\s*")


def harms(html: str) -> Iterator[tuple[str, str]]:
    """What is refused in the HTML of a page: a word to look for in its source, and what is wrong, in words."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return iter(dict.fromkeys(reader.found))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def _refuse(self, word: str, what: str) -> None:
        self.found.append((word, f"holds {what}: the guide's pages have texts, pictures of their own and links"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self._refuse(f"<{tag}", f"<{tag}>")
        for name, value in attrs:
            # Browsers pass over white space and control characters in an address.
            address = re.sub(r"[\x00-\x20]", "", value or "")
            scheme = SCHEME.match(address)
            if name not in ATTRIBUTES or (name == "style" and not ALIGNED.fullmatch(value or "")):
                self._refuse(name, f"the attribute '{name}'")
            elif name in ADDRESSES and scheme and scheme[1].lower() not in SCHEMES:
                self._refuse(scheme[0], f"an address that begins with '{scheme[0]}'")
            elif name == "src" and (scheme or address.startswith(("//", "\\", "/\\"))):
                self._refuse(name, "a picture from another host")

    def handle_comment(self, data: str) -> None:
        # Browsers end these sooner than this parser, and show what follows.
        if data.startswith((">", "->")) or "--!>" in data:
            self._refuse("<!--", "an odd comment")

    def handle_pi(self, data: str) -> None:
        self._refuse("<?", "an instruction (<?)")

    def unknown_decl(self, data: str) -> None:
        self._refuse("<!", "a declaration (<!)")
