"""A project's folder → its trees, contacts, updates, pages and settings, read once."""

from __future__ import annotations

import errno
import gc
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pathspec import GitIgnoreSpec

from guidetrees.graph.graph import Graph, build_graph
from guidetrees.graph.reachability import Reachability, entrances, reachability
from guidetrees.messages.message import Message, say
from guidetrees.parse.docs_files import problems_of_files
from guidetrees.parse.docs_page import DocsPage, read_docs_page
from guidetrees.parse.guide import GuidePage, Section, guide_page
from guidetrees.parse.ids import MAX_ID_LENGTH, is_id, slug, such_as
from guidetrees.parse.model import Contact, Tree, Update
from guidetrees.parse.problem_collector import ProblemCollector
from guidetrees.parse.tables.registers import read_contacts, read_updates
from guidetrees.parse.tables.tree import read_tree
from guidetrees.project.settings import Settings, read_settings
from guidetrees.project.uncertainty import Uncertainty, led_to, open_trees
from guidetrees.source.characters import meant, misleading
from guidetrees.source.files import read_bytes, read_text, unreadable
from guidetrees.source.layout import MKDOCS, Layout
from guidetrees.source.location import LocatedStr, Location, Problem
from guidetrees.source.page_names import is_page
from guidetrees.source.unsafe_paths import ScannedFiles, scan, with_parents
from guidetrees.source.yaml import Value

HIDDEN = (".*", "/templates/")
"""The files that MkDocs leaves out of every site (mkdocs.structure.files)."""
EDITORS_OWN = (".txt", ".text", ".doc", ".docx", ".odt", ".rtf")
"""Suffixes that editors add to the name of a file."""

T = TypeVar("T")


@dataclass(frozen=True)
class Project:
    """What was read, and the problems found while reading."""

    trees: dict[str, Tree]
    """By id, in the order of the files."""
    contacts: dict[str, Contact] | None
    """By id; None if contacts.yml could not be read."""
    updates: dict[str, Update] | None
    """By id; None if updates.yml could not be read."""
    pages: dict[str, GuidePage]
    """The guide's pages by path in its folder, such as `leder.md`."""
    taken: frozenset[str]
    """Names in docs/ that a tree's folder must not have, in lower case: file shares ignore case."""
    problems: tuple[Problem, ...]
    uncertain: Uncertainty = field(default_factory=Uncertainty)
    """What is unknown because a file could not be read in full: references to it are not checked."""
    published: tuple[LocatedStr, ...] = ()
    """The addresses that the site has had, from its root: other sites link to them."""
    settings: Settings = field(default_factory=Settings)
    docs: dict[str, DocsPage] = field(default_factory=dict)
    """Every page of docs/ that could be read, by path in docs/."""
    files: tuple[str, ...] = ()
    """Paths in docs/ of all files that the site builder reads, pages among them."""
    drafts: frozenset[str] = frozenset()
    """The paths in `docs` that only previews show (`draft_docs` in mkdocs.yml)."""
    left_out: frozenset[str] = frozenset()
    """Paths in docs/ of the pages that mkdocs.yml leaves out of the site, drafts among them."""
    root: Path = Path()
    """The project's folder."""

    @property
    def layout(self) -> Layout:
        return self.settings.layout

    @property
    def html_pages(self) -> frozenset[str]:
        """Paths in docs/ of the pages that are written in HTML, which the site builder copies."""
        return frozenset(file for file in self.files if file.endswith(".html"))

    @property
    def own_pages(self) -> Iterator[DocsPage]:
        """The pages of docs/ that are part of the site."""
        return (page for path, page in self.docs.items() if path not in self.drafts)

    def section(self, reference: str) -> Section | None:
        """The section that `page.md#id` names; None if there is none."""
        page, _, id = reference.partition("#")
        found = self.pages.get(page)
        return found.sections.get(id) if found else None

    @cached_property
    def graph(self) -> Graph:
        return build_graph(self.trees)

    @cached_property
    def reach(self) -> Reachability:
        """What readers can have answered, in the trees of which all incoming edges are known.

        Raises TooManyCombinations.
        """
        unknown = open_trees(self.graph, self.uncertain.led_to)
        nodes = dict.fromkeys(ref for ref in self.graph.outgoing if ref.tree not in unknown)
        return reachability(self.graph, nodes, entrances(self.graph, self.trees.keys() - unknown))

    @property
    def guide(self) -> dict[str, str]:
        """The data of the guide in the front matter of its first page: title, publisher, date."""
        return next((dict(page.guide) for page in self.pages.values() if page.guide), {})


