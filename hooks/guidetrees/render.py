"""Trees → Markdown pages and assets, complete without JavaScript.

A page is a Markdown heading (so that site builders know its title and can link to it) between blocks of
HTML from the templates. Texts are escaped where a template writes them, and only there; headings and
front matter, which no template writes, are escaped by `inert` and `escape`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from .graph import MET, UNMET, Address, Branch, Edge, Graph, connect, next_target, outline, trail
from .links import ABOVE, FRONT, UPDATES_PAGE, link_from_tree, link_from_updates, page_of, section_page
from .mentions import whole
from .model import Checklist, Contact, Item, Node, Outcome, Question, Tree, Update
from .project import UPDATES, Project
from .prose import render_prose
from .source import Text
from .words import Words

HERE = Path(__file__).parent
STYLE = "assets/guidetrees/tree.css"
TREES_MARK = "<!-- trees -->"
"""Stands in the front page's Markdown where the list of trees goes."""


SEARCH_WEIGHT = 0.3
"""What a node's page counts in search, where the guide's pages and the trees' start pages count 1."""


@dataclass(frozen=True, slots=True)
class Page:
    """A Markdown page that the site builder turns into HTML."""

    path: str
    """In docs/, as in `tree/node.md`."""
    text: str
    source: str
    """The file it was made from, from the project's root."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that goes to the site as it is."""

    path: str
    content: str


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that rendering draws on. The project has no problems."""

    project: Project
    graph: Graph
    words: Words
    templates: Environment

    def render(self, template: str, **values: object) -> Markup:
        return Markup(self.templates.get_template(template).render(w=self.words, **values))


def prepare(project: Project, words: Words) -> Site:
    """What rendering `project`, which has no problems, draws on."""
    templates = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return Site(project, connect(project.trees), words, templates)


def pages(site: Site) -> Iterator[Page]:
    """Every tree's start page and nodes, and the page of updates."""
    for tree in site.project.trees.values():
        yield _start_page(site, tree)
        for node in whole(tree):
            yield _node_page(site, tree, node)
    yield _updates_page(site)


def assets(site: Site) -> Iterator[Asset]:
    """The style, and a page at every former address."""
    yield Asset(STYLE, (HERE / "assets" / "tree.css").read_text("utf-8"))
    for tree in site.project.trees.values():
        names = {"index": Address(tree.id)}
        for node in whole(tree):
            address = Address(tree.id, str(node.id))
            former = {str(alias): address for alias in node.aliases}
            yield from (_moved(site, tree.id, name, address) for name in former)
            names |= former | {str(node.id): address}
        for alias in tree.aliases:
            yield from (_moved(site, alias, name, address) for name, address in names.items())


def front_page(site: Site, markdown: str) -> str:
    """The front page's Markdown with the list of trees at its mark, or at its end."""
    cards = [_tree_card(tree, "") for tree in sorted(site.project.trees.values(), key=_front_page_order)]
    block = f"\n\n{site.render('trees.html', cards=cards)}\n\n" if cards else ""
    before, mark, after = markdown.partition(TREES_MARK)
    return before + block + after if mark else markdown + block


def guide_page(site: Site, path: str, markdown: str) -> str:
    """A page of the guide (`path` in docs/guide/) with the updates it names under its first heading."""
    page = site.project.pages.get(path)
    if not page or not page.updates:
        return markdown
    up = ABOVE * (path.count("/") + 1)
    shown = [_update(site, name, up) for name in page.updates]
    block = "".join(f"\n{site.render('notice.html', update=update)}\n" for update in shown)
    lines = markdown.splitlines(keepends=True)
    after = next((i + 1 for i, line in enumerate(lines) if line.startswith("# ")), 0)
    return "".join(lines[:after]) + block + "\n" + "".join(lines[after:])


# Pages


