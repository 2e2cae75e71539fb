"""mkdocs.yml → the settings that the engine uses. The file belongs to the site builder and may use all of YAML."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from yaml import MappingNode, Node

from guidetrees.messages.message import about, say
from guidetrees.parse.problem_collector import ProblemCollector
from guidetrees.parse.site_markdown import EXTENSIONS, GUESTS, PLAIN, Dialect, Extension, load_fault
from guidetrees.project.options import LISTS, PLUGIN, Written, named_entries, option_faults, written_options
from guidetrees.source.files import Unreadable, read_text
from guidetrees.source.foreign_yaml import Layer, Setting, beside, plain_value
from guidetrees.source.layout import DEFAULT, MKDOCS, Layout, folder_inside
from guidetrees.source.location import Location, Problem, shorten
from guidetrees.source.yaml import read_foreign_yaml

MAX_LAYERS = 20
"""Files that inherit from each other."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in mkdocs.yml. The defaults apply if there is no such file or it cannot be read."""

    site_name: str = ""
    language: str = "en"
    """The language of the theme and of the site."""
    strict_review: bool = False
    """Whether a tree whose review is overdue is an error."""
    exclude_docs: tuple[str, ...] = ()
    """Patterns of the files in docs/ that are not part of the site."""
    draft_docs: tuple[str, ...] = ()
    """Patterns of the files in docs/ that only previews show."""
    there: bool = False
    """Whether the project has a mkdocs.yml."""
    owner: str = ""
    """Who publishes the site."""
    feedback: str = ""
    """Where readers report mistakes: an e-mail address or a web address."""
    accessibility_statement: str = ""
    """The web address of the official accessibility statement."""
    layout: Layout = DEFAULT
    in_doubt: frozenset[str] = frozenset()
    """Folders that are named and are not there, or those in their place: what is not found may be in these."""
    policy: bool = True
    """Whether pages carry a content security policy."""
    review: bool = True
    """Whether the documents for review are built."""
    lists: frozenset[str] = frozenset(LISTS)
    """The lists that are built, by the names of their files."""
    scripts: tuple[str, ...] = ()
    """The scripts that pages load (`extra_javascript`), by path in docs/."""
    directory_urls: bool = False
    """Whether the site builder gives each page of docs/ a folder of its own (`x/index.html` for `x.md`)."""
    options: str = f"extra: {PLUGIN}"
    """Where the engine's own options are, as messages name it."""
    dialect: Dialect = PLAIN
    """The Markdown of pages."""
    written: Setting = field(default_factory=Setting, compare=False)
    """All that is written in the file."""

    @property
    def is_guest(self) -> bool:
        """Whether the site is others', and the trees are guests there: its other pages are not the engine's."""
        return not self.policy


def read_settings(
    root: Path, collector: ProblemCollector, file: str = MKDOCS, directory_urls: bool | None = None
) -> Settings:
    """The settings of the project in `root`. Adds problems to `collector`. `directory_urls` replaces what the file
    says: a plugin of the site builder may have changed it."""
    written = _written(root, file, collector) if os.path.lexists(root / file) else Setting()
    options = written_options(written)
    for location, fault in option_faults(options):
        collector.add(location, fault)
    layout, in_doubt = _layout(root, written, options, collector)
    if directory_urls is None:  # true is what MkDocs takes where nothing is said
        said = written.at("use_directory_urls")
        directory_urls = said.is_true or bool(written and not said)
    return Settings(
        there=bool(written),
        site_name=written.at("site_name").text,
        language=language_of_theme(written.at("theme")),
        layout=layout,
        in_doubt=in_doubt,
        strict_review=options.switch("strict_review"),
        policy=options.switch("policy"),
        review=options.switch("review"),
        lists=options.names("lists"),
        exclude_docs=tuple(written.at("exclude_docs").text.splitlines()),
        draft_docs=tuple(written.at("draft_docs").text.splitlines()),
        scripts=tuple(entry.text.removeprefix("./") for entry in paths_in(written.at("extra_javascript"))),
        directory_urls=directory_urls,
        written=written,
        owner=options.text("owner"),
        feedback=options.text("feedback"),
        accessibility_statement=options.text("accessibility_statement"),
        options=options.place,
        dialect=_dialect(written.at("markdown_extensions"), is_guest=not options.switch("policy")),
    )


