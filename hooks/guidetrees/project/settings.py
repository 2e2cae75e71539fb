"""mkdocs.yml → what the engine asks of it. The file is the site builder's and may have all of YAML in it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from guidetrees.parse.readers import ProblemCollector
from guidetrees.source.files import Unreadable, read_text
from guidetrees.source.layout import MKDOCS
from guidetrees.source.location import Location
from guidetrees.source.yaml import read_foreign_yaml

MAIL = r"[^\s@<>\"'?&:]+@[^\s@<>\"'?&]+\.[^\s@<>\"'?&.]+"
WEB = r"https://[^\s<>\"']+"
OURS = {
    "owner": re.compile(r"\S.*"),
    "feedback": re.compile(f"{MAIL}|{WEB}"),
    "accessibility_statement": re.compile(WEB),
}
"""The engine's own settings, `extra: guidetrees:`, and the form of their values."""
MUST_BE = {
    "owner": "a name",
    "feedback": "a mail address (without mailto:), or a web address (https://…)",
    "accessibility_statement": "an address of the web (https://…)",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What mkdocs.yml says. Where it is not there or cannot be read: what it would mean to say nothing."""

    site_name: str = ""
    language: str = "en"
    """The theme's, which is the site's."""
    strict_review: bool = False
    """Whether a tree that is past its review is a mistake (`extra: strict_review: true`)."""
    exclude_docs: tuple[str, ...] = ()
    """Patterns of the files in docs/ that the site leaves out."""
    draft_docs: tuple[str, ...] = ()
    """Patterns of those that only a preview shows."""
    there: bool = False
    """Whether the project has a mkdocs.yml."""
    owner: str = ""
    """Who publishes the site (`extra: guidetrees: owner`)."""
    feedback: str = ""
    """Where readers report mistakes: a mail address or a web address."""
    accessibility_statement: str = ""
    """The web address of the official statement."""
    scripts: tuple[str, ...] = ()
    """The scripts that pages load (`extra_javascript`), by path in docs/."""


def read_settings(root: Path, collector: ProblemCollector) -> Settings:
    """The settings of the project in `root`. Notes why they cannot be read."""
    written = _written(root / MKDOCS, collector) if os.path.lexists(root / MKDOCS) else {}
    ours = _part(_part(written, "extra"), "guidetrees")
    for key, fault in _faults(ours):
        collector.add(Location(MKDOCS), f"extra: guidetrees: {key}: {fault}")
    return Settings(
        there=bool(written),
        site_name=_text(written, "site_name"),
        language=_text(_part(written, "theme"), "language") or "en",
        strict_review=_text(_part(written, "extra"), "strict_review") == "true",
        exclude_docs=tuple(_text(written, "exclude_docs").splitlines()),
        draft_docs=tuple(_text(written, "draft_docs").splitlines()),
        owner=_text(ours, "owner").strip(),
        feedback=_text(ours, "feedback").strip(),
        accessibility_statement=_text(ours, "accessibility_statement").strip(),
        scripts=tuple(_scripts(written.get("extra_javascript"))),
    )


def _written(path: Path, collector: ProblemCollector) -> dict[object, object]:
    try:
        written = read_foreign_yaml(read_text(path, MKDOCS), MKDOCS)
    except Unreadable as error:
        collector.problems.extend(error.problems)
        return {}
    if not isinstance(written, dict | None):
        collector.add(Location(MKDOCS), "must be a mapping of settings, such as `site_name: Our guide`")
    return written if isinstance(written, dict) else {}


def _faults(ours: dict[object, object]) -> Iterator[tuple[str, str]]:
    """What is wrong with the engine's own settings, by key."""
    for key, value in ours.items():
        if key not in OURS:
            yield str(key), f"is not known (known: {', '.join(OURS)})"
        elif not isinstance(value, str) or not OURS[key].fullmatch(value.strip()):
            yield str(key), f"must be {MUST_BE[key]}"


def _scripts(written: object) -> Iterator[str]:
    """Each as a text, or as a mapping with its `path`."""
    for entry in written if isinstance(written, list) else ():
        path = entry.get("path") if isinstance(entry, dict) else entry
        if isinstance(path, str):
            yield path.removeprefix("./")


def _part(written: dict[object, object], part: str) -> dict[object, object]:
    found = written.get(part)
    return found if isinstance(found, dict) else {}


def _text(written: dict[object, object], key: str) -> str:
    found = written.get(key)
    return found if isinstance(found, str) else ""
