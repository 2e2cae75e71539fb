"""What becomes of addresses and saved links from one version of a project to the next."""

from __future__ import annotations

from collections.abc import Iterator

from guidetrees.diff.changes import Part, part_of
from guidetrees.diff.versions import Versions
from guidetrees.graph.node_kinds import exits
from guidetrees.parse.model import Checklist, Node, Question
from guidetrees.project.published_urls import page_urls
from guidetrees.project.references import readable_nodes


def vanished(versions: Versions) -> dict[str, list[str]]:
    """By the tree's id, then: the addresses that lead nowhere now."""
    there, found = page_urls(versions.now), dict[str, list[str]]()
    for page, tree in page_urls(versions.before).items():
        if page not in there:
            found.setdefault(tree, []).append(page)
    return found


def forgotten(versions: Versions) -> dict[str, list[tuple[Part, ...]]]:
    """By the tree's id, then: what saved links no longer know, a question or one of its answers or items.

    Of trees that are gone, nothing: no page is left to open the link on.
    """
    found = {}
    for before, now in versions.trees.items():
        new = {str(node.id): node for node in readable_nodes(versions.now.trees[now])}
        old = readable_nodes(versions.before.trees[before])
        lost = [parts for node in old for parts in _lost(node, new.get(str(node.id)))]
        if lost:
            found[before] = lost
    return found


def _lost(before: Node, now: Node | None) -> Iterator[tuple[Part, ...]]:
    # A link names the question by its id; an alias leads to the page and does not answer for its answers.
    if now is None:
        if any(exits(before)):
            yield (part_of(before),)
        return
    left = {id for id, _ in _kept(now)}
    yield from ((part_of(before), part) for id, part in _kept(before) if id not in left)


def _kept(node: Node) -> Iterator[tuple[str, Part]]:
    """What a link keeps of a node, as it names it. An item's name is made of its words."""
    if isinstance(node, Question):
        yield from ((str(answer.id), part_of(answer)) for answer in node.answers or ())
    elif isinstance(node, Checklist):
        yield from ((str(item.item), part_of(item)) for item in node.items)
