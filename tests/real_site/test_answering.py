"""Answering in a real browser: each component first without JavaScript, then with it."""

from __future__ import annotations

import gzip
import io
import re
import shutil
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
from browser import Complaints, Log
from conftest import NOT_COPIED, ROOT, run, serve
from helpers import only
from hypothesis import given, settings
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pypdf import PdfReader
from site_reader import Site, fold
from test_state import bounded, hostile
from walks import WORDS, answer_words, given_in, node_of, walk_all

from guidetrees.parse.model import Checklist, Outcome, Question, Tree
from guidetrees.project.project import read_project

PROJECT = read_project(ROOT)
CHECKLISTS = [
    (tree, node) for tree in PROJECT.trees.values() for node in tree.nodes.values() if isinstance(node, Checklist)
]
TREE = "er-det-digital-behandling"
WAY = {"sundhedsfaglig": "ja", "konkret-patient": "ja", "hvem": "autoriseret", "teknologi": "ja"}
END = f"{TREE}/digital.html"
STATE = "#" + "&".join(f"{node}={answer}" for node, answer in WAY.items())


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page with JavaScript, whose complaints fail the test."""
    page = context.new_page()
    heard = Complaints(page)
    yield page
    assert heard.complaints == []


def answered(tree: Tree, answers: dict[str, str]) -> list[tuple[str, str]]:
    """What the trail says of these answers: questions and answers."""
    rows = []
    for node, answer in answers.items():
        asked = tree.nodes[node]
        assert asked
        rows.append((str(asked.title), WORDS.say("answered", answer=answer_words(tree, node, answer))))
    return rows


def trail(page: Page, nth: int = 0) -> list[tuple[str, str]]:
    """The trail that the page shows; its second list has the later answers."""
    lists = page.locator(".gt-trail:not([hidden]) ol.gt-steps")
    if lists.count() <= nth:
        return []
    rows = lists.nth(nth).locator("> li")
    questions = rows.locator(".gt-step__question").all_text_contents()
    answers = rows.locator(".gt-step__answer").all_text_contents()
    return list(zip(map(fold, questions), map(fold, answers), strict=True))


def click_answer(page: Page, words: str) -> None:
    follow(page, page.locator(".gt-answers").get_by_role("link", name=words, exact=True))


def follow(page: Page, link: Locator) -> None:
    """Clicks a link and waits for its page."""
    with page.expect_navigation(wait_until="domcontentloaded"):
        link.click()


def walk(page: Page, base: str, tree: Tree, answers: dict[str, str]) -> None:
    """From the tree's start page by clicks."""
    page.goto(f"{base}{tree.id}/index.html")
    follow(page, page.get_by_role("link", name=WORDS["start"], exact=True))
    answer_all(page, tree, answers)


def answer_all(page: Page, tree: Tree, answers: dict[str, str]) -> None:
    """Answers by clicks, as long as there is an answer to give."""
    left = dict(answers)
    while left and page.locator(".gt-answers").count():
        node = node_of(page)
        click_answer(page, answer_words(tree, node, left.pop(node)))
    assert not left


def unfold(page: Page) -> None:
    """Opens the way that led to an outcome."""
    fold_of_way = page.locator(".gt-fold")
    expect(fold_of_way).not_to_have_attribute("open", "")
    fold_of_way.locator("> summary").click()


def write_note(page: Page, note: str) -> None:
    """In its details, which are closed at first."""
    expect(page.get_by_label(WORDS["note"])).to_be_hidden()
    page.locator(".gt-keep summary").click()
    page.get_by_label(WORDS["note"]).fill(note)


def presumed(tree: Tree, answers: dict[str, str]) -> list[tuple[str, str]]:
    """What the trail has of answers that nobody gave, where the reader gave none: plain words."""
    return [
        (question, answer_words(tree, n, answers[n]))
        for n, (question, _) in zip(answers, answered(tree, answers), strict=True)
    ]


def links_with_answers(page: Page) -> list[str]:
    """The links of the page that hold an answer."""
    links: list[str] = page.locator("a[href*='=']").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    return [link for link in links if not link.startswith(("mailto:", "https:"))]


def here(page: Page, base: str) -> str:
    assert page.url.startswith(base)
    return page.url.removeprefix(base)


# Dine svar


@pytest.mark.parametrize("tree", PROJECT.trees.values(), ids=lambda tree: tree.id)
def test_every_scenario_is_walked_by_clicks_and_its_outcome_tells_the_way(
    served: str, page: Page, tree: Tree
) -> None:
    walk_scenarios(served, page, tree)


def test_every_scenario_of_a_tree_is_walked_in_a_folder(shared: str, page: Page) -> None:
    walk_scenarios(shared, page, PROJECT.trees[TREE])


