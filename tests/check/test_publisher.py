"""Who publishes the site: settings, what pages say of them, and the notes while they are missing."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import ROOT, run, serve
from copies import site_of_base
from helpers import as_html, lay_out, problems_of, write
from playwright.sync_api import Page
from site_reader import Site

from guidetrees.check.checker import hints
from guidetrees.messages.words import read_words
from guidetrees.project.project import read_project
from guidetrees.render import site_pages
from guidetrees.render.context import prepare

FILLED = """extra:
  guidetrees:
    owner: The library & co.
    feedback: desk@library.example
    accessibility_statement: https://library.example/statement
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The base with its publisher's settings."""
    folder = site_of_base(tmp_path_factory.mktemp("publisher"))
    settings = (folder / "mkdocs.yml").read_text("utf-8")
    write(folder, "mkdocs.yml", settings.replace("extra:\n", FILLED))
    done = run("mkdocs", "build", "--strict", cwd=folder)
    assert done.returncode == 0, done.stderr
    return Site(folder / "site")


@pytest.mark.parametrize("path", ["other/index.html", "other/kind.html", "other/lend.html"])
def test_every_page_of_a_tree_says_whom_to_write_to(published: Site, path: str) -> None:
    (link,) = published.pages[path].all("//p[contains(@class, 'gt-report')]/a")
    assert link.text_content() == "The library & co."
    address = urlsplit(str(link.get("href")))
    assert (address.scheme, address.path) == ("mailto", "desk@library.example")
    mail = parse_qs(address.query)
    title = published.pages[path].heading.removeprefix("Ja")
    assert mail["subject"][0].endswith(title.removeprefix(": "))
    assert path in mail["body"][0] and "24. november 2026" in mail["body"][0]


def test_answers_go_along_only_where_the_reader_wants_it(published: Site, page: Page) -> None:
    with serve(published.folder) as base:
        page.goto(f"{base}other/lend.html")
        links = page.locator(".gt-report a")
        assert links.count() == 1
        page.goto(f"{base}other/lend.html#kind=a-book")
        page.reload()
        assert links.count() == 2
        plain, with_answers = (str(link.get_attribute("href")) for link in links.all())
        assert "kind" not in plain and "kind%3Da-book" in with_answers


def test_every_page_leads_to_the_statement_and_so_does_a_short_address(published: Site) -> None:
    for path in ("index.html", "404.html", "other/kind.html", "guide/rules.html"):
        found = published.pages[path].all("//footer//a[@href='https://library.example/statement']")
        assert len(found) == 1, path
    assert "url=https://library.example/statement" in (published.folder / "was/index.html").read_text("utf-8")


def test_a_web_address_is_a_link_without_a_mail(root: Path) -> None:
    settings = "site_name: A\nextra: {guidetrees: {feedback: https://www.library.example/write}}\n"
    write(root, "mkdocs.yml", settings)
    site = prepare(read_project(root), read_words("da"))
    (page,) = (page for page in site_pages.pages(site) if page.path == "other/kind.md")
    (link,) = as_html(page).xpath("//p[contains(@class, 'gt-report')]/a")
    assert (link.get("href"), link.text_content()) == (
        "https://www.library.example/write",
        "library.example/write",
    )


def test_notes_say_what_is_missing(tmp_path: Path) -> None:
    root = lay_out(None, tmp_path)
    assert [f for f in hints(read_project(root)) if "guidetrees" in str(f)] == [], (
        "without settings there is no site"
    )
    write(root, "mkdocs.yml", "site_name: A\n")
    found = [str(finding) for finding in hints(read_project(root)) if ": is missing" in str(finding)]
    assert [line.partition(": is missing")[0] for line in found] == [
        f"mkdocs.yml:1:1: note: extra: guidetrees: {key}"
        for key in ("accessibility_statement", "feedback", "owner")
    ]
    write(root, "mkdocs.yml", f"site_name: A\n{FILLED}")
    assert [f for f in hints(read_project(root)) if ": is missing" in str(f)] == []


@pytest.mark.parametrize(
    ("setting", "fault"),
    [
        ("feedback: nowhere", "feedback: must be a mail address (without mailto:), or a web address (https://…)"),
        (
            "feedback: javascript:x",
            "feedback: must be a mail address (without mailto:), or a web address (https://…)",
        ),
        (
            "feedback: 'a@b.c?bcc=d@e.f'",
            "feedback: must be a mail address (without mailto:), or a web address (https://…)",
        ),
        ("feedback: [a@b.dk]", "feedback: must be a mail address (without mailto:), or a web address (https://…)"),
        (
            "accessibility_statement: http://a.dk",
            "accessibility_statement: must be an address of the web (https://…)",
        ),
        ("owner: ''", "owner: must be a name"),
    ],
)
def test_a_setting_of_another_form_is_a_problem(tmp_path: Path, setting: str, fault: str) -> None:
    root = lay_out(None, tmp_path)
    write(root, "mkdocs.yml", f"site_name: A\nextra:\n  guidetrees:\n    {setting}\n")
    column = 7 + len(setting.partition(":")[0])
    assert problems_of(root) == [f"mkdocs.yml:4:{column}: extra: guidetrees: {fault}"]


def test_this_site_says_what_to_fill_in() -> None:
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    for key in ("owner", "feedback", "accessibility_statement"):
        assert f"#   {key}: " in settings
