"""What has changed in a tree or a register, as lines: what is new, gone, reworded or leads elsewhere.

The fields of the model's dataclasses are compared, whatever they are: a new key of the tree language needs no
code here. A text is compared sentence by sentence. White space and the order of nodes in a file do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from difflib import SequenceMatcher, get_close_matches
from functools import cached_property
from typing import Any

from guidetrees.diff.versions import Versions
from guidetrees.diff.wording import Values, Wording, as_tuple, title_of
from guidetrees.messages.words import Words
from guidetrees.parse.model import Answer, Case, Tree, When

NOT_SHOWN = frozenset(
    ["location", "id", "file", "aliases", "nodes", "scenarios", "choose", "graver", "strictness"]
)
"""Fields that no page shows, and the nodes of a tree, which are compared one by one."""
MIN_LIKENESS = 0.6
"""How alike the titles of two things must be for one to be the other, reworded (1 is equal)."""
BLOCK_BREAK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*+>|#]|\d+[.)]\s))")
"""Between the paragraphs of a text, and between the lines of a list or table."""
SENTENCE_BREAK = re.compile(r"(?<=[.?!])\s+(?![a-zß-ÿ])(?=\S)")
"""Between sentences. After an abbreviation, a small letter follows."""

Lines = list[tuple[int, str]]
"""Texts, each with the depth of its indentation."""


@dataclass(frozen=True)
class Comparison:
    """Two versions, and the words to report their changes in. A thing is None in the version that lacks it."""

    versions: Versions
    words: Words
    homes: tuple[str, str] = ("", "")
    """The former and the current id of the tree whose changes are reported."""

    @cached_property
    def before(self) -> Wording:
        return Wording(self.versions.before, self.words, self.versions.current, self.homes[0])

    @cached_property
    def now(self) -> Wording:
        return Wording(self.versions.now, self.words, lambda ref: ref, self.homes[1])

    def tree(self, before: Tree | None, now: Tree | None) -> Iterator[Lines]:
        """The changes of a tree itself, then those of each of its nodes."""
        if before is None or now is None:
            yield [self.new_or_gone(self.words["tree"], is_new=before is None)]
            return
        yield self._fields(before, now)
        refs = self.versions.nodes.items()
        same = {old.node: new.node for old, new in refs if old.tree == before.id and old.node}
        yield from self._things(before.nodes, now.nodes, same)

    def register(self, before: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> Iterator[Lines]:
        """The changes of each contact or update."""
        old, new = before or {}, now or {}
        return self._things(old, new, {id: id for id in old if id in new})

    def text(self, name: str, before: str | None, now: str | None) -> Lines:
        """The sentences of a text that have changed; else, whether its paragraphs have."""
        old, new = _sentences(before or ""), _sentences(now or "")
        lines: Lines = []
        for action, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if action != "equal":
                was, is_ = (" ".join(part) or None for part in (old[a:b], new[c:d]))
                lines += self._was_and_is(self.before.values(name, was), self.now.values(name, is_))
        if old == new and _paragraphs(before or "") != _paragraphs(now or ""):
            return [(0, f"{self.now.label(name)}: {self.words['diff_layout']}")]
        return block(self.now.label(name), lines)

    def new_or_gone(self, name: str, is_new: bool) -> tuple[int, str]:
        return 0, f"{name}: {self.words['diff_added' if is_new else 'diff_gone']}"

    def _was_and_is(self, before: Values, now: Values) -> Lines:
        keys = ("diff_before", "diff_now") if before and now else ("diff_gone", "diff_added")
        both = zip(keys, (before, now), strict=True)
        return [(0, f"{self.words[key]}: {' · '.join(values.values())}") for key, values in both if values]

    def _things(
        self, before: Mapping[str, Any], now: Mapping[str, Any], same: Mapping[str, str]
    ) -> Iterator[Lines]:
        """The changes of each thing in the current order, then what is gone. `same`: former → current name."""
        former = {is_: was for was, is_ in same.items()}
        for name, thing in now.items():
            yield self._thing(before[former[name]] if name in former else None, thing)
        yield from (self._thing(thing, None) for name, thing in before.items() if name not in same)

    def _thing(self, before: Any, now: Any) -> Lines:
        heading = self.now.thing(before if now is None else now)
        if before is not None and now is not None:
            return block(heading, self._fields(before, now))
        goto = self._field("goto", before, now) if isinstance(now, Answer) else []
        return [self.new_or_gone(heading, is_new=before is None), *indented(goto)]

    def _fields(self, before: Any, now: Any) -> Lines:
        was, is_ = self.before.kind(before), self.now.kind(now)
        lines = block(self.words["diff_kind"], self._was_and_is({"": was}, {"": is_})) if was != is_ else []
        for name in dict.fromkeys(field.name for thing in (now, before) for field in fields(thing)):
            lines += self._field(name, before, now) if name not in NOT_SHOWN else []
        return lines

    def _field(self, name: str, was: Any, is_: Any) -> Lines:
        """What has changed in a field. A field that holds things, as `answers`, has no heading of its own."""
        before, now = getattr(was, name, None), getattr(is_, name, None)
        entry = next(iter((*as_tuple(before), *as_tuple(now))), None)
        if is_dataclass(entry) and not isinstance(entry, Case | When):
            return self._parts(name, as_tuple(before), as_tuple(now))
        is_list = any(isinstance(value, tuple) for value in (before, now)) and not isinstance(entry, Case)
        if isinstance(entry, str) and not is_list and name != "start":
            return self.text(name, before, now)
        old, new = self.before.values(name, before), self.now.values(name, now)
        if list(old) == list(new):
            return []
        return self._list(name, old, new) if is_list else block(self.now.label(name), self._was_and_is(old, new))

    def _list(self, name: str, before: Values, now: Values) -> Lines:
        """What a list has lost and gained; else, its order then and now."""
        lines = [line for key in before if key not in now for line in self._was_and_is({key: before[key]}, {})]
        lines += [line for key in now if key not in before for line in self._was_and_is({}, {key: now[key]})]
        return block(self.now.label(name), lines) if lines else self._order(name, before, now)

    def _order(self, name: str, before: Values, now: Values) -> Lines:
        return block(f"{self.now.label(name)}: {self.words['diff_reordered']}", self._was_and_is(before, now))

    def _parts(self, name: str, before: Sequence[Any], now: Sequence[Any]) -> Lines:
        """The answers of a question, the items of a checklist, the parts of a node."""
        old, new = _by_name(before), _by_name(now)
        same = _same_things(old, new)
        lines = [line for thing in self._things(old, new, same) for line in thing]
        kept = [same[was] for was in old if was in same]
        if kept != [is_ for is_ in new if is_ in kept]:
            lines += self._order(name, self.now.titles(before), self.now.titles(now))
        return lines


def indented(lines: Iterable[tuple[int, str]]) -> Lines:
    return [(depth + 1, text) for depth, text in lines]


def block(heading: str, lines: Lines) -> Lines:
    """Lines below their heading; without lines, no heading."""
    return [(0, heading), *indented(lines)] if lines else []


def _paragraphs(text: str) -> list[str]:
    """The paragraphs of a text and the lines of its lists, without line breaks."""
    return [" ".join(part.split()) for part in BLOCK_BREAK.split(text) if part.strip()]


def _sentences(text: str) -> list[str]:
    return [sentence for part in _paragraphs(text) for sentence in SENTENCE_BREAK.split(part)]


def _by_name(things: Sequence[Any]) -> dict[str, Any]:
    """Things by id or, if they have none, by title; of two with the same title, the second with its number."""
    found: dict[str, Any] = {}
    for thing in things:
        name = str(getattr(thing, "id", "")) or title_of(thing)
        found[name if name not in found else f"{name} {len(found)}"] = thing
    return found


def _same_things(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, str]:
    """Former name → current name: the same name, or else the title that is most alike."""
    found = {name: name for name in before if name in now}
    for name in (name for name in before if name not in now):
        left = {title_of(thing): other for other, thing in now.items() if other not in found.values()}
        for title in get_close_matches(title_of(before[name]), left, 1, MIN_LIKENESS):
            found[name] = left[title]
    return found
