"""What is claimed on the page Tilgængelighed: the frame of the real site by axe, by keyboard, enlarged, in forced
colours, without motion and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import axe
import pytest
from conftest import ROOT
from helpers import only
from playwright.sync_api import Browser, BrowserContext, Page, expect
from site_reader import Page as SitePage
from site_reader import Site, fold

from guidetrees.messages.words import read_words
from guidetrees.parse.model import Checklist, Outcome
from guidetrees.project.project import read_project
from guidetrees.project.references import readable_nodes

TREES = list(read_project(ROOT).trees.values())
WORDS = read_words("da")
NAME = "Digital behandling"
STATEMENT = "tilgaengelighed.html"
ALL_TREES = "review/index.html"  # holds the documents of all trees, each of which is looked at in every state
SHARES = 8  # of the pages, so that several cores can take them


def one_of_each_kind() -> dict[str, str]:
    """A page of every kind, by what it is: a checklist, each verdict …"""
    pages = {"front": "index.html", "guide": "guide/leder.html", "table": "guide/kontakt.html"}
    pages |= {"updates": "updates.html", "about": "om.html", "statement": STATEMENT, "missing": "404.html"}
    for tree in TREES:
        pages.setdefault("start", f"{tree.id}/index.html")
        for node in readable_nodes(tree):
            kind = str(node.verdict) if isinstance(node, Outcome) else type(node).__name__.lower()
            pages.setdefault(kind, f"{tree.id}/{node.id}.html")
            if isinstance(node, Checklist):
                pages.setdefault("unmet", f"{tree.id}/{only(node.unmet)}.html")
    return pages


KINDS = one_of_each_kind()
FRAMES = ("front", "guide", "question", "yes", "missing")
"""Kinds of pages with all that the frame of a page may have."""


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture(params=["light", "dark", "forced"])
def scheme(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page in light, in dark and in the reader's own colours."""
    forced = request.param == "forced"
    context = browser.new_context(
        bypass_csp=True,
        locale="da-DK",
        color_scheme="light" if forced else request.param,
        forced_colors="active" if forced else "none",
        reduced_motion="reduce",
    )
    yield context.new_page()
    context.close()


def in_frame(site: Site) -> dict[str, SitePage]:
    """The pages that readers stay on, by path: those that only lead on have no frame."""
    return {path: page for path, page in site.pages.items() if not page.all("//meta[@http-equiv='refresh']")}


# axe


@pytest.mark.parametrize("share", range(SHARES))
def test_axe_finds_nothing_on_any_page(served: str, site: Site, page: Page, share: int) -> None:
    """Light and dark, 1280 and 390 px; every rule, best practices too."""
    paths = list(in_frame(site))[share::SHARES]
    assert len(paths) > 5
    page.add_init_script(axe.SCRIPT)
    states = {ALL_TREES: axe.SEEN[:1]}
    found = (axe.on_page(page, served, path, states.get(path, axe.SEEN)) for path in paths)
    assert [line for lines in found for line in lines] == []


@pytest.mark.parametrize("kind", FRAMES)
def test_axe_finds_nothing_in_the_frame_with_the_search_closed_and_open(
    served: str, page: Page, kind: str
) -> None:
    page.add_init_script(axe.SCRIPT)
    assert list(axe.with_frame(page, served, KINDS[kind])) == []


def test_every_page_has_one_of_these_frames(site: Site) -> None:
    """So what axe finds in the header and the footer of these pages holds for all."""

    def frame(page: SitePage) -> set[tuple[str, ...]]:
        own = {"href", "src", "aria-label", "aria-current", "class"}
        parts = page.all("//header | //footer | //header//* | //footer//*")
        return {(str(e.tag), *(f"{k}={v}" for k, v in e.attrib.items() if k not in own)) for e in parts}

    known = set().union(*(frame(site.pages[KINDS[kind]]) for kind in FRAMES))
    assert len(known) > 30
    assert {path: frame(page) - known for path, page in in_frame(site).items() if frame(page) - known} == {}


