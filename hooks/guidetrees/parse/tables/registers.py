"""The tables of contacts.yml and updates.yml, which are mappings of ids to entries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from guidetrees.parse.forms import Key, Table, read_table
from guidetrees.parse.model import Contact, Update
from guidetrees.parse.problem_collector import ProblemCollector
from guidetrees.parse.readers import day, line, many, text
from guidetrees.parse.tables.shared import KEYWORDS, NOTHING, UPDATES, check_id, email, phone, url
from guidetrees.source.location import shorten
from guidetrees.source.yaml import Mapping, Value

CONTACT = Table(
    "a contact",
    (
        Key("name", line, "The authority's name, as readers see it.", required=True, default=NOTHING),
        Key("url", url, "Its page on the web, with `https://`.", required=True, default=NOTHING),
        Key("email", email, "Its e-mail address."),
        Key("phone", phone, 'Its phone number, in quotes, such as `"+45 7228 6600"`.'),
        Key("topics", many(line), "What to ask it about: a list.", default=()),
        Key("checked", day, "The day someone saw that the address is right, such as `2026-11-24`."),
        UPDATES,
    ),
)

UPDATE = Table(
    "an update",
    (
        Key("title", line, "What has changed, in a sentence.", required=True, default=NOTHING),
        Key("from", day, "The day it takes effect, such as `2027-01-01`.", required=True, attribute="date"),
        Key("text", text, "What it means to the reader (Markdown).", required=True, default=NOTHING),
        Key("source", line, "Who says so.", required=True, default=NOTHING),
        Key("url", url, "Where it says so, with `https://`.", required=True, default=NOTHING),
        Key("seen", day, "The day you read the source, such as `2026-11-24`.", required=True),
        KEYWORDS,
    ),
)


def read_contacts(value: Value, collector: ProblemCollector) -> dict[str, Contact] | None:
    """The contacts in contacts.yml; None, with a problem, if the value is not a mapping."""
    return _register(Contact, CONTACT, value, collector)


def read_updates(value: Value, collector: ProblemCollector) -> dict[str, Update] | None:
    """The updates in updates.yml; None, with a problem, if the value is not a mapping."""
    return _register(Update, UPDATE, value, collector)


def _register(
    make: Callable[..., Any], table: Table, value: Value, collector: ProblemCollector
) -> dict[str, Any] | None:
    if not isinstance(value, Mapping):
        collector.add(value.location, f"must be a mapping with {table.kind} under each key")
        return None
    found = {}
    for id, entry in value.entries:
        check_id(id, frozenset(), collector)
        if isinstance(entry, Mapping):
            read = read_table(table, entry, id.location, collector)
        else:
            read = table.defaults()
            collector.add(id.location, f"'{shorten(id)}' must be a mapping with the keys of {table.kind}")
        found[str(id)] = make(id=id, **read)
    return found
