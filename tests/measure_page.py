"""What the engine's script costs a reader: long tasks of a question page beside a page of the bare theme.

    .venv/bin/python tests/measure_page.py SITE BARE

with the folders of two built sites, the second one without the hook. The CPU is slowed down four times. No
test: figures depend on the machine, so both are measured in one run, in turn.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

from browser import launch
from conftest import serve
from playwright.sync_api import Browser

RUNS = 15
QUESTION = "er-det-digital-behandling/hvem.html#sundhedsfaglig=ja&konkret-patient=ja"
OUTCOME = (
    "er-det-digital-behandling/digital.html#sundhedsfaglig=ja&konkret-patient=ja&hvem=autoriseret&teknologi=ja"
)
WATCH = """
window.tasks = [];
new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration)))
  .observe({ type: "longtask", buffered: true });
"""


def long_tasks(browser: Browser, url: str) -> list[float]:
    """The tasks over 50 ms while a page loads, in ms."""
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.add_init_script(WATCH)
    page.goto(url, wait_until="networkidle")
    page.wait_for_timeout(300)
    found = page.evaluate("window.tasks")
    context.close()
    return list(map(float, found))


def main(site: str, bare: str) -> None:
    pages = {"bare theme": (bare, "om.html"), "question": (site, QUESTION), "outcome": (site, OUTCOME)}
    found: dict[str, list[list[float]]] = {name: [] for name in pages}
    with launch() as browser, serve(Path(site)) as whole, serve(Path(bare)) as plain:
        for _ in range(RUNS):
            for name, (folder, path) in pages.items():
                found[name].append(long_tasks(browser, (whole if folder == site else plain) + path))
    for name, runs in found.items():
        count = statistics.median(map(len, runs))
        longest = statistics.median(max(run, default=0) for run in runs)
        total = statistics.median(map(sum, runs))
        print(f"{name:12} {count:.0f} long tasks, the longest {longest:.0f} ms, together {total:.0f} ms")


if __name__ == "__main__":
    main(*sys.argv[1:])
