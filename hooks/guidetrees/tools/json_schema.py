"""The tree language → JSON Schema, by which an editor completes, explains and marks what authors write.

The tables of `language` say which keys there are and what their values may be; the project says which contacts,
updates and sections of the guide there are. An editor judges one file at a time and its shape only: whether a
node named in a `goto` exists, and all else that `check` knows, is left to `make check`.

The words are draft 7 of JSON Schema with those that the usual YAML language server adds: `errorMessage`,
`enumDescriptions` and `markdownDescription`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from guidetrees.parse.forms import Key, Named, Schema, Table
from guidetrees.parse.readers import TEXT, identifier
from guidetrees.parse.tables import CONTACT, KINDS, NEEDS_KIND, TELLING, TREE, UPDATE
from guidetrees.project.project import TREES, Project

FOLDER = f"{TREES}/_schema"
DRAFT = "http://json-schema.org/draft-07/schema#"
NO_NODE = f"a node needs {NEEDS_KIND}"

WrittenSchema = dict[str, Any]
"""JSON Schema with nothing left to write out."""


def modeline(file: str) -> str:
    """The first line of the file in decision_trees/ that names its schema, for the language server."""
    name = file if file in ("contacts.yml", "updates.yml") else "tree.yml"
    return f"# yaml-language-server: $schema=_schema/{name.removesuffix('.yml')}.json"


def schemas(project: Project) -> Iterator[tuple[str, str]]:
    """The files of the folder `_schema`: names and texts."""
    yield "contacts.json", _text(_register(project, CONTACT))
    yield "tree.json", _text(_whole(project, TREE))
    yield "updates.json", _text(_register(project, UPDATE))


def _text(schema: WrittenSchema) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _whole(project: Project, schema: Schema) -> WrittenSchema:
    """A schema that stands alone: with the definitions that it leads to."""
    writer = _Writer(project)
    # The draft overlooks whatever stands beside a $ref, so the outermost table is written out.
    top = writer.table(schema) if isinstance(schema, Table) else writer.write(schema)
    return {"$schema": DRAFT, **top, "definitions": writer.definitions()}


def _register(project: Project, table: Table) -> WrittenSchema:
    entries = {"type": "object", "propertyNames": identifier.schema, "additionalProperties": table}
    return _whole(project, entries)


class _Writer:
    """Writes a schema out: what stands for something becomes a reference to a definition, made once."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.made: dict[str, WrittenSchema] = {}

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
        return {
            "type": "object",
            "properties": {key.name: self.key(key) for key in table.keys},
            "required": [key.name for key in table.keys if key.required],
            "additionalProperties": False,
        }

    def key(self, key: Key) -> WrittenSchema:
        plain = {"description": key.about.replace("`", "")}
        marked = {"markdownDescription": key.about} if "`" in key.about else {}
        return {**plain, **marked, **self.write(key.read.schema)}

    def definitions(self) -> WrittenSchema:
        return dict(sorted(self.made.items()))

    def _reference(self, name: str, make: Callable[[], WrittenSchema]) -> WrittenSchema:
        if name not in self.made:
            self.made[name] = {}  # holds the place: a definition may lead back to itself
            self.made[name] = make()
        return {"$ref": f"#/definitions/{name}"}

    def _named(self, what: str) -> WrittenSchema:
        if what == "node":
            return self.write(_node())  # type: ignore[no-any-return]
        return _one_of(what, sorted(_known(what, self.project)))


def _name(table: Table) -> str:
    """`a checklist's item` → `checklist-item`."""
    return table.kind.partition(" ")[2].replace("'s", "").replace(" ", "-")


def _node() -> Schema:
    """A node, judged by its telling key alone, so that an editor says what is wrong in a question, and not that
    it is no checklist either. Kinds come before the keys that only one kind has, as in reading."""
    keys = {name: table.keys[0] for name, (_, table) in KINDS.items()}
    schema: Schema = {"type": "object", "properties": keys, "required": ["question"], "errorMessage": NO_NODE}
    for key, kind in reversed([*((kind, kind) for kind in KINDS), *TELLING.items()]):
        # Without the type, what is no mapping at all would count as having the key.
        schema = {"if": {"type": "object", "required": [key]}, "then": KINDS[kind][1], "else": schema}
    return schema


def _known(what: str, project: Project) -> Iterable[tuple[str, str]]:
    """(name, what it stands for) of what a `contact`, an `update` or a `section` may be."""
    if what == "contact":
        return [(id, str(contact.name)) for id, contact in (project.contacts or {}).items()]
    if what == "update":
        return [(id, str(update.title)) for id, update in (project.updates or {}).items()]
    sections = [section for page in project.pages.values() for section in page.sections.values()]
    return [(f"{section.page}#{section.id}", section.label) for section in sections]


def _one_of(what: str, known: list[tuple[str, str]]) -> WrittenSchema:
    """One of the names. A text where there are none: the draft knows no empty list to choose from."""
    if not known:
        return TEXT
    names, meanings = zip(*known, strict=True)
    message = f"no such {what}: take one of the list (Ctrl+Space)"
    return {"enum": list(names), "enumDescriptions": list(meanings), "errorMessage": message}
