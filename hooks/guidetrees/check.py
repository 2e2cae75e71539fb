"""Rules over a whole project. Each takes the project and yields its problems; `RULES` lists them all.

Nothing is rendered while one rule finds something, so a page never shows half a tree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from .graph import (
    Address,
    Edge,
    Graph,
    connect,
    cycles,
    exists,
    exits,
    following,
    is_whole,
    parse_reference,
    reachable,
)
from .language import RESERVED_NODES, RESERVED_TREES
from .links import link_from_tree, link_from_updates
from .model import Answer, Checklist, Node, Outcome, Question, Scenario, Tree
from .parse import CLOSE, ID, closest, suggestion
from .project import Project, no_such
from .prose import Link, render_prose
from .source import Place, Problem, Text

Rule = Callable[[Project], Iterator[Problem]]


def check(project: Project) -> list[Problem]:
    """Every problem of `project`, sorted by place."""
    found = (problem for rule in RULES for problem in rule(project))
    return sorted({*project.problems, *found})


def notes(project: Project) -> list[Problem]:
    """What is worth knowing and no mistake, sorted by place."""
    return sorted(note for rule in NOTES for note in rule(project))


# Names and addresses


def tree_names(project: Project) -> Iterator[Problem]:
    """A tree's id is free: not reserved, and no folder or file of docs/ has it."""
    for tree in project.trees.values():
        if tree.id in RESERVED_TREES:
            yield Problem(Place(tree.file), f"the name '{tree.id}' is reserved: rename the file")
        elif taken := {tree.id, f"{tree.id}.md", f"{tree.id}.html"} & project.taken:
            yield Problem(Place(tree.file), f"docs/{min(taken)} has this tree's name: rename one of them")


def tree_aliases(project: Project) -> Iterator[Problem]:
    """A former tree id leads to one tree and is no tree's id."""
    owners: dict[str, str] = {}
    for tree in project.trees.values():
        for alias in tree.aliases:
            if alias in project.trees or alias in project.unreadable:
                yield Problem(alias.place, f"aliases: '{alias}' is a tree: its address is taken")
            elif alias in RESERVED_TREES or {alias, f"{alias}.md", f"{alias}.html"} & project.taken:
                yield Problem(alias.place, f"aliases: the name '{alias}' is reserved")
            elif alias in owners:
                yield Problem(alias.place, f"aliases: '{alias}' is already an alias of {owners[alias]}")
            owners.setdefault(alias, tree.file)


def node_aliases(project: Project) -> Iterator[Problem]:
    """A former node id leads to one node and is no node's id."""
    for tree in project.trees.values():
        owners: dict[str, str] = {}
        for node in whole(tree):
            for alias in node.aliases:
                if alias in tree.nodes:
                    yield Problem(alias.place, f"aliases: '{alias}' is a node of this tree: its address is taken")
                elif alias in RESERVED_NODES:
                    yield Problem(alias.place, f"aliases: the id '{alias}' is reserved")
                elif alias in owners:
                    yield Problem(alias.place, f"aliases: '{alias}' is already an alias of '{owners[alias]}'")
                owners.setdefault(alias, str(node.id))


# References


def start_exists(project: Project) -> Iterator[Problem]:
    """A tree starts at one of its nodes."""
    for tree in project.trees.values():
        if tree.start and tree.nodes and tree.start not in tree.nodes:
            yield Problem(tree.start.place, f"start: {_no_node(tree.start, tree)}")


def answers_lead_on(project: Project) -> Iterator[Problem]:
    """Every goto, met and unmet names a node, or another tree."""
    for tree in project.trees.values():
        for node in whole(tree):
            for key, goto in _gotos(node):
                if fault := _reference_fault(goto, tree, project):
                    yield Problem(goto.place, f"{key}: {fault}")


