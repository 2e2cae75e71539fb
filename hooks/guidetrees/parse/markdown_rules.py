"""The parser of authors' Markdown: CommonMark with tables and strikethrough, without HTML.

Its own rules are on what a number begins (`list_markers`), on bare addresses in a text, and on what
looks like HTML or like a link and is neither.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_inline import RuleFuncInlineType
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock, blockquote
from markdown_it.rules_inline import StateInline, autolink, image, link
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import escape

from guidetrees.messages.message import Message, say
from guidetrees.parse.ids import ID
from guidetrees.parse.list_markers import list_rule
from guidetrees.source.location import shorten

MAX_NESTING = 40
"""How deep blocks may lie in each other: a list in a list counts twice."""

# A tag, a closing tag, a comment or a declaration; `<https://…>` and `<a@b.dk>` are Markdown's own links.
TAG = re.compile(r"<(?:/?([a-zA-Z][a-zA-Z0-9-]*)(?:\s[^<>]*)?/?>|!--|!\[CDATA\[|![a-zA-Z]|\?[a-zA-Z])")

BEGINS_ADDRESS = r"(?<![\w.+@/-])(?:(https?://|www\.)|[^\W_][\w.+-]*@)(?=[^\W_])"
"""With the group of a web address."""
ADDRESS = re.compile(rf"{BEGINS_ADDRESS}(?(1)[^\s<>\"«»“”`|\\\[\]]+|(?:[\w-]*\.)+[^\W\d_]{{2,}})", re.I)
STOP = re.compile(rf"[\n!#$%&*+\-:<=>@\[\\\]^_`{{}}~(]|{BEGINS_ADDRESS}", re.I)
"""Where a text ends and another rule may begin."""
BEHIND_ADDRESS = ".,;:!?'’*_~"
"""Signs that belong to the sentence if an address ends in them."""

COMPARISON = re.compile(r">[ \t]*[0-9]")
TIMES = re.compile(r"(?<=[0-9])\*(?=[0-9])")
TARGET = re.compile(r"https?://.+|www\..+|mailto:.+|tel:.+|.+\.md(#.*)?|[a-z0-9-]+:[a-z0-9-]*", re.I)
"""What can only be meant as where a link leads."""
SLIPS = tuple(map(re.compile, (
    r"\[[^\[\]\n]+\][ \t]*[(\[{<](?P<target>[^()\[\]{}<>\s]+)[)\]}>]?",  # [words] (target), [words][target]
    r"\[[^\[\]()\n]+\((?P<target>[^()\s]+)\)\]?",  # [words(target)
    r"[({][^()\[\]{}\n]+[)}][ \t]*\[(?P<target>[^\[\]\s]+)\]",  # (words)[target]
    r"[({](?P<target>[^()\[\]{}\s]+)[)}]\[[^\[\]\n]+\]",  # (target)[words]
    r"\]\((?P<target>[^()\s]+)\)",  # words](target)
)))  # fmt: skip
"""What somebody writes who means `[words](target)`, tried where that is no link."""
IN_MARKS = re.compile(r"\[[^\[\]\n]+\]\([^()\n]*\)?")
"""The marks of a link, of which nothing else is written."""


class _AuthorMarkdown(MarkdownIt):
    """The parser leaves addresses as their author wrote them: what may stay is decided elsewhere."""

    def validateLink(self, url: str) -> bool:
        return True

    def normalizeLink(self, url: str) -> str:
        return url

    def normalizeLinkText(self, link: str) -> str:
        return link


@cache
def parser() -> MarkdownIt:
    """The parser of all texts."""
    made = _AuthorMarkdown("default", options_update={"maxNesting": MAX_NESTING})
    made.block.ruler.at("list", list_rule, {"alt": ["paragraph", "reference", "blockquote"]})
    made.block.ruler.at("blockquote", _quotation, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    inline = made.inline.ruler
    inline.at("text", _text)
    inline.at("linkify", _address)
    inline.before("emphasis", "times", _times)
    inline.at("link", _placed(link))
    inline.at("image", _placed(image))
    inline.at("autolink", _placed(autolink))
    inline.at("html_inline", _tag)
    inline.after("image", "no_link", _no_link)
    made.add_render_rule("fault", _render_fault)
    return made


def _render_fault(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    return str(escape(tokens[at].content))


def _quotation(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A single line `> 10 persons` is a comparison, and no quotation that begins with a number."""
    goes_on = start + 1 < end and state.src.startswith(">", state.bMarks[start + 1] + state.tShift[start + 1])
    if not goes_on and COMPARISON.match(state.src, state.bMarks[start] + state.tShift[start]):
        return False
    return blockquote(state, start, end, silent)


