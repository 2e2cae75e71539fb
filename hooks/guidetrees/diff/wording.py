"""The site's words for what a version holds: things, fields and their values, nodes, answers."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Set
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, get_args

from guidetrees.graph.graph import NodeRef, conditions, next_target, parse_reference
from guidetrees.graph.node_kinds import answer_ids, choices, verdict, words_of_answer
from guidetrees.messages.words import Words
from guidetrees.parse.model import Case, Goto, Kind, Question, When
from guidetrees.project.project import Project
from guidetrees.source.location import LocatedStr

LABELS = {
    **dict.fromkeys((*get_args(Kind), "answer", "item"), "diff_wording"),
    **{name: name for name in ("email", "next", "phone", "source", "updates")},
    "reviewed": "review_last",
    "owner": "review_owner",
    "goto": "review_to",
    "contacts": "ask",
    "name": "review_name",
    "topics": "ask_about",
}
"""The messages for fields that have no message `diff_<field>`."""
KINDS = {name: name for name in ("tree", "update", *get_args(Kind))} | {"outcome": "diff_outcome"}
"""The messages for kinds of things that have no message `diff_<kind>`."""

Values = dict[Hashable, str]
"""The words for the values of a field. Keys are equal for values that mean the same, in both versions."""


@dataclass(frozen=True)
class Wording:
    """One of the two versions, with the words for what it holds."""

    project: Project
    words: Words
    current: Callable[[NodeRef], NodeRef]
    """The current name of a node of this version."""
    home: str
    """The id of the tree whose things are named; empty outside of a tree."""

    def quoted(self, text: str) -> str:
        return self.words.say("diff_quoted", words=text)

    def label(self, name: str, labels: Mapping[str, str] = LABELS) -> str:
        """The words for a field. A field without a message has the model's name."""
        return self.words.table.get(labels.get(name, f"diff_{name}"), name).rstrip(":")

    def kind(self, thing: Any) -> str:
        is_selection = isinstance(thing, Question) and choices(thing)
        return self.words["selection"] if is_selection else self.label(type(thing).__name__.lower(), KINDS)

    def thing(self, thing: Any) -> str:
        """`Question ‘What is it?’ (kind)`."""
        id = getattr(thing, "id", "")
        return f"{self.kind(thing)} {self.quoted(title_of(thing))}" + (f" ({id})" if id else "")

    def titles(self, things: Iterable[Any]) -> Values:
        return {place: self.quoted(title_of(thing)) for place, thing in enumerate(things)}

    def node(self, ref: NodeRef) -> str:
        """A node with its verdict, after its tree if that is not `home`; or a tree."""
        tree = self.project.trees[ref.tree]
        foreign = f"{self.kind(tree)} {self.quoted(tree.title)}"
        if not ref.node:
            return f"{foreign} ({tree.id})"
        node = self.project.graph.node(ref)
        found = verdict(node)
        ending = f" – {self.words[f'verdict_{found}']}" if found else ""
        words = f"{self.quoted(node.title)} ({node.id}){ending}"
        return words if ref.tree == self.home else f"{foreign}, {words}"

    def answer(self, ref: NodeRef, ids: Set[str]) -> str:
        """`What is it? ‘A book’`, or with several answers."""
        among = [id for id in answer_ids(self.project.graph.node(ref)) if id in ids]
        given = f" {self.words['when_and']} ".join(self._answer(ref, id) for id in among)
        return f"{self.project.graph.node(ref).title} {given}"

    def _answer(self, ref: NodeRef, id: str) -> str:
        node = self.project.graph.node(ref)
        if id not in answer_ids(node):
            return self.quoted(id)
        return self.quoted(words_of_answer(node, id) or self.words[id])

    def values(self, field: str, value: Any) -> Values:
        """The values of a field. The cases of an answer are one value."""
        entries = as_tuple(value)
        if entries and isinstance(entries[0], Case):
            return self._goto(entries)
        return dict(self._value(field, entry) for entry in entries)

    def _value(self, field: str, value: Any) -> tuple[Hashable, str]:
        if isinstance(value, When):
            return self._asked(value), self._when(value)
        if field == "start":
            value = NodeRef(self.home, value)
        elif field == "next":
            value = next_target(self.project.trees, value, self.home) or value
        if isinstance(value, NodeRef):
            return self.current(value), self.node(value)
        if isinstance(value, date):
            return value, self.words.day(value)
        if isinstance(value, bool):
            return value, self.words["verdict_yes" if value else "verdict_no"]
        if field == "verdict":
            return value, self.words[f"verdict_{value}"]
        return value, self._cited(field, str(value))

    def _cited(self, field: str, value: str) -> str:
        """A text, or the section, contact or update that it names."""
        contacts, updates = self.project.contacts, self.project.updates
        registers = {"contacts": contacts, "successor": contacts, "updates": updates}
        named: Any = (registers.get(field) or {}).get(value)
        section = self.project.section(value) if field == "guide" else None
        title = section.label if section else title_of(named) if named else None
        return f"{self.quoted(title)} ({value})" if title else self.quoted(value)

    def _goto(self, goto: Goto) -> Values:
        """The targets of an answer, each after the conditions that it depends on."""
        keys, words = [], []
        for place, case in enumerate(goto):
            target = parse_reference(case.to or "", self.home)
            otherwise = [self.words["otherwise"]] if any(former.when for former in goto[:place]) else []
            depends = ", ".join([*otherwise, *([self._when(case.when)] if case.when else [])])
            keys.append((self.current(target), bool(otherwise), case.when and self._asked(case.when)))
            words.append(f"{depends}: {self.node(target)};" if depends else self.node(target))
        return {tuple(keys): " ".join(words)}

    def _asked(self, when: When) -> Hashable:
        return tuple((self.current(ref), answers) for ref, answers in conditions(when, self.home))

    def _when(self, when: When) -> str:
        asked = []
        for ref, ids in conditions(when, self.home):
            answers = f" {self.words['when_or']} ".join(self._answer(ref, id) for id in sorted(ids))
            question = self.project.graph.node(ref).title
            asked.append(self.words.say("when_answer", answer=answers, question=question))
        return self.words.say("when", answers=f" {self.words['when_and']} ".join(asked))


def title_of(thing: Any) -> str:
    """The words that a thing is known by: the first of its texts that is not its id."""
    texts = (getattr(thing, field.name) for field in fields(thing) if field.name != "id")
    return next((str(text) for text in texts if isinstance(text, LocatedStr)), "")


def as_tuple(value: Any) -> tuple[Any, ...]:
    """What a field holds: a tuple, one value, or None."""
    return value if isinstance(value, tuple) else () if value is None else (value,)
