"""The model of a project: trees, contacts and updates as frozen values, texts with their locations.

A required text that is missing is an empty text here, and a problem reports it. The rules then check the rest;
nothing is rendered while there are problems.

What differs between kinds of nodes is asked of `graph.node_kinds`, which matches on the classes of `Node`.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import ClassVar, Literal

from guidetrees.source.location import LocatedDate, LocatedStr, Location

Verdict = Literal["yes", "no", "caution", "info"]
Choose = Literal["one", "several"]
Kind = Literal["question", "checklist", "step", "outcome"]
"""The kinds of nodes: a node's key of this name holds its title."""


@dataclass(frozen=True, slots=True)
class Condition:
    """An earlier node, and the ids of its answers that match."""

    node: LocatedStr
    answers: tuple[LocatedStr, ...]


@dataclass(frozen=True, slots=True)
class When:
    """What a reader must have answered before: all conditions must match."""

    location: Location
    conditions: tuple[Condition, ...] | None
    """In the author's order, those of a list one mapping after another. A node may occur more than once. None if
    they could not be read."""


@dataclass(frozen=True, slots=True)
class Case:
    """One target of an exit. Of several, the first whose `when` matches applies."""

    location: Location
    when: When | None
    to: LocatedStr | None
    """`node`, `tree:` or `tree:node`; None if it could not be read."""


Goto = tuple[Case, ...]
"""The targets of an exit: one case without `when`, or several."""


