"""The site in Firefox and WebKitGTK: a small walk in each, over http and from a file share, narrow and wide."""

from __future__ import annotations

import base64
import io
import os
from collections.abc import Callable, Iterator

import pytest
from browser import program
from other_browsers import Driven, firefox, webkitgtk
from pypdf import PdfReader
from searching import CONTROL, FIELD, TITLES
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import Remote
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait
from walks import WORDS

TREE = "er-det-digital-behandling/index.html"
CHECKLIST = "maa-jeg-bruge-appen/overvejelser.html"
MISSING = "maa-jeg-bruge-appen/mangler.html"
# What readers use. Where there are several names, the first that is seen.
START = ".gt-action a"
ANSWER = ".gt-answer a"
GIVEN = ".gt-step"
VERDICT = ".gt-verdict"
BOX = ".gt-item input[type=checkbox]"
COUNT = ".gt-progress"
NEXT = "#next, .gt-answer[data-answer=unmet] a"


@pytest.fixture(scope="module", params=[firefox, webkitgtk], ids=lambda start: start.__name__)
def driven(request: pytest.FixtureRequest) -> Iterator[Driven]:
    """Another browser. Without one, its tests fail in CI and are left out elsewhere with the reason."""
    missing = [name for name in NEEDED[request.param] if not program(name)]
    if missing:
        assert not os.environ.get("CI"), f"tests/browser.py installs {missing} where it can"
        pytest.skip(f"there is no {' and no '.join(missing)}")
    with request.param() as started:
        yield started


NEEDED = {firefox: ("firefox-esr",), webkitgtk: ("WebKitWebDriver", "Xvfb")}


# Not `base`, for each of whose addresses a browser would be started anew.
@pytest.fixture(params=["served", "shared"])
def place(request: pytest.FixtureRequest) -> str:
    """The site's address in both ways that readers open it."""
    return str(request.getfixturevalue(request.param))


@pytest.fixture
def reader(place: str, driven: Driven) -> Iterator[Remote]:
    """A browser of which nothing complains: as wide as a phone or a screen. Each browser has both widths."""
    narrow = place.startswith("http") == driven.prints
    driven.widen(390 if narrow else 1280)
    driven.complaints.clear()
    yield driven.driver
    assert [said for said in driven.complaints if not said.startswith(PREFETCH)] == []


PREFETCH = "Content-Security-Policy: The page’s settings blocked the loading of a resource (default-src) at http"
"""Firefox loads what the theme's <link rel="next"> names before anybody asks for it; the policy stops that."""


def seen(reader: Remote, what: str) -> list[WebElement]:
    found: list[WebElement] = reader.execute_script(SEEN, what)
    return found


SEEN = """
  return [...document.querySelectorAll(arguments[0])]
    .filter((one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }));
"""


def wait(reader: Remote, found: Callable[[], object]) -> None:
    """What is there may be gone while it is looked at."""
    gone = [StaleElementReferenceException]
    WebDriverWait(reader, 15, poll_frequency=0.05, ignored_exceptions=gone).until(lambda _: found())


def first(reader: Remote, what: str) -> WebElement:
    wait(reader, lambda: seen(reader, what))
    return seen(reader, what)[0]


def follow(reader: Remote, link: WebElement) -> None:
    """Clicks a link to another page, which begins at its heading."""
    former = reader.current_url
    link.click()
    wait(reader, lambda: reader.current_url != former)
    wait(reader, lambda: reader.execute_script(LOADED))


LOADED = "return document.readyState === 'complete'"
HEADING = "return document.activeElement === document.querySelector('h1')"


def focused(reader: Remote) -> None:
    """Where a page's script has put the focus."""
    wait(reader, lambda: reader.execute_script(HEADING))


def ticked(reader: Remote) -> list[int]:
    return [number for number, box in enumerate(seen(reader, BOX)) if box.is_selected()]


def given(reader: Remote) -> int:
    """How many answers the page tells."""
    return len(reader.find_elements(By.CSS_SELECTOR, GIVEN))


# The walk


def test_clicks_lead_from_the_front_page_to_an_outcome_and_back(place: str, reader: Remote) -> None:
    reader.get(place + "index.html")
    follow(reader, first(reader, f'.gt-trees a[href="{TREE}"]'))
    follow(reader, first(reader, START))
    questions = list[str]()
    while answers := seen(reader, ANSWER):
        questions.append(reader.current_url)
        follow(reader, answers[0])
        focused(reader)
        assert given(reader) == len(questions)
    assert len(questions) > 2 and seen(reader, VERDICT)
    reader.back()
    wait(reader, lambda: reader.current_url == questions[-1] and seen(reader, ANSWER))
    assert given(reader) == len(questions) - 1


def test_points_are_ticked_counted_and_kept(place: str, reader: Remote) -> None:
    reader.get(place + CHECKLIST)
    boxes = seen(reader, BOX)
    for tick in (1, 4):
        boxes[tick].click()
    counted = WORDS["progress"].format(met=2, all=len(boxes))
    wait(reader, lambda: first(reader, COUNT).text == counted)
    reader.refresh()
    wait(reader, lambda: ticked(reader) == [1, 4])
    assert first(reader, COUNT).text == counted
    follow(reader, first(reader, NEXT))
    focused(reader)
    assert reader.current_url.startswith(place + MISSING)
    reader.back()
    wait(reader, lambda: first(reader, COUNT).text == counted)


def test_a_search_leads_to_a_page(place: str, reader: Remote) -> None:
    reader.get(place + CHECKLIST)
    first(reader, CONTROL).click()
    first(reader, FIELD).send_keys("databeskyttelse")
    follow(reader, first(reader, TITLES))
    assert reader.current_url.startswith(place)
    assert "databeskyttelse" in first(reader, "main").text.lower()


# On paper


def test_paper_has_what_is_folded_and_no_controls(served: str, driven: Driven) -> None:
    reader = driven.driver
    reader.get(f"{served}{CHECKLIST}")
    folded = reader.execute_script(FOLDED)
    controls = first(reader, CONTROLS).text
    text = printed(driven)
    assert squeezed(first(reader, "h1").text) in text
    assert folded and all(squeezed(words) in text for words in folded)
    assert controls and squeezed(controls) not in text


FOLDED = (
    "return [...document.querySelectorAll('details:not([open]) blockquote')].map((quote) => quote.textContent)"
)
CONTROLS = ".gt-bottom a"
SHOW_PRINT = """
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const media = rules.filter((rule) => rule instanceof CSSMediaRule).map((rule) => rule.media);
  for (const list of media) {
    if (list.mediaText === "print") list.mediaText = "all";
    else if (list.mediaText.includes("screen")) list.mediaText = "not all";
  }
  dispatchEvent(new Event("beforeprint"));
  return document.body.innerText;
"""


def printed(driven: Driven) -> str:
    """What stands on paper; where the driver cannot print, what the rules for it show."""
    if not driven.prints:
        return squeezed(driven.driver.execute_script(SHOW_PRINT))
    read = PdfReader(io.BytesIO(base64.b64decode(driven.driver.print_page())))
    return squeezed("".join(page.extract_text() for page in read.pages))


def squeezed(text: str) -> str:
    """Where lines and words end on paper is the paper's matter."""
    return "".join(text.split()).replace("\u00ad", "")
