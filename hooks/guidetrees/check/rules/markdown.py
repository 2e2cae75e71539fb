"""The rule on authors' Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from guidetrees.check.rule_examples import shown_by
from guidetrees.check.rules.references import LEFT_OUT, as_source
from guidetrees.graph.graph import parse_reference
from guidetrees.messages.message import EMPTY, Message, about, join, say
from guidetrees.parse.author_markdown import Link, render_author_markdown
from guidetrees.parse.ids import is_id, meant, suggestion
from guidetrees.parse.model import Tree
from guidetrees.project.project import Project
from guidetrees.project.references import readable_nodes, texts_of
from guidetrees.project.urls import link_from_tree, link_from_updates
from guidetrees.source.location import LocatedStr, Problem
from guidetrees.source.scalars import places_in

FORMS = say(": write a node, tree:, tree:node, page.md#section or a whole address")


@shown_by("- intro: A loan is <b>free</b>.\n+ intro: A loan is **free**.")
def markup_is_plain(project: Project) -> Iterator[Problem]:
    """Authors' Markdown is shown as it looks in the file, holds no HTML and no pictures, and its links lead
    somewhere."""
    for tree in project.trees.values():
        for key, text in texts_of(tree):
            yield from _problems(key, text, link_from_tree(project, tree.id), project, tree)
    for update in (project.updates or {}).values():
        yield from _problems("text", update.text, link_from_updates(project), project, None)


def _problems(key: str, text: LocatedStr, link: Link, project: Project, tree: Tree | None) -> Iterator[Problem]:
    faults = render_author_markdown(text, link).faults
    for fault, location in zip(faults, places_in(text, (fault.at for fault in faults)), strict=True):
        hint = EMPTY if fault.target is None else _guess(fault.target, project, tree) or FORMS
        yield Problem(location, about(key, join("", [fault.message, hint])))


def _guess(target: str, project: Project, tree: Tree | None) -> Message:
    """What the target of a link most likely means, in words; nothing without a guess."""
    if target.lower().startswith("www."):
        return meant(f"https://{target}")
    page, mark, id = target.partition("#")
    if page in project.pages:
        return suggestion(target, [f"{page}#{section}" for section in project.pages[page].sections])
    path = as_source(page, project.layout.guide_in_docs)
    if f"{project.layout.guide_in_docs}/{path}" in project.left_out:
        return LEFT_OUT
    if path in project.pages and (not id or id in project.pages[path].sections):
        return meant(f"{path}{mark}{id}")
    if ":" in target and (other := project.trees.get(parse_reference(target, "").tree)):
        return suggestion(target, [f"{other.id}:{node}" for node in other.nodes])
    nodes = readable_nodes(tree) if tree else []
    known = [*(str(node.id) for node in nodes if is_id(node.id)), *(f"{name}:" for name in project.trees)]
    return suggestion(target, [*known, *project.pages], [(str(node.title), str(node.id)) for node in nodes])
