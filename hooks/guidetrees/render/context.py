"""The input of rendering: the texts and templates of a language, and a project without problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from guidetrees.graph.graph import Graph, NodeRef
from guidetrees.messages.words import Words
from guidetrees.project.build_day import build_day
from guidetrees.project.coverage import cited_under
from guidetrees.project.project import Project
from guidetrees.render.assets import MAPS_STYLE, REVIEW_STYLE
from guidetrees.source.location import Location


@dataclass(frozen=True, slots=True)
class RenderContext:
    """What every page needs, also without a project."""

    words: Words

    def render(self, template: str, **values: object) -> str:
        """The HTML of a template (a path below render/, such as `pages/start/start.html`)."""
        return _templates(self.words).get_template(template).render(values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site(RenderContext):
    """A project without problems, to be rendered."""

    project: Project
    graph: Graph
    day: date
    """The day of the build."""
    cited: Mapping[Location, Iterable[NodeRef]]
    """Location of a heading of the guide → the nodes that cite its section."""


def prepare(project: Project, words: Words, day: date | None = None) -> Site:
    """The site of `project`, which has no problems. The default of `day` is the day of the build."""
    return Site(
        project=project, graph=project.graph, words=words, day=day or build_day(), cited=cited_under(project)
    )


class _Templates(Environment):
    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The same dictionary for all templates: none has globals of its own. Jinja compares the globals at every
        import; comparing its nested mappings takes longer than rendering a component."""
        assert not d
        return self.globals


@cache
def _templates(words: Words) -> Environment:
    """The engine's templates, compiled once per process and language.

    The texts are a global: components that import them "with context" would be loaded again for every page.
    """
    templates = _Templates(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    templates.globals |= {"w": words, "language": words.language}
    templates.globals |= {"MAPS_STYLE": MAPS_STYLE, "REVIEW_STYLE": REVIEW_STYLE}
    templates.filters |= {"day": words.day, "number": words.number}
    return templates
