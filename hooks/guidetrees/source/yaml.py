"""Text → YAML values, each with its location.

The tree language is a small part of YAML: mappings, lists and texts. Every scalar stays the text that the author
wrote (`ja`, `no`, `2026-11-24`). Everything that could hide a mistake is a problem: duplicate keys, anchors and
aliases, tags, several documents, invisible characters.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import yaml
from yaml.parser import ParserError
from yaml.scanner import ScannerError

from guidetrees.messages.message import EMPTY, Message, quoted, say
from guidetrees.source.characters import meant, misleading
from guidetrees.source.files import INVISIBLE, Unreadable, invisible_message
from guidetrees.source.kept import kept_by_file
from guidetrees.source.location import LINE_BREAK, LocatedStr, Location, Problem, shorten
from guidetrees.source.scalars import typed
from guidetrees.source.yaml_hints import AT_START, IN_BRACKETS, Stop, remedy, typo_of_key
from guidetrees.source.yaml_layout import MISSING_DASH
from guidetrees.source.yaml_lines import Mistake, out_of_line

MAX_DEPTH = 20
MAX_FOREIGN_DEPTH = 100
"""For files of other programs: the navigation in mkdocs.yml is nested."""

DUPLICATE = say("duplicate key '{key}' (first on line {line}){remedy}", key="", line=1, remedy=EMPTY)
IN_LIST = say(": delete one, or write '- ' before it if it begins an entry of the list")

COMMENTED_OUT = re.compile(r"[ \t]+(#[^\s#].*)")
"""Text after ` #` that the author probably did not mean as a comment: a comment has a space after the #."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the author's order, each key once."""

    entries: tuple[tuple[LocatedStr, Value], ...]
    location: Location


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Value, ...]
    location: Location


Value = LocatedStr | Mapping | Sequence


@kept_by_file(lambda text, file, *others, **options: file)
def read_yaml(text: str, file: str, first_line: int = 1) -> tuple[Value, tuple[Problem, ...]]:
    """The value in `text`, and the problems (such as duplicate keys) in spite of which it can be read.

    `first_line` is the line of `file` on which `text` begins (front matter begins on line 2). What is unchanged is
    read once: a preview reads a project at every save.
    Raises Unreadable: empty, not YAML, several documents, anchors, aliases, tags, nested too deep.
    """
    source = _Source.of(text, file, first_line)
    composer = _Composer(source)
    composer.problems += source.misleading()
    try:
        value = composer.document(yaml.parse(text, Loader=yaml.CBaseLoader))
    except yaml.MarkedYAMLError as error:
        fault = _syntax_problem(error, source)
        if all(problem.location != fault.location for problem in composer.problems):
            composer.refused.append(fault)
        elif not composer.refused:
            raise Unreadable(*composer.problems) from error
        value = None
    if composer.refused:
        raise Unreadable(*composer.refused, *composer.problems)
    if value is None:
        raise Unreadable(Problem(Location(file, first_line), say("is empty")))
    return value, tuple(composer.problems)


def read_foreign_yaml(text: str, file: str) -> yaml.Node | None:
    """The content of `text`, written for another program; None if it is empty. Anchors are resolved.

    Raises Unreadable: not YAML, several documents, nested too deep.
    """
    source = _Source.of(text, file, 1)
    try:
        _check_depth(yaml.parse(text, Loader=yaml.CBaseLoader), source)
        yaml.load(text, Loader=yaml.CBaseLoader)  # finds what a value can be wrong in, such as a value in itself
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        raise Unreadable(_syntax_problem(error, source)) from error


@dataclass(frozen=True, slots=True)
class _Source:
    """A text with its position in a file. Lines and columns count from 0, as in PyYAML."""

    file: str
    first_line: int
    lines: list[str]

    @classmethod
    def of(cls, text: str, file: str, first_line: int) -> _Source:
        lines = LINE_BREAK.split(text)
        return cls(file, first_line, lines if lines[-1] else lines[:-1])

    def location(self, line: int, column: int) -> Location:
        return Location(self.file, line + self.first_line, column + 1)

    def misleading(self) -> Iterator[Problem]:
        """Characters that cannot be seen or look like others."""
        for number, line in enumerate(self.lines):
            for column, message in misleading(line):
                yield Problem(self.location(number, column), message)

    def at(self, mark: Any) -> Location:
        return self.location(mark.line, mark.column)


