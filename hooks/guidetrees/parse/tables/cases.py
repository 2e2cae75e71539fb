"""The part of the tree language that depends on earlier answers: conditions, and the cases of an exit."""

from __future__ import annotations

from guidetrees.messages.message import about, say
from guidetrees.parse.forms import Key, empty, form, table_of
from guidetrees.parse.model import Case, Condition, Goto, When
from guidetrees.parse.problem_collector import ProblemCollector
from guidetrees.parse.readers import ANSWERS, entity, many, name, one_or_list, one_or_many, wrong_kind
from guidetrees.source.location import LocatedStr, shorten
from guidetrees.source.yaml import Mapping, Sequence, Value

WHEN = "`{node: answer}`, or several answers as `{node: [answer, answer]}`; all that is named must fit."
TO = "a node's id, `tree:` for another tree's beginning or `tree:node` for a node in it (in quotes)"

_answers = one_or_many(name, at_least=1, what=say("answer"))


@form({"type": "object", "additionalProperties": _answers.schema, "minProperties": 1})
def when(value: Value, key: str, collector: ProblemCollector) -> When:
    """A mapping of nodes to answers. What could not be read is a `When` without conditions."""
    unreadable = When(value.location, None)
    if not isinstance(value, Mapping):
        wrong_kind(value, key, ANSWERS, collector)
        return unreadable
    if not value.entries:
        collector.add(value.location, empty(key, ANSWERS))
        return unreadable
    unanswered = [node for node, answer in value.entries if answer == ""]
    (first, *_) = value.entries
    if unanswered and "=" in first[0]:
        node, _, answer = (shorten(part.strip()) for part in first[0].partition("="))
        fault = say("write {{{node}: {answer}}}, with ': ' in place of '='", node=node, answer=answer)
        collector.add(first[0].location, about(key, fault))
        return unreadable
    if unanswered == [first[0]]:
        fault = say("'{name}' has no answer: write {example}", name=shorten(first[0]), example=ANSWERS)
        collector.add(first[0].location, about(key, fault))
        return unreadable
    if unanswered:  # `{node: answer, answer}` is a mapping with a second key
        fault = say(
            "'{name}' has no answer: write several answers of one node in brackets, as "
            "{{{node}: [answer, {name}]}}",
            name=shorten(unanswered[0]),
            node=shorten(first[0]),
        )
        collector.add(unanswered[0].location, about(key, fault))
        return unreadable
    read = [(node, _answers(answer, str(node), collector)) for node, answer in value.entries]
    if not all(answers for _, answers in read):
        return unreadable
    return When(value.location, tuple(Condition(*pair) for pair in read))


@form(name.schema)
def _place(value: Value, key: str, collector: ProblemCollector) -> LocatedStr | None:
    """A reference. Without one, the problem says what to write."""
    if isinstance(value, LocatedStr) and not value.strip():
        fault = say('is empty: write the id of a node, or another tree as "tree:" or "tree:node"')
        collector.add(value.location, about(key, fault))
        return None
    return name(value, key, collector)


CASE = table_of(
    say("a case"),
    Key("when", when, f"Who goes this way, by earlier answers: {WHEN} The last case has none."),
    Key("to", _place, f"Where this case leads: {TO}.", required=True),
)


@form(one_or_list(name.schema, {"type": "array", "items": CASE, "minItems": 1}))
def goto(value: Value, key: str, collector: ProblemCollector) -> Goto | None:
    """A reference, or a list of cases."""
    if isinstance(value, Sequence):
        return _cases(value, key, collector) or None
    to = _place(value, key, collector)
    return (Case(value.location, None, to),) if to else None


@form(CASE)
def _case(value: Value, key: str, collector: ProblemCollector) -> Case:
    before = len(collector.problems)
    case: Case = entity(Case, CASE)(value, key, collector)
    # What could not be read may have been its condition.
    unclear = case.when is None and len(collector.problems) > before
    return Case(case.location, When(case.location, None), case.to) if unclear else case


_cases = many(_case, at_least=1, what=say("case"))
