"""Addresses last: those published lead somewhere, in a real browser too, with and without script."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from conftest import NOT_COPIED, ROOT, run, serve
from copies import TREE, call, spoil
from helpers import SMALL, lay_out, problems_of, write
from playwright.sync_api import Browser, Page, expect
from site_reader import Site, locations

from guidetrees.project.project import read_project
from guidetrees.project.published_urls import all_urls, updated_list
from guidetrees.source.layout import DEFAULT

GUIDE = "docs/guide/leder.md"
NEVER = "if the address was never published, delete this line"


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """The base, with all its addresses published."""
    root = lay_out(None, tmp_path)
    write(root, DEFAULT.published, updated_list(read_project(root)))
    assert problems_of(root) == []
    return root


def lines(root: Path) -> list[str]:
    return [line.partition(": ")[2] for line in problems_of(root)]


def line_of(root: Path, address: str) -> int:
    return (root / DEFAULT.published).read_text("utf-8").splitlines().index(address) + 1


# The list


def test_the_sites_addresses_are_published_and_are_those_of_its_pages(site: Site) -> None:
    project = read_project(ROOT)
    assert all_urls(project) <= set(map(str, project.published)), "run make addresses"
    for address in project.published:
        path, _, id = address.partition("#")
        assert not id or site.pages[path].all(f"//*[@id='{id}']"), address
        assert path in site.pages, address
    reached = {path for path in site.pages if not path.startswith(("review/", "404", "coverage", "links"))}
    assert reached <= {address.partition("#")[0] for address in project.published}


def test_each_line_is_kept_and_new_ones_are_added(listed: Path) -> None:
    before = (listed / DEFAULT.published).read_text("utf-8")
    write(listed, DEFAULT.published, before + "gone/former.html\n")
    write(listed, "docs/guide/more.md", "# More { #more }\n")
    after = updated_list(read_project(listed))
    added = set(after.splitlines()) - set(before.splitlines())
    assert added == {"gone/former.html", "guide/more.html", "guide/more.html#more"}
    assert updated_list(read_project(listed)) == after


def test_make_addresses_tells_what_is_new(copy: Path) -> None:
    (copy / DEFAULT.published).unlink()
    first = call("addresses", cwd=copy)
    assert (first.returncode, set(first.stdout.splitlines())) == (0, all_urls(read_project(copy)))
    assert call("addresses", cwd=copy).stdout == ""
    spoil(copy, TREE, "goto: konkret-patient", "goto: konkret-patien")
    failed = call("addresses", cwd=copy)
    assert failed.returncode == 1 and "konkret-patien" in failed.stdout


# What vanishes


def test_a_renamed_node_needs_its_former_name(listed: Path) -> None:
    tree = listed / "decision_trees/other.yml"
    text = tree.read_text("utf-8")
    renamed = text.replace("lend", "borrow")
    assert renamed != text
    tree.write_text(renamed, "utf-8")
    address = "other/lend.html"
    told = f"no page is at '{address}' any more: write `aliases: [lend]` on the node that took its place"
    assert problems_of(listed) == [f"{DEFAULT.published}:{line_of(listed, address)}:1: {told}"]
    tree.write_text(renamed.replace("  borrow:\n", "  borrow:\n    aliases: [lend]\n"), "utf-8")
    assert problems_of(listed) == []


def test_a_renamed_tree_needs_its_former_name(listed: Path) -> None:
    (listed / "decision_trees/second.yml").write_text(
        (listed / "decision_trees/other.yml").read_text("utf-8"), "utf-8"
    )
    write(listed, DEFAULT.published, updated_list(read_project(listed)))
    former, now = listed / "decision_trees/second.yml", listed / "decision_trees/third.yml"
    former.rename(now)
    assert all("write `aliases: [second]` in the tree that took its place" in line for line in problems_of(listed))
    assert len(problems_of(listed)) == sum("second/" in a for a in read_project(listed).published) > 2
    now.write_text("aliases: [second]\n" + now.read_text("utf-8"), "utf-8")
    assert problems_of(listed) == []


def test_names_upon_names_lead_straight_to_what_there_is(listed: Path) -> None:
    """Renamed twice, tree and node: each of the four former addresses leads to the page, not to one another."""
    tree = listed / "decision_trees/other.yml"
    text = (
        tree.read_text("utf-8")
        .replace("lend", "borrow")
        .replace("  borrow:\n", "  borrow:\n    aliases: [take, lend]\n")
    )
    (listed / "decision_trees/newest.yml").write_text("aliases: [newer, other]\n" + text, "utf-8")
    tree.unlink()
    write(
        listed,
        DEFAULT.published,
        (listed / DEFAULT.published).read_text("utf-8") + "newer/take.html\nother/take.html\n",
    )
    assert problems_of(listed) == []


def test_a_renamed_section_and_a_renamed_page_need_to_say_so(listed: Path) -> None:
    rules = listed / "docs/guide/rules.md"
    text = rules.read_text("utf-8")
    rules.write_text(text.replace("#children", "#young"), "utf-8")
    told = "no page is at 'guide/rules.html#children' any more: write `moved: {rules.md#children: id}` at the " \
           "top of the guide's page that has it now"  # fmt: skip
    assert lines(listed) == [told]
    rules.write_text(
        text.replace("#children", "#young").replace("---\n", "---\nmoved: {rules.md#children: young}\n", 1),
        "utf-8",
    )
    assert lines(listed) == []


PAGES = ("about.md", "courses/first.md", "courses/index.md", "courses/deep/more.md", "help/README.md")
"""Of docs/, and not the guide's."""


