"""Rules on mkdocs.yml: no setting breaks the pages in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from guidetrees.check.rule_examples import shown_by
from guidetrees.messages.message import Message, about, join, say
from guidetrees.messages.words import UnknownLanguage, read_words
from guidetrees.project.options import named_entries
from guidetrees.project.project import Project
from guidetrees.source.foreign_yaml import TYPES, Setting
from guidetrees.source.location import Problem, shorten

Faults = Iterator[tuple[Setting, Message]]
"""Values and what is wrong with them."""

MANY = {"str": say("a text"), "map": say("a mapping"), "seq": say("a list"), **TYPES}
"""Types as problems name them."""
WANTED = {
    "site_name": "str",
    "site_url": "str",
    "site_description": "str",
    "site_author": "str",
    "copyright": "str",
    "docs_dir": "str",
    "site_dir": "str",
    "exclude_docs": "str",
    "draft_docs": "str",
    "not_in_nav": "str",
    "use_directory_urls": "bool",
    "nav": "seq",
    "theme": "str map",
    "theme: name": "str",
    "theme: language": "str",
    "theme: custom_dir": "str",
    "theme: favicon": "str",
    "theme: logo": "str",
    "theme: features": "seq",
    "theme: icon": "map",
    "theme: palette": "map seq",
    "plugins": "seq map",
    "markdown_extensions": "seq map",
    "hooks": "seq",
    "extra": "map",
    "extra: alternate": "seq",
    "extra: social": "seq",
    "extra: strict_review": "bool",
    "extra_css": "seq",
    "extra_javascript": "seq",
}
"""The types that values of the settings may have: the site builder refuses others, without their line."""
NOT_EMPTY = {
    "site_name": say("the name of the site"),
    "extra": say("settings, or delete the line"),
    "theme: language": say("a language, such as `en`"),
}
"""Keys that must have a value where they stand, and what to write."""

THEME = "material"
OTHER_THEME = say("theme: the pages are made for the theme '{theme}': write `theme: {theme}`", theme=THEME)
NO_ENTRY = say("nav: an entry is the path of a page, or a title with a page or a list of entries")
INSTANT = "navigation.instant"
"""The feature of the theme, with those that belong to it, that the pages cannot work with."""
ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.I)
"""Begins an address of another host."""
THEMES_OWN = ("assets/images/", "assets/javascripts/", "assets/stylesheets/")
"""Folders of files that the theme brings."""
TOC = ("baselevel", "separator", "slugify")
"""Options of the extension `toc` that change the ids of headings."""


@shown_by("""
# mkdocs.yml
  site_name: The library
  extra:
    guidetrees:
      owner: The library
      feedback: desk@library.example
      accessibility_statement: https://library.example/accessibility
  theme:
    name: material
