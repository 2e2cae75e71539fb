"""How long a reader waits for the first result of a search on a large synthetic guide: from the click that
opens the box to the list, in a new browser each time, over http and from a folder. Part of `make bench`."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from browser import launch
from conftest import serve
from playwright.sync_api import Browser

from .guides import write_guide

QUERIES = (
    "p",
    "pa",
    "patient",
    "opgaverne",
    "sundhedsfaglig behandling",
    "hvilke pligter har jeg som leder ved digital behandling",
    "sunhedsfalig behanling",
    "behandlingspligtsudstyr",
)
"""From a letter, with which much begins, to a question; and words that the site does not have."""

ASK = """async (query) => {
  const once = (found) => new Promise((resolve) => {
    const look = () => (found() ? resolve() : requestAnimationFrame(look));
    look();
  });
  const asked = performance.now();
  document.getElementById("search-open").click();
  await once(() => document.querySelector("dialog[open]"));
  const field = document.getElementById("search-query");
  field.value = query;
  field.dispatchEvent(new InputEvent("input", {bubbles: true}));
  await once(() => document.querySelector("#search-results a"));
  return performance.now() - asked;
}"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.searches", description=__doc__)
    parser.add_argument("--nodes", type=int, default=10_000)
    parser.add_argument("--turns", type=int, default=5, help="how often each query is asked")
    options = parser.parse_args()
    with TemporaryDirectory(prefix="bench-") as folder:
        site = _site(Path(folder) / "guide", options.nodes)
        print(f"{options.nodes} nodes: {_size(site)}", flush=True)
        with launch() as browser, serve(site) as web:
            for query in QUERIES:
                for name, base in (("http", web), ("file", f"{site.as_uri()}/")):
                    found = [first_result(browser, base, query) for _ in range(options.turns)]
                    print(f"  {name}  {median(found):5.0f} ms (at most {max(found):.0f})  {query}", flush=True)
    return 0


def _site(guide: Path, nodes: int) -> Path:
    write_guide(nodes, guide)
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    environment = {**os.environ, "PYTHONPATH": "hooks", "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, cwd=guide, env=environment, check=True)
    return guide / "site"


def _size(site: Path) -> str:
    sizes = [path.stat().st_size for path in (site / "assets/guidetrees").glob("search/*.js")]
    return f"{len(sizes)} files, {sum(sizes) / 1e6:.1f} MB, the largest {max(sizes) / 1e3:.0f} kB"


def first_result(browser: Browser, base: str, query: str) -> float:
    """Milliseconds."""
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(f"{base}index.html", wait_until="networkidle")
    taken = float(page.evaluate(ASK, query))
    context.close()
    return taken


if __name__ == "__main__":
    sys.exit(main())
