"""Answers and conditions in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable

from guidetrees.graph.graph import Edge, NodeRef, conditions
from guidetrees.graph.node_kinds import Exit, exits
from guidetrees.parse.model import When
from guidetrees.render.context import Site
from guidetrees.source.location import LocatedStr


def words_of(site: Site, edge: Edge) -> str:
    """The words of the answer that an edge belongs to."""
    exit_ = _exit(site, edge)
    return str(exit_.words or site.words[exit_.id])


def hint_of(site: Site, edge: Edge) -> LocatedStr | None:
    """The hint under an answer."""
    return _exit(site, edge).hint


def _exit(site: Site, edge: Edge) -> Exit:
    return next(exit_ for exit_ in exits(site.graph.node(edge.source)) if exit_.id == edge.answer)


def edge_words(site: Site, edge: Edge) -> str:
    """The answer's words, with the condition under which it leads along `edge`."""
    answer, case = words_of(site, edge), case_words(site, edge)
    return site.words.say("case", answer=answer, when=case) if case else answer


def case_words(site: Site, edge: Edge) -> str | None:
    """The condition under which an answer leads along `edge`; None where it always does."""
    otherwise = [site.words["otherwise"]] if edge.unless else []
    when = [when_words(site, edge.when, edge.source.tree)] if edge.when else []
    return ", ".join([*otherwise, *when]) or None


def when_words(site: Site, when: When, tree: str) -> str:
    """The earlier answers that `when` (written in `tree`) requires."""
    required = (_condition_words(site, node, answers) for node, answers in conditions(when, tree))
    return site.words.say("when", answers=_joined(required, site.words["when_and"]))


def _condition_words(site: Site, ref: NodeRef, answers: frozenset[str]) -> str:
    words = dict.fromkeys(words_of(site, e) for e in site.graph.outgoing[ref] if e.answer in answers)
    quoted = (site.words.say("quoted", words=answer) for answer in words)
    joined = _joined(quoted, site.words["when_or"])
    return site.words.say("when_answer", answer=joined, question=site.graph.node(ref).title)


def _joined(words: Iterable[str], by: str) -> str:
    return f" {by} ".join(words)


def as_heading(words: str) -> str:
    """The words of a condition as the heading of what depends on it."""
    return f"{words[:1].upper()}{words[1:]}:"
