"""The events that MkDocs runs in every build: read the project, check it, and set up the build.

`on_config` reads and checks everything before MkDocs writes a file. The data of one build is in the plugins that
it adds to that build. `mkdocs serve` loads this plugin once and builds many times, so its attributes hold only
what does not depend on the sources.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal

from jinja2 import Environment, FileSystemBytecodeCache
from mkdocs.config.base import Config, ConfigErrors, ConfigWarnings
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files

from guidetrees.check.checker import Finding, errors
from guidetrees.messages.errors import UserError
from guidetrees.messages.message import say
from guidetrees.messages.words import Words, languages, read_words, tell
from guidetrees.project.build_day import build_day
from guidetrees.project.options import LISTS
from guidetrees.project.project import read_project
from guidetrees.project.settings import Settings
from guidetrees.publish.csp import KnownScripts
from guidetrees.render.context import Site, prepare
from guidetrees.render.docs_pages import theme_values
from guidetrees_mkdocs.atomic_publish import AtomicPublish
from guidetrees_mkdocs.csp_plugin import PagePolicy
from guidetrees_mkdocs.docs_pages import DocsPages
from guidetrees_mkdocs.frame import MAIN, Frame
from guidetrees_mkdocs.hosts import Host, host_of, theme_language
from guidetrees_mkdocs.lean import LeanTheme, needs_script
from guidetrees_mkdocs.preview import RELOAD_SCRIPT, address_fault, guarded, keep_watching
from guidetrees_mkdocs.problems_site import PLUGIN as PROBLEMS
from guidetrees_mkdocs.problems_site import problems_site
from guidetrees_mkdocs.site_search import SiteSearch, own_search
from guidetrees_mkdocs.theme_files import bring_theme, leave_out_search, leave_out_unused, theme_findings
from guidetrees_mkdocs.theme_templates import read_quickly
from guidetrees_mkdocs.tree_pages import TreePages

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

log = logging.getLogger("mkdocs.plugins.guidetrees")


class Options(Config):  # type: ignore[no-untyped-call]
    """The plugin's options in mkdocs.yml, as MkDocs knows them. The engine reads them itself (project/options.py):
    it knows their places, and has the same under `extra: guidetrees:` for the hook."""

    trees = Type(str, default="decision_trees")
    guide = Type(str, default="guide")
    strict_review = Type(bool, default=False)
    policy = Type(bool, default=True)
    review = Type(bool, default=True)
    lists = Type(list, default=LISTS)
    owner = Type(str, default="")
    feedback = Type(str, default="")
    accessibility_statement = Type(str, default="")


class GuideTrees(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Adds the decision trees to a MkDocs site."""

    def __init__(self) -> None:
        self.serving = False
        """Whether the process is a preview, which shows problems and does not fail."""
        self.address_unchecked = False
        """Whether the process is a preview whose server may not get its address."""
        self.scripts = KnownScripts(RELOAD_SCRIPT)
        """The scripts that pages may run."""
        self.own_search: BasePlugin[Config] | None = None
        """The site's own search, if it has one."""
        self.is_lean = False
        """Whether pages do without the theme's script."""
        self.settings = Settings()
        """Those of the last build."""

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[ConfigErrors, ConfigWarnings]:
        """Takes the options. What is wrong with them is a problem of mkdocs.yml with a line (see `on_config`)."""
        super().load_config(options, config_file_path)
        return [], []

    @cached_property
    def compiled_templates(self) -> TemporaryDirectory[str]:
        """Compiled templates, for all builds of a preview: saves 0.17 s of processor time a build."""
        return TemporaryDirectory(prefix="guidetrees-", ignore_cleanup_errors=True)

    def on_startup(self, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        self.serving = self.address_unchecked = command == "serve"

    @event_priority(-1000)  # after plugins that change settings
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Reads and checks the project. Returns what MkDocs builds: the site, or in a preview with problems a site
        that shows them. Raises PluginError where a build has problems, after a line for each, and Abort where a
        preview gets no address."""
        if PROBLEMS in config.plugins:  # the hook and the plugin are both named, and the other has said so
            return config
        if self.address_unchecked:
            _check_address(config)
        root = Path(config.config_file_path).parent
        language = theme_language(config)
        words = read_words(language if language in languages() else "en")  # the check reports others
        try:
            day = build_day()
        except UserError as error:
            raise PluginError(words.tell(error.message)) from error
        project = read_project(root, Path(config.config_file_path).name, config.use_directory_urls)
        self.settings = project.settings
        config.watch.append(str(root / project.layout.trees))
        host = host_of(config)
        if found := [*errors(project, day), *theme_findings(host, project.layout, project.files)]:
            return self._with_problems(config, found, words)
        bring_theme(config, host, project.settings.is_guest)
        self._set_up(config, prepare(project, words, day), host)
        return config

    def _with_problems(self, config: MkDocsConfig, found: Sequence[Finding], words: Words) -> MkDocsConfig:
        for finding in found:
            log.error(words.tell(finding.line))
        if not self.serving:
            message = say("{count} problem(s) in the trees: nothing was built.", count=len(found))
            raise PluginError(words.tell(message))
        return problems_site(config, found, words)

    def _set_up(self, config: MkDocsConfig, site: Site, host: Host) -> None:
        """Adds the engine's words to the settings, and the plugins of this build."""
        config.extra["gt"] = theme_values(site)
        config.plugins["guidetrees-docs"] = DocsPages(site)
        with_rules = self.serving and site.project.settings.review
        config.plugins["guidetrees-pages"] = pages = TreePages(site, with_rules)
        self.own_search = own_search(config, site.project.settings)
        self.scripts.with_workers = bool(self.own_search)
        is_guest = site.project.settings.is_guest
        self.is_lean = host.is_material and not is_guest and not needs_script(config, bool(self.own_search))
        if self.is_lean:
            trees = Path(config.config_file_path).parent / site.project.layout.trees
            config.plugins["guidetrees-style"] = LeanTheme(config, trees, is_whole=self.serving)
        if self.own_search:
            config.plugins["guidetrees-search"] = search = SiteSearch(self.own_search)
            pages.found = search.documents.append
        config.plugins["guidetrees-frame"] = frame = Frame(
            site, host, is_guest, bool(self.own_search), self.is_lean
        )
        if site.project.settings.policy:
            template = frame.template or MAIN
            config.plugins["guidetrees-policy"] = PagePolicy(self.scripts, not self.serving, template)
        config.plugins["guidetrees-publish"] = AtomicPublish(config)
        read_quickly(config.theme)
        if not self.serving:
            gc.freeze()  # what was read stays until the process ends: the garbage collector need not search it

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        if not self.own_search:
            leave_out_search(files)
        if self.settings.policy and config.theme.name == "material":
            leave_out_unused(files, config, with_script=not self.is_lean)
        return files

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        if self.serving:
            env.bytecode_cache = FileSystemBytecodeCache(self.compiled_templates.name)
        return env

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        _check_address(config)  # once more, as the first build takes its time
        self.address_unchecked = False
        server.set_app(
            guarded(server.serve_request, server.mount_path, self.scripts, lambda: self.settings.policy)
        )
        keep_watching(server, [config.docs_dir, config.config_file_path, *config.theme.dirs])
        return server


def _check_address(config: MkDocsConfig) -> None:
    if fault := address_fault(*config.dev_addr):
        raise Abort(tell(fault, theme_language(config)))
