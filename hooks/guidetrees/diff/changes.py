"""Two versions of a project → what has changed for readers.

Goes by the fields of the model's dataclasses, whatever they are, and by the edges of the graph: a new key of
the tree language is compared as soon as the model has it. A text is compared sentence by sentence, with its
white space folded; what stands in another place of a file is the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from difflib import SequenceMatcher
from typing import Any, Literal

from guidetrees.diff.versions import Versions
from guidetrees.graph.graph import Edge, Graph, NodeRef, conditions, next_target
from guidetrees.parse.model import Answer, Tree, When
from guidetrees.project.project import CONTACTS, UPDATES, Project
from guidetrees.source.location import LocatedStr

APART = frozenset(["location", "id", "file", "aliases", "scenarios", "graver", "strictness"])
"""Fields that no page shows. What follows from them for addresses and saved links is told by addresses.py."""
LEADING = frozenset(["goto", "met", "unmet"])
"""Fields that say where an answer leads, in one of several ways of writing: compared by the graph's edges."""
ALIKE = 0.6
"""How alike two texts must be for one to be the other, reworded (1 is equal)."""
UNITS = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*+>|#]|\d+[.)]\s))")
"""What parts a text's paragraphs, and the lines of a list or table, from each other."""
ENDS = re.compile(r"(?<=[.?!])\s+(?=\S)")
"""Where a sentence may end: it does, unless a small letter follows, as behind an abbreviation."""

Kind = Literal["whole", "text", "names", "order", "layout", "kind"]


@dataclass(frozen=True, slots=True)
class Part:
    """A thing that has come, gone or changed: a node, an answer, an item, a contact, an update."""

    kind: str
    """The model's name for it, in small letters."""
    id: str
    """Empty where it has none."""
    title: str


@dataclass(frozen=True, slots=True)
class Lead:
    """Where an answer leads, and what must have been answered before for it to lead there."""

    target: NodeRef | None
    """None where it is a part that is shown."""
    asked: tuple[tuple[NodeRef, tuple[str, ...]], ...]
    """Nodes with the answers that fit."""
    otherwise: bool
    """Whether it leads there only where the cases before do not fit."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that readers see otherwise."""

    parts: tuple[Part, ...]
    """What has changed, from the outermost in; none for a tree itself."""
    field: str
    """The model's name for what of it has changed; empty where it has come or gone as a whole."""
    kind: Kind
    before: tuple[Any, ...]
    """Texts, names, days, numbers or addresses as they were; none where something is new."""
    now: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A tree or a register that is not what it was."""

    before: str | None
    """The tree's id, then; None where it is new, and for a register."""
    now: str | None
    file: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """The same thing, then and now, with where each stands."""

    versions: Versions
    before: Any
    now: Any
    parts: tuple[Part, ...]
    at_before: NodeRef
    """The tree or node that it is or stands in."""
    at_now: NodeRef


def compare(versions: Versions) -> list[Group]:
    """Every tree and register that has changed, in the order of their files."""
    trees = [_tree_group(versions, before, now) for before, now in _side_by_side(versions.before.trees,
             versions.now.trees, versions.trees.get)]  # fmt: skip
    registers = [_register(versions, file, read) for file, read in (
        (CONTACTS, lambda project: project.contacts), (UPDATES, lambda project: project.updates))]  # fmt: skip
    return sorted((group for group in [*trees, *registers] if group.changes), key=lambda group: group.file)


def _tree_group(versions: Versions, before: str | None, now: str | None) -> Group:
    old = versions.before.trees[before] if before else None
    new = versions.now.trees[now] if now else None
    shown = new or old
    assert shown
    if old and new:
        changes = _fields(Pair(versions, old, new, (), NodeRef(old.id), NodeRef(new.id)))
    else:
        changes = iter([Change((), "", "whole", _title_of(old), _title_of(new))])
    return Group(before, now, shown.file, tuple(changes))


def _register(versions: Versions, file: str, read: Callable[[Project], Mapping[str, Any] | None]) -> Group:
    nowhere = NodeRef("")
    pair = Pair(versions, None, None, (), nowhere, nowhere)
    before, now = (tuple((read(project) or {}).values()) for project in (versions.before, versions.now))
    return Group(None, None, file, tuple(_things(pair, "", before, now)))


# Fields


def _fields(pair: Pair) -> Iterator[Change]:
    """What has changed in a thing that was there and still is."""
    if type(pair.before) is not type(pair.now):
        yield Change(pair.parts, "", "kind", (kind_of(pair.before),), (kind_of(pair.now),))
    names = dict.fromkeys(field.name for thing in (pair.now, pair.before) for field in fields(thing))
    for name in names:
        if name not in APART:
            yield from _field(pair, name, getattr(pair.before, name, None), getattr(pair.now, name, None))


