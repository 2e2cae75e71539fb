"""The site's search as a reader uses it: words typed key by key, and the pages that are found."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

# Counts what the search box asks and what it is told, so that nobody need guess how long an answer takes. Only the
# latest question is answered. The page puts a search of its own in the place of the browser's worker.
COUNTING = """
{
  const native = window.Worker;
  let counted;
  window.counts = {asked: 0, told: 0};
  Object.defineProperty(window, "Worker", {
    get: () => counted,
    set: (given) => {
      counted = class extends given {
        constructor(...rest) {
          super(...rest);
          this.addEventListener("message", ({ data }) => { if (data.type === 3) counts.told = counts.asked; });
        }
        postMessage(message) {
          window.counts.asked += message.type === 2;
          super.postMessage(message);
        }
      };
    },
  });
  window.Worker = native;
}
"""
FOUND = """() => {
  const base = JSON.parse(document.querySelector("#__config").textContent).base;
  const root = new URL(`${base}/`, location).href;
  return [...document.querySelectorAll(".md-search-result__item")]
    .map((item) => item.querySelector("a").href.replace(root, "").replace(/[?#].*/, ""));
}"""

# Asked at every frame, where `expect` would let a tenth of a second pass.
READY = """() => document.querySelector(".md-search-result__meta").textContent.trim() === "Indtast søgeord"
  && counts.asked === counts.told"""


@contextmanager
def searching(browser: Browser, url: str) -> Iterator[Page]:
    """A page whose search box serves one query after another: each empties it first, as a reader would."""
    context = browser.new_context(bypass_csp=True, locale="da-DK")
    context.add_init_script(COUNTING)
    page = context.new_page()
    page.goto(url)
    yield page
    context.close()


def search(page: Page, words: str, typed: bool = True) -> list[str]:
    """The pages that a search finds, from the site's root, best first, each once. The page's context counts.

    Words are typed key by key, as readers do, or pasted.
    """
    field = page.locator("input.md-search__input")
    if not page.locator("#__search").is_checked():
        field.click()
        page.wait_for_function(READY)  # the index has been read
    if typed:  # what was typed before goes first
        field.press("Control+a")
        field.press("Backspace")
        page.wait_for_function(READY)
        field.press_sequentially(words)
    else:
        field.fill(words)
        field.press("End")
    page.wait_for_function("counts.asked === counts.told")
    return list(page.evaluate(FOUND))
