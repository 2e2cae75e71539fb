"""Other builders make the same site of what `make compile` writes: compared page by page with ours, and used in a
browser. What differs stands in `DIFFERS`, and nothing else may; see docs/decisions/0006."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import axe
import lxml.html
import pytest
from browser import Log
from conftest import ROOT, run, serve
from helpers import script_hashes
from playwright.sync_api import Browser, BrowserContext, expect
from playwright.sync_api import Page as Open
from queries import QUERIES
from searching import FIELD, TITLES, search, searching
from shared_builds import made_once
from site_reader import Page, Site, fold

from guidetrees.publish.postprocess import finish

BUILDERS = {
    "properdocs": ("properdocs", "build", "--strict", "--quiet", "--config-file", "mkdocs.yml"),
    "zensical": ("zensical", "build", "--strict"),
}
TREE = "er-det-digital-behandling"


@dataclass(frozen=True)
class Built:
    """A site that one of the builders has made."""

    builder: str
    site: Site
    finished: Site
    """The same after `guidetrees finish`."""


def build(builder: str, compiled: Path, factory: pytest.TempPathFactory) -> Built:
    def make(folder: Path) -> None:
        shutil.copytree(compiled, folder)
        built = run(*BUILDERS[builder], cwd=folder)
        assert built.returncode == 0, built.stdout + built.stderr
        finished = shutil.copytree(folder / "site", folder / "finished")
        assert finish(finished, ROOT / "docs") == len(list(finished.rglob("*.html")))

    folder = made_once(factory, builder, make)
    return Built(builder, Site(folder / "site"), Site(folder / "finished"))


@pytest.fixture(scope="module")
def zensical(compiled: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build("zensical", compiled, tmp_path_factory)


@pytest.fixture(scope="module")
def properdocs(compiled: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build("properdocs", compiled, tmp_path_factory)


@pytest.fixture(params=BUILDERS)
def built(request: pytest.FixtureRequest, compiled: Path) -> Built:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Built)
    return found


# What is compared of each page

THEMES = re.compile(r"assets/(javascripts|stylesheets)/")
UNUSED = "assets/images/favicon"
STYLES = re.compile(r"assets/(frame|material|guidetrees/tree|guidetrees/style)\.css$")
"""Those that our pages have as one."""
SKIPPED = "data-search-exclude"
"""Marks what search passes over."""
SKIP = "__skip"
"""The place that Zensical's link over the header leads to, in front of the heading."""


def target(page: Page, address: str) -> str:
    return page.target(address) or address


def article(page: Page) -> list[object]:
    """The content: every element in order with its attributes and text, links by where they lead to."""
    around_code = "ancestor::pre or contains(@class, 'highlight')"
    elements = page.all(f"//article//*[not(@id = '{SKIP}' or {around_code})]")
    return [
        (element.tag, attributes(page, element), text_of(element), fold(element.tail or ""))
        for element in elements
        if isinstance(element.tag, str)  # no comment
    ]


def text_of(element: lxml.html.HtmlElement) -> str:
    """Up to the next element; of code, which a builder may colour, all."""
    return str(element.text_content()).strip() if element.tag == "pre" else fold(element.text or "")


def attributes(page: Page, element: lxml.html.HtmlElement) -> dict[str, str]:
    found = {name: fold(value) for name, value in element.attrib.items() if name != SKIPPED}
    return found | {name: target(page, found[name]) for name in ("href", "src") if name in found}


def links(inside: str) -> Callable[[Page], object]:
    """The links of a part of the frame: where they lead, their words, and which is the page's own."""
    return lambda page: [
        (
            target(page, a.get("href")),
            fold(a.text_content()),
            a.get("aria-current"),
            "--active" in a.get("class", ""),
        )
        for a in page.all(f"{inside}//a[@href]")
    ]


def metas(page: Page) -> dict[str, str]:
    named = page.all("//head/meta[@name or @http-equiv]")
    return {meta.get("name") or meta.get("http-equiv"): meta.get("content") for meta in named}


def without(page: Page, *names: str) -> dict[str, str]:
    return {name: content for name, content in metas(page).items() if name not in names}


def loaded(page: Page) -> list[str]:
    """The styles and scripts that are neither the theme's nor in STYLES, and what the page is related to."""
    addresses = [target(page, str(address)) for address in page.all("//link/@href | //script/@src")]
    return sorted(one for one in addresses if not THEMES.search(one) and not STYLES.search(one))