def _field(pair: Pair, name: str, before: Any, now: Any) -> Iterator[Change]:
    if name == "when":
        yield from _conditions(pair, before, now)
        return
    if name in LEADING:
        yield from _leading(pair, name)
        return
    old, new = _entries(before), _entries(now)
    if any(map(is_dataclass, (*old, *new))):
        yield from _things(pair, name, old, new)
    else:
        old = tuple(_meant(pair.versions.before.trees, name, entry, pair.at_before) for entry in old)
        new = tuple(_meant(pair.versions.now.trees, name, entry, pair.at_now) for entry in new)
        is_list = isinstance(before, tuple) or isinstance(now, tuple)
        yield from (_names if is_list else texts)(pair, name, old, new)


def _entries(value: Any) -> tuple[Any, ...]:
    """What a field holds, as a list."""
    if value is None:
        return ()
    if isinstance(value, dict):
        return tuple(entry for entry in value.values() if entry is not None)
    return value if isinstance(value, tuple) else (value,)


def _meant(trees: Mapping[str, Tree], name: str, value: Any, at: NodeRef) -> Any:
    """What a value names, where there are several ways to write the same."""
    if name == "start":
        return NodeRef(at.tree, str(value))
    if name == "next":
        return next_target(trees, value, at.tree) or value
    return value


def _names(pair: Pair, name: str, before: tuple[Any, ...], now: tuple[Any, ...]) -> Iterator[Change]:
    """What a list has gained and lost; else whether it stands in another order."""
    today = [_today(pair.versions, value) for value in before]
    gone = tuple(value for value, same in zip(before, today, strict=True) if same not in now)
    added = tuple(value for value in now if value not in today)
    if gone or added:
        yield Change(pair.parts, name, "names", gone, added)
    elif today != list(now):
        yield Change(pair.parts, name, "order", before, now)


def texts(pair: Pair, name: str, before: tuple[Any, ...], now: tuple[Any, ...]) -> Iterator[Change]:
    """What stands otherwise in a text; of other values, what they were and are."""
    if not all(isinstance(value, str) for value in (*before, *now)):
        if [_today(pair.versions, value) for value in before] != list(now):
            yield Change(pair.parts, name, "text", before, now)
        return
    old, new = _sentences(before), _sentences(now)
    for action, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if action != "equal":
            yield Change(pair.parts, name, "text", _joined(old[a:b]), _joined(new[c:d]))
    if old == new and list(map(_units, before)) != list(map(_units, now)):
        yield Change(pair.parts, name, "layout", before, now)


def _joined(sentences: list[str]) -> tuple[str, ...]:
    return (" ".join(sentences),) if sentences else ()


def _today(versions: Versions, value: Any) -> Any:
    return versions.today(value) if isinstance(value, NodeRef) else value


def _units(text: str) -> list[str]:
    """The paragraphs of a text and the lines of its lists, white space folded."""
    return [" ".join(unit.split()) for unit in UNITS.split(text) if unit.strip()]


def _sentences(texts: Iterable[str]) -> list[str]:
    found: list[str] = []
    for unit in (unit for text in texts for unit in _units(text)):
        begun = len(found)
        for piece in ENDS.split(unit):
            if len(found) > begun and piece[0].islower():
                found[-1] += f" {piece}"
            else:
                found.append(piece)
    return found


# Where answers lead


def _leading(pair: Pair, name: str) -> Iterator[Change]:
    """Whether an answer or a checklist leads elsewhere."""
    exit_ = str(getattr(pair.now, "id", "")) if isinstance(pair.now, Answer) else name
    was = str(getattr(pair.before, "id", "")) if isinstance(pair.before, Answer) else name
    before = _leads(pair.versions.graph_before, pair.at_before, was)
    now = _leads(pair.versions.graph_now, pair.at_now, exit_)
    if tuple(_lead_today(pair.versions, lead) for lead in before) != now:
        yield Change(pair.parts, name, "text", before, now)


def _conditions(pair: Pair, before: When | None, now: When | None) -> Iterator[Change]:
    """Whether a part is shown to others than before."""
    old, new = _asking(before, pair.at_before.tree), _asking(now, pair.at_now.tree)
    if _lead_today(pair.versions, old) != new:
        yield Change(pair.parts, "when", "text", (old,), (new,))


def _asking(when: When | None, tree: str) -> Lead:
    asked = conditions(when, tree) if when else ()
    return Lead(None, tuple((node, tuple(sorted(answers))) for node, answers in asked), otherwise=False)


