"""What earlier links no longer lead to: pages that are gone, and answers that saved links forget."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from guidetrees.diff.versions import Versions
from guidetrees.graph.node_kinds import answers, items
from guidetrees.parse.model import Node
from guidetrees.project.published_urls import page_urls
from guidetrees.project.references import readable_nodes


def lost_pages(versions: Versions, tree: str) -> list[str]:
    """The addresses of the tree with the former id `tree` that lead nowhere now."""
    urls = page_urls(versions.now)
    return [url for url, owner in page_urls(versions.before).items() if owner == tree and url not in urls]


def forgotten_answers(versions: Versions, tree: str) -> Iterator[tuple[Any, ...]]:
    """What saved links into the tree with the former id `tree` forget: nodes, or (node, answer or item).

    A link names a node by its id: an alias redirects to the page, but does not keep the answers. A tree that is
    gone has no page to open the link on, so nothing is forgotten.
    """
    if tree not in versions.trees:
        return
    now = {node.id: node for node in readable_nodes(versions.now.trees[versions.trees[tree]])}
    for node in readable_nodes(versions.before.trees[tree]):
        kept = _saved(now[node.id]) if node.id in now else {}
        if node.id in now:
            yield from ((node, thing) for name, thing in _saved(node).items() if name not in kept)
        elif _saved(node):
            yield (node,)


def _saved(node: Node) -> dict[str, Any]:
    """What a link saves of a node, by the name that it has there. An item's name is made of its words."""
    return {str(answer.id): answer for answer in answers(node)} | {str(item.item): item for item in items(node)}
