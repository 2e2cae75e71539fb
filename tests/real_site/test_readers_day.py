"""What depends on the day, as readers see it: the day is their own, and without script all days are shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from answering import pasted, squeezed, text_of_print
from helpers import CASES, site_of, written
from playwright.sync_api import Browser, Page, expect
from walks import WORDS

LAST_DAY, DAY_AFTER = "2026-12-31T12:00:00+01:00", "2027-01-01T12:00:00+01:00"
NEW = "Digital Sundhed Danmark"
OLD = {"it-infrastruktur": ("sds", "Sundhedsdatastyrelsen"), "sundhedsdatanettet": ("medcom", "MedCom")}
PAGES = "hvilken-myndighed/{}.html"

each_page = pytest.mark.parametrize("page_name", OLD)


def shown(page: Page, css: str) -> list[str]:
    return [found.inner_text() for found in page.locator(css).all() if found.is_visible()]


# This site's contacts


@each_page
def test_without_script_a_card_shows_both_under_their_days(served: str, plain: Page, page_name: str) -> None:
    key, old = OLD[page_name]
    plain.goto(served + PAGES.format(page_name))
    assert shown(plain, f"#contact-{key} .gt-contact__name") == [old, NEW]
    assert shown(plain, f"#contact-{key} .gt-part__when") == [
        "Til og med 31. december 2026:",
        "Fra 1. januar 2027:",
    ]
    expect(plain.locator(f"#contact-{key}")).to_contain_text(f"Har overtaget efter {old}")


@pytest.mark.parametrize(("day", "is_over"), [(LAST_DAY, False), (DAY_AFTER, True)])
@each_page
def test_a_card_shows_who_is_there_on_the_day(
    served: str, new_page: Page, page_name: str, day: str, is_over: bool
) -> None:
    key, old = OLD[page_name]
    new_page.clock.set_fixed_time(day)
    new_page.goto(served + PAGES.format(page_name))
    card = new_page.locator(f"#contact-{key}")
    assert shown(new_page, f"#contact-{key} .gt-contact__name") == [NEW if is_over else old]
    expect(card.get_by_text(f"Har overtaget efter {old}")).to_be_visible(visible=is_over)
    # The note that some tasks stay with the ministry is there before and after.
    expect(card.get_by_text("bliver i ministeriet")).to_be_visible()


@pytest.mark.parametrize(("day", "name", "other"), [(LAST_DAY, "MedCom", NEW), (DAY_AFTER, NEW, "MedCom")])
def test_what_a_reader_keeps_names_who_is_there_on_the_day(
    served: str, new_page: Page, day: str, name: str, other: str
) -> None:
    new_page.clock.set_fixed_time(day)
    new_page.goto(served + PAGES.format("sundhedsdatanettet"))
    new_page.get_by_role("button", name=WORDS["copy_text"]).click()
    asked = [line for line in pasted(new_page).splitlines() if line.startswith(f"{WORDS['ask']}: ")]
    assert [name in line for line in asked] == [True]
    assert [other in line for line in asked] == [False]
    printed = squeezed(text_of_print(new_page))
    assert (squeezed("Har overtaget efter MedCom") in printed) == (name == NEW)


# A small tree


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a tree with parts and contacts of certain days."""
    root = tmp_path_factory.mktemp("days")
    return written(site_of(CASES / "valid/days", root / "project"), root / "site") + "days/"


