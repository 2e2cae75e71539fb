"""A page of every kind, visited once: what a reader has chosen in the browser changes what it should, no more."""

from __future__ import annotations

import axe
import pytest
from page_kinds import KINDS
from playwright.sync_api import Page, expect


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_of_every_kind_suits_what_its_reader_has_chosen(served: str, page: Page, kind: str) -> None:
    page.goto(served + KINDS[kind])
    assert_nothing_moves_for_those_who_ask_for_less_motion(page)
    assert_dark_changes_colours_only(page)
    assert_a_narrow_window_has_the_colours_of_a_wide_one(page)
    assert_in_forced_colours_parts_keep_a_line(page)
    assert_the_skip_link_is_seen_and_leads_past_the_frame(page)
    assert_text_spaced_wide_is_neither_cut_nor_scrolled_sideways(page)


MOVING = """() => [...document.querySelectorAll("*")].flatMap((e) => ["", "::before", "::after"].map((part) => {
  const s = getComputedStyle(e, part);
  const moves = (times) => times.split(", ").some((time) => parseFloat(time) > 0);
  return moves(s.transitionDuration) || (s.animationName !== "none" && moves(s.animationDuration));
})).filter(Boolean).length"""


def assert_nothing_moves_for_those_who_ask_for_less_motion(page: Page) -> None:
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(MOVING) > 0
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(MOVING) == 0


def different(found: list[str], expected: list[str]) -> list[tuple[str, str]]:
    """What differs: a whole list would take a failing test minutes to print."""
    assert len(found) == len(expected)
    return [pair for pair in zip(found, expected, strict=True) if pair[0] != pair[1]]


# The theme gives its columns their height in the frames after a page has loaded: they are read until they stay.
BOXES = """async () => {
  const read = () => [...document.querySelectorAll("*")].map((e) => {
    if (!e.checkVisibility()) return `${e.localName} not shown`; // in a closed part: a box or none, by chance
    const { x, y, width, height } = e.getBoundingClientRect();
    return [e.localName, x, y, width, height, getComputedStyle(e).visibility].join(" ");
  });
  for (let before = "", stays = 0; stays < 4; ) {
    await new Promise(requestAnimationFrame);
    const now = read().join();
    stays = now === before ? stays + 1 : 0;
    before = now;
  }
  return read();
}"""


def assert_dark_changes_colours_only(page: Page) -> None:
    """So what axe finds in light of structure, names and sizes holds in dark."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    light = page.evaluate(BOXES)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert different(page.evaluate(BOXES), light) == []


SCHEMES: tuple[axe.Scheme, ...] = ("light", "dark")
COLOURS = """() => [...document.querySelectorAll("article *")].map((e) => {
  const { color, backgroundColor } = getComputedStyle(e);
  return [e.localName, color, backgroundColor].join(" ");
})"""


def in_both_schemes(page: Page, width: int) -> dict[axe.Scheme, list[str]]:
    """The colours of all elements in a window of this width."""
    page.set_viewport_size({"width": width, "height": 900})
    found: dict[axe.Scheme, list[str]] = {}
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found[scheme] = page.evaluate(COLOURS)
    return found


def assert_a_narrow_window_has_the_colours_of_a_wide_one(page: Page) -> None:
    wide = in_both_schemes(page, 1280)
    for scheme, narrow in in_both_schemes(page, 390).items():
        assert different(narrow, wide[scheme]) == [], scheme
    page.set_viewport_size({"width": 1280, "height": 720})


# What must be told apart without its colours: a line of its own around it or at its side.
LINED = (".md-header, .md-footer, .search-open, .gt-answer, .gt-card, .gt-button, .gt-contact, .gt-quote, "
         "h1:has(.gt-verdict), .gt-update")  # fmt: skip
LINES = """(selector) => [...document.querySelectorAll(selector)].map((e) => {
  const s = getComputedStyle(e);
  const sides = ["Top", "Right", "Bottom", "Left"].filter((side) => parseFloat(s[`border${side}Width`]) >= 1
    && s[`border${side}Style`] !== "none" && s[`border${side}Color`] !== s.backgroundColor);
  return [e.className.toString() || e.localName, sides.length];
})"""


def assert_in_forced_colours_parts_keep_a_line(page: Page) -> None:
    page.emulate_media(forced_colors="active", color_scheme="light")
    lines = page.evaluate(LINES, LINED)
    page.emulate_media(forced_colors="none", color_scheme="light")
    assert {"md-header", "md-footer", "search-open"} <= {name.split()[0] for name, _ in lines}
    assert [name for name, sides in lines if not sides] == []


def assert_the_skip_link_is_seen_and_leads_past_the_frame(page: Page) -> None:
    skip = page.locator("a.md-skip")
    page.keyboard.press("Tab")
    skip.focus()  # pages of trees open with the focus on their heading
    expect(skip).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('article, footer'))")


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


def assert_text_spaced_wide_is_neither_cut_nor_scrolled_sideways(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.add_style_tag(content=SPACING)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(CUT) == []