def walk_scenarios(base: str, page: Page, tree: Tree) -> None:
    page.goto(f"{base}{tree.id}/index.html")
    follow(page, page.get_by_role("link", name=WORDS["start"], exact=True))
    told = []
    for scenarios in walk_all(page, tree, click_answer):
        path, _, fragment = here(page, base).partition("#")
        asked = dict(pair.split("=") for pair in fragment.split("&"))
        for scenario in scenarios:
            assert path == f"{tree.id}/{scenario.outcome}.html", scenario.name
            assert asked == given_in(scenario), scenario.name
        assert trail(page) == answered(tree, asked), path
        expect(page.locator("h1")).to_be_focused()
        expect(page.locator(".gt-misfit")).to_have_count(0)
        over = page.get_by_role("link", name=WORDS["start_over"], exact=True)
        expect(over).to_be_visible()
        assert over.evaluate("link => link.href") == f"{base}{tree.id}/{tree.start}.html"
        told += [scenario.name for scenario in scenarios]
    follow(page, over)
    assert here(page, base) == f"{tree.id}/{tree.start}.html"
    assert trail(page) == []
    assert sorted(told) == sorted(scenario.name for scenario in tree.scenarios) != []


def test_every_page_shows_the_answers_so_far(base: str, page: Page) -> None:
    tree = PROJECT.trees[TREE]
    page.goto(f"{base}{TREE}/index.html")
    assert trail(page) == []
    follow(page, page.get_by_role("link", name=WORDS["start"], exact=True))
    given: dict[str, str] = {}
    for node, answer in WAY.items():
        assert trail(page) == answered(tree, given)
        click_answer(page, answer_words(tree, node, answer))
        given[node] = answer
    assert trail(page) == answered(tree, given)
    assert here(page, base) == END + STATE


def test_back_forward_reload_and_a_mailed_link_show_the_same(base: str, page: Page, browser: Browser) -> None:
    tree = PROJECT.trees[TREE]
    walk(page, base, tree, WAY)
    wanted = trail(page)
    page.go_back()
    page.wait_for_url("**/teknologi.html#*")
    before = trail(page)
    assert before == wanted[:-1]
    page.go_back()
    page.wait_for_url("**/hvem.html#*")
    assert trail(page) == wanted[:-2]
    page.reload()
    assert trail(page) == wanted[:-2]
    page.go_forward()
    page.wait_for_url("**/teknologi.html#*")
    assert trail(page) == before
    page.go_forward()
    page.wait_for_url("**/digital.html#*")
    assert trail(page) == wanted
    page.reload()
    assert trail(page) == wanted
    elsewhere = browser.new_context(bypass_csp=True)
    mailed = elsewhere.new_page()
    mailed.goto(page.url)
    assert trail(mailed) == wanted
    mailed.goto(page.url.replace("=", "%3D").replace("&", "%26"))  # as some mail programs write it
    mailed.reload()
    assert trail(mailed) == wanted
    elsewhere.close()


def test_changing_an_answer_keeps_the_later_ones_that_still_lie_on_the_way(base: str, page: Page) -> None:
    tree = PROJECT.trees[TREE]
    walk(page, base, tree, WAY)
    unfold(page)
    change = page.get_by_role("link", name=WORDS.say("change_what", question=str(tree.nodes["hvem"].title)))  # type: ignore[union-attr]
    follow(page, change)
    assert trail(page) == answered(tree, {k: WAY[k] for k in ("sundhedsfaglig", "konkret-patient")})
    assert trail(page, 1) == answered(tree, {"teknologi": "ja"})
    given = page.locator(".gt-answer--given")
    expect(given).to_have_count(1)
    expect(given).to_contain_text(answer_words(tree, "hvem", "autoriseret"))
    expect(given.locator("a")).to_have_attribute("aria-current", "true")
    click_answer(page, answer_words(tree, "hvem", "autoriseret"))
    assert here(page, base) == END + STATE
    page.go_back()
    click_answer(page, answer_words(tree, "hvem", "samarbejde"))
    assert here(page, base).startswith(f"{TREE}/teknologi-samarbejde.html#")
    assert "teknologi=" not in page.url.replace("hvem=", "")
    page.go_back()
    click_answer(page, answer_words(tree, "hvem", "ingen"))
    assert here(page, base).startswith(f"{TREE}/ingen-sundhedsperson.html#")
    assert "teknologi" not in page.url


def test_start_over_forgets_and_the_start_page_goes_on(base: str, page: Page) -> None:
    tree = PROJECT.trees[TREE]
    page.goto(base + END + STATE)
    follow(page, page.locator(".gt-crumbs").get_by_role("link", name=str(tree.title)))
    assert trail(page) == answered(tree, WAY)
    expect(page.get_by_role("link", name=WORDS["start_over"], exact=True)).to_be_visible()
    follow(page, page.get_by_role("link", name=WORDS["continue"], exact=True))
    assert here(page, base) == END + STATE
    follow(page, page.get_by_role("link", name=WORDS["start_over"], exact=True))
    assert here(page, base) == f"{TREE}/sundhedsfaglig.html"
    assert trail(page) == []
    assert urlsplit(page.url).fragment == ""


