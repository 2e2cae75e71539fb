"""Two versions of a project side by side: what in one is what in the other, under its name or a former one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from guidetrees.check.rules import references
from guidetrees.graph.graph import Graph, NodeRef
from guidetrees.parse.model import Node, Tree
from guidetrees.project.project import Project
from guidetrees.project.references import readable_nodes
from guidetrees.source.location import Problem


@dataclass(frozen=True)
class Versions:
    """What is compared. Both can be read, and every answer leads somewhere."""

    before: Project
    now: Project

    @cached_property
    def graph_before(self) -> Graph:
        return self.before.graph

    @cached_property
    def graph_now(self) -> Graph:
        return self.now.graph

    @cached_property
    def trees(self) -> dict[str, str]:
        """The trees of before that there still are: their ids then and now."""
        return _same(self.before.trees, self.now.trees.values())

    @cached_property
    def nodes(self) -> dict[NodeRef, NodeRef]:
        """The nodes of before that there still are, then and now; an address with no node is the start page."""
        found = {}
        for before, now in self.trees.items():
            found[NodeRef(before)] = NodeRef(now)
            same = _same(self.before.trees[before].nodes, readable_nodes(self.now.trees[now]))
            found |= {NodeRef(before, old): NodeRef(now, new) for old, new in same.items()}
        return found

    def today(self, address: NodeRef) -> NodeRef:
        """An address of before as it is now; what is gone keeps its own, which nothing has now."""
        return self.nodes.get(address, address)


def _same(before: Iterable[str], now: Iterable[Tree | Node]) -> dict[str, str]:
    """Ids of before and of now: the same, else what has the former one as an alias. No two become one."""
    ids, there = dict.fromkeys(map(str, before)), list(now)
    found = {str(thing.id): str(thing.id) for thing in there if thing.id in ids}
    former = {str(alias): str(thing.id) for thing in there for alias in thing.aliases}
    for id in ids:
        if id not in found and id in former and former[id] not in found.values():
            found[id] = former[id]
    return found


def unreadable(project: Project) -> list[Problem]:
    """What keeps a version from being compared: it cannot be read in full, or something leads nowhere."""
    rules = (references.start_exists, references.answers_lead_on, references.next_exists)
    found = (problem for rule in rules for problem in rule(project))
    return sorted({*project.problems, *found})
