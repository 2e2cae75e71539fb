"""What a node's page shows only to readers with certain earlier answers."""

from __future__ import annotations

import json
from dataclasses import dataclass

from markupsafe import Markup

from guidetrees.parse.model import Contact, Node, Part, Tree
from guidetrees.render.answer_words import as_heading, when_words
from guidetrees.render.components.contact_card import contacts
from guidetrees.render.components.quote import Quote, quote
from guidetrees.render.components.update_notice import UpdateNotice, update_notice
from guidetrees.render.context import Site
from guidetrees.render.tree_data import required_answers


@dataclass(frozen=True, slots=True)
class ConditionalPart:
    """A part with the condition it depends on."""

    when: str
    """The condition as a heading."""
    required: str
    """The condition for the script: JSON, [[node, [answer id]]]."""
    html: Markup | None
    sections: list[Quote]
    contacts: list[Contact]
    updates: list[UpdateNotice]


def conditional_parts(site: Site, tree: Tree, node: Node, folder: str = "") -> list[ConditionalPart]:
    """The parts of a node, on a page in the tree's folder (default) or in another `folder`."""
    return [_part(site, tree, part, folder) for part in node.parts]


def _part(site: Site, tree: Tree, part: Part, folder: str) -> ConditionalPart:
    assert part.when, "checked before"
    required = required_answers(part.when, tree.id, tree.id)
    return ConditionalPart(
        when=as_heading(when_words(site, part.when, tree.id)),
        required=json.dumps(required, separators=(",", ":")),
        html=site.markdown(tree, part.text, folder),
        sections=[quote(site, reference) for reference in part.guide],
        contacts=contacts(site, part.contacts),
        updates=[update_notice(site, name) for name in part.updates],
    )
