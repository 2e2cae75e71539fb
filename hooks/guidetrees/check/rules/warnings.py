"""What is no mistake in the file and may well be one in the matter: an answer that changes nothing, a graver
answer that leads to a milder verdict."""

from __future__ import annotations

from collections.abc import Iterator

from guidetrees.check.rule_examples import shown_by
from guidetrees.graph.decision_diagram import Diagram
from guidetrees.graph.graph import NodeRef, conditions, exits, whens
from guidetrees.graph.reachability import Reachability, ends_of
from guidetrees.parse.model import Outcome, Question, Tree
from guidetrees.project.project import Project
from guidetrees.project.references import readable_nodes
from guidetrees.source.location import Problem


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
def answers_change_something(project: Project) -> Iterator[Problem]:
    """The answers to a question make a difference: they lead elsewhere, or a case or part further on asks for
    them."""
    found = project.reach
    for tree in project.trees.values():
        for node in readable_nodes(tree):
            address = NodeRef(tree.id, str(node.id))
            if isinstance(node, Question) and found.is_reachable(address):
                ways = {tuple(_ways(found, address, answer).items()) for answer, _ in exits(node)}
                if len(ways) == 1 and not _is_asked_for(found, address, {answer for answer, _ in exits(node)}):
                    words = f"every answer to '{node.id}' leads the same way, and nothing asks for it further on"
                    yield Problem(node.id.location, f"{words}: is the question needed?")


def _ways(found: Reachability, address: NodeRef, answer: str) -> dict[NodeRef, Diagram]:
    """Where an answer leads, and the readers whom it leads there."""
    ways: dict[NodeRef, Diagram] = {}
    for edge in found.map.graph.outgoing[address]:
        if edge.answer == answer:
            target = found.map.graph.enter(edge.target)
            ways[target] = found.diagrams.union(ways.get(target, 0), found.along.get(edge, 0))
    return {target: ways[target] for target in sorted(ways) if ways[target] != 0}


def _is_asked_for(found: Reachability, address: NodeRef, answers: set[str]) -> bool:
    """Whether some condition, which can fit, tells the answers of a question apart."""
    for by in found.map.asked.get(address, ()):
        for when in whens(found.map.graph.node(by)):
            for asked, fitting in conditions(when, by.tree):
                if asked == address and not answers <= fitting and found.fitting(by, when) != 0:
                    return True
    return False


@shown_by(
    failing="""
strictness: [yes, no]
nodes:
  kind:
    question: Is it the only copy?
    answers:
      - answer: Yes
        graver: true
        goto: lend
      - answer: No
        goto: stay
""",
    mended="""
strictness: [yes, no]
nodes:
  kind:
    question: Is it the only copy?
    answers:
      - answer: Yes
        graver: true
        goto: stay
      - answer: No
        goto: lend
""",
)
def graver_answers_lead_to_no_milder_verdict(project: Project) -> Iterator[Problem]:
    """An answer marked as `graver` leads to no verdict that is milder than all that the others lead to.

    Milder is what stands before in the tree's `strictness`.
    """
    for tree in project.trees.values():
        rank = {str(verdict): number for number, verdict in enumerate(tree.strictness)}
        for node in readable_nodes(tree):
            marked = [a for a in (isinstance(node, Question) and node.answers) or () if a.graver]
            if not rank:
                words = "graver: this tree has no `strictness` to tell milder verdicts by"
                yield from (Problem(answer.location, words) for answer in marked)
            elif marked and project.reach.is_reachable(NodeRef(tree.id, str(node.id))):
                assert isinstance(node, Question)
                yield from _milder(project.reach, tree, node, rank)


def _milder(found: Reachability, tree: Tree, node: Question, rank: dict[str, int]) -> Iterator[Problem]:
    address = NodeRef(tree.id, str(node.id))
    mildest = {
        str(answer.id): min(_ranked(found, ends_of(found, address, str(answer.id)), rank), default=None)
        for answer in node.answers or ()
    }
    others = [mildest[str(answer.id)] for answer in node.answers or () if not answer.graver]
    least = min((other for other in others if other), default=None)
    for answer in node.answers or ():
        own = mildest[str(answer.id)]
        if answer.graver and own and least and own[0] < least[0]:
            verdicts = {number: verdict for verdict, number in rank.items()}
            words = f"the graver answer '{answer.answer}' can lead to '{own[1].node}' ({verdicts[own[0]]})"
            milder = f"milder than all that the others lead to ({verdicts[least[0]]})"
            yield Problem(answer.location, f"graver: {words}, {milder}")


def _ranked(found: Reachability, ends: set[NodeRef], rank: dict[str, int]) -> Iterator[tuple[int, NodeRef]]:
    for end in ends:
        outcome = found.map.graph.node(end)
        if isinstance(outcome, Outcome) and outcome.verdict in rank:
            yield rank[outcome.verdict], end
