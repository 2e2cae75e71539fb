"""Changed outcomes: the same answers end at another node than before, or at an outcome with another verdict.

Each path through a tree of the former version is followed in the current one: a question that the path answers
gets the same answer, and of a question that only the current version asks, every answer is tried. If a tree has
too many paths, the first ones are compared, and those of the scenarios of both versions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from guidetrees.diff.versions import Versions
from guidetrees.graph.graph import Given, NodeRef, parse_reference
from guidetrees.graph.node_kinds import verdict
from guidetrees.graph.outline import entry_nodes
from guidetrees.graph.paths import Path, follow
from guidetrees.parse.model import Tree

MAX_PATHS = 2_000
"""Pairs of paths of a tree that are compared. If it has more, as many again are compared for its scenarios."""

Answers = Given
"""Ids of answers, by the current references of the nodes that they answer."""


@dataclass(frozen=True, slots=True)
class PathPair:
    """A former path, and a current path with the same answers."""

    before: Path
    now: Path
    new: Given
    """The answers to what only the current version asks."""


@dataclass(frozen=True, slots=True)
class ChangedOutcome:
    """Two different ends of the same answers."""

    example: PathPair
    """The shortest paths to these ends."""
    count: int
    """How many former paths end so, of those that were compared."""
    scenarios: tuple[str, ...]
    """The names of the scenarios, of both versions, with just the answers of one of the pairs of paths."""


def changed_outcomes(versions: Versions, before: str) -> tuple[list[ChangedOutcome], bool]:
    """The changed outcomes of the tree with the former id `before`, and whether all its paths were compared.

    One for each pair of ends, in the order of the former tree's outline. A tree that is gone has none.
    """
    now = versions.trees.get(before)
    if now is None:
        return [], True
    scenarios = [
        *_scenarios(versions.before.trees[before], versions.current),
        *_scenarios(versions.now.trees[now], lambda ref: ref),
    ]
    pairs = list(islice(_pairs(versions, before, now, {}), MAX_PATHS + 1))
    is_complete = len(pairs) <= MAX_PATHS
    if not is_complete:
        more = (_pairs(versions, before, now, answers) for _, answers in scenarios)
        pairs += islice(chain.from_iterable(more), MAX_PATHS)
    groups: dict[tuple[NodeRef, NodeRef], list[PathPair]] = {}
    for pair in pairs:
        if _differs(versions, pair):
            groups.setdefault((pair.before.end, pair.now.end), []).append(pair)
    return [_summary(versions, group, scenarios) for group in groups.values()], is_complete


def _summary(versions: Versions, pairs: list[PathPair], scenarios: list[tuple[str, Answers]]) -> ChangedOutcome:
    example = min(pairs, key=lambda pair: len(pair.before.edges) + len(pair.new))
    given = [{**_current(versions, pair.before), **pair.new} for pair in pairs]
    names = (name for name, answers in scenarios if answers in given)
    former = {(pair.before.edges, frozenset(pair.before.given.items())) for pair in pairs}
    return ChangedOutcome(example, len(former), tuple(dict.fromkeys(names)))


def _current(versions: Versions, path: Path) -> Answers:
    """The answers of a former path."""
    return {versions.current(ref): answer for ref, answer in path.given.items()}


def _scenarios(tree: Tree, current: Callable[[NodeRef], NodeRef]) -> Iterator[tuple[str, Answers]]:
    """The names of the scenarios of `tree`, with their answers in it."""
    for scenario in tree.scenarios:
        answers = ((parse_reference(node, tree.id), ids) for node, ids in scenario.answers or ())
        if own := {current(ref): frozenset(map(str, ids)) for ref, ids in answers if ref.tree == tree.id}:
            yield str(scenario.name), own


def _pairs(versions: Versions, before: str, now: str, answers: Answers) -> Iterator[PathPair]:
    """The former paths with these answers, each with every current path that has its answers."""
    for begin, begin_now in _entries(versions, before, now):
        for path in follow(versions.before.graph, begin, lambda ref: answers.get(versions.current(ref))):
            asked = _current(versions, path)
            for path_now in follow(versions.now.graph, begin_now, {**answers, **asked}.get):
                new = {ref: answer for ref, answer in path_now.given.items() if ref not in asked}
                yield PathPair(path, path_now, new)


def _entries(versions: Versions, before: str, now: str) -> Iterator[tuple[NodeRef, NodeRef]]:
    """Where readers enter the tree in both versions: the starts, and former entries that still exist."""
    start, *others = entry_nodes(versions.before.graph, before)
    yield start, versions.now.graph.enter(NodeRef(now))
    yield from ((entry, versions.nodes[entry]) for entry in others if entry in versions.nodes)


def _differs(versions: Versions, pair: PathPair) -> bool:
    """Whether both paths end, and not at the same end. A path that gives an answer that is gone does not end."""
    ends = ((versions.before.graph, pair.before), (versions.now.graph, pair.now))
    if any(path.end.tree == path.begin.tree and graph.outgoing.get(path.end) for graph, path in ends):
        return False
    was, is_ = (verdict(graph.node(path.end)) if path.end.node else None for graph, path in ends)
    return versions.current(pair.before.end) != pair.now.end or was != is_
