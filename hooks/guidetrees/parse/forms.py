"""Forms of values and tables of keys: how YAML becomes the model, and what editors know about it.

A table (`Table`) lists the keys that a mapping may have, how each is read and which are required; the tables of
the tree language are in `parse.tables`. A form (`Form`) reads one value, and has a schema of the values that it
accepts, of which `tools.json_schema` makes schemas for editors.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from guidetrees.messages.message import EMPTY, Message, about, say
from guidetrees.parse.ids import closest_word, word_suggestion
from guidetrees.parse.problem_collector import ProblemCollector
from guidetrees.source.location import Location, Problem, shorten
from guidetrees.source.yaml import Mapping, Value

T = TypeVar("T")

Schema = Any
"""JSON Schema in which any value may be a Table, a Key or a Named: `tools.json_schema` resolves these."""


@dataclass(frozen=True, slots=True)
class Named:
    """A placeholder in a schema for what depends on the whole language or project."""

    what: str
    """A `contact`, an `update`, a `section` or a `node`."""


@dataclass(frozen=True, slots=True)
class Form(Generic[T]):
    """A form of values: how one is read, and its schema.

    Called with (value, its key, collector), it returns what was read, or adds a problem and returns None.
    """

    read: Callable[[Value, str, ProblemCollector], T]
    schema: Schema

    def __call__(self, value: Value, key: str, collector: ProblemCollector) -> T:
        return self.read(value, key, collector)


Reader = Form[Any]


def form(schema: Schema) -> Callable[[Callable[[Value, str, ProblemCollector], T]], Form[T]]:
    """Makes a Form of a function that reads values. `schema` describes the values for editors."""
    return lambda read: Form(read, schema)


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a mapping. `default` is used if it is missing or cannot be read."""

    name: str
    read: Reader
    about: str = ""
    """Its description, which editors show to authors (Markdown)."""
    required: bool = False
    unless: tuple[str, ...] = ()
    """Keys of which one is enough in place of this one, which is required without them."""
    along: str = ""
    """The key with which this one is required."""
    default: Any = None
    attribute: str = ""
    """The attribute of the model, if its name differs."""

    def is_required(self, given: Container[str]) -> bool:
        """Whether a mapping with the keys `given` must have this one."""
        lacks_others = bool(self.unless) and not any(name in given for name in self.unless)
        return self.required or lacks_others or bool(self.along and self.along in given)

    @property
    def requires(self) -> Message:
        """In which mappings it is required, as the end of a message: `a part without from or until`."""
        if self.unless:
            *some, last = self.unless
            return say(" without {some} or {last}", some=", ".join(some), last=last)
        return say(" with {other}", other=self.along) if self.along else EMPTY


@dataclass(frozen=True, slots=True)
class Table:
    """The keys of one kind of mapping."""

    kind: Message
    """Its name in problems, with an article: `a question`."""
    keys: tuple[Key, ...]
    elsewhere: dict[str, Message] = field(default_factory=dict)
    """The faults of keys that belong in another place, by their names."""

    def names(self) -> list[str]:
        return [key.name for key in self.keys]

    def defaults(self) -> dict[str, Any]:
        """The attributes of a mapping that could not be read."""
        return {key.attribute or key.name: key.default for key in self.keys}


def table_of(kind: Message, *keys: Key, elsewhere: dict[str, Message] | None = None) -> Table:
    return Table(kind, keys, elsewhere or {})


def read_table(table: Table, value: Mapping, location: Location, collector: ProblemCollector) -> dict[str, Any]:
    """Reads `value` by `table`: what was read or the default, by the attribute of each key.

    A problem of an unknown key is located at the key, of a missing key at `location`. For a misspelt required key,
    only the unknown key is reported.
    """
    given: dict[str, Value] = dict(value.entries)
    misspelt = set[str]()
    for name, _ in value.entries:
        if name in table.elsewhere:
            collector.add(name.location, about(name, table.elsewhere[name]))
        elif name not in table.names():
            misspelt.add(closest_word(name, [k for k in table.names() if k not in given]) or "")
            hint = word_suggestion(name, table.names()) or known(table.names())
            message = say("unknown key '{key}' in {kind}{hint}", key=shorten(name), kind=table.kind, hint=hint)
            collector.add(name.location, message)
    read: dict[str, Any] = {}
    meant = {*given, *misspelt}
    for key in table.keys:
        before = len(collector.problems)
        found = key.read(given[key.name], key.name, collector) if key.name in given else None
        is_required = key.is_required(meant)
        if is_required:
            collector.problems[before:] = [_not_deletable(key, problem) for problem in collector.problems[before:]]
        if is_required and key.name not in meant:
            message = say("{key}: is missing in {kind}{rest}", key=key.name, kind=table.kind, rest=key.requires)
            collector.add(location, message)
        read[key.attribute or key.name] = key.default if found is None else found
    return read


def _not_deletable(key: Key, problem: Problem) -> Problem:
    """A problem found in a required key, without the advice to delete this key."""
    parts = problem.message.parts
    if parts.get("key") != key.name or "choice" not in parts:
        return problem
    return Problem(problem.location, problem.message.but(choice=""))


def known(names: Iterable[str]) -> Message:
    return say(" (known: {names})", names=", ".join(names))


def empty(key: str, wanted: Message) -> Message:
    """The message that a key has no value, where it must have `wanted`."""
    choice = say(" or delete the key")
    return say("{key}: is empty: write {wanted}{choice}", key=key, wanted=wanted, choice=choice)
