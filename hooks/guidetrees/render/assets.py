"""Styles and scripts: the pieces of components and pages as a few files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from guidetrees.messages.words import Words
from guidetrees.render.minify import minified

FOLDER = "assets/guidetrees"
STYLE = f"{FOLDER}/tree.css"
SCRIPT = f"{FOLDER}/tree.js"
REVIEW_STYLE = f"{FOLDER}/review.css"
MAPS_STYLE = f"{FOLDER}/maps.css"
SHARE_STYLE = f"{FOLDER}/share.css"
SHARE_SCRIPT = f"{FOLDER}/share.js"
TREE_DATA = f"{FOLDER}/trees"
"""The folder of each tree's data for its start page."""
VENDOR = "assets/vendor"
"""The folder of scripts by others, each with its licence."""
CODES = f"{VENDOR}/qrcode-generator-2.0.4.js"
"""Draws QR codes."""

RENDER = Path(__file__).parent
PIECES = (
    "components/base",
    "components/top",
    "components/misfit",
    "components/overdue",
    "pages/start",
    "components/presumed",
    "components/answers",
    "components/cards",
    "components/parts",
    "components/checklist",
    "components/verdict",
    "components/quote",
    "components/details",
    "components/trail",
    "components/missing",
    "components/contact_card",
    "components/update_notice",
    "components/copy",
    "components/keep",
    "components/map",
    "components/outline",
    "pages/guide",
    "components/foot",
)
"""The folders of the pages that readers see, in the order of their styles and scripts."""
LISTS = ("pages/a_to_z", "components/pager")
MAPS = ("pages/start", "components/map", "components/outline")
"""The folders of start pages and documents for review. Only these load their style."""
REVIEW = ("pages/review", "pages/rules", *LISTS)
"""The folders of documents for review, rules and lists. Only these load their style."""
SHARE = ("pages/share", "components/pager")
FIRST, LAST = "browser/state.js", "browser/page.js"
"""What the scripts of components use, and what calls them."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the site."""

    path: str
    """From the site's root."""
    content: str


def shared_assets(words: Words) -> Iterator[Asset]:
    """The styles and scripts that do not depend on the project."""
    yield Asset(STYLE, _here(words) + _style([piece for piece in PIECES if piece not in MAPS]))
    yield Asset(REVIEW_STYLE, _style(REVIEW))
    yield Asset(MAPS_STYLE, _style(MAPS))
    yield Asset(SHARE_STYLE, _style(SHARE))
    yield Asset(SCRIPT, script(words, [RENDER / FIRST, *_files(PIECES, "js"), RENDER / LAST]))
    yield Asset(SHARE_SCRIPT, script(words, _files(["components/copy", "pages/share"], "js")))
    for path in sorted((RENDER / "pages/share/vendor").iterdir()):
        yield Asset(f"{VENDOR}/{path.name}", path.read_bytes().decode("utf-8"))


def script(words: Words, files: Sequence[Path], before: str = "") -> str:
    """Files as one script that shares nothing with others, with the words that it uses."""
    body = before + "\n".join(map(minified, files))
    used = sorted(set(re.findall(r"\bwords\.([a-z_]+)", body)))
    table = json.dumps({key: words[key] for key in used}, ensure_ascii=False, separators=(",", ":"))
    return f'(() => {{\n"use strict";\nconst words = {table};\n{body}}})();\n'


def _here(words: Words) -> str:
    text = json.dumps(words["you_are_here"], ensure_ascii=False)  # a string of JSON is one of CSS
    return f":root{{--gt-here: {text};}}\n"


def _style(pieces: Sequence[str]) -> str:
    return "\n".join(map(minified, _files(pieces, "css")))


def _files(pieces: Sequence[str], ending: str) -> list[Path]:
    """The files of this ending in the folders of `pieces`: each is named after its folder."""
    paths = (RENDER / piece / f"{Path(piece).name}.{ending}" for piece in pieces)
    return [path for path in paths if path.exists()]