def test_the_way_back_takes_the_answers_along(base: str, page: Page) -> None:
    page.goto(base + END + STATE)
    follow(page, page.locator(".gt-back"))
    assert here(page, base) == f"{TREE}/teknologi.html{STATE}"


def test_a_jump_within_the_page_keeps_the_answers(base: str, page: Page) -> None:
    page.goto(base + END + STATE)
    expect(page.locator(".gt-top__answers")).to_have_text(WORDS.say("your_answers_count", count=str(len(WAY))))
    page.locator(".gt-top__answers").click()
    expect(page.locator(".gt-fold")).to_have_attribute("open", "")
    assert here(page, base) == END + STATE
    expect(page.locator("#your-answers")).to_be_focused()
    expect(page.locator("#your-answers")).to_be_in_viewport()
    header = page.locator(".md-header").bounding_box()
    heading = page.locator("#your-answers").bounding_box()
    assert header and heading and heading["y"] >= header["y"] + header["height"]


# Nothing is claimed


@pytest.mark.parametrize("tree", PROJECT.trees.values(), ids=lambda tree: tree.id)
def test_a_page_opened_bare_holds_no_answer_that_the_reader_did_not_give(
    served: str, page: Page, tree: Tree
) -> None:
    """Its links but for the answers' own hold none, nor does its address; none is counted."""
    for id, node in tree.nodes.items():
        page.goto(f"{served}{tree.id}/{id}.html")
        own = {
            f"{id}={answer}"
            for answer in page.locator(".gt-answer").evaluate_all("all => all.map(one => one.dataset.answer)")
        }
        given = {link.partition("#")[2] for link in links_with_answers(page)}
        assert given == own, id
        assert urlsplit(page.url).fragment == "", id
        expect(page.locator(".gt-top__answers")).to_be_hidden()
        expect(page.locator(".gt-report__answers")).to_have_count(0)
        steps = page.locator(".gt-step")
        if steps.count():
            expect(page.locator("#your-answers")).to_have_text(f"{WORDS['presumed']} ({steps.count()})")
            expect(page.locator(".gt-trail__self a")).to_have_attribute("href", f"{tree.start}.html")
        if isinstance(node, Outcome):
            expect(page.locator(".gt-presumed")).to_have_count(
                1 if page.locator(".gt-step, .gt-ways").count() else 0
            )
            assert page.evaluate("Boolean(document.querySelector('.gt-presumed[hidden]'))") is False, id


def test_what_was_given_is_told_from_what_is_presumed(served: str, page: Page) -> None:
    """The last answer was given, the ones before it follow from it: they are marked, and nobody's."""
    tree = PROJECT.trees[TREE]
    page.goto(f"{served}{END}#teknologi=ja")
    rows = [(question, WORDS.say("presumed_answer", answer=words)) for question, words in presumed(tree, WAY)]
    assert trail(page) == [*rows[:-1], *answered(tree, {"teknologi": "ja"})]
    expect(page.locator(".gt-top__answers")).to_have_text(WORDS.say("your_answers_count", count="1"))
    expect(page.locator(".gt-presumed")).to_be_hidden()
    assert {link.partition("#")[2] for link in links_with_answers(page) if "teknologi=ja" in link} == {
        "teknologi=ja",
        "teknologi=ja&map-digital",
        "teknologi=ja&list-digital",
    }
    assert [
        link
        for link in links_with_answers(page)
        if "sundhedsfaglig=ja" in link or "konkret-patient=ja" in link or "hvem=autoriseret" in link
    ] == []
    unfold(page)
    titles = [str(tree.nodes[n].title) for n in WAY]  # type: ignore[union-attr]
    names = [WORDS.say("give_what", question=title) for title in titles[:-1]]
    names.append(WORDS.say("change_what", question=titles[-1]))
    for link, name in zip(page.locator(".gt-step__change").all(), names, strict=True):
        expect(link).to_have_accessible_name(name)
    page.get_by_role("button", name=WORDS["copy_text"]).click()
    text = pasted(page)
    assert f"\n{WORDS['your_answers']}:\n1. " in text
    assert [words for _, words in trail(page) if f"   {words}\n" not in text] == []


def test_an_outcome_has_its_sections_in_the_order_of_use(served: str, plain: Page) -> None:
    """Verdict, text, the next step, whom to ask, the way, the guide's words, and what to keep."""
    plain.goto(served + END)
    outcome = PROJECT.trees[TREE].nodes["digital"]
    assert outcome
    verdict = WORDS.say("verdict_title", verdict=WORDS["verdict_yes"], outcome=str(outcome.title))
    assert fold(plain.locator("h1").text_content() or "").removesuffix("¶") == verdict
    assert plain.title().startswith(verdict)
    order = plain.locator(
        ".gt-top, h1, #ask, #guide-words, "
        ".gt > :is(.gt-prose, .gt-next, .gt-update, .gt-trail, .gt-keep, .gt-bottom)"
    ).evaluate_all("all => all.map(one => one.id || one.className.split(' ').pop())")
    assert [name for name in order if name != "gt-update"] == [
        "gt-top", "outcome", "gt-prose", "gt-next", "ask", "gt-trail", "guide-words", "gt-copies", "gt-bottom"
    ]  # fmt: skip
    assert "gt-update" not in order or order.index("ask") < order.index("gt-update") < order.index("gt-trail")
    expect(plain.locator("[aria-labelledby=guide-words] blockquote").first).to_be_hidden()
    assert plain.locator("details[open]").count() == 0


