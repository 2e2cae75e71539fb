"""The tree language: which keys a tree, a contact and an update have, as tables.

Authors can write exactly what these tables list. `read_tree`, `read_contacts` and `read_updates` read by them,
`tools.json_schema` makes schemas for editors of them, and `check.rule_docs` lists their keys.
"""

from guidetrees.parse.forms import Table
from guidetrees.parse.tables.cases import CASE
from guidetrees.parse.tables.nodes import ANSWER, CHOICE, ITEM, KINDS, PART, SELECTION
from guidetrees.parse.tables.registers import CONTACT, UPDATE
from guidetrees.parse.tables.tree import SCENARIO, TREE

_NODES = [table for _, table in KINDS.values()]
TABLES: tuple[Table, ...] = (TREE, CASE, PART, ANSWER, CHOICE, ITEM, *_NODES, SELECTION, SCENARIO, CONTACT, UPDATE)
"""Every table, a tree's first."""
