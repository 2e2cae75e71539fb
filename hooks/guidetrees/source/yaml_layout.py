"""Reads the lines of a YAML text that libyaml refuses, and finds the first whose column or dash is wrong.

libyaml stops where its grammar breaks, often far below the mistake. Here each line is a key or an entry of a list
(`Entry`) in a column, and entries that begin in one column are a level (`Level`). A line that fits no open level,
or the line above it that broke the level, is the mistake. Lines and columns count from 0.
"""

from __future__ import annotations

import re

from guidetrees.messages.message import join, say
from guidetrees.source.location import shorten
from guidetrees.source.yaml_lines import (
    NO_KEY,
    PROSE,
    QUOTED,
    WORD,
    Entry,
    Level,
    Mistake,
    beside,
    following,
    has_key,
    in_column,
    indent,
    split_key,
    too_far,
)

MISSING_DASH = say("a '- ' is missing before '{found}'", found="")
MISSING_ENTRY = say("a line that begins with '- ' is missing above '{found}'", found="")
MISSING_COLON = say("a colon is missing behind '{key}'", key="")
OPEN_QUOTE = say("the quotation mark is not closed")
NO_TABS = say("indent with spaces, not tabs")
COLON = say("a text that holds ': ' needs quotes around it")
NOTE = say("a note begins with #, not with //")
NO_KEY_HERE = say(
    "there is no key here: the lines of a text begin further in than its key, which has '|' behind it"
)
NO_LIST = say("there is no list here: '- ' begins an entry of a list, below a key without a value")
ENDED = ('"', "'", "[", "{")
"""With these a value begins that ends where it is closed: no text and no list goes on below it."""
NEEDS_BAR = say("a text of several lines needs '|' behind its key")
STEP = 2
"""How much further in things usually begin than the key that they are in."""
BLOCK_HEADER = re.compile(r"[|>][-+0-9]*\s*(?: #.*)?$")
FLOW = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[\[\]{}]""")


def find_mistake(lines: list[str], until: int, first_line: int = 1) -> Mistake | None:
    """The first mistake of layout on the lines up to `until`. Messages count lines from `first_line`."""
    return _Reader(lines, until, first_line).read()


class _Reader:
    """Reads lines from the first on, and keeps the levels that are open."""

    def __init__(self, lines: list[str], until: int, first_line: int) -> None:
        self.lines, self.until, self.first_line = lines, until, first_line
        self.levels: list[Level] = []
        self.text: int | None = None
        """The line on which a text began that has no key on its line."""

    def read(self) -> Mistake | None:
        after = 0  # the first line behind the value that was read last
        for number, line in enumerate(self.lines[: self.until + 1]):
            if number < after:
                continue
            text, column = line.strip(), indent(line)
            is_tab = line[column : column + 1] == "\t"
            if is_tab and number == self.until:
                return Mistake(number, column, NO_TABS)
            if not text or text[0] == "#" or (number == 0 and text == "---"):
                continue
            if is_tab:
                return None
            if (column == 0 and text[:3] in ("---", "...")) or text[:2] in ("? ", ": "):
                return None  # libyaml's own words are clear
            if found := self._line(number, column, line[column:].rstrip()):
                return found
            end = self._end_of_value() if self.levels else number
            if isinstance(end, Mistake):
                return end
            after = end + 1
        return None

    def _line(self, number: int, column: int, text: str) -> Mistake | None:
        """Puts what is on a line in its levels: `- - key: value` is two entries of lists, and a key."""
        while text == "-" or text[:2] in ("- ", "-\t"):
            inner = text[1:].lstrip()
            pair = split_key(inner)
            entry = Entry(number, column, pair[0] if pair else "", "" if pair else inner, True)
            if found := self._place(entry):
                return found
            column, text = column + len(text) - len(inner), inner
            if not pair and not (inner == "-" or inner.startswith("- ")):
                return None
        pair = split_key(text)
        return self._place(Entry(number, column, *pair, False)) if pair else self._text(number, column, text)

    # Values of several lines

    def _end_of_value(self) -> int | Mistake:
        """The last line of the last entry's value; the line of the entry where that cannot be told."""
        entry, level = self.levels[-1].entries[-1], self.levels[-1]
        if BLOCK_HEADER.match(entry.value):
            return self._end_of_block(entry, level)
        if entry.value[:1] in QUOTED:
            return self._end_of_quoted(entry, level)
        return self._end_of_flow(entry, level) if entry.value[:1] in ("[", "{") else entry.line

    def _end_of_block(self, entry: Entry, level: Level) -> int | Mistake:
        begins: int | None = None
        first = last = entry.line
        for number in range(entry.line + 1, len(self.lines)):
            column = indent(self.lines[number])
            text = self.lines[number].strip()
            if self.lines[number][column : column + 1] == "\t":
                break
            if text and column <= (level.column if begins is None else begins - 1):
                if self._is_of_block(text, column, begins, level):
                    further = level.column + STEP if begins is None else begins
                    if first == last and column == level.column + STEP:
                        further, number, column = column, first, further
                    message = say(
                        "the text behind '{key}: {bar}' begins in column {column}",
                        key=entry,
                        bar=entry.value,
                        column=further + 1,
                    )
                    return Mistake(number, column, message)
                break
            if begins is None and text:
                begins, first = column, number
            last = number
        return last

    def _is_of_block(self, text: str, column: int, begins: int | None, level: Level) -> bool:
        """Whether a line that begins too far out for a block's text is of this text: no key and no entry."""
        if text[0] == "#" or text.startswith("- ") or has_key(text):
            return False
        return begins is None or column != level.column or not WORD.match(text)

    def _end_of_quoted(self, entry: Entry, level: Level) -> int | Mistake:
        quote, text = entry.value[0], entry.value
        for number in range(entry.line + 1, len(self.lines) + 1):
            found = QUOTED[quote].match(text)
            if found and len(found[0]) > 1 and found[0][-1] == quote and not found[0].endswith("\\" + quote):
                return number - 1
            line = self.lines[number] if number < len(self.lines) else ""
            if line.strip() and indent(line) <= level.column and has_key(line.strip()):
                column = self.lines[entry.line].index(entry.value)
                return Mistake(entry.line, column, OPEN_QUOTE)
            text = quote + line
        return entry.line

    def _end_of_flow(self, entry: Entry, level: Level) -> int:
        depth = 0
        for number in range(entry.line, len(self.lines)):
            line = self.lines[number]
            if number > entry.line and line.strip() and indent(line) <= level.column:
                break
            for part in FLOW.findall(entry.value if number == entry.line else line):
                depth += (part in ("[", "{")) - (part in ("]", "}"))
            if depth <= 0:
                return number
        return entry.line

    # Levels

    def _place(self, entry: Entry) -> Mistake | None:
        """Puts an entry in the level of its column; the mistake if there is none."""
        levels = self.levels
        closed: list[Level] = []
        while levels and levels[-1].column > entry.column:
            closed.append(levels.pop())
        entry.closed = closed
        if not levels:
            if closed:
                return self._moved(closed[-1].entries[0], entry)
            if self.text is not None:
                return self._text_with_keys(self.text)
            self._open(None, entry)
            return None
        level = levels[-1]
        last = level.entries[-1]
        waits = not closed and not last.value
        in_text, self.text = self.text, None
        if in_text is not None and entry.column > level.column:
            return self._text_with_keys(in_text)
        is_below = entry.is_dash and entry.column == level.column and not level.is_list
        if waits and (entry.column > level.column or is_below):
            self._open(last, entry)
            return None
        if entry.column == level.column:
            outer = levels[-2] if len(levels) > 1 else None
            if level.is_list and not entry.is_dash and outer and outer.column == level.column:
                levels.pop()
                level = outer
            if level.is_list == entry.is_dash:
                level.entries.append(entry)
                return None
            if level.is_list and entry.name == level.entries[0].name:
                return Mistake(entry.line, entry.column, MISSING_DASH.but(found=entry))
            return self._misfit(entry)
        return self._misfit(entry) if closed else self._deeper(entry, last, level)

    def _open(self, opener: Entry | None, entry: Entry) -> None:
        """Begins a level with its first entry."""
        level = Level(entry.column, entry.is_dash, opener, [entry])
        if opener:
            opener.opened = level
        self.levels.append(level)

    def _text(self, number: int, column: int, text: str) -> Mistake | None:
        """A line without a key: the value of the key above, a line more of it, or a mistake."""
        if not self.levels:
            self.text = number if self.text is None else self.text
            return None
        level = self.levels[-1]
        last = level.entries[-1]
        if column > level.column:
            if not last.value and self.text is None:
                self.text = number
            return Mistake(number, column, NO_KEY_HERE) if last.value[:1] in ENDED else None
        if text.startswith("//"):
            return Mistake(number, column, NOTE)
        while self.levels[-1].column > column and len(self.levels) > 1:
            level = self.levels.pop()
        if level.opener and column == level.column and any(PROSE.match(entry.name) for entry in level.entries):
            return Mistake(level.opener.line, level.opener.column, NEEDS_BAR)
        if level.column == column and level.is_list:
            return Mistake(number, column, MISSING_DASH.but(found=shorten(text)))
        return self._without_colon(number, column, text) or Mistake(number, column, NO_KEY_HERE)

    def _without_colon(self, number: int, column: int, text: str) -> Mistake | None:
        found = WORD.match(text)
        return Mistake(number, column, MISSING_COLON.but(key=shorten(found[0]))) if found else None

    def _text_with_keys(self, number: int) -> Mistake | None:
        """A text on a line of its own, with keys below: its first word lacks a colon, or its key lacks '|'."""
        text = self.lines[number].strip()
        if not self.levels and (text[0] in NO_KEY or text == "---"):
            return None
        column = indent(self.lines[number])
        if text.startswith("//"):
            return Mistake(number, column, NOTE)
        if found := self._without_colon(number, column, text):
            return found
        if not self.levels:
            return Mistake(number, column, NO_KEY_HERE)
        opener = self.levels[-1].entries[-1]
        return Mistake(opener.line, opener.column, NEEDS_BAR)

    def _deeper(self, entry: Entry, last: Entry, level: Level) -> Mistake | None:
        """`entry` begins further in than `last`, which has a value: one of the two is out of line."""
        if entry.is_dash and (last.value[0] in ENDED or (entry.name and not PROSE.match(entry.name))):
            return Mistake(entry.line, entry.column, NO_LIST)
        if PROSE.match(entry.name) or entry.is_dash:  # the text of `last` goes on, with a colon
            return Mistake(last.line, last.column, NEEDS_BAR) if entry.line > last.line + 1 else None
        like = self._level_of(entry)
        if last.is_dash and not last.name:
            return self._entry_without_key(last, level) if like is level else self._moved(entry, like.entries[-1])
        below = next(in_column(self.lines, level.column, entry.line), None)
        if below and below.is_dash and below.name == last.name:
            return Mistake(last.line, last.column, MISSING_DASH.but(found=last))
        usual = self._columns_of(entry)
        inner = next((one for one in last.closed if one.column == entry.column), None)
        if inner and (entry.column in usual or not BLOCK_HEADER.match(last.value)):
            return self._moved(last, inner.entries[-1])
        if self._is_out_of_line(level, entry):
            return self._moved(last, entry)
        moved = self._moved(entry, like.entries[-1])
        is_key = not entry.value or bool(usual)
        if is_key or last.value[0] in "\"'[{|>":
            return moved
        return moved._replace(message=join("; ", (moved.message, COLON)))

    def _is_out_of_line(self, level: Level, entry: Entry) -> bool:
        """Whether the last entry of `level` is in a wrong column, and not `entry` behind it."""
        if len(level.entries) > 1:
            before = level.entries[-2]
            return not before.value and not before.opened
        return level.opener is not None and not level.opener.is_dash and self._belongs_in(level, entry)

    def _level_of(self, entry: Entry) -> Level:
        """The open level whose entries hold what `entry` holds: keys, or a list; else the innermost."""
        inner = next(following(self.lines, entry.line + 1), None)
        if not entry.value and inner and inner.column > entry.column:
            for level in reversed(self.levels):
                if any(one.opened and one.opened.is_list == inner.is_dash for one in level.entries):
                    return level
        return self.levels[-1]

    def _columns_of(self, entry: Entry) -> set[int]:
        """The columns in which its key begins elsewhere in the file."""
        return {
            one.column for one in following(self.lines, 0) if one.name == entry.name and one.line != entry.line
        }

    def _belongs_in(self, level: Level, entry: Entry) -> bool:
        """Whether the column of `entry`, not the one of `level`, is that of what is in such keys."""
        outer = self.levels[self.levels.index(level) - 1].entries if level in self.levels else ()
        if not outer and self.levels:
            outer = self.levels[-1].entries
        columns = {e.opened.column for e in outer if e.opened and e.opened is not level}
        if columns:
            return entry.column in columns and level.column not in columns
        if level.opener and entry.column == level.opener.column + STEP:
            return True
        return self._has_others(entry)

    def _has_others(self, entry: Entry) -> bool:
        """Whether more entries of its kind follow in its column."""
        following = in_column(self.lines, entry.column, entry.line + 1)
        return any(other.is_dash == entry.is_dash for other in following)

    def _entry_without_key(self, entry: Entry, level: Level) -> Mistake | None:
        names = [one.name for one in level.entries if one.name]
        below = next(in_column(self.lines, level.column, entry.line + 1), None)
        names += [below.name] if below and below.is_dash else []
        key = names[0] if names else ""
        column = entry.column + 2
        word = WORD.match(entry.value)
        if word and (not key or word[0] == key):
            return Mistake(entry.line, column, MISSING_COLON.but(key=shorten(word[0])))
        if not key:
            return Mistake(entry.line, column, say("a key is missing before the text: there are keys below it"))
        message = say("the key is missing: write '- {key}: {text}'", key=key, text=shorten(entry.value))
        return Mistake(entry.line, column, message)

    def _misfit(self, entry: Entry) -> Mistake | None:
        """No open level is in the column of `entry`, or it is one of another kind."""
        level, closed = self.levels[-1], entry.closed
        if found := self._opened_too_far_out(entry, level):
            return found
        inner = closed[-1] if closed else None
        if inner and not entry.is_dash and len(level.entries) == 1 and _begins_with_a_name(inner):
            return Mistake(level.entries[0].line, level.column, NO_LIST)
        if inner and (found := self._wrong_above(entry, inner, level)):
            return found
        near = [one for one in [*closed, *reversed(self.levels)] if one.is_list == entry.is_dash]
        outer = next((one for one in near if one.column < entry.column), None)
        inner = next((one for one in reversed(near) if one.column > entry.column), None)
        if outer and outer is not level and inner:
            outer = None  # an entry of the list that is open is nearer
        likes = [one.entries[-1] for one in (outer, inner) if one]
        if not likes and entry.is_dash:
            return Mistake(entry.line, entry.column, NO_LIST)
        return self._moved(entry, *likes) if likes else None

    def _opened_too_far_out(self, entry: Entry, level: Level) -> Mistake | None:
        """The mistake that the key above `level` begins too far out, if `entry` is in line with what that closed:
        everywhere else, this key begins further in."""
        opener = level.opener
        if not opener or not any(
            (one.column, one.is_list) == (entry.column, entry.is_dash) for one in opener.closed
        ):
            return None
        usual, own = self._columns_of(opener), self._columns_of(entry)
        like = next((one for one in opener.closed if not one.is_list and one.column in usual), None)
        is_in_line = entry.column in own if own else not entry.value
        return self._moved(opener, like.entries[-1]) if like and is_in_line else None

    def _wrong_above(self, entry: Entry, inner: Level, level: Level) -> Mistake | None:
        """The line above `entry` that is the mistake, if `entry` is in line with others: the last entry of
        `level`, or the first of `inner`, which is in it."""
        opener, first = level.entries[-1], inner.entries[0]
        if left := next((one for one in opener.closed if one.column == entry.column), None):
            return self._moved(opener, left.entries[-1])
        is_behind = opener.is_dash == entry.is_dash and not entry.value and entry.column > level.column
        if is_behind and self._is_out_of_line(level, entry):
            return self._moved(opener, entry)
        if inner.opener is not opener or opener.is_dash:
            return None
        in_list = any(one.is_list for one in entry.closed)
        if entry.is_dash and not in_list and entry.column >= level.column + (entry.name != first.name):
            words = MISSING_DASH if entry.name == first.name else MISSING_ENTRY
            return Mistake(first.line, first.column, words.but(found=first))
        is_one_off = entry.is_dash or bool(entry.value) or not self._has_others(entry)
        several = len(inner.entries) > 1 and is_one_off
        if entry.is_dash == inner.is_list and not several and self._belongs_in(inner, entry):
            return self._moved(first, entry)
        return None

    def _moved(self, entry: Entry, *likes: Entry) -> Mistake:
        """The mistake that `entry` begins in another column than one of `likes`, beside which it belongs."""
        where = join(say(" or "), (beside(like, like.column + 1, like.line + self.first_line) for like in likes))
        if len(likes) == 1:
            return Mistake(entry.line, entry.column, too_far(entry, where, entry.column > likes[0].column))
        message = say(
            "'{key}' begins in column {column}, like nothing else: begin it {where}",
            key=entry,
            column=entry.column + 1,
            where=where,
        )
        return Mistake(entry.line, entry.column, message)


def _begins_with_a_name(level: Level) -> bool:
    """Whether the first key has no value, and yet others follow: they are meant to be in it."""
    first = level.entries[0]
    return not first.value and not first.opened and len(level.entries) > 1
