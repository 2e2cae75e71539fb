"""Entries → the files that a search in the browser reads: postings by the beginnings of terms, texts by number.

A search looks for the beginnings of words. All terms of the site, in order, are cut into files: those that begin
alike stand in a row, in one file or a few. A term's line has its postings (which entries have it, and what it
counts in each) and, where it is another form of words of the site, the numbers of their lines. Entries are
numbered in their order and cut into files, too. Whatever the size of the site, files have one size, and a search
reads few.

What a term counts in an entry is worked out here (BM25 without lengths), in levels that one sign holds. How rare
terms are, the browser knows from their postings, and adds up: see components/search/search.js.
"""

from __future__ import annotations

import hashlib
import json
import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from heapq import nlargest
from itertools import chain
from operator import itemgetter
from pathlib import Path
from urllib.parse import unquote

from guidetrees.messages.words import Words
from guidetrees.render.assets import FOLDER, Asset, script
from guidetrees.search.documents import Document, plain
from guidetrees.search.word_forms import SIGNS, found_by, read_lemmas, terms

SEARCH_SCRIPT = f"{FOLDER}/search.js"
SEARCH_FOLDER = f"{FOLDER}/search"
"""The folder of the files that a search reads. Each is named after its content."""
BOX = Path(__file__).parent / "box/search.js"
"""The script that searches."""

KEYWORD, TITLE, TEXT = 20, 8, 1
"""What a term counts in an author's keywords, a title and a text (docs/decisions/0007)."""
PAGE = 2.5
"""What an entry of a page counts, where that of a section counts 1."""
SATURATION = 1.2
"""BM25's k1: how much a term counts more that stands in an entry more than once."""
LEAST, STEPS = 0.25, 7
"""The value of level 0, and how many levels double it."""

WEIGHTS = {
    "whole": 3,  # of a term that is the whole word, where one that begins with it counts 1
    "formInTitle": 0.15,  # of a title or keyword whose word has the form that is searched for
    "formInText": 0.7,
    "common": 0.08,  # in so much of the entries a word stands that tells no text from another: no form finds it
    "few": 10,  # entries that are few on any site
    "all": 2,  # the power of how much of the query's words an entry has
}
"""What the browser weighs."""

TERM_FILE, ENTRY_FILE = 48_000, 16_000
"""Signs of a file, about: one line may make it longer."""
MAX_POSTINGS = 20_000
"""Of one term: those that count most. A term of more entries tells hardly anything of one."""
WIDE, BEST = 100_000, 1_000
"""A beginning of more postings has its best entries in a line of its own, which is read in place of its terms."""
BEST_OF = " "
"""Ends the name of such a line: no term has it."""

SIGN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
"""Digits of levels and, 32 of them to each place, of numbers."""
LEVELS = len(SIGN)

Posting = int
"""An entry's number and, in the last six bits, the level of a term in it: in order they are those of entries."""


@dataclass(slots=True)
class Postings:
    """Which entries have a term, and what it counts in each."""

    strong: array[Posting] = field(default_factory=lambda: array("I"))
    """In their titles or keywords."""
    weak: array[Posting] = field(default_factory=lambda: array("I"))
    """In their texts."""

    def __len__(self) -> int:
        return len(self.strong) + len(self.weak)


def search_files(
    words: Words, keywords: Mapping[str, Iterable[str]], entries: Iterable[Document]
) -> Iterator[Asset]:
    """All files of a search in the language of `words`. `keywords` are authors', by page; `entries` may be made as
    they are asked for."""
    texts: list[str] = []
    found = postings(_noted(entries, texts), keywords, words.particles)
    lines = term_lines(found, found_by(found, read_lemmas(words.language)), len(texts))
    names, told = zip(*lines, strict=True) if lines else ((), ())
    cut = {"t": _cut(told, TERM_FILE), "e": _cut(texts, ENTRY_FILE)}
    files = {f"{kind}{n}": "\n".join(part) for kind, parts in cut.items() for n, part in enumerate(parts.values())}
    # Named by what all of them hold: those of two builds are never mixed, and browsers may keep them for good.
    mark = hashlib.sha256(json.dumps(files).encode()).hexdigest()[:8]
    index = {
        "mark": mark,
        "count": len(texts),
        "first": [names[line] for line in cut["t"]],
        "lines": list(cut["t"]),
        "entries": list(cut["e"]),
        "signs": SIGNS,
        "particles": words.particles,
        "best": BEST_OF,
        "digits": SIGN,
        "least": LEAST,
        "steps": STEPS,
        **WEIGHTS,
    }
    known = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    yield Asset(SEARCH_SCRIPT, script(words, [BOX], before=f"const index = {known};\n"))
    for name, text in files.items():
        yield Asset(f"{SEARCH_FOLDER}/{name}.{mark}.min.js", f'guidetreesSearch.take("{name}", {_quoted(text)})\n')


