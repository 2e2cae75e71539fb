"""The answers in the address, as render/browser/state.js reads them: compared with walks that Python makes.

The functions run in a real browser, called with a tree's data and a page; no page of the site is needed.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from helpers import CASES, site_of, write
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser
from random_conditions import graph_of, trees
from state_script import REAL, SEE, TREES, bounded, hostile

from guidetrees.graph.graph import Edge, NodeRef, fits
from guidetrees.graph.node_kinds import CHOSEN, ONWARD, all_choices, answer_ids, choices, item_ids
from guidetrees.parse.model import Checklist, Outcome
from guidetrees.project.references import node_name
from guidetrees.render.assets import FIRST, RENDER
from guidetrees.render.context import Site
from guidetrees.render.tree_data import connected, tree_data

See = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def see(browser: Browser) -> Iterator[See]:
    """What a page shows for a fragment: `see(data, here, fragment, [step, …])`."""
    page = browser.new_page(bypass_csp=True)
    page.evaluate(f"window.seeAll = {SEE % (RENDER / FIRST).read_text('utf-8')}; 0")

    def call(data: str, here: str, fragment: str, choices: list[dict[str, Any]] | None = None) -> dict[str, Any]:
        (seen,) = page.evaluate("(calls) => seeAll(calls)", [[data, here, fragment, choices or []]])
        assert isinstance(seen, dict)
        return seen

    yield call
    page.close()


@cache
def data_of(tree: str) -> str:
    """The data of a real tree."""
    return tree_data(REAL, tree)


# Walks


@dataclass(frozen=True)
class Step:
    edge: Edge
    ticks: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()
    """The ids that are chosen among several answers."""

    def named(self, home: str) -> dict[str, Any]:
        step = {"key": node_name(self.edge.source, home), "answer": self.edge.answer, "ticks": list(self.ticks)}
        return {**step, "chosen": list(self.chosen)} if self.chosen else step

    @property
    def given(self) -> dict[NodeRef, frozenset[str]]:
        answer = self.chosen or (self.edge.answer,)
        return {self.edge.source: frozenset(answer)} if self.edge.is_answer else {}


def given_by(steps: list[Step]) -> dict[NodeRef, frozenset[str]]:
    return {ref: answer for step in steps for ref, answer in step.given.items()}


def taken(site: Site, at: NodeRef, before: list[Step]) -> list[Step]:
    """The steps that a reader can take from a node after others: each answer, and each choice among several."""
    among = [
        tuple(str(a.id) for a in choices(site.graph.node(at)) if a.id in ids)
        for ids in all_choices(site.graph.node(at))
    ]
    steps = [Step(edge, (), chosen) for chosen in among or [()] for edge in site.graph.outgoing[at]]
    return [step for step in steps if fits(step.edge, given_by([*before, step]))]


def fragment(steps: list[Step], home: str) -> str:
    given = [step.named(home) for step in steps if step.edge.is_answer]
    return "&".join(f"{s['key']}={'.'.join([*s.get('chosen', [s['answer']]), *s['ticks']])}" for s in given)


def without_passed(steps: list[Step]) -> list[Step]:
    """Without the steps of the tree at the end: a reader who has answered nothing after them is there."""
    while steps and not steps[-1].edge.is_answer:
        steps = steps[:-1]
    return steps


@st.composite
def walks(draw: st.DrawFn, site: Site = REAL, trees: tuple[str, ...] = tuple(TREES)) -> list[Step]:
    """A way from a tree's start to an outcome."""
    tree = draw(st.sampled_from(trees))
    address = site.graph.enter(NodeRef(tree))
    steps: list[Step] = []
    while site.graph.outgoing[address]:
        step = draw(st.sampled_from(taken(site, address, steps)))
        node = site.graph.node(address)
        ids = item_ids(node) if isinstance(node, Checklist) and step.edge.answer == "unmet" else []
        ticks = draw(st.sets(st.sampled_from(ids), max_size=len(ids) - 1)) if ids else set()
        steps.append(replace(step, ticks=tuple(id for id in ids if id in ticks)))
        address = site.graph.enter(step.edge.target)
    return steps


