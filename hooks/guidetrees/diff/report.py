"""What has changed between two versions, as plain text in the site's words: to read, and to send in a mail."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby

from guidetrees.diff.changes import Change, Group, Part, compare
from guidetrees.diff.guide_changes import Reworded, reworded
from guidetrees.diff.lost_urls import forgotten, vanished
from guidetrees.diff.outcomes import Ends, Step, Turn, ends
from guidetrees.diff.versions import Versions
from guidetrees.diff.wording import (
    FIELDS,
    STEP,
    WIDTH,
    Telling,
    part_words,
    place_words,
    said_words,
    sayer,
    wrapped,
)
from guidetrees.graph.graph import NodeRef
from guidetrees.messages.words import Words
from guidetrees.project.project import CONTACTS

MAX_LISTED = 20
"""Ends, addresses and saved answers of a tree that are listed."""


def tell(versions: Versions, words: Words, base: str) -> str:
    """Everything that has changed for readers since `base`, or that nothing has."""
    telling = Telling(versions, words)
    chapters = [*_chapters(telling), *(_guide(telling, page) for page in reworded(versions)), _saved(telling)]
    blocks = [block for chapter in chapters if (block := "\n".join(chapter))]
    head = words.say("diff_since" if blocks else "diff_none", base=base)
    return "\n\n\n".join([head, *blocks]) + "\n"


def _chapters(telling: Telling) -> Iterator[Iterator[str]]:
    """A tree or a register each, in the order of their files, those included of which only addresses changed."""
    versions = telling.versions
    groups = {group.file: group for group in compare(versions)}
    for before, now in versions.trees.items():
        file = versions.now.trees[now].file
        groups.setdefault(file, Group(before, now, file, ()))
    gone = vanished(versions)
    for _, group in sorted(groups.items()):
        yield _chapter(telling, group, gone.get(group.before or "", []))


def _chapter(telling: Telling, group: Group, gone: Sequence[str]) -> Iterator[str]:
    found = ends(telling.versions, group.before) if group.before else Ends()
    parts = [
        *(_thing(telling, group, parts, list(changes)) for parts, changes in groupby(group.changes, _parts)),
        _ends(telling, found),
        _pages(telling, gone),
    ]
    blocks = [block for part in parts if (block := "\n".join(part))]
    yield from _under(_heading(telling, group), group.file, blocks)


def _under(title: str, file: str, blocks: Sequence[str]) -> Iterator[str]:
    """A chapter's blocks under its title; nothing where there are none."""
    if blocks:
        yield title
        yield "=" * min(WIDTH, len(title))
        yield file
        for block in blocks:
            yield ""
            yield block


def _guide(telling: Telling, page: Reworded) -> Iterator[str]:
    """What has changed in the guide's words on one of its pages."""
    lines = _thing(telling, page.group, (), list(page.group.changes))
    blocks = ["\n".join(lines), "\n".join(_quoted_on(telling, page.quoted_on))]
    yield from _under(
        telling.words.say("diff_words", page=page.title), page.group.file, list(filter(None, blocks))
    )


def _quoted_on(telling: Telling, pages: Sequence[NodeRef]) -> Iterator[str]:
    if pages:
        yield telling.words["diff_quoted_on"]
        for address in pages[:MAX_LISTED]:
            yield from wrapped(place_words(telling, telling.versions.now, address, None), 1)
        yield from _left(telling, pages)


def _parts(change: Change) -> tuple[Part, ...]:
    """What stands under one heading: a node with its answers and items, or an entry of a register."""
    return change.parts[:1]


def _heading(telling: Telling, group: Group) -> str:
    versions = telling.versions
    if group.now:
        return str(versions.now.trees[group.now].title)
    if group.before:
        return str(versions.before.trees[group.before].title)
    return telling.words["diff_contact" if group.file == CONTACTS else "updates"]


# Changes


def _thing(telling: Telling, group: Group, parts: tuple[Part, ...], changes: list[Change]) -> Iterator[str]:
    """A tree, node or entry with all that has changed in it; each part in it is named once."""
    shown: tuple[Part, ...] = ()
    for (around, field), same in groupby(changes, lambda change: (change.parts, change.field)):
        told = list(same)
        kept = next((i for i, (a, b) in enumerate(zip(shown, around, strict=False)) if a != b),
                    min(len(shown), len(around)))  # fmt: skip
        if told[0].kind == "whole":
            yield from _whole(telling, around, told[0], kept)
        else:
            for depth in range(kept, len(around)):
                yield from wrapped(part_words(telling, around[depth]), depth)
            yield from _field(telling, group, told, field, len(around))
        shown = around


