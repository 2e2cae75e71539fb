"""What authors may write gives no problems, and pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import DAY, cases, lay_out, problems_of

from guidetrees.check.checker import hints
from guidetrees.messages.words import read_words
from guidetrees.project.project import read_project
from guidetrees.render import site_pages
from guidetrees.render.context import prepare


def test_the_base_of_all_cases_has_neither_problems_nor_notes(tmp_path: Path) -> None:
    root = lay_out(None, tmp_path)
    assert problems_of(root) == []
    assert hints(read_project(root), DAY) == []


@pytest.mark.parametrize("case", cases("valid"), ids=lambda case: case.stem)
def test_it_gives_no_problems_and_a_page_for_every_node(case: Path, tmp_path: Path) -> None:
    root = lay_out(case, tmp_path)
    assert problems_of(root) == []
    project = read_project(root)
    site = prepare(project, read_words("en"))
    wanted = {"updates.md", "a-z.md", "coverage.md", "share.md", "links.md", "review/index.md"}
    for tree in project.trees.values():
        wanted |= {f"{tree.id}/index.md", f"review/{tree.id}.md", *(f"{tree.id}/{node}.md" for node in tree.nodes)}
    assert {page.path for page in site_pages.pages(site)} == wanted
    assert all(asset.content for asset in site_pages.assets(site))
