"""Words that a page is found by besides its own: other forms of them, and the inner parts of compounds.

A search finds a word by its beginning, so `opgave` is found in `opgaver` but `opgaver` is not found in
`opgave`, and `sikkerhed` is not found in `patientsikkerhed`. What is missing is added to the index when the
site is built. The forms come from a dictionary (form → lemma), the parts from the site's own words. Only
words that no other begins with are needed: `opgaverne` is found by `opgaver`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from simplemma.strategies import DefaultDictionaryFactory

WORD = re.compile(r"[^\W\d_]+")
SHORTEST = 3
"""Letters of the shortest word that gets other forms: shorter ones are hardly ever inflected."""
SHORTEST_PART = 4
"""Letters of the shortest part of a compound, and of what stands before it."""
JOINTS = "se"
"""Letters that may join the parts of a compound."""
ALIKE = 0.6
"""How much of its inflection a compound has in common with its last part."""
FORMS = 3
"""How many forms show how a word is inflected."""
TAKEN = 0.6
"""By how much of a word's forms an ending is taken that makes no word of its own."""
COMMON = 0.08
"""In how many of the entries a word stands that tells no page from another: texts get no forms of it."""
FEW = 10
"""Entries that are few on any site."""

SIGNS = r"""[\s\-,.:;!?/()\[\]«»"“”„§…–—]+"""
"""What stands between words, for browsers; a search takes what is left between such signs for words."""

Lemmas = Mapping[str, str]
"""Form → lemma, both as the dictionary writes them."""
Forms = Mapping[str, str]
"""Lemma → its forms in small letters, in a row with spaces between."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What search knows of a page, or of a section of one, as plain text."""

    title: str
    text: str
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Added:
    """The words that an entry is to be found by as well, in small letters and in order."""

    title: tuple[str, ...]
    """What belongs to its title and its keywords."""
    text: tuple[str, ...]
    """What belongs to its text and not to its title."""


@cache
def read_lemmas(language: str) -> Lemmas:
    """The dictionary of `language` (`da`, `pt-BR`); an empty one where there is none for it."""
    try:
        return DefaultDictionaryFactory().get_dictionary(re.split("[-_]", language)[0])
    except ValueError:
        return {}


@cache
def read_forms(language: str) -> Forms:
    """The dictionary of `language` the other way around.

    It takes longer to turn a dictionary around than to read it through once, so this is for a process that builds
    many times. As rows, the forms of a large dictionary take little room.
    """
    return turned(read_lemmas(language))


def turned(lemmas: Lemmas) -> Forms:
    forms: dict[str, str] = {}
    for form, lemma in lemmas.items():
        if form.isalpha():
            forms[lemma] = f"{forms[lemma]} {form.lower()}" if lemma in forms else form.lower()
    return forms


def separator(particles: Iterable[str]) -> str:
    """A regular expression, for browsers, of what stands between words: signs, and `particles` among them.

    A search takes each word for a beginning: `i` would find `intelligens`, and `vi` every video. As a part of
    what separates words, particles (small words in small letters) are neither indexed nor searched for.
    """
    either = "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in particles)
    return f"(?:^|{SIGNS})(?:(?:{either})(?:{SIGNS}|$))+|{SIGNS}" if either else SIGNS


def words(text: str) -> list[str]:
    """The words of a text in small letters, in its order."""
    return [word.lower() for word in WORD.findall(text)]


def added_words(
    entries: Sequence[Entry], lemmas: Lemmas, particles: Iterable[str] = (), forms: Forms | None = None
) -> list[Added]:
    """For each of a site's entries, in their order, the words to add; none for `particles`.

    `forms` is `lemmas` turned around, where that is at hand.
    """
    passed = frozenset(particles)
    strong = [frozenset(words(" ".join((entry.title, *entry.keywords)))) - passed for entry in entries]
    weak = [frozenset(words(entry.text)) - passed for entry in entries]
    counted = Counter(word for pair in zip(strong, weak, strict=True) for word in pair[0] | pair[1])
    common = {word for word, count in counted.items() if count > max(FEW, COMMON * len(entries))}
    akin = related(counted, lemmas, forms)
    return [_added(titled, told, common, akin) for titled, told in zip(strong, weak, strict=True)]


