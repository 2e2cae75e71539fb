"""What the parts of a project refer to: sections, contacts and updates; and the targets of exits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guidetrees.graph.graph import NodeRef
from guidetrees.graph.node_kinds import answers, body, ends_tree, exits, items, own_contacts
from guidetrees.parse.model import Case, Item, Node, Part, Tree
from guidetrees.project.project import Project
from guidetrees.source.location import LocatedStr


def readable_nodes(tree: Tree) -> list[Node]:
    """The nodes of `tree` that could be read."""
    return [node for node in tree.nodes.values() if node]


def outcomes(tree: Tree) -> list[Node]:
    """The nodes at which `tree` ends."""
    return [node for node in readable_nodes(tree) if ends_tree(node)]


def cited(node: Node) -> Iterator[LocatedStr]:
    """The sections of the guide that a node, its parts and its items cite."""
    yield from node.guide
    holders: list[Part | Item] = [*node.parts, *items(node)]
    for holder in holders:
        yield from holder.guide


def contacts_of(node: Node) -> Iterator[LocatedStr]:
    """The contacts that a node, its parts and its items name."""
    yield from own_contacts(node)
    holders: list[Part | Item] = [*node.parts, *items(node)]
    for holder in holders:
        yield from holder.contacts


def texts_of(tree: Tree) -> Iterator[tuple[str, LocatedStr]]:
    """The texts of `tree` that are Markdown, each with the key that holds it."""
    written = [("intro", tree.intro)]
    for node in readable_nodes(tree):
        written.append(body(node))
        written += [("text", part.text) for part in node.parts]
    return ((key, text) for key, text in written if text)


def named_updates(project: Project) -> Iterator[LocatedStr]:
    """The ids of updates that contacts, trees, nodes and the guide's pages name."""
    holders: list[Iterable[LocatedStr]] = [contact.updates for contact in (project.contacts or {}).values()]
    for tree in project.trees.values():
        holders += [tree.updates, *(node.updates for node in readable_nodes(tree))]
    holders += [page.updates for page in project.pages.values()]
    for updates in holders:
        yield from updates


def answers_by_words(node: Node) -> list[tuple[str, str]]:
    """The answers that a node offers: (the author's words, id)."""
    return [(str(answer.answer), str(answer.id)) for answer in answers(node)]


def gotos(node: Node) -> Iterator[tuple[str, LocatedStr]]:
    """The targets of a node's exits that could be read, each with the key that holds it."""
    for exit_ in exits(node):
        for case in exit_.goto or ():
            if case.to:
                yield target_key(exit_.key, case), case.to


def target_key(key: str, case: Case) -> str:
    """The key that holds the target of a case: `to` in a list of cases, else the exit's own."""
    return "to" if case.to and case.location != case.to.location else key


def node_name(ref: NodeRef, home: str) -> str:
    """A node as problems of the tree `home` name it: without the tree if it is `home`."""
    return ref.node if ref.tree == home else str(ref)
