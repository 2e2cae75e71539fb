"""Reviews: someone answers for every tree, and not too long ago."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from guidetrees.check.rule_examples import shown_by
from guidetrees.project.project import Project
from guidetrees.source.location import Problem


@shown_by(
    failing="""
reviewed: 2024-03-01
review_months: 24
""",
    mended="""
reviewed: 2026-03-01
review_months: 24
""",
)
def trees_are_reviewed(project: Project, on: date) -> Iterator[Problem]:
    """No tree is past the day on which it should have been reviewed: `review_months` after `reviewed`.

    Nor is `reviewed` a day to come, after which the tree would not be due for as long. Where mkdocs.yml says
    `strict_review: true` under `extra`, it is an error.
    """
    tomorrow = on + timedelta(days=1)  # which it may be elsewhere
    for tree in project.trees.values():
        if tree.reviewed and tree.reviewed > tomorrow:
            words = f"{tree.reviewed} is still to come: write the day on which the tree was reviewed"
            yield Problem(tree.reviewed.location, f"reviewed: {words}")
        if tree.reviewed and (day := due(tree.reviewed, tree.review_months)) < on:
            words = f"the tree should have been reviewed by {day} (last time: {tree.reviewed})"
            yield Problem(tree.reviewed.location, f"reviewed: {words}")


def due(reviewed: date, months: int) -> date:
    """The day that many months after a review, or the last one of a shorter month."""
    year, month = divmod(reviewed.month - 1 + months, 12)
    year, month = reviewed.year + year, month + 1
    return date(year, month, min(reviewed.day, calendar.monthrange(year, month)[1]))
