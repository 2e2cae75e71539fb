"""Readers: the forms of texts, numbers, dates, lists and mappings.

A reader returns what it read from a value, or adds a problem and returns None.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from guidetrees.messages.message import EMPTY, Message, about, join, say
from guidetrees.parse.forms import Form, Named, Reader, Schema, Table, empty, form, known, read_table
from guidetrees.parse.ids import ID, MAX_ID_LENGTH, is_id, slug, such_as, word_suggestion
from guidetrees.parse.problem_collector import ProblemCollector
from guidetrees.source.location import LocatedDate, LocatedStr, shorten
from guidetrees.source.scalars import typed
from guidetrees.source.yaml import Mapping, Sequence, Value
from guidetrees.source.yaml_hints import typo_of_key

T = TypeVar("T")


A_TEXT, A_LIST, A_MAPPING = say("a text"), say("a list"), say("a mapping")
ANSWERS = say("a mapping such as {{node: answer}}")


def _of_value(key: str, value: str, fault: Message) -> Message:
    return say("{key}: '{value}' {fault}", key=key, value=shorten(value), fault=fault)


def value_kind(value: Value) -> Message:
    return {Mapping: A_MAPPING, Sequence: A_LIST}.get(type(value), A_TEXT)


def wrong_kind(value: Value, key: str, wanted: Message, collector: ProblemCollector) -> None:
    """Adds the problem that `value` is not `wanted` (`a list`)."""
    if value == "":
        collector.add(value.location, empty(key, wanted))
        return
    if isinstance(value, LocatedStr) and wanted is not A_LIST and (typo := typo_of_key(value)):
        collector.add(value.location, about(key, typo))
        return
    example = EMPTY
    if isinstance(value, LocatedStr) and wanted is A_LIST:
        example = say(", such as [{value}]", value=shorten(value))
    if wanted is A_TEXT and isinstance(value, Mapping) and any(" " in words for words, _ in value.entries):
        example = say(": a text that holds ': ' needs '|' before it, on the line of its key")
    fault = say("must be {wanted}, not {kind}{example}", wanted=wanted, kind=value_kind(value), example=example)
    collector.add(value.location, about(key, fault))


# A number is a text too. So are the words null, true and false when they are read here, but not in the schema: an
# editor reads null as no value, and would propose true and false for every text. There they need quotes.
TEXT = {"type": ["string", "number"], "pattern": r"\S", "errorMessage": "write a text"}


@form(TEXT)
def text(value: Value, key: str, collector: ProblemCollector) -> LocatedStr | None:
    """A text that is not empty, with its line breaks (Markdown)."""
    if not isinstance(value, LocatedStr):
        wrong_kind(value, key, A_TEXT, collector)
    elif not value.strip():
        collector.add(value.location, empty(key, A_TEXT))
    else:
        return value
    return None


@form(TEXT)
def line(value: Value, key: str, collector: ProblemCollector) -> LocatedStr | None:
    """A text on one line, with white space collapsed."""
    found = text(value, key, collector)
    return found and LocatedStr(" ".join(found.split()), found.location, found.written)


@form(TEXT)
def keyword(value: Value, key: str, collector: ProblemCollector) -> LocatedStr | None:
    """A line of which every character is typed: nothing in it is for the look of a text."""
    return _typed(line(value, key, collector), key, collector, is_id=False)


@form(TEXT)
def name(value: Value, key: str, collector: ProblemCollector) -> LocatedStr | None:
    """The name of something in the project, on one line: an id or what is made of ids."""
    return _typed(line(value, key, collector), key, collector, is_id=True)


def _typed(found: LocatedStr | None, key: str, collector: ProblemCollector, is_id: bool) -> LocatedStr | None:
    """`found` as it is meant, with a problem for each character that nobody types."""
    if found is None:
        return None
    word, faults = typed(found, is_id)
    for location, message in faults:
        collector.refuse(location, about(key, message))
    return word


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
    found = _typed(text(value, key, collector), key, collector, is_id=True)
    if found is None or is_id(found):
        return found
    if ID.fullmatch(found):
        fault = say("is too long: an id has {most} characters at most", most=MAX_ID_LENGTH)
    else:
        hint = such_as(slug(found))
        fault = say("is not a valid id: use a-z, 0-9 and single hyphens{hint}", hint=hint)
    collector.add(found.location, _of_value(key, found, fault))
    return None


def _made(
    schema: Schema, make: Callable[[LocatedStr], T | None], fault: Message, read_text: Reader = text
) -> Form[T | None]:
    """What `make` makes of a text; None, with the problem that the text `fault`, if it makes nothing."""

    @form(schema)
    def read(value: Value, key: str, collector: ProblemCollector) -> T | None:
        found = read_text(value, key, collector)
        made = None if found is None else make(found)
        if found is not None and made is None:
            collector.refuse(found.location, _of_value(key, found, fault))
        return made

    return read


DAY = {
    "type": "string",
    "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
    "errorMessage": "write a date as 2026-11-24",
}


@form(DAY)
def day(value: Value, key: str, collector: ProblemCollector) -> LocatedDate | None:
    """A date as YYYY-MM-DD."""
    found = text(value, key, collector)
    if found is None:
        return None
    fault = _of_value(key, found, say("is not a date: write it as 2026-11-24"))
    if re.fullmatch(r"\d{4}-\d\d-\d\d", found, re.ASCII):
        try:
            return LocatedDate.read(found)
        except ValueError:
            fault = about(key, say("there is no day '{day}'", day=found))
    collector.refuse(found.location, fault)
    return None


def number(least: int, most: int, decimals: bool = False) -> Reader:
    """A number from `least` to `most`; a whole one unless it may have decimals."""
    make = float if decimals else int
    pattern = r"\d{1,6}(\.\d{1,6})?" if decimals else r"\d{1,6}"
    what = say("a number") if decimals else say("a whole number")

    def within(found: LocatedStr) -> float | None:
        return make(found) if re.fullmatch(pattern, found, re.ASCII) and least <= make(found) <= most else None

    schema = {"type": "number" if decimals else "integer", "minimum": least, "maximum": most}
    return _made(schema, within, say("is not {what} from {least} to {most}", what=what, least=least, most=most))


def named(what: str) -> Form[LocatedStr | None]:
    """The name of something in the project, on one line. The rules check whether it exists."""
    return Form(name.read, Named(what))


def choice(allowed: dict[str, str]) -> Reader:
    """One of the words in `allowed`, which has the meaning of each."""

    @form({"enum": list(allowed), "enumDescriptions": list(allowed.values())})
    def read(value: Value, key: str, collector: ProblemCollector) -> LocatedStr | None:
        found = _word(value, key, allowed, collector)
        if found is None or found in allowed:
            return found
        hint = word_suggestion(found.lower(), allowed) or known(allowed)
        collector.refuse(found.location, _of_value(key, found, say("is not allowed{hint}", hint=hint)))
        return None

    return read


@form({"const": True, "errorMessage": "write true, or delete the key"})
def true(value: Value, key: str, collector: ProblemCollector) -> bool | None:
    """The word `true`: a key that is set or missing."""
    found = _word(value, key, ["true"], collector)
    if found is not None and found != "true":
        fault = say("is not allowed: write 'true', or delete the key")
        collector.refuse(found.location, _of_value(key, found, fault))
    return found == "true" or None


def _word(value: Value, key: str, allowed: Iterable[str], collector: ProblemCollector) -> LocatedStr | None:
    """A word of the tree language, which is to be one of those `allowed`."""
    if value == "":
        collector.add(value.location, empty(key, join(say(" or "), (f"'{word}'" for word in allowed))))
        return None
    return name(value, key, collector)


def matching(pattern: str, what: Message) -> Reader:
    """A text that matches `pattern`. `what` is its name in problems, with an article and perhaps a remedy."""
    regex = re.compile(pattern, re.ASCII)
    schema = {"type": ["string", "integer"], "pattern": f"^{pattern}$", "errorMessage": f"write {what}"}
    fault = say("is not {what}", what=what)
    return _made(schema, lambda found: found if regex.fullmatch(found) else None, fault, line)


def many(read_item: Reader, at_least: int = 0, what: str = "") -> Reader:
    """A list without duplicate texts."""
    unique = not isinstance(read_item.schema, Table)

    @form({"type": "array", "items": read_item.schema, "minItems": at_least, "uniqueItems": unique})
    def read(value: Value, key: str, collector: ProblemCollector) -> tuple[Any, ...] | None:
        if not isinstance(value, Sequence):
            wrong_kind(value, key, A_LIST, collector)
            return None
        if len(value.items) < at_least:
            fault = say(
                "needs at least {least} {what}, has {count}", least=at_least, what=what, count=len(value.items)
            )
            collector.add(value.location, about(key, fault))
        read_items = [read_item(item, key, collector) for item in value.items]
        kept, seen = [], set[str]()
        for item in read_items:
            if isinstance(item, LocatedStr) and item in seen:
                collector.refuse(
                    item.location, say("{key}: duplicate value '{value}'", key=key, value=shorten(item))
                )
            elif item is not None:
                kept.append(item)
            if isinstance(item, LocatedStr):
                seen.add(item)
        return tuple(kept)

    return read


def one_or_list(one: Schema, several: Schema) -> Schema:
    """The schema of `one` value or a list of `several`.

    With `if` instead of `anyOf`, an editor would propose nothing for an empty value.
    """
    return {"anyOf": [one, several]}


def one_or_many(read_item: Reader, at_least: int = 0, what: str = "") -> Reader:
    """A list, or one entry without brackets."""
    read_many = many(read_item, at_least, what)

    @form(one_or_list(read_item.schema, read_many.schema))
    def read(value: Value, key: str, collector: ProblemCollector) -> Any:
        if isinstance(value, Sequence):
            return read_many(value, key, collector)
        found = read_item(value, key, collector)
        return None if found is None else (found,)

    return read


def entity(make: Callable[..., Any], table: Table) -> Reader:
    """A mapping read by a table. `make` gets its location and what was read; defaults if it is not a mapping."""

    @form(table)
    def read(value: Value, key: str, collector: ProblemCollector) -> Any:
        if not isinstance(value, Mapping):
            collector.add(value.location, about(key, _not_a_mapping(table, value)))
            return make(location=value.location, **table.defaults())
        return make(location=value.location, **read_table(table, value, value.location, collector))

    return read


def _not_a_mapping(table: Table, value: LocatedStr | Sequence) -> Message:
    """The problem of an entry of a list that is not a mapping. A text is most often the value of its first key."""
    if isinstance(value, LocatedStr) and (typo := typo_of_key(value)):
        return typo
    words = next((key.name for key in table.keys if key.required and key.read.schema is TEXT), None)
    if isinstance(value, LocatedStr) and value and words:
        written = shorten(value)
        return say("{kind} begins with its key: write '- {key}: {text}'", kind=table.kind, key=words, text=written)
    return say("{kind} must be a mapping of keys, not {other}", kind=table.kind, other=value_kind(value))


@form({"type": "object", "additionalProperties": TEXT})
def pairs(value: Value, key: str, collector: ProblemCollector) -> tuple[tuple[LocatedStr, LocatedStr], ...] | None:
    """A mapping of texts to texts, in the author's order."""
    return _entries(name, value, key, collector)


_answers = one_or_many(name, at_least=1, what=say("answer"))


@form({"type": "object", "additionalProperties": _answers.schema})
def given(
    value: Value, key: str, collector: ProblemCollector
) -> tuple[tuple[LocatedStr, tuple[LocatedStr, ...]], ...] | None:
    """A mapping of nodes to answers, each one or a list, in the author's order."""
    return _entries(_answers, value, key, collector)


def _entries(
    read: Form[T], value: Value, key: str, collector: ProblemCollector
) -> tuple[tuple[LocatedStr, Any], ...] | None:
    """A mapping whose values are read by `read`; None if one of them could not be read."""
    if not isinstance(value, Mapping):
        wrong_kind(value, key, ANSWERS, collector)
        return None
    found = [(id, item) for id, value in value.entries if (item := read(value, id, collector))]
    return tuple(found) if len(found) == len(value.entries) else None
