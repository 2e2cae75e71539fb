"""What the engine's pages need of the settings and the theme, brought along.

Nothing of the site's own is replaced: the folder with the frame comes last of all that have templates.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from guidetrees.check.checker import Finding, rule_id
from guidetrees.check.rules.names import pages_are_not_the_engines
from guidetrees.check.rules.settings import THEMES_OWN
from guidetrees.messages.message import say
from guidetrees.parse.site_markdown import EXTENSIONS
from guidetrees.render.assets import SCRIPT, STYLE
from guidetrees.source.layout import Layout
from guidetrees.source.location import Location, Problem
from guidetrees_mkdocs.hosts import FRAME, Host

FRAME_STYLES = ("assets/frame.css", "assets/material.css")
"""The styles of Material's frame; on a site of others only the last."""
SEARCH_FILES = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
"""The folders of what that search loads, in every language."""


def theme_findings(host: Host, layout: Layout, files: Iterable[str]) -> list[Finding]:
    """The problems of files of docs/ that would replace the frame's. `files` are paths in docs/."""
    frame = (FRAME / "assets").iterdir() if host.is_material else ()
    own = {path.relative_to(FRAME).as_posix() for path in frame}
    fault = say("the pages have a file of their own here: delete this one, or rename it")
    problems = (Problem(Location(layout.doc(file)), fault) for file in files if file.lower() in own)
    return [Finding(problem, "error", rule_id(pages_are_not_the_engines)) for problem in problems]


def bring_theme(config: MkDocsConfig, host: Host, is_guest: bool) -> None:
    """Adds the frame to the theme. On a site that is not others', also what its pages need to the settings."""
    own = [folder for folder in config.theme.dirs if Path(folder).resolve() != FRAME.resolve()]
    config.theme.dirs = [*own, str(host.templates)] if host.templates else own
    if is_guest:
        return
    # Another host has fonts and what colours code, and pages load nothing from there.
    config.theme["font" if host.is_material else "highlightjs"] = False
    if host.is_material:
        config.extra_css += [style for style in (*FRAME_STYLES, STYLE) if style not in config.extra_css]
        config.extra_javascript.append(SCRIPT)
    known = {name.removeprefix("markdown.extensions.") for name in config.markdown_extensions}
    config.markdown_extensions += [name for name in EXTENSIONS if name not in known]


def leave_out_search(files: Files) -> None:
    """Removes the files of the theme's own search from those of the site."""
    for file in [file for file in files if file.src_uri.startswith(SEARCH_FILES)]:
        files.remove(file)


def leave_out_unused(files: Files, config: MkDocsConfig, with_script: bool) -> None:
    """Removes the files of the theme that no page loads. `with_script`: pages have the theme's script."""
    for file in [file for file in files if comes_from_theme(file, config)]:
        if file.src_uri.startswith(THEMES_OWN) and not _is_loaded(file.src_uri, config, with_script):
            files.remove(file)


def comes_from_theme(file: File, config: MkDocsConfig) -> bool:
    """Whether a file is the theme's, and not one of docs/ at a path like it."""
    return file.src_dir in config.theme.dirs


def _is_loaded(path: str, config: MkDocsConfig, with_script: bool) -> bool:
    if path.startswith("assets/images/"):
        return path in (config.theme.get("favicon"), config.theme.get("logo"))
    if path.startswith("assets/stylesheets/palette."):
        return bool(config.theme.get("palette")) and not path.endswith(".map")
    return not path.endswith(".map") and (with_script or not path.startswith("assets/javascripts/"))
