"""The ways that a tree's scenarios take, walked by clicks in a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page

from guidetrees.messages.words import read_words
from guidetrees.parse.model import Question, Scenario, Tree

WORDS = read_words("da")
Click = Callable[[Page, str], None]
"""Gives the answer of these words on a page."""


def answer_words(tree: Tree, node: str, answer: str) -> str:
    asked = tree.nodes[node]
    words = {str(a.id): str(a.answer) for a in (isinstance(asked, Question) and asked.answers) or ()}
    return words.get(answer) or WORDS[answer]


def node_of(page: Page) -> str:
    """The node whose page is open."""
    return Path(urlsplit(page.url).path).stem


def given_in(scenario: Scenario) -> dict[str, str]:
    """A scenario's answers by the nodes that ask for them."""
    return {str(node): str(answer) for node, answer in scenario.answers or ()}


def walk_all(page: Page, tree: Tree, click: Click) -> Iterator[list[Scenario]]:
    """Walks the ways of all scenarios, from the tree's first question on, which is open. Stops wherever there is
    nothing left to answer, for the caller to look around, and gives the scenarios that end there.

    Many scenarios begin alike. What they share is clicked once: where they part, the reader goes on from the
    address, which holds all the answers so far."""
    yield from _walk(page, tree, list(tree.scenarios), click)


def _walk(page: Page, tree: Tree, scenarios: list[Scenario], click: Click) -> Iterator[list[Scenario]]:
    if not page.locator(".gt-answers").count():
        yield scenarios
        return
    address, node = page.url, node_of(page)
    for answer, taking in _by_answer(scenarios, node).items():
        if page.url != address:
            page.goto(address)
        click(page, answer_words(tree, node, answer))
        yield from _walk(page, tree, taking, click)


def _by_answer(scenarios: list[Scenario], node: str) -> dict[str, list[Scenario]]:
    found: dict[str, list[Scenario]] = {}
    for scenario in scenarios:
        found.setdefault(given_in(scenario)[node], []).append(scenario)
    return found
