"""Keys and values that several tables have in common."""

from __future__ import annotations

from collections.abc import Collection

from guidetrees.messages.message import say
from guidetrees.parse.forms import Key, Reader
from guidetrees.parse.ids import is_id
from guidetrees.parse.model import Verdict
from guidetrees.parse.problem_collector import ProblemCollector
from guidetrees.parse.readers import choice, identifier, keyword, line, many, matching, named, one_or_many
from guidetrees.source.location import LocatedStr, Location
from guidetrees.source.yaml import Mapping, Value
from guidetrees.source.yaml_lines import out_of_line

VERDICTS: dict[Verdict, str] = {
    "yes": "The answer is yes.",
    "no": "The answer is no.",
    "caution": "Take care: it depends, or something comes first.",
    "info": "Neither yes nor no: information, such as whom to ask.",
}

DEVICES = frozenset(["con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))])
"""Names of devices on Windows: a file share cannot have files of these names."""
RESERVED_TREES = DEVICES | {"guide", "assets", "search", "index", "review"}
RESERVED_NODES = DEVICES | {"index"}

NOTHING = LocatedStr("", Location(""))
"""The value of a required text that is missing or could not be read."""

verdict = choice({str(verdict): meaning for verdict, meaning in VERDICTS.items()})
url = matching(
    r'https?://[^\s/?#<>"\\.]+\.[^\s<>"\\]+', say("a web address: write it out, with https:// in front")
)
email = matching(r'[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]+', say("an e-mail address"))
phone = matching(
    r"\+?[0-9(][0-9 ().-]{2,24}",
    say("a phone number: write digits, spaces and hyphens, such as '+45 7228 6600'"),
)


def with_keys_inside(
    value: Mapping, names: Collection[str], collector: ProblemCollector
) -> list[tuple[LocatedStr, Value]]:
    """The entries of a mapping of ids. A key of `names` that begins in the column of the ids, and has no mapping,
    belongs in the entry above: there it is, with a problem for the first of several."""
    inner = [item.entries[0][0] for _, item in value.entries if isinstance(item, Mapping) and item.entries]
    found: list[tuple[LocatedStr, Value]] = []
    moved = ""
    for key, item in value.entries:
        id, above = found[-1] if found else (key, item)
        if not found or key not in names or isinstance(item, Mapping) or not inner or not _has_room(above, key):
            found.append((key, item))
            continue
        if moved != id:
            collector.add(key.location, out_of_line(key, inner[0]))
        moved = id
        entries = above.entries if isinstance(above, Mapping) else ()
        found[-1] = (id, Mapping((*entries, (key, item)), key.location))
    return found


def _has_room(entry: Value, key: str) -> bool:
    """Whether a key can be in an entry: one that has none yet, or not this one."""
    return entry == "" or (isinstance(entry, Mapping) and all(name != key for name, _ in entry.entries))


def required_text(name: str, about: str, read: Reader = line) -> Key:
    """A key whose text is NOTHING where it is missing."""
    return Key(name, read, about, required=True, default=NOTHING)


def several(name: str, read: Reader, about: str) -> Key:
    """A key of a list, which is empty where it is missing."""
    return Key(name, many(read), about, default=())


KEYWORDS = several(
    "keywords",
    keyword,
    "Words that readers search for and that its texts may not have, such as `[telemedicin, klage]`. Only where "
    "the page treats the matter.",
)
UPDATES = several("updates", named("update"), "What has changed since the guide was printed: ids of updates.yml.")
CONTACTS = several("contacts", named("contact"), "Whom the reader can ask: ids of contacts.yml.")
GUIDE = Key(
    "guide",
    one_or_many(named("section")),
    "The section of the guide whose words the page quotes, such as `leder.md#ansvar`; or a list of them.",
    default=(),
)
_SHOWN_FIRST = {
    "contacts": "whom to ask: the answer is whom to turn to",
    "guide": "the guide's words: they are the answer",
}
FIRST = Key(
    "first",
    choice(_SHOWN_FIRST),
    "What an outcome shows first, where that is the answer itself. In a tree: what its outcomes show first, but "
    "for those of verdict caution.",
)


def check_id(id: LocatedStr, reserved: frozenset[str], collector: ProblemCollector) -> None:
    """Adds a problem if `id`, a key of a mapping, is not a valid id or is reserved."""
    if not is_id(id):
        identifier(id, say("key"), collector)
    elif id in reserved:
        collector.add(id.location, say("the id '{id}' is reserved: choose another", id=id))
