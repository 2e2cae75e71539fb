"""What libyaml says of a mistake → what an author can do about it."""

from __future__ import annotations

import re

from guidetrees.source.location import shorten

# What libyaml says, and what an author can do about it.
REMEDIES = {
    "mapping values are not allowed in this context": "a text that holds ': ' needs quotes around it, and the "
    "keys of one mapping begin in the same column",
    "found character that cannot start any token": "indent with spaces, not tabs, and put quotes around a text "
    "that begins with @, ` or %",
    "found a tab character that violates indentation": "indent with spaces, not tabs",
    "did not find expected key": "check the indentation and the quotes here and on the line above",
    "could not find expected ':'": "a key is followed by ': '; a text of several lines needs '|' after its key",
    "did not find expected '-' indicator": "the entries of one list begin in the same column",
    "found unexpected ':'": "a text that ends in ':' needs quotes around it",
    "found unexpected end of stream": "a quotation mark or bracket is not closed",
    "did not find expected alphabetic or numeric character": "a text that begins with * or & needs quotes "
    "around it",
    "did not find expected ',' or ']'": "a list in brackets needs ',' between its entries and ']' at its end",
    "did not find expected ',' or '}'": "a mapping in braces needs ',' between its keys and '}' at its end",
}
OUT_OF_LINE = "the keys of a list's entry begin in the same column, below the first letter behind '- '"
"""The remedy where it is a key, and not an entry, that stands where the parser looks for a '-'."""
# What is left out on a line makes the parser give up there or on the next one, with words that do not help.
# Each: the pattern of a line and what is left out behind `slip`.
LEFT_OUT = (
    (re.compile(r"(?P<before> *(?:- +)?)(?P<slip>[a-z][\w-]*:)[^\s/]", re.IGNORECASE), "space"),
    (re.compile(r"(?P<before> *)(?P<slip>-)[^\s-]"), "space"),
)
# What word processors make of signs that YAML knows in one form only.
TYPESET = (
    (re.compile("^ *(?P<slip>[\u2010-\u2015]) "), "a hyphen ('-') begins an entry, not the dash '{0}'"),
    (re.compile("^[^#]*?(?P<slip>[\u00a0\u202f])(?= *[\\w-]*:)|^[^#]*?:(?P<behind>[\u00a0\u202f])"),
     "a hard space stands here: write a common one"),
    (re.compile("^[^#]*?: +(?P<slip>[\u201c\u201d\u201e\u00bb\u00ab])"),
     "quotes are straight (\"), not '{0}'"),
)  # fmt: skip
NO_COLON = re.compile(r"(?P<before> *(?:- +)?)(?P<slip>[a-z][\w-]*)(?: |$)(?!.*:(?: |$))", re.IGNORECASE)
MAY_BE_LEFT_OUT = frozenset(
    [
        "mapping values are not allowed in this context",
        "could not find expected ':'",
        "did not find expected key",
        "did not find expected '-' indicator",
    ]
)
# Where the parser gives up may be far from the mistake: for these, the place is where the part began.
IN_BRACKETS = frozenset(["did not find expected ',' or ']'", "did not find expected ',' or '}'"])
AT_ITS_BEGINNING = IN_BRACKETS | {
    "found unexpected end of stream",
    "did not find expected alphabetic or numeric character",
}


def line_count(lines: list[str]) -> int:
    """How many lines a file has for those who look at it: behind its last line break there is none."""
    return len(lines) if lines[-1] else len(lines) - 1


def left_out(text: str) -> str:
    """What is left out in a text that was meant to be a key with its value: `hvem:ansat`. Else nothing."""
    found = LEFT_OUT[0][0].match(text)
    return f"a space is missing behind '{shorten(found['slip'])}'" if found else ""


def left_out_near(lines: list[str], at: int) -> tuple[int, int, str] | None:
    """Line and column (from 0) on line `at` or the one above it where something is left out, and what."""
    lines = [*lines, ""]  # the position of the parser at the end of a file without a last line break
    ends = not any(line.strip() for line in lines[at:])
    above = next((n for n in range(at - 1, -1, -1) if lines[n].strip()), None)
    near = [at] if above is None else [at, above]
    for number in near:
        for pattern, what in LEFT_OUT:
            if found := pattern.match(lines[number]):
                return number, found.start("slip"), f"a {what} is missing behind '{shorten(found['slip'])}'"
        for pattern, words in TYPESET:
            if found := pattern.match(lines[number]):
                group = found.lastgroup or "slip"
                return number, found.start(group), words.format(found[group])
    if above is not None and (found := NO_COLON.match(lines[above])):
        column = found.start("slip")
        below = column if ends else _indent(lines[at])
        alone = lines[above].rstrip() == found[0].rstrip()
        belongs = column == below or (column < below and alone)
        if belongs and ("-" in found["before"] or _opens(lines, above, column)):
            return above, column, f"a colon is missing behind '{shorten(found['slip'])}'"
    return None


def _opens(lines: list[str], at: int, column: int) -> bool:
    """Whether the line that line `at` belongs under is a key alone: what follows are keys then, not its text."""
    before = (line for line in reversed(lines[:at]) if line.strip())
    return next((line for line in before if _indent(line) < column), ":").rstrip().endswith(":")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
