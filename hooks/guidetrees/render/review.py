"""The documents that a tree's experts sign off: screens, ways, scenarios, and what no scenario tries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, takewhile
from types import SimpleNamespace

from markupsafe import Markup

from guidetrees.check.rules.reviews import due
from guidetrees.check.rules.scenarios import ScenarioResult, run_scenario
from guidetrees.graph.graph import Edge, NodeRef
from guidetrees.graph.outline import nodes_in_order, seen_from_tree
from guidetrees.graph.paths import Path, count_paths, paths
from guidetrees.parse.model import Checklist, Node, Outcome, Scenario, Tree
from guidetrees.project.references import node_name
from guidetrees.project.urls import PARENT, REVIEW, page_url
from guidetrees.render import views
from guidetrees.render.map import tree_map as maps
from guidetrees.render.views import Site, edge_words, words_of

STEP_BREAK = Markup("<br>\n")
MOST_WAYS = 200
"""Ways through a tree that a document lists."""
MOST_SCREENS = 500
"""Screens of all trees that are shown in one document as well: it is still read and printed in one piece."""


@dataclass(frozen=True)
class Document:
    """One or more trees for review, on a page in the folder REVIEW."""

    site: Site
    trees: tuple[Tree, ...]

    @cached_property
    def numbers(self) -> dict[NodeRef, int]:
        """Every screen's number in its tree."""
        lists = (nodes_in_order(self.site.graph, tree.id) for tree in self.trees)
        return {address: number for nodes in lists for number, address in enumerate(nodes, 1)}

    @cached_property
    def tried(self) -> set[Edge]:
        """The answers that scenarios give, of all trees: one may lead on into another."""
        trees = self.site.project.trees.values()
        walks = (_walk(self, tree, scenario) for tree in trees for scenario in tree.scenarios)
        return {edge for walked in walks for edge in walked.edges}

    def link(self, address: NodeRef) -> str:
        """To a screen or a tree: in this document, or in the tree's own."""
        anchor = f"#{address.tree}.{address.node}" if address.node else f"#{address.tree}"
        return anchor if address.tree in self._ids else f"{address.tree}.html{anchor}"

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(tree.id for tree in self.trees)

    @cached_property
    def _steps(self) -> dict[tuple[str, Edge], Markup]:
        return {}

    def steps(self, tree: Tree, edges: Iterable[Edge]) -> Markup:
        """Answers one after another, each with the screen that asks for it. Many ways have the same in common."""
        return STEP_BREAK.join(self._step(tree, edge) for edge in edges)

    def _step(self, tree: Tree, edge: Edge) -> Markup:
        key = tree.id, edge
        if key not in self._steps:
            self._steps[key] = self.site.render("review/step.html", step=_given(self, tree, edge))
        return self._steps[key]

    @property
    def sheet(self) -> maps.Sheet:
        return maps.Sheet(lambda _: self.link, numbers=self.numbers)

    def show(self) -> list[SimpleNamespace]:
        """What is shown of each tree."""
        return [_tree(self, tree) for tree in self.trees]

    def ways(self, tree: Tree, most: int) -> SimpleNamespace:
        """The first ways through a tree, how many there are, and where those that are left out end."""
        words = self.site.words
        names: dict[tuple[Edge, ...], list[str]] = {}
        for scenario in tree.scenarios:
            # A way ends where it enters another tree; a scenario may go on.
            own = takewhile(lambda edge: edge.source.tree == tree.id, _walk(self, tree, scenario).edges)
            names.setdefault(tuple(own), []).append(scenario.name)
        left = count_paths(self.site.graph, tree.id)
        count = left.total()
        listed = list(islice(paths(self.site.graph, tree.id), most))
        left.subtract(way.end for way in listed)
        return SimpleNamespace(
            count=words.number(count),
            listed=words.number(len(listed)),
            left_out=words.number(count - len(listed)) if count > len(listed) else None,
            rows=[_way(self, tree, way, names) for way in listed],
            ends=[
                SimpleNamespace(target=_target(self, tree, end), count=words.number(number))
                for end, number in left.items()
                if number
            ],
        )


def _tree(document: Document, tree: Tree) -> SimpleNamespace:
    site = document.site
    assert tree.reviewed, "checked before"
    return SimpleNamespace(
        id=tree.id,
        title=tree.title,
        href=PARENT + page_url(NodeRef(tree.id)),
        file=tree.file,
        summary=tree.summary,
        intro=views.prose(site, tree, tree.intro, REVIEW),
        updates=[views.update(site, name, PARENT) for name in tree.updates],
        owner=tree.owner,
        last_reviewed=site.words.day(tree.reviewed),
        due=site.words.day(due(tree.reviewed, tree.review_months)),
        pictures=maps.pictures(site, document.sheet, tree.id),
        screens=list(_screens(document, tree)),
        ways=_with_steps(document, tree, document.ways(tree, MOST_WAYS)),
        scenarios=[_scenario(document, tree, scenario) for scenario in tree.scenarios],
        untried=[_given(document, tree, edge) for edge in untried(document, tree)],
        **views.foot(site, tree, f"{REVIEW}/{tree.id}.html", tree.title),
    )


