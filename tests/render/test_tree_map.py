"""The maps of the real trees: structure and links as built, and what a browser makes of them."""

from __future__ import annotations

import re
from pathlib import Path

import lxml.html
import pytest
from conftest import ROOT
from helpers import as_html, check, lay_out, write
from map_reader import Point, entry, node_of, on, origin, packed, points
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from site_reader import Page as Built
from site_reader import Site, fold
from walks import WORDS

from guidetrees.graph.graph import NodeRef, build_graph
from guidetrees.graph.outline import seen_from_tree
from guidetrees.messages.words import read_words
from guidetrees.parse.model import Outcome, Tree
from guidetrees.project.project import read_project
from guidetrees.project.references import readable_nodes
from guidetrees.project.urls import relative_url
from guidetrees.render import site_pages
from guidetrees.render.answer_words import edge_words
from guidetrees.render.context import prepare

PROJECT = read_project(ROOT)
GRAPH = build_graph(PROJECT.trees)
REAL = prepare(PROJECT, read_words("da"))
TREES = list(PROJECT.trees.values())
MAP = "//div[@class='gt-map']"

# A question points on, a checklist has two lines more, an outcome is round.
SHAPES = {"question": ("path", 1, None), "checklist": ("path", 3, None), "outcome": ("rect", 0, "14")}


def by_name(tree: Tree) -> str:
    return tree.id


@pytest.mark.parametrize("tree", TREES, ids=by_name)
def test_a_map_has_every_node_once_with_its_kind_in_words_and_shape_and_a_link(site: Site, tree: Tree) -> None:
    page = site.pages[f"{tree.id}/index.html"]
    boxes = page.all(f"{MAP}//a[@id]")
    assert sorted(map(node_of, boxes)) == sorted(str(node.id) for node in readable_nodes(tree))
    for box in boxes:
        node = tree.nodes[node_of(box)]
        assert node
        kind = node.kind
        assert f"gt-map__{kind}" in box.get("class").split()
        said = " ".join(fold(" ".join(text.itertext())) for text in box.xpath("./text"))
        assert str(node.title).replace(" ", "") in said.replace(" ", "")
        label = WORDS[kind] + (f": {WORDS[f'verdict_{node.verdict}']}" if isinstance(node, Outcome) else "")
        assert label.replace(" ", "") in said.replace(" ", "")
        assert page.target(box.get("href")) == f"{tree.id}/{node.id}.html"
        (shape,) = box.xpath("./*[@class='gt-map__shape']")
        strokes = str(shape.get("d", "")).count("M")
        assert (shape.tag, strokes, shape.get("rx")) == SHAPES[kind]


@pytest.mark.parametrize("tree", TREES, ids=by_name)
def test_map_and_outline_have_every_answer_once_and_agree(site: Site, tree: Tree) -> None:
    page = site.pages[f"{tree.id}/index.html"]
    boxes = {entry(box): box for box in page.all(f"{MAP}//a[contains(@class, 'gt-map__box')]")}
    drawn = {node_of(box): box.getparent() for box in boxes.values() if box.get("id")}
    listed = {
        entry.get("id").removeprefix("list-"): entry for entry in page.all("//ul[@class='gt-outline']//li[@id]")
    }
    for node in readable_nodes(tree):
        edges = GRAPH.outgoing[NodeRef(tree.id, str(node.id))]
        targets = [relative_url(seen_from_tree(GRAPH, tree.id, edge.target), tree.id) for edge in edges]
        wanted = [(packed(edge_words(REAL, edge)), target) for edge, target in zip(edges, targets, strict=True)]
        arrows = drawn[str(node.id)].xpath("./g[@class='gt-map__answer']")
        mapped = [(packed("".join(arrow.itertext())), boxes[tip(arrow)].get("href")) for arrow in arrows]
        assert mapped == wanted
        steps = listed[str(node.id)].xpath("./ul/li")
        assert [(packed(s.xpath("string(./span[1])")), s.xpath("string(./a/@href)")) for s in steps] == wanted


@pytest.mark.parametrize("tree", TREES, ids=by_name)
def test_every_node_leads_to_its_place_on_the_map_and_in_the_outline(site: Site, tree: Tree) -> None:
    start = site.pages[f"{tree.id}/index.html"]
    for node in readable_nodes(tree):
        page = site.pages[f"{tree.id}/{node.id}.html"]
        targets = [page.target(link.get("href")) or "" for link in page.all("//a[contains(@class, 'gt-where')]")]
        assert targets == [f"{start.path}#map-{node.id}", f"{start.path}#list-{node.id}"]
        for target in targets:
            (place,) = start.all(f"//*[@id='{target.partition('#')[2]}']")
            link = place if place.tag == "a" else place.find("a")
            assert start.target(link.get("href")) == page.path


