"""Files → texts → values with their locations."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

import pytest
from conftest import ROOT

from guidetrees.messages.message import say
from guidetrees.source.files import Unreadable, read_text
from guidetrees.source.location import LINE_BREAK, LocatedStr, Location, Problem, location_of
from guidetrees.source.yaml import Mapping, Sequence, Value, read_yaml
from guidetrees.source.yaml_hints import REMEDIES

FILE = "decision_trees/case.yml"


def read(text: str) -> Value:
    """The value of `text`, which has no problems."""
    value, problems = read_yaml(text, FILE)
    assert problems == ()
    return value


def plain(value: Value) -> object:
    """The value without locations."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.entries}
    if isinstance(value, Sequence):
        return [plain(item) for item in value.items]
    return str(value)


def locations(value: Value) -> dict[str, str]:
    """Every text of the value with its `line:column`."""
    if isinstance(value, LocatedStr):
        return {str(value): f"{value.location.line}:{value.location.column}"}
    parts = [part for entry in value.entries for part in entry] if isinstance(value, Mapping) else value.items
    return {text: location for part in parts for text, location in locations(part).items()}


def refusal(text: str, first_line: int = 1) -> list[str]:
    """The problems of `text`, which cannot be read, without the file name."""
    with pytest.raises(Unreadable) as caught:
        read_yaml(text, FILE, first_line)
    return [str(problem).removeprefix(f"{FILE}:") for problem in caught.value.problems]


# Values


def test_every_scalar_stays_the_text_that_the_author_wrote() -> None:
    text = "[yes, no, on, ~, null, 2026-11-24, 1.0, 0x1f, 012, .inf, '', 1_000, =]"
    assert plain(read(text)) == [
        *["yes", "no", "on", "~", "null", "2026-11-24", "1.0", "0x1f", "012", ".inf", "", "1_000", "="]
    ]


def test_keys_keep_the_authors_order() -> None:
    value = read("b: 1\na: 2\nc: 3\n")
    assert isinstance(value, Mapping)
    assert [str(key) for key, _ in value.entries] == ["b", "a", "c"]


@pytest.mark.parametrize(
    ("text", "word", "location"),
    [
        ("key: value", "value", "1:6"),
        ("key:    value", "value", "1:9"),
        ("key:\n  value", "value", "2:3"),
        ("æøå: ø", "ø", "1:6"),
        ("{æ: ø, å: value}", "value", "1:11"),
        ("['🙂', value]", "value", "1:7"),
        ("- a\n-   b", "b", "2:5"),
        ("a:\n- b", "b", "2:3"),
        ("key: 'value'", "value", "1:6"),
        ('key: "value"', "value", "1:6"),
        ("key: |\n  value", "value", "1:6"),
        ("key: >-\n  value\n\n", "value", "1:6"),
        ("key: one\n  two", "one two", "1:6"),
        ("# æ\n\nkey: value", "value", "3:6"),
        ("---\nkey: value", "value", "2:6"),
        ("%YAML 1.1\n---\nkey: value", "value", "3:6"),
        ("key:\tvalue", "value", "1:6"),
        ("a: b\r\nkey: value\r\n", "value", "2:6"),
        ("? key\n: value", "value", "2:3"),
        ("a: [b, {c: value}]", "value", "1:12"),
    ],
)
def test_the_location_of_a_text_is_its_beginning(text: str, word: str, location: str) -> None:
    assert locations(read(text))[word] == location


@pytest.mark.parametrize("text", ["a: 1\nkey:\n", "a: 1\nkey: ''\n", "a: 1\nkey: # nothing\nb: 1", "a: 1\n? key"])
def test_the_location_of_an_empty_value_is_its_key(text: str) -> None:
    value = read(text)
    assert isinstance(value, Mapping)
    key, nothing = value.entries[1]
    assert nothing == ""
    assert isinstance(nothing, LocatedStr)
    assert nothing.location.line == key.location.line == 2


def test_mappings_and_lists_have_locations() -> None:
    value = read("a:\n  b: 1\nc:\n  - 1\nd: {e: 1}\nf: [1]\n")
    assert isinstance(value, Mapping)
    found = [
        f"{item.location.line}:{item.location.column}" for _, item in value.entries if not isinstance(item, str)
    ]
    assert found == ["2:3", "4:3", "5:4", "6:4"]


def test_a_located_text_is_a_str() -> None:
    text = LocatedStr("a", Location("f", 2, 3))
    assert text == "a"
    assert hash(text) == hash("a")
    assert text.location == Location("f", 2, 3)


def test_locations_and_problems_sort_by_file_line_and_column() -> None:
    in_order = [Location("a", 2, 10), Location("a", 10, 1), Location("a", 10, 2), Location("b", 1, 1)]
    assert sorted(reversed(in_order)) == in_order
    problems = [Problem(location, say("x")) for location in in_order]
    assert sorted(reversed(problems)) == problems
    assert str(problems[0]) == "a:2:10: x"


# A file with duplicate keys can be read


def test_duplicate_keys_are_reported_and_the_first_applies() -> None:
    value, problems = read_yaml("a: 1\nb: {c: 1, c: 2}\na: 3\n", FILE)
    assert plain(value) == {"a": "1", "b": {"c": "1"}}
    assert [str(problem) for problem in problems] == [
        f"{FILE}:2:11: duplicate key 'c' (first on line 2)",
        f"{FILE}:3:1: duplicate key 'a' (first on line 1)",
    ]


