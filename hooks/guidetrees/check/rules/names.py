"""Rules on names: every id, alias and short name is free and leads to one page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from guidetrees.check.rule_examples import shown_by
from guidetrees.messages.message import Message, about, say
from guidetrees.parse.model import Tree
from guidetrees.parse.tables.shared import RESERVED_NODES, RESERVED_TREES
from guidetrees.project.project import Project
from guidetrees.project.references import readable_nodes
from guidetrees.project.urls import REVIEW, UPDATES_PAGE, has_list, lists_of
from guidetrees.source.location import Location, Problem
from guidetrees.source.page_names import ENDINGS


def engines_own(project: Project) -> re.Pattern[str]:
    """Begins the paths in docs/ of what the engine makes. File shares ignore case."""
    updates = [UPDATES_PAGE] if has_list(project, UPDATES_PAGE) else []
    missing = ["404.html"] if project.settings.policy else []  # a site of others may have its own
    named = (*updates, *lists_of(project), *missing)
    pages = "|".join(page.removesuffix(".html") for page in named)
    endings = "|".join(map(re.escape, (*ENDINGS, ".html")))
    others = ["assets/guidetrees/", "assets/vendor/"]
    others += [f"{REVIEW}/"] if project.settings.review else []
    others += ["hosting/", r"web\.config$"] if project.settings.policy else []
    return re.compile(rf"(?:{pages})(?:-[0-9]+)?(?:{endings})$|{'|'.join(others)}", re.I)


@shown_by("""
# decision_trees/review.yml
- title: Renewing a loan
# decision_trees/renewal.yml
+ title: Renewing a loan
""")
def tree_names(project: Project) -> Iterator[Problem]:
    """A tree's id is free: it is not reserved, and no folder or file of docs/ has it."""
    for tree in project.trees.values():
        if tree.id in RESERVED_TREES:
            yield Problem(Location(tree.file), say("the name '{name}' is reserved: rename the file", name=tree.id))
        elif taken := {tree.id, f"{tree.id}.md", f"{tree.id}.html"} & project.taken:
            message = say("{file} has this tree's name: rename one of them", file=project.layout.doc(min(taken)))
            yield Problem(Location(tree.file), message)


@shown_by("""
# docs/updates.md
- # Our news { #news }
# docs/news.md
+ # Our news { #news }
""")
def pages_are_not_the_engines(project: Project) -> Iterator[Problem]:
    """No file of docs/ has the address of a page or file that the engine makes."""
    own = engines_own(project)
    for file in project.files:
        if found := own.match(file):
            place = Location(project.layout.doc(file))
            message = say("'{path}' is the engine's own: rename the file, or move it", path=found[0])
            yield Problem(place, message)


@shown_by("- aliases: [house]\n+ aliases: [loans]")
def tree_aliases(project: Project) -> Iterator[Problem]:
    """A former tree id leads to one tree and is no tree's id."""
    yield from _taken(project, "aliases")


@shown_by("- short: house\n+ short: loans")
def short_names(project: Project) -> Iterator[Problem]:
    """A short name leads to one tree and is no tree's id, nor a former one."""
    yield from _taken(project, "short")


def _taken(project: Project, key: str) -> Iterator[Problem]:
    """The problems of the names in `key`. Of two equal names, the later one has the problem."""
    owners: dict[str, Message] = {}
    for tree in project.trees.values():
        alias, short = say("an alias of {file}", file=tree.file), say("the short name of {file}", file=tree.file)
        names = [("aliases", name, alias) for name in tree.aliases]
        names += [("short", tree.short, short)] if tree.short else []
        for own_key, name, what in names:
            if own_key == key and (fault := _fault(project, name, owners)):
                yield Problem(name.location, about(key, fault))
            owners.setdefault(name, what)


def _fault(project: Project, name: str, owners: Mapping[str, Message]) -> Message | None:
    """Why `name` cannot be an alias or short name; None if it can."""
    if name in project.trees or name in project.uncertain.unread:
        return say("'{name}' is a tree: its address is taken", name=name)
    if name in RESERVED_TREES or {name, f"{name}.md", f"{name}.html"} & project.taken:
        return say("the name '{name}' is reserved", name=name)
    return say("'{name}' is already {what}", name=name, what=owners[name]) if name in owners else None


@shown_by("""
  nodes:
    lend:
      outcome: You may borrow it
      verdict: yes
      guide: rules.md#time
-     aliases: [stay]
+     aliases: [borrow]
""")
def node_aliases(project: Project) -> Iterator[Problem]:
    """A former node id leads to one node and is no node's id."""
    for tree in project.trees.values():
        owners: dict[str, str] = {}
        for node in readable_nodes(tree):
            for alias in node.aliases:
                if fault := _alias_fault(alias, tree, owners):
                    yield Problem(alias.location, about("aliases", fault))
                owners.setdefault(alias, str(node.id))


def _alias_fault(alias: str, tree: Tree, owners: Mapping[str, str]) -> Message | None:
    """Why `alias` cannot be a former id of a node; None if it can."""
    if alias in tree.nodes:
        return say("'{name}' is a node of this tree: its address is taken", name=alias)
    if alias in RESERVED_NODES:
        return say("the id '{name}' is reserved", name=alias)
    if alias in owners:
        return say("'{name}' is already an alias of '{node}'", name=alias, node=owners[alias])
    return None
