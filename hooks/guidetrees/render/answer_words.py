"""Answers, conditions and days in words for readers."""

from __future__ import annotations

from datetime import date

from guidetrees.graph.graph import Edge, NodeRef, conditions
from guidetrees.graph.node_kinds import Exit, exits
from guidetrees.parse.model import When
from guidetrees.render.context import Site


def words_of(site: Site, edge: Edge) -> str:
    """The words of an edge's answer."""
    exit_ = exit_of(site, edge)
    return str(exit_.words or site.words[exit_.id])


def exit_of(site: Site, edge: Edge) -> Exit:
    """The exit that an edge is a case of."""
    return next(exit_ for exit_ in exits(site.graph.node(edge.source)) if exit_.id == edge.answer)


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


def days_words(site: Site, first: date | None, last: date | None) -> str:
    """The days from `first` to `last`: `from January 1, 2027 up to and including March 31, 2027`. Empty if neither
    is a limit."""
    words = site.words
    begins = [words.say("first_day", date=words.day(first))] if first else []
    ends = [words.say("last_day", date=words.day(last))] if last else []
    return " ".join(begins + ends)


def as_heading(words: str) -> str:
    """The words of a condition, or of days, as a heading."""
    return f"{words[:1].upper()}{words[1:]}:"
