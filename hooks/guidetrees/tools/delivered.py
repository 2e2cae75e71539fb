"""The files other than pages that a site delivers to browsers, as components of CycloneDX.

Where a file comes from is recognised and not claimed: a file of an installed package by its bytes, one that is
made of parts of a package by its first words, a vendored file by the SOURCE.txt beside it. A package's script that
is made of others says so in its source map (ECMA-426), which is in the package and need not be delivered. Scripts
and styles of no other origin are the site's own.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from importlib.metadata import Distribution
from pathlib import PurePosixPath
from urllib.parse import quote

Component = dict[str, object]
Files = Mapping[str, bytes]
"""Files of a site: paths from its root, and contents."""

SOURCE = "SOURCE.txt"
"""The file that says where the others in its folder come from, in the words that VENDORED reads."""
VENDORED = re.compile(r"npm package (\S+) (\d[\w.-]*\w).*Licence: ([\w.+-]*\w)", re.S)
BUNDLED = re.compile(r".*node_modules/((?:@[^/]+/)?[^/]+)/")
"""The name of a package in the path of a source in a source map."""
MADE_OF = re.compile(rb"/\*! Made of ([\w.-]+) ")
"""Begins a file that has parts of a package in it."""
VERSION = re.compile(r"\bv?(\d+\.\d+\.\d+)\b")
BANNER = 400
"""Characters at the beginning of a source that may name its version."""
OWN = (".js", ".css")


def delivered(name: str, version: str, files: Files, packages: Mapping[str, Distribution]) -> Iterator[Component]:
    """The components of the site `name` that are in `files`, of which some come from `packages` (by name).

    Each has its files as components, with their hashes.
    """
    left = dict(files)
    for path, content in files.items():
        folder = PurePosixPath(path)
        if folder.name == SOURCE and (source := VENDORED.search(content.decode("utf-8", errors="replace"))):
            theirs = [other for other in left if other != path and PurePosixPath(other).parent == folder.parent]
            yield _vendored(source[1], source[2], source[3], {other: left.pop(other) for other in theirs})
    for package, found in _by_package(left, packages).items():
        parts = [*_bundled(found, packages[package]), *_files(found)]
        yield {**identity("pypi", package, packages[package].version), "components": parts}
        left = {path: content for path, content in left.items() if path not in found}
    own = {path: content for path, content in left.items() if path.endswith(OWN)}
    yield {
        "type": "application",
        "bom-ref": "own",
        "name": f"Scripts and styles of {name}",
        "version": version,
        "components": list(_files(own)),
    }


def identity(kind: str, name: str, version: str = "") -> Component:
    """What identifies a package: its name, its version where known, and both as an address (package URL)."""
    plain = re.sub("[-_.]+", "-", name).lower() if kind == "pypi" else name
    purl = f"pkg:{kind}/{quote(plain, safe='/')}" + (f"@{version}" if version else "")
    known = {"version": version} if version else {}
    return {"type": "library", "bom-ref": purl, "name": name, **known, "purl": purl}


def _vendored(name: str, version: str, licence: str, files: Files) -> Component:
    licences = [{"expression": licence}]
    return {**identity("npm", name, version), "licenses": licences, "components": list(_files(files))}


def _by_package(files: Files, packages: Mapping[str, Distribution]) -> dict[str, dict[str, bytes]]:
    """The files that come from packages. A file that several have is the one's that has most of all files."""
    digests = {path: hashlib.sha256(content).digest() for path, content in files.items() if content}
    theirs = {name: _recorded(package).intersection(digests.values()) for name, package in packages.items()}
    found: dict[str, dict[str, bytes]] = {}
    for name in sorted(theirs, key=lambda name: -len(theirs[name])):
        if mine := {path: files[path] for path, digest in digests.items() if digest in theirs[name]}:
            found[name] = mine
            digests = {path: digest for path, digest in digests.items() if path not in mine}
    for path, content in files.items():
        if (made := MADE_OF.match(content)) and (name := made[1].decode()) in packages:
            found[name] = {**found.get(name, {}), path: content}
    return found


def _recorded(package: Distribution) -> set[bytes]:
    """The SHA-256 of a package's files, as its RECORD has them (PEP 376: base64 without padding)."""
    hashes = (file.hash for file in package.files or ())
    return {base64.urlsafe_b64decode(f"{hash.value}=") for hash in hashes if hash and hash.mode == "sha256"}


def _bundled(files: Files, package: Distribution) -> Iterator[Component]:
    """The packages that scripts of `package` are made of, by their source maps. Few sources say their version."""
    maps = {f"{PurePosixPath(path).name}.map" for path in files if path.endswith(".js")}
    versions: dict[str, str] = {}
    for path in package.files or () if maps else ():
        if path.name in maps:
            found = json.loads(path.read_text(encoding="utf-8"))
            for source, text in zip(found["sources"], found.get("sourcesContent", ()), strict=False):
                if bundled := BUNDLED.match(source):
                    stated = VERSION.search((text or "")[:BANNER])
                    versions[bundled[1]] = versions.get(bundled[1]) or (stated[1] if stated else "")
    for name, version in sorted(versions.items()):
        yield identity("npm", name, version)


def _files(files: Files) -> Iterator[Component]:
    for path, content in sorted(files.items()):
        hashes = [{"alg": "SHA-256", "content": hashlib.sha256(content).hexdigest()}]
        yield {"type": "file", "bom-ref": f"file:{path}", "name": path, "hashes": hashes}
