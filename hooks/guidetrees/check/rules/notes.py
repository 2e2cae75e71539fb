"""Rules whose findings are notes: contacts, updates and sections that nothing uses, settings that are missing."""

from __future__ import annotations

from collections.abc import Iterator

from guidetrees.check.rule_examples import shown_by
from guidetrees.messages.message import about, say
from guidetrees.project.coverage import coverage
from guidetrees.project.project import Project
from guidetrees.project.references import all_nodes, contacts_of, named_updates, successors
from guidetrees.source.layout import MKDOCS
from guidetrees.source.location import Location, Problem

CONSEQUENCES = {
    "owner": say("no page says who publishes the site"),
    "feedback": say("readers have nobody to write to about a mistake"),
    "accessibility_statement": say("no page leads to the official accessibility statement"),
}
"""What follows if a setting is missing."""


@shown_by("""
# decision_trees/contacts.yml
  archive:
    name: The archive
    url: https://library.example/archive
# decision_trees/example.yml
+ nodes:
+   lend:
+     outcome: You may borrow it
+     verdict: yes
+     guide: rules.md#time
+     contacts: [archive]
""")
def contacts_unused(project: Project) -> Iterator[Problem]:
    """Every contact is named by a node, or takes over from one that is."""
    contacts = project.contacts or {}
    named = {str(name) for _, node in all_nodes(project) for name in contacts_of(node)}
    known = (contact for id, contact in contacts.items() if id in named)
    used = named.union(str(one.id) for contact in known for one in successors(project, contact))
    for contact in contacts.values():
        if contact.id not in used:
            yield Problem(contact.id.location, say("no tree names the contact '{name}'", name=contact.id))


@shown_by("""
# decision_trees/updates.yml
  longer-hours:
    title: Open on Sundays
    from: 2027-01-01
    text: The library opens on Sundays.
    source: The library
    url: https://library.example/hours
    seen: 2026-11-24
# decision_trees/example.yml
+ updates: [longer-hours]
""")
def updates_unused(project: Project) -> Iterator[Problem]:
    """Every update is named by something.

    An update that nothing names is only on the page of updates.
    """
    used = {str(name) for name in named_updates(project)}
    for update in (project.updates or {}).values():
        if update.id not in used:
            yield Problem(update.id.location, say("nothing names the update '{name}'", name=update.id))


@shown_by("""
# docs/guide/hours.md
  # Opening hours { #hours }

  The library opens at ten.
# decision_trees/example.yml
+ nodes:
+   lend:
+     outcome: You may borrow it
+     verdict: yes
+     guide: hours.md#hours
""")
def sections_uncited(project: Project) -> Iterator[Problem]:
    """Every section of the guide that has a heading is cited by a tree, whole or in part."""
    for row in coverage(project):
        if row.section.heading and row.uncited:
            message = say("no tree cites {page}#{id}", page=row.section.page, id=row.section.id)
            yield Problem(row.section.location, message)


@shown_by("""
# mkdocs.yml
  site_name: The library
  plugins: [guidetrees]
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
            missing = say("is missing: {consequence}", consequence=consequence)
            yield Problem(Location(MKDOCS), about(project.settings.options, about(key, missing)))
