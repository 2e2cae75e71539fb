"""The table of a tree, with its nodes and scenarios."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guidetrees.messages.message import about, say
from guidetrees.parse.forms import Key, Named, form, read_table, table_of
from guidetrees.parse.ids import closest_word, slug
from guidetrees.parse.model import Node, Scenario, Tree
from guidetrees.parse.problem_collector import ProblemCollector
from guidetrees.parse.readers import day, entity, given, identifier, line, many, name, number, text
from guidetrees.parse.tables.nodes import KINDS, NODE_KEYS, read_node
from guidetrees.parse.tables.shared import (
    FIRST,
    KEYWORDS,
    RESERVED_NODES,
    UPDATES,
    check_id,
    required_text,
    several,
    verdict,
    with_keys_inside,
)
from guidetrees.source.location import LocatedStr, Location, shorten
from guidetrees.source.yaml import Mapping, Sequence, Value
from guidetrees.source.yaml_lines import out_of_line

SCENARIO = table_of(
    say("a scenario"),
    required_text("name", "The case in plain words."),
    Key(
        "answers",
        given,
        "What is answered: `node: answer` on a line each, for a checklist `met` or `unmet`; where several can be "
        "chosen, a list of them.",
        required=True,
    ),
    required_text("outcome", "The outcome that it must end in: a node's id.", name),
)


_IDS_AND_NODES = {"propertyNames": identifier.schema, "additionalProperties": Named("node")}


@form({"type": "object", "minProperties": 1, **_IDS_AND_NODES})
def _nodes(value: Value, key: str, collector: ProblemCollector) -> dict[str, Node | None] | None:
    """A mapping of ids to nodes."""
    if not isinstance(value, Mapping) or not value.entries:
        collector.add(value.location, about(key, say("must be a mapping with a node under each key")))
        return None
    found: dict[str, Node | None] = {}
    inside = with_keys_inside(value, NODE_KEYS - set(TREE.names()), collector)
    nodes = list(_unfolded(inside, collector))
    named = {word for _, node in nodes for word in _words(node)}
    taken = {str(id) for id, _ in nodes}
    for id, node in nodes:
        check_id(id, RESERVED_NODES, collector)
        meant = LocatedStr(slug(id), id.location)
        # One mistake, one problem: a node that others call by the id that is meant has this id.
        known = meant if meant in named - taken and id not in named else id
        found[known] = _node(known, node, collector)
    return found


def _words(value: Value) -> Iterator[str]:
    """Every text in a value, keys included."""
    if isinstance(value, LocatedStr):
        yield value
    for item in value.items if isinstance(value, Sequence) else ():
        yield from _words(item)
    for key, item in value.entries if isinstance(value, Mapping) else ():
        yield from (key, *_words(item))


def _unfolded(
    nodes: Iterable[tuple[LocatedStr, Value]], collector: ProblemCollector
) -> Iterator[tuple[LocatedStr, Value]]:
    """The nodes, and those whose ids begin as far in as the keys of the node above."""
    for id, node in nodes:
        rest = node.entries if isinstance(node, Mapping) else ()
        while cut := next((n for n in range(len(rest) - 1) if n and _begins_a_node(rest, n)), 0):
            inner = rest[cut][0]
            collector.add(inner.location, out_of_line(inner, id))
            yield id, Mapping(rest[:cut], node.location)
            id, rest = inner, rest[cut + 1 :]
            node = Mapping(rest, inner.location)
        yield id, node


def _begins_a_node(entries: tuple[tuple[LocatedStr, Value], ...], number: int) -> bool:
    """Whether a key of a node has no value and is none of the language, and what follows begins a node."""
    (key, value), (following, _) = entries[number], entries[number + 1]
    return value == "" and following in KINDS and closest_word(key, NODE_KEYS) is None


def _node(id: LocatedStr, value: Value, collector: ProblemCollector) -> Node | None:
    if id in TREE.names() and not isinstance(value, Mapping):
        message = say("'{id}' is a key of the tree: begin it in the tree's first column, outside of nodes", id=id)
        collector.add(id.location, message)
        return None
    return read_node(id, value, collector)


TREE = table_of(
    say("a tree"),
    required_text("title", "The tree's question, as its heading on the front page."),
    required_text("summary", "What the tree finds out, in a sentence or two."),
    Key("intro", text, "What the reader should know before the first question (Markdown)."),
    Key("reviewed", day, "The day you answered for the content, such as `2026-11-24`.", required=True),
    Key("review_months", number(1, 120), "Months until the next review; 12 if left out.", default=12),
    Key("owner", line, "Who answers for the content."),
    Key(
        "strictness",
        many(verdict, at_least=2, what=say("verdicts")),
        "The verdicts from the mildest to the most severe, such as `[info, caution, no]`: what `graver` "
        "answers are judged by. Those left out are not compared.",
        default=(),
    ),
    FIRST,
    Key("order", number(0, 9999), "Its place on the front page: the lowest first, trees without one last."),
    required_text("start", "The id of the node that comes first.", name),
    several("aliases", identifier, "Former names of this file: their addresses redirect to it."),
    Key(
        "short",
        identifier,
        "A name that is easily said and typed, such as `loans`: the address of that name redirects to the "
        "tree. The file's own name if left out.",
    ),
    KEYWORDS,
    UPDATES,
    Key(
        "nodes",
        _nodes,
        "The tree's questions, checklists, steps and outcomes, each under an id of a-z, 0-9 and hyphens.",
        required=True,
        default={},
    ),
    several(
        "scenarios",
        entity(Scenario, SCENARIO),
        "Cases and the outcome that the tree must give them; `make check` tries them.",
    ),
)


def read_tree(id: str, file: str, value: Value, collector: ProblemCollector) -> Tree | None:
    """The tree in a file; None, with a problem, if the value is not a mapping, or a text of it holds nodes."""
    top = Location(file)
    if not isinstance(value, Mapping):
        collector.add(top, say("a tree must be a mapping with title, summary, reviewed, start and nodes"))
        return None
    whole = _with_nodes_inside(value, collector)
    return Tree(id=id, file=file, **read_table(TREE, whole, top, collector)) if whole else None


def _with_nodes_inside(value: Mapping, collector: ProblemCollector) -> Mapping | None:
    """The tree, in which nodes that begin in the first column are in `nodes`. None, with a problem, if a text of a
    node begins there: what is below it is read as this text."""
    entries = list(value.entries)
    number = next((n for n, (key, _) in enumerate(entries) if key == "nodes"), len(entries))
    nodes = entries[number][1] if number < len(entries) else None
    if not isinstance(nodes, Mapping) or not nodes.entries:
        return value
    first = nodes.entries[0]
    for key, item in entries[number:]:
        if key in NODE_KEYS - set(TREE.names()) and isinstance(item, LocatedStr):
            inner = first[1].entries if isinstance(first[1], Mapping) else ()
            collector.add(key.location, out_of_line(key, inner[0][0] if inner else first[0]))
            return None
    outside = [entry for entry in entries if _is_outside(entry)]
    for id, _ in outside:
        fault = say(
            "'{id}' is a node: begin it in column {column}, inside of nodes",
            id=shorten(id),
            column=first[0].location.column,
        )
        collector.add(id.location, fault)
    added = [node for id, item in outside if isinstance(item, Mapping) for node in _with_next(id, item)]
    inside = Mapping((*nodes.entries, *added), nodes.location)
    kept = (entry for entry in entries if entry not in outside)
    return Mapping(tuple((key, inside if key == "nodes" else item) for key, item in kept), value.location)


def _with_next(id: LocatedStr, node: Mapping) -> Iterator[tuple[LocatedStr, Value]]:
    """A node that begins in the first column, and those below it, which are read as if they were in it."""
    after = [entry for entry in node.entries if _is_outside(entry)]
    yield id, Mapping(tuple(entry for entry in node.entries if entry not in after), node.location)
    yield from after


def _is_outside(entry: tuple[LocatedStr, Value]) -> bool:
    id, node = entry
    return id not in TREE.names() and isinstance(node, Mapping) and any(key in KINDS for key, _ in node.entries)
