"""The input of rendering: a project without problems, and the texts and templates of a language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from guidetrees.graph.graph import Graph, NodeRef
from guidetrees.messages.words import Words
from guidetrees.parse.author_markdown import render_author_markdown
from guidetrees.parse.model import Tree
from guidetrees.project.build_day import build_day
from guidetrees.project.coverage import cited_under
from guidetrees.project.project import Project
from guidetrees.project.urls import FRONT, INDEX_PAGE, has_list, link_from_tree
from guidetrees.render.assets import MAPS_STYLE, REVIEW_STYLE
from guidetrees.source.location import LocatedStr, Location

OUTPUT_OF_WORDS = re.compile(r"\{\{ w\.(\w+) \}\}")


@dataclass(frozen=True, slots=True)
class Site:
    """A project without problems, to be rendered."""

    words: Words
    project: Project
    graph: Graph
    day: date
    """The day of the build."""
    cited: Mapping[Location, Iterable[NodeRef]]
    """Location of a heading of the guide → the nodes that cite its section."""

    @property
    def no_script_search(self) -> str:
        """The page on which readers without script look words up, from the site's root."""
        return INDEX_PAGE if has_list(self.project, INDEX_PAGE) else FRONT

    @property
    def no_script_words(self) -> str:
        """What a link to that page says."""
        return self.words["index" if has_list(self.project, INDEX_PAGE) else "home"]

    def render(self, template: str, **values: object) -> str:
        """The HTML of a template (a path below render/, such as `pages/start/start.html`)."""
        return _templates(self.words).get_template(template).render(values)

    def markdown(self, tree: Tree, text: LocatedStr | None, folder: str = "") -> Markup | None:
        """The HTML of a text of `tree`, for a page in the tree's folder or in another `folder`."""
        return render_author_markdown(text, link_from_tree(self.project, tree.id, folder)).html if text else None


def prepare(project: Project, words: Words, day: date | None = None) -> Site:
    """The site of `project`, which has no problems. The default of `day` is the day of the build."""
    return Site(words, project, project.graph, day or build_day(), cited_under(project))


class _Templates(Environment):
    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The same dictionary for all templates: none has globals of its own. Jinja compares the globals at every
        import; comparing its nested mappings takes longer than rendering a component."""
        assert not d
        return self.globals


class _Loader(FileSystemLoader):
    """Templates with the texts of a language written into them: each `{{ w.key }}` is its text, as HTML."""

    def __init__(self, folder: Path, words: Words) -> None:
        super().__init__(folder)
        self.words = words

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, path, is_current = super().get_source(environment, template)
        return OUTPUT_OF_WORDS.sub(lambda key: escape(self.words[key[1]]), source), path, is_current


@cache
def _templates(words: Words) -> Environment:
    """The engine's templates, compiled once per process and language.

    The texts are a global: components that import them "with context" would be loaded again for every page.
    """
    templates = templates_in(Path(__file__).parent, words)
    templates.globals |= {"MAPS_STYLE": MAPS_STYLE, "REVIEW_STYLE": REVIEW_STYLE}
    return templates


def templates_in(folder: Path, words: Words) -> Environment:
    """The templates in a folder, with the texts of a language."""
    templates = _Templates(
        loader=_Loader(folder, words),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,  # all of them
        optimized=False,  # constants are not worth looking for
    )
    # Jinja looks for attributes first: as attributes, texts are found four times as fast.
    templates.globals |= {"w": SimpleNamespace(tell=words.tell, **words.table), "language": words.language}
    templates.filters |= {"day": words.day, "number": words.number}
    return templates
