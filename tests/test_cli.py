"""What people type, on a copy of this project: commands, their exit codes, and what is left afterwards."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import run
from copies import NEW_TREE, TREE, contents, english, make, spoil, without_notes
from helpers import CASES, DAY, lay_out, problems_of
from site_reader import Site, locations

from guidetrees.check.checker import errors
from guidetrees.check.rule_docs import entries
from guidetrees.cli import main
from guidetrees.project.project import read_project


def place_of(folder: Path, file: str, words: str) -> str:
    """`line:column` of the first place where `words` stand."""
    for number, line in enumerate((folder / file).read_text("utf-8").splitlines(), 1):
        if words in line:
            return f"{number}:{line.index(words) + 1}"
    raise AssertionError(words)


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
        "unknown key 'nam' in a contact (did you mean 'name'?)",
        f"{TREE}:{goto}: goto: no node 'konkret-patien' in this tree (did you mean 'konkret-patient'?)",
        f"{TREE}:{place_of(folder, TREE, 'perhaps')}: verdict: 'perhaps' is not allowed "
        "(known: yes, no, caution, info)",
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


def test_check_tells_on_a_later_day_what_will_be_due_then(copy: Path) -> None:
    done = make("check", "ON=2028-01-01", cwd=copy)
    trees = sorted(path.name for path in (copy / "decision_trees").glob("*.yml"))
    due = [f"decision_trees/{name}" for name in trees if name not in ("contacts.yml", "updates.yml")]
    assert done.returncode == 0
    lines = without_notes(done.stdout)
    assert [line.partition(":")[0] for line in lines] == due
    assert all(": warning: reviewed: the tree should have been reviewed by " in line for line in lines)
    place = place_of(copy, TREE, "2026-11-24")
    annotations = make("check", "ON=2028-01-01", "FORMAT=github", cwd=copy).stdout.splitlines()
    line, column = place.split(":")
    start = f"::warning file={TREE},line={line},col={column},title=trees-are-reviewed::reviewed: "
    assert [line for line in annotations if line.startswith(start)]


def test_a_day_that_is_none_is_a_plain_line(copy: Path) -> None:
    done = run("guidetrees", "check", "--on", "1.6.2027", cwd=copy)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].endswith("'1.6.2027' is no date: write it as 2027-06-01")


def test_a_tree_past_its_review_can_be_a_mistake(copy: Path) -> None:
    spoil(copy, "mkdocs.yml", "\nextra:\n", "\nextra:\n  strict_review: true\n")
    assert run("guidetrees", "check", "--on", str(DAY), cwd=copy).returncode == 0
    late = run("guidetrees", "check", "--on", "2028-01-01", cwd=copy)
    assert late.returncode == 1
    assert f"{TREE}:{place_of(copy, TREE, '2026-11-24')}: reviewed: the tree should have been" in late.stdout
    spoil(copy, TREE, "reviewed: 2026-11-24", "reviewed: 2020-11-24")
    built = run("mkdocs", "build", cwd=copy)
    assert built.returncode == 1
    assert "reviewed: the tree should have been reviewed by 2021-11-24" in built.stderr
    assert not (copy / "site").exists()


def test_check_prints_a_line_a_problem_and_exits_1(broken: Path) -> None:
    done = run("guidetrees", "check", cwd=broken)
    assert (done.returncode, done.stdout.splitlines(), done.stderr) == (1, expected(broken), "")
    assert make("check", cwd=broken).returncode != 0


def test_check_prints_notes_and_exits_0(copy: Path) -> None:
    place = copy / "decision_trees/contacts.yml"
    place.write_text(place.read_text("utf-8") + "ubrugt:\n  name: Ingen\n  url: https://example.org/\n", "utf-8")
    done = run("guidetrees", "check", "--on", str(DAY), cwd=copy)
    line = len(place.read_text("utf-8").splitlines()) - 2
    note = f"decision_trees/contacts.yml:{line}:1: note: no tree names the contact 'ubrugt'"
    assert (done.returncode, without_notes(done.stdout)) == (0, [note])


def test_rules_are_listed_and_one_is_shown(copy: Path) -> None:
    listed = make("rules", cwd=copy)
    assert (listed.returncode, listed.stderr) == (0, "")
    assert listed.stdout.splitlines() == [entry.id for entry in entries()]
    shown = make("rules", "RULE=no-cycles", cwd=copy)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout.startswith("no-cycles (error)\n\nNo reader can go round in a circle")
    assert "goes round in a circle: kind (i-do-not-know) → cover (yes) → kind\n" in shown.stdout


def test_a_rule_that_is_not_there_is_one_plain_line(copy: Path) -> None:
    done = run("guidetrees", "rules", "no-cycle", cwd=copy)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "no rule 'no-cycle' (did you mean 'no-cycles'?)\n"


def test_only_the_command_rules_takes_a_rule(copy: Path) -> None:
    done = run("guidetrees", "check", "no-cycles", cwd=copy)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("check takes no more words: 'no-cycles'\n")


@pytest.mark.parametrize("terminal", [True, False])
def test_people_at_a_terminal_are_told_the_rules_beside_the_lines(
    terminal: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = CASES / "invalid/several-mistakes-in-several-files"
    root = lay_out(case, tmp_path)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    assert main(["check", "--root", str(root)]) == 1
    out, err = capsys.readouterr()
    assert out.splitlines() == problems_of(root)
    rules = dict.fromkeys(finding.rule for finding in errors(read_project(root)))
    told = f"make rules RULE=… shows an example of: {', '.join(rules)}\n"
    assert err == (told if terminal else "")


def test_check_loads_no_module_that_only_others_need(copy: Path) -> None:
    code = "import sys; from guidetrees.cli import main; main(['check']); print(*sys.modules)"
    environment = {**os.environ, "PYTHONPATH": "hooks"}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, encoding="utf-8", check=True)
    heavy = {"jinja2", "babel", "bs4", "markdownify", "simplemma", "mkdocs", "subprocess"}
    assert set(done.stdout.split()) & (heavy | {"guidetrees.render.views", "guidetrees.check.rule_docs"}) == set()


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


def test_a_strict_build_that_fails_last_of_all_leaves_the_site_untouched(copy: Path) -> None:
    assert run("mkdocs", "build", "--strict", cwd=copy).returncode == 0
    spoil(copy, "docs/om.md", "(updates.md)", "(nowhere.md)")
    before = contents(copy)
    done = run("mkdocs", "build", "--strict", cwd=copy)
    assert done.returncode == 1
    assert "nowhere.md" in done.stderr
    assert contents(copy) == before


def test_a_build_that_dies_on_the_way_leaves_the_site_untouched(copy: Path) -> None:
    assert run("mkdocs", "build", "--strict", cwd=copy).returncode == 0
    (copy / "hooks/guidetrees_mkdocs/theme/main.html").write_text(
        '{% extends "base.html" %}{% block content %}{{ 1 / 0 }}{% endblock %}'
    )
    before = contents(copy / "site")
    assert run("mkdocs", "build", cwd=copy).returncode != 0
    assert contents(copy / "site") == before
    assert [path.name for path in copy.iterdir() if path.name.startswith(".site")] == []


def test_a_build_takes_the_place_of_the_former_site_whole(copy: Path) -> None:
    (copy / "site").mkdir()
    (copy / "site" / "old.html").write_text("old")
    assert make("site", cwd=copy).returncode == 0
    assert not (copy / "site" / "old.html").exists()
    assert (copy / "site" / "index.html").exists()
    assert [path.name for path in copy.iterdir() if path.name.startswith(".site")] == []


def test_adding_a_tree_is_adding_one_file(copy: Path) -> None:
    (copy / "decision_trees" / "nyt-trae.yml").write_text(NEW_TREE, "utf-8")
    assert run("mkdocs", "build", "--strict", cwd=copy).returncode == 0
    site = Site(copy / "site")
    page = site.follow(site.pages["index.html"], "Et nyt træ", "//article")
    page = site.follow(page, "Start", "//article")
    assert site.follow(page, "Ja", "//ul[@class='gt-answers']").heading.endswith(": Det er nyt")
    assert site.follow(page, "Nej", "//ul[@class='gt-answers']").path == "er-det-digital-behandling/index.html"


def test_former_names_lead_to_the_new_pages_and_stay_out_of_search(copy: Path) -> None:
    spoil(copy, TREE, "start: sundhedsfaglig\n", "start: sundhedsfaglig\naliases: [gammelt-navn]\n")
    spoil(copy, TREE, '    verdict: "yes"\n', '    verdict: "yes"\n    aliases: [tidligere-noegle]\n')
    assert run("mkdocs", "build", "--strict", cwd=copy).returncode == 0
    site = Site(copy / "site")
    for former, now in {
        "gammelt-navn/index.html": "er-det-digital-behandling/index.html",
        "gammelt-navn/hvem.html": "er-det-digital-behandling/hvem.html",
        "gammelt-navn/tidligere-noegle.html": "er-det-digital-behandling/digital.html",
        "er-det-digital-behandling/tidligere-noegle.html": "er-det-digital-behandling/digital.html",
    }.items():
        page = site.pages[former]
        (refresh,) = page.all("//meta[@http-equiv='refresh']/@content")
        assert page.target(str(refresh).partition("url=")[2]) == now
        assert [page.target(link.href) for link in page.links()] == [now]
        assert former not in locations(copy / "site")


def test_another_guide_in_another_language_needs_no_code(copy: Path) -> None:
    english(copy)
    assert without_notes(run("guidetrees", "check", "--on", str(DAY), cwd=copy).stdout) == [
        "decision_trees/brakes.yml:6:3: warning: every answer to 'a' leads the same way, and nothing asks for it "
        "further on: is the question needed?",
        "docs/guide/lights.md:1:1: note: no tree cites lights.md#lights",
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


def test_a_language_without_words_is_one_plain_line(copy: Path) -> None:
    spoil(copy, "mkdocs.yml", "language: da", "language: fi")
    done = run("mkdocs", "build", cwd=copy)
    assert done.returncode == 1
    assert (
        "no words for the language 'fi' (there are da, en): translate messages/en.yml to messages/fi.yml"
        in done.stderr
    )
    assert "Traceback" not in done.stderr


def test_a_site_folder_that_cannot_be_written_is_one_plain_line(copy: Path) -> None:
    (copy / "place").write_text("a file where a folder should be")
    done = run("mkdocs", "build", "--site-dir", str(copy / "place" / "site"), cwd=copy)
    assert done.returncode == 1
    assert "cannot be written to" in done.stderr
    assert "Traceback" not in done.stderr


def test_make_writes_the_table_of_ways_and_the_documents(copy: Path) -> None:
    for command in ("paths", "review"):
        made = make(command, cwd=copy)
        assert made.returncode == 0, made.stderr
    names = {path.name for path in (copy / "review").iterdir()}
    trees = {f"{path.stem}.md" for path in (copy / "decision_trees").glob("*.yml")}
    assert names == {"paths.csv", "index.md", "coverage.md", *trees} - {"contacts.md", "updates.md"}
