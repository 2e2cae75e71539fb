"""Nothing moves under a reader's eyes while a page arrives: what comes late, on a phone, comes after the
first picture. It is held back and not slowed here, so that no measure depends on how fast a machine is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from page_kinds import LAYOUTS
from playwright.sync_api import Browser, Page, Route

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

    def __init__(self, page: Page, pattern: str) -> None:
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


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 664}, bypass_csp=True)
    context.add_init_script(WATCH)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", LAYOUTS)
def test_nothing_moves_when_scripts_and_fonts_come_late(served: str, phone: Page, kind: str) -> None:
    fonts = Late(phone, "**/*.woff2")
    scripts = Late(phone, "**/javascripts/bundle.*")
    phone.goto(served + LAYOUTS[kind], wait_until="commit")
    phone.wait_for_function(PAINTED)
    phone.evaluate(SETTLED)
    assert scripts.held and fonts.held, "the page is shown before they are there"
    for files, state in ((scripts, "domcontentloaded"), (fonts, "load")):
        files.let_go()
        phone.wait_for_load_state(state)  # type: ignore[arg-type]
        phone.wait_for_timeout(200)
    phone.evaluate("() => document.fonts.ready.then(() => null)")
    phone.evaluate(SETTLED)
    moved = phone.evaluate(
        "() => moved.map((m) => [m.value, m.sources.map((s) => (s.node?.className || s.node?.nodeName) + ' ' "
        "+ Math.round(s.previousRect.top) + '→' + Math.round(s.currentRect.top))])"
    )
    assert sum(value for value, _ in moved) < MOST, moved
