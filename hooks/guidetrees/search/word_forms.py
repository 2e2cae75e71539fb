"""Words as search compares them: one spelling for several, and words that end with others.

What a language has of its own is data, in its file of words: letters that are also written otherwise (`spellings`,
such as `æ=ae`) and the endings of its inflections (`endings`). The browser does the same with a query, see
browser/engine.js.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from guidetrees.messages.words import Words

MIN_STEM = 3
"""Letters of the shortest word that has other forms. Shorter ones are hardly ever inflected."""
MIN_PART = 4
"""Letters of the shortest part of a compound, and of the shortest word before it."""
LINKING_LETTERS = "se"
"""Letters that may stand between the parts of a compound."""
SEPARATORS = r"""\s\-,.:;!?/()\[\]«»"'“”‘’„§…–—\u2010\u2011"""
"""The characters between terms, as a character class of regular expressions in Python and in JavaScript."""
UNSEEN = r"\u00ad\u200b-\u200f\u2060-\u2064\ufeff"
"""Characters that no reader sees, such as the soft hyphen, as a character class."""
SINGLE = f"(^|[{SEPARATORS}])([^{SEPARATORS}])[-\u2010]([^{SEPARATORS}]+)"
"""A letter and a word with a hyphen: `e-mail` is also one word."""
TERM, SINGLE_LETTER = re.compile(f"[^{SEPARATORS}]+"), re.compile(SINGLE)
UNSEEN_ONES = re.compile(f"[{UNSEEN}]")
ACCENTS = re.compile("[\u0300-\u036f]")
"""Accents as characters of their own."""


@dataclass(frozen=True)
class Spelling:
    """How words of a language are compared."""

    replaced: tuple[tuple[str, str], ...]
    """Letters, in small, and what else is written for them."""
    endings: frozenset[str]
    """What inflection adds to a word, folded; also nothing."""


def spelling_of(words: Words) -> Spelling:
    pairs = tuple(
        (letter, other) for letter, _, other in (pair.partition("=") for pair in words["spellings"].split())
    )
    return Spelling(pairs, frozenset(["", *(fold(ending, pairs) for ending in words["endings"].split())]))


def terms(text: str) -> list[str]:
    """The terms of a text in small letters, in its order."""
    written = UNSEEN_ONES.sub("", unicodedata.normalize("NFKC", text).lower())
    return TERM.findall(SINGLE_LETTER.sub(r"\1\2\3 \3", written))


@cache
def fold(term: str, replaced: tuple[tuple[str, str], ...]) -> str:
    """A term in the one spelling by which it is found."""
    for letter, other in replaced:
        term = term.replace(letter, other)
    return term if term.isascii() else ACCENTS.sub("", unicodedata.normalize("NFKD", term))


def stems(word: str, endings: frozenset[str]) -> Iterator[str]:
    """What a word may be an inflection of, without the ending: `opgav` and `opgave` for `opgaver`."""
    for length in range(MIN_STEM, len(word) + 1):
        if word[length:] in endings:
            yield word[:length]


def compounds(vocabulary: Iterable[str], endings: frozenset[str]) -> dict[str, list[str]]:
    """Words of a site → the site's compounds that end with a form of them: `pligt` → `tavshedspligten`."""
    known = {word for word in vocabulary if word.isalpha()}
    forms: dict[str, set[str]] = {}
    for word in known:
        for stem in stems(word, endings):
            forms.setdefault(stem, set()).add(word)
    found: dict[str, list[str]] = {}
    for word in sorted(known):
        for part in _ends(word, forms, endings):
            found.setdefault(part, []).append(word)
    return found


def _ends(word: str, forms: Mapping[str, set[str]], endings: frozenset[str]) -> set[str]:
    """The words at the end of a compound, in all their forms."""
    return {
        part
        for cut in range(MIN_PART, len(word) - MIN_PART + 1)
        if _is_head(word[:cut], forms)
        for stem in stems(word[cut:], endings)
        if len(stem) >= MIN_PART
        for part in forms.get(stem, ())
    }


def _is_head(head: str, forms: Mapping[str, set[str]]) -> bool:
    return head in forms or (head[-1] in LINKING_LETTERS and len(head) > MIN_PART and head[:-1] in forms)
