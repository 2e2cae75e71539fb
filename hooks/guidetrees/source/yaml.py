"""Reading files: bytes → text → YAML values, each of which knows where it was written.

The tree language is a small part of YAML: mappings, lists and texts. Every scalar stays the text that
the author wrote (`ja`, `no`, `2026-11-24`), and whatever could hide a mistake is a problem: doubled
keys, anchors and aliases, tags, several documents, odd encodings and characters that cannot be seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from guidetrees.source.files import INVISIBLE, Unreadable, invisible_message
from guidetrees.source.location import LINE_BREAK, LocatedStr, Location, Problem, shorten
from guidetrees.source.yaml_hints import (
    AT_ITS_BEGINNING,
    IN_BRACKETS,
    MAY_BE_LEFT_OUT,
    OUT_OF_LINE,
    REMEDIES,
    left_out,
    left_out_near,
    line_count,
)

MAX_DEPTH = 20
MAX_FOREIGN_DEPTH = 100
"""Of a file that is not written in the tree language: the navigation of a site nests."""

LOST = re.compile(r"[ \t]+(#[^\s#].*)")


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the author's order, each key once."""

    entries: tuple[tuple[LocatedStr, Value], ...]
    location: Location


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list's entries."""

    items: tuple[Value, ...]
    location: Location


Value = LocatedStr | Mapping | Sequence


def _too_deep(most: int) -> str:
    return f"is nested more than {most} levels deep"


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
        raise Unreadable(Problem(Location(file, first_line), "is empty"))
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
        return Problem(Location(composer.file, composer.first_line), f"not valid YAML: {words}")
    if words in MAY_BE_LEFT_OUT and (slip := left_out_near(composer.lines, mark.line)):
        line, column, what = slip
        return Problem(Location(composer.file, line + composer.first_line, column + 1), f"not valid YAML: {what}")
    remedy = REMEDIES.get(words)
    here = composer.lines[mark.line] if mark.line < len(composer.lines) else ""
    if words == "did not find expected '-' indicator" and not here.lstrip().startswith("-"):
        remedy = OUT_OF_LINE
    place = composer.place(mark) if mark.line < line_count(composer.lines) else composer.end()
    return Problem(place, f"not valid YAML: {words}" + (f" ({remedy})" if remedy else ""))


def _merged(first: Value, others: Iterable[Value]) -> Value:
    """What a doubled key stands for while the rest is read: all that it holds, so that one mistake is one."""
    if not isinstance(first, Mapping):
        return first
    found: dict[LocatedStr, Value] = {}
    for value in (first, *others):
        for key, item in value.entries if isinstance(value, Mapping) else ():
            found.setdefault(key, item)
    return Mapping(tuple(found.items()), first.location)


class _Composer:
    """Events of the YAML parser → values: PyYAML's own composer follows aliases and drops doubled keys."""

    def __init__(self, file: str, first_line: int, lines: list[str]) -> None:
        self.file = file
        self.first_line = first_line
        self.lines = lines
        self.doubled: list[Problem] = []
        self.refused: list[Problem] = []

    def place(self, mark: Any) -> Location:
        """A mark of the YAML parser (lines and columns from 0) as a place."""
        return Location(self.file, mark.line + self.first_line, mark.column + 1)

    def end(self) -> Location:
        """Behind the last sign of the file."""
        last = line_count(self.lines)
        return Location(self.file, max(last, 1) - 1 + self.first_line, len(self.lines[max(last, 1) - 1]) + 1)

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
        empty = isinstance(value, LocatedStr) and not value.strip()
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
        if found := INVISIBLE.search(text):  # written as an escape, such as "\\u202e"
            self.refused.append(Problem(place, invisible_message(found[0])))
        if isinstance(event, yaml.ScalarEvent) and not event.style and (lost := self._lost(event)):
            self.doubled.append(lost)
        return LocatedStr(text, place)

    def _lost(self, event: yaml.ScalarEvent) -> Problem | None:
        """What stands behind ` #` and is no text for YAML, where an author meant it as one: a note has a space."""
        end = event.end_mark
        assert end, "libyaml gives every event its place"
        found = LOST.match(self.lines[end.line], end.column) if end.line < len(self.lines) else None
        if not event.value or not found:
            return None
        hint = f"the text ends before '{shorten(found[1])}': put it in quotes, or a space behind the # of a note"
        return Problem(Location(self.file, end.line + self.first_line, found.start(1) + 1), hint)

    def _items(self, events: Iterator[yaml.Event], depth: int) -> Iterator[Value]:
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self._value(event, events, depth + 1)

    def _mapping(self, place: Location, events: Iterator[yaml.Event], depth: int) -> Mapping:
        entries: dict[str, tuple[LocatedStr, Value]] = {}
        again: dict[str, list[Value]] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._value(event, events, depth + 1)
            behind = next(events)
            value = self._value(behind, events, depth + 1)
            if not isinstance(key, LocatedStr):
                self.refused.append(Problem(key.location, "a key must be a text"))
            elif key in entries:
                first, _ = entries[key]
                message = f"duplicate key '{shorten(key)}' (first on line {first.location.line})"
                self.doubled.append(Problem(key.location, message))
                again.setdefault(key, []).append(value)
            else:
                # A key with nothing behind it: the key is what an author can find.
                nothing = value == "" and self.place(behind.start_mark) == self.place(behind.end_mark)
                if nothing and (what := left_out(key)):
                    self.refused.append(Problem(key.location, what))
                entries[key] = (key, LocatedStr("", key.location) if nothing else value)
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
