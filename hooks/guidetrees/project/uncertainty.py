"""What is unknown about a project while some of its files could not be read, or only in part.

A name that is not found may be in such a file, and an edge to a node may be too. A rule asks here before it
reports that something is missing, so that one mistake gives one problem, in the file that has it.

A file is in doubt if reading it found a problem that may hide more than one value: invalid YAML, a duplicate or
unknown key, a missing key. A value that is not allowed (such as an invalid date) hides nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from guidetrees.graph.graph import (
    Graph,
    NodeRef,
    exists,
    gotos,
    is_complete,
    next_target,
    own_whens,
    parse_reference,
    successors,
    whens,
)
from guidetrees.graph.node_kinds import answer_ids, next_references
from guidetrees.graph.traversal import closure
from guidetrees.parse.model import Node, Tree, When
from guidetrees.source.layout import DEFAULT, Layout
from guidetrees.source.page_names import as_page
from guidetrees.source.unsafe_paths import with_parents


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """The files in doubt."""

    files: frozenset[str] = frozenset()
    """Files and folders in doubt, from the project's root."""
    unread: frozenset[str] = frozenset()
    """Ids of the trees that have a file of which nothing could be read."""
    led_to: frozenset[str] = frozenset()
    """Ids of the trees that are files in doubt, or named by one: they may have unknown incoming edges."""
    layout: Layout = DEFAULT

    def node(self, ref: NodeRef) -> bool:
        """Whether a node that was not found, or its tree, may be in a file in doubt."""
        return ref.tree in self.unread or self.file(self.layout.tree(ref.tree))

    def section(self, reference: str) -> bool:
        """Whether a page or section of the guide (`page.md#id`) that was not found may be in a file in doubt."""
        return self.file(f"{self.layout.guide}/{reference.partition('#')[0]}")

    @property
    def guide(self) -> bool:
        """Whether any page of the guide is in doubt."""
        folder = self.layout.guide
        return self.file(folder) or any(file.startswith(f"{folder}/") for file in self.files)

    def address(self, address: str, trees: Iterable[str]) -> bool:
        """Whether there may be a page at `address` (from the site's root) that was not found: a page, or an alias
        in a file in doubt. `trees` are the ids of the trees that were read."""
        first, slash, _ = address.partition("/")
        if self.layout.guide_path(address):
            return self.guide
        file = self.layout.doc(address)
        is_docs_page = self.file(file) or any(file in (as_page(page), as_page(page, True)) for page in self.files)
        if not slash or is_docs_page:
            return is_docs_page
        if first in trees:
            return self.node(NodeRef(first))
        # An alias or short name of a tree in doubt.
        others = self.files - {self.layout.contacts, self.layout.updates}
        return bool(self.unread) or any(file.startswith(self.layout.trees) for file in others)

    def file(self, file: str) -> bool:
        """Whether a file, or a folder that contains it, is in doubt: what was not found may be in it."""
        return any(path in self.files for path in with_parents(file))


def led_to(texts: Iterable[bytes], trees: Iterable[str]) -> Iterator[str]:
    """The ids among `trees` of which `texts` (files in doubt) name a node: an unknown edge may lead there. A
    reference to a tree's start makes no difference, as readers begin there anyway."""
    text = b"\n".join(texts)
    return (tree for tree in trees if re.search(rb"(?<![\w-])" + tree.encode() + rb":[a-z0-9]", text))


# Mistakes in what was read


def open_trees(graph: Graph, led_to: Iterable[str]) -> set[str]:
    """The trees that may have unknown incoming edges: `led_to`, trees to which a mistake may refer, and all trees
    that are reachable from these."""
    found = set(led_to)
    for tree in graph.trees.values():
        for meant in _trees_of_mistakes(graph, tree):
            found |= {meant} if meant in graph.trees else set(graph.trees)
    return closure(found, lambda id: _target_trees(graph, graph.trees[id]) if id in graph.trees else ())


def _target_trees(graph: Graph, tree: Tree) -> Iterator[str]:
    """The trees to which the pages of `tree` lead."""
    return (target.tree for id in tree.nodes for target in successors(graph, NodeRef(tree.id, id)))


def _trees_of_mistakes(graph: Graph, tree: Tree) -> Iterator[str]:
    """For each mistake in `tree`, the id of the tree that it may lead into, as written: there may be none."""
    if tree.start not in tree.nodes or None in tree.nodes.values():
        yield tree.id
    for node in (node for node in tree.nodes.values() if node):
        if not _is_clear(node, tree):
            yield tree.id
        for _, goto in gotos(node):
            if not exists(graph.trees, ref := parse_reference(goto, tree.id)):
                yield from (tree.id, ref.tree)
        yield from (tree.id for name in next_references(node) if not next_target(graph.trees, name, tree.id))


def _is_clear(node: Node, tree: Tree) -> bool:
    """Whether the exits of a node could be read, have different ids, and have conditions that can match."""
    ids = answer_ids(node)
    duplicate = len(set(ids)) < len(ids) or "" in ids
    return not duplicate and is_complete(node) and all(can_match(when, node, tree) for when in whens(node))


def can_match(when: When, node: Node, tree: Tree) -> bool:
    """Whether a condition of a node names existing answers of nodes before it, or what is chosen among its own."""
    for condition in when.conditions or ():
        named = tree.nodes.get(condition.node)
        is_own = condition.node == node.id and when not in own_whens(node)
        if is_own or not set(condition.answers) <= {*(answer_ids(named) if named else ())}:
            return False
    return when.conditions is not None
