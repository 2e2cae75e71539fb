"""YAML that another program reads → values with their locations, as far as someone asks for them.

The file may use all of YAML: anchors, merged keys, tags. `!ENV` is what MkDocs makes of it, a value of the
environment (pyyaml_env_tag). Other tags are left alone.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

import yaml
from yaml import MappingNode, Node, ScalarNode, SequenceNode

from guidetrees.messages.message import say
from guidetrees.source.location import Location

NUMBER = say("a number")
TYPES = {
    "bool": say("true or false"),
    "int": NUMBER,
    "float": NUMBER,
    "null": say("nothing"),
    "timestamp": say("a date"),
}
"""What YAML takes a text without quotes for, by the last part of its tag."""
ENV = "!ENV"
MERGE = "tag:yaml.org,2002:merge"

Layer = tuple[str, Node]
"""A file, from the project's root, and a value in it."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A value. A mapping may have several layers: what the first has not, the next may have."""

    layers: tuple[Layer, ...] = ()
    """Empty for what is not there."""
    key: Location | None = None
    """Where its key is."""

    def __bool__(self) -> bool:
        """Whether there is a value. A key without a value has none."""
        return bool(self.layers) and self.type != "null"

    @property
    def location(self) -> Location:
        """Where the value is; of an empty one, where its key is."""
        file, node = self.layers[0]
        if node.start_mark.index == node.end_mark.index and self.key:
            return self.key
        return Location(file, node.start_mark.line + 1, node.start_mark.column + 1)

    @property
    def last_word(self) -> tuple[Location, str] | None:
        """The last word, with its place, of a text without quotes that goes on below its first line."""
        file, node = self.layers[0] if self.layers else ("", None)
        if not isinstance(node, ScalarNode) or node.style or node.start_mark.line == node.end_mark.line:
            return None
        word = str(node.value).split()[-1]
        return Location(file, node.end_mark.line + 1, node.end_mark.column - len(word) + 1), word

    @property
    def type(self) -> str:
        """`str`, `map`, `seq`, or what YAML takes a text for: see TYPES. Empty if there is no value."""
        if not self.layers:
            return ""
        node = self.layers[0][1]
        if isinstance(node, MappingNode):
            return "map"
        return "seq" if isinstance(node, SequenceNode) else str(node.tag).rpartition(":")[2].removeprefix("!")

    @property
    def written(self) -> str:
        """What is written, whatever YAML takes it for; empty for a mapping and a list."""
        node = self.layers[0][1] if self.layers else None
        return node.value if isinstance(node, ScalarNode) else ""

    @property
    def text(self) -> str:
        """What is written; empty for nothing."""
        return self.written if self else ""

    @property
    def is_true(self) -> bool:
        return self.type == "bool" and self.text.lower() in ("true", "yes", "on")

    def at(self, *keys: str) -> Setting:
        """The value below these keys."""
        found = self
        for key in keys:
            found = next((value for name, value in found.entries if name.written == key), Setting())
        return found

    @property
    def entries(self) -> Iterator[tuple[Setting, Setting]]:
        """Keys and values of a mapping, each key once."""
        found: dict[str, tuple[Setting, list[Layer]]] = {}
        for file, node in self.layers:
            if not isinstance(node, MappingNode):
                break
            for name, value in reversed(list(_pairs(node))):  # the last of two equal keys counts
                _, layers = found.setdefault(str(name.value), (Setting(((file, name),)), []))
                if not layers or layers[-1][0] != file:
                    layers.append((file, _resolved(value)))
        for key, layers in found.values():
            yield key, Setting(tuple(layers), key.location)

    @property
    def doubled(self) -> Iterator[tuple[Setting, Setting]]:
        """The keys of the mapping that come again in one file: the first, and each of the others."""
        for file, node in self.layers:
            first: dict[str, Node] = {}
            for name, _ in node.value if isinstance(node, MappingNode) else ():
                if name is not first.setdefault(str(name.value), name) and name.tag != MERGE:
                    yield Setting(((file, first[name.value]),)), Setting(((file, name),))

    @property
    def items(self) -> Iterator[Setting]:
        """The entries of a list."""
        file, node = self.layers[0] if self.layers else ("", None)
        for item in node.value if isinstance(node, SequenceNode) else ():
            yield Setting(((file, _resolved(item)),))


def _pairs(node: MappingNode) -> Iterator[tuple[Node, Node]]:
    """The entries of a mapping, with those that are merged into it first."""
    for name, value in node.value:
        if name.tag == MERGE:
            for merged in value.value if isinstance(value, SequenceNode) else [value]:
                yield from merged.value if isinstance(merged, MappingNode) else ()
    yield from ((name, value) for name, value in node.value if name.tag != MERGE)


def _resolved(node: Node) -> Node:
    """The value that `!ENV NAME` or `!ENV [NAME, default]` means, in its place."""
    if node.tag != ENV:
        return node
    names, default = [node], None
    if isinstance(node, SequenceNode):
        names = node.value
        if len(names) > 1:
            *names, default = names
    for name in names:
        if (value := os.environ.get(str(name.value))) is not None:
            return _scalar(value, node)
    return default or _scalar("", node)


def _scalar(value: str, place: Node) -> Node:
    tag = yaml.SafeLoader("").resolve(ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
    return ScalarNode(tag, value, place.start_mark, place.end_mark)


def beside(file: str, other: str, kind: type[PurePath] = PurePath) -> str:
    """The path of a file that `file` names, from the project's root and with '/', as all places have it."""
    return posixpath.normpath((kind(file).parent / other).as_posix())


NOTHING = object()
"""The placeholder for a value that only code can make."""


def plain_value(setting: Setting) -> object:
    """A value as Python has it, without what only code can make of a tag."""
    found = _plain(setting)
    return None if found is NOTHING else found


def _plain(setting: Setting) -> object:
    if setting.type == "map":
        values = {key.written: _plain(value) for key, value in setting.entries}
        return {key: value for key, value in values.items() if value is not NOTHING}
    if setting.type == "seq":
        return [value for value in map(_plain, setting.items) if value is not NOTHING]
    return _scalar_value(setting)


def _scalar_value(setting: Setting) -> object:
    try:
        match setting.type:
            case "bool":
                return setting.is_true
            case "int":
                return int(setting.text)
            case "float":
                return float(setting.text)
    except ValueError:  # of the forms that YAML alone has
        return setting.text
    return None if setting.type == "null" else setting.text if setting.type in ("str", "timestamp") else NOTHING
