"""The part of the tree language that depends on earlier answers: conditions, and the cases of an exit."""

from __future__ import annotations

from guidetrees.messages.message import Message, about, say
from guidetrees.parse.forms import Key, empty, form, table_of
from guidetrees.parse.model import Case, Condition, Goto, When
from guidetrees.parse.problem_collector import ProblemCollector
from guidetrees.parse.readers import ANSWERS, entity, many, name, one_or_list, one_or_many, wrong_kind
from guidetrees.source.location import LocatedStr, shorten
from guidetrees.source.yaml import Mapping, Sequence, Value

WHEN = (
    "`{node: answer}`, or several answers as `{node: [answer, answer]}`; all that is named must fit, and in a "
    "list of these, all of them."
)
TO = "a node's id, `tree:` for another tree's beginning or `tree:node` for a node in it (in quotes)"

_answers = one_or_many(name, at_least=1, what=say("answer"))


@form({"type": "object", "additionalProperties": _answers.schema, "minProperties": 1})
def _conditions(value: Value, key: str, collector: ProblemCollector) -> tuple[Condition, ...] | None:
    """A mapping of nodes to answers; None if one of them could not be read."""
    read: list[tuple[LocatedStr, tuple[LocatedStr, ...] | None]] = []
    if not isinstance(value, Mapping):
        wrong_kind(value, key, ANSWERS, collector)
    elif not value.entries:
        collector.add(value.location, empty(key, ANSWERS))
    elif unanswered := [node for node, answer in value.entries if answer == ""]:
        node, fault = _unanswered_fault(value.entries[0][0], unanswered)
        collector.add(node.location, about(key, fault))
    else:
        read = [(node, _answers(answer, str(node), collector)) for node, answer in value.entries]
    conditions = tuple(Condition(node, answers) for node, answers in read if answers)
    return conditions if read and len(conditions) == len(read) else None


_SEVERAL = {"type": "array", "items": _conditions.schema, "minItems": 1}


@form(one_or_list(_conditions.schema, _SEVERAL))
def when(value: Value, key: str, collector: ProblemCollector) -> When:
    """A mapping of nodes to answers, or a list of these. What could not be read is a `When` without conditions."""
    mappings = value.items if isinstance(value, Sequence) else (value,)
    if not mappings:
        collector.add(value.location, empty(key, ANSWERS))
    read = [_conditions(mapping, key, collector) for mapping in mappings]
    conditions = [condition for found in read for condition in found or ()]
    return When(value.location, tuple(conditions) if read and all(read) else None)


def _unanswered_fault(first: LocatedStr, unanswered: list[LocatedStr]) -> tuple[LocatedStr, Message]:
    """Which node of a condition lacks its answer, and what its author meant. `first` is the first of all nodes."""
    if "=" in first:
        node, _, answer = (shorten(part.strip()) for part in first.partition("="))
        return first, say("write {{{node}: {answer}}}, with ': ' in place of '='", node=node, answer=answer)
    if unanswered == [first]:
        return first, say("'{name}' has no answer: write {example}", name=shorten(first), example=ANSWERS)
    # `{node: answer, answer}` is a mapping with a second key.
    return unanswered[0], say(
        "'{name}' has no answer: write several answers of one node in brackets, as {{{node}: [answer, {name}]}}",
        name=shorten(unanswered[0]),
        node=shorten(first),
    )


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