@pytest.fixture
def reader(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page in the time zone of a test's parameter `zone`."""
    context = browser.new_context(timezone_id=request.getfixturevalue("zone"), bypass_csp=True)
    yield context.new_page()
    context.close()


WEST, EAST, HERE = "Pacific/Honolulu", "Pacific/Kiritimati", "Europe/Copenhagen"
NEW_YEAR = "Loans last six weeks."
OLD_YEAR = "Loans last four weeks."
CLOSED = "The library is closed."
COUNTED = "Maps are counted."


@pytest.mark.parametrize(
    ("zone", "time", "parts"),
    [
        (HERE, "2026-12-29T23:59:59+01:00", [OLD_YEAR]),
        (HERE, "2026-12-30T00:00:00+01:00", [OLD_YEAR, COUNTED]),
        (HERE, "2026-12-31T23:59:59+01:00", [OLD_YEAR, COUNTED]),
        (HERE, "2027-01-01T00:00:00+01:00", [NEW_YEAR, COUNTED, CLOSED]),
        (HERE, "2027-01-01T23:59:59+01:00", [NEW_YEAR, COUNTED, CLOSED]),
        (HERE, "2027-01-02T00:00:00+01:00", [NEW_YEAR]),
        # It is the same moment: noon on New Year's Eve in Greenwich.
        (EAST, "2026-12-31T12:00:00Z", [NEW_YEAR, COUNTED, CLOSED]),
        (WEST, "2026-12-31T12:00:00Z", [OLD_YEAR, COUNTED]),
        (WEST, "2027-01-01T09:59:59Z", [OLD_YEAR, COUNTED]),
        (WEST, "2027-01-01T10:00:00Z", [NEW_YEAR, COUNTED, CLOSED]),
    ],
)
def test_parts_show_on_their_days_of_the_readers_calendar(
    days: str, zone: str, reader: Page, time: str, parts: list[str]
) -> None:
    reader.clock.set_fixed_time(time)
    reader.goto(f"{days}lend.html#kind=a-map&ready=met")
    assert shown(reader, ".gt-part .gt-prose") == parts


def test_a_part_of_a_day_and_an_answer_needs_both(days: str, new_page: Page) -> None:
    new_page.clock.set_fixed_time("2026-12-31T12:00:00Z")
    new_page.goto(f"{days}lend.html#kind=a-book&ready=met")
    assert shown(new_page, ".gt-part .gt-prose") == [OLD_YEAR]
    new_page.evaluate("location.hash = 'kind=a-map&ready=met'")
    assert shown(new_page, ".gt-part .gt-prose") == [OLD_YEAR, COUNTED]
    # The reader has answered what it asks for: only its days are left to say.
    assert (
        shown(new_page, ".gt-part .gt-part__when")[-1]
        == "From December 30, 2026 up to and including January 1, 2027:"
    )
    new_page.goto(f"{days}kind.html")
    assert shown(new_page, ".gt-part") == [
        "Up to and including December 31, 2026:\n\nThe desk closes for good this year."
    ]


def test_without_script_every_part_is_shown_under_its_days(days: str, plain: Page) -> None:
    plain.goto(f"{days}lend.html")
    assert shown(plain, ".gt-part .gt-prose") == [NEW_YEAR, OLD_YEAR, COUNTED, CLOSED]
    assert shown(plain, ".gt-contact__name") == ["The desk", "The store", "The archive"]


@pytest.mark.parametrize(
    ("day", "name", "words"),
    [
        ("2026-12-31", "The desk", "up to and including December 31, 2026"),
        ("2027-01-01", "The store", "from January 1, 2027 up to and including December 31, 2027"),
        ("2027-12-31", "The store", "from January 1, 2027 up to and including December 31, 2027"),
        ("2028-01-01", "The archive", "from January 1, 2028"),
    ],
)
def test_a_chain_of_contacts_shows_the_one_of_the_day(
    days: str, new_page: Page, day: str, name: str, words: str
) -> None:
    new_page.clock.set_fixed_time(f"{day}T12:00:00Z")
    new_page.goto(f"{days}not-yet.html#kind=a-map&ready=unmet")
    assert shown(new_page, "#contact-desk .gt-contact__name") == [name]
    assert shown(new_page, ".gt-item__ask") == [f"Ask: {name} ({words}), The archive"]
    new_page.locator(".gt-item__ask a:visible").first.click()
    expect(new_page.locator("#contact-desk")).to_be_in_viewport()
