"""Two versions of a project → what has changed in the guide's words, and which pages of the trees quote them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from guidetrees.diff.changes import Change, Group, Pair, Part, texts
from guidetrees.diff.versions import Versions
from guidetrees.graph.graph import NodeRef
from guidetrees.parse.guide import GuidePage
from guidetrees.project.references import cited, readable_nodes

PARAGRAPH = re.compile(r"</(?:p|li|h[1-6]|t[dhr]|div|blockquote|pre)>")


@dataclass(frozen=True, slots=True)
class Reworded:
    """A page of the guide whose words are not what they were. The site's own wording on it is none of them."""

    title: str
    group: Group
    quoted_on: tuple[NodeRef, ...]
    """The pages of the trees, now, that quote words which have changed."""


def reworded(versions: Versions) -> Iterator[Reworded]:
    """The pages of the guide that have come, gone or changed, by their path."""
    before, now = versions.before.pages, versions.now.pages
    for path in sorted({*before, *now}):
        old, new = before.get(path), now.get(path)
        if changes := tuple(_changes(versions, old, new)):
            page = new or old
            assert page
            yield Reworded(page.title, Group(None, None, page.file, changes), tuple(_quoting(versions, path)))


def _changes(versions: Versions, before: GuidePage | None, now: GuidePage | None) -> Iterator[Change]:
    titles = [(page.title,) if page else () for page in (before, now)]
    if before and now:
        pair = Pair(versions, before, now, (), NodeRef(""), NodeRef(""))
        yield from texts(pair, "title", *titles)
        yield from texts(pair, "text", (_words(before),), (_words(now),))
    else:
        yield Change((Part("page", "", *titles[0], *titles[1]),), "", "whole", *titles)


def _words(page: GuidePage) -> str:
    """All that can be quoted of a page, once, as paragraphs of plain text."""
    pieces = [section.html for section in page.sections.values() if not section.above]
    return "\n\n".join(str(Markup(part).striptags()) for piece in pieces for part in PARAGRAPH.split(piece))


def _quoting(versions: Versions, path: str) -> Iterator[NodeRef]:
    now = versions.now.pages.get(path)
    sections = now.sections.values() if now else ()
    before = {section.id: versions.before.section(f"{path}#{section.id}") for section in sections}
    changed = {f"{path}#{now.id}" for now in sections if (was := before[now.id]) and was.html != now.html}
    for tree in versions.now.trees.values():
        yield from (
            NodeRef(tree.id, str(node.id)) for node in readable_nodes(tree) if changed.intersection(cited(node))
        )
