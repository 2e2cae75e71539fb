"""What a reader's first visit to a page costs: requests, gzipped bytes, when its largest text or picture is there
on a slow network (LCP), what moves (CLS), and the longest task of a slow processor. For a page of each kind,
beside the same pages of other builders.

python -m bench.visit --to visits.json
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urlsplit

import browser as chromium
import other_browsers
from playwright.sync_api import Browser, Page

from .builders import Builder, engine, peers, run

ROOT = Path(__file__).parents[2]
TREE = "er-det-digital-behandling"
PAGES = {
    "question": f"{TREE}/hvem.html",
    "start": f"{TREE}/index.html",
    "outcome": f"{TREE}/digital.html",
    "checklist": "maa-jeg-bruge-appen/overvejelser.html",
    "front": "index.html",
    "guide": "guide/leder.html",
}
"""A page of each kind that readers come to first."""
SLOW_4G = {"offline": False, "latency": 562.5, "downloadThroughput": 180_000, "uploadThroughput": 84_375}
"""The profile "Slow 4G" of Chromium's developer tools: 562.5 ms before each answer, 1.44 Mbit/s down, 0.675 up."""
SLOWDOWN = 4
"""By which the processor is slowed down, as those tools do for a phone of the middle class."""
SETTLED = 400
"""Milliseconds after the last request in which something may still move."""
KINDS = {"html": "pages", "css": "styles", "js": "scripts", "woff2": "fonts"}
WATCH = """
window.seen = { lcp: 0, moved: 0, task: 0 };
const watch = (type, take) =>
  new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
watch("largest-contentful-paint", (entry) => (seen.lcp = entry.startTime));
watch("layout-shift", (entry) => (seen.moved += entry.value));
watch("longtask", (entry) => (seen.task = Math.max(seen.task, entry.duration)));
"""


@dataclass(frozen=True)
class Visit:
    """What the first visit to one page costs."""

    site: str
    page: str
    requests: int
    bytes: dict[str, int]
    """Gzipped, by what they are."""
    lcp: float
    """Milliseconds until the largest picture or text is painted, on SLOW_4G."""
    moved: float
    """Cumulative layout shift, on SLOW_4G."""
    task: float
    """Milliseconds of the longest task, at SLOWDOWN; 0 if none takes 50."""
    firefox: tuple[int, int] | None
    """Requests and gzipped bytes there."""


class Counting(http.server.SimpleHTTPRequestHandler):
    """A web server that gzips, and writes down what it sends."""

    protocol_version = "HTTP/1.1"
    sent: list[tuple[str, int]]

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        found = path.is_file()
        plain = path.read_bytes() if found else b""
        is_packed = found and path.suffix != ".woff2"
        body = gzip.compress(plain, 6, mtime=0) if is_packed else plain
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        if is_packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)
        self.sent.append((unquote(urlsplit(self.path).path), len(body)))

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def counted(folder: Path) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """The address of a site, and what is asked for there."""
    sent: list[tuple[str, int]] = []
    handler = functools.partial(type("OneSite", (Counting,), {"sent": sent}), directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", sent
        server.shutdown()


def by_kind(sent: list[tuple[str, int]]) -> dict[str, int]:
    kinds: dict[str, int] = {}
    for path, size in sent:
        kind = KINDS.get(path.rpartition(".")[2], "other")
        kinds[kind] = kinds.get(kind, 0) + size
    return kinds


@contextmanager
def phone(started: Browser) -> Iterator[Page]:
    """A page without a cache on a phone."""
    context = started.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2)
    context.add_init_script(WATCH)
    yield context.new_page()
    context.close()


def seen(page: Page, address: str) -> dict[str, float]:
    page.goto(address, wait_until="networkidle", timeout=60_000)
    page.wait_for_timeout(SETTLED)
    found: dict[str, float] = page.evaluate("seen")
    return found


