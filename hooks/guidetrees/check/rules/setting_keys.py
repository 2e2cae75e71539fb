"""The keys of mkdocs.yml: each once, in its place, spelt right, with a value of the type that is wanted."""

from __future__ import annotations

from collections.abc import Iterator

from guidetrees.messages.message import Message, about, join, say
from guidetrees.parse.ids import word_suggestion
from guidetrees.source.characters import misleading, misleading_in_word
from guidetrees.source.foreign_yaml import TYPES, Setting
from guidetrees.source.location import Problem, shorten
from guidetrees.source.yaml import DUPLICATE
from guidetrees.source.yaml_hints import ONE_COLUMN
from guidetrees.source.yaml_layout import MISSING_DASH
from guidetrees.source.yaml_lines import beside, too_far

Faults = Iterator[tuple[Setting, Message]]
"""Values and what is wrong with them."""
LEVELS = ("warn", "info", "ignore", "relative_to_docs")
"""What may be written in `validation`."""

MANY = {"str": say("a text"), "map": say("a mapping"), "seq": say("a list"), **TYPES}
"""Types as problems name them."""
WANTED = {
    "site_name": "str",
    "site_url": "str",
    "site_description": "str",
    "site_author": "str",
    "copyright": "str",
    "docs_dir": "str",
    "site_dir": "str",
    "exclude_docs": "str",
    "draft_docs": "str",
    "not_in_nav": "str",
    "use_directory_urls": "bool",
    "nav": "seq",
    "theme": "str map",
    "theme: name": "str",
    "theme: language": "str",
    "theme: custom_dir": "str",
    "theme: favicon": "str",
    "theme: logo": "str",
    "theme: features": "seq",
    "theme: icon": "map",
    "theme: palette": "map seq",
    "plugins": "seq map",
    "markdown_extensions": "seq map",
    "hooks": "seq",
    "extra": "map",
    "extra: alternate": "seq",
    "extra: social": "seq",
    "extra_css": "seq",
    "extra_javascript": "seq",
}
"""The types that values of the settings may have: the site builder refuses others, without their line."""
NOT_EMPTY = {
    "site_name": say("the name of the site"),
    "extra": say("settings, or delete the line"),
    "theme: language": say("a language, such as `en`"),
}
"""Keys that must have a value if they are written, and what to write."""

OTHERS = frozenset([
    "INHERIT", "dev_addr", "edit_uri", "edit_uri_template", "extra_templates", "repo_name", "repo_url",
    "remote_branch", "remote_name", "strict", "validation", "watch",
])  # fmt: skip
"""The other keys of the site builder."""
TOP = frozenset(key for key in WANTED if ": " not in key)
OF_THE_THEME = frozenset(key.removeprefix("theme: ") for key in WANTED if key.startswith("theme: "))
ONLY_TOP = TOP - {"site_name", "site_url", "site_description", "site_author", "copyright"}
"""Keys that no theme has and nobody would give a meaning of his own."""


def key_faults(written: Setting) -> Faults:
    """What is wrong with the keys, and with the types of their values."""
    yield from _keys(written)
    yield from _in_every_mapping(written)
    yield from _empty(written)
    yield from _types(written)
    for group in ("nav", "links"):
        for key, value in written.at("validation", group).entries:
            if value.text not in LEVELS:
                yield value or key, say("validation: must be one of {known}", known=", ".join(LEVELS))


def _keys(written: Setting) -> Faults:
    """Keys that the site builder passes over: a misspelt one, or one that is in another key."""
    names = [key.text for key, _ in written.entries]
    inner = next((key for key, _ in written.at("theme").entries), None)
    for key, _ in written.entries:
        if inner and key.text in OF_THE_THEME:
            where = beside(inner.text, inner.location.column, inner.location.line)
            yield key, too_far(key.text, where, is_in=False)
        hint = word_suggestion(key.text, [name for name in TOP if name not in names])
        if hint and key.text not in TOP | OTHERS and key.text.isprintable():
            yield key, say("unknown key '{key}'{hint}", key=shorten(key.text), hint=hint)
    for around in ("theme", "extra"):
        above = written.at(around)
        for key, _ in above.entries:
            if key.text in ONLY_TOP and key.text not in names and above.key:
                where = beside(around, above.key.column, above.key.line)
                yield key, too_far(key.text, where, is_in=True)


def joined(written: Setting) -> Iterator[Problem]:
    """Entries of lists to which the lines below are joined, as they have no dash or begin further in."""
    for key in WANTED:
        if "seq" in WANTED[key]:
            yield from _joined(written.at(*key.split(": ")))


def _joined(entries: Setting) -> Iterator[Problem]:
    for entry in entries.items:
        for text in (entry, *(value for _, value in entry.entries)):
            if text.last_word and " - " in text.text:
                yield Problem(text.location, ONE_COLUMN)
            elif text.last_word:
                place, word = text.last_word
                yield Problem(place, MISSING_DASH.but(found=shorten(word)))
            yield from _joined(text)


def _in_every_mapping(value: Setting, is_nav: bool = False) -> Faults:
    """Keys that come again, of which only the last one counts, and those with characters that cannot be seen.
    Keys of the navigation are texts, which may have some of these."""
    for first, again in value.doubled:
        line = first.location.line
        yield again, DUPLICATE.but(key=shorten(again.text), line=line)
    for key, inner in value.entries:
        found = [*misleading(key.text), *([] if is_nav else misleading_in_word(key.text, is_id=False))]
        yield from ((key, message) for _, message in found[:1])
        yield from _in_every_mapping(inner, is_nav or key.text == "nav")
    for item in value.items:
        yield from _in_every_mapping(item, is_nav)


def _empty(written: Setting) -> Faults:
    for key, remedy in NOT_EMPTY.items():
        value = written.at(*key.split(": "))
        if value.key and not value:
            yield value, say("{key}: is empty: write {remedy}", key=key, remedy=remedy)


def _types(written: Setting) -> Faults:
    """Values of another type than the site builder takes. A text needs quotes that YAML takes for a number."""
    for key, wanted in WANTED.items():
        value = written.at(*key.split(": "))
        if value and value.type not in (*wanted.split(), "ENV", "relative"):
            yield value, about(key, _type_fault(value, wanted))


def _type_fault(value: Setting, wanted: str) -> Message:
    if wanted == "str" and value.type in TYPES:
        return needs_quotes(value)
    return say("must be {wanted}", wanted=join(say(" or "), (MANY[type] for type in wanted.split())))


def needs_quotes(value: Setting) -> Message:
    return say(
        "YAML takes '{text}' for {what}: put it in quotes: \"{text}\"",
        text=shorten(value.written),
        what=TYPES[value.type],
    )
