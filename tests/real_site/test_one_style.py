"""The style without the rules that nothing matches gives every element what the whole style gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import material
import pytest
from page_kinds import LAYOUTS
from playwright.sync_api import Browser, Page
from site_reader import Site

from guidetrees_mkdocs.lean import ONE_STYLE
from guidetrees_mkdocs.theme_style import COMMA, GROUPS, READ, blocks, without_charset

STATES = re.compile(
    r"(?P<on>[\w\])*])?(?:::?(?:-[\w-]+|before|after|hover|focus(?:-within|-visible)?|active|checked|target|disabled|"
    r"indeterminate|placeholder(?:-shown)?|marker)\b(?!-))+"
)
MATCHED = """(selectors) => selectors.filter((selector) => {
  try {
    return document.querySelector(selector);
  } catch {
    return true; // what is not understood is to stay
  }
})"""
VIEWS = (
    {"media": "screen", "color_scheme": "light", "forced_colors": "none"},
    {"media": "print", "color_scheme": "light", "forced_colors": "none"},
)
PREPARE = """(whole) => {
  const link = document.querySelector("link[href*='style.css']");
  const kept = link.sheet;
  const all = document.createElement("style");
  all.textContent = whole;
  link.after(all);
  window.useWhole = (is) => {
    kept.disabled = is;
    all.sheet.disabled = !is;
  };
  window.styles = () => {
    const found = [];
    for (const element of document.querySelectorAll("html, body, body *:not(script, svg *)")) {
      for (const part of [null, "::before", "::after"]) {
        const style = getComputedStyle(element, part);
        if (part && style.content === "none") continue;
        const name = `${element.localName}.${element.className.baseVal ?? element.className}${part ?? ""}`;
        const keys = [...style].filter((key) => !key.startsWith("--"));
        found.push(...keys.map((key) => `${name} ${key}: ${style.getPropertyValue(key)}`));
      }
    }
    return found;
  };
}"""
DIFFERENT = """() => {
  useWhole(false);
  const ours = styles();
  useWhole(true);
  const whole = styles();
  return ours.filter((style, at) => style !== whole[at]).slice(0, 5);
}"""


@pytest.fixture(scope="module")
def theme() -> str:
    (style,) = (Path(material.__file__).parent / "templates/assets/stylesheets").glob("main.*.css")
    return without_charset(style.read_text("utf-8"))


@pytest.fixture(scope="module")
def kept(site: Site) -> str:
    return (site.folder / ONE_STYLE).read_text("utf-8").partition("*/\n")[2]


@pytest.fixture(scope="module")
def still(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def selectors(css: str) -> set[str]:
    found: set[str] = set()
    for prelude, inside in blocks(css):
        if prelude.startswith(GROUPS):
            found |= selectors(inside)
        elif not prelude.startswith("@"):
            found.update(COMMA.split(prelude))
    return found


def in_any_state(selector: str) -> str:
    return STATES.sub(lambda state: state["on"] or "*", selector)


def test_the_style_holds_a_third_of_the_themes(theme: str, kept: str) -> None:
    assert len(selectors(theme) - selectors(kept)) > 1_000


@pytest.mark.parametrize("kind", LAYOUTS)
def test_what_was_left_out_matches_nothing_in_any_state(
    served: str, still: Page, theme: str, kept: str, kind: str
) -> None:
    left_out = selectors(theme) - selectors(kept)
    still.goto(served + LAYOUTS[kind])
    assert still.evaluate(MATCHED, sorted(map(in_any_state, left_out))) == []


def test_every_variable_that_is_read_has_the_value_that_the_theme_gives_it(theme: str, kept: str) -> None:
    given = {name for name in READ.findall(kept) if f"{name}:" in theme}
    assert [name for name in given if f"{name}:" not in kept] == []


@pytest.mark.parametrize("kind", ["question", "about"])
def test_no_element_loses_a_style(served: str, still: Page, theme: str, kept: str, kind: str) -> None:
    still.goto(served + LAYOUTS[kind])
    still.evaluate(PREPARE, theme + kept)
    for view in VIEWS:
        still.emulate_media(**view)  # type: ignore[arg-type]
        assert still.evaluate(DIFFERENT) == [], view
