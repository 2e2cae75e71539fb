"""A tree as a whole, ready to be shown: the map, and the outline that says the same in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace

from guidetrees.graph.graph import NodeRef
from guidetrees.graph.outline import MapPart, OutlineStep, map_parts, outline, seen_from_tree
from guidetrees.parse.model import Checklist, Outcome, Tree
from guidetrees.project.urls import relative_url
from guidetrees.render.map.drawing import Exit, Shape, draw
from guidetrees.render.map.print_tiles import paper
from guidetrees.render.views import Site, edge_words, kind_of

Link = Callable[[NodeRef], str]
Numbers = dict[NodeRef, int]
"""The nodes' numbers in a document, to be shown in their boxes; empty where there are none."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page that shows maps of trees."""

    link: Callable[[str], Link]
    """For a tree, where its boxes lead."""
    prefix: str = ""
    """What ids on the page begin with; where it is empty, the tree's own."""
    numbers: Numbers = field(default_factory=dict)


START = Sheet(lambda tree: lambda address: relative_url(address, tree), "map")
"""A tree's start page."""


def pictures(site: Site, sheet: Sheet, tree: str) -> list[SimpleNamespace]:
    """The map of one of a sheet's trees: one picture, or one a branch, with a title each."""
    pieces, prefix = map_parts(site.graph, tree), sheet.prefix or tree
    places = _Places(site, tree, prefix, sheet.link(tree), sheet.numbers, pieces)
    return [_picture(places, number, piece) for number, piece in enumerate(pieces, 1)]


def _picture(places: _Places, number: int, piece: MapPart) -> SimpleNamespace:
    site, drawing = places.site, draw(places.shapes(piece))
    title = site.words.say("map_part", number=str(number), title=site.graph.node(piece.nodes[0]).title)
    return SimpleNamespace(
        id=f"{places.prefix}--{number}",
        title=title if places.count > 1 else None,
        drawing=drawing,
        paper=paper(drawing),
        prefix=places.prefix if places.prefix == "map" else None,
    )


class _Places:
    """What the boxes of one tree say, and where they lead."""

    def __init__(
        self, site: Site, tree: str, prefix: str, link: Link, numbers: Numbers, pieces: list[MapPart]
    ) -> None:
        self.site, self.tree, self.prefix, self.link, self.numbers = site, tree, prefix, link, numbers
        self.count = len(pieces)
        self.part = {node: number for number, piece in enumerate(pieces, 1) for node in piece.nodes}

    def shapes(self, piece: MapPart) -> list[Shape]:
        return [*map(self._node, piece.nodes), *map(self._other, piece.others)]

    def _node(self, address: NodeRef) -> Shape:
        node = self.site.graph.node(address)
        edges = self.site.graph.outgoing[address]
        exits = tuple(
            Exit(edge_words(self.site, edge), str(seen_from_tree(self.site.graph, self.tree, edge.target)))
            for edge in edges
        )
        icon = node.verdict if isinstance(node, Outcome) else ""
        return Shape(
            str(address), kind_of(node), self._caption(address), node.title, self.link(address), exits, icon
        )

    def _caption(self, address: NodeRef) -> str:
        node, words = self.site.graph.node(address), self.site.words
        said = words[kind_of(node)]
        if isinstance(node, Outcome):
            said = f"{said}: {words[f'verdict_{node.verdict}']}"
        if isinstance(node, Checklist):
            said = f"{said}: {words.say('points_count', all=str(len(node.items)))}"
        return f"{self.numbers[address]}. {said}" if address in self.numbers else said

    def _other(self, address: NodeRef) -> Shape:
        """A box for what is not drawn here: a node of another picture, another tree, a node of one."""
        if address in self.part:
            number = self.part[address]
            caption = self.site.words.say("map_goes_on", number=str(number))
            title, href = self.site.graph.node(address).title, f"#{self.prefix}--{number}"
            return Shape(str(address), "onward", caption, title, href)
        tree, caption = self.site.project.trees[address.tree], self.site.words["tree"]
        title = self.site.graph.node(address).title if address.node else tree.title
        caption = f"{caption}: {tree.title}" if address.node else caption
        return Shape(str(address), "tree", caption, title, self.link(address))


def outline_steps(site: Site, tree: Tree) -> Iterator[SimpleNamespace]:
    """The outline's steps, with the words and links that they show."""
    open_steps: list[SimpleNamespace] = []
    branches = list(outline(site.graph, tree.id))
    for branch, following in zip(branches, [*branches[1:], None], strict=True):
        if branch.opens is None:
            yield SimpleNamespace(opens=False, inner=open_steps.pop().inner)
        else:
            step = _outline_step(site, branch, branch.opens, tree.id)
            step.inner = bool(following and following.opens and following.edge)
            open_steps.append(step)
            yield step


def _outline_step(site: Site, branch: OutlineStep, address: NodeRef, home: str) -> SimpleNamespace:
    if address.node:
        node = site.graph.node(address)
        title, kind = node.title, kind_of(node)
    else:
        title, kind = site.project.trees[address.tree].title, "tree"
    own = address.tree == home and not branch.again
    return SimpleNamespace(
        opens=True,
        title=title,
        kind=kind,
        href=relative_url(address, home),
        answer=edge_words(site, branch.edge) if branch.edge else None,
        id=f"list-{address.node}" if own else None,
        note=site.words["above"] if branch.again and kind in ("question", "checklist") else None,
        entry=not branch.edge and address != site.graph.enter(NodeRef(home)),
    )
