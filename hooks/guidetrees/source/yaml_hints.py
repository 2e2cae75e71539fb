"""What an author can do about a mistake at which libyaml stops."""

from __future__ import annotations

import re
from typing import NamedTuple

from guidetrees.messages.message import Message, join, say
from guidetrees.source.characters import misleading, misleading_in_word
from guidetrees.source.location import shorten
from guidetrees.source.yaml_layout import COLON, FLOW, NO_LIST, NO_TABS, find_mistake
from guidetrees.source.yaml_lines import QUOTED, Mistake, split_key

NEEDS_QUOTES = say("a text that begins with {found} needs quotes around it", found="")
ENDS_IN_COLON = say("a text that ends in ':' needs quotes around it")
NOT_CLOSED = say("a quotation mark or bracket is not closed")
ONE_COLUMN = say("the entries of one list begin in the same column")
REMEDIES = {
    "mapping values are not allowed in this context": COLON,
    "found character that cannot start any token": NEEDS_QUOTES.but(found=join(say(" or "), ("@, `", "%"))),
    "found a tab character that violates indentation": NO_TABS,
    "found a tab character where an indentation space is expected": NO_TABS,
    "did not find expected key": say("check the indentation and the quotes here and on the line above"),
    "could not find expected ':'": say(
        "a key is followed by ': '; a text of several lines needs '|' after its key"
    ),
    "found unknown escape character": say("a \\ in a text needs single quotes around the text, not double ones"),
    "did not find expected '-' indicator": ONE_COLUMN,
    "found unexpected ':'": ENDS_IN_COLON,
    "found unexpected end of stream": NOT_CLOSED,
    "found unexpected document indicator": NOT_CLOSED,
    "did not find expected node content": say("a value is missing, or a bracket is not closed"),
    "block sequence entries are not allowed in this context": NO_LIST,
    "did not find expected alphabetic or numeric character": NEEDS_QUOTES.but(found=join(say(" or "), "*&")),
    "did not find expected ',' or ']'": say("a list in brackets needs ',' between its entries and ']' at its end"),
    "did not find expected ',' or '}'": say("a mapping in braces needs ',' between its keys and '}}' at its end"),
}
"""Messages of libyaml, and the remedy for each, where the lines themselves do not show a better one."""
IN_BRACKETS = ("did not find expected ',' or ']'", "did not find expected ',' or '}'")
AT_START = (
    *IN_BRACKETS,
    "found unexpected end of stream",
    "found unexpected document indicator",
    "did not find expected alphabetic or numeric character",
)
"""Messages that are reported where the construct began: the parser may stop far from the mistake."""

# Patterns of lines with a typo. Its location is the group `slip`.
KEY_WITHOUT_SPACE = re.compile(r" *(?:- +)?(?P<slip>[a-z][\w-]*:)[^\s/]", re.IGNORECASE)
HYPHEN_WITHOUT_SPACE = re.compile(r" *(?P<slip>-)[^\s-]")

MISSING_SPACE = say("a space is missing behind '{found}'", found="")
HARD_SPACE = say("a non-breaking space is used here: write an ordinary space")
DASH = say("a hyphen ('-') begins an entry, not the dash '{found}'", found="")
CURLY_QUOTE = say("quotes are straight (\"), not '{found}'", found="")
TYPOS = (
    (KEY_WITHOUT_SPACE, MISSING_SPACE),
    (HYPHEN_WITHOUT_SPACE, MISSING_SPACE),
    # Characters that word processors write in place of those that YAML requires.
    (re.compile("^ *(?P<slip>[\u2010-\u2015]) "), DASH),
    (re.compile("^[^#]*?(?P<slip>[\u00a0\u202f])(?= *[\\w-]*:)"), HARD_SPACE),
    (re.compile("^[^#]*?:(?P<slip>[\u00a0\u202f])"), HARD_SPACE),
    (re.compile("^[^#]*?: +(?P<slip>[\u201c\u201d\u201e\u00bb\u00ab])"), CURLY_QUOTE),
)
INDICATOR = re.compile(r"([@`%*&!>|,\]}]|[-?](?= ))")
"""What a text cannot begin with unless it has quotes."""


