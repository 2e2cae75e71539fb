"""Long words, as Danish has, do not make a page wider than a phone, wherever they stand (WCAG 1.4.10)."""

from __future__ import annotations

import pytest
from conftest import run
from copies import site_of_base
from helpers import write
from playwright.sync_api import Page

LONG = "lægemiddelgodkendelsesproceduresagsbehandlingstid"
TREE = f"""\
title: Om {LONG}
summary: Kort om {LONG}.
reviewed: 2026-11-24
start: first
keywords: [{LONG}]
nodes:
  first:
    question: Hvilken {LONG}?
    guide: rules.md#time
    answers:
      - answer: {LONG}
        id: ja
        hint: {LONG}
        goto: list
      - answer: Ingen{LONG}
        id: nej
        goto: last
  list:
    checklist: Er {LONG} på plads?
    items:
      - item: {LONG}
        hint: {LONG}
      - item: https://library.example/{LONG}
    met: last
    unmet: last
  last:
    outcome: Slut på {LONG}
    verdict: no
    guide: rules.md#time
    text: Om {LONG}.
    contacts: [desk]
    parts:
      - when: {{first: ja}}
        text: Efter {LONG}.
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = site_of_base(tmp_path_factory.mktemp("long"))
    write(folder, "decision_trees/long.yml", TREE)
    done = run("mkdocs", "build", "--strict", cwd=folder)
    assert done.returncode == 0, done.stderr
    return (folder / "site").as_uri() + "/"


@pytest.mark.parametrize(
    "path",
    [
        *("index.html", "a-z.html", "share.html", "review/long.html", "long/index.html", "long/first.html"),
        *("long/first.html#first=ja", "long/list.html", "long/list.html#first=ja", "long/last.html"),
        *("long/last.html#first=ja&list=unmet", "long/last.html#first=nej", "long/last.html#x=y"),
    ],
)
def test_no_page_is_wider_than_a_phone(small: str, page: Page, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(small + path)
    page.evaluate("document.querySelectorAll('details').forEach((more) => (more.open = true))")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
