"""References: everything that is named is there."""

from __future__ import annotations

from collections.abc import Iterator

from guidetrees.check.rule_examples import shown_by
from guidetrees.graph.graph import parse_reference
from guidetrees.parse.model import Tree
from guidetrees.parse.readers import ID, suggestion
from guidetrees.project.project import Project, not_found
from guidetrees.project.references import cited, contacts_of, gotos, named_updates, outcomes, readable_nodes
from guidetrees.source.location import Problem


@shown_by(
    failing="start: kinds",
    mended="start: kind",
)
def start_exists(project: Project) -> Iterator[Problem]:
    """A tree starts at one of its nodes."""
    for tree in project.trees.values():
        if tree.start and tree.nodes and tree.start not in tree.nodes:
            yield Problem(tree.start.location, f"start: {_no_node(tree.start, tree)}")


@shown_by(
    failing="""
nodes:
  kind:
    question: What is it?
    answers:
      - answer: A book
        goto: lend
      - answer: A map
        goto: "hous:"
""",
    mended="""
nodes:
  kind:
    question: What is it?
    answers:
      - answer: A book
        goto: lend
      - answer: A map
        goto: "house:"
""",
)
def answers_lead_on(project: Project) -> Iterator[Problem]:
    """Every `goto`, `met` and `unmet` names a node, a tree, or a node of another tree."""
    for tree in project.trees.values():
        for node in readable_nodes(tree):
            for key, goto in gotos(node):
                if fault := reference_fault(goto, tree, project):
                    yield Problem(goto.location, f"{key}: {fault}")


@shown_by(
    failing="""
nodes:
  lend:
    outcome: You may borrow it
    verdict: yes
    guide: rules.md#time
    next: [hose]
""",
    mended="""
nodes:
  lend:
    outcome: You may borrow it
    verdict: yes
    guide: rules.md#time
    next: [house]
""",
)
def next_exists(project: Project) -> Iterator[Problem]:
    """Everything an outcome names as next is a tree or a node, and only one of them."""
    for tree in project.trees.values():
        for outcome in outcomes(tree):
            for reference in outcome.next:
                is_tree = reference in project.trees or project.uncertain.tree(reference)
                if reference in tree.nodes and is_tree:
                    yield Problem(reference.location, f"next: '{reference}' is a node here and a tree: write "
                                  f"'{tree.id}:{reference}' or '{reference}:'")  # fmt: skip
                elif ":" in reference and (fault := reference_fault(reference, tree, project)):
                    yield Problem(reference.location, f"next: {fault}")
                elif ":" not in reference and not is_tree and reference not in tree.nodes:
                    known = [*project.trees, *tree.nodes]
                    yield Problem(reference.location, f"next: {not_found('tree or node', reference, known)}")


@shown_by(
    failing="""
nodes:
  lend:
    outcome: You may borrow it
    verdict: yes
    guide: rules.md#time
    contacts: [desk, archive]
""",
    mended="""
nodes:
  lend:
    outcome: You may borrow it
    verdict: yes
    guide: rules.md#time
    contacts: [desk]
""",
)
def contacts_exist(project: Project) -> Iterator[Problem]:
    """Every contact that a node or item names stands in contacts.yml."""
    if project.contacts is None or project.uncertain.contacts:
        return
    called = [(str(contact.name), id) for id, contact in project.contacts.items()]
    for tree in project.trees.values():
        for node in readable_nodes(tree):
            for name in contacts_of(node):
                if name not in project.contacts:
                    yield Problem(
                        name.location, f"contacts: {not_found('contact', name, project.contacts, called)}"
                    )


@shown_by(
    failing="updates: [longer-loan]",
    mended="updates: [longer-loans]",
)
def updates_exist(project: Project) -> Iterator[Problem]:
    """Every update that something names stands in updates.yml."""
    if project.updates is None or project.uncertain.updates:
        return
    for name in named_updates(project):
        if name not in project.updates:
            yield Problem(name.location, f"updates: {not_found('update', name, project.updates)}")


@shown_by(
    failing="""
nodes:
  lend:
    outcome: You may borrow it
    verdict: yes
    guide: rules.md#tme
""",
    mended="""
nodes:
  lend:
    outcome: You may borrow it
    verdict: yes
    guide: rules.md#time
""",
)
def sections_exist(project: Project) -> Iterator[Problem]:
    """Every section that a node or item cites is on its page of the guide."""
    for tree in project.trees.values():
        for node in readable_nodes(tree):
            for reference in cited(node):
                if fault := section_fault(reference, project):
                    yield Problem(reference.location, f"guide: {fault}")


def reference_fault(reference: str, tree: Tree, project: Project) -> str | None:
    """What is wrong with `node`, `other:` or `other:node` in `tree`; None where nothing is."""
    address = parse_reference(reference, tree.id)
    other = project.trees.get(address.tree)
    if other is not tree and project.uncertain.node(address):
        return None
    if other is None:
        hint = not_found("tree", address.tree, [*project.trees, *project.uncertain.unread])
        return hint if ID.fullmatch(address.tree) else f"'{reference}' is no node, 'tree:' or 'tree:node'"
    if not address.node or address.node in other.nodes:
        return None
    if ":" not in reference and reference in project.trees:
        return f"no node '{reference}' in this tree (did you mean '{reference}:'?)"
    where = "in this tree" if other is tree else f"in the tree '{other.id}'"
    return _no_node(address.node, other, where)


def _no_node(word: str, tree: Tree, where: str = "in this tree") -> str:
    titles = ((str(node.title), str(node.id)) for node in readable_nodes(tree))
    return f"no node '{word}' {where}{suggestion(word, tree.nodes, titles)}"


def as_source(page: str) -> str:
    """`../guide/leder.html` → `leder.md`."""
    path = page.removeprefix("../").removeprefix("docs/").removeprefix("guide/")
    return f"{path.removesuffix('.html')}.md" if path.endswith(".html") else path


def section_fault(reference: str, project: Project) -> str | None:
    page, mark, id = reference.partition("#")
    if project.uncertain.section(reference):
        return None
    if page not in project.pages:
        # As a page's address has it.
        path = as_source(page)
        hint = f" (did you mean '{path}{mark}{id}'?)" if path in project.pages else ""
        return (
            f"no page of the guide '{page}'{hint}" if hint else not_found("page of the guide", page, project.pages)
        )
    sections = project.pages[page].sections
    if not mark or not id:
        some = ", ".join(list(sections)[:3])
        return f"'{reference}' names no section: write '{page}#id'" + (f" (its ids: {some}, …)" if some else "")
    return None if id in sections else not_found("section", id, list(sections)).replace("'", f"'{page}#", 1)
