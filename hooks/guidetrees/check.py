"""Every rule over a whole project, in one run.

Nothing is rendered while one rule finds something, so a page never shows half a tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .project import Project
from .rules import names, references, scenarios, texts, unused, ways
from .source import Problem

Rule = Callable[[Project], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    names.tree_names,
    names.tree_aliases,
    names.node_aliases,
    references.start_exists,
    references.answers_lead_on,
    references.next_exists,
    references.contacts_exist,
    references.updates_exist,
    references.sections_exist,
    ways.answers_differ,
    ways.nodes_are_reached,
    ways.no_cycles,
    scenarios.scenarios_hold,
    texts.markup_is_plain,
)

NOTES: tuple[Rule, ...] = (unused.contacts_unused, unused.updates_unused, unused.sections_uncited)


def check(project: Project) -> list[Problem]:
    """Every problem of `project`, sorted by place."""
    found = (problem for rule in RULES for problem in rule(project))
    return sorted({*project.problems, *found})


def notes(project: Project) -> list[Problem]:
    """What is worth knowing and no mistake, sorted by place."""
    return sorted(note for rule in NOTES for note in rule(project))
