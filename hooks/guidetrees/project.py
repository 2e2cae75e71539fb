"""A project's folder → everything its authors wrote, read once."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import yaml
from pathspec import GitIgnoreSpec

from .docs_page import GUIDE as GUIDE_FOLDER
from .docs_page import DocsPage, is_page, read_docs_page
from .graph import Address, Graph, connect
from .guide import GuidePage, Section, guide_page
from .language import read_contacts, read_tree, read_updates
from .model import Contact, Tree, Update
from .parse import LONGEST_ID, Notes, is_id, slug, suggestion
from .reach import Reach, entrances, reach, unsure_trees
from .source import Place, Problem, Text, Unreadable, Value, read_bytes, read_text, read_yaml
from .strays import strays

TREES = "decision_trees"
CONTACTS = f"{TREES}/contacts.yml"
UPDATES = f"{TREES}/updates.yml"
PUBLISHED = f"{TREES}/_published.txt"
DOCS = "docs"
GUIDE = "docs/guide"
HIDDEN = (".*", "/templates/")
"""What MkDocs leaves out of every site (mkdocs.structure.files)."""
EDITORS_OWN = (".txt", ".text", ".doc", ".docx", ".odt", ".rtf")
"""Endings that editors give a file by themselves."""

T = TypeVar("T")


@dataclass(frozen=True)
class Project:
    """What was read, and what stood in the way of reading it."""

    trees: dict[str, Tree]
    """By id, in the order of their files."""
    unreadable: frozenset[str]
    """Ids of the trees whose files could not be read: references to them are not judged."""
    unsure: frozenset[str]
    """Ids of the trees that a file which could not be read in full is or names: more may lead into them."""
    contacts: dict[str, Contact] | None
    """None where contacts.yml could not be read."""
    updates: dict[str, Update] | None
    pages: dict[str, GuidePage]
    """The guide's pages by path, as in `leder.md`."""
    unreadable_pages: frozenset[str]
    """Paths of the guide's pages that could not be read: references to them are not judged."""
    taken: frozenset[str]
    """Names in docs/ that a tree's folder would mix with, in small letters: file shares know no others."""
    problems: tuple[Problem, ...]
    published: tuple[Text, ...] = ()
    """The addresses that the site has had, from its root: they are linked from elsewhere."""
    strict_review: bool = False
    """Whether a tree that is past its review is a mistake (`extra: strict_review: true` in mkdocs.yml)."""
    docs: dict[str, DocsPage] = field(default_factory=dict)
    """Every page of docs/ that could be read, by path there: the guide's and the site's own."""
    drafts: frozenset[str] = frozenset()
    """Paths in docs/ of those that only previews show (`draft_docs` in mkdocs.yml)."""

    @property
    def own_pages(self) -> Iterator[DocsPage]:
        """The pages of docs/ that the site has."""
        return (page for path, page in self.docs.items() if path not in self.drafts)

    def section(self, reference: str) -> Section | None:
        """The section that `page.md#id` names."""
        page, _, id = reference.partition("#")
        found = self.pages.get(page)
        return found.sections.get(id) if found else None

    @cached_property
    def graph(self) -> Graph:
        return connect(self.trees)

    @cached_property
    def reach(self) -> Reach:
        """What readers can have answered, in the trees of which all is known that leads into them."""
        unsure = unsure_trees(self.graph, self.unsure)
        known = [tree for tree in self.trees.values() if tree.id not in unsure]
        nodes = [Address(tree.id, str(id)) for tree in known for id in tree.nodes]
        return reach(self.graph, dict.fromkeys(nodes), entrances(self.graph, [tree.id for tree in known]))

    @property
    def guide(self) -> dict[str, str]:
        """What the guide's front page says of the guide: title, publisher, date."""
        return next((dict(page.guide) for page in self.pages.values() if page.guide), {})


