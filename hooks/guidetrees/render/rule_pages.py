"""The rules' manual as pages of the site, beside the documents for review: for authors, out of search."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from types import SimpleNamespace

from markupsafe import Markup, escape

from guidetrees.check.rule_docs import RuleDoc, entries, failing
from guidetrees.check.rule_examples import Example, Files
from guidetrees.project.urls import PARENT, REVIEW
from guidetrees.render.render import REVIEW_STYLE, Page, filled
from guidetrees.render.views import RenderContext

FOLDER = f"{REVIEW}/rules"
SOURCE = "hooks/guidetrees/check/rules"
"""Where the rules' texts and examples stand."""


def rule_pages(press: RenderContext) -> Iterator[Page]:
    """A page that lists the rules, and one of each."""
    words = press.words
    levels = {
        "error": words["rule_error"],
        "warning": words["rule_warning"],
        "note": words["rule_note"],
    }
    rules = entries()
    listed = [SimpleNamespace(id=rule.id, level=levels[rule.level], asks=_inline(rule.asks)) for rule in rules]
    view = _view("", rules=listed)
    yield filled(press, f"{FOLDER}/index.md", words["rules"], words["rules_lead"], SOURCE, "rules.html", view)
    for rule in rules:
        view = _rule_view(rule, levels[rule.level])
        yield filled(press, f"{FOLDER}/{rule.id}.md", rule.id, words["rules_lead"], SOURCE, "rule.html", view)


def _view(language: str, **values: object) -> SimpleNamespace:
    return SimpleNamespace(id="rules", language=language, style=PARENT * 2 + REVIEW_STYLE, **values)


def _rule_view(rule: RuleDoc, level: str) -> SimpleNamespace:
    """What a rule's page shows. The rules' own texts are English whatever the site's language is."""
    example, found = rule.example, failing(rule.id)
    named = {(finding.problem.location.file, finding.problem.location.line) for finding in found}
    return _view(
        "en",
        level=level,
        kind=rule.level,
        asks=_inline(rule.asks),
        more=[_inline(paragraph) for paragraph in rule.more],
        failing=list(_pieces(example.failing, named)),
        mended=list(_pieces(example.fixed, set(_changed(example)))),
        says=[str(finding) for finding in found],
        along=example.along,
        tables=rule.tables,
    )


def _pieces(files: Files, marked: set[tuple[str, int]]) -> Iterator[SimpleNamespace]:
    for file, text in files.items():
        lines = [
            SimpleNamespace(
                indent=line[: len(line) - len(line.lstrip())],
                text=line.lstrip(),
                marked=(file, number) in marked,
            )
            for number, line in enumerate(text.splitlines(), 1)
        ]
        yield SimpleNamespace(name=file, lines=lines)


def _changed(example: Example) -> Iterator[tuple[str, int]]:
    """Where the fixed example differs from the failing one: files and lines."""
    for file, text in example.fixed.items():
        before, now = example.failing.get(file, "").splitlines(), text.splitlines()
        if len(before) == len(now):
            yield from ((file, number) for number, (a, b) in enumerate(zip(before, now, strict=True), 1) if a != b)
            continue
        for tag, _, _, first, last in SequenceMatcher(None, before, now).get_opcodes():
            if tag != "equal":
                yield from ((file, line + 1) for line in range(first, last))


def _inline(text: str) -> Markup:
    """A text of a rule, what stands between backticks as code."""
    return Markup(re.sub("`([^`]+)`", r"<code>\1</code>", str(escape(text))))
