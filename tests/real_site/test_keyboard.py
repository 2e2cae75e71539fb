"""By keyboard alone: visible focus at every stop, whole trees walked, and a new page begins at its heading."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import cycle
from typing import Literal
from urllib.parse import urlsplit

import axe
import pytest
from answering import PROJECT, here
from keyboard import FOCUSED, assert_all_are_seen, stops
from page_kinds import OF_ALL_KINDS
from playwright.sync_api import Locator, Page, expect
from searching import CONTROL, FIELD, SHOWN
from walks import WORDS, answer_words, given_in, is_selection, longest_scenario

from guidetrees.graph.node_kinds import MET, choices
from guidetrees.parse.model import Checklist, Tree
from guidetrees.project.references import readable_nodes


def tab_to(page: Page, target: Locator) -> None:
    """Presses Tab until `target` has the focus; every stop on the way is framed and in sight."""
    for _ in range(60):
        page.keyboard.press("Tab")
        stop = target.evaluate(FOCUSED)
        if not stop["seen"]:  # it is still being scrolled into view
            page.wait_for_timeout(200)
            stop = target.evaluate(FOCUSED)
        assert stop["framed"] and stop["contrast"] >= 3, f"{stop['what']}: no visible focus on {page.url}"
        assert stop["seen"], f"{stop['what']}: focus is hidden on {page.url}"
        if stop["reached"]:
            return
    raise AssertionError(f"{target} is not reached by Tab on {page.url}")


def press_on(page: Page, link: Locator) -> None:
    """Follows a link with Enter; the focus moves to the new page's heading."""
    tab_to(page, link)
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.keyboard.press("Enter")
    if not page.url.endswith("/index.html"):  # a start page is a page like any other
        expect(page.locator("h1")).to_be_focused()


WIDTHS = dict(zip(OF_ALL_KINDS, cycle([390, 1280]), strict=False))
"""Of windows, by tree: every other one is narrow."""


def test_every_kind_of_page_is_on_a_way_that_is_walked() -> None:
    def kinds(trees: Iterable[Tree]) -> set[tuple[str, bool]]:
        nodes = (node for tree in trees for node in readable_nodes(tree))
        return {(node.kind, bool(choices(node))) for node in nodes}

    assert kinds(PROJECT.trees[id] for id in OF_ALL_KINDS) == kinds(PROJECT.trees.values())


@pytest.mark.parametrize("tree", [PROJECT.trees[id] for id in OF_ALL_KINDS], ids=lambda tree: tree.id)
def test_a_tree_is_walked_by_keyboard_alone(served: str, page: Page, tree: Tree) -> None:
    """From the front page to the outcome of the tree's longest scenario, and back to change the first answer."""
    page.set_viewport_size({"width": WIDTHS[tree.id], "height": 800})
    page.emulate_media(reduced_motion="reduce")
    scenario = longest_scenario(tree)
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
        if is_selection(tree, node):
            for id in answer.split("."):
                tab_to(page, page.locator(f".gt-choices [data-item='{id}'] input"))
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
    expect(page.locator(".gt-step__more[open] > :not(summary)").first).to_be_visible()
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


Look = Literal["light", "dark", "forced"]


def look_at(page: Page, address: str, look: Look, width: int) -> None:
    """Opens a page in light, in dark or in the reader's own colours."""
    forced = look == "forced"
    page.emulate_media(
        color_scheme="dark" if look == "dark" else "light",
        forced_colors="active" if forced else "none",
        reduced_motion="reduce",
    )
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(address)


# Colours lay nothing out: each page is seen at both widths, and both have every look.
@pytest.mark.parametrize(
    ("path", "look", "width"),
    [
        ("guide/leder.html", "light", 390),
        ("guide/leder.html", "forced", 1280),
        ("guide/leder.html", "dark", 390),
        ("hvilken-myndighed/emne.html", "light", 1280),
        ("hvilken-myndighed/emne.html", "dark", 1280),
        ("hvilken-myndighed/emne.html", "forced", 390),
    ],
)
def test_each_stop_of_the_keyboard_is_framed_and_not_covered(
    served: str, page: Page, path: str, look: Look, width: int
) -> None:
    look_at(page, served + path, look, width)
    there = stops(page)
    assert any("Tilgængelighed" in stop["what"] for stop in there[-3:])
    assert_all_are_seen(there)
    back = stops(page, "Shift+Tab")  # upwards the header could cover what gets the focus
    assert len(back) >= len(there) - 1
    assert_all_are_seen(back)


@pytest.mark.parametrize(("look", "width"), [("light", 390), ("light", 1280), ("dark", 390), ("forced", 1280)])
def test_the_results_of_a_search_are_reached_by_tab(served: str, page: Page, look: Look, width: int) -> None:
    look_at(page, served + "updates.html", look, width)
    page.locator(CONTROL).focus()
    page.keyboard.press("Enter")
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.type(axe.SEARCHED)
    page.wait_for_function(SHOWN, arg=axe.SEARCHED)
    seen = []
    for _ in range(5):
        page.keyboard.press("Tab")
        expect(page.locator("dialog :focus")).to_have_count(1)
        seen.append(page.evaluate(FOCUSED))
    assert_all_are_seen(seen)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()
    expect(page.locator(CONTROL)).to_be_focused()


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_menu_opens_takes_the_focus_and_gives_it_back(served: str, page: Page, key: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(served + "guide/leder.html")
    button = page.get_by_role("button", name="Navigation")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.focus()
    page.keyboard.press(key)
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".md-sidebar--primary a:focus")).to_have_count(1)
    page.wait_for_timeout(400)
    menu = []
    while page.locator(".md-sidebar--primary a:focus").count():
        menu.append(page.evaluate(FOCUSED))
        page.keyboard.press("Tab")
    expect(button).to_have_attribute("aria-expanded", "false")  # left behind, it closes
    assert {"A Forside", "A Sundhedsapps", "A Om siden"} <= {stop["what"] for stop in menu}
    assert_all_are_seen(menu)
    button.focus()
    page.keyboard.press(key)
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")


def test_no_single_letter_does_anything(served: str, page: Page) -> None:
    page.goto(served + "guide/leder.html")
    for key in ["f", "s", "/", "p", ",", "n", "."]:
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    assert page.url == served + "guide/leder.html"
    assert page.locator("dialog").count() == 0


# Without JavaScript


@pytest.mark.parametrize("path", ["index.html", "guide/leder.html", "hvilken-myndighed/emne.html"])
def test_without_javascript_every_stop_is_seen_and_the_footer_is_the_menu(
    served: str, plain: Page, path: str
) -> None:
    plain.goto(served + path)
    found = stops(plain)
    assert_all_are_seen(found)
    words = [link.text_content() for link in plain.locator(".site-links a").all()]
    assert [stop["what"] for stop in found[-len(words) :]] == [f"A {word}" for word in words]
