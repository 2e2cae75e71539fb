"""What each theme adds to the engine's pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT
from helpers import write
from mkdocs.config import load_config

from guidetrees_mkdocs.frame import with_inserts
from guidetrees_mkdocs.hosts import DARK, Host, host_of, theme_language

CSS = """\
:where(:root) { --a: 1; }
@media screen and (prefers-color-scheme: dark) {
:where(:root) { --a: 2; }
.gt-rule, .gt-key { --b: 3; }
}
.gt { color: red; }
"""


def host(root: Path, theme: str) -> Host:
    (root / "docs").mkdir(exist_ok=True)
    write(root, "mkdocs.yml", f"site_name: A\nplugins: []\ntheme: {theme}\n")
    return host_of(load_config(str(root / "mkdocs.yml")))


@pytest.mark.parametrize(
    ("theme", "dark"),
    [
        ("material", "prefers-color-scheme: dark"),
        ("{name: material, palette: {scheme: slate}}", '[data-md-color-scheme="slate"]'),
        ("{name: material, palette: [{scheme: default}, {scheme: slate}]}", '[data-md-color-scheme="slate"]'),
        ("mkdocs", '[data-bs-theme="dark"]'),
        ("readthedocs", None),
        ("{name: null, custom_dir: docs}", None),
    ],
)
def test_what_is_dark_follows_the_theme(tmp_path: Path, theme: str, dark: str | None) -> None:
    css = host(tmp_path, theme).in_its_dark(CSS)
    assert css.startswith(":where(:root) { --a: 1; }") and css.rstrip().endswith(".gt { color: red; }")
    assert ("--a: 2" in css, "--b: 3" in css) == (dark is not None,) * 2
    assert css.count("prefers-color-scheme") == (dark == "prefers-color-scheme: dark")
    if dark and dark.startswith("["):
        assert f":where({dark}) {{" in css and f":is({dark}) :is(.gt-rule, .gt-key)" in css
        assert css.count("@media screen {") == 1


def test_every_dark_style_of_the_engine_is_found() -> None:
    for path in (ROOT / "hooks/guidetrees").rglob("*.css"):
        text = path.read_text("utf-8")
        assert len(DARK.findall(text)) == text.count("prefers-color-scheme"), path


@pytest.mark.parametrize(
    ("theme", "language"),
    [("{name: material, language: da}", "da"), ("{name: mkdocs, locale: pt_BR}", "pt"), ("readthedocs", "en")],
)
def test_the_language_is_what_the_theme_is_told(tmp_path: Path, theme: str, language: str) -> None:
    host(tmp_path, theme)
    assert theme_language(load_config(str(tmp_path / "mkdocs.yml"))) == language


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            "<html><head><title></head></title></head><body a='>'><p></body></html>\n<!-- </body> -->",
            "<html><head><title></head></title>H</head><body a='>'>B<p>E</body></html>\n<!-- </body> -->",
        ),
        ("<head>\r\n</head>\r\n<body>\r\nx</body>", "<head>\r\nH</head>\r\n<body>B\r\nxE</body>"),
    ],
)
def test_what_pages_need_is_put_where_head_and_body_end(html: str, expected: str) -> None:
    assert with_inserts(html, "H", "B", "E") == expected