def next_exists(project: Project) -> Iterator[Problem]:
    """Everything an outcome names as next is a tree or a node, and only one of them."""
    for tree in project.trees.values():
        for outcome in outcomes(tree):
            for reference in outcome.next:
                is_tree = reference in project.trees or reference in project.unreadable
                if reference in tree.nodes and is_tree:
                    yield Problem(reference.place, f"next: '{reference}' is a node here and a tree: write "
                                  f"'{tree.id}:{reference}' or '{reference}:'")  # fmt: skip
                elif ":" in reference and (fault := _reference_fault(reference, tree, project)):
                    yield Problem(reference.place, f"next: {fault}")
                elif ":" not in reference and not is_tree and reference not in tree.nodes:
                    known = [*project.trees, *tree.nodes]
                    yield Problem(reference.place, f"next: {no_such('tree or node', reference, known)}")


def contacts_exist(project: Project) -> Iterator[Problem]:
    """Every contact that a node or item names stands in contacts.yml."""
    if project.contacts is None:
        return
    for tree in project.trees.values():
        for node in whole(tree):
            for name in _contacts(node):
                if name not in project.contacts:
                    yield Problem(name.place, f"contacts: {no_such('contact', name, project.contacts)}")


def updates_exist(project: Project) -> Iterator[Problem]:
    """Every update that something names stands in updates.yml."""
    if project.updates is None:
        return
    for name in _named_updates(project):
        if name not in project.updates:
            yield Problem(name.place, f"updates: {no_such('update', name, project.updates)}")


def sections_exist(project: Project) -> Iterator[Problem]:
    """Every section that a node or item cites is on its page of the guide."""
    for tree in project.trees.values():
        for node in whole(tree):
            for reference in cited(node):
                if fault := _section_fault(reference, project):
                    yield Problem(reference.place, f"guide: {fault}")


# The way through a tree


def answers_differ(project: Project) -> Iterator[Problem]:
    """No two answers of a question have the same words or the same id."""
    for tree in project.trees.values():
        for node in whole(tree):
            yield from _answers_alike((isinstance(node, Question) and node.answers) or ())


def _answers_alike(answers: Iterable[Answer]) -> Iterator[Problem]:
    words: set[str] = set()
    ids: dict[str, Text] = {}
    for answer in answers:
        said, id = answer.answer, answer.id
        if not said:
            continue
        if said.casefold() in words:
            yield Problem(said.place, f"answer: '{said}' stands twice")
        elif not id and id.place == said.place:
            yield Problem(answer.place, f"id: is missing: '{said}' has no letter a-z to make one of")
        elif id and id in ids:
            hint = f"has the id '{id}' of '{ids[id]}': give one another `id`"
            yield Problem(id.place, f"answer: '{said}' {hint}")
        words.add(said.casefold())
        ids.setdefault(str(id), said)


def nodes_are_reached(project: Project) -> Iterator[Problem]:
    """Some answer, or what comes next after an outcome, leads to every node.

    A misspelt goto is judged as if it were written right. Where an answer that is reached could lead
    anywhere in a tree, that tree is not judged. Of a branch that nothing leads to, its first node is named.
    """
    graph = connect(project.trees)
    found, open_trees = _reach(project, graph)
    if project.unreadable:
        return
    for tree in project.trees.values():
        if tree.id not in open_trees:
            lost = [Address(tree.id, id) for id in tree.nodes if Address(tree.id, id) not in found]
            for address in _first_of_branches(graph, lost):
                id = next(id for id in tree.nodes if id == address.node)
                if isinstance(id, Text) and ID.fullmatch(id):
                    yield Problem(id.place, f"no answer leads to '{id}': lead one here or delete the node")


def _reach(project: Project, graph: Graph) -> tuple[set[Address], set[str]]:
    """The nodes that readers come to, and the trees of which more may be reached than can be known."""
    repaired = _repairs(project)
    found: set[Address] = set()
    waiting = [Address(tree.id, str(tree.start)) for tree in project.trees.values() if tree.start in tree.nodes]
    while waiting:
        found |= reachable(graph, waiting)
        waiting = [
            target for source in found for target in repaired.get(source, ()) if target.node not in ("", None)
        ]
        waiting = [target for target in waiting if target not in found]
    open_trees = {tree.id for tree in project.trees.values() if tree.start not in tree.nodes}
    if open_trees:
        open_trees = set(project.trees)
    open_trees |= project.doubled
    for source in found:
        open_trees |= {target.tree for target in repaired.get(source, ()) if not target.node}
        if not is_whole(project.trees[source.tree].nodes[source.node]):
            open_trees.add(source.tree)
    return found, open_trees


