"""What nobody can know of a project while some of its files cannot be read, or only in part.

A name that is not found may be in such a file, and an answer that leads to a node may as well. A rule asks here
before it says that something is missing: one mistake then gives one line, in the file that has it.

A file is in doubt when reading it found a problem that may have swallowed more than one value: it is not YAML, a
key is duplicate or unknown, something is missing. A value that is merely not allowed (a date that is none)
hides nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from guidetrees.graph.graph import (
    Graph,
    NodeRef,
    closure,
    exists,
    exits,
    is_complete,
    next_target,
    parse_reference,
    targets_of_next,
    whens,
)
from guidetrees.parse.model import Node, Outcome, Tree, When
from guidetrees.source.layout import CONTACTS, DOCS, GUIDE, TREES, UPDATES
from guidetrees.source.page_names import as_page
from guidetrees.source.unsafe_paths import with_parents


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """The files in doubt."""

    files: frozenset[str] = frozenset()
    """Files and folders in doubt, from the project's root."""
    unread: frozenset[str] = frozenset()
    """Ids of the trees of which there is a file and nothing could be read."""
    led_to: frozenset[str] = frozenset()
    """Ids of the trees that files in doubt are or name: more answers may lead into them than are known."""

    def tree(self, id: str) -> bool:
        """Whether there may be a tree `id` that could not be read."""
        return id in self.unread

    def node(self, address: NodeRef) -> bool:
        """Whether a node that was not found, or its tree, may be in a file in doubt."""
        return self.tree(address.tree) or self._file(f"{TREES}/{address.tree}.yml")

    @property
    def contacts(self) -> bool:
        """Whether a contact that was not found may be in contacts.yml all the same."""
        return self._file(CONTACTS)

    @property
    def updates(self) -> bool:
        """The same of an update, in updates.yml."""
        return self._file(UPDATES)

    def section(self, reference: str) -> bool:
        """Whether a section (`page.md#id`) or page of the guide that was not found may be there."""
        return self._file(f"{GUIDE}/{reference.partition('#')[0]}")

    @property
    def guide(self) -> bool:
        """Whether any page of the guide is in doubt."""
        return self._file(GUIDE) or any(file.startswith(f"{GUIDE}/") for file in self.files)

    def address(self, address: str, trees: Iterable[str]) -> bool:
        """Whether a page that was not found at `address`, from the site's root, may be there: as a page, or as
        something in doubt says where it has moved. `trees` are the ids of those read."""
        first, slash, _ = address.partition("/")
        if first == "guide":
            return self.guide
        if not slash or self.docs_page(address):
            return self.docs_page(address)
        return self.node(NodeRef(first)) if first in trees else self._any_tree()

    def docs_page(self, address: str) -> bool:
        """The same of a page of docs/ that is not the guide's."""
        file = f"{DOCS}/{address}"
        return self._file(file) or file in map(as_page, self.files)

    def _any_tree(self) -> bool:
        """Whether any tree is in doubt, and with it what it was called before or is called for short."""
        return bool(self.unread) or any(
            file.startswith(TREES) and file not in (CONTACTS, UPDATES) for file in self.files
        )

    def _file(self, file: str) -> bool:
        return any(path in self.files for path in with_parents(file))


def led_to(written: Iterable[bytes], trees: Iterable[str]) -> Iterator[str]:
    """Those of `trees` into the midst of which an answer may lead that is `written` in a file in doubt: to their
    starts, readers come anyway."""
    whole = b"\n".join(written)
    return (tree for tree in trees if re.search(rb"(?<![\w-])" + tree.encode() + rb":[a-z0-9]", whole))


# Mistakes of what was read


def open_trees(graph: Graph, led_to: Iterable[str]) -> set[str]:
    """`led_to` and the trees of which something is not known that leads into them, as it has a mistake; with all
    that are reachable from them."""
    found = set(led_to)
    for tree in graph.trees.values():
        for meant in _loose_ends(graph, tree):
            found |= {meant} if meant in graph.trees else set(graph.trees)
    return closure(found, lambda id: _led_on_to(graph, graph.trees[id]) if id in graph.trees else ())


def _led_on_to(graph: Graph, tree: Tree) -> Iterator[str]:
    """The trees that readers of `tree` may come to."""
    for id in tree.nodes:
        yield from (edge.target.tree for edge in graph.outgoing[NodeRef(tree.id, id)])
    yield from (target.tree for target in targets_of_next(graph.trees, tree))


def _loose_ends(graph: Graph, tree: Tree) -> Iterator[str]:
    """The tree that each mistake of `tree` makes uncertain, as written: it may be none."""
    if tree.start not in tree.nodes:
        yield tree.id
    for node in tree.nodes.values():
        ids = [id for id, _ in exits(node)] if node else []
        doubled = len(set(ids)) < len(ids) or "" in ids
        clear = node and is_complete(node) and all(_is_clear(when, node, tree) for when in whens(node))
        if doubled or not clear:
            yield tree.id
        references = [case.to for _, goto in exits(node) for case in goto or ()] if node else []
        for reference in references:
            address = parse_reference(reference or "", tree.id)
            if not exists(graph.trees, address):
                yield tree.id
                yield address.tree
        if isinstance(node, Outcome):
            yield from (tree.id for name in node.next if not next_target(graph.trees, name, tree.id))


def _is_clear(when: When, node: Node, tree: Tree) -> bool:
    """Whether a condition asks for answers that there are, before its own node."""
    for condition in when.conditions or ():
        asked = tree.nodes.get(condition.node)
        ids = {id for id, _ in exits(asked)} if asked else set()
        if condition.node == node.id or not set(condition.answers) <= ids:
            return False
    return when.conditions is not None
