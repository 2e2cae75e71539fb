"""Trees and graphs of a line a tree."""

from __future__ import annotations

from guidetrees.graph.graph import Graph, NodeRef, build_graph
from guidetrees.parse.model import Tree
from guidetrees.parse.problem_collector import ProblemCollector
from guidetrees.parse.tables.tree import read_tree
from guidetrees.source.yaml import read_yaml

HEAD = "title: T\nsummary: S\nreviewed: 2026-11-24\nstart: {start}\nnodes:\n"


def tree(id: str, **nodes: str) -> Tree:
    """A tree of nodes such as `a="b c"`: a question whose answers lead to b and c, by `0`, `1`, …

    Nothing makes an outcome, `| x y` behind it what usually comes next, `? m u` a checklist.
    """
    text = HEAD.format(start=next(iter(nodes)))
    for name, leads in nodes.items():
        kind, _, rest = leads.partition(" ")
        if kind == "?":
            met, unmet = rest.split()
            text += f"  {name}: {{checklist: C, items: [{{item: I}}], met: '{met}', unmet: '{unmet}'}}\n"
        elif kind in ("", "|"):
            text += f"  {name}: {{outcome: O, verdict: info, guide: g.md#s, next: {rest.split()}}}\n"
        else:
            answers = ", ".join(
                f"{{answer: '{number}', goto: '{goto}'}}" for number, goto in enumerate(leads.split())
            )
            text += f"  {name}: {{question: Q, answers: [{answers}]}}\n"
    collector = ProblemCollector()
    found = read_tree(id, f"{id}.yml", read_yaml(text, f"{id}.yml")[0], collector)
    assert found
    assert collector.problems == []
    return found


def connected(*trees: Tree) -> Graph:
    return build_graph({tree.id: tree for tree in trees})


def at(name: str) -> NodeRef:
    return NodeRef(*name.split(":"))