def _start_page(site: Site, tree: Tree) -> Page:
    view = SimpleNamespace(
        heading=_heading(tree.title, "start"),
        back=None,
        crumbs=[(site.words["home"], ABOVE + FRONT)],
        summary=tree.summary,
        intro=_prose(site, tree, tree.intro),
        first=f"{tree.start}.html",
        updates=[_update(site, name, ABOVE) for name in tree.updates],
        outline=list(_outline(site, tree)),
        **_foot(site, tree),
    )
    return _page(site, f"{tree.id}/index.md", tree.title, tree.summary, tree.file, "start.html", view)


def _node_page(site: Site, tree: Tree, node: Node) -> Page:
    address = Address(tree.id, str(node.id))
    way = trail(site.graph, address)
    edges = site.graph.reaching.get(address, ())
    unmet = _unmet_lists(site, edges)
    kind = type(node).__name__.lower()
    view = SimpleNamespace(
        heading=_heading(node.title, kind),
        back=_back(tree, node, edges),
        crumbs=[(site.words["home"], ABOVE + FRONT), (tree.title, "index.html")],
        trail=[_step(site, edge) for edge in way or ()],
        ways=[_step(site, edge) for edge in edges] if way is None else [],
        sections=[_section(site, reference) for reference in node.guide],
        updates=[_update(site, name, ABOVE) for name in _updates_of(tree, node)],
        missing=[_missing(site, source, checklist) for source, checklist in unmet.items()],
        contacts=[_contact(site, name) for name in _contacts_of(node, unmet.values())],
        start_over=f"{tree.start}.html",
        tree_title=tree.title,
        **_foot(site, tree),
        **_node_view(site, tree, node),
    )
    return _page(site, f"{tree.id}/{node.id}.md", node.title, tree.title, tree.file, f"{kind}.html", view)


def _node_view(site: Site, tree: Tree, node: Node) -> dict[str, object]:
    """What only this kind of node shows."""
    if isinstance(node, Question):
        return _question_view(site, tree, node)
    if isinstance(node, Checklist):
        return _checklist_view(site, tree, node)
    return _outcome_view(site, tree, node)


def _question_view(site: Site, tree: Tree, node: Question) -> dict[str, object]:
    hints = {str(answer.id): answer.hint for answer in node.answers or ()}
    return {
        "help": _prose(site, tree, node.help),
        "answers": [
            SimpleNamespace(
                id=edge.answer, words=_words_of(site, edge), hint=hints[edge.answer], href=_href(edge.target)
            )
            for edge in site.graph.leaving[Address(tree.id, str(node.id))]
        ],
    }


def _checklist_view(site: Site, tree: Tree, node: Checklist) -> dict[str, object]:
    return {
        "help": _prose(site, tree, node.help),
        "points": [_point(site, item) for item in node.items],
        "answers": [
            SimpleNamespace(words=_words_of(site, edge), href=_href(edge.target))
            for edge in site.graph.leaving[Address(tree.id, str(node.id))]
        ],
    }


def _outcome_view(site: Site, tree: Tree, node: Outcome) -> dict[str, object]:
    coming = [next_target(site.project.trees, reference, tree.id) for reference in node.next]
    return {
        "verdict": node.verdict,
        "verdict_words": site.words[f"verdict_{node.verdict}"],
        "text": _prose(site, tree, node.text),
        "next": [_card(site, address) for address in coming if address],
    }


def _updates_page(site: Site) -> Page:
    updates = sorted((site.project.updates or {}).values(), key=lambda u: (u.date, u.id), reverse=True)
    title = site.words["updates"]
    shown = [_update(site, update.id, "") for update in updates]
    view = SimpleNamespace(heading=_heading(title, "updates"), updates=shown)
    path = UPDATES_PAGE.replace(".html", ".md")
    return _page(site, path, title, site.words["updates_lead"], UPDATES, "updates.html", view)