def _syntax_problem(error: yaml.MarkedYAMLError, source: _Source) -> Problem:
    words = quoted(" ".join(str(error.problem or error.context or "cannot be read").split()))
    mark, lines, began = error.problem_mark or error.context_mark, source.lines, error.context_mark
    if words in AT_START and began:
        mark = mark if mark and mark.line == began.line and words in IN_BRACKETS else began
    if not mark:
        return Problem(Location(source.file, source.first_line), _not_yaml(words))
    line, column = (mark.line, mark.column) if mark.line < len(lines) else (len(lines) - 1, len(lines[-1]))
    stop = Stop(words, line, column, began.line if began else None)
    is_syntax = isinstance(error, (ScannerError, ParserError))  # not an alias, which the text may well have
    found = (is_syntax and remedy(stop, lines, source.first_line)) or Mistake(line, column, words)
    return Problem(source.location(found.line, found.column), _not_yaml(found.message))


def _not_yaml(fault: Message) -> Message:
    return say("not valid YAML: {fault}", fault=fault)


def _check_depth(events: Iterator[yaml.Event], source: _Source) -> None:
    """Raises Unreadable if something is nested deeper than MAX_FOREIGN_DEPTH."""
    depth = 0
    for event in events:
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_FOREIGN_DEPTH:
            raise Unreadable(_too_deep(source.at(event.start_mark), MAX_FOREIGN_DEPTH))


def _too_deep(location: Location, most: int) -> Problem:
    return Problem(location, say("is nested more than {most} levels deep", most=most))


class _Pair(NamedTuple):
    key: LocatedStr
    value: Value
    is_empty: bool
    """Whether nothing is written behind the key."""


