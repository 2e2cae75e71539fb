"""The manual's examples: every fenced block of docs/forfattere/ with the comment before it that says how it is to
be tried.

The comment stands on the line before the fence and is not shown:

    <!-- example: file decision_trees/a.yml -->   a whole file
    <!-- example: edit a -->                      lines for decision_trees/a.yml
    <!-- example: edit a first -->                lines for the node `first` of that tree
    <!-- example: mistake a first -->             the same, tried aside: the next block is what a check says
    <!-- example: messages 2027-11-25 -->         what a check on that day says
    <!-- example: setting -->                     what mkdocs.yml holds under `extra`

Lines of an `edit` take the place of those with the same beginning (`goto:`, `- answer: Ja`), or are added at the
end of where they belong. Edits add up from page to page, so that a reader who follows has the same file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MANUAL = "docs/forfattere"
PAGES = [
    "index.md",
    "ret.md",
    "tidligere-svar.md",
    "trin.md",
    "flere-svar.md",
    "sager.md",
    "lister.md",
    "gennemgang.md",
    "ny.md",
    "fejl.md",
    "noegler.md",
]
"""In the order in which they are read."""
BLOCK = re.compile(r"(?:^<!-- example: (.+?) -->\n)?^```(\w*)\n(.*?)^```$", re.M | re.S)
# Where the entries of a list stand, by how they begin.
LISTS = {"answer": "answers:", "item": "items:", "when": "parts:", "name": "scenarios:"}


@dataclass(frozen=True)
class Example:
    """A fenced block."""

    page: str
    line: int
    language: str
    how: tuple[str, ...]
    """The words of the comment."""
    text: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def examples(root: Path) -> Iterator[Example]:
    for page in PAGES:
        text = (root / MANUAL / page).read_text("utf-8")
        for found in BLOCK.finditer(text):
            line = text.count("\n", 0, found.start(3))
            yield Example(page, line, found[2], tuple((found[1] or "").split()), found[3])


def file_of(root: Path, example: Example) -> Path:
    """The file that an example is written into."""
    target = example.how[1]
    return root / (target if "/" in target else f"decision_trees/{target}.yml")


def apply(root: Path, example: Example) -> None:
    """Writes an example into the project at `root`."""
    target, path = example.how[1], file_of(root, example)
    if "/" in target:
        path.write_text(example.text, "utf-8")
    else:
        path.write_text(edited(path.read_text("utf-8"), example.text, *example.how[2:]), "utf-8")


def edited(text: str, lines: str, node: str = "") -> str:
    """`text` with an example's lines in it, at the top or in one of its nodes."""
    whole = text.splitlines()
    for block in _blocks(lines.splitlines()):
        begin, end = _home(whole, block[0], node)
        depth = min(_depth(line) for line in whole[begin:end] if line.strip())
        beside = [i for i in range(begin, end) if _depth(whole[i]) == depth]
        at = next((i for i in beside if _head(whole[i]) == _head(block[0])), None)
        if at is None:
            at = after = _end(whole, end)
            block = ["", *block] if depth == 2 and not node else block
        else:
            after = _end(whole, next((i for i in beside if i > at), end))
        whole[at:after] = block
    return "\n".join(whole) + "\n"


def _end(whole: list[str], end: int) -> int:
    """Where the lines before `end` end that are not empty."""
    while not whole[end - 1].strip():
        end -= 1
    return end


def _depth(line: str) -> int:
    """How far a line is indented; -1 for an empty one."""
    return len(line) - len(line.lstrip()) if line.strip() else -1


def _head(line: str) -> str:
    """What tells an entry from its neighbours: its key, or the whole first line of a list's entry."""
    line = line.strip()
    return line if line.startswith("- ") else line.partition(":")[0]


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    """The parts of an example: each begins as far out as the first line."""
    block: list[str] = []
    for line in lines:
        if block and _depth(line) == _depth(lines[0]):
            yield block[: _end(block, len(block))]
            block = []
        block.append(line)
    yield block


def _home(whole: list[str], first: str, node: str) -> tuple[int, int]:
    """The lines, begin and end, among which an example belongs."""
    begin, end = 0, len(whole)
    if node:
        begin, end = _inside(whole, f"{node}:", begin, end)
    elif _depth(first) > 0 and not first.strip().startswith("-"):
        begin, end = _inside(whole, "nodes:", begin, end)
    if first.strip().startswith("- "):
        begin, end = _inside(whole, LISTS[first.strip()[2:].partition(":")[0]], begin, end)
    return begin, end


def _inside(whole: list[str], head: str, begin: int, end: int) -> tuple[int, int]:
    at = next(i for i in range(begin, end) if whole[i].strip() == head)
    after = (i for i in range(at + 1, end) if 0 <= _depth(whole[i]) <= _depth(whole[at]))
    return at + 1, next(after, end)
