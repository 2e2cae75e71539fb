"""A question of which several answers can be chosen, in a browser: opened as a file, the theme left out."""

from __future__ import annotations

import shutil
from pathlib import Path

import axe
import pytest
from answering import follow, pasted, trail, unfold
from conftest import run, serve
from copies import site_of_base
from helpers import CASES, site_of, written
from playwright.sync_api import Page, expect


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of the tree's pages."""
    root = tmp_path_factory.mktemp("several")
    return written(site_of(CASES / "valid/several.yml", root / "project"), root / "site") + "several/"


def here(page: Page) -> str:
    return page.url.partition("/several/")[2]


def chosen(page: Page) -> list[str]:
    return [box.get_attribute("data-item") or "" for box in page.locator(".gt-item:has(input:checked)").all()]


def tick(page: Page, words: str) -> None:
    page.get_by_label(words, exact=True).check()


def parts(page: Page) -> list[str]:
    return [part.inner_text() for part in page.locator(".gt-part:visible .gt-part__when").all()]


BOOKS = "If you answered ‘Books, old or new’ to ‘What is it about?’:"
MAPS_AND_FILMS = "If you answered ‘Maps’ and ‘Films’ to ‘What is it about?’:"
MAPS_HERE = "If you answered ‘Maps’ or ‘Films’ to ‘What is it about?’ and ‘Here’ to ‘Where are they used?’:"


def test_what_is_chosen_is_in_the_address_in_the_trees_order(several: str, page: Page) -> None:
    page.goto(f"{several}topics.html")
    tick(page, "Films")
    assert here(page) == "topics.html#topics=films"
    tick(page, "Books, old or new")
    assert here(page) == "topics.html#topics=books.films"
    page.reload()
    assert chosen(page) == ["books", "films"]
    page.get_by_label("Books, old or new").uncheck()
    page.get_by_label("Films").uncheck()
    assert here(page) == "topics.html"
    page.go_back()
    assert "topics.html" not in page.url  # ticks add nothing to the history


def test_an_answer_that_is_chosen_alone_takes_the_others_away(several: str, page: Page) -> None:
    page.goto(f"{several}topics.html")
    tick(page, "Maps")
    tick(page, "Films")
    tick(page, "Nothing of this")
    assert (chosen(page), here(page)) == (["nothing"], "topics.html#topics=nothing")
    expect(page.locator("#next")).to_have_attribute("href", "ask.html#topics=nothing")
    tick(page, "Maps")
    assert (chosen(page), here(page)) == (["maps"], "topics.html#topics=maps")
    expect(page.locator("#next")).to_have_attribute("href", "where.html#topics=maps")


def test_nothing_chosen_leads_nowhere_and_says_so(several: str, page: Page) -> None:
    page.goto(f"{several}topics.html")
    expect(page.locator(".gt-onward:visible")).to_have_count(1)
    expect(page.locator(".gt-answer__when:visible")).to_have_count(0)
    page.locator("#next").click()
    expect(page.get_by_role("status")).to_have_text("Choose at least one answer.")
    expect(page.get_by_label("Books, old or new")).to_be_focused()
    assert here(page) == "topics.html"
    tick(page, "Maps")
    expect(page.get_by_role("status")).to_be_empty()


def test_the_boxes_are_a_group_with_a_name_and_say_nothing_until_it_is_asked_for(several: str, page: Page) -> None:
    page.goto(f"{several}topics.html")
    group = page.get_by_role("group", name="What is it about?")
    expect(group.get_by_role("checkbox")).to_have_count(4)
    expect(group).to_have_accessible_description("Choose all answers that apply.")
    expect(page.get_by_role("status")).to_be_empty()


def test_choices_lead_by_the_case_that_fits_to_the_parts_that_fit(several: str, page: Page) -> None:
    page.goto(f"{several}topics.html")
    tick(page, "Books, old or new")
    tick(page, "Maps")
    follow(page, page.locator("#next"))
    tick(page, "At home")
    follow(page, page.locator("#next"))
    assert here(page) == "desk.html#topics=books.maps&where=at-home"
    expect(page.locator(".gt-part:visible")).to_have_count(1)
    follow(page, page.locator("#next"))
    assert here(page) == "lend.html#topics=books.maps&where=at-home"
    assert parts(page) == [BOOKS]
    expect(page.locator("#ask")).to_be_hidden()
    unfold(page)
    assert trail(page) == [
        ("What is it about?", "Answer: Books, old or new · Maps"),
        ("Where are they used?", "Answer: At home"),
    ]
    follow(page, page.locator(".gt-step__change").first)
    assert chosen(page) == ["books", "maps"]
    tick(page, "Films")
    expect(page.locator("#next")).to_have_attribute("href", "desk.html#topics=books.maps.films&where=at-home")


