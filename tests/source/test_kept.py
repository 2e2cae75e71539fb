"""What is kept of files that a preview reads again and again."""

from __future__ import annotations

from guidetrees.source.kept import kept_by_file


def test_only_the_last_version_of_a_file_is_kept() -> None:
    read: list[tuple[str, str]] = []

    @kept_by_file(lambda text, file: file)
    def length(text: str, file: str) -> int:
        read.append((text, file))
        return len(text)

    calls = [("a", "f"), ("a", "f"), ("a", "g"), ("bb", "f"), ("a", "f")]
    assert [length(*call) for call in calls] == [1, 1, 1, 2, 1]
    assert read == [("a", "f"), ("a", "g"), ("bb", "f"), ("a", "f")]
