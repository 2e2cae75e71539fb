"""A theme's style without what no page of a site can match.

The style is read as its blocks and its selectors, no further: what is not understood stays. A selector goes when
it asks for a class, a direction or an attribute of the theme's that no page and no script of the site has; a
variable of the theme's when no rule reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

STRING = r""""(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'"""
COMMENT = re.compile(rf"/\*.*?\*/|({STRING})", re.S)
SPACE = re.compile(rf"({STRING})|\s*([{{}};,])\s*|\s+", re.S)
MARK = re.compile(rf"[{{}}]|{STRING}", re.S)
"""Where a block begins or ends; strings are passed over."""
CHARSET = re.compile(r'@charset "[^"]*";')
GROUPS = ("@media", "@supports")
"""Blocks that hold rules."""
COMMA = re.compile(r",(?![^(\[]*[)\]])")
"""Between two selectors, and not between the arguments of one."""
ARGUMENTS = re.compile(r"\([^()]*\)")
NEEDS = re.compile(r"\.(-?[a-zA-Z_][\w-]*)|\[(dir=|data-md-)\"?([\w-]*)")
"""What a selector asks for: a class, a direction, an attribute of the theme's."""
OF_ONE_BROWSER = re.compile(r":-|::-")
"""Selectors that not every browser knows: a list with one is for no other browser. Without it, it would be."""
VARIABLE = re.compile(rf"(--md-[\w-]+):((?:{STRING}|\((?:{STRING}|[^()])*\)|[^;{{}}()\"'])*);?", re.S)
READ = re.compile(r"var\(\s*(--md-[\w-]+)")
CLASSES, DIRECTION = re.compile(r'class="([^"]*)"'), re.compile(r'dir="(\w+)"')
OF_THE_THEME = re.compile(r"data-md-[\w-]+")
WORD = re.compile(r"[a-zA-Z_][\w-]*")


def names_in_page(html: str) -> set[str]:
    """The classes of a page's elements, its directions (as `dir=ltr`), and the attributes of the theme's."""
    names = {name for classes in set(CLASSES.findall(html)) for name in classes.split()}
    names.update(f"dir={direction}" for direction in DIRECTION.findall(html))
    return names.union(OF_THE_THEME.findall(html))


def words_in(text: str) -> set[str]:
    """All that may be a name in a script, or in a text that brings classes along."""
    return set(WORD.findall(text))


def without_charset(css: str) -> str:
    """A style that can be one part of several."""
    return CHARSET.sub("", css)


def compact(css: str) -> str:
    """A style without comments and the white space around marks."""
    bare = COMMENT.sub(lambda found: found[1] or "", css)
    return SPACE.sub(lambda found: found[1] or found[2] or " ", bare).strip()


def pruned(css: str, names: set[str], others: Iterable[str] = ()) -> str:
    """A minified style without the rules that match no element with these names, and without the theme's variables
    that neither it nor `others`, the styles beside it, read."""
    kept = "".join(_kept(css, names))
    read_by_others = {name for other in others for name in READ.findall(other)}
    while True:
        read = read_by_others.union(READ.findall(kept))
        less = VARIABLE.sub(lambda found: found[0] if found[1] in read else "", kept)  # noqa: B023
        if less == kept:
            return less
        kept = less


def _kept(css: str, names: set[str]) -> Iterator[str]:
    for prelude, inside in blocks(css):
        if prelude.startswith(GROUPS):
            rules = "".join(_kept(inside, names))
            if rules:
                yield f"{prelude}{{{rules}}}"
        elif selectors := prelude if prelude.startswith("@") else _matching(prelude, names):
            yield f"{selectors}{{{inside}}}"


def blocks(css: str) -> Iterator[tuple[str, str]]:
    """The blocks of a style: what is before each, and what is in it."""
    depth = start = opened = 0
    for mark in MARK.finditer(css):
        if mark[0] == "{":
            depth += 1
            if depth == 1:
                opened = mark.start()
        elif mark[0] == "}":
            depth -= 1
            if depth == 0:
                yield css[start:opened], css[opened + 1 : mark.start()]
                start = mark.end()


def _matching(prelude: str, names: set[str]) -> str:
    """The selectors of a list that may match."""
    selectors = COMMA.split(prelude)
    found = [selector for selector in selectors if _may_match(selector, names)]
    return prelude if found and OF_ONE_BROWSER.search(prelude) else ",".join(found)


def _may_match(selector: str, names: set[str]) -> bool:
    bare = selector
    while (less := ARGUMENTS.sub("", bare)) != bare:
        bare = less
    if "\\" in bare:
        return True
    return all(f"{attribute}{value}{name}" in names for name, attribute, value in NEEDS.findall(bare))
