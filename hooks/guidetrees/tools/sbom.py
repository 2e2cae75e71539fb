"""The software bill of materials (SBOM) of a site: what built it, as CycloneDX 1.6 (ECMA-424) in JSON.

It lists those packages of the lock file that are installed on this machine. The same commit and set-up give the
same bytes: there is no random number in it, and no time but the commit's.
"""

from __future__ import annotations

import json
import platform
import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageMetadata, PackageNotFoundError, distribution

PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(.*(?:\n .*)*)", re.M)
"""A package and its version in a lock file, and the rest of its lines."""
SHA256 = re.compile("sha256:([0-9a-f]{64})")
NAMESPACE = uuid.UUID("6f6e3c0e-6d0b-5d1c-9a59-3d1f2c7f5a10")
"""Of the serial numbers, which are made from commits. Any number would do, but it must never change."""

Component = dict[str, object]


def sbom(name: str, version: str, commit: str, time: int, lock: str) -> bytes:
    """The SBOM of the site `name`, built from `commit` at `time` (seconds since 1970) with the packages of `lock`,
    the text of a lock file."""
    components = [_python(), *_packages(lock)]
    document = {
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
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _python() -> Component:
    version = platform.python_version()
    return {
        "type": "platform",
        "bom-ref": f"python@{version}",
        "name": "Python",
        "version": version,
        "licenses": [{"license": {"id": "PSF-2.0"}}],
    }


def _packages(lock: str) -> Iterator[Component]:
    hashes = {(name, version): SHA256.findall(rest) for name, version, rest in PINNED.findall(lock)}
    for name in sorted({name for name, _ in hashes}, key=str.lower):
        try:
            installed = distribution(name)
        except PackageNotFoundError:  # needed on another platform
            continue
        own = hashes.get((name, installed.version), [])
        purl = f"pkg:pypi/{re.sub('[-_.]+', '-', name).lower()}@{installed.version}"
        yield {
            "type": "library",
            "bom-ref": purl,
            "name": name,
            "version": installed.version,
            "purl": purl,
            **_licenses(installed.metadata),
            "properties": [{"name": "lock:sha256", "value": value} for value in own],
        }


def _licenses(metadata: PackageMetadata) -> dict[str, object]:
    """The licence that a package declares: its expression, else its classifiers, else its one-line text."""
    if expressions := _values(metadata, "License-Expression"):
        return {"licenses": [{"expression": expressions[0]}]}
    classifiers = _values(metadata, "Classifier")
    names = [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License :: ")]
    # A text of several lines is the licence itself, not its name.
    names = names or [text for text in _values(metadata, "License") if text and "\n" not in text]
    return {"licenses": [{"license": {"name": name}} for name in names]} if names else {}


def _values(metadata: PackageMetadata, field: str) -> list[str]:
    return [line.strip() for line in metadata.get_all(field) or []]
