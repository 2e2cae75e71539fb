"""What is said to authors in other languages than English: every template of the code has its translation, and no
message is made in another way."""

from __future__ import annotations

import ast
import errno
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.parsers import expat

import pytest
import yaml

from guidetrees.messages.message import EMPTY, about, join, quoted, say
from guidetrees.messages.words import FOLDER, languages, read_words, tell

CODE = FOLDER.parents[1]
PLACEHOLDER = re.compile(r"\{\w+\}")
TRANSLATED = [language for language in languages() if language != "en"]
MAKERS = FOLDER / "message.py"
"""Where messages are made of parts that are messages or words of other programs."""
OPENSSL = {"certificate has expired", "self-signed certificate", "unable to get local issuer certificate"}


@cache
def calls() -> list[tuple[Path, ast.Call, str]]:
    """Every call in the code of the engine and its adapter, with the name of what is called."""
    return list(_calls())


def _calls() -> Iterator[tuple[Path, ast.Call, str]]:
    for path in sorted(CODE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                yield path, node, getattr(node.func, "id", getattr(node.func, "attr", ""))


def templates() -> set[str]:
    """The templates of the code that hold words."""
    found = {call.args[0] for _, call, name in calls() if name == "say" and isinstance(call.func, ast.Name)}
    literals = {node.value for node in found if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert len(literals) > 200 and all(isinstance(node, ast.Constant) for node in found)
    return {template for template in literals if re.search(r"[^\W\d_]", PLACEHOLDER.sub("", template))}


def section(language: str, name: str) -> dict[str, str]:
    content = yaml.load((FOLDER / f"{language}.yml").read_text("utf-8"), Loader=yaml.CBaseLoader)
    found: dict[str, str] = content[name]
    return found


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_template_is_translated_and_no_other(language: str) -> None:
    translated = section(language, "messages")
    assert sorted(templates() - translated.keys()) == []
    assert sorted(translated.keys() - templates()) == []


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("name", ["messages", "messages_of_others"])
def test_a_translation_has_the_same_parts_and_edges(language: str, name: str) -> None:
    for english, words in section(language, name).items():
        assert sorted(PLACEHOLDER.findall(words)) == sorted(PLACEHOLDER.findall(english)), english
        assert [words[:1].isspace(), words[-1:].isspace()] == [english[:1].isspace(), english[-1:].isspace()]
        assert words.strip() and words.startswith(",") == english.startswith(",")


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_translated_of_other_programs_is_said_by_them(language: str) -> None:
    said = set(map(os.strerror, errno.errorcode)) | set(expat.errors.messages.values()) | OPENSSL
    package = Path(yaml.__file__).parent
    files = [Path(yaml._yaml.__file__), *package.glob("*.py")]
    of_yaml = b"".join(path.read_bytes() for path in files)
    for words in section(language, "messages_of_others"):
        text = words.format()
        assert text in said or text.encode() in of_yaml, text


def test_messages_are_made_by_one_function() -> None:
    """mypy holds that problems and errors of users get a `Message`: this, that none is made in another way."""
    assert {path for path, _, name in calls() if name in ("Message", "_message")} == {MAKERS}


@pytest.mark.parametrize("kind", ["Problem", "add", "refuse", "_refuse", "Dropped", "LinkProblem", "PluginError"])
def test_no_message_is_a_text(kind: str) -> None:
    texts = (ast.Constant, ast.JoinedStr)
    for path, call, name in calls():
        if name == kind and not (kind == "add" and len(call.args) < 2):
            assert not isinstance(call.args[-1], texts) or kind in ("Dropped", "LinkProblem"), (path, call.lineno)
            if kind in ("Dropped", "LinkProblem"):
                assert not isinstance(call.args[1], texts), (path, call.lineno)


# What a message is


def test_a_message_is_its_english_text() -> None:
    message = say("no node '{name}'{guess}", name="{x}", guess=say(" (or '{other}')", other="y"))
    assert message == "no node '{x}' (or 'y')" and hash(message) == hash(str(message))
    assert message.template == "no node '{name}'{guess}"
    assert message.but(name="z") == "no node 'z' (or 'y')"
    assert not EMPTY


def test_a_message_is_told_part_by_part() -> None:
    words = read_words("da")
    guess = say(" (did you mean '{name}'?)", name="hvem")
    message = about("goto", say("no node '{name}' in this tree{guess}", name="hvm", guess=guess))
    assert words.tell(message) == "goto: der er ingen skærm 'hvm' i denne vejviser (mente du 'hvem'?)"
    assert words.tell(join(say(" or "), ["a", "b", say("a text")])) == "a eller b eller en tekst"
    assert words.tell(quoted("found undefined alias")) == "navnet efter * findes ikke"
    assert words.tell(quoted("{odd} words")) == "{odd} words"
    assert words.tell(join(", ", [])) == ""


@pytest.mark.parametrize("language", ["en", "fi", "", "../da"])
def test_other_languages_get_english(language: str) -> None:
    assert tell(say("is empty"), language) == "is empty"


def test_what_nobody_has_translated_is_told_in_english() -> None:
    assert tell(say("a new message of {name}", name=say("a text")), "da") == "a new message of en tekst"