def _page(
    site: Site, path: str, title: str, description: str, source: str, template: str, view: SimpleNamespace
) -> Page:
    """The Markdown page at `path`: front matter and `template` filled in from `view`."""
    # Site builders write front matter into HTML as it is, so it is escaped here. JSON is YAML.
    matter = {
        "title": escape(title),
        "description": escape(description),
        "hide": ["navigation", "toc", "footer"],
        "search": {"boost": 1 if path.endswith(("index.md", "updates.md")) else SEARCH_WEIGHT},
    }
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in matter.items()]
    # A line of a text may begin with a fence of Markdown, which site builders look for before HTML.
    body = str(site.render(template, page=view)).replace("`", "&#96;").replace("~", "&#126;")
    return Page(path, "\n".join(["---", *lines, "---", "", body, ""]), source)


def _moved(site: Site, folder: str, name: str, address: Address) -> Asset:
    tree = site.project.trees[address.tree]
    title = site.graph.node(address).title if address.node else tree.title
    html = site.render("moved.html", language=site.words.language, href=ABOVE + page_of(address), title=title)
    return Asset(f"{folder}/{name}.html", html)


# Pieces of pages


def _heading(title: str, id: str) -> Markup:
    return Markup(f"# {inert(title)} {{ #{id} }}")


def inert(text: str) -> Markup:
    """`text` as Markdown that means just that text: each sign that could mean more is written as a number."""
    return Markup("".join(c if c.isalnum() or c == " " else f"&#{ord(c)};" for c in text))


def _prose(site: Site, tree: Tree, text: Text | None) -> Markup | None:
    return render_prose(text, link_from_tree(site.project, tree.id)).html if text else None


def _href(address: Address) -> str:
    return ABOVE + page_of(address)


def _words_of(site: Site, edge: Edge) -> str:
    """The answer that an edge stands for, in the reader's words."""
    node = site.graph.node(edge.source)
    if isinstance(node, Question):
        return next(str(answer.answer) for answer in node.answers or () if answer.id == edge.answer)
    return site.words["met" if edge.answer == MET else "unmet"]


def _step(site: Site, edge: Edge) -> SimpleNamespace:
    question, answer = site.graph.node(edge.source).title, _words_of(site, edge)
    words = site.words
    return SimpleNamespace(
        question=question,
        answer=answer,
        answered=words.say("answered", answer=answer),
        way=words.say("way_here", answer=answer),
        change=words.say("change_what", question=question),
        href=_href(edge.source),
    )


def _back(tree: Tree, node: Node, edges: tuple[Edge, ...]) -> str:
    """The step before, where there is just one; the list of ways here, where there are several."""
    if node.id == tree.start:
        return "index.html"
    return _href(edges[0].source) if len(edges) == 1 else "#dine-svar" if edges else "index.html"


def _unmet_lists(site: Site, edges: tuple[Edge, ...]) -> dict[Address, Checklist]:
    """The checklists that lead here when something is missing."""
    sources = [edge.source for edge in edges if edge.answer == UNMET]
    lists = {source: site.graph.node(source) for source in sources}
    return {source: node for source, node in lists.items() if isinstance(node, Checklist)}


def _missing(site: Site, address: Address, checklist: Checklist) -> SimpleNamespace:
    """What a checklist asks, for the page that readers come to when something is missing."""
    points = [_point(site, item) for item in checklist.items]
    title = site.words.say("missing_of", checklist=checklist.title)
    return SimpleNamespace(title=title, href=_href(address), points=points)


def _contacts_of(node: Node, unmet: Iterable[Checklist]) -> Iterable[str]:
    """The contacts that a node's page shows, each once: its own, then those of what may be missing."""
    own = node.contacts if isinstance(node, Outcome) else ()
    items = (name for checklist in unmet for item in checklist.items for name in item.contacts)
    return dict.fromkeys([*map(str, own), *map(str, items)])


def _updates_of(tree: Tree, node: Node) -> Iterable[str]:
    """The updates that a node's page shows: its own, and on an outcome its tree's as well."""
    inherited = tree.updates if isinstance(node, Outcome) else ()
    return dict.fromkeys([*map(str, node.updates), *map(str, inherited)])


def _point(site: Site, item: Item) -> SimpleNamespace:
    return SimpleNamespace(
        words=item.item,
        hint=item.hint,
        sections=[_section(site, reference) for reference in item.guide],
        contacts=[_contact(site, name) for name in item.contacts],
    )


