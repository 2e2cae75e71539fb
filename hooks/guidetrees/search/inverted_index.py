"""Documents → the files of the search index: an inverted index, and the texts that results show.

Search matches prefixes of words. The terms of the site are sorted and cut into files: terms with the same prefix
are next to each other, in one file or a few. The line of a term has its posting lists (the documents that contain
it, with its weight in each), the line numbers of the compounds that end with it, and its usual spelling. Documents
are numbered in their order and cut into files, too. A third kind of files has all terms by their first letter and
length, where a query's misspelt word is looked for. On a site of any size, files have the same size and a search
reads few of them.

The weight of a term in a document (BM25 without document lengths) is computed here, as one of 64 levels. The
browser computes from the posting lists how rare a term is, and adds up the scores: see browser/engine.js.
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

from guidetrees.graph.node_kinds import own_contacts
from guidetrees.project.references import readable_nodes
from guidetrees.project.urls import INDEX_PAGE, has_list
from guidetrees.render.assets import FOLDER, SEARCH_SCRIPT, SEARCH_STYLE, Asset, script
from guidetrees.render.components.contact_card import contact_stages, short_url
from guidetrees.render.context import Site
from guidetrees.render.minify import minified
from guidetrees.render.pages.front import front_cards
from guidetrees.search.documents import Document, plain
from guidetrees.search.word_forms import (
    LINKING_LETTERS,
    MIN_PART,
    MIN_STEM,
    SEPARATORS,
    SINGLE,
    UNSEEN,
    Spelling,
    compounds,
    fold,
    spelling_of,
    terms,
)

SEARCH_FOLDER = f"{FOLDER}/search"
"""The folder of the index files. Their names contain a hash of their contents."""
BROWSER = Path(__file__).parent / "browser"
SCRIPTS, STYLE = ("engine.js", "box.js"), "box.css"
"""The script that searches, the one that asks it and shows what it finds, and the style of that."""
MAX_TREES = 12
"""Trees that the box names to those who have found nothing. The alphabetical index has all."""

KEYWORD, TITLE, TEXT = 20, 8, 1
"""The weights of a term in an author's keywords, a title and a text (docs/decisions/0005 and 0007)."""
PAGE = 2.5
"""The weight of a page's document. The document of a section has 1."""
K1 = 1.2
"""BM25's parameter k1: how much the repetition of a term in a document adds to its weight."""
MIN_WEIGHT, LEVELS_PER_DOUBLING = 0.25, 7
"""The weight of level 0, and the number of levels that double it."""

RANKING = {
    "exact": 3,  # the factor for a term that is the whole word; 1 for a term that begins with it
    "formInTitle": 0.3,  # the factor for another form of the word, or a compound with it, in a title or keyword
    "formInText": 0.7,
    "commonShare": 0.08,  # forms are not looked for in texts if more than this share of the documents has them
    "commonCount": 10,  # nor if more than this number has them
    "longPart": 6,  # letters of a compound's beginning that is looked for alone, if it is not half of it
    "longWord": 8,  # letters of the shortest word in which two may be wrong; in others, one
    "instead": 0.5,  # the factor for words in place of one that the site does not have
    "coverage": 2,  # the exponent of the share of the query's words that a document has
}
"""The parameters of the ranking in the browser."""

FILE_SIZE = 16_000
"""Characters of a file. Its last line may exceed them."""
MAX_POSTINGS = 20_000
"""The maximum length of a posting list. The highest weights stay: a common term distinguishes few documents."""
MAX_PREFIX_POSTINGS, TOP_DOCUMENTS = 100_000, 1_000
"""A prefix whose terms have more postings has a line of its own, with its top documents. It is read instead."""
TOP_SUFFIX = " "
"""Added to the prefix, it is the name of that line. No term contains it."""

LEVELS = 64
WEIGHTS = [MIN_WEIGHT * 2 ** (level / LEVELS_PER_DOUBLING) for level in range(LEVELS)]
"""The weight of each level."""

