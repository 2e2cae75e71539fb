"""Built pages → the Content-Security-Policy that they run under: what is on the page and in the folder, no more.

Nothing is allowed by a name that could be written into a page: a script that stands in one is known by the hash of
its text, as built (Content Security Policy Level 3, "sources" by hash). Addresses are the folder's own.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable

SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.S | re.I)
TYPE = re.compile(r"\btype=[\"']?([^\"'\s>]+)", re.I)
RUN = frozenset(["text/javascript", "application/javascript", "module"])
CONTENT = re.compile(r"<article\b.*?</article>", re.S | re.I)
"""What authors write: no script of the theme or of the engine stands in it, so none in it is to run."""
CHARSET = re.compile(
    r"(<meta charset=[\"']?utf-8[\"']?\s*/?>)(?:\n<meta http-equiv=\"Content-Security-Policy\"[^>]*>)?", re.I
)
"""After which the policy stands, and the one of an earlier time."""


def script_hashes(html: str) -> frozenset[str]:
    """What the policy calls the scripts in the frame of a page; data blocks are none."""
    return frozenset(
        _hash(text) for attributes, text in SCRIPT.findall(CONTENT.sub("", html)) if _runs(attributes)
    )


def _runs(attributes: str) -> bool:
    kind = TYPE.search(attributes)
    return not re.search(r"\bsrc=", attributes, re.I) and (kind is None or kind[1].lower() in RUN)


def _hash(text: str) -> str:
    # Browsers read line breaks of every kind as one.
    read = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"'sha256-{base64.b64encode(hashlib.sha256(read.encode()).digest()).decode()}'"


def policy(hashes: Iterable[str]) -> str:
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


def header(hashes: Iterable[str]) -> str:
    """The policy as a server sends it: it also says who may show the pages in a frame, which a page cannot."""
    return f"{policy(hashes)}; frame-ancestors 'self'"


def with_policy(html: str, hashes: Iterable[str]) -> str:
    """A page that carries its own policy, for where no server sends one. It must come before what it is about."""
    # No sign of a policy means anything more in an attribute.
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(hashes)}">'
    return CHARSET.sub(lambda found: f"{found[1]}\n{meta}", html, count=1)
