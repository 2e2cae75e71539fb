"""Configurations for the servers that the site may lie on, made with the site: its policy is in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from guidetrees.publish.csp import csp_header

FOLDER = Path(__file__).parent / "server_configs"
POLICY = "@policy@"
"""Stands in the templates for the policy, which holds no sign that means anything to a server in quotes."""
# IIS reads its file in the site's own folder; the others are for whoever sets the server up.
PLACES = {"web.config": "web.config"}


def configurations(hashes: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Paths in the site and what the files hold, for pages that have scripts of these hashes."""
    policy = csp_header(hashes)
    for template in sorted(FOLDER.iterdir()):
        path = PLACES.get(template.name, f"hosting/{template.name}")
        yield path, template.read_text("utf-8").replace(POLICY, policy)


def write_configurations(hashes: Iterable[str], folder: Path) -> None:
    """Writes them to a site's folder."""
    for path, content in configurations(hashes):
        target = folder / path
        target.parent.mkdir(exist_ok=True)
        target.write_text(content, "utf-8")
