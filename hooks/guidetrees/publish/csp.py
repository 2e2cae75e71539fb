"""Built pages → the Content-Security-Policy that they run under: what theme and engine bring, no more.

Nothing is allowed by a name that could be written into a page. A script is allowed by the hash of its text
(Content Security Policy Level 3, "sources" by hash), and only if the theme writes it into a page without any
content. Addresses are the folder's own.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from guidetrees.source.location import LINE_BREAK

SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.S | re.I)
TYPE = re.compile(r"\btype=[\"']?([^\"'\s>]+)", re.I)
RUN = frozenset(["text/javascript", "application/javascript", "module"])
ROOT = re.compile(r'"(?:[./]*|/(?:[\w.%~-]+/)*)"')
"""The site's root as a script of the theme has it, which differs from page to page: `".."`, `"/a/b/"`."""
RELOADS = re.compile(r"\nvar livereload = function\(epoch, requestId\) \{.*\};?\nlivereload\(\d+, \d+\);\n", re.S)
"""The script that MkDocs writes into each page that it serves, with numbers of its own each time."""
REDIRECTS = ("redirect.html", "moved_page.html")
"""The engine's templates that have a script of their own."""
CHARSET = re.compile(
    r"(<meta charset=[\"']?utf-8[\"']?\s*/?>)(?:\n<meta http-equiv=\"Content-Security-Policy\"[^>]*>)?", re.I
)
"""After which the policy stands, and the one of an earlier time."""


class KnownScripts:
    """The scripts that pages may run: the engine's and those that the theme writes into every page."""

    def __init__(self) -> None:
        templates = Path(__file__).parents[1] / "render/pages/redirect"
        self._texts: set[str] = set()
        for name in REDIRECTS:
            self.learn((templates / name).read_text("utf-8"))

    def learn(self, html: str) -> None:
        """Adds the scripts of a page on which nothing is that anybody has written."""
        self._texts |= set(map(_rootless, scripts(html)))

    def hashes(self, html: str) -> frozenset[str]:
        """What a policy calls the scripts in a page that may run."""
        return frozenset(_hash(text) for text in scripts(html) if self._knows(text))

    def _knows(self, text: str) -> bool:
        return _rootless(text) in self._texts or bool(RELOADS.fullmatch(text))

    def under_policy(self, html: str) -> tuple[str, frozenset[str]]:
        """A page with its policy, and the scripts that this names."""
        hashes = self.hashes(html)
        return with_policy(html, hashes), hashes


def scripts(html: str) -> Iterator[str]:
    """The texts of the scripts in a page, with line breaks as browsers read them; data blocks are none."""
    return (LINE_BREAK.sub("\n", text) for attributes, text in SCRIPT.findall(html) if _runs(attributes))


def _rootless(text: str) -> str:
    return ROOT.sub('""', text)


def _runs(attributes: str) -> bool:
    kind = TYPE.search(attributes)
    return not re.search(r"\bsrc=", attributes, re.I) and (kind is None or kind[1].lower() in RUN)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def csp(hashes: Iterable[str]) -> str:
    """What pages with these scripts may load, run and send: nothing but what lies beside them."""
    return "; ".join(
        [
            "default-src 'none'",
            " ".join(["script-src 'self'", *sorted(hashes)]),
            "style-src 'self'",
            "img-src 'self' data:",  # the theme's style holds its icons
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def csp_header(hashes: Iterable[str]) -> str:
    """The policy as a server sends it: it also says who may show the pages in a frame, which a page cannot."""
    return f"{csp(hashes)}; frame-ancestors 'self'"


def with_policy(html: str, hashes: Iterable[str]) -> str:
    """A page that carries its own policy, for where no server sends one. It must come before what it is about."""
    # No sign of a policy means anything more in an attribute.
    meta = f'<meta http-equiv="Content-Security-Policy" content="{csp(hashes)}">'
    return CHARSET.sub(lambda found: f"{found[1]}\n{meta}", html, count=1)