def test_dark_changes_colours_only(served: str, page: Page) -> None:
    """So what axe finds in light of structure, names and sizes holds in dark."""
    # The theme gives its columns their height in the frames after a page has loaded.
    boxes = """async () => {
      for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame);
      return [...document.querySelectorAll("*")].map((e) => {
        const { x, y, width, height } = e.getBoundingClientRect();
        return [e.localName, x, y, width, height, getComputedStyle(e).visibility].join(" ");
      });
    }"""
    for path in KINDS.values():
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.goto(served + path)
        light = page.evaluate(boxes)
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        assert page.evaluate(boxes) == light, path


def test_a_narrow_window_has_the_colours_of_a_wide_one(served: str, page: Page) -> None:
    colours = """() => [...document.querySelectorAll("article *")].map((e) => {
      const { color, backgroundColor } = getComputedStyle(e);
      return [e.localName, color, backgroundColor].join(" ");
    })"""
    for path in KINDS.values():
        page.goto(served + path)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size({"width": 1280, "height": 900})
            wide = page.evaluate(colours)
            page.set_viewport_size({"width": 390, "height": 900})
            assert page.evaluate(colours) == wide, path


def test_axe_finds_nothing_without_the_sites_scripts(served: str, page: Page) -> None:
    page.route("**/*.js", lambda route: route.abort())  # axe itself is a script, so scripts stay allowed
    page.set_viewport_size({"width": 390, "height": 844})
    for path in KINDS.values():
        page.goto(served + path)
        page.evaluate(axe.SCRIPT)
        assert page.locator("html.no-js").count() == 1
        assert axe.violations(page, path, "without scripts") == []


