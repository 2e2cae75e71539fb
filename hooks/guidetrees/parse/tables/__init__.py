"""The tree language: which keys a tree, a contact and an update have, as tables.

Authors can write exactly what these tables list. `read_tree`, `read_contacts` and `read_updates` read by them,
`tools.json_schema` makes schemas for editors of them, and `check.rule_docs` lists their keys.
"""

from guidetrees.parse.forms import Table
from guidetrees.parse.tables.cases import CASE
from guidetrees.parse.tables.nodes import (
    ANSWER,
    CHECKLIST,
    ITEM,
    KINDS,
    NEEDS_KIND,
    OUTCOME,
    PART,
    QUESTION,
    TELLING,
)
from guidetrees.parse.tables.registers import CONTACT, UPDATE, read_contacts, read_updates
from guidetrees.parse.tables.shared import DEVICES, RESERVED_NODES, RESERVED_TREES, VERDICTS
from guidetrees.parse.tables.tree import SCENARIO, TREE, read_tree

__all__ = [
    "ANSWER",
    "CASE",
    "CHECKLIST",
    "CONTACT",
    "DEVICES",
    "ITEM",
    "KINDS",
    "NEEDS_KIND",
    "OUTCOME",
    "PART",
    "QUESTION",
    "RESERVED_NODES",
    "RESERVED_TREES",
    "SCENARIO",
    "TABLES",
    "TELLING",
    "TREE",
    "UPDATE",
    "VERDICTS",
    "read_contacts",
    "read_tree",
    "read_updates",
]

TABLES: tuple[Table, ...] = (
    TREE,
    CASE,
    PART,
    ANSWER,
    ITEM,
    *(table for _, table in KINDS.values()),
    SCENARIO,
    CONTACT,
    UPDATE,
)
"""Every table, a tree's first."""
