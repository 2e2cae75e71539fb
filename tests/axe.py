"""axe-core on a page in a browser, and what it found as lines that name page, state, rule and element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Literal

from playwright.sync_api import Page, TimeoutError, ViewportSize
from searching import search

SCRIPT = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
# Every rule, best practices too. The rules of WCAG 2.2 are off unless asked for.
ALL_RULES: dict[str, object] = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
# Light and dark differ in their colours only (`test_dark_changes_colours_only`): in dark, the rules that look at
# colours are the ones that have something new to see.
COLOURS = ["color-contrast", "link-in-text-block"]
COLOUR_RULES: dict[str, object] = {"resultTypes": ["violations"], "runOnly": COLOURS}
LOOK_RULES: dict[str, object] = {"resultTypes": ["violations"], "runOnly": [*COLOURS, "target-size"]}
"""Those that look at colours, sizes and distances. They take most of the time."""
STRUCTURE_RULES: dict[str, object] = {
    "resultTypes": ["violations"],
    "rules": {rule: {"enabled": False} for rule in COLOURS},
}
"""All others."""
RUN = "async ([part, options]) => (await axe.run(part, options)).violations"
# Colours, sizes and distances come from the names and classes of an element and of those around it.
NEW_KINDS = """(known) => {
  const seen = new Set(known), found = [];
  const name = (e) => [e.localName, ...[...e.classList].sort()].join(".");
  const kind = (e) => (e === document.body ? "" : `${name(e)} ${kind(e.parentElement)}`);
  for (const e of document.querySelectorAll("body *")) {
    e.removeAttribute("data-new-kind");
    const looked = e.matches("a, button, input, label, select, summary, svg, textarea")
      || [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim());
    if (!looked || !e.checkVisibility({ visibilityProperty: true }) || seen.has(kind(e))) continue;
    seen.add(kind(e));
    found.push(kind(e));
    e.setAttribute("data-new-kind", "");
  }
  return found;
}"""
MARKED = "[data-new-kind]"
SEARCHED, UNKNOWN = "udstyr", "xyzzy"

Scheme = Literal["light", "dark"]
Part = str | dict[str, list[list[str]]]
"""What axe looks at: a selector, or those to include and to exclude."""
FRAME: Part = {"include": [["html"]], "exclude": [["article > *"]]}
"""A page without its text."""
ONCE: Part = {"include": [["html"]], "exclude": [[".gt-review__tree ~ .gt-review__tree"]]}
"""A page without what it has a second time: the document of all trees has those of the others."""


@dataclass(frozen=True)
class State:
    """How a reader sees a page."""

    scheme: Scheme
    width: int
    search: Literal["closed", "open"]

    def __str__(self) -> str:
        return f"{self.scheme}, {self.width} px, search {self.search}"


# The theme lets code take the focus when it has measured that it does not fit; axe allows 13 px.
WHAT_SCROLLS_TAKES_THE_FOCUS = """() => [...document.querySelectorAll("pre > code")].every(
  (code) => code.scrollWidth - code.clientWidth <= 13 || code.tabIndex === 0)"""

# Each differs from the one before in one thing, which is all that a page must be changed for.
VIEWS: list[tuple[Scheme, int]] = [("light", 390), ("dark", 390), ("dark", 1280), ("light", 1280)]
CLOSED = [State(scheme, width, "closed") for scheme, width in VIEWS]
# Widths do not change colours either (`test_a_narrow_window_has_the_colours_of_a_wide_one`): between them these
# show both widths to the rules that look at sizes, and both schemes to those that look at colours.
SEEN = [State("light", 390, "closed"), State("dark", 1280, "closed")]
OPEN = [State(scheme, width, "open") for scheme, width in reversed(VIEWS)]


def version() -> str:
    """The version of axe-core that the tests run."""
    found = re.match(r"/\*! axe v([\d.]+)", SCRIPT)
    assert found
    return found[1]


def violations(
    page: Page, name: str, state: object, options: dict[str, object] = ALL_RULES, part: Part = "html"
) -> list[str]:
    """What axe finds on a page that has `SCRIPT`, a line an element."""
    return [
        f"{name} ({state}): {found['id']}: {' '.join(node['html'].split())[:160]}"
        for found in page.evaluate(RUN, [part, options])
        for node in found["nodes"]
    ]


@dataclass
class Kinds:
    """Looks at page after page, and at each kind of element once in each of two views."""

    narrow: set[str] = field(default_factory=set)
    """The kinds that were looked at in light at 390 px."""
    wide: set[str] = field(default_factory=set)
    """The kinds that were looked at in dark at 1280 px."""

    def on_page(self, page: Page, base: str, path: str) -> Iterator[str]:
        """The violations of one page that loads with `SCRIPT`: of the structure of all of it, and of the look of
        every kind of element with words or of use that is new."""
        yield from self.narrow_page(page, base, path)
        wide = SEEN[1]
        _resize(page, wide.width)
        if _mark_new(page, self.wide):
            yield from _in_state(page, path, wide, LOOK_RULES, MARKED)

    def narrow_page(self, page: Page, base: str, path: str) -> Iterator[str]:
        """The same in light at 390 px only."""
        narrow = SEEN[0]
        _resize(page, narrow.width)
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.goto(base + path)
        yield from _in_state(page, path, narrow, STRUCTURE_RULES, ONCE)
        if _mark_new(page, self.narrow):
            yield from violations(page, path, narrow, LOOK_RULES, MARKED)


def _mark_new(page: Page, known: set[str]) -> bool:
    """Marks the first element of each kind that is not known, which then is."""
    found = page.evaluate(NEW_KINDS, sorted(known))
    known.update(found)
    return bool(found)


def of_frame(page: Page, base: str, path: str) -> Iterator[str]:
    """The violations of what lies around the text of a page, in every state with the search closed."""
    page.goto(base + path)
    for state in CLOSED:
        yield from _in_state(page, path, state, _rules(state), FRAME)


def with_search(page: Page, base: str, path: str) -> Iterator[str]:
    """The violations of the open search, which lies over a page: empty, full, and after nothing was found."""
    page.goto(base + path)
    for state in OPEN:
        for query in ("", SEARCHED, UNKNOWN):
            search(page, query)
            yield from _in_state(page, path, state, _rules(state), "dialog")


def _rules(state: State) -> dict[str, object]:
    return COLOUR_RULES if state.scheme == "dark" else ALL_RULES


def _in_state(page: Page, path: str, state: State, rules: dict[str, object], part: Part) -> list[str]:
    _resize(page, state.width)
    page.emulate_media(color_scheme=state.scheme, reduced_motion="reduce")
    if not page.evaluate(WHAT_SCROLLS_TAKES_THE_FOCUS):
        with suppress(TimeoutError):  # axe then reports what still takes none
            page.wait_for_function(WHAT_SCROLLS_TAKES_THE_FOCUS, timeout=5_000)
    return violations(page, path, state, rules, part)


def _resize(page: Page, width: int) -> None:
    size: ViewportSize = {"width": width, "height": 900}
    if page.viewport_size != size:
        page.set_viewport_size(size)
