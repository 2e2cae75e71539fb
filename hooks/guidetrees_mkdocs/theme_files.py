"""What the engine's pages need of the theme, brought along: its frame, its style, and how Markdown is read.

A project may have a theme folder of its own (`custom_dir`): the frame is then around what that makes.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from guidetrees.check.checker import Finding, rule_id
from guidetrees.check.rules.names import pages_are_not_the_engines
from guidetrees.check.rules.settings import OTHER_THEME, settings_work
from guidetrees.check.rules.settings import THEME as THEME_NAME
from guidetrees.messages.message import say
from guidetrees.parse.docs_page import EXTENSIONS
from guidetrees.source.layout import Layout
from guidetrees.source.location import Location, Problem

THEME = Path(__file__).parent / "theme"
STYLE = "assets/frame.css"
SEARCH_FILES = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
"""The folders of what that search loads, in every language."""
OTHER = "theme"
"""Begins the names of the templates that the project and its theme have, also of those that the frame replaces."""


def theme_findings(config: MkDocsConfig, layout: Layout, files: Iterable[str]) -> list[Finding]:
    """The problem of a theme that the frame does not fit, such as MkDocs takes where none is named, or those of
    files of docs/ that would stand in place of the frame's. `files` are paths in docs/."""
    if config.theme.name != THEME_NAME:
        problem = Problem(Location(Path(config.config_file_path).name), OTHER_THEME)
        return [Finding(problem, "error", rule_id(settings_work))]
    own = {path.relative_to(THEME).as_posix() for path in (THEME / "assets").rglob("*")}
    fault = say("the pages have a file of their own here: delete this one, or rename it")
    problems = (Problem(Location(layout.doc(file)), fault) for file in files if file.lower() in own)
    return [Finding(problem, "error", rule_id(pages_are_not_the_engines)) for problem in problems]


def bring_theme(config: MkDocsConfig, with_policy: bool) -> None:
    """Adds the frame to the theme, and what pages need to the settings, where they have not said otherwise."""
    dirs = [folder for folder in config.theme.dirs if Path(folder).resolve() != THEME.resolve()]
    config.theme.dirs = [str(THEME), *dirs]
    if with_policy:
        config.theme["font"] = False  # another host has them, and pages load nothing from there
    if STYLE not in config.extra_css:
        config.extra_css.append(STYLE)
    known = {name.removeprefix("markdown.extensions.") for name in config.markdown_extensions}
    config.markdown_extensions += [name for name in EXTENSIONS if name not in known]


def leave_out_search(files: Files) -> None:
    """Removes the files of the theme's own search from those of the site."""
    for file in [file for file in files if file.src_uri.startswith(SEARCH_FILES)]:
        files.remove(file)


def frame_theme(env: Environment, config: MkDocsConfig) -> None:
    """Lets the frame find the page that it is around."""
    others = FileSystemLoader([folder for folder in config.theme.dirs if folder != str(THEME)])
    assert env.loader
    env.loader = ChoiceLoader([env.loader, PrefixLoader({OTHER: others})])
    env.globals["theme_page"] = f"{OTHER}/main.html"
