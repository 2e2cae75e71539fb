"""Rules on days: a part has some, contacts that take over outlast those before them, and none has passed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from guidetrees.check.rule_examples import shown_by
from guidetrees.messages.message import Message, about, say
from guidetrees.parse.ids import advice
from guidetrees.parse.model import Contact, Part
from guidetrees.project.project import Project
from guidetrees.project.references import all_nodes, successors
from guidetrees.source.location import Problem


@shown_by("""
  nodes:
    lend:
      outcome: You may borrow it
      verdict: yes
      guide: rules.md#time
      parts:
        - from: 2027-01-01
-         until: 2026-12-31
+         until: 2027-12-31
          text: Loans last six weeks.
""")
def parts_have_days(project: Project) -> Iterator[Problem]:
    """The last day of a part (`until`) is not before its first (`from`)."""
    for part in _parts(project):
        if part.first_day and part.last_day and part.last_day < part.first_day:
            fault = say(
                "{day} is before `from` ({first}): the part is never shown",
                day=part.last_day,
                first=part.first_day,
            )
            yield Problem(part.last_day.location, about("until", fault))


@shown_by("""
# decision_trees/contacts.yml
  archive:
    name: The archive
    url: https://library.example/archive
    until: 2026-12-31
-   then: desks
+   then: desk
# decision_trees/example.yml
  nodes:
    lend:
      outcome: You may borrow it
      verdict: yes
      guide: rules.md#time
      contacts: [archive]
""")
def successors_exist(project: Project) -> Iterator[Problem]:
    """Every contact that takes over from another (`then`) is in contacts.yml."""
    contacts = project.contacts or {}
    if project.uncertain.file(project.layout.contacts):
        return
    called = [(str(contact.name), id) for id, contact in contacts.items()]
    for contact in contacts.values():
        name = contact.successor
        if name is not None and name not in contacts:
            guess = advice(name, (id for id in contacts if id != contact.id), called)
            yield Problem(name.location, about("then", say("no contact '{name}'{guess}", name=name, guess=guess)))


@shown_by("""
# decision_trees/contacts.yml
  archive:
    name: The archive
    url: https://library.example/archive
    until: 2027-12-31
    then: store
  store:
    name: The store
    url: https://library.example/store
-   until: 2027-06-30
+   until: 2028-06-30
    then: desk
# decision_trees/example.yml
  nodes:
    lend:
      outcome: You may borrow it
      verdict: yes
      guide: rules.md#time
      contacts: [archive]
""")
def successors_take_over(project: Project) -> Iterator[Problem]:
    """A contact that takes over (`then`) is still there on the day after, and no chain of them is a circle.

    Its own last day (`until`), if it has one, is later than that of the contact before it.
    """
    contacts = project.contacts or {}
    in_circles = set[str]()
    for id, contact in contacts.items():
        chain = [contact, *successors(project, contact)]
        if chain[-1].successor == id and id not in in_circles:
            in_circles.update(str(one.id) for one in chain)
            around = " → ".join(one.id for one in [*chain, contact])
            fault = say("goes round in a circle: {chain}. Name a contact that stays", chain=around)
            yield Problem(chain[-1].successor.location, about("then", fault))
    for id, contact in contacts.items():
        following = contacts.get(contact.successor or "")
        if contact.successor and following and id not in in_circles and _ends_too_soon(following, contact):
            yield Problem(contact.successor.location, about("then", _too_soon(following, contact)))


def _ends_too_soon(following: Contact, contact: Contact) -> bool:
    """Whether the contact `following` is gone when it should take over from `contact`."""
    return bool(contact.last_day and following.last_day and following.last_day <= contact.last_day)


def _too_soon(following: Contact, contact: Contact) -> Message:
    return say(
        "'{name}' is there until {day}, which is no later than {own}: it cannot take over",
        name=following.id,
        day=following.last_day,
        own=contact.last_day,
    )


@shown_by("""
  nodes:
    lend:
      outcome: You may borrow it
      verdict: yes
      guide: rules.md#time
      parts:
        - from: 2026-11-01
-         until: 2026-11-23
+         until: 2026-11-24
          text: The library is closed on Tuesday.
""")
def parts_are_still_shown(project: Project, on: date) -> Iterator[Problem]:
    """The last day of a part (`until`) has not passed: nobody sees the part any more."""
    for part in _parts(project):
        if part.last_day and part.last_day < on:
            fault = say("{day} has passed, and nobody sees this part any more: delete it", day=part.last_day)
            yield Problem(part.last_day.location, about("until", fault))


@shown_by("""
# decision_trees/contacts.yml
  archive:
    name: The archive
    url: https://library.example/archive
-   until: 2026-06-30
+   until: 2027-06-30
    then: desk
# decision_trees/example.yml
  nodes:
    lend:
      outcome: You may borrow it
      verdict: yes
      guide: rules.md#time
      contacts: [archive]
""")
def contacts_are_still_there(project: Project, on: date) -> Iterator[Problem]:
    """The last day of a contact (`until`) has not passed.

    From the day after, readers are shown who takes over. Trees then name that contact, and this one is deleted.
    """
    for contact in (project.contacts or {}).values():
        if contact.last_day and contact.last_day < on:
            fault = say(
                "{day} has passed: name '{other}' in place of '{name}', and delete '{name}'",
                day=contact.last_day,
                other=contact.successor,
                name=contact.id,
            )
            yield Problem(contact.last_day.location, about("until", fault))


def _parts(project: Project) -> Iterator[Part]:
    return (part for _, node in all_nodes(project) for part in node.parts)
