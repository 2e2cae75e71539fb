"""The answers of a question or checklist as links."""

from __future__ import annotations

from dataclasses import dataclass

from guidetrees.graph.graph import Edge, NodeRef
from guidetrees.project.urls import relative_url
from guidetrees.render.answer_words import as_heading, case_words, words_of
from guidetrees.render.context import Site


@dataclass(frozen=True, slots=True)
class AnswerLink:
    """An answer, or one of its cases."""

    edge: Edge
    words: str
    when: str | None
    """The condition of the case, as a heading."""
    hint: str | None
    href: str


def answer_links(site: Site, ref: NodeRef) -> list[AnswerLink]:
    """The answers of a node in the author's order. An answer with several cases has a link for each."""
    return [_answer_link(site, edge, ref.tree) for edge in site.graph.outgoing[ref]]


def _answer_link(site: Site, edge: Edge, home: str) -> AnswerLink:
    case = case_words(site, edge, edge.source)
    return AnswerLink(
        edge=edge,
        words=words_of(site, edge),
        when=as_heading(case) if case else None,
        hint=edge.exit.hint,
        href=relative_url(edge.target, home),
    )
