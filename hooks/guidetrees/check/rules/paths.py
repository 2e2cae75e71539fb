"""Rules on paths: answers differ, every node can be reached, no reader goes round in a cycle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import partial

from guidetrees.check.rule_examples import shown_by
from guidetrees.graph.graph import (
    Edge,
    Graph,
    NodeRef,
    cycles,
    exists,
    gotos,
    is_complete,
    parse_reference,
    successors,
)
from guidetrees.graph.node_kinds import answers, choices, exits
from guidetrees.graph.reachability import Reachability
from guidetrees.graph.traversal import closure
from guidetrees.messages.message import EMPTY, Message, about, say
from guidetrees.parse.ids import ID, MIN_SIMILARITY, closest
from guidetrees.parse.model import Answer, Node, Tree
from guidetrees.project.project import Project
from guidetrees.project.references import all_nodes, node_name, readable_nodes
from guidetrees.source.characters import looks, meant_word
from guidetrees.source.location import LocatedStr, Problem


@shown_by("""
  nodes:
    kind:
      question: What is it?
      answers:
        - answer: A book
          goto: lend
-       - answer: a book
+       - answer: A map
          goto: stay
""")
def answers_differ(project: Project) -> Iterator[Problem]:
    """No two answers of a question have the same words or the same id."""
    for _, node in all_nodes(project):
        yield from _equal_answers(answers(node))


def _unlike(words: LocatedStr, same: LocatedStr) -> Message:
    """What sets apart two texts that look the same."""
    if same.casefold() == words.casefold():
        return EMPTY
    line = same.location.line
    return say(" (it looks like the one on line {line}, but has other characters)", line=line)


def _equal_answers(answers: Iterable[Answer]) -> Iterator[Problem]:
    seen: dict[str, LocatedStr] = {}
    by_id: dict[str, LocatedStr] = {}
    for answer in answers:
        words, id = answer.answer, answer.id
        if not words:
            continue
        if same := seen.get(looks(words)):
            duplicate = say(
                "duplicate answer '{words}'{hint}", words=meant_word(words, is_id=False), hint=_unlike(words, same)
            )
            yield Problem(words.location, about("answer", duplicate))
        elif not id and id.location == words.location:
            missing = say("is missing: '{words}' has no letter a-z to make one of", words=words)
            yield Problem(answer.location, about("id", missing))
        elif id and id in by_id:
            equal = say(
                "'{words}' has the id '{id}' of '{other}': give one another `id`",
                words=words,
                id=id,
                other=by_id[id],
            )
            yield Problem(id.location, about("answer", equal))
        seen.setdefault(looks(words), words)
        by_id.setdefault(str(id), words)


@shown_by("""
  nodes:
    kind:
      question: What is it?
      choose: several
      answers:
        - answer: A book
        - answer: A map
-         alone: true
+         hint: Old or new.
        - answer: Nothing of this
          alone: true
      goto: lend
    lend:
      outcome: You may borrow it
      verdict: yes
      guide: rules.md#time
      parts:
        - when: {kind: a-map}
          text: Maps are lent for a week.
""")
def several_can_be_chosen(project: Project) -> Iterator[Problem]:
    """Of a question with `choose: several`, two answers or more are not `alone`: else, only one can be chosen."""
    for _, node in all_nodes(project):
        among = choices(node)
        if len(among) > 1 and sum(not answer.alone for answer in among) < 2:
            fault = say(
                "only one answer can be chosen, as fewer than two are without `alone`: delete it here, or write "
                "`choose: one` and a `goto` for each answer"
            )
            yield Problem(next(answer.location for answer in among if answer.alone), about("alone", fault))


@shown_by("""
  nodes:
    kind:
      question: What is it?
      answers:
        - answer: A book
          goto: lend
        - answer: A map
-         goto: lend
+         goto: sheet
        - answer: A film
          goto: stay
    sheet:
      outcome: Ask for a copy
      verdict: info
      guide: rules.md#scope
""")
def nodes_are_reached(project: Project) -> Iterator[Problem]:
    """Some answer, or the `next` of an outcome, leads to every node.

    A misspelt goto counts as if it were spelt correctly. If an answer could lead to any node of a tree, that tree
    is not checked. In a branch that nothing leads to, only the first node is reported.
    """
    graph = project.graph
    found, open_trees = _reached(project, graph)
    for tree in project.trees.values():
        if tree.id not in open_trees:
            refs = (NodeRef(tree.id, str(node.id)) for node in readable_nodes(tree))
            for ref in _first_of_branches(graph, [ref for ref in refs if ref not in found]):
                id = graph.node(ref).id
                if ID.fullmatch(id):
                    message = say("no answer leads to '{node}': lead one here or delete the node", node=id)
                    yield Problem(id.location, message)


def _reached(project: Project, graph: Graph) -> tuple[set[NodeRef], set[str]]:
    """The nodes that readers reach, and the trees of which they may reach more nodes than is known."""
    repairs = _repairs(project)

    def leads(ref: NodeRef) -> list[NodeRef]:
        return [*successors(graph, ref), *(target for target in repairs.get(ref, ()) if target.node)]

    found = closure(_entrances(project), leads)
    open_trees = set(project.uncertain.led_to)
    for source in found:
        open_trees |= {target.tree for target in repairs.get(source, ()) if not target.node}
        node = project.trees[source.tree].nodes[source.node]
        if not is_complete(node) or (node and _lacks_a_case(project.reach, source, node)):
            open_trees.add(source.tree)
    return found, open_trees


def _lacks_a_case(reach: Reachability, ref: NodeRef, node: Node) -> bool:
    """Whether there is no case for some reader (a problem of its own): it may lead to any node of the tree."""
    gotos = (exit_.goto for exit_ in exits(node))
    return any(goto and goto[-1].when and reach.left(ref, goto) != 0 for goto in gotos)


def _entrances(project: Project) -> Iterator[NodeRef]:
    """Where readers begin: at the trees' starts, or at any node of a tree whose start is not found."""
    for tree in project.trees.values():
        starts = [tree.start] if tree.start in tree.nodes else tree.nodes
        yield from (NodeRef(tree.id, str(node)) for node in starts)


