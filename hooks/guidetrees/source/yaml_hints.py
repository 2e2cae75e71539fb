"""What an author can do about a mistake at which libyaml stops."""

from __future__ import annotations

import re
from typing import NamedTuple

from guidetrees.source.location import shorten
from guidetrees.source.yaml_layout import COLON, NO_LIST, NO_TABS, find_mistake
from guidetrees.source.yaml_lines import QUOTED, Mistake, split_key

NEEDS_QUOTES = "a text that begins with {0} needs quotes around it"
NOT_CLOSED = "a quotation mark or bracket is not closed"
REMEDIES = {
    "mapping values are not allowed in this context": COLON,
    "found character that cannot start any token": NEEDS_QUOTES.format("@, ` or %"),
    "found a tab character that violates indentation": NO_TABS,
    "found a tab character where an indentation space is expected": NO_TABS,
    "did not find expected key": "check the indentation and the quotes here and on the line above",
    "could not find expected ':'": "a key is followed by ': '; a text of several lines needs '|' after its key",
    "found unknown escape character": "a \\ in a text needs single quotes around the text, not double ones",
    "did not find expected '-' indicator": "the entries of one list begin in the same column",
    "found unexpected ':'": "a text that ends in ':' needs quotes around it",
    "found unexpected end of stream": NOT_CLOSED,
    "found unexpected document indicator": NOT_CLOSED,
    "did not find expected node content": "a value is missing, or a bracket is not closed",
    "block sequence entries are not allowed in this context": NO_LIST,
    "did not find expected alphabetic or numeric character": NEEDS_QUOTES.format("* or &"),
    "did not find expected ',' or ']'": "a list in brackets needs ',' between its entries and ']' at its end",
    "did not find expected ',' or '}'": "a mapping in braces needs ',' between its keys and '}' at its end",
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
MISSING_SPACE = "a space is missing behind '{0}'"
KEY_WITHOUT_SPACE = re.compile(r" *(?:- +)?(?P<slip>[a-z][\w-]*:)[^\s/]", re.IGNORECASE)
HYPHEN_WITHOUT_SPACE = re.compile(r" *(?P<slip>-)[^\s-]")
TYPOS = (
    (KEY_WITHOUT_SPACE, MISSING_SPACE),
    (HYPHEN_WITHOUT_SPACE, MISSING_SPACE),
    # Characters that word processors write in place of those that YAML requires.
    (re.compile("^ *(?P<slip>[\u2010-\u2015]) "), "a hyphen ('-') begins an entry, not the dash '{0}'"),
    (re.compile("^[^#]*?(?P<slip>[\u00a0\u202f])(?= *[\\w-]*:)"), "a hard space stands here: write a common one"),
    (re.compile("^[^#]*?:(?P<slip>[\u00a0\u202f])"), "a hard space stands here: write a common one"),
    (re.compile("^[^#]*?: +(?P<slip>[\u201c\u201d\u201e\u00bb\u00ab])"), "quotes are straight (\"), not '{0}'"),
)  # fmt: skip
INDICATOR = re.compile(r"([@`%*&!>|,\]}]|[-?](?= ))")
"""What a text cannot begin with unless it has quotes."""


class Stop(NamedTuple):
    """Where libyaml stops, and why. Lines and columns count from 0."""

    words: str
    line: int
    column: int
    began: int | None
    """The line on which what it could not read began."""


def typo_of_key(text: str) -> str:
    """The message for a text that was meant as a key with its value, such as `hvem:ansat`; empty for others."""
    found = KEY_WITHOUT_SPACE.match(text)
    return MISSING_SPACE.format(shorten(found["slip"])) if found else ""


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
        for pattern, message in TYPOS:
            if found := pattern.match(lines[number]):
                return Mistake(number, found.start("slip"), message.format(shorten(found["slip"])))
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


def _fault_of_value(value: str) -> str:
    """What is wrong with how a value begins or ends; empty if nothing is."""
    if value[:1] in QUOTED:
        quoted = QUOTED[value[0]].match(value)
        rest = value[quoted.end() :].strip() if quoted else ""
        if not rest or rest[0] == "#":
            return ""
        other = "'" if value[0] == '"' else '"'
        return f"the text goes on behind its quotes: put the whole text between {other} and {other}"
    if value[:1] in ("[", "{"):
        closed = value.rstrip()[-1] in "]}"
        return "" if closed else _of_bracket(value)
    if value.startswith("(") and value.endswith(")") and ": " in value:
        return f"keys and values in one line have braces around them: write {{{value[1:-1]}}}"
    if found := INDICATOR.match(value):
        message = NEEDS_QUOTES.format(found[0])
        below = f"; the lines of a text behind '{found[0]}' begin below it" if found[0] in "|>" else ""
        return message + below
    if value.endswith(":"):
        return "a text that ends in ':' needs quotes around it"
    return ""


def _of_bracket(value: str) -> str:
    """A text that begins with a word in brackets."""
    end = "]" if value[0] == "[" else "}"
    return NEEDS_QUOTES.format(value[0]) if end in value else ""
