"""Random trees without rounds, written as files with random texts in them."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from helpers import (
    lay_out,
    write,
)
from hypothesis import strategies as st

from guidetrees.graph.graph import NodeRef
from guidetrees.messages.words import read_words
from guidetrees.project.project import Project, read_project
from guidetrees.project.urls import page_url
from guidetrees.source.characters import meant_word

WORDS = read_words("en")


# Random trees


@dataclass(frozen=True)
class Spot:
    """A node of a random tree, with texts to be filled in."""

    tree: int
    node: int
    targets: tuple[int, ...]
    """Positions in the plan; none for an outcome."""
    checklist: bool
    short: bool
    """Whether it names another tree's start by the tree alone."""
    one_way: str = ""
    """What it is if it has one way on: a `step`, or a question of `several` answers."""

    @property
    def name(self) -> str:
        return f"n{self.node}"

    @property
    def address(self) -> NodeRef:
        return NodeRef(f"t{self.tree}", self.name)


@st.composite
def plans(draw: st.DrawFn, most: int = 9) -> tuple[Spot, ...]:
    """Trees without rounds, every node reached: a node leads only to positions behind its own."""
    trees = draw(st.lists(st.integers(0, 2), min_size=1, max_size=most))
    seen: dict[int, int] = {}
    places = []
    for tree in trees:
        places.append((tree, seen.get(tree, 0)))
        seen[tree] = seen.get(tree, 0) + 1
    targets: dict[int, list[int]] = {}
    for position, (_, node) in enumerate(places):
        if node:
            targets.setdefault(draw(st.integers(0, position - 1)), []).append(position)
    for source in list(targets):
        more = draw(st.lists(st.integers(source + 1, len(places) - 1), max_size=2))
        targets[source] = draw(st.permutations(targets[source] + more))
    return tuple(
        Spot(
            tree,
            node,
            tuple(leads if len(leads) != 1 or one_way else leads * 2),
            len(leads) < 3 and draw(st.booleans()),
            draw(st.booleans()),
            one_way,
        )
        for position, (tree, node) in enumerate(places)
        for leads in [targets.get(position, [])]
        for one_way in [draw(st.sampled_from(["", "step", "several"])) if len(leads) == 1 else ""]
    )


@dataclass
class Texts:
    """Hands out texts, and remembers which stand where."""

    line: Iterator[str]
    prose: Iterator[str]
    titles: dict[str, str] = field(default_factory=dict)
    """By page, from the site's root."""
    bodies: dict[str, str] = field(default_factory=dict)
    """By page: the Markdown of its intro, help or text."""
    answers: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """By page: the words of each answer and the page it leads to."""
    keywords: list[tuple[str, str]] = field(default_factory=list)
    """Each with its page."""

    def keyword(self, page: str) -> str:
        words = meant_word(next(self.line), is_id=False)
        self.keywords.append((words if words.strip() else "Word", page))
        return self.keywords[-1][0]


def write_trees(plan: tuple[Spot, ...], texts: Texts, root: Path) -> None:
    """The files of a plan. Each is JSON, which is YAML."""
    by_tree: dict[int, list[Spot]] = {}
    for spot in plan:
        by_tree.setdefault(spot.tree, []).append(spot)
    for tree, spots in by_tree.items():
        title = next(texts.line)
        intro = next(texts.prose)
        texts.titles[f"t{tree}/index.html"] = title
        texts.bodies[f"t{tree}/index.html"] = intro
        value = {
            "title": title,
            "summary": next(texts.line),
            "intro": intro,
            "owner": next(texts.line),
            "reviewed": "2026-11-24",
            "start": "n0",
            "aliases": [f"former-{tree}"],
            "short": f"s{tree}",
            "keywords": [texts.keyword(f"t{tree}/index.html")],
            "nodes": {spot.name: _node(spot, plan, texts) for spot in spots},
        }
        write(root, f"decision_trees/t{tree}.yml", json.dumps(value, ensure_ascii=False, indent=1))


def _node(spot: Spot, plan: tuple[Spot, ...], texts: Texts) -> dict[str, object]:
    title, page = next(texts.line), page_url(spot.address)
    texts.titles[page] = title
    texts.bodies[page] = body = next(texts.prose)
    targets = [plan[position] for position in spot.targets]
    gotos = [_reference(spot, target) for target in targets]
    pages = [
        page_url(NodeRef(target.address.tree) if goto.endswith(":") else target.address)
        for goto, target in zip(gotos, targets, strict=True)
    ]
    if not targets:
        texts.answers[page] = []
        return {
            "outcome": title,
            "verdict": "info",
            "text": body,
            "guide": ["rules.md#scope", "index.md#everyone"],
            "contacts": ["desk"],
            "keywords": [texts.keyword(page)],
            "next": [f"t{plan[0].tree}:"],
        }
    if spot.one_way:
        texts.answers[page] = [(WORDS["go_on"], pages[0])]
    if spot.one_way == "step":
        return {"step": title, "help": body, "contacts": ["desk"], "goto": gotos[0]}
    if spot.one_way == "several":
        among: list[dict[str, Any]] = [
            {"answer": f"{number} {next(texts.line)}", "id": f"a{number}", "hint": next(texts.line)}
            for number in range(3)
        ]
        among[2]["alone"] = True
        return {"question": title, "choose": "several", "help": body, "answers": among, "goto": gotos[0]}
    if spot.checklist:
        items = [
            {"item": next(texts.line), "hint": next(texts.line), "guide": "rules.md#time", "contacts": ["desk"]}
            for _ in range(2)
        ]
        texts.answers[page] = list(zip([WORDS["met"], WORDS["unmet"]], pages, strict=True))
        return {"checklist": title, "help": body, "items": items, "met": gotos[0], "unmet": gotos[1]}
    # A number before the words, since no two answers have the same.
    words = [f"{number} {next(texts.line)}" for number in range(len(gotos))]
    texts.answers[page] = list(zip(words, pages, strict=True))
    answers = [
        {"answer": word, "id": f"a{number}", "hint": next(texts.line), "goto": goto}
        for number, (word, goto) in enumerate(zip(words, gotos, strict=True))
    ]
    return {"question": title, "help": body, "answers": answers}


def _reference(spot: Spot, target: Spot) -> str:
    if target.tree == spot.tree:
        return target.name
    return f"{target.address.tree}:" if target.node == 0 and spot.short else str(target.address)


def cycled(texts: list[str]) -> Iterator[str]:
    while True:
        yield from texts


@cache
def base() -> Path:
    """The base without its own tree, laid out once; examples write their trees into it."""
    root = lay_out(None, Path(tempfile.mkdtemp()))
    (root / "decision_trees/other.yml").unlink()
    return root


def without_trees() -> Path:
    root = base()
    for path in (root / "decision_trees").glob("*.yml"):
        if path.name not in ("contacts.yml", "updates.yml"):
            path.unlink()
    return root


def read_plan(plan: tuple[Spot, ...], line_texts: list[str], prose_texts: list[str]) -> tuple[Project, Texts]:
    root = without_trees()
    texts = Texts(cycled(line_texts), cycled(prose_texts))
    write_trees(plan, texts, root)
    return read_project(root), texts