# What does not fit


def test_a_fragment_of_an_older_tree_says_so_and_offers_what_fits(base: str, page: Page) -> None:
    tree = PROJECT.trees[TREE]
    page.goto(base + END + "#sundhedsfaglig=ja&konkret-patient=ja&hvem=sygeplejerske&udstyr=nej")
    notice = page.get_by_role("alert")
    expect(notice).to_contain_text(WORDS["misfit"])
    link = notice.get_by_role("link", name=str(tree.nodes["hvem"].title), exact=True)  # type: ignore[union-attr]
    follow(page, link)
    assert here(page, base) == f"{TREE}/hvem.html#sundhedsfaglig=ja&konkret-patient=ja"
    expect(page.get_by_role("alert")).to_have_count(0)
    assert trail(page) == answered(tree, {"sundhedsfaglig": "ja", "konkret-patient": "ja"})


def test_answers_that_lead_elsewhere_are_not_said_to_have_led_here(served: str, page: Page) -> None:
    """Only one way leads here, and the reader says to have gone another: what the page presumes stays nobody's
    answers, and there is no record and no link."""
    page.goto(served + END + "#sundhedsfaglig=ja&konkret-patient=nej")
    expect(page.get_by_role("alert")).to_contain_text(WORDS["misfit"])
    assert trail(page) == presumed(PROJECT.trees[TREE], WAY)
    expect(page.locator("#your-answers")).to_have_text(f"{WORDS['presumed']} ({len(WAY)})")
    expect(page.locator(".gt-presumed")).to_be_visible()
    expect(page.locator(".gt-keep")).to_be_hidden()
    expect(page.locator(".gt-top__answers")).to_be_hidden()
    link = page.get_by_role("alert").locator("a").get_attribute("href")
    assert links_with_answers(page) == [link]


def test_a_record_says_that_answers_were_left_out(served: str, page: Page) -> None:
    page.goto(served + END + STATE + "&gammelt=ja")
    page.get_by_role("button", name=WORDS["copy_text"]).click()
    assert WORDS["misfit"] in pasted(page)
    assert squeezed(WORDS["misfit"]) in squeezed(text_of_print(page))


def test_the_ways_that_lead_to_a_page_stay_when_the_answers_do_not_fit(served: str, page: Page) -> None:
    page.goto(f"{served}{TREE}/ikke-digital.html#sundhedsfaglig=maaske")
    expect(page.locator(".gt-ways")).to_be_hidden()
    page.locator(".gt-back").click()
    expect(page.locator("#your-answers")).to_be_focused()
    expect(page.locator(".gt-ways")).to_be_visible()


LOADED = "document.querySelectorAll('script, img, iframe, object, embed, link, style, form').length"


@settings(bounded, max_examples=120)
@given(text=hostile)
def test_whatever_stands_in_the_fragment_breaks_and_injects_nothing(hostile_page: Page, text: str) -> None:
    page = hostile_page
    page.evaluate("text => { location.hash = text }", text)
    page.evaluate("() => new Promise(done => setTimeout(done))")
    assert page.evaluate(LOADED) == page.evaluate("window.loadedAtFirst")
    expect(page.locator("h1")).to_contain_text(str(PROJECT.trees[TREE].nodes["hvem"].title))  # type: ignore[union-attr]
    hrefs = page.locator("article a").evaluate_all("links => links.map(link => link.href)")
    folder = page.url.partition(f"{TREE}/")[0]
    assert [href for href in hrefs if not href.startswith((folder, "mailto:", "tel:", "https:"))] == []
    shown = {question for question, _ in [*trail(page), *trail(page, 1)]}
    assert shown <= {str(node.title) for node in PROJECT.trees[TREE].nodes.values() if node}
    assert all(href.count("#") <= 1 for href in hrefs)


@pytest.fixture
def hostile_page(served: str, page: Page) -> Page:
    page.goto(f"{served}{TREE}/hvem.html")
    page.evaluate(f"window.loadedAtFirst = {LOADED}")
    return page


# Outcomes explain


