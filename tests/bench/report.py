"""Figures of the benchmark as a table and a plot.

python -m bench.report figures.json table.md plot.svg
"""

from __future__ import annotations

import json
import sys
from itertools import groupby
from pathlib import Path
from typing import Any

import matplotlib

from .builders import ENGINE
from .guides import DOUBLINGS, SIZES

Figures = list[dict[str, Any]]
COMMANDS = ("check", "compile")
"""Programs that build no site."""


def table(figures: Figures) -> str:
    """A row for each program and size, and what a node costs as guides grow."""
    rows = [
        "| nodes | program | processor | by ours | clock | memory | page, gzipped | largest | search |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for nodes, found in groupby(figures, lambda f: f["nodes"]):
        for figure in found:
            rows.append(f"| {nodes} | {' | '.join(_cells(figure))} |")
    return "\n".join([*rows, "", *_growth(figures)]) + "\n"


def _cells(figure: dict[str, Any]) -> list[str]:
    cells = [
        figure["program"],
        f"{figure['processor']:.2f} s",
        f"{figure['ratio']:.2f}",
        f"{figure['seconds']:.2f} s",
        f"{figure['megabytes']:.0f} MB",
    ]
    if figure["program"] in COMMANDS:
        return [*cells, "", "", ""]
    return [*cells, f"{figure['page']} B", f"{figure['largest']} B", f"{figure['index'] / 1000:.0f} kB"]


def _growth(figures: Figures) -> list[str]:
    """What a node costs the engine in guides of which each is twice as large as the one before."""
    took = {f["nodes"]: f["processor"] for f in figures if f["program"] == ENGINE}
    costs = [f"{1000 * took[nodes] / nodes:.2f} ms of {nodes:,}" for nodes in DOUBLINGS if nodes in took]
    return [f"A node costs the engine {', '.join(costs)}."] if costs else []


def plot(figures: Figures, path: Path) -> None:
    """Milliseconds a node by the size of the guide, a line a program."""
    matplotlib.use("svg")
    from matplotlib import pyplot

    matplotlib.rcParams |= {"svg.fonttype": "none", "svg.hashsalt": "guidetrees", "font.family": "sans-serif"}
    figure, axes = pyplot.subplots(figsize=(8, 4.5), layout="constrained")
    programs = dict.fromkeys(f["program"] for f in figures if f["program"] not in COMMANDS)
    for program in programs:
        found = [(f["nodes"], 1000 * f["processor"] / f["nodes"]) for f in figures if f["program"] == program]
        is_ours = program == ENGINE
        axes.plot(*zip(*found, strict=True), marker="o", linewidth=3 if is_ours else 1.5, label=program)
    axes.set(
        xscale="log",
        yscale="log",
        xlabel="nodes of the guide",
        ylabel="processor time a node, ms, whole build",
    )
    axes.set_xticks(SIZES, [f"{nodes:,}" for nodes in SIZES])
    axes.minorticks_off()
    axes.yaxis.set_major_formatter("{x:g}")
    axes.set_yticks([1, 2, 5, 10, 20, 50, 100])
    axes.grid(alpha=0.3)
    axes.legend(frameon=False)
    figure.savefig(path, metadata={"Date": None, "Creator": None})


def main(figures: Path, to_table: Path, to_plot: Path) -> None:
    found = json.loads(figures.read_text("utf-8"))
    to_table.write_text(table(found), "utf-8")
    plot(found, to_plot)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