GENERATOR, POLICY = "generator", "Content-Security-Policy"
SEEN: dict[str, Callable[[Page], object]] = {
    "language": lambda page: page.all("//html/@lang"),
    "title": lambda page: page.text("//title"),
    "description and orders to browsers": lambda page: without(page, GENERATOR, POLICY),
    "builder's name": lambda page: metas(page).get(GENERATOR),
    "policy": lambda page: POLICY in metas(page),
    "styles, scripts and relations": loaded,
    "theme's script": lambda page: len([src for src in page.all("//script/@src") if "javascripts/bundle" in src]),
    "styles of every page": lambda page: len([one for one in page.all("//link/@href") if STYLES.search(one)]),
    "scripts in the page": lambda page: len(page.all("//script[not(@src)]")),
    "article": article,
    "place in front of the heading": lambda page: page.all(f"//article//@id[. = '{SKIP}']"),
    "mark of what search passes over": lambda page: len(page.all(f"//@{SKIPPED}")),
    "links over the header": lambda page: page.all("//a[contains(@class, 'md-skip')]/@href"),
    "colours of code": lambda page: len(page.all("//article//pre//span")),
    "tabs": links("//nav[contains(@class, 'md-tabs')]"),
    "menu": links("//nav[contains(@class, 'md-nav--primary')]"),
    "contents of the page": links("//div[contains(@class, 'md-sidebar--secondary')]"),
    "footer": links("//footer"),
    "words of the footer": lambda page: [fold(footer.text_content()) for footer in page.all("//footer")],
    "way to the search": lambda page: [target(page, href) for href in page.all("//a[@id = 'search-open']/@href")],
    "hidden boxes": lambda page: [sorted(box.attrib) for box in page.all("//input[@data-md-toggle]")],
}

WHOLE = {"theme's script", "styles of every page", "scripts in the page"}
"""Other builders keep the theme as it is; see docs/decisions/0031."""
DIFFERS = {
    "properdocs": {"builder's name", *WHOLE},
    "zensical": {
        "builder's name",
        *WHOLE,
        "colours of code",
        "links over the header",
        "place in front of the heading",
    },
}
"""What may differ, and does, of the sites that are finished."""


def test_pages_differ_in_nothing_but_what_is_listed(site: Site, built: Built) -> None:
    assert set(built.finished.pages) == set(site.pages)
    pairs = [(page, built.finished.pages[path]) for path, page in site.pages.items()]
    differ = {name for name, seen in SEEN.items() if any(seen(ours) != seen(theirs) for ours, theirs in pairs)}
    assert differ == DIFFERS[built.builder]


def test_what_differs_is_no_loss(site: Site, zensical: Built) -> None:
    """The link over the header leads to the content."""
    for path, page in zensical.finished.shown.items():
        assert page.all("//a[contains(@class, 'md-skip')]/@href")[0] == f"#{SKIP}"
        first = page.all(f"//article/a[@id='{SKIP}']/following::*[string()]")[0]
        assert first.tag == site.pages[path].all("//article//*[string()]")[0].tag


def test_the_record_tells_what_differs() -> None:
    (record,) = ROOT.glob("docs/decisions/0006*")
    told = " ".join(record.read_text("utf-8").split())
    assert [name for names in DIFFERS.values() for name in names if name not in told] == []


def test_files_are_the_same(site: Site, built: Built) -> None:
    """All but the list of whole addresses, which others write without any in it."""
    ours, theirs = files(site.folder), files(built.finished.folder)
    lists = {path for path in theirs if path.startswith("sitemap.xml")}
    assert "sitemap.xml" in lists and b"<loc>" not in theirs["sitemap.xml"]
    assert {path: found for path, found in theirs.items() if path not in lists} == ours


def files(folder: Path) -> dict[str, bytes]:
    """What is no page, not the theme's, not the builder's own index. Configurations name the theme's scripts."""
    no_files = re.compile(
        rf".*\.html$|search\.json$|hosting/|web\.config$|{THEMES.pattern}|{STYLES.pattern}|{UNUSED}"
    )
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in paths.items() if not no_files.match(name)}


def test_properdocs_runs_the_hook_as_it_is(site: Site, tmp_path: Path) -> None:
    built = run(*BUILDERS["properdocs"], "--site-dir", str(tmp_path / "site"), cwd=ROOT)
    assert built.returncode == 0, built.stderr
    name = re.compile(rb'<meta name="generator"[^>]*>')
    ours, theirs = (
        {
            path.relative_to(folder): name.sub(b"", path.read_bytes())
            for path in folder.rglob("*")
            if path.is_file()
        }
        for folder in (site.folder, tmp_path / "site")
    )
    assert theirs == ours


