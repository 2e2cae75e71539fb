"""Whole trees walked by keyboard alone: visible focus at every stop, and a new page begins at its heading."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from test_accessibility import FOCUSED
from test_answering import PROJECT, here
from walks import WORDS, answer_words, given_in

from guidetrees.graph.graph import MET
from guidetrees.parse.model import Checklist, Question, Tree


def tab_to(page: Page, target: Locator) -> None:
    """Presses Tab until `target` has the focus; every stop on the way is framed and in sight."""
    for _ in range(60):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if not stop["seen"]:  # it is still being scrolled into view
            page.wait_for_timeout(200)
            stop = page.evaluate(FOCUSED)
        assert stop["framed"] and stop["contrast"] >= 3, f"{stop['what']}: no visible focus on {page.url}"
        assert stop["seen"], f"{stop['what']}: focus is hidden on {page.url}"
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{target} is not reached by Tab on {page.url}")


def press_on(page: Page, link: Locator) -> None:
    """Follows a link with Enter; the focus moves to the new page's heading."""
    tab_to(page, link)
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.keyboard.press("Enter")
    if not page.url.endswith("/index.html"):  # a start page is a page like any other
        expect(page.locator("h1")).to_be_focused()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("tree", PROJECT.trees.values(), ids=lambda tree: tree.id)
def test_a_tree_is_walked_by_keyboard_alone(served: str, browser: Browser, tree: Tree, width: int) -> None:
    """From the front page to the outcome of the tree's longest scenario, and back to change the first answer."""
    context = browser.new_context(
        bypass_csp=True, viewport={"width": width, "height": 800}, reduced_motion="reduce"
    )
    page = context.new_page()
    scenario = max(tree.scenarios, key=lambda scenario: len(scenario.answers or ()))
    given = given_in(scenario)
    page.goto(f"{served}index.html")
    press_on(page, page.locator(".gt-trees").get_by_role("link", name=str(tree.title), exact=True))
    press_on(page, page.get_by_role("link", name=WORDS["start"], exact=True))
    for node, answer in given.items():
        if isinstance(tree.nodes[node], Checklist):
            box = page.locator(".gt-item__box").first
            tab_to(page, box)
            page.keyboard.press("Space")
            expect(box).to_be_checked()
            if answer == MET:
                for other in page.locator(".gt-item__box").all()[1:]:
                    tab_to(page, other)
                    page.keyboard.press("Space")
            press_on(page, page.locator("#next"))
            continue
        words = answer_words(tree, node, answer)
        press_on(page, page.locator(".gt-answers").get_by_role("link", name=words, exact=True))
    assert here(page, served).startswith(f"{tree.id}/{scenario.outcome}.html#")
    tab_to(page, page.locator(".gt-fold > summary"))
    page.keyboard.press("Enter")
    tab_to(page, page.locator(".gt-step summary").first)
    page.keyboard.press("Enter")
    expect(page.locator(".gt-others").first).to_be_visible()
    tab_to(page, page.get_by_role("button", name=WORDS["copy_text"]))
    page.keyboard.press("Enter")
    expect(page.locator(".gt-keep").get_by_role("status")).to_have_text(WORDS["copied_text"])
    expect(page.get_by_role("button", name=WORDS["copy_text"])).to_be_focused()
    page.reload()
    state = urlsplit(page.url).fragment
    tab_to(page, page.locator(".gt-fold > summary"))
    page.keyboard.press("Enter")
    press_on(page, page.locator(".gt-step__change").first)
    assert here(page, served) == f"{tree.id}/{tree.start}.html#{state}"
    context.close()


@pytest.mark.parametrize("tree", PROJECT.trees.values(), ids=lambda tree: tree.id)
def test_the_first_stop_after_the_heading_is_the_first_answer(
    served: str, context: BrowserContext, tree: Tree
) -> None:
    """The way back stands before the heading, where a page begins. But for links in a question's help."""
    page = context.new_page()
    for id, node in tree.nodes.items():
        if isinstance(node, Question):
            page.goto(f"{served}{tree.id}/{id}.html")
            expect(page.locator("h1")).to_be_focused()
            for _ in range(1 + page.locator("article :is(.gt-help, .gt-part) a:visible").count()):
                page.keyboard.press("Tab")
            expect(page.locator(".gt-answer:visible > a").first).to_be_focused()
