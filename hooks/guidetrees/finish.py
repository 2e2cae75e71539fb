"""A site that any builder has made → as the hook publishes it: each page with its policy and without boxes that
show where no style loads, and the servers' configurations.

The hook does the same to each page as MkDocs makes it (docs/decisions/0006).
"""

from __future__ import annotations

import re
from pathlib import Path

from .hosting import write_configurations
from .policy import script_hashes, with_policy

# The theme's two hidden boxes (menu, search) stand outside of every block that hooks/theme could override.
# `hidden` keeps them from readers where the style does not load, and boxes have no `autocomplete`.
THEMES_BOX = re.compile(r'(<input class="md-toggle" [^>]*) autocomplete="off">')


def without_boxes(html: str) -> str:
    """A page of the theme, with its boxes hidden."""
    return THEMES_BOX.sub(r"\1 hidden>", html)


def under_policy(html: str) -> tuple[str, frozenset[str]]:
    """A page with its policy, and the scripts that this names."""
    hashes = script_hashes(html)
    return with_policy(html, hashes), hashes


def finish(folder: Path, docs: Path) -> int:
    """Finishes the site in `folder`, and gives the number of its pages; again, it changes nothing.

    What lies in `docs` as a page already is no page of the builder's and may run nothing: no policy names it.
    """
    made = [path for path in sorted(folder.rglob("*.html")) if not (docs / path.relative_to(folder)).exists()]
    named: set[str] = set()
    for path in made:
        html, hashes = under_policy(without_boxes(path.read_bytes().decode("utf-8")))
        path.write_bytes(html.encode("utf-8"))
        named |= hashes
    if made:
        write_configurations(named, folder)
    return len(made)
