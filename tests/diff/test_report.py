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
from copies import TREE, call, contents, english, make, spoil, without_notes
from helpers import lay_out, write
from site_reader import Site

from guidetrees.diff.baseline import InvalidBaseline, former_project
from guidetrees.source.layout import DEFAULT

NEXT = """\
Vejviseren virker, som den står. Teksterne er pladsholdere. Sådan kommer du videre:
1. Skriv `make serve`, åbn forhåndsvisningen, og åbn filen i et tekstprogram.
2. Skriv alle tekster om, der begynder med et ord i [ ], og vis de steder i guiden, som vejviseren bygger på.
3. Gem, og se forhåndsvisningen. Er der noget galt, siger `make check` hvor.
"""
QUESTION = "Er der tale om sundhedsfaglig behandling?"
NOTHING = "Ingen ændringer for læserne siden «{}».\n"
FORM = "små bogstaver a-z, tal og enkelte bindestreger"
HOW = "make diff BASE=HEAD (hvad der er ændret, siden der sidst blev gemt i git), BASE=v1.2 eller " \
    "BASE=../tidligere/projekt"  # fmt: skip


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
    done = call("check", "--on", str(date.today()), cwd=copy)  # the day that the new tree says
    assert (done.returncode, done.stderr) == (0, "")
    mark = ": advarsel: teksten er en pladsholder: skriv din egen, og slet [RET] [placeholders-are-replaced]"
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
    assert call("new", "lamps", cwd=copy).returncode == 0
    text = (copy / "decision_trees/lamps.yml").read_text("utf-8")
    assert text.count("guide: brakes.md#brakes\n") == 6
    assert "contacts" not in text
    assert call("check", cwd=copy).returncode == 0
    assert run("mkdocs", "build", "--strict", cwd=copy).returncode == 0


INVALID = f"{{}} kan ikke være et navn ({FORM}): skriv make new TREE={{}}"
NO_NAME = f"der mangler et navn: skriv make new TREE=vejviserens-navn ({FORM})"
INJECTION = "$(shell touch x); touch x `touch x` $HOME"
TYPED = [
    ([], NO_NAME),
    (['TREE=it\'s "it"'], INVALID.format("'it's \"it\"'", "it-s-it")),
    ([f"TREE={INJECTION}"], INVALID.format(f"'{INJECTION}'", "shell-touch-x-touch-x-touch-x-home")),
    (["TREE=--help"], INVALID.format("'--help'", "help")),
]
"""What authors type after `make new`, with what shells and options make of it, and the line that it gives."""
NAMES = [
    ("", NO_NAME),
    ("../x", INVALID.format("'../x'", "x")),
    ("Må jeg så?", INVALID.format("'Må jeg så?'", "maa-jeg-saa")),
    ("con", "navnet 'con' er optaget: vælg et andet"),
    ("guide", "navnet 'guide' er optaget: vælg et andet"),
    ("om", "docs/om.md har det navn: vælg et andet"),
    ("hvilken-myndighed", "decision_trees/hvilken-myndighed.yml findes allerede: vælg et andet navn"),
]


def test_what_cannot_be_made_is_one_plain_line(copy: Path) -> None:
    before = contents(copy)
    for given, line in TYPED:
        done = make("new", *given, cwd=copy)
        assert (done.returncode, done.stdout, done.stderr.splitlines()[0]) == (2, "", line)
        assert "Traceback" not in done.stderr
    for name, line in NAMES:
        done = call("new", name, cwd=copy)
        assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{line}\n")
    assert contents(copy) == before


def test_a_tree_that_would_make_another_one_unclear_is_not_written(copy: Path) -> None:
    done = call("new", "konkret-patient", cwd=copy)
    assert done.returncode == 1
    assert done.stdout.startswith("decision_trees/er-det-digital-behandling.yml:")
    assert "next: 'konkret-patient' er både en skærm her og en vejviser" in done.stdout
    assert done.stderr.splitlines() == [
        "decision_trees/konkret-patient.yml blev ikke skrevet: vælg et andet navn, eller ret først disse fejl"
    ]
    assert not (copy / "decision_trees/konkret-patient.yml").exists()


def test_a_file_that_cannot_be_written_is_one_plain_line(copy: Path) -> None:
    shutil.rmtree(copy / "decision_trees")
    (copy / "decision_trees").write_text("a file where a folder should be")
    done = call("new", "my-tree", cwd=copy)
    assert (done.returncode, done.stdout) == (2, "")
    assert "decision_trees" in done.stderr and len(done.stderr.splitlines()) == 1
    done = call("new", "x" * 300, cwd=copy)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)


def test_other_commands_take_no_further_words(copy: Path) -> None:
    done = call("check", "er-det-digital-behandling", cwd=copy)
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
    changed = call("diff", "HEAD", cwd=repository)
    assert (changed.returncode, changed.stderr) == (0, "")
    assert changed.stdout.splitlines() == ["Ændringer for læserne siden «HEAD»", *expected]
    git(repository, "commit", "--all", "--message", "Second")
    assert call("diff", "HEAD", cwd=repository).stdout == NOTHING.format("HEAD")
    earlier = call("diff", "HEAD~1", cwd=repository)
    assert earlier.stdout.splitlines() == ["Ændringer for læserne siden «HEAD~1»", *expected]


