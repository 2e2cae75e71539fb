"""The page of all updates, the newest first."""

from __future__ import annotations

from guidetrees.project.urls import UPDATES_PAGE
from guidetrees.render.components.update_notice import update_notice
from guidetrees.render.context import Site
from guidetrees.render.page import Page, named_page


def updates_page(site: Site) -> Page:
    """The page of all updates."""
    newest = sorted((site.project.updates or {}).values(), key=lambda u: (u.date, u.id), reverse=True)
    notices = [update_notice(site, update.id, up="") for update in newest]
    block = site.render("pages/updates/updates.html", notices=notices)
    return named_page(site.words, "updates", UPDATES_PAGE, block, site.project.layout.updates)