def _dialect(extensions: Setting, is_guest: bool) -> Dialect:
    """The extensions of pages, without those that cannot be loaded (a problem of its own)."""
    listed = list(listed_extensions(extensions))
    known = {extension.name for _, extension in listed}
    engines = tuple(name for name in EXTENSIONS if not is_guest or name in GUESTS or name in known)
    sites = (
        extension for _, extension in listed if extension.name not in EXTENSIONS and not load_fault(extension)
    )
    return Dialect(engines, tuple(sites))


def listed_extensions(extensions: Setting) -> Iterator[tuple[Setting, Extension]]:
    """The extensions in `markdown_extensions`, with their places. Options that are made by code are left out."""
    for name, options in named_entries(extensions):
        values = plain_value(options) if options.type == "map" else {}
        yield name, Extension(name.text.removeprefix("markdown.extensions."), json.dumps(values))


def language_of_theme(theme: Setting) -> str:
    """The language that a theme is told: Material by `language`, those of MkDocs by `locale` (as in `pt_BR`)."""
    return theme.at("language").text or re.split("[_-]", theme.at("locale").text)[0] or "en"


def _layout(
    root: Path, written: Setting, options: Written, collector: ProblemCollector
) -> tuple[Layout, frozenset[str]]:
    """The folders of the project, and those in doubt: one that is named and is not there is a problem, and what is
    not found may be in it, or in the one that takes its place."""
    in_doubt = []

    def is_missing(key: str, value: Setting, folder: str) -> bool:
        if not value or value.type != "str" or (root / folder).is_dir():
            return False
        collector.add(value.location, about(key, say("there is no folder '{folder}'", folder=shorten(folder))))
        return True

    docs_dir, guide = written.at("docs_dir"), options.named("guide")
    named = folder_inside(docs_dir.text or DEFAULT.docs)
    if not named:
        outside = say("'{folder}' is not in the project's folder: move it there", folder=shorten(docs_dir.text))
        collector.add(docs_dir.location, about("docs_dir", outside))
        in_doubt.append(named := DEFAULT.docs)
    trees, in_docs = options.folder("trees"), options.folder("guide")
    if is_missing(f"{options.place}: trees", options.named("trees"), trees):
        in_doubt.append(trees)  # and no other in its place: `new` makes it
    if is_missing("docs_dir", docs_dir, named):
        in_doubt.append(named := DEFAULT.docs)
    if is_missing(f"{options.place}: guide", guide, f"{named}/{in_docs}"):
        in_docs = DEFAULT.guide_in_docs
        in_doubt.append(f"{named}/{in_docs}")
    return Layout(trees, named, in_docs), frozenset(in_doubt)


def language_of(root: Path) -> str:
    """The language of the project in `root`, whatever else is wrong with its settings."""
    return read_settings(root, ProblemCollector()).language


def _written(root: Path, name: str, collector: ProblemCollector) -> Setting:
    """The settings of the file `name` and of those that it inherits from."""
    layers, file, place = list[Layer](), name, Location(name)
    with collector.reading():
        while (node := _node(root, file, place)) is not None:
            layers.append((file, node))
            if len(layers) > MAX_LAYERS:
                raise Unreadable(Problem(Location(name), say("INHERIT: the files inherit from each other")))
            if not (above := Setting(((file, node),)).at("INHERIT")):
                break
            place, file = above.location, beside(file, above.text)
        return Setting(tuple(layers))
    return Setting()


def _node(root: Path, file: str, place: Location) -> Node | None:
    """What is written in a file of settings, named at `place`; None if it is empty. Raises Unreadable."""
    if not (root / file).exists() and place.file != file:
        raise Unreadable(Problem(place, say("INHERIT: no file '{file}'", file=file)))
    node = read_foreign_yaml(read_text(root / file, file), file)
    if node and not isinstance(node, MappingNode):
        fault = say("must be a mapping of settings, such as `site_name: Our guide`")
        raise Unreadable(Problem(Location(file), fault))
    return node


def paths_in(entries: Setting) -> Iterator[Setting]:
    """The paths of files in a list, whose entries are texts or mappings with a `path`."""
    return (entry.at("path") or entry for entry in entries.items)
