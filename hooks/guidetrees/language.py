"""The tree language: which keys a tree, a contact and an update have, as tables.

This is the one place that says what authors may write; `parse` reads by these tables.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .model import (
    Answer,
    Case,
    Checklist,
    Condition,
    Contact,
    Goto,
    Item,
    Node,
    Outcome,
    Part,
    Question,
    Scenario,
    Tree,
    Update,
    Verdict,
    When,
)
from .parse import (
    ID,
    Key,
    Notes,
    Table,
    choice,
    closest,
    day,
    entity,
    identifier,
    line,
    many,
    matching,
    number,
    one_or_many,
    pairs,
    read_table,
    slug,
    text,
    true,
    wrong_kind,
)
from .source import Mapping, Place, Sequence, Text, Value, short

VERDICTS: tuple[Verdict, ...] = ("yes", "no", "caution", "info")

# What Windows keeps for devices: a file share has no page of that name.
DEVICES = frozenset(["con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))])
RESERVED_TREES = DEVICES | {"guide", "assets", "search", "index", "review"}
RESERVED_NODES = DEVICES | {"index"}

NOTHING = Text("", Place(""))
"""Stands for a text that is missing or could not be read."""

_names = many(line)
_url = matching(r"https?://[^\s/?#<>\"\\]+\.[^\s<>\"\\]+", "web address: write it out, with https:// in front")
_email = matching(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\".]+", "e-mail address")
_phone = matching(
    r"\+?[0-9(][0-9 ().-]{2,24}", "phone number: write digits, spaces and hyphens, such as '+45 7228 6600'"
)


def _when(value: Value, key: str, notes: Notes) -> When:
    wanted = "a mapping such as {node: answer}"
    if not isinstance(value, Mapping):
        wrong_kind(value, key, wanted, notes)
        return When(value.place, None)
    if not value.entries:
        notes.add(value.place, f"{key}: is empty: write {wanted} or delete the key")
        return When(value.place, None)
    read = [(node, _answers(item, str(node), notes)) for node, item in value.entries]
    whole = all(answers for _, answers in read)
    return When(value.place, tuple(Condition(*pair) for pair in read) if whole else None)


_answers = one_or_many(line, at_least=1, what="answer")

CASE = Table("a case", (Key("when", _when), Key("to", line, required=True)))


def _goto(value: Value, key: str, notes: Notes) -> Goto | None:
    """A reference, or a list of cases."""
    if isinstance(value, Sequence):
        return _cases(value, key, notes) or None
    to = line(value, key, notes)
    return (Case(value.place, None, to),) if to else None


def _case(value: Value, key: str, notes: Notes) -> Case:
    before = len(notes.problems)
    case: Case = entity(Case, CASE)(value, key, notes)
    # What could not be read may have been its condition.
    unclear = case.when is None and len(notes.problems) > before
    return Case(case.place, When(case.place, None), case.to) if unclear else case


_cases = many(_case, at_least=1, what="case")


PART = Table(
    "a part",
    (
        Key("when", _when, required=True),
        Key("text", text),
        Key("guide", one_or_many(line), default=()),
        Key("contacts", _names, default=()),
    ),
)


def _answer(place: Place, answer: Text, id: Text | None, **rest: Any) -> Answer:
    own = Text(slug(answer), answer.place) if answer else NOTHING
    return Answer(place=place, answer=answer, id=own if id is None else id, **rest)


def _answer_id(value: Value, key: str, notes: Notes) -> Text:
    return identifier(value, key, notes) or NOTHING


ANSWER = Table(
    "an answer",
    (
        Key("answer", line, required=True, default=NOTHING),
        Key("id", _answer_id),
        Key("hint", line),
        Key("graver", true, default=False),
        Key("goto", _goto, required=True),
    ),
)

ITEM = Table(
    "a checklist's item",
    (
        Key("item", line, required=True, default=NOTHING),
        Key("hint", line),
        Key("guide", one_or_many(line), default=()),
        Key("contacts", _names, default=()),
    ),
)


def _part(value: Value, key: str, notes: Notes) -> Part:
    before = len(notes.problems)
    part: Part = entity(Part, PART)(value, key, notes)
    if not (part.text or part.guide or part.contacts) and len(notes.problems) == before:
        notes.add(value.place, f"{key}: the part shows nothing: give it text, guide or contacts")
    return part


_OF_EVERY_NODE = (
    Key("parts", many(_part), default=()),
    Key("keywords", _names, default=()),
    Key("updates", _names, default=()),
    Key("aliases", many(identifier), default=()),
)

QUESTION = Table(
    "a question",
    (
        Key("question", line, required=True, default=NOTHING),
        Key("help", text),
        Key("guide", one_or_many(line), default=()),
        Key("answers", many(entity(_answer, ANSWER), at_least=2, what="answers"), required=True),
        *_OF_EVERY_NODE,
    ),
)

CHECKLIST = Table(
    "a checklist",
    (
        Key("checklist", line, required=True, default=NOTHING),
        Key("help", text),
        Key("guide", one_or_many(line), default=()),
        Key("items", many(entity(Item, ITEM), at_least=1, what="item"), required=True, default=()),
        Key("met", _goto, required=True),
        Key("unmet", _goto, required=True),
        *_OF_EVERY_NODE,
    ),
)

OUTCOME = Table(
    "an outcome",
    (
        Key("outcome", line, required=True, default=NOTHING),
        Key("verdict", choice(*VERDICTS), required=True, default="info"),
        Key("text", text),
        Key("guide", one_or_many(line, at_least=1, what="section of the guide"), required=True, default=()),
        Key("contacts", _names, default=()),
        Key("next", _names, default=()),
        *_OF_EVERY_NODE,
    ),
)

SCENARIO = Table(
    "a scenario",
    (
        Key("name", line, required=True, default=NOTHING),
        Key("answers", pairs, required=True),
        Key("outcome", line, required=True, default=NOTHING),
    ),
)

# The key that tells a node's kind; and for a node without one, the keys that only that kind has.
KINDS: dict[str, tuple[Callable[..., Node], Table]] = {
    "question": (Question, QUESTION),
    "checklist": (Checklist, CHECKLIST),
    "outcome": (Outcome, OUTCOME),
}
TELLING = {
    "answers": "question",
    "items": "checklist",
    "met": "checklist",
    "unmet": "checklist",
    "verdict": "outcome",
}


def _node(id: Text, value: Value, notes: Notes) -> Node | None:
    if not isinstance(value, Mapping):
        notes.add(id.place, f"'{short(id)}' must be a mapping with the key question, checklist or outcome")
        return None
    given = [name for name, _ in value.entries]
    kinds = [name for name in given if name in KINDS]
    if len(kinds) > 1:
        notes.add(kinds[1].place, f"a node is one thing: '{short(id)}' has both {kinds[0]} and {kinds[1]}")
        return None
    kind = next((k for name in given for k in (name, closest(name, KINDS), TELLING.get(name)) if k in KINDS), None)
    if kind is None:
        notes.add(id.place, f"'{short(id)}' needs the key question, checklist or outcome")
        return None
    make, table = KINDS[kind]
    return make(id=id, **read_table(table, value, id.place, notes))


def _nodes(value: Value, key: str, notes: Notes) -> dict[str, Node | None] | None:
    if not isinstance(value, Mapping) or not value.entries:
        notes.add(value.place, f"{key}: must be a mapping with a node under each key")
        return None
    for id, _ in value.entries:
        _check_id(id, RESERVED_NODES, notes)
    return {id: _node(id, node, notes) for id, node in value.entries}


def _check_id(id: Text, reserved: frozenset[str], notes: Notes) -> None:
    if not ID.fullmatch(id):
        identifier(id, "key", notes)
    elif id in reserved:
        notes.add(id.place, f"the id '{id}' is reserved: choose another")


TREE = Table(
    "a tree",
    (
        Key("title", line, required=True, default=NOTHING),
        Key("summary", line, required=True, default=NOTHING),
        Key("intro", text),
        Key("reviewed", day, required=True),
        Key("review_months", number(1, 120), default=12),
        Key("owner", line),
        Key("strictness", many(choice(*VERDICTS), at_least=2, what="verdicts"), default=()),
        Key("order", number(0, 9999)),
        Key("start", line, required=True, default=NOTHING),
        Key("aliases", many(identifier), default=()),
        Key("keywords", _names, default=()),
        Key("updates", _names, default=()),
        Key("nodes", _nodes, required=True, default={}),
        Key("scenarios", many(entity(Scenario, SCENARIO)), default=()),
    ),
)

CONTACT = Table(
    "a contact",
    (
        Key("name", line, required=True, default=NOTHING),
        Key("url", _url, required=True, default=NOTHING),
        Key("email", _email),
        Key("phone", _phone),
        Key("topics", _names, default=()),
        Key("checked", day),
        Key("updates", _names, default=()),
    ),
)

UPDATE = Table(
    "an update",
    (
        Key("title", line, required=True, default=NOTHING),
        Key("from", day, required=True, attribute="date"),
        Key("text", text, required=True, default=NOTHING),
        Key("source", line, required=True, default=NOTHING),
        Key("url", _url, required=True, default=NOTHING),
        Key("seen", day, required=True),
        Key("keywords", _names, default=()),
    ),
)


def read_tree(id: str, file: str, value: Value, notes: Notes) -> Tree | None:
    """The tree that a file holds; None where it is no mapping."""
    top = Place(file)
    if not isinstance(value, Mapping):
        notes.add(top, "a tree must be a mapping with title, summary, reviewed, start and nodes")
        return None
    return Tree(id=id, file=file, **read_table(TREE, value, top, notes))


def read_contacts(value: Value, notes: Notes) -> dict[str, Contact] | None:
    """contacts.yml; None where it is no mapping."""
    return _register(Contact, CONTACT, value, notes)


def read_updates(value: Value, notes: Notes) -> dict[str, Update] | None:
    """updates.yml; None where it is no mapping."""
    return _register(Update, UPDATE, value, notes)


def _register(make: Callable[..., Any], table: Table, value: Value, notes: Notes) -> dict[str, Any] | None:
    if not isinstance(value, Mapping):
        notes.add(value.place, f"must be a mapping with {table.kind} under each key")
        return None
    found = {}
    for id, entry in value.entries:
        _check_id(id, frozenset(), notes)
        if isinstance(entry, Mapping):
            read = read_table(table, entry, id.place, notes)
        else:
            read = table.defaults()
            notes.add(id.place, f"'{short(id)}' must be a mapping with the keys of {table.kind}")
        found[str(id)] = make(id=id, **read)
    return found
