"""A site that any builder has made → as the hook publishes it: each page with its policy, and the servers'
configurations.

The hook does the same to each page as MkDocs makes it (docs/decisions/0006).
"""

from __future__ import annotations

from pathlib import Path

from guidetrees.messages.commands import how_to
from guidetrees.messages.errors import UserError
from guidetrees.messages.message import say
from guidetrees.publish.csp import KnownScripts
from guidetrees.publish.server_config import write_configurations
from guidetrees.source.page_names import as_page

NEUTRAL = "gt-neutral.md"
"""A page on which nothing is that anybody has written, for a builder to make: its scripts are the builder's."""


class InvalidSiteFolder(UserError):
    """The folder holds no site that was built from what `make compile` writes."""


def finish(folder: Path, docs: Path) -> int:
    """Finishes the site in `folder`, and gives the number of its pages; of one that is finished, it is 0.

    What lies in `docs` as a page already is no page of the builder's and may run nothing: no policy names it.
    Raises InvalidSiteFolder.
    """
    neutral = folder / as_page(NEUTRAL)
    if not neutral.exists():
        if (folder / "web.config").exists():
            return 0
        raise InvalidSiteFolder(
            say(
                "{folder} is no site that a builder has made of what {command} writes",
                folder=folder,
                command=how_to("compile"),
            )
        )
    known = KnownScripts()
    known.learn(neutral.read_text("utf-8"))
    neutral.unlink()
    made = [path for path in sorted(folder.rglob("*.html")) if not (docs / path.relative_to(folder)).exists()]
    named: set[str] = set()
    for path in made:
        html, hashes = known.under_policy(path.read_bytes().decode("utf-8"))
        path.write_bytes(html.encode("utf-8"))
        named |= hashes
    write_configurations(named, folder)
    return len(made)
