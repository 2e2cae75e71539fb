"""The alphabetical index: terms, where they lead, and their order."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT
from helpers import CASES, project_of, write
from site_reader import Page, Site, fold

from guidetrees.graph.graph import NodeRef
from guidetrees.messages.words import languages, read_words
from guidetrees.project.project import Project, read_project
from guidetrees.project.references import readable_nodes
from guidetrees.project.urls import page_url
from guidetrees.render import site_pages
from guidetrees.render.context import Site as RenderedSite
from guidetrees.render.context import prepare
from guidetrees.render.pages import a_to_z
from guidetrees.render.pages.a_to_z.terms import (
    OTHERS,
    IndexTarget,
    Term,
    alphabet_of,
    alphabetical,
    keywords_by_page,
)

PROJECT = read_project(ROOT)
WORDS = read_words("da")
ALPHABET = alphabet_of(WORDS)
SMALL = (CASES / "valid/smallest.yml").read_text("utf-8")


def with_keywords(root: Path, *keywords: str) -> Project:
    """The base and a tree with these keywords."""
    project_of(None, root)
    write(root, "decision_trees/case.yml", SMALL + f"keywords: [{', '.join(keywords)}]\n")
    return read_project(root)


def shown_term(site: RenderedSite, words: str) -> list[str]:
    """The entries under a term with several pages."""
    block = next(page.block for page in site_pages.pages(site) if page.path == "a-z.md")
    [term] = Page("a-z.html", f"<article>{block}</article>").all(f"//li[p='{words}']")
    return [fold(entry.text_content()) for entry in term.xpath("./ul/li")]


def terms(project: Project) -> dict[str, Term]:
    return {term.words: term for found in alphabetical(project, ALPHABET).values() for term in found}


def test_terms_stand_in_the_order_of_the_language(tmp_path: Path) -> None:
    keywords = [
        "Ål",
        "zebra",
        "ø",
        "æble",
        "ce-mærke",
        "CE mærkning",
        "cebra",
        "Éclair",
        "eb",
        "2 uger",
        "§ 5",
        "(b)",
    ]
    found = alphabetical(with_keywords(tmp_path, *(f'"{word}"' for word in keywords)), ALPHABET)
    order = [term.words for listed in found.values() for term in listed if term.words in keywords]
    assert order == [
        "§ 5",
        "2 uger",
        "(b)",
        "ce-mærke",
        "CE mærkning",
        "cebra",
        "eb",
        "Éclair",
        "zebra",
        "æble",
        "ø",
        "Ål",
    ]
    letters = list(found)
    assert letters == sorted(letters, key=lambda letter: ALPHABET.letters.find(letter.lower()))
    assert letters[0] == OTHERS
    assert letters[-3:] == ["Æ", "Ø", "Å"]


def test_the_old_spelling_of_a_letter_is_that_letter_at_the_beginning_of_a_name(tmp_path: Path) -> None:
    keywords = ["Aarhus", "Aabenraa", "årsag", "afsnit", "Aalborg Kommune", "ekstraarbejde", "AAA", "aarsag"]
    found = alphabetical(with_keywords(tmp_path, *keywords), ALPHABET)
    assert [term.words for term in found["Å"]] == ["Aabenraa", "Aalborg Kommune", "Aarhus", "årsag"]
    assert {"afsnit", "AAA", "aarsag"} <= {term.words for term in found["A"]}
    english = alphabetical(with_keywords(tmp_path, *keywords), alphabet_of(read_words("en")))
    assert "Aarhus" in [term.words for term in english["A"]]


def test_a_keyword_of_several_pages_is_one_term_whatever_its_capitals(tmp_path: Path) -> None:
    project = project_of(CASES / "valid/every-key.yml", tmp_path)
    assert terms(project)["library card"].places == (
        IndexTarget("All in place?", "checklist", "every-key/list.html"),
        IndexTarget("The end", "outcome", "every-key/last.html"),
    )
    assert "Library card" not in terms(project)


def test_trees_the_guides_pages_and_its_short_headings_are_terms(tmp_path: Path) -> None:
    found = terms(project_of(None, tmp_path))
    assert found["May I borrow this?"].places == (IndexTarget("May I borrow this?", "tree", "other/index.html"),)
    assert found["The rules"].places == (IndexTarget("The rules", "guide", "guide/rules.html"),)
    assert found["How long"].places == (IndexTarget("How long", "guide", "guide/rules.html#time"),)


def test_long_headings_and_the_sites_own_are_no_terms(tmp_path: Path) -> None:
    project_of(None, tmp_path)
    rules = (CASES / "base/docs/guide/rules.md").read_text("utf-8")
    more = "\n\n## How long may you keep it { #keep }\n\nLong.\n\n## Our own { .own #own }\n\nWords.\n"
    write(tmp_path, "docs/guide/rules.md", rules.rstrip() + more)
    found = terms(read_project(tmp_path))
    assert "How long" in found
    assert not {"How long may you keep it", "Our own"} & set(found)


def test_a_contact_leads_to_the_outcomes_that_name_it() -> None:
    found = terms(PROJECT)
    assert [place.href for place in found["Datatilsynet"].places] == ["hvilken-myndighed/databeskyttelse.html"]
    assert [place.href for place in found["Styrelsen for Patientsikkerhed"].places] == [
        "hvilken-myndighed/pligter-og-ansvar.html",
        "hvilken-myndighed/behandling-i-udlandet.html",
        "hvilken-myndighed/tilsyn.html",
        "hvilken-myndighed/markedsfoering-af-behandling.html",
        "hvilken-myndighed/andet.html",
        "guide/kontakt.html",
    ]


TOPICS = {
    "Beskatning": ["beskatning"],
    "CE-mærkning": ["medicinsk-udstyr"],
    "Det Fælles Medicinkort (FMK)": ["it-infrastruktur"],
    "Køb af lægemidler": ["koeb-af-laegemidler"],
    "Klager": ["patientklage"],
    "Klager over markedsføring": ["klage-over-markedsfoering"],
    "Regler for markedsføring af sundhedsfaglig behandling": ["markedsfoering-af-behandling"],
    "Pligter og ansvar ved digital sundhedsfaglig behandling": ["pligter-og-ansvar"],
}


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_leads_to_its_own_outcome(topic: str) -> None:
    outcomes = [place.href for place in terms(PROJECT)[topic].places if place.kind == "outcome"]
    assert outcomes == [f"hvilken-myndighed/{node}.html" for node in TOPICS[topic]]


def test_a_contact_that_no_outcome_names_is_no_term(tmp_path: Path) -> None:
    project_of(None, tmp_path)
    desk = (CASES / "base/decision_trees/contacts.yml").read_text("utf-8")
    write(tmp_path, "decision_trees/contacts.yml", f"{desk}\nvan:\n  name: The van\n  url: https://van.example/\n")
    assert "The van" not in terms(read_project(tmp_path))


def test_keywords_stand_by_page(tmp_path: Path) -> None:
    project = project_of(CASES / "valid/every-key.yml", tmp_path)
    assert keywords_by_page(project) == {
        "every-key/fetch.html": ("card at home",),
        "every-key/first.html": ("membership", "desk: opening hours"),
        "every-key/index.html": ("everything", "Überblick"),
        "every-key/last.html": ("2 weeks", "Library card", "<b>bold</b>"),
        "every-key/list.html": ("library card",),
    }


@pytest.mark.parametrize("language", languages())
def test_an_alphabet_has_small_letters_each_once(language: str) -> None:
    alphabet = alphabet_of(read_words(language)).letters
    assert alphabet.islower()
    assert len(set(alphabet)) == len(alphabet)


def test_a_term_lists_no_more_pages_than_can_be_looked_through() -> None:
    """In a guide of thousands of pages an authority is named by hundreds."""
    site = prepare(PROJECT, WORDS)
    name = str((PROJECT.contacts or {})["stps"].name)
    shown = shown_term(site, name)
    assert len(shown) == len(terms(PROJECT)[name].places) > 2
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(a_to_z, "MAX_TARGETS", 2)
        some = shown_term(site, name)
    assert some == [*shown[:2], f"og {len(shown) - 2} til: søg efter ordet"]


# The page of the real site


@pytest.fixture(scope="module")
def page(site: Site) -> Page:
    return site.pages["a-z.html"]


def test_every_link_of_the_page_leads_to_a_page_and_its_section(site: Site, page: Page) -> None:
    targets = [target for link in page.links("//article") if (target := page.target(link.href))]
    assert len(targets) > 100
    for target in targets:
        path, _, fragment = target.partition("#")
        assert not fragment or fragment in site.pages[path].ids, target


def test_the_letters_on_top_lead_to_the_letters_below(page: Page) -> None:
    headings = [fold(heading.text_content()) for heading in page.all("//article//h2")]
    jumps = page.links("//nav[@class='gt-jumps']")
    assert [link.words for link in jumps] == headings
    assert [link.href.removeprefix("#") for link in jumps] == page.all("//article//h2/@id")
    assert headings == sorted(headings, key=lambda letter: ALPHABET.letters.find(letter.lower()))


def test_every_tree_page_of_the_guide_and_keyword_is_on_the_page(page: Page) -> None:
    said = {fold("".join(words.xpath("./text() | ./a//text()"))).casefold()
            for words in page.all("//li[@class='gt-term']/p")}  # fmt: skip
    wanted = {str(tree.title) for tree in PROJECT.trees.values()} | {p.title for p in PROJECT.pages.values()}
    wanted |= {keyword for keywords in keywords_by_page(PROJECT).values() for keyword in keywords}
    wanted |= {str(contact.name) for contact in (PROJECT.contacts or {}).values()}
    assert {term.casefold() for term in wanted} - said == set()


def test_a_link_is_called_as_the_page_it_leads_to(site: Site, page: Page) -> None:
    titles = {page_url(NodeRef(t.id)): str(t.title) for t in PROJECT.trees.values()}
    titles |= {
        page_url(NodeRef(t.id, str(n.id))): str(n.title) for t in PROJECT.trees.values() for n in readable_nodes(t)
    }
    for link in page.links("//li[@class='gt-term']/ul"):
        assert link.words == titles.get(link.href, link.words)
    for words in page.all("//p[@class='gt-term__words'][a]"):  # the term itself is the link
        (link,), (kind,) = words.xpath("./a"), words.xpath("./span/text()")
        title = fold(kind).partition(": ")[2] or fold(link.text)
        assert title == titles.get(link.get("href"), title)


def test_the_page_is_reached_from_the_front_page_the_navigation_and_every_tree_page(site: Site) -> None:
    for path, other in site.pages.items():
        if path == "404.html" or other.all("//meta[@http-equiv='refresh']"):
            continue
        assert "a-z.html" in [
            other.target(link.href) for link in other.links("//nav[contains(@class, 'md-tabs')]")
        ]
    assert "a-z.html" in [
        site.pages["index.html"].target(link.href) for link in site.pages["index.html"].links("//article")
    ]
