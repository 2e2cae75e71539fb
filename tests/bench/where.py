"""Where the time of a build goes: processor time by parts of the work, each without the parts inside it.

python -m bench.where 2000
"""

from __future__ import annotations

import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from types import GeneratorType
from typing import Any

from .guides import write_guide

PARTS = {
    "reading": ("guidetrees.project.project:read_project",),
    "checks": ("guidetrees.check.checker:errors",),
    "pages of nodes": ("guidetrees.render.site_pages:node_page",),
    "start pages": ("guidetrees.render.pages.start:start_page",),
    "maps": ("guidetrees.render.map.drawing:draw",),
    "documents for review": ("guidetrees.render.pages.review:review_pages",),
    "lists": (
        "guidetrees.render.pages.a_to_z:a_to_z_pages",
        "guidetrees.render.pages.coverage:coverage_pages",
        "guidetrees.render.pages.external_links:external_links_pages",
        "guidetrees.render.pages.external_links:linking_page",
        "guidetrees.render.pages.share:share_pages",
    ),
    "search": (
        "guidetrees.search.documents:entries",
        "guidetrees.search.documents:entries_of_docs",
        "guidetrees.search.inverted_index:search_files",
    ),
    "filling frames": ("guidetrees.publish.page_shell:PageShell.fill",),
    "writing files": ("guidetrees.publish.site_files:write_file", "shutil:rmtree"),
    "the site builder: frames, the guide's pages": ("mkdocs.commands.build:build",),
}
"""Parts of the work, and the functions that do it."""
REST = "imports, settings"


class Clock:
    """Adds up processor time for the part that is at work."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self.at_work = [REST]
        self.since = time.process_time()

    def switch(self) -> None:
        now = time.process_time()
        self.spent[self.at_work[-1]] += now - self.since
        self.since = now

    def enter(self, part: str) -> None:
        self.switch()
        self.at_work.append(part)

    def leave(self) -> None:
        self.switch()
        self.at_work.pop()

    def timed(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def call(*args: Any, **named: Any) -> Any:
            self.enter(part)
            try:
                given = function(*args, **named)
            finally:
                self.leave()
            if isinstance(given, GeneratorType):
                return self._stepped(part, given)
            return self.timed(part, given) if part == "maps" and callable(given) else given

        return call

    def _stepped(self, part: str, given: Iterator[Any]) -> Iterator[Any]:
        while True:
            self.enter(part)
            try:
                item = next(given)
            except StopIteration:
                return
            finally:
                self.leave()
            yield item


def _watch(clock: Clock) -> None:
    """Puts the clock before each function, wherever it has been imported to."""
    for part, places in PARTS.items():
        for place in places:
            module, _, name = place.partition(":")
            holder: Any = __import__(module, fromlist=["_"])
            *outer, name = name.split(".")
            for step in outer:
                holder = getattr(holder, step)
            function = getattr(holder, name)
            timed = clock.timed(part, function)
            setattr(holder, name, timed)
            for other in list(sys.modules.values()):
                for known, value in list(vars(other).items()) if other else ():
                    if value is function:
                        setattr(other, known, timed)


def main(nodes: int) -> None:
    with TemporaryDirectory(prefix="bench-") as folder:
        write_guide(nodes, Path(folder) / "guide")
        os.chdir(Path(folder) / "guide")
        sys.path.insert(0, "hooks")
        clock = Clock()
        import mkdocs.__main__

        import mkdocs_hook  # noqa: F401 - so that its imports are there to be watched

        _watch(clock)
        sys.argv = ["mkdocs", "build", "--quiet"]
        try:
            mkdocs.__main__.cli()
        except SystemExit as done:
            assert not done.code, done.code
        clock.switch()
    whole = sum(clock.spent.values())
    for part, seconds in sorted(clock.spent.items(), key=lambda spent: -spent[1]):
        print(f"| {part} | {seconds:.2f} s | {seconds / whole:.0%} |")


if __name__ == "__main__":
    main(int(sys.argv[1]))