def _first_of_branches(graph: Graph, lost: list[Address]) -> Iterator[Address]:
    """Of nodes that nothing leads to, the ones from which the others are reached; of a round, its first."""
    among = set(lost)
    led_to = {target for address in lost for target in following(graph, address) if target != address}
    covered: set[Address] = set()
    for address in [a for a in lost if a not in led_to] + lost:
        if address not in covered:
            covered |= reachable(graph, [address]) & among
            yield address


def _repairs(project: Project) -> dict[Address, list[Address]]:
    """By node: where its exits that lead nowhere were meant to lead. With no node: anywhere in that tree."""
    repairs: dict[Address, list[Address]] = {}
    for tree in project.trees.values():
        for node in whole(tree):
            for _, goto in _gotos(node):
                if not exists(project.trees, parse_reference(goto, tree.id)):
                    meant = repairs.setdefault(Address(tree.id, str(node.id)), [])
                    meant.extend(_meant(goto, tree, project))
    return repairs


def _meant(reference: Text, tree: Tree, project: Project) -> Iterator[Address]:
    """Every node that a misspelt reference is close to; its tree where it is close to none."""
    address = parse_reference(reference, tree.id)
    id = address.tree if address.tree in project.trees else closest(address.tree, project.trees) or tree.id
    other = project.trees[id]
    if address.node in other.nodes:
        yield Address(id, address.node)
    else:
        near = get_close_matches(address.node, list(other.nodes), n=5, cutoff=CLOSE)
        yield from [Address(id, node) for node in near] or [Address(id)]


def no_cycles(project: Project) -> Iterator[Problem]:
    """No reader can go round in a circle, in one tree or across trees."""
    graph = connect(project.trees)
    for round_ in cycles(graph):
        closing = round_[-1]
        home = closing.source.tree
        chain = " → ".join(_step(edge, home) for edge in round_)
        first = _named(round_[0].source, home)
        yield Problem(closing.goto.place, f"{_key(graph, closing)}: goes round in a circle: {chain} → {first}")


def _step(edge: Edge, home: str) -> str:
    return f"{_named(edge.source, home)} ({edge.answer})"


def _named(address: Address, home: str) -> str:
    return address.node if address.tree == home else str(address)


def _key(graph: Graph, edge: Edge) -> str:
    return edge.answer if isinstance(graph.node(edge.source), Checklist) else "goto"


def scenarios_hold(project: Project) -> Iterator[Problem]:
    """Every scenario can be answered as it says and ends at the outcome that it names."""
    graph = connect(project.trees)
    for tree in project.trees.values():
        names = Counter[str]()
        for scenario in tree.scenarios:
            names[scenario.name] += 1
            if scenario.name and names[scenario.name] > 1:
                yield Problem(scenario.name.place, f"name: another scenario is called '{scenario.name}'")
            if scenario.outcome and tree.start in tree.nodes:
                yield from _scenario_problems(scenario, tree, project, graph)


@dataclass(frozen=True, slots=True)
class Walk:
    """Where a scenario's answers lead: the nodes passed, and the one it stops at."""

    passed: tuple[Address, ...]
    end: Address
    fault: Problem | None = None
    lost: bool = False
    """It meets something that could not be read, which has its own problem."""