# Search


@pytest.fixture(params=["http", "file"])
def address(request: pytest.FixtureRequest, zensical: Built) -> Iterator[str]:
    """Where Zensical's site is opened."""
    if request.param == "file":
        yield zensical.finished.folder.as_uri() + "/"
    else:
        with serve(zensical.finished.folder) as url:
            yield url


FORMS = ("klager", "godkendte apps", "datasikkerhed")
WORDS = ("gdpr", "hvem skal jeg kontakte om gdpr", "klage over behandling", "kommune")


def assert_search_works(browser: Browser, address: str) -> None:
    """On a file share words are typed key by key, on a server pasted."""
    with searching(browser, address + "index.html") as page:
        for query in FORMS if address.startswith("file:") else WORDS:
            assert QUERIES[query] in search(page, query, typed=query in FORMS)[:3], query


def test_zensicals_search_is_ours(browser: Browser, address: str) -> None:
    assert_search_works(browser, address)


def test_properdocs_search_is_ours(browser: Browser, properdocs: Built) -> None:
    with serve(properdocs.finished.folder) as url:
        for address in (url, properdocs.finished.folder.as_uri() + "/"):
            assert_search_works(browser, address)


# In the browser


def walk(page: Open, address: str) -> None:
    """From the front page to an outcome."""
    page.goto(address + "index.html")
    page.get_by_role("link", name="Er det digital sundhedsfaglig behandling?", exact=True).click()
    page.get_by_role("link", name="Start", exact=True).click()
    for answer in ("Ja", "Nej"):
        page.locator(".gt-answers").get_by_role("link", name=answer, exact=True).click()
    expect(page).to_have_url(re.compile(f"{TREE}/ikke-konkret-patient.html"))
    expect(page.locator(".gt-verdict")).to_have_text("Nej")
    page.locator("[aria-labelledby=guide-words] summary").first.click()
    expect(page.locator("[aria-labelledby=guide-words] .gt-quote").first).to_be_visible()


def test_zensicals_site_works_under_its_policy(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="da-DK", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    log = Log(page)
    walk(page, address)
    expect(page.locator(".gt-trail")).to_contain_text("Gælder behandlingen en konkret patient?")
    if not address.startswith("file:"):
        use_the_rest(page, address)
    assert [line for line in log.complaints if not line.startswith("info: ")] == []
    assert log.outside(address) == []
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    context.close()


def use_the_rest(page: Open, address: str) -> None:
    """The map, the search and a checklist."""
    page.goto(f"{address}{TREE}/index.html")
    expect(page.locator(".gt-map svg").first).to_be_visible()
    page.get_by_role("button", name="Søg").click()
    page.locator(FIELD).press_sequentially("tavshedspligt")
    page.locator(f"{TITLES}[href*='guide/sundhedsperson.html']").first.click()
    expect(page).to_have_url(re.compile("guide/sundhedsperson.html"))
    page.goto(f"{address}maa-jeg-bruge-appen/overvejelser.html")
    page.locator("input[type=checkbox]:visible").first.check()


AXE = (
    "index.html",
    f"{TREE}/index.html",
    f"{TREE}/konkret-patient.html",
    f"{TREE}/ikke-konkret-patient.html",
    "maa-jeg-bruge-appen/overvejelser.html",
    "guide/leder.html",
    "forfattere/index.html",
)


def test_axe_finds_nothing_on_zensicals_pages(context: BrowserContext, zensical: Built) -> None:
    context.add_init_script(axe.SCRIPT)
    page, base = context.new_page(), zensical.finished.folder.as_uri() + "/"
    looked_at = axe.Kinds()
    assert [line for path in AXE for line in looked_at.on_page(page, base, path)] == []


def test_zensicals_site_works_without_script(plain: Open, zensical: Built) -> None:
    address = zensical.finished.folder.as_uri() + "/"
    walk(plain, address)
    plain.goto(f"{address}{TREE}/index.html")
    expect(plain.locator(".gt-outline").get_by_role("link", name="Hvem behandler patienten?")).to_be_visible()


def test_all_scripts_of_a_site_are_in_its_policy(built: Built) -> None:
    for path, page in built.finished.pages.items():
        (policy,) = page.all(f"//meta[@http-equiv='{POLICY}']/@content")
        assert all(named in policy for named in script_hashes(page.html)), path