def _whole(telling: Telling, parts: tuple[Part, ...], change: Change, kept: int) -> Iterator[str]:
    """A thing that has come or gone."""
    what = telling.words["diff_added" if change.now else "diff_gone"]
    for depth in range(kept, len(parts) - 1):
        yield from wrapped(part_words(telling, parts[depth]), depth)
    name = part_words(telling, parts[-1]) if parts else telling.words["tree"]
    yield from wrapped(f"{name}: {what}", max(0, len(parts) - 1))


def _field(telling: Telling, group: Group, changes: list[Change], field: str, depth: int) -> Iterator[str]:
    words, kind = telling.words, changes[0].kind
    name = words["diff_kind"] if kind == "kind" else telling.named(FIELDS, field)
    told = {"layout": "diff_layout", "order": "diff_order"}.get(kind)
    yield from wrapped(f"{name}: {words[told]}" if told else name, depth)
    if kind == "layout":  # the same words
        return
    say = sayer(telling, field, kind)
    for change in changes:
        before = [say(telling.versions.before, group.before, value) for value in change.before]
        now = [say(telling.versions.now, group.now, value) for value in change.now]
        yield from _lines(telling, kind, before, now, depth + 1)


def _lines(telling: Telling, kind: str, before: list[str], now: list[str], depth: int) -> Iterator[str]:
    """What was and what is. A list says what has come and gone; a text that has changed, how it read and reads."""
    lists = kind == "names"
    was, is_ = ("diff_gone", "diff_added") if lists or not (before and now) else ("diff_before", "diff_now")
    glue = " · " if kind == "order" else " "
    for what, said in ((was, before), (is_, now)):
        for line in said if lists else [glue.join(said)] if said else []:
            yield from wrapped(f"{telling.words[what]}: {line}", depth)


# Ends, addresses, saved links


def _ends(telling: Telling, found: Ends) -> Iterator[str]:
    if not found.turns and found.whole:
        return
    yield telling.words["diff_ends"]
    for turn in found.turns[:MAX_LISTED]:
        yield from _turn(telling, turn)
    yield from _left(telling, found.turns)
    if not found.whole:
        yield from wrapped(telling.words["diff_ends_open"], 1)


def _turn(telling: Telling, turn: Turn) -> Iterator[str]:
    """`answers → before → now`."""
    versions, words = telling.versions, telling.words
    if turn.steps:
        yield from wrapped(" → ".join(_step(telling, step) for step in turn.steps), 1)
    was = place_words(telling, versions.before, turn.before, _home(turn, is_before=True) or turn.before.tree)
    is_ = place_words(telling, versions.now, turn.now, _home(turn, is_before=False) or turn.now.tree)
    for what, place in (("diff_before", was), ("diff_now", is_)):
        yield from wrapped(f"{words[what]}: {place}", 2)
    if turn.count is not None:
        yield from wrapped(words.say("diff_ends_count", count=words.number(turn.count)), 2)


def _home(turn: Turn, is_before: bool) -> str | None:
    """The tree that the answers are given in."""
    edges = (step.before if is_before else step.now for step in turn.steps)
    return next((edge.source.tree for edge in edges if edge), None)


def _step(telling: Telling, step: Step) -> str:
    versions = telling.versions
    if step.before:
        return said_words(telling, versions.graph_before, step.before.source, step.before.answer)
    assert step.now
    only_now = telling.words["diff_asked"]
    return f"[{only_now}] {said_words(telling, versions.graph_now, step.now.source, step.now.answer)}"


def _pages(telling: Telling, gone: Sequence[str]) -> Iterator[str]:
    if gone:
        yield telling.words["diff_pages"]
        yield from wrapped(telling.words["diff_pages_help"], 1)
        yield from (f"{STEP * 2}{page}" for page in gone[:MAX_LISTED])
        yield from _left(telling, gone)


def _saved(telling: Telling) -> Iterator[str]:
    """What saved links forget, of all trees, said once."""
    found = forgotten(telling.versions)
    if not found:
        return
    yield telling.words["diff_saved"]
    yield "=" * len(telling.words["diff_saved"])
    yield from textwrap.wrap(telling.words["diff_saved_help"], WIDTH)
    for tree, lost in found.items():
        yield ""
        yield str(telling.versions.before.trees[tree].title)
        for parts in lost[:MAX_LISTED]:
            yield from wrapped(" → ".join(part_words(telling, part) for part in parts), 1)
        yield from _left(telling, lost)


def _left(telling: Telling, listed: Sequence[object]) -> Iterator[str]:
    if len(listed) > MAX_LISTED:
        yield STEP + telling.words.say("diff_left", count=telling.words.number(len(listed) - MAX_LISTED))
