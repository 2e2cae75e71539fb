"""The outline of a tree, and its division into maps.

The outline on the start page, the maps and the document for review all use `outline`, so their order is the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guidetrees.graph.graph import Edge, Graph, NodeRef

MAX_BOXES = 60
"""The most boxes of one map: a larger tree has several, one for each branch."""


@dataclass(frozen=True, slots=True)
class OutlineStep:
    """A step of the outline: opens a node, or closes the node that was opened last."""

    opens: NodeRef | None
    """None if it closes a node."""
    edge: Edge | None = None
    """The edge that leads to the node; None for an entry of the tree."""
    again: bool = False
    """Whether the node is further up, with everything that follows it."""


def outline(graph: Graph, tree: str) -> Iterator[OutlineStep]:
    """The whole tree as nested nodes, depth first. A node that is reached several times is unfolded once.

    Begins with the tree's start, followed by the other entry nodes that have not been reached. The steps are a
    flat sequence without recursion, so the depth of a tree has no limit.
    """
    seen: set[NodeRef] = set()
    for entry in entry_nodes(graph, tree):
        stack = [] if entry in seen else [OutlineStep(entry)]
        while stack:
            step = stack.pop()
            if step.opens is None:
                yield step
                continue
            ref = step.opens
            again = ref in seen
            seen.add(ref)
            yield OutlineStep(ref, step.edge, again)
            stack.append(OutlineStep(None))
            if ref.tree == tree and not again:
                edges = reversed(graph.outgoing[ref])
                stack.extend(OutlineStep(seen_from_tree(graph, tree, edge.target), edge) for edge in edges)


def seen_from_tree(graph: Graph, tree: str, target: NodeRef) -> NodeRef:
    """A target as shown in `tree`: a node of the tree itself, or what the edge names of another tree."""
    return graph.enter(target) if target.tree == tree else target


def entry_nodes(graph: Graph, tree: str) -> list[NodeRef]:
    """The entry nodes of a tree: its start, nodes to which edges of other trees lead, and nodes to which no edge
    leads, which readers reach as the `next` of an outcome."""
    start = graph.enter(NodeRef(tree))
    nodes = (NodeRef(tree, str(id)) for id in graph.trees[tree].nodes)
    return list(dict.fromkeys([start, *(node for node in nodes if _is_entered(graph, node))]))


def _is_entered(graph: Graph, ref: NodeRef) -> bool:
    edges = graph.incoming.get(ref, ())
    return not edges or any(edge.source.tree != ref.tree for edge in edges)


def nodes_in_order(graph: Graph, tree: str) -> list[NodeRef]:
    """The nodes of a tree in the order of its outline, each once."""
    steps = (step for step in outline(graph, tree) if not step.again)
    return [step.opens for step in steps if step.opens and step.opens.node and step.opens.tree == tree]


# Maps


@dataclass(frozen=True, slots=True)
class MapPart:
    """What one map of a tree shows."""

    nodes: tuple[NodeRef, ...]
    """In the outline's order, the first node of the branch first. The map shows all their edges."""
    others: tuple[NodeRef, ...]
    """The other targets of these edges: nodes of other maps, other trees and their nodes."""


def map_parts(graph: Graph, tree: str, largest: int = MAX_BOXES) -> list[MapPart]:
    """The maps of a tree: one, or one for each branch if the tree has more boxes than `largest`.

    Branches are cut off from the leaves up, the largest first, so that a map shows as much of a branch as fits. A
    question with more answers than fit keeps them all.
    """
    members = nodes_in_order(graph, tree)
    everything = _part(graph, tree, members)
    if len(everything.nodes) + len(everything.others) <= largest:
        return [everything]
    steps = outline(graph, tree)
    parents = {step.opens: step.edge.source for step in steps if step.opens and step.edge and not step.again}
    cut = _cut_off(graph, members, parents, largest)
    maps: dict[NodeRef, list[NodeRef]] = {}
    for ref in members:  # every node after the node below which the outline unfolds it
        maps[ref] = [] if ref in cut or ref not in parents else maps[parents[ref]]
        maps[ref].append(ref)
    return [_part(graph, tree, nodes) for ref, nodes in maps.items() if nodes[0] == ref]


def _part(graph: Graph, tree: str, nodes: list[NodeRef]) -> MapPart:
    own = set(nodes)
    targets = (seen_from_tree(graph, tree, edge.target) for node in nodes for edge in graph.outgoing[node])
    return MapPart(tuple(nodes), tuple(dict.fromkeys(target for target in targets if target not in own)))


def _cut_off(
    graph: Graph, members: list[NodeRef], parents: Mapping[NodeRef, NodeRef], largest: int
) -> set[NodeRef]:
    """The nodes whose branches get maps of their own."""
    children: dict[NodeRef, list[NodeRef]] = {}
    for ref in members:
        if ref in parents:
            children.setdefault(parents[ref], []).append(ref)
    boxes: dict[NodeRef, int] = {}
    cut: set[NodeRef] = set()
    for ref in reversed(members):  # every node after all nodes below it
        branches = sorted(children.get(ref, ()), key=lambda child: boxes[child], reverse=True)
        size = 1 + len({edge.target for edge in graph.outgoing[ref]} - set(branches))
        size += sum(boxes[child] for child in branches)
        for child in branches:
            if size > largest and boxes[child] > 1:
                cut.add(child)
                size -= boxes[child] - 1
        boxes[ref] = size
    return cut
