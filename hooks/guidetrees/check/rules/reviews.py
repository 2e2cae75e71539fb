"""The rule on reviews: someone has answered for every tree, not too long ago."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from guidetrees.check.rule_examples import shown_by
from guidetrees.messages.message import about, say
from guidetrees.project.project import Project
from guidetrees.source.location import Problem


@shown_by("""
- reviewed: 2024-03-01
+ reviewed: 2026-03-01
  review_months: 24
""")
def trees_are_reviewed(project: Project, on: date) -> Iterator[Problem]:
    """No tree is past the day on which it should have been reviewed: `review_months` after `reviewed`.

    A day in the future is not allowed for `reviewed`: it would postpone the review. With `strict_review: true`
    under `extra` in mkdocs.yml, a finding is an error.
    """
    tomorrow = on + timedelta(days=1)  # in another time zone, it may be tomorrow already
    for tree in project.trees.values():
        if tree.reviewed and tree.reviewed > tomorrow:
            fault = say("{day} is still to come: write the day on which the tree was reviewed", day=tree.reviewed)
            yield Problem(tree.reviewed.location, about("reviewed", fault))
        if tree.reviewed and (day := due(tree.reviewed, tree.review_months)) < on:
            fault = say(
                "the tree should have been reviewed by {day} (last time: {last})", day=day, last=tree.reviewed
            )
            yield Problem(tree.reviewed.location, about("reviewed", fault))


def due(reviewed: date, months: int) -> date:
    """The day `months` after a review, or the last day of the month if that is shorter."""
    year, month = divmod(reviewed.month - 1 + months, 12)
    year, month = reviewed.year + year, month + 1
    return date(year, month, min(reviewed.day, calendar.monthrange(year, month)[1]))