SHARED = {
    "separators": SEPARATORS,
    "unseen": UNSEEN,
    "single": SINGLE,
    "minStem": MIN_STEM,
    "minPart": MIN_PART,
    "linking": LINKING_LETTERS,
    "topSuffix": TOP_SUFFIX,
    "levels": LEVELS,
    "minWeight": MIN_WEIGHT,
    "levelsPerDoubling": LEVELS_PER_DOUBLING,
}
"""What the browser needs of the rules of this index, on every site."""

Posting = int
"""A document's number times LEVELS, plus the level of a term in it. Sorted, they are in the order of documents."""


@dataclass(slots=True)
class Postings:
    """The posting lists of a term."""

    titles: array[Posting] = field(default_factory=lambda: array("I"))
    """The documents that have it in their titles or keywords."""
    texts: array[Posting] = field(default_factory=lambda: array("I"))
    written: str = ""
    """How the site writes it."""

    def __len__(self) -> int:
        return len(self.titles) + len(self.texts)


def search_files(
    site: Site, keywords: Mapping[str, Iterable[str]], documents: Iterable[Document]
) -> Iterator[Asset]:
    """The files of the search of a site with these documents. `keywords` are the authors', by page.

    `documents` may be a generator: each document is used once.
    """
    words, shown, sections = site.words, list[str](), list[int]()
    spelling = spelling_of(words)
    stop_words = [fold(word, spelling.replaced) for word in words.particles]
    numbered = _numbered(documents, keywords, shown, sections)
    postings = collect_postings(numbered, keywords, stop_words, spelling)
    term_lines = index_lines(postings, compounds(postings, spelling.endings), len(shown))
    term_files = _cut([line for _, line in term_lines], FILE_SIZE)
    document_files = _cut(shown, FILE_SIZE)
    spelled = spelling_lines(postings)
    spelling_files = _cut([term for _, term in spelled], FILE_SIZE)
    files = {f"t{n}": "\n".join(lines) for n, lines in enumerate(term_files.values())}
    files |= {f"e{n}": "\n".join(lines) for n, lines in enumerate(document_files.values())}
    files |= {f"s{n}": "\n".join(lines) for n, lines in enumerate(spelling_files.values())}
    # With this hash in their names, files of two builds are never mixed, and browsers may cache them for good.
    build = hashlib.sha256(json.dumps(files).encode()).hexdigest()[:8]
    index = {
        "build": build,
        "count": len(shown),
        "firstTerms": [term_lines[line][0] for line in term_files],
        "firstLines": list(term_files),
        "firstDocuments": list(document_files),
        "firstSpelled": [spelled[line][0] for line in spelling_files],
        "sections": _encode(sections),
        "replaced": spelling.replaced,
        "endings": sorted(spelling.endings),
        "stopWords": stop_words,
        **SHARED,
        **RANKING,
        **_ways_on(site),
    }
    settings = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    scripts = [BROWSER / name for name in SCRIPTS]
    yield Asset(SEARCH_SCRIPT, script(words, scripts, before=f"const index = {settings};\n"))
    yield Asset(SEARCH_STYLE, minified(BROWSER / STYLE))
    for name, text in files.items():
        call = f'guidetreesSearch.take("{name}", {_javascript_string(text)})\n'
        yield Asset(f"{SEARCH_FOLDER}/{name}.{build}.min.js", call)


def _javascript_string(text: str) -> str:
    # The only line break in `text` is \n. JSON would also escape tabs.
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _ways_on(site: Site) -> dict[str, object]:
    """What the box offers to those who have found nothing: trees, the alphabetical index, and whom to ask."""
    trees = [[str(card.title), card.href] for card in front_cards(site)[:MAX_TREES]]
    return {
        "trees": trees,
        "list": INDEX_PAGE if has_list(site.project, INDEX_PAGE) else "",
        "ask": list(_whom_to_ask(site)),
    }


