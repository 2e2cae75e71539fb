"""A tree as a drawn map: one picture, or one for each branch of a large tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from guidetrees.graph.graph import NodeRef
from guidetrees.graph.node_kinds import items, verdict
from guidetrees.graph.outline import MapPart, map_parts, seen_from_tree
from guidetrees.render.answer_words import edge_words
from guidetrees.render.components.verdict import verdict_words
from guidetrees.render.context import Site
from guidetrees.render.map.drawing import Exit, Picture, Shape, draw
from guidetrees.render.map.print_tiles import Paper, paper


@dataclass(frozen=True, slots=True)
class MapPicture:
    """A picture of a tree or of a branch."""

    id: str
    title: str | None
    """None where the tree has one picture."""
    drawing: Picture
    paper: Paper | None
    """How it is printed; None where it fits into the text."""


@dataclass(frozen=True, slots=True)
class TreeMap:
    """How a page shows a tree as a map."""

    site: Site
    tree: str
    prefix: str
    """What the ids of pictures begin with."""
    link: Callable[[NodeRef], str]
    """Where boxes lead."""
    numbers: Mapping[NodeRef, int]
    """The numbers of nodes in a document, shown in their boxes."""

    def pictures(self) -> list[MapPicture]:
        """The pictures of the tree."""
        parts = map_parts(self.site.graph, self.tree)
        drawn_in = {ref: number for number, part in enumerate(parts, 1) for ref in part.nodes}
        return [self._picture(part, number, len(parts), drawn_in) for number, part in enumerate(parts, 1)]

    def _picture(self, part: MapPart, number: int, count: int, drawn_in: Mapping[NodeRef, int]) -> MapPicture:
        title = self.site.graph.node(part.nodes[0]).title
        others = [self._other(ref, drawn_in.get(ref)) for ref in part.others]
        drawing = draw([*map(self._node, part.nodes), *others])
        return MapPicture(
            id=f"{self.prefix}--{number}",
            title=self.site.words.say("map_part", number=str(number), title=title) if count > 1 else None,
            drawing=drawing,
            paper=paper(drawing),
        )

    def _node(self, ref: NodeRef) -> Shape:
        graph, node = self.site.graph, self.site.graph.node(ref)
        exits = tuple(
            Exit(edge_words(self.site, edge), str(seen_from_tree(graph, self.tree, edge.target)))
            for edge in graph.outgoing[ref]
        )
        icon = verdict(node) or ""
        return Shape(str(ref), node.kind, self._caption(ref), node.title, self.link(ref), exits, icon)

    def _caption(self, ref: NodeRef) -> str:
        words, node = self.site.words, self.site.graph.node(ref)
        caption = words[node.kind]
        if said := verdict_words(self.site, node):
            caption = f"{caption}: {said}"
        if items(node):
            caption = f"{caption}: {words.say('points_count', all=str(len(items(node))))}"
        number = self.numbers.get(ref)
        return f"{number}. {caption}" if number else caption

    def _other(self, ref: NodeRef, number: int | None) -> Shape:
        """The box of what is not drawn here: a node of the picture `number`, another tree, or a node of one."""
        words, tree = self.site.words, self.site.project.trees[ref.tree]
        title = self.site.graph.node(ref).title if ref.node else tree.title
        if number:
            caption = words.say("map_goes_on", number=str(number))
            return Shape(str(ref), "onward", caption, title, f"#{self.prefix}--{number}")
        caption = f"{words['tree']}: {tree.title}" if ref.node else words["tree"]
        return Shape(str(ref), "tree", caption, title, self.link(ref))