@pytest.fixture
def with_pages(listed: Path) -> Path:
    """The base with pages of docs/ besides the guide's, all published."""
    for page in PAGES:
        write(listed, f"docs/{page}", "# A page\n")
    write(listed, DEFAULT.published, updated_list(read_project(listed)))
    assert problems_of(listed) == []
    return listed


def remedy(url: str) -> str:
    return f"restore docs/{url.replace('.html', '.md')}, or write a page there that links to the new one"


@pytest.mark.parametrize(
    ("page", "url"),
    [
        ("about.md", "about.html"),
        ("index.md", "index.html"),
        ("courses/first.md", "courses/first.html"),
        ("courses/index.md", "courses/index.html"),
        ("courses/deep/more.md", "courses/deep/more.html"),
    ],
)
def test_a_page_of_docs_that_is_gone_is_reported(with_pages: Path, page: str, url: str) -> None:
    (with_pages / "docs" / page).unlink()
    assert problems_of(with_pages) == [
        f"{DEFAULT.published}:{line_of(with_pages, url)}:1: no page is at '{url}' any more: {remedy(url)}"
    ]


def test_the_only_page_beside_the_guide_is_reported_too(listed: Path) -> None:
    write(listed, "docs/about.md", "# About\n")
    write(listed, DEFAULT.published, updated_list(read_project(listed)))
    (listed / "docs/about.md").unlink()
    assert lines(listed) == [f"no page is at 'about.html' any more: {remedy('about.html')}"]


def test_a_folder_of_docs_that_is_gone_is_reported(with_pages: Path) -> None:
    shutil.rmtree(with_pages / "docs/courses")
    tree = "write `aliases: [courses]` in the tree that took its place (or, for a page of docs/, {}; {})"
    assert lines(with_pages) == [
        f"no page is at '{url}' any more: {wanted}"
        for url, wanted in {
            "courses/deep/more.html": remedy("courses/deep/more.html"),
            "courses/first.html": tree.format(remedy("courses/first.html"), NEVER),
            "courses/index.html": tree.format(remedy("courses/index.html"), NEVER),
        }.items()
    ]


def test_a_page_that_the_site_leaves_out_is_gone(with_pages: Path) -> None:
    write(
        with_pages,
        "mkdocs.yml",
        "use_directory_urls: false\nexclude_docs: /about.md\ndraft_docs: /courses/first.md\n",
    )
    assert [line.partition(" any more")[0] for line in lines(with_pages)] == [
        "no page is at 'about.html'",
        "no page is at 'courses/first.html'",
    ]


def test_a_page_written_in_html_has_its_address(with_pages: Path) -> None:
    for page in ("about", "courses/first", "guide/rules"):
        (with_pages / f"docs/{page}.md").unlink()
        write(with_pages, f"docs/{page}.html", "<!doctype html><title>New</title><p>New</p>")
    assert not [line for line in lines(with_pages) if ".html' any more" in line]
    assert {"about.html", "courses/first.html", "guide/rules.html"} <= all_urls(read_project(with_pages))


@pytest.mark.parametrize("page", ["about.md", "courses/first.md"])
def test_a_page_of_docs_that_cannot_be_read_is_not_judged(with_pages: Path, page: str) -> None:
    write(with_pages, f"docs/{page}", b"\xff")
    assert [line.partition(":")[0] for line in problems_of(with_pages)] == [f"docs/{page}"]


