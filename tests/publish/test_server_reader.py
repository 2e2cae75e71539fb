"""A reader of the site on real servers: under its policy, at any address, and from a file share."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import PHONE, Log
from conftest import ROOT
from playwright.sync_api import Browser, BrowserContext, Page, expect
from searching import CONTROL, FIELD, TITLES
from servers import PLACES, Server

from guidetrees.project.project import read_project

TREES = read_project(ROOT).trees


# A reader, under the policy


@pytest.fixture
def strict(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that keeps to the policy."""
    context = browser.new_context(locale="da-DK")
    yield context
    context.close()


def test_a_reader_walks_a_tree_and_searches_and_nothing_complains(server: Server, strict: BrowserContext) -> None:
    """At the root of one server and in a folder of the other: both send the same (see above)."""
    walk_and_search(server.address + PLACES[server.name == "apache2"], strict)


def test_nothing_complains_on_a_file_share(shared: str, strict: BrowserContext) -> None:
    """The policy that the pages carry is in force there."""
    walk_and_search(shared, strict)


def walk_and_search(place: str, strict: BrowserContext) -> None:
    page = strict.new_page()
    log = Log(page)
    page.goto(place + "index.html")
    page.get_by_role("link", name="Er det digital sundhedsfaglig behandling?").first.click()
    page.get_by_role("link", name="Start").first.click()
    for answer in ("Ja", "Ja"):
        page.locator(".gt-answers").get_by_role("link", name=answer, exact=True).click()
    expect(page.locator(".gt-trail")).to_contain_text("Er der tale om sundhedsfaglig behandling?")
    page.locator(CONTROL).click()
    page.locator(FIELD).press_sequentially("medicinsk udstyr")
    page.locator(TITLES, has_text="medicinsk udstyr").first.click()
    expect(page.locator("h1")).to_contain_text("medicinsk udstyr", ignore_case=True)
    page.goto(place + "hvilken-myndighed/index.html")
    expect(page.locator("svg.gt-map__picture, .gt-map svg").first).to_be_visible()
    page.goto(place + "maa-jeg-bruge-appen/overvejelser.html")
    page.locator("input[type=checkbox]:visible").first.check()
    page.goto(place + "review/index.html")
    assert log.complaints == []
    assert log.outside(place) == []


def test_what_is_written_into_a_page_does_not_run(server: Server, shared: str, strict: BrowserContext) -> None:
    """On a server by what it sends, and without one by what the page carries."""
    hostile = "<script>window.ran = 1</script><img src=x onerror='window.ran = 2'><p style='color: red'>x</p>"
    for address, root in ((server.address, server.root), (shared, Path(urllib.request.url2pathname(shared[7:])))):
        text = (root / "index.html").read_text("utf-8")
        (root / "hostile.html").write_text(text.replace("</h1>", f"</h1>{hostile}", 1), "utf-8")
        page = strict.new_page()
        log = Log(page)
        page.goto(address + "hostile.html")
        expect(page.locator("h1")).to_be_visible()
        assert page.evaluate("window.ran") is None
        assert len([line for line in log.complaints if "Content Security Policy" in line]) >= 3
        (root / "hostile.html").unlink()
        page.close()


def test_a_search_starts_no_worker(served: str, strict: BrowserContext) -> None:
    page = strict.new_page()
    started = list[object]()
    page.on("worker", lambda worker: started.append(worker))
    page.goto(served + "index.html")
    page.locator(CONTROL).click()
    page.locator(FIELD).press_sequentially("klage")
    expect(page.locator(TITLES).first).to_be_visible()
    assert started == [] and page.frames == [page.main_frame]


# The page for addresses that do not exist


UNKNOWN = ("nowhere.html", "x/y.html", "er-det-digital-behandling/x/y.html", "x/y/z/w.html")


def test_an_unknown_address_is_answered_with_the_page_for_it(server: Server) -> None:
    page = (server.root / "404.html").read_bytes()
    for path in UNKNOWN:
        for base in PLACES:
            found = server.get(base + path)
            assert (found.status, found.body) == (404, page), base + path


def test_an_unknown_address_leads_to_the_trees_wherever_the_site_lies(
    server: Server, strict: BrowserContext
) -> None:
    """Both servers send the same page: each shows half of the addresses."""
    page = strict.new_page()
    for number, path in enumerate(UNKNOWN):
        place = server.address + PLACES[(number + (server.name == "apache2")) % 2]
        answer = page.goto(place + path)
        assert answer and answer.status == 404
        assert_all_that_it_loads_is_there(page, place)
        assert page.locator(".gt-card a").count() == len(TREES)
        if path == UNKNOWN[2]:
            assert_search_opens(page)
        page.locator(".gt-card a").first.click()
        assert page.url.startswith(place) and page.url.endswith("/index.html")


def assert_all_that_it_loads_is_there(page: Page, place: str) -> None:
    expect(page.locator("h1")).to_have_text("Siden findes ikke")
    expect(page.get_by_role("button", name="Søg", exact=True)).to_be_visible()
    addresses = page.eval_on_selector_all("[href], [src]", "(all) => all.map((one) => one.href || one.src)")
    tried = {f"{place}assets/missing.js"} | {
        page.evaluate("(up) => new URL(up, location).href", f"{'../' * depth}assets/missing.js")
        for depth in range(4)
    }
    assert [one for one in addresses if not one.startswith(place) and one not in tried] == []
    assert page.evaluate("getComputedStyle(document.querySelector('.gt-card')).borderTopStyle") == "solid"


def assert_search_opens(page: Page) -> None:
    page.locator(".front-search").click()
    page.locator(FIELD).press_sequentially("medicinsk udstyr")
    expect(page.locator(TITLES).first).to_be_visible()
    page.get_by_role("button", name="Luk").click()


def test_an_unknown_address_leads_on_without_script_where_the_site_lies_at_the_root(
    server: Server, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    plain = context.new_page()  # complains about the status 404
    plain.goto(server.address + "x/y.html")
    plain.get_by_role("link", name="Slå op fra A til Å").click()
    assert plain.url == server.address + "a-z.html"
    plain.goto(server.address + "x/y.html")
    plain.locator(".gt-card a").first.click()
    expect(plain.locator(".gt-button")).to_be_visible()
    assert plain.url.startswith(server.address)
    context.close()
