"""The ways that a tree's scenarios take, and what a page shows on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page

from guidetrees.check.rules.scenarios import run_scenario
from guidetrees.graph.graph import build_graph
from guidetrees.graph.node_kinds import choices, words_of_answer
from guidetrees.messages.words import read_words
from guidetrees.parse.model import Scenario, Tree

WORDS = read_words("da")
Click = Callable[[Page, Tree, str, str], None]
"""Gives a node of a tree an answer on its page, which is open."""


def answer_words(tree: Tree, node: str, answer: str) -> str:
    """An answer as the trail has it; several are joined by dots, as in addresses."""
    asked = tree.nodes[node]
    assert asked
    return " · ".join(words_of_answer(asked, id) or WORDS[id] for id in answer.split("."))


def is_selection(tree: Tree, node: str) -> bool:
    """Whether several answers can be chosen."""
    asked = tree.nodes[node]
    return bool(asked and choices(asked))


ASKING = ".gt-answers, .gt-choices"
"""The answers of a page that asks."""


def node_of(page: Page) -> str:
    """The node whose page is open."""
    return Path(urlsplit(page.url).path).stem


def given_in(scenario: Scenario) -> dict[str, str]:
    """A scenario's answers by the nodes that ask for them; several are joined by dots, as in addresses."""
    return {str(node): ".".join(map(str, answers)) for node, answers in scenario.answers or ()}


def walk_all(page: Page, tree: Tree, click: Click) -> Iterator[list[Scenario]]:
    """Walks the ways of all scenarios, from the tree's first question on, which is open. Stops wherever there is
    nothing left to answer, for the caller to look around, and gives the scenarios that end there.

    Many scenarios begin alike. What they share is clicked once: where they part, the reader goes on from the
    address, which holds all the answers so far."""
    yield from _walk(page, tree, list(tree.scenarios), click)


def pass_steps(page: Page) -> None:
    """Goes on from steps, which ask nothing."""
    while page.locator(".gt[data-here].gt-step").count():
        with page.expect_navigation(wait_until="domcontentloaded"):
            page.locator("#next").click()


def _walk(page: Page, tree: Tree, scenarios: list[Scenario], click: Click) -> Iterator[list[Scenario]]:
    pass_steps(page)
    if not page.locator(ASKING).count():
        yield scenarios
        return
    address, node = page.url, node_of(page)
    for answer, taking in _by_answer(scenarios, node).items():
        if page.url != address:
            page.goto(address)
        click(page, tree, node, answer)
        yield from _walk(page, tree, taking, click)


def _by_answer(scenarios: list[Scenario], node: str) -> dict[str, list[Scenario]]:
    found: dict[str, list[Scenario]] = {}
    for scenario in scenarios:
        found.setdefault(given_in(scenario)[node], []).append(scenario)
    return found


def longest_scenario(tree: Tree) -> Scenario:
    return max(tree.scenarios, key=lambda scenario: len(given_in(scenario)))


@dataclass
class State:
    """A page with the answers that a scenario has given before it."""

    node: str
    given: dict[str, str]
    """Answers by the nodes that ask for them, in the order of the way."""
    leads_on: dict[str, str] = field(default_factory=dict)
    """The addresses, from the tree's folder, that scenarios go on to, by the answer; none at an end."""

    @property
    def fragment(self) -> str:
        return "&".join(f"{node}={answer}" for node, answer in self.given.items())


def states_of(tree: Tree) -> list[State]:
    """Every page with answers that a scenario of the tree passes, each once."""
    states: dict[tuple[str, tuple[tuple[str, str], ...]], State] = {}
    graph = build_graph({tree.id: tree})
    for scenario in tree.scenarios:
        edges = run_scenario(scenario, tree, graph).edges
        nodes = [*(edge.source.node for edge in edges), str(scenario.outcome)]
        given: dict[str, str] = {}
        for edge, (node, following) in zip(edges, pairwise(nodes), strict=True):
            state = states.setdefault((node, tuple(given.items())), State(node, dict(given)))
            if edge.is_answer:
                given[node] = given_in(scenario)[node]
            after = states.setdefault((following, tuple(given.items())), State(following, dict(given)))
            state.leads_on[given.get(node, edge.answer)] = f"{following}.html#{after.fragment}"
    return list(states.values())


# What a page shows of answers. What cannot be seen is left out, but for links with answers.
SHOWN = """
(startOver) => {
  const all = (css, inside = document) => [...inside.querySelectorAll(css)];
  const seen = (e) => e.checkVisibility({ visibilityProperty: true });
  const fold = (text) => text.trim().replace(/\\s+/g, " ");
  const texts = (css, inside) => all(css, inside).map((e) => fold(e.textContent));
  const list = document.querySelector(".gt-trail:not([hidden]) ol.gt-steps");
  const rows = list ? [...list.children] : [];
  return {
    links: all("a[href*='=']").map((a) => a.getAttribute("href")).filter((href) => !/^(mailto|https):/.test(href))
      .map((href) => href.slice(href.indexOf("#") + 1)),
    answers: all(".gt-answer, .gt-step .gt-onward").map((e) => [e.dataset.answer, e.querySelector("a").href]),
    next: document.getElementById("next")?.href,
    counted: all(".gt-top__answers").some(seen),
    reported: all(".gt-report__answers").length,
    steps: all(".gt-step").length,
    ways: all(".gt-ways").length,
    heading: texts("#your-answers")[0],
    self: document.querySelector(".gt-trail__self a")?.getAttribute("href"),
    presumed: all(".gt-presumed").map((e) => !e.hidden),
    trail: rows.flatMap((row) => texts(".gt-step__question", row).map((question, i) =>
      [question, texts(".gt-step__answer", row)[i]])),
    misfits: all(".gt-misfit").length,
    over: all("a").filter((a) => seen(a) && fold(a.textContent) === startOver).map((a) => a.href),
  };
}"""

# The same after the page that is open is opened with one group of answers after the other: the script reads them
# when the address changes.
SHOWN_WITH = f"""async ([fragments, startOver]) => {{
  const shown = [];
  for (const fragment of fragments) {{
    if (location.hash.slice(1) !== fragment) {{
      const changed = new Promise((done) => window.onhashchange = () => setTimeout(done));
      location.hash = fragment;
      await changed;
    }}
    shown.push(({SHOWN})(startOver));
  }}
  return shown;
}}"""
