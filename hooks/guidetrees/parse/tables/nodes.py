"""The tables of nodes: one table for each kind, and a row for it in KINDS."""

from __future__ import annotations

from collections import Counter

from guidetrees.messages.message import about, say
from guidetrees.parse.forms import Key, Table, form, read_table, table_of
from guidetrees.parse.ids import closest_word, slug
from guidetrees.parse.model import Answer, Checklist, Goto, Item, Node, Outcome, Part, Question, Step
from guidetrees.parse.problem_collector import ProblemCollector
from guidetrees.parse.readers import (
    choice,
    day,
    entity,
    identifier,
    line,
    many,
    name,
    named,
    one_or_many,
    text,
    true,
)
from guidetrees.parse.tables.cases import TO, WHEN, goto, when
from guidetrees.parse.tables.shared import (
    CONTACTS,
    FIRST,
    GUIDE,
    KEYWORDS,
    NOTHING,
    UPDATES,
    required_text,
    several,
    verdict,
)
from guidetrees.source.location import LocatedStr, Location, shorten
from guidetrees.source.yaml import Mapping, Sequence, Value

# Parts of nodes

PART = table_of(
    say("a part"),
    Key("when", when, f"Who sees this part, by earlier answers: {WHEN}", unless=("from", "until")),
    Key("from", day, "The first day on which the part is shown, such as `2027-01-01`.", attribute="first_day"),
    Key("until", day, "The last day on which the part is shown, such as `2026-12-31`.", attribute="last_day"),
    Key("text", text, "What they read (Markdown)."),
    GUIDE,
    CONTACTS,
    UPDATES,
)


@form(PART)
def _part(value: Value, key: str, collector: ProblemCollector) -> Part:
    before = len(collector.problems)
    part: Part = entity(Part, PART)(value, key, collector)
    shown = part.text or part.guide or part.contacts or part.updates
    if not shown and len(collector.problems) == before:
        collector.add(value.location, about(key, say("the part shows nothing: give it text, guide or contacts")))
    return part


def _answer(
    location: Location,
    answer: LocatedStr,
    id: LocatedStr | None,
    hint: LocatedStr | None,
    graver: bool = False,
    alone: bool = False,
    goto: Goto | None = None,
) -> Answer:
    own = LocatedStr(slug(answer), answer.location) if answer else NOTHING
    return Answer(location, answer, own if id is None else id, hint, graver, alone, goto)


@form(identifier.schema)
def _answer_id(value: Value, key: str, collector: ProblemCollector) -> LocatedStr:
    return identifier(value, key, collector) or NOTHING


_OF_EVERY_ANSWER = (
    required_text("answer", "The answer in the reader's words, such as `Ja`."),
    Key(
        "id",
        _answer_id,
        "Its name in addresses and scenarios. Without it, the answer's words are: `Ja, altid` is `ja-altid`.",
    ),
    Key("hint", line, "What this answer covers, in small print below it."),
)

_GRAVER = Key(
    "graver",
    true,
    "Marks the answer that reports the more severe case: `make check` warns if it leads to a milder "
    "verdict than the others. Needs the tree's `strictness`.",
    default=False,
)
_ALONE = Key(
    "alone", true, "Marks an answer that is not chosen with others, such as `Intet af dette`.", default=False
)

ANSWER = table_of(
    say("an answer"),
    *_OF_EVERY_ANSWER,
    _GRAVER,
    Key("goto", goto, f"Where the answer leads: {TO}; or a list of cases with `when` and `to`.", required=True),
    elsewhere={"alone": say("is only for the answers of a question with `choose: several`")},
)

CHOICE = table_of(
    say("an answer among several"),
    *_OF_EVERY_ANSWER,
    _ALONE,
    elsewhere={"graver": say("is only for answers that each have a `goto`: delete it")},
)

ITEM = table_of(
    say("a checklist's item"),
    required_text("item", "What must be so, as a statement to tick."),
    Key("hint", line, "What the item covers, in small print below it."),
    GUIDE,
    CONTACTS,
)

# Kinds of nodes

