"""What editors are told: schemas in step with the model, that find no fault with what is right."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT
from helpers import CASES, cases, lay_out, problems_of, write
from jsonschema import Draft7Validator

from guidetrees.cli import main
from guidetrees.parse import tables as language
from guidetrees.parse.forms import Table
from guidetrees.project.project import read_project
from guidetrees.source.layout import DEFAULT
from guidetrees.tools import json_schema as schema


class Core(yaml.SafeLoader):
    """YAML as editors read it, by the core schema of 1.2: `yes` is a text, and so is a date."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 (PyYAML's own name and kind)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[str, Any]:  # type: ignore[override]
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}


for tag, form, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{form})$"), first)
Core.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(node.value))


def faults(root: Path) -> Iterator[tuple[str, str]]:
    """(file, place of the value in it) of all that an editor marks in the trees of the project in `root`."""
    judges = {name: Draft7Validator(json.loads(text)) for name, text in schema.schemas(read_project(root))}
    for path in sorted((root / "decision_trees").glob("[!_.]*.yml")):
        value = yaml.load(path.read_bytes().decode("utf-8-sig"), Loader=Core)
        for fault in judges.get(f"{path.stem}.json", judges["tree.json"]).iter_errors(value):
            yield path.name, "/".join(map(str, fault.absolute_path))


def written(root: Path = ROOT) -> dict[str, Any]:
    return {name: json.loads(text) for name, text in schema.schemas(read_project(root))}


def within(value: Any) -> Iterator[dict[str, Any]]:
    """Every mapping in a schema."""
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from within(part)


# In step


def test_the_schemas_are_in_step_with_the_model_and_the_guide() -> None:
    wanted = dict(schema.schemas(read_project(ROOT)))
    found = {path.name: path.read_text("utf-8") for path in (ROOT / DEFAULT.schemas).iterdir()}
    late = sorted(name for name in wanted | found if wanted.get(name) != found.get(name))
    assert not late, f"{', '.join(late)} in {DEFAULT.schemas}/: out of step, run make schema"


@pytest.mark.parametrize("path", sorted((ROOT / "decision_trees").glob("*.yml")), ids=lambda path: path.stem)
def test_every_file_names_its_schema_in_its_first_line(path: Path) -> None:
    named = f"_schema/{path.stem if path.stem in ('contacts', 'updates') else 'tree'}.json"
    assert path.read_text("utf-8").splitlines()[0] == f"# yaml-language-server: $schema={named}"
    assert (path.parent / named).is_file()


def test_the_reader_passes_over_the_folder_of_schemas(tmp_path: Path) -> None:
    root = lay_out(None, tmp_path)
    write(root, f"{DEFAULT.schemas}/tree.yml", "no: tree")
    assert problems_of(root) == []


# What they say


@pytest.mark.parametrize("name", ["contacts.json", "tree.json", "updates.json"])
def test_a_schema_is_one(name: str) -> None:
    Draft7Validator.check_schema(written()[name])


def test_the_patterns_are_the_same_to_an_editor() -> None:
    """Its regular expressions refuse an escape that means nothing."""
    patterns = {part["pattern"] for part in within(written()) if isinstance(part.get("pattern"), str)}
    assert len(patterns) == 6
    assert {sign for pattern in patterns for sign in re.findall(r"\\(.)", pattern)} <= set(r"sS.+?\\")


@pytest.mark.parametrize("table", [value for value in vars(language).values() if isinstance(value, Table)])
def test_every_key_says_what_it_is_for(table: Table) -> None:
    for key in table.keys:
        assert re.fullmatch(r"[A-Z`].{10,230}\.", key.about), key.name
        assert key.about.count("`") % 2 == 0, key.name


def test_what_can_be_named_stands_with_what_it_is(tmp_path: Path) -> None:
    definitions = written(lay_out(None, tmp_path))["tree.json"]["definitions"]
    named = {
        what: dict(zip(definitions[what]["enum"], definitions[what]["enumDescriptions"], strict=True))
        for what in ("contact", "update", "section")
    }
    assert named["contact"] == {"desk": "The desk"}
    assert named["update"] == {"longer-loans": "Loans last six weeks"}
    assert list(named["section"]) == sorted(named["section"])
    assert named["section"]["rules.md#time"] == read_project(tmp_path).pages["rules.md"].sections["time"].label


def test_where_nothing_can_be_named_any_text_will_do(tmp_path: Path) -> None:
    root = lay_out(None, tmp_path)
    (root / "decision_trees/contacts.yml").unlink()
    assert "enum" not in written(root)["tree.json"]["definitions"]["contact"]
    assert list(faults(root)) == []


