"""The pages of the real site by axe, in light and dark, narrow and wide, with scripts and without."""

from __future__ import annotations

import axe
import pytest
from browser import is_wide
from page_kinds import FRAMES, KINDS, SEARCHED, in_frame, of_new_structure
from playwright.sync_api import BrowserContext, Page
from site_reader import Page as SitePage
from site_reader import Site


def test_axe_finds_nothing_where_a_page_is_built_as_none_before(served: str, site: Site, new_page: Page) -> None:
    """Every rule, best practices too, at 1280 and 390 px, light and dark: those that look at colours and sizes
    once for each kind of element. What the texts of other pages can break is in `test_accessibility.py`."""
    new_page.add_init_script(axe.SCRIPT)
    looked_at, found = axe.Kinds(), list[str]()
    for path in of_new_structure(site):
        found += looked_at.on_page(new_page, served, path)
        widths = (1280, 768) if path in KINDS.values() else (1280,)
        found += [f"{path} scrolls sideways at {width} px" for width in widths if is_wide(new_page, width)]
    assert found == []
    assert len(looked_at.narrow) > 300 and len(looked_at.wide) > 300


def test_no_page_scrolls_sideways_on_a_phone(served: str, site: Site, page: Page) -> None:
    """Where long words and tables would be too wide first."""
    wide = []
    page.set_viewport_size({"width": 320, "height": 900})
    for path in in_frame(site):
        page.goto(served + path)
        wide += [path] if is_wide(page, 320) else []
    assert wide == []


@pytest.mark.parametrize("kind", FRAMES)
def test_axe_finds_nothing_in_the_frame(served: str, new_page: Page, kind: str) -> None:
    new_page.add_init_script(axe.SCRIPT)
    assert list(axe.of_frame(new_page, served, KINDS[kind])) == []


@pytest.mark.parametrize("kind", SEARCHED)
def test_axe_finds_nothing_in_the_open_search(served: str, new_page: Page, kind: str) -> None:
    new_page.add_init_script(axe.SCRIPT)
    assert list(axe.with_search(new_page, served, KINDS[kind])) == []


def test_every_page_has_one_of_these_frames(site: Site) -> None:
    """So what axe finds in the header and the footer of these pages holds for all."""

    def frame(page: SitePage) -> set[tuple[str, ...]]:
        own = {"href", "src", "aria-label", "aria-current", "class"}
        parts = page.all("//header | //footer | //header//* | //footer//*")
        return {(str(e.tag), *(f"{k}={v}" for k, v in e.attrib.items() if k not in own)) for e in parts}

    known = set().union(*(frame(site.pages[KINDS[kind]]) for kind in FRAMES))
    assert len(known) > 20
    assert {path: frame(page) - known for path, page in in_frame(site).items() if frame(page) - known} == {}


def test_axe_finds_nothing_without_the_sites_scripts(served: str, context: BrowserContext) -> None:
    """The browser complains about each script that does not come."""
    page = context.new_page()
    page.route("**/*.js", lambda route: route.abort())  # axe itself is a script, so scripts stay allowed
    page.add_init_script(axe.SCRIPT)
    looked_at = axe.Kinds()
    for path in KINDS.values():
        assert list(looked_at.narrow_page(page, served, path)) == []
        assert page.locator("html.no-js").count() == 1


def test_axe_finds_nothing_in_the_open_menu(served: str, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for path in ("index.html", "guide/leder.html"):
        page.goto(served + path)
        page.evaluate(axe.SCRIPT)
        page.locator(".md-header__button[for=__drawer]").click()
        page.wait_for_timeout(500)
        assert axe.violations(page, path, "menu open") == []


def test_the_page_for_unknown_addresses_is_sound_in_a_folder(shared: str, context: BrowserContext) -> None:
    """There its scripts are at no address, about which the browser complains."""
    page = context.new_page()
    page.goto(shared + "404.html")
    page.evaluate(axe.SCRIPT)
    assert axe.violations(page, "404.html", "from a folder") == []


BROKEN = {
    "image-alt": "<img src='data:,'>",
    "button-name": "<button style='width:3em;height:3em'></button>",
    "color-contrast": "<p class='weak' style='color:#999;background:#fff'>Svag skrift</p>",
    "heading-order": "<h6>For dyb overskrift</h6>",
    "target-size": "<button class='small'>i</button><button class='small'>j</button>",
}
"""HTML that is added to the text, by the rule that it breaks."""
BREAK = f"""addEventListener("DOMContentLoaded", () => {{
  const style = ".small {{ width: 9px; height: 9px; padding: 0; font-size: 6px }}";
  document.querySelector("article").insertAdjacentHTML("beforeend", {"".join(BROKEN.values())!r});
  document.body.insertAdjacentHTML("afterbegin", `<style>${{style}}</style><p>Uden for alle områder</p>`);
}});"""


def test_axe_does_find_what_is_broken_and_says_where(served: str, new_page: Page) -> None:
    new_page.add_init_script(axe.SCRIPT)
    looked_at = axe.Kinds()
    assert list(looked_at.on_page(new_page, served, "index.html")) == []
    new_page.add_init_script(BREAK)
    found = {line.partition(": <")[0] for line in looked_at.on_page(new_page, served, "index.html")}
    narrow = "index.html (light, 390 px, search closed): "
    assert {line.removeprefix(narrow) for line in found if line.startswith(narrow)} == {*BROKEN, "region"}
    assert "index.html (dark, 1280 px, search closed): target-size" in found
