"""The MkDocs side: hands the pages of the trees to the site builder, and publishes only whole sites.

`on_config` reads and checks everything before MkDocs touches a file, then adds a `TreePages` to this
build's plugins, which carries the build's data from event to event. `serve` imports this module once and builds
many times. What outlives a build then is that it serves, since a preview shows the problems that fail a build,
what says nothing of the sources (compiled templates, the dictionary), and what follows from nothing else than what
it is kept by: texts as they were read, and pages by all that they show.
"""

from __future__ import annotations

import errno
import gc
import glob
import logging
import os
import platform
import re
import shutil
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, Literal, cast
from urllib.parse import urlsplit

from jinja2 import Environment
from markupsafe import escape
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents
from mkdocs.utils import CountHandler
from watchdog.observers.polling import PollingObserver, PollingObserverVFS

from guidetrees.check.checker import check
from guidetrees.graph.decision_diagram import TooManyCombinations
from guidetrees.messages.words import UnknownLanguage, Words, read_words
from guidetrees.parse.docs_page import DocsPage, read_docs_page
from guidetrees.parse.html_allowlist import sanitize, text_only
from guidetrees.project.build_day import InvalidBuildDay, build_day
from guidetrees.project.project import TREES, read_project
from guidetrees.publish.csp import KnownScripts
from guidetrees.publish.page_shell import ABOVE, BLOCK, PageShell, planned_pages, shell_of, shell_source
from guidetrees.publish.postprocess import without_boxes
from guidetrees.publish.server_config import write_configurations
from guidetrees.publish.site_files import publish
from guidetrees.render import render
from guidetrees.render.rule_pages import rule_pages
from guidetrees.render.views import Made, Site, prepare
from guidetrees.source.files import Unreadable
from guidetrees.source.page_names import as_page
from guidetrees_mkdocs.preview import RELOAD_SCRIPT, Compiled, guarded
from guidetrees_mkdocs.problems_page import MISSING_PAGE, PROBLEMS_PAGE, PROBLEMS_STYLE, TEMPLATES, problems_page

POLLING = 0.1
"""Seconds between two looks for saved files in a preview."""

NOTHING = os.stat_result((stat.S_IFDIR, *[0] * 9))

LIST_OF_ALL = "sitemap.xml"

log = logging.getLogger("mkdocs.plugins.guidetrees")


