"""The tables of contacts.yml and updates.yml, which are mappings of ids to entries."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from guidetrees.messages.message import say
from guidetrees.parse.forms import Key, Table, read_table, table_of
from guidetrees.parse.model import Contact, Update
from guidetrees.parse.problem_collector import ProblemCollector
from guidetrees.parse.readers import day, line, named, text
from guidetrees.parse.tables.shared import (
    KEYWORDS,
    UPDATES,
    check_id,
    email,
    phone,
    required_text,
    several,
    url,
    with_keys_inside,
)
from guidetrees.source.location import shorten
from guidetrees.source.yaml import Mapping, Value

T = TypeVar("T")

CONTACT = table_of(
    say("a contact"),
    required_text("name", "The authority's name, as readers see it."),
    required_text("url", "Its page on the web, with `https://`.", url),
    Key("email", email, "Its e-mail address."),
    Key("phone", phone, 'Its phone number, in quotes, such as `"+45 7228 6600"`.'),
    several("topics", line, "What to ask it about: a list."),
    Key("checked", day, "The day someone saw that the address is right, such as `2026-11-24`."),
    Key(
        "until",
        day,
        "The last day of this contact, such as `2026-12-31`. Needs `then`.",
        along="then",
        attribute="last_day",
    ),
    Key(
        "then",
        named("contact"),
        "Who takes over on the day after: an id of contacts.yml. Needs `until`.",
        along="until",
        attribute="successor",
    ),
    UPDATES,
)

UPDATE = table_of(
    say("an update"),
    required_text("title", "What has changed, in a sentence."),
    Key("from", day, "The day it takes effect, such as `2027-01-01`.", required=True, attribute="date"),
    required_text("text", "What it means to the reader (Markdown).", text),
    required_text("source", "Who says so."),
    required_text("url", "Where it says so, with `https://`.", url),
    Key("seen", day, "The day you read the source, such as `2026-11-24`.", required=True),
    KEYWORDS,
)


def _register(
    make: Callable[..., T], table: Table, value: Value, collector: ProblemCollector
) -> dict[str, T] | None:
    """The entries by id; None, with a problem, if the value is not a mapping."""
    if not isinstance(value, Mapping):
        collector.add(value.location, say("must be a mapping with {kind} under each key", kind=table.kind))
        return None
    found = {}
    for id, entry in with_keys_inside(value, table.names(), collector):
        check_id(id, frozenset(), collector)
        if isinstance(entry, Mapping):
            read = read_table(table, entry, id.location, collector)
        else:
            read = table.defaults()
            message = say("'{id}' must be a mapping with the keys of {kind}", id=shorten(id), kind=table.kind)
            collector.add(id.location, message)
        found[str(id)] = make(id=id, **read)
    return found


read_contacts = partial(_register, Contact, CONTACT)
"""The contacts in contacts.yml."""
read_updates = partial(_register, Update, UPDATE)
"""The updates in updates.yml."""
