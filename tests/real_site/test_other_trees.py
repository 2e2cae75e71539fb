"""The script on trees of shapes that this site has none of: opened as files, the theme left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from answering import follow, unfold
from helpers import CASES, site_of, written
from map_reader import on, packed
from playwright.sync_api import Page, expect

from guidetrees.graph.node_kinds import item_ids
from guidetrees.parse.model import Checklist
from guidetrees.render.context import Site

MEETING = CASES / "valid/checklists-that-meet"
LEADING = CASES / "valid/trees-that-lead-to-each-other"


Meeting = tuple[Site, str]


@pytest.fixture(scope="module")
def meeting(tmp_path_factory: pytest.TempPathFactory) -> Meeting:
    """The site of lists that meet, and its tree's address."""
    root = tmp_path_factory.mktemp("meeting")
    site = site_of(MEETING, root / "project")
    return site, written(site, root / "site") + "checklists-that-meet/"


def ids(site: Site, node: str) -> list[str]:
    found = site.project.trees["checklists-that-meet"].nodes[node]
    assert isinstance(found, Checklist)
    return item_ids(found)


def missing(page: Page) -> list[str]:
    return [item.inner_text() for item in page.locator(".gt-missing .gt-item__words").all() if item.is_visible()]


def test_only_the_list_that_the_reader_left_open_is_missing(meeting: Meeting, page: Page) -> None:
    site, base = meeting
    page.goto(base + "missing.html")
    assert len(missing(page)) == 5
    page.goto(f"{base}missing.html#card=met&bag=unmet")
    page.reload()
    assert missing(page) == ["A bag", "A bag", "No hole in it"]
    expect(page.locator("#contact-desk")).to_be_hidden()
    page.evaluate(f"location.hash = 'card=unmet.{ids(site, 'card')[1]}'")
    assert missing(page) == ["A card"]
    expect(page.locator("#contact-desk")).to_be_visible()


def test_nothing_is_missing_where_all_was_met(meeting: Meeting, page: Page) -> None:
    """Both answers of the list lead to one page."""
    _, base = meeting
    page.goto(f"{base}go.html#card=met&bag=met&read=met")
    assert missing(page) == []
    expect(page.locator(".gt-steps").first.locator("> li")).to_have_count(3)
    page.evaluate("location.hash = 'card=met&bag=met&read=unmet'")
    assert missing(page) == ["The time of a loan", "The rules for children"]


def test_items_with_the_same_words_are_ticked_apart(meeting: Meeting, page: Page) -> None:
    site, base = meeting
    assert len(set(ids(site, "bag"))) == 3
    page.goto(f"{base}bag.html")
    page.locator(".gt-item__box").nth(1).check()
    page.reload()
    assert [box.is_checked() for box in page.locator(".gt-item__box").all()] == [False, True, False]


def test_an_answer_that_leads_to_the_same_page_begins_at_its_heading(meeting: Meeting, page: Page) -> None:
    _, base = meeting
    page.goto(f"{base}go.html#card=met&bag=met&read=met")
    unfold(page)
    page.locator(".gt-step summary").last.click()
    page.locator(".gt-others a").last.click()
    page.wait_for_url("**/go.html#card=met&bag=met&read=unmet")
    expect(page.locator("h1")).to_be_focused()


def test_answers_go_along_through_the_start_page_of_another_tree(tmp_path: Path, page: Page) -> None:
    site = site_of(LEADING, tmp_path / "project")
    base = written(site, tmp_path / "site")
    edge = next(
        edge for edges in site.graph.outgoing.values() for edge in edges
        if not edge.target.node and edge.target.tree != edge.source.tree
    )  # fmt: skip
    asked, answer = site.graph.node(edge.source).title, edge.answer
    page.goto(f"{base}{edge.source.tree}/{edge.source.node}.html")
    follow(page, page.locator(f".gt-answer[data-answer='{answer}'] a"))
    assert f"/{edge.target.tree}/index.html#" in page.url
    assert asked in page.locator(".gt-step__question").all_text_contents()
    follow(page, page.locator(".gt-action a"))
    assert f"/{edge.target.tree}/{site.project.trees[edge.target.tree].start}.html#" in page.url
    assert asked in page.locator(".gt-step__question").all_text_contents()
    follow(page, page.locator(".gt-step__change").last)
    expect(page.locator(".gt-answer--given")).to_have_count(1)


