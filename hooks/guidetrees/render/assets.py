"""The styles and scripts of components and pages, combined into a few files."""

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
SEARCH_SCRIPT = f"{FOLDER}/search.js"
SEARCH_STYLE = f"{FOLDER}/search.css"
"""The search and its box (guidetrees.search), loaded by a page on which someone opens it."""
TREE_DATA = f"{FOLDER}/trees"
"""The folder of the trees' data, which start pages load."""
VENDOR = "assets/vendor"
"""The folder of third-party scripts, each with its licence."""
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
    "components/choices",
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
    "components/search",
)
"""The folders whose styles and scripts every page of a tree loads, in this order."""
MAPS = ("pages/start", "components/map", "components/outline")
"""The folders whose style only start pages and documents for review load."""
SHARE = ("pages/share", "components/pager")
REVIEW = ("pages/review", "components/pager")
OTHERS = {f"pages/{style.parent.name}" for style in RENDER.glob("pages/*/*.css")}.difference(PIECES, SHARE, REVIEW)
"""Pages of reviewers and lists of which no other style is. They load one style with `REVIEW`."""
FIRST, LAST = "browser/state.js", "browser/page.js"
"""The scripts before and after those of components: functions that they use, and the code that calls them."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the site."""

    path: str
    """From the site's root."""
    content: str


def shared_assets(words: Words) -> Iterator[Asset]:
    """The styles and scripts that do not depend on the project."""
    here = json.dumps(words["you_are_here"], ensure_ascii=False)  # a JSON string is a CSS string
    yield Asset(STYLE, f":root{{--gt-here: {here};}}\n" + _style([piece for piece in PIECES if piece not in MAPS]))
    yield Asset(REVIEW_STYLE, _style([*REVIEW, *sorted(OTHERS)]))
    yield Asset(MAPS_STYLE, _style(MAPS))
    yield Asset(SHARE_STYLE, _style(SHARE))
    yield Asset(SCRIPT, script(words, [RENDER / FIRST, *_files(PIECES, "js"), RENDER / LAST]))
    yield Asset(SHARE_SCRIPT, script(words, _files(["components/copy", "pages/share"], "js")))
    for path in sorted((RENDER / "pages/share/vendor").iterdir()):
        yield Asset(f"{VENDOR}/{path.name}", path.read_bytes().decode("utf-8"))


def script(words: Words, files: Sequence[Path], before: str = "") -> str:
    """Files as one script with a scope of its own, `before` at its beginning, and each `words.key` as its text."""
    texts = "\n".join(map(minified, files))
    body = re.sub(r"(?<![.\w])words\.([a-z_]+)", lambda key: json.dumps(words[key[1]], ensure_ascii=False), texts)
    return f'(() => {{\n"use strict";\n{before}{body}}})();\n'


def _style(pieces: Sequence[str]) -> str:
    return "\n".join(map(minified, _files(pieces, "css")))


def _files(pieces: Sequence[str], extension: str) -> list[Path]:
    """The existing files with this extension in the folders of `pieces`. A file has the name of its folder."""
    paths = (RENDER / piece / f"{Path(piece).name}.{extension}" for piece in pieces)
    return [path for path in paths if path.exists()]
