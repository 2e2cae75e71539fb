"""YAML values → parts of the model, driven by tables of keys.

A table (`Table`) says which keys a mapping may have, how each is read and which must be there; the
tables of the tree language stand in `language`. A reader takes a value and gives what it reads, or
notes a problem and gives None, so that one run finds every mistake. It also says what an editor can know of the
values it takes, from which `schema` makes JSON Schema.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Generic, TypeVar

from guidetrees.source.location import LocatedDate, LocatedStr, Location, Problem, shorten
from guidetrees.source.yaml import Mapping, Sequence, Value
from guidetrees.source.yaml_hints import typo_of_key

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_ID_LENGTH = 100
"""Signs of an id: it is part of file names, and file shares have room for 260 signs of a path."""
MAX_GUESSES = 500
"""Names among which the one that was meant is looked for; none of them, nor the word, is longer than an id."""
MIN_SIMILARITY = 0.66
"""How alike two words must be for one to be taken for the other, misspelt (1 is equal)."""
LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss"})


@dataclass(slots=True)
class ProblemCollector:
    """The problems noted while reading."""

    problems: list[Problem] = field(default_factory=list)
    harmless: set[Problem] = field(default_factory=set)
    """Those that hide nothing: a value is not allowed, and the text around it has been read."""

    def add(self, place: Location, message: str) -> None:
        self.problems.append(Problem(place, message))

    def refuse(self, place: Location, message: str) -> None:
        """Notes that a value is not allowed, which hides nothing else."""
        self.add(place, message)
        self.harmless.add(self.problems[-1])

    @property
    def in_doubt(self) -> frozenset[str]:
        """The files of which something may not have been read."""
        return frozenset(problem.location.file for problem in self.problems if problem not in self.harmless)


T = TypeVar("T")

Schema = Any
"""JSON Schema in which a Table, a Key or a Named may stand in any place: `schema` writes them out."""


@dataclass(frozen=True, slots=True)
class Named:
    """Stands in a schema for what this module cannot tell, as it takes the whole language or project."""

    what: str
    """A `contact`, an `update`, a `section` or a `node`."""


@dataclass(frozen=True, slots=True)
class Form(Generic[T]):
    """What a value may be: how it is read, and what an editor is told of it.

    Called with (value, its key, collector), it gives what was read, or None after noting a problem.
    """

    read: Callable[[Value, str, ProblemCollector], T]
    schema: Schema

    def __call__(self, value: Value, key: str, collector: ProblemCollector) -> T:
        return self.read(value, key, collector)


Reader = Form[Any]


def form(schema: Schema) -> Callable[[Callable[[Value, str, ProblemCollector], T]], Form[T]]:
    """Makes a function that reads values a form, of which editors are told `schema`."""
    return lambda read: Form(read, schema)


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a mapping. `default` stands in where it is missing or cannot be read."""

    name: str
    read: Reader
    about: str = ""
    """What it is for, which editors show to authors (Markdown)."""
    required: bool = False
    default: Any = None
    attribute: str = ""
    """The model's name for it, where that differs."""


@dataclass(frozen=True, slots=True)
class Table:
    """The keys of one kind of mapping, and what is made of them."""

    kind: str
    """As problems call it: 'a question'."""
    keys: tuple[Key, ...]

    def names(self) -> list[str]:
        return [key.name for key in self.keys]

    def defaults(self) -> dict[str, Any]:
        """What stands for a mapping that could not be read."""
        return {key.attribute or key.name: key.default for key in self.keys}


def suggestion(word: str, known: Iterable[str], called: Iterable[tuple[str, str]] = ()) -> str:
    """` (did you mean 'x'?)` where a known word is close, else nothing.

    `called` are names that readers see, each with the id that is meant: authors may write those.
    """
    meant = next((id for name, id in called if name.casefold() == word.casefold()), None)
    close = meant or closest(word, known)
    return f" (did you mean '{close}'?)" if close else ""


def closest(word: str, known: Iterable[str]) -> str | None:
    likely = [name for name in known if len(name) <= MAX_ID_LENGTH] if len(word) <= MAX_ID_LENGTH else []
    found = get_close_matches(word, likely, n=1, cutoff=MIN_SIMILARITY) if len(likely) <= MAX_GUESSES else []
    return found[0] if found else None


def is_id(word: str) -> bool:
    return len(word) <= MAX_ID_LENGTH and ID.fullmatch(word) is not None


