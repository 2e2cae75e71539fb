"""Ids, and the known word that a misspelt one most likely means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from itertools import zip_longest

from guidetrees.messages.message import EMPTY, Message, say

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_ID_LENGTH = 100
"""The most characters of an id: it is part of file names, and paths on file shares have 260 characters at most."""
MAX_GUESSES = 500
"""The most names among which `closest` searches. Names and words longer than an id are ignored."""
MAX_CACHED_SLUGS = 10_000
"""Words whose slugs are kept: each misspelt word is compared with the same names."""
MIN_SIMILARITY = 0.66
"""The least similarity (0 to 1) of two words for one to be perhaps meant by the other."""
MIN_SLIP_LENGTH = 4
"""The least number of letters of a word that may be a misspelt one: shorter ones are too often another word."""
LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss"})


def suggestion(word: str, known: Iterable[str], called: Iterable[tuple[str, str]] = ()) -> Message:
    """` (did you mean 'x'?)` if `word` is a misspelt known name, else an empty message.

    `called` are pairs of a name that readers see and its id, for authors who wrote the name.
    """
    by_name = next((id for name, id in called if name.casefold() == word.casefold()), None)
    found = by_name or closest(word, known)
    return meant(found) if found else EMPTY


def word_suggestion(word: str, known: Iterable[str]) -> Message:
    """The same for a word of the tree language."""
    found = closest_word(word, known)
    return meant(found) if found else EMPTY


def meant(name: str) -> Message:
    return say(" (did you mean '{name}'?)", name=name)


def several(word: str, known: Iterable[str]) -> Message:
    """The advice for several names that are written as one; else an empty message."""
    ids = {*known}
    for separator in (r"[,;+&\s]+", r"\."):  # with points, as in addresses
        names = re.split(separator, word)
        if len(names) > 1 and {*names} <= ids:
            return say(" (write several in brackets: [{names}])", names=", ".join(names))
    return EMPTY


def advice(word: str, known: Iterable[str], called: Iterable[tuple[str, str]] = ()) -> Message:
    """What an author may have meant who wrote `word` where there is no such name."""
    known = list(known)
    return several(word, known) or suggestion(word, known, called)


def such_as(name: str) -> Message:
    """`, such as 'x'` for a name that would be right; empty without one."""
    return say(", such as '{name}'", name=name) if name else EMPTY


def closest_word(word: str, known: Iterable[str]) -> str | None:
    """The word of the tree language that is most similar to `word`; None if none is."""
    found = get_close_matches(word[:MAX_ID_LENGTH], known, n=1, cutoff=MIN_SIMILARITY)
    return found[0] if found else None


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known name of which `word` is a misspelling; None if there is none.

    Names are authors' words, and a guess may never turn their meaning round (`must-not`, `unlawful`, `over-18`).
    So a word is a misspelt name only if both are alike but for case and punctuation, or if their parts pair up and
    one part has one slip, which is not in its first letter, in a short part or in a number.
    """
    near = [name for name in known if _is_comparable(name)]
    if len(near) > MAX_GUESSES or not _is_comparable(word):
        return None
    alike = (name for name in near if _letters(name) == _letters(word) != "")
    return next(alike, None) or next((name for name in near if _is_misspelt(word, name)), None)


def _is_comparable(word: str) -> bool:
    """Whether the slug of `word` has all its letters: a part in another script may mean `not`."""
    letters = "" if word.isascii() else unicodedata.normalize("NFC", word)
    return len(word) <= MAX_ID_LENGTH and all(slug(letter) for letter in letters if letter.isalnum())


def _letters(word: str) -> str:
    return slug(word).replace("-", "")


def _is_misspelt(word: str, name: str) -> bool:
    return any(_has_one_slip(form(word), form(name)) for form in (slug, _shortened))


@lru_cache(maxsize=MAX_CACHED_SLUGS)
def _shortened(word: str) -> str:
    """A slug in which letters that ids write as two are one letter again: `frst` lacks one of `først`."""
    short = slug(word)
    for letter, letters in LETTERS.items():
        short = short.replace(letters, chr(letter))
    return short


def _has_one_slip(word: str, name: str) -> bool:
    """Whether the parts of two slugs are the same but for one, which has one slip."""
    parts = [pair for pair in zip_longest(word.split("-"), name.split("-"), fillvalue="") if pair[0] != pair[1]]
    return len(parts) == 1 and _is_one_slip(*parts[0])


def _is_one_slip(a: str, b: str) -> bool:
    """Whether one letter is missing, too many or another one, two are exchanged, or an ending differs."""
    if not a or a[:1] != b[:1] or not (a + b).isalpha():
        return False
    same = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    before, a, b = a[:same], a[same:], b[same:]
    if {a, b} == {"", before[-1]}:
        return True  # the last letter twice
    if len(before) + max(len(a), len(b)) < MIN_SLIP_LENGTH:
        return False
    is_ending = same > MIN_SLIP_LENGTH and not (a and b) and len(a + b) == 2
    return is_ending or a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def is_id(word: str) -> bool:
    return len(word) <= MAX_ID_LENGTH and ID.fullmatch(word) is not None


@lru_cache(maxsize=MAX_CACHED_SLUGS)
def slug(words: str) -> str:
    """The words as an id: `Ja, måske` → `ja-maaske`. Empty if no letter or digit is left."""
    lower = unicodedata.normalize("NFC", words).lower().translate(LETTERS)
    plain = unicodedata.normalize("NFKD", lower)
    return "-".join(re.findall("[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c))))
