"""What a node's page shows only to readers with certain earlier answers, or on certain days."""

from __future__ import annotations

import json
from dataclasses import dataclass

from markupsafe import Markup

from guidetrees.parse.model import Node, Part, Tree
from guidetrees.render.answer_words import capitalised, days_words, when_words
from guidetrees.render.components.contact_card import ContactStage, contact_stages, contacts
from guidetrees.render.components.quote import Quote, quote
from guidetrees.render.components.update_notice import UpdateNotice, update_notice
from guidetrees.render.context import Site
from guidetrees.render.tree_data import required_answers


@dataclass(frozen=True, slots=True)
class ConditionalPart:
    """A part with what it depends on."""

    part: Part
    days: str
    """The days, at the beginning of the heading. Empty if there are none."""
    condition: str
    """The condition, in the heading after the days. Empty if there is none."""
    required: str
    """The condition for the script: JSON, [[node, [answer id]]]. Empty if there is none."""
    html: Markup | None
    sections: list[Quote]
    contacts: list[list[ContactStage]]
    updates: list[UpdateNotice]


def conditional_parts(site: Site, tree: Tree, node: Node, folder: str = "") -> list[ConditionalPart]:
    """The parts of a node, on a page in the tree's folder (default) or in another `folder`."""
    return [_part(site, tree, part, folder) for part in node.parts]


def _part(site: Site, tree: Tree, part: Part, folder: str) -> ConditionalPart:
    days = days_words(site, part.first_day, part.last_day)
    when = when_words(site, part.when, tree.id) if part.when else ""
    required = required_answers(part.when, tree.id, tree.id) if part.when else None
    return ConditionalPart(
        part=part,
        days=capitalised(days),
        condition=f", {when}" if days and when else capitalised(when),
        required=json.dumps(required, separators=(",", ":")) if required else "",
        html=site.markdown(tree, part.text, folder),
        sections=[quote(site, reference) for reference in part.guide],
        contacts=[contact_stages(site, contact) for contact in contacts(site, part.contacts)],
        updates=[update_notice(site, name) for name in part.updates],
    )
