"""Decision diagrams: a number for every combination of answers, with equal parts shared.

A diagram is a function from combinations of answers to numbers. A set of combinations has 1 for its members and
0 for all others; a count has the number of paths to each combination. Equal parts are one object, so the size of
a diagram depends on the structure of the conditions, not on the number of combinations: "each of a hundred
questions has been answered" takes a hundred nodes, not 2^100. (Bryant 1986; Minato 1993 for sparse sets.)

A diagram is a number, for "nothing has been answered", or a node: a question's level and, for each answer, the
diagram of the questions on higher levels. A question without a node has not been answered. Where several answers
can be chosen, each of them is such a question, with one answer.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import add

from guidetrees.messages.errors import UserError
from guidetrees.messages.message import say

Level = int
Clause = tuple[tuple[Level, frozenset[str]], ...]
"""A condition on combinations: levels, each with answers. At one of the levels, one of these must be given."""
IN_CHOICE = "+"
"""The one answer at the level of an answer among several, which has a level of its own: it is chosen."""


STACK_RESERVE = 500
"""The depth of calls that a caller may already have reached."""


MAX_NODES = 200_000
"""The most nodes that one `Diagrams` makes: conditions that combine many distant questions need too many."""


class TooManyCombinations(UserError):
    """The conditions need more than MAX_NODES nodes. The text is for authors."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class DiagramNode:
    """A node of a diagram. `Diagrams` makes one object for each content, so nodes are compared by identity.

    There is no `repr`: it would repeat a shared part once for every path to it.
    """

    level: Level
    unanswered: Diagram
    by_answer: tuple[tuple[str, Diagram], ...]
    """Sorted; none of them is 0."""


Diagram = int | DiagramNode


