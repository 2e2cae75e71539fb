"""What authors type: `make new` and `make diff`, on a copy of this project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from conftest import run
from copies import TREE, contents, english, make, spoil, without_notes
from helpers import lay_out, write
from site_reader import Site

from guidetrees.diff.baseline import InvalidBaseline, folder_of

NEXT = """\
The tree is valid, and its texts are placeholders. What to do next:
1. Run `make serve`, open the preview, and open the file in an editor.
2. Replace every text that begins with a word in square brackets, and cite the sections that the tree is based on.
3. Save, and look at the preview. If something is wrong, `make check` reports where.
"""
QUESTION = "Er der tale om sundhedsfaglig behandling?"
NOTHING = "Ingen ændringer for læserne siden «{}».\n"
HOW = "make diff BASE=HEAD (what has changed since the last commit), BASE=v1.2 or BASE=../former/project"


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.autocrlf=false"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(copy: Path) -> Path:
    """The copy as a git repository with one commit."""
    git(copy, "init", "--quiet")
    git(copy, "add", "--all")
    git(copy, "commit", "--quiet", "--message", "First")
    return copy


# make new


def test_a_new_tree_holds_and_is_built_at_once(copy: Path) -> None:
    made = make("new", "TREE=min-nye-vejviser", cwd=copy)
    assert (made.returncode, made.stdout, made.stderr) == (0, f"decision_trees/min-nye-vejviser.yml\n{NEXT}", "")
    done = make("check", f"ON={date.today()}", cwd=copy)  # the day that the new tree says
    assert (done.returncode, done.stderr) == (0, "")
    mark = ": warning: this text is a placeholder: write your own, and delete [RET]"
    assert [line for line in without_notes(done.stdout) if not line.endswith(mark)] == []
    built = run("mkdocs", "build", "--strict", cwd=copy)
    assert built.returncode == 0, built.stderr
    site = Site(copy / "site")
    page = site.follow(site.pages["index.html"], "[RET] Det spørgsmål, som læseren kommer med", "//article")
    page = site.follow(page, "Start", "//article")
    page = site.follow(page, "[RET] Ja", "//ul[@class='gt-answers']")
    assert page.path == "min-nye-vejviser/tjekliste.html"


def test_a_new_tree_of_another_guide_is_in_its_language(copy: Path) -> None:
    english(copy)
    assert make("new", "TREE=lamps", cwd=copy).returncode == 0
    text = (copy / "decision_trees/lamps.yml").read_text("utf-8")
    assert text.count("guide: brakes.md#brakes\n") == 6
    assert "contacts" not in text
    assert make("check", cwd=copy).returncode == 0
    assert run("mkdocs", "build", "--strict", cwd=copy).returncode == 0


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ([], "no name given: write make new TREE=name-of-the-tree (a-z, 0-9 and single hyphens)"),
        (["TREE="], "no name given: write make new TREE=name-of-the-tree (a-z, 0-9 and single hyphens)"),
        (["TREE=../x"], "'../x' is not a valid id (a-z, 0-9 and single hyphens): "
         "write make new TREE=x"),
        (
            ["TREE=Må jeg så?"],
            "'Må jeg så?' is not a valid id (a-z, 0-9 and single hyphens): "
            "write make new TREE=maa-jeg-saa",
        ),
        (
            ["TREE=it's \"it\""],
            "'it's \"it\"' is not a valid id (a-z, 0-9 and single hyphens): "
            "write make new TREE=it-s-it",
        ),
        (
            ["TREE=$(shell touch x); touch x `touch x` $HOME"],
            "'$(shell touch x); touch x `touch x` $HOME' is not a valid id (a-z, 0-9 and single "
            "hyphens): write make new TREE=shell-touch-x-touch-x-touch-x-home",
        ),
        (["TREE=--help"], "'--help' is not a valid id (a-z, 0-9 and single hyphens): "
         "write make new TREE=help"),
        (["TREE=con"], "the name 'con' is reserved: choose another"),
        (["TREE=guide"], "the name 'guide' is reserved: choose another"),
        (["TREE=om"], "docs/om.md has this name: choose another"),
        (
            ["TREE=hvilken-myndighed"],
            "decision_trees/hvilken-myndighed.yml already exists: choose another name",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_made_is_one_plain_line(copy: Path, given: list[str], line: str) -> None:
    before = contents(copy)
    done = make("new", *given, cwd=copy)
    assert done.returncode == 2
    assert (done.stdout, done.stderr.splitlines()[0]) == ("", line)
    assert "Traceback" not in done.stderr
    assert {name: data for name, data in contents(copy).items() if "__pycache__" not in name} == before


def test_a_tree_that_would_make_another_one_unclear_is_not_written(copy: Path) -> None:
    done = run("guidetrees", "new", "konkret-patient", cwd=copy)
    assert done.returncode == 1
    assert done.stdout.startswith("decision_trees/er-det-digital-behandling.yml:")
    assert "next: 'konkret-patient' is a node here and a tree" in done.stdout
    assert done.stderr.splitlines() == [
        "decision_trees/konkret-patient.yml was not written: choose another name, or fix these problems first"
    ]
    assert not (copy / "decision_trees/konkret-patient.yml").exists()


def test_a_file_that_cannot_be_written_is_one_plain_line(copy: Path) -> None:
    shutil.rmtree(copy / "decision_trees")
    (copy / "decision_trees").write_text("a file where a folder should be")
    done = run("guidetrees", "new", "my-tree", cwd=copy)
    assert (done.returncode, done.stdout) == (2, "")
    assert "decision_trees" in done.stderr and len(done.stderr.splitlines()) == 1
    done = run("guidetrees", "new", "x" * 300, cwd=copy)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)


def test_other_commands_take_no_further_words(copy: Path) -> None:
    done = run("guidetrees", "check", "er-det-digital-behandling", cwd=copy)
    assert done.returncode == 2
    assert "unrecognized arguments: er-det-digital-behandling" in done.stderr


# make diff


def test_changes_since_a_commit_are_told(repository: Path) -> None:
    same = make("diff", "BASE=HEAD", cwd=repository)
    assert (same.returncode, same.stdout, same.stderr) == (0, NOTHING.format("HEAD"), "")
    spoil(repository, TREE, QUESTION, "Er det behandling?")
    expected = [
        "", "", "Er det digital sundhedsfaglig behandling?", "=" * 41, TREE, "",
        "Spørgsmål «Er det behandling?» (sundhedsfaglig)", "  Ordlyd",
        f"    før: «{QUESTION}»", "    nu: «Er det behandling?»",
    ]  # fmt: skip
    changed = make("diff", "BASE=HEAD", cwd=repository)
    assert (changed.returncode, changed.stderr) == (0, "")
    assert changed.stdout.splitlines() == ["Ændringer for læserne siden «HEAD»", *expected]
    git(repository, "commit", "--all", "--message", "Second")
    assert make("diff", "BASE=HEAD", cwd=repository).stdout == NOTHING.format("HEAD")
    earlier = make("diff", "BASE=HEAD~1", cwd=repository)
    assert earlier.stdout.splitlines() == ["Ændringer for læserne siden «HEAD~1»", *expected]


def test_a_project_in_a_folder_of_a_repository_is_compared(copy: Path) -> None:
    above = copy.parent
    git(above, "init", "--quiet")
    git(above, "add", "project/decision_trees", "project/docs", "project/mkdocs.yml")
    git(above, "commit", "--quiet", "--message", "First")
    git(above, "tag", "æøå")
    (copy / "decision_trees/maa-jeg-bruge-appen.yml").write_bytes((copy / TREE).read_bytes())
    done = run("guidetrees", "diff", "æøå", cwd=copy)
    assert done.returncode == 0
    assert "decision_trees/maa-jeg-bruge-appen.yml" in done.stdout


def test_changes_since_a_folder_are_told(copy: Path, tmp_path: Path) -> None:
    former = shutil.copytree(copy, tmp_path / "Tidligere udgave, æøå")
    assert make("diff", f"BASE={former}", cwd=copy).stdout == NOTHING.format(former)
    spoil(copy, TREE, "goto: ikke-sundhedsfaglig", "goto: tvivl-sundhedsfaglig")
    done = make("diff", "BASE=../Tidligere udgave, æøå", cwd=copy)
    assert done.returncode == 0
    end = done.stdout[done.stdout.index("Samme svar") :].splitlines()
    assert end == [
        "Samme svar ender et andet sted",
        f"  {QUESTION} «Nej»",
        "    før: «Det er ikke sundhedsfaglig behandling, som guiden beskriver den»",
        "      (ikke-sundhedsfaglig) – Nej",
        "    nu: «Det er uklart, om det er sundhedsfaglig behandling»",
        "      (tvivl-sundhedsfaglig) – Vær opmærksom",
        "    Antal veje: 1",
        "    Prøvede sager: «Klinikken sender en faktura gennem en app»",
    ]


@pytest.mark.parametrize(
    ("base", "line"),
    [
        ("", f"say what to compare with: write {HOW}"),
        ("nowhere", f"no revision and no folder is called 'nowhere': write {HOW}"),
        ("HEAD~7", f"no revision and no folder is called 'HEAD~7': write {HOW}"),
        ("--help", f"no revision and no folder is called '--help': write {HOW}"),
        ("-x; touch x $(touch x)", f"no revision and no folder is called '-x; touch x $(touch x)': write {HOW}"),
        ('it\'s "æøå"', f"no revision and no folder is called 'it's \"æøå\"': write {HOW}"),
        ("x" * 5000, f"no revision and no folder is called '{'x' * 59}…': write {HOW}"),
        ("docs", f"the folder 'docs' holds no project (no decision_trees/ in it): write {HOW}"),
        ("empty", "'empty' holds no project (no decision_trees/ in it): name another revision"),
    ],
)
def test_what_cannot_be_compared_with_is_one_plain_line(repository: Path, base: str, line: str) -> None:
    git(repository, "checkout", "--quiet", "--orphan", "empty")
    git(repository, "rm", "--quiet", "-r", "--cached", "decision_trees")
    git(repository, "commit", "--quiet", "--message", "Other")
    done = make("diff", f"BASE={base}", cwd=repository)
    assert (done.returncode, done.stdout, done.stderr.splitlines()[0]) == (2, "", line)
    assert "Traceback" not in done.stderr
    assert not (repository / "x").exists()


def test_a_revision_that_a_shallow_clone_does_not_have_can_be_fetched(tmp_path: Path) -> None:
    project = lay_out(None, tmp_path / "project")
    git(project, "init", "--quiet")
    for words in ("First", "Second"):
        (project / "docs/index.md").write_text(f"# {words}\n", "utf-8")
        git(project, "add", "--all")
        git(project, "commit", "--quiet", "--message", words)
    git(tmp_path, "clone", "--quiet", "--depth", "1", project.as_uri(), "shallow")
    with folder_of("HEAD", tmp_path / "shallow") as folder:
        assert (folder / "docs/guide").is_dir()
    words = re.escape("called 'HEAD~1'. ") + ".+ git fetch --unshallow"
    with pytest.raises(InvalidBaseline, match=words), folder_of("HEAD~1", tmp_path / "shallow"):
        pass


def test_without_a_repository_or_git_a_folder_is_asked_for(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = run("guidetrees", "diff", "HEAD", cwd=copy)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("git cannot look for 'HEAD' (fatal: not a git repository")
    assert line.endswith("): name a folder that holds a project")
    monkeypatch.setenv("PATH", str(copy))
    done = run("guidetrees", "diff", "HEAD", cwd=copy)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "git cannot be run (No such file or directory): name a folder that holds a project\n"


def test_versions_that_cannot_be_read_are_told_line_by_line(copy: Path, tmp_path: Path) -> None:
    former = shutil.copytree(copy, tmp_path / "former")
    write(former, "decision_trees/half.yml", "title: [")
    spoil(copy, TREE, "goto: ikke-sundhedsfaglig", "goto: nowhere")
    done = run("guidetrees", "diff", str(former), cwd=copy)
    assert (done.returncode, done.stderr) == (1, "")
    there, here = done.stdout.splitlines()
    assert there.startswith(f"{former}: decision_trees/half.yml:1:9: ")
    assert here.startswith(f"{TREE}:") and here.endswith("goto: no node 'nowhere' in this tree")


def test_a_problem_that_keeps_nothing_from_being_read_keeps_nothing_from_being_compared(
    copy: Path, tmp_path: Path
) -> None:
    former = shutil.copytree(copy, tmp_path / "former")
    spoil(former, TREE, "answers: {sundhedsfaglig: nej}", "answers: {sundhedsfaglig: ved-ikke}")
    done = run("guidetrees", "diff", str(former), cwd=copy)
    assert (done.returncode, done.stdout) == (0, NOTHING.format(former))


def test_comparing_writes_nothing(repository: Path) -> None:
    before = contents(repository)
    make("diff", "BASE=HEAD", cwd=repository)
    after = {name: data for name, data in contents(repository).items() if "__pycache__" not in name}
    assert after == before
    assert not [name for name in os.listdir(repository) if name.startswith("guidetrees-")]