_HELP = Key("help", text, "What helps to answer, below the question (Markdown).")
_OF_EVERY_NODE = (
    several(
        "parts",
        _part,
        "What the page shows in addition, to some readers or on some days.",
    ),
    KEYWORDS,
    UPDATES,
    several("aliases", identifier, "Former ids of this node: their addresses redirect to it."),
)

_ASKED = required_text("question", "A question to which the reader picks one answer, or chooses several.")
_CHOOSE = choice(
    {"one": "One answer is given; each has its `goto`.", "several": "Several can be chosen; one `goto` for all."}
)
_HOW_MANY = "How many answers the reader gives: `one`, if left out, or `several`."
_ONE_FOR_EACH = say("each answer has its own `goto`; one for all is only for a question with `choose: several`")
_ONE_FOR_ALL = say("with `choose: several`, there is one `goto` for all answers: write it beside `answers`")


def _answers(table: Table, about: str = "") -> Key:
    return Key("answers", many(entity(_answer, table), at_least=2, what=say("answers")), about, required=True)


QUESTION = table_of(
    say("a question"),
    _ASKED,
    Key("choose", _CHOOSE, _HOW_MANY, default="one"),
    _HELP,
    GUIDE,
    _answers(ANSWER, "The answers to pick from, two or more, in the order shown."),
    *_OF_EVERY_NODE,
)

SELECTION = table_of(
    say("a question of several answers"),
    _ASKED,
    Key("choose", _CHOOSE, _HOW_MANY, required=True, default="several"),
    _HELP,
    GUIDE,
    _answers(
        CHOICE,
        "The answers to choose among, two or more, in the order shown. Each has no `goto`: the question has it.",
    ),
    Key("goto", goto, f"Where all answers lead: {TO}; or a list of cases.", required=True),
    *_OF_EVERY_NODE,
)
"""A question with `choose: several`."""

_UNCLEAR_ANSWER = table_of(say("an answer"), *_OF_EVERY_ANSWER, _GRAVER, _ALONE, Key("goto", goto))
_UNCLEAR_QUESTION = table_of(
    say("a question"),
    _ASKED,
    Key("choose", _CHOOSE, default="one"),
    _HELP,
    GUIDE,
    _answers(_UNCLEAR_ANSWER),
    Key("goto", goto),
    *_OF_EVERY_NODE,
)
"""A question that has a `goto` in the wrong place, and may have any key of both kinds."""

CHECKLIST = table_of(
    say("a checklist"),
    required_text("checklist", "A question that asks several things at once."),
    _HELP,
    GUIDE,
    Key(
        "items",
        many(entity(Item, ITEM), at_least=1, what=say("item")),
        "The things to tick, in the order shown.",
        required=True,
        default=(),
    ),
    Key("met", goto, f"Where it leads when everything is in place: {TO}; or a list of cases.", required=True),
    Key("unmet", goto, f"Where it leads when something is lacking: {TO}; or a list of cases.", required=True),
    *_OF_EVERY_NODE,
)

STEP = table_of(
    say("a step"),
    required_text("step", "Something to do, in a sentence. Nothing is asked, and there is one way on."),
    Key("help", text, "How it is done, below the step (Markdown)."),
    GUIDE,
    CONTACTS,
    Key("goto", goto, f"Where it leads: {TO}; or a list of cases with `when` and `to`.", required=True),
    *_OF_EVERY_NODE,
)

OUTCOME = table_of(
    say("an outcome"),
    required_text("outcome", "What the reader learns, as one sentence. The tree ends here."),
    Key("verdict", verdict, "What kind of answer it is.", required=True, default="info"),
    Key("text", text, "What the outcome means and what to do (Markdown)."),
    FIRST,
    Key(
        "guide",
        one_or_many(named("section"), at_least=1, what=say("section of the guide")),
        f"{GUIDE.about} Every outcome rests on one.",
        required=True,
        default=(),
    ),
    CONTACTS,
    several("next", name, "What usually comes next: a list of trees and nodes, such as `[tree, tree:node]`."),
    *_OF_EVERY_NODE,
)

