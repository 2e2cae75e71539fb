"""What is worth knowing and no mistake: what stands there and is used by nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ..coverage import coverage
from ..mentions import contacts_of, named_updates, whole
from ..project import Project
from ..source import Problem


def contacts_unused(project: Project) -> Iterator[Problem]:
    """Contacts that no node names."""
    used = {str(name) for tree in project.trees.values() for node in whole(tree) for name in contacts_of(node)}
    for contact in (project.contacts or {}).values():
        if contact.id not in used:
            yield Problem(contact.id.place, f"no tree names the contact '{contact.id}'")


def updates_unused(project: Project) -> Iterator[Problem]:
    """Updates that nothing names: they stand on the page of updates only."""
    used = {str(name) for name in named_updates(project)}
    for update in (project.updates or {}).values():
        if update.id not in used:
            yield Problem(update.id.place, f"nothing names the update '{update.id}'")


def sections_uncited(project: Project) -> Iterator[Problem]:
    """Headings of the guide that no tree cites, neither whole nor in part."""
    for row in coverage(project):
        if row.section.heading and row.uncited:
            yield Problem(row.section.place, f"no tree cites {row.section.page}#{row.section.id}")
