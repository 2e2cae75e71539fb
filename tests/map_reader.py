"""A drawn tree as tests read it: where its lines go, and what a browser marks on it."""

from __future__ import annotations

import re
from typing import Any

from lxml.html import HtmlElement
from playwright.sync_api import Page

from guidetrees.render.map.drawing import TIP

Point = tuple[float, float]

ON = """() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const node = (element) => element.id.replace(/^(map|list)-/, "");
  const words = (element) => element.textContent.replaceAll(/\\s/g, "");
  return {
    boxes: all(".gt-map__box.gt-on").map(node),
    answers: all(".gt-map__answer.gt-on").map((part) => [node(part.parentNode.querySelector("a")), words(part)]),
    outline: all(".gt-outline li.gt-on").map((part) =>
      [node(part.parentNode.parentNode), words(part.querySelector(".gt-outline__answer"))]),
  };
}"""


def on(page: Page) -> dict[str, Any]:
    """What is marked as the way that was taken: boxes by their nodes, answers as pairs of node and words, these
    without spaces, as a line of a map ends where its text has one."""
    found = page.evaluate(ON)
    assert isinstance(found, dict)
    return found


def packed(text: str) -> str:
    """Without spaces, as in what `on` gives."""
    return "".join(text.split())


def points(path: str, start: Point = (0.0, 0.0)) -> list[Point]:
    """All points of an answer's line, from where it leaves its box to the tip of its arrow."""
    found: list[Point] = []
    for command, rest in re.findall("([A-Za-z])([^A-Za-z]*)", path.removesuffix(TIP)):
        numbers = [float(number) for number in re.findall(r"-?\d+", rest)]
        x, y = found[-1] if found else start
        if command in "HhV":
            (to,) = numbers
            found.append((x, to) if command == "V" else (to + x * command.islower(), y))
            continue
        assert command in "Mmq"
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
        found += [(x + right, y + down) for right, down in pairs] if command.islower() else pairs
    return found


def node_of(box: HtmlElement) -> str:
    return str(box.get("id")).removeprefix("map-")


def origin(part: HtmlElement) -> Point:
    """Where a box or an answer of a built map is measured from."""
    x, y = re.findall(r"-?\d+", part.getparent().get("transform"))
    return float(x), float(y)


def entry(box: HtmlElement) -> Point:
    """Where lines to a box end: halfway down its left side."""
    (shape,) = box.xpath("./*[@class='gt-map__shape']")
    x, y = origin(box)
    return x, y + height(shape) // 2


def height(shape: HtmlElement) -> float:
    """Of a box, by its kind's shape."""
    if shape.tag == "rect":
        return float(shape.get("height"))
    half, whole = (re.search(pattern, shape.get("d")) for pattern in (r"l9 ([\d.]+)", r"v([\d.]+)"))
    assert half or whole
    return float(half[1]) * 2 if half else float(whole[1])  # type: ignore[index]
