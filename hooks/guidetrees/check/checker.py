"""Every rule over a whole project, in one run.

Nothing is rendered while one rule finds something, so a page never shows half a tree. Warnings and notes keep
nothing from being published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from guidetrees.check.rules import conditions, names, publisher, references, reviews, scenarios, unused, warnings
from guidetrees.check.rules import markdown as texts
from guidetrees.check.rules import paths as ways
from guidetrees.check.rules import permanent_urls as lasting
from guidetrees.graph.decision_diagram import TooManyCombinations
from guidetrees.graph.graph import whens
from guidetrees.project.build_day import build_day
from guidetrees.project.project import Project, gc_paused
from guidetrees.project.references import readable_nodes
from guidetrees.source.location import Location, Problem

Rule = Callable[[Project], Iterator[Problem]]
Level = Literal["error", "warning", "note"]

READING = "language"
"""The rule of what cannot be read as the tree language, which is found while reading."""

RULES: tuple[Rule, ...] = (
    names.tree_names,
    names.tree_aliases,
    names.short_names,
    names.node_aliases,
    references.start_exists,
    references.answers_lead_on,
    references.next_exists,
    references.contacts_exist,
    references.updates_exist,
    references.sections_exist,
    conditions.conditions_name_answers,
    conditions.cases_are_ordered,
    conditions.cases_cover_all,
    conditions.cases_fit_some_reader,
    conditions.nodes_are_not_contradictory,
    ways.answers_differ,
    ways.nodes_are_reached,
    ways.no_cycles,
    scenarios.scenarios_hold,
    lasting.moves_lead_on,
    lasting.addresses_last,
    texts.markup_is_plain,
)

WARNINGS: tuple[Rule, ...] = (warnings.answers_change_something, warnings.graver_answers_lead_to_no_milder_verdict)

NOTES: tuple[Rule, ...] = (
    unused.contacts_unused,
    unused.updates_unused,
    unused.sections_uncited,
    publisher.publisher_is_named,
)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A problem, how much it matters, and the rule that found it."""

    problem: Problem
    level: Level
    rule: str

    def __str__(self) -> str:
        """The line that authors read."""
        mark = "" if self.level == "error" else f"{self.level}: "
        return f"{self.problem.location}: {mark}{self.problem.message}"


def check(project: Project, on: date | None = None) -> list[Problem]:
    """Every problem of `project` on a day (default: the build's), sorted by place. Raises InvalidBuildDay."""
    return sorted({finding.problem for finding in errors(project, on)})


@gc_paused()
def errors(project: Project, on: date | None = None) -> list[Finding]:
    """What keeps `project` from being published, sorted by place."""
    found = [Finding(problem, "error", READING) for problem in project.problems]
    if entangled := _entangled(project):
        return sorted([*found, Finding(entangled, "error", READING)])
    found += _found(project, RULES, "error")
    if project.settings.strict_review:
        found += _overdue(project, on, "error")
    return sorted(found)


@gc_paused()
def hints(project: Project, on: date | None = None) -> list[Finding]:
    """What is worth knowing of `project`, which has no problems: warnings and notes, sorted by place."""
    found = [*_found(project, WARNINGS, "warning"), *_found(project, NOTES, "note")]
    return sorted([*found, *_overdue(project, on, "warning")])


def rule_id(rule: Callable[..., object]) -> str:
    """A rule's name, as its page and other programs call it."""
    return rule.__name__.replace("_", "-")


def _found(project: Project, rules: tuple[Rule, ...], level: Level) -> list[Finding]:
    return [Finding(problem, level, rule_id(rule)) for rule in rules for problem in rule(project)]


def _entangled(project: Project) -> Problem | None:
    """What is wrong where conditions cannot be judged: said once, at the tree that has the most of them."""
    try:
        _ = project.reach
    except TooManyCombinations as error:
        most = max(
            project.trees.values(), key=lambda tree: sum(1 for node in readable_nodes(tree) for _ in whens(node))
        )
        return Problem(Location(most.file), str(error))
    return None


def _overdue(project: Project, on: date | None, level: Level) -> list[Finding]:
    found = reviews.trees_are_reviewed(project, on or build_day())
    return [Finding(problem, level, rule_id(reviews.trees_are_reviewed)) for problem in found]
