"""Collects problems, so that one run finds every mistake."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from guidetrees.messages.message import Message
from guidetrees.source.files import Unreadable
from guidetrees.source.location import Location, Problem
from guidetrees.source.yaml import Value, read_yaml


@dataclass(slots=True)
class ProblemCollector:
    """Collects the problems found while reading."""

    problems: list[Problem] = field(default_factory=list)
    harmless: set[Problem] = field(default_factory=set)
    """The problems that hide nothing: a value is not allowed, but everything around it was read."""

    def add(self, location: Location, message: Message) -> None:
        self.problems.append(Problem(location, message))

    def refuse(self, location: Location, message: Message) -> None:
        """Adds the problem that a value is not allowed, which hides nothing else."""
        self.add(location, message)
        self.harmless.add(self.problems[-1])

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Collects the problems of a file that cannot be read."""
        try:
            yield
        except Unreadable as error:
            self.problems.extend(error.problems)

    def read_yaml(self, text: str, file: str, first_line: int = 1) -> Value | None:
        """The value in `text`; None, with the problems that explain why, if it cannot be read."""
        with self.reading():
            value, problems = read_yaml(text, file, first_line)
            self.problems.extend(problems)
            return value
        return None

    @property
    def in_doubt(self) -> frozenset[str]:
        """The files of which something may be unread."""
        return frozenset(problem.location.file for problem in self.problems if problem not in self.harmless)
