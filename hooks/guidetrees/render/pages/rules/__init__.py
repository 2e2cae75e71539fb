"""The rules' documentation as pages, for authors: in a preview, and out of search."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from guidetrees.check.rule_docs import RuleDoc, entries, failing
from guidetrees.messages.words import Words
from guidetrees.project.urls import REVIEW
from guidetrees.render.context import Site
from guidetrees.render.page import Page, named_page

FOLDER = f"{REVIEW}/rules"
SOURCE = "hooks/guidetrees/check/rules"
"""The folder of the rules, which have their texts and examples with them."""

Piece = tuple[str, list[tuple[str, bool]]]
"""A file of an example: its name, and its lines, each with whether it is marked."""


@dataclass(frozen=True, slots=True)
class RulePage:
    """The view of a rule's page."""

    doc: RuleDoc
    failing: list[Piece]
    fixed: list[Piece]
    output: tuple[str, ...]
    """What `make check` prints of the failing example."""


def rule_pages(site: Site) -> Iterator[Page]:
    """The list of the rules, and a page of each. The rules' texts are English in every language."""
    words, rules = site.words, entries()
    levels = {"error": words["rule_error"], "warning": words["rule_warning"], "note": words["rule_note"]}
    view = {"levels": levels, "inline": _inline}
    block = site.render("pages/rules/rules.html", rules=rules, **view)
    yield named_page(words, "rules", f"{FOLDER}/index.html", block, SOURCE)
    for rule in rules:
        block = site.render("pages/rules/rule.html", page=_rule_page(rule, words), **view)
        yield Page(f"{FOLDER}/{rule.id}.md", rule.id, words["rules_lead"], "rules", block, SOURCE, "en")


def _rule_page(rule: RuleDoc, words: Words) -> RulePage:
    example, found = rule.example, failing(rule.id)
    named = {(finding.problem.location.file, finding.problem.location.line) for finding in found}
    failing_pieces = [
        (file, [(line[2:], (file, number) in named) for number, line in enumerate(lines, 1)])
        for file, lines in example.lines("+").items()
    ]
    fixed_pieces = [
        (file, [(line[2:], line.startswith("+")) for line in lines]) for file, lines in example.lines("-").items()
    ]
    return RulePage(rule, failing_pieces, fixed_pieces, tuple(words.tell(finding.line) for finding in found))


def _inline(text: str) -> Markup:
    """A text of a rule; what is between backticks is code."""
    return Markup(re.sub("`([^`]+)`", r"<code>\1</code>", str(escape(text))))
