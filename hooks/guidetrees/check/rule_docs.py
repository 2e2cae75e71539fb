"""The documentation of the rules: what each requires, its example, and what `make check` reports about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import fill, indent

from guidetrees.check import checker
from guidetrees.check.rule_examples import EXAMPLES, TREE, AnyRule, Example, Files
from guidetrees.parse.forms import Table
from guidetrees.parse.tables import TABLES
from guidetrees.project.project import read_project
from guidetrees.source.layout import DEFAULT

EXAMPLE_PROJECT = Path(__file__).parent / "example_project"
"""A small project without findings, to which examples are added."""

ON = date(2026, 11, 24)
"""The day of the examples: their findings do not depend on the date."""

WIDTH = 100
"""The width of a page on a terminal. Pieces of YAML and problems are not wrapped."""

READING_ASKS = """Every file can be read: it is YAML, and has known keys with values of their kind.

Of YAML, the tree language has texts, lists and mappings: no anchors, aliases or tags, no duplicate keys, and no
invisible characters. The location of a problem is that of the key or value that it is about; of a missing key,
that of the mapping in which it is missing.
"""

READING_EXAMPLE = Example("""
- titel: Borrowing
- reviewed: 24 November 2026
+ title: Borrowing
+ reviewed: 2026-11-24
""")


@dataclass(frozen=True, slots=True)
class RuleDoc:
    """The documentation of one rule."""

    id: str
    level: checker.Level
    asks: str
    """The requirement, as one sentence."""
    more: tuple[str, ...]
    """Further paragraphs."""
    example: Example
    tables: tuple[Table, ...] = ()
    """The keys that the rule knows."""


def entries() -> list[RuleDoc]:
    """The documentation of every rule: errors first, notes last."""
    by_level: dict[checker.Level, tuple[AnyRule, ...]] = {
        "error": checker.RULES,
        "warning": (*checker.WARNINGS, *checker.OF_THE_DAY),
        "note": checker.NOTES,
    }
    found = [_entry(checker.READING, "error", READING_ASKS, READING_EXAMPLE, TABLES)]
    for level, rules in by_level.items():
        found += [_entry(checker.rule_id(rule), level, rule.__doc__ or "", EXAMPLES[rule]) for rule in rules]
    return found


def _entry(id: str, level: checker.Level, text: str, example: Example, known: tuple[Table, ...] = ()) -> RuleDoc:
    asks, *more = (" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", text.strip()))
    return RuleDoc(id, level, asks, tuple(more), example, known)


@cache
def failing(entry_id: str) -> tuple[checker.Finding, ...]:
    """The findings of `make check` in the failing example of a rule. They are cached, as examples never change."""
    return tuple(findings(next(entry.example.failing for entry in entries() if entry.id == entry_id)))


def findings(files: Files) -> list[checker.Finding]:
    """The findings of `make check` in the example project with `files` added."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        write_project(files, root)
        project = read_project(root)
        return checker.errors(project, ON) or checker.hints(project, ON)


def write_project(files: Files, root: Path) -> None:
    """Writes the example project with `files` added to `root`.

    Files are written, not copied, because a copy of a read-only file would be read-only too.
    """
    project = _example_project()
    tree = project.pop(TREE)  # completes other trees, and is none of the project itself
    for file, text in files.items():
        if file in (DEFAULT.contacts, DEFAULT.updates):
            text += project[file]
        elif file.startswith(f"{DEFAULT.trees}/") and file.endswith(".yml"):
            text = completed(text, tree)
        project[file] = text
    for file, text in project.items():
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")


def _example_project() -> dict[str, str]:
    """The texts of the example project's files, by path from its root."""
    files = (path for path in sorted(EXAMPLE_PROJECT.rglob("*")) if path.is_file())
    return {path.relative_to(EXAMPLE_PROJECT).as_posix(): path.read_text("utf-8") for path in files}


def completed(piece: str, whole: str) -> str:
    """`piece` of a tree, followed by what it lacks, from the tree `whole`: keys, and the nodes that are named.

    The lines of the piece keep their numbers. In both, `nodes` is the last key.
    """
    head, _, nodes = whole.partition("nodes:\n")
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
    """The documentation of a rule as text for a terminal."""
    parts = [f"{entry.id} ({entry.level})", *(fill(text, WIDTH) for text in (entry.asks, *entry.more)), "Fails:"]
    parts += [_piece(entry.example.failing), indent("\n".join(map(str, failing(entry.id))), "  ")]
    parts += ["Fixed:", _piece(entry.example.fixed)]
    if entry.tables:
        parts += ["Keys (* is required):"]
    for table in entry.tables:
        keys = ", ".join(f"{key.name}{'*' if key.required else ''}" for key in table.keys)
        parts += [fill(f"{table.kind}: {keys}", WIDTH, initial_indent="  ", subsequent_indent="    ")]
    return "\n\n".join(parts)


def _piece(files: Files) -> str:
    return "\n\n".join(indent(f"# {file}\n{text}", "    ").rstrip() for file, text in files.items())
