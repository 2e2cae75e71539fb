"""The examples of the rules: a small piece of YAML that breaks a rule, and the same piece fixed.

An example is a decorator of its rule. `rule_docs` adds it to the files of `example_project/` and runs the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from guidetrees.source.location import Problem

TREE = "decision_trees/example.yml"
"""The file of a piece that names no file."""

Files = Mapping[str, str]
"""The pieces of an example: text by path from the project's root."""

Rule = TypeVar("Rule", bound=Callable[..., Iterator[Problem]])


@dataclass(frozen=True, slots=True)
class Example:
    """Pieces that break a rule, and the same pieces fixed."""

    failing: Files
    fixed: Files
    along: tuple[str, ...] = ()
    """Ids of the rules that are always broken together with this one."""


_EXAMPLES: dict[Callable[..., Iterator[Problem]], Example] = {}


def shown_by(*, failing: str | Files, fixed: str | Files, along: tuple[str, ...] = ()) -> Callable[[Rule], Rule]:
    """Registers the example of the rule that it decorates. A text is a piece of the file TREE."""
    example = Example(as_files(failing), as_files(fixed), along)

    def register(rule: Rule) -> Rule:
        _EXAMPLES[rule] = example
        return rule

    return register


def example_of(rule: Callable[..., Iterator[Problem]]) -> Example:
    """The example of `rule`. Raises KeyError if it has none."""
    return _EXAMPLES[rule]


def as_files(piece: str | Files) -> Files:
    """A piece as files. Each text begins without a line break and ends with one."""
    files = {TREE: piece} if isinstance(piece, str) else piece
    return {file: text.strip("\n") + "\n" for file, text in files.items()}
