"""The answers that lead to a page, and the guide's words behind the questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from guidetrees.graph.graph import Edge, NodeRef, ancestors
from guidetrees.project.references import node_name
from guidetrees.project.urls import relative_url
from guidetrees.render.answer_words import case_words, edge_words, words_of
from guidetrees.render.components.quote import Quote, quote
from guidetrees.render.context import Site


@dataclass(frozen=True, slots=True)
class OtherAnswer:
    """Another answer to a question of the trail, and where it leads."""

    words: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Sections:
    """The guide's words behind a question. A page quotes each section once."""

    key: str
    """The question's node as the script names it."""
    question: str
    href: str
    quoted: list[Quote]
    named: list[Quote]
    """Sections that the page quotes elsewhere."""


@dataclass(frozen=True, slots=True)
class Step:
    """An answer on the only path to a page."""

    question: str
    answer: str
    href: str
    """The address of the question."""
    change: str
    """The name of the link to it."""
    others: list[OtherAnswer]
    behind: Sections | None
    """None where the page does not show the guide's words behind a question."""


@dataclass(frozen=True, slots=True)
class LastAnswer:
    """One of several answers that lead to a page."""

    words: str
    question: str
    case: str | None
    """The condition under which it leads here."""
    href: str


@dataclass(frozen=True, slots=True)
class Trail:
    """What is known, without a reader's answers, of how readers come to a page."""

    steps: list[Step]
    """The answers of the only path; none where there are several paths."""
    ways: list[LastAnswer]
    """The last answers of the paths, where there are several."""
    behind: list[Sections]
    """The questions that may have led to an outcome, where there are several paths."""
    start_over: str


NO_TRAIL = Trail([], [], [], "")


def question_trail(
    site: Site, ref: NodeRef, path: tuple[Edge, ...] | None, edges: Iterable[Edge], start_over: str
) -> Trail:
    """The trail of a node that asks. `path` is the only one to it, if there is one; `edges` lead to it."""
    if path is None:
        return Trail([], [_last_answer(site, edge, ref.tree) for edge in edges], [], start_over)
    return Trail([_step(site, edge, ref.tree, [], None) for edge in path], [], [], start_over)


def outcome_trail(
    site: Site, ref: NodeRef, path: tuple[Edge, ...] | None, edges: Iterable[Edge], start_over: str
) -> Trail:
    """The trail of an outcome, with the guide's words behind each question and where other answers lead."""
    shown = set(map(str, site.graph.node(ref).guide))
    if path:
        return Trail(list(_reasons(site, path, ref.tree, shown)), [], [], start_over)
    ways = [_last_answer(site, edge, ref.tree) for edge in edges] if path is None else []
    return Trail([], ways, list(_questions_behind(site, ref, shown)), start_over)


def _reasons(site: Site, path: Iterable[Edge], home: str, shown: set[str]) -> Iterator[Step]:
    quoted = set(shown)
    for edge in path:
        others = [_other(site, other, home) for other in site.graph.outgoing[edge.source] if other != edge]
        yield _step(site, edge, home, others, _sections(site, edge.source, home, quoted))
        quoted.update(map(str, site.graph.node(edge.source).guide))


def _step(site: Site, edge: Edge, home: str, others: list[OtherAnswer], behind: Sections | None) -> Step:
    question = site.graph.node(edge.source).title
    return Step(
        question=question,
        answer=words_of(site, edge),
        href=relative_url(edge.source, home),
        change=site.words.say("give_what", question=question),
        others=others,
        behind=behind,
    )


def _last_answer(site: Site, edge: Edge, home: str) -> LastAnswer:
    case = case_words(site, edge)
    return LastAnswer(
        words=site.words.say("way_here", answer=words_of(site, edge)),
        question=site.graph.node(edge.source).title,
        case=f"({case})" if case and edge.when else None,
        href=relative_url(edge.source, home),
    )


def _questions_behind(site: Site, ref: NodeRef, shown: set[str]) -> Iterator[Sections]:
    """The nodes that may have led to `ref` and rest on the guide. Each has all of its sections, as a reader has
    passed only some of the nodes."""
    for source in ancestors(site.graph, ref):
        if site.graph.node(source).guide:
            yield _sections(site, source, ref.tree, shown)


def _sections(site: Site, source: NodeRef, home: str, quoted: set[str]) -> Sections:
    """The guide's words behind a node; those in `quoted` are only named, one for each label."""
    references = dict.fromkeys(map(str, site.graph.node(source).guide))
    named = (quote(site, reference) for reference in references if reference in quoted)
    return Sections(
        key=node_name(source, home),
        question=site.graph.node(source).title,
        href=relative_url(source, home),
        quoted=[quote(site, reference) for reference in references if reference not in quoted],
        named=list({section.label: section for section in named}.values()),
    )


def _other(site: Site, edge: Edge, home: str) -> OtherAnswer:
    return OtherAnswer(
        words=site.words.say("had_you", answer=edge_words(site, edge)),
        title=site.graph.node(site.graph.enter(edge.target)).title,
        href=relative_url(edge.target, home),
    )
