"""The rules' documentation as pages, for authors: in a preview, and out of search."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from markupsafe import Markup, escape

from guidetrees.check.rule_docs import RuleDoc, entries, failing
from guidetrees.check.rule_examples import Example, Files
from guidetrees.parse.forms import Table
from guidetrees.project.urls import PARENT, REVIEW
from guidetrees.render.assets import REVIEW_STYLE
from guidetrees.render.context import RenderContext
from guidetrees.render.page import Page

FOLDER = f"{REVIEW}/rules"
SOURCE = "hooks/guidetrees/check/rules"
"""The folder of the rules, which have their texts and examples with them."""
STYLE = PARENT * 2 + REVIEW_STYLE


@dataclass(frozen=True, slots=True)
class ListedRule:
    """A rule in the list."""

    id: str
    level: str
    asks: Markup


@dataclass(frozen=True, slots=True)
class RulesPage:
    """The view of the list."""

    style: str
    rules: list[ListedRule]


@dataclass(frozen=True, slots=True)
class PieceLine:
    """A line of an example."""

    indent: str
    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A file of an example."""

    name: str
    lines: list[PieceLine]


@dataclass(frozen=True, slots=True)
class RulePage:
    """The view of a rule's page."""

    style: str
    level: str
    """In words."""
    kind: str
    """`error`, `warning` or `note`."""
    asks: Markup
    more: list[Markup]
    failing: list[Piece]
    fixed: list[Piece]
    output: list[str]
    """What `make check` prints of the failing example."""
    along: tuple[str, ...]
    """Rules that the failing example breaks as well."""
    tables: tuple[Table, ...]


def rule_pages(context: RenderContext) -> Iterator[Page]:
    """The list of the rules, and a page of each. The rules' texts are English in every language."""
    words, rules = context.words, entries()
    levels = {"error": words["rule_error"], "warning": words["rule_warning"], "note": words["rule_note"]}
    listed = [ListedRule(rule.id, levels[rule.level], _inline(rule.asks)) for rule in rules]
    block = context.render("pages/rules/rules.html", page=RulesPage(STYLE, listed))
    yield Page(f"{FOLDER}/index.md", words["rules"], words["rules_lead"], "rules", block, SOURCE)
    for rule in rules:
        block = context.render("pages/rules/rule.html", page=_view(rule, levels[rule.level]))
        yield Page(f"{FOLDER}/{rule.id}.md", rule.id, words["rules_lead"], "rules", block, SOURCE, "en")


def _view(rule: RuleDoc, level: str) -> RulePage:
    example, found = rule.example, failing(rule.id)
    named = {(finding.problem.location.file, finding.problem.location.line) for finding in found}
    return RulePage(
        style=STYLE,
        level=level,
        kind=rule.level,
        asks=_inline(rule.asks),
        more=[_inline(paragraph) for paragraph in rule.more],
        failing=list(_pieces(example.failing, named)),
        fixed=list(_pieces(example.fixed, set(_changed(example)))),
        output=[str(finding) for finding in found],
        along=example.along,
        tables=rule.tables,
    )


def _pieces(files: Files, marked: set[tuple[str, int]]) -> Iterator[Piece]:
    for file, text in files.items():
        lines = enumerate(text.splitlines(), 1)
        yield Piece(file, [_line(line, (file, number) in marked) for number, line in lines])


def _line(line: str, marked: bool) -> PieceLine:
    text = line.lstrip()
    return PieceLine(line[: len(line) - len(text)], text, marked)


def _changed(example: Example) -> Iterator[tuple[str, int]]:
    """The files and lines in which the fixed example differs from the failing one."""
    for file, text in example.fixed.items():
        before, now = example.failing.get(file, "").splitlines(), text.splitlines()
        if len(before) == len(now):
            yield from ((file, number) for number, (a, b) in enumerate(zip(before, now, strict=True), 1) if a != b)
            continue
        for tag, _, _, first, last in SequenceMatcher(None, before, now).get_opcodes():
            if tag != "equal":
                yield from ((file, line + 1) for line in range(first, last))


def _inline(text: str) -> Markup:
    """A text of a rule; what is between backticks is code."""
    return Markup(re.sub("`([^`]+)`", r"<code>\1</code>", str(escape(text))))
