"""The site's search as a reader uses it: words typed key by key or pasted, and the pages that are found."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

CONTROL, FIELD, RESULTS = "#search-open", "#search-query", "#search-results"
TITLES = f"{RESULTS} > li > a"
"""The link of each page that is found."""
STATUS = "dialog [role=status]"
FOUND = f"""(links) => {{
  const root = new URL("../../", document.querySelector("script[src$='guidetrees/search.js']").src).href;
  return [...document.querySelectorAll("{TITLES}")].map((link) => link.href.replace(root, ""));
}}"""
# Asked at every frame, where `expect` would let a tenth of a second pass.
SHOWN = f"""(words) => document.querySelector("{FIELD}").value === words
  && document.querySelector("{RESULTS}[aria-busy=false]")"""


@contextmanager
def searching(browser: Browser, url: str) -> Iterator[Page]:
    """A page whose search box serves one query after another: each empties it first, as a reader would."""
    context = browser.new_context(bypass_csp=True, locale="da-DK")
    page = context.new_page()
    page.goto(url)
    yield page
    context.close()


def open_search(page: Page) -> None:
    """Opens the search where it is closed."""
    if not page.locator(FIELD).is_visible():
        page.locator(CONTROL).click()
        page.locator(FIELD).wait_for()


def search(page: Page, words: str, typed: bool = False) -> list[str]:
    """The pages that a search finds, from the site's root, best first. Words are pasted, or typed key by key,
    which asks for each beginning of them."""
    open_search(page)
    field = page.locator(FIELD)
    if typed:  # what was typed before goes first
        field.press("Control+a")
        field.press("Backspace")
        field.press_sequentially(words)
    else:
        field.fill(words)
    page.wait_for_function(SHOWN, arg=words)
    return list(page.evaluate(FOUND))
