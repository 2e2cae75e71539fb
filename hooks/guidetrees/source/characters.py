"""Characters that mislead authors: some cannot be seen, some look like others.

Two words that look alike are then two: to the check, to search and to readers' programs. Such characters come with
words that are copied from elsewhere or typed with another keyboard.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from guidetrees.messages.message import Message, say
from guidetrees.source.files import invisible_message

HIDDEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2064\u206a-\u206f\u3164\uffa0\ufff9-\ufffb]"
)
"""Characters without a shape that no text needs."""
HIDDEN_IN_WORDS = re.compile("[\u00ad\u061c\u200c-\u200f\ufe00-\ufe0f\U000e0000-\U000e01ef]")
"""Those that a text may need: where a line may break, in emoji, in scripts of other directions."""

LATIN = str.maketrans(
    "аеорсухіјѕһԁԛԝАВЕКМНОРСТУХІЈЅҺԌԚԜ" + "οΑΒΕΖΗΙΚΜΝΟΡΤΥΧϲϳ",
    "aeopcyxijshdqwABEKMHOPCTYXIJSHGQW" + "oABEZHIKMNOPTYXcj",
)
"""Cyrillic and Greek letters → the Latin letters that they look like."""
LOOK_ALIKE = "".join(map(chr, LATIN))
FOREIGN = re.compile(f"[{LOOK_ALIKE}]")
MIXED = re.compile(rf"(?<![^\W\d_])(?=[^\W\d_]*[A-Za-zÀ-ɏ])(?=[^\W\d_]*[{LOOK_ALIKE}])[^\W\d_]+")
"""A word of Latin letters and of some that only look like them."""

Found = tuple[int, Message]
"""Where a character is, and what is wrong with it."""


def misleading(text: str) -> Iterator[Found]:
    """The characters of a file that mislead wherever they are."""
    if text.isascii():
        return
    yield from _hidden(HIDDEN, text)
    for word in MIXED.finditer(text):
        yield from _foreign(text, *word.span())


def misleading_in_word(word: str, is_id: bool) -> Iterator[Found]:
    """Those that a text may hold and a keyword, or an id, may not."""
    yield from _hidden(HIDDEN_IN_WORDS, word)
    if is_id:
        yield from _foreign(word, 0, len(word))


def _hidden(kind: re.Pattern[str], text: str) -> Iterator[Found]:
    return ((found.start(), invisible_message(found[0])) for found in kind.finditer(text))


def _foreign(text: str, begin: int, end: int) -> Iterator[Found]:
    for found in FOREIGN.finditer(text, begin, end):
        name = unicodedata.name(found[0]).lower()
        latin = found[0].translate(LATIN)
        code = f"{ord(found[0]):04X}"
        alike = say(
            "holds U+{code} ({name}), which looks like '{latin}': type it anew", code=code, name=name, latin=latin
        )
        yield found.start(), alike


def meant(text: str) -> str:
    """A text without what `misleading` finds in it, and in composed characters (NFC)."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", HIDDEN.sub("", text))
    return unicodedata.normalize("NFC", MIXED.sub(lambda word: word[0].translate(LATIN), text))


def meant_word(word: str, is_id: bool) -> str:
    """A word without what `misleading_in_word` finds in it."""
    word = HIDDEN_IN_WORDS.sub("", word)
    return word.translate(LATIN) if is_id else word


def looks(text: str) -> str:
    """The same for all texts that look alike, but for case and spaces."""
    words = unicodedata.normalize("NFKC", meant_word(text, is_id=True)).casefold().split()
    return " ".join(words)
