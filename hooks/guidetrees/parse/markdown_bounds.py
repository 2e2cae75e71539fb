"""Bounds for the Markdown parser of pages of docs/, which takes hours for some texts of a few pages."""

from __future__ import annotations

import re

from guidetrees.messages.message import Message, say

TOO_DEEP = say("is nested too deep for Markdown")
TOO_LONG = say("is too long without an empty line: divide it into paragraphs")

# How deep brackets and quotations may lie in each other, and how long a text may be without an empty line: the
# Markdown parser looks from each bracket and heading to the end of its block.
MAX_OPEN = 20
MAX_BLOCK_LENGTH = 20_000
EMPTY_LINE = re.compile(r"\n[ \t\r]*\n")
OPEN_QUOTATIONS = re.compile(rf"(?m)^[ \t]*(?:>[ \t]*){{{MAX_OPEN + 1}}}")
OPEN_TAG = re.compile(r"<[a-zA-Z/!?][^<>]*+(?=<|\Z)")
BRACKETS = {"[": ("[", 1), "]": ("[", -1), "(": ("(", 1), ")": ("(", -1)}


def unbounded(text: str) -> Message | None:
    """What the Markdown parser would take time without bound for, in words; None where nothing is."""
    blocks = EMPTY_LINE.split(text)
    if OPEN_QUOTATIONS.search(text) or len(OPEN_TAG.findall(text)) > MAX_OPEN or any(map(_is_too_deep, blocks)):
        return TOO_DEEP
    return TOO_LONG if max(map(len, blocks)) > MAX_BLOCK_LENGTH else None


def _is_too_deep(block: str) -> bool:
    opened = {"[": 0, "(": 0}
    for sign in re.findall(r"[\[\]()]", block):
        kind, more = BRACKETS[sign]
        opened[kind] = max(0, opened[kind] + more)
        if opened[kind] > MAX_OPEN:
            return True
    return False
