"""Markdown with a site's own extensions, as quotations and the search have it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from helpers import write
from lxml.html import fromstring
from site_reader import fold

from guidetrees.parse.docs_page import read_docs_page
from guidetrees.parse.problem_collector import ProblemCollector
from guidetrees.parse.site_markdown import GUESTS, PLAIN, Dialect, Extension, load_fault, markdown_to_html
from guidetrees.project.settings import read_settings

TABS = """\
=== "Goods & more"

    Goods text.

    - one

=== "Services"

    Services text.
"""
BOXES = "- [x] done\n- [ ] open\n"
CODE = '```python\nx = "1"\n```\n'


def html_of(text: str, *extensions: tuple[str, dict[str, object]]) -> str:
    dialect = Dialect(GUESTS, tuple(Extension(name, json.dumps(options)) for name, options in extensions))
    return markdown_to_html(text, dialect)


@pytest.mark.parametrize("alternate", [True, False])
def test_tabs_are_their_labels_above_their_texts(alternate: bool) -> None:
    html = html_of(TABS, ("pymdownx.tabbed", {"alternate_style": alternate}))
    words = fold(fromstring(html).text_content())
    assert words == "Goods & more Goods text. one Services Services text."
    assert not fromstring(html).xpath("//input | //label | //*[@data-tabs] | //*[contains(@class, 'tabbed')]")
    assert fromstring(html).xpath("//p/strong/text()") == ["Goods & more", "Services"]


@pytest.mark.parametrize("custom", [True, False])
def test_boxes_are_signs(custom: bool) -> None:
    html = html_of(BOXES, ("pymdownx.tasklist", {"custom_checkbox": custom}))
    assert [fold(item.text_content()) for item in fromstring(html).xpath("//li")] == ["☑ done", "☐ open"]


@pytest.mark.parametrize(
    ("text", "extension", "options"),
    [
        (TABS, "pymdownx.tabbed", {"alternate_style": True}),
        (BOXES, "pymdownx.tasklist", {}),
        (CODE, "pymdownx.highlight", {"anchor_linenums": True, "line_spans": "__span"}),
        (":smile:\n", "pymdownx.emoji", {}),
        ('??? info "More"\n    Hidden.\n', "pymdownx.details", {}),
        ("!!! note\n    A note.\n", "admonition", {}),
        ("Term\n:   Its meaning\n", "def_list", {}),
        ("A word[^1].\n\n[^1]: A note.\n", "footnotes", {}),
    ],
)
def test_nothing_of_a_common_extension_is_left_behind(
    text: str, extension: str, options: dict[str, object]
) -> None:
    dialect = Dialect(sites=(Extension("pymdownx.superfences"), Extension(extension, json.dumps(options))))
    page, problems = read_docs_page("guide/a.md", "docs/guide/a.md", f"# A {{ #a }}\n\n{text}", dialect=dialect)
    assert problems == () and page.faults == ()
    plain = read_docs_page("guide/a.md", "docs/guide/a.md", f"# A {{ #a }}\n\n{text}")[0].html
    assert page.html != plain


SETTINGS = """\
site_name: A
markdown_extensions:
  - markdown.extensions.admonition
  - sane_lists
  - no_such_extension
  - toc: {permalink: true}
  - pymdownx.tabbed:
      alternate_style: yes
  - pymdownx.superfences:
      custom_fences:
        - name: mermaid
          class: mermaid
          format: !!python/name:pymdownx.superfences.fence_code_format
  - pymdownx.highlight: {linenums: 1, line_spans: ~, pygments_style: "10"}
"""


def test_the_extensions_are_those_of_the_settings_without_what_only_code_makes(tmp_path: Path) -> None:
    write(tmp_path, "mkdocs.yml", SETTINGS)
    dialect = read_settings(tmp_path, ProblemCollector()).dialect
    assert dialect.engines == PLAIN.engines
    assert {one.name: json.loads(one.options) for one in dialect.sites} == {
        "admonition": {},
        "pymdownx.tabbed": {"alternate_style": True},
        "pymdownx.superfences": {"custom_fences": [{"name": "mermaid", "class": "mermaid"}]},
        "pymdownx.highlight": {"linenums": 1, "line_spans": None, "pygments_style": "10"},
    }
    assert 'class="mermaid"' in markdown_to_html("```mermaid\na\n```\n", dialect)


def test_a_site_of_others_is_read_as_its_builder_reads_it(tmp_path: Path) -> None:
    write(tmp_path, "mkdocs.yml", SETTINGS + "extra: {guidetrees: {policy: false}}\n")
    assert read_settings(tmp_path, ProblemCollector()).dialect.engines == (
        *("attr_list", "fenced_code", "sane_lists", "tables", "toc"),
    )


def test_an_extension_that_cannot_be_used_says_why() -> None:
    assert "no_such_extension" in load_fault(Extension("no_such_extension"))
    assert "nonsense" in load_fault(Extension("admonition", '{"nonsense": 1}'))
    assert load_fault(Extension("os"))
    assert load_fault(Extension("admonition")) == ""