@dataclass(frozen=True, slots=True)
class Part:
    """Additional content of a node's page, for readers whose answers match `when`, on the days that it is for."""

    location: Location
    when: When | None
    """None if it is for all readers, or is missing."""
    first_day: LocatedDate | None
    """The first day on which it is shown (`from`)."""
    last_day: LocatedDate | None
    """The last day on which it is shown (`until`)."""
    text: LocatedStr | None
    guide: tuple[LocatedStr, ...]
    contacts: tuple[LocatedStr, ...]
    updates: tuple[LocatedStr, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a question, and its targets."""

    location: Location
    answer: LocatedStr
    """The reader's words."""
    id: LocatedStr
    """Its name in addresses and scenarios: as written, else the slug of its words. Empty if unreadable."""
    hint: LocatedStr | None
    graver: bool
    """Whether it reports the more severe case, so that it must not lead to a milder verdict."""
    alone: bool
    """Whether no other answer can be chosen with it."""
    goto: Goto | None
    """None if it could not be read, or if the question has the one exit."""


@dataclass(frozen=True, slots=True)
class Item:
    """One statement of a checklist, to be ticked."""

    location: Location
    item: LocatedStr
    hint: LocatedStr | None
    guide: tuple[LocatedStr, ...]
    contacts: tuple[LocatedStr, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A node that asks one question and offers answers, of which one is given or several are chosen."""

    kind: ClassVar[Literal["question"]] = "question"
    id: LocatedStr
    question: LocatedStr
    choose: Choose
    help: LocatedStr | None
    guide: tuple[LocatedStr, ...]
    answers: tuple[Answer, ...] | None
    """None if they could not be read."""
    goto: Goto | None
    """The targets for all answers, where several can be chosen; else None, as where they could not be read."""
    parts: tuple[Part, ...]
    keywords: tuple[LocatedStr, ...]
    updates: tuple[LocatedStr, ...]
    aliases: tuple[LocatedStr, ...]

    @property
    def title(self) -> LocatedStr:
        return self.question


@dataclass(frozen=True, slots=True)
class Checklist:
    """A node that asks several things at once, and is met or not."""

    kind: ClassVar[Literal["checklist"]] = "checklist"
    id: LocatedStr
    checklist: LocatedStr
    help: LocatedStr | None
    guide: tuple[LocatedStr, ...]
    items: tuple[Item, ...]
    met: Goto | None
    unmet: Goto | None
    parts: tuple[Part, ...]
    keywords: tuple[LocatedStr, ...]
    updates: tuple[LocatedStr, ...]
    aliases: tuple[LocatedStr, ...]

    @property
    def title(self) -> LocatedStr:
        return self.checklist


@dataclass(frozen=True, slots=True)
class Step:
    """A node that says something to do, with one way on. It asks nothing, and no answer is recorded."""

    kind: ClassVar[Literal["step"]] = "step"
    id: LocatedStr
    step: LocatedStr
    help: LocatedStr | None
    guide: tuple[LocatedStr, ...]
    contacts: tuple[LocatedStr, ...]
    goto: Goto | None
    """None if it could not be read."""
    parts: tuple[Part, ...]
    keywords: tuple[LocatedStr, ...]
    updates: tuple[LocatedStr, ...]
    aliases: tuple[LocatedStr, ...]

    @property
    def title(self) -> LocatedStr:
        return self.step


@dataclass(frozen=True, slots=True)
class Outcome:
    """A node that ends the tree: a verdict, based on sections of the guide."""

    kind: ClassVar[Literal["outcome"]] = "outcome"
    id: LocatedStr
    outcome: LocatedStr
    verdict: Verdict
    text: LocatedStr | None
    first: Literal["contacts", "guide"] | None
    """What the page shows first; None if the tree's value applies, or none."""
    guide: tuple[LocatedStr, ...]
    contacts: tuple[LocatedStr, ...]
    next: tuple[LocatedStr, ...]
    """`tree`, `node`, `tree:` or `tree:node`."""
    parts: tuple[Part, ...]
    keywords: tuple[LocatedStr, ...]
    updates: tuple[LocatedStr, ...]
    aliases: tuple[LocatedStr, ...]

    @property
    def title(self) -> LocatedStr:
        return self.outcome


Node = Question | Checklist | Step | Outcome


@dataclass(frozen=True, slots=True)
class Scenario:
    """A case in plain words, and the outcome that the tree must give for it."""

    location: Location
    name: LocatedStr
    answers: tuple[tuple[LocatedStr, tuple[LocatedStr, ...]], ...] | None
    """(node, ids of its chosen answers) in the author's order; None if they could not be read."""
    outcome: LocatedStr


@dataclass(frozen=True, slots=True)
class Tree:
    """One decision tree."""

    id: str
    file: str
    """Its path from the project's root."""
    title: LocatedStr
    summary: LocatedStr
    intro: LocatedStr | None
    reviewed: LocatedDate | None
    review_months: int
    owner: LocatedStr | None
    strictness: tuple[LocatedStr, ...]
    """The verdicts from the mildest to the most severe; verdicts left out are not compared."""
    first: Literal["contacts", "guide"] | None
    """What its outcomes show first."""
    order: int | None
    """Its position on the front page: lowest first, trees without one last."""
    start: LocatedStr
    aliases: tuple[LocatedStr, ...]
    short: LocatedStr | None
    """A name that is easy to say and type, whose address redirects to the tree."""
    keywords: tuple[LocatedStr, ...]
    """Search words that its texts may not contain; nodes and the guide's pages have them as well."""
    updates: tuple[LocatedStr, ...]
    nodes: dict[str, Node | None]
    """By id, in the author's order; None if a node could not be read."""
    scenarios: tuple[Scenario, ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """An authority that readers can ask."""

    id: LocatedStr
    name: LocatedStr
    url: LocatedStr
    email: LocatedStr | None
    phone: LocatedStr | None
    topics: tuple[LocatedStr, ...]
    checked: datetime.date | None
    """The day on which someone last verified the address."""
    last_day: LocatedDate | None
    """The last day of this contact (`until`). There is a successor too, then."""
    successor: LocatedStr | None
    """The contact that takes over on the day after (`then`)."""
    updates: tuple[LocatedStr, ...]

    @property
    def dial(self) -> str:
        """The phone number as a `tel:` link needs it: digits and plus signs."""
        return re.sub("[^0-9+]", "", self.phone or "")


@dataclass(frozen=True, slots=True)
class Update:
    """A change since the guide was published."""

    id: LocatedStr
    title: LocatedStr
    date: datetime.date | None
    """The day on which it takes effect (`from`)."""
    text: LocatedStr
    source: LocatedStr
    url: LocatedStr
    seen: datetime.date | None
    """The day on which the source was read."""
    keywords: tuple[LocatedStr, ...]
