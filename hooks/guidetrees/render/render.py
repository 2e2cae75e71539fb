"""Trees → Markdown pages and assets, complete without JavaScript.

A page is a Markdown heading (so that site builders know its title and can link to it) followed by blocks of
HTML from the templates. Texts are escaped where a template writes them, and only there; headings and
front matter, which no template writes, are escaped by `inert` and `escape`.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace

from markupsafe import Markup, escape

from guidetrees.graph.graph import Edge, NodeRef, only_path
from guidetrees.parse.docs_page import GUIDE as GUIDE_FOLDER
from guidetrees.parse.docs_page import front_matter
from guidetrees.parse.guide import GuidePage, heading_lines
from guidetrees.parse.model import Checklist, Node, Outcome, Tree
from guidetrees.project import external_links
from guidetrees.project.project import TREES, UPDATES
from guidetrees.project.published_urls import moved_sections
from guidetrees.project.published_urls import page_urls as addresses_of_trees
from guidetrees.project.references import readable_nodes
from guidetrees.project.urls import (
    COVERAGE_PAGE,
    EXTERNAL_LINKS_PAGE,
    FRONT,
    INDEX_PAGE,
    PARENT,
    REVIEW,
    SHARE_PAGE,
    UPDATES_PAGE,
    page_url,
    section_url,
)
from guidetrees.render import external_links_page, views
from guidetrees.render.assets import (
    data_script,
    maps_style,
    review_style,
    script,
    share_script,
    share_style,
    style,
    tree_data,
    vendored,
)
from guidetrees.render.map import tree_map as maps
from guidetrees.render.pagination import continued, first_of, pager
from guidetrees.render.review import MOST_SCREENS, Document
from guidetrees.render.views import RenderContext, Site
from guidetrees.source.location import LINE_BREAK, Location
from guidetrees.source.page_names import as_page

STYLE = "assets/guidetrees/tree.css"
REVIEW_STYLE = "assets/guidetrees/review.css"
SCRIPT = "assets/guidetrees/tree.js"
MAPS_STYLE = "assets/guidetrees/maps.css"
SHARE_STYLE = "assets/guidetrees/share.css"
SHARE_SCRIPT = "assets/guidetrees/share.js"
TREE_DATA = "assets/guidetrees/trees"
"""What the script knows of each tree lies there for its start page, a file a tree."""
SEARCH_SCRIPT = "assets/guidetrees/search.js"
SEARCH_FOLDER = "assets/guidetrees/search"
"""What a search reads lies there, in files that are named by what they hold."""
VENDOR = "assets/vendor"
"""Where scripts of others lie, each with its licence."""
CODES = f"{VENDOR}/qrcode-generator-2.0.4.js"
"""Draws codes."""
TREES_MARK = "<!-- trees -->"
"""Stands in the front page's Markdown where the list of trees goes."""
HTML_HEADING = re.compile(r"<h[1-6]\b")
BOXES = re.compile(r"(?:<div\b[^>]*>\s*)+")
"""Boxes that begin, in Markdown and in HTML."""
FIRST_HEADING = re.compile(r"^# .*$|</h1>", re.M)
"""The end of it, in Markdown and in HTML."""

