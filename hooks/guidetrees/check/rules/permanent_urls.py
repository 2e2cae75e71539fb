"""Addresses are permanent: each that was published leads somewhere, also after a page has moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from guidetrees.check.rule_examples import shown_by
from guidetrees.graph.graph import gotos, parse_reference
from guidetrees.graph.node_kinds import next_references
from guidetrees.messages.message import Message, about, say
from guidetrees.parse.ids import suggestion
from guidetrees.project.project import Project
from guidetrees.project.published_urls import all_urls, docs_urls, statement_url
from guidetrees.project.references import cited, outcomes, readable_nodes
from guidetrees.project.urls import FRONT, INDEX_PAGE, SHARE_PAGE, UPDATES_PAGE, page_url, section_url
from guidetrees.source.layout import MKDOCS
from guidetrees.source.location import LocatedStr, Location, Problem

GUIDE = "guide"
"""The guide's pages, wherever they are."""
AUTHORED = frozenset([None, GUIDE])
"""The folders (as `_folder` has them) that make a site: its trees' and its guide's."""
ON_EVERY_SITE = frozenset([FRONT, INDEX_PAGE, SHARE_PAGE, UPDATES_PAGE])
"""Pages that say nothing about whose list it is."""


@shown_by("""
# decision_trees/_published.txt
  example/index.html
  example/time.html
# decision_trees/example.yml
  nodes:
    lend:
      outcome: You may borrow it
      verdict: yes
      guide: rules.md#time
+     aliases: [time]
""")
def addresses_last(project: Project) -> Iterator[Problem]:
    """Every address in `_published.txt` leads to a page, or redirects to one.

    Not judged are addresses that may be in a file that cannot be read, and nodes and sections that a tree still
    names: these have a problem there. Nor are trees or a guide of which nothing is left: the list is then another
    site's.
    """
    existing = all_urls(project)
    lost = [url for url in project.published if str(url) not in existing]
    if not lost:
        return
    if moved := _moved_by_setting(project, lost):
        yield _setting_problem(project, moved[0])
        lost = [url for url in lost if url not in moved]
    folders = {url.partition("/")[0] for url in docs_urls(project) if "/" in url}
    folder_of = partial(_folder, project, folders)
    left = {folder_of(url) for url in existing.intersection(project.published) - ON_EVERY_SITE}
    named = set(_named(project))
    for url in lost:
        folder = folder_of(url)
        # Pages of docs/ are few: that none of them is left means nothing while there are trees or a guide.
        is_judged = folder in left or (folder not in AUTHORED and left & AUTHORED)
        if is_judged and url not in named and not project.uncertain.address(url, project.trees):
            remedy = _remedy(project, url, folder)
            message = say("no page is at '{url}' any more: {remedy}", url=url, remedy=remedy)
            yield Problem(url.location, message)


def _moved_by_setting(project: Project, lost: list[LocatedStr]) -> list[LocatedStr]:
    """Those of the addresses that exist in the other form of the addresses of docs/."""
    settings = replace(project.settings, directory_urls=not project.settings.directory_urls)
    otherwise = all_urls(replace(project, settings=settings))
    return [url for url in lost if url in otherwise]


def _setting_problem(project: Project, url: LocatedStr) -> Problem:
    setting = project.settings.written.at("use_directory_urls")
    place = setting.location if setting else Location(MKDOCS)
    right = str(not project.settings.directory_urls).lower()
    message = say(
        "no page is at '{url}' any more: write `use_directory_urls: {value}`, as it was", url=url, value=right
    )
    return Problem(place, message)


def _folder(project: Project, folders: set[str], url: str) -> str | None:
    """The folder in docs/ of the page that is, or was, at `url`: empty for docs/ itself, None for a tree's page,
    GUIDE for one of the guide.

    `folders` hold pages. A page in another one is taken for a tree's.
    """
    if project.layout.guide_path(url):
        return GUIDE
    first, _, rest = url.partition("/")
    if first in folders:
        return first
    return None if rest and "/" not in rest and url != statement_url(project) else ""


def _named(project: Project) -> Iterator[str]:
    """The addresses of the nodes and sections that trees name, whether they exist or not."""
    for tree in project.trees.values():
        references = [tree.start, *(name for node in outcomes(tree) for name in next_references(node))]
        for node in readable_nodes(tree):
            references += [goto for _, goto in gotos(node)]
            yield from (section_url(project, reference) for reference in cited(node))
        yield from (page_url(parse_reference(reference, tree.id)) for reference in references)


def _remedy(project: Project, url: str, folder: str | None) -> Message:
    first, _, rest = url.partition("/")
    page, _, id = rest.partition("#")
    if folder == GUIDE:
        page, _, id = project.layout.guide_path(url).partition("#")
        former = page.replace(".html", ".md") + (f"#{id}" if id else "")
        return say("write `moved: {{{former}: id}}` at the top of the guide's page that has it now", former=former)
    if url == statement_url(project):
        return say("set `accessibility_statement` under `{place}:` in mkdocs.yml", place=project.settings.options)
    file = project.layout.doc(f"{url.removesuffix('.html')}.md")
    restore = say("restore {file}, or write a page there that links to the new one", file=file)
    if folder is not None:
        return restore
    if first in project.trees:
        former = page.removesuffix(".html")
        return say("write `aliases: [{former}]` on the node that took its place", former=former)
    never = say("if the address was never published, delete this line")
    if [other for other in project.published if other.startswith(f"{first}/")] == [f"{first}/index.html"]:
        return say(
            "write `short: {former}` or `aliases: [{former}]` in the tree to which it led ({never})",
            former=first,
            never=never,
        )
    return say(
        "write `aliases: [{former}]` in the tree that took its place "
        "(or, for a page of {folder}/, {restore}; {never})",
        former=first,
        folder=project.layout.docs,
        restore=restore,
        never=never,
    )


@shown_by("""
# docs/guide/rules.md
  ---
- moved: {loans.md#time: tim}
+ moved: {loans.md#time: time}
  ---

  # The rules { #rules }

  ## Who may borrow { #scope }

  ## How long { #time }
""")
def moves_lead_on(project: Project) -> Iterator[Problem]:
    """A section that has `moved` to a page of the guide is on that page and on no other."""
    claimed: dict[str, str] = {}
    for path, page in project.pages.items():
        for former, id in page.moved:
            if fault := _move_fault(project, former, claimed):
                yield Problem(former.location, about("moved", fault))
            elif id not in page.sections:
                guess = suggestion(id, page.sections)
                unknown = say("no section '{id}'{guess} on this page", id=id, guess=guess)
                yield Problem(id.location, about("moved", unknown))
            claimed.setdefault(str(former), path)


def _move_fault(project: Project, former: LocatedStr, claimed: dict[str, str]) -> Message | None:
    there, mark, section = former.partition("#")
    if not there.endswith(".md") or (mark and not section):
        return say("invalid address '{url}': write page.md#id, or page.md for a whole page", url=former)
    page = project.pages.get(there)
    is_html = section_url(project, there) in project.html_pages
    if is_html or (page and (not section or section in page.sections)):
        return say("'{url}' still exists", url=former)
    if former in claimed:
        return say("duplicate '{url}': {page} has it already", url=former, page=claimed[former])
    return None
