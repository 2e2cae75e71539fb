"""The changes between two versions as plain text in the site's words: to read, and to send in a mail."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from guidetrees.diff.changes import Comparison, Lines, block
from guidetrees.diff.lost_urls import forgotten_answers, lost_pages
from guidetrees.diff.outcomes import ChangedOutcome, changed_outcomes
from guidetrees.diff.versions import Versions
from guidetrees.graph.graph import NodeRef
from guidetrees.messages.words import Words
from guidetrees.parse.guide import GuidePage
from guidetrees.parse.html_tree import paragraphs
from guidetrees.project.references import cited, readable_nodes

MAX_LISTED = 20
"""Changed outcomes, addresses, quoting pages and forgotten answers that are listed under one heading."""
MAX_NAMED = 3
"""Scenarios that are named with a changed outcome."""
WIDTH = 78
"""Characters on a line: mails are quoted with more in front."""

Chapters = Iterator[tuple[str, str]]
"""Files, and what has changed in them."""


def report(versions: Versions, words: Words, base: str) -> str:
    """Everything that has changed for readers since `base`, or that nothing has."""
    comparison = Comparison(versions, words)
    chapters = [*sorted([*_trees(comparison), *_registers(comparison)]), *_guide(comparison), *_saved(comparison)]
    head = words.say("diff_since" if chapters else "diff_none", base=base)
    return "\n\n\n".join([head, *(text for _, text in chapters)]) + "\n"


def _chapter(title: str, below: str, blocks: Iterable[Lines]) -> Chapters:
    """Blocks of lines under a title; nothing if all are empty."""
    texts = ["\n".join(_wrapped(text, depth) for depth, text in lines) for lines in blocks if lines]
    if texts:
        head = f"{title}\n{'=' * min(WIDTH, len(title))}\n{textwrap.fill(below, WIDTH, break_long_words=False)}"
        yield below, "\n\n".join([head, *texts])


def _wrapped(text: str, depth: int) -> str:
    first, following = "  " * depth, "  " * (depth + 1)
    wrapper = textwrap.TextWrapper(WIDTH, first, following, break_long_words=False, break_on_hyphens=False)
    return wrapper.fill(text)


def _listed(comparison: Comparison, entries: Sequence[Lines], most: int = MAX_LISTED) -> Lines:
    """The first entries, and how many more there are."""
    left = len(entries) - most
    more = [(0, comparison.words.say("diff_left", count=comparison.words.number(left)))] if left > 0 else []
    return [line for lines in [*entries[:most], more] for line in lines]


def _trees(comparison: Comparison) -> Chapters:
    versions, words = comparison.versions, comparison.words
    former = {now: before for before, now in versions.trees.items()}
    ids = [(former.get(now, ""), now) for now in versions.now.trees]
    for before, now in [*ids, *((before, "") for before in versions.before.trees if before not in versions.trees)]:
        old, new = versions.before.trees.get(before), versions.now.trees.get(now)
        own = replace(comparison, homes=(before, now))
        blocks = list(own.tree(old, new))
        if old:
            pages = _listed(own, [[(1, page)] for page in lost_pages(versions, before)])
            blocks.append(_outcomes(own, before))
            blocks.append(block(words["diff_pages"], pages and [(0, words["diff_pages_help"]), *pages]))
        if tree := new or old:
            yield from _chapter(tree.title, tree.file, blocks)


def _registers(comparison: Comparison) -> Chapters:
    before, now, words = comparison.versions.before, comparison.versions.now, comparison.words
    yield from _chapter(
        words["diff_contact"], now.layout.contacts, comparison.register(before.contacts, now.contacts)
    )
    yield from _chapter(words["updates"], now.layout.updates, comparison.register(before.updates, now.updates))


def _outcomes(comparison: Comparison, tree: str) -> Lines:
    changed, is_complete = changed_outcomes(comparison.versions, tree)
    lines = _listed(comparison, [_outcome(comparison, outcome) for outcome in changed])
    lines += [] if is_complete else [(0, comparison.words["diff_ends_open"])]
    return block(comparison.words["diff_ends"], lines)


def _outcome(comparison: Comparison, changed: ChangedOutcome) -> Lines:
    """The answers, where they ended and where they end, and how many paths and which scenarios these are."""
    words, before, now = comparison.words, comparison.before, comparison.now
    asked = [before.answer(ref, answer) for ref, answer in changed.example.before.given.items()]
    asked += [f"[{words['diff_asked']}] {now.answer(*answer)}" for answer in changed.example.new.items()]
    lines = [(0, " → ".join(asked))] if asked else []
    lines.append((1, f"{words['diff_before']}: {before.node(changed.example.before.end)}"))
    lines.append((1, f"{words['diff_now']}: {now.node(changed.example.now.end)}"))
    lines.append((1, words.say("diff_ends_count", count=words.number(changed.count))))
    scenarios = _listed(comparison, [[(0, now.quoted(name))] for name in changed.scenarios], MAX_NAMED)
    if scenarios:
        lines.append((1, f"{words['review_scenarios']}: {' · '.join(name for _, name in scenarios)}"))
    return lines


def _guide(comparison: Comparison) -> Chapters:
    """The pages of the guide with changed words, by path, and which nodes quote them."""
    before, now, words = comparison.versions.before.pages, comparison.versions.now.pages, comparison.words
    for path in sorted({*before, *now}):
        old, new = before.get(path), now.get(path)
        changes = _page_changes(comparison, old, new)
        quoting = [[(0, comparison.now.node(ref))] for ref in _quoting_nodes(comparison.versions, path)]
        page = new or before[path]
        blocks = [changes, block(words["diff_quoted_on"], _listed(comparison, quoting))] if changes else []
        yield from _chapter(words.say("diff_words", page=page.title), page.file, blocks)


def _page_changes(comparison: Comparison, before: GuidePage | None, now: GuidePage | None) -> Lines:
    """The changes of a page of the guide. The site's own wording does not count."""
    if before and now:
        titles = comparison.text("title", before.title, now.title)
        return [*titles, *comparison.text("text", _text(before), _text(now))]
    page = now or before
    assert page
    name = f"{comparison.words['diff_page']} {comparison.now.quoted(page.title)}"
    return [comparison.new_or_gone(name, is_new=before is None)]


def _text(page: GuidePage) -> str:
    """All that can be quoted of a page, once, as paragraphs of plain text."""
    pieces = [section.html for section in page.sections.values() if not section.above]
    return "\n\n".join(text for piece in pieces for text in paragraphs(piece))


def _quoting_nodes(versions: Versions, path: str) -> Iterator[NodeRef]:
    """The current nodes that quote a section of the page whose words have changed."""
    page = versions.now.pages.get(path)
    sections = {f"{path}#{id}": section for id, section in (page.sections if page else {}).items()}
    former = {reference: versions.before.section(reference) for reference in sections}
    changed = {name for name, was in former.items() if was and was.html != sections[name].html}
    for tree in versions.now.trees.values():
        nodes = (node for node in readable_nodes(tree) if changed.intersection(cited(node)))
        yield from (NodeRef(tree.id, str(node.id)) for node in nodes)


def _saved(comparison: Comparison) -> Chapters:
    """What saved links forget, of all trees."""
    words, blocks = comparison.words, []
    for id, tree in comparison.versions.before.trees.items():
        things = forgotten_answers(comparison.versions, id)
        lost: list[Lines] = [[(0, " → ".join(map(comparison.before.thing, path)))] for path in things]
        blocks.append(block(tree.title, _listed(comparison, lost)))
    yield from _chapter(words["diff_saved"], words["diff_saved_help"], blocks)
