"""What differs between the kinds of nodes, as functions that match on the classes of `Node`.

Every `match` ends in `assert_never`: mypy then reports each function in which a new kind is missing. Other modules
call these functions and never test for a class. What all kinds share is an attribute of their classes: `id`,
`kind`, `title`, `guide`, `parts`, `keywords`, `updates`, `aliases`.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import combinations
from typing import assert_never

from guidetrees.parse.model import Answer, Checklist, Goto, Item, Node, Outcome, Question, Step, Verdict
from guidetrees.source.location import LocatedStr

MET, UNMET = "met", "unmet"
"""The exits of a checklist: their ids, and their keys in the tree language."""
ONWARD = "go_on"
"""The exit of a step, which is no answer: no id has an underscore."""
CHOSEN = "some_answers"
"""The exit of a question of several answers: those that are chosen, whichever they are."""


@dataclass(frozen=True, slots=True)
class Exit:
    """One way out of a node. An edge of the graph is one case of it."""

    id: str
    """The answer's id; MET or UNMET; CHOSEN; ONWARD. Empty if the answer's id could not be read."""
    key: str
    """The key that holds its targets: `goto`, `met` or `unmet`."""
    goto: Goto | None
    """Its targets; None if they could not be read."""
    words: LocatedStr | None = None
    """The author's words for it; None if the site's own words for `id` are shown."""
    hint: LocatedStr | None = None
    """The small print below the words."""

    @property
    def is_one_answer(self) -> bool:
        """Whether readers take it who give the answer of this id; else all do."""
        return self.id not in (ONWARD, CHOSEN)


def exits(node: Node) -> tuple[Exit, ...]:
    """The ways out of `node`, in the author's order; none at the end of a tree."""
    match node:
        case Question(choose="several"):
            return (Exit(CHOSEN, "goto", node.goto),)
        case Question():
            return tuple(Exit(str(a.id), "goto", a.goto, a.answer, a.hint) for a in node.answers or ())
        case Checklist():
            return Exit(MET, MET, node.met), Exit(UNMET, UNMET, node.unmet)
        case Step():
            return (Exit(ONWARD, "goto", node.goto),)
        case Outcome():
            return ()
        case _:
            assert_never(node)


def ends_tree(node: Node) -> bool:
    """Whether a reader is done at `node`."""
    match node:
        case Question() | Checklist() | Step():
            return False
        case Outcome():
            return True
        case _:
            assert_never(node)


def asks(node: Node) -> bool:
    """Whether a reader answers at `node`: only then can conditions and scenarios name it."""
    match node:
        case Question() | Checklist():
            return True
        case Step() | Outcome():
            return False
        case _:
            assert_never(node)


def answers(node: Node) -> tuple[Answer, ...]:
    """The answers that `node` offers in the author's words; none if it offers no choice or they are unreadable."""
    match node:
        case Question():
            return node.answers or ()
        case Checklist() | Step() | Outcome():
            return ()
        case _:
            assert_never(node)


def choices(node: Node) -> tuple[Answer, ...]:
    """The answers of which several can be chosen; none if one answer is given at `node`, or none."""
    match node:
        case Question(choose="several"):
            return node.answers or ()
        case Question() | Checklist() | Step() | Outcome():
            return ()
        case _:
            assert_never(node)


def all_choices(node: Node) -> Iterator[frozenset[str]]:
    """Every choice among the answers of `choices(node)`, small ones first: one or more, or one that is `alone`."""
    together = [str(answer.id) for answer in choices(node) if not answer.alone]
    yield from (frozenset([id]) for id in answer_ids(node) if choices(node))
    for size in range(2, len(together) + 1):
        yield from map(frozenset, combinations(together, size))


def is_choice(node: Node, ids: Set[str]) -> bool:
    """Whether a reader can choose just these among the answers of `choices(node)`."""
    among = {str(answer.id): answer.alone for answer in choices(node)}
    return bool(ids) and ids <= among.keys() and (len(ids) == 1 or not any(among[id] for id in ids))


def answer_ids(node: Node) -> tuple[str, ...]:
    """The ids of the answers at `node`, as conditions, scenarios and addresses name them."""
    match node:
        case Question():
            return tuple(str(answer.id) for answer in node.answers or ())
        case Checklist():
            return MET, UNMET
        case Step() | Outcome():
            return ()
        case _:
            assert_never(node)


def words_of_answer(node: Node, id: str) -> LocatedStr | None:
    """The author's words for an answer at `node`; None if the site's own words for `id` are shown."""
    return next((answer.answer for answer in answers(node) if answer.id == id), None)


def items(node: Node) -> tuple[Item, ...]:
    """The statements of `node` to be ticked."""
    match node:
        case Checklist():
            return node.items
        case Question() | Step() | Outcome():
            return ()
        case _:
            assert_never(node)


def item_ids(node: Node) -> list[str]:
    """The ids of `items(node)` in addresses, in the same order.

    An id is the beginning of a hash of the item's words, so that a tick in an old address never marks an item with
    another meaning: as many hexadecimal digits as are needed for unique ids, and the index of an item whose words
    occur before.
    """
    from hashlib import sha256  # not needed by checks

    hashes = [sha256(item.item.encode()).hexdigest() for item in items(node)]
    length = next(n for n in range(6, 65) if len({h[:n] for h in hashes}) == len(set(hashes)))
    ids = [h[:length] for h in hashes]
    return [id if ids.index(id) == i else f"{id}{i}" for i, id in enumerate(ids)]


def verdict(node: Node) -> Verdict | None:
    """The verdict that `node` gives; None if it gives none."""
    match node:
        case Outcome():
            return node.verdict
        case Question() | Checklist() | Step():
            return None
        case _:
            assert_never(node)


def body(node: Node) -> tuple[str, LocatedStr | None]:
    """The text of `node` itself (Markdown), and the key that holds it: `text` or `help`."""
    match node:
        case Question() | Checklist() | Step():
            return "help", node.help
        case Outcome():
            return "text", node.text
        case _:
            assert_never(node)


def own_contacts(node: Node) -> tuple[LocatedStr, ...]:
    """The contacts that `node` itself names, without those of its parts and items."""
    match node:
        case Step() | Outcome():
            return node.contacts
        case Question() | Checklist():
            return ()
        case _:
            assert_never(node)


def next_references(node: Node) -> tuple[LocatedStr, ...]:
    """What usually comes after `node`: `tree`, `node`, `tree:` or `tree:node`."""
    match node:
        case Outcome():
            return node.next
        case Question() | Checklist() | Step():
            return ()
        case _:
            assert_never(node)
