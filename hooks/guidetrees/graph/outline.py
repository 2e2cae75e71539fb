"""A tree as a whole: its outline, the pictures it is drawn in, the ways through it and how many there are.

Outline, pictures and the document for review all follow `outline`, so that they show the same in one order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guidetrees.graph.graph import Edge, Graph, NodeRef

MAX_BOXES = 60
"""Boxes that one picture has at most: a larger tree is drawn branch by branch."""


@dataclass(frozen=True, slots=True)
class OutlineStep:
    """A step of the outline: opens a node (`edge` led there; None where a tree begins) or closes one."""

    opens: NodeRef | None
    edge: Edge | None = None
    again: bool = False
    """The node stands further up with all that follows it."""


def outline(graph: Graph, tree: str) -> Iterator[OutlineStep]:
    """The whole tree as nested nodes, depth first; what is reached twice is unfolded once.

    Begins at the tree's start, and then wherever else readers come in and have not been. A flat run of
    openings and closings, so that no depth of nesting is too much.
    """
    seen: set[NodeRef] = set()
    for entry in entry_nodes(graph, tree):
        stack = [] if entry in seen else [OutlineStep(entry)]
        while stack:
            branch = stack.pop()
            if branch.opens is None:
                yield branch
                continue
            address = branch.opens
            again = address in seen
            seen.add(address)
            yield OutlineStep(address, branch.edge, again)
            stack.append(OutlineStep(None))
            if address.tree == tree and not again:
                edges = reversed(graph.outgoing[address])
                stack.extend(OutlineStep(seen_from_tree(graph, tree, edge.target), edge) for edge in edges)


def seen_from_tree(graph: Graph, tree: str, target: NodeRef) -> NodeRef:
    """What an answer leads to as seen in a tree: its own nodes, and of other trees what the answer names."""
    return graph.enter(target) if target.tree == tree else target


def entry_nodes(graph: Graph, tree: str) -> list[NodeRef]:
    """Where readers come into a tree: at its start, and where answers of other trees lead into its middle, or
    outcomes lead on to what usually comes next."""
    start = graph.enter(NodeRef(tree))
    nodes = (NodeRef(tree, str(id)) for id in graph.trees[tree].nodes)
    return list(dict.fromkeys([start, *(node for node in nodes if _is_entered(graph, node))]))


def _is_entered(graph: Graph, address: NodeRef) -> bool:
    edges = graph.incoming.get(address, ())
    return not edges or any(edge.source.tree != address.tree for edge in edges)


def nodes_in_order(graph: Graph, tree: str) -> list[NodeRef]:
    """The nodes of a tree in the order of its outline, each once: the order to read them in."""
    steps = (branch for branch in outline(graph, tree) if not branch.again)
    return [step.opens for step in steps if step.opens and step.opens.node and step.opens.tree == tree]


# Pictures


@dataclass(frozen=True, slots=True)
class MapPart:
    """What one picture of a tree shows."""

    nodes: tuple[NodeRef, ...]
    """In the outline's order, the branch's first node first. All their answers are drawn here."""
    others: tuple[NodeRef, ...]
    """What these answers lead to besides: nodes of other parts, and other trees and their nodes."""


def map_parts(graph: Graph, tree: str, largest: int = MAX_BOXES) -> list[MapPart]:
    """The pictures of a tree: one, or one a branch where the tree has more boxes than `largest`.

    Cut from the leaves up, the largest branch first, so that a picture is as much of a branch as fits. A
    question with more answers than fit keeps them all.
    """
    members = nodes_in_order(graph, tree)
    whole = _part(graph, tree, members)
    if len(whole.nodes) + len(whole.others) <= largest:
        return [whole]
    heads = _heads(graph, tree, members, largest)
    groups: dict[NodeRef, list[NodeRef]] = {}
    for address in members:
        groups.setdefault(heads[address], []).append(address)
    return [_part(graph, tree, nodes) for nodes in groups.values()]


def _part(graph: Graph, tree: str, nodes: list[NodeRef]) -> MapPart:
    own = set(nodes)
    targets = (seen_from_tree(graph, tree, edge.target) for node in nodes for edge in graph.outgoing[node])
    return MapPart(tuple(nodes), tuple(dict.fromkeys(target for target in targets if target not in own)))


def _heads(graph: Graph, tree: str, members: list[NodeRef], largest: int) -> dict[NodeRef, NodeRef]:
    """For each node the first node of the picture that it is drawn in."""
    above = _first_ways(graph, tree)
    children: dict[NodeRef, list[NodeRef]] = {}
    for address in members:
        if above.get(address):
            children.setdefault(above[address], []).append(address)
    boxes: dict[NodeRef, int] = {}
    cut: set[NodeRef] = set()
    for address in reversed(members):  # every node after all that lies under it
        branches = sorted(children.get(address, ()), key=lambda child: boxes[child], reverse=True)
        size = 1 + len({edge.target for edge in graph.outgoing[address]} - set(branches))
        size += sum(boxes[child] for child in branches)
        for child in branches:
            if size > largest and boxes[child] > 1:
                cut.add(child)
                size -= boxes[child] - 1
        boxes[address] = size
    heads: dict[NodeRef, NodeRef] = {}
    for address in members:
        starts = address in cut or not above.get(address)
        heads[address] = address if starts else heads[above[address]]
    return heads


def _first_ways(graph: Graph, tree: str) -> dict[NodeRef, NodeRef]:
    """Each node of a tree with the one under which its outline unfolds it."""
    first = (branch for branch in outline(graph, tree) if branch.edge and branch.opens and not branch.again)
    return {branch.opens: branch.edge.source for branch in first if branch.opens and branch.edge}