VERSION = "GUIDETREES_VERSION"
"""The variable of the environment by which a release (release.py) says which it is."""
SEARCH_WEIGHT = 0.3
"""What a node's page counts in search, where the guide's pages and the trees' start pages count 1."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: a heading, and HTML under it."""

    path: str
    """As a Markdown page in docs/, as in `tree/node.md`."""
    title: str
    description: str
    id: str
    """Of its heading."""
    block: str
    """The HTML under its heading."""
    source: str
    """The file it was made from, from the project's root."""
    language: str = ""
    """Of its title, where that is not the site's."""
    above: str = ""
    """The HTML above its heading."""
    mark: str = ""
    """The HTML that its heading begins with, for the first words of its title."""
    marked: str = ""
    """The words of the title that `mark` replaces."""

    @property
    def heading(self) -> str:
        """A line of Markdown."""
        language = f' lang="{self.language}"' if self.language else ""
        return f"# {self.mark}{inert(self._rest)} {{ #{self.id}{language} }}"

    @property
    def heading_html(self) -> str:
        """What its heading holds."""
        return f"{self.mark}{escape(self._rest)}"

    @property
    def _rest(self) -> str:
        return self.title.removeprefix(self.marked)

    @property
    def text(self) -> str:
        """The page as Markdown, for site builders."""
        # They write front matter into HTML as it is, so it is escaped here.
        matter = {
            "title": escape(self.title),
            "description": escape(self.description),
            "hide": ["navigation", "toc", "footer"],
            "search": search(self.path),
        }
        # A line of a text may begin with a fence of Markdown, which site builders look for before HTML.
        body = self.block.replace("`", "&#96;").replace("~", "&#126;")
        above = f"{self.above}\n\n" if self.above else ""
        return f"---\n{front_matter(matter)}---\n\n{above}{self.heading}\n\n{body}\n"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that goes to the site as it is."""

    path: str
    content: str


def pages(site: Site) -> Iterator[Page]:
    """Every tree's start page and nodes, the pages that list and the documents for review, made as they are asked
    for: all at once they would take much room."""
    documents = _documents(site)
    shown = []
    for page in _reader_pages(site):
        shown.append(_shown(site, page))
        yield page
    yield from _review_pages(site, documents)
    yield from _outside_pages(site, shown)


def _reader_pages(site: Site) -> Iterator[Page]:
    data = {tree: tree_data(site, tree) for tree in site.project.trees}
    for tree in site.project.trees.values():
        quoted = views.in_single_quotes(data[tree.id])
        yield from (_node_page(site, tree, node, quoted) for node in readable_nodes(tree))
    shared = views.shared_pages(site)
    places = views.shared_places(shared)
    for tree in site.project.trees.values():
        yield _start_page(site, tree, data[tree.id], places[page_url(NodeRef(tree.id))])
    yield _updates_page(site)
    yield from _index_pages(site)
    yield from _share_pages(site, shared)


def assets(site: Site) -> Iterator[Asset]:
    """Styles and scripts, and a page at every former and every short address."""
    yield Asset(STYLE, style(site.words))
    yield Asset(REVIEW_STYLE, review_style())
    yield Asset(MAPS_STYLE, maps_style())
    yield Asset(SHARE_STYLE, share_style())
    yield Asset(SCRIPT, script(site))
    yield Asset(SHARE_SCRIPT, share_script(site))
    yield from (Asset(f"{VENDOR}/{name}", text) for name, text in vendored())
    yield from (_data(tree, tree_data(site, tree)) for tree in site.project.trees)
    for tree in site.project.trees.values():
        names = {"index": NodeRef(tree.id)}
        for node in readable_nodes(tree):
            address = NodeRef(tree.id, str(node.id))
            former = {str(alias): address for alias in node.aliases}
            yield from (_moved(site, tree.id, name, address) for name in former)
            names |= former | {str(node.id): address}
        for alias in tree.aliases:
            yield from (_moved(site, alias, name, address) for name, address in names.items())
        if tree.short:
            yield _leading(site, f"{tree.short}/index.html", NodeRef(tree.id), "short", "short_to")
    yield from _statement(site)
    for path, sections in moved_sections(site.project).items():
        if path not in site.project.pages:
            yield _moved_page(site, path, sections)


def for_theme(site: Site) -> dict[str, object]:
    """Values for the templates of the theme: the engine's words, the trees on the front page, and which release
    this is, if it is one."""
    cards, _ = views.front_cards(site)
    trees = [{name: str(text or "") for name, text in vars(card).items()} for card in cards]
    version = os.environ.get(VERSION)
    release = site.words.say("version", version=version) if version else ""
    return {**site.words.table, "index_page": INDEX_PAGE, "trees": trees, "release": release}


def own_page(site: Site, path: str, text: str, markdown: bool = False) -> str:
    """A page of docs/ (`path` there) with what the engine adds to it. `text` is its HTML, or its Markdown."""
    if path == "index.md":
        return front_page(site, text, markdown)
    if path.startswith(GUIDE_FOLDER):
        return guide_page(site, path.removeprefix(GUIDE_FOLDER), text, markdown)
    return text


def front_page(site: Site, text: str, markdown: bool) -> str:
    """The front page with the list of trees at its mark, or at its end."""
    gap = _gap(markdown)
    cards, more = views.front_cards(site)
    html = site.render("trees.html", list=cards, more=more, index=INDEX_PAGE)
    block = f"{gap}{html.strip()}{gap}" if cards else ""
    before, mark, after = text.partition(TREES_MARK)
    return before + block + after if mark else text + block


def guide_page(site: Site, path: str, text: str, markdown: bool) -> str:
    """A page of the guide (`path` in docs/guide/) with a list of its sections, the updates it names, and
    under each heading the questions and outcomes that cite it. Not a word of it changes."""
    gap = _gap(markdown)
    page = site.project.pages.get(path)
    up = PARENT * (path.count("/") + 1)

    def block(template: str, **values: object) -> str:
        return site.render(template, **values).strip()

    moved_here = moved_sections(site.project).get(path)
    below = [block("moved_sections.html", sections=_now(site, moved_here, up))] if moved_here else []
    if not page:
        return _set(text, {len(text): below}, gap)
    put: dict[int, list[str]] = {}
    heading = FIRST_HEADING.search(text)
    after = put.setdefault(heading.end() if heading else 0, [])
    if sections := views.sections_of(page):
        after.append(block("guide_sections.html", sections=sections))
    after += (block("guide_updates.html", notice=views.update(site, name, up)) for name in page.updates)
    for end, place in _ends(page, text, markdown):
        if shown := views.citing(site, place, up):
            put.setdefault(end, []).append(block("guide_cited.html", cited=shown))
    put.setdefault(len(text), []).extend(below)
    return _set(text, put, gap)


def _ends(page: GuidePage, text: str, markdown: bool) -> Iterator[tuple[int, Location]]:
    """Where the text under each heading of a page ends, with the heading's place: before the next heading and the
    boxes that begin with it. Nothing, where another plugin has changed the headings."""
    if markdown:
        lines = [0, *(found.end() for found in LINE_BREAK.finditer(text))]
        starts = [lines[line] for line in heading_lines(text, 0)]
    else:
        starts = [found.start() for found in HTML_HEADING.finditer(text)]
    if starts and len(starts) == len(page.headings):
        boxes = {found.end(): found.start() for found in BOXES.finditer(text)}
        ends = [*(boxes.get(start, start) for start in starts[1:]), len(text)]
        for heading, end in zip(page.headings, ends, strict=True):
            yield end, Location(page.file, heading.line)


def _gap(markdown: bool) -> str:
    """What separates a block of HTML from the text around it."""
    return "\n\n" if markdown else "\n"


def _set(text: str, put: Mapping[int, Sequence[str]], gap: str) -> str:
    """`text` with blocks at some of its places."""
    parts, last = [], 0
    for place, blocks in sorted(put.items()):
        parts += [text[last:place], *(gap + block for block in blocks), gap if blocks else ""]
        last = place
    return "".join([*parts, text[last:]])


# Pages


def _start_page(site: Site, tree: Tree, data: str, shared: str) -> Page:
    view = SimpleNamespace(
        id="start",
        style=PARENT + MAPS_STYLE,
        back=None,
        crumbs=[(site.words["home"], PARENT + FRONT)],
        summary=tree.summary,
        intro=views.prose(site, tree, tree.intro),
        first=f"{tree.start}.html",
        data=_data_address(_data(tree.id, data)),
        trail=[],
        ways=[],
        updates=[views.update(site, name, PARENT) for name in tree.updates],
        review=f"{PARENT}{REVIEW}/{tree.id}.html",
        share=PARENT + shared,
        pictures=maps.pictures(site, maps.START, tree.id),
        outline=list(maps.outline_steps(site, tree)),
        **views.foot(site, tree, f"{tree.id}/index.html", tree.title),
    )
    page = filled(site, f"{tree.id}/index.md", tree.title, tree.summary, tree.file, "start.html", view)
    return replace(page, above=_above(site, view))


def _node_page(site: Site, tree: Tree, node: Node, data: Markup) -> Page:
    address = NodeRef(tree.id, str(node.id))
    way = only_path(site.graph, address)
    edges = site.graph.incoming.get(address, ())
    unmet = views.unmet_lists(site, edges)
    kind = views.kind_of(node)
    view = SimpleNamespace(
        id=kind,
        here=node.id,
        data=data,
        back=views.back(tree, node, edges),
        crumbs=[(site.words["home"], PARENT + FRONT), (tree.title, "index.html")],
        ways=[views.step(site, edge, tree.id) for edge in edges] if way is None else [],
        updates=[views.update(site, name, PARENT) for name in views.shown_updates(tree, node)],
        parts=views.parts(site, tree, node),
        missing=[views.missing(site, source, checklist, tree.id) for source, checklist in unmet.items()],
        contacts=views.contacts(site, node, unmet.values()),
        start_over=f"{tree.start}.html",
        tree_title=tree.title,
        **views.quoted_sections(site, node, unmet.values()),
        **views.foot(site, tree, f"{tree.id}/{node.id}.html", node.title),
        **_node_view(site, tree, node, way),
    )
    title = title_of(site, node)
    marked = title.removesuffix(str(node.title))
    mark = site.render("verdict.html", page=view, words=marked) if marked else ""
    page = filled(site, f"{tree.id}/{node.id}.md", title, tree.title, tree.file, f"{kind}.html", view)
    return replace(page, above=_above(site, view), mark=str(mark).strip(), marked=marked)


def title_of(site: Site, node: Node) -> str:
    """What a node's page is called: an outcome with its verdict."""
    if not isinstance(node, Outcome):
        return str(node.title)
    return site.words.say("verdict_title", verdict=site.words[f"verdict_{node.verdict}"], outcome=node.title)


