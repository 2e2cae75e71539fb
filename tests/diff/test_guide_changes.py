"""Changed words of the guide, and the pages that quote them."""

from __future__ import annotations

from pathlib import Path

from helpers import write
from loan import reported, versions

from guidetrees.diff.versions import Versions
from guidetrees.project.project import read_project


def test_the_guides_words_are_compared_and_the_pages_named_that_quote_them(tmp_path: Path) -> None:
    guide = "docs/guide/rules.md"
    both = versions(tmp_path, (guide, "lasts four weeks", "lasts six weeks"))
    assert reported(both)[3:] == [
        "The guide’s words: The rules", "============================", guide, "",
        "Text", "  before: ‘A loan lasts four weeks.’", "  now: ‘A loan lasts six weeks.’", "",
        "Quoted here",
        "  Questions ‘A loan’, ‘What is it?’ (what)",
        "  Questions ‘A loan’, ‘Is all ready?’ (ready)",
        "  Questions ‘A loan’, ‘Take it’ (yes) – Yes",
        "  Questions ‘May I borrow this?’, ‘What is it?’ (kind)",
        "  Questions ‘May I borrow this?’, ‘You may borrow it’ (lend) – Yes",
    ]  # fmt: skip


def test_pages_of_the_guide_come_and_go(tmp_path: Path) -> None:
    both = versions(tmp_path)
    write(tmp_path / "now", "docs/guide/more.md", "# More { #more }\n\nWords.\n")
    more = Versions(both.before, read_project(tmp_path / "now"))
    for found, what in ((more, "added"), (Versions(more.now, more.before), "gone")):
        assert reported(found)[3:] == [
            "The guide’s words: More", "=======================", "docs/guide/more.md", "",
            f"Page of the guide ‘More’: {what}",
        ]  # fmt: skip