def test_a_folder_of_docs_that_cannot_be_read_is_not_judged(with_pages: Path, tmp_path: Path) -> None:
    shutil.rmtree(with_pages / "docs/courses")
    (with_pages / "docs/courses").symlink_to(tmp_path.parent)
    assert [line.partition(":")[0] for line in problems_of(with_pages)] == ["docs/courses"]


def test_pages_of_docs_stay_published_while_a_tree_cannot_be_read(with_pages: Path) -> None:
    write(with_pages, "decision_trees/other.yml", "title: [")
    (with_pages / "docs/about.md").unlink()
    assert [line for line in lines(with_pages) if "any more" in line] == [
        f"no page is at 'about.html' any more: {remedy('about.html')}"
    ]


def test_addresses_of_an_exercise_are_taken_back_with_their_lines(listed: Path) -> None:
    before = (listed / DEFAULT.published).read_text("utf-8")
    exercise = write(listed, "decision_trees/exercise.yml", SMALL)
    write(listed, DEFAULT.published, updated_list(read_project(listed)))
    exercise.unlink()
    (first, *others) = lines(listed)
    assert first.startswith("no page is at 'exercise/index.html' any more: ") and len(others) == 1
    assert all(line.endswith(f"; {NEVER})") for line in (first, *others))
    kept = (listed / DEFAULT.published).read_text("utf-8").splitlines(keepends=True)
    write(listed, DEFAULT.published, "".join(line for line in kept if not line.startswith("exercise/")))
    assert lines(listed) == []
    assert (listed / DEFAULT.published).read_text("utf-8") == before


def test_a_short_address_that_is_gone_is_reported(listed: Path) -> None:
    tree = listed / "decision_trees/other.yml"
    text = tree.read_text("utf-8")
    tree.write_text("short: loan\n" + text, "utf-8")
    write(listed, DEFAULT.published, updated_list(read_project(listed)))
    tree.write_text(text, "utf-8")
    wanted = f"write `short: loan` or `aliases: [loan]` in the tree to which it led ({NEVER})"
    assert lines(listed) == [f"no page is at 'loan/index.html' any more: {wanted}"]


def test_the_short_address_of_the_statement_is_published(listed: Path) -> None:
    settings = "theme: {language: da}\nuse_directory_urls: false\n"
    statement = "extra: {guidetrees: {accessibility_statement: https://was.example/x}}\n"
    write(listed, "mkdocs.yml", settings)
    assert "was/index.html" not in all_urls(read_project(listed))
    write(listed, "mkdocs.yml", settings + statement)
    write(listed, DEFAULT.published, updated_list(read_project(listed)))
    assert line_of(listed, "was/index.html")
    assert problems_of(listed) == []
    write(listed, "mkdocs.yml", settings)
    wanted = "set `accessibility_statement` under `extra: guidetrees:` in mkdocs.yml"
    assert lines(listed) == [f"no page is at 'was/index.html' any more: {wanted}"]


def test_a_site_in_a_language_without_words_is_checked(listed: Path) -> None:
    statement = "extra: {guidetrees: {accessibility_statement: https://was.example/x}}\n"
    write(listed, "mkdocs.yml", "use_directory_urls: false\ntheme: {language: fi}\n" + statement)
    (problem,) = problems_of(listed)
    assert problem.startswith("mkdocs.yml:2:19: theme: language: no words for the language 'fi'")


def test_what_cannot_be_read_is_not_judged(listed: Path) -> None:
    write(listed, "decision_trees/other.yml", "title: [")
    assert [line for line in problems_of(listed) if DEFAULT.published in line] == []


def test_the_list_of_another_site_is_not_judged(listed: Path) -> None:
    for path in (listed / "decision_trees").glob("*.yml"):
        if path.name == "other.yml":
            path.rename(path.with_name("another.yml"))
    assert [line for line in problems_of(listed) if DEFAULT.published in line] == []


@pytest.mark.parametrize(
    ("moved", "told"),
    [
        ("{rules.md#time: scope}", "moved: 'rules.md#time' still exists"),
        ("{rules.md: scope}", "moved: 'rules.md' still exists"),
        ("{gone.md#x: nowhere}", "moved: no section 'nowhere' on this page"),
        (
            "{gone: scope}",
            "moved: invalid address 'gone': write page.md#id, or page.md for a whole page",
        ),
        ("[gone.md]", "moved: must be a mapping such as {node: answer}, not a list"),
    ],
)
def test_what_has_moved_is_checked(listed: Path, moved: str, told: str) -> None:
    rules = listed / "docs/guide/rules.md"
    rules.write_text(rules.read_text("utf-8").replace("---\n", f"---\nmoved: {moved}\n", 1), "utf-8")
    assert lines(listed) == [told]


