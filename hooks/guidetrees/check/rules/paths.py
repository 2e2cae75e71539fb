"""The ways through the trees: answers that differ, nodes that are reached, no going round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from guidetrees.check.rule_examples import shown_by
from guidetrees.graph.graph import (
    Edge,
    Graph,
    NodeRef,
    cycles,
    exists,
    exits,
    is_complete,
    parse_reference,
    reachable,
    successors,
)
from guidetrees.graph.reachability import Reachability
from guidetrees.parse.model import Answer, Checklist, Node, Question, Tree
from guidetrees.parse.readers import ID, MIN_SIMILARITY, closest
from guidetrees.project.project import Project
from guidetrees.project.references import gotos, node_name, readable_nodes
from guidetrees.source.location import LocatedStr, Problem


@shown_by(
    failing="""
nodes:
  kind:
    question: What is it?
    answers:
      - answer: A book
        goto: lend
      - answer: a book
        goto: stay
""",
    mended="""
nodes:
  kind:
    question: What is it?
    answers:
      - answer: A book
        goto: lend
      - answer: A map
        goto: stay
""",
)
def answers_differ(project: Project) -> Iterator[Problem]:
    """No two answers of a question have the same words or the same id."""
    for tree in project.trees.values():
        for node in readable_nodes(tree):
            yield from _answers_alike((isinstance(node, Question) and node.answers) or ())


def _answers_alike(answers: Iterable[Answer]) -> Iterator[Problem]:
    words: set[str] = set()
    ids: dict[str, LocatedStr] = {}
    for answer in answers:
        said, id = answer.answer, answer.id
        if not said:
            continue
        if said.casefold() in words:
            yield Problem(said.location, f"answer: '{said}' stands twice")
        elif not id and id.location == said.location:
            yield Problem(answer.location, f"id: is missing: '{said}' has no letter a-z to make one of")
        elif id and id in ids:
            hint = f"has the id '{id}' of '{ids[id]}': give one another `id`"
            yield Problem(id.location, f"answer: '{said}' {hint}")
        words.add(said.casefold())
        ids.setdefault(str(id), said)


@shown_by(
    failing="""
nodes:
  kind:
    question: What is it?
    answers:
      - answer: A book
        goto: lend
      - answer: A map
        goto: lend
      - answer: A film
        goto: stay
  sheet:
    outcome: Ask for a copy
    verdict: info
    guide: rules.md#scope
""",
    mended="""
nodes:
  kind:
    question: What is it?
    answers:
      - answer: A book
        goto: lend
      - answer: A map
        goto: sheet
      - answer: A film
        goto: stay
  sheet:
    outcome: Ask for a copy
    verdict: info
    guide: rules.md#scope
""",
)
def nodes_are_reached(project: Project) -> Iterator[Problem]:
    """Some answer, or what comes next after an outcome, leads to every node.

    A misspelt goto is judged as if it were written right. Where an answer that is reached could lead
    anywhere in a tree, that tree is not judged. Of a branch that nothing leads to, its first node is named.
    """
    graph = project.graph
    found, open_trees = _reach(project, graph)
    for tree in project.trees.values():
        if tree.id not in open_trees:
            lost = [NodeRef(tree.id, str(node.id)) for node in readable_nodes(tree)]
            lost = [address for address in lost if address not in found]
            for address in _first_of_branches(graph, lost):
                id = next(id for id in tree.nodes if id == address.node)
                if isinstance(id, LocatedStr) and ID.fullmatch(id):
                    yield Problem(id.location, f"no answer leads to '{id}': lead one here or delete the node")


def _reach(project: Project, graph: Graph) -> tuple[set[NodeRef], set[str]]:
    """The nodes that readers come to, and the trees of which more may be reached than can be known."""
    repaired = _repairs(project)
    found: set[NodeRef] = set()
    waiting = list(_entrances(project))
    while waiting:
        found |= reachable(graph, waiting)
        meant = (target for source in found for target in repaired.get(source, ()) if target.node)
        waiting = [target for target in meant if target not in found]
    open_trees = set(project.uncertain.led_to)
    for source in found:
        open_trees |= {target.tree for target in repaired.get(source, ()) if not target.node}
        node = project.trees[source.tree].nodes[source.node]
        if not is_complete(node) or (node and _lacks_a_case(project.reach, source, node)):
            open_trees.add(source.tree)
    return found, open_trees


def _lacks_a_case(found: Reachability, address: NodeRef, node: Node) -> bool:
    """Whether some reader's case is missing, which is a mistake of its own: it may lead anywhere in the tree."""
    return any(goto and goto[-1].when and found.left(address, goto) != 0 for _, goto in exits(node))


