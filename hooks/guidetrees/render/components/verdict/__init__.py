"""The verdict at the beginning of an outcome's heading."""

from __future__ import annotations

from dataclasses import dataclass

from guidetrees.parse.model import Outcome
from guidetrees.render.context import Site


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict in words and as a sign."""

    kind: str
    """`yes`, `no`, `caution` or `info`."""
    words: str
    rest: str
    """What follows the words in the heading, before the outcome's own words."""


def verdict_words(site: Site, verdict: str) -> str:
    """The words of a verdict."""
    return site.words[f"verdict_{verdict}"]


def render_verdict(site: Site, outcome: Outcome, marked: str) -> str:
    """The HTML that replaces the words `marked` at the beginning of the heading."""
    words = verdict_words(site, outcome.verdict)
    view = Verdict(outcome.verdict, words, marked[len(words) :])
    return site.render("components/verdict/verdict.html", verdict=view).strip()