def _added(
    titled: frozenset[str], told: frozenset[str], common: set[str], akin: Mapping[str, frozenset[str]]
) -> Added:
    title = _needed(frozenset().union(*(akin[word] for word in titled)), titled)
    text = _needed(frozenset().union(*(akin[word] for word in told - common)), told)
    return Added(title, tuple(word for word in text if word not in title))


def _needed(wanted: frozenset[str], own: frozenset[str]) -> tuple[str, ...]:
    """The words of `wanted` that a search for them would not find by `own` or by one another."""
    # In order, a word that others begin with stands right before one of them.
    pairs = pairwise([*sorted(wanted | own), ""])
    return tuple(word for word, following in pairs if word not in own and not following.startswith(word))


def related(vocabulary: Iterable[str], lemmas: Lemmas, forms: Forms | None = None) -> dict[str, frozenset[str]]:
    """For each word of a site: its forms, and its inner parts with their forms; itself left out."""
    known = frozenset(vocabulary)
    families = _families(known, lemmas, forms)
    return {word: frozenset(_related(word, known, families, lemmas)) - {word} for word in known}


def _related(word: str, known: frozenset[str], families: Families, lemmas: Lemmas) -> Iterator[str]:
    if len(word) >= SHORTEST:
        yield from _without_genitives(families[word])
        for part in _parts(word, known, families, lemmas):
            yield part
            yield from _without_genitives(families[part])


Families = Mapping[str, frozenset[str]]
"""Each form of the site's words → all forms of the same word (of both, where it is a form of two)."""


def _families(vocabulary: frozenset[str], lemmas: Lemmas, forms: Forms | None) -> Families:
    groups: dict[str, set[str]] = {}
    for word in vocabulary:
        for lemma in (word, _lemma(word, lemmas)):
            groups.setdefault(lemma, set()).add(word)
    if forms is None:
        for form, lemma in lemmas.items():
            if lemma in groups and form.isalpha():
                groups[lemma].add(form.lower())
    else:
        for lemma, group in groups.items():
            group.update(forms.get(lemma, "").split())
    families: dict[str, frozenset[str]] = {}
    for group in groups.values():
        family = frozenset(group)
        families |= {form: families.get(form, frozenset()) | family for form in family}
    return families


def _without_genitives(forms: frozenset[str]) -> frozenset[str]:
    """A word's forms without those that are another form and a letter that hardly a form does without.

    They would be half of the index (`opgave`, `opgaven`, `opgaver` and `opgaverne` all take an `s`), and are
    found by the other half up to that letter.
    """
    for letter in sorted({form[-1] for form in forms if form[:-1] in forms}):
        others = [form for form in forms if not form.endswith(letter)]
        taking = forms.intersection(form + letter for form in others)
        if len(taking) >= max(2, TAKEN * len(others)):
            forms = forms - taking
    return forms


def _lemma(word: str, lemmas: Lemmas) -> str:
    # Some languages write nouns with a capital.
    return lemmas.get(word) or lemmas.get(word.capitalize()) or word


def _is_known(word: str, lemmas: Lemmas) -> bool:
    return word in lemmas or word.capitalize() in lemmas


def _parts(word: str, known: frozenset[str], families: Families, lemmas: Lemmas) -> Iterator[str]:
    """The ends of `word` that are words of the site, each after a known word (and perhaps a joint)."""
    for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        head, tail = word[:cut], word[cut:]
        if tail in families and _is_head(head, known, lemmas) and _inflects_like(word, tail, families):
            yield tail


def _is_head(head: str, known: frozenset[str], lemmas: Lemmas) -> bool:
    whole = [head, head[:-1]] if head[-1] in JOINTS else [head]
    return any(len(w) >= SHORTEST_PART and (w in known or _is_known(w, lemmas)) for w in whole)


def _inflects_like(word: str, tail: str, families: Families) -> bool:
    """Whether `word` may be a compound that ends with `tail`: it is then inflected as `tail` is.

    Nothing is known of a word with no other form. An end with hardly any is a particle or a chance.
    """
    head = word.removesuffix(tail)
    forms, ends = families[word], families[tail]
    if len(ends) < FORMS:
        return False
    shared = sum(head + end in forms for end in ends)
    least = max(min(FORMS, len(forms)), ALIKE * min(len(forms), len(ends)))
    return len(forms) < 2 or shared >= least