def tip(arrow: lxml.html.HtmlElement) -> Point:
    """Where the line of an answer of a built map ends."""
    x, y = origin(arrow)
    right, down = points(arrow.find("path").get("d"))[-1]
    return x + right, y + down


# In a browser

TEXTS = """() => [...document.querySelectorAll(".gt-map__box")].flatMap((box) => {
  const shape = box.querySelector(".gt-map__shape").getBoundingClientRect();
  return [...box.querySelectorAll("text:not(.gt-map__here)")].map((text) => {
    const { left, right, top, bottom, width } = text.getBoundingClientRect();
    const fits = left >= shape.left && right <= shape.right && top >= shape.top && bottom <= shape.bottom;
    return [text.textContent, fits && width > 0];
  });
})"""
LABELS = """() => {
  const shapes = [...document.querySelectorAll(".gt-map__shape")].map((shape) => shape.getBoundingClientRect());
  const words = [...document.querySelectorAll(".gt-map__answer text")];
  const rects = words.map((text) => text.getBoundingClientRect());
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  return words.filter((_, i) => shapes.some((shape) => meet(rects[i], shape))
    || rects.some((rect, j) => i < j && meet(rects[i], rect))).map((text) => text.textContent);
}"""


FONTS = ("", "DejaVu Sans Condensed", "Arial")


@pytest.mark.parametrize("tree", TREES, ids=by_name)
def test_a_map_begins_at_its_top_left_and_no_text_leaves_its_box_in_any_font(
    served: str, page: Page, tree: Tree
) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{served}{tree.id}/index.html")
    page.evaluate("document.fonts.ready")
    assert_begins_with_the_first_question(page, tree)
    for font in FONTS:
        if font:
            page.add_style_tag(content=f".gt-map text {{font-family: '{font}', sans-serif !important}}")
        assert_no_text_leaves_its_box_or_lies_over_another(page, tree)


def assert_begins_with_the_first_question(page: Page, tree: Tree) -> None:
    frame, box = (page.locator(place).bounding_box() for place in (".gt-map__frame", f"#map-{tree.start}"))
    assert frame and box
    assert 0 < box["x"] - frame["x"] < 24
    # The words of an answer to the next box may be higher than the first box.
    tops = page.locator(".gt-map__box, .gt-map__answer").evaluate_all(
        "all => all.map((drawn) => drawn.getBoundingClientRect().top)"
    )
    assert 0 < min(tops) - frame["y"] < 48
    assert box["y"] + box["height"] <= frame["y"] + frame["height"]
    assert frame["height"] <= 0.75 * 800


def assert_no_text_leaves_its_box_or_lies_over_another(page: Page, tree: Tree) -> None:
    lines = page.evaluate(TEXTS)
    assert len(lines) >= 2 * len(readable_nodes(tree))
    assert [text for text, fits in lines if not fits] == []
    assert page.evaluate(LABELS) == []


def mark(page: Page) -> str:
    """What is marked as the place where the reader is, by the words that are seen."""
    shown = page.locator(".gt-map__here:visible")
    expect(shown).to_have_count(1)
    assert shown.text_content() == WORDS["you_are_here"]
    return str(shown.locator("xpath=..").get_attribute("id")).removeprefix("map-")


def test_without_script_a_page_shows_its_place_on_the_map(shared: str, plain: Page) -> None:
    plain.set_viewport_size({"width": 1280, "height": 900})
    plain.goto(f"{shared}er-det-digital-behandling/hvem.html")
    plain.get_by_role("link", name=WORDS["on_map"], exact=True).click()
    assert mark(plain) == "hvem"
    expect(plain.locator("#map-hvem")).to_be_in_viewport()
    plain.locator("#map-teknologi").click()
    assert plain.url == f"{shared}er-det-digital-behandling/teknologi.html"


def test_with_answers_the_map_shows_the_way_and_keeps_them(base: str, page: Page) -> None:
    answers = "#sundhedsfaglig=ja&konkret-patient=ja"
    page.goto(f"{base}er-det-digital-behandling/hvem.html{answers}")
    page.get_by_role("link", name=WORDS["on_map"], exact=True).click()
    assert page.url == f"{base}er-det-digital-behandling/index.html{answers}&map-hvem"
    assert mark(page) == "hvem"
    expect(page.locator("#map-hvem")).to_be_in_viewport()
    taken = [["sundhedsfaglig", "Ja"], ["konkret-patient", "Ja"]]
    boxes = ["sundhedsfaglig", "konkret-patient", "hvem"]
    assert on(page) == {"boxes": boxes, "answers": taken, "outline": taken}
    expect(page.locator(".gt-misfit")).to_have_count(0)
    page.go_back()
    page.goto(f"{base}er-det-digital-behandling/index.html{answers}&map-konkret-patient")
    assert mark(page) == "konkret-patient"


