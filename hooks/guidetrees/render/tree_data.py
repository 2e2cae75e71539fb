"""The structure of a tree, for the script in the browser.

A page is complete without the script. With the script it depends on the answers in the URL. The script needs every
node that is connected with the tree: from these it determines which answers are valid, and where they lead.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup

from guidetrees.graph.graph import Edge, Graph, NodeRef, conditions
from guidetrees.graph.node_kinds import choices, item_ids
from guidetrees.graph.traversal import closure
from guidetrees.parse.model import When
from guidetrees.project.references import node_name
from guidetrees.project.urls import PARENT
from guidetrees.render.answer_words import words_of
from guidetrees.render.assets import TREE_DATA, Asset
from guidetrees.render.context import Site


def tree_data(site: Site, tree: str) -> str:
    """JSON: the nodes of `tree`, and the nodes of other trees that are connected with it.

    {"title", "tree", "start": node, "nodes": {node: {"title", "start"?: 1, "items"?: [id],
    "choices"?: [[id, words, 1 if it is chosen alone]], "answers"?: [[id, words, [[node, 1 if the link leads to a
    start page, the condition as [[node, [id]]]]]]]}}, "former"?: {former name: node}}. Nodes of other trees are
    named `tree:node`.
    """
    refs = connected(site.graph, tree)
    nodes = {node_name(ref, tree): _node(site, ref, tree) for ref in refs}
    home = site.project.trees[tree]
    data = {"title": str(home.title), "tree": tree, "start": str(home.start), "nodes": nodes}
    asked = [ref for ref in refs if site.graph.outgoing.get(ref)]
    if former := {name: node_name(ref, tree) for ref in asked for name in _former_names(site, ref, tree)}:
        data["former"] = former
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _former_names(site: Site, ref: NodeRef, home: str) -> Iterator[str]:
    """What URLs called a node before it or its tree was renamed."""
    tree, node = site.project.trees[ref.tree], site.graph.node(ref)
    for folder in (tree.id, *tree.aliases):
        for id in (node.id, *node.aliases):
            if (folder, id) != (tree.id, node.id) and (folder == tree.id or tree.id != home):
                yield node_name(NodeRef(str(folder), str(id)), home)


def connected(graph: Graph, tree: str) -> list[NodeRef]:
    """The nodes of `tree`, and all nodes that edges connect with them, in the order of the files."""

    def neighbours(ref: NodeRef) -> Iterator[NodeRef]:
        yield from (graph.enter(edge.target) for edge in graph.outgoing.get(ref, ()))
        yield from (edge.source for edge in graph.incoming.get(ref, ()))

    return graph.in_order(closure((NodeRef(tree, id) for id in graph.trees[tree].nodes), neighbours))


def data_asset(tree: str, data: str) -> Asset:
    """`tree_data` as a script, which start pages load: as they contain the map and the outline, they are large.
    Other pages contain the data: a question needs no third request."""
    return Asset(f"{TREE_DATA}/{tree}.js", f"const treeData = {data};\n")


def data_url(tree: str, data: str) -> str:
    """The URL of `data_asset` from a tree's page. It contains a hash of the data, so that no browser uses cached
    data of an earlier build."""
    asset = data_asset(tree, data)
    return f"{PARENT}{asset.path}?{hashlib.sha256(asset.content.encode()).hexdigest()[:8]}"


def in_single_quotes(data: str) -> Markup:
    """JSON as an HTML attribute in single quotes. In double quotes, JSON's own would need five characters each."""
    return Markup(data.translate({ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord("'"): "&#39;"}))


def _node(site: Site, ref: NodeRef, home: str) -> dict[str, object]:
    node = site.graph.node(ref)
    edges = site.graph.outgoing.get(ref, ())
    entry: dict[str, object] = {"title": str(node.title)}
    if ref.node == site.project.trees[ref.tree].start:
        entry["start"] = 1
    if items := item_ids(node):
        entry["items"] = items
    if among := choices(node):
        entry["choices"] = [[str(a.id), str(a.answer), *([1] if a.alone else [])] for a in among]
    if edges:
        cases = groupby(edges, key=lambda edge: edge.answer)
        entry["answers"] = [_answer(site, list(group), home) for _, group in cases]
    return entry


def _answer(site: Site, cases: list[Edge], home: str) -> list[object]:
    return [cases[0].answer, words_of(site, cases[0]), [_case(site, edge, home) for edge in cases]]


def _case(site: Site, edge: Edge, home: str) -> list[object]:
    target = node_name(site.graph.enter(edge.target), home)
    start_page = [] if edge.target.node and not edge.when else [0 if edge.target.node else 1]
    when = [required_answers(edge.when, edge.source.tree, home)] if edge.when else []
    return [target, *start_page, *when]


def required_answers(when: When, tree: str, home: str) -> list[tuple[str, list[str]]]:
    """The condition `when`, written in `tree`, for the script on pages of `home`: [node, [answer id]]."""
    return [(node_name(ref, home), sorted(answers)) for ref, answers in conditions(when, tree)]
