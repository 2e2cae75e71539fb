"""Built pages → the Content-Security-Policy that they run under: what theme and engine bring, no more.

Nothing is allowed by a name that could be written into a page. A script is allowed by the hash of its text
(Content Security Policy Level 3, "sources" by hash), and only if the theme writes it into a page without any
content. Addresses are the folder's own.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from guidetrees.parse.html_tree import charset_end, inline_scripts

ROOT = re.compile(r'"(?:[./]*|/(?:[\w.%~-]+/)*)"')
"""The site's root as a script of the theme has it, which differs from page to page: `".."`, `"/a/b/"`."""
INDENTATION = re.compile(r"\n\s+")
"""Some pages are without (page_shell)."""
REDIRECTS = ("redirect.html", "moved_page.html")
"""The engine's templates that have a script of their own."""
META = '<meta http-equiv="Content-Security-Policy" content="'
"""With which the policy in a page begins."""


class KnownScripts:
    """The scripts that pages may run: the engine's and those that the theme writes into every page."""

    def __init__(self, reload: re.Pattern[str] | None = None) -> None:
        """`reload` is what the text of the script is like that a preview's server adds to pages."""
        self._reload = reload
        templates = Path(__file__).parents[1] / "render/pages/redirect"
        self.with_workers = False
        """Whether pages run a search of the site's own, which is a worker."""
        self._texts: set[str] = set()
        for name in REDIRECTS:
            self.learn((templates / name).read_text("utf-8"))

    def learn(self, html: str) -> None:
        """Adds the scripts of a page on which nothing is that anybody has written."""
        self._texts |= set(map(_rootless, inline_scripts(html)))

    def hashes(self, html: str) -> frozenset[str]:
        """What a policy calls the scripts in a page that may run."""
        return frozenset(_hash(text) for text in inline_scripts(html) if self._knows(text))

    def _knows(self, text: str) -> bool:
        return _rootless(text) in self._texts or bool(self._reload and self._reload.fullmatch(text))

    def under_policy(self, html: str) -> tuple[str, frozenset[str]]:
        """A page with its policy, and the scripts that this names."""
        hashes = self.hashes(html)
        return with_policy(html, hashes, self.with_workers), hashes


def _rootless(text: str) -> str:
    return ROOT.sub('""', INDENTATION.sub("\n", text))


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def csp(hashes: Iterable[str], with_workers: bool = False) -> str:
    """What pages with these scripts may load, run and send: nothing but what lies beside them."""
    return "; ".join(
        [
            "default-src 'none'",
            " ".join(["script-src 'self'", *sorted(hashes)]),
            "style-src 'self'",
            "img-src 'self' data:",  # the theme's style holds its icons
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'" if with_workers else "worker-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def csp_header(hashes: Iterable[str], with_workers: bool = False) -> str:
    """The policy as a server sends it: it also says who may show the pages in a frame, which a page cannot."""
    return f"{csp(hashes, with_workers)}; frame-ancestors 'self'"


def with_policy(html: str, hashes: Iterable[str], with_workers: bool = False) -> str:
    """A page that carries its own policy, for where no server sends one. It must come before what it is about: it
    follows the `<meta>` that says which encoding it has, in place of one of an earlier time."""
    at = charset_end(html)
    if at is None:
        return html
    former = f"\n{META}"
    rest = html[at:].partition(">")[2] if html.startswith(former, at) else html[at:]
    # No character of a policy means anything more in an attribute.
    return f'{html[:at]}\n{META}{csp(hashes, with_workers)}">{rest}'
