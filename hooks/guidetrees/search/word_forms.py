"""Words that find a page although they are not on it: other forms of its words, and parts of compounds.

Search matches prefixes. So `opgave` finds `opgaver`, but `opgaver` does not find `opgave`, and `sikkerhed` does
not find `patientsikkerhed`. The missing words are added to the index when the site is built. Forms come from a
dictionary (form → lemma), parts of compounds from the site's own words. A word that is a prefix of another one is
not added: `opgaver` finds `opgaverne`, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise

from simplemma.strategies import DefaultDictionaryFactory

MIN_WORD = 3
"""Letters of the shortest word that gets other forms. Shorter ones are hardly ever inflected."""
MIN_PART = 4
"""Letters of the shortest part of a compound, and of the shortest word before it."""
LINKING_LETTERS = "se"
"""Letters that may stand between the parts of a compound."""
MIN_FORMS = 3
"""The number of forms that show how a word is inflected."""
MIN_SHARED_FORMS = 0.6
"""The share of its inflection that a compound has in common with its last part."""
GENITIVE_SHARE = 0.6
"""The share of a word's forms that take the letter of the genitive."""
SEPARATORS = r"""\s\ufeff\-,.:;!?/()\[\]«»"“”„§…–—"""
"""The characters between terms, as a character class of regular expressions in Python and in JavaScript."""
TERM = re.compile(f"[^{SEPARATORS}]+")
"""A unit of search. It has other forms only if it consists of letters."""

Lemmas = Mapping[str, str]
"""Form → lemma, both as the dictionary writes them."""
Families = Mapping[str, frozenset[str]]
"""Each form of the site's words → all forms of the same word (of both, if it is a form of two)."""


@cache
def read_lemmas(language: str) -> Lemmas:
    """The dictionary of `language` (`da`, `pt-BR`); empty if there is none."""
    try:
        return DefaultDictionaryFactory().get_dictionary(re.split("[-_]", language)[0])
    except ValueError:
        return {}


def terms(text: str) -> list[str]:
    """The terms of a text in lower case, in its order."""
    return TERM.findall(text.lower())


def words_by_form(vocabulary: Iterable[str], lemmas: Lemmas) -> dict[str, list[str]]:
    """The words to add to the index of a site with this `vocabulary`, each with the site's words that it finds."""
    found: dict[str, list[str]] = {}
    forms = related((word for word in vocabulary if word.isalpha()), lemmas)
    for word in sorted(forms):
        for form in _longest(forms[word], word):
            found.setdefault(form, []).append(word)
    return found


def _longest(forms: frozenset[str], word: str) -> Iterator[str]:
    """The forms that are no prefix of `word` or of another form."""
    # In sorted order, a prefix is directly before one of the words that begin with it.
    pairs = pairwise([*sorted({*forms, word}), ""])
    return (form for form, following in pairs if form != word and not following.startswith(form))


def related(vocabulary: Iterable[str], lemmas: Lemmas) -> dict[str, frozenset[str]]:
    """Each word of a site → its other forms, and the parts at its end with their forms."""
    known = frozenset(vocabulary)
    families = _families(known, lemmas)
    return {word: frozenset(_related(word, known, families, lemmas)) - {word} for word in known}


def _related(word: str, known: frozenset[str], families: Families, lemmas: Lemmas) -> Iterator[str]:
    if len(word) >= MIN_WORD:
        yield from _without_genitives(families[word])
        for part in _parts(word, known, families, lemmas):
            yield part
            yield from _without_genitives(families[part])


def _families(vocabulary: frozenset[str], lemmas: Lemmas) -> Families:
    groups: dict[str, set[str]] = {}
    for word in vocabulary:
        # Some languages capitalize nouns.
        lemma = lemmas.get(word) or lemmas.get(word.capitalize()) or word
        for name in (word, lemma):
            groups.setdefault(name, set()).add(word)
    for form, lemma in _forms_of(groups.keys(), lemmas):
        if form.isalpha():
            groups[lemma].add(form.lower())
    families: dict[str, frozenset[str]] = {}
    for group in groups.values():
        family = frozenset(group)
        families |= {form: families.get(form, frozenset()) | family for form in family}
    return families


def _forms_of(wanted: Iterable[str], lemmas: Lemmas) -> Iterator[tuple[str, str]]:
    """The dictionary's forms of the `wanted` lemmas, each with its lemma.

    simplemma stores bytes, which are searched directly if possible. Decoding a large dictionary takes as long as
    reading it.
    """
    table: dict[bytes, bytes] | None = getattr(lemmas, "_dict", None)
    if table is None:
        sought = frozenset(wanted)
        return ((form, lemma) for form, lemma in lemmas.items() if lemma in sought)
    encoded = {lemma.encode(): lemma for lemma in wanted}
    return ((form.decode(), encoded[lemma]) for form, lemma in table.items() if lemma in encoded)


def _without_genitives(forms: frozenset[str]) -> frozenset[str]:
    """A word's forms without those that are another form plus a letter that most of its forms take.

    They would be half of the index: `opgave`, `opgaven`, `opgaver` and `opgaverne` all take an `s`. Until that
    letter is typed, the other half finds the word.
    """
    for letter in sorted({form[-1] for form in forms if form[:-1] in forms}):
        others = [form for form in forms if not form.endswith(letter)]
        genitives = forms.intersection(form + letter for form in others)
        if len(genitives) >= max(2, GENITIVE_SHARE * len(others)):
            forms = forms - genitives
    return forms


def _parts(word: str, known: frozenset[str], families: Families, lemmas: Lemmas) -> Iterator[str]:
    """The ends of `word` that are words of the site, each after a known word (and perhaps a linking letter)."""
    for cut in range(MIN_PART, len(word) - MIN_PART + 1):
        head, tail = word[:cut], word[cut:]
        if tail in families and _is_head(head, known, lemmas) and _inflects_like(word, tail, families):
            yield tail


def _is_head(head: str, known: frozenset[str], lemmas: Lemmas) -> bool:
    heads = [head, head[:-1]] if head[-1] in LINKING_LETTERS else [head]
    return any(len(w) >= MIN_PART and (w in known or w in lemmas or w.capitalize() in lemmas) for w in heads)


def _inflects_like(word: str, tail: str, families: Families) -> bool:
    """Whether `word` may be a compound that ends with `tail`: it is then inflected like `tail`.

    A `word` without other forms may be one. A `tail` with few forms is a particle, or is there by chance.
    """
    head = word.removesuffix(tail)
    forms, endings = families[word], families[tail]
    if len(endings) < MIN_FORMS:
        return False
    shared = sum(head + ending in forms for ending in endings)
    least = max(min(MIN_FORMS, len(forms)), MIN_SHARED_FORMS * min(len(forms), len(endings)))
    return len(forms) < 2 or shared >= least
