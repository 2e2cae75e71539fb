"""What is around the content of the engine's pages: styles, scripts, the way to the search, and Material's frame.

On a site of the engine's, every page has it. On a site of others (`policy: false`) pages that have nothing to do
with trees are left as they are, unless nothing else lets readers search there.
"""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import Environment, Template
from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import TemplateContext

from guidetrees.parse.html_tree import edges, first_id
from guidetrees.publish.page_shell import DESCRIPTION, ID, without_indentation
from guidetrees.render.assets import FOLDER, SCRIPT, STYLE
from guidetrees.render.context import Site
from guidetrees.render.docs_pages import is_changed
from guidetrees_mkdocs.hosts import FRAME, Host
from guidetrees_mkdocs.theme_files import FRAME_STYLES
from guidetrees_mkdocs.tree_pages import ShellFile

TEMPLATE = "guidetrees.html"
"""The template of a page in a host that has one. It is around `theme_page`, the page's own."""
MISSING_TEMPLATE, MISSING_PAGE = "guidetrees_404.html", "404.html"
MAIN = "main.html"
HOST_STYLE, HOST_SCRIPT = f"{FOLDER}/host.css", f"{FOLDER}/host.js"
Address = Callable[[str], str]
"""A file, from the site's root → its address on a page."""


class Frame(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """The frame of one build."""

    def __init__(self, site: Site, host: Host, is_guest: bool, has_search: bool, is_lean: bool) -> None:
        self.site = site
        self.host = host
        self.is_guest = is_guest
        self.has_search = has_search
        """Whether pages of docs/ have the theme's own search."""
        self.is_lean = is_lean
        """Whether the styles are one, which the page has already (lean.py)."""
        self.is_everywhere = not is_guest or not self.has_search
        """Whether pages that have nothing to do with trees have it, too."""
        self.template = TEMPLATE if host.is_material or (host.templates and not is_guest) else ""
        """That of the engine's pages; empty if they have the site's own."""

    def has(self, page: Page) -> bool:
        """Whether a page has the frame."""
        is_ours = isinstance(page.file, ShellFile) or is_changed(self.site, page.file.src_uri)
        return self.is_everywhere or is_ours

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        if not self.host.is_material:
            script = (FRAME / "assets/frame.js").read_text("utf-8")
            files.append(File.generated(config, HOST_STYLE, content=self.host.style()))
            files.append(File.generated(config, HOST_SCRIPT, content=script))
        for file in files:
            if file.src_uri.startswith(f"{FOLDER}/") and file.src_uri.endswith(".css"):
                file.content_string = self.host.in_its_dark(file.content_string)
        return files

    @event_priority(-1500)  # when the content passed the gate
    def on_page_content(self, output: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        if not self.has(page):
            return output
        if self.template:
            page.meta["template_in_frame"] = page.meta.get("template", MAIN)
            page.meta["template"] = self.template
        searches_elsewhere = self.host.is_material or (self.has_search and not isinstance(page.file, ShellFile))
        return output if searches_elsewhere else f"{self._search_control(page)}\n{output}"

    def _search_control(self, page: Page) -> str:
        words, address = self.site.words, _from(page)
        kind = "gt-find gt-find--alone" if isinstance(page.file, ShellFile) else "gt-find"
        control = Markup(
            '<p class="{kind}"><a id="search-open" href="{href}"><span class="gt-find__words">{search}</span>'
            '<span class="gt-find__list">{list}</span><kbd aria-hidden="true">Ctrl K</kbd></a></p>'
        ).format(
            kind=kind,
            href=address(self.site.no_script_search),
            search=words["search_open"],
            list=self.site.no_script_words,
        )
        return str(control)

    def on_page_context(
        self, context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        page_template = page.meta.pop("template_in_frame", MAIN)
        return {**context, "theme_page": page_template, "guest": self.is_guest}  # type: ignore[typeddict-unknown-key]

    @event_priority(-900)  # before the page gets its policy, and after other plugins have changed it
    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:
        if not self.has(page):
            return output
        if isinstance(page.file, ShellFile):
            output = without_indentation(output)
        if not self.is_guest:
            for style in self.host.inline_styles:
                output = output.replace(style, "")
        skip = "" if self.host.is_material else self._skip_link(page)
        added = "" if self.has_search else self.host.added
        end = added if SCRIPT in config.extra_javascript else f"{added}{_script(SCRIPT, _from(page))}"
        return with_inserts(output, self._head(config, page, _from(page)), skip, end)

    def on_template_context(
        self, context: TemplateContext, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        return {**context, "theme_page": MAIN}  # type: ignore[typeddict-unknown-key]

    def on_pre_template(self, template: Template, template_name: str, config: MkDocsConfig) -> Template:
        if template_name != MISSING_PAGE or self.is_guest or not self.host.is_material:
            return template
        env: Environment = template.environment
        return env.get_template(MISSING_TEMPLATE)

    def _head(self, config: MkDocsConfig, page: Page, address: Address) -> str:
        """What is in a page's head. The engine's styles follow those of the theme, and know them by that."""
        if self.is_lean:
            return ""
        styles = [*FRAME_STYLES[self.is_guest :]] if self.host.is_material else [HOST_STYLE]
        links = [_style(address(style)) for style in (*styles, STYLE) if style not in config.extra_css]
        if not self.host.is_material:
            links += [self._host_script(address), "" if self.is_guest else self.host.added_to_head]
        if not self.host.is_material and isinstance(page.file, ShellFile):
            links.insert(0, f'<meta name="description" content="{DESCRIPTION}">\n')
        return "".join(links)

    def _host_script(self, address: Address) -> str:
        words, guide = self.site.words, self.site.project.layout.guide_in_docs
        says = {"open-window": words["open_window"], "link-to": words["link_to"], "guide": guide}
        data = "".join(f' data-{name}="{escape(value)}"' for name, value in says.items())
        return _script(HOST_SCRIPT, address).replace("></", f"{data}></")

    def _skip_link(self, page: Page) -> str:
        id = ID if isinstance(page.file, ShellFile) else first_id(page.content or "")
        words = escape(self.site.words["skip"])
        return f'\n<a class="gt-skip" href="#{escape(id)}">{words}</a>' if id else ""


def _from(page: Page) -> Address:
    return lambda path: get_relative_url(path, page.url)


def _style(address: str) -> str:
    return f'<link rel="stylesheet" href="{escape(address)}">\n'


def _script(path: str, address: Address) -> str:
    return f'<script src="{escape(address(path))}"></script>\n'


def with_inserts(html: str, head: str, body: str, end: str) -> str:
    """A page with something at the end of its head, at the beginning of its body, and at the end of that."""
    head_end, body_start, body_end = edges(html)
    return (
        html[:head_end]
        + head
        + html[head_end:body_start]
        + body
        + html[body_start:body_end]
        + end
        + html[body_end:]
    )