def slug(words: str) -> str:
    """The words as an id: `Ja, måske` → `ja-maaske`. Empty where no letter or digit is left."""
    whole = unicodedata.normalize("NFC", words).lower().translate(LETTERS)
    plain = unicodedata.normalize("NFKD", whole)
    return "-".join(re.findall("[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c))))


def read_table(table: Table, value: Mapping, lacking: Location, collector: ProblemCollector) -> dict[str, Any]:
    """What `value` holds by `table`: every key's attribute with what was read or its default.

    Notes unknown keys at the key, and missing ones at `lacking`. A misspelt required key is one mistake:
    the missing key is then not noted as well.
    """
    given: dict[str, Value] = dict(value.entries)
    misspelt = set()
    for name, _ in value.entries:
        if name not in table.names():
            misspelt.add(closest(name, [k for k in table.names() if k not in given]))
            hint = suggestion(name, table.names()) or f" (known: {', '.join(table.names())})"
            collector.add(name.location, f"unknown key '{shorten(name)}' in {table.kind}{hint}")
    read: dict[str, Any] = {}
    for key in table.keys:
        before = len(collector.problems)
        found = key.read(given[key.name], key.name, collector) if key.name in given else None
        if key.required:
            collector.problems[before:] = [_kept(key, problem) for problem in collector.problems[before:]]
        if key.required and key.name not in given and key.name not in misspelt:
            collector.add(lacking, f"{key.name}: is missing in {table.kind}")
        read[key.attribute or key.name] = key.default if found is None else found
    return read


def _kept(key: Key, problem: Problem) -> Problem:
    """A problem of a required key or of what stands in it, that key not to be deleted."""
    if not problem.message.startswith(f"{key.name}: is empty"):
        return problem
    return Problem(problem.location, problem.message.removesuffix(" or delete the key"))


def value_kind(value: Value) -> str:
    return {Mapping: "a mapping", Sequence: "a list"}.get(type(value), "a text")


def wrong_kind(value: Value, key: str, wanted: str, collector: ProblemCollector) -> None:
    """Notes that `value` is of another kind than `wanted` ('a list')."""
    if value == "":
        collector.add(value.location, f"{key}: is empty: write {wanted} or delete the key")
        return
    if isinstance(value, LocatedStr) and wanted != "a list" and (typo := typo_of_key(value)):
        collector.add(value.location, f"{key}: {typo}")
        return
    example = f", such as [{shorten(value)}]" if wanted == "a list" and isinstance(value, LocatedStr) else ""
    collector.add(value.location, f"{key}: must be {wanted}, not {value_kind(value)}{example}")


# What looks like a number is a text all the same. The words null, true and false are texts as well when read here,
# but an editor takes null for nothing and would propose true and false for every text: there they need quotes.
TEXT = {"type": ["string", "number"], "pattern": r"\S", "errorMessage": "write a text"}


@form(TEXT)
def text(value: Value, key: str, collector: ProblemCollector) -> LocatedStr | None:
    """A text that is not empty, line breaks kept (Markdown)."""
    if not isinstance(value, LocatedStr):
        wrong_kind(value, key, "a text", collector)
    elif not value.strip():
        collector.add(value.location, f"{key}: is empty: write a text or delete the key")
    else:
        return value
    return None


@form(TEXT)
def line(value: Value, key: str, collector: ProblemCollector) -> LocatedStr | None:
    """A text on one line: white space folded."""
    found = text(value, key, collector)
    return found and LocatedStr(" ".join(found.split()), found.location)


@form(
    {
        "type": ["string", "integer"],
        "pattern": f"^{ID.pattern}$",
        "maxLength": MAX_ID_LENGTH,
        "errorMessage": "write an id: a-z, 0-9 and single hyphens",
    }
)
def identifier(value: Value, key: str, collector: ProblemCollector) -> LocatedStr | None:
    """An id."""
    found = text(value, key, collector)
    if found is None or is_id(found):
        return found
    if ID.fullmatch(found):
        collector.add(
            found.location, f"{key}: '{shorten(found)}' is too long: an id has {MAX_ID_LENGTH} signs at most"
        )
        return None
    better = slug(found)
    hint = f", such as '{better}'" if better else ""
    collector.add(found.location, f"{key}: '{shorten(found)}' is no id: use a-z, 0-9 and single hyphens{hint}")
    return None


@form(
    {
        "type": "string",
        "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
        "errorMessage": "write a date as 2026-11-24",
    }
)
def day(value: Value, key: str, collector: ProblemCollector) -> LocatedDate | None:
    """A date as YYYY-MM-DD."""
    found = text(value, key, collector)
    if found is None:
        return None
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", found, re.ASCII):
            return LocatedDate.read(found)
    except ValueError:
        pass
    collector.refuse(found.location, f"{key}: '{shorten(found)}' is no date: write it as 2026-11-24")
    return None


def number(least: int, most: int) -> Reader:
    """A whole number from `least` to `most`."""
    return _number(least, most, r"\d{1,6}", int, {"type": "integer"}, "whole number")


def decimal(least: float, most: float) -> Reader:
    """A number from `least` to `most`, with digits behind a point or without."""
    return _number(least, most, r"\d{1,6}(\.\d{1,6})?", float, {"type": "number"}, "number")


def _number(
    least: float, most: float, pattern: str, make: Callable[[str], float], schema: dict[str, str], what: str
) -> Reader:
    @form({**schema, "minimum": least, "maximum": most})
    def read(value: Value, key: str, collector: ProblemCollector) -> float | None:
        found = text(value, key, collector)
        if found is None:
            return None
        if re.fullmatch(pattern, found, re.ASCII) and least <= make(found) <= most:
            return make(found)
        collector.refuse(found.location, f"{key}: '{shorten(found)}' is no {what} from {least:g} to {most:g}")
        return None

    return read


def named(what: str) -> Form[LocatedStr | None]:
    """The name of something that the project has, on one line; whether there is such a thing is for `rules`."""
    return Form(line.read, Named(what))


def choice(allowed: dict[str, str]) -> Reader:
    """One of a few words, each with what it means."""

    @form({"enum": list(allowed), "enumDescriptions": list(allowed.values())})
    def read(value: Value, key: str, collector: ProblemCollector) -> LocatedStr | None:
        found = text(value, key, collector)
        if found is None or found in allowed:
            return found
        hint = suggestion(found.lower(), allowed) or f" (known: {', '.join(allowed)})"
        collector.refuse(found.location, f"{key}: '{shorten(found)}' is not allowed{hint}")
        return None

    return read


@form({"const": True, "errorMessage": "write true, or delete the key"})
def true(value: Value, key: str, collector: ProblemCollector) -> bool | None:
    """`true`: a mark that is there or is not."""
    found = text(value, key, collector)
    if found is None:
        return None
    if found == "true":
        return True
    collector.refuse(found.location, f"{key}: '{shorten(found)}' is not allowed: write 'true', or delete the key")
    return None


def matching(pattern: str, what: str) -> Reader:
    """A text of a given form, called `what` in problems."""
    whole = re.compile(pattern, re.ASCII)

    @form({"type": ["string", "integer"], "pattern": f"^{pattern}$", "errorMessage": f"is no {what}"})
    def read(value: Value, key: str, collector: ProblemCollector) -> LocatedStr | None:
        found = line(value, key, collector)
        if found is None or whole.fullmatch(found):
            return found
        collector.refuse(found.location, f"{key}: '{shorten(found)}' is no {what}")
        return None

    return read


def many(read_item: Reader, at_least: int = 0, what: str = "entries") -> Reader:
    """A list. Texts in it may not stand twice."""
    unique = not isinstance(read_item.schema, Table)

    @form({"type": "array", "items": read_item.schema, "minItems": at_least, "uniqueItems": unique})
    def read(value: Value, key: str, collector: ProblemCollector) -> tuple[Any, ...] | None:
        if not isinstance(value, Sequence):
            wrong_kind(value, key, "a list", collector)
            return None
        if len(value.items) < at_least:
            collector.add(value.location, f"{key}: needs at least {at_least} {what}, has {len(value.items)}")
        read_items = [read_item(item, key, collector) for item in value.items]
        kept, seen = [], set[str]()
        for item in read_items:
            if isinstance(item, LocatedStr) and item in seen:
                collector.refuse(item.location, f"{key}: '{shorten(item)}' stands twice")
            elif item is not None:
                kept.append(item)
            if isinstance(item, LocatedStr):
                seen.add(item)
        return tuple(kept)

    return read


def one_or_list(one: Schema, several: Schema) -> Schema:
    """Not by `if` the value is a list: an editor would propose nothing before the first letter is there."""
    return {"anyOf": [one, several]}


def one_or_many(read_item: Reader, at_least: int = 0, what: str = "entries") -> Reader:
    """A list, or one entry without the brackets."""
    read_many = many(read_item, at_least, what)

    @form(one_or_list(read_item.schema, read_many.schema))
    def read(value: Value, key: str, collector: ProblemCollector) -> Any:
        if isinstance(value, Sequence):
            return read_many(value, key, collector)
        found = read_item(value, key, collector)
        return None if found is None else (found,)

    return read


def entity(make: Callable[..., Any], table: Table) -> Reader:
    """A mapping read by a table; `make` gets its place and what was read, defaults where it is no mapping."""

    @form(table)
    def read(value: Value, key: str, collector: ProblemCollector) -> Any:
        if not isinstance(value, Mapping):
            collector.add(value.location, f"{key}: {_no_mapping(table, value)}")
            return make(location=value.location, **table.defaults())
        return make(location=value.location, **read_table(table, value, value.location, collector))

    return read


def _no_mapping(table: Table, value: LocatedStr | Sequence) -> str:
    """What is wrong with a list's entry that is no mapping. A text was meant for its first words, most often."""
    if isinstance(value, LocatedStr) and (typo := typo_of_key(value)):
        return typo
    words = next((key.name for key in table.keys if key.required and key.read is line), None)
    if isinstance(value, LocatedStr) and value and words:
        return f"{table.kind} begins with its key: write '- {words}: {shorten(value)}'"
    return f"{table.kind} must be a mapping of keys, not {value_kind(value)}"


@form({"type": "object", "additionalProperties": TEXT})
def pairs(value: Value, key: str, collector: ProblemCollector) -> tuple[tuple[LocatedStr, LocatedStr], ...] | None:
    """A mapping of texts to texts, in the author's order."""
    if not isinstance(value, Mapping):
        state = "is empty: write" if value == "" else "must be"
        kind = "" if value == "" else f", not {value_kind(value)}"
        collector.add(value.location, f"{key}: {state} a mapping such as {{node: answer}}{kind}")
        return None
    found = [(name, line(item, name, collector)) for name, item in value.entries]
    if any(item is None for _, item in found):
        return None
    return tuple((name, item) for name, item in found if item is not None)
