"""Builds synthetic guides of several sizes with the engine and with its peers, one after the other in turns, and
tells how long each took, as ratios within the same turn. `make bench`; see docs/decisions/0020."""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from .builders import Builder, Run, engine, peers, run
from .guides import DOUBLINGS, SIZES, Guide

PYTHON = sys.executable


@dataclass(frozen=True)
class Measured:
    """What one program took for one guide: seconds by the clock and of the processor, and megabytes, as medians
    over the turns."""

    nodes: int
    program: str
    seconds: float
    processor: float
    megabytes: float
    ratio: float | None
    """Its seconds, by those of the engine's build in the same turn: the median of the turns."""
    pages: int = 0
    page: int = 0
    """Bytes of a node's page, gzipped: the median."""
    largest: int = 0
    index: int = 0
    """Bytes of what the engine's search reads, as it lies on disk."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="nodes (default: all)")
    parser.add_argument("--turns", type=int, default=3, help="how often each program runs")
    parser.add_argument(
        "--most-in-nav", type=int, default=500, help="nodes up to which pages stand in a navigation"
    )
    parser.add_argument("--doublings", type=int, nargs="*", help="nodes, without peers (default: with all sizes)")
    parser.add_argument("--without-peers", action="store_true")
    parser.add_argument("--to", type=Path, help="a file for the figures, as JSON")
    options = parser.parse_args()
    if options.doublings is None:
        options.doublings = DOUBLINGS if options.sizes is SIZES else ()
    measured: list[Measured] = []
    for nodes in sorted({*options.sizes, *options.doublings}):
        with TemporaryDirectory(prefix="bench-") as folder:
            for found in measure(nodes, Path(folder), options):
                measured.append(found)
                print(line(found), flush=True)
        if options.to:
            options.to.write_text(json.dumps([asdict(m) for m in measured], indent=1) + "\n", "utf-8")
    return 0


def measure(nodes: int, folder: Path, options: argparse.Namespace) -> Iterator[Measured]:
    guide = folder / "guide"
    Guide(nodes).write(guide)
    check = Builder("check", guide, (PYTHON, "-m", "guidetrees", "check"))
    compiled = Builder("compile", guide, (PYTHON, "-m", "guidetrees", "compile", "--to", str(folder / "compiled")))
    build = engine(guide)
    programs = [build, check, compiled] if nodes in options.sizes else [build]
    run(compiled.command, guide)
    if nodes in options.sizes and not options.without_peers:
        found = peers(folder / "compiled", folder)
        programs += [p for p in found if nodes <= options.most_in_nav or p.folder.name != "mkdocs-in-nav"]
    turns: list[dict[str, Run]] = []
    for _ in range(options.turns):
        turns.append({program.name: run(program.command, program.folder) for program in programs})
    for program in programs:
        runs = [turn[program.name] for turn in turns]
        ratios = [turn[program.name].seconds / turn[build.name].seconds for turn in turns]
        yield Measured(
            nodes,
            program.name,
            median(r.seconds for r in runs),
            median(r.processor for r in runs),
            median(r.megabytes for r in runs),
            median(ratios),
            **(_site(program.folder / program.site) if program not in (check, compiled) else {}),
        )


def _site(folder: Path) -> dict[str, int]:
    """What readers get: how many pages, and how large those of nodes are."""
    pages = [path for path in folder.rglob("*.html")]
    sizes = sorted(len(gzip.compress(path.read_bytes(), 6)) for path in folder.glob("tree-*/n*.html"))
    index = sum(path.stat().st_size for path in folder.glob("assets/guidetrees/search/*"))
    return {"pages": len(pages), "page": sizes[len(sizes) // 2], "largest": sizes[-1], "index": index}


def line(found: Measured) -> str:
    ratio = f"{found.ratio:6.2f} ×" if found.ratio else " " * 8
    return (
        f"{found.nodes:6} nodes  {found.program:32} {found.seconds:7.2f} s {ratio} {found.megabytes:6.0f} MB"
        f"  {found.pages:6} pages  {found.page:6} B (at most {found.largest})  index {found.index / 1e6:.2f} MB"
    )


if __name__ == "__main__":
    sys.exit(main())