def _above(site: Site, view: SimpleNamespace) -> str:
    """The HTML above the heading of a tree's page."""
    return str(site.render("above.html", page=view)).strip()


def _node_view(site: Site, tree: Tree, node: Node, way: tuple[Edge, ...] | None) -> dict[str, object]:
    """What only this kind of node shows."""
    if isinstance(node, Outcome):
        return _outcome_view(site, tree, node, way)
    asked: dict[str, object] = {
        "trail": [views.step(site, edge, tree.id) for edge in way or ()],
        "behind": [],
        "help": views.prose(site, tree, node.help),
        "answers": views.answers(site, tree, node),
        "left": views.left(site, NodeRef(tree.id, str(node.id))),
    }
    if isinstance(node, Checklist):
        count = site.words.say("points_count", all=str(len(node.items)))
        return {**asked, "points": views.points(site, node), "points_count": count}
    return asked


def _outcome_view(site: Site, tree: Tree, node: Outcome, way: tuple[Edge, ...] | None) -> dict[str, object]:
    return {
        "trail": list(views.reasons(site, way, tree.id, node.guide)) if way else [],
        "behind": [] if way else list(views.questions_behind(site, NodeRef(tree.id, str(node.id)), node.guide)),
        "verdict": node.verdict,
        "verdict_words": site.words[f"verdict_{node.verdict}"],
        "first": node.first or (tree.first if node.verdict != "caution" else None),
        "text": views.prose(site, tree, node.text),
        "next": [views.card(site, address, tree.id) for address in views.coming(site, tree, node)],
    }