class Stop(NamedTuple):
    """Where libyaml stops, and why. Lines and columns count from 0."""

    words: Message
    line: int
    column: int
    began: int | None
    """The line on which what it could not read began."""


def typo_of_key(text: str) -> Message | None:
    """The message for a text that was meant as a key with its value, such as `hvem:ansat`; None for others."""
    found = KEY_WITHOUT_SPACE.match(text)
    return MISSING_SPACE.but(found=shorten(found["slip"])) if found else None


def remedy(stop: Stop, lines: list[str], first_line: int) -> Mistake | None:
    """The mistake for which libyaml stopped, as the lines show it; None if they show none."""
    return (
        _typo_near(stop, lines)
        or find_mistake(lines, stop.line, first_line)
        or _of_value(stop, lines)
        or (Mistake(stop.line, stop.column, REMEDIES[stop.words]) if stop.words in REMEDIES else None)
    )


def _typo_near(stop: Stop, lines: list[str]) -> Mistake | None:
    """The typo on the line where libyaml stops, or else on the last line above it with text."""
    if stop.words in AT_START:
        return None
    lines = [*lines[: stop.line + 1], ""]  # libyaml may report the position after the last line
    above = next((n for n in range(stop.line - 1, -1, -1) if lines[n].strip()), stop.line)
    for number in (stop.line, above):
        before_value = lines[number].partition(":")[0]
        for column, unseen in (*misleading(before_value), *misleading_in_word(before_value, is_id=False)):
            return Mistake(number, column, unseen)
        for pattern, message in TYPOS:
            if found := pattern.match(lines[number]):
                return Mistake(number, found.start("slip"), message.but(found=shorten(found["slip"])))
    return None


def _of_value(stop: Stop, lines: list[str]) -> Mistake | None:
    """The mistake at the beginning of a value: of the one where libyaml stops, or where it began to read."""
    for number in (stop.line, stop.began):
        if number is None or number >= len(lines):
            continue
        line = lines[number].strip()
        text = re.sub("^(- +)+", "", line)
        pair = split_key(text)
        if pair is None and text == line:
            continue
        value = pair[1] if pair else text
        if message := _fault_of_value(value):
            return Mistake(number, len(lines[number].rstrip()) - len(value), message)
    return None


def _fault_of_value(value: str) -> Message | None:
    """What is wrong with how a value begins or ends; None if nothing is."""
    if value[:1] in QUOTED:
        quoted = QUOTED[value[0]].match(value)
        rest = value[quoted.end() :].strip() if quoted else ""
        if not rest or rest[0] == "#":
            return None
        other = "'" if value[0] == '"' else '"'
        return say(
            "the text goes on behind its quotes: put the whole text between {quote} and {quote}", quote=other
        )
    if value[:1] in ("[", "{"):
        return _of_bracket(value)
    if value.startswith("(") and value.endswith(")") and ": " in value:
        return say("keys and values in one line have braces around them: write {{{pairs}}}", pairs=value[1:-1])
    if found := INDICATOR.match(value):
        message = NEEDS_QUOTES.but(found=found[0])
        if found[0] not in "|>":
            return message
        below = say("; the lines of a text behind '{found}' begin below it", found=found[0])
        return join("", (message, below))
    return ENDS_IN_COLON if value.endswith(":") else None


def _of_bracket(value: str) -> Message | None:
    """A text that begins with a word in brackets, or something behind the bracket that closes a list."""
    depth = 0
    for found in FLOW.finditer(value):
        depth += (found[0] in ("[", "{")) - (found[0] in ("]", "}"))
        if depth == 0:
            behind = value[found.end() :].strip()
            if not behind or behind[0] == "#":
                return None
            nothing = say("; behind the '{end}' of a list or mapping nothing follows", end=found[0])
            return join("", (NEEDS_QUOTES.but(found=value[0]), nothing))
    return None
