"""Texts: the authors' Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from ..example import shown_by
from ..links import link_from_tree, link_from_updates
from ..mentions import whole
from ..model import Outcome
from ..project import Project
from ..prose import Link, render_prose
from ..source import Problem, Text


@shown_by(
    failing="intro: A loan is <b>free</b>.",
    mended="intro: A loan is **free**.",
)
def markup_is_plain(project: Project) -> Iterator[Problem]:
    """Authors' Markdown holds no HTML and no pictures, and its links lead somewhere."""
    for tree in project.trees.values():
        link = link_from_tree(project, tree.id)
        yield from _prose_problems("intro", tree.intro, link)
        for node in whole(tree):
            if isinstance(node, Outcome):
                yield from _prose_problems("text", node.text, link)
            else:
                yield from _prose_problems("help", node.help, link)
            for part in node.parts:
                yield from _prose_problems("text", part.text, link)
    for update in (project.updates or {}).values():
        yield from _prose_problems("text", update.text, link_from_updates(project))


def _prose_problems(key: str, text: Text | None, link: Link) -> Iterator[Problem]:
    if text:
        for fault in render_prose(text, link).faults:
            yield Problem(text.place, f"{key}: {fault}")
