"""The script that reads answers in the address, called in a browser with the data of the real trees."""

from __future__ import annotations

from conftest import ROOT
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from guidetrees.messages.words import read_words
from guidetrees.project.project import read_project
from guidetrees.project.references import node_name
from guidetrees.render.context import prepare

REAL = prepare(read_project(ROOT), read_words("da"))
TREES = list(REAL.project.trees)

SEE = """(calls) => {
  %s
  return calls.map(([json, here, fragment, choices]) => {
    const tree = readTree(JSON.parse(json));
    const view = see(tree, here, fragment);
    return {
      past: view.past, own: view.own, later: view.later, misfit: view.misfit,
      address: write(tree, allSteps(view), tree.tree),
      links: choices.map((step) => follow(view, view.past, step).href),
    };
  });
}"""


bounded = settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])


PARTS = st.sampled_from(
    [
        *(f"{node_name(edge.source, tree)}={edge.answer}" for tree in TREES for a in REAL.graph.outgoing
          if a.tree == tree for edge in REAL.graph.outgoing[a]),
        "constructor=ja", "__proto__=ja", "overvejelser=unmet.zzz", "overvejelser=met.zzz", "=", "ja", "a=b=c",
        "sundhedsfaglig=ja.abc", "sundhedsfaglig=Ja", "x:y:z=ja", "er-det-digital-behandling:sundhedsfaglig=ja",
    ]
)  # fmt: skip
hostile = st.one_of(st.text(max_size=60), st.lists(PARTS | st.text(max_size=12), max_size=12).map("&".join))