_serving = False
_compiled = Compiled()
_made: Made = {}
_known = KnownScripts(RELOAD_SCRIPT)
"""The scripts that the pages of a preview may run."""


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    global _serving
    _serving = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Reads the project. Where it has problems, a line for each, and PluginError: a preview shows them instead."""
    words, day = _words(config), _day()
    root = Path(config.config_file_path).parent
    config.watch.append(str(root / TREES))
    project = read_project(root)
    if problems := check(project, day):
        for problem in problems:
            log.error(str(problem))
        if not _serving:
            raise PluginError(f"{len(problems)} problem(s) in the trees: nothing was built.")
        page = problems_page(root, problems, config.site_name, words, urlsplit(config.site_url or "/").path)
        return _site_of_one(config, page)
    if not config.site_url:  # it lists whole addresses, and there are none
        config.theme.static_templates -= {LIST_OF_ALL}
    config.extra_css.append(render.STYLE)
    config.extra_javascript.append(render.SCRIPT)
    site = prepare(project, words, day, _made if _serving else None)
    config.extra["gt"] = render.for_theme(site)
    config.plugins["guidetrees"] = TreePages(site)
    config.plugins["policy"] = Policy(in_pages=not _serving)
    config.plugins["publish-whole"] = PublishWhole(config)
    if not _serving:
        gc.freeze()  # what has been read is there till the end: no use in looking through it for what is left
    return config


def _day() -> date:
    try:
        return build_day()
    except InvalidBuildDay as error:
        raise PluginError(str(error)) from error


def _words(config: MkDocsConfig) -> Words:
    try:
        return read_words(str(config.theme.get("language", "en")))
    except UnknownLanguage as error:
        raise PluginError(str(error)) from error


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: object) -> LiveReloadServer:
    server.set_app(guarded(server.serve_request, server.mount_path, _known))
    # MkDocs looks for saves twice a second: who has saved would wait for that longer than for their tree. And a
    # folder that is moved away would not be looked for again.
    watched = [path for path in (config.docs_dir, config.config_file_path, *config.theme.dirs) if path]
    watched = [path for path in watched if _unwatched(server, path)]
    server.observer = cast(
        PollingObserver, PollingObserverVFS(stat_or_nothing, entries_if_any, polling_interval=POLLING)
    )
    for path in watched:
        server.watch(path)
    return server


def _unwatched(server: LiveReloadServer, path: str) -> bool:
    """Takes `path` from what the server watches. Whether it was there."""
    try:
        server.unwatch(path)
    except KeyError:
        return False
    return True


def stat_or_nothing(path: str) -> os.stat_result:
    """What the system says of a path; of one that is gone, what it says of an empty folder."""
    try:
        return os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return NOTHING


def entries_if_any(path: str | None) -> Iterator[os.DirEntry[str]]:
    """What lies in a folder, also while it is gone."""
    try:
        return os.scandir(path)
    except (FileNotFoundError, NotADirectoryError):
        return iter(())


def _site_of_one(config: MkDocsConfig, page: str) -> MkDocsConfig:
    """What MkDocs builds in place of the site: nothing that could fail, no theme and no other plugin."""
    site = MkDocsConfig(config.config_file_path)
    theme = {"name": None, "custom_dir": str(TEMPLATES)}
    # MkDocs wants a folder to read, and is given one whose files `PageOfProblems` leaves out.
    folders = {"docs_dir": str(TEMPLATES), "site_dir": config.site_dir}
    site.load_dict({"site_name": config.site_name, "theme": theme, "plugins": [], **folders})
    site.validate()
    site.plugins["problems"] = PageOfProblems(page)
    return site


class PageOfProblems(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """A site that is one page, also where the server finds none."""

    def __init__(self, page: str) -> None:
        self.page = page

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        style = (TEMPLATES / PROBLEMS_STYLE).read_text("utf-8")
        contents = {PROBLEMS_PAGE: self.page, MISSING_PAGE: self.page, PROBLEMS_STYLE: style}
        return Files([File.generated(config, path, content=content) for path, content in contents.items()])


class TreePage(File):
    """A page that the engine makes. To MkDocs it is a file that links may lead to and that is there already."""

    def is_documentation_page(self) -> bool:
        return False

    def copy_file(self, dirty: bool = False) -> None:
        pass


class Place(Page):
    """What MkDocs knows of a page that the engine makes: that it may be linked to, and where."""

    def __init__(self, title: str, file: File, config: MkDocsConfig, ids: Callable[[str], set[str]]) -> None:
        super().__init__(title, file, config)
        self._ids = ids

    @property
    def present_anchor_ids(self) -> set[str]:  # type: ignore[override]
        return self._ids(self.file.src_uri)


ID = re.compile(r'\sid="([^"]+)"')


class TreePages(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """The trees' pages in one build: MkDocs makes their frames, and the engine fills these in. The pages of docs/,
    of which MkDocs gets what was checked, and readers what passes the gate."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.named: frozenset[str] = frozenset()
        """The pages that the navigation names."""
        self.titled: frozenset[str] = frozenset()
        """The pages that it gives a title."""
        self.models: dict[str, File] = {}
        """The pages with marks, by path in docs/."""
        self.frames: dict[str, PageShell] = {}
        self.places: list[File] = []

    def on_build_error(self, error: Exception) -> None:
        if isinstance(error, OSError):
            raise PluginError(f"The site could not be built: {error}") from error

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        self.named = frozenset(_named(config.nav))
        for path, title, kind in planned_pages(self.site):
            source = _from_docs(config, kind.source)
            if kind.path not in self.models:
                self._add_model(files, config, kind.path, shell_source(kind), source)
            if path in self.named:  # its frame says where the reader is, and so is its own
                self._add_model(files, config, path, shell_source(kind, title), source)
                continue
            page = TreePage.generated(config, path, content="")
            page.dest_uri, page.edit_uri = as_page(path), source
            Place(title, page, config, self._ids)
            files.append(page)
            self.places.append(page)
        unfilled = files.get_file_from_path(LIST_OF_ALL)
        if unfilled and not config.site_url and unfilled.src_dir != config.docs_dir:
            files.remove(unfilled)  # the theme's template, which MkDocs would copy as it is
        for asset in render.assets(self.site):
            files.append(_file(config, asset.path, asset.content))
        return files

    def _add_model(self, files: Files, config: MkDocsConfig, path: str, text: str, source: str) -> None:
        self.models[path] = _file(config, path, text)
        self.models[path].edit_uri = source
        files.append(self.models[path])

    def _ids(self, path: str) -> set[str]:
        """What can be linked to on a page. It is made for that, which few links ask for."""
        pages = chain(render.pages(self.site), rule_pages(self.site))
        return next({page.id, *ID.findall(page.block)} for page in pages if page.path == path)

    def on_template_context(self, context: Any, template_name: str, config: MkDocsConfig) -> Any:
        """The pages that a list of all is of."""
        places = {file.src_uri: file for file in [*context["pages"], *self.places]}
        frames = self.models.keys() - self.named
        return {**context, "pages": [file for path, file in places.items() if path not in frames]}

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        if _serving:
            env.bytecode_cache = _compiled
        return env

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        self.titled = frozenset(page.file.src_uri for page in nav.pages if page.title is not None)
        _escape_titles(nav.items)
        return nav

    def on_page_read_source(self, page: Page, config: MkDocsConfig) -> str | None:
        return None if page.file.src_uri in self.models else self._read(page.file).source()

    def _read(self, file: File) -> DocsPage:
        """A page of docs/ as it was checked, or one that another plugin has brought or that has come since."""
        path = file.src_uri
        if path in self.site.project.docs:
            return self.site.project.docs[path]
        try:
            page, problems = read_docs_page(path, f"docs/{path}", file.content_string)
        except Unreadable as error:
            raise PluginError("\n".join(map(str, error.problems))) from error
        for problem in problems:
            log.warning(str(problem))
        return page

    @event_priority(-1000)  # when other plugins have done their part
    def on_page_content(self, output: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        path = page.file.src_uri
        if path in self.models:
            return f"{ABOVE}\n{output}\n{BLOCK}"
        read = self._read(page.file)
        html, dropped = sanitize(output)
        for one in dropped:  # by another plugin: of what is written, the check has said so
            log.warning(f"docs/{path}:1:1: {one}")
        html = render.own_page(self.site, path, html)
        # The theme's search need not read what the engine's does.
        page.meta = {**page.meta, "search": {"exclude": True}}
        page.present_anchor_ids = set(ID.findall(html))
        page.toc = _passed_toc(page.toc, page.present_anchor_ids)
        if path not in self.titled:
            page.title = escape(read.title)
        return html

    @event_priority(-2000)  # when the page is as it will be written, with its policy
    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:
        if page.file.src_uri in self.models:
            self.frames[page.file.src_uri] = shell_of(output)
        return output

    @event_priority(-50)  # after the search plugin has written its index
    def on_post_build(self, config: MkDocsConfig) -> None:
        for model in self.models.values():
            Path(model.abs_dest_path).unlink()  # most are no pages
        try:
            publish(self.site, config.site_dir, self.frames)
        except TooManyCombinations as error:
            raise PluginError(str(error)) from error
        except OSError as error:
            raise PluginError(f"The site could not be written: {error}") from error
        # The theme shows its box for the plugin's sake; nothing reads what that writes.
        folder = Path(config.site_dir) / "search"
        (folder / "search_index.json").unlink(missing_ok=True)
        with suppress(OSError):
            folder.rmdir()


def _escape_titles(items: Iterable[Any]) -> None:
    """Escapes the titles that mkdocs.yml or folders' names give, as themes write titles into HTML as they are."""
    for item in items:
        if item.title is not None:
            item.title = escape(item.title)
        _escape_titles(item.children or ())


def _passed_toc(toc: TableOfContents, ids: set[str]) -> TableOfContents:
    """A page's table of contents as far as it is of what has passed the gate."""
    items = [item for item in toc.items if item.id in ids]
    for item in items:
        item.title = text_only(item.title)
        item.children = _passed_toc(TableOfContents(item.children), ids).items
    return TableOfContents(items)


def _named(nav: object) -> Iterator[str]:
    """What a navigation names, as it is written in mkdocs.yml."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, list | dict):
        for item in nav.values() if isinstance(nav, dict) else nav:
            yield from _named(item)


class Policy(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Gives each page the policy that it runs under, and the servers' configurations that of them all.

    In a preview, whose server sends the policy, pages have none: MkDocs writes a script of its own into them.
    """

    def __init__(self, in_pages: bool) -> None:
        self.in_pages = in_pages
        self.hashes: set[str] = set()

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        for file in files:
            # Of those at former addresses, which the theme does not make. What lies in docs/ may not run.
            if file.src_uri.endswith(".html") and file.abs_src_path is None:
                file.content_string = self._with_policy(file.content_string)
        return files

    @event_priority(-1000)  # when the theme's environment is as pages are made with it
    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        _known.learn(_neutral_page(env, config))
        return env

    @event_priority(-1000)  # when the page is as it will be written
    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:
        return self._with_policy(output)

    @event_priority(-1000)
    def on_post_template(self, output_content: str, template_name: str, config: MkDocsConfig) -> str:
        return self._with_policy(output_content) if template_name.endswith(".html") else output_content

    def _with_policy(self, output: str) -> str:
        if not self.in_pages:
            return output
        output, hashes = _known.under_policy(output)
        self.hashes |= hashes
        return output

    def on_post_build(self, config: MkDocsConfig) -> None:
        write_configurations(self.hashes, Path(config.site_dir))


def _neutral_page(env: Environment, config: MkDocsConfig) -> str:
    """A page of the theme on which nothing is that anybody has written: its scripts are the theme's."""
    page = Page("", File.generated(config, "neutral.md", content=""), config)
    page.content, page.toc = "", TableOfContents([])
    context = get_context(Navigation([], []), Files([]), config, page)
    return without_boxes(env.get_template("main.html").render(context))


def _from_docs(config: MkDocsConfig, source: str) -> str:
    """The path of a file of the project as seen from docs/, where a page's source is looked for."""
    root = Path(config.config_file_path).parent
    return Path(os.path.relpath(root / source, config.docs_dir)).as_posix()


def _file(config: MkDocsConfig, path: str, content: str) -> File:
    # Out of the navigation: there, every page would cost the more the more pages there are.
    return File.generated(config, path, content=content, inclusion=InclusionLevel.NOT_IN_NAV)


PARTS = ("building", "former")
"""What the folders hold that a build has beside the site folder."""
HOST = re.sub("[^a-z0-9]+", "_", platform.node().lower())
ME = f"{HOST}-{os.getpid()}"
TRIES = 20
DAY = 24 * 60 * 60


def is_left(folder: Path) -> bool:
    """Whether the build that made `folder` has ended: its process is gone. A process of another machine cannot be
    asked for, and on Windows none can without ending it; no build takes a day."""
    *_, host, process = folder.name.split("-")
    if host == HOST and os.name == "posix" and process.isdecimal():
        try:
            os.kill(int(process), 0)
        except (ProcessLookupError, OverflowError):
            return True
        except OSError:  # it is another user's
            return False
        return False
    try:
        changed = folder.stat()
        return time.time() - max(changed.st_mtime, changed.st_ctime) > DAY
    except OSError:
        return False


class PublishWhole(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Builds beside the site folder and puts the new site in its place only when it is whole.

    MkDocs empties the site folder first and may fail after that; a strict build fails last of all. Builds at the
    same time do not meet before they publish: each has folders of its own, named after its process.
    """

    def __init__(self, config: MkDocsConfig) -> None:
        self.site = Path(config.site_dir).resolve()
        self.beside, self.former = (self.site.with_name(f".{self.site.name}.{part}-{ME}") for part in PARTS)
        config.site_dir = str(self.beside)

    def on_pre_build(self, config: MkDocsConfig) -> None:
        try:
            self._clear()
            self.beside.mkdir(parents=True)
        except OSError as error:
            raise PluginError(f"{self.beside.parent} cannot be written to: {error.strerror}.") from error

    @event_priority(-1000)  # after everything that still writes files (the search index)
    def on_post_build(self, config: MkDocsConfig) -> None:
        if not _strict_build_will_fail():
            try:
                self._publish()
            except OSError as error:
                raise PluginError(
                    f"{self.site} is as it was: the new site could not take its place ({error.strerror})."
                ) from error
        config.site_dir = str(self.site)

    def _publish(self) -> None:
        for tries_left in reversed(range(TRIES)):
            with suppress(FileNotFoundError):
                self.site.rename(self.former)
            try:
                self.beside.rename(self.site)
                break
            except OSError as error:
                # Another build has put its site in the place that was free for a moment: that one is whole too,
                # and newer than the one taken away. By now a third may have taken it away again.
                if error.errno in (errno.ENOTEMPTY, errno.EEXIST) and tries_left:
                    shutil.rmtree(self.former, ignore_errors=True)
                    continue
                self._put_back(self.former)
                raise
        shutil.rmtree(self.former, ignore_errors=True)

    def _clear(self) -> None:
        """Clears away what builds have left that were ended in the middle, this process's own included."""
        names = [f".{glob.escape(self.site.name)}.{part}-*" for part in PARTS]
        for folder in (folder for name in names for folder in self.site.parent.glob(name)):
            if folder in (self.beside, self.former) or is_left(folder):
                self._put_back(folder)
                shutil.rmtree(folder, ignore_errors=True)

    def _put_back(self, folder: Path) -> None:
        """The former site, where a build was ended or failed between taking it away and putting its own there."""
        if PARTS[1] in folder.suffix and not self.site.exists():
            with suppress(OSError):
                folder.rename(self.site)

    def on_build_error(self, error: Exception) -> None:
        self._discard()

    def on_shutdown(self) -> None:
        self._discard()

    def _discard(self) -> None:
        shutil.rmtree(self.beside, ignore_errors=True)


def _strict_build_will_fail() -> bool:
    """Whether MkDocs has counted warnings, which it does in a strict build only."""
    handlers = logging.getLogger("mkdocs").handlers
    return any(handler.get_counts() for handler in handlers if isinstance(handler, CountHandler))


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    return without_boxes(output)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    return without_boxes(output_content)
