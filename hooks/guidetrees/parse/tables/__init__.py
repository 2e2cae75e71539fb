"""The tree language: which keys a tree, a contact and an update have, as tables.

Authors can write exactly what these tables list. `read_tree`, `read_contacts` and `read_updates` read by them,
`tools.json_schema` makes schemas for editors of them, and `check.rule_docs` lists their keys.
"""

from guidetrees.parse.forms import Table
from guidetrees.parse.tables.cases import CASE
from guidetrees.parse.tables.nodes import ANSWER, ITEM, KINDS, NEEDS_KIND, PART, TELLING
from guidetrees.parse.tables.registers import CONTACT, UPDATE, read_contacts, read_updates
from guidetrees.parse.tables.shared import DEVICES, RESERVED_NODES, RESERVED_TREES, VERDICTS
from guidetrees.parse.tables.tree import SCENARIO, TREE, read_tree

__all__ = [
    "CONTACT",
    "DEVICES",
    "KINDS",
    "NEEDS_KIND",
    "RESERVED_NODES",
    "RESERVED_TREES",
    "TABLES",
    "TELLING",
    "TREE",
    "UPDATE",
    "VERDICTS",
    "read_contacts",
    "read_tree",
    "read_updates",
]

_NODES = [table for _, table in KINDS.values()]
TABLES: tuple[Table, ...] = (TREE, CASE, PART, ANSWER, ITEM, *_NODES, SCENARIO, CONTACT, UPDATE)
"""Every table, a tree's first."""
