"""Random trees whose answers and parts depend on earlier answers."""

from __future__ import annotations

from hypothesis import strategies as st

from guidetrees.graph.graph import Graph, build_graph
from guidetrees.parse.model import Tree
from guidetrees.parse.problem_collector import ProblemCollector
from guidetrees.parse.tables.tree import read_tree
from guidetrees.source.yaml import read_yaml

ANSWERS = ["a", "b", "c"]
ENDS = ["end-0", "end-1"]


@st.composite
def trees(draw: st.DrawFn, forward: bool = True) -> str:
    """A tree of up to six questions and steps whose cases and parts ask for earlier answers.

    Of some questions several answers can be chosen, and their cases may ask for these. With `forward`, each answer
    leads to a later node of the file, so that there is no cycle.
    """
    count = draw(st.integers(2, 6))
    names = [f"q{i}" for i in range(count)]
    steps = set(draw(st.lists(st.sampled_from(names), max_size=count - 2)))
    several = set(draw(st.lists(st.sampled_from(names), max_size=3))) - steps
    lines = ["title: T", "summary: S.", "reviewed: 2026-11-24", "start: q0", "nodes:"]

    def when(i: int, of_case: bool = True) -> str:
        """A mapping, or a list of mappings, in which a question may be asked for twice."""
        own = [] if of_case and f"q{i}" in several else [f"q{i}"]
        others = st.sampled_from([name for name in names if name not in (*own, *steps)])
        asked = st.lists(others, min_size=1, max_size=2, unique=True)
        answers = st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=2, unique=True)
        mappings = [
            "{" + ", ".join(f"{name}: [{', '.join(draw(answers))}]" for name in draw(asked)) + "}"
            for _ in range(draw(st.sampled_from([1, 1, 2])))
        ]
        return mappings[0] if len(mappings) == 1 else f"[{', '.join(mappings)}]"

    for i, name in enumerate(names):
        targets = st.sampled_from([*(names[i + 1 :] if forward else names), *ENDS])
        kind, answers = ("step", [""]) if name in steps else ("question", ANSWERS)
        if name in several:
            alone = draw(st.sampled_from(["", "c"]))
            among = ", ".join(f"{{answer: {a}{', alone: true' if a == alone else ''}}}" for a in ANSWERS)
            answers = [""]
        lines += [f"  {name}:", f"    {kind}: {name}?"]
        if draw(st.booleans()):
            lines += ["    parts:", f"      - {{when: {when(i, of_case=False)}, text: Part}}"]
        if name in several:
            lines += ["    choose: several", f"    answers: [{among}]"]
        elif name not in steps:
            lines += ["    answers:"]
        for answer in answers:
            lines += [f"      - answer: {answer}", "        goto:"] if answer else ["    goto:"]
            for _ in range(draw(st.integers(0, 2))):
                lines.append(f"          - {{when: {when(i)}, to: {draw(targets)}}}")
            lines.append(f"          - to: {draw(targets)}")
    for end in ENDS:
        lines.append(f"  {end}: {{outcome: {end}, verdict: info, guide: rules.md#time}}")
    return "\n".join(lines) + "\n"


def graph_of(text: str) -> Graph:
    collector = ProblemCollector()
    value, problems = read_yaml(text, "t.yml")
    tree = read_tree("t", "t.yml", value, collector)
    assert isinstance(tree, Tree)
    assert (problems, collector.problems) == ((), [])
    return build_graph({"t": tree})
