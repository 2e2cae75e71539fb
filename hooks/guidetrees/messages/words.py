"""The engine's own texts ("Start", "Dine svar") and its messages to authors, one file per language, with its dates
and numbers.

Babel is imported where it is used: a check needs texts but no dates, and has to be fast.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from guidetrees.messages.errors import UserError
from guidetrees.messages.message import Message, say

FOLDER = Path(__file__).parent


class UnknownLanguage(UserError):
    """A language without a file of texts."""

    def __init__(self, language: str) -> None:
        super().__init__(
            say(
                "no words for the language '{language}' (there are {known}): translate {folder}/en.yml to "
                "{folder}/{language}.yml",
                language=language,
                known=", ".join(languages()),
                folder=FOLDER.name,
            )
        )


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The texts of one language by key. There is one object per language."""

    language: str
    table: Mapping[str, str]
    messages: Mapping[str, str]
    """What is said to authors: the templates of messages by their English ones. English needs none."""

    def __getitem__(self, key: str) -> str:
        return self.table[key]

    def say(self, key: str, **parts: str) -> str:
        """The text of `key` with `parts` filled in. Neither is HTML."""
        return self.table[key].format(**parts)

    def tell(self, text: object) -> str:
        """A message in this language; as it is where it has no translation. Other values are no messages."""
        if not isinstance(text, Message):
            return str(text)
        parts = {name: self.tell(part) for name, part in text.parts.items()}
        return self.messages.get(text.template, text.template).format(**parts)

    def day(self, day: date) -> str:
        """A date in words, such as `24. november 2026`."""
        return _day(day, self._locale)

    def number(self, number: int) -> str:
        """A number with separators, such as `4.096`. It is exact, however large: ways through a tree are many."""
        from decimal import localcontext

        from babel.numbers import format_decimal

        with localcontext(prec=28 + number.bit_length()):
            return format_decimal(number, locale=self._locale)

    @property
    def particles(self) -> list[str]:
        """The stop words of the language, which search ignores."""
        return self.table["particles"].split()

    @property
    def has_decimal_comma(self) -> bool:
        """Whether `1,5` is one number. Spreadsheets then separate cells by semicolons."""
        from babel.numbers import get_decimal_symbol

        return get_decimal_symbol(self._locale) == ","

    @property
    def _locale(self) -> str:
        return self.language.replace("-", "_")


@cache
def _day(day: date, locale: str) -> str:
    from babel.dates import format_date

    return format_date(day, "long", locale=locale)


@cache
def languages() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.yml"))


@cache
def read_words(language: str) -> Words:
    """The texts of `language`, as written in the theme's settings (`da`). Raises UnknownLanguage."""
    if language not in languages():
        raise UnknownLanguage(language)
    table = yaml.load((FOLDER / f"{language}.yml").read_text("utf-8"), Loader=yaml.CBaseLoader)
    return Words(language, table, {**table.pop("messages", {}), **table.pop("messages_of_others", {})})


def tell(message: Message, language: str) -> str:
    """`message` in the site's language, or in English where the language has no file."""
    return read_words(language).tell(message) if language in languages() else str(message)