-   features: [navigation.tabs, navigation.instant]
+   features: [navigation.tabs]
""")
def settings_work(project: Project) -> Iterator[Problem]:
    """Every setting in mkdocs.yml is one that the pages can work with."""
    written = project.settings.written
    if not written:
        return
    faults = [*_empty(written), *_types(written)]
    wrong = {setting.location for setting, _ in faults}
    policy = project.settings.policy
    checks = [_nav(written), _theme(written, policy), _extensions(written), _folders(project), _files(project)]
    checks += [_extra(written)] if policy else []
    faults += (fault for found in checks for fault in found if fault[0].location not in wrong)
    yield from (Problem(setting.location, fault) for setting, fault in faults)


def _empty(written: Setting) -> Faults:
    for key, remedy in NOT_EMPTY.items():
        value = written.at(*key.split(": "))
        if value.key and not value:
            yield value, say("{key}: is empty: write {remedy}", key=key, remedy=remedy)


def _types(written: Setting) -> Faults:
    """Values of another type than the site builder takes. A text needs quotes that YAML takes for a number."""
    for key, wanted in WANTED.items():
        value = written.at(*key.split(": "))
        if value and value.type not in (*wanted.split(), "ENV", "relative"):
            yield value, about(key, _type_fault(value, wanted))


def _type_fault(value: Setting, wanted: str) -> Message:
    if wanted == "str" and value.type in TYPES:
        return _needs_quotes(value)
    return say("must be {wanted}", wanted=join(say(" or "), (MANY[type] for type in wanted.split())))


def _needs_quotes(value: Setting) -> Message:
    return say(
        "YAML takes '{text}' for {what}: put it in quotes: \"{text}\"",
        text=shorten(value.written),
        what=TYPES[value.type],
    )


def _nav(written: Setting) -> Faults:
    """Titles in the navigation that YAML reads as something else, and what is no page."""
    yield from _entries(written.at("nav"))


def _entries(entries: Setting) -> Faults:
    for entry in entries.items:
        if entry.type not in ("str", "map"):
            yield entry, NO_ENTRY
        for title, value in entry.entries:
            if title.type in TYPES:
                yield title, about("nav", _needs_quotes(title))
            if value.type not in ("str", "seq"):
                yield value, NO_ENTRY
            yield from _entries(value)


def _folders(project: Project) -> Faults:
    """A site that would replace the trees."""
    trees, site = project.layout.trees, project.settings.written.at("site_dir")
    if site and _overlap(Path(site.text), Path(trees)):
        fault = say(
            "site_dir: the site would replace {folder}/: name another folder, such as `site`", folder=trees
        )
        yield site, fault


def _overlap(one: Path, other: Path) -> bool:
    return one.is_relative_to(other) or other.is_relative_to(one)


def _theme(written: Setting, with_policy: bool) -> Faults:
    theme = written.at("theme")
    name = theme if theme.type == "str" else theme.at("name")
    if name and name.text != THEME:
        yield name, OTHER_THEME
        return
    if with_policy and (font := theme.at("font")) and (font.type != "bool" or font.is_true):
        yield font, say("theme: font: fonts of another host are not loaded: write `font: false`")
    for feature in theme.at("features").items:
        if feature.text.startswith(INSTANT):
            fault = say(
                "theme: features: '{feature}' does not work here, as it loads pages without their scripts, so "
                "answers are lost: delete it",
                feature=feature.text,
            )
            yield feature, fault
    language = theme.at("language")
    try:
        read_words(language.text or "en")
    except UnknownLanguage as error:
        yield language, about("theme: language", error.message)


def _extensions(written: Setting) -> Faults:
    """Options with which headings have other ids on the page than in links to them."""
    for name, options in named_entries(written.at("markdown_extensions")):
        for key, _ in options.entries:
            if name.text in ("toc", "markdown.extensions.toc") and key.text in TOC:
                fault = say(
                    "markdown_extensions: toc: '{key}' changes the ids of headings, and links to them would lead "
                    "nowhere: delete it",
                    key=key.text,
                )
                yield key, fault


def _extra(written: Setting) -> Faults:
    if analytics := written.at("extra", "analytics"):
        yield analytics, say("extra: analytics: pages send nothing to other hosts: delete it")


def _files(project: Project) -> Faults:
    """Files that pages load and that are not there, or at another host."""
    docs = project.layout.docs
    for name, value in _loaded(project.settings.written):
        path = value.text.removeprefix("./").partition("?")[0]
        if ELSEWHERE.match(path):
            if not project.settings.policy:
                continue
            fault = say(
                "{name}: pages load nothing from other hosts: put the file into {folder}/", name=name, folder=docs
            )
            yield value, fault
        elif not path.startswith(THEMES_OWN) and not _is_there(project, path):
            yield value, say("{name}: no file {folder}/{path}", name=name, folder=docs, path=shorten(path))


def _loaded(written: Setting) -> Iterator[tuple[str, Setting]]:
    for key in ("favicon", "logo"):
        if value := written.at("theme", key):
            yield f"theme: {key}", value
    for key in ("extra_css", "extra_javascript"):
        for entry in written.at(key).items:
            yield key, entry.at("path") or entry


def _is_there(project: Project, path: str) -> bool:
    """Whether a file is part of the site: of docs/, or of the folder that changes the theme."""
    own = project.settings.written.at("theme", "custom_dir").text
    return path in project.files or bool(own and (project.root / own / path).is_file())