def _whom_to_ask(site: Site) -> Iterator[tuple[str, str]]:
    """The contact that most nodes name, and who takes reports: each with an address."""
    contacts, settings = site.project.contacts or {}, site.project.settings
    nodes = chain.from_iterable(readable_nodes(tree) for tree in site.project.trees.values())
    named = Counter(str(name) for node in nodes for name in own_contacts(node))
    for name, _ in named.most_common(1):
        for stage in contact_stages(site, contacts[name]):
            words = f"{stage.contact.name} ({stage.days})" if stage.days else str(stage.contact.name)
            yield words, str(stage.contact.url)
    if settings.feedback:
        href = f"mailto:{settings.feedback}" if "@" in settings.feedback else settings.feedback
        yield settings.owner or short_url(settings.feedback), href


def _numbered(
    documents: Iterable[Document], keywords: Mapping[str, Iterable[str]], shown: list[str], sections: list[int]
) -> Iterator[tuple[int, Document, float]]:
    """The documents with their numbers and weights. Adds a line to `shown` with what results show of each:
    location, title, text, kind, tree, keywords. Adds to `sections` the numbers of sections."""
    page = None
    for number, document in enumerate(documents):
        url = document.location.partition("#")[0]
        is_section, page = url == page, url
        of_author = keywords.get(unquote(document.location), ())
        of_page = ("", "") if is_section else (document.kind, document.tree)
        cells = (document.location, document.title, document.text, *of_page, *of_author)
        shown.append("\t".join(" ".join(cell.split()) for cell in cells))
        if is_section:
            sections.append(number)
        yield number, document, document.weight * (1 if is_section else PAGE)


# Posting lists


def collect_postings(
    documents: Iterable[tuple[int, Document, float]],
    keywords: Mapping[str, Iterable[str]],
    stop_words: Iterable[str],
    spelling: Spelling,
) -> dict[str, Postings]:
    """The posting lists of each term. `documents` have their numbers and weights; `keywords` are by location."""
    found: dict[str, Postings] = defaultdict(Postings)
    ignored = frozenset(stop_words)

    def folded(text: str) -> list[str]:
        read = [(fold(term, spelling.replaced), term) for term in terms(text)]
        for name, term in read:
            found[name].written = found[name].written or term
        return [name for name, _ in read if name not in ignored]

    for number, document, weight in documents:
        in_title = Counter(folded(plain(document.title)))
        in_keywords = _shares(map(folded, keywords.get(unquote(document.location), ())))
        for term in in_title.keys() | in_keywords.keys():
            level = _term_level(weight, in_keywords.get(term, 0), in_title[term], 0)
            found[term].titles.append(number * LEVELS + level)
        for term, count in Counter(folded(plain(document.text))).items():
            found[term].texts.append(number * LEVELS + _term_level(weight, 0, 0, count))
    for postings in found.values():
        postings.titles, postings.texts = _heaviest(postings.titles), _heaviest(postings.texts)
    return {term: postings for term, postings in found.items() if postings}


def _shares(keywords: Iterable[list[str]]) -> dict[str, float]:
    """The terms of keywords. Those of one keyword share its weight: a match of the whole keyword ranks higher."""
    found: dict[str, float] = defaultdict(float)
    for parts in keywords:
        for term in set(parts):
            found[term] += 1 / len(parts)
    return found


@cache
def _term_level(weight: float, keyword: float, title: int, text: int) -> int:
    """The level of a term that is so often in a document's keywords, title and text."""
    counts = ((KEYWORD, keyword), (TITLE, title), (TEXT, text))
    return _level(weight * sum(field * (1 + K1) * n / (K1 + n) for field, n in counts))


def _level(weight: float) -> int:
    return min(LEVELS - 1, max(0, round(LEVELS_PER_DOUBLING * math.log2(max(weight, MIN_WEIGHT) / MIN_WEIGHT))))


