"""The tree language as JSON Schema, with which an editor completes, explains and checks what authors write.

The keys and their values come from the tables in `parse/tables.py`; contacts, updates and the guide's sections
come from the project. An editor checks one file at a time, and only its structure: whether the node in a `goto`
exists is for `make check` to say.

The schemas are draft 7 of JSON Schema, with three keywords of the usual YAML language server: `errorMessage`,
`enumDescriptions` and `markdownDescription`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from guidetrees.parse.forms import Key, Named, Schema, Table
from guidetrees.parse.model import Question
from guidetrees.parse.readers import TEXT, identifier
from guidetrees.parse.tables.nodes import KINDS, NEEDS_KIND, QUESTION, SELECTION, TELLING
from guidetrees.parse.tables.registers import CONTACT, UPDATE
from guidetrees.parse.tables.tree import TREE
from guidetrees.project.project import Project

DRAFT = "http://json-schema.org/draft-07/schema#"
NO_NODE = f"a node needs {NEEDS_KIND}"

WrittenSchema = dict[str, Any]
"""JSON Schema without any Table, Key or Named in it."""


def schemas(project: Project) -> Iterator[tuple[str, str]]:
    """The files of the folder `_schema`: names and texts."""
    written = {
        "contacts": _entries(project, CONTACT),
        "tree": _whole(project, TREE),
        "updates": _entries(project, UPDATE),
    }
    for name, schema in written.items():
        yield f"{name}.json", json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _whole(project: Project, table: Table) -> WrittenSchema:
    """The schema of a file of `table`, with all definitions that it refers to."""
    writer = _Writer(project)
    # Draft 7 ignores all keywords beside a $ref, so the outermost table is not a reference.
    return _complete(writer, writer.table(table))


def _entries(project: Project, table: Table) -> WrittenSchema:
    """The schema of a file whose keys are ids and whose values are of `table`."""
    writer = _Writer(project)
    # Not a reference either: `contact` is the definition of an id of one.
    entry = writer.table(table)
    return _complete(writer, {"type": "object", "propertyNames": identifier.schema, "additionalProperties": entry})


def _complete(writer: _Writer, schema: WrittenSchema) -> WrittenSchema:
    return {"$schema": DRAFT, **schema, "definitions": dict(sorted(writer.known.items()))}


class _Writer:
    """Turns a Schema into JSON Schema. Each Table and Named becomes a definition, with references to it."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.known: dict[str, WrittenSchema] = {}

    def write(self, schema: Schema) -> Any:
        if isinstance(schema, Table):
            return self._reference(_name(schema), lambda: self.table(schema))
        if isinstance(schema, Named):
            return self._reference(schema.what, lambda: self._named(schema.what))
        if isinstance(schema, Key):
            return self.key(schema)
        if isinstance(schema, dict):
            return {word: self.write(value) for word, value in schema.items()}
        return [self.write(value) for value in schema] if isinstance(schema, list) else schema

    def table(self, table: Table) -> WrittenSchema:
        schema: WrittenSchema = {
            "type": "object",
            "properties": {key.name: self.key(key) for key in table.keys},
            "required": [key.name for key in table.keys if key.required],
            "additionalProperties": False,
        }
        if along := {key.along: [key.name] for key in table.keys if key.along}:
            schema["dependencies"] = along
        for key in table.keys:
            if key.unless:
                schema["anyOf"] = [{"required": [name]} for name in (key.name, *key.unless)]
        return schema

    def key(self, key: Key) -> WrittenSchema:
        plain = {"description": key.about.replace("`", "")}
        marked = {"markdownDescription": key.about} if "`" in key.about else {}
        return {**plain, **marked, **self.write(key.read.schema)}

    def _reference(self, name: str, make: Callable[[], WrittenSchema]) -> WrittenSchema:
        if name not in self.known:
            self.known[name] = {}  # set first: a definition may refer to itself
            self.known[name] = make()
        return {"$ref": f"#/definitions/{name}"}

    def _named(self, what: str) -> WrittenSchema:
        if what == "node":
            return self.write(_node())  # type: ignore[no-any-return]
        return _one_of(what, sorted(_known(what, self.project)))


def _name(table: Table) -> str:
    """`a checklist's item` → `checklist-item`."""
    return table.kind.partition(" ")[2].replace("'s", "").replace(" ", "-")


def _node() -> Schema:
    """A node. Its kind follows from one key, so that for a question an editor lists what is wrong in the question,
    and not what it lacks as a checklist. The keys that name a kind come before those that only one kind has, as in
    reading."""
    keys = {name: table.keys[0] for name, (_, table) in KINDS.items()}
    schema: Schema = {"type": "object", "properties": keys, "required": ["question"], "errorMessage": NO_NODE}
    for key, kind in reversed([*((kind, kind) for kind in KINDS), *TELLING.items()]):
        # Without the type, a value that is not a mapping would count as having the key.
        schema = {"if": {"type": "object", "required": [key]}, "then": _table(kind), "else": schema}
    return schema


def _table(kind: str) -> Schema:
    """The table of a kind; for questions, the one that their `choose` asks for."""
    if kind != Question.kind:
        return KINDS[kind][1]
    several = {"type": "object", "properties": {"choose": {"const": "several"}}, "required": ["choose"]}
    return {"if": several, "then": SELECTION, "else": QUESTION}


def _known(what: str, project: Project) -> Iterable[tuple[str, str]]:
    """The names that a `contact`, an `update` or a `section` may have, each with a description."""
    if what == "contact":
        return [(id, str(contact.name)) for id, contact in (project.contacts or {}).items()]
    if what == "update":
        return [(id, str(update.title)) for id, update in (project.updates or {}).items()]
    sections = [section for page in project.pages.values() for section in page.sections.values()]
    return [(f"{section.page}#{section.id}", section.label) for section in sections]


def _one_of(what: str, known: list[tuple[str, str]]) -> WrittenSchema:
    """One of the names; any text where there are none, as draft 7 allows no empty `enum`."""
    if not known:
        return TEXT
    names, descriptions = zip(*known, strict=True)
    message = f"{what} not found: choose one from the list (Ctrl+Space)"
    return {"enum": list(names), "enumDescriptions": list(descriptions), "errorMessage": message}
