"""A quotation of the guide, with its source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from guidetrees.graph.node_kinds import items
from guidetrees.parse.model import Node
from guidetrees.project.urls import PARENT, section_url
from guidetrees.render.context import Site


@dataclass(frozen=True, slots=True)
class Quote:
    """A section of the guide, on a page in a folder of the site's root."""

    html: Markup
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Quotes:
    """The sections that a page rests on."""

    sections: list[Quote]
    """Those that the page quotes."""
    named: list[Quote]
    """Those that it quotes elsewhere, and only names here."""


def quote(site: Site, reference: str) -> Quote:
    """The section `page.md#id`."""
    section = site.project.section(reference)
    assert section, f"{reference} is checked before"
    return Quote(section.html, section.label, PARENT + section_url(reference))


def quotes(site: Site, node: Node, unmet: Iterable[Node]) -> Quotes:
    """The sections of a node. What the checklists `unmet` quote on its page is only named."""
    shown = {str(name) for checklist in unmet for item in items(checklist) for name in item.guide}
    return Quotes(
        sections=[quote(site, name) for name in node.guide if str(name) not in shown],
        named=[quote(site, name) for name in node.guide if str(name) in shown],
    )
