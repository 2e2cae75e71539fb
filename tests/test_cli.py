"""What people type, on a copy of this project: commands, their exit codes, and what is left afterwards."""

from __future__ import annotations

import importlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import NOT_COPIED, ROOT, run
from copies import NEW_TREE, TREE, contents, english, make, site_of_base, spoil, without_notes
from helpers import CASES, DAY, lay_out, write
from site_reader import Site, locations

from guidetrees.check.checker import errors
from guidetrees.check.rule_docs import entries
from guidetrees.cli import COMMANDS, main
from guidetrees.cli.command import Command, parse_arguments
from guidetrees.messages.errors import UserError
from guidetrees.project.project import read_project

SMALL_TREE = "decision_trees/other.yml"


def place_of(folder: Path, file: str, words: str) -> str:
    """`line:column` of the first place where `words` stand."""
    for number, line in enumerate((folder / file).read_text("utf-8").splitlines(), 1):
        if words in line:
            return f"{number}:{line.index(words) + 1}"
    raise AssertionError(words)


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a call that the parser ends, or of one that prints help."""
    try:
        code: object = main(list(arguments))
    except SystemExit as end:
        code = end.code
    out, err = capsys.readouterr()
    assert isinstance(code, int)
    return code, out, err


@pytest.fixture
def broken(copy: Path) -> Path:
    """A copy with three mistakes in two files."""
    spoil(copy, TREE, "goto: konkret-patient", "goto: konkret-patien")
    spoil(copy, TREE, "verdict: caution", "verdict: perhaps")
    spoil(copy, "decision_trees/contacts.yml", "  name: Sundhedsstyrelsen\n", "  nam: Sundhedsstyrelsen\n")
    return copy


def expected(folder: Path) -> list[str]:
    goto = place_of(folder, TREE, "konkret-patien\n".strip())
    return [
        f"decision_trees/contacts.yml:{place_of(folder, 'decision_trees/contacts.yml', 'nam:')}: "
        "ukendt nøgle 'nam' i en kontakt (mente du 'name'?) [language]",
        f"{TREE}:{goto}: goto: der er ingen skærm 'konkret-patien' i denne vejviser (mente du 'konkret-patient'?) "
        "[answers-lead-on]",
        f"{TREE}:{place_of(folder, TREE, 'perhaps')}: verdict: 'perhaps' er ikke tilladt "
        "(vælg mellem: yes, no, caution, info) [language]",
    ]


PUBLISHER = """\
  guidetrees:
    owner: Bibliotek
    feedback: skranken@bibliotek.example
    accessibility_statement: https://bibliotek.example/tilgaengelighed