# What they find


def test_they_find_no_fault_with_the_real_files() -> None:
    assert list(faults(ROOT)) == []


# An editor takes the word null for nothing, which is the commoner mistake.
QUOTES_NEEDED = {"words-that-yaml-knows.yml": [("words-that-yaml-knows.yml", "title")]}


@pytest.mark.parametrize("case", cases("valid"), ids=lambda case: case.stem)
def test_they_find_no_fault_with_what_is_right(case: Path, tmp_path: Path) -> None:
    assert list(faults(lay_out(case, tmp_path))) == QUOTES_NEEDED.get(case.name, [])


# A sample of what one file alone can tell, and where it is marked.
FOUND = {
    "unknown-key.yml": "",
    "unknown-key-in-question.yml": "nodes/first",
    "item-unknown-key.yml": "nodes/list/items/0",
    "part-unknown-key.yml": "nodes/end/parts/0",
    "scenario-unknown-key.yml": "scenarios/0",
    "update-unknown-key": "longer-loans",
    "when-misspelt-key.yml": "nodes/risk/answers/0/goto",
    "missing-title.yml": "",
    "answer-without-goto.yml": "nodes/first/answers/0",
    "met-missing.yml": "nodes/list",
    "node-without-kind.yml": "nodes/first",
    "node-kind-misspelt.yml": "nodes/first",
    "node-of-two-kinds.yml": "nodes/first",
    "node-question-key-missing.yml": "nodes/first",
    "node-without-value.yml": "nodes/last",
    "node-as-text.yml": "nodes/last",
    "node-id-danish.yml": "nodes",
    "node-id-in-capitals.yml": "nodes",
    "contact-id-ill-formed": "",
    "alias-ill-formed.yml": "aliases/0",
    "title-as-list.yml": "title",
    "question-empty.yml": "nodes/first/question",
    "outcome-text-empty.yml": "nodes/last/text",
    "answers-only-one.yml": "nodes/first/answers",
    "contact-as-text": "desk",
    "guide-as-mapping.yml": "nodes/last/guide",
    "outcome-cites-an-empty-list.yml": "nodes/last/guide",
    "when-empty.yml": "nodes/risk/answers/0/goto",
    "when-list-none.yml": "nodes/risk/answers/0/goto",
    "cases-none.yml": "nodes/risk/answers/0/goto",
    "keywords-as-text.yml": "keywords",
    "keywords-twice-the-same.yml": "keywords",
    "scenario-answers-as-list.yml": "scenarios/0/answers",
    "verdict-unknown.yml": "nodes/last/verdict",
    "verdict-in-capitals.yml": "nodes/last/verdict",
    "strictness-of-one-verdict.yml": "strictness",
    "graver-not-true.yml": "nodes/first/answers/0/graver",
    "order-not-whole.yml": "order",
    "review-months-too-many.yml": "review_months",
    "reviewed-not-a-date.yml": "reviewed",
    "reviewed-with-time.yml": "reviewed",
    "update-date-ill-formed": "longer-loans/from",
    "contact-url-of-a-script": "desk/url",
    "contact-email-ill-formed": "desk/email",
    "contact-phone-ill-formed": "desk/phone",
    "item-contact-unknown.yml": "nodes/list/items/0/contacts/0",
    "update-unknown.yml": "updates/0",
    "guide-section-unknown.yml": "nodes/last/guide",
}


@pytest.mark.parametrize("case", FOUND)
def test_they_find_what_one_file_can_tell(case: str, tmp_path: Path) -> None:
    found = {place for _, place in faults(lay_out(CASES / "invalid" / case, tmp_path))}
    assert found == {FOUND[case]}


# The command


def test_the_command_writes_them_while_a_tree_is_half_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay_out(CASES / "invalid/goto-unknown.yml", tmp_path)
    assert main(["schema", "--root", str(root)]) == 0
    paths = [root / DEFAULT.schemas / name for name in ("contacts.json", "tree.json", "updates.json")]
    assert capsys.readouterr().out.splitlines() == [str(path) for path in paths]
    assert {path.name: path.read_text("utf-8") for path in paths} == dict(schema.schemas(read_project(root)))
    assert all(path.read_bytes().endswith(b"}\n") for path in paths)


def test_the_command_writes_nothing_where_it_cannot_know_the_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay_out(CASES / "invalid/contacts-not-yaml", tmp_path)
    assert main(["schema", "--root", str(root)]) == 1
    assert capsys.readouterr().out.startswith("decision_trees/contacts.yml:")
    assert not (root / DEFAULT.schemas).exists()
