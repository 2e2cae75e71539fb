"""Reading files: bytes → text → YAML values, each of which knows where it was written.

The tree language is a small part of YAML: mappings, lists and texts. Every scalar stays the text that
the author wrote (`ja`, `no`, `2026-11-24`), and whatever could hide a mistake is a problem: doubled
keys, anchors and aliases, tags, several documents, odd encodings and characters that cannot be seen.
"""

from __future__ import annotations

import codecs
import errno
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_FOREIGN_DEPTH = 100
"""Of a file that is not written in the tree language: the navigation of a site nests."""

# Control characters (tab and line breaks aside), line breaks that editors do not count, the characters that
# reorder text on the screen, and those that no text holds. Reordering can make a reviewer read something else
# than what is published.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)

LOST = re.compile(r"[ \t]+(#[^\s#].*)")
LINE_BREAK = re.compile("\r\n|\r|\n")

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


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something is written: file (from the project's root, with '/'), line and column (from 1)."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A mistake in the authors' files. Its text is the line that they read."""

    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class Text(str):
    """A text that knows its place."""

    __slots__ = ("place",)
    place: Place

    def __new__(cls, value: str, place: Place) -> Text:
        text = super().__new__(cls, value)
        text.place = place
        return text


class Day(date):
    """A date that knows its place."""

    place: Place

    @classmethod
    def read(cls, text: Text) -> Day:
        """The date written as YYYY-MM-DD. Raises ValueError where there is no such day."""
        day = cls.fromisoformat(text)
        day.place = text.place
        return day


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the author's order, each key once."""

    entries: tuple[tuple[Text, Value], ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list's entries."""

    items: tuple[Value, ...]
    place: Place


Value = Text | Mapping | Sequence


class Unreadable(Exception):
    """A file that yields no values. Carries the problems that say why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems


def read_bytes(path: Path) -> bytes:
    """What stands in a file, or its beginning where that is over MAX_BYTES.

    Raises OSError, also for what is neither a file nor a folder: to read a pipe or a device may never end.
    """
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OSError(errno.EINVAL, "it is no file")
    with path.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)


def read_text(path: Path, file: str) -> str:
    """The text of the file at `path`, which problems call `file`.

    Raises Unreadable: it cannot be opened, is over MAX_BYTES, is not UTF-8 or holds unseen characters.
    A byte order mark is taken off, as editors on Windows write one.
    """
    try:
        data = read_bytes(path)
    except OSError as error:
        raise Unreadable(Problem(Place(file), f"cannot be read: {error.strerror}")) from error
    if len(data) > MAX_BYTES:
        raise Unreadable(Problem(Place(file), f"is over {MAX_BYTES // 1000} kB: split it"))
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        # What the codec counts from is the mark's end.
        before = data.removeprefix(codecs.BOM_UTF8)[: error.start].decode("utf-8", errors="ignore")
        place = place_of(before, file)
        raise Unreadable(Problem(place, "is not UTF-8: save the file with the encoding UTF-8")) from error
    if found := UNSEEN.search(text):
        raise Unreadable(Problem(place_of(text[: found.start()], file), _unseen(found[0])))
    return text


def _too_deep(most: int) -> str:
    return f"is nested more than {most} levels deep"


def _unseen(character: str) -> str:
    return f"holds a character that cannot be seen (U+{ord(character):04X}): delete it"


def place_of(before: str, file: str) -> Place:
    """The place that follows the text `before`."""
    # As LINE_BREAK, and a hundred times as fast: a page may have thousands of problems.
    breaks = before.count("\n") + before.count("\r") - before.count("\r\n")
    begins = max(before.rfind("\n"), before.rfind("\r")) + 1
    return Place(file, breaks + 1, len(before) - begins + 1)


def read_yaml(text: str, file: str, first_line: int = 1) -> tuple[Value, tuple[Problem, ...]]:
    """The one value that `text` holds, and the problems (doubled keys) that leave it readable.

    `first_line` is the line of `file` on which `text` begins (front matter begins on the second).
    Raises Unreadable: empty, not YAML, several documents, anchors, aliases, tags, nested too deep.
    """
    composer = _Composer(file, first_line, LINE_BREAK.split(text))
    try:
        value = composer.document(yaml.parse(text, Loader=yaml.CBaseLoader))
    except yaml.MarkedYAMLError as error:
        composer.refused.append(_syntax_problem(error, composer))
        value = None
    if composer.refused:
        raise Unreadable(*composer.refused, *composer.doubled)
    if value is None:
        raise Unreadable(Problem(Place(file, first_line), "is empty"))
    return value, tuple(composer.doubled)


def read_foreign_yaml(text: str, file: str) -> object:
    """What `text`, written for another program, holds: dicts, lists and texts, or None where it is empty.

    Tags are ignored, anchors are followed, and of a doubled key the last one holds, as YAML's own readers do.
    Raises Unreadable: not YAML, several documents, nested too deep.
    """
    composer = _Composer(file, 1, LINE_BREAK.split(text))
    try:
        composer.bound(yaml.parse(text, Loader=yaml.CBaseLoader), MAX_FOREIGN_DEPTH)
        return yaml.load(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        raise Unreadable(_syntax_problem(error, composer)) from error


def _syntax_problem(error: yaml.MarkedYAMLError, composer: _Composer) -> Problem:
    words = " ".join(str(error.problem or error.context or "cannot be read").split())
    mark = error.problem_mark or error.context_mark
    if began := error.context_mark if words in AT_ITS_BEGINNING else None:
        mark = mark if mark and mark.line == began.line and words in IN_BRACKETS else began
    if not mark:
        return Problem(Place(composer.file, composer.first_line), f"not valid YAML: {words}")
    if words in MAY_BE_LEFT_OUT and (slip := _left_out(composer.lines, mark.line)):
        line, column, what = slip
        return Problem(Place(composer.file, line + composer.first_line, column + 1), f"not valid YAML: {what}")
    remedy = REMEDIES.get(words)
    here = composer.lines[mark.line] if mark.line < len(composer.lines) else ""
    if words == "did not find expected '-' indicator" and not here.lstrip().startswith("-"):
        remedy = OUT_OF_LINE
    place = composer.place(mark) if mark.line < _count(composer.lines) else composer.end()
    return Problem(place, f"not valid YAML: {words}" + (f" ({remedy})" if remedy else ""))


def _count(lines: list[str]) -> int:
    """How many lines a file has for those who look at it: behind its last line break there is none."""
    return len(lines) if lines[-1] else len(lines) - 1


def left_out(text: str) -> str:
    """What is left out in a text that was meant to be a key with its value: `hvem:ansat`. Else nothing."""
    found = LEFT_OUT[0][0].match(text)
    return f"a space is missing behind '{short(found['slip'])}'" if found else ""


def _left_out(lines: list[str], at: int) -> tuple[int, int, str] | None:
    """Line and column (from 0) on line `at` or the one above it where something is left out, and what."""
    lines = [*lines, ""]  # the position of the parser at the end of a file without a last line break
    ends = not any(line.strip() for line in lines[at:])
    above = next((n for n in range(at - 1, -1, -1) if lines[n].strip()), None)
    near = [at] if above is None else [at, above]
    for number in near:
        for pattern, what in LEFT_OUT:
            if found := pattern.match(lines[number]):
                return number, found.start("slip"), f"a {what} is missing behind '{short(found['slip'])}'"
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
            return above, column, f"a colon is missing behind '{short(found['slip'])}'"
    return None


def _opens(lines: list[str], at: int, column: int) -> bool:
    """Whether the line that line `at` belongs under is a key alone: what follows are keys then, not its text."""
    before = (line for line in reversed(lines[:at]) if line.strip())
    return next((line for line in before if _indent(line) < column), ":").rstrip().endswith(":")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def short(words: str) -> str:
    """Words of an author as a problem quotes them: on one line, and not all of a long text."""
    words = " ".join(words.split())
    return words if len(words) <= 60 else words[:59] + "…"


def _merged(first: Value, others: Iterable[Value]) -> Value:
    """What a doubled key stands for while the rest is read: all that it holds, so that one mistake is one."""
    if not isinstance(first, Mapping):
        return first
    found: dict[Text, Value] = {}
    for value in (first, *others):
        for key, item in value.entries if isinstance(value, Mapping) else ():
            found.setdefault(key, item)
    return Mapping(tuple(found.items()), first.place)


class _Composer:
    """Events of the YAML parser → values: PyYAML's own composer follows aliases and drops doubled keys."""

    def __init__(self, file: str, first_line: int, lines: list[str]) -> None:
        self.file = file
        self.first_line = first_line
        self.lines = lines
        self.doubled: list[Problem] = []
        self.refused: list[Problem] = []

    def place(self, mark: Any) -> Place:
        """A mark of the YAML parser (lines and columns from 0) as a place."""
        return Place(self.file, mark.line + self.first_line, mark.column + 1)

    def end(self) -> Place:
        """Behind the last sign of the file."""
        last = _count(self.lines)
        return Place(self.file, max(last, 1) - 1 + self.first_line, len(self.lines[max(last, 1) - 1]) + 1)

    def bound(self, events: Iterator[yaml.Event], most: int) -> None:
        """Raises Unreadable where something is nested more than `most` levels deep."""
        depth = 0
        for event in events:
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > most:
                    raise Unreadable(Problem(self.place(event.start_mark), _too_deep(most)))
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1

    def document(self, events: Iterator[yaml.Event]) -> Value | None:
        """The value of the only document; None where there is none."""
        value: Value | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(event, "a second document begins here: a file holds one, delete the '---'")
                    return value
            elif isinstance(event, yaml.NodeEvent):
                value = self._value(event, events, 1)
        empty = isinstance(value, Text) and not value.strip()
        return None if empty else value

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Value:
        self._plain_only(event)
        place = self.place(event.start_mark)
        if depth > MAX_DEPTH:
            self.refused.append(Problem(place, _too_deep(MAX_DEPTH)))
            raise Unreadable(*self.refused, *self.doubled)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(place, events, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(tuple(self._items(events, depth)), place)
        text = event.value if isinstance(event, yaml.ScalarEvent) else ""
        if found := UNSEEN.search(text):  # written as an escape, such as "\\u202e"
            self.refused.append(Problem(place, _unseen(found[0])))
        if isinstance(event, yaml.ScalarEvent) and not event.style and (lost := self._lost(event)):
            self.doubled.append(lost)
        return Text(text, place)

    def _lost(self, event: yaml.ScalarEvent) -> Problem | None:
        """What stands behind ` #` and is no text for YAML, where an author meant it as one: a note has a space."""
        end = event.end_mark
        assert end, "libyaml gives every event its place"
        found = LOST.match(self.lines[end.line], end.column) if end.line < len(self.lines) else None
        if not event.value or not found:
            return None
        hint = f"the text ends before '{short(found[1])}': put it in quotes, or a space behind the # of a note"
        return Problem(Place(self.file, end.line + self.first_line, found.start(1) + 1), hint)

    def _items(self, events: Iterator[yaml.Event], depth: int) -> Iterator[Value]:
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self._value(event, events, depth + 1)

    def _mapping(self, place: Place, events: Iterator[yaml.Event], depth: int) -> Mapping:
        entries: dict[str, tuple[Text, Value]] = {}
        again: dict[str, list[Value]] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._value(event, events, depth + 1)
            behind = next(events)
            value = self._value(behind, events, depth + 1)
            if not isinstance(key, Text):
                self.refused.append(Problem(key.place, "a key must be a text"))
            elif key in entries:
                first, _ = entries[key]
                message = f"the key '{short(key)}' stands twice (first on line {first.place.line})"
                self.doubled.append(Problem(key.place, message))
                again.setdefault(key, []).append(value)
            else:
                # A key with nothing behind it: the key is what an author can find.
                nothing = value == "" and self.place(behind.start_mark) == self.place(behind.end_mark)
                if nothing and (what := left_out(key)):
                    self.refused.append(Problem(key.place, what))
                entries[key] = (key, Text("", key.place) if nothing else value)
        for doubled, values in again.items():
            first, kept = entries[doubled]
            entries[doubled] = (first, _merged(kept, values))
        return Mapping(tuple(entries.values()), place)

    def _plain_only(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, f"the alias '*{event.anchor}' is not allowed: write the value out")
        elif isinstance(event, yaml.NodeEvent) and event.anchor:
            self._refuse(
                event,
                f"the anchor '&{event.anchor}' is not allowed: write the value out where it is used "
                "(a text that begins with & needs quotes)",
            )
        elif isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)) and event.tag:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._refuse(event, f"the tag '{tag}' is not allowed: a text that begins with ! needs quotes")

    def _refuse(self, event: yaml.Event, message: str) -> None:
        self.refused.append(Problem(self.place(event.start_mark), message))
