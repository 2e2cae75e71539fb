"""The bill of materials: where a file comes from is recognised by the file."""

from __future__ import annotations

import base64
import hashlib
import json
from importlib.metadata import PathDistribution
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from helpers import write

from guidetrees.tools.delivered import delivered
from guidetrees.tools.sbom import sbom

FONTS = "The fonts of the npm package @some/fonts 1.2.3-beta.4.\nLicence: OFL-1.1 (LICENSE.txt)\n"


def package(folder: Path, name: str, files: dict[str, bytes]) -> PathDistribution:
    """An installed package with these files."""
    lines = ["no-hash.txt,,"]
    for path, content in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
        lines.append(f"{path},sha256={digest},{len(content)}")
    write(folder, f"{name}-1.0.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    write(folder, f"{name}-1.0.dist-info/RECORD", "\n".join(lines))
    for path in (*files, "no-hash.txt"):
        write(folder, path, files.get(path, b""))
    return PathDistribution(folder / f"{name}-1.0.dist-info")


def parts_of(files: dict[str, bytes], **packages: PathDistribution) -> dict[str, list[str]]:
    """By the references of what is delivered: those of its parts."""
    found: list[dict[str, Any]] = [*delivered("A site", "1", files, packages)]
    return {one["bom-ref"]: [part["bom-ref"] for part in one["components"]] for one in found}


def test_a_vendored_file_is_of_what_its_source_says() -> None:
    files = {"a/SOURCE.txt": FONTS.encode(), "a/one.woff2": b"1", "a/LICENSE.txt": b"2", "a/b/other.js": b"3"}
    (fonts, _) = delivered("A site", "1", files, {})
    assert {**fonts, "components": []} == {
        "type": "library",
        "bom-ref": "pkg:npm/%40some/fonts@1.2.3-beta.4",
        "name": "@some/fonts",
        "version": "1.2.3-beta.4",
        "purl": "pkg:npm/%40some/fonts@1.2.3-beta.4",
        "licenses": [{"expression": "OFL-1.1"}],
        "components": [],
    }
    assert parts_of(files)["pkg:npm/%40some/fonts@1.2.3-beta.4"] == ["file:a/LICENSE.txt", "file:a/one.woff2"]
    assert parts_of(files)["own"] == ["file:a/b/other.js"]


@pytest.mark.parametrize("source", [b"From somewhere.", b"The npm package a 1.0.", b"Licence: MIT", b"\xe5"])
def test_a_source_that_says_nothing_is_no_source(source: bytes) -> None:
    assert parts_of({"SOURCE.txt": source, "a.js": b"1"}) == {"own": ["file:a.js"]}


def test_a_file_of_a_package_is_known_by_its_bytes_under_any_name(tmp_path: Path) -> None:
    theme = package(tmp_path, "theme", {"theme/main.js": b"main", "theme/same.js": b"same", "theme/empty.js": b""})
    other = package(tmp_path, "other", {"other/same.js": b"same"})
    files = {"x/main.js": b"main", "same.js": b"same", "changed.js": b"main!", "empty.js": b"", "page.html": b"x"}
    for packages in ({"theme": theme, "other": other}, {"other": other, "theme": theme}):
        assert parts_of(files, **packages) == {
            "pkg:pypi/theme@1.0": ["file:same.js", "file:x/main.js"],
            "own": ["file:changed.js", "file:empty.js"],
        }


def test_what_a_script_is_made_of_is_in_its_source_map(tmp_path: Path) -> None:
    sources = {
        "src/own.ts": "/* own 9.9.9 */",
        "node_modules/plain/index.js": "export default 1",
        "../node_modules/@scope/name/a.js": "/*! name v2.3.4 */",
        "../node_modules/@scope/name/b.js": None,
        "node_modules/outer/node_modules/inner/c.js": " " * 500 + "7.7.7",
    }
    text = json.dumps({"sources": [*sources], "sourcesContent": [*sources.values()]}).encode()
    theme = package(tmp_path, "theme", {"theme/bundle.js": b"1", "theme/bundle.js.map": text, "theme/a.css": b"2"})
    assert parts_of({"assets/bundle.js": b"1"}, theme=theme)["pkg:pypi/theme@1.0"] == [
        "pkg:npm/%40scope/name@2.3.4",
        "pkg:npm/inner",
        "pkg:npm/plain",
        "file:assets/bundle.js",
    ]
    assert parts_of({"a.css": b"2"}, theme=theme)["pkg:pypi/theme@1.0"] == ["file:a.css"]


def test_a_file_that_is_made_of_parts_of_a_package_says_so(tmp_path: Path) -> None:
    theme = package(tmp_path, "theme", {"theme/main.css": b"main"})
    made, other = b"/*! Made of theme 1.0. */\na {}", b"/*! Made of nothing-installed 1.0. */\na {}"
    assert parts_of({"style.css": made, "other.css": other}, theme=theme) == {
        "pkg:pypi/theme@1.0": ["file:style.css"],
        "own": ["file:other.css"],
    }


def test_the_bill_says_of_each_part_whether_it_is_delivered_and_is_valid() -> None:
    files = {"a/SOURCE.txt": FONTS.encode(), "a/one.woff2": b"1", "own.css": b"2"}
    lock = f"markdown==0.0.0 \\\n    --hash=sha256:{'0' * 64}\nno-such-package==1\n"
    text = sbom("A site æøå", "1", "abc", 0, lock, files, {}).decode()
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    scopes = [(one["name"], one["scope"]) for one in json.loads(text)["components"]]
    assert scopes == [
        ("@some/fonts", "required"),
        ("Scripts and styles of A site æøå", "required"),
        ("Python", "excluded"),
        ("markdown", "excluded"),
    ]


def test_versions_have_different_numbers() -> None:
    assert sbom("Name", "1", "a", 0, "", {}, {}) != sbom("Name", "1", "b", 0, "", {}, {})
