"""The tree language: which keys a tree, a contact and an update have, as tables.

This is the one place that says what authors may write: `parse` reads by these tables, and `schema` tells
editors what they say.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from guidetrees.parse.model import (
    Answer,
    Case,
    Checklist,
    Condition,
    Contact,
    Goto,
    Item,
    Node,
    Outcome,
    Part,
    Question,
    Scenario,
    Tree,
    Update,
    Verdict,
    When,
)
from guidetrees.parse.readers import (
    Key,
    Named,
    ProblemCollector,
    Table,
    choice,
    closest,
    day,
    entity,
    form,
    identifier,
    is_id,
    line,
    many,
    matching,
    named,
    number,
    one_or_list,
    one_or_many,
    pairs,
    read_table,
    slug,
    text,
    true,
    wrong_kind,
)
from guidetrees.source.location import LocatedStr, Location, shorten
from guidetrees.source.yaml import Mapping, Sequence, Value

VERDICTS: dict[Verdict, str] = {
    "yes": "The answer is yes.",
    "no": "The answer is no.",
    "caution": "Take care: it depends, or something comes first.",
    "info": "Neither yes nor no: information, such as whom to ask.",
}

# What Windows keeps for devices: a file share has no page of that name.
DEVICES = frozenset(["con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))])
RESERVED_TREES = DEVICES | {"guide", "assets", "search", "index", "review"}
RESERVED_NODES = DEVICES | {"index"}

NOTHING = LocatedStr("", Location(""))
"""Stands for a text that is missing or could not be read."""

_url = matching(r'https?://[^\s/?#<>"\\.]+\.[^\s<>"\\]+', "web address: write it out, with https:// in front")
_email = matching(r'[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]+', "e-mail address")
_phone = matching(
    r"\+?[0-9(][0-9 ().-]{2,24}", "phone number: write digits, spaces and hyphens, such as '+45 7228 6600'"
)

_answers = one_or_many(line, at_least=1, what="answer")
_verdict = choice({str(verdict): meaning for verdict, meaning in VERDICTS.items()})


@form({"type": "object", "additionalProperties": _answers.schema, "minProperties": 1})
def _when(value: Value, key: str, collector: ProblemCollector) -> When:
    wanted = "a mapping such as {node: answer}"
    if not isinstance(value, Mapping):
        wrong_kind(value, key, wanted, collector)
        return When(value.location, None)
    if not value.entries:
        collector.add(value.location, f"{key}: is empty: write {wanted} or delete the key")
        return When(value.location, None)
    if beside := [node for node, item in value.entries if item == "" and len(value.entries) > 1]:
        first = value.entries[0][0]
        several = f"{{{shorten(first)}: [answer, {shorten(beside[0])}]}}"
        message = (
            f"{key}: '{shorten(beside[0])}' has no answer: several of one node stand in brackets, as {several}"
        )
        collector.add(beside[0].location, message)
        return When(value.location, None)
    read = [(node, _answers(item, str(node), collector)) for node, item in value.entries]
    whole = all(answers for _, answers in read)
    return When(value.location, tuple(Condition(*pair) for pair in read) if whole else None)


_WHEN = "`{node: answer}`, or several answers as `{node: [answer, answer]}`; all that is named must fit."
_TO = "a node's id, `tree:` for another tree's beginning or `tree:node` for a node in it (in quotes)"

CASE = Table(
    "a case",
    (
        Key("when", _when, f"Who goes this way, by earlier answers: {_WHEN} The last case has none."),
        Key("to", line, f"Where this case leads: {_TO}.", required=True),
    ),
)


@form(one_or_list(line.schema, {"type": "array", "items": CASE, "minItems": 1}))
def _goto(value: Value, key: str, collector: ProblemCollector) -> Goto | None:
    """A reference, or a list of cases."""
    if isinstance(value, Sequence):
        return _cases(value, key, collector) or None
    to = line(value, key, collector)
    return (Case(value.location, None, to),) if to else None


@form(CASE)
def _case(value: Value, key: str, collector: ProblemCollector) -> Case:
    before = len(collector.problems)
    case: Case = entity(Case, CASE)(value, key, collector)
    # What could not be read may have been its condition.
    unclear = case.when is None and len(collector.problems) > before
    return Case(case.location, When(case.location, None), case.to) if unclear else case


_cases = many(_case, at_least=1, what="case")


_KEYWORDS = Key(
    "keywords",
    many(line),
    "Words that readers search for and that its texts may not have, such as `[telemedicin, klage]`. Only where "
    "the page treats the matter.",
    default=(),
)
_UPDATES = Key(
    "updates",
    many(named("update")),
    "What has changed since the guide was printed: ids of updates.yml.",
    default=(),
)
_CONTACTS = Key("contacts", many(named("contact")), "Whom the reader can ask: ids of contacts.yml.", default=())
_GUIDE = Key(
    "guide",
    one_or_many(named("section")),
    "The section of the guide whose words the page quotes, such as `leder.md#ansvar`; or a list of them.",
    default=(),
)
_HELP = Key("help", text, "What helps to answer, below the question (Markdown).")

PART = Table(
    "a part",
    (
        Key("when", _when, f"Who sees this part, by earlier answers: {_WHEN}", required=True),
        Key("text", text, "What they read (Markdown)."),
        _GUIDE,
        _CONTACTS,
    ),
)


def _answer(location: Location, answer: LocatedStr, id: LocatedStr | None, **rest: Any) -> Answer:
    own = LocatedStr(slug(answer), answer.location) if answer else NOTHING
    return Answer(location=location, answer=answer, id=own if id is None else id, **rest)


@form(identifier.schema)
def _answer_id(value: Value, key: str, collector: ProblemCollector) -> LocatedStr:
    return identifier(value, key, collector) or NOTHING


ANSWER = Table(
    "an answer",
    (
        Key("answer", line, "The answer in the reader's words, such as `Ja`.", required=True, default=NOTHING),
        Key(
            "id",
            _answer_id,
            "Its name in addresses and scenarios. Without it, the answer's words are: `Ja, altid` is `ja-altid`.",
        ),
        Key("hint", line, "What this answer covers, in small print below it."),
        Key(
            "graver",
            true,
            "Marks the answer that tells of the more serious state of things: `make check` warns where it leads "
            "to a milder verdict than the others. Needs the tree's `strictness`.",
            default=False,
        ),
        Key(
            "goto",
            _goto,
            f"Where the answer leads: {_TO}; or a list of cases with `when` and `to`.",
            required=True,
        ),
    ),
)

ITEM = Table(
    "a checklist's item",
    (
        Key("item", line, "What must be so, as a statement to tick.", required=True, default=NOTHING),
        Key("hint", line, "What the item covers, in small print below it."),
        _GUIDE,
        _CONTACTS,
    ),
)


@form(PART)
def _part(value: Value, key: str, collector: ProblemCollector) -> Part:
    before = len(collector.problems)
    part: Part = entity(Part, PART)(value, key, collector)
    if not (part.text or part.guide or part.contacts) and len(collector.problems) == before:
        collector.add(value.location, f"{key}: the part shows nothing: give it text, guide or contacts")
    return part


_OF_EVERY_NODE = (
    Key("parts", many(_part), "What the page shows besides to readers who have answered so before.", default=()),
    _KEYWORDS,
    _UPDATES,
    Key("aliases", many(identifier), "Former ids of this node: their addresses lead on to it.", default=()),
)

QUESTION = Table(
    "a question",
    (
        Key("question", line, "A question to which the reader picks one answer.", required=True, default=NOTHING),
        _HELP,
        _GUIDE,
        Key(
            "answers",
            many(entity(_answer, ANSWER), at_least=2, what="answers"),
            "The answers to pick from, two or more, in the order shown.",
            required=True,
        ),
        *_OF_EVERY_NODE,
    ),
)

CHECKLIST = Table(
    "a checklist",
    (
        Key("checklist", line, "A question that asks several things at once.", required=True, default=NOTHING),
        _HELP,
        _GUIDE,
        Key(
            "items",
            many(entity(Item, ITEM), at_least=1, what="item"),
            "The things to tick, in the order shown.",
            required=True,
            default=(),
        ),
        Key(
            "met", _goto, f"Where it leads when everything is in place: {_TO}; or a list of cases.", required=True
        ),
        Key(
            "unmet", _goto, f"Where it leads when something is lacking: {_TO}; or a list of cases.", required=True
        ),
        *_OF_EVERY_NODE,
    ),
)

_FIRST = Key(
    "first",
    choice(
        {
            "contacts": "whom to ask: the answer is whom to turn to",
            "guide": "the guide's words: they are the answer",
        }
    ),
    "What an outcome shows first, where that is the answer itself. In a tree: what its outcomes show first, but "
    "for those of verdict caution.",
)

OUTCOME = Table(
    "an outcome",
    (
        Key(
            "outcome",
            line,
            "What the reader learns, as one sentence. The tree ends here.",
            required=True,
            default=NOTHING,
        ),
        Key("verdict", _verdict, "What kind of answer it is.", required=True, default="info"),
        Key("text", text, "What the outcome means and what to do (Markdown)."),
        _FIRST,
        Key(
            "guide",
            one_or_many(named("section"), at_least=1, what="section of the guide"),
            f"{_GUIDE.about} Every outcome rests on one.",
            required=True,
            default=(),
        ),
        _CONTACTS,
        Key(
            "next",
            many(line),
            "What usually comes next: a list of trees and nodes, such as `[tree, tree:node]`.",
            default=(),
        ),
        *_OF_EVERY_NODE,
    ),
)

SCENARIO = Table(
    "a scenario",
    (
        Key("name", line, "The case in plain words.", required=True, default=NOTHING),
        Key(
            "answers",
            pairs,
            "What is answered: `node: answer` on a line each, for a checklist `met` or `unmet`.",
            required=True,
        ),
        Key("outcome", line, "The outcome that it must end in: a node's id.", required=True, default=NOTHING),
    ),
)

# The key that tells a node's kind; and for a node without one, the keys that only that kind has.
KINDS: dict[str, tuple[Callable[..., Node], Table]] = {
    "question": (Question, QUESTION),
    "checklist": (Checklist, CHECKLIST),
    "outcome": (Outcome, OUTCOME),
}
TELLING = {
    "answers": "question",
    "items": "checklist",
    "met": "checklist",
    "unmet": "checklist",
    "verdict": "outcome",
}


def _node(id: LocatedStr, value: Value, collector: ProblemCollector) -> Node | None:
    if id in TREE.names() and not isinstance(value, Mapping):
        collector.add(
            id.location, f"'{id}' is a key of the tree: begin it in the tree's first column, outside of nodes"
        )
        return None
    if not isinstance(value, Mapping):
        collector.add(
            id.location, f"'{shorten(id)}' must be a mapping with the key question, checklist or outcome"
        )
        return None
    given = [name for name, _ in value.entries]
    kinds = [name for name in given if name in KINDS]
    if len(kinds) > 1:
        collector.add(
            kinds[1].location, f"a node is one thing: '{shorten(id)}' has both {kinds[0]} and {kinds[1]}"
        )
        return None
    guessed = (kind for name in given for kind in (closest(name, KINDS), TELLING.get(name)) if kind in KINDS)
    kind = kinds[0] if kinds else next(guessed, None)
    if kind is None:
        collector.add(id.location, f"'{shorten(id)}' needs the key question, checklist or outcome")
        return None
    make, table = KINDS[kind]
    return make(id=id, **read_table(table, value, id.location, collector))


@form(
    {
        "type": "object",
        "minProperties": 1,
        "propertyNames": identifier.schema,
        "additionalProperties": Named("node"),
    }
)
def _nodes(value: Value, key: str, collector: ProblemCollector) -> dict[str, Node | None] | None:
    if not isinstance(value, Mapping) or not value.entries:
        collector.add(value.location, f"{key}: must be a mapping with a node under each key")
        return None
    for id, _ in value.entries:
        _check_id(id, RESERVED_NODES, collector)
    return {id: _node(id, node, collector) for id, node in value.entries}


def _check_id(id: LocatedStr, reserved: frozenset[str], collector: ProblemCollector) -> None:
    if not is_id(id):
        identifier(id, "key", collector)
    elif id in reserved:
        collector.add(id.location, f"the id '{id}' is reserved: choose another")


TREE = Table(
    "a tree",
    (
        Key(
            "title", line, "The tree's question, as its heading on the front page.", required=True, default=NOTHING
        ),
        Key("summary", line, "What the tree finds out, in a sentence or two.", required=True, default=NOTHING),
        Key("intro", text, "What the reader should know before the first question (Markdown)."),
        Key("reviewed", day, "The day you answered for the content, such as `2026-11-24`.", required=True),
        Key("review_months", number(1, 120), "Months until the next review; 12 if left out.", default=12),
        Key("owner", line, "Who answers for the content."),
        Key(
            "strictness",
            many(_verdict, at_least=2, what="verdicts"),
            "The verdicts from the mildest to the gravest, such as `[info, caution, no]`: what `graver` answers "
            "are judged by. Those left out are not compared.",
            default=(),
        ),
        _FIRST,
        Key("order", number(0, 9999), "Its place on the front page: the lowest first, trees without one last."),
        Key("start", line, "The id of the node that comes first.", required=True, default=NOTHING),
        Key("aliases", many(identifier), "Former names of this file: their addresses lead on to it.", default=()),
        Key(
            "short",
            identifier,
            "A name that is easily said and typed, such as `loans`: the address of that name leads to the tree. "
            "The file's own name if left out.",
        ),
        _KEYWORDS,
        _UPDATES,
        Key(
            "nodes",
            _nodes,
            "The tree's questions, checklists and outcomes, each under an id of a-z, 0-9 and hyphens.",
            required=True,
            default={},
        ),
        Key(
            "scenarios",
            many(entity(Scenario, SCENARIO)),
            "Cases and the outcome that the tree must give them; `make check` tries them.",
            default=(),
        ),
    ),
)

CONTACT = Table(
    "a contact",
    (
        Key("name", line, "The authority's name, as readers see it.", required=True, default=NOTHING),
        Key("url", _url, "Its page on the web, with `https://`.", required=True, default=NOTHING),
        Key("email", _email, "Its e-mail address."),
        Key("phone", _phone, 'Its phone number, in quotes, such as `"+45 7228 6600"`.'),
        Key("topics", many(line), "What to ask it about: a list.", default=()),
        Key("checked", day, "The day someone saw that the address is right, such as `2026-11-24`."),
        _UPDATES,
    ),
)

UPDATE = Table(
    "an update",
    (
        Key("title", line, "What has changed, in a sentence.", required=True, default=NOTHING),
        Key("from", day, "The day it takes effect, such as `2027-01-01`.", required=True, attribute="date"),
        Key("text", text, "What it means to the reader (Markdown).", required=True, default=NOTHING),
        Key("source", line, "Who says so.", required=True, default=NOTHING),
        Key("url", _url, "Where it says so, with `https://`.", required=True, default=NOTHING),
        Key("seen", day, "The day you read the source, such as `2026-11-24`.", required=True),
        _KEYWORDS,
    ),
)


def read_tree(id: str, file: str, value: Value, collector: ProblemCollector) -> Tree | None:
    """The tree that a file holds; None where it is no mapping."""
    top = Location(file)
    if not isinstance(value, Mapping):
        collector.add(top, "a tree must be a mapping with title, summary, reviewed, start and nodes")
        return None
    return Tree(id=id, file=file, **read_table(TREE, value, top, collector))


def read_contacts(value: Value, collector: ProblemCollector) -> dict[str, Contact] | None:
    """contacts.yml; None where it is no mapping."""
    return _register(Contact, CONTACT, value, collector)


def read_updates(value: Value, collector: ProblemCollector) -> dict[str, Update] | None:
    """updates.yml; None where it is no mapping."""
    return _register(Update, UPDATE, value, collector)


def _register(
    make: Callable[..., Any], table: Table, value: Value, collector: ProblemCollector
) -> dict[str, Any] | None:
    if not isinstance(value, Mapping):
        collector.add(value.location, f"must be a mapping with {table.kind} under each key")
        return None
    found = {}
    for id, entry in value.entries:
        _check_id(id, frozenset(), collector)
        if isinstance(entry, Mapping):
            read = read_table(table, entry, id.location, collector)
        else:
            read = table.defaults()
            collector.add(id.location, f"'{shorten(id)}' must be a mapping with the keys of {table.kind}")
        found[str(id)] = make(id=id, **read)
    return found