def test_a_phone_shows_the_place_in_the_outline(served: str, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{served}er-det-digital-behandling/hvem.html#sundhedsfaglig=ja&konkret-patient=ja")
    expect(page.get_by_role("link", name=WORDS["on_map"], exact=True)).to_be_hidden()
    page.get_by_role("link", name=WORDS["on_list"], exact=True).click()
    # So does the address that a wide screen has made.
    page.goto(page.url.replace("&list-", "&map-"))
    expect(page.locator(".gt-map")).to_be_hidden()
    place = page.locator("#list-hvem > a")
    expect(place).to_be_in_viewport()
    said = place.evaluate("link => getComputedStyle(link, '::after').content")
    assert said == f'"{WORDS["you_are_here"]}"'


def test_the_map_takes_colours_of_the_readers_own_choice(served: str, browser: Browser) -> None:
    context = browser.new_context(bypass_csp=True, forced_colors="active", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{served}er-det-digital-behandling/index.html")
    seen = page.evaluate(
        """() => {
          const of = (selector) => getComputedStyle(document.querySelector(selector));
          const system = (name) => {
            const probe = document.body.appendChild(document.createElement("p"));
            probe.style.cssText = `color: ${name}; forced-color-adjust: none`;
            const found = getComputedStyle(probe).color;
            probe.remove();
            return found;
          };
          const shape = of(".gt-map__outcome .gt-map__shape");
          return [shape.fill === system("Canvas"), shape.stroke === system("CanvasText"),
            of(".gt-map__answer > path").stroke === system("CanvasText")];
        }"""
    )
    assert seen == [True, True, True]
    context.close()


# Where a start page begins


def test_the_first_question_is_one_tap_away_in_the_first_view_of_a_phone(served: str, page: Page) -> None:
    for tree in TREES:
        page.set_viewport_size({"width": 390, "height": 664})
        page.goto(f"{served}{tree.id}/index.html")
        start = page.get_by_role("link", name=WORDS["start"], exact=True)
        expect(start).to_be_in_viewport(ratio=1)
        assert start.get_attribute("href") == f"{tree.start}.html"
        page.set_viewport_size({"width": 320, "height": 568})
        expect(start).to_be_in_viewport(ratio=1)


EDGES = """(frame) => {
  const boxes = [...frame.querySelectorAll(".gt-map__shape")].map((shape) => shape.getBoundingClientRect());
  const { right, bottom } = frame.getBoundingClientRect();
  const fade = (part, side) => parseFloat(getComputedStyle(frame, part)[side]);
  return [right - fade("::after", "width") - Math.max(...boxes.map((box) => box.right)),
    bottom - fade("::before", "height") - Math.max(...boxes.map((box) => box.bottom))];
}"""


def test_a_cut_edge_fades_until_the_map_has_been_scrolled_to_its_end(served: str, page: Page) -> None:
    page.set_viewport_size({"width": 768, "height": 800})
    page.goto(f"{served}er-det-digital-behandling/index.html")
    frame = page.locator(".gt-map__frame")
    assert max(frame.evaluate(EDGES)) < 0, "boxes lie under both fades or beyond them"
    frame.evaluate("(frame) => frame.scrollTo(frame.scrollWidth, frame.scrollHeight)")
    assert min(frame.evaluate(EDGES)) > -12, "but for what is nearly as clear as without"


# One view at a time


def test_a_reader_chooses_between_map_and_list_by_keyboard(served: str, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{served}er-det-digital-behandling/index.html")
    drawn, listed = page.locator("svg.gt-map__picture"), page.locator("ul.gt-outline")
    expect(drawn).to_be_visible()
    expect(listed).to_be_hidden()
    for name, shown, other in (("as_list", listed, drawn), ("as_map", drawn, listed)):
        page.locator("summary", has_text=WORDS[name]).focus()
        page.keyboard.press("Enter")
        expect(shown).to_be_visible()
        expect(other).to_be_hidden()
        expect(page.locator("summary", has_text=WORDS[name])).to_be_focused()


def test_without_script_a_phone_has_the_list_and_a_wide_screen_both(shared: str, plain: Page) -> None:
    plain.goto(f"{shared}er-det-digital-behandling/index.html")
    drawn, listed = plain.locator("svg.gt-map__picture"), plain.locator("ul.gt-outline")
    expect(listed).to_be_visible()
    expect(drawn).to_be_hidden()
    expect(plain.locator(".gt-view > summary:visible")).to_have_count(0)
    plain.set_viewport_size({"width": 1280, "height": 900})
    expect(drawn).to_be_visible()
    plain.locator("summary", has_text=WORDS["as_list"]).click()
    expect(listed).to_be_visible()


@pytest.mark.parametrize("fragment", ["", "#sundhedsfaglig=ja&konkret-patient=ja"])
def test_who_goes_to_a_place_has_the_focus_there(served: str, page: Page, fragment: str) -> None:
    for width, link, place in ((1280, "on_map", ".gt-map__frame"), (390, "on_list", "#list-hvem > a")):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{served}er-det-digital-behandling/hvem.html{fragment}")
        page.get_by_role("link", name=WORDS[link], exact=True).click()
        expect(page.locator(place)).to_be_focused()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(page.url.replace("list-", "map-"))
    said = page.locator(".gt-map__frame").get_attribute("aria-description")
    assert said == f"{WORDS['you_are_here']}: {GRAPH.node(NodeRef('er-det-digital-behandling', 'hvem')).title}"


def test_a_place_opens_the_view_it_is_in(served: str, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{served}er-det-digital-behandling/index.html#sundhedsfaglig=ja")
    page.locator("summary", has_text=WORDS["as_list"]).click()
    page.evaluate("location.hash += '&map-hvem'")
    expect(page.locator("#map-hvem")).to_be_in_viewport()
    expect(page.locator("ul.gt-outline")).to_be_hidden()


# On paper


@pytest.mark.parametrize("tree", TREES, ids=by_name)
def test_a_start_page_on_paper_begins_with_title_and_map(
    served: str, browser: Browser, tmp_path: Path, tree: Tree
) -> None:
    page = browser.new_page(bypass_csp=True)
    page.goto(f"{served}{tree.id}/index.html")
    page.locator("summary", has_text=WORDS["as_list"]).click()  # whichever view is open
    page.pdf(path=tmp_path / "start.pdf", format="A4")
    page.close()
    printed = [sheet.extract_text() for sheet in PdfReader(tmp_path / "start.pdf").pages]
    sheets = [packed(sheet) for sheet in printed]
    assert len(sheets) <= 2
    text = "".join(sheets).replace("-", "")
    first, last = tree.nodes[str(tree.start)], readable_nodes(tree)[-1]
    assert packed(str(tree.title)) in sheets[0]
    assert packed(str(first and first.title)) in sheets[0]
    assert text.count(packed(str(last.title)).replace("-", "")) == 1, "in the map, and not in a list as well"
    for left_out in ("whole_tree", "whole_tree_help", "as_list", "to_share", "to_review"):
        assert packed(WORDS[left_out]) not in text
    assert not re.search(r"^Start$", printed[0], re.M)


# A tree too large for one picture


def large(width: int, depth: int) -> str:
    lines = ["title: Large", "summary: S.", "reviewed: 2026-11-24", "start: n", "nodes:"]

    def grow(name: str, left: int) -> None:
        if not left:
            lines.append(f"  {name}: {{outcome: End {name}, verdict: info, guide: rules.md#time}}")
            return
        answers = ", ".join(f"{{answer: Answer {i}, goto: {name}-{i}}}" for i in range(width))
        lines.append(f"  {name}: {{question: Question {name}?, answers: [{answers}]}}")
        for i in range(width):
            grow(f"{name}-{i}", left - 1)

    grow("n", depth)
    return "\n".join(lines) + "\n"


def test_a_large_tree_has_a_picture_a_branch_and_each_leads_on_to_the_next(tmp_path: Path) -> None:
    root = lay_out(None, tmp_path)
    write(root, "decision_trees/large.yml", large(3, 4))
    project = read_project(root)
    assert check(project) == []
    page = next(p for p in site_pages.pages(prepare(project, read_words("en"))) if p.path == "large/index.md")
    built = Built("large/index.html", lxml.html.tostring(as_html(page), encoding="unicode"))
    assert len(built.all(f"{MAP}//*[contains(@class, 'gt-map__frame')]")) == 3
    nodes = built.all(f"{MAP}//a[@id]")
    assert sorted(map(node_of, nodes)) == sorted(project.trees["large"].nodes)
    onward = built.all(f"{MAP}//a[contains(@class, 'gt-map__onward')]")
    assert [fold(" ".join(box.itertext())) for box in onward] == [
        "Goes on in map 2 Question n-0?",
        "Goes on in map 3 Question n-1?",
    ]
    titles = [built.text(f"//*[@id='{box.get('href').removeprefix('#')}']") for box in onward]
    assert titles == ["Map 2: Question n-0?", "Map 3: Question n-1?"]
