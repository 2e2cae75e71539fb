"""A tree as a drawn map: one picture, or one for each branch of a large tree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from guidetrees.graph.graph import NodeRef
from guidetrees.graph.node_kinds import items, verdict
from guidetrees.graph.outline import MapPart, map_parts, seen_from_tree
from guidetrees.parse.model import Node
from guidetrees.project.urls import relative_url
from guidetrees.render.answer_words import edge_words
from guidetrees.render.context import Site
from guidetrees.render.map.drawing import Exit, Picture, Shape, draw
from guidetrees.render.map.print_tiles import Paper, paper

Link = Callable[[NodeRef], str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page that shows maps of trees."""

    link: Callable[[str], Link]
    """For a tree: where its boxes lead."""
    prefix: str = ""
    """What ids on the page begin with; the tree's id where it is empty."""
    numbers: dict[NodeRef, int] = field(default_factory=dict)
    """The numbers of nodes in a document, shown in their boxes."""


@dataclass(frozen=True, slots=True)
class MapPicture:
    """A picture of a tree or of a branch."""

    id: str
    title: str | None
    """None where the tree has one picture."""
    drawing: Picture
    paper: Paper | None
    """How it is printed; None where it fits into the text."""
    prefix: str | None
    """What ids of boxes begin with; None where boxes have none."""


START = Sheet(lambda tree: lambda ref: relative_url(ref, tree), "map")
"""A tree's start page."""


def map_pictures(site: Site, sheet: Sheet, tree: str) -> list[MapPicture]:
    """The pictures of one of a sheet's trees."""
    parts = map_parts(site.graph, tree)
    boxes = _Boxes(site, sheet, tree, {ref: number for number, part in enumerate(parts, 1) for ref in part.nodes})
    return [_picture(boxes, number, part, len(parts)) for number, part in enumerate(parts, 1)]


def _picture(boxes: _Boxes, number: int, part: MapPart, count: int) -> MapPicture:
    site, drawing = boxes.site, draw(boxes.shapes(part))
    title = site.words.say("map_part", number=str(number), title=site.graph.node(part.nodes[0]).title)
    return MapPicture(
        id=f"{boxes.prefix}--{number}",
        title=title if count > 1 else None,
        drawing=drawing,
        paper=paper(drawing),
        prefix=boxes.prefix if boxes.prefix == "map" else None,
    )


@dataclass(frozen=True, slots=True)
class _Boxes:
    """The texts and links of the boxes of one tree."""

    site: Site
    sheet: Sheet
    tree: str
    part: dict[NodeRef, int]
    """The number of the picture that each node is drawn in."""

    @property
    def prefix(self) -> str:
        return self.sheet.prefix or self.tree

    def shapes(self, part: MapPart) -> list[Shape]:
        return [*map(self._node, part.nodes), *map(self._other, part.others)]

    def _node(self, ref: NodeRef) -> Shape:
        graph, node = self.site.graph, self.site.graph.node(ref)
        exits = tuple(
            Exit(edge_words(self.site, edge), str(seen_from_tree(graph, self.tree, edge.target)))
            for edge in graph.outgoing[ref]
        )
        icon = verdict(node) or ""
        caption = self._caption(ref, node)
        return Shape(str(ref), node.kind, caption, node.title, self.sheet.link(self.tree)(ref), exits, icon)

    def _caption(self, ref: NodeRef, node: Node) -> str:
        words, caption = self.site.words, self.site.words[node.kind]
        if verdict(node):
            caption = f"{caption}: {words[f'verdict_{verdict(node)}']}"
        if items(node):
            caption = f"{caption}: {words.say('points_count', all=str(len(items(node))))}"
        number = self.sheet.numbers.get(ref)
        return f"{number}. {caption}" if number else caption

    def _other(self, ref: NodeRef) -> Shape:
        """The box of what is not drawn here: a node of another picture, another tree, or a node of one."""
        if ref in self.part:
            number = self.part[ref]
            caption = self.site.words.say("map_goes_on", number=str(number))
            title, href = self.site.graph.node(ref).title, f"#{self.prefix}--{number}"
            return Shape(str(ref), "onward", caption, title, href)
        tree, caption = self.site.project.trees[ref.tree], self.site.words["tree"]
        title = self.site.graph.node(ref).title if ref.node else tree.title
        caption = f"{caption}: {tree.title}" if ref.node else caption
        return Shape(str(ref), "tree", caption, title, self.sheet.link(self.tree)(ref))
