"""Checklists in a real browser: without JavaScript, ticked, met, and what is missing."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from answering import CHECKLISTS, click_answer, follow, here, unfold
from helpers import only
from playwright.sync_api import Page, expect
from walks import WORDS

from guidetrees.graph.node_kinds import item_ids
from guidetrees.parse.model import Checklist, Outcome, Tree

each_once_and_one_in_a_folder = pytest.mark.parametrize(
    ("base", "tree", "node"),
    [*(("served", *listed) for listed in CHECKLISTS), ("shared", *min(CHECKLISTS, key=lambda c: len(c[1].items)))],
    indirect=["base"],
    ids=lambda value: value if isinstance(value, str) else str(value.id),
)


@pytest.fixture
def base(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


# The number of each item, how many quotations it has, and whether they are seen.
NUMBERS_AND_QUOTES = """(items) => items.map((item) => {
  const quotes = [...item.querySelectorAll("blockquote")];
  return [item.value, quotes.length, quotes.some((quote) => quote.checkVisibility())];
})"""

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


@each_once_and_one_in_a_folder
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
    assert page.url.endswith(f"#{node.id}=unmet.{item_ids(node)[0]}.{item_ids(node)[1]}")
    page.reload()
    assert [box.is_checked() for box in boxes.all()] == [True, True] + [False] * (count - 2)
    wanted = page.locator(".gt-answer[data-answer=unmet] a").evaluate("link => link.href")
    following = page.locator(".gt-bar #next")
    expect(following).to_have_text(WORDS["see_answer"])
    assert following.evaluate("link => link.href") == wanted
    assert wanted.endswith(f"/{only(node.unmet)}.html#{node.id}=unmet.{item_ids(node)[0]}.{item_ids(node)[1]}")
    follow(page, following)
    expect(page.locator("h1")).to_be_focused()
    missing = page.locator(".gt-missing")
    expect(missing.locator("h2")).to_have_text(WORDS.say("missing_now", missing=str(count - 2), all=str(count)))
    shown = [item.is_visible() for item in missing.locator(".gt-item").all()]
    assert shown == [False, False] + [True] * (count - 2)
    # Numbered as in the list, whatever is hidden before an item.
    numbered = [[number, len(item.guide), False] for number, item in enumerate(node.items, 1)]
    assert missing.locator(".gt-item").evaluate_all(NUMBERS_AND_QUOTES) == numbered
    summaries = missing.locator(".gt-item:visible summary")
    for nth in {0, summaries.count() - 1}:
        summaries.nth(nth).click()
    opened = [row[0] for row in missing.locator(".gt-item").evaluate_all(NUMBERS_AND_QUOTES) if row[2]]
    quoted = [number for number, item in enumerate(node.items, 1) if item.guide and number > 2]
    assert opened == sorted({quoted[0], quoted[-1]})
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


@each_once_and_one_in_a_folder
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
    met = [id for id, item in zip(item_ids(node), node.items, strict=True) if lone in item.contacts]
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
