"""Search as readers use it: their own words find the right page among the first three."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pytest
from browser import Log
from conftest import ROOT
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from queries import QUERIES
from searching import open_search, search, searching
from site_reader import Site, found_in, locations

from guidetrees.project.project import read_project
from guidetrees.render.pages.a_to_z.terms import keywords_by_page

TYPED = list(QUERIES)[::20]
"""Typed into the search box. The others are asked of the search itself, whose results the box shows."""
Found = dict[str, list[str]]
"""The pages that each query finds, best first, each once."""
ASK = """async (queries) => {
  const all = await Promise.all(queries.map((query) => guidetreesSearch.find(query)));
  return all.map(({ groups }) => groups.map(({ location }) => location));
}"""


def ask(page: Page, queries: Iterable[str]) -> Found:
    """What the search of an open page finds for each query."""
    open_search(page)
    asked = list(queries)
    return dict(zip(asked, page.evaluate(ASK, asked), strict=True))


@pytest.fixture(scope="module")
def page(served: str, browser: Browser) -> Iterator[Page]:
    """A page whose search box serves one query after another."""
    with searching(browser, served + "index.html") as page:
        yield page


@pytest.fixture(scope="module")
def found(page: Page) -> Found:
    return ask(page, QUERIES)


@pytest.fixture(scope="module")
def page_in_a_folder(shared: str, browser: Browser) -> Iterator[Page]:
    with searching(browser, shared + "index.html") as page:
        yield page


@pytest.mark.parametrize("words", QUERIES)
def test_a_query_finds_its_page_among_the_first_three(found: Found, words: str) -> None:
    assert QUERIES[words] in found[words][:3]


@pytest.mark.parametrize("words", TYPED)
def test_what_is_typed_or_pasted_is_found(page: Page, found: Found, words: str) -> None:
    """The box shows the first results, and more when it is scrolled."""
    for shown in (search(page, words), search(page, f"{words}  ", typed=False)):
        assert shown == found[words][: len(shown)]
        assert len(shown) >= min(5, len(found[words])) > 0


def test_a_query_finds_the_same_in_a_folder(page_in_a_folder: Page, found: Found) -> None:
    assert ask(page_in_a_folder, QUERIES) == found
    assert search(page_in_a_folder, TYPED[0])[:5] == found[TYPED[0]][:5]


def test_every_query_asks_for_a_page_that_there_is(site: Site) -> None:
    assert len(QUERIES) >= 80
    assert set(QUERIES.values()) <= set(site.pages)


def test_the_question_on_complaints_comes_first(page: Page) -> None:
    assert search(page, "klage")[0] == "hvilken-myndighed/klage.html"


def test_words_that_stand_between_others_find_nothing_of_their_own(page: Page) -> None:
    """`i` would find `intelligens`, and `vi` would find `videokonsultation`."""
    assert search(page, "hvor er vi i det") == []
    assert search(page, "Hvor er jeg i telemedicin?") == search(page, "telemedicin") != []


@pytest.mark.parametrize("words", ["onlinebehandling", "hændelserne", "sikkerheden"])
def test_words_that_were_added_are_not_shown(page: Page, words: str) -> None:
    assert search(page, words)
    assert words not in page.locator(".md-search-result").inner_text().lower()
    assert page.locator(".md-search-result .md-tag").count() == 0


def test_search_works_from_a_page_in_a_folder(base: str, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(base + "hvilken-myndighed/emne.html")
    assert search(page, "gdpr")[0] == "hvilken-myndighed/databeskyttelse.html"


def test_an_author_finds_every_keyword(page: Page) -> None:
    """A keyword leads to its page whatever else the site says, so authors can rely on it."""
    wanted = [(word, path) for path, words in keywords_by_page(read_project(ROOT)).items() for word in words]
    found = ask(page, {word for word, _ in wanted})
    lost = [(word, path) for word, path in wanted if path.partition("#")[0] not in found[word][:5]]
    assert len(wanted) > 100 and lost == []


def test_the_alphabetical_index_is_no_page_to_find(site: Site) -> None:
    assert [location for location in locations(site.folder) if location.startswith("a-z")] == []


# What is loaded


@pytest.fixture(params=["http", "file"])
def place(request: pytest.FixtureRequest, served: str, shared: str) -> str:
    return served if request.param == "http" else shared


def loaded(log: Log, place: str) -> list[str]:
    """What the search has asked for, from the engine's folder, in its order."""
    return [url.partition("assets/guidetrees/")[2] for url in log.requests if "search" in url.removeprefix(place)]


PAGES = ("index.html", "guide/leder.html", "hvilken-myndighed/emne.html", "404.html")


