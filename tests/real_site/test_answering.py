"""Answering in a real browser: each component first without JavaScript, then with it."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import urlsplit

import pytest
from answering import (
    END,
    PROJECT,
    STATE,
    TREE,
    WAY,
    answered,
    click_answer,
    follow,
    here,
    links_with_answers,
    pasted,
    presumed,
    trail,
    unfold,
    walk,
)
from hypothesis import given, settings
from keyboard import assert_the_first_stop_is_the_first_answer
from page_kinds import OF_ALL_KINDS
from playwright.sync_api import Browser, Page, expect
from site_reader import fold
from state_script import bounded, hostile
from walks import (
    SHOWN,
    SHOWN_WITH,
    WORDS,
    State,
    answer_words,
    given_in,
    is_selection,
    longest_scenario,
    states_of,
)

from guidetrees.parse.model import Outcome, Question, Tree
from guidetrees.project.references import outcomes

# Dine svar
#
# Going back and forward differs most between a server and a folder, and is tried in both; the rest in one.


@pytest.mark.parametrize("tree", [PROJECT.trees[id] for id in OF_ALL_KINDS], ids=lambda tree: tree.id)
def test_the_longest_scenario_is_walked_by_clicks_and_its_outcome_shows_the_way(
    served: str, page: Page, tree: Tree
) -> None:
    walk_scenario(served, page, tree)


def test_the_longest_scenario_of_a_tree_is_walked_in_a_folder(shared: str, page: Page) -> None:
    walk_scenario(shared, page, PROJECT.trees[TREE])


def walk_scenario(base: str, page: Page, tree: Tree) -> None:
    scenario = longest_scenario(tree)
    given = given_in(scenario)
    walk(page, base, tree, given)
    path, _, fragment = here(page, base).partition("#")
    assert path == f"{tree.id}/{scenario.outcome}.html"
    assert dict(pair.split("=") for pair in fragment.split("&")) == given
    assert trail(page) == answered(tree, given)
    expect(page.locator("h1")).to_be_focused()
    expect(page.locator(".gt-misfit")).to_have_count(0)
    follow(page, page.get_by_role("link", name=WORDS["start_over"], exact=True))
    assert here(page, base) == f"{tree.id}/{tree.start}.html"
    assert trail(page) == []


def test_every_page_shows_the_answers_so_far(shared: str, page: Page) -> None:
    tree = PROJECT.trees[TREE]
    page.goto(f"{shared}{TREE}/index.html")
    assert trail(page) == []
    follow(page, page.get_by_role("link", name=WORDS["start"], exact=True))
    given: dict[str, str] = {}
    for node, answer in WAY.items():
        assert trail(page) == answered(tree, given)
        click_answer(page, answer_words(tree, node, answer))
        given[node] = answer
    assert trail(page) == answered(tree, given)
    assert here(page, shared) == END + STATE


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


def test_changing_an_answer_keeps_the_later_ones_that_still_lie_on_the_way(served: str, page: Page) -> None:
    tree = PROJECT.trees[TREE]
    walk(page, served, tree, WAY)
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
    assert here(page, served) == END + STATE
    page.go_back()
    click_answer(page, answer_words(tree, "hvem", "samarbejde"))
    assert here(page, served).startswith(f"{TREE}/teknologi-samarbejde.html#")
    assert "teknologi=" not in page.url.replace("hvem=", "")
    page.go_back()
    click_answer(page, answer_words(tree, "hvem", "ingen"))
    assert here(page, served).startswith(f"{TREE}/ingen-sundhedsperson.html#")
    assert "teknologi" not in page.url


def test_start_over_forgets_and_the_start_page_goes_on(shared: str, page: Page) -> None:
    tree = PROJECT.trees[TREE]
    page.goto(shared + END + STATE)
    follow(page, page.locator(".gt-crumbs").get_by_role("link", name=str(tree.title)))
    assert trail(page) == answered(tree, WAY)
    expect(page.get_by_role("link", name=WORDS["start_over"], exact=True)).to_be_visible()
    follow(page, page.get_by_role("link", name=WORDS["continue"], exact=True))
    assert here(page, shared) == END + STATE
    follow(page, page.get_by_role("link", name=WORDS["start_over"], exact=True))
    assert here(page, shared) == f"{TREE}/sundhedsfaglig.html"
    assert trail(page) == []
    assert urlsplit(page.url).fragment == ""


def test_the_way_back_takes_the_answers_along(shared: str, page: Page) -> None:
    page.goto(shared + END + STATE)
    follow(page, page.locator(".gt-back"))
    assert here(page, shared) == f"{TREE}/teknologi.html{STATE}"


def test_a_jump_within_the_page_keeps_the_answers(served: str, page: Page) -> None:
    page.goto(served + END + STATE)
    expect(page.locator(".gt-top__answers")).to_have_text(WORDS.say("your_answers_count", count=str(len(WAY))))
    page.locator(".gt-top__answers").click()
    expect(page.locator(".gt-fold")).to_have_attribute("open", "")
    assert here(page, served) == END + STATE
    expect(page.locator("#your-answers")).to_be_focused()
    expect(page.locator("#your-answers")).to_be_in_viewport()
    header = page.locator(".md-header").bounding_box()
    heading = page.locator("#your-answers").bounding_box()
    assert header and heading and heading["y"] >= header["y"] + header["height"]


# Nothing is claimed


@pytest.mark.parametrize("tree", PROJECT.trees.values(), ids=lambda tree: tree.id)
def test_a_page_opened_bare_presumes_nothing_and_then_shows_the_answers_of_every_scenario(
    served: str, page: Page, tree: Tree
) -> None:
    """Each page is opened once. Addresses of scenarios then take the answers to it, one after another, with no
    page loaded; each of them links to the next."""
    at = Counter[str]()
    states = states_of(tree)
    assert {state.node for state in states if not state.leads_on} == {str(o.id) for o in outcomes(tree)}
    for id, node in tree.nodes.items():
        page.goto(f"{served}{tree.id}/{id}.html")
        assert_nothing_is_presumed(page, tree, id)
        expect(page.locator("h1")).to_be_focused()
        if isinstance(node, Question):
            assert_the_first_stop_is_the_first_answer(page)
        of_node = [state for state in states if state.node == id]
        shown = page.evaluate(SHOWN_WITH, [[state.fragment for state in of_node], WORDS["start_over"]])
        for state, one in zip(of_node, shown, strict=True):
            assert_answers_are_shown(page, f"{served}{tree.id}/", tree, state, one)
            at[id] += 1
    assert at.total() == len(states) and at.keys() == tree.nodes.keys()


def assert_nothing_is_presumed(page: Page, tree: Tree, id: str) -> None:
    """Its links but for the answers' own hold none, nor does its address; none is counted."""
    shown = page.evaluate(SHOWN, WORDS["start_over"])
    assert set(shown["links"]) == {f"{id}={answer}" for answer, _ in shown["answers"]}, id
    assert urlsplit(page.url).fragment == "", id
    assert not shown["counted"] and not shown["reported"], id
    if shown["steps"]:
        assert shown["heading"] == f"{WORDS['presumed']} ({shown['steps']})", id
        assert shown["self"] == f"{tree.start}.html", id
    if isinstance(tree.nodes[id], Outcome):
        assert shown["presumed"] == ([True] if shown["steps"] or shown["ways"] else []), id