def test_axe_finds_nothing_in_the_open_menu(served: str, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for path in ("index.html", "guide/leder.html"):
        page.goto(served + path)
        page.evaluate(axe.SCRIPT)
        page.locator(".md-header__button[for=__drawer]").click()
        page.wait_for_timeout(500)
        assert axe.violations(page, path, "menu open") == []


def test_the_page_for_unknown_addresses_is_sound_in_a_folder(shared: str, page: Page) -> None:
    page.goto(shared + "404.html")
    page.evaluate(axe.SCRIPT)
    assert axe.violations(page, "404.html", "from a folder") == []


BROKEN = {
    "image-alt": "<img src='data:,'>",
    "button-name": "<button style='width:3em;height:3em'></button>",
    "color-contrast": "<p style='color:#999;background:#fff'>Svag skrift</p>",
    "heading-order": "<h6>For dyb overskrift</h6>",
    "target-size": "<button>i</button><button>j</button>",
    "region": "",
}


@pytest.mark.parametrize("rule", BROKEN)
def test_axe_does_find_what_is_broken_and_says_where(served: str, page: Page, rule: str) -> None:
    page.goto(served + "index.html")
    page.evaluate(axe.SCRIPT)
    assert axe.violations(page, "index.html", "untouched") == []
    page.add_style_tag(content="article button {width: 9px; height: 9px; padding: 0; font-size: 6px}")
    page.evaluate(
        """([rule, html]) => rule === "region"
            ? document.body.insertAdjacentHTML("afterbegin", "<p>Uden for alle områder</p>")
            : document.querySelector("article").insertAdjacentHTML("beforeend", html)""",
        [rule, BROKEN[rule]],
    )
    lines = axe.violations(page, "index.html", axe.State("light", 1280, "closed"))
    assert [line for line in lines if line.startswith(f"index.html (light, 1280 px, search closed): {rule}: <")]


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
        for landmark in ("//header", "//main", "//footer", "//h1", "//*[@role='search'][@aria-label]"):
            assert len(page.all(landmark)) == 1, (page.path, landmark)
        named = "//nav[not(@role)][not(@aria-label or @aria-labelledby)]"
        assert page.all(named) == [], page.path
        assert page.all("//*[@tabindex > 0] | //*[@autofocus] | //*[@autoplay] | //marquee | //blink") == []


def test_headings_skip_no_level(site: Site) -> None:
    for page in in_frame(site).values():
        levels = [int(heading.tag[1]) for heading in page.all("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")]
        assert levels[0] == 1, page.path
        assert all(b - a <= 1 for a, b in pairwise(levels)), (page.path, levels)


def test_the_mends_of_the_theme_take(site: Site) -> None:
    for page in in_frame(site).values():
        assert page.all("//*[@role='dialog']") == []
        assert page.all("//nav[@aria-expanded]") == []
        assert page.all("//input[@type='checkbox' or @type='radio'][@autocomplete]") == []
        assert page.all("//ol[@role='presentation']") == []
        assert len(page.all("//*[@role='status'][contains(@class, 'md-search-result__meta')]")) == 1
        boxes = page.all("//body/input")
        assert len(boxes) == 2 and all("hidden" in box.attrib for box in boxes)
        names = [icon.get("title") for icon in page.all("//header//label[contains(@class, 'md-header__button')]")]
        assert names == ["Navigation", "Søg"]


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


# By keyboard

# What has the focus: its words, whether a frame shows, how that stands out, and whether it can be seen.
FOCUSED = """() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = channels(colour).slice(0, 3).map((c) => c / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      if ((channels(colour)[3] ?? 1) === 1) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const element = document.activeElement;
  const frames = [getComputedStyle(element), getComputedStyle(element, "::before")];
  const frame = frames.find((s) => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2);
  const box = [...element.getClientRects()].find((r) => r.width && r.height) ?? element.getBoundingClientRect();
  // A tall element may end below the window: its middle or its upper edge is seen.
  const uppermost = [box.y + box.height / 2, box.y + 4].map((y) =>
    document.elementFromPoint(box.x + box.width / 2, y));
  // A frame that lies around its element lies on what is around it.
  const around = frame && parseFloat(frame.outlineOffset) >= 0 ? element.parentElement : element;
  return {
    what: `${element.tagName} ${(element.textContent.trim() || element.title || element.className).slice(0, 40)}`,
    over: element === document.body,
    framed: Boolean(frame),
    contrast: frame ? contrast(frame.outlineColor, ground(around)) : 0,
    seen: uppermost.some((top) => top && (element.contains(top) || top.contains(element))),
  };
}"""


def stops(page: Page, key: str = "Tab", limit: int = 150) -> list[dict[str, Any]]:
    """The stops on the way through a page, until the focus leaves it."""
    found: list[dict[str, Any]] = []
    for _ in range(limit):
        page.keyboard.press(key)
        stop = page.evaluate(FOCUSED)
        if stop["over"]:
            return found
        if not stop["seen"]:  # it is still being scrolled into view
            page.wait_for_timeout(200)
            stop = page.evaluate(FOCUSED)
        found.append(stop)
    raise AssertionError(f"the focus never leaves the page: {found[-3:]}")


def assert_all_are_seen(found: list[dict[str, Any]]) -> None:
    assert [stop for stop in found if not stop["framed"]] == []
    assert [stop for stop in found if not stop["seen"]] == []
    assert [stop for stop in found if stop["contrast"] < 3] == []


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", ["guide/leder.html", "hvilken-myndighed/emne.html"])
def test_each_stop_of_the_keyboard_is_framed_and_not_covered(
    served: str, scheme: Page, path: str, width: int
) -> None:
    scheme.set_viewport_size({"width": width, "height": 700})
    scheme.goto(served + path)
    there = stops(scheme)
    assert any("Tilgængelighed" in stop["what"] for stop in there[-3:])
    assert_all_are_seen(there)
    back = stops(scheme, "Shift+Tab")  # upwards the header could cover what gets the focus
    assert len(back) >= len(there) - 1
    assert_all_are_seen(back)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_results_of_a_search_are_reached_by_tab(served: str, scheme: Page, width: int) -> None:
    scheme.set_viewport_size({"width": width, "height": 700})
    scheme.goto(served + "updates.html")
    opener = ".md-header__button[for=__search]" if width < 960 else ".md-search__input"
    scheme.locator(opener).focus()
    if width < 960:
        scheme.keyboard.press("Enter")
    expect(scheme.locator(".md-search__input")).to_be_focused()
    expect(scheme.locator(".md-search-result__meta")).to_have_text("Indtast søgeord", timeout=15_000)
    scheme.keyboard.type(axe.SEARCHED)
    expect(scheme.locator(".md-search-result__link").nth(3)).to_be_visible(timeout=15_000)
    scheme.wait_for_timeout(400)  # the list is made anew with every key
    seen = []
    for _ in range(3):
        scheme.keyboard.press("Tab")
        expect(scheme.locator(".md-search-result__link:focus")).to_have_count(1)
        seen.append(scheme.evaluate(FOCUSED))
    assert_all_are_seen(seen)
    scheme.keyboard.press("Escape")
    expect(scheme.locator("#__search")).not_to_be_checked()
    if width < 960:
        expect(scheme.locator(opener)).to_be_focused()


def test_the_search_says_how_much_it_found(served: str, page: Page) -> None:
    page.goto(served + "index.html")
    axe.open_search(page)
    expect(page.get_by_role("status").first).to_have_text(re.compile(r"^\d+ resultater$"))
    assert page.get_by_role("search", name="Søg").get_by_role("listitem").count() > 3


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_menu_opens_takes_the_focus_and_gives_it_back(served: str, page: Page, key: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(served + "guide/leder.html")
    button = page.get_by_role("button", name="Navigation")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.focus()
    page.keyboard.press(key)
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".md-sidebar--primary a:focus")).to_have_count(1)
    page.wait_for_timeout(400)
    menu = []
    while page.locator(".md-sidebar--primary a:focus").count():
        menu.append(page.evaluate(FOCUSED))
        page.keyboard.press("Tab")
    expect(button).to_have_attribute("aria-expanded", "false")  # left behind, it closes
    assert {"A Forside", "A Sundhedsapps", "A Om siden"} <= {stop["what"] for stop in menu}
    assert_all_are_seen(menu)
    button.focus()
    page.keyboard.press(key)
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")


