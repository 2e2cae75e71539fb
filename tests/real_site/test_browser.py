"""The real site in a real browser, served over http and opened from a folder, with and without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser import Log, is_wide
from conftest import ROOT
from page_kinds import KINDS
from playwright.sync_api import Browser, BrowserContext, Page, expect
from searching import FIELD, TITLES, search, searching
from site_reader import Site
from walks import WORDS, answer_words, node_of, walk_all

from guidetrees.parse.model import Tree
from guidetrees.project.project import read_project
from guidetrees.project.references import outcomes

PROJECT = read_project(ROOT)
TREES = list(PROJECT.trees.values())


# A tree of questions, and one with a checklist.
@pytest.mark.parametrize("tree", ["behandling-i-udlandet", "maa-jeg-bruge-appen"])
def test_without_javascript_clicks_lead_from_the_front_page_to_every_outcome(
    shared: str, plain: Page, tree: str
) -> None:
    """From a folder, where a link that needs a server would break. test_site.py follows the links of all trees."""
    titles = {str(outcome.id): str(outcome.title) for outcome in outcomes(PROJECT.trees[tree])}
    reached = set()
    plain.goto(shared + "index.html")
    plain.get_by_role("link", name=str(PROJECT.trees[tree].title), exact=True).click()
    plain.get_by_role("link", name=WORDS["start"], exact=True).click()
    for scenarios in walk_all(plain, PROJECT.trees[tree], click_answer):
        assert {f"{shared}{tree}/{scenario.outcome}.html" for scenario in scenarios} == {plain.url}
        reached.add(node_of(plain))
        expect(plain.locator("h1")).to_contain_text(titles[node_of(plain)])
        see_outcome(plain)
    assert reached == set(titles)


OF_AN_OUTCOME = (
    "//*[contains(@class, 'gt-verdict')]",
    "//*[@aria-labelledby='guide-words' or contains(@class, 'gt-missing')]//*[contains(@class, 'gt-quote')]",
    "//*[contains(@class, 'gt-contact')]",
)


def test_verdict_guides_words_and_contacts_of_every_outcome_are_shown_without_javascript(site: Site) -> None:
    """In a browser, one of each kind is looked at below."""
    for tree in TREES:
        for outcome in outcomes(tree):
            page = site.pages[f"{tree.id}/{outcome.id}.html"]
            for part in OF_AN_OUTCOME:
                assert page.all(f"({part})[1][not(ancestor-or-self::*[@hidden])]"), (page.path, part)


def see_outcome(page: Page) -> None:
    expect(page.locator(".gt-verdict")).to_be_visible()
    see_guides_words(page)
    expect(page.locator(".gt-contact").first).to_be_visible()


def see_guides_words(page: Page) -> None:
    """The guide's words are on the page, if need be behind their heading."""
    quote = page.locator(":is([aria-labelledby=guide-words], .gt-missing) .gt-quote").first
    if not quote.is_visible():
        page.locator(":is([aria-labelledby=guide-words], .gt-missing) summary").first.click()
    expect(quote).to_be_visible()


def click_answer(page: Page, tree: Tree, node: str, answer: str) -> None:
    words = answer_words(tree, node, answer)
    page.locator(".gt-answers").get_by_role("link", name=words, exact=True).click()


@pytest.fixture(scope="module")
def front(served: str, browser: Browser) -> Iterator[Page]:
    """The front page, whose search box serves one query after another."""
    with searching(browser, served + "index.html") as page:
        yield page


@pytest.fixture(scope="module")
def question(shared: str, browser: Browser) -> Iterator[Page]:
    """A page in a folder, whose search box serves one query after another."""
    with searching(browser, shared + "er-appen-medicinsk-udstyr/formaal.html") as page:
        yield page


# Words of the guide, and the page of the guide that has them.
GUIDES_WORDS = {
    "apps, der muliggør hjemmemonitorering": "guide/hvad-er-det.html",
    "hele patientforløbet fra udredning og diagnostik": "guide/hvem-og-hvor.html",
    "delegation af forbeholdt lægefaglig virksomhed": "guide/eksempler.html",
    "planer og instrukser for risikomanagement": "guide/leder.html",
    "sikre patientens identitet på tilstrækkelig sikker vis": "guide/sundhedsperson.html",
    "dokumenterede effekt relevant": "guide/sundhedsapps.html",
    "vejledning til fabrikanter om bl.a. apps": "guide/sundhedsapps.html",
    "vejlede generelt om reglerne for digital sundhedsfaglig behandling i udlandet": "guide/udland.html",
    "andre myndigheder, der også har myndighedsansvar": "guide/kontakt.html",
    "udvise omhu og samvittighedsfuldhed i dit arbejde": "guide/sundhedsperson.html",
}


@pytest.mark.parametrize("words", GUIDES_WORDS)
def test_a_search_for_the_guides_words_finds_the_guides_page_first(front: Page, words: str) -> None:
    assert search(front, words, typed=False)[0] == GUIDES_WORDS[words]


@pytest.mark.parametrize("words", ["medicinsk udstyr", "klage", "udlandet"])
def test_a_search_finds_trees_too(question: Page, words: str) -> None:
    found = search(question, words)
    assert any(not path.startswith("guide/") for path in found[:5])


def test_no_request_leaves_the_site_and_nothing_is_stored(base: str, context: BrowserContext) -> None:
    page = context.new_page()
    log = Log(page)
    for path in ["index.html", "updates.html", "guide/leder.html", "hvilken-myndighed/index.html",
                 "hvilken-myndighed/emne.html", "hvilken-myndighed/it-infrastruktur.html", "a-z.html",
                 "er-det-digital-behandling/hvem.html#sundhedsfaglig=ja&konkret-patient=ja",
                 "tilgaengelighed.html", "maa-jeg-bruge-appen/mangler.html"]:  # fmt: skip
        page.goto(base + path, wait_until="load")
        stored = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
        assert stored == [0, 0, ""]
    search(page, "opgave", typed=True)
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert log.outside(base) == []
    assert log.complaints == []


def test_without_script_no_kind_of_page_scrolls_sideways_and_outcomes_are_shown(served: str, plain: Page) -> None:
    """What scripts add takes room, and every page is looked at with them: test_axe.py."""
    wide = []
    for path in KINDS.values():
        plain.goto(served + path, wait_until="domcontentloaded")
        if is_wide(plain, 320):
            wide.append(path)
        if plain.locator(".gt-verdict").count():
            see_outcome(plain)
    assert wide == []


def test_the_whole_frame_of_an_answer_is_its_link(served: str, page: Page) -> None:
    page.goto(served + "er-det-digital-behandling/sundhedsfaglig.html")
    frame = page.locator(".gt-answer").first
    box = frame.bounding_box()
    assert box and box["height"] >= 44
    page.mouse.click(box["x"] + box["width"] - 20, box["y"] + box["height"] - 8)
    page.wait_for_url("**/konkret-patient.html#sundhedsfaglig=ja")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_front_pages_box_opens_the_search_and_leads_to_the_index_without_script(
    base: str, page: Page, width: int, plain: Page
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(base + "index.html")
    page.locator(".front-search").click()
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.type("klage")
    expect(page.locator(TITLES).first).to_be_visible(timeout=15_000)
    plain.goto(base + "index.html")
    plain.locator(".front-search").click()
    assert plain.url == base + "a-z.html"
