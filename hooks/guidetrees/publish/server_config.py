"""Configurations for web servers.

Those of nginx and Apache are two files: what operations copy once and change (`nginx.conf`, or
`nginx-subpath.conf` where the site lies in a folder of a server), and what that includes from the site's folder,
whose content security policy belongs to one version of the site (`nginx-headers.conf`). An update is then another
folder, and nothing to merge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import indent

from guidetrees.publish.csp import csp, csp_header
from guidetrees.publish.site_files import write_file

FOLDER = Path(__file__).parent / "server_configs"
SHARED = FOLDER / "shared"
"""What the two variants of a server's configuration have in common."""
INCLUDE = re.compile(r"^( *)@([\w-]+\.conf) (\S+)@$", re.M)
"""A line of a template: the name of a file in SHARED, and the path of the site on the server."""


def configurations(hashes: Iterable[str], with_workers: bool = False) -> Iterator[tuple[str, str]]:
    """Paths in the site and contents of the files, for pages with scripts of these hashes."""
    # Servers interpret no character of a policy within quotes.
    hashes = sorted(hashes)
    policies = {
        "@policy@": csp(hashes, with_workers),
        "@policy_with_frames@": csp_header(hashes, with_workers),
    }
    for template in sorted(path for path in FOLDER.iterdir() if path.is_file()):
        text = INCLUDE.sub(lambda line: _shared(*line.groups()), template.read_text("utf-8"))
        for placeholder, policy in policies.items():
            text = text.replace(placeholder, policy)
        # IIS reads web.config from the site's folder. The others are for those who set up the server.
        yield template.name if template.name == "web.config" else f"hosting/{template.name}", text


def _shared(margin: str, name: str, path: str) -> str:
    return indent((SHARED / name).read_text("utf-8").replace("@path@", path), margin).rstrip("\n")


def write_configurations(hashes: Iterable[str], folder: Path, with_workers: bool = False) -> None:
    """Writes the configurations to a site's folder."""
    for path, content in configurations(hashes, with_workers):
        write_file(folder / path, content)
