"""The page of all updates, the newest first."""

from __future__ import annotations

from dataclasses import dataclass

from guidetrees.project.project import UPDATES
from guidetrees.project.urls import UPDATES_PAGE
from guidetrees.render.components.update_notice import UpdateNotice, update_notice
from guidetrees.render.context import Site
from guidetrees.render.page import Page


@dataclass(frozen=True, slots=True)
class UpdatesPage:
    """The view of the page."""

    updates: list[UpdateNotice]


def updates_page(site: Site) -> Page:
    """The page of all updates."""
    newest = sorted((site.project.updates or {}).values(), key=lambda u: (u.date, u.id), reverse=True)
    view = UpdatesPage([update_notice(site, update.id, "") for update in newest])
    return Page(
        path=UPDATES_PAGE.replace(".html", ".md"),
        title=site.words["updates"],
        description=site.words["updates_lead"],
        id="updates",
        block=site.render("pages/updates/updates.html", page=view),
        source=UPDATES,
    )