def _section(site: Site, reference: str) -> SimpleNamespace:
    section = site.project.section(reference)
    assert section, f"{reference} is checked before"
    return SimpleNamespace(html=section.html, label=section.label, href=ABOVE + section_page(reference))


def _contact(site: Site, name: str) -> SimpleNamespace:
    contact: Contact = (site.project.contacts or {})[name]
    return SimpleNamespace(
        id=f"kontakt-{contact.id}",
        name=contact.name,
        url=contact.url,
        email=contact.email,
        phone=contact.phone,
        topics=contact.topics,
        seen=_seen(site, contact),
        updates=[_update(site, update, ABOVE) for update in contact.updates],
    )


def _seen(site: Site, contact: Contact) -> str:
    """Where the address comes from: someone's eyes, or the guide."""
    if contact.checked:
        return site.words.say("checked", date=site.words.day(contact.checked))
    date = site.project.guide.get("date")
    return site.words.say("from_dated_guide", date=date) if date else site.words["from_guide"]


def _update(site: Site, name: str, up: str) -> SimpleNamespace:
    """An update as shown on a page from which `up` leads to the site's root."""
    update: Update = (site.project.updates or {})[name]
    assert update.date and update.seen, "checked before"
    return SimpleNamespace(
        id=update.id,
        title=update.title,
        html=render_prose(update.text, link_from_updates(site.project, up)).html,
        takes_effect=site.words.say("takes_effect", date=site.words.day(update.date)),
        source=update.source,
        url=update.url,
        seen=site.words.say("seen", date=site.words.day(update.seen)),
    )


def _card(site: Site, address: Address) -> SimpleNamespace:
    tree = site.project.trees[address.tree]
    if not address.node:
        return _tree_card(tree, ABOVE)
    return SimpleNamespace(title=site.graph.node(address).title, summary=tree.title, href=_href(address))


def _tree_card(tree: Tree, up: str) -> SimpleNamespace:
    return SimpleNamespace(title=tree.title, summary=tree.summary, href=up + page_of(Address(tree.id)))


def _front_page_order(tree: Tree) -> tuple[float, str]:
    return (float("inf") if tree.order is None else tree.order, tree.title)


def _foot(site: Site, tree: Tree) -> dict[str, object]:
    """What every page of a tree says of itself: the guide and its date, and when the tree was reviewed."""
    guide, words = site.project.guide, site.words
    assert tree.reviewed, "checked before"
    reviewed = words.day(tree.reviewed)
    known = [guide[key] for key in ("publisher", "date") if key in guide]
    return {
        "guide_name": guide.get("title"),
        "guide_details": ", ".join(known),
        "guide_href": f"{ABOVE}guide/index.html" if "index.md" in site.project.pages else None,
        "reviewed": words.say("reviewed_by", date=reviewed, owner=tree.owner)
        if tree.owner
        else words.say("reviewed", date=reviewed),
    }


def _outline(site: Site, tree: Tree) -> Iterator[SimpleNamespace]:
    """The outline's steps, with the words and links that they show."""
    open_steps: list[SimpleNamespace] = []
    branches = list(outline(site.graph, tree.id))
    for branch, following in zip(branches, [*branches[1:], None], strict=True):
        if branch.opens is None:
            yield SimpleNamespace(opens=False, inner=open_steps.pop().inner)
        else:
            step = _outline_step(site, branch, branch.opens)
            step.inner = bool(following and following.opens)
            open_steps.append(step)
            yield step


def _outline_step(site: Site, branch: Branch, address: Address) -> SimpleNamespace:
    if address.node:
        node = site.graph.node(address)
        title, kind = node.title, type(node).__name__.lower()
    else:
        title, kind = site.project.trees[address.tree].title, "tree"
    note = site.words["above"] if branch.again and kind in ("question", "checklist") else None
    answer = _words_of(site, branch.edge) if branch.edge else None
    return SimpleNamespace(opens=True, title=title, kind=kind, href=_href(address), answer=answer, note=note)
