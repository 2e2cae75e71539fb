"""Synthetic guides: the same for the same seed, of any size, with the parts and proportions that real ones have.

Trees have 20 to 60 nodes. A tree first asks for the reader's role, on which cases and parts depend later.
Nodes rest on sections of the guide, whose words come from the real guide by chance: forms, compounds and lengths
are those of its language.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
THIS_SITE = 100
"""Nodes of the site that this project is, about."""
SIZES = (50, THIS_SITE, 500, 2_000, 10_000)
"""Nodes."""
DOUBLINGS = (2_500, 5_000, 10_000)
"""Nodes of the guides that show what one node more costs."""
SMALLEST, LARGEST = 20, 60
"""Nodes of a tree."""
NODES_A_SECTION = 4
"""Nodes to one section of the guide: several nodes rest on each."""
SECTIONS_A_PAGE = 8
ROLES = ("Leder", "Læge", "Sygeplejerske")
VERDICTS = ("yes", "no", "caution", "info")
CONTACTS = tuple(f"myndighed-{number}" for number in range(8))

SETTINGS = """\
site_name: Guide
use_directory_urls: false
nav: [index.md]
not_in_nav: "*"
theme:
  name: material
  language: da
  custom_dir: hooks/guidetrees_mkdocs/theme
  font: false
  features: [navigation.tabs, navigation.indexes, navigation.footer]
hooks: [hooks/mkdocs_hook.py]
plugins: []
markdown_extensions: [attr_list, md_in_html, sane_lists, tables, {toc: {permalink: "¶"}}]
extra:
  generator: false
