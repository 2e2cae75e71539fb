"""What readers look for and where it stands: the authors' keywords by page, and the alphabetical index."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from guidetrees.graph.graph import NodeRef
from guidetrees.graph.node_kinds import own_contacts
from guidetrees.messages.tokens import words
from guidetrees.messages.words import Words
from guidetrees.parse.guide import GuidePage
from guidetrees.parse.model import Contact, Node, Tree
from guidetrees.project.project import Project
from guidetrees.project.references import outcomes, readable_nodes, successors
from guidetrees.project.urls import UPDATES_PAGE, has_list, page_url, section_url
from guidetrees.source.location import LocatedStr

OTHERS = "#"
"""The heading of what begins with no letter of the alphabet."""

MAX_TERM_WORDS = 4
"""Words of the longest heading of the guide that is a term: a longer one is a sentence."""


@dataclass(frozen=True, slots=True)
class Alphabet:
    """How a language orders words."""

    letters: str
    """In small, in their order."""
    old: tuple[tuple[str, str], ...] = ()
    """Older spellings at the beginning of a name, in small, and the letters that they are."""


def alphabet_of(words: Words) -> Alphabet:
    letters, *pairs = words["alphabet"].split()
    return Alphabet(letters, tuple((old, letter) for old, _, letter in (pair.partition("=") for pair in pairs)))


@dataclass(frozen=True, slots=True)
class IndexTarget:
    """A page, or a section of one, that a term leads to."""

    title: str
    kind: str
    """What it is, as the engine's words call it: `tree`, `question`, `checklist`, `outcome`, `guide`, `update`."""
    href: str
    """From the site's root."""


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of the index."""

    words: str
    places: tuple[IndexTarget, ...]


def keywords_by_page(project: Project) -> dict[str, tuple[str, ...]]:
    """Page, from the site's root → the keywords that authors gave it; of an update, its section of a page."""
    given = {place.href: tuple(map(str, keywords)) for place, keywords in _keywords(project) if keywords}
    return dict(sorted(given.items()))


def alphabetical(project: Project, alphabet: Alphabet) -> dict[str, list[Term]]:
    """Letter → its terms, both in the order of `alphabet`; other signs come first."""
    found: dict[str, dict[str, list[IndexTarget]]] = {}
    for term, place in _mentions(project):
        spelt = found.setdefault(term.casefold(), {})
        spelt.setdefault(term, []).append(place)
    terms = [_term(spelt) for spelt in found.values()]
    letters: dict[str, list[Term]] = {}
    for entry in sorted(terms, key=lambda entry: _order(entry.words, alphabet)):
        letters.setdefault(_letter(entry.words, alphabet), []).append(entry)
    return letters


def _term(spelt: dict[str, list[IndexTarget]]) -> Term:
    """A term of which some spellings differ in capitals: the first one met stands for all."""
    places = dict.fromkeys(place for found in spelt.values() for place in found)
    return Term(next(iter(spelt)), tuple(places))


def _mentions(project: Project) -> Iterator[tuple[str, IndexTarget]]:
    """Every term with a place that it leads to: headings before keywords, whose spelling then follows."""
    for tree in project.trees.values():
        yield str(tree.title), _of_tree(tree)
    yield from _headings(project)
    for contact in (project.contacts or {}).values():
        yield from _of_contact(contact, project)
    for place, keywords in _keywords(project):
        yield from ((str(keyword), place) for keyword in keywords)


def _keywords(project: Project) -> Iterator[tuple[IndexTarget, tuple[LocatedStr, ...]]]:
    for tree in project.trees.values():
        yield _of_tree(tree), tree.keywords
        yield from ((_of_node(tree, node), node.keywords) for node in readable_nodes(tree))
    for page in project.pages.values():
        yield _of_page(project, page), page.keywords
    for update in (project.updates or {}).values() if has_list(project, UPDATES_PAGE) else ():
        yield IndexTarget(str(update.title), "update", f"{UPDATES_PAGE}#{update.id}"), update.keywords


def _headings(project: Project) -> Iterator[tuple[str, IndexTarget]]:
    """The guide's pages by their titles, and the short ones of the headings under each page's first."""
    for page in project.pages.values():
        yield page.title, _of_page(project, page)
        headings = [section for section in page.sections.values() if section.heading]
        # A heading of the site's own has the label of the guide's before it.
        labels = {section.label: section.id for section in reversed(headings)}
        for label, id in labels.items():
            if id != headings[0].id and len(label.split()) <= MAX_TERM_WORDS:
                yield label, IndexTarget(label, "guide", section_url(project, f"{page.path}#{id}"))


def _of_contact(contact: Contact, project: Project) -> Iterator[tuple[str, IndexTarget]]:
    """A contact and its topics: the outcomes whose headings name it, or else those that name it first, or first a
    contact that it takes over from.

    Of these, a topic leads to the ones whose headings have most of its words.
    """
    asked = [(tree, node) for tree in project.trees.values() for node in outcomes(tree)]
    named = [(tree, node) for tree, node in asked if contact.name.casefold() in node.title.casefold()]
    known = (project.contacts or {}).items()
    ids = [id for id, other in known if contact in (other, *successors(project, other))]
    first = [(tree, node) for tree, node in asked if any(name in ids for name in own_contacts(node)[:1])]
    places = [_of_node(tree, node) for tree, node in named or first]
    yield from ((str(contact.name), place) for place in places)
    for topic in contact.topics:
        shared = [len({*words(topic)} & {*words(place.title)}) for place in places]
        closest = (place for place, count in zip(places, shared, strict=True) if count == max(shared))
        yield from ((str(topic), place) for place in closest)


def _of_tree(tree: Tree) -> IndexTarget:
    return IndexTarget(str(tree.title), "tree", page_url(NodeRef(tree.id)))


def _of_node(tree: Tree, node: Node) -> IndexTarget:
    return IndexTarget(str(node.title), node.kind, page_url(NodeRef(tree.id, str(node.id))))


def _of_page(project: Project, page: GuidePage) -> IndexTarget:
    return IndexTarget(page.title, "guide", section_url(project, page.path))


def _order(term: str, alphabet: Alphabet) -> tuple[int, list[int], str]:
    """Where a term stands in a list: under its letter, then letter by letter, with other signs first."""
    letters = [alphabet.letters.find(letter) for letter in _plain(term, alphabet)]
    return alphabet.letters.find(_letter(term, alphabet).lower()), letters, term


def _letter(term: str, alphabet: Alphabet) -> str:
    first = next((sign for sign in _plain(term, alphabet) if sign.isalnum()), OTHERS)
    return first.upper() if first in alphabet.letters else OTHERS


def _plain(term: str, alphabet: Alphabet) -> Iterator[str]:
    """The letters in small; an accent that makes no letter of the alphabet is left out (`é` is `e`)."""
    term = unicodedata.normalize("NFC", term)
    for old, letter in alphabet.old:  # not within a word: in `ekstraarbejde` these are two letters
        term = re.sub(rf"\b{old.capitalize()}(?=[^\W\d_])", letter, term)
    for sign in term.lower():
        yield from sign if sign in alphabet.letters else unicodedata.normalize("NFKD", sign)[:1]
