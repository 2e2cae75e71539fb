"""What templates show: parts of trees with their words and links, ready to be written.

A view is a namespace of texts, flags and finished HTML; templates decide nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from guidetrees.check.rules.reviews import due
from guidetrees.graph.graph import MET, UNMET, Edge, Graph, NodeRef, ancestors, conditions, next_target
from guidetrees.messages.words import Words
from guidetrees.parse.author_markdown import render_author_markdown
from guidetrees.parse.guide import GuidePage, Heading, Section
from guidetrees.parse.ids import slug
from guidetrees.parse.model import Checklist, Contact, Item, Node, Outcome, Part, Question, Tree, Update, When
from guidetrees.project.build_day import build_day
from guidetrees.project.coverage import Coverage, cited_under, coverage
from guidetrees.project.project import Project
from guidetrees.project.references import node_name
from guidetrees.project.urls import (
    COVERAGE_PAGE,
    INDEX_PAGE,
    PARENT,
    SHARE_PAGE,
    link_from_tree,
    link_from_updates,
    page_url,
    relative_url,
    section_url,
)
from guidetrees.render.a_to_z import OTHERS, Term, alphabetical
from guidetrees.render.pagination import continued, cut
from guidetrees.source.location import LocatedStr, Location

HERE = Path(__file__).parent
MOST_PLACES = 20
"""Pages that a term of the alphabetical index lists: in a large guide, an authority is named by hundreds."""
MOST_CITING = 12
"""Questions and outcomes that a section of the guide links to: the rest are in the list of all sections."""
MOST_OPEN = 3
"""As many as are shown without being asked for."""
MOST_CARDS = 100
"""Trees on the front page: who has more looks them up."""


Made = dict[str, tuple[SimpleNamespace, Markup]]
"""Pages as they were made last, by path: what they show, and their HTML, which is the same while that is."""


@dataclass(frozen=True, slots=True)
class RenderContext:
    """What every page is made with, whatever it says."""

    words: Words
    made: Made | None = None
    """The pages of the build before, where it is followed by others."""

    def render(self, template: str, **values: object) -> Markup:
        return Markup(_templates(self.words).get_template(template).render(values))


@dataclass(frozen=True, slots=True, kw_only=True)
class Site(RenderContext):
    """Everything that rendering draws on. The project has no problems."""

    project: Project
    graph: Graph
    day: date
    """The day the site is built."""
    cited: Mapping[Location, Iterable[NodeRef]]
    """What trees cite under each heading of the guide."""


def prepare(project: Project, words: Words, day: date | None = None, made: Made | None = None) -> Site:
    """What rendering `project`, which has no problems, draws on. `day` is that of the build."""
    cited = cited_under(project)
    return Site(project=project, graph=project.graph, words=words, day=day or build_day(), made=made, cited=cited)


class _Templates(Environment):
    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Those of all templates: none has its own. Jinja compares them at every import, which takes longer with
        its layers of them than a component does."""
        assert not d
        return self.globals