KINDS: dict[str, tuple[type[Node], Table]] = {
    kind.kind: (kind, table)
    for kind, table in ((Question, QUESTION), (Checklist, CHECKLIST), (Step, STEP), (Outcome, OUTCOME))
}
"""The class and the table of each kind of node, by the key that names the kind. Its first key is this key."""


NODE_KEYS = frozenset(name for _, table in KINDS.values() for name in table.names())
"""Every key that a node may have."""
_HOLDERS = Counter(name for _, table in KINDS.values() for name in table.names())
TELLING = {
    key.name: kind
    for kind, (_, table) in KINDS.items()
    for key in table.keys
    if key.required and key.name not in KINDS and _HOLDERS[key.name] == 1
}
"""The required keys that only one kind has, each with this kind: they show what a node without its key is."""
NEEDS_KIND = say("the key {some} or {last}", some=", ".join([*KINDS][:-1]), last=[*KINDS][-1])
"""As problems name the keys of KINDS: `the key question, checklist or outcome`."""


def read_node(id: LocatedStr, value: Value, collector: ProblemCollector) -> Node | None:
    """The node that `value` holds; None, with a problem, if its kind is unknown."""
    if not isinstance(value, Mapping):
        message = say("'{id}' must be a mapping with {keys}", id=shorten(id), keys=NEEDS_KIND)
        collector.add(id.location, message)
        return None
    kind = _kind(id, value, collector)
    if kind is None:
        return None
    if kind == Question.kind:
        return _question(id, value, collector)
    make, table = KINDS[kind]
    return make(id=id, **read_table(table, value, id.location, collector))


def _question(id: LocatedStr, value: Mapping, collector: ProblemCollector) -> Question:
    """A question by the table of its `choose`. A `goto` in the wrong place is one problem: what lacks it then is
    not reported as well."""
    of_answers = _keys_of_answers(value, "goto")
    of_question = [key for key, _ in value.entries if key == "goto"]
    is_selection = _is_selection(value, bool(of_answers))
    misplaced = of_answers if is_selection else of_question
    if misplaced:
        collector.add(misplaced[0].location, about("goto", _ONE_FOR_ALL if is_selection else _ONE_FOR_EACH))
        read = read_table(_UNCLEAR_QUESTION, value, id.location, collector) | {"goto": None}
    else:
        table = SELECTION if is_selection else QUESTION
        read = {"goto": None} | read_table(table, value, id.location, collector)
    return Question(id=id, **read)


def _is_selection(value: Mapping, has_gotos: bool) -> bool:
    """Whether a question has, or is meant to have, `choose: several`. `has_gotos`: whether its answers do."""
    keys = ((key, item) for key, item in value.entries if key == "choose" or key not in NODE_KEYS)
    choose = next((item for key, item in keys if closest_word(key, ["choose"])), None)
    meant = closest_word(choose.lower(), ["one", "several"]) if isinstance(choose, LocatedStr) else None
    if meant:
        return meant == "several"
    return not has_gotos and (choose is not None or bool(_keys_of_answers(value, "alone")))


def _keys_of_answers(question: Mapping, name: str) -> list[LocatedStr]:
    """The keys of this name in the answers of a question."""
    answers = next((item for key, item in question.entries if key == "answers"), None)
    found = answers.items if isinstance(answers, Sequence) else ()
    return [key for answer in found if isinstance(answer, Mapping) for key, _ in answer.entries if key == name]


def _kind(id: LocatedStr, value: Mapping, collector: ProblemCollector) -> str | None:
    """The kind of a node by its key, or else by a misspelt key or by a key that only one kind has."""
    names = [name for name, _ in value.entries]
    kinds = [name for name in names if name in KINDS]
    if len(kinds) > 1:
        message = say(
            "a node is one thing: '{id}' has both {one} and {other}", id=shorten(id), one=kinds[0], other=kinds[1]
        )
        collector.add(kinds[1].location, message)
        return None
    guesses = (kind for name in names for kind in (closest_word(name, KINDS), TELLING.get(name)) if kind)
    kind = kinds[0] if kinds else next(guesses, None)
    if kind is None:
        collector.add(id.location, say("'{id}' needs {keys}", id=shorten(id), keys=NEEDS_KIND))
    return kind