@pytest.mark.parametrize("script", [False, True], ids=["plain", "script"])
def test_an_outcome_shows_the_guides_words_behind_each_answer_and_what_others_lead_to(
    served: str, browser: Browser, script: bool
) -> None:
    tree = PROJECT.trees[TREE]
    context = browser.new_context(bypass_csp=True, java_script_enabled=script)
    page = context.new_page()
    page.goto(served + END + STATE)
    rows = page.locator(".gt-steps > li")
    expect(rows).to_have_count(4)
    expect(rows.first).to_be_hidden()
    unfold(page)
    for row, node in zip(rows.all(), WAY, strict=True):
        expect(row.locator("blockquote, .gt-behind p").first).to_be_hidden()
        row.locator("summary").click()
        expect(row.locator("blockquote, .gt-behind p").first).to_be_visible()
        asked = tree.nodes[node]
        assert isinstance(asked, Question)
        others = [str(a.answer) for a in asked.answers or () if a.id != WAY[node]]
        said = row.locator(".gt-others li").all_text_contents()
        assert [fold(line).partition(": ")[0] + ":" for line in said] == [
            WORDS.say("had_you", answer=words) for words in others
        ]
    follow(page, rows.nth(0).locator(".gt-others a").first)
    assert here(page, served).partition("#")[0] == f"{TREE}/ikke-sundhedsfaglig.html"
    if script:
        assert trail(page) == answered(tree, {"sundhedsfaglig": "nej"})
    context.close()


def test_an_outcome_of_several_ways_has_the_guides_words_of_the_way_taken(
    served: str, page: Page, plain: Page
) -> None:
    tree = PROJECT.trees[TREE]
    given = {**WAY, "teknologi": "nej"}
    path = f"{TREE}/ikke-digital.html"
    plain.goto(served + path)
    expect(plain.locator(".gt-ways li").first).to_be_hidden()
    unfold(plain)
    expect(plain.locator(".gt-ways li").first).to_be_visible()
    plain.locator(".gt-trail__steps summary").first.click()
    behind = plain.locator(".gt-trail .gt-behind")
    assert behind.count() >= 4
    expect(behind.first).to_be_visible()
    page.goto(served + path + "#" + "&".join(f"{n}={a}" for n, a in given.items()))
    assert trail(page) == answered(tree, given)
    expect(page.locator(".gt-ways")).to_have_count(0)
    expect(page.locator("#your-answers")).to_have_text(WORDS.say("way_count", count=str(len(given))))
    unfold(page)
    for row in page.locator(".gt-steps > li").all():
        row.locator("summary").click()
        expect(row.locator(".gt-behind")).to_be_visible()


# Checklists


@pytest.mark.parametrize(("tree", "node"), CHECKLISTS, ids=lambda value: str(value.id))
def test_without_script_a_checklist_lists_all_and_its_result_too(
    served: str, plain: Page, tree: Tree, node: Checklist
) -> None:
    plain.goto(f"{served}{tree.id}/{node.id}.html")
    assert plain.locator(".gt-item__words").all_text_contents() == [str(item.item) for item in node.items]
    expect(plain.locator("input[type=checkbox].gt-item__box")).to_have_count(0)
    expect(plain.locator(".gt-progress")).to_have_text(WORDS.say("points_count", all=str(len(node.items))))
    click_answer(plain, WORDS["unmet"])
    shown = plain.locator(".gt-missing .gt-item")
    assert [item.is_visible() for item in shown.all()] == [True] * len(node.items)


@pytest.mark.parametrize(("tree", "node"), CHECKLISTS, ids=lambda value: str(value.id))
def test_ticking_counts_stays_in_the_address_and_leaves_just_what_is_missing(
    base: str, page: Page, tree: Tree, node: Checklist
) -> None:
    page.goto(f"{base}{tree.id}/{node.id}.html")
    boxes = page.get_by_role("checkbox", include_hidden=False).and_(page.locator(".gt-item__box"))
    progress = page.locator(".gt-progress")
    count = len(node.items)
    expect(progress).to_have_text(WORDS.say("progress", met="0", all=str(count)))
    expect(progress).to_have_attribute("role", "status")
    page.get_by_role("checkbox", name=str(node.items[0].item)).check()  # by its label
    page.locator(".gt-item__label").nth(1).click()
    count_of_answers = page.locator(".gt-answer").count()
    expect(page.locator(".gt-answer:visible")).to_have_count(0)
    boxes.nth(1).focus()
    page.keyboard.press("Space")
    expect(boxes.nth(1)).not_to_be_checked()
    page.keyboard.press("Space")
    expect(progress).to_have_text(WORDS.say("progress", met="2", all=str(count)))
    assert page.url.endswith(f"#{node.id}=unmet.{node.item_ids[0]}.{node.item_ids[1]}")
    page.reload()
    assert [box.is_checked() for box in boxes.all()] == [True, True] + [False] * (count - 2)
    wanted = page.locator(".gt-answer[data-answer=unmet] a").evaluate("link => link.href")
    following = page.locator(".gt-bar #next")
    expect(following).to_have_text(WORDS["see_answer"])
    assert following.evaluate("link => link.href") == wanted
    assert wanted.endswith(f"/{only(node.unmet)}.html#{node.id}=unmet.{node.item_ids[0]}.{node.item_ids[1]}")
    follow(page, following)
    expect(page.locator("h1")).to_be_focused()
    missing = page.locator(".gt-missing")
    expect(missing.locator("h2")).to_have_text(WORDS.say("missing_now", missing=str(count - 2), all=str(count)))
    shown = [item.is_visible() for item in missing.locator(".gt-item").all()]
    assert shown == [False, False] + [True] * (count - 2)
    for number, (item, asked) in enumerate(zip(missing.locator(".gt-item").all(), node.items, strict=True), 1):
        assert item.evaluate("item => item.value") == number  # as in the list, whatever is hidden before it
        quotes = item.locator("blockquote")
        assert quotes.count() == len(asked.guide)
        if asked.guide and number > 2:
            expect(quotes.first).to_be_hidden()
            item.locator("summary").click()
            expect(quotes.first).to_be_visible()
    met = missing.locator(".gt-missing__met")
    expect(met.locator("summary")).to_have_text(WORDS.say("in_place", met="2", all=str(count)))
    assert met.locator("li").all_text_contents() == [str(item.item) for item in node.items[:2]]
    follow(page, missing.locator(".gt-missing__list"))
    assert [box.is_checked() for box in boxes.all()] == [True, True] + [False] * (count - 2)
    page.go_back()
    page.go_back()
    assert [box.is_checked() for box in boxes.all()] == [True, True] + [False] * (count - 2)
    boxes.nth(0).uncheck()
    boxes.nth(1).uncheck()
    assert urlsplit(page.url).fragment == ""
    expect(page.locator("#next")).to_have_count(0)
    expect(page.locator(".gt-answer:visible")).to_have_count(count_of_answers)


