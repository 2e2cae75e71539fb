"""Search as readers use it: their own words find the right page among the first three."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

import pytest
import yaml
from browser import Log
from conftest import ROOT
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from queries import QUERIES
from searching import CONTROL, FIELD, RESULTS, STATUS, TITLES, open_search, search, searching
from site_reader import Site, found_in, locations

from guidetrees.project.project import read_project
from guidetrees.render.pages.a_to_z.terms import keywords_by_page

TYPED = list(QUERIES)[::40]
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
    assert search(page, words, typed=True) == search(page, f"{words}  ") == found[words] != []


def test_a_query_finds_the_same_in_a_folder(page_in_a_folder: Page, found: Found) -> None:
    assert ask(page_in_a_folder, QUERIES) == found
    assert search(page_in_a_folder, TYPED[0], typed=True) == found[TYPED[0]]


def test_every_query_asks_for_a_page_that_there_is(site: Site) -> None:
    assert len(QUERIES) >= 80
    assert set(QUERIES.values()) <= set(site.pages)


def test_most_queries_that_nothing_was_tuned_to_find_an_answer(page: Page, site: Site) -> None:
    """Their list stays as it was written. Where a search for something else is right, nothing is."""
    asked = yaml.safe_load((ROOT / "tests/data/queries-fresh.yml").read_text("utf-8"))
    found = ask(page, (one["query"] for one in asked))
    right, empty = 0, 0
    for one in asked:
        wanted = {answer_page(path) for path in one["pages"]}
        assert wanted <= set(site.pages)
        first = found[one["query"]][:3]
        right += bool(wanted.intersection(first)) if wanted else not first
        empty += bool(wanted) and not first
    assert len(asked) >= 100
    assert right >= 0.8 * len(asked) and empty < 0.1 * len(asked)


def answer_page(path: str) -> str:
    """The page of an answer, which may be a section, or a tree by its name with a slash."""
    page = path.partition("#")[0]
    return f"{page}index.html" if page.endswith("/") else f"{page}.html"


def test_the_question_on_complaints_comes_first(page: Page) -> None:
    assert search(page, "klage")[0] == "hvilken-myndighed/klage.html"


def test_words_that_stand_between_others_find_nothing_of_their_own(page: Page) -> None:
    """`i` would find `intelligens`, and `vi` would find `videokonsultation`."""
    assert search(page, "hvor er vi i det") == []
    assert search(page, "Hvor er jeg i telemedicin?") == search(page, "telemedicin") != []


@pytest.mark.parametrize("words", ["hændelserne", "sikkerheden"])
def test_words_that_were_added_are_not_shown(page: Page, words: str) -> None:
    assert search(page, words)
    assert words not in page.locator("dialog").inner_text().lower()


def test_search_works_from_a_page_in_a_folder(served: str, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(served + "hvilken-myndighed/emne.html")
    assert search(page, "gdpr", typed=True)[0] == "hvilken-myndighed/databeskyttelse.html"


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
    open_search(page)
    assert sorted(loaded(log, place)) == ["search.css", "search.js"]
    assert search(page, "skat")
    first = loaded(log, place)
    assert search(page, "") == []
    assert search(page, "skat")
    assert loaded(log, place) == first
    files = {f"search/{path.name}" for path in (site.folder / "assets/guidetrees/search").iterdir()}
    assert files - {*first} and {*first} < {*files, "search.js", "search.css"}
    assert len(set(first)) == len(first)
    assert log.complaints == [] and log.outside(place) == []


def test_files_of_the_search_have_a_size(site: Site) -> None:
    sizes = [path.stat().st_size for path in (site.folder / "assets/guidetrees").rglob("search/*.js")]
    assert sizes and max(sizes) < 70_000
    text = sum(len(title.encode()) + len(text.encode()) for _, title, text, *_ in found_in(site.folder, "e"))
    assert sum(sizes) < 2.4 * text


FAILED = "Søgningen kunne ikke hentes. Genindlæs siden, og prøv igen."


@pytest.mark.parametrize("missing", ["**/t*.min.js", "**/e*.min.js"])
def test_a_file_that_is_missing_ends_in_words(served: str, context: BrowserContext, missing: str) -> None:
    """As for one who has had the page open while a new version was put in place of the site."""
    page = context.new_page()
    page.goto(served + "index.html")
    context.route(missing, lambda route: route.fulfill(status=404))
    assert search(page, "klage") == []
    expect(page.locator(STATUS)).to_have_text(FAILED)
    expect(page.locator("dialog").get_by_role("link", name="Slå op fra A til Å")).to_be_visible()
    context.unroute(missing)
    assert search(page, "klage")


@pytest.mark.parametrize("missing", ["search.js", "search.css"])
def test_a_search_that_is_missing_leads_to_the_alphabetical_index(
    served: str, context: BrowserContext, missing: str
) -> None:
    page = context.new_page()
    context.route(f"**/{missing}", lambda route: route.fulfill(status=404))
    page.goto(served + "index.html")
    page.locator(CONTROL).click()
    expect(page).to_have_url(served + "a-z.html")


def test_a_file_that_is_something_else_ends_in_words(served: str, context: BrowserContext) -> None:
    """Some servers answer with a page where there is no file."""
    page = context.new_page()
    page.goto(served + "index.html")
    context.route("**/t*.min.js", lambda route: route.fulfill(body="void 0", content_type="text/javascript"))
    search(page, "klage")
    expect(page.locator(STATUS)).to_have_text(FAILED)


# What is said of it


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("telemedicin", r"Sider fundet: \d+\."),
        ("klage over markedsføring", r"Sider med alle ordene: \d+\. Sider kun med nogle af ordene: \d+\."),
        ("skat xyzzy", r"Ingen side har alle ordene\. Sider kun med nogle af ordene: \d+\."),
        ("xyzzy", r"Ingen sider fundet\."),
        ("hvor er vi", r"Skriv et ord mere\. Disse er for almindelige\."),
        ("", ""),
    ],
)
def test_the_status_says_how_many_pages_have_the_words(page: Page, words: str, said: str) -> None:
    search(page, words)
    expect(page.locator(STATUS)).to_have_text(re.compile(f"^{said}$"))


def test_a_reader_is_told_when_not_all_that_is_found_is_shown(served: str, context: BrowserContext) -> None:
    def fewer(route: Route) -> None:
        script = route.fetch()
        route.fulfill(response=script, body=script.text().replace("MAX_PAGES=50", "MAX_PAGES=3"))

    page = context.new_page()
    context.route("**/search.js", fewer)
    page.goto(served + "index.html")
    assert len(search(page, "patient")) == 3
    expect(page.locator(STATUS)).to_have_text(re.compile(r"^Sider fundet: \d\d\. De 3 bedste er vist\.$"))


def lines(page: Page, href: str) -> list[str]:
    """The lines of the result that leads to a page."""
    item = page.locator(f"{RESULTS} > li", has=page.locator(f'> a[href$="/{href}"]'))
    return [line for line in item.inner_text().splitlines() if line]


def test_a_result_says_what_it_is_and_why_it_was_found(page: Page) -> None:
    search(page, "zoom")
    assert lines(page, "er-det-digital-behandling/teknologi.html") == [
        "Foregår behandlingen ved hjælp af digital teknologi?",
        "Spørgsmål · Er det digital sundhedsfaglig behandling?",
        "Tænk på teknologi, som selve behandlingen foregår ved hjælp af. Det behøver ikke være hele forløbet.",
        "Fundet ved søgeordet «zoom»",
    ]
    assert lines(page, "kan-behandlingen-ske-digitalt/index.html")[:2] == [
        "Kan behandlingen tilbydes digitalt?",
        "Vejviser",
    ]
    search(page, "tavshedspligt")
    assert lines(page, "guide/sundhedsperson.html")[1] == "Guiden"
    assert not any(line.startswith("Fundet") for line in lines(page, "guide/sundhedsperson.html"))
    search(page, "klage")
    first = page.locator(TITLES).first
    assert lines(page, "hvilken-myndighed/klage.html")[1] == "Spørgsmål · Hvilken myndighed skal jeg kontakte?"
    assert first.locator("mark").first.evaluate("mark => getComputedStyle(mark).textDecorationLine") == "underline"


def test_a_text_has_two_lines_and_a_hit_in_them(page: Page) -> None:
    search(page, "hjemmemonitorering")
    texts = page.locator(".gt-result__text")
    heights = texts.evaluate_all(
        "all => all.map((one) => one.clientHeight / parseFloat(getComputedStyle(one).lineHeight))"
    )
    assert len(heights) > 3 and max(heights) < 2.1
    assert texts.locator("mark").count() >= 3
    assert max(len(text) for text in texts.all_inner_texts()) < 200


def test_sections_of_a_page_are_links_below_it(page: Page) -> None:
    search(page, "sundhedsapp nævn udland medcom")
    updates = page.locator(f"{RESULTS} > li", has=page.locator('> a[href$="/updates.html"]'))
    links = updates.locator("ul a")
    assert 1 <= links.count() <= 3
    assert all("#" in href for href in links.evaluate_all("all => all.map((one) => one.href)"))
    search(page, "patient")
    expect(page.locator(RESULTS).get_by_text("Flere afsnit:").first).to_be_visible()


def test_who_finds_nothing_is_led_on(page: Page) -> None:
    for words in ("", "xyzzy"):
        assert search(page, words) == []
        box = page.locator("dialog")
        expect(box.get_by_role("link", name="Er det digital sundhedsfaglig behandling?")).to_be_visible()
        expect(box.get_by_role("link", name="Slå op fra A til Å")).to_be_visible()
    search(page, "klage")
    expect(page.locator("dialog").get_by_role("link", name="Slå op fra A til Å")).to_have_count(0)


def test_the_box_says_what_it_shows_instead(served: str, context: BrowserContext) -> None:
    """And offers near words where nothing was found."""
    given = {"klaage": {"nearest": ["klage"]}, "klage": {"instead": [{"word": "x", "shown": ["y", "z"]}]}}
    stub = f"""{{
      const given = {json.dumps(given)}, real = find;
      find = async (query) => ({{ ...await real(query === "klaage" ? "xyzzy" : query), ...given[query] }});
    }}"""

    def answered(route: Route) -> None:
        script = route.fetch()
        route.fulfill(
            response=script,
            body=script.text().replace("window.guidetreesSearch", f"{stub}window.guidetreesSearch"),
        )

    page = context.new_page()
    context.route("**/search.js", answered)
    page.goto(served + "index.html")
    assert search(page, "klaage") == []
    page.locator("dialog").get_by_role("button", name="klage", exact=True).click()
    expect(page.locator(TITLES).first).to_be_visible()
    expect(page.locator(FIELD)).to_be_focused()
    said = "Ingen sider har ordet «x». Her er sider om «y, z»."
    expect(page.locator(STATUS).locator("p").first).to_have_text(said)


def test_who_types_on_is_not_shown_what_was_asked_before(site: Site, served: str, context: BrowserContext) -> None:
    """However late it comes."""
    page = context.new_page()
    late: list[Route] = []
    slow = next(
        f"**/{path.name}"
        for path in (site.folder / "assets/guidetrees/search").glob("t*.js")
        if "\\nklage\t" in path.read_text("utf-8")
    )
    context.route(slow, lambda route: late.append(route))
    page.goto(served + "index.html")
    open_search(page)
    with page.expect_request(slow):
        page.locator(FIELD).fill("klage")
    found = search(page, "telemedicin")
    assert found[0] == "er-det-digital-behandling/index.html"
    with page.expect_response(slow):
        late[0].continue_()
    page.evaluate("new Promise((done) => setTimeout(done, 50))")
    assert search(page, "telemedicin") == found


# Keys, and ways back


def test_text_that_comes_without_keys_is_searched(page: Page) -> None:
    """Pasted, dropped, dictated, filled in, or put together of several keys."""
    search(page, "")
    page.keyboard.insert_text("telemedicin")
    expect(page.locator(TITLES).first).to_be_visible()
    for event in ("change", "compositionend"):
        search(page, "")
        page.locator(FIELD).evaluate(
            "(field, event) => { field.value = 'gdpr'; field.dispatchEvent(new Event(event)); }", event
        )
        expect(page.locator(TITLES).first).to_have_attribute("href", re.compile("databeskyttelse"))


def test_the_search_is_used_by_keyboard_alone(shared: str, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(shared + "guide/leder.html")
    page.keyboard.press("Control+k")
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.type("klage")
    titles = page.locator(TITLES)
    expect(titles.nth(3)).to_be_visible()
    for key, at in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0)):
        page.keyboard.press(key)
        expect(titles.nth(at)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.press("Enter")
    expect(titles.first).to_be_focused()
    page.keyboard.type("r")
    expect(page.locator(FIELD)).to_have_value("klager")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Luk")).to_be_focused()
    page.keyboard.press("Tab")
    expect(titles.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(FIELD)).to_be_focused()
    expect(page.locator(FIELD)).to_have_value("")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()
    page.locator(CONTROL).focus()
    page.keyboard.press("Space")
    page.locator(FIELD).wait_for()
    page.keyboard.press("Escape")
    expect(page.locator(CONTROL)).to_be_focused()


def test_what_is_typed_while_the_search_is_loaded_is_not_lost(served: str, context: BrowserContext) -> None:
    page = context.new_page()
    late: list[Route] = []
    context.route("**/search.js", lambda route: late.append(route))
    page.goto(served + "index.html")
    with page.expect_request("**/search.js"):
        page.keyboard.press("Control+k")
    page.keyboard.type("kla")
    late[0].continue_()
    expect(page.locator(FIELD)).to_have_value("kla")
    page.keyboard.type("ge")
    expect(page.locator(FIELD)).to_have_value("klage")
    expect(page.locator(TITLES).first).to_be_visible()


def test_keys_of_the_page_stay_the_fields_own(served: str, context: BrowserContext) -> None:
    """In a field of the page, Ctrl+K is the browser's or the system's."""
    page = context.new_page()
    page.goto(served + "index.html")
    page.evaluate("document.querySelector('h1').append(document.createElement('input'))")
    page.locator("h1 input").press("Control+k")
    page.keyboard.press("/")
    assert page.locator("h1 input").input_value() == "/"
    assert page.locator("dialog").count() == 0


def test_the_words_are_there_again_after_back(place: str, context: BrowserContext) -> None:
    """And the place among the results, on a page whose address holds answers, in neither address nor storage."""
    page = context.new_page()
    address = f"{place}er-det-digital-behandling/konkret-patient.html#sundhedsfaglig=ja"
    page.goto(address)
    search(page, "klage")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = page.locator(TITLES).nth(1)
    title = second.inner_text()
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(address)
    assert "klage" not in page.url.partition("#")[2] and "?" not in page.url
    page.go_back()
    expect(page).to_have_url(address)
    expect(page.locator(FIELD)).to_have_value("klage")
    expect(page.locator(":focus")).to_have_text(title)
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    page.get_by_role("button", name="Luk").click()
    page.reload()
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("history.state?.search") is None


def test_a_result_on_the_same_page_closes_the_box(place: str, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(place + "updates.html")
    search(page, "digital sundhed danmark")
    page.locator(f'{RESULTS} ul a[href*="/updates.html#"]').first.click()
    expect(page.locator("dialog")).to_be_hidden()
    expect(page).to_have_url(re.compile("updates.html#"))
    page.go_back()
    expect(page.locator(FIELD)).to_have_value("digital sundhed danmark")
    page.go_forward()
    expect(page.locator("dialog")).to_be_hidden()


# On a phone, under the policy, on paper


def test_the_box_fills_a_phone(served: str, browser: Browser) -> None:
    """Its targets are large, nothing runs out of it, and the policy of the page holds."""
    context = browser.new_context(locale="da-DK", viewport={"width": 320, "height": 640}, has_touch=True)
    page = context.new_page()
    log = Log(page)
    page.goto(served + "hvilken-myndighed/emne.html")
    page.locator(CONTROL).tap()
    page.locator(FIELD).fill("sundhedsfaglige behandlingssteder")
    expect(page.locator(TITLES).nth(2)).to_be_visible()
    box = page.locator("dialog").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 320, "height": 640}
    small = page.locator("dialog :is(a, button, input):visible").evaluate_all(
        "all => all.filter((one) => (one.closest('li:not(ul li)') ?? one).getBoundingClientRect().height < 44)"
    )
    assert small == []
    assert page.evaluate("document.querySelector('.gt-search__body').scrollWidth") <= 320
    page.get_by_role("button", name="Luk").tap()
    expect(page.locator("dialog")).to_be_hidden()
    assert log.complaints == []
    context.close()


def test_the_box_is_not_printed(page: Page) -> None:
    search(page, "klage")
    page.emulate_media(media="print")
    expect(page.locator("dialog")).to_be_hidden()
    page.emulate_media(media="screen")
    expect(page.locator("dialog")).to_be_visible()
