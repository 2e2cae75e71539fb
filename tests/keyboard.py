"""What has the focus in a browser, and whether its frame can be seen."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

# By keyboard

# What has the focus: its words, whether a frame shows, how that stands out, whether it can be seen, and whether it
# is the element asked about.
FOCUSED = """(target) => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = channels(colour).slice(0, 3).map((c) => c / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      if ((channels(colour)[3] ?? 1) === 1) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const element = document.activeElement;
  const frames = [getComputedStyle(element), getComputedStyle(element, "::before")];
  const frame = frames.find((s) => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2);
  const box = [...element.getClientRects()].find((r) => r.width && r.height) ?? element.getBoundingClientRect();
  // A tall element may end below the window: its middle or its upper edge is seen.
  const uppermost = [box.y + box.height / 2, box.y + 4].map((y) =>
    document.elementFromPoint(box.x + box.width / 2, y));
  // A frame that lies around its element lies on what is around it.
  const around = frame && parseFloat(frame.outlineOffset) >= 0 ? element.parentElement : element;
  return {
    what: `${element.tagName} ${(element.textContent.trim() || element.title || element.className).slice(0, 40)}`,
    reached: element === target,
    over: element === document.body,
    framed: Boolean(frame),
    contrast: frame ? contrast(frame.outlineColor, ground(around)) : 0,
    seen: uppermost.some((top) => top && (element.contains(top) || top.contains(element))),
  };
}"""


def stops(page: Page, key: str = "Tab", limit: int = 150) -> list[dict[str, Any]]:
    """The stops on the way through a page, until the focus leaves it."""
    found: list[dict[str, Any]] = []
    for _ in range(limit):
        page.keyboard.press(key)
        stop = page.evaluate(FOCUSED)
        if stop["over"]:
            return found
        if not stop["seen"]:  # it is still being scrolled into view
            page.wait_for_timeout(200)
            stop = page.evaluate(FOCUSED)
        found.append(stop)
    raise AssertionError(f"the focus never leaves the page: {found[-3:]}")


def assert_all_are_seen(found: list[dict[str, Any]]) -> None:
    assert [stop for stop in found if not stop["framed"]] == []
    assert [stop for stop in found if not stop["seen"]] == []
    assert [stop for stop in found if stop["contrast"] < 3] == []


def assert_the_first_stop_is_the_first_answer(page: Page) -> None:
    """Of a question's page that has just been opened. The way back comes before the heading, where a page begins,
    and links in a question's help come before its answers."""
    expect(page.locator("h1")).to_be_focused()
    for _ in range(1 + page.locator("article :is(.gt-help, .gt-part) a:visible").count()):
        page.keyboard.press("Tab")
    expect(page.locator(".gt-answer:visible > a, .gt-choices input").first).to_be_focused()
