"""The line that breaks the layout of a YAML text is found, in any file, and only if one does."""

from __future__ import annotations

import pytest
import yaml
from conftest import ROOT
from helpers import CASES
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from guidetrees.source.files import Unreadable
from guidetrees.source.location import Problem
from guidetrees.source.yaml import read_foreign_yaml, read_yaml
from guidetrees.source.yaml_layout import find_mistake

CONTACTS = """stps:
  name: Styrelsen
  url: https://stps.dk
  topics:
    - Pligter
    - Ansvar

sst:
  name: Sundhedsstyrelsen
  url: https://sst.dk

sds:
  name: Sundhedsdatastyrelsen
  url: https://sds.dk
"""
UPDATE = """nyt-skab:
  title: Nyt skab
  from: 2027-02-01
  text: |
    Det nye skab er
    ved siden af det gamle.
  source: Udlånet
"""
FRONT_MATTER = """title: Ansvar
updates: [nyt-skab]
keywords:
- ansvar
- pligter
"""
SITE = """site_name: Guiden
theme:
  name: material
  features:
    - navigation.tabs
    - search.suggest
nav:
  - Forside: index.md
  - Guiden:
      - guide/index.md
      - guide/leder.md
extra:
  owner: Afdelingen
"""
NEEDS_QUOTES = "a text that holds ': ' needs quotes around it"
NEEDS_BAR = "a text of several lines needs '|' behind its key"
BELOW = "a text that begins with | needs quotes around it; the lines of a text behind '|' begin below it"


def problems(text: str, first_line: int = 1) -> tuple[Problem, ...]:
    try:
        return read_yaml(text, "f", first_line)[1]
    except Unreadable as error:
        return error.problems


def moved(key: str, way: str, column: int, like: str, line: int) -> str:
    return f"'{key}' begins too far {way}: begin it in column {column} (like '{like}' on line {line})"


@pytest.mark.parametrize(
    ("text", "old", "new", "place", "message"),
    [
        (CONTACTS, "stps:\n", " stps:\n", "1:2", moved("stps", "in", 1, "sst", 8)),
        (CONTACTS, "sst:\n", "  sst:\n", "8:3", moved("sst", "in", 1, "stps", 1)),
        (
            CONTACTS,
            "sst:\n",
            " sst:\n",
            "8:2",
            "'sst' begins in column 2, like nothing else: begin it in column 1 (like 'stps' on line 1) "
            "or in column 3 (like 'topics' on line 4)",
        ),
        (CONTACTS, "  name: Sty", "   name: Sty", "2:4", moved("name", "in", 3, "url", 3)),
        (CONTACTS, "  name: Sty", "name: Sty", "2:1", moved("name", "out", 3, "url", 3)),
        (CONTACTS, "  name: Sundhedsst", " name: Sundhedsst", "9:2", moved("name", "out", 3, "url", 10)),
        (CONTACTS, "  url: https://sst", "    url: https://sst", "10:5", moved("url", "in", 3, "name", 9)),
        (
            CONTACTS,
            "  topics:\n    - Pligter\n    - Ansvar\n\n",
            "topics:\n  - Pligter\n  seen: 2027-01-01\nfka:\n  name: FKA\n  topics: [A]\n  seen: 2027-01-02\n",
            "4:1",
            moved("topics", "out", 3, "url", 3),
        ),
        (
            CONTACTS,
            "sds:\n  name: Sundhedsdatastyrelsen\n  url: https://sds",
            "    sds:\n      name: Sundhedsdatastyrelsen\n      url: https://sds",
            "12:5",
            moved("sds", "in", 1, "sst", 8),
        ),
        (CONTACTS, "    - Ansvar", "   - Ansvar", "6:4", moved("-", "out", 5, "-", 5)),
        (CONTACTS, "    - Ansvar", "    Ansvar", "6:5", "a '- ' is missing before 'Ansvar'"),
        (UPDATE, "    ved", "   ved", "6:4", "the text behind 'text: |' begins in column 5"),
        (UPDATE, "    Det", "      Det", "5:7", "the text behind 'text: |' begins in column 5"),
        (UPDATE, "    Det", "  Det", "5:3", "the text behind 'text: |' begins in column 5"),
        (UPDATE, "  source", "   source", "7:4", moved("source", "in", 3, "text", 4)),
        (UPDATE, " |\n    Det nye", "\n    Husk: Det nye", "4:3", NEEDS_BAR),
        (UPDATE, "title: Nyt", 'title: "Nyt', "2:10", "the quotation mark is not closed"),
        (UPDATE, "title: Nyt", "title: 'Nyt", "2:10", "the quotation mark is not closed"),
        (
            UPDATE,
            "title: Nyt",
            'title: "Nyt" er det',
            "2:10",
            "the text goes on behind its quotes: put the whole text between ' and '",
        ),
        (UPDATE, "title: Nyt", "title: | Nyt", "2:10", BELOW),
        (UPDATE, "title: Nyt", "title: Nyt: et", "2:13", NEEDS_QUOTES),
        (UPDATE, "title: Nyt", "title: @Nyt", "2:10", "a text that begins with @ needs quotes around it"),
        (FRONT_MATTER, "- pligter", "pligter", "5:1", "a '- ' is missing before 'pligter'"),
        (FRONT_MATTER, "updates:", " updates:", "2:2", f"{moved('updates', 'in', 1, 'title', 1)}; {NEEDS_QUOTES}"),
        (FRONT_MATTER, "title: Ansvar", "// Ansvar", "1:1", "a note begins with #, not with //"),
        (SITE, "site_name:", "site_name", "1:1", "a colon is missing behind 'site_name'"),
        (SITE, "  name:", "   name:", "3:4", moved("name", "in", 3, "features", 4)),
        (SITE, "    - search", "   - search", "6:4", moved("-", "out", 5, "-", 5)),
        (SITE, "nav:", "    nav:", "7:5", moved("nav", "in", 3, "features", 4)),
        (SITE, "      - guide/leder.md", "     - guide/leder.md", "11:6", moved("-", "out", 7, "-", 10)),
    ],
)  # fmt: skip
def test_the_line_that_is_out_of_line_is_reported(text: str, old: str, new: str, place: str, message: str) -> None:
    assert text.count(old) == 1
    found = problems(text.replace(old, new))[0]
    assert (str(found.location), found.message.removeprefix("not valid YAML: ")) == (f"f:{place}", message)


