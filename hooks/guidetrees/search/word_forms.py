"""Words that a page is found by besides its own: other forms of them, and the inner parts of compounds.

A search finds a word by its beginning, so `opgave` is found in `opgaver` but `opgaver` is not found in
`opgave`, and `sikkerhed` is not found in `patientsikkerhed`. What is missing is added to the index when the
site is built. The forms come from a dictionary (form → lemma), the parts from the site's own words. Only
words that no other begins with are needed: `opgaverne` is found by `opgaver`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise

from simplemma.strategies import DefaultDictionaryFactory

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
SIGNS = r"""\s\ufeff\-,.:;!?/()\[\]«»"“”„§…–—"""
"""What stands between words, as a class of regular expressions has it, in Python and in browsers."""
TERM = re.compile(f"[^{SIGNS}]+")
"""What a search takes for a word; with letters only it has forms."""

Lemmas = Mapping[str, str]
"""Form → lemma, both as the dictionary writes them."""


@cache
def read_lemmas(language: str) -> Lemmas:
    """The dictionary of `language` (`da`, `pt-BR`); an empty one where there is none for it."""
    try:
        return DefaultDictionaryFactory().get_dictionary(re.split("[-_]", language)[0])
    except ValueError:
        return {}


def terms(text: str) -> list[str]:
    """What a search looks for in a text, in small letters and in its order."""
    return TERM.findall(text.lower())


def found_by(vocabulary: Iterable[str], lemmas: Lemmas) -> dict[str, list[str]]:
    """For each word that a site does not have as it is, the words of the site that it finds."""
    found: dict[str, list[str]] = {}
    akin = related((word for word in vocabulary if word.isalpha()), lemmas)
    for word in sorted(akin):
        for form in _needed(akin[word], word):
            found.setdefault(form, []).append(word)
    return found


def _needed(wanted: frozenset[str], own: str) -> Iterator[str]:
    """The words of `wanted` that a search for them would not find by `own` or by one another."""
    # In order, a word that others begin with stands right before one of them.
    pairs = pairwise([*sorted({*wanted, own}), ""])
    return (word for word, following in pairs if word != own and not following.startswith(word))


def related(vocabulary: Iterable[str], lemmas: Lemmas) -> dict[str, frozenset[str]]:
    """For each word of a site: its forms, and its inner parts with their forms; itself left out."""
    known = frozenset(vocabulary)
    families = _families(known, lemmas)
    return {word: frozenset(_related(word, known, families, lemmas)) - {word} for word in known}


def _related(word: str, known: frozenset[str], families: Families, lemmas: Lemmas) -> Iterator[str]:
    if len(word) >= SHORTEST:
        yield from _without_genitives(families[word])
        for part in _parts(word, known, families, lemmas):
            yield part
            yield from _without_genitives(families[part])


Families = Mapping[str, frozenset[str]]
"""Each form of the site's words → all forms of the same word (of both, where it is a form of two)."""


def _families(vocabulary: frozenset[str], lemmas: Lemmas) -> Families:
    groups: dict[str, set[str]] = {}
    for word in vocabulary:
        for lemma in (word, _lemma(word, lemmas)):
            groups.setdefault(lemma, set()).add(word)
    for form, lemma in _of_lemmas(groups.keys(), lemmas):
        if form.isalpha():
            groups[lemma].add(form.lower())
    families: dict[str, frozenset[str]] = {}
    for group in groups.values():
        family = frozenset(group)
        families |= {form: families.get(form, frozenset()) | family for form in family}
    return families


def _of_lemmas(wanted: Iterable[str], lemmas: Lemmas) -> Iterator[tuple[str, str]]:
    """The dictionary's forms of some lemmas, with these.

    Its bytes are looked through where they are at hand: to make texts of a large dictionary takes as long as to
    read it.
    """
    table: dict[bytes, bytes] | None = getattr(lemmas, "_dict", None)
    if table is None:
        sought = frozenset(wanted)
        return ((form, lemma) for form, lemma in lemmas.items() if lemma in sought)
    coded = {lemma.encode(): lemma for lemma in wanted}
    return ((form.decode(), coded[lemma]) for form, lemma in table.items() if lemma in coded)


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