def on_slow_network(started: Browser, address: str) -> dict[str, float]:
    with phone(started) as page:
        tools = page.context.new_cdp_session(page)
        tools.send("Network.enable")
        tools.send("Network.emulateNetworkConditions", SLOW_4G)
        return seen(page, address)


def on_slow_processor(started: Browser, address: str) -> dict[str, float]:
    with phone(started) as page:
        tools = page.context.new_cdp_session(page)
        tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
        return seen(page, address)


def visits(
    site: str, folder: Path, turns: int, started: Browser, firefox: dict[str, tuple[int, int]]
) -> Iterator[Visit]:
    with counted(folder) as (base, sent):
        for kind, path in PAGES.items():
            sent.clear()
            slow = [on_slow_network(started, base + path)]
            first = list(sent)
            slow += [on_slow_network(started, base + path) for _ in range(turns - 1)]
            tasks = [on_slow_processor(started, base + path)["task"] for _ in range(turns)]
            yield Visit(
                site,
                kind,
                len(first),
                by_kind(first),
                median(one["lcp"] for one in slow),
                max(one["moved"] for one in slow),
                median(tasks),
                firefox.get(kind),
            )


def in_firefox(folder: Path) -> dict[str, tuple[int, int]]:
    """Requests and bytes of each page's first visit there; nothing where there is no Firefox."""
    found: dict[str, tuple[int, int]] = {}
    with suppress(FileNotFoundError):
        for kind, path in PAGES.items():  # a browser of its own for each, which has seen no page yet
            with counted(folder) as (base, sent), other_browsers.firefox() as driven:
                driven.driver.get(base + path)
                driven.driver.execute_script("return document.fonts.ready.then(() => document.fonts.size)")
                found[kind] = len(sent), sum(size for _, size in sent)
    return found


def sites(folder: Path) -> Iterator[Builder]:
    """This site, and what others make of its pages."""
    yield Builder(
        "guidetrees", ROOT, (*engine(ROOT).command, "--site-dir", str(folder / "site")), str(folder / "site")
    )
    compiled = folder / "compiled"
    run((sys.executable, "-m", "guidetrees", "compile", "--to", str(compiled)), ROOT)
    yield from (peer for peer in peers(ROOT, compiled, folder) if peer.folder.name in ("mkdocs", "zensical"))


def line(found: Visit) -> str:
    size = sum(found.bytes.values())
    parts = ", ".join(f"{kind} {of / 1000:.1f}" for kind, of in found.bytes.items())
    firefox = f"Firefox {found.firefox[0]}, {found.firefox[1] / 1000:.1f} kB" if found.firefox else ""
    return (
        f"{found.site:24} {found.page:10} {found.requests:3} requests {size / 1000:6.1f} kB ({parts})"
        f"  LCP {found.lcp:5.0f} ms  CLS {found.moved:.3f}  longest task {found.task:4.0f} ms  {firefox}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.visit", description=__doc__)
    parser.add_argument("--turns", type=int, default=5, help="how often each page is opened (the median counts)")
    parser.add_argument("--site", type=Path, help="a built site to look at, in place of building all")
    parser.add_argument("--to", type=Path, help="a file for the figures, as JSON")
    options = parser.parse_args()
    measured: list[Visit] = []
    with TemporaryDirectory(prefix="visit-") as made, chromium.launch() as started:
        built = [(options.site.name, options.site)] if options.site else list(_built(Path(made)))
        for name, folder in built:
            firefox = in_firefox(folder)
            for visit in visits(name, folder, options.turns, started, firefox):
                measured.append(visit)
                print(line(visit), flush=True)
    if options.to:
        options.to.write_text(json.dumps([asdict(visit) for visit in measured], indent=1) + "\n", "utf-8")


def _built(folder: Path) -> Iterator[tuple[str, Path]]:
    for builder in sites(folder):
        run(builder.command, builder.folder)
        yield builder.name, builder.folder / builder.site


if __name__ == "__main__":
    main()