@pytest.mark.parametrize(("tree", "node"), CHECKLISTS, ids=lambda value: str(value.id))
def test_a_list_with_everything_ticked_is_met(base: str, page: Page, tree: Tree, node: Checklist) -> None:
    page.goto(f"{base}{tree.id}/{node.id}.html")
    for label in page.locator(".gt-item__label").all():
        label.click()
    assert page.url.endswith(f"#{node.id}=met")
    expect(page.locator(".gt-answer:visible")).to_have_count(0)
    following = page.locator("#next")
    wanted = page.locator(".gt-answer[data-answer=met] a").evaluate("link => link.href")
    assert following.evaluate("link => link.href") == wanted
    follow(page, following)
    assert here(page, base) == f"{tree.id}/{only(node.met)}.html#{node.id}=met"
    unfold(page)
    follow(page, page.locator(".gt-step__change").last)
    assert all(box.is_checked() for box in page.locator(".gt-item__box").all())


def test_whom_to_ask_is_whom_the_missing_items_name(served: str, page: Page) -> None:
    """Contacts that only items name which are met go; the outcome's own stay."""
    tree, node, named = next(
        (tree, node, item.contacts)
        for tree, node in CHECKLISTS
        for item in node.items
        if set(item.contacts) - own_contacts(tree, node)
        and sum(set(item.contacts) <= set(other.contacts) for other in node.items) < len(node.items)
    )
    lone = sorted(set(map(str, named)) - own_contacts(tree, node))[0]
    met = [id for id, item in zip(node.item_ids, node.items, strict=True) if lone in item.contacts]
    page.goto(f"{served}{tree.id}/{only(node.unmet)}.html#{node.id}=unmet.{'.'.join(met)}")
    expect(page.locator(f"#contact-{lone}")).to_be_hidden()
    page.goto("about:blank")
    page.goto(f"{served}{tree.id}/{only(node.unmet)}.html#{node.id}=unmet")
    expect(page.locator(f"#contact-{lone}")).to_be_visible()
    for own in own_contacts(tree, node):
        expect(page.locator(f"#contact-{own}")).to_be_visible()


def own_contacts(tree: Tree, node: Checklist) -> set[str]:
    outcome = tree.nodes[only(node.unmet)]
    return set(map(str, outcome.contacts)) if isinstance(outcome, Outcome) else set()


# Keep it


NOTE = "Vurderet på mødet.\nÅse & <b>Bo</b>"


def test_without_script_there_is_nothing_to_keep_with(served: str, plain: Page) -> None:
    plain.goto(served + END)
    expect(plain.locator(".gt-keep")).to_be_hidden()


