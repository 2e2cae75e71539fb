"""Addresses last: what was published leads somewhere, also where it has moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from guidetrees.check.rule_examples import shown_by
from guidetrees.graph.graph import parse_reference
from guidetrees.graph.node_kinds import next_references
from guidetrees.project.project import PUBLISHED, Project, not_found
from guidetrees.project.published_urls import all_urls
from guidetrees.project.references import cited, gotos, outcomes, readable_nodes
from guidetrees.project.urls import page_url, section_url
from guidetrees.source.location import LocatedStr, Problem


@shown_by(
    failing={
        PUBLISHED: "example/index.html\nexample/time.html",
        "decision_trees/example.yml": """
nodes:
  lend:
    outcome: You may borrow it
    verdict: yes
    guide: rules.md#time
""",
    },
    fixed={
        PUBLISHED: "example/index.html\nexample/time.html",
        "decision_trees/example.yml": """
nodes:
  lend:
    outcome: You may borrow it
    verdict: yes
    guide: rules.md#time
    aliases: [time]
""",
    },
)
def addresses_last(project: Project) -> Iterator[Problem]:
    """Every address in `_published.txt` leads to a page, or on to what took its place.

    What may stand in a file that cannot be read in full is not judged, nor what a tree still names, which is told
    there, nor trees or a guide of which nothing is left: the list is another site's then.
    """
    there, lost, kept = all_urls(project), defaultdict(list), set()
    for address in project.published:
        if str(address) in there:
            kept.add(_kind(project, address))
        elif not project.uncertain.address(address, project.trees):
            lost[_kind(project, address)].append(address)
    named = set(_named(project)) if lost else set()
    for kind in sorted(kept):
        for address in lost[kind]:
            if address not in named:
                yield Problem(address.location, f"no page is at '{address}' any more: {_remedy(project, address)}")


def _kind(project: Project, address: str) -> str:
    first = address.partition("/")[0]
    return first if first == "guide" or "/" not in address else "trees"


def _named(project: Project) -> Iterator[str]:
    """The addresses of the nodes and sections that trees name, whether they are there or not."""
    for tree in project.trees.values():
        references = [tree.start, *(name for node in outcomes(tree) for name in next_references(node))]
        for node in readable_nodes(tree):
            references += [goto for _, goto in gotos(node)]
            yield from map(section_url, cited(node))
        yield from (page_url(parse_reference(reference, tree.id)) for reference in references)


def _remedy(project: Project, address: str) -> str:
    first, _, rest = address.partition("/")
    page, _, id = rest.partition("#")
    if first == "guide":
        former = page.replace(".html", ".md") + (f"#{id}" if id else "")
        return f"write `moved: {{{former}: id}}` at the top of the guide's page that has it now"
    if first in project.trees:
        return f"write `aliases: [{page.removesuffix('.html')}]` on the node that took its place"
    if rest:
        return f"write `aliases: [{first}]` in the tree that took its place"
    return "make the page anew"


@shown_by(
    failing={
        "docs/guide/rules.md": """
---
moved: {loans.md#time: tim}
---

# The rules { #rules }

## Who may borrow { #scope }

## How long { #time }
"""
    },
    fixed={
        "docs/guide/rules.md": """
---
moved: {loans.md#time: time}
---

# The rules { #rules }

## Who may borrow { #scope }

## How long { #time }
"""
    },
)
def moves_lead_on(project: Project) -> Iterator[Problem]:
    """What the guide's pages say has moved to them is theirs, is nowhere else, and has left its former address."""
    claimed: dict[str, str] = {}
    for path, page in project.pages.items():
        for former, id in page.moved:
            if fault := _move_fault(project, former, claimed):
                yield Problem(former.location, f"moved: {fault}")
            elif id not in page.sections:
                yield Problem(id.location, f"moved: {not_found('section', id, page.sections)} on this page")
            claimed.setdefault(str(former), path)


def _move_fault(project: Project, former: LocatedStr, claimed: dict[str, str]) -> str | None:
    there, mark, section = former.partition("#")
    if not there.endswith(".md") or (mark and not section):
        return f"'{former}' is no former address: write it as page.md#id, or page.md for a whole page"
    page = project.pages.get(there)
    if page and (not section or section in page.sections):
        return f"'{former}' is still there"
    if former in claimed:
        return f"'{former}' has moved to {claimed[former]} already"
    return None
