"""A document for review: the screens, paths and scenarios of one or more trees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, islice, takewhile

from markupsafe import Markup

from guidetrees.check.rules.scenarios import ScenarioResult, run_scenario
from guidetrees.graph.graph import Edge, Given, NodeRef, conditions, holds
from guidetrees.graph.node_kinds import answer_ids, choices
from guidetrees.graph.outline import nodes_in_order, seen_from_tree
from guidetrees.graph.paths import Path, count_paths, paths
from guidetrees.parse.model import Tree
from guidetrees.project.references import node_name
from guidetrees.project.urls import page_url
from guidetrees.render.answer_words import case_words, words_of, words_on_path
from guidetrees.render.components.verdict import verdict_words
from guidetrees.render.context import Site

STEP_BREAK = "<br>\n"


@dataclass(frozen=True, slots=True)
class Target:
    """A screen of the document's tree, another tree, or a screen of another tree."""

    number: int | None
    """None where this is not a screen of the document's tree."""
    title: str
    tree: str | None
    """The other tree's title, where this is one of its screens."""
    verdict_words: str | None
    href: str


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer with the screen that asks for it and where it leads."""

    question: Target
    words: str
    case: str | None
    """The condition under which it leads there."""
    hint: str | None
    target: Target


@dataclass(frozen=True, slots=True)
class PathRow:
    """A path through a tree."""

    edges: tuple[Edge, ...]
    steps: Markup
    """The answers, each with its question."""
    end: Target
    count: str | None
    """How many combinations of answers take it, in words of the language, where several can be chosen."""
    scenarios: str
    """The names of the scenarios on this path."""
    href: str
    """The page at its end, with the answers as the browser writes them; from the site's root."""


@dataclass(frozen=True, slots=True)
class PathTable:
    """The first paths through a tree. Numbers are in words of the language."""

    count: str
    listed: str
    left_out: str | None
    rows: list[PathRow]
    ends: list[tuple[Target, str]]
    """Where the paths that are left out end, and how many."""


@dataclass(frozen=True, slots=True)
class Trials:
    """What the scenarios of all trees try. One may continue in another tree."""

    results: dict[str, list[ScenarioResult]]
    """By the id of the tree, in the order of its scenarios."""
    edges: Set[Edge]
    chosen: dict[NodeRef, Set[str]]
    """The answers that are given at each node."""


def trials(site: Site) -> Trials:
    """The scenarios of all trees, run once for all documents."""
    trees = site.project.trees.values()
    results = {tree.id: [run_scenario(one, tree, site.graph) for one in tree.scenarios] for tree in trees}
    chosen: dict[NodeRef, set[str]] = {}
    edges = set[Edge]()
    for result in chain.from_iterable(results.values()):
        edges.update(result.edges)
        for ref, ids in result.given.items():
            chosen.setdefault(ref, set()).update(ids)
    return Trials(results, edges, {**chosen})


