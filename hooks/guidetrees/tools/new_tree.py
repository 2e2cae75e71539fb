"""`make new`: a tree to start from, which holds by every rule before the first word is changed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from string import Template

from guidetrees.check.checker import check
from guidetrees.parse.guide import Section
from guidetrees.parse.ids import MAX_ID_LENGTH, is_id, slug
from guidetrees.parse.problem_collector import ProblemCollector
from guidetrees.parse.tables import RESERVED_TREES, read_tree
from guidetrees.project.project import CONTACTS, TREES, UPDATES, Project
from guidetrees.source.location import Problem, shorten
from guidetrees.source.yaml import read_yaml

STARTERS = Path(__file__).parent / "starters"
"""One tree a language, with `$section` and the like to be filled in."""
OTHERS = "en"
"""The language of the starter where the site's has none."""
FORM = "a-z, 0-9 and single hyphens"
HOW = f"make new TREE=name-of-the-tree ({FORM})"
NOT_TREES = frozenset(Path(file).stem for file in (CONTACTS, UPDATES))
"""Files in the trees' folder that are no trees."""
PLAIN = re.compile(r"[a-z0-9][\w./#-]*", re.I)
"""Texts that YAML takes as they are, within a list too."""


class Refused(Exception):
    """No tree was written. The text is one line that says why and what to do."""


def start(project: Project, root: Path, id: str, language: str, today: date) -> tuple[Path, list[Problem]]:
    """Writes the tree `id`, and tells its path and what is wrong with it: then it was not written.

    Raises Refused, and OSError where the file cannot be written. Never overwrites.
    """
    if fault := _fault(project, root, id):
        raise Refused(fault)
    text = starter(project, language, today)
    path = root / TREES / f"{id}.yml"
    problems = faults(project, id, text)
    if not problems:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            # "x" looks and writes in one step: nobody's file is lost, whoever writes at the same time.
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except FileExistsError as error:
            raise Refused(_exists(path.name)) from error
    return path, problems


def _fault(project: Project, root: Path, id: str) -> str | None:
    """What is wrong with the name; None where nothing is."""
    if not id.strip():
        return f"a new tree needs a name: write {HOW}"
    if not is_id(id):
        better = slug(id)[:MAX_ID_LENGTH].rstrip("-")
        hint = f"make new TREE={better}" if better else HOW
        return f"'{shorten(id)}' is no name for a tree (a name has {FORM}): write {hint}"
    if id in RESERVED_TREES | NOT_TREES:
        return f"the name '{id}' is reserved: choose another"
    return next(_taken(project, root, id), None)


def _taken(project: Project, root: Path, id: str) -> Iterator[str]:
    files = sorted((root / TREES).iterdir()) if (root / TREES).is_dir() else []
    # File shares know no capitals, and a tree in a file of another ending is a tree that waits for its name.
    yield from (_exists(file.name) for file in files if file.name.lower() in (f"{id}.yml", f"{id}.yaml"))
    for tree in project.trees.values():
        if id in tree.aliases:
            yield f"'{id}' is a former name of the tree '{tree.id}' (aliases in {tree.file}): choose another name"
        if id == tree.short:
            yield f"'{id}' is the short name of the tree '{tree.id}' (short in {tree.file}): choose another name"
    for name in sorted({id, f"{id}.md", f"{id}.html"} & project.taken):
        yield f"docs/{name} has this name: choose another"


def _exists(file: str) -> str:
    return f"{TREES}/{file} is there already and stays as it is: choose another name"


def starter(project: Project, language: str, today: date) -> str:
    """The text of a new tree, which cites the guide's first section and names the first contact.

    Raises Refused where the guide has no section to cite.
    """
    section = first_section(project)
    if section is None:
        raise Refused(
            "the guide has no section to cite: write one in docs/guide/, such as '# The rules { #rules }'"
        )
    path = STARTERS / f"{language}.yml"
    template = (path if path.exists() else STARTERS / f"{OTHERS}.yml").read_text("utf-8")
    contact = next(iter(project.contacts or {}), None)
    return Template(template).substitute(
        today=today.isoformat(),
        section=_written(f"{section.page}#{section.id}"),
        contacts=f"\n    contacts: [{_written(contact)}]" if contact else "",
    )


def first_section(project: Project) -> Section | None:
    """The first section with words that holds no other: a piece of the guide and no whole page."""
    sections = [section for page in project.pages.values() for section in page.sections.values()]
    holders = {(section.page, id) for section in sections for id in section.above}
    return min(
        sections,
        key=lambda section: (not section.html.striptags(), (section.page, section.id) in holders),
        default=None,
    )


def _written(text: str) -> str:
    """A text as YAML."""
    return text if PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def faults(project: Project, id: str, text: str) -> list[Problem]:
    """The problems that a tree of this name and text brings into the project, its own and other trees'."""
    file = f"{TREES}/{id}.yml"
    value, problems = read_yaml(text, file)
    collector = ProblemCollector(list(problems))
    tree = read_tree(id, file, value, collector)
    assert tree, "a starter is a mapping"
    tried = replace(project, trees=project.trees | {id: tree}, problems=(*project.problems, *collector.problems))
    # By place: what was wrong before may be said in other words now that one more tree is known.
    known = {problem.location for problem in check(project)}
    return [problem for problem in check(tried) if problem.location not in known]
