"""Answers and conditions in words for readers."""

from __future__ import annotations

from guidetrees.graph.graph import MET, Edge, NodeRef, conditions
from guidetrees.parse.model import Answer, Node, Question, When
from guidetrees.render.context import Site
from guidetrees.source.location import LocatedStr


def kind_of(node: Node) -> str:
    """The kind of a node: `question`, `checklist` or `outcome`."""
    return type(node).__name__.lower()


def words_of(site: Site, edge: Edge) -> str:
    """The words of an edge's answer."""
    if answer := _answer(site, edge):
        return str(answer.answer)
    return site.words["met" if edge.answer == MET else "unmet"]


def hint_of(site: Site, edge: Edge) -> LocatedStr | None:
    """The hint below an edge's answer."""
    answer = _answer(site, edge)
    return answer.hint if answer else None


def _answer(site: Site, edge: Edge) -> Answer | None:
    """An edge's answer; None if the node is a checklist."""
    node = site.graph.node(edge.source)
    answers = (isinstance(node, Question) and node.answers) or ()
    return next((answer for answer in answers if answer.id == edge.answer), None)


def edge_words(site: Site, edge: Edge) -> str:
    """The words of an edge's answer, with the edge's condition."""
    answer, case = words_of(site, edge), case_words(site, edge)
    return site.words.say("case", answer=answer, when=case) if case else answer


def case_words(site: Site, edge: Edge) -> str | None:
    """The condition of an edge; None if it has none."""
    otherwise = [site.words["otherwise"]] if edge.unless else []
    when = [when_words(site, edge.when, edge.source.tree)] if edge.when else []
    return ", ".join([*otherwise, *when]) or None


def when_words(site: Site, when: When, tree: str) -> str:
    """The earlier answers that `when` requires. `tree` is the tree that contains it."""
    required = (_condition_words(site, node, answers) for node, answers in conditions(when, tree))
    conjunction = site.words["when_and"]
    return site.words.say("when", answers=f" {conjunction} ".join(required))


def _condition_words(site: Site, ref: NodeRef, answers: frozenset[str]) -> str:
    words = dict.fromkeys(words_of(site, e) for e in site.graph.outgoing[ref] if e.answer in answers)
    quoted = (site.words.say("quoted", words=answer) for answer in words)
    conjunction = site.words["when_or"]
    return site.words.say(
        "when_answer", answer=f" {conjunction} ".join(quoted), question=site.graph.node(ref).title
    )


def as_heading(words: str) -> str:
    """The words of a condition as a heading."""
    return f"{words[:1].upper()}{words[1:]}:"
