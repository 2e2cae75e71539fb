"""What the parts of a project name: the nodes of a tree, and their exits, sections, contacts and updates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guidetrees.graph.graph import NodeRef, exits
from guidetrees.parse.model import Case, Checklist, Node, Outcome, Question, Tree
from guidetrees.project.project import Project
from guidetrees.source.location import LocatedStr


def readable_nodes(tree: Tree) -> list[Node]:
    """The nodes of `tree` that could be read."""
    return [node for node in tree.nodes.values() if node]


def outcomes(tree: Tree) -> list[Outcome]:
    return [node for node in readable_nodes(tree) if isinstance(node, Outcome)]


def cited(node: Node) -> Iterator[LocatedStr]:
    """The sections of the guide that a node, its parts and its items cite."""
    yield from node.guide
    for part in node.parts:
        yield from part.guide
    for item in node.items if isinstance(node, Checklist) else ():
        yield from item.guide


def contacts_of(node: Node) -> Iterator[LocatedStr]:
    if isinstance(node, Outcome):
        yield from node.contacts
    for part in node.parts:
        yield from part.contacts
    for item in node.items if isinstance(node, Checklist) else ():
        yield from item.contacts


def texts_of(tree: Tree) -> Iterator[tuple[str, LocatedStr]]:
    """The texts of `tree` that are Markdown, with the keys they stand under."""
    written = [("intro", tree.intro)]
    for node in readable_nodes(tree):
        written.append(("text", node.text) if isinstance(node, Outcome) else ("help", node.help))
        written += [("text", part.text) for part in node.parts]
    return ((key, text) for key, text in written if text)


def named_updates(project: Project) -> Iterator[LocatedStr]:
    holders: list[Iterable[LocatedStr]] = [contact.updates for contact in (project.contacts or {}).values()]
    for tree in project.trees.values():
        holders += [tree.updates, *(node.updates for node in readable_nodes(tree))]
    holders += [page.updates for page in project.pages.values()]
    for updates in holders:
        yield from updates


def answers_by_words(node: Node) -> list[tuple[str, str]]:
    """A question's answers in the reader's words, each with its id."""
    answers = (node.answers if isinstance(node, Question) else None) or ()
    return [(str(answer.answer), str(answer.id)) for answer in answers]


def gotos(node: Node) -> Iterator[tuple[str, LocatedStr]]:
    """Where the exits of a node lead, as far as they could be read, with the key it stands under."""
    for answer, goto in exits(node):
        for case in goto or ():
            if case.to:
                yield key_of(node, answer, case), case.to


def key_of(node: Node, answer: str, case: Case) -> str:
    """The key that the reference of an answer's case stands under."""
    if case.to and case.location != case.to.location:
        return "to"
    return answer if isinstance(node, Checklist) else "goto"


def node_name(address: NodeRef, home: str) -> str:
    """A node as problems of the tree `home` call it."""
    return address.node if address.tree == home else str(address)