@dataclass(frozen=True)
class Document:
    """One or more trees for review, on a page in the folder `review`."""

    site: Site
    trees: tuple[Tree, ...]
    trials: Trials
    _targets: dict[tuple[str, NodeRef], Target] = field(default_factory=dict)
    _steps: dict[tuple[str, Edge, frozenset[str] | None], Markup] = field(default_factory=dict)
    """The steps of its paths, by tree and by what is chosen."""

    @cached_property
    def numbers(self) -> dict[NodeRef, int]:
        """The number of every screen in its tree."""
        lists = (nodes_in_order(self.site.graph, tree.id) for tree in self.trees)
        return {ref: number for refs in lists for number, ref in enumerate(refs, 1)}

    def untried(self, tree: Tree, edge: Edge) -> Iterator[GivenAnswer]:
        """What no scenario answers: the edge, or those of several answers that none has chosen."""
        chosen = self.trials.chosen.get(edge.source, frozenset())
        among = map(str, (answer.id for answer in choices(self.site.graph.node(edge.source))))
        missing = [id for id in among if id not in chosen]
        yield from (self.given(tree, edge, {id}) for id in missing if _may_take(edge, id))
        if edge.is_choice and not missing and edge not in self.trials.edges:
            yield self.given(tree, edge)

    def link(self, ref: NodeRef) -> str:
        """The address of a screen or a tree: in this document, or in the tree's own."""
        anchor = f"#{ref.tree}.{ref.node}" if ref.node else f"#{ref.tree}"
        return anchor if any(tree.id == ref.tree for tree in self.trees) else f"{ref.tree}.html{anchor}"

    def target(self, tree: Tree, ref: NodeRef) -> Target:
        """`ref` as seen from `tree`, made once."""
        if (tree.id, ref) not in self._targets:
            self._targets[tree.id, ref] = self._target(tree, ref)
        return self._targets[tree.id, ref]

    def _target(self, tree: Tree, ref: NodeRef) -> Target:
        site, shown = self.site, seen_from_tree(self.site.graph, tree.id, ref)
        node = site.graph.node(shown) if shown.node else None
        other, title = shown.tree != tree.id, site.project.trees[shown.tree].title
        return Target(
            number=None if other else self.numbers[shown],
            title=node.title if node else title,
            tree=title if other and node else None,
            verdict_words=verdict_words(site, node) if node else None,
            href=self.link(shown),
        )

    def given(
        self, tree: Tree, edge: Edge, chosen: Set[str] = frozenset(), at: NodeRef | None = None
    ) -> GivenAnswer:
        """An answer of `tree`, or of another tree that leads into it; of several, those of `chosen`. It is named
        at its own node, or `at` another."""
        among = choices(self.site.graph.node(edge.source))
        words = " · ".join(answer.answer for answer in among if answer.id in chosen)
        return GivenAnswer(
            question=self.target(tree, edge.source),
            words=words or words_of(self.site, edge),
            case=case_words(self.site, edge, at or edge.source),
            hint=edge.exit.hint,
            target=self.target(tree, edge.target),
        )

    def steps(self, tree: Tree, edges: Sequence[Edge], given: Given | None = None) -> Markup:
        """Answers one after another, each with its screen. Many paths begin alike, so steps are kept.

        `given` has what is chosen among several answers; without it, that is left open.
        """
        none = frozenset[str]()
        chosen = (None if given is None else given.get(edge.source, none) for edge in edges)
        steps = (self._step(tree, edge, ids) for edge, ids in zip(edges, chosen, strict=True))
        return Markup(STEP_BREAK.join(steps))

    def _step(self, tree: Tree, edge: Edge, chosen: frozenset[str] | None) -> Markup:
        key = tree.id, edge, chosen
        if key not in self._steps:
            step = self.given(tree, edge, chosen or frozenset())
            words = words_on_path(self.site, edge) if chosen is None else step.words
            self._steps[key] = Markup(self.site.render("pages/review/step.html", step=step, words=words))
        return self._steps[key]

    def paths(self, tree: Tree, most: int) -> PathTable:
        """The first paths through a tree, at most `most`."""
        number, left = self.site.words.number, count_paths(self.site.graph, tree.id)
        count, names = left.total(), self._scenario_names(tree)
        listed = list(islice(paths(self.site.graph, tree.id), most))
        for path in listed:
            left[path.end] -= path.count
        shown = sum(path.count for path in listed)
        return PathTable(
            count=number(count),
            listed=number(shown),
            left_out=number(count - shown) if count > shown else None,
            rows=[self._path(tree, path, names) for path in listed],
            ends=[(self.target(tree, end), number(rest)) for end, rest in left.items() if rest],
        )

    def _scenario_names(self, tree: Tree) -> dict[tuple[Edge, ...], list[str]]:
        names: dict[tuple[Edge, ...], list[str]] = {}
        for scenario, result in zip(tree.scenarios, self.trials.results[tree.id], strict=True):
            # A path ends where it enters another tree. A scenario may continue.
            own = takewhile(lambda edge: edge.source.tree == tree.id, result.edges)
            names.setdefault(tuple(own), []).append(scenario.name)
        return names

    def _path(self, tree: Tree, path: Path, names: dict[tuple[Edge, ...], list[str]]) -> PathRow:
        return PathRow(
            edges=path.edges,
            steps=self.steps(tree, path.edges),
            end=self.target(tree, path.end),
            count=self.site.words.number(path.count) if path.count > 1 else None,
            scenarios="; ".join(names.get(path.edges, ())),
            href=self._url(path),
        )

    def _url(self, path: Path) -> str:
        """The page at the end of a path, with its answers: those to one question in the tree's order."""
        ids = {ref: answer_ids(self.site.graph.node(ref)) for ref in path.given}
        given = {ref: ".".join(id for id in ids[ref] if id in chosen) for ref, chosen in path.given.items()}
        answers = "&".join(f"{node_name(ref, path.end.tree)}={answer}" for ref, answer in given.items())
        return f"{page_url(path.end)}#{answers}" if answers else page_url(path.end)


def _may_take(edge: Edge, id: str) -> bool:
    """Whether a reader who chooses this answer, and no other, may go this way, whatever the earlier answers."""
    tree, own = edge.source.tree, {edge.source: frozenset([id])}
    asked = conditions(edge.when, tree) if edge.when else ()
    matches = all(id in ids for ref, ids in asked if ref == edge.source)
    return matches and not any(holds(when, tree, own) for when in edge.unless)
