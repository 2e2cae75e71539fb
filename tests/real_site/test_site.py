"""The real site, built once and read as a reader without JavaScript would: by its pages and links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

import lxml.html
import pytest
from conftest import ROOT
from helpers import check
from site_reader import Page, Site, fold, found_in

from guidetrees.check.rules.scenarios import run_scenario
from guidetrees.graph.graph import Edge, NodeRef, build_graph, parse_reference
from guidetrees.graph.node_kinds import CHOSEN, choices, exits
from guidetrees.messages.words import read_words
from guidetrees.parse.model import Checklist, Node, Outcome, Question, Scenario, Tree
from guidetrees.parse.site_markdown import EXTENSIONS
from guidetrees.project.project import read_project
from guidetrees.project.references import readable_nodes

PROJECT = read_project(ROOT)
WORDS = read_words("da")
TREES = list(PROJECT.trees.values())
NODES = [(tree, node) for tree in TREES for node in readable_nodes(tree)]
SCENARIOS = [(tree, scenario) for tree in TREES for scenario in tree.scenarios]


def name(value: object) -> str:
    match value:
        case Tree():
            return value.id
        case Scenario():
            return str(value.name)
        case Question() | Checklist() | Outcome():
            return str(value.id)
    return ""


def each_node(*kinds: type) -> pytest.MarkDecorator:
    chosen = [(tree, node) for tree, node in NODES if isinstance(node, kinds or object)]
    assert chosen
    return pytest.mark.parametrize(("tree", "node"), chosen, ids=name)


def page_of(site: Site, tree: Tree, node: Node) -> Page:
    return site.pages[f"{tree.id}/{node.id}.html"]


def test_the_project_has_its_seven_trees_and_perhaps_more_without_a_problem() -> None:
    assert check(PROJECT) == []
    assert len(TREES) >= 7


# Links


def test_every_link_and_anchor_leads_somewhere(site: Site) -> None:
    broken = []
    for page in site.pages.values():
        for link in page.links("/html"):
            target = page.target(link.href)
            if target is None or page.path == "404.html":
                continue
            path, _, fragment = target.partition("#")
            file = site.folder / path
            if not file.is_file() or (fragment and fragment not in site.pages[path].ids):
                broken.append(f"{page.path}: {link.href}")
    assert broken == []


def test_every_page_is_reached_from_the_front_page_by_links_in_the_text(site: Site) -> None:
    found, waiting = set(), ["index.html"]
    while waiting:
        path = waiting.pop()
        if path in found or not path.endswith(".html"):
            continue
        found.add(path)
        page = site.pages[path]
        targets = [page.target(link.href) for link in page.links("//article")]
        waiting += [target.partition("#")[0] for target in targets if target]
    nodes = ((tree, node) for tree in TREES for node in readable_nodes(tree))
    former = {f"{tree.id}/{alias}.html" for tree, node in nodes for alias in node.aliases}
    unreached = set(site.pages) - found - {"404.html"} - former
    # The guide's pages lead on to each other through the theme's navigation.
    assert {path for path in unreached if not path.startswith("guide/")} == set()
    assert "guide/index.html" in found


def test_every_tree_page_is_reached_by_answers_from_the_start_page_of_a_tree(site: Site) -> None:
    for tree in TREES:
        found, waiting = set(), [f"{tree.id}/{tree.start}.html"]
        assert waiting[0] in [site.pages[f"{tree.id}/index.html"].target(link.href)
                              for link in site.pages[f"{tree.id}/index.html"].links("//article")]  # fmt: skip
        while waiting:
            path = waiting.pop()
            if path not in found:
                found.add(path)
                page = site.pages[path]
                waiting += [target for link in page.answers if (target := page.target(link.href))]
        assert {f"{tree.id}/{node.id}.html" for node in readable_nodes(tree)} <= found


def test_ids_are_unique_on_every_page(site: Site) -> None:
    doubled = {p.path: sorted({i for i in p.ids if p.ids.count(i) > 1}) for p in site.pages.values()}
    assert {path: ids for path, ids in doubled.items() if ids} == {}


# Pages say what the trees say


@each_node()
def test_a_page_has_its_text_as_the_only_heading_of_first_rank_and_first_in_the_title(
    site: Site, tree: Tree, node: Node
) -> None:
    page = page_of(site, tree, node)
    called = str(node.title)
    if isinstance(node, Outcome):  # who hears the page is told the verdict first
        called = f"{WORDS[f'verdict_{node.verdict}']}: {node.title}"
    assert page.heading == called
    assert fold(page.text("//title")).startswith(called)
    assert page.all("/html/@lang") == ["da"]


@each_node(Question, Checklist)
def test_the_answers_on_a_page_are_the_answers_of_the_tree(site: Site, tree: Tree, node: Node) -> None:
    page = page_of(site, tree, node)
    among = [fold(words.text_content()) for words in page.all("//ul[contains(@class, 'gt-choices')]/li/p[1]")]
    assert among == [str(answer.answer) for answer in choices(node)]
    if choices(node):  # one way on for all
        answers = [WORDS["go_on"]]
    elif isinstance(node, Question):
        answers = [str(answer.answer) for answer in node.answers or ()]
    else:
        answers = [WORDS["met"], WORDS["unmet"]]
    words, targets = [], []
    for answer, exit_ in zip(answers, exits(node), strict=True):
        for case in exit_.goto or ():
            address = parse_reference(str(case.to), tree.id)
            words.append(answer)
            targets.append(f"{address.tree}/{address.node or 'index'}.html")
    assert [link.words for link in page.answers] == words
    assert [page.target(link.href) for link in page.answers] == targets


@each_node(Question)
def test_a_hint_stands_under_its_answer_and_outside_the_link(site: Site, tree: Tree, node: Question) -> None:
    page = page_of(site, tree, node)
    hints = [fold(p.text_content()) for p in page.all("//ul[@class='gt-answers']/li/a/following-sibling::p")]
    assert hints == [str(answer.hint) for answer in node.answers or () if answer.hint for _ in answer.goto or ()]


@each_node()
def test_a_page_quotes_the_guide_word_for_word_and_links_to_the_place(site: Site, tree: Tree, node: Node) -> None:
    page = page_of(site, tree, node)
    above = missing_sections(tree, node)
    quotes = page.all("//section[@aria-labelledby='guide-words']//figure[@class='gt-quote']")
    named = page.all("//section[@aria-labelledby='guide-words']/p/a/@href")
    assert [page.target(str(href)) for href in named] == [
        f"guide/{name.replace('.md', '.html')}" for name in node.guide if name in above
    ]
    for quote, reference in zip(quotes, (name for name in node.guide if name not in above), strict=True):
        path, _, id = reference.partition("#")
        (link,) = quote.xpath(".//figcaption/a")
        assert page.target(link.get("href")) == f"guide/{path[:-3]}.html#{id}"
        (block,) = quote.xpath("./blockquote")
        section = words_at(site.pages[f"guide/{path[:-3]}.html"], id)
        assert letters(block.text_content()) == letters(section)


def missing_sections(tree: Tree, node: Node) -> set[str]:
    """What a list of missing points on a node's page quotes already: no quotation stands twice."""
    lists = (other for other in readable_nodes(tree) if isinstance(other, Checklist))
    unmet = (one for one in lists if any(case.to == node.id for case in one.unmet or ()))
    return {str(name) for one in unmet for item in one.items for name in item.guide}


