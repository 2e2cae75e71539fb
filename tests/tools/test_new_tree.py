"""A tree to start from: it holds by every rule in any project, and nobody's file is lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from helpers import lay_out, problems_of, write

from guidetrees.check.checker import hints
from guidetrees.graph.node_kinds import answer_ids
from guidetrees.messages.words import languages
from guidetrees.parse.model import Checklist, Outcome, Question
from guidetrees.parse.tables.shared import DEVICES
from guidetrees.project.project import read_project
from guidetrees.project.references import readable_nodes
from guidetrees.tools import new_tree as new
from guidetrees.tools.new_tree import TEMPLATES, NewTreeError, first_section

TODAY = date(2026, 11, 24)
MARKS = {"da": "[RET]", "en": "[EDIT]"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay_out(None, tmp_path / "project")


def start(root: Path, id: str, language: str = "en") -> Path:
    path, found = new.write_new_tree(read_project(root), root, id, language, TODAY)
    assert not found
    return path


def refusal(root: Path, id: str) -> str:
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    with pytest.raises(NewTreeError) as caught:
        start(root, id)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
    message = str(caught.value)
    assert "\n" not in message
    return message


@pytest.mark.parametrize("language", languages())
def test_a_new_tree_has_no_problems_but_a_warning_of_each_text_to_write(root: Path, language: str) -> None:
    before = hints(read_project(root))
    path = start(root, "my-tree", language)
    assert path == root / "decision_trees/my-tree.yml"
    assert problems_of(root) == []
    found = [hint for hint in hints(read_project(root)) if hint not in before]
    lines = path.read_text("utf-8").splitlines()
    assert {(hint.level, hint.rule) for hint in found} == {("warning", "placeholders-are-replaced")}
    marked = [line for line in lines if MARKS[language] in line and not line.startswith("#")]
    assert len(found) == len(marked) > 20
    path.write_text(path.read_text("utf-8").replace(MARKS[language] + " ", ""), "utf-8")
    assert set(hints(read_project(root))) <= set(before)


@pytest.mark.parametrize("language", languages())
def test_a_new_tree_shows_each_thing_an_author_needs(root: Path, language: str) -> None:
    start(root, "my-tree", language)
    tree = read_project(root).trees["my-tree"]
    nodes = readable_nodes(tree)
    assert tree.reviewed == TODAY
    (question,) = (node for node in nodes if isinstance(node, Question))
    assert question.answers and len(question.answers) == 3 and all(answer.hint for answer in question.answers)
    assert [node for node in nodes if isinstance(node, Checklist)]
    ends = [node for node in nodes if isinstance(node, Outcome)]
    assert {node.verdict for node in ends} == {"yes", "no", "caution"}
    assert all(node.guide == ("index.md#everyone",) and node.contacts == ("desk",) for node in ends)
    assert {str(end.id) for end in ends} == {str(scenario.outcome) for scenario in tree.scenarios}
    given = [answer for scenario in tree.scenarios for answer in scenario.answers or ()]
    answered = {(str(node), str(id)) for node, ids in given for id in ids}
    assert answered == {(str(node.id), id) for node in nodes for id in answer_ids(node)}


@pytest.mark.parametrize("language", languages())
def test_every_text_is_marked_to_be_replaced_and_keys_are_explained(root: Path, language: str) -> None:
    text = start(root, "my-tree", language).read_text("utf-8")
    tree = read_project(root).trees["my-tree"]
    texts = [tree.title, tree.summary, tree.intro, *(scenario.name for scenario in tree.scenarios)]
    for node in readable_nodes(tree):
        texts += [node.title, node.text if isinstance(node, Outcome) else node.help]
        if isinstance(node, Question):
            texts += [words for answer in node.answers or () for words in (answer.answer, answer.hint)]
        if isinstance(node, Checklist):
            texts += [words for item in node.items for words in (item.item, item.hint)]
    mark = MARKS[language]
    assert all(words and words.startswith(mark) for words in texts)
    # Once in the first lines, which say what it means, and once in a line that is put out of use.
    assert text.count(mark) == len(texts) + 2
    notes = [line for line in text.splitlines() if line.lstrip().startswith("#")]
    assert len(notes) > 12
    assert all(any(words in line for line in notes) for words in ("choose: several", "step: …"))
    assert max(map(len, text.splitlines())) <= 115
    first, rest = text.split("\n", 1)
    assert first == "# yaml-language-server: $schema=_schema/tree.json"
    assert "$" not in rest


def test_all_templates_have_the_same_keys() -> None:
    keys = [
        [line.split(":")[0].strip() for line in path.read_text("utf-8").splitlines() if ":" in line[:30]]
        for path in sorted(TEMPLATES.glob("*.yml"))
    ]
    assert {path.stem for path in TEMPLATES.glob("*.yml")} == set(languages())
    kinds = [
        [key for key in of if key in ("- answer", "hint", "goto", "outcome", "guide", "- name")] for of in keys
    ]
    assert kinds[0] == kinds[1]


def test_a_language_without_a_template_gets_the_english_one(root: Path) -> None:
    assert MARKS["en"] in start(root, "my-tree", "fi").read_text("utf-8")


def test_without_contacts_none_is_named(root: Path) -> None:
    for file in ("contacts.yml", "other.yml"):
        (root / "decision_trees" / file).unlink()
    text = start(root, "my-tree").read_text("utf-8")
    assert "contacts" not in text
    assert problems_of(root) == []


def test_the_first_tree_of_all_makes_the_folder(tmp_path: Path) -> None:
    write(tmp_path, "docs/guide/rules.md", "# Rules { #rules }\n\nBe kind.\n")
    start(tmp_path, "my-tree")
    assert problems_of(tmp_path) == []


def test_the_section_is_a_piece_with_words_and_no_whole_page(tmp_path: Path) -> None:
    write(
        tmp_path,
        "docs/guide/a.md",
        "# Rules { #rules }\n\n## Empty { #empty .own }\n\n## One { #one }\n\nBe kind.\n",
    )
    section = first_section(read_project(tmp_path))
    assert section and section.id == "one"
    write(tmp_path, "docs/guide/a.md", '# Rules { #rules }\n\n<p id="it\'s: [odd], # x">Be kind.</p>\n')
    start(tmp_path, "my-tree")
    assert problems_of(tmp_path) == []


def test_a_guide_without_sections_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path, "my-tree") == (
        "the guide has no section to cite: write one in docs/guide/, such as '# The rules { #rules }'"
    )


@pytest.mark.parametrize("id", ["", " ", "\t"])
def test_a_name_must_be_given(root: Path, id: str) -> None:
    assert refusal(root, id) == (
        "no name given: write make new TREE=name-of-the-tree (a-z, 0-9 and single hyphens)"
    )


@pytest.mark.parametrize(
    ("id", "better"),
    [
        ("../x", "x"), ("/etc/passwd", "etc-passwd"), ("Ny vejviser, æøå", "ny-vejviser-aeoeaa"), ("a--b", "a-b"),
        ("it's \"it\"", "it-s-it"), ("x.yml", "x-yml"), ("con.yml", "con-yml"), ("-x", "x"), ("A", "a"),
        ("x\ny", "x-y"), ("x\n", "x"), ("a\\b", "a-b"), ("$(id)", "id"),
    ],
)  # fmt: skip
def test_what_is_no_id_is_told_with_one_that_is(root: Path, id: str, better: str) -> None:
    message = refusal(root, id)
    assert message.endswith(f"is not a valid id (a-z, 0-9 and single hyphens): write make new TREE={better}")


@pytest.mark.parametrize("id", ["..", "漢字", "🙂", "'"])
def test_what_no_id_can_be_made_of_is_told_with_an_example(root: Path, id: str) -> None:
    assert refusal(root, id).endswith("write make new TREE=name-of-the-tree (a-z, 0-9 and single hyphens)")


@pytest.mark.parametrize("id", [*sorted(DEVICES)[:3], "con", "guide", "index", "review", "contacts", "updates"])
def test_a_reserved_name_is_told(root: Path, id: str) -> None:
    assert refusal(root, id) == f"the name '{id}' is reserved: choose another"


def test_a_name_that_is_taken_is_told(root: Path) -> None:
    other = root / "decision_trees/other.yml"
    other.write_text(other.read_text("utf-8").replace("start:", "aliases: [former]\nstart:"), "utf-8")
    write(root, "decision_trees/half.yml", "title: [")
    write(root, "decision_trees/Waits.YAML", "title: x")
    write(root, "docs/about.md", "# About\n")
    stays = "already exists: choose another name"
    assert refusal(root, "other") == f"decision_trees/other.yml {stays}"
    assert refusal(root, "half") == f"decision_trees/half.yml {stays}"
    assert refusal(root, "waits") == f"decision_trees/Waits.YAML {stays}"
    assert refusal(root, "former") == (
        "'former' is a former name of the tree 'other' (aliases in decision_trees/other.yml): choose another name"
    )
    assert refusal(root, "about") == "docs/about.md has this name: choose another"


def test_a_file_that_comes_in_between_is_not_overwritten(root: Path) -> None:
    project = read_project(root)
    link = root / "decision_trees/my-tree.yml"
    link.symlink_to(root / "nowhere")
    with pytest.raises(NewTreeError):
        new.write_new_tree(project, root, "my-tree", "en", TODAY)
    assert not (root / "nowhere").exists()


def test_a_name_that_makes_another_tree_unclear_is_told_and_not_written(root: Path) -> None:
    """`next: [more]` names a node of that tree, and would name the new tree too."""
    other = root / "decision_trees/other.yml"
    text = other.read_text("utf-8").replace("    contacts: [desk]\n", "    contacts: [desk]\n    next: [stay]\n")
    other.write_text(text, "utf-8")
    path, found = new.write_new_tree(read_project(root), root, "stay", "en", TODAY)
    assert [str(finding) for finding in found] == [
        "decision_trees/other.yml:20:12: next: 'stay' is a node here and a tree: write 'other:stay' or 'stay:' "
        "[next-exists]"
    ]
    assert not path.exists()


def test_mistakes_elsewhere_are_no_hindrance(root: Path) -> None:
    write(root, "decision_trees/half.yml", "title: [")
    before = problems_of(root)
    start(root, "my-tree")
    assert problems_of(root) == before