"""


def write_guide(nodes: int, folder: Path) -> None:
    """The guide of a size as a project in `folder`, which is made."""
    if nodes == THIS_SITE:
        for name in ("hooks", "docs", "decision_trees"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "mkdocs.yml", folder)
    else:
        Guide(nodes).write(folder)


class Guide:
    """What one guide is made of, by chance from a seed."""

    def __init__(self, nodes: int, seed: int = 7) -> None:
        self.chance = random.Random(f"{seed}-{nodes}")
        self.words = _words()
        self.trees = list(_sizes(nodes, self.chance))
        self.sections = max(SECTIONS_A_PAGE, nodes // NODES_A_SECTION)

    def write(self, folder: Path) -> None:
        """The guide as a project in `folder`, which is made, with the engine as it is."""
        shutil.copytree(ROOT / "hooks", folder / "hooks", ignore=shutil.ignore_patterns("__pycache__"))
        assets = folder / "docs" / "assets"
        shutil.copytree(ROOT / "docs" / "assets", assets)
        (folder / "docs" / "guide").mkdir()
        (folder / "decision_trees").mkdir()
        files = {"mkdocs.yml": SETTINGS, "docs/index.md": "# Guide\n\nFind svar.\n\n<!-- trees -->\n"}
        files |= dict(self._pages())
        files["decision_trees/contacts.yml"] = _yaml({name: self._contact(name) for name in CONTACTS})
        files |= {f"decision_trees/tree-{i:03}.yml": _yaml(self._tree(size)) for i, size in enumerate(self.trees)}
        for path, text in files.items():
            (folder / path).write_text(text, "utf-8")

    # The guide's text

    def _pages(self) -> Iterator[tuple[str, str]]:
        for page in range(-(-self.sections // SECTIONS_A_PAGE)):
            first = page * SECTIONS_A_PAGE
            sections = range(first, min(first + SECTIONS_A_PAGE, self.sections))
            written = [f"# {self._phrase(4)} {{ #side-{page} }}", *map(self._section, sections)]
            yield f"docs/guide/{_page(first)}", "\n\n".join(written) + "\n"

    def _section(self, number: int) -> str:
        points = "\n".join(f"- {self._sentence()}" for _ in range(self.chance.randint(0, 4)))
        parts = [f"## {self._phrase(5)} {{ #afsnit-{number} }}", self._paragraph(), points, self._paragraph()]
        return "\n\n".join(filter(None, parts))

    def _phrase(self, words: int) -> str:
        return " ".join(self.chance.choices(self.words, k=words)).capitalize()

    def _sentence(self) -> str:
        return self._phrase(self.chance.randint(8, 22)) + "."

    def _paragraph(self) -> str:
        return " ".join(self._sentence() for _ in range(self.chance.randint(1, 4)))

    # Trees

    def _contact(self, name: str) -> dict[str, object]:
        return {"name": name.capitalize(), "url": f"https://example.org/{name}", "topics": [self._phrase(3)]}

    def _tree(self, size: int) -> dict[str, object]:
        nodes = dict(self._nodes(size))
        _, *others = nodes.values()
        if not any("n0" in str(node) for node in others):  # nothing depends on the role
            last = next(node for node in reversed(nodes.values()) if "outcome" in node)
            last["parts"] = [self._part()]
        return {
            "title": self._question(),
            "summary": self._sentence(),
            "intro": self._paragraph(),
            "reviewed": "2026-11-24",
            "review_months": 120,
            "start": "n0",
            "nodes": nodes,
        }

    def _nodes(self, size: int) -> Iterator[tuple[str, dict[str, object]]]:
        """The role's question, which leads to the same node whatever is answered, and below it a tree of questions
        with ways across."""
        yield "n0", self._asked([[i, "n1"] for i in ROLES])
        targets = self._targets(size)
        for number in range(1, size):
            leads = targets.get(number)
            if not leads:
                yield f"n{number}", self._outcome()
            elif len(leads) == 2 and self.chance.random() < 0.2:
                yield f"n{number}", self._checklist(*leads)
            else:
                asked = self._asked([[self._phrase(3), f"n{lead}"] for lead in leads])
                if leads[0] not in targets and self.chance.random() < 0.3:
                    _divide(asked)
                yield f"n{number}", asked

    def _targets(self, size: int) -> dict[int, list[int]]:
        """Where the answers of each question lead: every node is reached, and some from several."""
        targets: dict[int, list[int]] = {}
        following = 2
        for number in range(1, size):
            if following >= size:
                break
            new = range(following, min(following + self.chance.choice((2, 2, 3)), size))
            following = new.stop
            if len(new) == 1:  # the last
                targets[number - 1].append(new[0])
                break
            targets[number] = [*new]
            # Across, to a later node that is new to this question.
            while self.chance.random() < 0.2:
                across = self.chance.randint(number + 1, size - 1)
                if across in targets[number]:
                    break
                targets[number].append(across)
        return targets

    def _question(self) -> str:
        return self._phrase(7) + "?"

    def _asked(self, leads: list[list[str]]) -> dict[str, object]:
        answers: list[dict[str, object]] = [
            {"answer": words, "id": f"svar-{place}", "goto": target} for place, (words, target) in enumerate(leads)
        ]
        if self.chance.random() < 0.3:
            answers[0]["hint"] = self._phrase(6)
        asked: dict[str, object] = {"question": self._question(), "guide": self._sections(1), "answers": answers}
        return {**asked, "help": self._paragraph()} if self.chance.random() < 0.7 else asked

    def _checklist(self, met: int, unmet: int) -> dict[str, object]:
        items = [{"item": self._question(), "hint": self._phrase(8)} for _ in range(self.chance.randint(2, 6))]
        goto: dict[str, object] = {"met": f"n{met}", "unmet": f"n{unmet}"}
        return {"checklist": self._question(), "guide": self._sections(1), "items": items, **goto}

    def _outcome(self) -> dict[str, object]:
        outcome: dict[str, object] = {
            "outcome": self._phrase(6),
            "verdict": self.chance.choice(VERDICTS),
            "text": self._paragraph(),
            "guide": self._sections(2),
            "contacts": [self.chance.choice(CONTACTS)],
        }
        if self.chance.random() < 0.2:
            outcome["parts"] = [self._part()]
        return outcome

    def _part(self) -> dict[str, object]:
        """What leaders are told besides."""
        return {"when": {"n0": "svar-0"}, "text": self._paragraph()}

    def _sections(self, count: int) -> list[str]:
        found = self.chance.sample(range(self.sections), count)
        return [f"{_page(number)}#afsnit-{number}" for number in found]


def _divide(asked: dict[str, Any]) -> None:
    """Makes the first answer lead one of the roles where the second leads."""
    first, second = asked["answers"][:2]
    first["goto"] = [{"when": {"n0": "svar-1"}, "to": second["goto"]}, {"to": first["goto"]}]


def _page(section: int) -> str:
    return f"side-{section // SECTIONS_A_PAGE:03}.md"


def _sizes(nodes: int, chance: random.Random) -> Iterator[int]:
    """The sizes of trees that have `nodes` in all."""
    while nodes > LARGEST:
        size = chance.randint(SMALLEST, min(LARGEST, nodes - SMALLEST))
        yield size
        nodes -= size
    yield nodes


def _words() -> list[str]:
    """The words of the real guide, as often as they stand there."""
    text = "".join(path.read_text("utf-8") for path in sorted((ROOT / "docs" / "guide").glob("*.md")))
    return re.findall(r"(?<![\w#<.{/-])[a-zæøåA-ZÆØÅ]{2,}(?![\w#>}=/-])", text)


def _yaml(value: object) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=115)