def words_at(page: Page, id: str) -> str:
    """The guide's words at `id` on its own page: an element's, or a heading's with all that it heads."""
    (element,) = page.all(f"//article//*[@id='{id}']")
    if not re.fullmatch("h[1-6]", element.tag):
        return guides_words(element)
    following = []
    for sibling in element.itersiblings():
        if isinstance(sibling.tag, str) and re.fullmatch("h[1-6]", sibling.tag) and sibling.tag <= element.tag:
            break
        following.append(sibling)
    return "".join(map(guides_words, [element, *following]))


def guides_words(element: lxml.html.HtmlElement) -> str:
    """An element's text without the site's own words in it."""
    own = ("own", "headerlink", "gt-update")
    if not isinstance(element.tag, str) or any(name in element.get("class", "").split() for name in own):
        return ""
    inner = "".join(guides_words(child) + (child.tail or "") for child in element)
    return (element.text or "") + inner


def letters(text: str) -> str:
    return "".join(text.split())


@each_node(Outcome)
def test_an_outcome_answers_why_read_on_and_ask(site: Site, tree: Tree, node: Outcome) -> None:
    page = page_of(site, tree, node)
    assert page.text("//h1//span[@class='gt-verdict__word']") == WORDS[f"verdict_{node.verdict}"]
    assert page.all("//section[@aria-labelledby='your-answers']//a")
    assert page.all("//section[@aria-labelledby='guide-words' or contains(@class, 'gt-missing')]//blockquote")
    cards = [
        str(href)
        for href in page.all("//li[@class='gt-contact']/div[1]/ul[@class='gt-contact__ways']/li[1]/a/@href")
    ]
    contacts = PROJECT.contacts or {}
    assert cards[: len(node.contacts)] == [contacts[name].url for name in node.contacts]
    assert cards