def test_a_choice_that_changes_the_case_keeps_the_answers_after_it(several: str, page: Page) -> None:
    page.goto(f"{several}where.html#topics=books.maps.films&where=here")
    expect(page.locator("#next")).to_have_attribute("href", "lend.html#topics=books.maps.films&where=here")
    tick(page, "At home")
    expect(page.locator("#next")).to_have_attribute("href", "desk.html#topics=books.maps.films&where=at-home.here")
    page.goto(f"{several}lend.html#topics=maps.films&where=here")
    assert parts(page) == [MAPS_AND_FILMS, MAPS_HERE]
    expect(page.locator("#ask")).to_be_visible()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("topics=films.books", ["books", "films"]),
        ("topics=books.books", ["books"]),
        ("topics=books.rubbish", ["books"]),
        ("topics=books.nothing", ["books"]),
        ("topics=rubbish", []),
        ("topics=some_answers", []),
        ("topic=maps", ["maps"]),  # the node's former id
    ],
)
def test_what_does_not_fit_in_an_address_is_left_out(several: str, page: Page, text: str, kept: list[str]) -> None:
    page.goto(f"{several}topics.html#{text}")
    assert chosen(page) == kept
    fits = text in ("topics=films.books", "topic=maps")
    expect(page.locator(".gt-misfit")).to_have_count(0 if fits else 1)


def test_without_answers_every_part_and_case_is_under_its_words(several: str, page: Page, plain: Page) -> None:
    for tab in (page, plain):
        tab.goto(f"{several}lend.html")
        assert parts(tab) == [BOOKS, MAPS_AND_FILMS, MAPS_HERE]
        assert trail(tab) == []
        tab.goto(f"{several}where.html")
        unanswered = tab.locator(".gt-trail .gt-step__answer, .gt-ways")
        expect(unanswered).to_have_text(["The answers to: What is it about?"])


def test_a_copied_text_says_whom_a_part_is_for_unless_that_is_known(several: str, page: Page) -> None:
    page.goto(f"{several}lend.html")
    text = copied(page)
    assert text[2:9] == [
        BOOKS,
        "Books are lent for two weeks.",
        MAPS_AND_FILMS,
        "Maps and films are not lent together.",
        "Ask: The desk",
        MAPS_HERE,
        "The guide: Who may borrow",
    ]
    assert text.count(SINCE) == 1, "a part and a contact have it, one after the other"
    page.goto("about:blank")
    page.goto(f"{several}lend.html#topics=books&where=here")
    text = copied(page)
    assert text[2:4] == ["Books are lent for two weeks.", "Your answers:"]
    assert SINCE not in text, "the text of a hidden part is not for this reader"


SINCE = "Since the guide was published: Loans last six weeks"


def copied(page: Page) -> list[str]:
    page.get_by_role("button", name="Copy text").click()
    return [line for line in pasted(page).splitlines() if line]


def test_what_is_chosen_at_another_question_is_not_said_to_be_chosen_here(several: str, plain: Page) -> None:
    plain.goto(f"{several}ask.html")
    expect(plain.locator("#your-answers")).to_have_text("This holds if the answers are:")
    words = "The answers to: What is it about? (if you answered ‘Nothing of this’ to ‘What is it about?’)"
    expect(plain.locator(".gt-ways li")).to_have_text([words])


def test_without_script_the_answers_are_listed_and_each_case_leads_on(several: str, plain: Page) -> None:
    plain.goto(f"{several}topics.html")
    listed = ["Books, old or new", "Maps", "Films", "Nothing of this"]
    expect(plain.locator(".gt-choices .gt-item__words")).to_have_text(listed)
    expect(plain.locator(".gt-choices input")).to_have_count(0)
    expect(plain.locator("#next")).to_have_attribute("href", "ask.html")
    words = ["If you answered ‘Nothing of this’ here:", "Otherwise:"]
    expect(plain.locator(".gt-onward .gt-answer__when")).to_have_text(words)
    follow(plain, plain.locator(".gt-onward a").last)
    assert here(plain) == "where.html"


@pytest.mark.build
def test_axe_finds_nothing_on_the_pages_of_several_answers_and_of_steps(tmp_path: Path, new_page: Page) -> None:
    """This site has no step, so that a small site in its frame is built."""
    folder = site_of_base(tmp_path / "project")
    shutil.copy(CASES / "valid/several.yml", folder / "decision_trees")
    done = run("mkdocs", "build", "--strict", cwd=folder)
    assert done.returncode == 0, done.stderr
    new_page.add_init_script(axe.SCRIPT)
    looked_at = axe.Kinds()
    with serve(folder / "site") as address:
        for name in ("topics", "desk", "index"):
            assert list(looked_at.on_page(new_page, address, f"several/{name}.html")) == []
