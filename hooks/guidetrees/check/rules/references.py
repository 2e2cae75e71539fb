"""Rules on references: everything that is named exists."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from guidetrees.check.rule_examples import shown_by
from guidetrees.graph.graph import gotos, parse_reference
from guidetrees.graph.node_kinds import answer_ids, answers, next_references
from guidetrees.messages.message import Message, about, join, say
from guidetrees.parse.html_tree import fragment, links
from guidetrees.parse.ids import ID, advice, is_id, meant, several, suggestion
from guidetrees.parse.model import Node, Tree
from guidetrees.project.external_links import placed
from guidetrees.project.project import Project
from guidetrees.project.references import all_nodes, cited, contacts_of, named_updates, readable_nodes
from guidetrees.source.location import Problem, shorten

SECTION_ID = re.compile(r"[\w-]+")
"""What nobody has to write in another way in an address."""
LEFT_OUT = say(": mkdocs.yml leaves it out (exclude_docs or draft_docs)")


@shown_by("- start: kinds\n+ start: kind")
def start_exists(project: Project) -> Iterator[Problem]:
    """A tree starts at one of its nodes."""
    for tree in project.trees.values():
        if tree.start and tree.nodes and tree.start not in tree.nodes:
            yield Problem(tree.start.location, about("start", no_node(tree.start, _guess(tree.start, tree))))


@shown_by("""
  nodes:
    kind:
      question: What is it?
      answers:
        - answer: A book
          goto: lend
        - answer: A map
-         goto: "hous:"
+         goto: "house:"
""")
def answers_lead_on(project: Project) -> Iterator[Problem]:
    """Every `goto`, `met` and `unmet` names a node, a tree, or a node of another tree."""
    for tree, node in all_nodes(project):
        for key, goto in gotos(node):
            if fault := reference_fault(goto, tree, project):
                yield Problem(goto.location, about(key, fault))


@shown_by("""
  nodes:
    lend:
      outcome: You may borrow it
      verdict: yes
      guide: rules.md#time
-     next: [hose]
+     next: [house]
""")
def next_exists(project: Project) -> Iterator[Problem]:
    """Everything an outcome names as next is a tree or a node, and only one of them."""
    for tree, node in all_nodes(project):
        for reference in next_references(node):
            if fault := _next_fault(reference, tree, project):
                yield Problem(reference.location, about("next", fault))


def _next_fault(reference: str, tree: Tree, project: Project) -> Message | None:
    if ":" in reference:
        return reference_fault(reference, tree, project)
    is_node = reference in tree.nodes
    is_tree = reference in project.trees or reference in project.uncertain.unread
    if is_node and is_tree:
        return say(
            "'{name}' is a node here and a tree: write '{tree}:{name}' or '{name}:'", name=reference, tree=tree.id
        )
    if not is_node and not is_tree:
        guess = advice(reference, [*project.trees, *filter(is_id, tree.nodes)])
        return say("no tree or node '{name}'{guess}", name=reference, guess=guess)
    return None


@shown_by("""
  nodes:
    lend:
      outcome: You may borrow it
      verdict: yes
      guide: rules.md#time
-     contacts: [desk, archive]
+     contacts: [desk]
""")
def contacts_exist(project: Project) -> Iterator[Problem]:
    """Every contact that a node or item names is in contacts.yml."""
    if project.contacts is None or project.uncertain.file(project.layout.contacts):
        return
    called = [(str(contact.name), id) for id, contact in project.contacts.items()]
    for _, node in all_nodes(project):
        for name in contacts_of(node):
            if name not in project.contacts:
                guess = advice(name, project.contacts, called)
                unknown = say("no contact '{name}'{guess}", name=name, guess=guess)
                yield Problem(name.location, about("contacts", unknown))


@shown_by("- updates: [longer-loan]\n+ updates: [longer-loans]")
def updates_exist(project: Project) -> Iterator[Problem]:
    """Every update that something names is in updates.yml."""
    if project.updates is None or project.uncertain.file(project.layout.updates):
        return
    for name in named_updates(project):
        if name not in project.updates:
            unknown = say("no update '{name}'{guess}", name=name, guess=advice(name, project.updates))
            yield Problem(name.location, about("updates", unknown))


@shown_by("""
  nodes:
    lend:
      outcome: You may borrow it
      verdict: yes
-     guide: rules.md#tme
+     guide: rules.md#time
""")
def sections_exist(project: Project) -> Iterator[Problem]:
    """Every section that a node or item cites is on its page of the guide."""
    for _, node in all_nodes(project):
        for reference in cited(node):
            if fault := section_fault(reference, project):
                yield Problem(reference.location, about("guide", fault))


@shown_by("""
# mkdocs.yml
  site_name: The library
  theme: material
  plugins: [guidetrees]
  extra:
    guidetrees:
      owner: The library
      feedback: desk@library.example
      accessibility_statement: https://library.example/accessibility