def _leads(graph: Graph, address: NodeRef, answer: str) -> tuple[Lead, ...]:
    return tuple(_lead(edge) for edge in graph.outgoing.get(address, ()) if edge.answer == answer)


def _lead(edge: Edge) -> Lead:
    return replace(_asking(edge.when, edge.source.tree), target=edge.target, otherwise=bool(edge.unless))


def _lead_today(versions: Versions, lead: Lead) -> Lead:
    asked = tuple((versions.today(node), answers) for node, answers in lead.asked)
    return Lead(lead.target and versions.today(lead.target), asked, lead.otherwise)


# Things in things


def _things(pair: Pair, name: str, before: Sequence[Any], now: Sequence[Any]) -> Iterator[Change]:
    """What has come, gone and changed among the nodes of a tree, the answers of a question, and the like."""
    old, new = _by_name(before), _by_name(now)
    same = _matches(pair, old, new)
    for was, is_ in _side_by_side(old, new, same.get):
        yield from _thing(pair, old[was] if was is not None else None, new[is_] if is_ is not None else None)
    kept = [is_ for was in old if (is_ := same.get(was)) is not None]
    # Nodes have pages of their own and entries of a register are looked up, wherever they stand in a file.
    if pair.now and not isinstance(pair.now, Tree) and kept != [is_ for is_ in new if is_ in set(kept)]:
        yield Change(pair.parts, name, "order", tuple(map(_titled, before)), tuple(map(_titled, now)))


def _thing(pair: Pair, before: Any, now: Any) -> Iterator[Change]:
    shown = before if now is None else now
    parts = (*pair.parts, part_of(shown))
    if before is None or now is None:
        yield Change(parts, "", "whole", _title_of(before), _title_of(now))
        if isinstance(now, Answer):
            yield from _leading(Pair(pair.versions, None, now, parts, pair.at_before, pair.at_now), "goto")
        return
    at_before, at_now = pair.at_before, pair.at_now
    if isinstance(pair.now, Tree):
        at_before, at_now = NodeRef(at_before.tree, str(before.id)), NodeRef(at_now.tree, str(now.id))
    yield from _fields(Pair(pair.versions, before, now, parts, at_before, at_now))


def _matches(pair: Pair, before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, str]:
    """Names of before and of now: of one id, of former names, or else reworded."""
    if isinstance(pair.now, Tree):
        addresses = {name: pair.versions.nodes.get(NodeRef(pair.at_before.tree, name)) for name in before}
        return {name: address.node for name, address in addresses.items() if address}
    found = {name: name for name in before if name in now}
    for name in before:
        if name not in found:
            left = {other: _likeness(before[name], now[other]) for other in now if other not in found.values()}
            close = max(left, key=left.__getitem__, default=None)
            if close is not None and left[close] >= ALIKE:
                found[name] = close
    return found


def _likeness(before: Any, now: Any) -> float:
    """How alike the words of two things are; things with an id of their own are never taken for each other."""
    if not isinstance(now, Answer) and hasattr(now, "id"):
        return 0
    return SequenceMatcher(None, _titled(before), _titled(now), autojunk=False).ratio()


def _by_name(things: Sequence[Any]) -> dict[str, Any]:
    """Things by id or, where they have none, by their words, the second of two alike with its number."""
    found: dict[str, Any] = {}
    for thing in things:
        name = str(getattr(thing, "id", "")) or _titled(thing)
        found[name if name not in found else f"{name} {len(found)}"] = thing
    return found


def _side_by_side(
    before: Iterable[str], now: Iterable[str], same: Callable[[str], str | None]
) -> list[tuple[str | None, str | None]]:
    """All names in the order of now, what is gone behind what it stood behind."""
    rows: list[tuple[str | None, str | None]] = []
    former = {is_: was for was in before if (is_ := same(was)) is not None}
    after: dict[str | None, list[str]] = {}
    last = None
    for was in before:
        last = same(was) or last
        if same(was) is None:
            after.setdefault(last, []).append(was)
    rows += [(was, None) for was in after.get(None, ())]
    for is_ in now:
        rows.append((former.get(is_), is_))
        rows += [(was, None) for was in after.get(is_, ())]
    return rows


def part_of(thing: Any) -> Part:
    return Part(kind_of(thing), str(getattr(thing, "id", "")), _titled(thing))


def kind_of(thing: Any) -> str:
    return type(thing).__name__.lower()


def _titled(thing: Any) -> str:
    """The words that a thing is known by: the first of its texts that is no id."""
    texts = (getattr(thing, field.name) for field in fields(thing) if field.name != "id")
    return next((str(text) for text in texts if isinstance(text, LocatedStr)), "")


def _title_of(thing: Any) -> tuple[str, ...]:
    return () if thing is None else (_titled(thing),)
