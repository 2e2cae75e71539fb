"""Answers, conditions and days in words for readers."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from guidetrees.graph.graph import Edge, NodeRef, conditions
from guidetrees.graph.node_kinds import answer_ids, choices, words_of_answer
from guidetrees.parse.model import When
from guidetrees.render.context import Site


def words_of(site: Site, edge: Edge) -> str:
    """The words of an edge's answer; of a step and of several answers, those of its way on."""
    return str(edge.exit.words or site.words[edge.answer])


def edge_words(site: Site, edge: Edge) -> str:
    """The words of an edge's answer, with the edge's condition."""
    answer, case = words_of(site, edge), case_words(site, edge, edge.source)
    return site.words.say("case", answer=answer, when=case) if case else answer


def words_on_path(site: Site, edge: Edge) -> str:
    """The words of an edge's answer on a path, which leaves open what is chosen among several answers: with the
    edge's condition if it asks for that. Any other condition is met by the answers before it."""
    asked = (ref for when in (edge.when, *edge.unless) if when for ref, _ in conditions(when, edge.source.tree))
    is_open = any(choices(site.graph.node(ref)) for ref in asked)
    return edge_words(site, edge) if is_open else words_of(site, edge)


def case_words(site: Site, edge: Edge, at: NodeRef | None) -> str | None:
    """The condition of an edge, in words for the node `at`; None if it has none."""
    otherwise = [site.words["otherwise"]] if edge.unless else []
    when = [when_words(site, edge.when, edge.source.tree, at)] if edge.when else []
    return ", ".join([*otherwise, *when]) or None


def when_words(site: Site, when: When, tree: str, here: NodeRef | None = None) -> str:
    """The answers that `when` requires, before the node `here` or at it. `tree` is the tree that contains it.

    Answers that must be chosen together are named with their question once.
    """
    required = []
    for ref, asked in groupby(conditions(when, tree), key=lambda condition: condition[0]):
        answers = [ids for _, ids in asked]
        together = [frozenset().union(*answers)] if all(len(ids) == 1 for ids in answers) else answers
        conjunction = "when_and" if len(together) < len(answers) else "when_or"
        required += [_condition_words(site, ref, ids, conjunction, here) for ids in together]
    return site.words.say("when", answers=f" {site.words['when_and']} ".join(required))


def _condition_words(
    site: Site, ref: NodeRef, answers: frozenset[str], conjunction: str, here: NodeRef | None
) -> str:
    node = site.graph.node(ref)
    among = [id for id in answer_ids(node) if id in answers]
    quoted = (site.words.say("quoted", words=words_of_answer(node, id) or site.words[id]) for id in among)
    given = f" {site.words[conjunction]} ".join(quoted)
    if ref == here:
        return site.words.say("when_here", answer=given)
    return site.words.say("when_answer", answer=given, question=node.title)


def days_words(site: Site, first: date | None, last: date | None) -> str:
    """The days from `first` to `last`: `from January 1, 2027 up to and including March 31, 2027`. Empty if neither
    is a limit."""
    words = site.words
    begins = [words.say("first_day", date=words.day(first))] if first else []
    ends = [words.say("last_day", date=words.day(last))] if last else []
    return " ".join(begins + ends)


def as_heading(words: str) -> str:
    """The words of a condition, or of days, as a heading."""
    return f"{capitalised(words)}:"


def capitalised(words: str) -> str:
    """The words as the beginning of a line."""
    return f"{words[:1].upper()}{words[1:]}"
