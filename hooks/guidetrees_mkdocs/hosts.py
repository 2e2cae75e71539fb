"""The themes of the engine's pages, and what each of them needs: a style, and when it is dark.

Nothing is asked of a theme but that it shows the content of a page. Material gets a frame as well (theme/).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

PLAIN = Path(__file__).parent / "plain"
"""What other themes get."""
FRAME = Path(__file__).parent / "theme"
"""The frame in Material. Other builders get it as the folder that changes the theme."""
DARK = re.compile(r"@media screen and \(prefers-color-scheme: ?dark\)\s*\{((?:[^{}]*\{[^{}]*\})*)\s*\}")
"""What the engine's styles say for a dark system."""
RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
OF_THE_SYSTEM = "the system's"


@dataclass(frozen=True, slots=True)
class Host:
    """A theme."""

    styles: tuple[str, ...] = ("plain.css", "other.css")
    """Files in PLAIN; none in Material."""
    dark: str = ""
    """The selector of what is dark; empty if nothing ever is."""
    templates: Path | None = None
    """A folder with the template GUIDETREES, which pages of the engine have in this theme."""

    added: str = ""
    """What the theme's script looks for in vain where the theme has no search."""
    added_to_head: str = ""
    """What the theme's script looks for in vain where no script of another host colours code."""
    inline_styles: tuple[str, ...] = ()
    """Attributes that the theme writes, and that no policy allows."""

    @property
    def is_material(self) -> bool:
        return self.templates == FRAME

    def style(self) -> str:
        """The style of the theme's own."""
        return "\n".join((PLAIN / name).read_text("utf-8") for name in self.styles)

    def in_its_dark(self, css: str) -> str:
        """A style of the engine's that is dark when the theme is."""
        if self.dark == OF_THE_SYSTEM:
            return css
        return DARK.sub(lambda found: self._dark_rules(found[1]) if self.dark else "", css)

    def _dark_rules(self, rules: str) -> str:
        return "@media screen {" + RULE.sub(self._dark_rule, rules) + "}"

    def _dark_rule(self, rule: re.Match[str]) -> str:
        is_root = ":root" in rule[1]
        selector = f":where({self.dark})" if is_root else f":is({self.dark}) :is({rule[1].strip()})"
        return f"{selector} {{{rule[2]}}}"


def _material(config: MkDocsConfig) -> Host:
    has_palette = "palette" in config.theme and config.theme["palette"]
    dark = '[data-md-color-scheme="slate"]' if has_palette else OF_THE_SYSTEM
    return Host((), dark, FRAME)


KNOWN: dict[str, Callable[[MkDocsConfig], Host]] = {
    "material": _material,
    "mkdocs": lambda config: Host(
        ("plain.css", "mkdocs.css"),
        '[data-bs-theme="dark"]',
        added='<div class="modal gt-stands-in" id="mkdocs_search_modal"><span id="mkdocs-search-query"></span>'
        '<span id="mkdocs-search-results"></span></div>\n',
        added_to_head='<template id="hljs-light"></template><template id="hljs-dark"></template>\n',
        inline_styles=(' style="width: 20%;"',),
    ),
    "readthedocs": lambda config: Host(
        ("plain.css", "readthedocs.css"),
        templates=PLAIN / "readthedocs",
        inline_styles=(' style="color: #fcfcfc"',),
    ),
}


def host_of(config: MkDocsConfig) -> Host:
    """The theme of a site. One that is not known gets what works in any."""
    known = KNOWN.get(config.theme.name or "")
    return known(config) if known else Host()


def theme_language(config: MkDocsConfig) -> str:
    """The language that the theme is told: Material by `language`, those of MkDocs by `locale`."""
    theme = config.theme
    if "language" in theme:
        return str(theme["language"])
    return str(theme.locale.language) if "locale" in theme else "en"
