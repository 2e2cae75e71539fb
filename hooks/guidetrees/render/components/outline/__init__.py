"""A tree as a nested list, which shows the same as its map."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guidetrees.graph.graph import NodeRef
from guidetrees.graph.node_kinds import ends_tree
from guidetrees.graph.outline import OutlineStep, outline
from guidetrees.parse.model import Tree
from guidetrees.project.urls import relative_url
from guidetrees.render.answer_words import edge_words
from guidetrees.render.context import Site


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A node of the list."""

    title: str
    kind: str
    href: str
    answer: str | None
    """The answer that leads here."""
    id: str | None
    """The entry's own id, where it is the node's first."""
    note: str | None
    """Says that the node is listed above with all that follows it."""
    entry: bool
    """Whether readers come into the tree here from elsewhere."""
    inner: bool
    """Whether the entry has entries in it."""


def outline_lines(site: Site, tree: Tree) -> Iterator[tuple[bool, OutlineEntry]]:
    """The list as a flat run of entries that open (True) and close, so that no depth of nesting is too much."""
    nested: list[OutlineEntry] = []
    steps = list(outline(site.graph, tree.id))
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        if step.opens is None:
            yield False, nested.pop()
        else:
            inner = bool(following and following.opens and following.edge)
            nested.append(_entry(site, step, step.opens, tree.id, inner))
            yield True, nested[-1]


def _entry(site: Site, step: OutlineStep, ref: NodeRef, home: str, inner: bool) -> OutlineEntry:
    node = site.graph.node(ref) if ref.node else None
    kind = node.kind if node else "tree"
    return OutlineEntry(
        title=node.title if node else site.project.trees[ref.tree].title,
        kind=kind,
        href=relative_url(ref, home),
        answer=edge_words(site, step.edge) if step.edge else None,
        id=f"list-{ref.node}" if ref.tree == home and not step.again else None,
        note=site.words["above"] if step.again and node and not ends_tree(node) else None,
        entry=not step.edge and ref != site.graph.enter(NodeRef(home)),
        inner=inner,
    )
