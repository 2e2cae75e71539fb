"""What the trees say keeps to the editorial rules: nothing invented, a way on for everyone, every path tried."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from conftest import ROOT
from helpers import DAY, check

from guidetrees.check.checker import hints
from guidetrees.check.rules.scenarios import run_scenario
from guidetrees.graph.graph import NodeRef, build_graph
from guidetrees.graph.node_kinds import answer_ids
from guidetrees.parse.model import Node, Outcome, Question, Tree
from guidetrees.project.project import read_project
from guidetrees.project.references import readable_nodes

PROJECT = read_project(ROOT)
GRAPH = build_graph(PROJECT.trees)
TREES = list(PROJECT.trees.values())
SOURCE = (ROOT / "tests" / "data" / "guide-2023-10.txt").read_text("utf-8")

each_tree = pytest.mark.parametrize("tree", TREES, ids=lambda tree: tree.id)


def test_there_are_no_problems_and_no_notes_but_of_who_publishes_the_site() -> None:
    assert check(PROJECT) == []
    assert {finding.rule for finding in hints(PROJECT, DAY)} == {"publisher-is-named"}


def test_the_trees_that_onboarding_links_to_come_first_on_the_front_page() -> None:
    ordered = sorted(TREES, key=lambda tree: (tree.order is None, tree.order or 0))
    assert [tree.id for tree in ordered[:3]] == [
        "er-det-digital-behandling",
        "er-appen-medicinsk-udstyr",
        "hvilken-myndighed",
    ]


@each_tree
def test_every_question_has_an_answer_for_whoever_does_not_know(tree: Tree) -> None:
    doubts = re.compile(r"ved (jeg )?ikke|i tvivl|andet|sikker", re.I)
    for node in readable_nodes(tree):
        if isinstance(node, Question):
            assert any(doubts.search(answer.answer) for answer in node.answers or ()), node.id


@each_tree
def test_an_answer_in_doubt_leads_to_no_yes_and_no_no(tree: Tree) -> None:
    for node in readable_nodes(tree):
        for answer in (isinstance(node, Question) and node.answers) or ():
            for case in answer.goto or ():
                target = tree.nodes.get(str(case.to))
                if re.search(r"ved jeg ikke|i tvivl", answer.answer, re.I) and isinstance(target, Outcome):
                    assert target.verdict in ("caution", "info"), f"{node.id}: {answer.answer}"


@each_tree
def test_every_outcome_names_someone_to_ask(tree: Tree) -> None:
    assert [node.id for node in readable_nodes(tree) if isinstance(node, Outcome) and not node.contacts] == []


@each_tree
def test_every_answer_of_a_tree_is_given_in_a_scenario(tree: Tree) -> None:
    """So every outcome is reached, and a change that moves an answer shows."""
    given = set()
    for scenario in tree.scenarios:
        walked = run_scenario(scenario, tree, GRAPH)
        given |= {(ref.node, id) for ref, ids in walked.given.items() for id in ids if ref.tree == tree.id}
    there_are = {(str(node.id), id) for node in readable_nodes(tree) for id in answer_ids(node)}
    assert there_are - given == set()


CASES = {
    "diabetes": ["er-det-digital-behandling", "er-appen-medicinsk-udstyr"],
    "overvægt": ["er-det-digital-behandling", "hvilke-pligter-har-jeg"],
    "hjem": ["er-det-digital-behandling", "hvilke-pligter-har-jeg"],
    "hjemmesygeplej": ["er-det-digital-behandling", "hvilke-pligter-har-jeg"],
    "scanningsbilleder": ["er-det-digital-behandling", "hvilke-pligter-har-jeg", "behandling-i-udlandet"],
}


@pytest.mark.parametrize("word", CASES)
def test_the_cases_that_the_guide_tells_are_scenarios(word: str) -> None:
    for id in CASES[word]:
        assert any(word in scenario.name for scenario in PROJECT.trees[id].scenarios), id


def texts(node: Node) -> Iterator[str]:
    yield str(node.title)
    yield str((node.text if isinstance(node, Outcome) else node.help) or "")
    for answer in (isinstance(node, Question) and node.answers) or ():
        yield f"{answer.answer} {answer.hint or ''}"


@each_tree
def test_no_text_says_what_its_reader_has_answered(tree: Tree) -> None:
    """A page may be opened from search by someone who has answered nothing."""
    claims = re.compile(r"\b(du|I) har svaret\b|\b(dit|dine|jeres) svar\b", re.I)
    said = [
        str(tree.summary),
        str(tree.intro or ""),
        *(text for node in readable_nodes(tree) for text in texts(node)),
    ]
    assert [text for text in said if claims.search(text)] == []


# Second sources that an update names and links in its text, each read on 2026-11-27.
READ = {
    "https://www.famhp.be/en/human_use/health_products/medical_devices_and_their_accessories/generalities/eudamed",
    "https://www.kl.dk/sundhed-og-aeldre/sundhedsreformen/det-vigtigste-om-sundhedsreformen/"
    "tidslinje-over-opgaveflytning-og-oekonomiopgaver-i-sundhedsreformen",
    "https://www.plesner.com/da-dk/insights/artikler/2024/03/nyt-om-sundhedsapps",
    "https://www.sundk.dk/nyheder/patientsikkerhed-utilsigtede-haendelser-bliver-en-del-af-sundhedsvaesenets-kvalitetsinstitut",
}


def test_every_outside_address_is_the_guides_or_an_updates_source() -> None:
    """Nothing invented: the guide's addresses, updates' sources, and contacts that someone has looked up."""
    known = set(re.findall(r"https?://\S+", SOURCE))
    updates = (PROJECT.updates or {}).values()
    sources = {str(update.url) for update in updates}
    contacts = (PROJECT.contacts or {}).values()
    known |= sources | {str(contact.url) for contact in contacts if contact.checked}
    used = {str(contact.url) for contact in contacts}
    for tree in TREES:
        for text in [str(tree.intro or ""), *(text for node in readable_nodes(tree) for text in texts(node))]:
            used |= set(re.findall(r"https?://[^\s)>]+", text))
    assert used <= known
    linked = {url for update in updates for url in re.findall(r"https?://[^\s)>]+", update.text)}
    sites = {re.sub(r"(https?://[^/]+/).*", r"\1", url) for url in sources}
    assert {url for url in linked if not url.startswith(tuple(sites))} == READ


def test_the_guides_ten_authorities_have_its_ten_addresses_in_its_order() -> None:
    listed = list(dict.fromkeys(re.findall(r"https?://\S+", SOURCE)))[:10]
    keys = [
        "stps",
        "sst",
        "stpk",
        "sds",
        "medcom",
        "lmst",
        "erst",
        "forbrugerombudsmanden",
        "skat",
        "datatilsynet",
    ]
    contacts = PROJECT.contacts or {}
    assert [contacts[key].url for key in keys] == listed
    assert (contacts["stps"].email, contacts["stps"].phone) == ("stps@stps.dk", "+45 7228 6600")


# The guide's list of who answers what: the answers that a reader gives, and whom the outcome names first.
AUTHORITIES = {
    "pligter": "stps",
    "udland": "stps",
    "tilsyn": "stps",
    "utilsigtede-haendelser": "stps",
    "andet": "stps",
    "retningslinjer": "sst",
    "it-infrastruktur": "sds",
    "sundhedsdatanettet": "medcom",
    "medicinsk-udstyr": "lmst",
    "laegemidler": "lmst",
    "virksomhed": "erst",
    "beskatning": "skat",
    "databeskyttelse": "datatilsynet",
    "markedsfoering behandling": "stps",
    "markedsfoering medicinsk-udstyr": "lmst",
    "markedsfoering klage": "forbrugerombudsmanden",
    "klager markedsfoering": "forbrugerombudsmanden",
    "klager andet": "stpk",
}


@pytest.mark.parametrize(("answers", "authority"), AUTHORITIES.items())
def test_every_topic_of_the_guides_list_leads_to_its_authority(answers: str, authority: str) -> None:
    at = GRAPH.enter(NodeRef("hvilken-myndighed"))
    for answer in answers.split():
        at = next(edge.target for edge in GRAPH.outgoing[at] if edge.answer == answer)
    outcome = GRAPH.node(at)
    assert isinstance(outcome, Outcome)
    assert outcome.contacts[0] == authority
