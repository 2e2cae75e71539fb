"""What a project holds, once read: trees, contacts, updates. Frozen; texts know their places.

Where a required text is missing, the field is an empty text and a problem says so: checks go on with
the rest, and nothing is rendered while there are problems.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Literal

from guidetrees.source.location import LocatedDate, LocatedStr, Location

Verdict = Literal["yes", "no", "caution", "info"]


@dataclass(frozen=True, slots=True)
class Condition:
    """An earlier node and the answers to it that fit."""

    node: LocatedStr
    answers: tuple[LocatedStr, ...]


@dataclass(frozen=True, slots=True)
class When:
    """What a reader must have answered before: every condition must fit."""

    location: Location
    conditions: tuple[Condition, ...] | None
    """None where they could not be read."""


@dataclass(frozen=True, slots=True)
class Case:
    """One of the places that an answer leads to: the first whose `when` fits."""

    location: Location
    when: When | None
    to: LocatedStr | None
    """`node`, `tree:` or `tree:node`; None where it could not be read."""


Goto = tuple[Case, ...]
"""Where an answer leads: one case without `when`, or several."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a node's page shows besides to readers who have answered so."""

    location: Location
    when: When | None
    """None where it is missing, a problem."""
    text: LocatedStr | None
    guide: tuple[LocatedStr, ...]
    contacts: tuple[LocatedStr, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a question, and where it leads."""

    location: Location
    answer: LocatedStr
    """The reader's words."""
    id: LocatedStr
    """Its name in addresses and scenarios: as written, else the words as a slug. Empty where unreadable."""
    hint: LocatedStr | None
    graver: bool
    """Whether it tells of the more serious state of things, so that it must not lead to a milder verdict."""
    goto: Goto | None
    """None where it could not be read."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a checklist asks."""

    location: Location
    item: LocatedStr
    hint: LocatedStr | None
    guide: tuple[LocatedStr, ...]
    contacts: tuple[LocatedStr, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A node that asks one thing and offers answers."""

    id: LocatedStr
    question: LocatedStr
    help: LocatedStr | None
    guide: tuple[LocatedStr, ...]
    answers: tuple[Answer, ...] | None
    """None where they could not be read."""
    parts: tuple[Part, ...]
    keywords: tuple[LocatedStr, ...]
    updates: tuple[LocatedStr, ...]
    aliases: tuple[LocatedStr, ...]

    @property
    def title(self) -> LocatedStr:
        return self.question


@dataclass(frozen=True, slots=True)
class Checklist:
    """A node that asks several things at once."""

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

    @property
    def item_ids(self) -> list[str]:
        """The items' names in addresses.

        Made from their words, so that a tick in an old address never stands at an item that says something
        else: hexadecimal digits, as many as tell the items apart, with the place where words stand twice.
        """
        from hashlib import sha256  # checks do not ask for them

        hashes = [sha256(item.item.encode()).hexdigest() for item in self.items]
        length = next(n for n in range(6, 65) if len({h[:n] for h in hashes}) == len(set(hashes)))
        ids = [h[:length] for h in hashes]
        return [id if ids.index(id) == i else f"{id}{i}" for i, id in enumerate(ids)]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A node that ends the tree: a verdict with the guide's words behind it."""

    id: LocatedStr
    outcome: LocatedStr
    verdict: Verdict
    text: LocatedStr | None
    first: Literal["contacts", "guide"] | None
    """What is shown before everything else; None where the tree says it, or nobody."""
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


Node = Question | Checklist | Outcome


@dataclass(frozen=True, slots=True)
class Scenario:
    """A case in plain words and the outcome that the tree must give it."""

    location: Location
    name: LocatedStr
    answers: tuple[tuple[LocatedStr, LocatedStr], ...] | None
    """(node, answer id) in the author's order; None where they could not be read."""
    outcome: LocatedStr


@dataclass(frozen=True, slots=True)
class Tree:
    """One decision tree."""

    id: str
    file: str
    """From the project's root."""
    title: LocatedStr
    summary: LocatedStr
    intro: LocatedStr | None
    reviewed: LocatedDate | None
    review_months: int
    owner: LocatedStr | None
    strictness: tuple[LocatedStr, ...]
    """The verdicts from the mildest to the gravest; those left out are not compared."""
    first: Literal["contacts", "guide"] | None
    """What its outcomes show before everything else."""
    order: int | None
    """Its place on the front page: lowest first, those without one last."""
    start: LocatedStr
    aliases: tuple[LocatedStr, ...]
    short: LocatedStr | None
    """A name to be said and typed, whose address leads here."""
    keywords: tuple[LocatedStr, ...]
    """Words that readers look for it by, which its texts may not have; as on nodes and the guide's pages."""
    updates: tuple[LocatedStr, ...]
    nodes: dict[str, Node | None]
    """By id, in the author's order; None where a node could not be read."""
    scenarios: tuple[Scenario, ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """An authority to ask."""

    id: LocatedStr
    name: LocatedStr
    url: LocatedStr
    email: LocatedStr | None
    phone: LocatedStr | None
    topics: tuple[LocatedStr, ...]
    checked: datetime.date | None
    """The day someone saw that the address is right."""
    updates: tuple[LocatedStr, ...]

    @property
    def dial(self) -> str:
        """Its number as a telephone takes it."""
        return re.sub("[^0-9+]", "", self.phone or "")


@dataclass(frozen=True, slots=True)
class Update:
    """Something that has changed since the guide was printed."""

    id: LocatedStr
    title: LocatedStr
    date: datetime.date | None
    """The day it takes effect (`from`)."""
    text: LocatedStr
    source: LocatedStr
    url: LocatedStr
    seen: datetime.date | None
    """The day the source was read."""
    keywords: tuple[LocatedStr, ...]
