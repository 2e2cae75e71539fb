"""The software bill of materials (SBOM) of a site, as CycloneDX 1.6 (ECMA-424) in JSON.

Components of scope `required` are delivered to readers. Those of scope `excluded` built the site: Python, and
those packages of the lock file that are installed on this machine. The same commit and set-up give the same bytes:
there is no random number in it, and no time but the commit's.
"""

from __future__ import annotations

import hashlib
import json
import platform
import re
import uuid
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import Distribution, PackageMetadata, PackageNotFoundError, distribution, distributions

from guidetrees import __version__
from guidetrees.tools.delivered import Component, Files, delivered, identity

PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(.*(?:\n .*)*)", re.M)
"""A package and its version in a lock file, and the rest of its lines."""
SHA256 = re.compile("sha256:([0-9a-f]{64})")
NAMESPACE = uuid.UUID("6f6e3c0e-6d0b-5d1c-9a59-3d1f2c7f5a10")
"""Of the serial numbers, which are made from commits. Any number would do, but it must never change."""


def sbom(name: str, version: str, commit: str, time: int, lock: str | None, files: Files, engine: Files) -> bytes:
    """The SBOM of the site `name` with `files`, built from `commit` at `time` (seconds since 1970) with the
    packages of `lock`, the text of a lock file; without one, with all that are installed. `engine` is the wheel
    of the engine, where the project holds it: its path and its content."""
    packages = _installed() if lock is None else _packages(lock)
    tools = [_python(), *(_package(name, package, lock or "") for name, package in packages.items())]
    tools += [_engine(path, content) for path, content in engine.items()]
    built = {tool["bom-ref"]: {**tool, "scope": "excluded"} for tool in tools}
    # A package that both built the site and is delivered has what is known of both.
    parts = [
        built.pop(part["bom-ref"], {}) | part | {"scope": "required"}
        for part in delivered(name, version, files, packages)
    ]
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
        "components": [*parts, *built.values()],
        "dependencies": [{"ref": "site", "dependsOn": [part["bom-ref"] for part in parts]}],
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


def _engine(path: str, content: bytes) -> Component:
    hashes = [{"alg": "SHA-256", "content": hashlib.sha256(content).hexdigest()}]
    wheel = {"type": "file", "bom-ref": f"file:{path}", "name": path, "hashes": hashes}
    licences = [{"expression": "MIT"}]
    return {**identity("pypi", "guidetrees", __version__), "licenses": licences, "components": [wheel]}


def _installed() -> dict[str, Distribution]:
    """All installed packages, by name."""
    found = {package.metadata["Name"]: package for package in distributions()}
    return dict(sorted(found.items(), key=lambda item: item[0].lower()))


def _packages(lock: str) -> dict[str, Distribution]:
    """The installed packages of a lock file, by their names there."""
    found = {}
    for name in sorted({name for name, *_ in PINNED.findall(lock)}, key=str.lower):
        with suppress(PackageNotFoundError):  # needed on another platform
            found[name] = distribution(name)
    return found


def _package(name: str, package: Distribution, lock: str) -> Component:
    hashes = {(name, version): SHA256.findall(rest) for name, version, rest in PINNED.findall(lock)}
    own = hashes.get((name, package.version), [])
    return {
        **identity("pypi", name, package.version),
        **_licenses(package.metadata),
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
