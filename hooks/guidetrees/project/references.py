"""What the parts of a project refer to: sections, contacts and updates."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from guidetrees.graph.graph import NodeRef
from guidetrees.graph.node_kinds import body, ends_tree, items, own_contacts
from guidetrees.parse.guide import GuidePage
from guidetrees.parse.model import Contact, Item, Node, Part, Tree
from guidetrees.project.project import Project
from guidetrees.source.location import LocatedStr


def readable_nodes(tree: Tree) -> list[Node]:
    """The nodes of `tree` that could be read."""
    return [node for node in tree.nodes.values() if node]


def all_nodes(project: Project) -> Iterator[tuple[Tree, Node]]:
    """The nodes of all trees that could be read, each with its tree."""
    return ((tree, node) for tree in project.trees.values() for node in readable_nodes(tree))


def outcomes(tree: Tree) -> list[Node]:
    """The nodes at which `tree` ends."""
    return [node for node in readable_nodes(tree) if ends_tree(node)]


def cited(node: Node) -> Iterator[LocatedStr]:
    """The sections of the guide that a node, its parts and its items cite."""
    return chain(node.guide, *(piece.guide for piece in _pieces(node)))


def contacts_of(node: Node) -> Iterator[LocatedStr]:
    """The contacts that a node, its parts and its items name."""
    return chain(own_contacts(node), *(piece.contacts for piece in _pieces(node)))


def successors(project: Project, contact: Contact) -> Iterator[Contact]:
    """Who takes over from `contact`, then who takes over from that one, and so on, each once."""
    known, seen = project.contacts or {}, {str(contact.id)}
    following = contact.successor
    while following in known and following not in seen:
        seen.add(str(following))
        yield known[str(following)]
        following = known[str(following)].successor


def _pieces(node: Node) -> list[Part | Item]:
    return [*node.parts, *items(node)]


def texts_of(tree: Tree) -> Iterator[tuple[str, LocatedStr]]:
    """The texts of `tree` that are Markdown, each with the key that holds it."""
    written = [("intro", tree.intro)]
    for node in readable_nodes(tree):
        written.append(body(node))
        written += [("text", part.text) for part in node.parts]
    return ((key, text) for key, text in written if text)


def named_updates(project: Project) -> Iterator[LocatedStr]:
    """The ids of updates that contacts, trees, nodes and the guide's pages name."""
    holders: list[Contact | Tree | Node | Part | GuidePage] = [*(project.contacts or {}).values()]
    for tree in project.trees.values():
        nodes = readable_nodes(tree)
        holders += [tree, *nodes, *(part for node in nodes for part in node.parts)]
    for holder in [*holders, *project.pages.values()]:
        yield from holder.updates


def node_name(ref: NodeRef, home: str) -> str:
    """A node as problems of the tree `home` name it: without the tree if it is `home`."""
    return ref.node if ref.tree == home else str(ref)
