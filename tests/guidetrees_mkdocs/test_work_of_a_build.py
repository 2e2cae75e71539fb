"""What a build does, and how often: nothing twice that is the same, and nothing that no build needs
(docs/decisions/0020). Times are no part of it: they differ from machine to machine."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from copies import site_of_base
from helpers import write

pytestmark = pytest.mark.build

COUNTED = """
import json, os, sys
from collections import Counter

counts = Counter()

def count(holder, name, key):
    function = getattr(holder, name)
    def counted(*args, **named):
        counts[key(*args, **named)] += 1
        return function(*args, **named)
    for module in [holder, *sys.modules.values()]:
        if getattr(module, name, None) is function:
            setattr(module, name, counted)

import jinja2
import mkdocs.__main__
import mkdocs_hook
from guidetrees.check.rules import scenarios
from guidetrees.source import files

count(jinja2.Environment, "compile", lambda env, source, name, filename, **named: f"compiled {filename}")
count(jinja2.Template, "render", lambda template, *args, **named: f"rendered {template.name}")
count(scenarios, "run_scenario", lambda scenario, *rest: f"scenario {scenario.name}")
count(files, "read_bytes", lambda path, *rest: f"read {path}")
count(os, "scandir", lambda path=".": f"listed {path}")
sys.argv = ["mkdocs", "build", "--quiet", "--strict"]
try:
    mkdocs.__main__.cli()
except SystemExit as done:
    assert not done.code, done.code
print(json.dumps([counts, sorted(sys.modules)]))
"""
Builds = tuple[Counter[str], Counter[str], list[str]]
NOT_NEEDED = ("pygments.lexers.javascript", "watchdog", "mkdocs.livereload", "http.server")
THEME_PAGE, NODE_PAGES = "guidetrees.html", ("question", "checklist", "selection", "step", "outcome")
TREE = """\
title: A chain of questions
summary: One question after the other.
reviewed: 2026-11-24
start: n0
nodes:
"""


def counted(root: Path) -> tuple[Counter[str], list[str]]:
    """How often a build does what, and the modules that it has imported."""
    environment = {"PYTHONPATH": f"hooks:{root / 'hooks'}", "NO_MKDOCS_2_WARNING": "1", "PATH": ""}
    command = [sys.executable, "-c", COUNTED]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, encoding="utf-8", timeout=300)
    assert done.returncode == 0, done.stderr
    counts, modules = json.loads(done.stdout)
    return Counter(counts), modules


def chain(length: int) -> str:
    """A tree of `length` questions, and as many outcomes and one more."""
    source = "guide: rules.md#rules"
    nodes = [
        f"  n{n}:\n    question: Question {n}?\n    {source}\n    answers:\n"
        f"      - {{answer: Yes, goto: o{n}}}\n      - {{answer: No, goto: n{n + 1}}}\n"
        f"  o{n}:\n    outcome: Outcome {n}\n    verdict: info\n    {source}\n"
        for n in range(length)
    ]
    return f"{TREE}{''.join(nodes)}  n{length}:\n    outcome: The end\n    verdict: info\n    {source}\n"


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> Builds:
    """The work for a small site, for the same with 40 nodes more, and the modules of the last."""
    root = site_of_base(tmp_path_factory.mktemp("counted"))
    write(root, "decision_trees/chain.yml", chain(2))
    few, _ = counted(root)
    write(root, "decision_trees/chain.yml", chain(22))
    many, modules = counted(root)
    return few, many, modules


def of(counts: Counter[str], kind: str) -> Counter[str]:
    return Counter({key.removeprefix(f"{kind} "): n for key, n in counts.items() if key.startswith(f"{kind} ")})


def test_a_template_is_compiled_once(builds: Builds) -> None:
    few, many, _ = builds
    assert {*of(many, "compiled").values()} == {1}
    assert of(few, "compiled").keys() == of(many, "compiled").keys()


def test_the_theme_makes_no_page_of_a_tree(builds: Builds) -> None:
    few, many, _ = builds
    assert of(few, "rendered")[THEME_PAGE] == of(many, "rendered")[THEME_PAGE] > 0


def test_a_page_is_made_once(builds: Builds) -> None:
    few, many, _ = builds
    made = [
        sum(of(counts, "rendered")[f"pages/{kind}/{kind}.html"] for kind in NODE_PAGES) for counts in (few, many)
    ]
    assert made[1] - made[0] == 40


def test_a_scenario_is_run_for_the_check_and_for_review(
    builds: Builds,
) -> None:
    _, many, _ = builds
    assert {*of(many, "scenario").values()} == {2}


def test_a_file_is_read_once(builds: Builds) -> None:
    _, many, _ = builds
    assert {Path(path).name for path in of(many, "read")} >= {"chain.yml", "rules.md"}
    assert {path: n for path, n in of(many, "read").items() if n > 1} == {}


def test_nobody_looks_at_the_icons_of_the_theme(builds: Builds) -> None:
    _, many, _ = builds
    assert of(many, "listed")
    assert [path for path in of(many, "listed") if "/.icons" in path] == []


def test_what_only_tests_and_previews_need_is_not_imported(
    builds: Builds,
) -> None:
    _, _, modules = builds
    assert sorted({*NOT_NEEDED} & {*modules}) == []
