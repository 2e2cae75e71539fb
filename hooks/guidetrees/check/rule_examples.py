"""The examples of the rules: a small piece of YAML that breaks a rule, and how it is fixed.

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
"""Text by path from the project's root."""

AnyRule = Callable[..., Iterator[Problem]]
Rule = TypeVar("Rule", bound=AnyRule)


@dataclass(frozen=True, slots=True)
class Example:
    """A piece that breaks a rule, and its fix, as a diff.

    A line begins with `- ` if only the failing piece has it, with `+ ` if only the fixed one has it, with two
    spaces if both have it. `# path` begins the lines of another file than TREE.
    """

    diff: str
    along: tuple[str, ...] = ()
    """Ids of the rules that are always broken together with this one."""

    @property
    def failing(self) -> Files:
        return _as_files(self.lines("+"))

    @property
    def fixed(self) -> Files:
        return _as_files(self.lines("-"))

    def lines(self, without: str) -> dict[str, list[str]]:
        """The lines of each file as the diff has them, but for those that begin with `without`."""
        files: dict[str, list[str]] = {}
        file = TREE
        for line in self.diff.strip("\n").splitlines():
            if line.startswith("# "):
                file = line[2:]
            elif not line.startswith(without):
                files.setdefault(file, []).append(line)
        return files


def _as_files(files: Mapping[str, list[str]]) -> Files:
    return {file: "".join(f"{line[2:]}\n" for line in lines) for file, lines in files.items()}


EXAMPLES: dict[AnyRule, Example] = {}
"""The example of each rule."""


def shown_by(diff: str, along: tuple[str, ...] = ()) -> Callable[[Rule], Rule]:
    """Registers the example of the rule that it decorates."""

    def register(rule: Rule) -> Rule:
        EXAMPLES[rule] = Example(diff, along)
        return rule

    return register
