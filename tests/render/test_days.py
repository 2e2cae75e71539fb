"""What depends on the day, in the HTML of pages: every part and contact under the words of its days."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import lxml.html
import pytest
from helpers import CASES, site_of, write
from site_reader import fold

from guidetrees.check.checker import hints
from guidetrees.messages.words import read_words
from guidetrees.project.project import Project, read_project
from guidetrees.project.references import successors
from guidetrees.render import site_pages
from guidetrees.render.answer_words import days_words
from guidetrees.render.context import Site, prepare
from guidetrees.render.pages.a_to_z.terms import alphabet_of, alphabetical
from guidetrees.search.inverted_index import _whom_to_ask
from guidetrees.tools.export import documents

CASE = CASES / "valid/days"
FIRST, LAST = date(2027, 1, 1), date(2027, 3, 31)


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_of(CASE, tmp_path_factory.mktemp("days"))


def body(site: Site, path: str) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(next(page.block for page in site_pages.pages(site) if page.path == path))


def texts(element: lxml.html.HtmlElement, css_class: str) -> list[str]:
    return [fold(found.text_content()) for found in element.find_class(css_class)]


@pytest.mark.parametrize(
    ("language", "first", "last", "words"),
    [
        ("da", FIRST, None, "fra 1. januar 2027"),
        ("da", None, LAST, "til og med 31. marts 2027"),
        ("da", FIRST, LAST, "fra 1. januar 2027 til og med 31. marts 2027"),
        ("en", FIRST, LAST, "from January 1, 2027 up to and including March 31, 2027"),
        ("en", None, None, ""),
    ],
)
def test_days_in_words(days: Site, language: str, first: date | None, last: date | None, words: str) -> None:
    assert days_words(prepare(days.project, read_words(language)), first, last) == words


def test_each_part_stands_under_its_days_and_its_condition(days: Site) -> None:
    assert texts(body(days, "days/lend.md"), "gt-part__when")[:4] == [
        "From January 1, 2027:",
        "Up to and including December 31, 2026:",
        "From December 30, 2026 up to and including January 1, 2027, if you answered ‘A map’ to ‘What is it?’:",
        "From January 1, 2027 up to and including January 1, 2027:",
    ]
    limits = [
        (part.get("data-when"), part.get("data-from"), part.get("data-until"))
        for part in body(days, "days/lend.md").find_class("gt-part")
    ]
    assert limits == [
        (None, "2027-01-01", None),
        (None, None, "2026-12-31"),
        ('[["kind",["a-map"]]]', "2026-12-30", "2027-01-01"),
        (None, "2027-01-01", "2027-01-01"),
    ]
    assert texts(body(days, "days/not-yet.md"), "gt-part__when")[:1] == [
        "If you answered ‘A book’ to ‘What is it?’:"
    ]


def test_a_card_has_everyone_who_takes_over_and_how_to_reach_them(days: Site) -> None:
    (card,) = body(days, "days/lend.md").find_class("gt-contact")
    stages = card.xpath("./div")
    assert [(one.get("data-from"), one.get("data-until")) for one in stages] == [
        (None, "2026-12-31"),
        ("2027-01-01", "2027-12-31"),
        ("2028-01-01", None),
    ]
    assert [fold(one.text_content()) for one in stages] == [
        "Up to and including December 31, 2026: The desk Web library.example/desk Phone +45 1234 5678 "
        "Email desk@library.example Contact about: Cards; Loans The address was checked on November 24, 2026",
        "From January 1, 2027 up to and including December 31, 2027: The store Has taken over from The desk "
        "Web library.example/store Phone +45 8765 4321 Contact details from the guide, May 2026",
        "From January 1, 2028: The archive Has taken over from The store Web library.example/archive "
        "Contact details from the guide, May 2026 The guide names no telephone and no e-mail.",
    ]
    assert len(card.find_class("gt-update")) == 1, "the update of two of them, once"


def test_links_to_a_card_name_everyone_with_their_days(days: Site) -> None:
    everyone = (
        "The desk (up to and including December 31, 2026), The store (from January 1, 2027 up to and including "
        "December 31, 2027), The archive (from January 1, 2028)"
    )
    assert texts(body(days, "days/lend.md"), "gt-item__ask") == [f"Ask: {everyone}"]
    missing = body(days, "days/not-yet.md")
    assert texts(missing, "gt-item__ask") == [f"Ask: {everyone}, The archive"]
    (ask,) = missing.find_class("gt-item__ask")
    assert [link.get("href") for link in ask.iter("a")] == ["#contact-desk"] * 3 + ["#contact-archive"]


def test_the_document_for_review_has_the_same(days: Site) -> None:
    said = fold(body(days, "review/days.md").text_content())
    assert "From January 1, 2027: Loans last six weeks." in said
    assert "Ask: The desk (up to and including December 31, 2026), The store (from" in said
    assert "From January 1, 2028: Ask: The archive, https://library.example/archive (" in said
    exported = dict(documents(days))["days.md"]
    assert "Up to and including December 31, 2026: Ask: The desk, +45 1234 5678, desk@library.example" in exported


def test_nothing_built_depends_on_the_day(days: Site) -> None:
    later = prepare(days.project, days.words, date(2026, 12, 31))
    after = prepare(days.project, days.words, date(2027, 1, 1))
    assert list(site_pages.pages(later)) == list(site_pages.pages(after))


def test_who_takes_over_stands_in_the_index_with_the_same_pages(days: Site) -> None:
    found = alphabetical(days.project, alphabet_of(days.words))
    places = {term.words: [place.href for place in term.places] for terms in found.values() for term in terms}
    assert places["The archive"] == places["The store"] == places["The desk"]
    assert "days/lend.html" in places["The archive"]


def test_whom_to_ask_in_the_search_is_named_with_days(days: Site) -> None:
    assert list(_whom_to_ask(days)) == [
        ("The desk (up to and including December 31, 2026)", "https://library.example/desk"),
        (
            "The store (from January 1, 2027 up to and including December 31, 2027)",
            "https://library.example/store",
        ),
        ("The archive (from January 1, 2028)", "https://library.example/archive"),
    ]


@pytest.mark.parametrize(("day", "lines"), [("2026-12-31", 0), ("2027-01-01", 3), ("2027-01-02", 5)])
def test_a_check_warns_from_the_day_after(days: Site, day: str, lines: int) -> None:
    found = [finding.rule for finding in hints(days.project, date.fromisoformat(day))]
    assert sum(rule in ("parts-are-still-shown", "contacts-are-still-there") for rule in found) == lines


def contacts(root: Path, text: str) -> Project:
    write(root, "decision_trees/contacts.yml", text)
    return read_project(root)


def test_a_circle_of_contacts_ends_for_who_asks(root: Path) -> None:
    entry = "{{name: N, url: https://library.example/, until: 2026-12-31, then: {then}}}"
    named = {"desk": "a", "a": "b", "b": "a"}
    project = contacts(root, "".join(f"{id}: {entry.format(then=then)}\n" for id, then in named.items()))
    assert project.contacts
    assert [str(one.id) for one in successors(project, project.contacts["desk"])] == ["a", "b"]
