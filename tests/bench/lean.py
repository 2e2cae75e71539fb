"""The lean peer: the pages that a person would write by hand for the questions of a synthetic guide, for plain
MkDocs with Material, out of its navigation. A page has a heading, its help, its answers as links, one quotation of
the guide and the contacts: no scripts, no maps, no documents for review."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

Node = Mapping[str, Any]

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
markdown_extensions: [attr_list, tables, {toc: {permalink: "¶"}}]
"""
"""Those of the guide, without the engine. MkDocs adds its search where no plugins are listed: readers of the
engine's site have one, too."""
SECTION = re.compile(r"^## .*\{ #(.+) \}$", re.M)


def write_lean(guide: Path, folder: Path) -> Path:
    """The pages for the guide in `guide`, in `folder`, which is made."""
    docs = folder / "docs"
    files = {path.relative_to(guide / "docs"): path.read_text("utf-8") for path in guide.glob("docs/guide/*.md")}
    sections = dict(_sections(files))
    contacts = _yaml(guide / "decision_trees/contacts.yml")
    trees = {path.stem: _yaml(path) for path in sorted(guide.glob("decision_trees/tree-*.yml"))}
    for id, tree in trees.items():
        files[Path(id, "index.md")] = _start(tree)
        for name, node in tree["nodes"].items():
            files[Path(id, f"{name}.md")] = "\n\n".join(filter(None, _page(node, sections, contacts))) + "\n"
    links = "\n".join(f"- [{tree['title']}]({id}/index.md)" for id, tree in trees.items())
    files[Path("index.md")] = f"# Guide\n\nFind svar.\n\n{links}\n"
    for path, text in files.items():
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (docs / path).write_text(text, "utf-8")
    (folder / "mkdocs.yml").write_text(SETTINGS, "utf-8")
    return folder


def _yaml(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    return found


def _sections(files: Mapping[Path, str]) -> Iterator[tuple[str, str]]:
    """References (`page.md#id`) and the first paragraphs of their sections."""
    for path, text in files.items():
        _, *parts = SECTION.split(text)
        for id, body in zip(parts[::2], parts[1::2], strict=True):
            yield f"{path.name}#{id}", body.strip().partition("\n\n")[0]


def _start(tree: Node) -> str:
    return f"# {tree['title']}\n\n{tree['intro']}\n\n[Start]({tree['start']}.md)\n"


def _page(node: Node, sections: Mapping[str, str], contacts: Mapping[str, Node]) -> Iterator[str]:
    yield f"# {node.get('question') or node.get('checklist') or node.get('outcome')}"
    yield node.get("help") or node.get("text") or ""
    yield "\n".join(f"- {item['item']}" for item in node.get("items", ()))
    yield "\n".join(f"- [{words}]({target}.md)" for words, target in _answers(node))
    reference = node["guide"][0] if "guide" in node else ""
    if reference:
        yield f"> {sections[reference]}"
        yield f"[Guiden](../guide/{reference})"
    for name in node.get("contacts", ()):
        yield f"Spørg [{contacts[name]['name']}]({contacts[name]['url']})"


def _answers(node: Node) -> Iterator[tuple[str, str]]:
    """The words of each answer and the node to which it leads, in the last of its cases."""
    for answer in node.get("answers", ()):
        goto = answer["goto"]
        yield answer["answer"], goto if isinstance(goto, str) else goto[-1]["to"]
    if "items" in node:
        yield "Ja", node["goto"]["met"] if "goto" in node else node["met"]
        yield "Nej", node["goto"]["unmet"] if "goto" in node else node["unmet"]
