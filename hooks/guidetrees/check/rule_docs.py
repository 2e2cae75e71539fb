"""The rules' manual: what each asks, with its example and what `make check` says of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import fill, indent

from guidetrees.check import checker as check
from guidetrees.check.rule_examples import TREE, Example, Files, as_files, example_of
from guidetrees.check.rules import reviews
from guidetrees.parse import tables as language
from guidetrees.parse.readers import Table
from guidetrees.project.project import CONTACTS, TREES, UPDATES, read_project
from guidetrees.source.location import Problem

FRAME = Path(__file__).parent / "example_project"
"""A small project without any finding, which examples are laid into."""

ON = date(2026, 11, 24)
"""The day of the examples: what they give does not change with time."""

WIDTH = 100
"""Letters in a line of a page on a terminal. Pieces of YAML and problems are not broken."""

READING_ASKS = """Every file can be read: it is YAML, and has known keys with values of their kind.

Of YAML, the tree language has texts, lists and mappings: no anchors, aliases or tags, no key twice, and no
characters that cannot be seen. A problem stands at the key or value that it is about; that of a key that is
missing, at the mapping which lacks it.
"""

READING_EXAMPLE = Example(
    failing=as_files("titel: Borrowing\nreviewed: 24 November 2026"),
    mended=as_files("title: Borrowing\nreviewed: 2026-11-24"),
)


@dataclass(frozen=True, slots=True)
class RuleDoc:
    """A rule, for those who read its page."""

    id: str
    level: check.Level
    asks: str
    """The sentence that it asserts."""
    more: tuple[str, ...]
    """Paragraphs that say more of it."""
    example: Example
    tables: tuple[Table, ...] = ()
    """The keys that it knows."""


def entries() -> list[RuleDoc]:
    """Every rule: what keeps a project from being published first, notes last."""
    leveled: list[tuple[check.Level, tuple[Callable[..., Iterator[Problem]], ...]]] = [
        ("error", check.RULES),
        ("warning", (*check.WARNINGS, reviews.trees_are_reviewed)),
        ("note", check.NOTES),
    ]
    reading = _entry(check.READING, "error", READING_ASKS, READING_EXAMPLE, tables())
    rules = [
        _entry(check.rule_id(rule), level, rule.__doc__ or "", example_of(rule))
        for level, rules in leveled
        for rule in rules
    ]
    return [reading, *rules]


def _entry(id: str, level: check.Level, text: str, example: Example, known: tuple[Table, ...] = ()) -> RuleDoc:
    asks, *more = (" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", text.strip()))
    return RuleDoc(id, level, asks, tuple(more), example, known)


def tables() -> tuple[Table, ...]:
    """The tables of the tree language, a tree's first."""
    found = [value for value in vars(language).values() if isinstance(value, Table)]
    return tuple(sorted(found, key=lambda table: table is not language.TREE))


@cache
def failing(entry_id: str) -> tuple[check.Finding, ...]:
    """What `make check` finds in the failing example of a rule. The examples are part of the program, so that
    they are asked once."""
    return tuple(findings(next(entry.example.failing for entry in entries() if entry.id == entry_id)))


def findings(files: Files) -> list[check.Finding]:
    """What `make check` finds in `files`, laid into the frame."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        lay_out(files, root)
        project = read_project(root)
        return check.errors(project, ON) or check.hints(project, ON)


def lay_out(files: Files, root: Path) -> None:
    """Writes the frame into `root`, and `files` over it: anew, as the frame may be there to be read only."""
    frame = _frame()
    # The frame's tree is what others are completed from, and no tree of its own.
    tree = frame.pop(TREE)
    for file, text in files.items():
        if file in (CONTACTS, UPDATES):
            text += frame[file]
        elif file.startswith(f"{TREES}/") and file.endswith(".yml"):
            text = completed(text, tree)
        frame[file] = text
    for file, text in frame.items():
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")


def _frame() -> dict[str, str]:
    """The frame's files, by their paths from its root."""
    files = (path for path in sorted(FRAME.rglob("*")) if path.is_file())
    return {path.relative_to(FRAME).as_posix(): path.read_text("utf-8") for path in files}


def completed(piece: str, frame: str) -> str:
    """A tree that begins with `piece`, so that its lines keep their numbers, and takes what it lacks from the tree
    `frame`: keys, and the nodes that are named. In both, nodes come last."""
    head, _, nodes = frame.partition("nodes:\n")
    given = set(re.findall(r"(?m)^(\w+):", piece))
    keys = "".join(line for line in head.splitlines(keepends=True) if line.partition(":")[0] not in given)
    if "nodes" not in given:
        return f"{piece}{keys}nodes:\n{nodes}"
    for node in re.split(r"(?m)^(?=  \w)", nodes)[1:]:
        id = node.strip().partition(":")[0]
        if not re.search(rf"(?m)^  {id}:", piece) and re.search(rf"\b{id}\b", piece + keys):
            piece += node
    return piece + keys


def as_text(entry: RuleDoc) -> str:
    """The page of a rule for a terminal."""
    parts = [f"{entry.id} ({entry.level})", *(fill(text, WIDTH) for text in (entry.asks, *entry.more)), "Fails:"]
    parts += [_piece(entry.example.failing), indent("\n".join(map(str, failing(entry.id))), "  ")]
    parts += ["Mended:", _piece(entry.example.mended)]
    if entry.tables:
        parts += ["Keys (* is required):"]
        said = (f"{table.kind}: {', '.join(_marked(table))}" for table in entry.tables)
        parts += [fill(text, WIDTH, initial_indent="  ", subsequent_indent="    ") for text in said]
    return "\n\n".join(parts)


def _piece(files: Files) -> str:
    return "\n\n".join(indent(f"# {file}\n{text}", "    ").rstrip() for file, text in files.items())


def _marked(table: Table) -> Iterator[str]:
    return (f"{key.name}{'*' if key.required else ''}" for key in table.keys)
