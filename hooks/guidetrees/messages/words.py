"""The engine's own words ("Start", "Dine svar"), one file a language, and dates in that language.

Babel is imported where it is used: a check needs words and no dates, and has to be fast.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from guidetrees.messages.errors import UserError

FOLDER = Path(__file__).parent


class UnknownLanguage(UserError):
    """There is no file of words for a language. Carries its name and the languages there are."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.known = languages()
        super().__init__(
            f"no words for the language '{language}' (there are {', '.join(self.known)}): "
            f"translate {FOLDER.name}/en.yml to {FOLDER.name}/{language}.yml"
        )


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of one language, of which there is one object."""

    language: str
    table: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        return self.table[key]

    def say(self, key: str, **parts: str) -> str:
        """The words of `key` with `parts` filled in, as plain text."""
        return self.table[key].format(**parts)

    def day(self, day: date) -> str:
        """`24. november 2026`."""
        return _day(day, self._locale)

    def number(self, number: int) -> str:
        """`4.096`."""
        from babel.numbers import format_decimal

        return format_decimal(number, locale=self._locale)

    @property
    def particles(self) -> list[str]:
        """The small words of the language that a search passes over."""
        return self.table["particles"].split()

    @property
    def has_decimal_comma(self) -> bool:
        """Whether `1,5` is one number; then spreadsheets take a semicolon between cells."""
        from babel.numbers import get_decimal_symbol

        return get_decimal_symbol(self._locale) == ","

    @property
    def _locale(self) -> str:
        return self.language.replace("-", "_")


@cache
def _day(day: date, locale: str) -> str:
    from babel.dates import format_date

    return format_date(day, "long", locale=locale)


def languages() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.yml"))


@cache
def read_words(language: str) -> Words:
    """The words of `language`, as in the theme's setting (`da`). Raises UnknownLanguage."""
    if language not in languages():
        raise UnknownLanguage(language)
    table = yaml.load((FOLDER / f"{language}.yml").read_text("utf-8"), Loader=yaml.CBaseLoader)
    return Words(language, table)
