"""What the script in the browser is given: the shape of a tree, and the components' scripts and styles as one.

A page without the script is complete. With it the page follows the answers in the address; for that it
knows every node that answers connect with its tree, so that it can tell which answers fit and lead on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import groupby
from pathlib import Path

from pygments.lexers.css import CssLexer
from pygments.lexers.javascript import JavascriptLexer
from pygments.token import Comment, Text, is_token_subtype

from guidetrees.graph.graph import Edge, Graph, NodeRef, conditions
from guidetrees.messages.words import Words
from guidetrees.parse.model import Checklist
from guidetrees.project.references import node_name
from guidetrees.render.views import Site, words_of

COMPONENTS = Path(__file__).parent / "components"

NAMES = (
    "base",
    "top",
    "misfit",
    "overdue",
    "start",
    "presumed",
    "answers",
    "cards",
    "parts",
    "checklist",
    "verdict",
    "quote",
    "details",
    "trail",
    "missing",
    "contacts",
    "update",
    "copy",
    "keep",
    "map",
    "outline",
    "index",
    "pager",
    "around",
    "foot",
)
"""The components in the order of their styles and scripts. A component has a folder, and files as it needs."""

APART = ("index", "pager")
"""The components of the pages that list, whose style only these load."""

REVIEW = ("review", "rule", *APART)
"""The components of the documents for review, of the rules' pages and of those that list, whose style only these
load."""

MAPS = ("start", "map", "outline")
"""The components of start pages and documents for review, whose style only these load."""

SHARE = "share"
"""The component of the page with links and codes, whose style and script only it loads."""

SEARCH = "search"
"""The component that searches, whose script is loaded when someone searches."""

FIRST, LAST = "state.js", "page.js"
"""What the components' scripts draw on, and what calls them."""


def style(words: Words) -> str:
    """The style sheet of every component that readers see, with what it says."""
    here = json.dumps(words["you_are_here"], ensure_ascii=False)  # a text of JSON is one of CSS
    names = (name for name in NAMES if name not in (*APART, *MAPS) and _file(name, "css").exists())
    return _styles(*names, before=f":root{{--gt-here: {here};}}\n")


def review_style() -> str:
    return _styles(*REVIEW)


def maps_style() -> str:
    return _styles(*MAPS)


def share_style() -> str:
    return _styles(SHARE, "pager")


def _styles(*names: str, before: str = "") -> str:
    return before + "\n".join(compact(f"{name}/{name}.css") for name in names)


def _file(name: str, ending: str) -> Path:
    return COMPONENTS / name / f"{name}.{ending}"


def script(site: Site) -> str:
    """The script of every component."""
    own = [f"{name}/{name}.js" for name in NAMES if _file(name, "js").exists()]
    return _closed(site.words, FIRST, *own, LAST)


def share_script(site: Site) -> str:
    return _closed(site.words, "copy/copy.js", f"{SHARE}/{SHARE}.js")


def vendored() -> Iterator[tuple[str, str]]:
    """The scripts of others that components load, with their licences: names and what the files hold."""
    for path in sorted((COMPONENTS / SHARE / "vendor").iterdir()):
        yield path.name, path.read_bytes().decode("utf-8")


def search_script(words: Words, index: Mapping[str, object]) -> str:
    """The script that searches, with what it knows of the files of the index."""
    known = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    return _closed(words, f"../../search/box/{SEARCH}.js", before=f"const index = {known};\n")


def _closed(words: Words, *paths: str, before: str = "") -> str:
    """Files as one script, with the words that they say. Other scripts see nothing of it."""
    body = before + "\n".join(map(compact, paths))
    said = sorted(set(re.findall(r"\bwords\.([a-z_]+)", body)))
    table = json.dumps({key: words[key] for key in said}, ensure_ascii=False, separators=(",", ":"))
    return f'(() => {{\n"use strict";\nconst words = {table};\n{body}}})();\n'


