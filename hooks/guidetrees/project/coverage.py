"""Which sections of the guide the trees cite, and which none cites."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guidetrees.graph.graph import NodeRef
from guidetrees.parse.guide import Section
from guidetrees.project.project import Project
from guidetrees.project.references import all_nodes, cited
from guidetrees.source.location import Location


@dataclass(frozen=True, slots=True)
class Coverage:
    """A section of the guide, and what cites it."""

    section: Section
    by: tuple[NodeRef, ...]
    """The nodes that cite exactly this section, in the order of the files."""
    within: Section | None
    """The nearest enclosing section that is cited: its quotation contains this section."""
    in_part: bool
    """Whether a section within it is cited."""

    @property
    def uncited(self) -> bool:
        """Whether no tree quotes any part of it."""
        return not (self.by or self.within or self.in_part)


def cited_under(project: Project) -> dict[Location, dict[NodeRef, None]]:
    """The headings of the guide below which something is cited, by location, with the citing nodes in the order of
    the files. Text before the first heading of a page counts to the beginning of the page."""
    under: dict[Location, dict[NodeRef, None]] = {}
    for row in coverage(project):
        if row.by:
            under.setdefault(row.section.location, {}).update(dict.fromkeys(row.by))
    return under


def coverage(project: Project) -> Iterator[Coverage]:
    """Every section of the guide, in the order of its pages."""
    by: dict[tuple[str, str], list[NodeRef]] = {}
    in_part: set[tuple[str, str]] = set()
    for tree, node in all_nodes(project):
        for reference in dict.fromkeys(map(str, cited(node))):
            if section := project.section(reference):
                by.setdefault((section.page, section.id), []).append(NodeRef(tree.id, str(node.id)))
                in_part |= {(section.page, id) for id in section.above}
    for page in project.pages.values():
        for section in page.sections.values():
            key = (page.path, section.id)
            within = (page.sections[id] for id in section.above if (page.path, id) in by and id in page.sections)
            yield Coverage(section, tuple(by.get(key, ())), next(within, None), key in in_part)
