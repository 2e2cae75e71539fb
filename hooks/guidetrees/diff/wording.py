"""How the things of two versions are said in the site's words: a part, a field's value, a place, an answer."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from guidetrees.diff.changes import Lead, Part
from guidetrees.diff.versions import Versions
from guidetrees.graph.graph import MET, UNMET, Graph, NodeRef
from guidetrees.messages.words import Words
from guidetrees.parse.model import Node, Outcome, Question
from guidetrees.project.project import Project

WIDTH = 78
"""Letters on a line: mails are quoted with signs in front."""
STEP = "  "

FIELDS = {
    "title": "diff_title",
    "summary": "diff_summary",
    "intro": "diff_intro",
    "reviewed": "review_last",
    "review_months": "diff_months",
    "owner": "review_owner",
    "order": "diff_place",
    "start": "diff_begins",
    "first": "diff_first",
    "short": "diff_short",
    "keywords": "diff_keywords",
    "updates": "updates",
    "question": "diff_wording",
    "checklist": "diff_wording",
    "outcome": "diff_wording",
    "answer": "diff_wording",
    "item": "diff_wording",
    "help": "diff_help",
    "guide": "diff_guide",
    "answers": "diff_answers",
    "items": "diff_items",
    "hint": "diff_hint",
    "goto": "review_to",
    "met": "diff_met",
    "unmet": "diff_unmet",
    "verdict": "diff_verdict",
    "text": "diff_text",
    "parts": "diff_parts",
    "when": "diff_when",
    "contacts": "ask",
    "next": "next",
    "name": "review_name",
    "url": "diff_url",
    "email": "email",
    "phone": "phone",
    "topics": "ask_about",
    "checked": "diff_checked",
    "date": "diff_from",
    "source": "source",
    "seen": "diff_seen",
}
"""The words for a field of the model. One that is not here is called as authors write it."""
KINDS = {
    "tree": "tree",
    "question": "question",
    "checklist": "checklist",
    "outcome": "diff_outcome",
    "answer": "diff_answer",
    "item": "diff_item",
    "part": "diff_part",
    "contact": "diff_contact",
    "update": "update",
    "page": "diff_page",
}
"""The words for what a thing is."""


@dataclass(frozen=True)
class Telling:
    """Two versions and the words to tell them in."""

    versions: Versions
    words: Words

    def quoted(self, words: str) -> str:
        return self.words.say("diff_quoted", words=words)

    def named(self, table: Mapping[str, str], name: str) -> str:
        """The words for a field or a kind of thing."""
        return self.words[table[name]].rstrip(":") if name in table else name


def part_words(telling: Telling, part: Part) -> str:
    id = f" ({part.id})" if part.id else ""
    return f"{telling.named(KINDS, part.kind)} {telling.quoted(part.title)}{id}"


def sayer(telling: Telling, field: str, kind: str) -> Callable[[Project, str | None, Any], str]:
    """How the values of a field are said."""
    named = {"guide": _section, "contacts": _contact, "updates": _update}
    words = telling.words

    def say(project: Project, tree: str | None, value: Any) -> str:
        if isinstance(value, Lead):
            return _lead(telling, project, value, tree)
        if isinstance(value, NodeRef):
            return place_words(telling, project, value, tree)
        if isinstance(value, date):
            return words.day(value)
        if kind == "kind":
            return telling.named(KINDS, value)
        if field == "verdict":
            return words[f"verdict_{value}"]
        if field in named:
            return named[field](telling, project, str(value))
        return telling.quoted(str(value))

    return say


def _section(telling: Telling, project: Project, reference: str) -> str:
    section = project.section(reference)
    return f"{telling.quoted(section.label)} ({reference})" if section else reference


def _contact(telling: Telling, project: Project, id: str) -> str:
    contact = (project.contacts or {}).get(id)
    return f"{telling.quoted(contact.name)} ({id})" if contact else id


def _update(telling: Telling, project: Project, id: str) -> str:
    update = (project.updates or {}).get(id)
    return f"{telling.quoted(update.title)} ({id})" if update else id


def _lead(telling: Telling, project: Project, lead: Lead, home: str | None) -> str:
    """Where an answer leads, after what it depends on."""
    words = telling.words
    asked = [_condition(telling, project, node, answers) for node, answers in lead.asked]
    when = [words.say("when", answers=f" {words['when_and']} ".join(asked))] if asked else []
    case = ", ".join([*([words["otherwise"]] if lead.otherwise else []), *when])
    if not lead.target:
        return case
    place = place_words(telling, project, lead.target, home)
    return f"{case}: {place};" if case else place


def _condition(telling: Telling, project: Project, node: NodeRef, answers: Sequence[str]) -> str:
    asked = project.trees[node.tree].nodes[node.node]
    assert asked, "read in full"
    said = f" {telling.words['when_or']} ".join(telling.quoted(_answer(telling, asked, id)) for id in answers)
    return telling.words.say("when_answer", answer=said, question=asked.title)


def place_words(telling: Telling, project: Project, address: NodeRef, home: str | None) -> str:
    """A node with its title and verdict, or another tree."""
    tree = project.trees[address.tree]
    foreign = f"{telling.named(KINDS, 'tree')} {telling.quoted(tree.title)}"
    if not address.node:
        return f"{foreign} ({tree.id})"
    node = tree.nodes[address.node]
    assert node, "read in full"
    verdict = f" – {telling.words[f'verdict_{node.verdict}']}" if isinstance(node, Outcome) else ""
    words = f"{telling.quoted(node.title)} ({node.id}){verdict}"
    return words if address.tree == home else f"{foreign}, {words}"


def said_words(telling: Telling, graph: Graph, address: NodeRef, answer: str) -> str:
    node = graph.node(address)
    return f"{node.title} {telling.quoted(_answer(telling, node, answer))}"


def _answer(telling: Telling, node: Node, answer: str) -> str:
    """An answer of a node in words; its id where there is none."""
    words = {MET: telling.words["met"], UNMET: telling.words["unmet"]}
    if isinstance(node, Question):
        words = {str(one.id): str(one.answer) for one in node.answers or ()}
    return words.get(answer, answer)


def wrapped(text: str, depth: int) -> Iterable[str]:
    """A line as deep as it stands, folded where it is too long."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=STEP * depth,
        subsequent_indent=STEP * (depth + 1),
        break_long_words=False,
        break_on_hyphens=False,
    )
