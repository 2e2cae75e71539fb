"""mkdocs.yml → the settings that the engine uses. The file belongs to the site builder and may use all of YAML."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from guidetrees.messages.message import Message, about, say
from guidetrees.parse.problem_collector import ProblemCollector
from guidetrees.source.files import read_text
from guidetrees.source.layout import MKDOCS
from guidetrees.source.location import Location
from guidetrees.source.yaml import read_foreign_yaml

MAIL = r"[^\s@<>\"'?&:]+@[^\s@<>\"'?&]+\.[^\s@<>\"'?&.]+"
WEB = r"https://[^\s<>\"']+"
OPTIONS = {
    "owner": (r"\S.*", say("a name")),
    "feedback": (f"{MAIL}|{WEB}", say("a mail address (without mailto:), or a web address (https://…)")),
    "accessibility_statement": (WEB, say("an address of the web (https://…)")),
}
"""The engine's own settings, under `extra: guidetrees:`: the pattern of the value, and what it must be."""
Values = dict[object, object]
T = TypeVar("T")


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
    extra: Values = _get(values, "extra", {})
    options: Values = _get(extra, "guidetrees", {})
    theme: Values = _get(values, "theme", {})
    for key, fault in _faults(options):
        collector.add(Location(MKDOCS), setting_fault(key, fault))
    return Settings(
        there=bool(values),
        site_name=_get(values, "site_name", ""),
        language=_get(theme, "language", "") or "en",
        strict_review=_get(extra, "strict_review", "") == "true",
        exclude_docs=tuple(_get(values, "exclude_docs", "").splitlines()),
        draft_docs=tuple(_get(values, "draft_docs", "").splitlines()),
        scripts=tuple(_scripts(_get(values, "extra_javascript", []))),
        **{key: _get(options, key, "").strip() for key in OPTIONS},
    )


def language_of(root: Path) -> str:
    """The language of the project in `root`, whatever else is wrong with its settings."""
    return read_settings(root, ProblemCollector()).language


def _values(path: Path, collector: ProblemCollector) -> Values:
    values: object = {}
    with collector.reading():
        values = read_foreign_yaml(read_text(path, MKDOCS), MKDOCS)
    if not isinstance(values, dict | None):
        collector.add(Location(MKDOCS), say("must be a mapping of settings, such as `site_name: Our guide`"))
    return values if isinstance(values, dict) else {}


def setting_fault(key: str, fault: Message) -> Message:
    """The message that one of the engine's own settings has a fault."""
    return about("extra: guidetrees", about(key, fault))


def _faults(options: Values) -> Iterator[tuple[str, Message]]:
    """The faults of the engine's own settings: (key, message)."""
    for key, value in options.items():
        if key not in OPTIONS:
            yield str(key), say("is not known (known: {names})", names=", ".join(OPTIONS))
        elif not isinstance(value, str) or not re.fullmatch(OPTIONS[key][0], value.strip()):
            yield str(key), say("must be {wanted}", wanted=OPTIONS[key][1])


def _scripts(entries: list[object]) -> Iterator[str]:
    """The paths in `extra_javascript`, whose entries are texts or mappings with a `path`."""
    for entry in entries:
        path = entry.get("path") if isinstance(entry, dict) else entry
        if isinstance(path, str):
            yield path.removeprefix("./")


def _get(values: Values, key: str, default: T) -> T:
    """The value of `key`; `default` if there is none of its type."""
    found = values.get(key)
    return found if isinstance(found, type(default)) else default
