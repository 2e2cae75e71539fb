"""The last lines of a tree's page: ways on, the guide it rests on, its review, and whom to write to."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from guidetrees.parse.model import Tree
from guidetrees.project.urls import PARENT
from guidetrees.render.components.contact_card import short_url
from guidetrees.render.context import Site


@dataclass(frozen=True, slots=True)
class GuideSource:
    """The guide as pages name it."""

    name: str | None
    details: str
    """Publisher and date."""
    href: str | None
    """The guide's first page, where there is one."""


@dataclass(frozen=True, slots=True)
class Report:
    """Where readers report a mistake."""

    to: str
    href: str


@dataclass(frozen=True, slots=True)
class Foot:
    """What a page says of its own source."""

    guide: GuideSource
    reviewed: str
    """When and by whom the tree was reviewed, in words."""
    report: Report | None


@dataclass(frozen=True, slots=True)
class WaysOn:
    """The links at the end of a node's page."""

    tree_title: str
    start_over: str
    here: str
    """The node's id."""


def guide_source(site: Site) -> GuideSource:
    """The guide as the front matter of its first page describes it."""
    guide = site.project.guide
    return GuideSource(
        name=guide.get("title"),
        details=", ".join(guide[key] for key in ("publisher", "date") if key in guide),
        href=f"{PARENT}guide/index.html" if "index.md" in site.project.pages else None,
    )


def foot(site: Site, tree: Tree, page: str, title: str) -> Foot:
    """The foot of `page` (from the site's root) of a tree."""
    assert tree.reviewed, "checked before"
    words, day = site.words, site.words.day(tree.reviewed)
    reviewed = (
        words.say("reviewed_by", date=day, owner=tree.owner) if tree.owner else words.say("reviewed", date=day)
    )
    return Foot(guide_source(site), reviewed, _report(site, page, title, day))


def _report(site: Site, page: str, title: str, reviewed: str) -> Report | None:
    """A mail that names the page, or a web address."""
    settings, words = site.project.settings, site.words
    if not settings.feedback:
        return None
    to = settings.owner or short_url(settings.feedback)
    if "@" not in settings.feedback:
        return Report(to, settings.feedback)
    subject = words.say("report_subject", title=title)
    body = words.say("report_body", page=page, date=reviewed) + "\n"
    return Report(to, f"mailto:{settings.feedback}?subject={quote(subject)}&body={quote(body)}")
