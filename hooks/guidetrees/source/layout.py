"""The paths of a project's files, from its root."""

TREES = "decision_trees"
CONTACTS = f"{TREES}/contacts.yml"
UPDATES = f"{TREES}/updates.yml"
PUBLISHED = f"{TREES}/_published.txt"
DOCS = "docs"
GUIDE = f"{DOCS}/guide"
MKDOCS = "mkdocs.yml"
