"""The engine's own options: what a project may say of itself in mkdocs.yml.

They are written under the plugin's entry (`plugins: - guidetrees: {…}`), or under `extra: guidetrees:` by a
project that uses the hook.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from guidetrees.messages.message import Message, about, say
from guidetrees.parse.ids import word_suggestion
from guidetrees.source.foreign_yaml import Setting
from guidetrees.source.layout import DEFAULT
from guidetrees.source.location import Location, shorten

PLUGIN = "guidetrees"
"""The name of the plugin in mkdocs.yml, and of the options under `extra`."""
HOOK = "mkdocs_hook.py"
"""The file of the hook, which does what the plugin does."""

MAIL = r"[^\s@<>\"'?&:]+@[^\s@<>\"'?&]+\.[^\s@<>\"'?&.]+"
WEB = r"https://[^\s<>\"']+"
NAME = r"[^\s./\\:*?\"<>|][^/\\:*?\"<>|]*"
"""The name of a folder, on Windows too."""
FOLDER = f"{NAME}(?:/{NAME})*/?"
SWITCH = say("true or false")


@dataclass(frozen=True, slots=True)
class Option:
    """An option: its default, of the type that its values have, and what it means."""

    default: str | bool | list[str]
    about: str
    """One sentence for the reference."""
    wanted: Message = SWITCH
    """What its value must be."""
    pattern: str = ""
    """Of the value of an option that is a text."""

    def allows(self, value: Setting) -> bool:
        if isinstance(self.default, bool):
            return value.type == "bool"
        if isinstance(self.default, list):
            return value.type == "seq" and all(item.text in self.default for item in value.items)
        return value.type not in ("map", "seq") and bool(re.fullmatch(self.pattern, value.text.strip()))


LISTS = ["a-z", "share", "updates"]
"""The pages that list something of all trees, by the names of their files."""
FOLDER_WANTED = say("the path of a folder, such as `{folder}`", folder="policies/trees")
OPTIONS = {
    "trees": Option(
        DEFAULT.trees,
        "The folder of the trees, contacts and updates, from the project's folder.",
        FOLDER_WANTED,
        FOLDER,
    ),
    "guide": Option(
        DEFAULT.guide_in_docs,
        "The folder of the pages that trees may cite, from `docs_dir`.",
        FOLDER_WANTED,
        FOLDER,
    ),
    "strict_review": Option(
        False, "Whether a tree whose review is overdue is an error, so that nothing is built."
    ),
    "policy": Option(
        True,
        "Whether every page carries a content security policy, and the site has configurations for web servers "
        "with it.",
    ),
    "review": Option(
        True,
        "Whether the documents for review are built, and the lists of the guide's sections and of external links.",
    ),
    "lists": Option(
        LISTS,
        "The lists that are built: of words from A to Z, of links and codes to share, and of updates.",
        say("a list of any of: {names}", names=", ".join(LISTS)),
    ),
    "owner": Option("", "Who publishes the site, as readers know it.", say("a name"), r"\S.*"),
    "feedback": Option(
        "",
        "Where readers report mistakes: a mail address, or a web address.",
        say("a mail address (without mailto:), or a web address (https://…)"),
        f"{MAIL}|{WEB}",
    ),
    "accessibility_statement": Option(
        "",
        "The web address of the official accessibility statement, which public bodies must have.",
        say("an address of the web (https://…)"),
        WEB,
    ),
}
"""By name, in the order of the reference."""


@dataclass(frozen=True, slots=True)
class Written:
    """The options as mkdocs.yml has them."""

    in_plugin: Setting
    in_extra: Setting
    has_plugin: bool
    """Whether the plugin is listed."""
    hook: Setting
    """The entry of the hook."""
    former: Setting
    """An option where it was written before there were others."""

    @property
    def place(self) -> str:
        """Where the project's options are, as messages name it."""
        return f"plugins: {PLUGIN}" if self.has_plugin else f"extra: {PLUGIN}"

    def text(self, name: str) -> str:
        """The value of an option that is a text: its default where it is not, or wrong."""
        value, option = self.named(name), OPTIONS[name]
        return value.text.strip() if option.allows(value) else str(option.default)

    def switch(self, name: str) -> bool:
        """The value of an option that is true or false."""
        value, option = self.named(name), OPTIONS[name]
        return value.is_true if option.allows(value) else bool(option.default)

    def names(self, name: str) -> frozenset[str]:
        """The value of an option that is a list."""
        value, default = self.named(name), OPTIONS[name].default
        assert isinstance(default, list)
        return frozenset(item.text for item in value.items) if OPTIONS[name].allows(value) else frozenset(default)

    def folder(self, name: str) -> str:
        """The value of an option that is a folder."""
        return PurePath(self.text(name)).as_posix()

    def named(self, name: str) -> Setting:
        """What is written for an option, if anything is."""
        return self.in_plugin.at(name) or self.in_extra.at(name)


def written_options(settings: Setting) -> Written:
    """The options in `settings`, all that is written in mkdocs.yml."""
    listed = [value for name, value in named_entries(settings.at("plugins")) if name.text == PLUGIN]
    hooks = [hook for hook in settings.at("hooks").items if PurePath(hook.text).name == HOOK]
    return Written(
        in_plugin=listed[0] if listed else Setting(),
        in_extra=settings.at("extra", PLUGIN),
        has_plugin=bool(listed),
        hook=hooks[0] if hooks else Setting(),
        former=settings.at("extra", "strict_review"),
    )


def named_entries(entries: Setting) -> Iterator[tuple[Setting, Setting]]:
    """Names and options in a list of names and mappings, or in a mapping."""
    yield from entries.entries
    for entry in entries.items:
        yield from [(entry, Setting())] if entry.type == "str" else entry.entries


def option_faults(written: Written) -> Iterator[tuple[Location, Message]]:
    """The faults of the options: (location, message)."""
    for prefix, options in ((f"plugins: {PLUGIN}", written.in_plugin), (f"extra: {PLUGIN}", written.in_extra)):
        for location, fault in _faults(options):
            yield location, about(prefix, fault)
    for key, _ in written.in_extra.entries:
        if written.in_plugin.at(key.text):
            fault = say("is also under `plugins: {plugin}:`: name it in one place", plugin=PLUGIN)
            yield key.location, about(f"extra: {PLUGIN}: {key.text}", fault)
    if written.former:
        fault = say("extra: strict_review: write it under `extra: {plugin}:`", plugin=PLUGIN)
        yield written.former.location, fault
    if written.hook and written.has_plugin:
        fault = say("hooks: does the same as the plugin '{plugin}': name one of them", plugin=PLUGIN)
        yield written.hook.location, fault


def _faults(options: Setting) -> Iterator[tuple[Location, Message]]:
    known = say(" (known: {names})", names=", ".join(OPTIONS))
    if options and options.type != "map":
        yield options.location, say("must be a mapping of settings{known}", known=known)
    for key, value in options.entries:
        if key.text not in OPTIONS:
            hint = word_suggestion(key.text, OPTIONS) or known
            yield key.location, say("unknown key '{key}'{hint}", key=shorten(key.text), hint=hint)
        elif not OPTIONS[key.text].allows(value):
            yield value.location, about(key.text, say("must be {wanted}", wanted=OPTIONS[key.text].wanted))