def test_nothing_of_the_search_is_loaded_before_someone_searches(
    site: Site, place: str, context: BrowserContext
) -> None:
    log = Log(context.new_page())
    opened = [context.new_page() for _ in PAGES]
    for page, path in zip(opened, PAGES, strict=True):
        page.goto(place + path, wait_until="commit")
    for page in opened:
        page.wait_for_load_state("networkidle")
    assert loaded(log, place) == []
    assert not (site.folder / "search").exists()
    assert not any(page.all("//form[@name='search']") for page in site.pages.values())


def test_a_search_reads_what_it_needs_and_that_once(site: Site, place: str, context: BrowserContext) -> None:
    page = context.new_page()
    log = Log(page)
    page.goto(place + "index.html")
    page.locator("input.md-search__input").click()
    page.wait_for_function(READY)
    assert loaded(log, place) == ["search.js"]
    assert search(page, "skat", typed=False)
    first = loaded(log, place)
    assert search(page, "skat", typed=False)
    assert loaded(log, place) == first
    files = {f"search/{path.name}" for path in (site.folder / "assets/guidetrees/search").iterdir()}
    assert files - {*first} and {*first} < {*files, "search.js"}
    assert len(set(first)) == len(first)
    assert log.complaints == []


def test_a_search_in_the_address_is_answered(place: str, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(place + "index.html?q=telemedicin")
    first = page.locator(".md-search-result__link").first
    expect(first).to_have_attribute("href", re.compile("er-det-digital-behandling/index.html$"))
    expect(page.locator(".md-search-result__meta")).to_contain_text("resultat")


def test_files_of_the_search_have_a_size(site: Site) -> None:
    sizes = [path.stat().st_size for path in (site.folder / "assets/guidetrees").rglob("search/*.js")]
    assert sizes and max(sizes) < 70_000
    text = sum(len(title.encode()) + len(text.encode()) for _, title, text, *_ in found_in(site.folder, "e"))
    assert sum(sizes) < 2.4 * text


FAILED = "Søgningen kunne ikke hentes. Genindlæs siden, og prøv igen."


@pytest.mark.parametrize("missing", ["**/search.js", "**/t0.*.js", "**/e*.min.js"])
def test_a_file_that_is_missing_ends_in_words(served: str, context: BrowserContext, missing: str) -> None:
    """As for one who has had the page open while a new version was put in place of the site."""
    page = context.new_page()
    page.goto(served + "index.html")
    context.route(missing, lambda route: route.fulfill(status=404))
    page.locator("input.md-search__input").click()
    page.keyboard.type("klage")
    expect(page.locator(".md-search-result__meta")).to_have_text(FAILED)
    assert page.locator(".md-search-result__item").count() == 0
    context.unroute(missing)
    if missing != "**/search.js":
        assert search(page, "klage")


def test_a_file_that_is_something_else_ends_in_words(served: str, context: BrowserContext) -> None:
    """Some servers answer with a page where there is no file."""
    page = context.new_page()
    page.goto(served + "index.html")
    context.route("**/t0.*.js", lambda route: route.fulfill(body="void 0", content_type="text/javascript"))
    page.locator("input.md-search__input").click()
    page.keyboard.type("klage")
    expect(page.locator(".md-search-result__meta")).to_have_text(FAILED)


def test_a_reader_is_told_when_not_all_that_is_found_is_shown(served: str, context: BrowserContext) -> None:
    def fewer(route: Route) -> None:
        script = route.fetch()
        route.fulfill(response=script, body=script.text().replace("MAX_RESULTS=200", "MAX_RESULTS=3"))

    page = context.new_page()
    context.route("**/search.js", fewer)
    page.goto(served + "index.html")
    assert 0 < len(search(page, "patient")) <= 3
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^Her er de 3 bedste af \d+ fundne steder$"))
    search(page, "hvor er vi")
    expect(page.get_by_role("status")).to_have_text("Ingen resultater fundet")


def test_who_types_on_is_not_shown_what_was_asked_before(served: str, context: BrowserContext) -> None:
    """However late it comes."""
    page = context.new_page()
    page.goto(served + "index.html")
    page.locator("input.md-search__input").click()
    page.wait_for_function(READY)
    page.evaluate("""() => {
      const { find } = guidetreesSearch;
      guidetreesSearch.find = async (query) => {
        if (query === "klag") await new Promise((wake) => (window.wake = wake));
        return find(query);
      };
    }""")
    page.keyboard.type("klag")
    page.wait_for_function("Boolean(window.wake)")
    page.keyboard.press("Control+a")
    page.keyboard.type("gdpr")
    first = page.locator(".md-search-result__link").first
    expect(first).to_have_attribute("href", re.compile("databeskyttelse"))
    page.evaluate("wake()")
    page.evaluate("new Promise((done) => setTimeout(done, 50))")
    expect(first).to_have_attribute("href", re.compile("databeskyttelse"))
