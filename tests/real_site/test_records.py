"""What a reader keeps of a way through a tree: the print, the copied text and link, the note."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

import pytest
from answering import (
    CHECKLISTS,
    END,
    PROJECT,
    STATE,
    TREE,
    WAY,
    answered,
    follow,
    here,
    pasted,
    presumed,
    squeezed,
    text_of_print,
    write_note,
)
from browser import Log
from helpers import only
from playwright.sync_api import BrowserContext, Page, expect
from walks import WORDS

from guidetrees.graph.node_kinds import item_ids
from guidetrees.parse.model import Outcome


def test_a_record_says_that_answers_were_left_out(served: str, page: Page) -> None:
    page.goto(served + END + STATE + "&gammelt=ja")
    page.get_by_role("button", name=WORDS["copy_text"]).click()
    assert WORDS["misfit"] in pasted(page)
    assert squeezed(WORDS["misfit"]) in squeezed(text_of_print(page))


# Keep it


NOTE = "Vurderet på mødet.\nÅse & <b>Bo</b>"


def test_without_script_there_is_nothing_to_keep_with(served: str, plain: Page) -> None:
    plain.goto(served + END)
    expect(plain.locator(".gt-keep")).to_be_hidden()


def test_the_print_has_what_a_file_needs_and_nothing_else(served: str, page: Page) -> None:
    page.emulate_media(color_scheme="dark")
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
    for scheme in SCHEMES:
        page.emulate_media(media="print", color_scheme=scheme)
        background, colour = page.evaluate(
            "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
        )
        assert brightness(background) > 240 and brightness(colour) < 40


SCHEMES: tuple[Literal["dark", "light"], ...] = ("dark", "light")


def brightness(colour: str) -> float:
    red, green, blue, *alpha = map(float, re.findall(r"[\d.]+", colour))
    return 255.0 if alpha == [0.0] else 0.299 * red + 0.587 * green + 0.114 * blue


def test_the_print_of_a_checklists_result_has_just_what_is_missing(served: str, page: Page) -> None:
    tree, node = CHECKLISTS[0]
    page.goto(f"{served}{tree.id}/{only(node.unmet)}.html#{node.id}=unmet.{item_ids(node)[0]}")
    printed = squeezed(text_of_print(page))
    missing = WORDS.say("missing_now", missing=str(len(node.items) - 1), all=str(len(node.items)))
    in_place = WORDS.say("in_place", met="1", all=str(len(node.items)))
    assert squeezed(missing) in printed and squeezed(in_place) in printed
    assert all(squeezed(str(item.item)) in printed for item in node.items)
    assert [squeezed(str(item.hint)) in printed for item in node.items] == [False] + [True] * (len(node.items) - 1)


def test_the_print_of_a_question_of_several_answers_has_these_and_no_button(served: str, page: Page) -> None:
    page.goto(f"{served}hvilke-pligter-har-jeg/rolle.html#rolle=leder")
    answers = page.locator(".gt-choices .gt-item__words").all_inner_texts()
    printed = squeezed(text_of_print(page))
    assert len(answers) == 4 and all(squeezed(words) in printed for words in answers)
    assert squeezed(page.locator("#next").inner_text()) not in printed


# A secure address, and one that the browser lends no clipboard.
CLIPBOARDS = {"secure": "", "plain": "delete Navigator.prototype.clipboard"}


@pytest.mark.parametrize("clipboard", CLIPBOARDS)
def test_the_copied_text_has_what_a_record_needs_and_the_copied_link_just_the_answers(
    base: str, new_page: Page, clipboard: str
) -> None:
    tree = PROJECT.trees[TREE]
    if CLIPBOARDS[clipboard]:
        new_page.add_init_script(CLIPBOARDS[clipboard])
    new_page.goto(base + END + STATE)
    write_note(new_page, NOTE)
    new_page.get_by_role("button", name=WORDS["copy_text"]).click()
    expect(new_page.locator(".gt-keep").get_by_role("status")).to_have_text(WORDS["copied_text"])
    text = pasted(new_page)
    outcome = tree.nodes["digital"]
    assert isinstance(outcome, Outcome) and tree.reviewed
    said = [str(tree.title), f"{WORDS['verdict_yes']} – {outcome.title}", NOTE, WORDS.day(date.today()),
            "oktober 2023", WORDS.day(tree.reviewed), new_page.url, WORDS["no_decision"],
            "Styrelsen for Patientsikkerhed", "+45 7228 6600", "stps@stps.dk", "https://stps.dk/"]  # fmt: skip
    said += [f"{i}. {question}\n   {words}\n" for i, (question, words) in enumerate(answered(tree, WAY), 1)]
    assert [words for words in said if words not in text] == []
    assert "undefined" not in text
    new_page.get_by_role("button", name=WORDS["copy_link"]).click()
    expect(new_page.locator(".gt-keep").get_by_role("status")).to_have_text(WORDS["copied_link"])
    assert pasted(new_page) == base + END + STATE


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
    page.goto(f"{served}{tree.id}/{only(node.unmet)}.html#{node.id}=unmet.{item_ids(node)[0]}")
    page.get_by_role("button", name=WORDS["copy_text"]).click()
    text = pasted(page)
    missing, _, met = text.partition(WORDS.say("in_place", met="1", all=str(len(node.items))))
    assert all(f"- {item.item}" in missing for item in node.items[1:])
    assert f"- {node.items[0].item}" in met


def test_where_the_browser_refuses_the_text_is_shown_to_copy_by_hand(shared: str, new_page: Page) -> None:
    new_page.add_init_script(CLIPBOARDS["plain"] + "; document.execCommand = () => false")
    new_page.goto(shared + END + STATE)
    new_page.get_by_role("button", name=WORDS["copy_link"]).click()
    expect(new_page.locator(".gt-keep").get_by_role("status")).to_have_text(WORDS["copy_yourself"])
    expect(new_page.locator(".gt-keep .gt-copy")).to_have_value(new_page.url)
    assert new_page.evaluate("getSelection().toString() || document.activeElement.value") == new_page.url


def test_the_note_stays_in_the_page(served: str, context: BrowserContext, new_page: Page) -> None:
    log = Log(new_page)
    new_page.goto(served + END + STATE, wait_until="networkidle")
    asked = len(log.requests)
    write_note(new_page, NOTE)
    new_page.get_by_role("button", name=WORDS["copy_text"]).click()
    assert len(log.requests) == asked
    assert here(new_page, served) == END + STATE
    assert new_page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    new_page.reload()
    expect(new_page.get_by_label(WORDS["note"])).to_have_value("")
    write_note(new_page, NOTE)
    follow(new_page, new_page.locator(".gt-back"))
    new_page.go_back()
    expect(new_page.get_by_label(WORDS["note"])).to_have_value("")


def test_the_print_button_prints(served: str, new_page: Page) -> None:
    new_page.add_init_script("window.print = () => { window.printed = true }")
    new_page.goto(served + END + STATE)
    new_page.get_by_role("button", name=WORDS["print"], exact=True).click()
    assert new_page.evaluate("window.printed") is True


def test_the_copied_text_has_the_numbers_of_lists(served: str, page: Page) -> None:
    """Browsers leave out of a page's text what they put before the entries of a list."""
    page.goto(served + END + STATE)
    page.locator(".gt-prose").first.evaluate(
        """prose => { prose.innerHTML = `<p>15. juni</p>
        <ol start="3"><li value="3">Find it<ul><li>on a shelf</li></ul></li>
        <li value="24"><p>Take it</p></li><li value="25">Go</li></ol>
        <ul><li>A card</li></ul>`; }"""
    )
    before = page.locator(".gt-prose").first.inner_html()
    page.get_by_role("button", name=WORDS["copy_text"]).click()
    lines = [line.strip() for line in pasted(page).splitlines()]
    for line in ("15. juni", "3. Find it", "- on a shelf", "24. Take it", "25. Go", "- A card"):
        assert line in lines
    assert page.locator(".gt-prose").first.inner_html() == before