class Diagrams:
    """Makes diagrams and caches them: two diagrams of one `Diagrams` are equal if they are the same object."""

    def __init__(self, questions: int) -> None:
        """`questions` is the most that a diagram will have: each adds up to two nested calls."""
        needed = STACK_RESERVE + 2 * questions
        if needed > sys.getrecursionlimit():
            sys.setrecursionlimit(needed)
        self._nodes: dict[object, DiagramNode] = {}
        self._done: dict[object, Diagram] = {}

    def _node(self, level: Level, unanswered: Diagram, by_answer: Mapping[str, Diagram]) -> Diagram:
        branches = tuple(sorted((a, d) for a, d in by_answer.items() if d != 0))
        if not branches:
            return unanswered
        if len(self._nodes) > MAX_NODES:
            raise TooManyCombinations(
                say("the conditions ask for more combinations of answers than can be computed: ask for fewer")
            )
        key = (level, unanswered, branches)
        return self._nodes.setdefault(key, DiagramNode(*key))

    def merge(self, numbers: Callable[[int, int], int], one: Diagram, other: Diagram) -> Diagram:
        """Combines two diagrams with `numbers` (`max`, `add` or `_minus`), combination by combination."""
        if other == 0:
            return one
        if one == 0:
            return 0 if numbers is _minus else other
        if one is other and numbers is not add:
            return one if numbers is max else 0
        if isinstance(one, int) and isinstance(other, int):
            return numbers(one, other)
        key = (numbers, one, other)
        if key not in self._done:
            level = min(d.level for d in (one, other) if isinstance(d, DiagramNode))
            first, second = _branches(one, level), _branches(other, level)
            unanswered = self.merge(numbers, first.unanswered, second.unanswered)
            ours, theirs = dict(first.by_answer), dict(second.by_answer)
            merged = {a: self.merge(numbers, ours.get(a, 0), theirs.get(a, 0)) for a in ours | theirs}
            self._done[key] = self._node(level, unanswered, merged)
        return self._done[key]

    def union(self, one: Diagram, other: Diagram) -> Diagram:
        """The union of two sets."""
        return self.merge(max, one, other)

    def without(self, one: Diagram, other: Diagram) -> Diagram:
        """`one`, with 0 for each combination that `other` has. Where `other` has a number, it is that of `one`."""
        return self.merge(_minus, one, other)

    def fitting(self, diagram: Diagram, clauses: Iterable[Clause]) -> Diagram:
        """The combinations that match all `clauses`."""
        for clause in clauses:
            found: Diagram = 0
            for level, answers in clause:
                found = self.union(found, self._with_answer(diagram, level, answers))
            diagram = found
        return diagram

    def _with_answer(self, diagram: Diagram, level: Level, answers: frozenset[str]) -> Diagram:
        """The combinations with one of `answers` at a level."""
        if isinstance(diagram, int) or diagram.level > level:
            return 0
        key = ("fitting", diagram, level, answers)
        if key not in self._done:
            if diagram.level < level:
                kept = {a: self._with_answer(d, level, answers) for a, d in diagram.by_answer}
                unanswered = self._with_answer(diagram.unanswered, level, answers)
                self._done[key] = self._node(diagram.level, unanswered, kept)
            else:
                kept = {a: d for a, d in diagram.by_answer if a in answers}
                self._done[key] = self._node(level, 0, kept)
        return self._done[key]

    def answer(self, diagram: Diagram, level: Level, answer: str) -> Diagram:
        """Adds an answer to every combination. None has an answer to this question yet."""
        if diagram == 0:
            return 0
        if isinstance(diagram, int) or diagram.level > level:
            return self._node(level, 0, {answer: diagram})
        assert diagram.level < level, "answered once only"
        key = ("answer", diagram, level, answer)
        if key not in self._done:
            given = {a: self.answer(d, level, answer) for a, d in diagram.by_answer}
            self._done[key] = self._node(diagram.level, self.answer(diagram.unanswered, level, answer), given)
        return self._done[key]

    def choose(
        self,
        numbers: Callable[[int, int], int],
        diagram: Diagram,
        together: Iterable[Level],
        alone: Iterable[Level],
    ) -> Diagram:
        """Adds to every combination each choice among several answers, given by their levels: one or more of
        `together`, or one of `alone`. None of them has been chosen yet."""
        some: Diagram = 0
        any_: Diagram = diagram  # of the levels so far: any choice, also none
        for level in sorted(together, reverse=True):
            with_this = self.answer(any_, level, IN_CHOICE)
            some = self.merge(numbers, some, with_this)
            any_ = self.merge(numbers, any_, with_this)
        for level in alone:
            some = self.merge(numbers, some, self.answer(diagram, level, IN_CHOICE))
        return some

    def times(self, diagram: Diagram, count: int) -> Diagram:
        """A diagram with every number `count` times as large."""
        found: Diagram = 0
        while count:
            if count % 2:
                found = self.merge(add, found, diagram)
            diagram = self.merge(add, diagram, diagram)
            count //= 2
        return found

    def forget(self, numbers: Callable[[int, int], int], diagram: Diagram, levels: frozenset[Level]) -> Diagram:
        """Removes questions from every combination. `numbers` combines the numbers of those that become equal."""
        if isinstance(diagram, int) or not levels:
            return diagram
        key = ("forget", numbers, diagram, levels)
        if key not in self._done:
            unanswered = self.forget(numbers, diagram.unanswered, levels)
            left = {a: self.forget(numbers, d, levels) for a, d in diagram.by_answer}
            if diagram.level in levels:
                for branch in left.values():
                    unanswered = self.merge(numbers, unanswered, branch)
                left = {}
            self._done[key] = self._node(diagram.level, unanswered, left)
        return self._done[key]


def example(diagram: Diagram) -> dict[Level, str] | None:
    """The answers of one combination that has a number other than 0; None if all have 0."""
    found: dict[Level, str] = {}
    while isinstance(diagram, DiagramNode):
        if diagram.unanswered != 0:
            diagram = diagram.unanswered
        else:
            found[diagram.level], diagram = diagram.by_answer[0]
    return found if diagram else None


def total(diagram: Diagram) -> int:
    """The sum of all numbers."""
    done: dict[Diagram, int] = {}

    def of(part: Diagram) -> int:
        if isinstance(part, int):
            return part
        if part not in done:
            done[part] = of(part.unanswered) + sum(of(branch) for _, branch in part.by_answer)
        return done[part]

    return of(diagram)


def _branches(diagram: Diagram, level: Level) -> DiagramNode:
    """A diagram as a node of `level`, which is not above its own level."""
    if isinstance(diagram, int) or diagram.level > level:
        return DiagramNode(level, diagram, ())
    return diagram


def _minus(one: int, other: int) -> int:
    return 0 if other else one