def _updates_page(site: Site) -> Page:
    updates = sorted((site.project.updates or {}).values(), key=lambda u: (u.date, u.id), reverse=True)
    title = site.words["updates"]
    shown = [views.update(site, update.id, "") for update in updates]
    view = SimpleNamespace(id="updates", updates=shown)
    path = UPDATES_PAGE.replace(".html", ".md")
    return filled(site, path, title, site.words["updates_lead"], UPDATES, "updates.html", view)


def _index_pages(site: Site) -> Iterator[Page]:
    yield from _listed(site, INDEX_PAGE, "index", views.index_pages(site), style=REVIEW_STYLE)


def _share_pages(site: Site, pages: list[list[SimpleNamespace]]) -> Iterator[Page]:
    shown = [SimpleNamespace(trees=trees) for trees in pages]
    yield from _listed(site, SHARE_PAGE, "share", shown, style=SHARE_STYLE, scripts=[CODES, SHARE_SCRIPT])


def _listed(
    site: Site, page: str, name: str, shown: Sequence[SimpleNamespace], **common: object
) -> Iterator[Page]:
    """The pages of a list that begins at `page`, with what each shows and what all do. Its words and template are
    called by `name`."""
    words, count = site.words, len(shown)
    for number, own in enumerate(shown, 1):
        view = SimpleNamespace(id=name, pager=pager(page, number, count), **common, **vars(own))
        title = words[name]
        if number > 1:
            title = words.say("page_of", title=title, number=str(number), all=str(count))
        path = continued(page, number).replace(".html", ".md")
        yield filled(site, path, title, words[f"{name}_lead"], TREES, f"{name}.html", view)


