"""The site's fonts have every character of its pages, and a name of their own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import ROOT
from fontTools.ttLib import TTFont
from site_reader import Site
from subset_fonts import CHARACTERS, FAMILY, FONTS

from guidetrees.messages.words import read_words

FALLBACKS = set("→✓")
"""Signs that no face of the package has, and a system's font shows."""
FILES = sorted(FONTS.glob("*.woff2"))


def test_every_character_of_every_page_is_in_the_font(site: Site) -> None:
    missing: dict[str, str] = {}
    for path, page in site.pages.items():
        texts = [
            page.tree.text_content(),
            *page.all("//@alt | //@title | //@aria-label | //@placeholder"),
        ]
        missing |= {character: path for character in set("".join(map(str, texts))) if not shown(character)}
    for key, words in read_words("da").table.items():
        missing |= {character: key for character in str(words) if not shown(character)}
    assert missing == {}


def shown(character: str) -> bool:
    return ord(character) in CHARACTERS or character in FALLBACKS or character.isspace()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_font_is_a_subset_under_a_name_that_nobody_has_reserved(file: Path) -> None:
    font = TTFont(file)
    assert set(font.getBestCmap() or ()) == CHARACTERS
    names = {name.nameID: str(name) for name in font["name"].names}
    assert all("Plex" not in names.get(number, "") for number in (1, 3, 4, 6, 16))
    assert names[16 if 16 in names else 1] == FAMILY
    assert "IBM" in names[0] and "OFL" in names[14], "whose work it is, and under which licence"
    assert file.stat().st_size < 18_500


def test_the_styles_name_the_fonts_that_are_there() -> None:
    css = (ROOT / "docs/assets/site.css").read_text("utf-8")
    assert set(re.findall(r"fonts/([\w-]+\.woff2)", css)) == {file.name for file in FILES}
    assert css.count(f'"{FAMILY}"') == len(FILES) + 1
    source = (FONTS / "SOURCE.txt").read_text("utf-8")
    assert FAMILY in source and "OFL-1.1" in source