@cache
def compact(path: str) -> str:
    """A component's script or style sheet without comments, and without white space that means nothing.

    A lexer distinguishes these from strings, templates and patterns.
    """
    is_style = path.endswith(".css")
    lexer = CssLexer() if is_style else JavascriptLexer()
    needs_space = _style_needs if is_style else _script_needs
    found, space = "", ""
    for kind, text in lexer.get_tokens((COMPONENTS / path).read_text("utf-8")):
        if is_token_subtype(kind, Text) and text.isspace():
            space += text
        elif text and not (
            is_token_subtype(kind, Comment) and text.startswith(("/*", "//"))
        ):  # !important is one, too
            found += _shortest(space) + text if space and needs_space(found[-1:], space, text[0]) else text
            space = ""
    return f"{found}\n"


def _shortest(space: str) -> str:
    return "\n" if "\n" in space else " "


def _script_needs(before: str, space: str, after: str) -> bool:
    """Whether a script needs the white space between two characters. The end of a line may end a statement."""
    if "\n" in space:
        return before not in ("", "{", ";", ",")
    return (_in_word(before) and _in_word(after)) or (before == after and before in "+-/")


def _in_word(character: str) -> bool:
    return character.isalnum() or character in "_$"


def _style_needs(before: str, space: str, after: str) -> bool:
    return before not in ("", *"{};,") and after not in "{};,"


def data_script(data: str) -> str:
    """The script that gives `tree_data` to the others. Start pages load it: they hold a whole tree twice already,
    as map and outline. Other pages hold the data themselves: a question costs no third request."""
    return f"const treeData = {data};\n"


def tree_data(site: Site, tree: str) -> str:
    """JSON: the nodes of `tree`, and those of other trees that answers connect with it.

    {"title", "tree", "start": node, "nodes": {node: {"title", "start"?: 1, "items"?: [id],
    "answers"?: [[id, words, [[node, 1 where a start page comes in between, what must have been answered
    as {node: [id]}]]]]}}}. Nodes of other trees are named `tree:node`.
    """
    nodes = {node_name(address, tree): _node(site, address, tree) for address in connected(site.graph, tree)}
    home = site.project.trees[tree]
    data = {"title": str(home.title), "tree": tree, "start": str(home.start), "nodes": nodes}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def connected(graph: Graph, tree: str) -> list[NodeRef]:
    """The nodes of `tree`, and those that answers lead to it from or from it to, in the order of the files."""
    own = (NodeRef(tree, str(id)) for id in graph.trees[tree].nodes)
    found = {address for address in own if address in graph.outgoing}
    waiting = list(found)
    while waiting:
        address = waiting.pop()
        near = [graph.enter(edge.target) for edge in graph.outgoing.get(address, ())]
        near += [edge.source for edge in graph.incoming.get(address, ())]
        waiting += (new := set(near) - found)
        found |= new
    return graph.in_order(found)


def _node(site: Site, address: NodeRef, home: str) -> dict[str, object]:
    node = site.graph.node(address)
    edges = site.graph.outgoing.get(address, ())
    entry: dict[str, object] = {"title": str(node.title)}
    if address.node == site.project.trees[address.tree].start:
        entry["start"] = 1
    if isinstance(node, Checklist):
        entry["items"] = node.item_ids
    if edges:
        cases = groupby(edges, key=lambda edge: edge.answer)
        entry["answers"] = [_answer(site, list(group), home) for _, group in cases]
    return entry


def _answer(site: Site, cases: list[Edge], home: str) -> list[object]:
    return [cases[0].answer, words_of(site, cases[0]), [_case(site, edge, home) for edge in cases]]


def _case(site: Site, edge: Edge, home: str) -> list[object]:
    target = node_name(site.graph.enter(edge.target), home)
    start_page = [] if edge.target.node and not edge.when else [0 if edge.target.node else 1]
    asked = conditions(edge.when, edge.source.tree) if edge.when else ()
    when = {node_name(node, home): sorted(answers) for node, answers in asked}
    return [target, *start_page, *([when] if when else [])]