@each_node()
def test_a_node_reached_in_one_way_shows_the_answers_that_lead_there(site: Site, tree: Tree, node: Node) -> None:
    graph = build_graph(PROJECT.trees)
    ways = list(all_ways(graph.incoming, NodeRef(tree.id, str(node.id)), PROJECT.trees))
    page = page_of(site, tree, node)
    steps = page.all("//section[@aria-labelledby='your-answers']//ol[@class='gt-steps']/li")
    heading = fold("".join(h.text_content() for h in page.all("//h2[@id='your-answers']")))
    # What is chosen among several answers is open.
    if len(ways) != 1 or any(edge.answer == CHOSEN and (edge.when or edge.unless) for edge in ways[0]):
        assert steps == []
        last = graph.incoming[NodeRef(tree.id, str(node.id))]
        assert heading == WORDS["presumed" if len(last) == 1 and last[0].when else "ways_here"]
        assert page.all("//section[@aria-labelledby='your-answers']//ul/li//a")
        return
    if steps:  # nobody's answers
        assert heading == f"{WORDS['presumed']} ({len(steps)})"
    questions = [fold(step.xpath("string(./span[1])")) for step in steps]
    answers = [fold(step.xpath("string(./span[2])")) for step in steps]
    links = [page.target(step.xpath("string(./a/@href)")) for step in steps]
    answered = [edge for edge in ways[0] if edge.is_answer]
    for edge, question, words, link in zip(answered, questions, answers, links, strict=True):
        asked = graph.node(edge.source)
        assert question == asked.title
        answers_of = {str(a.id): str(a.answer) for a in (isinstance(asked, Question) and asked.answers) or ()}
        assert words == (answers_of.get(edge.answer) or WORDS[edge.answer])
        assert link == f"{edge.source.tree}/{edge.source.node}.html"


def all_ways(
    reaching: Mapping[NodeRef, tuple[Edge, ...]], address: NodeRef, trees: dict[str, Tree]
) -> Iterator[list[Edge]]:
    """Every way from a tree's start to `address`, by brute force."""
    if address.node == trees[address.tree].start:
        yield []
        return
    for edge in reaching.get(address, ()):
        for way in all_ways(reaching, edge.source, trees):
            yield [*way, edge]


@pytest.mark.parametrize(("tree", "scenario"), SCENARIOS, ids=name)
def test_a_scenario_is_walked_by_links_from_the_front_page(site: Site, tree: Tree, scenario: Scenario) -> None:
    page = site.follow(site.pages["index.html"], str(tree.title), "//ul[@class='gt-cards gt-trees']")
    page = site.follow(page, WORDS["start"], "//article")
    graph = build_graph(PROJECT.trees)
    for step in run_scenario(scenario, tree, graph).edges:
        page = page if page.answers else site.follow(page, WORDS["start"], "//article")
        assert page.path == f"{step.source.tree}/{step.source.node}.html"
        # The answers on a page are the node's, each as often as it has cases.
        position = graph.outgoing[step.source].index(step)
        target = page.target(page.answers[position].href)
        assert target and len(page.answers) == len(graph.outgoing[step.source])
        page = site.pages[target]
    assert page.path == f"{tree.id}/{scenario.outcome}.html"


