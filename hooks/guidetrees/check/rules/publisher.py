"""The rule on the publisher of the site: readers must know whom to write to."""

from __future__ import annotations

from collections.abc import Iterator

from guidetrees.check.rule_examples import shown_by
from guidetrees.project.project import Project
from guidetrees.source.layout import MKDOCS
from guidetrees.source.location import Location, Problem

CONSEQUENCES = {
    "owner": "no page says who publishes the site",
    "feedback": "readers have nobody to write to about a mistake",
    "accessibility_statement": "no page leads to the official accessibility statement",
}


@shown_by("""
# mkdocs.yml
  site_name: The library
  extra:
    guidetrees:
      owner: The library
+     feedback: desk@library.example
+     accessibility_statement: https://library.example/accessibility
""")
def publisher_is_named(project: Project) -> Iterator[Problem]:
    """The settings say who publishes the site, where readers report mistakes, and where the statement is."""
    for key, consequence in CONSEQUENCES.items():
        if project.settings.there and not getattr(project.settings, key):
            yield Problem(Location(MKDOCS), f"extra: guidetrees: {key}: is missing: {consequence}")