def steps_of(seen: list[dict[str, Any]]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Node, answer, and the ticks or what is chosen among several answers."""
    return [(step["key"], step["answer"], (*step["ticks"], *(step.get("chosen") or ()))) for step in seen]


def parts_of(seen: dict[str, Any]) -> list[list[dict[str, Any]]]:
    return [seen["past"], [seen["own"]] if seen["own"] else [], seen["later"]]


def wanted(steps: list[Step], home: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return steps_of([step.named(home) for step in steps])


@bounded
@given(walk=walks(), place=st.floats(0, 1))
def test_a_page_on_the_way_knows_what_was_answered_before_and_after_it(
    see: See, walk: list[Step], place: float
) -> None:
    here = round(place * len(walk))
    home = walk[0].edge.source.tree
    nodes = [step.edge.source for step in walk] + [REAL.graph.enter(walk[-1].edge.target)]
    seen = see(data_of(home), node_name(nodes[here], home), fragment(walk, home))
    assert steps_of(seen["past"]) == wanted(walk[:here], home)
    assert steps_of([seen["own"]] if seen["own"] else []) == wanted(walk[here : here + 1], home)
    assert steps_of(seen["later"]) == wanted(walk[here + 1 :], home)
    assert seen["misfit"] is False
    assert seen["address"] == "#" + fragment(walk, home)


@bounded
@given(walk=walks(), data=st.data())
def test_another_answer_keeps_the_later_ones_on_its_way_and_drops_the_rest(
    see: See, walk: list[Step], data: st.DataObject
) -> None:
    """The oracle: go on from the other answer as long as the walk has an answer for where one comes to."""
    here = data.draw(st.integers(0, len(walk) - 1))
    source = walk[here].edge.source
    home = source.tree
    other = data.draw(st.sampled_from(taken(REAL, source, walk[:here])))
    expected = [*walk[:here], other]
    by_node = {step.edge.source: step for step in walk[here + 1 :]}
    address = REAL.graph.enter(other.edge.target)
    while address in by_node:
        again = replace(by_node[address], ticks=())
        edges = [step.edge for step in taken(REAL, address, expected) if step.given == again.given]
        expected.append(replace(by_node[address], edge=edges[0]))
        address = REAL.graph.enter(edges[0].target)
    choice = other.named(home)
    seen = see(data_of(home), node_name(source, home), fragment(walk, home), [choice])
    end = expected[-1].edge.target
    page = f"{'' if end.tree == home else f'../{end.tree}/'}{end.node or 'index'}.html"
    assert seen["links"] == [f"{page}#{fragment(expected, end.tree)}"]


@settings(bounded, max_examples=200)
@given(tree=st.sampled_from(TREES), text=hostile, data=st.data())
def test_whatever_stands_in_the_address_a_page_shows_a_way_of_the_tree_that_leads_to_it(
    see: See, tree: str, text: str, data: st.DataObject
) -> None:
    graph = REAL.graph
    here = data.draw(st.sampled_from([a for a in graph.outgoing if a.tree == tree]))
    json_data = data_of(tree)
    seen = see(json_data, here.node, text)
    names = {node_name(address, tree): address for address in connected(graph, tree)}
    at = here
    for step in reversed(seen["past"]):
        source = names[step["key"]]
        assert at in targets_of(source, step["answer"])
        at = source
    reached = {here}
    for step in [*([seen["own"]] if seen["own"] else []), *seen["later"]]:
        assert names[step["key"]] in reached
        reached = targets_of(names[step["key"]], step["answer"])
    again = see(json_data, here.node, seen["address"].removeprefix("#"))
    assert again["misfit"] is False
    # What is left out leaves a gap, which a clean address does not have: there the only way is the way.
    assert steps_of(again["past"])[-len(seen["past"]) or len(again["past"]) :] == steps_of(seen["past"])
    assert [steps_of(part) for part in parts_of(again)[1:]] == [steps_of(part) for part in parts_of(seen)[1:]]
    steps = [step for part in parts_of(seen) for step in part]
    shown = {f"{step['key']}={id}" for step in steps for id in step.get("chosen") or [step["answer"]]}
    sent = re.sub("[^a-z0-9]+$", "", text.replace("&amp;", "&"))
    claimed = {part.partition(".")[0] for part in sent.split("&")} if "=" in text else set()
    assert seen["misfit"] or claimed <= shown


def targets_of(address: NodeRef, answer: str) -> set[NodeRef]:
    """Where the cases of an answer lead."""
    return {REAL.graph.enter(edge.target) for edge in REAL.graph.outgoing[address] if edge.answer == answer}


# What is left out


TREE = "er-det-digital-behandling"


BOTH = ["sundhedsfaglig", "konkret-patient"]


@pytest.mark.parametrize(
    ("text", "past", "misfit"),
    [
        ("", BOTH, False),  # only one answer to each leads here
        ("sundhedsfaglig", BOTH, False),  # a heading's name
        ("sundhedsfaglig=ja&konkret-patient=ja", BOTH, False),
        ("konkret-patient=ja&sundhedsfaglig=ja", BOTH, False),
        ("konkret-patient=ja", BOTH, False),
        ("sundhedsfaglig=nej&konkret-patient=ja", [], True),
        ("sundhedsfaglig=ja&konkret-patient=nej", [], True),
        ("sundhedsfaglig=ja&konkret-patient=maaske", BOTH, True),
        ("sundhedsfaglig=ja&gammelt=ja&konkret-patient=ja", BOTH, True),
        ("sundhedsfaglig=ja&sundhedsfaglig=nej&konkret-patient=ja", BOTH, True),
        ("sundhedsfaglig=ja.abc&konkret-patient=ja", BOTH, True),
        ("sundhedsfaglig=ja&konkret-patient=ja&", BOTH, False),  # as mail programs cut and write it
        ("sundhedsfaglig=ja&konkret-patient=ja.", BOTH, False),
        *(
            (f"sundhedsfaglig=ja&konkret-patient=ja{end}", BOTH, False)
            for end in (")", ",", ">", "\u00a0", "»).", "%")
        ),
        ("sundhedsfaglig=ja&konkret-patient=", BOTH, True),
        ("sundhedsfaglig=ja&amp;konkret-patient=ja", BOTH, False),
        ("sundhedsfaglig=ja&&konkret-patient=ja", BOTH, True),
        ("=", BOTH, True),
    ],
)
def test_what_does_not_fit_is_left_out_and_reported(see: See, text: str, past: list[str], misfit: bool) -> None:
    seen = see(data_of(TREE), "hvem", text)
    assert [step["key"] for step in seen["past"]] == past
    assert seen["misfit"] is misfit


def test_ticks_of_reworded_items_are_left_out(see: See) -> None:
    (address, node) = next((a, n) for a in REAL.graph.outgoing if isinstance(n := REAL.graph.node(a), Checklist))
    first, second, *_ = item_ids(node)
    text = f"{address.node}=unmet.{second}.ffffff.{first}"
    seen = see(data_of(address.tree), address.node, text)
    assert seen["own"]["ticks"] == [first, second]
    assert seen["misfit"] is True


@pytest.mark.parametrize(("answer", "ticks"), [("met", 1), ("unmet", None)])
def test_ticks_that_contradict_the_answer_are_left_out(see: See, answer: str, ticks: int | None) -> None:
    """All is met, with ticks; something is missing, with all ticked."""
    (address, node) = next((a, n) for a in REAL.graph.outgoing if isinstance(n := REAL.graph.node(a), Checklist))
    text = ".".join([f"{address.node}={answer}", *item_ids(node)[:ticks]])
    seen = see(data_of(address.tree), address.node, text)
    assert (seen["own"]["answer"], seen["own"]["ticks"], seen["misfit"]) == (answer, [], True)


# Cases that depend on earlier answers


def site_with(text: str) -> Site:
    """A site of the one tree `t`."""
    graph = graph_of(text)
    return replace(REAL, project=replace(REAL.project, trees=dict(graph.trees)), graph=graph)


@bounded
@given(text=trees(), data=st.data())
def test_a_page_follows_the_cases_that_fit(see: See, text: str, data: st.DataObject) -> None:
    """The oracle: a reader who goes along the edges that `fits` allows."""
    site = site_with(text)
    at, steps = NodeRef("t", "q0"), list[Step]()
    while site.graph.outgoing[at]:
        steps.append(data.draw(st.sampled_from(taken(site, at, steps))))
        at = site.graph.enter(steps[-1].edge.target)
    here = data.draw(st.integers(0, len(steps)))
    node = steps[here].edge.source if here < len(steps) else at
    open_here = taken(site, node, steps[:here])
    seen = see(tree_data(site, "t"), node.node, fragment(steps, "t"), [step.named("t") for step in open_here])
    ahead = without_passed(steps[here:])
    assert steps_of(seen["past"]) == wanted(steps[:here], "t")
    assert steps_of([seen["own"]] if seen["own"] else []) == wanted(ahead[:1], "t")
    assert steps_of(seen["later"]) == wanted(ahead[1:], "t")
    assert seen["misfit"] is False
    for step, link in zip(open_here, seen["links"], strict=True):
        before = [*steps[:here], step]
        later: dict[NodeRef, frozenset[str]] = given_by(steps[here + 1 :])
        after: list[Step] = []
        target = site.graph.enter(step.edge.target)
        while follows := [
            s
            for s in taken(site, target, [*before, *after])
            if s.given == ({target: later[target]} if target in later else {})
        ]:
            after.append(follows[0])
            target = site.graph.enter(after[-1].edge.target)
        kept = [*before, *without_passed(after)]
        end, text = site.graph.enter(kept[-1].edge.target), fragment(kept, "t")
        assert link == f"{end.node}.html" + (f"#{text}" if text else "")


@settings(bounded, max_examples=150)
@given(text=trees(), data=st.data())
def test_whatever_answers_stand_in_the_address_they_are_a_way_that_cases_allow(
    see: See, text: str, data: st.DataObject
) -> None:
    site = site_with(text)
    graph = site.graph
    nodes = [(ref, graph.node(ref)) for ref in graph.outgoing]
    named_answers = [f"{ref.node}={id}" for ref, node in nodes for id in answer_ids(node)]
    named_answers += [
        f"{ref.node}={'.'.join(sorted(ids))}" for ref, node in nodes for ids in all_choices(node) if len(ids) > 1
    ]
    claimed = data.draw(st.lists(st.sampled_from(named_answers), max_size=6, unique=True))
    here = data.draw(st.sampled_from(sorted(graph.outgoing)))
    seen = see(tree_data(site, "t"), here.node, "&".join(claimed))
    steps = [step for part in parts_of(seen) for step in part]
    known = seen["past"] and seen["past"][0]["key"] == "q0"
    given_before: dict[NodeRef, frozenset[str]] = {}
    for step, following in zip(steps, [*steps[1:], None], strict=False):
        source = NodeRef("t", step["key"])
        edges = [edge for edge in graph.outgoing[source] if edge.answer == step["answer"]]
        is_known = step["answer"] != CHOSEN or "chosen" in step
        if step["answer"] != ONWARD and is_known:
            given_before[source] = frozenset(step.get("chosen", [step["answer"]]))
        if (known or source.node == "q0") and is_known:
            edges = [edge for edge in edges if fits(edge, given_before)]
        if following:
            assert following["key"] in [graph.enter(edge.target).node for edge in edges]
    shown = {f"{step['key']}={'.'.join(step.get('chosen') or [step['answer']])}" for step in steps}
    assert seen["misfit"] or set(claimed) <= shown


# Across trees


def test_answers_go_along_into_another_tree_and_back(see: See, tmp_path: Path) -> None:
    site = site_of(CASES / "valid/every-key.yml", tmp_path)
    here, there = "every-key", "other"
    seen = see(tree_data(site, here), "first", "", [{"key": "first", "answer": "nej", "ticks": []}])
    (link,) = seen["links"]
    assert link == "../other/kind.html#every-key:first=nej"
    seen = see(tree_data(site, there), "kind", link.partition("#")[2])
    assert steps_of(seen["past"]) == [("every-key:first", "nej", ())]
    assert seen["misfit"] is False


FORMER = """title: Former
summary: One line.
reviewed: 2026-11-24
start: foerst
aliases: [former]
nodes:
  foerst:
    question: First?
    aliases: [begin, constructor]
    answers:
      - answer: Ja
        goto: anden
      - answer: Nej
        goto: "other:"
  anden:
    question: Second?
    aliases: [second]
    answers:
      - answer: Ja
        goto: slut
      - answer: Nej
        goto: slut
  slut:
    outcome: The end
    verdict: yes
    guide: rules.md#time
"""


def test_former_names_of_nodes_are_read_as_the_names_they_have(see: See, tmp_path: Path) -> None:
    write(tmp_path, "decision_trees/renamed.yml", FORMER)
    site = site_of(None, tmp_path)
    data = tree_data(site, "renamed")
    for first, second in itertools.product(("foerst", "begin", "constructor"), ("anden", "second")):
        seen = see(data, "slut", f"{first}=ja&{second}=nej")
        assert steps_of(seen["past"]) == [("foerst", "ja", ()), ("anden", "nej", ())]
        assert (seen["misfit"], seen["address"]) == (False, "#foerst=ja&anden=nej")
    assert see(data, "slut", "foerst=ja&begin=ja&anden=nej")["misfit"] is True
    assert see(data, "slut", "toString=ja&anden=nej")["misfit"] is True
    there = tree_data(site, "other")
    for name in ("renamed:foerst", "renamed:begin", "former:foerst", "former:begin"):
        seen = see(there, "kind", f"{name}=nej")
        assert (steps_of(seen["past"]), seen["misfit"]) == ([("renamed:foerst", "nej", ())], False)
    assert "former" not in json.loads(tree_data(site_of(None, tmp_path / "without"), "other"))


def test_the_data_of_a_tree_names_every_answer_and_item() -> None:
    for tree in REAL.project.trees.values():
        data = json.loads(data_of(tree.id))
        assert (data["title"], data["tree"], data["start"]) == (tree.title, tree.id, tree.start)
        assert {key for key in data["nodes"] if ":" not in key} == set(tree.nodes)
        for key, node in tree.nodes.items():
            entry = data["nodes"][key]
            edges = REAL.graph.outgoing[NodeRef(tree.id, key)]
            assert [(id, case[0]) for id, _, cases in entry.get("answers", []) for case in cases] == [
                (edge.answer, node_name(REAL.graph.enter(edge.target), tree.id)) for edge in edges
            ]
            assert ("items" in entry) == isinstance(node, Checklist)
            assert bool(entry.get("answers")) != isinstance(node, Outcome)


PIECES = [
    "=",
    "&",
    ".",
    ":",
    "&amp;",
    "%",
    "%00",
    "%E0%A4%A",
    "map-",
    "list-",
    "#",
    "..",
    "/",
    "ja",
    "met",
    "unmet",
    "<img src=x onerror=1>",
    "javascript:",
    "__proto__",
    "constructor",
    "toString",
    "\u2028",
    "\ud800",
    "\x00",
    "x" * 1000,
    "=ja&" * 50,
]


@st.composite
def fragments(draw: st.DrawFn) -> tuple[str, str, str]:
    """A tree, one of its nodes, and a fragment of answers that has been changed."""
    tree = draw(st.sampled_from(TREES))
    answers = [
        f"{address.node}={edge.answer}"
        for address, edges in REAL.graph.outgoing.items()
        if address.tree == tree
        for edge in edges
    ]
    here = draw(st.sampled_from(["", *(a.node for a in REAL.graph.outgoing if a.tree == tree)]))
    text = "&".join(draw(st.lists(st.sampled_from(answers), max_size=8)))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        cut = draw(st.integers(0, 3))
        text = text[:at] + draw(st.sampled_from(PIECES) | st.text(max_size=3)) + text[at + cut :]
    return tree, here, text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def test_any_fragment_is_read_without_an_error_and_written_clean(browser: Browser) -> None:
    """Hundreds of them in one call: what throws or never ends fails it."""
    found: list[tuple[str, str, str]] = [
        (TREES[0], "", "&".join(f"n{i}=ja" for i in range(50_000))),
        (TREES[0], "", "=" * 100_000),
        (TREES[0], "", "a-" * 100_000 + "=b"),
        (TREES[0], "", "a=b" + ".c" * 100_000 + "!"),
        (TREES[0], "", "&map-" + "a-" * 100_000 + "!"),
    ]

    @settings(max_examples=400)
    @given(fragments())
    def collect(one: tuple[str, str, str]) -> None:
        found.append(one)

    collect()
    page = browser.new_page(bypass_csp=True)
    calls = [[data_of(tree), here, text, []] for tree, here, text in found]
    seen = page.evaluate(SEE % (RENDER / FIRST).read_text("utf-8"), calls)
    page.close()
    assert len(seen) == len(found) > 300
    for one in seen:
        assert re.fullmatch(r"(?:#(?:[a-z0-9:-]+=[a-z0-9-]+(?:\.[a-z0-9]+)*&?)+)?", one["address"]), one["address"]