def walk(scenario: Scenario, tree: Tree, graph: Graph) -> Walk:
    """Goes through `tree` by the answers of `scenario`, to an outcome or to where it stops answering."""
    given = {parse_reference(node, tree.id): (node, answer) for node, answer in scenario.answers or ()}
    goal = parse_reference(scenario.outcome, tree.id)
    at, passed = Address(tree.id, str(tree.start)), list[Address]()
    while at not in passed:
        node = graph.trees[at.tree].nodes[at.node]
        if node is None or not is_whole(node):
            return Walk(tuple(passed), at, lost=True)
        # A scenario may end where it enters another tree.
        if isinstance(node, Outcome) or (
            at not in given and exists(graph.trees, goal) and graph.enter(goal) == at
        ):
            return Walk(tuple(passed), at)
        if at not in given:
            known = ", ".join(id for id, _ in exits(node))
            message = f"answers: '{_named(at, tree.id)}' is asked and not answered (its answers: {known})"
            return Walk(tuple(passed), at, Problem(scenario.place, message))
        name, answer = given[at]
        ids = [id for id, _ in exits(node)]
        if answer not in ids and "" in ids:
            return Walk(tuple(passed), at, lost=True)
        if answer not in ids:
            message = f"answers: {no_such('answer', answer, ids)} to '{name}' (its answers: {', '.join(ids)})"
            return Walk(tuple(passed), at, Problem(answer.place, message))
        passed.append(at)
        edge = next((e for e in graph.leaving[at] if e.answer == answer), None)
        if edge is None:
            return Walk(tuple(passed), at, lost=True)
        at = graph.enter(edge.target)
    return Walk(tuple(passed), at, lost=True)


def _scenario_problems(scenario: Scenario, tree: Tree, project: Project, graph: Graph) -> Iterator[Problem]:
    if scenario.answers is None:
        return
    unknown = set()
    for name, _ in scenario.answers:
        if fault := _reference_fault(name, tree, project):
            unknown.add(name)
            yield Problem(name.place, f"answers: {fault}")
    if fault := _reference_fault(scenario.outcome, tree, project):
        yield Problem(scenario.outcome.place, f"outcome: {fault}")
        return
    goal = parse_reference(scenario.outcome, tree.id)
    walked = walk(scenario, tree, graph)
    if unknown or walked.lost or goal.tree in project.unreadable:
        return
    if walked.fault:
        yield walked.fault
    elif graph.enter(goal) != walked.end:
        end = _named(walked.end, tree.id)
        yield Problem(scenario.outcome.place, f"outcome: the answers lead to '{end}', not to '{scenario.outcome}'")
    else:
        for name, _ in scenario.answers:
            if parse_reference(name, tree.id) not in walked.passed:
                yield Problem(name.place, f"answers: '{name}' is not asked on the way to '{scenario.outcome}'")


# Texts


def markup_is_plain(project: Project) -> Iterator[Problem]:
    """Authors' Markdown holds no HTML and no pictures, and its links lead somewhere."""
    for tree in project.trees.values():
        link = link_from_tree(project, tree.id)
        yield from _prose_problems("intro", tree.intro, link)
        for node in whole(tree):
            if isinstance(node, Outcome):
                yield from _prose_problems("text", node.text, link)
            else:
                yield from _prose_problems("help", node.help, link)
    for update in (project.updates or {}).values():
        yield from _prose_problems("text", update.text, link_from_updates(project))


def _prose_problems(key: str, text: Text | None, link: Link) -> Iterator[Problem]:
    if text:
        for fault in render_prose(text, link).faults:
            yield Problem(text.place, f"{key}: {fault}")


RULES: tuple[Rule, ...] = (
    tree_names,
    tree_aliases,
    node_aliases,
    start_exists,
    answers_lead_on,
    next_exists,
    contacts_exist,
    updates_exist,
    sections_exist,
    answers_differ,
    nodes_are_reached,
    no_cycles,
    scenarios_hold,
    markup_is_plain,
)


# Notes


def contacts_unused(project: Project) -> Iterator[Problem]:
    """Contacts that no node names."""
    used = {str(name) for tree in project.trees.values() for node in whole(tree) for name in _contacts(node)}
    for contact in (project.contacts or {}).values():
        if contact.id not in used:
            yield Problem(contact.id.place, f"note: no tree names the contact '{contact.id}'")