def _add_fault(state: StateInline, message: Message, content: str, target: str | None = None) -> None:
    """Notes a fault, in whose place readers see `content`. With a `target`, it is one only if that exists."""
    token = state.push("fault", "", 0)
    token.content = content
    token.meta = {"at": state.pos, "message": message, "target": target}


def _placed(rule: RuleFuncInlineType) -> RuleFuncInlineType:
    """A rule of the parser whose link or picture says where it is written."""

    def placed(state: StateInline, silent: bool) -> bool:
        start, known = state.pos, len(state.tokens)
        found = rule(state, silent)
        if found and not silent:
            token = next(token for token in state.tokens[known:] if token.type in ("link_open", "image"))
            target = 0 if token.type == "image" else _target_in(state.src[start : state.pos])
            token.meta = {"at": start + target}
        return found

    return placed


def _target_in(written: str) -> int:
    """Where the target begins in `[words](target)` or `<target>`; 0 where it is written elsewhere."""
    found = re.match(r"<|.*\]\(\s*<?", written, re.S) if written[-1] in ")>" else None
    return found.end() if found else 0


def _text(state: StateInline, silent: bool) -> bool:
    stop = STOP.search(state.src, state.pos, state.posMax)
    end = stop.start() if stop else state.posMax
    if not silent:
        state.append_pending(state.src[state.pos : end])
    found, state.pos = end > state.pos, end
    return found


def _address(state: StateInline, silent: bool) -> bool:
    """A bare address in a text is a link."""
    if state.linkLevel or not (found := ADDRESS.match(state.src, state.pos, state.posMax)):
        return False
    address = _without_sentence(found[0])
    if not silent:
        scheme = "" if "://" in found[0] else "https://" if found[1] else "mailto:"
        opened = state.push("link_open", "a", 1)
        opened.attrs = {"href": scheme + address}
        opened.meta = {"at": state.pos}
        state.push("text", "", 0).content = address
        state.push("link_close", "a", -1)
    state.pos += len(address)
    return True


def _without_sentence(address: str) -> str:
    """An address without the signs behind it: the full stop of a sentence, and a bracket that it does not open."""
    unopened, end = address.count(")") - address.count("("), len(address)
    while address[end - 1] in BEHIND_ADDRESS or (address[end - 1] == ")" and unopened > 0):
        unopened -= address[end - 1] == ")"
        end -= 1
    return address[:end]


def _times(state: StateInline, silent: bool) -> bool:
    """A star between two numbers is no emphasis."""
    if not TIMES.match(state.src, state.pos, state.posMax):
        return False
    if not silent:
        state.append_pending("*")
    state.pos += 1
    return True


def _tag(state: StateInline, silent: bool) -> bool:
    """Raw HTML: a fault, and text on the page."""
    found = TAG.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        tag, name = " ".join(found[0].split()), (found[1] or "").lower()
        opened = state.env.setdefault("opened", set())
        if tag.startswith("</") and name in opened:
            state.append_pending(found[0])
        else:
            holds = say("holds HTML ({tag}): write Markdown, or put the text between `backticks`", tag=tag)
            _add_fault(state, holds, found[0])
        opened.add(name)
    state.pos = found.end()
    return True


def _no_link(state: StateInline, silent: bool) -> bool:
    """What looks like a link and is none: a fault, and text on the page."""
    slip = None if state.linkLevel else _slip(state)
    if not slip:
        return False
    written, target, is_certain = slip
    if not silent:
        message = say("'{text}' is no link: write '[words](target)'", text=shorten(written))
        _add_fault(state, message, written if is_certain else "", None if is_certain else target)
    state.pos += len(written) if is_certain else 0
    return is_certain


def _slip(state: StateInline) -> tuple[str, str, bool] | None:
    """What is written in place of a link, its target, and whether that is certain.

    Otherwise it is one if the target is a node or a tree: `[1] (day)` is most often a text.
    """
    if found := IN_MARKS.match(state.src, state.pos, state.posMax):
        return found[0], "", True
    slips = [found for one in SLIPS if (found := one.match(state.src, state.pos, state.posMax))]
    for pattern, is_certain in ((TARGET, True), (ID, False)):
        for slip in slips:
            if pattern.fullmatch(slip["target"]):
                return slip[0], slip["target"], is_certain
    return None