@pytest.mark.parametrize("tree", TREES, ids=name)
def test_a_start_page_shows_the_whole_tree_as_an_outline(site: Site, tree: Tree) -> None:
    page = site.pages[f"{tree.id}/index.html"]
    listed = {page.target(link.href) for link in page.links("//ul[@class='gt-outline']")}
    assert listed == {f"{tree.id}/{node.id}.html" for node in readable_nodes(tree)}


@pytest.mark.parametrize("tree", TREES, ids=name)
def test_a_checklists_missing_points_stand_with_guide_and_contact_on_the_unmet_page(
    site: Site, tree: Tree
) -> None:
    for node in readable_nodes(tree):
        if isinstance(node, Checklist):
            for case in node.unmet or ():
                assert_points_are_shown(site.pages[f"{tree.id}/{case.to}.html"], node)


def assert_points_are_shown(page: Page, node: Checklist) -> None:
    points = page.all("//section[contains(@class, 'gt-missing')]/ol/li")
    assert [fold(p.xpath("string(./p[1])")) for p in points] == [str(item.item) for item in node.items]
    for point, item in zip(points, node.items, strict=True):
        assert len(point.xpath(".//blockquote")) == len(item.guide)
        shown = [fold(a.text_content()) for a in point.xpath("./p[@class='gt-item__ask']/a")]
        assert shown == [str((PROJECT.contacts or {})[name].name) for name in item.contacts]
        anchors = [a.get("href").lstrip("#") for a in point.xpath("./p[@class='gt-item__ask']/a")]
        assert set(anchors) <= set(page.ids)


# Updates


def test_one_page_lists_all_updates_newest_first(site: Site) -> None:
    page = site.pages["updates.html"]
    updates = sorted((PROJECT.updates or {}).values(), key=lambda u: (str(u.date), str(u.id)), reverse=True)
    assert [fold(h.text_content()) for h in page.all("//article//h2")] == [str(u.title) for u in updates]
    for update in updates:
        assert update.date and update.seen
        text = fold(page.text(f"//section[@aria-labelledby='{update.id}']"))
        assert WORDS.day(update.date) in text and WORDS.day(update.seen) in text and update.source in text


def test_the_contacts_that_cease_say_so_with_date_and_source(site: Site) -> None:
    for page in site.pages.values():
        for card in page.all("//li[@class='gt-contact']"):
            if card.get("id") in ("contact-sds", "contact-medcom"):
                assert "1. januar 2027" in fold(card.text_content())
                assert card.xpath(".//a[starts-with(@href, 'https://english.sundhedsdatastyrelsen.dk/')]")


def test_updates_are_never_inside_the_guides_words(site: Site) -> None:
    for page in site.pages.values():
        assert page.all("//blockquote//*[contains(@class, 'gt-update')]") == []


# The frame


LOADS = {"script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src",
         "embed": "src", "object": "data", "form": "action", "use": "href"}  # fmt: skip


def test_no_page_loads_anything_from_another_host(site: Site) -> None:
    outside = []
    for page in site.pages.values():
        loads = [e.get(LOADS[e.tag]) or "" for e in page.tree.iter(*LOADS)]
        loads += [e.get("href") or "" for e in page.all("//link")]
        loads += [part.split()[0] for e in page.all("//*[@srcset]") for part in e.get("srcset").split(",")]
        outside += [f"{page.path}: {url}" for url in loads if urlsplit(url).netloc]
    assert outside == []


def test_no_style_sheet_loads_anything_from_another_host(site: Site) -> None:
    sheets = list(site.folder.rglob("*.css"))
    assert sheets
    for sheet in sheets:
        text = sheet.read_text("utf-8")
        urls = re.findall(r"url\(\s*['\"]?([^'\")]+)", text) + re.findall(r"@import\s+['\"]([^'\"]+)", text)
        assert [url for url in urls if urlsplit(url).netloc] == []


# The addresses of other hosts in the theme's script, by what they are for, each with the element that makes the
# script ask for it. A browser without ResizeObserver (before 2020) cannot show the theme anyway.
ASKED_FOR = {
    "mermaid": "//*[contains(concat(' ', @class, ' '), ' mermaid ')]",
    "(repos|users|projects)": "//*[@data-md-component='source']",
    "resize-observer-polyfill": None,
}