- draft_docs: news.md
+ not_in_nav: news.md
# docs/news.md
  # News { #news }
# docs/more.md
  # More { #more }

  See [the news](news.md).
""")
def pages_link_to_pages(project: Project) -> Iterator[Problem]:
    """No page of docs/ links to a page that mkdocs.yml leaves out of the site."""
    for page in project.own_pages if project.left_out and not project.settings.is_guest else ():
        for target, place in placed(page, links(fragment(page.html))):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), target.partition("#")[0]))
            if path in project.left_out:
                fault = say("the link '{target}' leads nowhere", target=shorten(target))
                yield Problem(place, join("", (fault, LEFT_OUT)))


def reference_fault(reference: str, tree: Tree, project: Project) -> Message | None:
    """The fault of `node`, `other:` or `other:node` in `tree`; None if there is none."""
    ref = parse_reference(reference, tree.id)
    other = project.trees.get(ref.tree)
    if other is not tree and project.uncertain.node(ref):
        return None
    if other is None:
        if not ID.fullmatch(ref.tree):
            return say("'{reference}' is not a node, 'tree:' or 'tree:node'", reference=reference)
        guess = advice(ref.tree, [*project.trees, *project.uncertain.unread])
        return say("no tree '{name}'{guess}", name=ref.tree, guess=guess)
    if not ref.node or ref.node in other.nodes:
        return None
    if ":" not in reference and reference in project.trees:
        return no_node(reference, meant(f"{reference}:"))
    guess = _guess(ref.node, other)
    if other is tree:
        return no_node(ref.node, guess)
    return say("no node '{name}' in the tree '{tree}'{guess}", name=ref.node, tree=other.id, guess=guess)


def answer_fault(answer: str, name: str, node: Node) -> Message | None:
    """The fault of `answer` to `node`, named `name`; None if there is none, or if it may be an answer whose id is
    unreadable or that of another."""
    ids = answer_ids(node)
    if answer in ids or "" in ids or len(set(ids)) < len(ids):
        return None
    called = [(str(other.answer), str(other.id)) for other in answers(node)]
    return say(
        "no answer '{answer}'{guess} to '{node}' (its answers: {answers})",
        answer=answer,
        guess=advice(answer, ids, called),
        node=name,
        answers=", ".join(ids),
    )


def no_node(name: str, guess: Message) -> Message:
    return say("no node '{name}' in this tree{guess}", name=name, guess=guess)


def _guess(name: str, tree: Tree) -> Message:
    """The node of `tree` that `name` likely means."""
    titles = ((str(node.title), str(node.id)) for node in readable_nodes(tree))
    return suggestion(name, filter(is_id, tree.nodes), titles)


def as_source(page: str, folder: str) -> str:
    """The path of a page's source in the guide's folder (`folder` in docs/) from its address:
    `https://guide.example/x/guide/leder.html?a` → `leder.md`."""
    path = page.partition("?")[0].rpartition(f"{folder}/")[2].removeprefix("/")
    return f"{path.removesuffix('.md').removesuffix('.html')}.md"


def section_fault(reference: str, project: Project) -> Message | None:
    """The fault of `page.md#id`; None if there is none."""
    page, mark, id = reference.partition("#")
    if project.uncertain.section(reference):
        return None
    if page not in project.pages:
        path = as_source(page, project.layout.guide_in_docs)
        if path in project.pages:
            guess = meant(f"{path}{mark}{id}")
        elif f"{project.layout.guide_in_docs}/{path}" in project.left_out:
            guess = LEFT_OUT
        else:
            guess = advice(page, project.pages)
        folder = project.layout.guide
        return say("no page of the guide '{page}' in {folder}/{guess}", page=page, folder=folder, guess=guess)
    sections = project.pages[page].sections
    if not mark or not id:
        some = ", ".join(list(sections)[:3])
        ids = say(" (its ids: {some}, …)", some=some) if some else ""
        return say(
            "'{reference}' names no section: write '{page}#id'{ids}", reference=reference, page=page, ids=ids
        )
    if id in sections:
        return None
    known = [f"{path}#{section}" for path in project.pages for section in project.pages[path].sections]
    guess = several(reference, known) or suggestion(
        reference, [f"{page}#{id}" for id in sections if SECTION_ID.fullmatch(id)]
    )
    return say("no section '{reference}'{guess}", reference=reference, guess=guess)