# Conditions on earlier answers

CONDITIONS = CASES / "valid/conditions.yml"
HEAD = "If you answered ‘Head’ to ‘What are you?’:"
HEAD_ON_PAPER = "If you answered ‘Head’ to ‘What are you?’ and ‘On paper’ or ‘Both’ to ‘How is it done?’:"


@pytest.fixture(scope="module")
def risk(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of the question whose answer leads on by what was answered before."""
    root = tmp_path_factory.mktemp("conditions")
    return written(site_of(CONDITIONS, root / "project"), root / "site") + "conditions/risk.html"


def cases(page: Page) -> list[tuple[str | None, str, str]]:
    """The answers that are seen: what they depend on, words, and page."""
    found = []
    for frame in page.locator(".gt-answer:visible").all():
        when, link = frame.locator(".gt-answer__when:visible"), frame.locator("a")
        target = (link.get_attribute("href") or "").partition("#")[0]
        found.append((when.inner_text() if when.count() else None, link.inner_text(), target))
    return found


ALL_CASES = [
    (HEAD_ON_PAPER, "Yes", "head-paper.html"),
    (f"Otherwise, i{HEAD[1:]}", "Yes", "head-phone.html"),
    ("Otherwise:", "Yes", "others.html"),
    (None, "No", "fine.html"),
]


def test_without_script_every_case_and_part_stands_under_what_it_depends_on(risk: str, plain: Page) -> None:
    plain.goto(risk)
    assert cases(plain) == ALL_CASES
    parts = [part.inner_text().splitlines()[0] for part in plain.locator(".gt-part").all()]
    assert parts == [
        HEAD,
        "If you answered ‘Nurse’ or ‘Patient’ to ‘What are you?’ and ‘Both’ to ‘How is it done?’:",
    ]
    link = plain.get_by_role("link", name="Yes").first
    expect(link).to_have_accessible_description(f"{HEAD_ON_PAPER} Some")


@pytest.mark.parametrize(
    ("answers", "shown", "parts"),
    [
        ("", ALL_CASES, 2),  # nothing is known of this reader
        ("role=head&form=both", [(None, "Yes", "head-paper.html"), ALL_CASES[3]], 1),
        ("role=head&form=by-phone", [(None, "Yes", "head-phone.html"), ALL_CASES[3]], 1),
        ("role=nurse&form=both", [(None, "Yes", "others.html"), ALL_CASES[3]], 1),
        ("role=nurse&form=by-phone", [(None, "Yes", "others.html"), ALL_CASES[3]], 0),
        ("form=on-paper", [*ALL_CASES[:1], *ALL_CASES[1:]], 1),  # half is known
        ("form=by-phone", ALL_CASES[1:], 1),
    ],
)
def test_what_was_answered_leaves_the_case_and_the_parts_that_fit(
    risk: str, page: Page, answers: str, shown: list[tuple[str | None, str, str]], parts: int
) -> None:
    page.goto(f"{risk}#{answers}")
    assert cases(page) == shown
    expect(page.locator(".gt-part:visible")).to_have_count(parts)
    expect(page.locator(".gt-misfit")).to_have_count(0)
    # Whom to ask is whom the parts name.
    expect(page.locator("#contact-desk:visible")).to_have_count(0 if "nurse" in answers else 1)
    link = page.locator(".gt-answer:visible a").first
    if shown[0][0] is None:
        expect(link).to_have_accessible_description("Some")


def test_a_part_that_fits_shows_the_guides_words_without_its_condition(risk: str, page: Page) -> None:
    page.goto(risk)
    part = page.locator(".gt-part").nth(1)
    expect(part.locator(".gt-part__when")).to_be_visible()
    expect(part.locator("blockquote")).to_be_hidden()
    part.locator("summary").click()
    expect(part.locator("blockquote")).to_be_visible()
    page.goto(f"{risk}#role=nurse&form=both")
    expect(part.locator("blockquote")).to_be_visible()
    expect(part.locator(".gt-part__when")).to_be_hidden()
    expect(part.locator("summary")).to_be_hidden()


def test_an_answer_changed_later_leads_by_the_other_case(risk: str, page: Page) -> None:
    page.goto(f"{risk}#role=head&form=both")
    page.get_by_role("link", name="Yes", exact=True).click()
    assert page.url.endswith("conditions/head-paper.html#role=head&form=both&risk=yes")
    unfold(page)
    page.locator(".gt-step__change").first.click()
    assert page.url.endswith("conditions/role.html#role=head&form=both&risk=yes")
    page.get_by_role("link", name="Nurse", exact=True).click()
    # The later answers still fit, and now lead elsewhere.
    assert page.url.endswith("conditions/others.html#role=nurse&form=both&risk=yes")
    expect(page.locator(".gt-part:visible")).to_have_count(0)
    page.goto(page.url.replace("both", "by-phone"))
    expect(page.locator(".gt-part:visible")).to_have_text(
        ["If you answered ‘By phone’ to ‘How is it done?’: By phone."]
    )


def test_answers_that_no_case_leads_here_by_are_reported(risk: str, page: Page) -> None:
    page.goto(risk.replace("risk.html", "head-paper.html#role=nurse&form=both&risk=yes"))
    expect(page.locator(".gt-misfit")).to_have_count(1)
    expect(page.locator(".gt-misfit a")).to_have_attribute("href", "others.html#role=nurse&form=both&risk=yes")


def test_map_and_outline_mark_the_case_that_was_taken(risk: str, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(risk.replace("risk.html", "index.html#role=head&form=by-phone&risk=yes"))
    words = packed(f"Yes – otherwise, i{HEAD[1:-1]}")
    taken = [["form", packed("By phone")], ["risk", words], ["role", "Head"]]
    marked = on(page)
    assert marked["boxes"] == ["role", "form", "risk", "head-phone"]
    assert sorted(marked["answers"]) == sorted(marked["outline"]) == taken


def test_a_round_that_nobody_can_go_is_walked_both_ways(tmp_path: Path, page: Page) -> None:
    name = "round-that-nobody-can-go"
    base = written(site_of(CASES / f"valid/{name}.yml", tmp_path / "project"), tmp_path / "site") + name
    for begin, way in (("The book", ["book", "shelf"]), ("The shelf", ["shelf", "book"])):
        page.goto(f"{base}/first.html")
        page.get_by_role("link", name=begin, exact=True).click()
        for node in way:
            assert f"/{node}.html#" in page.url
            yes = page.get_by_role("link", name="Ja", exact=True)
            expect(yes).to_have_count(1)  # once the script has run
            yes.click()
        assert "/right.html#" in page.url
        expect(page.locator(".gt-steps .gt-step")).to_have_count(3)
        expect(page.locator(".gt-misfit")).to_have_count(0)


# Past the day of a review

OVERDUE = CASES / "notes/tree-past-its-review.yml"


def test_a_tree_past_its_review_says_so_on_its_pages(tmp_path: Path, plain: Page) -> None:
    base = written(site_of(OVERDUE, tmp_path / "project"), tmp_path / "site") + "tree-past-its-review/"
    for page in ("index", "first", "last"):
        plain.goto(f"{base}{page}.html")
        expect(plain.locator(".gt-overdue")).to_contain_text("reviewed again by November 23, 2026.")
        expect(plain.locator(".gt-overdue")).to_be_visible()


@pytest.mark.parametrize(("day", "shown"), [("2027-11-24T23:00:00", False), ("2027-11-25T08:00:00", True)])
def test_a_page_built_in_time_says_so_when_it_is_read_too_late(
    risk: str, new_page: Page, day: str, shown: bool
) -> None:
    new_page.clock.set_fixed_time(day)
    for path in ("index", "risk", "others"):
        new_page.goto(risk.replace("risk.html", f"{path}.html"))
        expect(new_page.locator(".gt-overdue")).to_be_visible(visible=shown)


# Steps


@pytest.fixture(scope="module")
def steps(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a tree with steps."""
    root = tmp_path_factory.mktemp("steps")
    return written(site_of(CASES / "valid/steps.yml", root / "project"), root / "site") + "steps/"


def hash_of(page: Page) -> str:
    return page.url.partition("/steps/")[2]


def test_answers_go_along_through_steps(steps: str, page: Page) -> None:
    page.goto(f"{steps}switch-off.html")
    page.locator("#next").click()
    follow(page, page.get_by_role("link", name="The large one", exact=True))
    assert hash_of(page) == "wait.html#kind=large"
    expect(page.locator(".gt-onward:visible a")).to_have_count(1)
    expect(page.locator(".gt-part")).to_be_visible()
    expect(page.locator(".gt-back")).to_have_attribute("href", "kind.html#kind=large")
    page.locator("#next").click()
    assert hash_of(page) == "close.html#kind=large"
    expect(page.locator(".gt-back")).to_have_attribute("href", "wait.html#kind=large")
    page.locator("#next").click()
    expect(page.locator(".gt-back")).to_have_attribute("href", "close.html#kind=large")
    expect(page.locator(".gt-step__question")).to_have_text(["Which printer is it?"])
    expect(page.locator(".gt-top__answers")).to_have_text("Your answers: 1")
    expect(page.locator(".gt-misfit")).to_have_count(0)
    follow(page, page.get_by_role("link", name="Yes", exact=True))
    assert hash_of(page) == "printed.html#kind=large&works=yes"
    unfold(page)
    expect(page.locator(".gt-step__question")).to_have_text(["Which printer is it?", "Does it print now?"])


def test_a_step_leads_on_by_the_case_that_fits_or_by_each_under_its_words(steps: str, page: Page) -> None:
    page.goto(f"{steps}wait.html#kind=small")
    expect(page.locator("#next")).to_have_attribute("href", "works.html#kind=small")
    expect(page.locator(".gt-onward:visible")).to_have_count(1)
    expect(page.locator(".gt-onward .gt-answer__when:visible")).to_have_count(0)
    page.goto(f"{steps}index.html")
    page.goto(f"{steps}wait.html")
    expect(page.locator(".gt-onward:visible .gt-answer__when:visible")).to_have_count(2)
    expect(page.locator("#next")).to_have_count(1)


def test_without_script_a_step_lists_its_ways_on(steps: str, plain: Page) -> None:
    plain.goto(f"{steps}close.html")
    expect(plain.locator("#next")).to_have_attribute("href", "works.html")
    plain.goto(f"{steps}wait.html")
    expect(plain.locator("#next")).to_have_attribute("href", "close.html")
    words = ["If you answered ‘The large one’ to ‘Which printer is it?’:", "Otherwise:"]
    expect(plain.locator(".gt-onward .gt-answer__when")).to_have_text(words)


def test_a_way_back_keeps_the_answers_before_it(steps: str, page: Page) -> None:
    page.goto(f"{steps}again.html#kind=large&works=no")
    links = page.locator(".gt-next a")
    expect(links.nth(0)).to_have_attribute("href", "wait.html#kind=large")
    expect(links.nth(1)).to_have_attribute("href", "kind.html")
    links.nth(0).click()
    assert hash_of(page) == "wait.html#kind=large"
    page.goto(f"{steps}index.html")
    page.goto(f"{steps}again.html")
    expect(links.nth(0)).to_have_attribute("href", "wait.html")


def test_an_answer_changed_before_a_step_keeps_those_after_it(steps: str, page: Page) -> None:
    page.goto(f"{steps}kind.html#kind=large&works=no")
    expect(page.locator("[data-answer=small] a")).to_have_attribute("href", "again.html#kind=small&works=no")
    page.goto(f"{steps}index.html#kind=large&works=no")
    expect(page.locator(".gt-start__on")).to_have_attribute("href", "again.html#kind=large&works=no")
    expect(page.locator("#map-close.gt-on")).to_have_count(1)