def assert_answers_are_shown(page: Page, folder: str, tree: Tree, state: State, shown: dict[str, Any]) -> None:
    """A page that a scenario leads to shows its answers and links to the scenario's next page."""
    at = f"{state.node}#{state.fragment}"
    rows = [tuple(row) for row in shown["trail"]]
    assert rows == answered(tree, state.given), at
    assert shown["misfits"] == 0, at
    for answer, address in state.leads_on.items():
        if is_selection(tree, state.node):
            given = "&".join(filter(None, [state.fragment, f"{state.node}={answer}"]))
            (selected,) = page.evaluate(SHOWN_WITH, [[given], WORDS["start_over"]])
            assert selected["next"] == folder + address, at
        else:
            assert dict(shown["answers"])[answer] == folder + address, at
    if not state.leads_on:
        assert shown["over"] == [f"{folder}{tree.start}.html"], at


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


def test_a_fragment_of_an_older_tree_says_so_and_offers_what_fits(shared: str, page: Page) -> None:
    tree = PROJECT.trees[TREE]
    page.goto(shared + END + "#sundhedsfaglig=ja&konkret-patient=ja&hvem=sygeplejerske&udstyr=nej")
    notice = page.get_by_role("alert")
    expect(notice).to_contain_text(WORDS["misfit"])
    link = notice.get_by_role("link", name=str(tree.nodes["hvem"].title), exact=True)  # type: ignore[union-attr]
    follow(page, link)
    assert here(page, shared) == f"{TREE}/hvem.html#sundhedsfaglig=ja&konkret-patient=ja"
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


def test_the_ways_that_lead_to_a_page_stay_when_the_answers_do_not_fit(served: str, page: Page) -> None:
    page.goto(f"{served}{TREE}/ikke-digital.html#sundhedsfaglig=maaske")
    expect(page.locator(".gt-ways")).to_be_hidden()
    page.locator(".gt-back").click()
    expect(page.locator("#your-answers")).to_be_focused()
    expect(page.locator(".gt-ways")).to_be_visible()


LOADED = "document.querySelectorAll('script, img, iframe, object, embed, link, style, form').length"


# What the page has for this fragment: what it loads, now and before, its heading, its links, and the questions
# that it shows as answered.
OPENED = f"""async (text) => {{
  location.hash = text;
  await new Promise((done) => setTimeout(done));
  const all = (css) => [...document.querySelectorAll(css)];
  return [{LOADED}, window.loadedAtFirst, document.querySelector("h1").textContent,
    all("article a").map((link) => link.href),
    all(".gt-trail:not([hidden]) ol.gt-steps > li .gt-step__question").map((question) => question.textContent)];
}}"""


@settings(bounded, max_examples=60)
@given(text=hostile)
def test_whatever_stands_in_the_fragment_breaks_and_injects_nothing(hostile_page: Page, text: str) -> None:
    page = hostile_page
    loaded, at_first, heading, hrefs, shown = page.evaluate(OPENED, text)
    assert loaded == at_first
    assert str(PROJECT.trees[TREE].nodes["hvem"].title) in fold(heading)  # type: ignore[union-attr]
    folder = page.url.partition(f"{TREE}/")[0]
    assert [href for href in hrefs if not href.startswith((folder, "mailto:", "tel:", "https:"))] == []
    assert set(map(fold, shown)) <= {str(node.title) for node in PROJECT.trees[TREE].nodes.values() if node}
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