"""


def test_check_is_silent_and_exits_0_where_all_is_well(copy: Path) -> None:
    settings = (copy / "mkdocs.yml").read_text("utf-8")
    (copy / "mkdocs.yml").write_text(settings.replace("extra:\n", f"extra:\n{PUBLISHER}"), "utf-8")
    done = make("check", f"ON={DAY}", cwd=copy)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_check_tells_on_a_later_day_what_will_be_due_then(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "check", "--root", str(copy), "--on", "2028-01-01")
    trees = sorted(path.name for path in (copy / "decision_trees").glob("*.yml"))
    due = [f"decision_trees/{name}" for name in trees if name not in ("contacts.yml", "updates.yml")]
    assert code == 0
    lines = without_notes(out)
    reviewed = [line for line in lines if "advarsel: reviewed: vejviseren skulle være gennemgået senest " in line]
    assert [line.partition(":")[0] for line in reviewed] == due
    passed = [line for line in lines if "advarsel: until: 2026-12-31 er gået: " in line]
    assert [line.partition(":")[0] for line in passed] == ["decision_trees/contacts.yml"] * 2
    assert sorted(reviewed + passed) == sorted(lines)
    place = place_of(copy, TREE, "2026-11-24")
    annotations = make("check", "ON=2028-01-01", "FORMAT=github", cwd=copy)
    assert annotations.returncode == 0
    line, column = place.split(":")
    start = f"::warning file={TREE},line={line},col={column},title=trees-are-reviewed::reviewed: the tree should "
    (annotation,) = (line for line in annotations.stdout.splitlines() if line.startswith(start))
    assert annotation.endswith("(last time: 2026-11-24)")


@pytest.mark.parametrize(
    ("name", "written"),
    [("min, vejviser.yml", "min%2C vejviser.yml"), ("50%0A::error.yml", "50%250A%3A%3Aerror.yml")],
)
def test_an_annotation_names_any_file_as_github_reads_it(
    name: str, written: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay_out(None, tmp_path)
    write(root, f"decision_trees/{name}", "title: x")
    code, out, _ = said(capsys, "check", "--root", str(root), "--format", "github")
    assert code == 1
    assert out.startswith(f"::error file=decision_trees/{written},line=1,col=1,title=language::")


def test_a_report_of_code_quality_names_the_place_of_each_problem(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay_out(None, tmp_path / "sites/guide")
    (tmp_path / ".git").mkdir()
    assert json.loads(said(capsys, "check", "--root", str(root), "--format", "gitlab")[1]) == []
    spoil(root, "decision_trees/other.yml", "goto: lend", "goto: lnd")
    code, out, _ = said(capsys, "check", "--root", str(root), "--format", "gitlab")
    (found,) = json.loads(out)
    assert code == 1
    assert (found["check_name"], found["severity"]) == ("answers-lead-on", "major")
    assert found["description"].startswith("goto: no node 'lnd' in this tree")
    line = int(place_of(root, "decision_trees/other.yml", "lnd").partition(":")[0])
    assert found["location"] == {"path": "sites/guide/decision_trees/other.yml", "lines": {"begin": line}}


def test_an_annotation_names_files_from_the_repositorys_root(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay_out(None, tmp_path / "sites, æøå/guide")
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    spoil(root, "decision_trees/other.yml", "goto: lend", "goto: lnd")
    _, out, _ = said(capsys, "check", "--root", str(root), "--format", "github")
    assert "::error file=sites%2C æøå/guide/decision_trees/other.yml,line=" in out
    _, out, _ = said(capsys, "check", "--root", str(root))
    assert out.startswith("decision_trees/other.yml:")


def test_a_day_that_is_none_is_a_plain_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "check", "--on", "1.6.2027") == (
        2,
        "",
        "guidetrees check: argument --on: invalid date '1.6.2027': write it as 2027-06-01 "
        "(see guidetrees check --help)\n",
    )


@pytest.mark.build
def test_a_tree_past_its_review_can_be_a_mistake(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small = site_of_base(tmp_path / "project")
    spoil(small, "mkdocs.yml", "\nextra:\n", "\nextra:\n  guidetrees: {strict_review: true}\n")
    assert said(capsys, "check", "--root", str(small), "--on", str(DAY))[0] == 0
    code, out, _ = said(capsys, "check", "--root", str(small), "--on", "2028-01-01")
    assert code == 1
    assert f"{SMALL_TREE}:{place_of(small, SMALL_TREE, '2026-11-24')}: reviewed: vejviseren skulle være" in out
    spoil(small, SMALL_TREE, "reviewed: 2026-11-24", "reviewed: 2020-11-24")
    built = run("mkdocs", "build", cwd=small)
    assert built.returncode == 1
    assert "reviewed: vejviseren skulle være gennemgået senest 2021-11-24" in built.stderr
    assert not (small / "site").exists()


def test_check_prints_a_line_a_problem_and_exits_1(broken: Path) -> None:
    done = make("check", cwd=broken)
    assert (done.returncode, done.stdout.splitlines()) == (2, expected(broken))
    assert re.fullmatch(r"make: \*\*\* \[.*check\] Error 1\n", done.stderr), "make prints the exit code of `check`"


def test_check_prints_notes_and_exits_0(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = copy / "decision_trees/contacts.yml"
    place.write_text(place.read_text("utf-8") + "ubrugt:\n  name: Ingen\n  url: https://example.org/\n", "utf-8")
    code, out, _ = said(capsys, "check", "--root", str(copy), "--on", str(DAY))
    line = len(place.read_text("utf-8").splitlines()) - 2
    words = "bemærkning: ingen vejviser nævner kontakten 'ubrugt' [contacts-unused]"
    note = f"decision_trees/contacts.yml:{line}:1: {words}"
    assert (code, without_notes(out)) == (0, [note])


def test_rules_are_listed_and_one_is_shown(copy: Path) -> None:
    listed = make("rules", cwd=copy)
    assert (listed.returncode, listed.stderr) == (0, "")
    assert listed.stdout.splitlines() == [entry.id for entry in entries()]
    shown = make("rules", "RULE=no-cycles", cwd=copy)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout.startswith("no-cycles (error)\n\nNo reader can go round in a circle")
    assert "goes round in a circle: kind (i-do-not-know) → cover (yes) → kind. Lead to an outcome" in shown.stdout


def test_a_rule_that_is_not_there_is_one_plain_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "rules", "no-cycle") == (2, "", "der er ingen regel 'no-cycle' (mente du 'no-cycles'?)\n")


# Help, and wrong use


NAMES = [command.name for command in COMMANDS]
TAKEN = {
    "check": {"--on", "--format"},
    "rules": {"RULE"},
    "links": {"--format"},
    "new": {"TREE"},
    "diff": {"BASE"},
    "schema": {"--to"},
    "addresses": set(),
    "paths": {"--to"},
    "review": {"--to"},
    "release": {"--to"},
    "compile": {"--to"},
    "finish": {"SITE"},
    "counts": {"LOG", "--prefix", "--format"},
}
"""What each command takes besides --root and --help."""


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"]])
def test_help_lists_every_command(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, *arguments)
    assert (code, err) == (0, "")
    assert re.findall(r"^  (\w+) +[a-z]", out.partition("commands:\n")[2].partition("\n\n")[0], re.M) == NAMES
    assert "exit codes:\n  0  " in out and "example:\n  guidetrees check\n" in out


@pytest.mark.parametrize("command", COMMANDS, ids=NAMES)
def test_every_command_explains_itself(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, command.name, "--help")
    assert (code, err) == (0, "")
    assert command.description in " ".join(out.split())
    taken = set(re.findall(r"^  (?:-h, )?(--\w+|[A-Z]+)\b", out, re.M)) - {"--help", "--root"}
    assert taken == TAKEN[command.name]
    assert re.search(r"^exit codes:\n  0  \S.*\n(  1  \S.*\n)?  2  \S", out, re.M)
    assert f"\nexample:\n  guidetrees {command.name}" in out
    assert max(map(len, out.splitlines())) <= 115


@pytest.mark.parametrize("command", COMMANDS, ids=NAMES)
def test_the_example_of_a_command_is_accepted(command: Command, tmp_path: Path) -> None:
    program, *arguments = command.example.split()
    assert program == "guidetrees"
    options = parse_arguments(COMMANDS, [*arguments, "--root", str(tmp_path)])
    assert (options.run, options.root) == (command.run, tmp_path)


def test_the_makefile_has_a_target_for_every_command() -> None:
    targets = set(re.findall(r"^([a-z ]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    assert {name for target in targets for name in target.split()} >= set(NAMES)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["chekc"], r"guidetrees: argument COMMAND: invalid choice: 'chekc' \(choose from .+\) \(see .+\)"),
        (["check", "x"], r"guidetrees check: unrecognized arguments: x \(see guidetrees check --help\)"),
        (["paths", "--on", "2027-06-01"], r"guidetrees paths: unrecognized arguments: --on 2027-06-01 \(.+\)"),
        (["check", "--form", "github"], r"guidetrees check: unrecognized arguments: --form github \(.+\)"),
        (["check", "--format", "x"], r"guidetrees check: argument --format: invalid choice: 'x' .+"),
        (["new"], r"guidetrees new: the following arguments are required: TREE \(see guidetrees new --help\)"),
        (["--root", "x"], r"guidetrees: .+"),
    ],
)
def test_wrong_use_is_one_line(arguments: list[str], line: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert re.fullmatch(line, err.rstrip())


# Errors


def user_errors(base: type[UserError] = UserError) -> Iterator[type[UserError]]:
    for kind in base.__subclasses__():
        yield kind
        yield from user_errors(kind)


def test_an_error_that_users_cause_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    root = lay_out(None, tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    for name in ("check", "paths", "compile"):
        code, out, err = said(capsys, name, "--root", str(root))
        assert (code, out, err.count("\n")) == (2, "", 1), name
        assert err.startswith("SOURCE_DATE_EPOCH is 'yesterday': ")


def test_a_release_that_cannot_be_made_exits_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "release", "--root", str(tmp_path))
    assert (code, out) == (1, "") and "not a git repository" in err


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = lay_out(None, tmp_path)
    write(root, "file", "")
    code, out, err = said(capsys, "schema", "--root", str(root), "--to", str(root / "file"))
    assert (code, out, err) == (2, "", f"{root / 'file'}: File exists\n")


def test_every_error_of_the_engine_that_is_one_line_has_the_same_base() -> None:
    """`Unreadable` carries problems, which are lines of their own."""
    for path in (ROOT / "hooks/guidetrees").rglob("*.py"):
        if path.name not in ("__init__.py", "__main__.py"):
            name = ".".join(path.relative_to(ROOT / "hooks").with_suffix("").parts)
            importlib.import_module(name)
    others = {
        kind.__name__
        for kind in Exception.__subclasses__()
        if kind.__module__.startswith("guidetrees.") and not kind.__name__.startswith("_")
    }
    assert others == {"UserError", "Unreadable"}
    assert {"UnknownLanguage", "InvalidBuildDay", "InvalidBaseline"} <= {kind.__name__ for kind in user_errors()}
    assert {kind.__name__ for kind in user_errors() if kind.exit_code != 2} == {"ReleaseError"}


@pytest.mark.parametrize("terminal", [True, False])
def test_on_a_terminal_a_last_line_names_the_rules(
    terminal: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = CASES / "invalid/several-mistakes-in-several-files"
    root = lay_out(case, tmp_path)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    assert main(["check", "--root", str(root)]) == 1
    out, err = capsys.readouterr()
    found = errors(read_project(root))
    assert out.splitlines() == [str(finding) for finding in found]
    rules = dict.fromkeys(finding.rule for finding in found)
    hint = f"make rules RULE=… shows an example of: {', '.join(rules)}\n"
    assert err == (hint if terminal else "")


@pytest.mark.build
def test_check_loads_no_module_that_only_others_need() -> None:
    code = "import sys; from guidetrees.cli import main; main(['check']); print(*sys.modules)"
    environment = {**os.environ, "PYTHONPATH": "hooks"}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True)
    loaded = set(done.stdout.split())
    assert "guidetrees.check.checker" in loaded
    assert loaded & {"jinja2", "babel", "mkdocs", "subprocess"} == set()
    of_others = "guidetrees.(?:render|search|publish|diff|tools|check.rule_docs)"
    assert [name for name in loaded if re.match(of_others, name)] == []


def test_a_build_with_problems_prints_the_same_lines_and_leaves_the_site_untouched(broken: Path) -> None:
    (broken / "site").mkdir()
    (broken / "site" / "index.html").write_text("published before")
    before = contents(broken)
    done = run("mkdocs", "build", cwd=broken)
    assert done.returncode == 1
    errors = re.findall(r"^ERROR +-  (decision_trees/.*)$", done.stderr, re.M)
    assert errors == expected(broken)
    assert "Traceback" not in done.stderr
    assert contents(broken) == before


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project, built strictly. Tests change copies of it."""
    folder = site_of_base(tmp_path_factory.mktemp("published") / "project")
    done = run("mkdocs", "build", "--strict", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_a_strict_build_that_fails_last_of_all_leaves_the_site_untouched(published: Path, tmp_path: Path) -> None:
    small = shutil.copytree(published, tmp_path / "project")
    spoil(small, "docs/index.md", "# Front page", "# Front page\n\n[A page](nowhere.md)")
    before = contents(small)
    done = run("mkdocs", "build", "--strict", cwd=small)
    assert done.returncode == 1
    assert "nowhere.md" in done.stderr
    assert contents(small) == before


def test_a_build_that_dies_on_the_way_leaves_the_site_untouched(published: Path, tmp_path: Path) -> None:
    small = shutil.copytree(published, tmp_path / "project")
    (small / "hooks/guidetrees_mkdocs/theme/guidetrees.html").write_text(
        '{% extends "base.html" %}{% block content %}{{ 1 / 0 }}{% endblock %}'
    )
    before = contents(small / "site")
    assert run("mkdocs", "build", cwd=small).returncode != 0
    assert contents(small / "site") == before
    assert [path.name for path in small.iterdir() if path.name.startswith(".site")] == []


def test_a_build_takes_the_place_of_the_former_site_whole(published: Path, tmp_path: Path) -> None:
    small = shutil.copytree(published, tmp_path / "project")
    for file in ("Makefile", "requirements.lock"):
        shutil.copy(ROOT / file, small)
    write(small, "site/old.html", "old")
    write(small, "site/index.html", "old")
    made = make("site", cwd=small)
    assert made.returncode == 0, made.stderr
    assert contents(small / "site") == contents(published / "site")
    assert [path.name for path in small.iterdir() if path.name.startswith(".site")] == []


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of a copy with one more tree and with former names, built strictly."""
    folder = tmp_path_factory.mktemp("grown") / "project"
    shutil.copytree(ROOT, folder, ignore=NOT_COPIED)
    (folder / "decision_trees" / "nyt-trae.yml").write_text(NEW_TREE, "utf-8")
    spoil(folder, TREE, "start: sundhedsfaglig\n", "start: sundhedsfaglig\naliases: [gammelt-navn]\n")
    spoil(folder, TREE, '    verdict: "yes"\n', '    verdict: "yes"\n    aliases: [tidligere-noegle]\n')
    done = run("mkdocs", "build", "--strict", cwd=folder)
    assert done.returncode == 0, done.stderr
    return Site(folder / "site")


def test_adding_a_tree_is_adding_one_file(grown: Site) -> None:
    page = grown.follow(grown.pages["index.html"], "Et nyt træ", "//article")
    page = grown.follow(page, "Start", "//article")
    assert grown.follow(page, "Ja", "//ul[@class='gt-answers']").heading.endswith(": Det er nyt")
    assert grown.follow(page, "Nej", "//ul[@class='gt-answers']").path == "er-det-digital-behandling/index.html"


def test_former_names_lead_to_the_new_pages_and_stay_out_of_search(grown: Site) -> None:
    for former, now in {
        "gammelt-navn/index.html": "er-det-digital-behandling/index.html",
        "gammelt-navn/hvem.html": "er-det-digital-behandling/hvem.html",
        "gammelt-navn/tidligere-noegle.html": "er-det-digital-behandling/digital.html",
        "er-det-digital-behandling/tidligere-noegle.html": "er-det-digital-behandling/digital.html",
    }.items():
        page = grown.pages[former]
        (refresh,) = page.all("//meta[@http-equiv='refresh']/@content")
        assert page.target(str(refresh).partition("url=")[2]) == now
        assert [page.target(link.href) for link in page.links()] == [now]
        assert former not in locations(grown.folder)


def test_another_guide_in_another_language_needs_no_code(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    english(copy)
    assert without_notes(said(capsys, "check", "--root", str(copy), "--on", str(DAY))[1]) == [
        "decision_trees/brakes.yml:6:3: warning: every answer to 'a' leads the same way, and nothing asks for it "
        "further on: is the question needed? [answers-change-something]",
        "docs/guide/lights.md:1:1: note: no tree cites lights.md#lights [sections-uncited]",
    ]
    done = run("mkdocs", "build", "--strict", cwd=copy)
    assert done.returncode == 0, done.stderr
    site = Site(copy / "site")
    page = site.follow(site.pages["index.html"], "Et nyt træ", "//article")
    question = site.follow(page, "Start", "//article")
    page = site.pages["brakes/b.html"]
    assert page.all("/html/@lang") == ["en"]
    assert page.text("//span[@class='gt-verdict__word']") == "For information"
    assert page.text("//p[@class='gt-foot']") == "This site gives guidance and is no legal decision. " \
        "These questions were last reviewed November 24, 2026."  # fmt: skip
    assert page.target(page.links("//blockquote")[0].href) == "guide/lights.html#lights"
    danish = re.compile("[æøåÆØÅ]|Tilbage|Forside|Hvorfor|Guidens")
    assert not danish.search(question.main.text_content().replace("Et nyt træ", ""))


@pytest.mark.build
def test_a_language_without_words_is_one_plain_line(tmp_path: Path) -> None:
    small = site_of_base(tmp_path / "project")
    spoil(small, "mkdocs.yml", "language: da", "language: fi")
    done = run("mkdocs", "build", cwd=small)
    assert done.returncode == 1
    assert (
        "no words for the language 'fi' (there are da, en): translate messages/en.yml to messages/fi.yml"
        in done.stderr
    )
    assert "Traceback" not in done.stderr


@pytest.mark.build
def test_a_site_folder_that_cannot_be_written_is_one_plain_line(tmp_path: Path) -> None:
    small = site_of_base(tmp_path / "project")
    write(small, "place", "a file where a folder should be")
    done = run("mkdocs", "build", "--site-dir", str(small / "place" / "site"), cwd=small)
    assert done.returncode == 1
    assert "der kan ikke skrives i" in done.stderr
    assert "Traceback" not in done.stderr


def test_make_writes_the_table_of_ways_and_the_documents(copy: Path) -> None:
    for command in ("paths", "review"):
        made = make(command, cwd=copy)
        assert made.returncode == 0, made.stderr
    names = {path.name for path in (copy / "review").iterdir()}
    trees = {f"{path.stem}.md" for path in (copy / "decision_trees").glob("*.yml")}
    assert names == {"paths.csv", "index.md", "coverage.md", *trees} - {"contacts.md", "updates.md"}
