"""Answers given by clicks in a browser, and what the page says of them."""

from __future__ import annotations

import io

from conftest import ROOT
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader
from site_reader import fold
from walks import ASKING, WORDS, answer_words, is_selection, node_of, pass_steps

from guidetrees.parse.model import Checklist, Tree
from guidetrees.project.project import read_project

PROJECT = read_project(ROOT)
CHECKLISTS = [
    (tree, node) for tree in PROJECT.trees.values() for node in tree.nodes.values() if isinstance(node, Checklist)
]
TREE = "er-det-digital-behandling"
WAY = {"sundhedsfaglig": "ja", "konkret-patient": "ja", "hvem": "autoriseret", "teknologi": "ja"}
END = f"{TREE}/digital.html"
STATE = "#" + "&".join(f"{node}={answer}" for node, answer in WAY.items())


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


def give(page: Page, tree: Tree, node: str, answer: str) -> None:
    """Answers a node on its page by clicks."""
    if not is_selection(tree, node):
        click_answer(page, answer_words(tree, node, answer))
        return
    for item in page.locator(".gt-choices [data-item]").all():
        item.locator("input").set_checked(item.get_attribute("data-item") in answer.split("."))
    follow(page, page.locator("#next"))


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
    pass_steps(page)
    while left and page.locator(ASKING).count():
        node = node_of(page)
        give(page, tree, node, left.pop(node))
        pass_steps(page)
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


def text_of_print(page: Page) -> str:
    return fold(" ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages))


def squeezed(text: str) -> str:
    """Without white space, as a print breaks lines where it likes."""
    return "".join(text.split())


def pasted(page: Page) -> str:
    """The clipboard, as a reader gets at it."""
    page.evaluate(
        "document.querySelector('.gt-keep').insertAdjacentHTML('afterend', '<textarea id=paste></textarea>')"
    )
    area = page.locator(".gt-keep + textarea")
    area.focus()
    page.keyboard.press("Control+V")
    return area.input_value()