def _entrances(project: Project) -> Iterator[NodeRef]:
    """Where readers begin; where a tree's start is no node (a problem of its own), that may be anywhere."""
    for tree in project.trees.values():
        starts = [tree.start] if tree.start in tree.nodes else tree.nodes
        yield from (NodeRef(tree.id, str(node)) for node in starts)


def _first_of_branches(graph: Graph, lost: list[NodeRef]) -> Iterator[NodeRef]:
    """Of nodes that nothing leads to, the ones from which the others are reached; of a round, its first."""
    among = set(lost)
    led_to = {target for address in lost for target in successors(graph, address) if target != address}
    covered: set[NodeRef] = set()
    for address in [a for a in lost if a not in led_to] + lost:
        if address not in covered:
            covered |= reachable(graph, [address]) & among
            yield address


def _repairs(project: Project) -> dict[NodeRef, list[NodeRef]]:
    """By node: where its exits that lead nowhere were meant to lead. With no node: anywhere in that tree."""
    repairs: dict[NodeRef, list[NodeRef]] = {}
    for tree in project.trees.values():
        for node in readable_nodes(tree):
            for _, goto in gotos(node):
                if not exists(project.trees, parse_reference(goto, tree.id)):
                    meant = repairs.setdefault(NodeRef(tree.id, str(node.id)), [])
                    meant.extend(_meant(goto, tree, project))
    return repairs


def _meant(reference: LocatedStr, tree: Tree, project: Project) -> Iterator[NodeRef]:
    """Every node that a misspelt reference is close to; its tree where it is close to none."""
    address = parse_reference(reference, tree.id)
    id = address.tree if address.tree in project.trees else closest(address.tree, project.trees) or tree.id
    other = project.trees[id]
    if address.node in other.nodes:
        yield NodeRef(id, address.node)
    else:
        near = get_close_matches(address.node, list(other.nodes), n=5, cutoff=MIN_SIMILARITY)
        yield from [NodeRef(id, node) for node in near] or [NodeRef(id)]


@shown_by(
    failing="""
nodes:
  kind:
    question: What is it?
    answers:
      - answer: A book
        goto: lend
      - answer: I do not know
        goto: cover
  cover:
    question: Does it have a cover?
    answers:
      - answer: Yes
        goto: kind
      - answer: No
        goto: stay
""",
    mended="""
nodes:
  kind:
    question: What is it?
    answers:
      - answer: A book
        goto: lend
      - answer: I do not know
        goto: cover
  cover:
    question: Does it have a cover?
    answers:
      - answer: Yes
        goto: lend
      - answer: No
        goto: stay
""",
)
def no_cycles(project: Project) -> Iterator[Problem]:
    """No reader can go round in a circle, in one tree or across trees.

    A way back that no reader's answers allow is no circle.
    """
    graph = project.graph
    for round_ in _rounds(project):
        closing = round_[-1]
        home = closing.source.tree
        chain = " → ".join(_step(edge, home) for edge in round_)
        first = node_name(round_[0].source, home)
        yield Problem(closing.goto.location, f"{_key(graph, closing)}: goes round in a circle: {chain} → {first}")


def _rounds(project: Project) -> Iterator[tuple[Edge, ...]]:
    """The rounds that some reader can go: their edges in order, the one that closes it last."""
    found, closing = project.reach, set[Edge]()
    for round_ in cycles(project.graph):
        conditional = any(edge.when or edge.unless for edge in round_)
        if not conditional or round_[-1] in found.back:
            closing.add(round_[-1])
            yield round_
    for edge in dict.fromkeys(found.back):
        if not closing.intersection(_on_rounds_of(found, edge)):
            yield (*_shortest(found, project.graph.enter(edge.target), edge.source), edge)


def _on_rounds_of(found: Reachability, edge: Edge) -> Iterator[Edge]:
    """The edges that lie on rounds together with `edge`."""
    nodes = found.map.round[edge.source]
    return (other for node in nodes for other in found.map.graph.outgoing[node])


def _shortest(found: Reachability, begin: NodeRef, end: NodeRef) -> list[Edge]:
    """The fewest answers from one node to another, of those that some reader gives."""
    ways: dict[NodeRef, list[Edge]] = {begin: []}
    for address in (waiting := [begin]):
        for edge in found.map.graph.outgoing[address]:
            target = found.map.graph.enter(edge.target)
            if edge in found.along and target not in ways:
                ways[target] = [*ways[address], edge]
                waiting.append(target)
    return ways[end]


def _step(edge: Edge, home: str) -> str:
    return f"{node_name(edge.source, home)} ({edge.answer})"


def _key(graph: Graph, edge: Edge) -> str:
    if edge.when or edge.unless:
        return "to"
    return edge.answer if isinstance(graph.node(edge.source), Checklist) else "goto"