@cache
def _templates(words: Words) -> Environment:
    """The engine's templates, which are compiled once in a process and a language.

    The words are part of it, so that components know them without being made anew for every page.
    """
    templates = _Templates(
        loader=FileSystemLoader([HERE / "templates", HERE / "components"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    templates.globals["w"] = SimpleNamespace(**words.table)
    return templates


def prose(site: Site, tree: Tree, text: LocatedStr | None, folder: str = "") -> Markup | None:
    """A text of `tree` for a page in the tree's folder, or in another one."""
    return render_author_markdown(text, link_from_tree(site.project, tree.id, folder)).html if text else None


def in_single_quotes(json: str) -> Markup:
    """JSON as an attribute between single quotes: of the double ones, which it is full of, each would take five
    signs, on every page of a tree."""
    return Markup(json.translate({ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord("'"): "&#39;"}))


def kind_of(node: Node) -> str:
    """What a node is, as the engine's words and the components call it."""
    return type(node).__name__.lower()


def words_of(site: Site, edge: Edge) -> str:
    """The answer that an edge stands for, in the reader's words."""
    node = site.graph.node(edge.source)
    if isinstance(node, Question):
        return next(str(answer.answer) for answer in node.answers or () if answer.id == edge.answer)
    return site.words["met" if edge.answer == MET else "unmet"]


def edge_words(site: Site, edge: Edge) -> str:
    """The answer that an edge stands for, and for whom it leads there."""
    answer, case = words_of(site, edge), case_words(site, edge)
    return site.words.say("case", answer=answer, when=case) if case else answer


def case_words(site: Site, edge: Edge) -> str | None:
    """For whom an answer leads along `edge`; None where it leads all there."""
    otherwise = [site.words["otherwise"]] if edge.unless else []
    when = [when_words(site, edge.when, edge.source.tree)] if edge.when else []
    return ", ".join([*otherwise, *when]) or None


def when_words(site: Site, when: When, tree: str) -> str:
    """What `when` asks of the reader's earlier answers, in the reader's words."""
    asked = (_condition_words(site, node, answers) for node, answers in conditions(when, tree))
    return site.words.say("when", answers=_joined(asked, site.words["when_and"]))


def _condition_words(site: Site, address: NodeRef, answers: frozenset[str]) -> str:
    words = dict.fromkeys(words_of(site, e) for e in site.graph.outgoing[address] if e.answer in answers)
    quoted = (site.words.say("quoted", words=answer) for answer in words)
    said = _joined(quoted, site.words["when_or"])
    return site.words.say("when_answer", answer=said, question=site.graph.node(address).title)


def _joined(words: Iterable[str], by: str) -> str:
    return f" {by} ".join(words)


def heading_of(words: str) -> str:
    """Words of a condition as they stand over what they are a condition of."""
    return f"{words[:1].upper()}{words[1:]}:"


def hint_of(site: Site, edge: Edge) -> LocatedStr | None:
    """The small print of an answer."""
    node = site.graph.node(edge.source)
    given = (isinstance(node, Question) and node.answers) or ()
    return next((answer.hint for answer in given if answer.id == edge.answer), None)


def answers(site: Site, tree: Tree, node: Question | Checklist) -> list[SimpleNamespace]:
    """The answers of a node, those with several cases once for each: words, hint, and the link."""
    return [_answer(site, edge, tree.id) for edge in site.graph.outgoing[NodeRef(tree.id, str(node.id))]]


def _answer(site: Site, edge: Edge, home: str) -> SimpleNamespace:
    case = case_words(site, edge)
    return SimpleNamespace(
        id=edge.answer,
        case=edge.case,
        name=f"{edge.answer}-{edge.case}" if case else edge.answer,
        words=words_of(site, edge),
        when=heading_of(case) if case else None,
        hint=hint_of(site, edge),
        href=relative_url(edge.target, home),
    )


def parts(site: Site, tree: Tree, node: Node, folder: str = "") -> list[SimpleNamespace]:
    """What a node's page shows besides to readers who have answered so."""
    return [_part(site, tree, part, folder) for part in node.parts]


def _part(site: Site, tree: Tree, part: Part, folder: str) -> SimpleNamespace:
    assert part.when, "checked before"
    asked = {node_name(node, tree.id): sorted(answers) for node, answers in conditions(part.when, tree.id)}
    return SimpleNamespace(
        when=heading_of(when_words(site, part.when, tree.id)),
        asked=json.dumps(asked, separators=(",", ":")),
        html=prose(site, tree, part.text, folder),
        sections=[section(site, reference) for reference in part.guide],
        contacts=[contact(site, name) for name in part.contacts],
    )


def step(site: Site, edge: Edge, home: str) -> SimpleNamespace:
    """An answer that leads to a page of the tree `home`."""
    question, answer = site.graph.node(edge.source).title, words_of(site, edge)
    words, case = site.words, case_words(site, edge)
    return SimpleNamespace(
        key=node_name(edge.source, home),
        question=question,
        answer=answer,
        way=words.say("way_here", answer=answer),
        case=f"({case})" if case and edge.when else None,
        give=words.say("give_what", question=question),
        href=relative_url(edge.source, home),
        others=(),
    )


def reasons(site: Site, way: Iterable[Edge], home: str, shown: Iterable[str]) -> Iterator[SimpleNamespace]:
    """The answers of `way` with the guide's words behind each question, and where other answers lead.

    The page quotes each section once: those in `shown` stand elsewhere on it and are only named.
    """
    quoted = set(map(str, shown))
    for edge in way:
        row = step(site, edge, home)
        row.others = [_other(site, other, home) for other in site.graph.outgoing[edge.source] if other != edge]
        _add_behind(site, row, edge.source, quoted)
        yield row


def questions_behind(site: Site, address: NodeRef, shown: Iterable[str]) -> Iterator[SimpleNamespace]:
    """The nodes that may have led to `address` and rest on the guide, each with its words.

    Each stands for itself, as a reader has come by some of them only; sections in `shown` are only named.
    """
    for source in ancestors(site.graph, address):
        node = site.graph.node(source)
        if node.guide:
            row = SimpleNamespace(
                key=node_name(source, address.tree), question=node.title, href=relative_url(source, address.tree)
            )
            _add_behind(site, row, source, set(map(str, shown)))
            yield row


def _add_behind(site: Site, row: SimpleNamespace, source: NodeRef, quoted: set[str]) -> None:
    sections = dict.fromkeys(map(str, site.graph.node(source).guide))
    row.quoted = [section(site, reference) for reference in sections if reference not in quoted]
    named_only = (section(site, reference) for reference in sections if reference in quoted)
    row.named = list({section.label: section for section in named_only}.values())
    quoted.update(sections)


def _other(site: Site, edge: Edge, home: str) -> SimpleNamespace:
    target = site.graph.enter(edge.target)
    had = site.words.say("had_you", answer=edge_words(site, edge))
    return SimpleNamespace(had=had, title=site.graph.node(target).title, href=relative_url(edge.target, home))


def back(tree: Tree, node: Node, edges: tuple[Edge, ...]) -> str:
    """The step before, where there is just one; the list of ways here, where there are several."""
    if node.id == tree.start:
        return "index.html"
    return (
        relative_url(edges[0].source, tree.id) if len(edges) == 1 else "#your-answers" if edges else "index.html"
    )


def unmet_lists(site: Site, edges: tuple[Edge, ...]) -> dict[NodeRef, Checklist]:
    """The checklists that lead here when something is missing."""
    sources = [edge.source for edge in edges if edge.answer == UNMET]
    lists = {source: site.graph.node(source) for source in sources}
    return {source: node for source, node in lists.items() if isinstance(node, Checklist)}


def missing(site: Site, address: NodeRef, checklist: Checklist, home: str) -> SimpleNamespace:
    """What a checklist asks, for the page that readers come to when something is missing."""
    title = site.words.say("missing_of", checklist=checklist.title)
    return SimpleNamespace(
        key=node_name(address, home), title=title, href=relative_url(address, home), points=points(site, checklist)
    )


def contacts(site: Site, node: Node, unmet: Iterable[Checklist]) -> list[SimpleNamespace]:
    """The contacts that a node's page shows, each once: its own, its parts', those of what may be missing."""
    own = dict.fromkeys(map(str, node.contacts if isinstance(node, Outcome) else ()))
    holders: list[Part | Item] = [*node.parts, *(item for checklist in unmet for item in checklist.items)]
    others = dict.fromkeys(str(name) for holder in holders for name in holder.contacts)
    return [contact(site, name, of_items=name not in own) for name in {**own, **others}]


def shown_updates(tree: Tree, node: Node) -> Iterable[str]:
    """The updates that a node's page shows: its own, and on an outcome its tree's as well."""
    inherited = tree.updates if isinstance(node, Outcome) else ()
    return dict.fromkeys([*map(str, node.updates), *map(str, inherited)])


def points(site: Site, checklist: Checklist) -> list[SimpleNamespace]:
    return [_point(site, *pair) for pair in zip(checklist.item_ids, checklist.items, strict=True)]


def _point(site: Site, id: str, item: Item) -> SimpleNamespace:
    return SimpleNamespace(
        id=id,
        words=item.item,
        hint=item.hint,
        sections=[section(site, reference) for reference in item.guide],
        contacts=[contact(site, name) for name in item.contacts],
    )


def quoted_sections(site: Site, node: Node, unmet: Iterable[Checklist]) -> dict[str, list[SimpleNamespace]]:
    """What a node's page quotes of the guide: its sections, but for those that a list of what is missing quotes
    already, which are only named."""
    shown = {str(name) for checklist in unmet for item in checklist.items for name in item.guide}
    return {
        "sections": [section(site, name) for name in node.guide if str(name) not in shown],
        "named": [section(site, name) for name in node.guide if str(name) in shown],
    }


def left(site: Site, address: NodeRef) -> str | None:
    """How many questions may come after the one at `address`; None where that has no end that is known, or none
    comes."""
    most = _most_left(site.graph, address)
    if not most:
        return None
    return site.words["left_one"] if most == 1 else site.words.say("left", count=str(most))


def _most_left(graph: Graph, address: NodeRef) -> int | None:
    """The questions on the longest way from `address`, itself left out; None where some way goes round or leads to
    the questions of another tree."""
    known: dict[NodeRef, int] = {}
    waiting, on_way = [address], set[NodeRef]()
    while waiting:
        here = waiting[-1]
        on_way.add(here)
        targets = {graph.enter(edge.target) for edge in graph.outgoing.get(here, ())}
        asked = {target for target in targets if graph.outgoing.get(target)}
        if not on_way.isdisjoint(asked) or any(target.tree != address.tree for target in asked):
            return None
        if unknown := asked - known.keys():
            waiting.append(min(unknown))
            continue
        known[here] = max((known[target] + 1 for target in asked), default=0)
        on_way.discard(waiting.pop())
    return known[address]


def section(site: Site, reference: str) -> SimpleNamespace:
    section = site.project.section(reference)
    assert section, f"{reference} is checked before"
    return SimpleNamespace(html=section.html, label=section.label, href=PARENT + section_url(reference))


def contact(site: Site, name: str, of_items: bool = False) -> SimpleNamespace:
    """A contact's card; `of_items` where only parts and a checklist's items name it."""
    contact: Contact = (site.project.contacts or {})[name]
    return SimpleNamespace(
        id=f"contact-{contact.id}",
        of_items=of_items,
        name=contact.name,
        url=contact.url,
        web=_plainly(contact.url),
        email=contact.email,
        phone=contact.phone,
        dial=contact.dial,
        topics=contact.topics,
        seen=_seen(site, contact),
        web_only=not (contact.checked or contact.phone or contact.email),
        updates=[update(site, name, PARENT) for name in contact.updates],
    )


def _plainly(url: str) -> str:
    """A web address as people write it: without what every one begins with."""
    return re.sub("^https?://(www[.])?", "", url).rstrip("/")


def _seen(site: Site, contact: Contact) -> str:
    """Where the address comes from: someone's eyes, or the guide."""
    if contact.checked:
        return site.words.say("checked", date=site.words.day(contact.checked))
    date = site.project.guide.get("date")
    return site.words.say("from_dated_guide", date=date) if date else site.words["from_guide"]


def update(site: Site, name: str, up: str) -> SimpleNamespace:
    """An update as shown on a page from which `up` leads to the site's root."""
    update: Update = (site.project.updates or {})[name]
    assert update.date and update.seen, "checked before"
    return SimpleNamespace(
        id=update.id,
        title=update.title,
        html=render_author_markdown(update.text, link_from_updates(site.project, up)).html,
        takes_effect=site.words.say("takes_effect", date=site.words.day(update.date)),
        source=update.source,
        url=update.url,
        seen=site.words.say("seen", date=site.words.day(update.seen)),
    )


def sections_of(page: GuidePage) -> list[Heading]:
    """The sections of a page of the guide that has several, by their headings."""
    sections = [heading for heading in page.headings if heading.level == 2 and heading.id]
    return sections if len(sections) > 1 else []


def citing(site: Site, place: Location, up: str) -> SimpleNamespace | None:
    """The questions and outcomes that cite what is under a heading of the guide, each title once:
    first where something is asked."""
    nodes = sorted(site.cited.get(place, ()), key=lambda address: isinstance(site.graph.node(address), Outcome))
    titles = {site.graph.node(address).title: address for address in reversed(nodes)}
    found = [SimpleNamespace(title=title, href=up + page_url(titles[title])) for title in reversed(titles)]
    left = len(found) - MOST_CITING
    more = site.words.say("cited_more", count=site.words.number(left)) if left > 0 else None
    several = site.words.say("cited_by_count", count=site.words.number(len(found)))
    closed = len(found) > MOST_OPEN
    shown = SimpleNamespace(
        pages=found[:MOST_CITING], more=more, all=up + COVERAGE_PAGE, several=several if closed else None
    )
    return shown if found else None


def coming(site: Site, tree: Tree, node: Node) -> list[NodeRef]:
    """What usually comes after an outcome."""
    named = node.next if isinstance(node, Outcome) else ()
    targets = (next_target(site.project.trees, reference, tree.id) for reference in named)
    return [target for target in targets if target]


def card(site: Site, address: NodeRef, home: str) -> SimpleNamespace:
    tree = site.project.trees[address.tree]
    if not address.node:
        return tree_card(tree, PARENT)
    return SimpleNamespace(
        title=site.graph.node(address).title, summary=tree.title, href=relative_url(address, home)
    )


def tree_card(tree: Tree, up: str) -> SimpleNamespace:
    return SimpleNamespace(title=tree.title, summary=tree.summary, href=up + page_url(NodeRef(tree.id)))


def front_cards(site: Site) -> tuple[list[SimpleNamespace], str | None]:
    """The trees on the front page, and what is said of those that it has no room for."""
    trees = in_front_page_order(site)
    left = len(trees) - MOST_CARDS
    more = (
        site.words.say("trees_more", count=site.words.number(left), index=site.words["index"])
        if left > 0
        else None
    )
    return [tree_card(tree, "") for tree in trees[:MOST_CARDS]], more


def in_front_page_order(site: Site) -> list[Tree]:
    def place(tree: Tree) -> tuple[float, str]:
        return (float("inf") if tree.order is None else tree.order, tree.title)

    return sorted(site.project.trees.values(), key=place)


def shared_pages(site: Site) -> list[list[SimpleNamespace]]:
    """What each page with links and codes says of its trees."""
    shown = [shared(site, tree) for tree in in_front_page_order(site)]
    return cut(shown, lambda tree: (tree.title, tree.summary, tree.text, tree.name, tree.page))


def shared_places(pages: list[list[SimpleNamespace]]) -> dict[str, str]:
    """Where these pages have a tree's links and codes, by its start page, both from the site's root."""
    places = ((tree, continued(SHARE_PAGE, number)) for number, page in enumerate(pages, 1) for tree in page)
    return {tree.page: f"{place}#{tree.id}" for tree, place in places}


def shared(site: Site, tree: Tree) -> SimpleNamespace:
    """What others are told of a tree, on a page in the site's root: the script there knows the whole addresses."""
    title = str(tree.title)
    sentence = title if title.endswith((".", "?", "!", "…")) else f"{title}."
    return SimpleNamespace(
        id=f"share-{tree.id}",
        title=title,
        summary=str(tree.summary),
        name=str(tree.short or tree.id),
        href=page_url(NodeRef(tree.short or tree.id)),
        page=page_url(NodeRef(tree.id)),
        text=site.words.say("share_text", title=sentence),
    )


def foot(site: Site, tree: Tree, page: str, title: str) -> dict[str, object]:
    """What every page of a tree (`page`, from the site's root) says of itself: the guide and its date, when the
    tree was reviewed, and whom to write to."""
    guide, words = site.project.guide, site.words
    assert tree.reviewed, "checked before"
    reviewed, day = words.day(tree.reviewed), due(tree.reviewed, tree.review_months)
    known = [guide[key] for key in ("publisher", "date") if key in guide]
    return {
        "guide_name": guide.get("title"),
        "guide_details": ", ".join(known),
        "guide_href": f"{PARENT}guide/index.html" if "index.md" in site.project.pages else None,
        "report": report(site, page, title, reviewed),
        "due_on": day.isoformat(),
        "is_overdue": day < site.day,
        "overdue": words.say("overdue", date=words.day(day)),
        "reviewed": words.say("reviewed_by", date=reviewed, owner=tree.owner)
        if tree.owner
        else words.say("reviewed", date=reviewed),
    }


def report(site: Site, page: str, title: str, reviewed: str) -> SimpleNamespace | None:
    """Whom to write to about a mistake on a page: an address of mail with what it is about, or of the web."""
    settings, words = site.project.settings, site.words
    if not settings.feedback:
        return None
    to = settings.owner or _plainly(settings.feedback)
    if "@" not in settings.feedback:
        return SimpleNamespace(to=to, href=settings.feedback)
    subject = words.say("report_subject", title=title)
    body = words.say("report_body", page=page, date=reviewed) + "\n"
    href = f"mailto:{settings.feedback}?subject={quote(subject)}&body={quote(body)}"
    return SimpleNamespace(to=to, href=href)


def index_pages(site: Site) -> list[SimpleNamespace]:
    """The alphabetical index, page by page, in the site's root. A letter may go on on the next."""
    found = alphabetical(site.project, site.words["alphabet"])
    entries = [(letter, _index_term(site, term)) for letter, terms in found.items() for term in terms]
    pages = cut(entries, lambda entry: (entry[1].words, *(place.title for place in entry[1].places)))
    first = {letter: number for number, page in reversed([*enumerate(pages, 1)]) for letter, _ in page}

    def jump(letter: str, here: int) -> str:
        return "" if first[letter] == here else continued(INDEX_PAGE, first[letter])

    def shown(number: int, page: list[tuple[str, SimpleNamespace]]) -> SimpleNamespace:
        letters = groupby(page, itemgetter(0))
        return SimpleNamespace(
            jumps=[_letter(site, letter, page=jump(letter, number)) for letter in found],
            letters=[_letter(site, letter, terms=[term for _, term in terms]) for letter, terms in letters],
        )

    return [shown(number, page) for number, page in enumerate(pages, 1)]


def _letter(site: Site, letter: str, **shown: object) -> SimpleNamespace:
    name = site.words["index_other"] if letter == OTHERS else letter
    return SimpleNamespace(id=f"letter-{slug(letter) or 'other'}", name=name, short=letter, **shown)


def _index_term(site: Site, term: Term) -> SimpleNamespace:
    """A term with its links. Where it has one page, the term itself is the link."""
    shown = term.places[:MOST_PLACES]
    places = [SimpleNamespace(title=p.title, kind=site.words[p.kind], href=p.href) for p in shown]
    itself = places[0] if len(term.places) == 1 else None
    left = len(term.places) - len(shown)
    more = site.words.say("index_more", count=site.words.number(left)) if left else None
    return SimpleNamespace(words=term.words, itself=itself, places=places, more=more)


def coverage_pages(site: Site) -> list[SimpleNamespace]:
    """The guide section by section, with what cites it, page by page, in the root. First what nothing does."""
    rows = [(row.section.page, _coverage_row(site, row)) for row in coverage(site.project)]
    uncited = [("", row) for _, row in rows if row.uncited]
    said = {"cited": str(len(rows) - len(uncited)), "all": str(len(rows))}

    def shown(page: list[tuple[str, SimpleNamespace]]) -> SimpleNamespace:
        groups = {path: [row for _, row in entries] for path, entries in groupby(page, itemgetter(0))}
        return SimpleNamespace(
            said=site.words.say("coverage_said", **said),
            uncited=groups.pop("", []),
            pages=[_covered(site, path, rows) for path, rows in groups.items()],
        )

    return [shown(page) for page in cut([*uncited, *rows], lambda entry: _texts_of(entry[1]))]


def _texts_of(row: SimpleNamespace) -> Iterator[str]:
    yield row.label if row.heading else row.words
    for node in row.by:
        yield from (node.tree, node.title)


def _covered(site: Site, path: str, rows: list[SimpleNamespace]) -> SimpleNamespace:
    page = site.project.pages[path]
    return SimpleNamespace(id=slug(page.path), title=page.title, href=section_url(page.path), rows=rows)


def _coverage_row(site: Site, row: Coverage) -> SimpleNamespace:
    section = row.section
    nodes = (
        SimpleNamespace(tree=site.project.trees[a.tree].title, title=site.graph.node(a).title, href=page_url(a))
        for a in row.by
    )
    return SimpleNamespace(
        page=site.project.pages[section.page].title,
        label=section.label,
        words=_beginning(" ".join(section.html.striptags().split())),
        heading=section.heading,
        href=section_url(f"{section.page}#{section.id}"),
        by=list(nodes),
        within=row.within and _place(row.within),
        in_part=row.in_part,
        uncited=row.uncited,
    )


def _place(section: Section) -> SimpleNamespace:
    return SimpleNamespace(label=section.label, href=section_url(f"{section.page}#{section.id}"))


def _beginning(text: str, most: int = 90) -> str:
    """The first words of a text, to tell it from others."""
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"
