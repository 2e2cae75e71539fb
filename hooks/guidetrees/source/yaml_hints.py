"""The messages of libyaml → what an author can do about the mistake."""

from __future__ import annotations

import re
from typing import NamedTuple

from guidetrees.messages.message import Message, say
from guidetrees.source.location import shorten

REMEDIES = {
    "mapping values are not allowed in this context": say(
        "a text that holds ': ' needs quotes around it, and the keys of one mapping begin in the same column"
    ),
    "found character that cannot start any token": say(
        "indent with spaces, not tabs, and put quotes around a text that begins with @, ` or %"
    ),
    "found a tab character that violates indentation": say("indent with spaces, not tabs"),
    "did not find expected key": say("check the indentation and the quotes here and on the line above"),
    "could not find expected ':'": say(
        "a key is followed by ': '; a text of several lines needs '|' after its key"
    ),
    "did not find expected '-' indicator": say("the entries of one list begin in the same column"),
    "found unexpected ':'": say("a text that ends in ':' needs quotes around it"),
    "found unexpected end of stream": say("a quotation mark or bracket is not closed"),
    "did not find expected alphabetic or numeric character": say(
        "a text that begins with * or & needs quotes around it"
    ),
    "did not find expected ',' or ']'": say("a list in brackets needs ',' between its entries and ']' at its end"),
    "did not find expected ',' or '}'": say("a mapping in braces needs ',' between its keys and '}}' at its end"),
}
"""Messages of libyaml, and the remedy for each."""
KEY_COLUMN = say("the keys of a list's entry begin in the same column, below the first letter behind '- '")
"""The remedy if libyaml expects a '-' and finds a key."""
TYPO_LIKELY = (
    "mapping values are not allowed in this context",
    "could not find expected ':'",
    "did not find expected key",
    "did not find expected '-' indicator",
)
"""Messages that often follow from a missing or wrong character, on the same line or on the line above."""
IN_BRACKETS = ("did not find expected ',' or ']'", "did not find expected ',' or '}'")
AT_START = (
    *IN_BRACKETS,
    "found unexpected end of stream",
    "did not find expected alphabetic or numeric character",
)
"""Messages that are reported where the construct began: the parser may stop far from the mistake."""

# Patterns of lines with a typo. Its location is the group `slip`.
KEY_WITHOUT_SPACE = re.compile(r" *(?:- +)?(?P<slip>[a-z][\w-]*:)[^\s/]", re.IGNORECASE)
HYPHEN_WITHOUT_SPACE = re.compile(r" *(?P<slip>-)[^\s-]")
KEY_WITHOUT_COLON = re.compile(r"(?P<before> *(?:- +)?)(?P<slip>[a-z][\w-]*)(?: |$)(?!.*:(?: |$))", re.IGNORECASE)

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


class Typo(NamedTuple):
    """A typo. Line and column count from 0."""

    line: int
    column: int
    message: Message


def typo_of_key(text: str) -> Message | None:
    """The message for a text that was meant as a key with its value, such as `hvem:ansat`; None for others."""
    found = KEY_WITHOUT_SPACE.match(text)
    return MISSING_SPACE.but(found=shorten(found["slip"])) if found else None


def typo_near(lines: list[str], at: int) -> Typo | None:
    """The typo on line `at`, or else on the last line above it with text."""
    lines = [*lines, ""]  # libyaml may report the position after the last line
    above = next((n for n in range(at - 1, -1, -1) if lines[n].strip()), None)
    for number in [at] if above is None else [at, above]:
        for pattern, message in TYPOS:
            if found := pattern.match(lines[number]):
                return Typo(number, found.start("slip"), message.but(found=shorten(found["slip"])))
    return None if above is None else _missing_colon(lines, above, at)


def _missing_colon(lines: list[str], above: int, at: int) -> Typo | None:
    """The key without a colon on line `above`; its value would be on the same line or begin on line `at`."""
    found = KEY_WITHOUT_COLON.match(lines[above])
    if not found:
        return None
    column = found.start("slip")
    following = _indent(lines[at]) if any(line.strip() for line in lines[at:]) else column
    alone = lines[above].rstrip() == found[0].rstrip()
    if not (column == following or (column < following and alone)):
        return None
    if "-" in found["before"] or _is_in_mapping(lines, above, column):
        return Typo(above, column, say("a colon is missing behind '{key}'", key=shorten(found["slip"])))
    return None


def _is_in_mapping(lines: list[str], at: int, column: int) -> bool:
    """Whether the line that contains line `at` is a key without a value, so that its content is keys, not text."""
    before = (line for line in reversed(lines[:at]) if line.strip())
    return next((line for line in before if _indent(line) < column), ":").rstrip().endswith(":")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