# What looks like an address and is the name of a kind of picture.
NAMES = {"www.w3.org/2000/svg"}


def test_no_script_asks_another_host(site: Site) -> None:
    found = set()
    for script in site.folder.rglob("*.js"):
        found |= set(re.findall(r"""["'`]https?://([^"'`]+)""", script.read_text("utf-8")))
    known = re.compile(rf"[^/]+/(api/v4/)?({'|'.join(ASKED_FOR)})\b")
    linked = {str(contact.url).partition("//")[2] for contact in (PROJECT.contacts or {}).values()}
    assert [url for url in found - NAMES - linked if not known.match(url)] == []
    for page in site.pages.values():
        for trigger in filter(None, ASKED_FOR.values()):
            assert page.all(trigger) == []


def test_tree_pages_stay_out_of_the_navigation(site: Site) -> None:
    page = site.pages["guide/leder.html"]
    navigated = {page.target(link.href) for link in page.links("//nav")}
    assert not navigated & {f"{tree.id}/{node.id}.html" for tree, node in NODES}


@each_node()
def test_a_tree_page_has_its_way_back_up_and_around(site: Site, tree: Tree, node: Node) -> None:
    page = page_of(site, tree, node)
    up = [page.target(link.href) for link in page.links("//nav[@class='gt-top']/ol")]
    assert up == ["index.html", f"{tree.id}/index.html"]
    around = {link.words: page.target(link.href) for link in page.links("//nav[@class='gt-bottom']")}
    assert around == {
        WORDS["start_over"]: f"{tree.id}/{tree.start}.html",
        WORDS["on_map"]: f"{tree.id}/index.html#map-{node.id}",
        WORDS["on_list"]: f"{tree.id}/index.html#list-{node.id}",
        WORDS["all_trees"]: "index.html",
        WORDS["index"]: "a-z.html",
    }
    (back,) = page.all("//a[@class='gt-back']/@href")
    assert page.target(str(back))


def test_every_tree_page_names_guide_and_dates_and_is_no_decision(site: Site) -> None:
    for tree in TREES:
        for path in [f"{tree.id}/index.html", *(f"{tree.id}/{node.id}.html" for node in readable_nodes(tree))]:
            foot = site.pages[path].text("//p[@class='gt-foot']")
            assert tree.reviewed
            for words in ("oktober 2023", WORDS.day(tree.reviewed), WORDS["no_decision"]):
                assert words in foot


def test_pages_carry_no_inline_style_and_no_handlers(site: Site) -> None:
    for page in site.pages.values():
        assert page.all("//article//@style | //article//script[not(@src)] | //@*[starts-with(name(), 'on')]") == []


def test_links_inside_quotations_lead_where_they_lead_in_the_guide(site: Site) -> None:
    guide: dict[str, str] = {}
    for path, page in site.pages.items():
        if path.startswith("guide/"):
            blocks = "//article/*[not(self::aside)]"  # without the site's updates
            guide |= {link.words: page.target(link.href) or link.href for link in page.links(blocks)}
    seen = 0
    for tree, node in NODES:
        page = page_of(site, tree, node)
        for link in page.links("//blockquote"):
            seen += 1
            assert (page.target(link.href) or link.href) == guide[link.words]
    assert seen > 10


def test_the_site_renders_the_guide_with_the_extensions_that_quotations_use() -> None:
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    listed = config.partition("markdown_extensions:")[2].partition("\n\n")[0]
    assert tuple(re.findall(r"^  - ([a-z_]+)", listed, re.M)) == tuple(EXTENSIONS)


def test_quotations_and_trails_stay_out_of_the_search_index(site: Site) -> None:
    texts: dict[str, list[str]] = {}
    for location, _, text, *_ in found_in(site.folder, "e"):
        texts.setdefault(location.partition("#")[0], []).append(text)
    sentence = "behandler en konkret patient, og behandlingen foregår ved hjælp af digital teknologi"
    assert [path for path, parts in texts.items() if sentence in fold(" ".join(parts))] == [
        "guide/hvad-er-det.html"
    ]
    assert set(texts) >= {f"{tree.id}/{node.id}.html" for tree, node in NODES}