def test_a_project_in_a_folder_of_a_repository_is_compared(copy: Path) -> None:
    above = copy.parent
    git(above, "init", "--quiet")
    git(above, "add", "project/decision_trees", "project/docs", "project/mkdocs.yml")
    git(above, "commit", "--quiet", "--message", "First")
    git(above, "tag", "æøå")
    (copy / "decision_trees/maa-jeg-bruge-appen.yml").write_bytes((copy / TREE).read_bytes())
    done = call("diff", "æøå", cwd=copy)
    assert done.returncode == 0
    assert "decision_trees/maa-jeg-bruge-appen.yml" in done.stdout


def test_changes_since_a_folder_are_told(copy: Path, tmp_path: Path) -> None:
    former = shutil.copytree(copy, tmp_path / "Tidligere udgave, æøå")
    assert call("diff", str(former), cwd=copy).stdout == NOTHING.format(former)
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


UNKNOWN = "ingen version og ingen mappe hedder '{}': skriv " + HOW
INJECTED = "-x; touch x $(touch x)"
TYPED_BASES = [
    ("", f"sig, hvad der skal sammenlignes med: skriv {HOW}"),
    ("--help", UNKNOWN.format("--help")),
    (INJECTED, UNKNOWN.format(INJECTED)),
    ('it\'s "æøå"', UNKNOWN.format('it\'s "æøå"')),
]
BASES = [
    ("nowhere", UNKNOWN.format("nowhere")),
    ("HEAD~7", UNKNOWN.format("HEAD~7")),
    ("x" * 5000, UNKNOWN.format(f"{'x' * 59}…")),
    ("docs", f"der er intet projekt i mappen 'docs' (ingen decision_trees/ i den): skriv {HOW}"),
    ("empty", "der er intet projekt i 'empty' (ingen decision_trees/ i den): nævn en anden version"),
]


def test_what_cannot_be_compared_with_is_one_plain_line(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "--orphan", "empty")
    git(repository, "rm", "--quiet", "-r", "--cached", "decision_trees")
    git(repository, "commit", "--quiet", "--message", "Other")
    for base, line in TYPED_BASES:
        done = make("diff", f"BASE={base}", cwd=repository)
        assert (done.returncode, done.stdout, done.stderr.splitlines()[0]) == (2, "", line)
        assert "Traceback" not in done.stderr
    for base, line in BASES:
        done = call("diff", base, cwd=repository)
        assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{line}\n")
    assert not (repository / "x").exists()


def test_a_revision_that_a_shallow_clone_does_not_have_can_be_fetched(tmp_path: Path) -> None:
    project = lay_out(None, tmp_path / "project")
    git(project, "init", "--quiet")
    for words in ("First", "Second"):
        (project / "docs/index.md").write_text(f"# {words}\n", "utf-8")
        git(project, "add", "--all")
        git(project, "commit", "--quiet", "--message", words)
    git(tmp_path, "clone", "--quiet", "--depth", "1", project.as_uri(), "shallow")
    with former_project("HEAD", tmp_path / "shallow", DEFAULT) as before:
        assert before.pages
    words = re.escape("called 'HEAD~1'. ") + ".+ git fetch --unshallow"
    with pytest.raises(InvalidBaseline, match=words), former_project("HEAD~1", tmp_path / "shallow", DEFAULT):
        pass


def test_without_a_repository_or_git_a_folder_is_asked_for(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = call("diff", "HEAD", cwd=copy)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("git kan ikke finde 'HEAD' (fatal: not a git repository")
    assert line.endswith("): nævn en mappe med et projekt")
    monkeypatch.setenv("PATH", str(copy))
    done = call("diff", "HEAD", cwd=copy)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "git kan ikke startes (filen eller mappen findes ikke): nævn en mappe med et projekt\n"


def test_versions_that_cannot_be_read_are_told_line_by_line(copy: Path, tmp_path: Path) -> None:
    former = shutil.copytree(copy, tmp_path / "former")
    write(former, "decision_trees/half.yml", "title: [")
    spoil(copy, TREE, "goto: ikke-sundhedsfaglig", "goto: nowhere")
    done = call("diff", str(former), cwd=copy)
    assert (done.returncode, done.stderr) == (1, "")
    there, here = done.stdout.splitlines()
    assert there.startswith(f"{former}: decision_trees/half.yml:1:9: ")
    assert here.startswith(f"{TREE}:") and here.endswith(
        "goto: der er ingen skærm 'nowhere' i denne vejviser [answers-lead-on]"
    )


def test_a_problem_that_keeps_nothing_from_being_read_keeps_nothing_from_being_compared(
    copy: Path, tmp_path: Path
) -> None:
    former = shutil.copytree(copy, tmp_path / "former")
    spoil(former, TREE, "answers: {sundhedsfaglig: nej}", "answers: {sundhedsfaglig: ved-ikke}")
    done = call("diff", str(former), cwd=copy)
    assert (done.returncode, done.stdout) == (0, NOTHING.format(former))


def test_comparing_writes_nothing(repository: Path) -> None:
    before = contents(repository)
    assert call("diff", "HEAD", cwd=repository).returncode == 0
    assert contents(repository) == before
    assert not [name for name in os.listdir(repository) if name.startswith("guidetrees-")]
