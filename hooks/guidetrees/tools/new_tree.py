"""Writes a new tree for an author to change (`make new`). It passes every rule as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from string import Template

from guidetrees.check.checker import Finding, errors
from guidetrees.messages.commands import how_to
from guidetrees.messages.errors import UserError
from guidetrees.messages.message import Message, say
from guidetrees.parse.guide import Section
from guidetrees.parse.ids import MAX_ID_LENGTH, is_id, slug
from guidetrees.parse.problem_collector import ProblemCollector
from guidetrees.parse.tables.shared import RESERVED_TREES
from guidetrees.parse.tables.tree import read_tree
from guidetrees.project.project import Project
from guidetrees.source.layout import DEFAULT
from guidetrees.source.location import shorten
from guidetrees.source.yaml import read_yaml

TEMPLATES = Path(__file__).parent / "new_tree_templates"
"""One tree for each language, with placeholders such as `$section`."""
DEFAULT_LANGUAGE = "en"
"""The language of the template where the site's language has none."""
USAGE = say("{new}name-of-the-tree (a-z, 0-9 and single hyphens)", new=how_to("new", TREE=""))
NOT_TREES = frozenset(Path(file).stem for file in (DEFAULT.contacts, DEFAULT.updates))
"""Files in the trees' folder that are no trees."""
PLAIN = re.compile(r"[a-z0-9][\w./#-]*", re.I)
"""Texts that need no quotes in YAML, inside a list too."""


class NewTreeError(UserError):
    """The new tree cannot be written."""


def write_new_tree(
    project: Project, root: Path, id: str, language: str, today: date
) -> tuple[Path, list[Finding]]:
    """Writes the tree `id` into the project in `root`.

    Returns its path and the findings that it would cause. With findings, nothing is written. Never overwrites a
    file. Raises NewTreeError, and OSError where the file cannot be written.
    """
    if refusal := next(_refusals(project, root, id), None):
        raise NewTreeError(refusal)
    text = new_tree(project, language, today)
    path = root / project.layout.tree(id)
    found = findings_of(project, id, text)
    if not found:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            # "x" fails where a file exists, also one that was written a moment ago.
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except FileExistsError as error:
            raise NewTreeError(_exists(project, path.name)) from error
    return path, found


def _refusals(project: Project, root: Path, id: str) -> Iterator[Message]:
    """Why no tree can have the name `id`: what is wrong with it, then what has it already."""
    if not id.strip():
        yield say("no name given: write {usage}", usage=USAGE)
    if not is_id(id):
        valid = slug(id)[:MAX_ID_LENGTH].rstrip("-")
        hint = how_to("new", TREE=valid) if valid else USAGE
        yield say(
            "'{id}' is not a valid id (a-z, 0-9 and single hyphens): write {hint}", id=shorten(id), hint=hint
        )
    if id in RESERVED_TREES | NOT_TREES:
        yield say("the name '{name}' is reserved: choose another", name=id)
    folder = root / project.layout.trees
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    # File shares ignore case, and a file that ends in .yaml is a tree that its author will rename.
    yield from (_exists(project, file.name) for file in files if file.name.lower() in (f"{id}.yml", f"{id}.yaml"))
    for tree in project.trees.values():
        if id in tree.aliases:
            yield say(
                "'{id}' is a former name of the tree '{tree}' (aliases in {file}): choose another name",
                id=id,
                tree=tree.id,
                file=tree.file,
            )
        if id == tree.short:
            yield say(
                "'{id}' is the short name of the tree '{tree}' (short in {file}): choose another name",
                id=id,
                tree=tree.id,
                file=tree.file,
            )
    for name in sorted({id, f"{id}.md", f"{id}.html"} & project.taken):
        yield say("{file} has this name: choose another", file=project.layout.doc(name))


def _exists(project: Project, file: str) -> Message:
    return say("{file} already exists: choose another name", file=f"{project.layout.trees}/{file}")


def new_tree(project: Project, language: str, today: date) -> str:
    """The text of a new tree, which cites the guide's first section and names the first contact.

    Raises NewTreeError where the guide has no section to cite.
    """
    section = first_section(project)
    if section is None:
        raise NewTreeError(
            say(
                "the guide has no section to cite: write one in {folder}/, such as '# The rules {{ #rules }}'",
                folder=project.layout.guide,
            )
        )
    path = TEMPLATES / f"{language}.yml"
    template = (path if path.exists() else TEMPLATES / f"{DEFAULT_LANGUAGE}.yml").read_text("utf-8")
    contact = next(iter(project.contacts or {}), None)
    return Template(template).substitute(
        today=today.isoformat(),
        serve=how_to("serve"),
        check=how_to("check"),
        section=_as_yaml(f"{section.page}#{section.id}"),
        contacts=f"\n    contacts: [{_as_yaml(contact)}]" if contact else "",
    )


def first_section(project: Project) -> Section | None:
    """The first section with text and without sections inside it; None where the guide has no section."""
    sections = [section for page in project.pages.values() for section in page.sections.values()]
    parents = {(section.page, id) for section in sections for id in section.above}
    return min(
        sections,
        key=lambda section: (not section.html.striptags(), (section.page, section.id) in parents),
        default=None,
    )


def _as_yaml(text: str) -> str:
    return text if PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def findings_of(project: Project, id: str, text: str) -> list[Finding]:
    """The findings that a tree of this name and text causes in the project, in other trees too."""
    file = project.layout.tree(id)
    value, problems = read_yaml(text, file)
    collector = ProblemCollector(list(problems))
    tree = read_tree(id, file, value, collector)
    assert tree, "the templates are mappings"
    extended = replace(
        project, trees=project.trees | {id: tree}, problems=(*project.problems, *collector.problems)
    )
    # Compared by location: one more tree can change the wording of a problem that was there before.
    known = {finding.problem.location for finding in errors(project)}
    return [finding for finding in errors(extended) if finding.problem.location not in known]
