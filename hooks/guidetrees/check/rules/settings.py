"""Rules on mkdocs.yml: no setting breaks the pages in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from guidetrees.check.rule_examples import shown_by
from guidetrees.check.rules.names import engines_own
from guidetrees.check.rules.references import LEFT_OUT
from guidetrees.check.rules.setting_keys import Faults, joined, key_faults, needs_quotes
from guidetrees.messages.message import EMPTY, about, say
from guidetrees.messages.words import UnknownLanguage, read_words
from guidetrees.parse.ids import suggestion, word_suggestion
from guidetrees.parse.site_markdown import EXTENSIONS, load_fault
from guidetrees.project.options import PLUGIN, named_entries, written_options
from guidetrees.project.project import Project
from guidetrees.project.settings import language_of_theme, listed_extensions, paths_in
from guidetrees.source.foreign_yaml import TYPES, Setting
from guidetrees.source.location import Problem, shorten
from guidetrees.source.page_names import is_page

THEME = "material"
"""The theme with features and options that the pages know."""
NO_ENTRY = say("nav: an entry is the path of a page, or a title with a page or a list of entries")
NO_PAGE = say("nav: no page '{page}'{hint}", page="", hint=EMPTY)
INSTANT = "navigation.instant"
"""The feature of the theme, with those that belong to it, that the pages cannot work with."""
ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.I)
"""Begins an address of another host."""
THEMES_OWN = ("assets/images/", "assets/javascripts/", "assets/stylesheets/")
"""Folders of files that the theme brings."""
MARKDOWNS_OWN = "markdown.extensions"
TOC = ("baselevel", "separator", "slugify")
"""Options of the extension `toc` that change the ids of headings."""
SEARCHES = ("search", f"{THEME}/search")
"""The names of the plugin for the search of a site's own."""
MAKE_NO_PAGES = (*SEARCHES, PLUGIN)
"""The plugins of which it is known that they add no pages to docs/."""
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:|/", re.I)
"""Begins an entry of the navigation that is not a page of docs/."""


@shown_by("""
# mkdocs.yml
  site_name: The library
  extra:
    guidetrees:
      owner: The library
      feedback: desk@library.example
      accessibility_statement: https://library.example/accessibility
  plugins: [guidetrees]
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
    faults = [*key_faults(written)]
    wrong = {setting.location for setting, _ in faults}
    policy = project.settings.policy
    checks = [_theme(written, policy), _extensions(written), _folders(project), _nav(written.at("nav"))]
    checks += [_files(project), _pages(project), *([_extra(written)] if policy else [])]
    faults += (fault for found in checks for fault in found if fault[0].location not in wrong)
    yield from joined(written)
    yield from (Problem(setting.location, fault) for setting, fault in faults if not setting.last_word)


@shown_by("""
# mkdocs.yml
  site_name: The library
  extra:
    guidetrees:
      owner: The library
      feedback: desk@library.example
      accessibility_statement: https://library.example/accessibility
+ plugins: [guidetrees]
""")
def trees_are_in_the_site(project: Project) -> Iterator[Problem]:
    """A site with trees names the plugin or the hook in mkdocs.yml.

    Otherwise the site builder builds a site without trees, and reports nothing.
    """
    written = project.settings.written
    options = written_options(written)
    if written and not options.hook and not options.has_plugin:
        fault = say("plugins: nothing here adds the trees to the site: add `- {plugin}`", plugin=PLUGIN)
        plugins = written.at("plugins")
        yield Problem(plugins.location if plugins.layers else written.location, fault)


def _nav(entries: Setting) -> Faults:
    """Titles in the navigation that YAML reads as another type, and entries that are not pages."""
    for entry in entries.items:
        if entry.type not in ("str", "map"):
            yield entry, NO_ENTRY
        for title, value in entry.entries:
            if title.type in TYPES:
                yield title, about("nav", needs_quotes(title))
            if value.type not in ("str", "seq"):
                yield value, NO_ENTRY
            yield from _nav(value)


def _pages(project: Project) -> Faults:
    """Pages in the navigation that the site does not have. A plugin may make pages: then nobody knows here."""
    written = project.settings.written
    if any(name.text not in MAKE_NO_PAGES for name, _ in named_entries(written.at("plugins"))):
        return
    trees, own = {*project.trees, *project.uncertain.unread}, engines_own(project)
    for entry in _paths(written.at("nav")):
        path = entry.text
        is_ours = own.match(path) or path.partition("/")[0] in trees
        if path in project.left_out:
            yield entry, NO_PAGE.but(page=shorten(path), hint=LEFT_OUT)
        elif not is_ours and not ADDRESS.match(path) and path not in project.files:
            guess = suggestion(path, filter(is_page, project.files))
            yield entry, NO_PAGE.but(page=shorten(path), hint=guess)


def _paths(entries: Setting) -> Iterator[Setting]:
    """The pages in a list of the navigation."""
    for entry in entries.items:
        values = [entry] if entry.type == "str" else [value for _, value in entry.entries]
        for value in values:
            yield from [value] if value.type == "str" else _paths(value)


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
    yield from (
        _of_material(theme, with_policy) if theme.at("name").text == THEME else _of_others(theme, with_policy)
    )
    key = "language" if theme.at("language") else "locale"
    try:
        read_words(language_of_theme(theme))
    except UnknownLanguage as error:
        yield theme.at(key), about(f"theme: {key}", error.message)


def _of_material(theme: Setting, with_policy: bool) -> Faults:
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


def _of_others(theme: Setting, with_policy: bool) -> Faults:
    """The themes of MkDocs, and others that have its options."""
    if with_policy and theme.at("highlightjs").is_true:
        yield (
            theme.at("highlightjs"),
            say("theme: highlightjs: a script of another host is not loaded: write `highlightjs: false`"),
        )
    if with_policy and (analytics := theme.at("analytics", "gtag")):
        yield analytics, say("theme: analytics: pages send nothing to other hosts: delete it")


def _extensions(written: Setting) -> Faults:
    """Misspelt extensions, and options with which headings have other ids on the page than in links to them."""
    extensions = written.at("markdown_extensions")
    unloadable = {name.location: load_fault(one) for name, one in listed_extensions(extensions)}
    for name, options in named_entries(extensions):
        hint = word_suggestion(name.text, EXTENSIONS)
        if hint and name.text not in EXTENSIONS and not find_spec(f"{MARKDOWNS_OWN}.{name.text.lstrip('.')}"):
            yield name, say("markdown_extensions: no extension '{name}'{hint}", name=shorten(name.text), hint=hint)
        elif reason := unloadable.get(name.location):
            yield (
                name,
                say(
                    "markdown_extensions: '{name}' cannot be used here: {reason}",
                    name=shorten(name.text),
                    reason=shorten(reason),
                ),
            )
        for key, _ in options.entries:
            if name.text in ("toc", f"{MARKDOWNS_OWN}.toc") and key.text in TOC:
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
    """Files that pages load and that are not there, or at another host; and hooks that are not there."""
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

    for hook in project.settings.written.at("hooks").items:
        if hook.type == "str" and not ((project.root / hook.location.file).parent / hook.text).is_file():
            yield hook, say("hooks: no file {path}", path=shorten(hook.text))


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
