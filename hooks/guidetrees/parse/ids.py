"""Ids, and the known word that a misspelt one most likely means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

from guidetrees.messages.message import EMPTY, Message, say

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_ID_LENGTH = 100
"""The most characters of an id: it is part of file names, and paths on file shares have 260 characters at most."""
MAX_GUESSES = 500
"""The most names among which `closest` searches. Names and words longer than an id are ignored."""
MIN_SIMILARITY = 0.66
"""The least similarity (0 to 1) of two words for one to count as a misspelling of the other."""
LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss"})


def suggestion(word: str, known: Iterable[str], called: Iterable[tuple[str, str]] = ()) -> Message:
    """` (did you mean 'x'?)` if a known word is similar to `word`, else an empty message.

    `called` are pairs of a name that readers see and its id, for authors who wrote the name.
    """
    by_name = next((id for name, id in called if name.casefold() == word.casefold()), None)
    found = by_name or closest(word, known)
    return meant(found) if found else EMPTY


def meant(name: str) -> Message:
    return say(" (did you mean '{name}'?)", name=name)


def such_as(name: str) -> Message:
    """`, such as 'x'` for a name that would be right; empty without one."""
    return say(", such as '{name}'", name=name) if name else EMPTY


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word of which `word` is most likely a misspelling; None if there is none."""
    likely = [name for name in known if len(name) <= MAX_ID_LENGTH] if len(word) <= MAX_ID_LENGTH else []
    found = get_close_matches(word, likely, n=1, cutoff=MIN_SIMILARITY) if len(likely) <= MAX_GUESSES else []
    return found[0] if found else None


def is_id(word: str) -> bool:
    return len(word) <= MAX_ID_LENGTH and ID.fullmatch(word) is not None


def slug(words: str) -> str:
    """The words as an id: `Ja, måske` → `ja-maaske`. Empty if no letter or digit is left."""
    lower = unicodedata.normalize("NFC", words).lower().translate(LETTERS)
    plain = unicodedata.normalize("NFKD", lower)
    return "-".join(re.findall("[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c))))
