"""What of Material a site of the engine's does without: the theme's script, where nothing on the site needs it.
Its pages then have one style in place of four, without the theme's rules that no page can match.

`frame.js` does the little of that script that such pages use. A site with more (a palette, tabs in texts, a search
of its own, another plugin, a script or a theme folder of its own) has the theme as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files

from guidetrees.check.rules.settings import SEARCHES
from guidetrees.parse.site_markdown import EXTENSIONS
from guidetrees.project.options import PLUGIN
from guidetrees.publish.site_files import write_file
from guidetrees.render.assets import FOLDER, SCRIPT, STYLE
from guidetrees_mkdocs.hosts import FRAME
from guidetrees_mkdocs.theme_files import FRAME_STYLES, comes_from_theme
from guidetrees_mkdocs.theme_style import compact, names_in_page, pruned, without_charset, words_in
from guidetrees_mkdocs.written_pages import WrittenPages

ONE_STYLE = f"{FOLDER}/style.css"
"""The theme's style, the frame's and the engine's, in this order."""
THEME_STYLE = "assets/stylesheets/main."
"""Begins the path of the theme's style."""
PACKAGE = "mkdocs-material"
BANNER = f"/*! Made of {PACKAGE} {version(PACKAGE)}. Licence: MIT. Copyright (c) Martin Donath, contributors */\n"
"""Names the package that a part of the style comes from, also for a bill of materials (tools/delivered.py)."""
FEATURES = {f"navigation.{name}" for name in ("expand", "footer", "indexes", "path", "prune", "sections", "tabs")}
"""The theme's features that are styles and links, and no script."""
MARKDOWN = {*EXTENSIONS, "abbr", "admonition", "def_list", "footnotes", "meta", "nl2br", "smarty"}
"""The Markdown extensions of which nothing waits for a script."""
EXTRAS = ("alternate", "analytics", "annotate", "consent", "version")
"""The theme's options under `extra:` that are for its script."""


def needs_script(config: MkDocsConfig, has_search: bool) -> bool:
    """Whether something on a site may need the theme's script."""
    theme, folder = config.theme, config.theme.custom_dir
    plugins = {name for name in config.plugins if not name.startswith(PLUGIN)}
    extensions = {name.removeprefix("markdown.extensions.") for name in config.markdown_extensions}
    return (
        has_search
        or bool(theme.get("palette"))
        or not FEATURES.issuperset(theme.get("features") or ())
        or not MARKDOWN.issuperset(extensions)
        or bool(plugins.difference(SEARCHES, config.hooks))
        or any(config.extra.get(option) for option in EXTRAS)
        or any(str(script) != SCRIPT for script in config.extra_javascript)
        or bool(folder and Path(folder).resolve() != FRAME.resolve())
    )


class LeanTheme(WrittenPages):  # type: ignore[no-untyped-call]
    """The one style of one build, in place of the theme's, the frame's and the engine's."""

    def __init__(self, config: MkDocsConfig, trees: Path, is_whole: bool) -> None:
        self.trees = trees
        """The folder of the trees."""
        self.is_whole = is_whole
        """Whether the style keeps all rules. In a preview, a page may get any class at the next save."""
        self.theme, self.own = "", ""
        """The style of the theme, and what follows it: the frame's and the engine's, of which all is used."""
        self.names: set[str] = set()
        """What the theme's rules that are kept may ask for."""
        self.others: list[str] = []
        """The site's styles beside this one."""
        config.extra_css = [style for style in config.extra_css if style not in (*FRAME_STYLES, STYLE)]

    @event_priority(-1000)  # when all files are known
    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        theme = next(file for file in files if _is_theme_style(file, config))
        own = [files.src_uris[path] for path in (*FRAME_STYLES, STYLE)]
        self.theme = without_charset(theme.content_string)
        self.own = "".join(compact(style.content_string) for style in own)
        for style in (theme, *own):
            files.remove(style)
        files.append(File.generated(config, ONE_STYLE, content=f"{BANNER}{self.theme}{self.own}"))
        if not self.is_whole:
            self._read(files, config)
        self.theme_style = theme.src_uri
        return files

    def _read(self, files: Files, config: MkDocsConfig) -> None:
        """Reads what may name a class beside pages: scripts and the texts of trees. Keeps the site's styles."""
        self.others = [files.src_uris[path].content_string for path in config.extra_css if path in files.src_uris]
        for file in files:
            if file.src_uri.endswith(".js") and not file.src_uri.startswith(f"{FOLDER}/search/"):
                self.names |= words_in(file.content_string)
        for text in _with_classes(self.trees):
            self.names |= words_in(text)

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        env.globals["one_style"] = {"in_place_of": self.theme_style, "path": ONE_STYLE}
        return env

    def written(self, html: str) -> str:
        if not self.is_whole:
            self.names |= names_in_page(html)
        return html

    def on_post_build(self, config: MkDocsConfig) -> None:
        if not self.is_whole:
            theme = pruned(self.theme, self.names, [self.own, *self.others])
            write_file(Path(config.site_dir) / ONE_STYLE, f"{BANNER}{theme}{self.own}")


def _is_theme_style(file: File, config: MkDocsConfig) -> bool:
    return (
        file.src_uri.startswith(THEME_STYLE) and file.src_uri.endswith(".css") and comes_from_theme(file, config)
    )


def _with_classes(trees: Path) -> Iterator[str]:
    """The texts of trees, contacts and updates that name a class: the engine fills them into a page that the theme
    has made once, and the results are not looked at one by one."""
    for path in trees.rglob("*.yml"):
        text = path.read_text("utf-8", errors="replace")
        if "class" in text:
            yield text