def _quoted(text: str) -> str:
    """A text as scripts write it. Lines end with no other sign, and tabs may stand as they are."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _noted(entries: Iterable[Document], texts: list[str]) -> Iterator[tuple[int, Document, float]]:
    """Entries with their numbers and weights, while what results show of them is noted as lines: location, title,
    text and, of a section, how many lines before it its page stands."""
    pages: dict[str, int] = {}
    for number, entry in enumerate(entries):
        back = number - pages.setdefault(entry.location.partition("#")[0], number)
        shown = (entry.location, entry.title, entry.text, str(back or ""))
        texts.append("\t".join(" ".join(part.split()) for part in shown))
        yield number, entry, entry.weight * (1 if back else PAGE)


def postings(
    entries: Iterable[tuple[int, Document, float]], keywords: Mapping[str, Iterable[str]], particles: Iterable[str]
) -> dict[str, Postings]:
    """Term → its postings, for entries with their numbers and weights; `keywords` are by location."""
    found: dict[str, Postings] = defaultdict(Postings)
    passed = frozenset(particles)
    for number, entry, weight in entries:
        titled = Counter(terms(plain(entry.title)))
        named = _shares(keywords.get(unquote(entry.location), ()), passed)
        for term in (titled.keys() | named.keys()) - passed:
            level = _level(weight, named.get(term, 0), titled[term], 0)
            found[term].strong.append(number * LEVELS + level)
        for term, count in Counter(terms(plain(entry.text))).items():
            if term not in passed:
                found[term].weak.append(number * LEVELS + _level(weight, 0, 0, count))
    for postings in found.values():
        postings.strong, postings.weak = _most(postings.strong), _most(postings.weak)
    return dict(found)


def _shares(keywords: Iterable[str], passed: frozenset[str]) -> dict[str, float]:
    """The terms of a page's keywords. Those of one share what it counts: a whole one is found before a part."""
    found: dict[str, float] = defaultdict(float)
    for keyword in keywords:
        told = [term for term in terms(keyword) if term not in passed]
        for term in set(told):
            found[term] += 1 / len(told)
    return dict(found)


@cache
def _level(weight: float, keyword: float, title: int, text: int) -> int:
    counted = ((KEYWORD, keyword), (TITLE, title), (TEXT, text))
    return _nearest(weight * sum(field * (1 + SATURATION) * n / (SATURATION + n) for field, n in counted))


def _nearest(value: float) -> int:
    return min(LEVELS - 1, max(0, round(STEPS * math.log2(max(value, LEAST) / LEAST))))


VALUES = [LEAST * 2 ** (level / STEPS) for level in range(LEVELS)]
"""Of each level."""


def _most(postings: array[Posting]) -> array[Posting]:
    if len(postings) <= MAX_POSTINGS:
        return postings
    return array("I", sorted(nlargest(MAX_POSTINGS, postings, key=lambda posting: posting % LEVELS)))


# Lines and files


def term_lines(
    found: Mapping[str, Postings], forms: Mapping[str, Iterable[str]], count: int
) -> list[tuple[str, str]]:
    """Every term with its line, in order: itself, its strong and weak postings, the lines that it is a form of."""
    best = {beginning + BEST_OF: _best(beginning, found, count) for beginning in wide(found)}
    # In the order that browsers compare texts by.
    names = sorted({*found, *forms, *best}, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
    places = {name: place for place, name in enumerate(names)}
    none = Postings()
    lines = []
    for name in names:
        own = found.get(name, none)
        cells = (
            name,
            "".join(_coded(best.get(name, own.strong))),
            "".join(_coded(own.weak)),
            "".join(_steps(sorted(places[word] for word in forms.get(name, ())))),
        )
        lines.append((name, "\t".join(cells).rstrip("\t")))
    return lines


def wide(found: Mapping[str, Postings]) -> Iterator[str]:
    """The beginnings whose terms have too many postings to read."""
    length, left = 0, {term: len(postings) for term, postings in found.items()}
    while left:
        length += 1
        sizes: Counter[str] = Counter()
        for term, size in left.items():
            sizes[term[:length]] += size
        beginnings = {beginning for beginning, size in sizes.items() if size > WIDE}
        yield from sorted(beginnings)
        left = {term: size for term, size in left.items() if term[:length] in beginnings and len(term) > length}


def _best(beginning: str, found: Mapping[str, Postings], count: int) -> array[Posting]:
    """The entries that a search for a beginning finds first, with what all of its terms count in each."""
    counted: dict[int, float] = defaultdict(float)
    own = [postings for term, postings in found.items() if term.startswith(beginning)]
    for postings in own:
        rare = rarity(len(postings), count) / math.sqrt(len(own))
        for posting in chain(postings.strong, postings.weak):
            counted[posting // LEVELS] += rare * VALUES[posting % LEVELS]
    best = nlargest(BEST, counted.items(), key=itemgetter(1))
    return array("I", sorted(number * LEVELS + _nearest(value) for number, value in best))


def rarity(found: int, count: int) -> float:
    """What a term counts that is found so often in so many entries. The browser works it out in the same way."""
    return math.log(1 + abs((count - found + 0.5) / (found + 0.5)))


def _coded(postings: Iterable[Posting]) -> Iterator[str]:
    last = 0
    for posting in postings:
        number, level = divmod(posting, LEVELS)
        yield _number(number - last) + SIGN[level]
        last = number


def _steps(numbers: Iterable[int]) -> Iterator[str]:
    last = 0
    for number in numbers:
        yield _number(number - last)
        last = number


@cache
def _number(number: int) -> str:
    """Digits of five bits, the last first; all but the last sign are from the second half of the signs."""
    signs = ""
    while number >= LEVELS // 2:
        signs += SIGN[LEVELS // 2 + number % (LEVELS // 2)]
        number //= LEVELS // 2
    return signs + SIGN[number]


def _cut(lines: Sequence[str], size: int) -> dict[int, list[str]]:
    """Lines as files of about `size` signs, by the number of their first."""
    files: dict[int, list[str]] = {}
    room = 0
    for number, line in enumerate(lines):
        if room <= 0 or not files:
            room, part = size, files.setdefault(number, [])
        part.append(line)
        room -= len(line) + 1
    return files
