"""Makes the fonts in docs/assets/fonts of those that the npm package @fontsource/ibm-plex-sans brings: the
characters below and no more, under a name of their own.

    .venv/bin/python tests/subset_fonts.py PACKAGE/files

with the folder of an unpacked package. No test: `real_site/test_fonts.py` looks at what it has made. The licence's
third condition (OFL 1.1) is about names: IBM has reserved "Plex", and a subset is a modified version.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent.parent / "docs/assets/fonts"
FAMILY = "Behandling Sans"
FACES = {"400-normal": "Regular", "400-italic": "Italic", "600-normal": "SemiBold"}
"""The end of a file's name, and what the face is called."""
HINTED = ("Regular",)
"""The faces that keep what makes small letters clear on screens with large pixels: that of running text. It is a
fifth of a file."""
RANGES = (
    (0x20, 0x7E),  # ASCII: letters, digits, punctuation
    (0xA0, 0xFF),  # Latin-1: æøå and the letters of western Europe, § ¶ « » × ÷ ° ½
    (0x152, 0x153),  # Œ œ
    (0x2002, 0x2002),
    (0x2009, 0x2009),
    (0x2013, 0x2014),  # dashes
    (0x2018, 0x201A),  # quotation marks
    (0x201C, 0x201E),
    (0x2022, 0x2022),
    (0x2026, 0x2026),
    (0x2032, 0x2033),
    (0x2039, 0x203A),
    (0x20AC, 0x20AC),  # €
    (0x2122, 0x2122),
    (0x2191, 0x2191),
    (0x2193, 0x2193),
    (0x2212, 0x2212),
)
"""Every letter and sign of Danish and English texts that the package has, and those of their neighbours."""
CHARACTERS = frozenset(code for first, last in RANGES for code in range(first, last + 1))
DESCRIPTION = "A subset of IBM Plex Sans, made for one site"
FAMILY_ID, UNIQUE, FULL, POSTSCRIPT, ABOUT, WHOLE_FAMILY = 1, 3, 4, 6, 10, 16
"""Numbers of names (OpenType, table `name`)."""


def subset(source: bytes, face: str) -> bytes:
    """A font with CHARACTERS alone and with FAMILY as its name."""
    font = TTFont(BytesIO(source), recalcTimestamp=False)
    options = Options()
    options.layout_features = ["kern", "liga"]
    options.name_IDs = ["*"]
    options.hinting = face in HINTED
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    rename(font, face)
    font.flavor = "woff2"
    made = BytesIO()
    font.save(made, reorderTables=False)
    return made.getvalue()


def rename(font: TTFont, face: str) -> None:
    plain = FAMILY.replace(" ", "")
    names = font["name"]
    texts = {
        FAMILY_ID: FAMILY if face != "SemiBold" else f"{FAMILY} {face}",
        UNIQUE: f"3.201;{plain}-{face}",
        FULL: f"{FAMILY} {face}",
        POSTSCRIPT: f"{plain}-{face}",
        ABOUT: DESCRIPTION,
        **({WHOLE_FAMILY: FAMILY} if names.getDebugName(WHOLE_FAMILY) else {}),
    }
    for number, text in texts.items():
        names.setName(text, number, 3, 1, 0x409)


def main(folder: Path) -> None:
    for file, face in FACES.items():
        source = (folder / f"ibm-plex-sans-latin-{file}.woff2").read_bytes()
        made = FONTS / f"behandling-sans-{file}.woff2"
        made.write_bytes(subset(source, face))
        print(f"{made.name}: {made.stat().st_size} bytes of {len(source)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
