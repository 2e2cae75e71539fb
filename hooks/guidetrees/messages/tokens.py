"""The words of a text."""

from __future__ import annotations

import re

WORD = re.compile(r"[^\W\d_]+")


def words(text: str) -> list[str]:
    """The words of a text in lower case, in its order."""
    return [word.lower() for word in WORD.findall(text)]
