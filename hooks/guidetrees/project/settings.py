"""mkdocs.yml → the settings that the engine uses. The file belongs to the site builder and may use all of YAML."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from guidetrees.parse.problem_collector import ProblemCollector
from guidetrees.source.files import Unreadable, read_text
from guidetrees.source.layout import MKDOCS
from guidetrees.source.location import Location
from guidetrees.source.yaml import read_foreign_yaml

MAIL = r"[^\s@<>\"'?&:]+@[^\s@<>\"'?&]+\.[^\s@<>\"'?&.]+"
WEB = r"https://[^\s<>\"']+"
OPTIONS = {
    "owner": re.compile(r"\S.*"),
    "feedback": re.compile(f"{MAIL}|{WEB}"),
    "accessibility_statement": re.compile(WEB),
}
"""The engine's own settings, under `extra: guidetrees:`, with the patterns of their values."""
MUST_BE = {
    "owner": "a name",
    "feedback": "a mail address (without mailto:), or a web address (https://…)",
    "accessibility_statement": "an address of the web (https://…)",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in mkdocs.yml. The defaults apply if there is no such file or it cannot be read."""

    site_name: str = ""
    language: str = "en"
    """The language of the theme and of the site."""
    strict_review: bool = False
    """Whether a tree whose review is overdue is an error (`extra: strict_review: true`)."""
    exclude_docs: tuple[str, ...] = ()
    """Patterns of the files in docs/ that are not part of the site."""
    draft_docs: tuple[str, ...] = ()
    """Patterns of the files in docs/ that only previews show."""
    there: bool = False
    """Whether the project has a mkdocs.yml."""
    owner: str = ""
    """Who publishes the site (`extra: guidetrees: owner`)."""
    feedback: str = ""
    """Where readers report mistakes: an e-mail address or a web address."""
    accessibility_statement: str = ""
    """The web address of the official accessibility statement."""
    scripts: tuple[str, ...] = ()
    """The scripts that pages load (`extra_javascript`), by path in docs/."""


def read_settings(root: Path, collector: ProblemCollector) -> Settings:
    """The settings of the project in `root`. Adds problems to `collector`."""
    values = _values(root / MKDOCS, collector) if os.path.lexists(root / MKDOCS) else {}
    options = _part(_part(values, "extra"), "guidetrees")
    for key, fault in _faults(options):
        collector.add(Location(MKDOCS), f"extra: guidetrees: {key}: {fault}")
    return Settings(
        there=bool(values),
        site_name=_text(values, "site_name"),
        language=_text(_part(values, "theme"), "language") or "en",
        strict_review=_text(_part(values, "extra"), "strict_review") == "true",
        exclude_docs=tuple(_text(values, "exclude_docs").splitlines()),
        draft_docs=tuple(_text(values, "draft_docs").splitlines()),
        owner=_text(options, "owner").strip(),
        feedback=_text(options, "feedback").strip(),
        accessibility_statement=_text(options, "accessibility_statement").strip(),
        scripts=tuple(_scripts(values.get("extra_javascript"))),
    )


def _values(path: Path, collector: ProblemCollector) -> dict[object, object]:
    try:
        values = read_foreign_yaml(read_text(path, MKDOCS), MKDOCS)
    except Unreadable as error:
        collector.problems.extend(error.problems)
        return {}
    if not isinstance(values, dict | None):
        collector.add(Location(MKDOCS), "must be a mapping of settings, such as `site_name: Our guide`")
    return values if isinstance(values, dict) else {}


def _faults(options: dict[object, object]) -> Iterator[tuple[str, str]]:
    """The faults of the engine's own settings: (key, message)."""
    for key, value in options.items():
        if key not in OPTIONS:
            yield str(key), f"is not known (known: {', '.join(OPTIONS)})"
        elif not isinstance(value, str) or not OPTIONS[key].fullmatch(value.strip()):
            yield str(key), f"must be {MUST_BE[key]}"


def _scripts(value: object) -> Iterator[str]:
    """The paths in `extra_javascript`, whose entries are texts or mappings with a `path`."""
    for entry in value if isinstance(value, list) else ():
        path = entry.get("path") if isinstance(entry, dict) else entry
        if isinstance(path, str):
            yield path.removeprefix("./")


def _part(values: dict[object, object], key: str) -> dict[object, object]:
    found = values.get(key)
    return found if isinstance(found, dict) else {}


def _text(values: dict[object, object], key: str) -> str:
    found = values.get(key)
    return found if isinstance(found, str) else ""
