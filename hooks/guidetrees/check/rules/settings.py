"""Rules on mkdocs.yml: no setting breaks the pages in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from guidetrees.check.rule_examples import shown_by
from guidetrees.messages.message import Message, about, join, say
from guidetrees.messages.words import UnknownLanguage, read_words
from guidetrees.project.project import Project
from guidetrees.project.settings import paths_in
from guidetrees.source.foreign_yaml import TYPES, Setting
from guidetrees.source.layout import DOCS, TREES
from guidetrees.source.location import Problem, shorten

Faults = Iterator[tuple[Setting, Message]]
"""Values and what is wrong with them."""

MANY = {"str": say("a text"), "map": say("a mapping"), "seq": say("a list"), **TYPES}
"""Types as problems name them."""
WANTED = {
    "str": (
        "site_name", "site_url", "site_description", "site_author", "copyright", "docs_dir", "site_dir",
        "exclude_docs", "draft_docs", "not_in_nav", "theme: name", "theme: language", "theme: custom_dir",
        "theme: favicon", "theme: logo",
    ),
    "bool": ("use_directory_urls", "extra: strict_review"),
    "seq": (
        "nav", "theme: features", "hooks", "extra: alternate", "extra: social", "extra_css", "extra_javascript",
    ),
    "map": ("theme: icon", "extra"),
    "str map": ("theme",),
    "map seq": ("theme: palette",),
    "seq map": ("plugins", "markdown_extensions"),
}  # fmt: skip
"""The settings whose values have these types: the site builder refuses others, without their line."""
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
    checks = [check(written) for check in (_folders, _theme, _extensions, _extra)]
    checks += [_nav(written.at("nav")), _files(project)]
    faults += (fault for found in checks for fault in found if fault[0].location not in wrong)
    yield from (Problem(setting.location, fault) for setting, fault in faults)


def _empty(written: Setting) -> Faults:
    for key, remedy in NOT_EMPTY.items():
        value = written.at(*key.split(": "))
        if value.key and not value:
            yield value, say("{key}: is empty: write {remedy}", key=key, remedy=remedy)


def _types(written: Setting) -> Faults:
    """Values of another type than the site builder takes. A text needs quotes that YAML takes for a number."""
    for key, wanted in ((key, types) for types, keys in WANTED.items() for key in keys):
        value = written.at(*key.split(": "))
        if value and value.type not in (*wanted.split(), "ENV", "relative"):
            fault = say("must be {wanted}", wanted=join(say(" or "), (MANY[type] for type in wanted.split())))
            yield value, about(key, _needs_quotes(value) if wanted == "str" and value.type in TYPES else fault)


def _needs_quotes(value: Setting) -> Message:
    return say(
        "YAML takes '{text}' for {what}: put it in quotes: \"{text}\"",
        text=shorten(value.written),
        what=TYPES[value.type],
    )


def _nav(entries: Setting) -> Faults:
    """Titles in the navigation that YAML reads as something else, and what is no page."""
    for entry in entries.items:
        if entry.type not in ("str", "map"):
            yield entry, NO_ENTRY
        for title, value in entry.entries:
            if title.type in TYPES:
                yield title, about("nav", _needs_quotes(title))
            if value.type not in ("str", "seq"):
                yield value, NO_ENTRY
            yield from _nav(value)


def _folders(written: Setting) -> Faults:
    docs = written.at("docs_dir")
    if docs and Path(docs.text) != Path(DOCS):
        fault = say(
            "docs_dir: pages are read from the folder {folder}: rename the folder, and delete this line",
            folder=DOCS,
        )
        yield docs, fault
    site = written.at("site_dir")
    if site and _holds_trees(site.text):
        fault = say(
            "site_dir: the site would replace {folder}/: name another folder, such as `site`", folder=TREES
        )
        yield site, fault


def _holds_trees(folder: str) -> bool:
    path, trees = Path(folder), Path(TREES)
    return path.is_relative_to(trees) or trees.is_relative_to(path)


def _theme(written: Setting) -> Faults:
    theme = written.at("theme")
    name = theme if theme.type == "str" else theme.at("name")
    if name and name.text != THEME:
        yield name, OTHER_THEME
        return
    if (font := theme.at("font")) and (font.type != "bool" or font.is_true):
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
    for name, options in _named(written.at("markdown_extensions")):
        for key, _ in options.entries:
            if name.text in ("toc", "markdown.extensions.toc") and key.text in TOC:
                fault = say(
                    "markdown_extensions: toc: '{key}' changes the ids of headings, and links to them would lead "
                    "nowhere: delete it",
                    key=key.text,
                )
                yield key, fault


def _named(entries: Setting) -> Iterator[tuple[Setting, Setting]]:
    """Names and options in a list of names and mappings, or in a mapping."""
    yield from entries.entries
    for entry in entries.items:
        yield from [(entry, Setting())] if entry.type == "str" else entry.entries


def _extra(written: Setting) -> Faults:
    if analytics := written.at("extra", "analytics"):
        yield analytics, say("extra: analytics: pages send nothing to other hosts: delete it")


def _files(project: Project) -> Faults:
    """Files that pages load and that are not there, or at another host."""
    for name, value in _loaded(project.settings.written):
        path = value.text.removeprefix("./").partition("?")[0]
        if ELSEWHERE.match(path):
            fault = say(
                "{name}: pages load nothing from other hosts: put the file into {folder}/", name=name, folder=DOCS
            )
            yield value, fault
        elif not path.startswith(THEMES_OWN) and not _is_there(project, path):
            yield value, say("{name}: no file {folder}/{path}", name=name, folder=DOCS, path=shorten(path))


def _loaded(written: Setting) -> Iterator[tuple[str, Setting]]:
    for key in ("favicon", "logo"):
        if value := written.at("theme", key):
            yield f"theme: {key}", value
    for key in ("extra_css", "extra_javascript"):
        yield from ((key, path) for path in paths_in(written.at(key)))


def _is_there(project: Project, path: str) -> bool:
    """Whether a file is part of the site: of docs/, or of the folder that changes the theme."""
    own = project.settings.written.at("theme", "custom_dir").text
    return path in project.files or bool(own and (project.root / own / path).is_file())