def untried(document: Document, tree: Tree) -> Iterator[Edge]:
    """The answers of a tree that no scenario gives, screen by screen."""
    for address in nodes_in_order(document.site.graph, tree.id):
        yield from (edge for edge in document.site.graph.outgoing[address] if edge not in document.tried)


# Screens


def _screens(document: Document, tree: Tree) -> Iterator[SimpleNamespace]:
    quoted: dict[str, int] = {}
    for address in nodes_in_order(document.site.graph, tree.id):
        yield _screen(document, tree, address, quoted)


def _screen(document: Document, tree: Tree, address: NodeRef, quoted: dict[str, int]) -> SimpleNamespace:
    """A screen with all that its page says. The guide's words stand where the document first needs them."""
    site, node, number = document.site, document.site.graph.node(address), document.numbers[address]
    return SimpleNamespace(
        id=f"{address.tree}.{address.node}",
        number=number,
        title=node.title,
        kind=site.words[views.kind_of(node)],
        verdict_words=_verdict(site, node),
        href=PARENT + page_url(address),
        page=page_url(address),
        reached=[_given(document, tree, edge) for edge in site.graph.incoming.get(address, ())],
        text=views.prose(site, tree, node.text if isinstance(node, Outcome) else node.help, REVIEW),
        parts=views.parts(site, tree, node, REVIEW),
        points=views.points(site, node) if isinstance(node, Checklist) else [],
        answers=[_answer(document, tree, edge) for edge in site.graph.outgoing[address]],
        contacts=[views.contact(site, name) for name in node.contacts] if isinstance(node, Outcome) else [],
        next=[_target(document, tree, target) for target in views.coming(site, tree, node)],
        updates=[views.update(site, name, PARENT) for name in node.updates],
        sections=[_section(site, reference, number, quoted) for reference in dict.fromkeys(map(str, node.guide))],
    )


def _section(site: Site, reference: str, number: int, quoted: dict[str, int]) -> SimpleNamespace:
    section = views.section(site, reference)
    section.under = quoted.get(reference)
    section.place = reference
    quoted.setdefault(reference, number)
    return section


def _answer(document: Document, tree: Tree, edge: Edge) -> SimpleNamespace:
    return SimpleNamespace(
        words=edge_words(document.site, edge),
        hint=views.hint_of(document.site, edge),
        target=_target(document, tree, edge.target),
    )


def _target(document: Document, tree: Tree, target: NodeRef) -> SimpleNamespace:
    """A screen of the tree by number and title, or another tree or a screen of one by its title."""
    graph, shown = document.site.graph, seen_from_tree(document.site.graph, tree.id, target)
    node = graph.node(shown) if shown.node else None
    foreign = shown.tree != tree.id
    return SimpleNamespace(
        number=None if foreign else document.numbers[shown],
        title=node.title if node else document.site.project.trees[shown.tree].title,
        tree=document.site.project.trees[shown.tree].title if foreign and node else None,
        kind=document.site.words["tree"] if foreign else None,
        verdict_words=_verdict(document.site, node),
        href=document.link(shown),
    )


def _given(document: Document, tree: Tree, edge: Edge) -> SimpleNamespace:
    """An answer with the screen that asks for it and where it leads."""
    return SimpleNamespace(
        question=_target(document, tree, edge.source),
        words=words_of(document.site, edge),
        case=views.case_words(document.site, edge),
        target=_target(document, tree, edge.target),
    )


def _verdict(site: Site, node: Node | None) -> str | None:
    return site.words[f"verdict_{node.verdict}"] if isinstance(node, Outcome) else None


# Ways and scenarios


def _with_steps(document: Document, tree: Tree, found: SimpleNamespace) -> SimpleNamespace:
    """Ways whose rows say their answers."""
    for row in found.rows:
        row.steps = document.steps(tree, row.edges)
    return found


def _way(document: Document, tree: Tree, way: Path, names: dict[tuple[Edge, ...], list[str]]) -> SimpleNamespace:
    return SimpleNamespace(
        edges=way.edges,
        end=_target(document, tree, way.end),
        scenarios="; ".join(names.get(way.edges, ())),
        href=_address(way),
    )


def _address(way: Path) -> str:
    """The page that a way leads to, from the site's root, with the answers as the browser writes them."""
    answers = "&".join(f"{node_name(edge.source, way.end.tree)}={edge.answer}" for edge in way.edges)
    return f"{page_url(way.end)}#{answers}" if answers else page_url(way.end)


def _scenario(document: Document, tree: Tree, scenario: Scenario) -> SimpleNamespace:
    """A scenario with its result. Its wanted outcome is the one it leads to: nothing is rendered else."""
    walked = _walk(document, tree, scenario)
    return SimpleNamespace(
        name=scenario.name,
        steps=document.steps(tree, walked.edges),
        end=_target(document, tree, walked.end),
    )


def _walk(document: Document, tree: Tree, scenario: Scenario) -> ScenarioResult:
    return run_scenario(scenario, tree, document.site.graph)
