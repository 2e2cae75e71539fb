"""Two versions of a project side by side: which tree and node of one is which of the other, by id or former id."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from guidetrees.check.checker import Finding, findings, findings_of_reading
from guidetrees.check.rules import references
from guidetrees.graph.graph import NodeRef
from guidetrees.parse.model import Node, Tree
from guidetrees.project.project import Project
from guidetrees.project.references import readable_nodes


@dataclass(frozen=True)
class Versions:
    """The versions that are compared. Both can be read, and every answer leads to a node (see `unreadable`)."""

    before: Project
    now: Project

    @cached_property
    def trees(self) -> dict[str, str]:
        """The former trees that still exist: former id → current id."""
        return _same(self.before.trees, self.now.trees.values())

    @cached_property
    def nodes(self) -> dict[NodeRef, NodeRef]:
        """The former nodes and start pages that still exist: former reference → current reference."""
        found = {}
        for before, now in self.trees.items():
            found[NodeRef(before)] = NodeRef(now)
            same = _same(self.before.trees[before].nodes, readable_nodes(self.now.trees[now]))
            found |= {NodeRef(before, old): NodeRef(now, new) for old, new in same.items()}
        return found

    def current(self, ref: NodeRef) -> NodeRef:
        """The current name of a former node. A node that is gone keeps its former name."""
        return self.nodes.get(ref, ref)


def _same(before: Iterable[str], now: Iterable[Tree | Node]) -> dict[str, str]:
    """Former id → current id, by the same id or else by an alias. Each current id is used once."""
    ids, things = dict.fromkeys(map(str, before)), list(now)
    found = {str(thing.id): str(thing.id) for thing in things if thing.id in ids}
    aliases = {str(alias): str(thing.id) for thing in things for alias in thing.aliases}
    for id in ids:
        if id not in found and id in aliases and aliases[id] not in found.values():
            found[id] = aliases[id]
    return found


def unreadable(project: Project) -> list[Finding]:
    """The findings that make a comparison impossible: of reading, and of references that lead nowhere."""
    rules = (references.start_exists, references.answers_lead_on, references.next_exists)
    return sorted({*findings_of_reading(project.problems), *findings("error", rules, project)})