def text_of_print(page: Page) -> str:
    return fold(" ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages))


def squeezed(text: str) -> str:
    """Without white space, as a print breaks lines where it likes."""
    return "".join(text.split())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_print_has_what_a_file_needs_and_nothing_else(served: str, browser: Browser, scheme: Any) -> None:
    context = browser.new_context(bypass_csp=True, color_scheme=scheme)
    page = context.new_page()
    tree = PROJECT.trees[TREE]
    page.goto(served + END + STATE)
    write_note(page, NOTE)
    printed = squeezed(text_of_print(page))
    outcome = tree.nodes["digital"]
    assert isinstance(outcome, Outcome) and tree.reviewed
    said = [str(tree.title), WORDS["verdict_yes"], str(outcome.title), NOTE, WORDS.day(date.today()),
            "oktober 2023", WORDS.day(tree.reviewed), page.url, WORDS["no_decision"],
            *(words for pair in answered(tree, WAY) for words in pair)]  # fmt: skip
    assert [words for words in said if squeezed(words) not in printed] == []
    # The guide's words, those in closed details included.
    for quote in page.locator("blockquote").all():
        assert squeezed(quote.text_content() or "").replace("•", "") in printed.replace("•", "")
    for words in ("keep", "change", "start_over", "back", "next", "copy_text", "note_help", "behind_step"):
        assert squeezed(WORDS[words]) not in printed.replace(squeezed(NOTE), ""), words
    page.emulate_media(media="print", color_scheme=scheme)
    colours = page.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    )
    assert brightness(colours[0]) > 240 and brightness(colours[1]) < 40
    context.close()


def brightness(colour: str) -> float:
    red, green, blue, *alpha = map(float, re.findall(r"[\d.]+", colour))
    return 255.0 if alpha == [0.0] else 0.299 * red + 0.587 * green + 0.114 * blue


def test_the_print_of_a_checklists_result_has_just_what_is_missing(served: str, page: Page) -> None:
    tree, node = CHECKLISTS[0]
    page.goto(f"{served}{tree.id}/{only(node.unmet)}.html#{node.id}=unmet.{node.item_ids[0]}")
    printed = squeezed(text_of_print(page))
    missing = WORDS.say("missing_now", missing=str(len(node.items) - 1), all=str(len(node.items)))
    in_place = WORDS.say("in_place", met="1", all=str(len(node.items)))
    assert squeezed(missing) in printed and squeezed(in_place) in printed
    assert all(squeezed(str(item.item)) in printed for item in node.items)
    assert [squeezed(str(item.hint)) in printed for item in node.items] == [False] + [True] * (len(node.items) - 1)


def pasted(page: Page) -> str:
    """The clipboard, as a reader gets at it."""
    page.evaluate(
        "document.querySelector('.gt-keep').insertAdjacentHTML('afterend', '<textarea id=paste></textarea>')"
    )
    area = page.locator(".gt-keep + textarea")
    area.focus()
    page.keyboard.press("Control+V")
    return area.input_value()


# A secure address, and one that the browser lends no clipboard.
CLIPBOARDS = {"secure": "", "plain": "delete Navigator.prototype.clipboard"}


@pytest.mark.parametrize("clipboard", CLIPBOARDS)
def test_the_copied_text_has_what_a_record_needs(base: str, page: Page, clipboard: str) -> None:
    tree = PROJECT.trees[TREE]
    if CLIPBOARDS[clipboard]:
        page.add_init_script(CLIPBOARDS[clipboard])
    page.goto(base + END + STATE)
    write_note(page, NOTE)
    page.get_by_role("button", name=WORDS["copy_text"]).click()
    expect(page.locator(".gt-keep").get_by_role("status")).to_have_text(WORDS["copied_text"])
    text = pasted(page)
    outcome = tree.nodes["digital"]
    assert isinstance(outcome, Outcome) and tree.reviewed
    said = [str(tree.title), f"{WORDS['verdict_yes']} – {outcome.title}", NOTE, WORDS.day(date.today()),
            "oktober 2023", WORDS.day(tree.reviewed), page.url, WORDS["no_decision"],
            "Styrelsen for Patientsikkerhed", "+45 7228 6600", "stps@stps.dk", "https://stps.dk/"]  # fmt: skip
    said += [f"{i}. {question}\n   {words}\n" for i, (question, words) in enumerate(answered(tree, WAY), 1)]
    assert [words for words in said if words not in text] == []
    assert "undefined" not in text


def test_the_copied_text_of_a_released_page_says_its_version(served: str, page: Page) -> None:
    page.goto(served + END)
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p class=site-version>Guide · version 3</p>')")
    page.get_by_role("button", name=WORDS["copy_text"]).click()
    assert "\nGuide · version 3\n" in pasted(page)


def test_the_copied_and_the_printed_text_of_a_page_opened_bare_presuppose(served: str, page: Page) -> None:
    page.goto(served + END)
    page.get_by_role("button", name=WORDS["copy_text"]).click()
    text = pasted(page)
    assert f"\n{WORDS['presumed_text']}:\n1. " in text and WORDS["your_answers"] not in text
    assert f"{WORDS['address']}: {served}{END}\n" in text
    tree = PROJECT.trees[TREE]
    said = [WORDS.say("presumed_answer", answer=words) for _, words in presumed(tree, WAY)]
    assert [words for words in said if words not in text] == []
    assert [words for _, words in answered(tree, WAY) if f"   {words}\n" in text] == []
    page.locator("#paste").evaluate("area => area.remove()")
    printed = squeezed(text_of_print(page))
    assert squeezed(f"{WORDS['presumed']} ({len(WAY)})") in printed
    assert all(squeezed(words) in printed for pair in presumed(tree, WAY) for words in pair)
    assert squeezed(WORDS["your_answers"]) not in printed
    assert [words for _, words in answered(tree, WAY) if squeezed(words) in printed] == []


