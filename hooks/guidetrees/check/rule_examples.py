"""What shows a rule: a small piece of YAML that breaks it, and the same piece mended.

An example stands beside its rule, as a decorator. `manual` lays it into the files of `frame/` and asks the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from guidetrees.source.location import Problem

TREE = "decision_trees/example.yml"
"""The file that a piece is which names none."""

Files = Mapping[str, str]
"""What the pieces of an example are called, from the project's root, and what they hold."""

Rule = TypeVar("Rule", bound=Callable[..., Iterator[Problem]])


@dataclass(frozen=True, slots=True)
class Example:
    """Pieces that break a rule, and the same pieces mended."""

    failing: Files
    mended: Files
    along: tuple[str, ...] = ()
    """Ids of the rules that what breaks this one always breaks as well."""


_EXAMPLES: dict[Callable[..., Iterator[Problem]], Example] = {}


def shown_by(*, failing: str | Files, mended: str | Files, along: tuple[str, ...] = ()) -> Callable[[Rule], Rule]:
    """Registers the example of the rule that it decorates. A text is a piece of the tree TREE."""
    example = Example(as_files(failing), as_files(mended), along)

    def register(rule: Rule) -> Rule:
        _EXAMPLES[rule] = example
        return rule

    return register


def example_of(rule: Callable[..., Iterator[Problem]]) -> Example:
    """The example of `rule`. Raises KeyError where it has none."""
    return _EXAMPLES[rule]


def as_files(piece: str | Files) -> Files:
    """A piece as files, each ending in one line break and beginning without any."""
    files = {TREE: piece} if isinstance(piece, str) else piece
    return {file: text.strip("\n") + "\n" for file, text in files.items()}
