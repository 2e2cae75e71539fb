"""The lean peer: the pages that a person would write by hand for the questions of a guide, for plain MkDocs with
Material. A page has a heading, its help, its answers as links, one quotation of the guide and whom to ask; no
script, no map, no document for review, and nothing that depends on answers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from guidetrees.graph.graph import NodeRef
from guidetrees.graph.node_kinds import body, items, own_contacts
from guidetrees.parse.html_tree import paragraphs
from guidetrees.parse.model import Node, Tree
from guidetrees.project.project import Project, read_project
from guidetrees.project.references import all_nodes

SETTINGS = """\
site_name: Guide
use_directory_urls: false
nav: [index.md]
not_in_nav: "*"
theme:
  name: material
  language: da
  font: false
  features: [navigation.tabs, navigation.indexes, navigation.footer]
markdown_extensions: [attr_list, md_in_html, sane_lists, tables, {toc: {permalink: "¶"}}]
"""
"""Pages are out of the navigation, where each would take the longer the more there are. The search is the one that
MkDocs adds where no plugins are listed: the engine's site has a search, too."""
ANSWERS = {"met": "Ja", "unmet": "Nej", "go_on": "Videre", "some_answers": "Videre"}
"""The words of answers that have none of their author's."""


def write_lean(guide: Path, folder: Path) -> Path:
    """Writes the pages for the guide in `guide` to `folder`, which is made."""
    project = read_project(guide)
    docs = folder / "docs"
    shutil.copytree(guide / "docs" / "guide", docs / "guide")
    for tree in project.trees.values():
        (docs / tree.id).mkdir()
        start = f"# {tree.title}\n\n{tree.intro or tree.summary}\n\n[Start]({tree.start}.md)\n"
        (docs / tree.id / "index.md").write_text(start, "utf-8")
    for tree, node in all_nodes(project):
        (docs / tree.id / f"{node.id}.md").write_text("\n\n".join(_page(project, tree, node)) + "\n", "utf-8")
    links = "\n".join(f"- [{tree.title}]({tree.id}/index.md)" for tree in project.trees.values())
    (docs / "index.md").write_text(f"# Guide\n\n{links}\n", "utf-8")
    (folder / "mkdocs.yml").write_text(SETTINGS, "utf-8")
    return folder


def _page(project: Project, tree: Tree, node: Node) -> Iterator[str]:
    yield f"# {node.title}"
    if text := body(node)[1]:
        yield str(text)
    yield from _list(item.item for item in items(node))
    yield from _list(_answers(project, tree, node))
    for reference in node.guide[:1]:
        section = project.section(reference)
        assert section, "the guide is checked"
        yield "\n>\n".join(f"> {words}" for words in paragraphs(section.html))
        yield f"[{section.label}](../guide/{reference})"
    for name in own_contacts(node)[:1]:
        contact = (project.contacts or {})[name]
        yield f"Spørg [{contact.name}]({contact.url})"


def _answers(project: Project, tree: Tree, node: Node) -> Iterator[str]:
    for edge in project.graph.outgoing[NodeRef(tree.id, node.id)]:
        page = f"../{edge.target.tree}/{edge.target.node or 'index'}.md"
        yield f"[{edge.exit.words or ANSWERS[edge.answer]}]({page})"


def _list(entries: Iterator[str]) -> Iterator[str]:
    """The entries as one list; nothing without any."""
    if lines := [f"- {entry}" for entry in entries]:
        yield "\n".join(lines)
