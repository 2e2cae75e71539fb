"""What is worth knowing and no mistake: what stands there and is used by nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ..mentions import cited, contacts_of, named_updates, whole
from ..project import Project
from ..source import Problem


def contacts_unused(project: Project) -> Iterator[Problem]:
    """Contacts that no node names."""
    used = {str(name) for tree in project.trees.values() for node in whole(tree) for name in contacts_of(node)}
    for contact in (project.contacts or {}).values():
        if contact.id not in used:
            yield Problem(contact.id.place, f"note: no tree names the contact '{contact.id}'")


def updates_unused(project: Project) -> Iterator[Problem]:
    """Updates that nothing names: they stand on the page of updates only."""
    used = {str(name) for name in named_updates(project)}
    for update in (project.updates or {}).values():
        if update.id not in used:
            yield Problem(update.id.place, f"note: nothing names the update '{update.id}'")


def sections_uncited(project: Project) -> Iterator[Problem]:
    """Headings of the guide that no tree cites, neither whole nor in part."""
    cited_whole: set[tuple[str, str]] = set()
    cited_in_part: set[tuple[str, str]] = set()
    for reference in (r for tree in project.trees.values() for node in whole(tree) for r in cited(node)):
        if section := project.section(reference):
            cited_whole.add((section.page, section.id))
            cited_in_part |= {(section.page, id) for id in section.above}
    for page in project.pages.values():
        for section in page.sections.values():
            around = {(page.path, id) for id in (section.id, *section.above)}
            if section.heading and not around & cited_whole and (page.path, section.id) not in cited_in_part:
                yield Problem(section.place, f"note: no tree cites {page.path}#{section.id}")
