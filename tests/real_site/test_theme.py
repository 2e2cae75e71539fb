"""The engine's styles in the theme, and without one."""

from __future__ import annotations

import axe
import pytest
from playwright.sync_api import BrowserContext, Page

from guidetrees.messages.words import read_words
from guidetrees.render.assets import STYLE, shared_assets
from guidetrees_mkdocs.lean import ONE_STYLE

TREE = "er-det-digital-behandling"
PAGES = [
    *(f"{TREE}/{name}.html" for name in ("index", "hvem", "digital")),
    "maa-jeg-bruge-appen/overvejelser.html",
]
OF_THE_SITE = "**/assets/site.css"
ENGINES = next(asset.content for asset in shared_assets(read_words("da")) if asset.path == STYLE)
COLOURS = "(e) => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
# axe takes a page without a background for a white one.
ONLY_THE_ARTICLE = """() => {
  document.body.replaceChildren(document.querySelector("article"));
  document.body.style.background = "Canvas";
}"""


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.mark.parametrize("scheme", axe.VIEWS[:2], ids=lambda view: view[0])
def test_a_button_is_read_under_the_pointer(served: str, page: Page, scheme: tuple[axe.Scheme, int]) -> None:
    """The theme colours every link under the pointer, and the button's background is of that colour."""
    page.emulate_media(color_scheme=scheme[0], reduced_motion="reduce")
    page.goto(served + PAGES[0])
    button = page.locator("a.gt-button").first
    text, _ = button.evaluate(COLOURS)
    button.hover()
    hovered, background = button.evaluate(COLOURS)
    assert hovered == text != background


@pytest.mark.parametrize("path", PAGES)
def test_pages_have_colours_with_contrast_without_a_theme(served: str, page: Page, path: str) -> None:
    page.route(OF_THE_SITE, lambda route: route.abort())
    page.route(f"**/{ONE_STYLE}", lambda route: route.fulfill(body=ENGINES, content_type="text/css"))
    page.goto(served + path)
    page.evaluate(ONLY_THE_ARTICLE)
    page.evaluate(axe.SCRIPT)
    page.emulate_media(color_scheme="light")
    light = page.locator(".gt").evaluate(COLOURS)
    assert axe.violations(page, path, "light", axe.COLOUR_RULES, "article") == []
    page.emulate_media(color_scheme="dark")
    assert page.locator(".gt").evaluate(COLOURS) != light
    assert axe.violations(page, path, "dark", axe.COLOUR_RULES, "article") == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