@contextmanager
def gc_paused() -> Iterator[None]:
    """Pauses the garbage collector while many lasting objects are made, which it would traverse again and again: a
    fifth of the time of a check of a large guide."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@gc_paused()
def read_project(
    root: Path, settings_file: str = MKDOCS, directory_urls: bool | None = None, layout: Layout | None = None
) -> Project:
    """The project in `root`: its trees, its pages and mkdocs.yml.

    A site builder says which file of settings it reads, and whether pages have folders of their own: one of its
    plugins may have decided that. `layout` replaces what the settings say: a former version may have come without
    them.
    """
    collector = ProblemCollector()
    settings = read_settings(root, collector, settings_file, directory_urls)
    if layout:
        settings = replace(settings, layout=layout)
    layout = settings.layout
    found = scan(root, layout.trees, layout.docs)
    collector.problems.extend(found.refused.values())
    trees, unread, invalid = _trees(root, layout, found, collector)
    excluded = GitIgnoreSpec.from_lines([*HIDDEN, *settings.exclude_docs])
    in_docs = [file.removeprefix(f"{layout.docs}/") for file in found.below(layout.docs)]
    left_out = frozenset(filter(excluded.match_file, in_docs))
    files = [file for file in in_docs if file not in left_out]
    if not settings.is_guest:
        collector.problems.extend(
            problems_of_files(root, layout, files, settings.scripts, settings.directory_urls)
        )
    docs = dict(_docs(root, settings, files, collector))
    drafts = frozenset(filter(GitIgnoreSpec.from_lines(settings.draft_docs).match_file, docs))
    in_folders = frozenset(docs) if settings.directory_urls else frozenset[str]()
    published_docs = (page for path, page in docs.items() if path not in drafts)
    pages = dict(_guide_pages(published_docs, in_folders, collector))
    contacts = _register(root, layout.contacts, read_contacts, found, collector)
    updates = _register(root, layout.updates, read_updates, found, collector)
    published = tuple(_published(root, layout.published, found, collector))
    in_doubt = collector.in_doubt
    named = led_to(_texts(root, in_doubt.intersection(found.below(layout.trees))), trees)
    return Project(
        trees=trees,
        contacts=contacts,
        updates=updates,
        pages=pages,
        taken=frozenset(name.lower() for name in found.names(layout.docs)),
        problems=tuple(collector.problems),
        uncertain=Uncertainty(
            in_doubt | settings.in_doubt, frozenset(unread), frozenset({*unread, *invalid, *named}), layout
        ),
        published=published,
        settings=settings,
        docs=docs,
        files=tuple(files),
        drafts=drafts,
        left_out=left_out | drafts,
        root=root,
    )


def _published(root: Path, file: str, found: ScannedFiles, collector: ProblemCollector) -> Iterator[LocatedStr]:
    if file not in found.files:
        return
    with collector.reading():
        for number, line in enumerate(read_text(root / file, file).splitlines(), 1):
            if line.strip() and not line.startswith("#"):
                for column, message in misleading(line):
                    collector.refuse(Location(file, number, column + 1), message)
                yield LocatedStr(meant(line.strip()), Location(file, number))


def _trees(
    root: Path, layout: Layout, found: ScannedFiles, collector: ProblemCollector
) -> tuple[dict[str, Tree], set[str], set[str]]:
    """The trees by id, the ids of trees that could not be read, and the ids of trees with invalid YAML, in which
    answers may be missing or in the wrong place."""
    trees, unread, invalid = dict[str, Tree](), set[str](), set[str]()
    for id, file in _tree_files(layout, found, collector):
        before = len(collector.problems)
        value = _value(root, file, collector) if file else None
        if len(collector.problems) > before:
            invalid.add(id)
        tree = read_tree(id, file, value, collector) if value is not None else None
        if tree and tree.nodes:
            trees[id] = tree
        else:
            unread.add(id)
    return trees, unread - trees.keys(), invalid


def _texts(root: Path, files: Iterable[str]) -> Iterator[bytes]:
    """The contents of the files that can be read."""
    for file in files:
        with suppress(OSError):
            yield read_bytes(root / file)


def _tree_files(layout: Layout, found: ScannedFiles, collector: ProblemCollector) -> Iterator[tuple[str, str]]:
    """(id, file) of the trees. The file is empty if it cannot be read, or not as a tree.

    Adds a problem for each file that looks like a tree and would be ignored.
    """
    for name in found.names(layout.trees):
        file, (stem, _, suffix) = f"{layout.trees}/{name}", name.rpartition(".")
        if name.startswith("_") or file in (layout.contacts, layout.updates):
            continue
        if file in found.folders:
            if inside := [path for path in found.below(file) if path.endswith((".yml", ".yaml"))]:
                collector.add(
                    Location(file),
                    say("trees lie directly in {folder}/: move the files of this folder up", folder=layout.trees),
                )
            yield from ((Path(path).stem, "") for path in inside)
        elif suffix == "yml":
            if file in found.files and not is_id(stem):
                valid = slug(stem)[:MAX_ID_LENGTH].rstrip("-")
                hint = such_as(f"{valid}.yml" if valid else "")
                message = say("the file's name must be a-z, 0-9 and single hyphens{hint}", hint=hint)
                collector.add(Location(file), message)
            yield stem, file if file in found.files else ""
        elif file in found.files and (right_name := _right_name(name)):
            collector.add(Location(file), say("a tree's file ends in .yml: rename it to {name}", name=right_name))
            yield name.partition(".")[0], ""


def _right_name(name: str) -> Message | None:
    """The name that a file which looks like a tree should have; None if it does not look like one."""
    path = Path(name)
    if path.suffix.lower() in (".yml", ".yaml"):
        return say("'{name}'", name=f"{path.stem}.yml")
    if path.suffix.lower() in EDITORS_OWN:
        right = f"'{name.partition('.')[0]}.yml'"
        return say("{name}, or put _ before its name where it is none", name=right)
    return None


def _value(root: Path, file: str, collector: ProblemCollector) -> Value | None:
    with collector.reading():
        return collector.read_yaml(read_text(root / file, file), file)
    return None


def _register(
    root: Path,
    file: str,
    read: Callable[[Value, ProblemCollector], dict[str, T] | None],
    found: ScannedFiles,
    collector: ProblemCollector,
) -> dict[str, T] | None:
    """The entries of contacts.yml or updates.yml: none if there is no such file, None if it cannot be read."""
    if file in found.folders:
        collector.add(Location(file), unreadable(OSError(errno.EISDIR, os.strerror(errno.EISDIR))))
    if not found.refused.keys().isdisjoint(with_parents(file)) or file in found.folders:
        return None
    if file not in found.files:
        return {}
    value = _value(root, file, collector)
    return None if value is None else read(value, collector)


def _docs(
    root: Path, settings: Settings, paths: Iterable[str], collector: ProblemCollector
) -> Iterator[tuple[str, DocsPage]]:
    """(path in docs/, page) of the pages among `paths` that can be read. Of others' pages that trees do not cite,
    nothing is a problem."""
    layout, is_guest = settings.layout, settings.is_guest
    for path in filter(is_page, paths):
        file = layout.doc(path)
        checked = ProblemCollector() if is_guest and not layout.guide_path(path) else collector
        with checked.reading():
            text = read_text(root / file, file)
            page, problems = read_docs_page(path, file, text, layout, settings.dialect, is_guest)
            checked.problems.extend(problems)
            yield path, page


def _guide_pages(
    pages: Iterable[DocsPage], in_folders: frozenset[str], collector: ProblemCollector
) -> Iterator[tuple[str, GuidePage]]:
    """(path in the guide's folder, page) of the pages that are the guide's."""
    for page in pages:
        if page.guide_path:
            guide, problems = guide_page(page, in_folders)
            collector.problems.extend(problems)
            yield guide.path, guide
