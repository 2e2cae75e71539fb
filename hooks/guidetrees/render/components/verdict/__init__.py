"""The verdict at the beginning of an outcome's heading."""

from __future__ import annotations

from guidetrees.graph.node_kinds import verdict
from guidetrees.parse.model import Node
from guidetrees.render.context import Site


def verdict_words(site: Site, node: Node) -> str | None:
    """The words of a node's verdict; None where it has none."""
    kind = verdict(node)
    return site.words[f"verdict_{kind}"] if kind else None


def node_title(site: Site, node: Node) -> str:
    """The title of a node's page. An outcome's begins with its verdict."""
    words = verdict_words(site, node)
    return site.words.say("verdict_title", verdict=words, outcome=node.title) if words else str(node.title)


def render_verdict(site: Site, node: Node, marked: str) -> str:
    """The HTML that replaces the words `marked` at the beginning of the heading."""
    words = verdict_words(site, node)
    if not (words and marked):
        return ""
    rest = marked[len(words) :]
    return site.render("components/verdict/verdict.html", kind=verdict(node), words=words, rest=rest).strip()
