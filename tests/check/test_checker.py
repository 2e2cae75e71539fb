"""The checker: some case breaks each rule, and problems are sorted and unique."""

from __future__ import annotations

import pkgutil
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest
from helpers import BASE, CASES, DAY, cases, expected, lay_out, project_of, without_rule, write
from helpers import check as helpers_check

from guidetrees.check import checker as check
from guidetrees.check.rules import __path__ as rules_folder
from guidetrees.check.rules import scenarios
from guidetrees.graph.graph import build_graph
from guidetrees.project.project import Project, read_project
from guidetrees.source.location import LINE_BREAK

Found = dict[str, Project]


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Every case that could be read, by name."""
    found = {}
    for case in [*cases("invalid"), *cases("notes")]:
        root = lay_out(case, tmp_path_factory.mktemp("case"))
        # A case that makes the reader fail has a test of its own.
        try:
            found[case.name] = read_project(root)
        except Exception:
            continue
    return found


def test_every_rule_is_broken_by_some_case(projects: Found) -> None:
    """In one test, as the cases take longer to read than to check."""
    every = projects.values()
    rules = [*check.RULES, *check.WARNINGS, *check.NOTES]
    kept = [rule.__name__ for rule in rules if not any(next(rule(project), None) for project in every)]
    day = check.OF_THE_DAY
    kept += [rule.__name__ for rule in day if not any(next(rule(project, DAY), None) for project in every)]
    assert kept == []


@pytest.mark.parametrize("rule", [*check.RULES, *check.WARNINGS, *check.NOTES], ids=lambda rule: rule.__name__)
def test_every_rule_says_what_it_asks(rule: check.Rule) -> None:
    assert rule.__doc__
    assert rule.__doc__.strip()[0].isupper()


def test_every_rule_of_the_modules_is_listed() -> None:
    """A rule that nobody lists is never asked. Rules are the modules' functions from project to problems."""
    modules = [
        import_module(f"guidetrees.check.rules.{found.name}") for found in pkgutil.iter_modules(rules_folder)
    ]
    rules = {
        name
        for module in modules
        for name, value in vars(module).items()
        if callable(value)
        and getattr(value, "__annotations__", {}) == {"project": "Project", "return": "Iterator[Problem]"}
    }
    assert rules == {rule.__name__ for rule in (*check.RULES, *check.WARNINGS, *check.NOTES)}


@pytest.mark.parametrize("case", cases("notes"), ids=lambda case: case.stem)
def test_notes_are_listed_and_are_no_problems(case: Path, tmp_path: Path) -> None:
    project = project_of(case, tmp_path)
    assert helpers_check(project) == []
    assert [without_rule(note) for note in check.hints(project, DAY)] == expected(case)


def test_problems_come_sorted_by_place_and_once_and_each_is_one_line_that_can_be_seen(projects: Found) -> None:
    for name, project in projects.items():
        problems = helpers_check(project)
        places = [(p.location.file, p.location.line, p.location.column) for p in problems]
        assert places == sorted(places), name
        assert len(set(problems)) == len(problems), name
        assert all(str(problem).isprintable() for problem in problems), name


def text_of(case: Path, file: str) -> str:
    """What `file` is where the case is laid over the base."""
    own = case / file if case.is_dir() else case if file == f"decision_trees/{case.name}" else BASE / file
    path = next((path for path in (own, BASE / file) if path.is_file()), None)
    return path.read_bytes().decode("utf-8-sig", errors="replace") if path else ""


def test_every_problem_is_located_inside_its_file() -> None:
    for case in cases("invalid"):
        for line in expected(case):
            file, number, column, _ = line.split(":", 3)
            lines = LINE_BREAK.split(text_of(case, file))
            assert int(number) <= max(1, len(lines) - (not lines[-1])), line
            assert int(column) <= len(lines[int(number) - 1]) + 1, line


# Where a scenario leads


@pytest.mark.parametrize(
    ("answers", "passed", "end", "fault"),
    [
        ("{first: ja}", ["first"], "last", ""),
        ("{first: nej, 'other:kind': else}", ["first", "kind"], "stay", ""),
        ("{'other:kind': else, 'case:first': nej}", ["first", "kind"], "stay", ""),
        ("{}", [], "first", "answers: 'first' is asked and not answered (its answers: ja, nej)"),
        (
            "{first: nej}",
            ["first"],
            "kind",
            "answers: 'other:kind' is asked and not answered (its answers: a-book, else)",
        ),
        ("{first: x}", [], "first", "answers: no answer 'x' to 'first' (its answers: ja, nej)"),
    ],
)
def test_a_scenario_is_followed(tmp_path: Path, answers: str, passed: list[str], end: str, fault: str) -> None:
    root = lay_out(None, tmp_path)
    text = (CASES / "valid/smallest.yml").read_text("utf-8")
    write(
        root, "decision_trees/case.yml", text + f"scenarios:\n  - {{name: N, answers: {answers}, outcome: last}}\n"
    )
    project = read_project(root)
    tree = project.trees["case"]
    result = scenarios.run_scenario(tree.scenarios[0], tree, build_graph(project.trees))
    assert [edge.source.node for edge in result.edges] == passed
    assert result.end.node == end
    assert (result.problem.message if result.problem else "") == fault


def test_a_review_in_the_future_is_a_warning_except_tomorrow(tmp_path: Path) -> None:
    project = project_of(CASES / "valid" / "conditions.yml", tmp_path)
    (tree,) = [tree for tree in project.trees.values() if tree.id == "conditions"]
    assert tree.reviewed
    before, eve = tree.reviewed - timedelta(days=2), tree.reviewed - timedelta(days=1)
    location = tree.reviewed.location
    words = f"{tree.reviewed} is still to come: write the day on which the tree was reviewed"
    line = f"{location}: warning: reviewed: {words}"
    assert line in map(without_rule, check.hints(project, before))
    assert line not in map(without_rule, check.hints(project, eve))