class _Composer:
    """YAML events → values. PyYAML's own composer resolves aliases and drops duplicate keys without a message."""

    def __init__(self, source: _Source) -> None:
        self.source = source
        self.problems: list[Problem] = []
        """Problems in spite of which the file can be read."""
        self.refused: list[Problem] = []
        self.spilled: list[tuple[LocatedStr, Mapping]] = []
        """A key, and what is in it, that belong in the mapping around the one that was read."""

    def document(self, events: Iterator[yaml.Event]) -> Value | None:
        """The value of the only document; None if it is empty."""
        value: Value | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent) and value is not None:
                self._refuse(event, say("a second document begins here: a file holds one, delete the '---'"))
                return value
            if isinstance(event, yaml.NodeEvent):
                value = self._value(event, events, 1)
        return None if isinstance(value, LocatedStr) and not value.strip() else value

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Value:
        self._refuse_marks(event)
        location = self.source.at(event.start_mark)
        if depth > MAX_DEPTH:
            raise Unreadable(*self.refused, _too_deep(location, MAX_DEPTH), *self.problems)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(location, events, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(tuple(self._items(events, depth)), location)
        text = ""
        if isinstance(event, yaml.ScalarEvent):
            text = event.value
            if text and not event.style:
                self._report_commented_out(event)
        if found := INVISIBLE.search(text):  # written as an escape, such as "\\u202e"
            self._refuse(event, invisible_message(found[0]))
        return LocatedStr(meant(text), location, self._lines_of(event))

    def _lines_of(self, event: yaml.Event) -> list[str]:
        begin, end = event.start_mark, event.end_mark
        return self.source.lines[begin.line : end.line + 1] if begin and end else []

    def _report_commented_out(self, event: yaml.ScalarEvent) -> None:
        end, lines = event.end_mark, self.source.lines
        if end and end.line < len(lines) and (found := COMMENTED_OUT.match(lines[end.line], end.column)):
            hint = say(
                "the text ends before '{text}': put it in quotes, or a space behind the # of a note",
                text=shorten(found[1]),
            )
            self.problems.append(Problem(self.source.location(end.line, found.start(1)), hint))

    def _items(self, events: Iterator[yaml.Event], depth: int) -> Iterator[Value]:
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            if isinstance(event, yaml.MappingStartEvent) and not event.flow_style and depth < MAX_DEPTH:
                self._refuse_marks(event)
                yield from self._entries(self.source.at(event.start_mark), events, depth + 1)
            else:
                yield self._value(event, events, depth + 1)

    def _entries(self, location: Location, events: Iterator[yaml.Event], depth: int) -> Iterator[Mapping]:
        """A mapping in a list: where its first key comes again, the dash of another entry is missing."""
        pairs = self._pairs(events, depth)
        again = [n for n, pair in enumerate(pairs) if n and pair.key == pairs[0].key]
        for n in again:
            self.problems.append(Problem(pairs[n].key.location, MISSING_DASH.but(found=shorten(pairs[n].key))))
        for first, last in itertools.pairwise([0, *again, len(pairs)]):
            yield self._of_pairs(pairs[first].key.location if first else location, pairs[first:last], IN_LIST)

    def _mapping(self, location: Location, events: Iterator[yaml.Event], depth: int) -> Mapping:
        pairs = self._pairs(events, depth)
        first = {str(pair.key): n for n, pair in reversed([*enumerate(pairs)])}
        again = next((n for n, pair in enumerate(pairs) if first[pair.key] < n), 0)
        is_below_empty = again > 1 and pairs[again - 1].is_empty and pairs[again].key != pairs[again - 1].key
        if depth > 1 and is_below_empty:
            # Below a key without a value, the keys of this mapping come again: they are what is in that key.
            key = pairs[again - 1].key
            self.spilled.append((key, self._of_pairs(key.location, pairs[again:])))
            pairs = pairs[: again - 1]
        return self._of_pairs(location, pairs)

    def _pairs(self, events: Iterator[yaml.Event], depth: int) -> list[_Pair]:
        """The keys and values of a mapping, as often as they come."""
        pairs: list[_Pair] = []
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._value(event, events, depth + 1)
            value_event = next(events)
            value = self._value(value_event, events, depth + 1)
            if isinstance(key, LocatedStr):
                key, faults = typed(key, is_id=True)
                self.problems += [Problem(*fault) for fault in faults]
            if not isinstance(key, LocatedStr):
                self.refused.append(Problem(key.location, say("a key must be a text")))
                continue
            at = self.source.at
            is_empty = value == "" and at(value_event.start_mark) == at(value_event.end_mark)
            pairs.append(_Pair(key, value, is_empty))
            for spilled, inner in self.spilled:
                self.problems.append(Problem(spilled.location, out_of_line(spilled, key)))
                pairs.append(_Pair(spilled, inner, False))
            self.spilled.clear()
        return pairs

    def _of_pairs(self, location: Location, pairs: list[_Pair], remedy: Message = EMPTY) -> Mapping:
        """The mapping of `pairs`. `remedy` is what an author can do about a key that comes again."""
        entries: dict[str, tuple[LocatedStr, Value]] = {}
        again: dict[str, list[Value]] = {}
        for key, value, is_empty in pairs:
            if key in entries:
                first, _ = entries[key]
                message = DUPLICATE.but(key=shorten(key), line=first.location.line, remedy=remedy)
                self.problems.append(Problem(key.location, message))
                again.setdefault(key, []).append(value)
            elif is_empty:
                # The value is empty: its problems are reported at the key, which authors can find.
                if typo := typo_of_key(key):
                    self.refused.append(Problem(key.location, typo))
                entries[key] = (key, LocatedStr("", key.location))
            else:
                entries[key] = (key, value)
        for name, values in again.items():
            key, value = entries[name]
            entries[name] = (key, _merged(value, values))
        return Mapping(tuple(entries.values()), location)

    def _refuse_marks(self, event: yaml.Event) -> None:
        """Refuses aliases, anchors and tags."""
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, say("the alias '*{name}' is not allowed: write the value out", name=event.anchor))
        elif isinstance(event, yaml.NodeEvent) and event.anchor:
            self._refuse(
                event,
                say(
                    "the anchor '&{name}' is not allowed: write the value out where it is used "
                    "(a text that begins with & needs quotes)",
                    name=event.anchor,
                ),
            )
        elif isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)) and event.tag:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._refuse(
                event, say("the tag '{tag}' is not allowed: a text that begins with ! needs quotes", tag=tag)
            )

    def _refuse(self, event: yaml.Event, message: Message) -> None:
        self.refused.append(Problem(self.source.at(event.start_mark), message))


def _merged(first: Value, others: list[Value]) -> Value:
    """The value of a duplicate key while the rest is read: the first that is not empty. Mappings are merged: one
    mistake causes one problem."""
    first, *others = [value for value in (first, *others) if value != ""] or [first]
    if not isinstance(first, Mapping):
        return first
    found: dict[LocatedStr, Value] = {}
    for mapping in (first, *others):
        for key, value in mapping.entries if isinstance(mapping, Mapping) else ():
            found.setdefault(key, value)
    return Mapping(tuple(found.items()), first.location)
