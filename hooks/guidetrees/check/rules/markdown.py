"""The rule on authors' Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from guidetrees.check.rule_examples import shown_by
from guidetrees.messages.message import about
from guidetrees.parse.author_markdown import Link, render_author_markdown
from guidetrees.project.project import Project
from guidetrees.project.references import texts_of
from guidetrees.project.urls import link_from_tree, link_from_updates
from guidetrees.source.location import LocatedStr, Problem


@shown_by("- intro: A loan is <b>free</b>.\n+ intro: A loan is **free**.")
def markup_is_plain(project: Project) -> Iterator[Problem]:
    """Authors' Markdown holds no HTML and no pictures, and its links lead somewhere."""
    for tree in project.trees.values():
        link = link_from_tree(project, tree.id)
        for key, text in texts_of(tree):
            yield from _text_problems(key, text, link)
    for update in (project.updates or {}).values():
        yield from _text_problems("text", update.text, link_from_updates(project))


def _text_problems(key: str, text: LocatedStr, link: Link) -> Iterator[Problem]:
    for fault in render_author_markdown(text, link).faults:
        yield Problem(text.location, about(key, fault))
