"""Builds guides of several sizes with the engine and with its peers, one after the other in turns, and reports the
processor time of each, as ratios within the same turn. One guide is this site; the others are synthetic.
`make bench`; see docs/decisions/0020."""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from .builders import Builder, Run, engine, peers, run
from .guides import DOUBLINGS, SIZES, THIS_SITE, write_guide

PYTHON = sys.executable
TURNS = {50: 5, THIS_SITE: 5, 500: 3, 2_000: 2}
"""How often each program runs with a guide of a size; otherwise once. All of it takes ten minutes on two cores."""


@dataclass(frozen=True)
class Measured:
    """What one program took for one guide: seconds of the processor and by the clock, and megabytes, as medians
    over the turns."""

    nodes: int
    program: str
    seconds: float
    processor: float
    megabytes: float
    ratio: float | None
    """Its processor time, by that of the engine's build in the same turn: the median of the turns."""
    pages: int = 0
    page: int = 0
    """Bytes of a node's page, gzipped: the median."""
    largest: int = 0
    index: int = 0
    """Bytes of what the engine's search reads, as it lies on disk."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="nodes (default: all)")
    parser.add_argument("--turns", type=int, help="how often each program runs (default: by size)")
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
    write_guide(nodes, guide)
    trees = [path.stem for path in guide.glob("decision_trees/*.yml")]
    check = Builder("check", guide, (PYTHON, "-m", "guidetrees", "check"))
    compiled = Builder("compile", guide, (PYTHON, "-m", "guidetrees", "compile", "--to", str(folder / "compiled")))
    build = engine(guide)
    programs = [build, check, compiled] if nodes in options.sizes else [build]
    if nodes in options.sizes and not options.without_peers:
        run(compiled.command, guide)
        programs += peers(guide, folder / "compiled", folder)
    turns: list[dict[str, Run]] = []
    for _ in range(options.turns or TURNS.get(nodes, 1)):
        turns.append({program.name: run(program.command, program.folder) for program in programs})
    for program in programs:
        runs = [turn[program.name] for turn in turns]
        ratios = [turn[program.name].processor / turn[build.name].processor for turn in turns]
        yield Measured(
            nodes,
            program.name,
            median(r.seconds for r in runs),
            median(r.processor for r in runs),
            median(r.megabytes for r in runs),
            median(ratios),
            **(_site(program.folder / program.site, trees) if program not in (check, compiled) else {}),
        )


def _site(folder: Path, trees: Sequence[str]) -> dict[str, int]:
    """What readers get: how many pages, and how large those of nodes are."""
    pages = [path for path in folder.rglob("*.html")]
    nodes = (path for tree in trees for path in folder.glob(f"{tree}/*.html") if path.name != "index.html")
    sizes = sorted(len(gzip.compress(path.read_bytes(), 6)) for path in nodes)
    index = sum(path.stat().st_size for path in folder.glob("assets/guidetrees/search/*"))
    return {"pages": len(pages), "page": sizes[len(sizes) // 2], "largest": sizes[-1], "index": index}


def line(found: Measured) -> str:
    ratio = f"{found.ratio:6.2f} ×" if found.ratio else " " * 8
    took = f"{found.processor:7.2f} s {ratio}  {found.seconds:7.2f} s by the clock  {found.megabytes:6.0f} MB"
    made = f"{found.pages:6} pages  {found.page:6} B (at most {found.largest})  index {found.index / 1e6:.2f} MB"
    return f"{found.nodes:6} nodes  {found.program:20} {took}  {made if found.pages else ''}".rstrip()


if __name__ == "__main__":
    sys.exit(main())