@contextmanager
def undisturbed() -> Iterator[None]:
    """Holds back Python's search for garbage where much is made that stays: it would look through it all again and
    again (a fifth of the time that a large guide is checked in)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@undisturbed()
def read_project(root: Path) -> Project:
    """Everything under `root`: decision_trees/*.yml and the pages of docs/."""
    notes = Notes()
    refused = strays(root, TREES, "docs")
    notes.problems.extend(refused.values())
    trees: dict[str, Tree] = {}
    unreadable, doubled = set[str](), set[str]()
    for path in _tree_files(root, refused, notes):
        file = f"{TREES}/{path.name}"
        before = len(notes.problems)
        value = _value(path, file, notes) if path not in refused else None
        if len(notes.problems) > before:
            doubled.add(path.stem)
        tree = read_tree(path.stem, file, value, notes) if value is not None else None
        if tree and tree.nodes:
            trees[path.stem] = tree
        else:
            unreadable.add(path.stem)
    settings = _settings(root)
    docs, unreadable_docs = _docs(root, _patterns(settings, "exclude_docs", HIDDEN), refused, notes)
    drafts = frozenset(filter(_patterns(settings, "draft_docs").match_file, docs))
    pages = dict(_guide_pages((page for path, page in docs.items() if path not in drafts), notes))
    published = tuple(_published(root, refused, notes))
    return Project(
        trees=trees,
        unreadable=frozenset(unreadable),
        unsure=frozenset(_unsure(root, refused, unreadable | doubled, trees)),
        contacts=_register(root, CONTACTS, read_contacts, refused, notes),
        updates=_register(root, UPDATES, read_updates, refused, notes),
        pages=pages,
        unreadable_pages=frozenset(
            path.removeprefix(GUIDE_FOLDER) for path in unreadable_docs if path.startswith(GUIDE_FOLDER)
        ),
        taken=frozenset(path.name.lower() for path in _entries(root / "docs")),
        problems=tuple(notes.problems),
        published=published,
        strict_review=_part(settings, "extra").get("strict_review") == "true",
        docs=docs,
        drafts=drafts,
    )


def _published(root: Path, refused: Refused, notes: Notes) -> Iterator[Text]:
    path = root / PUBLISHED
    if path in refused or not path.exists():
        return
    try:
        lines = read_text(path, PUBLISHED).splitlines()
    except Unreadable as error:
        notes.problems.extend(error.problems)
        return
    for number, written in enumerate(lines, 1):
        if written.strip() and not written.startswith("#"):
            yield Text(written.strip(), Place(PUBLISHED, number))


def language_of(root: Path) -> str:
    """The language that mkdocs.yml sets for the theme, which is the site's; English where it sets none."""
    return str(_part(_settings(root), "theme").get("language", "en"))


def site_name(root: Path) -> str:
    """The site's name, as mkdocs.yml has it; nothing where it has none."""
    return str(_settings(root).get("site_name") or "")


def _settings(root: Path) -> dict[str, object]:
    """What mkdocs.yml says, as written; nothing where it cannot be read, which MkDocs says."""
    try:
        found = yaml.load((root / "mkdocs.yml").read_text("utf-8"), Loader=yaml.BaseLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return {}
    return found if isinstance(found, dict) else {}


def _part(settings: dict[str, object], part: str) -> dict[str, object]:
    found = settings.get(part)
    return found if isinstance(found, dict) else {}


def _patterns(settings: dict[str, object], key: str, always: Iterable[str] = ()) -> GitIgnoreSpec:
    """What a key of mkdocs.yml leaves out of docs/, read as MkDocs reads it."""
    return GitIgnoreSpec.from_lines([*always, *str(settings.get(key, "")).splitlines()])


Refused = dict[Path, Problem]
"""What must not be read, by its path."""


def _unsure(root: Path, refused: Refused, half_read: set[str], trees: dict[str, Tree]) -> Iterator[str]:
    """The trees in or into which an answer may lead that stands in one of the files `half_read`."""
    yield from half_read
    for path in {root / TREES / f"{id}.yml" for id in half_read} - refused.keys():
        try:
            written = read_bytes(path)
        except OSError:
            continue
        yield from (tree for tree in trees if f"{tree}:".encode() in written)


def _entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _tree_files(root: Path, refused: Refused, notes: Notes) -> Iterator[Path]:
    """The trees' files; notes the ones that look like trees and would go missing in silence."""
    for path in _entries(root / TREES):
        file = f"{TREES}/{path.name}"
        if path.name.startswith(("_", ".")) or file in (CONTACTS, UPDATES):
            continue
        if path in refused:
            if path.suffix == ".yml":
                yield path
        elif path.is_dir():
            if any(path.rglob("*.y*ml")):
                notes.add(Place(file), f"trees lie directly in {TREES}/: move the files of this folder up")
        elif path.suffix == ".yml":
            if not is_id(path.stem):
                better = slug(path.stem)[:LONGEST_ID].rstrip("-")
                hint = f", such as '{better}.yml'" if better else ""
                notes.add(Place(file), f"the file's name must be a-z, 0-9 and single hyphens{hint}")
            yield path
        elif path.suffix.lower() in (".yml", ".yaml"):
            notes.add(Place(file), f"a tree's file ends in .yml: rename it to '{path.stem}.yml'")
        elif path.suffix.lower() in EDITORS_OWN:
            stem = path.name.partition(".")[0]
            what = (
                f"a tree's file ends in .yml: rename it to '{stem}.yml', or put _ before its name where it is none"
            )
            notes.add(Place(file), what)


def _value(path: Path, file: str, notes: Notes) -> Value | None:
    try:
        value, problems = read_yaml(read_text(path, file), file)
    except Unreadable as error:
        notes.problems.extend(error.problems)
        return None
    notes.problems.extend(problems)
    return value


def _register(
    root: Path,
    file: str,
    read: Callable[[Value, Notes], dict[str, T] | None],
    refused: Refused,
    notes: Notes,
) -> dict[str, T] | None:
    """What contacts.yml or updates.yml holds; nothing where there is no such file."""
    path = root / file
    if path in refused:
        return None
    if not path.exists():
        return {}
    value = _value(path, file, notes)
    return None if value is None else read(value, notes)


def _docs(
    root: Path, left_out: GitIgnoreSpec, refused: Refused, notes: Notes
) -> tuple[dict[str, DocsPage], list[str]]:
    """The pages of docs/ by their paths there, and the paths of those that could not be read."""
    folder = root / DOCS
    pages: dict[str, DocsPage] = {}
    unreadable = []
    for path in sorted(path for path in folder.rglob("*") if is_page(path.name)):
        name = path.relative_to(folder).as_posix()
        if left_out.match_file(name) or path.is_dir():
            continue
        if not refused.keys().isdisjoint([path, *path.parents]):
            unreadable.append(name)
            continue
        file = f"{DOCS}/{name}"
        try:
            pages[name], problems = read_docs_page(name, file, read_text(path, file))
            notes.problems.extend(problems)
        except Unreadable as error:
            notes.problems.extend(error.problems)
            unreadable.append(name)
    return pages, unreadable


def _guide_pages(pages: Iterable[DocsPage], notes: Notes) -> Iterator[tuple[str, GuidePage]]:
    """Those of them that are the guide's, by path in docs/guide/."""
    for page in pages:
        if page.path.startswith(GUIDE_FOLDER):
            guide, problems = guide_page(page)
            notes.problems.extend(problems)
            yield guide.path, guide


def no_such(what: str, word: str, known: Iterable[str], called: Iterable[tuple[str, str]] = ()) -> str:
    """`no contact 'stp' (did you mean 'stps'?)`, also for who wrote what it is `called`."""
    return f"no {what} '{word}'{suggestion(word, known, called)}"
