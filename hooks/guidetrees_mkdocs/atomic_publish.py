"""Publishes a site only when it is whole: builds it in a folder beside the site folder, then renames.

MkDocs empties the site folder first and may fail after that; a strict build fails last of all. The folder beside
has a name of its own for each build:

    .site.building-…/new      the new site, until it is whole
    .site.building-…/former   the former site, from when it makes room until the build ends
"""

from __future__ import annotations

import glob
import logging
import shutil
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.utils import CountHandler

from guidetrees.messages.message import reason_of, say
from guidetrees.messages.words import tell
from guidetrees_mkdocs.hosts import theme_language

DAY = 24 * 60 * 60


class AtomicPublish(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Builds one site beside its folder, and puts it there last of all."""

    def __init__(self, config: MkDocsConfig) -> None:
        self.site = Path(config.site_dir).resolve()
        self.cleanup = ExitStack()

    def on_pre_build(self, config: MkDocsConfig) -> None:
        try:
            beside = self.cleanup.enter_context(folder_beside(self.site))
        except OSError as error:
            message = say(
                "{folder} cannot be written to: {reason}",
                folder=self.site.parent,
                reason=reason_of(error),
            )
            raise PluginError(tell(message, theme_language(config))) from error
        config.site_dir = str(Path(beside) / "new")

    @event_priority(-1000)  # after all that writes files
    def on_post_build(self, config: MkDocsConfig) -> None:
        if _strict_build_will_fail():
            return
        try:
            publish(Path(config.site_dir).parent, self.site)
        except OSError as error:
            message = say(
                "The new site could not replace {site}, which is still whole: {reason}. Build again.",
                site=self.site,
                reason=reason_of(error),
            )
            raise PluginError(tell(message, theme_language(config))) from error
        self.cleanup.close()
        config.site_dir = str(self.site)

    def on_build_error(self, error: Exception) -> None:
        self.cleanup.close()


def folder_beside(site: Path) -> TemporaryDirectory[str]:
    """A new folder for a build. It goes when the process ends, unless that is killed. Raises OSError."""
    site.parent.mkdir(parents=True, exist_ok=True)
    clean_up(site)
    return TemporaryDirectory(prefix=f".{site.name}.building-", dir=site.parent, ignore_cleanup_errors=True)


def clean_up(site: Path) -> None:
    """Puts the site back if a build was killed between its two renames. Removes folders of builds that are a day
    old: no build takes so long, so it was killed."""
    for beside in site.parent.glob(f".{glob.escape(site.name)}.building-*"):
        _put_back(beside, site)
        with suppress(OSError):
            if time.time() - beside.stat().st_mtime > DAY:
                shutil.rmtree(beside, ignore_errors=True)


def publish(beside: Path, site: Path) -> None:
    """Puts the new site in the place of the former one. Raises OSError; then the site is the former one, or that
    of another build that ended at the same moment."""
    with suppress(FileNotFoundError):
        site.rename(beside / "former")
    try:
        (beside / "new").rename(site)
    except OSError:
        _put_back(beside, site)
        raise


def _put_back(beside: Path, site: Path) -> None:
    if not site.exists():
        with suppress(OSError):
            (beside / "former").rename(site)


def _strict_build_will_fail() -> bool:
    """Whether MkDocs has counted warnings. It does so in strict builds only, and fails after the last event."""
    handlers = logging.getLogger("mkdocs").handlers
    return any(handler.get_counts() for handler in handlers if isinstance(handler, CountHandler))