def _heaviest(postings: array[Posting]) -> array[Posting]:
    if len(postings) <= MAX_POSTINGS:
        return postings
    return array("I", sorted(nlargest(MAX_POSTINGS, postings, key=lambda posting: posting % LEVELS)))


# Lines and files


def index_lines(
    found: Mapping[str, Postings], ends: Mapping[str, Iterable[str]], count: int
) -> list[tuple[str, str]]:
    """The sorted terms, each with its line: the term, its two posting lists, the line numbers of the compounds
    that end with it, and its spelling, if it is another.

    `ends` are `compounds`; `count` is the number of documents.
    """
    top = {prefix + TOP_SUFFIX: _top_documents(prefix, found, count) for prefix in broad_prefixes(found)}
    names = _in_order({*found, *top})
    numbers = {name: number for number, name in enumerate(names)}
    none = Postings()
    lines = []
    for name in names:
        own = found.get(name, none)
        words = sorted(numbers[word] for word in ends.get(name, ()))
        written = "" if own.written == name else own.written
        cells = (name, _encode(top.get(name, own.titles)), _encode(own.texts), _encode(words), written)
        lines.append((name, "\t".join(cells).rstrip("\t")))
    return lines


def spelling_lines(found: Mapping[str, Postings]) -> list[tuple[str, str]]:
    """The terms that are long enough to be misspelt, as the site writes them, each with its key: first letter and
    length. Sorted by key."""
    long = [term for term in found if len(term) >= MIN_PART and term.isalpha()]
    names = _in_order(f"{term[0]}{min(len(term), 99):02} {term}" for term in long)
    return [(name[:3], found[name[4:]].written) for name in names]


def _in_order(names: Iterable[str]) -> list[str]:
    """Sorted as JavaScript compares texts: by UTF-16 code units."""
    return sorted(names, key=lambda name: name.encode("utf-16-be", "surrogatepass"))


def broad_prefixes(found: Mapping[str, Postings]) -> Iterator[str]:
    """The prefixes whose terms have more than MAX_PREFIX_POSTINGS."""
    length, sizes = 0, {term: len(postings) for term, postings in found.items()}
    while sizes:
        length += 1
        totals: Counter[str] = Counter()
        for term, size in sizes.items():
            totals[term[:length]] += size
        broad = {prefix for prefix, total in totals.items() if total > MAX_PREFIX_POSTINGS}
        yield from sorted(broad)
        sizes = {term: size for term, size in sizes.items() if term[:length] in broad and len(term) > length}


def _top_documents(prefix: str, found: Mapping[str, Postings], count: int) -> array[Posting]:
    """The documents with the highest scores in a search for a prefix, with these as levels."""
    scores: dict[int, float] = defaultdict(float)
    matching = [postings for term, postings in found.items() if term.startswith(prefix)]
    for postings in matching:
        # As in browser/engine.js.
        having = len(postings)
        rarity = math.log(1 + abs((count - having + 0.5) / (having + 0.5))) / math.sqrt(len(matching))
        for posting in chain(postings.titles, postings.texts):
            scores[posting // LEVELS] += rarity * WEIGHTS[posting % LEVELS]
    top = nlargest(TOP_DOCUMENTS, scores.items(), key=itemgetter(1))
    return array("I", sorted(number * LEVELS + _level(score) for number, score in top))


def _encode(numbers: Iterable[int]) -> str:
    """Ascending numbers, each as the difference to the one before."""
    last, differences = 0, []
    for number in numbers:
        differences.append(str(number - last))
        last = number
    return " ".join(differences)


def _cut(lines: Sequence[str], size: int) -> dict[int, list[str]]:
    """Lines as files of about `size` characters, by the number of their first line."""
    files: dict[int, list[str]] = {}
    room = 0
    for number, line in enumerate(lines):
        if room <= 0:
            room, part = size, files.setdefault(number, [])
        part.append(line)
        room -= len(line) + 1
    return files
