"""The warning that a tree is past its review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guidetrees.check.rules.reviews import due
from guidetrees.parse.model import Tree
from guidetrees.render.context import Site


@dataclass(frozen=True, slots=True)
class Overdue:
    """The day of a tree's next review. The script compares it with the reader's own calendar."""

    due: date
    is_overdue: bool
    """Whether the day has passed on the day of the build."""


def overdue(site: Site, tree: Tree) -> Overdue:
    """The next review of `tree`."""
    assert tree.reviewed, "checked before"
    day = due(tree.reviewed, tree.review_months)
    return Overdue(day, day < site.day)