def review_pages(site: Site) -> Iterator[Page]:
    """A document for review of all trees, one of each, and the guide's coverage."""
    yield from _review_pages(site, _documents(site))


def _documents(site: Site) -> dict[str, Document]:
    """The documents for review by the name of their page."""
    trees = tuple(site.project.trees.values())
    whole_guide = Document(site, trees if _count(site) <= MOST_SCREENS else ())
    return {"index.html": whole_guide} | {f"{tree.id}.html": Document(site, (tree,)) for tree in trees}


def _count(site: Site) -> int:
    """The screens of all trees."""
    return sum(len(readable_nodes(tree)) for tree in site.project.trees.values())


def _review_pages(site: Site, documents: Mapping[str, Document]) -> Iterator[Page]:
    words, trees = site.words, site.project.trees.values()
    titles = {"index.html": words["review_all"]} | {f"{tree.id}.html": str(tree.title) for tree in trees}
    lists = {PARENT + COVERAGE_PAGE: words["coverage"], PARENT + EXTERNAL_LINKS_PAGE: words["outside"]}
    for here, document in documents.items():
        view = SimpleNamespace(
            id="review",
            here=here,
            style=PARENT + REVIEW_STYLE,
            maps_style=PARENT + MAPS_STYLE,
            documents=[(name, href) for href, name in (_beside(here, titles, documents) | lists).items()],
            trees=document.show(),
            apart=words.say("review_apart", count=words.number(_count(site))),
        )
        path, title = f"{REVIEW}/{here.replace('.html', '.md')}", words.say("review_of", title=titles[here])
        yield filled(site, path, title, words["review_lead"], TREES, "review.html", view)
    yield from _coverage_pages(site)


def _beside(here: str, titles: Mapping[str, str], documents: Mapping[str, Document]) -> dict[str, str]:
    """The documents that one names, by their pages: all, but where they are many, only the first names them."""
    first = next(iter(documents))
    if here == first or documents[first].trees:
        return dict(titles)
    return {name: titles[name] for name in (first, here)}


def _coverage_pages(site: Site) -> Iterator[Page]:
    yield from _listed(site, COVERAGE_PAGE, "coverage", views.coverage_pages(site), style=REVIEW_STYLE)


def _outside_pages(site: Site, pages: Iterable[external_links_page.Shown]) -> Iterator[Page]:
    """The addresses outside the site, and which of `pages` and of those in docs/ show them."""
    trees = {tree: place for place, tree in enumerate(site.project.trees)}

    def place(page: external_links_page.Shown) -> tuple[int, bool]:
        """Tree by tree, the start page first."""
        tree, _, name = page.path.partition("/")
        return trees.get(tree, len(trees)), name != "index.html"

    shown_there = external_links_page.outside_pages(site, sorted(pages, key=place))
    yield from _listed(site, EXTERNAL_LINKS_PAGE, "outside", shown_there, style=REVIEW_STYLE)


