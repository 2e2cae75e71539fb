"""What earlier links no longer lead to."""

from __future__ import annotations

from pathlib import Path

import pytest
from loan import HEAD, SAVED, Edit, reported, tree, versions

from guidetrees.diff.lost_urls import forgotten_answers, lost_pages

ONLY_SAVED: dict[str, tuple[list[Edit], str]] = {
    "a question's new name, with the former one": (
        [tree("  ready:\n", "  prepared:\n    aliases: [ready]\n"), tree("goto: ready", "goto: prepared"),
         tree("ready: met", "prepared: met")],
        "  Checklist ‘Is all ready?’ (ready)",
    ),
    "an answer's new id": (
        [tree("id: film", "id: movie")],
        "  Question ‘What is it?’ (what) → Answer ‘A film’ (film)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ONLY_SAVED)
def test_what_only_saved_links_notice_is_reported(name: str, tmp_path: Path) -> None:
    edits, line = ONLY_SAVED[name]
    assert reported(versions(tmp_path, *edits)) == [HEAD[0], *SAVED, line]


def test_pages_and_answers_of_a_tree_are_lost_with_its_nodes(tmp_path: Path) -> None:
    both = versions(tmp_path, tree("  ready:\n", "  prepared:\n"), tree("goto: ready", "goto: prepared"),
                    tree("ready: met", "prepared: met"))  # fmt: skip
    assert lost_pages(both, "loan") == ["loan/ready.html"]
    assert [[str(thing.id) for thing in path] for path in forgotten_answers(both, "loan")] == [["ready"]]
    assert (lost_pages(both, "other"), [*forgotten_answers(both, "other")]) == ([], [])
