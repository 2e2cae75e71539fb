"""What built a site, as a software bill of materials: CycloneDX 1.6 (ECMA-424) in JSON.

It lists the packages of the lock file that take part on this machine, as they are installed. The same commit and
set-up give the same bytes: no random number and no time but the commit's stand in it.
"""

from __future__ import annotations

import json
import platform
import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageMetadata, PackageNotFoundError, distribution

PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.M)
NAMESPACE = uuid.UUID("6f6e3c0e-6d0b-5d1c-9a59-3d1f2c7f5a10")
"""Of the serial numbers that are made of commits; any number, kept for good."""


def bill(name: str, version: str, commit: str, time: int, lock: str) -> bytes:
    """The bill of the site `name`, made of `commit` at `time` (seconds since 1970) with the packages of `lock`."""
    components = [_python(), *_packages(lock)]
    written = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(NAMESPACE, commit)}",
        "version": 1,
        "metadata": {
            "timestamp": f"{datetime.fromtimestamp(time, UTC):%Y-%m-%dT%H:%M:%SZ}",
            "lifecycles": [{"phase": "build"}],
            "component": {"type": "application", "bom-ref": "site", "name": name, "version": version},
        },
        "components": components,
        "dependencies": [{"ref": "site", "dependsOn": [component["bom-ref"] for component in components]}],
    }
    return (json.dumps(written, ensure_ascii=False, indent=2) + "\n").encode()


def _python() -> dict[str, object]:
    version = platform.python_version()
    return {
        "type": "platform",
        "bom-ref": f"python@{version}",
        "name": "Python",
        "version": version,
        "licenses": [{"license": {"id": "PSF-2.0"}}],
    }


def _packages(lock: str) -> Iterator[dict[str, object]]:
    for name in sorted({name for name, _ in PINNED.findall(lock)}, key=str.lower):
        try:
            found = distribution(name)
        except PackageNotFoundError:  # for another kind of machine
            continue
        purl = f"pkg:pypi/{re.sub('[-_.]+', '-', name).lower()}@{found.version}"
        about = found.metadata
        yield {
            "type": "library",
            "bom-ref": purl,
            "name": name,
            "version": found.version,
            "purl": purl,
            **_licences(*(_said(about, field) for field in ("License-Expression", "Classifier", "License"))),
            "properties": [
                {"name": "lock:sha256", "value": value} for value in _hashes(lock, name, found.version)
            ],
        }


def _said(about: PackageMetadata, field: str) -> list[str]:
    return [line.strip() for line in about.get_all(field) or []]


def _licences(expressions: list[str], classifiers: list[str], texts: list[str]) -> dict[str, object]:
    """What a package says of its licence: an expression, else names, else nothing."""
    if expressions:
        return {"licenses": [{"expression": expressions[0]}]}
    names = [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License :: ")]
    names = names or [text for text in texts if text and "\n" not in text]  # else it is the licence itself
    return {"licenses": [{"license": {"name": name}} for name in names]} if names else {}


def _hashes(lock: str, name: str, version: str) -> list[str]:
    """The checksums of the files that the lock file lets a package be installed from."""
    begin = re.search(rf"^{re.escape(name)}=={re.escape(version)}(?![^\s;\\])", lock, re.M)
    rest = lock[begin.end() :] if begin else ""
    own = PINNED.split(rest, maxsplit=1)[0]
    return re.findall(r"sha256:([0-9a-f]{64})", own)
