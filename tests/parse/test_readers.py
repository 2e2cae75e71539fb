"""Readers: values → what was read, or a problem."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from guidetrees.messages.message import say
from guidetrees.parse import readers as parse
from guidetrees.parse.forms import Key, Reader, Table, read_table
from guidetrees.parse.ids import closest, slug, suggestion
from guidetrees.parse.problem_collector import ProblemCollector
from guidetrees.parse.tables import TABLES, shared
from guidetrees.source.location import Location
from guidetrees.source.yaml import Mapping, read_yaml


def read(reader: Reader, text: str) -> tuple[Any, list[str]]:
    """What `reader` makes of the value of `key: <text>`, and its problems without the file."""
    value, _ = read_yaml(f"key: {text}", "f")
    assert isinstance(value, Mapping)
    collector = ProblemCollector()
    found = reader(value.entries[0][1], "key", collector)
    return found, [str(problem).removeprefix("f:") for problem in collector.problems]


# Ids


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("Ja", "ja"),
        ("Ja, måske", "ja-maaske"),
        ("Æblegrød på Ærø", "aeblegroed-paa-aeroe"),
        ("ÆØÅ", "aeoeaa"),
        ("Straße", "strasse"),
        ("Crème brûlée", "creme-brulee"),
        ("  --x--  ", "x"),
        ("1. 2.", "1-2"),
        ("don't", "don-t"),
        ("½", "1-2"),
        ("ﬁn", "fin"),
        ("Ναι", ""),
        ("🙂", ""),
        ("", ""),
    ],
)
def test_words_become_an_id(words: str, id: str) -> None:
    assert slug(words) == id


@pytest.mark.parametrize("words", ["a\u030a", "A\u030angstro\u0308m", "pa\u030a"])
def test_letters_made_of_two_signs_are_the_same_letters(words: str) -> None:
    """Text copied on a Mac may hold å as a and a ring: it looks the same, so its address is the same."""
    composed = words.replace("a\u030a", "å").replace("A\u030a", "Å").replace("o\u0308", "ö")
    assert slug(words) == slug(composed)


@pytest.mark.parametrize("id", ["a", "a1", "1", "a-b", "a-b-c", "0-0"])
def test_ids(id: str) -> None:
    assert read(parse.identifier, f"'{id}'") == (id, [])


@pytest.mark.parametrize("id", ["A", "a--b", "-a", "a-", "a_b", "a b", "å", "a.b", "a/b", "a:b", "１"])
def test_no_ids(id: str) -> None:
    found, (problem,) = read(parse.identifier, f"'{id}'")
    assert found is None
    assert problem.startswith(f"1:6: key: '{id}' is not a valid id: use a-z, 0-9 and single hyphens")


def test_a_long_wrong_value_is_shortened() -> None:
    _, (problem,) = read(parse.identifier, "'" + "Å" * 200 + "'")
    assert "'" + "Å" * 59 + "…' is not a valid id" in problem


# Suggestions


def test_a_close_word_is_suggested() -> None:
    assert suggestion("autoriserett", ["autoriseret", "ja"]) == " (did you mean 'autoriseret'?)"
    assert suggestion("zzz", ["autoriseret"]) == ""
    assert suggestion("", ["a"]) == ""
    assert closest("ja", iter(["nej", "ja"])) == "ja"


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("hvm", "hvem"),  # a letter is missing
        ("autoriserett", "autoriseret"),  # one too many
        ("konkret-patiemt", "konkret-patient"),  # another one
        ("stsp", "stps"),  # two are exchanged
        ("instruks", "instrukser"),  # another ending
        ("Du-maa-ikke", "du-maa-ikke"),
        ("du maa ikke", "du-maa-ikke"),
        ("du–maa–ikke", "du-maa-ikke"),
        ("konkretpatient", "konkret-patient"),
        ("hjælp", "hjaelp"),
        ("leder.md#ansvarr", "leder.md#ansvar"),
    ],
)
def test_a_misspelt_word_is_guessed(word: str, known: str) -> None:
    assert closest(word, ["zzz", known]) == known


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("du-maa-ikke", "du-maa-optage"),
        ("du-maa-ikke-optage", "du-maa-optage"),
        ("maa-ikke", "maa"),
        ("not-allowed", "allowed"),
        ("lovlig", "ulovlig"),
        ("unlawful", "lawful"),
        ("met", "unmet"),
        ("relevant", "irrelevant"),
        ("indenfor", "udenfor"),
        ("indland", "udland"),
        ("med-cpr", "uden-cpr"),
        ("foer-mødet", "efter-moedet"),
        ("over-18", "over-19"),
        ("2025", "2026"),
        ("trin-1", "trin-2"),
        ("hun", "han"),
        ("hypotension", "hypertension"),
        ("", "a"),
        ("…", "–"),
        ("не-kan", "kan"),  # "not" in another script
    ],
)
def test_no_guess_turns_the_meaning_round(word: str, known: str) -> None:
    assert closest(word, [known]) is closest(known, [word]) is None


# Texts


@pytest.mark.parametrize("reader", [parse.text, parse.line, parse.identifier, parse.day, parse.number(1, 9)])
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("''", "1:6: key: is empty: write a text or delete the key"),
        ("", "1:1: key: is empty: write a text or delete the key"),
        ("'  '", "1:6: key: is empty: write a text or delete the key"),
        ("[a]", "1:6: key: must be a text, not a list"),
        ("{a: b}", "1:6: key: must be a text, not a mapping"),
    ],
)
def test_what_is_no_text(reader: Reader, text: str, problem: str) -> None:
    assert read(reader, text) == (None, [problem])


def test_a_text_keeps_its_lines_and_a_line_folds_them() -> None:
    text = '"a\\n\\n  b\\t c "'
    assert read(parse.text, text) == ("a\n\n  b\t c ", [])
    assert read(parse.line, text) == ("a b c", [])


# Other values


@pytest.mark.parametrize("text", ["2026-11-24", "2024-02-29", "0001-01-01"])
def test_days(text: str) -> None:
    assert read(parse.day, text) == (date.fromisoformat(text), [])


@pytest.mark.parametrize(
    "text",
    [
        "2026-1-1",
        "20261124",
        "2026-W48-2",
        "24.11.2026",
        "2026-11-24T10:00",
    ],
)
def test_no_days(text: str) -> None:
    assert read(parse.day, text) == (None, [f"1:6: key: '{text}' is not a date: write it as 2026-11-24"])


@pytest.mark.parametrize("text", ["2026-11-31", "2026-02-29", "2026-13-01", "0000-01-01"])
def test_days_that_there_are_not(text: str) -> None:
    assert read(parse.day, text) == (None, [f"1:6: key: there is no day '{text}'"])


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("9", 9), ("007", 7)])
def test_numbers(text: str, number: int) -> None:
    assert read(parse.number(1, 9), text) == (number, [])


@pytest.mark.parametrize("text", ["0", "10", "-1", "1.0", "1e0", "٣", "1234567890123", "one", "0x1"])
def test_no_numbers(text: str) -> None:
    assert read(parse.number(1, 9), text) == (None, [f"1:6: key: '{text}' is not a whole number from 1 to 9"])


def test_a_choice() -> None:
    verdict = parse.choice({"yes": "It is.", "no": "It is not."})
    assert read(verdict, "yes") == ("yes", [])
    assert read(verdict, "YES") == (None, ["1:6: key: 'YES' is not allowed (did you mean 'yes'?)"])
    assert read(verdict, "ja") == (None, ["1:6: key: 'ja' is not allowed (known: yes, no)"])


@pytest.mark.parametrize(
    ("reader", "good", "bad"),
    [
        (
            shared.url,
            ["https://a.dk", "http://a.dk:80/b?c=d&e#f", "https://æ.dk/å", "https://a.dk/it's"],
            ["a.dk", "//a.dk", "ftp://a.dk", "javascript:alert(1)", "https://", "https://a", "https://a.dk/ b",
             "https://a.dk/<b>", 'https://a.dk/"', "https:///a.dk", "HTTPS:a.dk"],
        ),
        (
            shared.email,
            ["a@b.dk", "a.b+c@d.e-f.dk"],
            ["a", "a@b", "a b@c.dk", "a@b@c.dk", "<a@b.dk>", "a@b.", "@b.dk", 'a"@b.dk'],
        ),
        (
            shared.phone,
            ["112", "+45 7228 6600", "72 28 66 00", "+45-72286600", "(45) 7228.6600"],
            ["call", "12", "+45_72286600", "7228 6600 ext 1", "٧٢٢٨"],
        ),
    ],
)  # fmt: skip
def test_addresses(reader: Reader, good: list[str], bad: list[str]) -> None:
    for text in good:
        assert read(reader, "'" + text.replace("'", "''") + "'") == (text, [])
    for text in bad:
        found, problems = read(reader, f"'{text}'")
        assert (found, len(problems)) == (None, 1), text
        assert problems[0].startswith(f"1:6: key: '{text}' is not a")


# Lists


def test_a_list_keeps_what_could_be_read() -> None:
    found, problems = read(parse.many(parse.identifier), "[a, Å, b, a]")
    assert found == ("a", "b")
    assert problems == [
        "1:10: key: 'Å' is not a valid id: use a-z, 0-9 and single hyphens, such as 'aa'",
        "1:16: key: duplicate value 'a'",
    ]


def test_a_text_is_no_list() -> None:
    assert read(parse.many(parse.line), "a") == (None, ["1:6: key: must be a list, not a text, such as [a]"])
    assert read(parse.many(parse.line), "{a: b}") == (None, ["1:6: key: must be a list, not a mapping"])


def test_a_list_may_need_a_number_of_entries() -> None:
    reader = parse.many(parse.line, at_least=2, what="answers")
    assert read(reader, "[a]")[1] == ["1:6: key: needs at least 2 answers, has 1"]
    assert read(reader, "[]")[1] == ["1:6: key: needs at least 2 answers, has 0"]
    assert read(reader, "[a, b]") == (("a", "b"), [])


def test_one_entry_may_stand_without_brackets() -> None:
    reader = parse.one_or_many(parse.line, at_least=1, what="section")
    assert read(reader, "a") == (("a",), [])
    assert read(reader, "[a, b]") == (("a", "b"), [])
    assert read(reader, "[]")[1] == ["1:6: key: needs at least 1 section, has 0"]
    assert read(reader, "{a: b}") == (None, ["1:6: key: must be a text, not a mapping"])


def test_pairs() -> None:
    assert read(parse.pairs, "{b: 1, a: 2}") == ((("b", "1"), ("a", "2")), [])
    assert read(parse.pairs, "{}") == ((), [])
    found, problems = read(parse.pairs, "[a]")
    assert (found, problems) == (None, ["1:6: key: must be a mapping such as {node: answer}, not a list"])


# Tables

TABLE = Table(
    say("a thing"),
    (
        Key("name", parse.line, required=True, default="?"),
        Key("date", parse.line, required=True, attribute="day"),
        Key("colour", parse.line, default="red"),
    ),
)


def read_thing(text: str) -> tuple[dict[str, Any], list[str]]:
    value, _ = read_yaml(text, "f")
    assert isinstance(value, Mapping)
    collector = ProblemCollector()
    return read_table(TABLE, value, Location("f", 9, 9), collector), [
        str(p).removeprefix("f:") for p in collector.problems
    ]


def test_a_table_reads_its_keys_and_fills_in_the_rest() -> None:
    assert read_thing("{name: A, date: B}") == ({"name": "A", "day": "B", "colour": "red"}, [])


def test_a_missing_key_is_noted_where_the_mapping_is_named() -> None:
    assert read_thing("{date: B}") == (
        {"name": "?", "day": "B", "colour": "red"},
        ["9:9: name: is missing in a thing"],
    )


def test_a_misspelt_required_key_is_one_mistake() -> None:
    assert read_thing("{nam: A, date: B}")[1] == ["1:2: unknown key 'nam' in a thing (did you mean 'name'?)"]


def test_a_misspelt_key_beside_the_right_one_hides_no_other_missing_key() -> None:
    assert read_thing("{name: A, nam: B}")[1] == [
        "1:11: unknown key 'nam' in a thing (did you mean 'name'?)",
        "9:9: date: is missing in a thing",
    ]


def test_a_key_like_no_other_is_answered_with_the_known_ones() -> None:
    assert read_thing("{name: A, date: B, zzz: C}")[1] == [
        "1:20: unknown key 'zzz' in a thing (known: name, date, colour)"
    ]


@pytest.mark.parametrize("table", TABLES)
def test_no_table_has_a_key_twice(table: Table) -> None:
    assert len(set(table.names())) == len(table.names())
    attributes = [key.attribute or key.name for key in table.keys]
    assert len(set(attributes)) == len(attributes)