def updates_unused(project: Project) -> Iterator[Problem]:
    """Updates that nothing names: they stand on the page of updates only."""
    used = {str(name) for name in _named_updates(project)}
    for update in (project.updates or {}).values():
        if update.id not in used:
            yield Problem(update.id.place, f"note: nothing names the update '{update.id}'")


def sections_uncited(project: Project) -> Iterator[Problem]:
    """Headings of the guide that no tree cites, neither whole nor in part."""
    cited_whole: set[tuple[str, str]] = set()
    cited_in_part: set[tuple[str, str]] = set()
    for reference in (r for tree in project.trees.values() for node in whole(tree) for r in cited(node)):
        if section := project.section(reference):
            cited_whole.add((section.page, section.id))
            cited_in_part |= {(section.page, id) for id in section.above}
    for page in project.pages.values():
        for section in page.sections.values():
            around = {(page.path, id) for id in (section.id, *section.above)}
            if section.heading and not around & cited_whole and (page.path, section.id) not in cited_in_part:
                yield Problem(section.place, f"note: no tree cites {page.path}#{section.id}")


NOTES: tuple[Rule, ...] = (contacts_unused, updates_unused, sections_uncited)


# What nodes name


def whole(tree: Tree) -> list[Node]:
    """The nodes of `tree` that could be read."""
    return [node for node in tree.nodes.values() if node]


def outcomes(tree: Tree) -> list[Outcome]:
    return [node for node in whole(tree) if isinstance(node, Outcome)]


def cited(node: Node) -> Iterator[Text]:
    """The sections of the guide that a node and its items cite."""
    yield from node.guide
    for item in node.items if isinstance(node, Checklist) else ():
        yield from item.guide


def _contacts(node: Node) -> Iterator[Text]:
    if isinstance(node, Outcome):
        yield from node.contacts
    for item in node.items if isinstance(node, Checklist) else ():
        yield from item.contacts


def _named_updates(project: Project) -> Iterator[Text]:
    holders: list[Iterable[Text]] = [contact.updates for contact in (project.contacts or {}).values()]
    for tree in project.trees.values():
        holders += [tree.updates, *(node.updates for node in whole(tree))]
    holders += [page.updates for page in project.pages.values()]
    for updates in holders:
        yield from updates


def _gotos(node: Node) -> Iterator[tuple[str, Text]]:
    """The exits of a node that could be read, with the key they stand under."""
    for answer, goto in exits(node):
        if goto is not None:
            yield (answer if isinstance(node, Checklist) else "goto"), goto


def _reference_fault(reference: str, tree: Tree, project: Project) -> str | None:
    """What is wrong with `node`, `other:` or `other:node` in `tree`; None where nothing is."""
    address = parse_reference(reference, tree.id)
    if address.tree in project.unreadable:
        return None
    other = project.trees.get(address.tree)
    if other is None:
        hint = no_such("tree", address.tree, [*project.trees, *project.unreadable])
        return hint if ID.fullmatch(address.tree) else f"'{reference}' is no node, 'tree:' or 'tree:node'"
    if not address.node or address.node in other.nodes:
        return None
    if ":" not in reference and reference in project.trees:
        return f"no node '{reference}' in this tree (did you mean '{reference}:'?)"
    where = "in this tree" if other is tree else f"in the tree '{other.id}'"
    return _no_node(address.node, other, where)


def _no_node(word: str, tree: Tree, where: str = "in this tree") -> str:
    return f"no node '{word}' {where}{suggestion(word, tree.nodes)}"


def _section_fault(reference: str, project: Project) -> str | None:
    page, mark, id = reference.partition("#")
    if page in project.unreadable_pages:
        return None
    if page not in project.pages:
        return no_such("page of the guide", page, project.pages)
    sections = project.pages[page].sections
    if not mark or not id:
        some = ", ".join(list(sections)[:3])
        return f"'{reference}' names no section: write '{page}#id'" + (f" (its ids: {some}, …)" if some else "")
    return None if id in sections else no_such("section", id, list(sections)).replace("'", f"'{page}#", 1)