def test_keys_of_different_mappings_may_be_the_same() -> None:
    assert plain(read("a: {a: {a: 1}}")) == {"a": {"a": {"a": "1"}}}


# Refused files


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n", "---\n...\n", "''", '"  "', "|\n\n"])
def test_an_empty_text_is_refused(text: str) -> None:
    assert refusal(text) == ["1:1: is empty"]


def test_all_aliases_anchors_and_tags_are_reported_together() -> None:
    lines = refusal("a: &x 1\nb: *x\nc: !t 2\nd: &y [1]\ne: &z {f: 1}\n*x : 1\n")
    assert [line.split(" is not")[0] for line in lines] == [
        "1:4: the anchor '&x'",
        "2:4: the alias '*x'",
        "3:4: the tag '!t'",
        "4:4: the anchor '&y'",
        "5:4: the anchor '&z'",
        "6:1: the alias '*x'",
    ]


def test_problems_before_a_nesting_too_deep_are_reported_too() -> None:
    lines = refusal("a: &x 1\nb: " + "[" * 30 + "]" * 30)
    assert [line.split(" ")[0] for line in lines] == ["1:4:", "2:23:"]


def test_an_anchor_of_an_empty_value_is_reported() -> None:
    (line,) = refusal("&x")
    assert line.startswith("1:1: the anchor '&x' is not allowed")


def test_line_numbers_count_from_the_first_line() -> None:
    assert refusal("a: *b", first_line=2)[0].startswith("2:4: ")
    assert refusal("a: b: c", first_line=7)[0].startswith("7:5: ")
    assert refusal("", first_line=5) == ["5:1: is empty"]


WRONG = {
    "mapping values are not allowed in this context": "a: b: c",
    "found character that cannot start any token": "@b",
    "found a tab character that violates indentation": "a: b\n\tc: d",
    "found a tab character where an indentation space is expected": "a: |\n\tb",
    "did not find expected key": ": #",
    "could not find expected ':'": "- \n...#",
    "found unknown escape character": r'a: "b\q"',
    "did not find expected '-' indicator": "- - a\n - b",
    "found unexpected ':'": "a: {b: c:}",
    "found unexpected end of stream": "a: 'b",
    "found unexpected document indicator": "'\n---",
    "did not find expected node content": "a: [\n",
    "block sequence entries are not allowed in this context": '""- ',
    "did not find expected alphabetic or numeric character": "*",
    "did not find expected ',' or ']'": "a: ['b' 'c']",
    "did not find expected ',' or '}'": "a: {b: 'c' 'd'}",
}


@pytest.mark.parametrize("words", REMEDIES)
def test_every_remedy_is_shown_for_an_example(words: str) -> None:
    """The messages are those of libyaml: another version may have others."""
    assert words in WRONG, f"write an example of '{words}'"
    (line,) = refusal(WRONG[words])
    assert line.endswith(f": not valid YAML: {REMEDIES[words]}")


# Files


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", ""),
        ("æøå 🙂\r\n\t\u200bx\u00a0".encode(), "æøå 🙂\r\n\t\u200bx\u00a0"),
        (b"\xef\xbb\xbfa", "a"),
    ],
)
def test_a_text_is_read_unchanged(tmp_path: Path, content: bytes, text: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert read_text(path, FILE) == text


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"\xff", "1:1: is not UTF-8: save the file with the encoding UTF-8"),
        ("ab\næ".encode() + b"\xe6", "2:2: is not UTF-8: save the file with the encoding UTF-8"),
        (b"\xef\xbb\xbfa\xff", "1:2: is not UTF-8: save the file with the encoding UTF-8"),
        ("å\x00".encode(), "1:2: holds a character that cannot be seen (U+0000): delete it"),
        (b"a\r\nb\x07", "2:2: holds a character that cannot be seen (U+0007): delete it"),
        ("\ufeff\ufeff".encode(), "1:1: holds a character that cannot be seen (U+FEFF): delete it"),
        ("a\u2067".encode(), "1:2: holds a character that cannot be seen (U+2067): delete it"),
    ],
)
def test_a_refused_file_has_a_problem_with_its_location(tmp_path: Path, content: bytes, line: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(Unreadable) as caught:
        read_text(path, FILE)
    assert [str(problem) for problem in caught.value.problems] == [f"{FILE}:{line}"]


@pytest.mark.long
def test_problems_of_a_truncated_file_are_located_within_it() -> None:
    """With the kinds of line breaks in turn."""
    whole = (ROOT / "decision_trees/er-det-digital-behandling.yml").read_text("utf-8")
    for end, line_break in zip(range(1, len(whole), 61), cycle(("\n", "\r\n", "\r"))):
        text = whole[:end].replace("\n", line_break)
        lines = LINE_BREAK.split(text)
        for problem in _problems(text):
            assert problem.location.line <= max(1, len(lines) - (not lines[-1])), (end, problem)
            assert problem.location.column <= len(lines[problem.location.line - 1]) + 1, (end, problem)


def _problems(text: str) -> tuple[Problem, ...]:
    try:
        return read_yaml(text, "a.yml")[1]
    except Unreadable as error:
        return error.problems


@pytest.mark.parametrize("before", ["a\nb", "a\r\nb", "a\rb", "\r\n\rb", "\n\nb"])
def test_locations_count_each_kind_of_line_break(before: str) -> None:
    assert location_of(before, FILE) == Location(FILE, len(LINE_BREAK.split(before)), 2)
