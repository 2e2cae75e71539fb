"""mkdocs.yml → the settings that the engine uses. The file belongs to the site builder and may use all of YAML."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from yaml import MappingNode, Node

from guidetrees.messages.message import Message, about, say
from guidetrees.parse.ids import word_suggestion
from guidetrees.parse.problem_collector import ProblemCollector
from guidetrees.source.files import Unreadable, read_text
from guidetrees.source.foreign_yaml import Layer, Setting
from guidetrees.source.layout import MKDOCS
from guidetrees.source.location import Location, Problem, shorten
from guidetrees.source.yaml import read_foreign_yaml

MAIL = r"[^\s@<>\"'?&:]+@[^\s@<>\"'?&]+\.[^\s@<>\"'?&.]+"
WEB = r"https://[^\s<>\"']+"
OWN = "extra: guidetrees"
OPTIONS = {
    "owner": (r"\S.*", say("a name")),
    "feedback": (f"{MAIL}|{WEB}", say("a mail address (without mailto:), or a web address (https://…)")),
    "accessibility_statement": (WEB, say("an address of the web (https://…)")),
}
"""The engine's own settings, under `extra: guidetrees:`: the pattern of the value, and what it must be."""
MAX_LAYERS = 20
"""Files that inherit from each other."""


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
    directory_urls: bool = False
    """Whether the site builder gives each page of docs/ a folder of its own (`x/index.html` for `x.md`)."""
    written: Setting = field(default_factory=Setting, compare=False)
    """All that is written in the file."""


def read_settings(
    root: Path, collector: ProblemCollector, file: str = MKDOCS, directory_urls: bool | None = None
) -> Settings:
    """The settings of the project in `root`. Adds problems to `collector`. `directory_urls` replaces what the file
    says: a plugin of the site builder may have changed it."""
    written = _written(root, file, collector) if os.path.lexists(root / file) else Setting()
    options = written.at("extra", "guidetrees")
    for location, fault in _faults(options):
        collector.add(location, about(OWN, fault))
    if directory_urls is None:  # true is what MkDocs takes where nothing is said
        said = written.at("use_directory_urls")
        directory_urls = said.is_true or bool(written and not said)
    return Settings(
        there=bool(written),
        site_name=written.at("site_name").text,
        language=written.at("theme", "language").text or "en",
        strict_review=written.at("extra", "strict_review").is_true,
        exclude_docs=tuple(written.at("exclude_docs").text.splitlines()),
        draft_docs=tuple(written.at("draft_docs").text.splitlines()),
        scripts=tuple(entry.text.removeprefix("./") for entry in paths_in(written.at("extra_javascript"))),
        directory_urls=directory_urls,
        written=written,
        **{key: options.at(key).text.strip() for key in OPTIONS},
    )


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
            place, file = above.location, os.path.normpath(os.path.join(os.path.dirname(file), above.text))
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


def setting_fault(key: str, fault: Message) -> Message:
    """The message that one of the engine's own settings has a fault."""
    return about(OWN, about(key, fault))


def _faults(options: Setting) -> Iterator[tuple[Location, Message]]:
    """The faults of the engine's own settings: (location, message)."""
    known = say(" (known: {names})", names=", ".join(OPTIONS))
    if options and options.type != "map":
        yield options.location, say("must be a mapping of settings{known}", known=known)
    for key, value in options.entries:
        if key.text not in OPTIONS:
            hint = word_suggestion(key.text, OPTIONS) or known
            yield key.location, say("unknown key '{key}'{hint}", key=shorten(key.text), hint=hint)
        elif value.type in ("map", "seq") or not re.fullmatch(OPTIONS[key.text][0], value.text.strip()):
            yield value.location, about(key.text, say("must be {wanted}", wanted=OPTIONS[key.text][1]))


def paths_in(entries: Setting) -> Iterator[Setting]:
    """The paths of files in a list, whose entries are texts or mappings with a `path`."""
    return (entry.at("path") or entry for entry in entries.items)
