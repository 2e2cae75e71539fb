"""What is claimed on the page Tilgængelighed: titles and landmarks, the footer, enlarged, in forced colours,
without motion and without JavaScript. `test_axe.py` and `test_keyboard.py` hold the rest."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import axe
import lxml.html
import pytest
from lxml.html import HtmlElement
from page_kinds import FRAMES, HEADINGS, KINDS, OF_ALL_KINDS, SEARCHED, STATEMENT, TREES, in_frame
from playwright.sync_api import Browser, Page
from site_reader import Page as SitePage
from site_reader import Site, fold

from guidetrees.messages.words import read_words
from guidetrees.project.references import readable_nodes

WORDS = read_words("da")
NAME = "Digital behandling"


# Every page: title, language, landmarks


def test_titles_say_the_page_first_and_differ(site: Site) -> None:
    titles = {path: fold(page.text("//title")) for path, page in in_frame(site).items()}
    assert [path for path, title in titles.items() if not re.fullmatch(rf"\S.* – {NAME}", title)] == []
    assert len(set(titles.values())) == len(titles)
    for tree in TREES:
        for node in readable_nodes(tree):
            path = f"{tree.id}/{node.id}.html"
            assert titles[path] == f"{site.pages[path].heading} – {NAME}"


def test_every_page_has_its_language_landmarks_and_one_heading(site: Site) -> None:
    for page in in_frame(site).values():
        assert page.tree.get("lang") == "da", page.path
        for landmark in ("//header", "//main", "//footer", "//h1", "//a[@id='search-open']"):
            assert len(page.all(landmark)) == 1, (page.path, landmark)
        named = "//nav[not(@role)][not(@aria-label or @aria-labelledby)]"
        assert page.all(named) == [], page.path
        assert page.all("//*[@tabindex > 0] | //*[@autofocus] | //*[@autoplay] | //marquee | //blink") == []


def test_headings_skip_no_level(site: Site) -> None:
    for page in in_frame(site).values():
        levels = [int(heading.tag[1]) for heading in page.all(HEADINGS)]
        assert levels[0] == 1, page.path
        assert all(b - a <= 1 for a, b in pairwise(levels)), (page.path, levels)


NAMED = f"//a[@href] | //button | //summary | //th | {HEADINGS} | //svg[@role='img']"
LABELLED = "[@aria-label or @aria-labelledby]"
OWN_NAMED = f"self::section{LABELLED} or self::form{LABELLED} or self::aside[not(@role='note')]"
LANDMARKS = f"//article//nav | //article//*[{OWN_NAMED}]"
"""Of a page's own. The theme's table of contents is there twice, and one at a time is shown."""
REFERENCES = "//@aria-labelledby | //@aria-describedby | //@aria-controls"


def name_of(page: SitePage, element: HtmlElement) -> str:
    """The accessible name, as far as pages here use its sources."""
    by = [page.text(f"//*[@id='{id}']") for id in element.get("aria-labelledby", "").split()]
    texts = [element.text_content(), *element.xpath(".//@alt | .//@title | .//@aria-label")]
    return fold(" ".join(by) or element.get("aria-label") or " ".join(texts)).removesuffix("¶")


def test_what_needs_a_name_has_one_and_landmarks_differ_by_theirs(site: Site) -> None:
    for page in in_frame(site).values():
        nameless = [lxml.html.tostring(e)[:90] for e in page.all(NAMED) if not name_of(page, e)]
        assert nameless == [], page.path
        names = Counter((e.tag, name_of(page, e)) for e in page.all(LANDMARKS))
        assert [name for name, times in names.items() if times > 1] == [], page.path
        ids = set(page.ids)
        assert {id for value in page.all(REFERENCES) for id in str(value).split()} - ids == set(), page.path


def test_the_mends_of_the_theme_take(site: Site) -> None:
    for page in in_frame(site).values():
        assert page.all("//nav[@aria-expanded]") == []
        assert page.all("//input[@type='checkbox' or @type='radio'][@autocomplete]") == []
        boxes = page.all("//body/input")
        assert len(boxes) == 2 and all("hidden" in box.attrib for box in boxes)
        names = [icon.get("title") for icon in page.all("//header//label[contains(@class, 'md-header__button')]")]
        assert names == ["Navigation"]


# The footer


def test_the_footer_of_every_page_leads_to_the_sites_main_pages(site: Site) -> None:
    for page in in_frame(site).values():
        tabs = [(link.words, page.target(link.href)) for link in page.links("//nav[@class='md-tabs']")]
        foot = [(link.words, page.target(link.href)) for link in page.links("//nav[@class='site-links']")]
        assert foot == tabs and len(foot) > 4
        current = page.all("//nav[@class='site-links']//a[@aria-current='page']")
        here = [words for words, target in foot if target and target.lstrip("/") == page.path]
        assert [fold(link.text_content()) for link in current] == here, page.path


@pytest.mark.parametrize(("width", "least"), [(320, 44), (390, 44), (768, 24), (1280, 24), (1920, 24)])
def test_the_links_of_the_footer_are_large_enough(served: str, page: Page, width: int, least: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(served + "index.html")
    boxes = [link.bounding_box() for link in page.locator(".site-links a").all()]
    assert len(boxes) > 4
    assert all(box and box["height"] >= least and box["width"] >= 24 for box in boxes)


# Enlarged, narrow, low, spaced


def test_at_400_percent_the_frame_leaves_the_view_to_the_text(served: str, browser: Browser) -> None:
    """A window of 1280 by 1024 at 400 % is one of 320 by 256."""
    context = browser.new_context(bypass_csp=True, viewport={"width": 320, "height": 256}, device_scale_factor=4)
    page = context.new_page()
    covering = """[...document.querySelectorAll("body *")].filter((e) => {
      const s = getComputedStyle(e), r = e.getBoundingClientRect();
      return ["fixed", "sticky"].includes(s.position) && s.visibility === "visible" && s.opacity !== "0"
        && r.height > 0 && r.right > 0 && r.left < 320 && r.bottom > 0 && r.top < 256;
    }).map((e) => e.className)"""
    for path in KINDS.values():
        page.goto(served + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        page.mouse.wheel(0, 400)
        page.wait_for_timeout(100)
        assert page.evaluate(covering) == [], path
    context.close()


def test_in_a_high_window_the_header_stays(served: str, page: Page) -> None:
    page.goto(served + "guide/leder.html")
    page.mouse.wheel(0, 600)
    page.wait_for_timeout(100)
    box = page.locator(".md-header").bounding_box()
    assert box and box["y"] == 0


def test_in_forced_colours_icons_that_are_masks_are_seen(served: str, browser: Browser) -> None:
    context = browser.new_context(bypass_csp=True, forced_colors="active")
    page = context.new_page()
    page.goto(served + "index.html")
    ground_of = "(element, part) => getComputedStyle(element, part).backgroundColor"
    icon = page.locator(".md-nav__title .md-nav__icon").first.evaluate(ground_of, "::after")
    ground = page.locator("body").evaluate(ground_of)
    assert icon != ground
    context.close()


# The statement


def test_the_statement_is_in_every_footer(site: Site) -> None:
    for page in in_frame(site).values():
        links = {link.words: page.target(link.href) for link in page.links("//footer")}
        target = links["Tilgængelighed"]
        assert target and target.lstrip("/") == STATEMENT


NUMBERS = {2: "to", 3: "tre", 4: "fire", 5: "fem", 6: "seks", 7: "syv"}


def test_the_statement_names_what_the_tests_run_and_on_how_much(site: Site) -> None:
    text = fold(site.pages[STATEMENT].main.text_content())
    assert set(re.findall(r"axe-core (\d[\d.]*\d)", text)) == {axe.version()}
    tags = {"wcag22aa", "best-practice"}
    assert all(f'"{tag}"' in axe.SCRIPT for tag in tags)
    for claim in ("WCAG 2.2", "28. november 2026", "1280 og 390", "320", "400 %"):
        assert claim in text
    frames, searched, walked = (NUMBERS[len(pages)] for pages in (FRAMES, SEARCHED, OF_ALL_KINDS))
    assert f"er prøvet på {frames} forskellige sider, og den åbne søgning på {searched}." in text
    assert f"{walked.capitalize()} vejvisere, der tilsammen har alle slags sider" in text
