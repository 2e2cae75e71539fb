"""Nothing moves under a reader's eyes while a page arrives: what comes late, on a phone, comes after the
first picture. It is held back and not slowed here, so that no measure depends on how fast a machine is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from page_kinds import LAYOUTS
from playwright.sync_api import Browser, Page, Route

SCRIPTS = re.compile(r"/(frame|tree)\.js$")
MOST = 0.02
"""Of the view that moves, times how far, as browsers sum it (layout shift)."""
WATCH = """
window.moved = [];
new PerformanceObserver((list) => window.moved.push(...list.getEntries()))
  .observe({ type: "layout-shift", buffered: true });
"""
PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length > 0"
SETTLED = (
    "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60))))"
)


class Late:
    """Files that a page has to wait for until they are let go."""

    def __init__(self, page: Page, pattern: str | re.Pattern[str]) -> None:
        self.held: list[Route] = []
        self.open = False
        page.route(pattern, self._take)

    def _take(self, route: Route) -> None:
        if self.open:
            route.continue_()
        else:
            self.held.append(route)

    def let_go(self) -> None:
        self.open = True
        for route in self.held:
            route.continue_()


@dataclass(frozen=True)
class Arriving:
    """A page that has been painted, and waits for its scripts and fonts."""

    page: Page
    scripts: Late
    fonts: Late

    @classmethod
    def at(cls, browser: Browser, address: str) -> Arriving:
        context = browser.new_context(viewport={"width": 390, "height": 664}, bypass_csp=True)
        context.add_init_script(WATCH)
        context.set_default_timeout(10_000)
        page = context.new_page()
        arriving = cls(page, Late(page, SCRIPTS), Late(page, "**/*.woff2"))
        page.goto(address, wait_until="commit")
        return arriving


@pytest.fixture
def arriving(request: pytest.FixtureRequest, browser: Browser, served: str) -> Iterator[dict[str, Arriving]]:
    pages = {kind: Arriving.at(browser, served + LAYOUTS[kind]) for kind in request.param}
    yield pages
    for one in pages.values():
        one.page.context.close()


GROUPS = [list(LAYOUTS)[share::4] for share in range(4)]
"""Most of the time is waiting, so some pages arrive at once."""


@pytest.mark.parametrize("arriving", GROUPS, ids=" ".join, indirect=True)
def test_nothing_moves_when_scripts_and_fonts_come_late(arriving: dict[str, Arriving]) -> None:
    pages = list(arriving.values())
    for one in pages:
        one.page.wait_for_function(PAINTED)
        one.page.evaluate(SETTLED)
        assert one.scripts.held and one.fonts.held, "the page is shown before they are there"
    for one in pages:
        one.scripts.let_go()
    for one in pages:
        one.page.wait_for_load_state("domcontentloaded")
    pages[-1].page.wait_for_timeout(200)
    for one in pages:
        one.fonts.let_go()
    for one in pages:
        one.page.wait_for_load_state("load")
    pages[-1].page.wait_for_timeout(200)
    moved = {kind: moved_on(one.page) for kind, one in arriving.items()}
    assert {kind: moves for kind, moves in moved.items() if sum(value for value, _ in moves) >= MOST} == {}


def moved_on(page: Page) -> list[tuple[float, list[str]]]:
    """What moved, and how much of the view."""
    page.evaluate("() => document.fonts.ready.then(() => null)")
    page.evaluate(SETTLED)
    found = page.evaluate(
        "() => moved.map((m) => [m.value, m.sources.map((s) => (s.node?.className || s.node?.nodeName) + ' ' "
        "+ Math.round(s.previousRect.top) + '→' + Math.round(s.currentRect.top))])"
    )
    return [(value, sources) for value, sources in found]