def _shown(site: Site, page: Page) -> external_links_page.Shown:
    tree = site.project.trees.get(page.path.partition("/")[0])
    addresses = frozenset(external_links.links_in_html(page.block))
    return external_links_page.Shown(as_page(page.path), page.title, str(tree.title) if tree else None, addresses)


def filled(
    press: RenderContext,
    path: str,
    title: str,
    description: str,
    source: str,
    template: str,
    view: SimpleNamespace,
) -> Page:
    """The page at `path`, made from `source`: `template` filled in from `view`."""
    block, language = str(_made(press, path, template, view)), getattr(view, "language", "")
    return Page(path, str(title), str(description), view.id, block, source, language)


def _made(press: RenderContext, path: str, template: str, view: SimpleNamespace) -> Markup:
    """`template` filled in, or as it was the last time, where `view` is what it was."""
    if press.made is None:
        return press.render(template, page=view)
    if path not in press.made or press.made[path][0] != view:
        press.made[path] = (view, press.render(template, page=view))
    return press.made[path][1]


def search(path: str) -> dict[str, object]:
    """How search takes a page. Some only repeat what the other pages say."""
    listing = (INDEX_PAGE, COVERAGE_PAGE, EXTERNAL_LINKS_PAGE, SHARE_PAGE)
    repeating = [page.replace(".html", ".md") for page in listing]
    if first_of(path) in repeating or path.startswith(f"{REVIEW}/"):
        return {"exclude": True}
    return {"boost": 1 if path.endswith(("index.md", "updates.md")) else SEARCH_WEIGHT}


def _data(tree: str, data: str) -> Asset:
    return Asset(f"{TREE_DATA}/{tree}.js", data_script(data))


def _data_address(data: Asset) -> str:
    """From a page in a tree's folder. Changed data has another address, so that no browser shows a page with data
    that it kept from before."""
    return f"{PARENT}{data.path}?{hashlib.sha256(data.content.encode()).hexdigest()[:8]}"


def _statement(site: Site) -> Iterator[Asset]:
    """The short address of the official accessibility statement, where no tree has it."""
    words, href = site.words, site.project.settings.accessibility_statement
    path = words["statement_path"] + "/index.html"
    if href and path not in addresses_of_trees(site.project):
        title = words["statement"]
        said = words["short_to"]
        html = site.render("moved.html", language=words.language, href=href, title=title, heading=title, said=said)
        yield Asset(path, html)


def _moved(site: Site, folder: str, name: str, address: NodeRef) -> Asset:
    return _leading(site, f"{folder}/{name}.html", address, "moved", "moved_to")


def _leading(site: Site, path: str, address: NodeRef, heading: str, said: str) -> Asset:
    """A page that leads on to `address`, with the words that say so."""
    words, tree = site.words, site.project.trees[address.tree]
    title = site.graph.node(address).title if address.node else tree.title
    href = PARENT + page_url(address)
    html = site.render(
        "moved.html", language=words.language, href=href, title=title, heading=words[heading], said=words[said]
    )
    return Asset(path, html)


def _moved_page(site: Site, path: str, sections: Mapping[str, str]) -> Asset:
    """What stands where a page of the guide was: its sections, each with where it is now."""
    up = PARENT * (path.count("/") + 1)
    now = _now(site, sections, up)
    html = site.render("moved_page.html", language=site.words.language, sections=now)
    return Asset(f"guide/{as_page(path)}", html)


def _now(site: Site, sections: Mapping[str, str], up: str) -> list[SimpleNamespace]:
    """Former ids with what stands there now; that of a page as a whole is empty, and comes first."""
    found = []
    for former, reference in sorted(sections.items()):
        section = site.project.section(reference)
        assert section, "checked before"
        found.append(SimpleNamespace(id=former, href=up + section_url(reference), title=section.label))
    return found


def inert(text: str) -> Markup:
    """`text` as Markdown that means just that text: each sign that could mean more is written as a number."""
    return Markup("".join(c if c.isalnum() or c == " " else f"&#{ord(c)};" for c in text))