def test_the_copied_text_of_a_checklist_lists_what_is_missing_and_what_is_not(served: str, page: Page) -> None:
    tree, node = CHECKLISTS[0]
    page.goto(f"{served}{tree.id}/{only(node.unmet)}.html#{node.id}=unmet.{node.item_ids[0]}")
    page.get_by_role("button", name=WORDS["copy_text"]).click()
    text = pasted(page)
    missing, _, met = text.partition(WORDS.say("in_place", met="1", all=str(len(node.items))))
    assert all(f"- {item.item}" in missing for item in node.items[1:])
    assert f"- {node.items[0].item}" in met


@pytest.mark.parametrize("clipboard", CLIPBOARDS)
def test_the_copied_link_leads_to_the_same_answers_and_never_to_the_note(
    base: str, page: Page, clipboard: str
) -> None:
    if CLIPBOARDS[clipboard]:
        page.add_init_script(CLIPBOARDS[clipboard])
    page.goto(base + END + STATE)
    write_note(page, NOTE)
    page.get_by_role("button", name=WORDS["copy_link"]).click()
    expect(page.locator(".gt-keep").get_by_role("status")).to_have_text(WORDS["copied_link"])
    assert pasted(page) == base + END + STATE


def test_where_the_browser_refuses_the_text_is_shown_to_copy_by_hand(base: str, page: Page) -> None:
    page.add_init_script(CLIPBOARDS["plain"] + "; document.execCommand = () => false")
    page.goto(base + END + STATE)
    page.get_by_role("button", name=WORDS["copy_link"]).click()
    expect(page.locator(".gt-keep").get_by_role("status")).to_have_text(WORDS["copy_yourself"])
    expect(page.locator(".gt-keep .gt-copy")).to_have_value(page.url)
    assert page.evaluate("getSelection().toString() || document.activeElement.value") == page.url


def test_the_note_stays_in_the_page(base: str, context: BrowserContext, page: Page) -> None:
    log = Log(page)
    page.goto(base + END + STATE, wait_until="networkidle")
    asked = len(log.requests)
    write_note(page, NOTE)
    page.get_by_role("button", name=WORDS["copy_text"]).click()
    assert len(log.requests) == asked
    assert here(page, base) == END + STATE
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    page.reload()
    expect(page.get_by_label(WORDS["note"])).to_have_value("")
    write_note(page, NOTE)
    follow(page, page.locator(".gt-back"))
    page.go_back()
    expect(page.get_by_label(WORDS["note"])).to_have_value("")


def test_the_print_button_prints(served: str, page: Page) -> None:
    page.add_init_script("window.print = () => { window.printed = true }")
    page.goto(served + END + STATE)
    page.get_by_role("button", name=WORDS["print"], exact=True).click()
    assert page.evaluate("window.printed") is True


# Small


def test_script_and_style_are_small(site: Site) -> None:
    folder = site.folder / "assets/guidetrees"
    files = [path for path in folder.iterdir() if path.is_file()]
    sizes = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in files}
    assert sizes.keys() == {"tree.css", "tree.js", "review.css", "maps.css", "share.css", "share.js", "search.js"}
    assert sizes["tree.css"] + sizes["tree.js"] < 12_000, sizes
    assert sizes["tree.css"] + sizes["tree.js"] + sizes["maps.css"] < 14_000, "a start page has a map"
    assert sizes["search.js"] < 5_000, "read when someone searches"


def test_a_question_costs_two_requests_more_than_a_page_of_the_bare_theme(
    browser: Browser, served: str, bare: str
) -> None:
    def asked(url: str) -> list[str]:
        context = browser.new_context(bypass_csp=True)
        page = context.new_page()
        log = Log(page)
        page.goto(url, wait_until="networkidle")
        context.close()
        return [urlsplit(address).path for address in log.requests]

    question = asked(f"{served}{TREE}/hvem.html#sundhedsfaglig=ja&konkret-patient=ja")
    assert len(question) <= len(asked(f"{bare}om.html")) + 2, question


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the same site without the hook: the theme with this site's settings, no engine."""
    root = tmp_path_factory.mktemp("bare") / "project"
    shutil.copytree(ROOT, root, ignore=NOT_COPIED)
    config = (root / "mkdocs.yml").read_text("utf-8")
    for line in ("hooks:", "  - hooks/mkdocs_hook.py"):
        assert f"\n{line}\n" in config
        config = config.replace(f"\n{line}\n", "\n")
    (root / "mkdocs.yml").write_text(config, "utf-8")
    built = run("mkdocs", "build", cwd=root)
    assert built.returncode == 0, built.stderr
    with serve(root / "site") as address:
        yield address
