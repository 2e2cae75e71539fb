"""Addresses outside the site: where they are written is found, and the report is whole and right."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT
from helpers import lay_out, project_of, write
from site_reader import Page, Site, fold, locations
from walks import WORDS

from guidetrees.messages.words import read_words
from guidetrees.project import external_links
from guidetrees.project.project import read_project
from guidetrees.render import site_pages
from guidetrees.render.context import prepare
from guidetrees.render.pages import external_links as external_links_page
from guidetrees.source.location import Location

PROJECT = read_project(ROOT)
DA, EN = read_words("da"), read_words("en")
OUT = re.compile("https?:|mailto:|tel:")
REPORT = "links.html"


# The report of this site


def outside_of(page: Page) -> set[str]:
    return {link.href for link in page.links("//article") if OUT.match(link.href)}


def test_the_report_has_every_outside_link_that_readers_meet_and_every_page(site: Site) -> None:
    """Compared with what stands on the pages, by a reader of its own."""
    wanted: dict[str, set[str]] = {}
    for path, page in site.pages.items():
        if path != REPORT and not path.startswith("review/"):
            for address in outside_of(page):
                wanted.setdefault(address, set()).add(path)
    report = site.pages[REPORT]
    shown: dict[str, set[str]] = {}
    for row in report.all("//article//tbody/tr"):
        address, pages = row.xpath("./td")
        (link,) = address.xpath("./a/@href")
        assert link not in shown
        shown[link] = {str(report.target(href)) for href in pages.xpath(".//a/@href")}
    assert shown == wanted
    assert len(wanted) > 15


def test_what_is_on_a_page_is_in_its_article(site: Site) -> None:
    """The frame around pages leads nowhere out, so that the report leaves nothing of it out."""
    for page in site.pages.values():
        assert {link.href for link in page.links() if OUT.match(link.href)} <= (
            outside_of(page) if page.all("//article") else set()
        )


def test_an_address_stands_where_the_report_says_that_it_is_written(site: Site) -> None:
    rows = site.pages[REPORT].all("//article//tbody/tr")
    places = {fold(row.xpath("string(./td[1]/a)")): row.xpath("./td[1]/p") for row in rows}
    assert all(places.values())
    for address, hints in places.items():
        for hint in hints:
            said = re.fullmatch(rf"{WORDS['outside_written']} ([^:]+):(\d+)( \(.*\))?", fold(hint.text_content()))
            assert said
            lines = (ROOT / said[1]).read_text("utf-8").splitlines()[int(said[2]) - 1 :]
            if "tel:" in hint.xpath("string(../a/@href)"):
                assert address in re.sub(r"[^\d+]", "", lines[0])
            else:
                # Where it is part of a text of several lines, the place is the text's.
                assert address in "".join(lines[: 1 if "docs/" in said[1] or "contacts" in said[1] else 4])


def test_the_report_tells_when_an_address_was_seen(site: Site) -> None:
    said = fold(site.pages[REPORT].main.text_content())
    for update in (PROJECT.updates or {}).values():
        assert update.seen
        assert (
            f"decision_trees/updates.yml:{update.url.location.line} ({DA.say('seen', date=DA.day(update.seen))})"
            in said
        )


def test_the_report_is_by_hosts_in_their_order_with_mail_and_telephones_last(site: Site) -> None:
    hosts = [fold(heading.text_content()).removesuffix("¶") for heading in site.pages[REPORT].all("//article//h2")]
    assert hosts[-2:] == [WORDS["email"], WORDS["phone"]]
    names = [host.removeprefix("www.") for host in hosts[:-2]]
    assert names == sorted(set(names)) and len(names) > 10


def test_the_report_is_linked_where_the_coverage_is_and_out_of_the_search(site: Site) -> None:
    for path in ("review/index.html", "om.html", "forfattere/gennemgang.html"):
        page = site.pages[path]
        targets = [page.target(link.href) for link in page.links("//article")]
        assert "coverage.html" in targets and REPORT in targets
    assert not any(location.startswith("links") for location in locations(site.folder))


# Small cases

PAGE = """\
---
title: Of the house
---
# Ours

