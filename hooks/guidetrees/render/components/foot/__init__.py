"""The last lines of a tree's page: ways on, the guide it rests on, its review, and whom to write to."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from guidetrees.parse.model import Tree
from guidetrees.project.urls import INDEX_PAGE, PARENT, has_list, section_url
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
class Foot:
    """What a page says of its own source."""

    guide: GuideSource
    report: tuple[str, str] | None
    """Whom readers report a mistake to, and the address."""
    has_index: bool
    """Whether there is a list from A to Z."""


def guide_source(site: Site) -> GuideSource:
    """The guide as the front matter of its first page describes it."""
    guide = site.project.guide
    return GuideSource(
        name=guide.get("title"),
        details=", ".join(guide[key] for key in ("publisher", "date") if key in guide),
        href=PARENT + section_url(site.project, "index.md") if "index.md" in site.project.pages else None,
    )


def foot(site: Site, tree: Tree, page: str, title: str) -> Foot:
    """The foot of `page` (from the site's root) of a tree."""
    has_index = has_list(site.project, INDEX_PAGE)
    return Foot(guide_source(site), _report(site, tree, page, title), has_index)


def _report(site: Site, tree: Tree, page: str, title: str) -> tuple[str, str] | None:
    """A mail that names the page, or a web address."""
    settings, words = site.project.settings, site.words
    if not settings.feedback:
        return None
    to = settings.owner or short_url(settings.feedback)
    if "@" not in settings.feedback:
        return to, settings.feedback
    assert tree.reviewed, "checked before"
    subject = words.say("report_subject", title=title)
    body = words.say("report_body", page=page, date=words.day(tree.reviewed)) + "\n"
    return to, f"mailto:{settings.feedback}?subject={quote(subject)}&body={quote(body)}"
