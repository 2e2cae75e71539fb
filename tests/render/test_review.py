"""The documents for review, as pages, Markdown and table: whole, in order, and right about what is tried."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from conftest import ROOT
from helpers import lay_out, write
from map_reader import packed
from playwright.sync_api import Page as BrowserPage
from pypdf import PageObject, PdfReader
from site_reader import Page, Site, fold, locations
from walks import WORDS

from guidetrees.check.rules.reviews import due
from guidetrees.cli import main
from guidetrees.graph import outline, paths
from guidetrees.graph.graph import NodeRef, build_graph
from guidetrees.graph.node_kinds import own_contacts, verdict
from guidetrees.messages.words import read_words
from guidetrees.parse.model import Checklist, Node, Question, Tree
from guidetrees.project.coverage import coverage
from guidetrees.project.project import read_project
from guidetrees.project.references import cited, readable_nodes
from guidetrees.render.context import prepare
from guidetrees.render.pages import review
from guidetrees.render.pages.review import review_pages

PROJECT = read_project(ROOT)
GRAPH = build_graph(PROJECT.trees)
TREES = list(PROJECT.trees.values())
EN = read_words("en")


def by_name(tree: Tree) -> str:
    return tree.id


def screens_of(page: Page, tree: Tree) -> dict[str, str]:
    """What the document says of each screen, in its order."""
    return {
        screen.xpath("string(.//h4/@id)").partition(".")[2]: fold(screen.text_content())
        for screen in page.all("//section[@class='gt-review__screen']")
        if screen.xpath("string(.//h4/@id)").startswith(f"{tree.id}.")
    }


def rows(page: Page, heading: str, tree: Tree) -> list[list[str]]:
    """The rows of the table under a heading of a tree."""
    part = page.all(f"//section[@aria-labelledby='{tree.id}']/h3[.='{WORDS[heading]}']")[0]
    table = part.xpath(
        "following-sibling::*[self::table or self::h3 or contains(@class, 'md-typeset__scrollwrap')]"
    )[0]
    if table.tag == "h3":
        return []
    return [[fold(cell.text_content()) for cell in row.xpath("./td")] for row in table.xpath(".//tbody/tr")]


@pytest.mark.parametrize("where", ["own", "index"])
@pytest.mark.parametrize("tree", TREES, ids=by_name)
def test_a_document_has_every_screen_with_all_that_it_says(site: Site, tree: Tree, where: str) -> None:
    page = site.pages[f"review/{tree.id if where == 'own' else where}.html"]
    found = screens_of(page, tree)
    assert list(found) == [address.node for address in outline.nodes_in_order(GRAPH, tree.id)]
    assert set(found) == {str(node.id) for node in readable_nodes(tree)}
    for number, (id, said) in enumerate(found.items(), 1):
        node = tree.nodes[id]
        assert node
        assert said.startswith(f"{number}. {node.title}")
        for edge in GRAPH.outgoing[NodeRef(tree.id, id)]:
            target = GRAPH.enter(edge.target)
            assert str(GRAPH.node(target).title if edge.target.node else "") in said
        for words in wanted_words(node):
            assert words in said, id
        for reference in node.guide:
            assert f"({reference})" in said
    quoted = fold(page.main.text_content())
    for node in readable_nodes(tree):
        for reference in cited(node):
            section = PROJECT.section(str(reference))
            assert section
            assert fold(section.html.striptags()).replace(" ", "") in quoted.replace(" ", "")


def wanted_words(node: Node) -> list[str]:
    if isinstance(node, Question):
        return [w for a in node.answers or () for w in (str(a.answer), str(a.hint or ""))]
    if isinstance(node, Checklist):
        return [str(item.item) for item in node.items]
    names = [str((PROJECT.contacts or {})[str(contact)].name) for contact in own_contacts(node)]
    return [WORDS[f"verdict_{given}"], *names] if (given := verdict(node)) else names


@pytest.mark.parametrize("tree", TREES, ids=by_name)
def test_a_document_lists_every_way_and_every_scenario(site: Site, tree: Tree) -> None:
    page = site.pages[f"review/{tree.id}.html"]
    numbers = {address: n for n, address in enumerate(outline.nodes_in_order(GRAPH, tree.id), 1)}
    ways = list(paths.paths(GRAPH, tree.id))
    listed = rows(page, "review_ways", tree)
    assert len(listed) == len(ways)
    assert sum(way.count for way in ways) == paths.count_paths(GRAPH, tree.id).total()
    for number, (way, row) in enumerate(zip(ways, listed, strict=True), 1):
        assert row[0] == str(number)
        assert [int(n) for n in re.findall(r"(\d+)\. ", row[1])] == [numbers[edge.source] for edge in way.edges]
        assert str(GRAPH.node(GRAPH.enter(way.end)).title) in row[2]
    tried = rows(page, "review_scenarios", tree)
    assert [row[0] for row in tried] == [str(scenario.name) for scenario in tree.scenarios]
    for scenario, row in zip(tree.scenarios, tried, strict=True):
        assert row[2].startswith("✓ ")
        assert str(GRAPH.node(NodeRef(tree.id, str(scenario.outcome))).title) in row[2]


def test_links_of_the_documents_lead_to_what_they_name_and_back(site: Site) -> None:
    documents = [page for path, page in site.pages.items() if re.fullmatch("review/[^/]*", path)]
    assert len(documents) == len(TREES) + 1
    for page in [*documents, site.pages["coverage.html"]]:
        for link in page.links("//article"):
            path, _, anchor = (page.target(link.href) or "").partition("#")
            assert not path or path in site.pages, link
            assert not anchor or anchor in site.pages[path].ids, link
    for tree in TREES:
        start = site.pages[f"{tree.id}/index.html"]
        document = site.follow(start, WORDS["to_review"])
        assert document.path == f"review/{tree.id}.html"
        assert start.path in {document.target(link.href) for link in document.links("//table")}


def test_documents_are_out_of_the_search_and_of_the_navigation(site: Site) -> None:
    assert not any(location.startswith(("review/", "coverage")) for location in locations(site.folder))
    assert not [link for link in site.pages["index.html"].links("//nav") if "review" in link.href]


PARTLY_TRIED = """\
title: Tried in part
summary: S.
reviewed: 2026-01-31
review_months: 1
owner: The board
start: first
nodes:
  first:
    question: First?
    guide: rules.md#time
    answers:
      - {answer: Yes it is, id: yes-it-is, goto: second}
      - {answer: No way, goto: other}
      - {answer: "=Other", id: elsewhere, goto: "other:"}
  second:
    checklist: Second?
    items: [{item: One thing}]
    met: end
    unmet: other
  end: {outcome: The end, verdict: yes, guide: rules.md#time}
  other: {outcome: Another end, verdict: no, guide: rules.md#time}
scenarios:
  - {name: Elsewhere, answers: {first: elsewhere, "other:kind": a-book}, outcome: "other:lend"}
  - {name: Straight on, answers: {first: yes-it-is, second: met}, outcome: end}
"""


@pytest.fixture
def partly(tmp_path: Path) -> Path:
    root = lay_out(None, tmp_path)
    write(root, "decision_trees/partly.yml", PARTLY_TRIED)
    write(root, "mkdocs.yml", "theme: {name: material, language: en}\nextra: {icon: !!python/name:x.y }\n")
    return root


Capture = pytest.CaptureFixture[str]


def document(root: Path, name: str, capsys: Capture) -> str:
    assert main(["review", "--root", str(root), "--to", str(root / "out")]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert f"{root / 'out' / name}" in printed.out.splitlines()
    return (root / "out" / name).read_text("utf-8")


def test_a_document_tells_owner_dates_and_what_no_scenario_tries(partly: Path, capsys: Capture) -> None:
    said = document(partly, "partly.md", capsys)
    assert said.startswith("# Review: Tried in part\n")
    for line in (
        "| Owner | The board |",
        "| Last reviewed | January 31, 2026 |",
        "| Next review by | February 28, 2026 |",
        "| Contents | Screens: 4. Ways: 4. Scenarios: 2. Answers without a scenario: 2. |",
        "☐ 1. Reviewed",
    ):
        assert line in said, line
    untried = said.partition("### Answers that no scenario tries\n")[2].partition("###")[0]
    table = [line for line in untried.splitlines() if line.startswith("|")][2:]
    assert len(table) == 2
    assert table[0] == "| 1. First? | No way | 4. Another end (No) |"
    assert table[1] == f"| 2. Second? | {EN['unmet']} | 4. Another end (No) |"
    assert "> " in said, "the guide's words are quoted"
    assert "](http" in said or "](" not in said


def test_the_table_of_ways_has_a_row_a_way_and_no_formula(partly: Path, capsys: Capture) -> None:
    assert main(["paths", "--root", str(partly)]) == 0
    assert capsys.readouterr().out.splitlines() == [str(partly / "review" / "paths.csv")]
    text = (partly / "review" / "paths.csv").read_bytes().decode("utf-8-sig")
    table = [row for row in csv.reader(StringIO(text, newline="")) if row[0] == "Tried in part"]
    assert [row[1] for row in table] == ["1", "2", "3", "4"]
    assert table[0] == [
        "Tried in part", "1", f"First? Yes it is → Second? {EN['met']}", "The end", "Yes", "Straight on",
        "partly/end.html#first=yes-it-is&second=met",
    ]  # fmt: skip
    assert table[3][5] == "Elsewhere", "a way ends where the scenario goes on into another tree"
    assert not [cell for row in table for cell in row if cell.startswith(("=", "+", "-", "@"))]


SEVERAL = """\
title: Several
summary: S.
reviewed: 2026-01-31
start: what
nodes:
  what:
    question: What is it?
    choose: several
    answers:
      - {answer: Maps, hint: Also old ones, id: maps}
      - {answer: Books, id: books}
      - {answer: Films, id: films}
      - {answer: Nothing, id: nothing, alone: true}
    goto:
      - {when: {what: nothing}, to: ask}
      - {when: [{what: maps}, {what: books}], to: desk}
      - {to: end}
  desk: {step: Go to the desk, goto: end}
  end: {outcome: The end, verdict: yes, guide: rules.md#time}
  ask: {outcome: Ask, verdict: caution, guide: rules.md#time}
scenarios:
  - {name: Two, answers: {what: [maps, books]}, outcome: end}
  - {name: One, answers: {what: maps}, outcome: end}
"""
NOTHING, BOTH = "if you answered ‘Nothing’ here", "if you answered ‘Maps’ and ‘Books’ here"


def test_of_several_answers_choices_are_listed_and_combinations_counted(partly: Path, capsys: Capture) -> None:
    """Seven choices among three answers, and one alone: two of them with maps and books."""
    write(partly, "decision_trees/several.yml", SEVERAL)
    said = document(partly, "several.md", capsys)
    assert "\n- Maps – Also old ones\n- Books\n- Films\n- Nothing (chosen alone)\n" in said
    some, ways = EN["some_answers"], said.partition("### Ways through\n")[2]
    assert "Number of ways from the start to an answer: 8." in ways
    assert [line for line in ways.partition("###")[0].splitlines() if line.startswith("| ")][2:] == [
        f"| 1 | 1. What is it? **{some} – {NOTHING}** | 2. Ask (Take care) | – |",
        f"| 2 | 1. What is it? **{some} – otherwise, {BOTH}**; 3. Go to the desk **Continue**; "
        "(2 combinations of answers) | 4. The end (Yes) | Two |",
        f"| 3 | 1. What is it? **{some} – otherwise**; (5 combinations of answers) | 4. The end (Yes) | One |",
    ]
    assert f"Reached from: 1 «{some}» (if you answered ‘Nothing’ to ‘What is it?’)\n" in said
    assert "| Two | 1. What is it? **Maps · Books**; 3. Go to the desk **Continue** | ✓ 4. The end (Yes) |" in said


def test_of_several_answers_each_that_no_scenario_chooses_is_untried(partly: Path, capsys: Capture) -> None:
    nothing = "| 1. What is it? | Nothing (if you answered ‘Nothing’ here) | 2. Ask (Take care) |"
    films = "| 1. What is it? | Films (otherwise) | 4. The end (Yes) |"
    for answers, end, untried in (
        ("maps", "end", [nothing, films]),
        ("nothing", "ask", [films]),
        ("[maps, films]", "end", [nothing]),
    ):
        scenario = f"{{what: {answers}}}, outcome: {end}"
        write(partly, "decision_trees/several.yml", SEVERAL.replace("{what: maps}, outcome: end", scenario))
        said = document(partly, "several.md", capsys)
        rows = said.partition("### Answers that no scenario tries\n")[2].partition("###")[0].splitlines()
        assert [row for row in rows if row.startswith("| 1. What")] == untried


def test_the_table_of_ways_counts_combinations_and_has_an_example(partly: Path, capsys: Capture) -> None:
    """The example is a link as the browser writes it: the answers chosen in the tree's order."""
    write(partly, "decision_trees/several.yml", SEVERAL)
    assert main(["paths", "--root", str(partly)]) == 0
    text = (partly / "review" / "paths.csv").read_bytes().decode("utf-8-sig")
    some = EN["some_answers"]
    assert [row[1:] for row in csv.reader(StringIO(text, newline="")) if row[0] == "Several"] == [
        ["1", f"What is it? {some} – {NOTHING}", "Ask", "Take care", "", "several/ask.html#what=nothing"],
        ["2", f"What is it? {some} – otherwise, {BOTH} → Go to the desk (2 combinations of answers)", "The end",
         "Yes", "Two", "several/end.html#what=maps.books"],
        ["3", f"What is it? {some} – otherwise (5 combinations of answers)", "The end", "Yes", "One",
         "several/end.html#what=films"],
    ]  # fmt: skip


def test_what_is_left_out_is_counted(partly: Path, capsys: Capture) -> None:
    lines = ["title: Many", "summary: S.", "reviewed: 2026-01-01", "start: n0", "nodes:"]
    for i in range(9):
        goto = f"n{i + 1}"
        lines.append(
            f"  n{i}: {{question: Q{i}?, answers: [{{answer: A, goto: {goto}}}, {{answer: B, goto: {goto}}}]}}"
        )
    lines.append("  n9: {outcome: The only end, verdict: info, guide: rules.md#time}")
    write(partly, "decision_trees/many.yml", "\n".join(lines) + "\n")
    said = document(partly, "many.md", capsys)
    assert "Number of ways from the start to an answer: 512." in said
    assert "These are the first 200. The other 312 end like this:" in said
    assert "| 10. The only end (For information) | 312 |" in said
    assert "| 200 |" in said
    assert "| 201 |" not in said


def test_problems_are_told_and_nothing_is_written(partly: Path, capsys: Capture) -> None:
    write(partly, "decision_trees/partly.yml", PARTLY_TRIED.replace("met: end", "met: ende"))
    for command in ("paths", "review"):
        assert main([command, "--root", str(partly)]) == 1
        assert "met: no node 'ende' in this tree (did you mean 'end'?)" in capsys.readouterr().out
    assert not (partly / "review").exists()


@pytest.mark.parametrize(
    ("reviewed", "months", "wanted"),
    [
        (date(2026, 11, 24), 12, date(2027, 11, 24)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_a_review_is_due_so_many_months_later(reviewed: date, months: int, wanted: date) -> None:
    assert due(reviewed, months) == wanted


# Coverage


def test_coverage_tells_of_every_section_who_cites_it(site: Site) -> None:
    page = site.pages["coverage.html"]
    shown = page.all("//article//tbody/tr")
    wanted = list(coverage(PROJECT))
    assert len(shown) == len(wanted) > 100
    for row, found in zip(shown, wanted, strict=True):
        section, by = (fold(cell.text_content()) for cell in row.xpath("./td"))
        words = fold(found.section.html.striptags())
        assert section == found.section.label if found.section.heading else words.startswith(section.rstrip(" …"))
        for address in found.by:
            assert str(GRAPH.node(address).title) in by
        if found.uncited:
            assert by == WORDS["coverage_none"]
    # Told apart by going through what the trees cite, from the other side.
    cites = {str(reference) for tree in TREES for node in readable_nodes(tree) for reference in cited(node)}
    assert {f"{c.section.page}#{c.section.id}" for c in wanted if c.by} == cites
    listed = page.links("//h2[@id='uncited']/following-sibling::ul[1]")
    assert len(listed) == sum(found.uncited for found in wanted)


# On paper


@pytest.mark.parametrize(
    ("name", "sheets_of_the_map"), [("behandling-i-udlandet", 1), ("hvilke-pligter-har-jeg", 1)]
)
def test_a_document_on_paper_has_all_its_screens_and_the_map_on_sheets_of_its_own(
    served: str, page: BrowserPage, name: str, sheets_of_the_map: int, tmp_path: Path
) -> None:
    tree = PROJECT.trees[name]
    page.goto(f"{served}review/{tree.id}.html")
    page.locator(".gt-review__remark textarea").first.fill("Rettet efter aftale")
    page.pdf(path=tmp_path / "review.pdf", format="A4")
    sheets = [(read(sheet), sheet.mediabox) for sheet in PdfReader(tmp_path / "review.pdf").pages]
    lying = [sheet for sheet, box in sheets if box.width > box.height]
    assert len(lying) == sheets_of_the_map
    smallest = min(height for sheet in lying for height in sheet.heights)
    assert smallest >= 6 * 12 / 14  # points: a title is 14, a caption 12 pixels on the screen
    drawn = packed("".join(sheet.text for sheet in lying)).replace("-", "")
    text = packed("".join(sheet.text for sheet, _ in sheets))
    for node in readable_nodes(tree):
        assert packed(str(node.title)) in drawn
        assert packed(str(node.title)) in text
    assert "Rettetefteraftale" in text


@dataclass(frozen=True)
class Sheet:
    """What a sheet of paper has."""

    text: str
    heights: list[float]
    """How high its letters are, in points."""


def read(sheet: PageObject) -> Sheet:
    heights: list[float] = []

    def note(text: str, current: list[float], matrix: list[float], _: object, size: float) -> None:
        if text.strip():
            heights.append(round(size * abs(matrix[3] * current[3]), 2))

    return Sheet(sheet.extract_text(visitor_text=note), heights)


@pytest.mark.parametrize(
    "path",
    ["om.html", "kan-behandlingen-ske-digitalt/index.html", "kan-behandlingen-ske-digitalt/kan-tilbydes.html"],
)
def test_no_sheet_is_empty(served: str, page: BrowserPage, path: str, tmp_path: Path) -> None:
    page.goto(served + path)
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    assert all(sheet.extract_text().strip() for sheet in PdfReader(tmp_path / "page.pdf").pages)


def test_trees_of_many_screens_have_a_document_each_and_no_common_one(monkeypatch: pytest.MonkeyPatch) -> None:
    site = prepare(PROJECT, WORDS)
    count = sum(len(readable_nodes(tree)) for tree in TREES)
    for most, together in ((count, True), (count - 1, False)):
        monkeypatch.setattr(review, "MAX_SCREENS", most)
        pages = {page.path: page.block for page in review_pages(site)}
        own = [pages[f"review/{tree.id}.md"] for tree in TREES]
        assert all('class="gt-review__screen"' in block for block in own)
        assert ('class="gt-review__screen"' in pages["review/index.md"]) == together
        apart = WORDS.say("review_apart", count=WORDS.number(count))
        assert (apart in pages["review/index.md"]) != together
        assert all(f'href="{tree.id}.html"' in pages["review/index.md"] for tree in TREES)
        assert not any(apart in block for block in own)