See [one](https://a.example/x), [longer](https://a.example/x/y "title") and [one](https://a.example/x) [again](https://a.example/x).

<https://b.example> and <mail@b.example>, [call](tel:+4511223344), [by note][n] & [both](https://c.example/?a=1&b=2).

<a class="x" href='https://raw.example/'>raw</a> <!-- <a href="https://comment.example">no</a> -->

`[code](https://code.example)`, https://bare.example, [inside](guide/rules.md), [other](ftp://d.example).

[n]: HTTPS://Note.example/
"""


def lines_of(root: Path) -> list[str]:
    return [f"{one.location} {one.address}" for one in external_links.authored_links(read_project(root))]


def test_the_links_of_a_page_are_found_where_they_stand(tmp_path: Path) -> None:
    root = lay_out(None, tmp_path)
    write(root, "docs/ours.md", PAGE)
    found = [
        one for one in external_links.authored_links(read_project(root)) if one.location.file == "docs/ours.md"
    ]
    assert [(one.location.line, one.address) for one in found] == [
        (6, "https://a.example/x"),
        (6, "https://a.example/x/y"),
        (6, "https://a.example/x"),
        (6, "https://a.example/x"),
        (8, "https://b.example"),
        (8, "mailto:mail@b.example"),
        (8, "tel:+4511223344"),
        (14, "HTTPS://Note.example/"),
        (8, "https://c.example/?a=1&b=2"),
        (10, "https://raw.example/"),
    ]
    assert len({one.location for one in found}) == len(found)
    lines = PAGE.splitlines()
    for one in found:
        there = lines[one.location.line - 1][one.location.column - 1 :]
        assert re.match(re.escape(one.address.removeprefix("mailto:")) + r"(?![\w/?.])", there)


def test_an_entity_and_a_note_in_a_page_do_not_hide_where_an_address_stands(tmp_path: Path) -> None:
    root = lay_out(None, tmp_path)
    write(
        root,
        "docs/ours.md",
        "# A\n\n<a href='https://c.example/?a=1&amp;b=2'>x</a>\n\n<a href=https&#58;//d.example>x</a>\n",
    )
    found = [line for line in lines_of(root) if "ours" in line]
    # What is spelt in no way that is looked for stands behind the one before it.
    assert found == ["docs/ours.md:3:10 https://c.example/?a=1&b=2", "docs/ours.md:3:40 https://d.example"]


def test_every_text_of_a_tree_is_read(tmp_path: Path) -> None:
    root = lay_out(None, tmp_path)
    write(
        root,
        "decision_trees/t.yml",
        """\
title: T
summary: See https://summary.example, which is no link.
intro: "[a](https://intro.example)"
reviewed: 2026-11-24
start: q
nodes:
  q:
    question: Q?
    help: |
      First.

      <https://help.example>
    answers:
      - answer: A
        goto: o
      - answer: B
        goto: o
  o:
    outcome: O
    verdict: info
    text: "[a](https://text.example) [n](other:kind)"
    guide: rules.md#time
    parts:
      - when: {q: a}
        text: "[a](https://part.example)"
""",
    )
    assert [line for line in lines_of(root) if "/t.yml" in line] == [
        "decision_trees/t.yml:3:13 https://intro.example",
        "decision_trees/t.yml:12:8 https://help.example",
        "decision_trees/t.yml:21:16 https://text.example",
        "decision_trees/t.yml:25:20 https://part.example",
    ]
    pages = site_pages.pages(prepare(read_project(root), EN))
    report = next(page.text for page in pages if page.path == "links.md")
    for address, page in {"intro": "index", "help": "q", "text": "o", "part": "o"}.items():
        row = report.partition(f'href="https://{address}.example"')[2].partition("</tr>")[0]
        assert re.findall(r'<li><a href="([^"]*)"', row) == [f"t/{page}.html"]


def test_pages_that_the_site_leaves_out_lead_nobody_out(tmp_path: Path) -> None:
    root = lay_out(None, tmp_path)
    write(
        root, "mkdocs.yml", "site_name: S\nexclude_docs: |\n  /notes/\n  !/notes/public.md\ndraft_docs: draft.md\n"
    )
    for path in ("notes/a.md", "notes/public.md", "draft.md", ".hidden.md", "templates/t.md", "deep/page.md"):
        write(root, f"docs/{path}", "# A\n\n<https://out.example>\n")
    write(root, "docs/broken.md", b"\xff <https://out.example>")
    found = [line.partition(":")[0] for line in lines_of(root) if "out.example" in line]
    assert found == ["docs/deep/page.md", "docs/notes/public.md"]


def test_contacts_and_updates_tell_the_day_and_may_be_on_no_page(tmp_path: Path) -> None:
    project = project_of(None, tmp_path)
    day = date(2026, 11, 24)
    file = "decision_trees/contacts.yml"
    assert list(external_links.authored_links(project)) == [
        external_links.AuthoredLink("https://library.example/desk", Location(file, 3, 8), checked=day),
        external_links.AuthoredLink("mailto:desk@library.example", Location(file, 4, 10), checked=day),
        external_links.AuthoredLink("tel:+4512345678", Location(file, 5, 10), checked=day),
        external_links.AuthoredLink(
            "https://library.example/news", Location("decision_trees/updates.yml", 6, 8), seen=day
        ),
    ]
    alone = prepare(replace(project, trees={}, pages={}), EN)
    report = [page.text for page in site_pages.pages(alone)][-1]
    assert report.count(EN["outside_nowhere"]) == 3


def test_a_site_that_leads_nowhere_out_says_so(tmp_path: Path) -> None:
    project = replace(project_of(None, tmp_path), trees={}, contacts={}, updates={}, pages={}, docs={})
    report = [page.text for page in site_pages.pages(prepare(project, EN))][-1]
    assert EN["outside_none"] in report
    assert "<table" not in report


def test_the_guides_page_shows_the_updates_that_it_names(tmp_path: Path) -> None:
    project = project_of(None, tmp_path)
    (page,) = external_links_page._docs_pages(project)
    assert (page.path, page.title) == ("guide/rules.html", "The rules")
    assert page.addresses == {"https://library.example/news"}


@pytest.mark.parametrize(
    "text", ["> " * 400 + "<https://a.example>", "<https://[>", "[a](https://[::1)", "<a href=https:>"]
)
def test_no_page_is_too_odd_to_be_read(tmp_path: Path, text: str) -> None:
    root = lay_out(None, tmp_path)
    write(root, "docs/odd.md", text)
    assert list(site_pages.pages(prepare(read_project(root), EN)))