def test_no_single_letter_does_anything(served: str, page: Page) -> None:
    page.goto(served + "guide/leder.html")
    for key in ["f", "s", "/", "p", ",", "n", "."]:
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    assert page.url == served + "guide/leder.html"
    expect(page.locator("#__search")).not_to_be_checked()


def test_the_skip_link_is_seen_and_leads_past_the_frame(served: str, page: Page) -> None:
    for path in KINDS.values():
        page.goto(served + path)
        skip = page.locator("a.md-skip")
        page.keyboard.press("Tab")
        skip.focus()  # pages of trees open with the focus on their heading
        expect(skip).to_have_css("opacity", "1")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("Boolean(document.activeElement.closest('article, footer'))"), path


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


SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""
CUT = """() => [...document.querySelectorAll("body *")].filter((e) => {
  const s = getComputedStyle(e);
  const shown = e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && e.clientWidth > 1;
  const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
  const box = e.getBoundingClientRect();
  const here = box.right > 0 && box.left < innerWidth;
  return shown && own && here && s.overflowX !== "visible" && s.display !== "inline"
    && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1);
}).map((e) => e.className + ": " + e.textContent.trim())"""


def test_text_spaced_wide_is_neither_cut_nor_scrolled_sideways(served: str, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    for path in KINDS.values():
        page.goto(served + path)
        page.add_style_tag(content=SPACING)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert page.evaluate(CUT) == [], path


# Motion, forced colours

MOVING = """() => [...document.querySelectorAll("*")].flatMap((e) => ["", "::before", "::after"].map((part) => {
  const s = getComputedStyle(e, part);
  const moves = (times) => times.split(", ").some((time) => parseFloat(time) > 0);
  return moves(s.transitionDuration) || (s.animationName !== "none" && moves(s.animationDuration));
})).filter(Boolean).length"""


def test_nothing_moves_for_those_who_ask_for_less_motion(served: str, page: Page) -> None:
    for path in KINDS.values():
        page.emulate_media(reduced_motion="no-preference")
        page.goto(served + path)
        assert page.evaluate(MOVING) > 0, path
        page.emulate_media(reduced_motion="reduce")
        assert page.evaluate(MOVING) == 0, path


# What must be told apart without its colours: a line of its own around it or at its side.
LINED = (".md-header, .md-footer, .md-search__form, .gt-answer, .gt-card, .gt-button, .gt-contact, .gt-quote, "
         "h1:has(.gt-verdict), .gt-update")  # fmt: skip
LINES = """(selector) => [...document.querySelectorAll(selector)].map((e) => {
  const s = getComputedStyle(e);
  const sides = ["Top", "Right", "Bottom", "Left"].filter((side) => parseFloat(s[`border${side}Width`]) >= 1
    && s[`border${side}Style`] !== "none" && s[`border${side}Color`] !== s.backgroundColor);
  return [e.className.toString(), sides.length];
})"""


def test_in_forced_colours_parts_keep_a_line(served: str, browser: Browser) -> None:
    context = browser.new_context(bypass_csp=True, forced_colors="active")
    page = context.new_page()
    for path in KINDS.values():
        page.goto(served + path)
        lines = page.evaluate(LINES, LINED)
        assert {"md-header", "md-footer", "md-search__form"} <= {name.split()[0] for name, _ in lines}, path
        assert [name for name, sides in lines if not sides] == [], path
    context.close()


def test_in_forced_colours_icons_that_are_masks_are_seen(served: str, browser: Browser) -> None:
    context = browser.new_context(bypass_csp=True, forced_colors="active")
    page = context.new_page()
    page.goto(served + "index.html")
    axe.open_search(page)
    ground_of = "(element, part) => getComputedStyle(element, part).backgroundColor"
    icon = page.locator(".md-search-result__icon").first.evaluate(ground_of, "::after")
    ground = page.locator("body").evaluate(ground_of)
    assert icon != ground
    context.close()


# Without JavaScript


@pytest.mark.parametrize("path", ["index.html", "guide/leder.html", "hvilken-myndighed/emne.html"])
def test_without_javascript_every_stop_is_seen_and_the_footer_is_the_menu(
    served: str, plain: Page, path: str
) -> None:
    plain.goto(served + path)
    found = stops(plain)
    assert_all_are_seen(found)
    words = [link.text_content() for link in plain.locator(".site-links a").all()]
    assert [stop["what"] for stop in found[-len(words) :]] == [f"A {word}" for word in words]


# The statement


def test_the_statement_is_in_every_footer(site: Site) -> None:
    for page in in_frame(site).values():
        links = {link.words: page.target(link.href) for link in page.links("//footer")}
        target = links["Tilgængelighed"]
        assert target and target.lstrip("/") == STATEMENT


def test_the_statement_names_the_tools_that_the_tests_run(site: Site) -> None:
    text = fold(site.pages[STATEMENT].main.text_content())
    assert set(re.findall(r"axe-core (\d[\d.]*\d)", text)) == {axe.version()}
    tags = {"wcag22aa", "best-practice"}
    assert all(f'"{tag}"' in axe.SCRIPT for tag in tags)
    for claim in ("WCAG 2.2", "24. november 2026", "1280 og 390", "320", "400 %"):
        assert claim in text
