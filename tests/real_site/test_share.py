"""Short addresses, the page with links and codes, and the site inside a page of others."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit
from urllib.request import url2pathname

import axe
import pytest
import zxingcpp
from browser import Log
from conftest import ROOT, serve
from helpers import DAY, check, lay_out, project_of, write
from playwright.sync_api import Browser, BrowserContext, Frame, Locator, Page, Route, expect
from site_reader import Site, fold, locations
from walks import WORDS, answer_words

from guidetrees.diff.lost_urls import lost_pages
from guidetrees.diff.report import report
from guidetrees.diff.versions import Versions
from guidetrees.messages.words import read_words
from guidetrees.parse.model import Tree
from guidetrees.project.project import read_project
from guidetrees.render import site_pages
from guidetrees.render.assets import CODES, SHARE_SCRIPT
from guidetrees.render.context import prepare
from guidetrees.tools.new_tree import NewTreeError, write_new_tree

PROJECT = read_project(ROOT)
TREES = list(PROJECT.trees.values())
TREE = PROJECT.trees["er-det-digital-behandling"]
WAY = {"sundhedsfaglig": "ja", "konkret-patient": "ja", "hvem": "autoriseret", "teknologi": "ja"}
STATE = "#" + "&".join(f"{node}={answer}" for node, answer in WAY.items())
SMALL = "decision_trees/smallest.yml"

each_tree = pytest.mark.parametrize("tree", TREES, ids=lambda tree: tree.id)


# Short addresses


@each_tree
def test_every_tree_has_a_short_name_that_is_easily_said_and_typed(tree: Tree) -> None:
    assert tree.short and re.fullmatch("[a-z]{3,10}", tree.short)


@each_tree
def test_a_short_address_leads_to_the_trees_start_page(site: Site, tree: Tree) -> None:
    page = site.pages[f"{tree.short}/index.html"]
    (content,) = page.all("//meta[@http-equiv='refresh']/@content")
    start = f"{tree.id}/index.html"
    assert page.target(str(content).removeprefix("0; url=")) == start
    assert [(page.target(link.href), link.words) for link in page.links()] == [(start, str(tree.title))]
    assert WORDS["moved"] not in page.html


def test_a_short_address_is_followed_wherever_the_site_lies(base: str, page: Page) -> None:
    for address in ("index.html", "") if base.startswith("http") else ("index.html",):
        page.goto(f"{base}{TREE.short}/{address}")
        page.wait_for_url(f"{base}{TREE.id}/index.html")


def test_a_tree_without_a_short_name_is_shared_by_its_own(tmp_path: Path) -> None:
    site = prepare(project_of(None, tmp_path), read_words("en"))
    (page,) = (page for page in site_pages.pages(site) if page.path == "share.md")
    assert 'data-folder="other/"' in page.text and 'href="other/index.html"' in page.text
    assert not [asset.path for asset in site_pages.assets(site) if asset.path.endswith(".html")]


def with_short(root: Path, line: str) -> Path:
    """A project whose second tree has `line` among its keys."""
    lay_out(ROOT / "tests/cases/valid/smallest.yml", root)
    text = (root / SMALL).read_text("utf-8")
    write(root, SMALL, text.replace("start:", f"{line}start:", 1))
    return root


def test_a_short_address_that_vanishes_is_told_and_one_that_stays_as_a_former_name_is_not(tmp_path: Path) -> None:
    before = read_project(with_short(tmp_path / "before", "short: little\n"))
    other = read_project(with_short(tmp_path / "other", "short: tiny\n"))
    kept = read_project(with_short(tmp_path / "kept", "short: tiny\naliases: [little]\n"))
    assert all(check(project) == [] for project in (before, other, kept))
    assert lost_pages(Versions(before, other), "smallest") == ["little/index.html"]
    assert lost_pages(Versions(before, kept), "smallest") == []
    lines = report(Versions(before, other), read_words("en"), "v1").splitlines()
    assert "    little/index.html" in lines
    at = lines.index("Short name")
    assert lines[at + 1 : at + 3] == ["  before: ‘little’", "  now: ‘tiny’"]


def test_a_short_name_is_no_name_for_a_new_tree(tmp_path: Path) -> None:
    root = with_short(tmp_path, "short: little\n")
    with pytest.raises(NewTreeError, match=r"'little' is the short name of the tree 'smallest' \(short in .*\)"):
        write_new_tree(read_project(root), root, "little", "en", DAY)


# The page with links and codes


@pytest.fixture(params=["root", "folder", "letters"])
def address(request: pytest.FixtureRequest, served: str, site: Site) -> Iterator[str]:
    """The site's address: a server's root, a folder in it, and one whose name has spaces and Danish letters."""
    if request.param == "root":
        yield served
        return
    folder = site.folder.as_uri() + "/"
    if request.param == "letters":
        folder = request.getfixturevalue("shared")
    with serve(Path(url2pathname(urlsplit(folder).path)).parent) as base:
        yield f"{base}{folder.split('/')[-2]}/"


def open_share(page: Page, base: str) -> None:
    page.goto(base + "share.html")
    expect(page.locator(".gt-share__code svg")).to_have_count(len(TREES))


def card_of(page: Page, tree: Tree) -> Locator:
    return page.locator(f"[aria-labelledby=share-{tree.id}]")


# A picture drawn by the browser, eight points a module and more: its width and its points from black to white.
POINTS = """async (url) => {
  const image = new Image();
  image.src = url;
  await image.decode();
  const size = 400, canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const on = canvas.getContext("2d");
  on.drawImage(image, 0, 0, size, size);
  const { data } = on.getImageData(0, 0, size, size);
  const grey = Uint8Array.from({ length: size * size }, (_, i) => data[4 * i]);
  return [size, btoa(Array.from(grey, (value) => String.fromCharCode(value)).join(""))];
}"""


def decoded(page: Page, url: str) -> str:
    """What a reader of codes sees in a picture."""
    size, points = page.evaluate(POINTS, url)
    image = memoryview(base64.b64decode(points)).cast("B", shape=[size, size])
    (code,) = zxingcpp.read_barcodes(image)
    assert code.format == zxingcpp.BarcodeFormat.QRCode
    assert code.ec_level == "M"
    return str(code.text)


def test_every_tree_has_a_code_and_texts_with_the_right_address(address: str, page: Page) -> None:
    open_share(page, address)
    expect(page.locator(".gt-share__none")).to_be_hidden()
    for tree in TREES:
        card = card_of(page, tree)
        to = f"{address}{tree.short}/"
        assert decoded(page, str(card.locator(".gt-share__download").get_attribute("href"))) == to
        link = card.locator(".gt-share__address a")
        assert (link.inner_text(), link.get_attribute("href")) == (to, to)
        assert (
            fold(str(card.locator(".gt-share__text").text_content()))
            == WORDS.say("share_text", title=tree.title) + f" {to}"
        )
        assert card.locator(".gt-share__embed").text_content() == embedding(address, tree)
        assert card.locator("svg").get_attribute("aria-label") == WORDS.say("share_code", title=tree.title)


def embedding(base: str, tree: Tree) -> str:
    title = html.escape(tree.title, quote=False)
    return f'<iframe src="{base}{tree.id}/index.html" title="{title}" width="100%" height="600"></iframe>'


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_code_is_read_from_the_screen(served: str, page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    open_share(page, served)
    shot = base64.b64encode(card_of(page, TREE).locator("svg").screenshot()).decode()
    assert decoded(page, f"data:image/png;base64,{shot}") == f"{served}{TREE.short}/"


def test_a_code_is_a_picture_of_its_own_when_it_is_downloaded(served: str, page: Page) -> None:
    open_share(page, served)
    with page.expect_download() as download:
        card_of(page, TREE).get_by_role("link", name=WORDS["share_download"]).click()
    assert download.value.suggested_filename == "qr-behandling.svg"
    text = download.value.path().read_text("utf-8")
    assert text.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert 'width="40mm"' in text and "class=" not in text and "style=" not in text


@pytest.mark.parametrize(
    ("status", "body"), [(404, "none"), (403, "no"), (200, "<title>Index of /</title>")], ids=str
)
def test_where_a_server_shows_no_page_for_a_folder_the_address_names_the_file(
    served: str, context: BrowserContext, status: int, body: str
) -> None:
    def refuse(route: Route) -> None:
        route.fulfill(status=status, body=body)

    page = context.new_page()
    page.route(re.compile(f"{served}[a-z]+/$"), refuse)
    open_share(page, served)
    expect(card_of(page, TREE).locator(".gt-share__address")).to_have_text(f"{served}{TREE.short}/index.html")


# A secure address, and one that the browser lends no clipboard.
CLIPBOARDS = {"secure": "", "plain": "delete Navigator.prototype.clipboard"}


@pytest.mark.parametrize("clipboard", CLIPBOARDS)
def test_buttons_copy_what_stands_above_them(served: str, new_page: Page, clipboard: str) -> None:
    new_page.add_init_script(CLIPBOARDS[clipboard])
    open_share(new_page, served)
    tree = TREES[2]
    card = card_of(new_page, tree)
    to = f"{served}{tree.short}/"
    copied = {
        ("share_copy_address", "copied_address"): to,
        ("share_copy_text", "copied_text"): WORDS.say("share_text", title=tree.title) + f" {to}",
        ("share_copy_embed", "copied_embed"): embedding(served, tree),
    }
    new_page.evaluate(
        "document.querySelector('.gt-share').insertAdjacentHTML('afterend', '<textarea id=paste></textarea>')"
    )
    for (button, said), text in copied.items():
        if button == "share_copy_text":
            card.locator("summary").click()
        card.get_by_role("button", name=WORDS[button], exact=True).click()
        expect(card.get_by_role("status")).to_have_text(WORDS[said])
        new_page.locator("#paste").fill("")
        new_page.locator("#paste").press("Control+V")
        assert new_page.locator("#paste").input_value() == text
    expect(new_page.locator(".gt-copy")).to_have_count(0)


def test_where_the_browser_refuses_the_text_is_shown_to_copy_by_hand(served: str, new_page: Page) -> None:
    new_page.add_init_script(CLIPBOARDS["plain"] + "; document.execCommand = () => false")
    open_share(new_page, served)
    card = card_of(new_page, TREE)
    card.locator("summary").click()
    card.get_by_role("button", name=WORDS["share_copy_embed"]).click()
    expect(card.get_by_role("status")).to_have_text(WORDS["copy_yourself"])
    expect(card.locator(".gt-copy")).to_have_value(embedding(served, TREE))


def assert_plain(page: Page) -> None:
    """The end of each address as a link, and what the page needs to show more."""
    expect(page.locator(".gt-share__none")).to_have_text(WORDS["share_none"])
    for tree in TREES:
        card = card_of(page, tree)
        expect(card.locator("a:visible")).to_have_text([f"{tree.short}/"])
        assert card.locator("a:visible").get_attribute("href") == f"{tree.short}/index.html"
        expect(card.locator("button:visible, svg, code:visible")).to_have_count(0)


def test_from_a_folder_the_page_says_what_it_needs(shared: str, page: Page) -> None:
    page.goto(shared + "share.html")
    assert_plain(page)


def test_axe_finds_nothing_where_no_codes_are_shown(shared: str, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(shared + "share.html")
    page.evaluate(axe.SCRIPT)
    # In a folder, axe may not ask for the styles, and need not: it sees what they do.
    assert axe.violations(page, "share.html", "from a folder", {**axe.ALL_RULES, "preload": False}) == []


def test_without_javascript_the_page_says_what_it_needs(base: str, plain: Page) -> None:
    plain.goto(base + "share.html")
    assert_plain(plain)
    card_of(plain, TREE).get_by_role("link").click()
    expect(plain.locator("h1")).to_contain_text(str(TREE.title))


def test_the_page_works_under_a_policy_that_runs_scripts_of_the_site_only(
    served: str, context: BrowserContext
) -> None:
    def guarded(route: Route) -> None:
        answer = route.fetch()
        policy = "default-src 'self'; img-src 'self' data:"
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": policy})

    page = context.new_page()
    page.route("**/share.html", guarded)
    open_share(page, served)
    card_of(page, TREE).get_by_role("button", name=WORDS["share_copy_address"]).click()
    expect(card_of(page, TREE).get_by_role("status")).to_have_text(WORDS["copied_address"])


def test_nothing_leaves_the_site_and_nothing_is_stored(served: str, context: BrowserContext) -> None:
    page = context.new_page()
    log = Log(page)
    open_share(page, served)
    assert log.outside(served) == []
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_only_this_page_loads_what_draws_codes(site: Site) -> None:
    for path, page in site.pages.items():
        loaded = {page.target(str(src)) for src in page.all("//script/@src")}
        assert (CODES in loaded) == (SHARE_SCRIPT in loaded) == (path == "share.html"), path
    folder = (site.folder / CODES).parent
    assert (folder / Path(CODES).with_suffix(".LICENSE.txt").name).is_file()
    assert Path(CODES).name in (folder / "SOURCE.txt").read_text("utf-8")


def test_axe_finds_nothing_where_codes_are_shown(served: str, new_page: Page) -> None:
    new_page.add_init_script(axe.SCRIPT)
    open_share(new_page, served)
    card_of(new_page, TREE).locator("summary").click()
    card_of(new_page, TREE).get_by_role("button", name=WORDS["share_copy_text"]).click()
    for state in axe.SEEN:
        new_page.emulate_media(color_scheme=state.scheme, reduced_motion="reduce")
        new_page.set_viewport_size({"width": state.width, "height": 900})
        assert axe.violations(new_page, "share.html", state) == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_the_page_does_not_scroll_sideways(served: str, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    open_share(page, served)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_paper_every_tree_is_a_card_with_its_code_and_address(served: str, page: Page) -> None:
    page.emulate_media(media="print")
    open_share(page, served)
    for tree in TREES:
        card = card_of(page, tree)
        assert fold(card.inner_text()) == f"{tree.title} {tree.summary} {served}{tree.short}/"
        box = card.locator("svg").bounding_box()
        assert box and 110 < box["width"] < 125  # 30 mm
    expect(page.locator("h1")).to_be_hidden()


def test_the_page_is_linked_from_about_and_from_every_tree_and_out_of_search(site: Site) -> None:
    about = site.pages["om.html"]
    assert "share.html" in {about.target(link.href) for link in about.links("//article")}
    for tree in TREES:
        page = site.pages[f"{tree.id}/index.html"]
        to = {link.words: page.target(link.href) for link in page.links("//article")}[WORDS["to_share"]]
        assert to == f"share.html#share-{tree.id}"
        assert f"share-{tree.id}" in site.pages["share.html"].ids
    assert "share.html" not in locations(site.folder)


# Inside a page of others

FRAME = ".md-header, .md-tabs, .md-footer, .md-sidebar, .search-open, .site-links, .md-skip"
HOST = (
    '<!doctype html><link rel="icon" href="data:,"><title>Module</title>'
    '<iframe src="{src}" title="x" width="{width}" height="500"></iframe>'
)


@dataclass(frozen=True)
class Host:
    """Where the page of others lies: a folder on a server of its own."""

    folder: Path
    address: str

    def embed(self, page: Page, src: str, width: int = 600) -> Frame:
        """The frame that shows `src`, of another server or else of another folder."""
        name = f"module-{len(list(self.folder.iterdir()))}.html"  # none that the browser has kept
        path = write(self.folder, name, HOST.format(src=html.escape(src), width=width))
        page.goto(f"{self.address}{name}" if src.startswith("http") else path.as_uri())
        frame = page.frames[1]
        frame.wait_for_load_state()
        return frame


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    folder = tmp_path_factory.mktemp("host")
    with serve(folder) as address:
        yield Host(folder, address)


def way_out(frame: Frame) -> Locator:
    return frame.get_by_role("link", name=WORDS["open_window"], exact=True)


def test_a_tree_is_walked_in_a_frame_and_opened_where_it_is(base: str, page: Page, host: Host) -> None:
    frame = host.embed(page, f"{base}{TREE.id}/index.html")
    expect(frame.locator("html")).to_have_class(re.compile("gt-framed"))
    expect(frame.locator(FRAME).locator("visible=true")).to_have_count(0)
    frame.get_by_role("link", name=WORDS["start"], exact=True).click()
    for node, answer in WAY.items():
        frame.wait_for_url(re.compile(f"/{node}.html"))
        words = answer_words(TREE, node, answer)
        frame.locator(".gt-answers").get_by_role("link", name=words, exact=True).click()
    end = f"{base}{TREE.id}/digital.html{STATE}"
    frame.wait_for_url(end)
    expect(frame.locator(".gt-verdict")).to_be_visible()
    expect(frame.locator(FRAME).locator("visible=true")).to_have_count(0)
    assert way_out(frame).get_attribute("rel") == "noopener"
    with page.expect_popup() as popup:
        way_out(frame).click()
    popup.value.wait_for_load_state()
    assert popup.value.url == end
    expect(popup.value.locator(".md-header")).to_be_visible()
    expect(popup.value.locator(".open-window")).to_have_count(0)


def test_the_way_out_knows_what_was_ticked_a_moment_ago(served: str, page: Page, host: Host) -> None:
    frame = host.embed(page, f"{served}maa-jeg-bruge-appen/overvejelser.html")
    frame.locator("article input[type=checkbox]").first.check()
    ticked = frame.evaluate("location.href")
    assert "overvejelser=" in ticked
    with page.expect_popup() as popup:
        way_out(frame).click()
    assert popup.value.url == ticked


def test_in_a_frame_what_leads_out_of_the_trees_opens_a_window(served: str, page: Page, host: Host) -> None:
    frame = host.embed(page, f"{served}{TREE.id}/digital.html{STATE}")
    links = frame.eval_on_selector_all(
        "article a[href]:not(.open-window a)", "(all) => all.map((a) => [a.href, a.target, a.rel])"
    )
    outside = {href for href, _, _ in links if href.startswith("http") and not href.startswith(served)}
    guide = {href for href, _, _ in links if href.startswith(f"{served}guide/")}
    assert outside and guide
    for href, target, rel in links:
        own = (target, rel) == ("_blank", "noopener")
        assert own == (href in outside | guide), href
        assert own or not target
    inside = {urlsplit(href).path for href, target, _ in links if not target}
    assert {"/index.html", "/a-z.html", f"/{TREE.id}/index.html"} <= inside


def test_in_a_frame_the_front_pages_box_leads_to_the_index(served: str, page: Page, host: Host) -> None:
    frame = host.embed(page, f"{served}index.html")
    frame.locator(".front-search").click()
    frame.wait_for_url(f"{served}a-z.html")


@pytest.mark.parametrize("path", ["index.html", "om.html", "guide/leder.html", "share.html", "404.html"])
def test_other_pages_are_without_a_frame_too(served: str, page: Page, host: Host, path: str) -> None:
    frame = host.embed(page, served + path)
    expect(frame.locator(FRAME).locator("visible=true")).to_have_count(0)
    expect(frame.locator("h1")).to_be_visible()
    expect(way_out(frame)).to_have_attribute("href", served + path)


@pytest.mark.parametrize("width", [320, 800])
@pytest.mark.parametrize("node", ["index", "hvem", "digital"])
def test_a_frame_is_filled_and_does_not_scroll_sideways(
    served: str, page: Page, host: Host, node: str, width: int
) -> None:
    frame = host.embed(page, f"{served}{TREE.id}/{node}.html", width)
    assert frame.evaluate("document.documentElement.scrollWidth") <= width
    room = frame.evaluate("document.documentElement.clientWidth")
    box = frame.evaluate(
        "(({ left, right }) => [left, right])(document.querySelector('h1').getBoundingClientRect())"
    )
    assert box[0] <= 40 and room - box[1] <= 40
    assert frame.evaluate("document.querySelector('.gt-top').getBoundingClientRect().top") <= 24


def test_axe_finds_nothing_in_a_frame(served: str, page: Page, host: Host) -> None:
    for path in (f"{TREE.id}/index.html", f"{TREE.id}/digital.html{STATE}"):
        frame = host.embed(page, served + path)
        frame.evaluate(axe.SCRIPT)
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        assert axe.violations(cast(Page, frame), path, "in a frame, light") == []
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        assert axe.violations(cast(Page, frame), path, "in a frame, dark", axe.COLOUR_RULES) == []


def test_without_javascript_a_frame_shows_the_whole_site(served: str, browser: Browser, host: Host) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 900, "height": 700})
    frame = host.embed(context.new_page(), f"{served}{TREE.id}/index.html")
    expect(frame.locator(".md-header")).to_be_visible()
    expect(frame.locator("h1")).to_be_visible()
    context.close()


def test_every_page_asks_in_the_same_words_whether_it_is_framed(site: Site) -> None:
    """So that a policy can name their hash."""
    found = set()
    for page in site.shown.values():
        asked = {script.text for script in page.all("//script") if "gt-framed" in (script.text or "")}
        assert len(asked) == 1, page.path
        found |= asked
    assert found == {'document.documentElement.classList.add(self === top ? "gt-searches" : "gt-framed")'}
