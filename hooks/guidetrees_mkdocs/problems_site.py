"""A page of problems → the configuration of a site that is only this page, for MkDocs to build in a preview."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files

from guidetrees_mkdocs.problems_page import MISSING_PAGE, PROBLEMS_PAGE, PROBLEMS_STYLE, TEMPLATES


def problems_site(config: MkDocsConfig, page: str) -> MkDocsConfig:
    """What MkDocs builds in place of the site of `config`. It has no theme and no plugin that could fail."""
    site = MkDocsConfig(config.config_file_path)
    theme = {"name": None, "custom_dir": str(TEMPLATES)}
    # MkDocs requires a folder to read. It gets one whose files `OnlyProblems` leaves out.
    folders = {"docs_dir": str(TEMPLATES), "site_dir": config.site_dir}
    site.load_dict({"site_name": config.site_name, "theme": theme, "plugins": [], **folders})
    site.validate()
    site.plugins["guidetrees-problems"] = OnlyProblems(page)
    return site


class OnlyProblems(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Replaces all files by the page of problems. It is also the page for addresses that are not found."""

    def __init__(self, page: str) -> None:
        self.page = page

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        style = (TEMPLATES / PROBLEMS_STYLE).read_text("utf-8")
        contents = {PROBLEMS_PAGE: self.page, MISSING_PAGE: self.page, PROBLEMS_STYLE: style}
        return Files([File.generated(config, path, content=content) for path, content in contents.items()])