def _first_of_branches(graph: Graph, unreached: list[NodeRef]) -> Iterator[NodeRef]:
    """Of the unreached nodes, those from which the others can be reached; of a cycle, its first node."""
    targets = {target for ref in unreached for target in successors(graph, ref) if target != ref}
    covered: set[NodeRef] = set()
    for ref in [ref for ref in unreached if ref not in targets] + unreached:
        if ref not in covered:
            covered |= closure([ref], partial(successors, graph))
            yield ref


def _repairs(project: Project) -> dict[NodeRef, list[NodeRef]]:
    """By node: the likely targets of its exits that lead nowhere. Without a node: any node of that tree."""
    repairs: dict[NodeRef, list[NodeRef]] = {}
    for tree, node in all_nodes(project):
        for _, goto in gotos(node):
            if not exists(project.trees, parse_reference(goto, tree.id)):
                meant = repairs.setdefault(NodeRef(tree.id, str(node.id)), [])
                meant.extend(_meant(goto, tree, project))
    return repairs


def _meant(reference: LocatedStr, tree: Tree, project: Project) -> Iterator[NodeRef]:
    """The nodes to which a misspelt reference is similar; its tree if it is similar to none."""
    ref = parse_reference(reference, tree.id)
    id = ref.tree if ref.tree in project.trees else closest(ref.tree, project.trees) or tree.id
    other = project.trees[id]
    if ref.node in other.nodes:
        yield NodeRef(id, ref.node)
    else:
        near = get_close_matches(ref.node, list(other.nodes), n=5, cutoff=MIN_SIMILARITY)
        yield from [NodeRef(id, node) for node in near] or [NodeRef(id)]


@shown_by("""
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
-         goto: kind
+         goto: lend
        - answer: No
          goto: stay
""")
def no_cycles(project: Project) -> Iterator[Problem]:
    """No reader can go round in a circle, in one tree or across trees.

    An answer or a step that leads back is allowed if no reader comes to the same node twice. Where readers are to
    try again, lead to an outcome that says so and names the earlier node under `next`: its link goes back with the
    answers that led there.
    """
    graph = project.graph
    for cycle in _cycles(project):
        closing = cycle[-1]
        home = closing.source.tree
        chain = " → ".join(_passed(edge, home) for edge in cycle)
        first = node_name(cycle[0].source, home)
        key = next(key for key, goto in gotos(graph.node(closing.source)) if goto is closing.goto)
        fault = say(
            "goes round in a circle: {chain} → {first}. Lead to an outcome instead, with `next: [{first}]` as the "
            "way back",
            chain=chain,
            first=first,
        )
        yield Problem(closing.goto.location, about(key, fault))


def _passed(edge: Edge, home: str) -> str:
    name = node_name(edge.source, home)
    return f"{name} ({edge.answer})" if edge.is_one_answer else name


def _cycles(project: Project) -> Iterator[tuple[Edge, ...]]:
    """The cycles that some reader can go round: their edges in order, the edge that closes it last."""
    reach, closing = project.reach, set[Edge]()
    for cycle in cycles(project.graph):
        conditional = any(edge.when or edge.unless for edge in cycle)
        if not conditional or cycle[-1] in reach.back:
            closing.add(cycle[-1])
            yield cycle
    for edge in dict.fromkeys(reach.back):
        around = reach.order.cycle_members[edge.source]
        if not any(other.source in around for other in closing):
            yield (*_shortest_path(reach, project.graph.enter(edge.target), edge.source), edge)


def _shortest_path(reach: Reachability, begin: NodeRef, end: NodeRef) -> list[Edge]:
    """The shortest path between two nodes over edges that some reader takes."""
    paths: dict[NodeRef, list[Edge]] = {begin: []}
    for ref in (waiting := [begin]):
        for edge in reach.order.graph.outgoing[ref]:
            target = reach.order.graph.enter(edge.target)
            if edge in reach.along and target not in paths:
                paths[target] = [*paths[ref], edge]
                waiting.append(target)
    return paths[end]