def test_a_key_that_comes_again_in_a_list_lacks_its_dash() -> None:
    text = "answers:\n  - answer: Ja\n    goto: x\n    answer: Nej\n    goto: y\n"
    value, found = read_yaml(text, "f")
    assert [str(problem) for problem in found] == ["f:4:5: a '- ' is missing before 'answer'"]
    whole, _ = read_yaml(text.replace("    answer", "  - answer"), "f")
    assert str(value) == str(whole)


def test_messages_count_lines_from_the_first_of_the_file() -> None:
    (found,) = problems("title: Ansvar\nkeywords: x\n updates: y\n", first_line=2)
    assert str(found.location) == "f:4:2"
    assert "(like 'keywords' on line 3)" in found.message


FILES = [
    *sorted((ROOT / "decision_trees").glob("*.yml")),
    ROOT / "tests/data/optag-samtalen.yml",
    ROOT / "mkdocs.yml",
    *sorted((CASES / "valid").rglob("*.yml")),
    *sorted((CASES / "invalid").rglob("*.yml")),
]


def test_nothing_is_out_of_line_in_a_text_that_libyaml_reads() -> None:
    read = 0
    for path in FILES:
        text = path.read_text("utf-8", errors="replace")
        try:
            yaml.load(text, Loader=yaml.CBaseLoader)
        except yaml.YAMLError:
            continue
        lines = text.splitlines()
        assert find_mistake(lines, len(lines)) is None, path
        read += 1
    assert read > len(FILES) * 0.8


TEXTS = [path.read_text("utf-8").splitlines() for path in FILES if path.parent == ROOT / "decision_trees"]
TEXTS += [text.splitlines() for text in (CONTACTS, UPDATE, FRONT_MATTER, SITE)]


@st.composite
def edited(draw: st.DrawFn) -> tuple[list[str], set[int]]:
    """A text with one line edited, and the lines (from 1) on which the mistake may be reported: this one, or the
    line with text before or after it."""
    lines = list(draw(st.sampled_from(TEXTS)))
    numbers = [number for number, line in enumerate(lines) if line.strip()]
    at = draw(st.integers(0, len(numbers) - 1))
    number = numbers[at]
    line = lines[number]
    near = set(numbers[max(0, at - 1) : at + 2])
    match draw(st.integers(0, 4)):
        case 0:
            del lines[number]
            near = {n - (n > number) for n in near if n != number}
        case 1:
            lines.insert(number, line)
            near |= {n + 1 for n in near if n >= number}
        case 2:
            lines[number] = " " * draw(st.integers(1, 3)) + line
        case 3:
            by = draw(st.integers(1, 3))
            assume(line.startswith(" " * by))
            lines[number] = line[by:]
        case _:
            cut = draw(st.integers(0, len(line) - 1))
            lines[number] = line[:cut] + line[cut + 1 :]
    return lines, {n + 1 for n in near}


MOST_ELSEWHERE = 0.02
"""The part of syntax errors that may be reported elsewhere: two mistakes can be the same text."""


@pytest.mark.long
def test_a_syntax_error_is_reported_at_the_line_that_was_edited() -> None:
    reported = 0
    elsewhere: list[str] = []

    @settings(max_examples=400, derandomize=True, database=None)
    @given(edited())
    def edit(case: tuple[list[str], set[int]]) -> None:
        nonlocal reported
        lines, near = case
        text = "".join(f"{line}\n" for line in lines)
        problems(text)
        try:
            read_foreign_yaml(text, "f")
        except Unreadable as error:
            place = error.problems[0].location
            assert 1 <= place.line <= len(lines) and 1 <= place.column <= len(lines[place.line - 1]) + 1
            reported += 1
            if place.line not in near:
                elsewhere.append(f"{sorted(near)}: {error.problems[0]}")

    edit()
    assert reported > 100
    assert len(elsewhere) <= MOST_ELSEWHERE * reported, "\n".join(elsewhere)
