"""Configurations for web servers, made with the site as they contain its content security policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from guidetrees.publish.csp import csp_header
from guidetrees.publish.site_files import write_file

FOLDER = Path(__file__).parent / "server_configs"
POLICY = "@policy@"
"""The placeholder of the policy in the templates. Servers interpret no character of the policy within quotes."""


def configurations(hashes: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Paths in the site and contents of the files, for pages with scripts of these hashes."""
    policy = csp_header(hashes)
    for template in sorted(FOLDER.iterdir()):
        # IIS reads web.config from the site's folder. The others are for those who set up the server.
        path = template.name if template.name == "web.config" else f"hosting/{template.name}"
        yield path, template.read_text("utf-8").replace(POLICY, policy)


def write_configurations(hashes: Iterable[str], folder: Path) -> None:
    """Writes the configurations to a site's folder."""
    for path, content in configurations(hashes):
        write_file(folder / path, content)