def test_two_pages_cannot_have_the_same_former_one(listed: Path) -> None:
    for name in ("one", "two"):
        write(listed, f"docs/guide/{name}.md", f"---\nmoved: {{gone.md: {name}}}\n---\n\n# {name} {{ #{name} }}\n")
    assert lines(listed) == ["moved: duplicate 'gone.md': one.md has it already"]


# A reader with an old link


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site after a tree, a node, a section and a page of the guide have got other names."""
    folder = tmp_path_factory.mktemp("renamed") / "Fælles drev"
    shutil.copytree(ROOT, folder, ignore=NOT_COPIED)
    spoil(folder, TREE, "start: sundhedsfaglig\n", "start: sundhedsfaglig\naliases: [gammelt-navn]\n")
    spoil(folder, TREE, '    verdict: "yes"\n', '    verdict: "yes"\n    aliases: [tidligere-noegle]\n')
    text = (folder / GUIDE).read_text("utf-8")
    former = (
        "moved: {leder.md#gammelt-afsnit: instrukser, gammel-side.md: ansvar, gammel-side.md#del: instrukser}\n"
    )
    assert text.startswith("---\n")
    (folder / GUIDE).write_text(text.replace("---\n", f"---\n{former}", 1), "utf-8")
    done = run("mkdocs", "build", "--strict", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.fixture(params=["http", "file"])
def old(request: pytest.FixtureRequest, renamed: Path) -> Iterator[str]:
    if request.param == "file":
        yield renamed.as_uri() + "/"
        return
    with serve(renamed) as address:
        yield address


ANSWERS = "#sundhedsfaglig=ja&konkret-patient=ja"
LED = {
    f"gammelt-navn/hvem.html{ANSWERS}": f"er-det-digital-behandling/hvem.html{ANSWERS}",
    f"gammelt-navn/tidligere-noegle.html{ANSWERS}": f"er-det-digital-behandling/digital.html{ANSWERS}",
    "gammelt-navn/index.html": "er-det-digital-behandling/index.html",
    "guide/leder.html#gammelt-afsnit": "guide/leder.html#instrukser",
    "guide/gammel-side.html": "guide/leder.html#ansvar",
    "guide/gammel-side.html#del": "guide/leder.html#instrukser",
    "guide/gammel-side.html#ukendt": "guide/leder.html#ansvar",
}


ON_A_SHARE = (
    f"gammelt-navn/hvem.html{ANSWERS}",
    "guide/leder.html#gammelt-afsnit",
    "guide/gammel-side.html#del",
)
"""Links that are also followed on a file share: to a node, within a page, and to another page's section."""


def formers(old: str) -> Iterable[str]:
    return ON_A_SHARE if old.startswith("file:") else LED


def test_an_old_link_leads_on_with_all_that_it_says(old: str, browser: Browser) -> None:
    context = browser.new_context(locale="da-DK")
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for former in formers(old):
        page.goto("about:blank")
        page.goto(old + former)
        page.wait_for_url(old + LED[former])
        expect(page.locator("h1").first).to_be_visible()
        page.go_back()
        assert page.url == "about:blank", f"{former}: the former page is no step of the reader's way"
        assert said == [], former
    context.close()


def test_within_a_page_an_old_link_leads_on_too(renamed: Path, page: Page) -> None:
    page.goto(renamed.as_uri() + "/guide/leder.html")
    page.evaluate("location.hash = 'gammelt-afsnit'")
    page.wait_for_url("**/leder.html#instrukser")


def test_without_script_an_old_link_leads_on_or_to_a_link(old: str, plain: Page) -> None:
    for former in formers(old):
        plain.goto("about:blank")
        plain.goto(old + former)
        if former.startswith("guide/"):
            id = former.partition("#")[2]
            at = plain.locator(f"[id='{id}'] a" if id in ("del", "gammelt-afsnit") else "main p a").first
            at.click()
            plain.wait_for_url(old + LED[former])
        else:
            plain.wait_for_url(old + LED[former].partition("#")[0])


def test_former_pages_are_out_of_search(renamed: Path) -> None:
    found = "\n".join(locations(renamed))
    assert not any(word in found for word in ("gammelt-navn", "gammel-side", "tidligere-noegle"))
