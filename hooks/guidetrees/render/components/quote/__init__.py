"""A quotation of the guide, with its source."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

from markupsafe import Markup

from guidetrees.project.urls import PARENT, section_url
from guidetrees.render.context import Site


@dataclass(frozen=True, slots=True)
class Quote:
    """A section of the guide, on a page in a folder of the site's root."""

    html: Markup
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Quotes:
    """The sections that a page or a question rests on."""

    sections: list[Quote]
    """Those that the page quotes here."""
    named: list[Quote]
    """Those that it quotes elsewhere, and only names here: one for each label."""


def quote(site: Site, reference: str) -> Quote:
    """The section `page.md#id`."""
    section = site.project.section(reference)
    assert section, f"{reference} is checked before"
    return Quote(section.html, section.label, PARENT + section_url(site.project, reference))


def quotes(site: Site, references: Iterable[str], elsewhere: Container[str]) -> Quotes:
    """The sections, each once. Those that the page quotes `elsewhere` are only named."""
    once = list(dict.fromkeys(references))
    named = [quote(site, name) for name in once if name in elsewhere]
    return Quotes(
        sections=[quote(site, name) for name in once if name not in elsewhere],
        named=list({section.label: section for section in named}.values()),
    )
