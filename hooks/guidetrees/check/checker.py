"""Runs all rules on a project, in one pass.

An error of any rule stops the build before anything is rendered, so a page never shows half a tree. Warnings and
notes do not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from guidetrees.check.rule_examples import AnyRule
from guidetrees.check.rules import (
    cases,
    conditions,
    days,
    markdown,
    names,
    notes,
    paths,
    permanent_urls,
    plugins,
    quotes,
    references,
    reviews,
    scenarios,
    settings,
    warnings,
)
from guidetrees.graph.decision_diagram import TooManyCombinations
from guidetrees.graph.graph import whens
from guidetrees.messages.message import Message, say
from guidetrees.project.build_day import build_day
from guidetrees.project.project import Project, gc_paused
from guidetrees.project.references import all_nodes
from guidetrees.source.location import Location, Problem

Rule = Callable[[Project], Iterator[Problem]]
DayRule = Callable[[Project, date], Iterator[Problem]]
Level = Literal["error", "warning", "note"]

LEVELS: dict[Level, str] = {"error": "", "warning": say("warning: "), "note": say("note: ")}
"""What a line says of its level."""

READING = "language"
"""The id of the rule that files can be read as the tree language, which is checked while reading."""

RULES: tuple[Rule, ...] = (
    names.tree_names,
    names.tree_aliases,
    names.short_names,
    names.node_aliases,
    references.start_exists,
    references.answers_lead_on,
    references.next_exists,
    references.contacts_exist,
    days.successors_exist,
    days.successors_take_over,
    references.updates_exist,
    references.sections_exist,
    references.pages_link_to_pages,
    quotes.quotes_are_whole,
    conditions.conditions_name_answers,
    days.parts_have_days,
    cases.cases_are_ordered,
    cases.cases_cover_all,
    cases.cases_fit_some_reader,
    conditions.nodes_are_not_contradictory,
    paths.answers_differ,
    paths.several_can_be_chosen,
    paths.nodes_are_reached,
    paths.no_cycles,
    scenarios.scenarios_hold,
    permanent_urls.moves_lead_on,
    permanent_urls.addresses_last,
    markdown.markup_is_plain,
    settings.settings_work,
    plugins.plugins_fit,
    names.pages_are_not_the_engines,
)

WARNINGS: tuple[Rule, ...] = (
    warnings.answers_change_something,
    warnings.graver_answers_lead_to_no_milder_verdict,
    warnings.placeholders_are_replaced,
    settings.trees_are_in_the_site,
    quotes.quotes_have_no_signs,
)

OF_THE_DAY: tuple[DayRule, ...] = (
    reviews.trees_are_reviewed,
    days.parts_are_still_shown,
    days.contacts_are_still_there,
)
"""Warnings that depend on the day."""

NOTES: tuple[Rule, ...] = (
    notes.contacts_unused,
    notes.updates_unused,
    notes.sections_uncited,
    notes.publisher_is_named,
)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A problem, its level, and the id of the rule that found it."""

    problem: Problem
    level: Level
    rule: str

    @property
    def line(self) -> Message:
        """The line that people see."""
        return say(
            "{place}: {level}{message} [{rule}]",
            place=self.problem.location,
            level=LEVELS[self.level],
            message=self.problem.message,
            rule=self.rule,
        )

    def __str__(self) -> str:
        """The line in English."""
        return str(self.line)


@gc_paused()
def errors(project: Project, on: date | None = None) -> list[Finding]:
    """The findings that prevent publishing `project`, sorted by location. Raises InvalidBuildDay."""
    found = findings_of_reading(project.problems)
    if too_complex := _too_complex(project):
        return sorted([*found, Finding(too_complex, "error", READING)])
    found += findings("error", RULES, project)
    if project.settings.strict_review:
        found += findings("error", [reviews.trees_are_reviewed], project, on or build_day())
    return sorted(set(found))


@gc_paused()
def hints(project: Project, on: date | None = None) -> list[Finding]:
    """The warnings and notes of `project`, which has no errors, sorted by location. Raises InvalidBuildDay."""
    found = findings("warning", WARNINGS, project) + findings("note", NOTES, project)
    return sorted(found + findings("warning", OF_THE_DAY, project, on or build_day()))


def rule_id(rule: AnyRule) -> str:
    """The id of a rule, for its page and in machine-readable output."""
    return rule.__name__.replace("_", "-")


def findings_of_reading(problems: Iterable[Problem]) -> list[Finding]:
    """The findings that files cannot be read as the tree language."""
    return [Finding(problem, "error", READING) for problem in problems]


def findings(level: Level, rules: Iterable[AnyRule], *args: object) -> list[Finding]:
    """The findings of `rules`."""
    return [Finding(problem, level, rule_id(rule)) for rule in rules for problem in rule(*args)]


def _too_complex(project: Project) -> Problem | None:
    """The problem that conditions need too many combinations, in the tree with the most conditions."""
    try:
        _ = project.reach
    except TooManyCombinations as error:
        count = Counter(tree.file for tree, node in all_nodes(project) for _ in whens(node))
        return Problem(Location(count.most_common(1)[0][0]), error.message)
    return None
