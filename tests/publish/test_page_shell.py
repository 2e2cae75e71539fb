"""The frame of every page: where its column begins, what its parts are called, what the keyboard meets in it."""

from __future__ import annotations

from collections.abc import Callable

from browser import is_wide
from page_kinds import LAYOUTS
from playwright.sync_api import Browser, Page, expect
from site_reader import Site, fold

# Where the column begins


WIDTHS = (320, 390, 768, 1000, 1280, 1920)
BEGIN = """() => {
  const column = document.querySelector("article");
  const inside = parseFloat(getComputedStyle(column).paddingLeft);
  return Math.round(column.getBoundingClientRect().left + inside);
}"""


def test_the_column_begins_at_the_same_place_on_every_kind_of_page(served: str, page: Page) -> None:
    begins: dict[int, dict[str, int]] = {width: {} for width in WIDTHS}
    for kind, path in LAYOUTS.items():
        page.goto(served + path)
        for width in WIDTHS:
            assert not is_wide(page, width), f"{kind}, {width} px"
            begins[width][kind] = page.evaluate(BEGIN)
    for width, found in begins.items():
        assert len(set(found.values())) == 1, f"{width} px: {found}"


def test_the_way_up_stands_in_the_column(served: str, page: Page) -> None:
    page.goto(served + "guide/leder.html")
    for width in (390, 768, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        left = [page.locator(css).bounding_box() for css in (".md-path a >> nth=0", "h1")]
        assert left[0] and left[1] and abs(left[0]["x"] - left[1]["x"]) < 1


def test_tabs_are_large_enough_to_read(served: str, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(served + "index.html")
    sizes = page.eval_on_selector_all(
        ".md-tabs__link", "(all) => all.map((one) => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert sizes and min(sizes) >= 16


# What its parts are called


def test_landmarks_are_called_by_what_they_are_for_and_the_logo_by_nothing(site: Site) -> None:
    for page in site.shown.values():
        assert page.all("//nav[contains(@class, 'md-tabs')]/@aria-label") == ["Hovedmenu"], page.path
        assert page.all("//*[@aria-label='Sidehoved' or @aria-label='Faner']") == []
        assert set(page.all("//img[ancestor::*[contains(@class, 'md-logo')]]/@alt")) == {""}
        assert page.all("//*[@data-md-component='header-topic']/@aria-hidden") == ["true"]


def test_links_to_headings_say_where_they_lead_and_are_no_stops(served: str, page: Page) -> None:
    page.goto(served + "om.html")
    links = page.locator(".headerlink")
    assert links.count() > 3
    for link in links.all()[1:]:
        heading = fold(str(link.evaluate("(one) => one.parentElement.firstChild.textContent")))
        expect(link).to_have_attribute("aria-label", f"Link til afsnittet {heading}")
        expect(link).to_have_attribute("tabindex", "-1")
        expect(link).to_be_hidden()
    expect(page.locator("h1 .headerlink")).to_be_hidden()
    page.locator("article h2").first.hover()
    expect(page.locator("article h2 .headerlink").first).to_be_visible()


def test_links_to_headings_are_no_stops_without_script_either(served: str, plain: Page) -> None:
    plain.goto(served + "om.html")
    assert plain.locator(".headerlink:visible").count() == 0


# Search


def test_the_front_pages_way_to_search_stands_over_the_cards(served: str, page: Page, plain: Page) -> None:
    for one, words, border in ((page, "Søg i vejvisere og guide", "solid"), (plain, "Slå op fra A til Å", "none")):
        one.set_viewport_size({"width": 390, "height": 664})
        one.goto(served + "index.html")
        link = one.locator(".front-search")
        assert fold(link.inner_text()) == words
        box = link.bounding_box()
        assert box and box["y"] + box["height"] < 400
        assert link.evaluate("(one) => getComputedStyle(one).borderTopStyle") == border


# Headings


def test_headings_are_cut_on_narrow_screens_only_and_never_for_balance(served: str, page: Page) -> None:
    page.goto(served + "guide/leder.html")
    for width, hyphens, wrap in ((390, "auto", "wrap"), (768, "manual", "balance")):
        page.set_viewport_size({"width": width, "height": 900})
        for heading in ("h1", "article h2"):
            style = page.locator(heading).first.evaluate(
                "(one) => [getComputedStyle(one).hyphens, getComputedStyle(one).textWrap]"
            )
            assert style == [hyphens, wrap], f"{heading}, {width} px"


# The lists


def test_letters_and_the_way_to_the_top_stay_in_sight(served: str, page: Page) -> None:
    page.goto(served + "a-z.html")
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 664})
        page.get_by_role("link", name="T", exact=True).click()
        expect(page.locator("#letter-t")).to_be_in_viewport()
        for shown in (".gt-jumps", ".gt-up"):
            expect(page.locator(f".gt-letters {shown}")).to_be_in_viewport()
        letters, heading = (page.locator(css).bounding_box() for css in (".gt-letters", "#letter-t"))
        assert letters and heading and heading["y"] >= letters["y"] + letters["height"] - 1
        page.get_by_role("link", name="Til toppen").click()
        expect(page.locator("h1")).to_be_in_viewport()


def test_boxes_to_tick_in_a_review_are_large(served: str, page: Page) -> None:
    page.goto(served + "review/er-det-digital-behandling.html")
    box = page.locator(".gt-review input[type=checkbox]").first.bounding_box()
    assert box and box["width"] >= 24 and box["height"] >= 24


def test_the_way_to_the_guides_page_before_has_words_on_phones(served: str, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 664})
    page.goto(served + "guide/leder.html")
    for way in ("prev", "next"):
        expect(page.locator(f".md-footer__link--{way} .md-footer__title")).to_be_visible()


# Text that is set wide and high


def test_the_sites_name_stays_in_the_middle_of_the_header(served: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 664}, bypass_csp=True)
    page = context.new_page()
    page.goto(served + "om.html")
    page.add_style_tag(content="* { line-height: 1.5 !important; letter-spacing: 0.12em !important }")
    middle: Callable[[str], float] = lambda css: sum(  # noqa: E731
        page.locator(css).first.evaluate(
            "(one) => [one.getBoundingClientRect().top, one.getBoundingClientRect().bottom]"
        )
    )
    assert abs(middle(".md-header__topic .md-ellipsis") - middle(".md-header")) < 8
    context.close()
