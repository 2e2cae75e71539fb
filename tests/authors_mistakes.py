"""Mistakes that an author made, one at a time, in the tree `data/optag-samtalen.yml`: how each changes its lines.

What `make check` says of each stands in `data/authors-mistakes.txt`, in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

TREE = Path(__file__).parent / "data/optag-samtalen.yml"
SAID = Path(__file__).parent / "data/authors-mistakes.txt"

Edit = Callable[[list[str]], list[str]]
"""Lines → the lines with the mistake."""


def put(number: int, *lines: str) -> Edit:
    """Other lines in place of line `number` (from 1)."""
    return lambda all: [*all[: number - 1], *lines, *all[number:]]


def delete(first: int, last: int = 0) -> Edit:
    return lambda all: [*all[: first - 1], *all[(last or first) :]]


def insert(number: int, line: str) -> Edit:
    """A line before line `number`."""
    return lambda all: [*all[: number - 1], line, *all[number - 1 :]]


def double(number: int, last: int = 0) -> Edit:
    """The lines once more, right below."""
    end = last or number
    return lambda all: [*all[:end], *all[number - 1 : end], *all[end:]]


def change(number: int, old: str, new: str) -> Edit:
    """`new` in place of `old` on a line, which holds it."""

    def edit(all: list[str]) -> list[str]:
        assert old in all[number - 1], (old, all[number - 1])
        return put(number, all[number - 1].replace(old, new, 1))(all)

    return edit


def indent(number: int, by: int, last: int = 0) -> Edit:
    """The lines moved in by `by` columns, or out if it is less than 0."""
    numbers = range(number, (last or number) + 1)

    def moved(line: str) -> str:
        assert by > 0 or line.startswith(" " * -by)
        return " " * by + line if by > 0 else line[-by:]

    return lambda all: [moved(line) if n in numbers else line for n, line in enumerate(all, 1)]


def value(number: int, text: str) -> Edit:
    """Another value behind the key on a line."""
    return lambda all: put(number, f"{all[number - 1].partition(':')[0]}:{text and ' '}{text}")(all)


def all_at_once(*edits: Edit) -> Edit:
    def edit(all: list[str]) -> list[str]:
        for one in edits:
            all = one(all)
        return all

    return edit


def ends(break_: str) -> Edit:
    """Another break at the end of every line."""
    return lambda all: [line + break_ for line in all]


MISTAKES: Sequence[tuple[str, Edit]] = (
    ("first key of a node 1 too far in", indent(14, 1)),
    ("first key of a node 1 too far out", indent(14, -1)),
    ("first key of a node 2 too far in", indent(14, 2)),
    ("first key of a node 2 too far out", indent(14, -2)),
    ("goto of an answer 1 too far in", indent(19, 1)),
    ("goto of an answer 1 too far out", indent(19, -1)),
    ("goto of an answer 2 too far out", indent(19, -2)),
    ("dash of the second answer 1 too far in", indent(20, 1)),
    ("dash of the second answer 1 too far out", indent(20, -1)),
    ("second answer 2 too far out", indent(20, -2, 22)),
    ("name of a node 2 too far in", indent(27, 2)),
    ("name of a node 2 too far out", indent(27, -2)),
    ("name of a node 1 too far out", indent(27, -1)),
    ("name of a node 1 too far in", indent(27, 1)),
    ("second key of a node 2 too far in", indent(71, 2)),
    ("second key of a node 2 too far out", indent(71, -2)),
    ("text behind | not further in", indent(73, -2)),
    ("second line of a text too far out", indent(74, -3)),
    ("tab before a key", put(41, "\tgoto: du-maa-ikke")),
    ("tab behind a colon", change(71, ": ", ":\t")),
    ("tab at the end", change(71, "caution", "caution\t")),
    ("colon missing behind a key", change(14, "question:", "question")),
    ("colon missing behind a node", change(27, ":", "")),
    ("colon missing behind answers", change(16, ":", "")),
    ("space missing behind a colon", change(71, ": ", ":")),
    ("colon in a text", value(28, "Har patienten: sagt ja?")),
    ("colon in an answer", value(20, "En kollega: intern")),
    ("colon in an item", value(49, "Det står: i journalen")),
    ("colon at the end of a text", value(28, "Har den anden sagt ja:")),
    ("hash in a text", value(28, "Har du #1 fået et ja?")),
    ("Danish letters in a node's name", change(46, "foer-du-optager", "før-du-optager")),
    ("Danish letters in an answer's id", value(21, "kolegå")),
    ("capital in a goto", value(41, "Du-maa-ikke")),
    ("spaces in a node's name", change(63, "du-maa-ikke", "du maa ikke")),
    ("underscores in a node's name", change(63, "du-maa-ikke", "du_maa_ikke")),
    ("double quote not closed", value(28, '"Har den anden sagt ja?')),
    ("single quote not closed", value(28, "'Har den anden sagt ja?")),
    ("text that begins with a quotation", value(28, '"Ja" – har du fået det?')),
    ("apostrophe in single quotes", value(28, "'Har du fået sms'en?'")),
    ("answers misspelt", change(16, "answers", "anwsers")),
    ("answers in Danish", change(16, "answers", "svar")),
    ("answer in Danish", change(20, "answer", "svar")),
    ("answers with a capital", change(16, "answers", "Answers")),
    ("goto to no node", value(41, "findes-ikke")),
    ("goto without a value", value(41, "")),
    ("goto forgotten", delete(41)),
    ("outcome forgotten", delete(64)),
    ("outcome's node forgotten", delete(63, 68)),
    ("key doubled in a node", double(71)),
    ("node doubled", all_at_once(double(57, 61), change(62, "du-maa-optage", "du-maa-optage"))),
    ("goto doubled", double(41)),
    ("dash missing before an answer", change(20, "-", " ")),
    ("dash missing before the first answer", change(17, "-", " ")),
    ("dash without a space", change(20, "- ", "-")),
    ("dash missing before an item", change(51, "-", " ")),
    ("date with slashes", value(6, "27/11/2026")),
    ("date from the day", value(6, "27-11-2026")),
    ("date in words", value(6, "27. november 2026")),
    ("day that there is not", value(6, "2026-11-31")),
    ("date without zeros", value(6, "2026-1-4")),
    ("day to come", value(6, "2036-11-24")),
    ("order with a decimal comma", value(7, "9,5")),
    ("order with a decimal point", value(7, "9.5")),
    ("order in words", value(7, "sidst")),
    ("months with a decimal comma", insert(8, "review_months: 1,5")),
    ("contact misspelt", value(61, "[stsp]")),
    ("contact by its name", value(61, "[Styrelsen for Patientsikkerhed]")),
    ("contacts without a comma", value(61, "[stps datatilsynet]")),
    ("contacts without brackets", value(61, "stps, datatilsynet")),
    ("bracket not closed", value(61, "[stps, datatilsynet")),
    ("comma at the end of a list", value(61, "[stps, datatilsynet,]")),
    ("comma behind a verdict", value(71, "caution,")),
    ("comma behind a goto", value(41, "du-maa-ikke,")),
    ("full stop behind a goto", value(41, "du-maa-ikke.")),
    ("answer without its key", put(35, "      - ja:")),
    ("answer without words", value(35, "")),
    ("answer of another word than scenarios have", value(40, "No")),
    ("curly quotes around a text with a colon", value(28, "“Sig det: Har den anden sagt ja?”")),
    ("curly quotes around a text", value(28, "“Har den anden sagt ja?”")),
    ("curly quotes around a goto", value(41, "“du-maa-ikke”")),
    ("Danish quotes around a goto", value(41, "„du-maa-ikke“")),
    ("hard space in the indentation", change(71, "    ", "   \u00a0")),
    ("hard space behind a colon", change(71, ": ", ":\u00a0 ")),
    ("hard space behind a goto", value(41, "du-maa-ikke\u00a0")),
    ("hard space in a text", change(28, "den anden", "den\u00a0anden")),
    ("zero-width space in a goto", value(41, "du-maa-\u200bikke")),
    ("soft hyphen in a text", change(28, "anden", "an\u00adden")),
    ("byte order mark", change(1, "#", "\ufeff#")),
    ("line breaks of Windows", ends("\r")),
    ("line breaks of old Macs", lambda all: ["\r".join(all)]),
    ("line breaks of two kinds", change(20, "kollega", "kollega\r")),
    ("Latin-1", lambda all: all),
    ("UTF-16", lambda all: all),
    ("en dash before an entry", change(20, "-", "–")),
    ("en dash before the first entry", change(17, "-", "–")),
    ("en dash in a goto", value(41, "du–maa–ikke")),
    ("en dash in a node's name", change(63, "du-maa-ikke", "du–maa–ikke")),
    ("en dash in a date", value(6, "2026–11–24")),
    ("page of the guide misspelt", value(15, "ledr.md#instrukser")),
    ("section of the guide misspelt", value(15, "leder.md#instruks")),
    ("page of the guide as .html", value(15, "leder.html#instrukser")),
    ("page of the guide with its folder", value(15, "guide/leder.md#instrukser")),
    ("whole address of a section", value(15, "http://127.0.0.1:8000/guide/leder.html#instrukser")),
    ("page of the guide without a section", value(15, "leder.md")),
    ("space before the # of a section", value(15, "leder.md #instrukser")),
    ("two sections without brackets", value(15, "leder.md#instrukser, leder.md#ansvar")),
    ("unknown verdict", value(71, "maybe")),
    ("verdict ja", value(59, "ja")),
    ("verdict nej", value(65, "nej")),
    ("verdict in Danish", value(71, "vær opmærksom")),
    ("verdict in German", value(59, "jein")),
    ("verdict with a capital", value(59, "Yes")),
    ("verdict true", value(59, "true")),
    ("two answers of one id", value(21, "patient")),
    ("two answers of the same words", value(40, "Ja")),
    ("HTML in a text", change(73, "den,", "<b>den</b>,")),
    ("entity in a text", change(73, "den,", "A &amp; B,")),
    ("< in a text", change(73, "den,", "< 10 og den,")),
    ("link to a page that is not there", change(30, "leder.md", "ledere.md")),
    ("link to a section that is not there", change(30, "#ansvar", "#ansvarr")),
    ("link to a node that is not there", change(73, "den,", "[den](findes-ikke),")),
    ("space within a link", change(30, "](", "] (")),
    ("link the wrong way round", change(30, "[lederens ansvar](leder.md#ansvar)", "(ansvar)[leder.md#ansvar]")),
    ("link not closed", change(30, "ansvar),", "ansvar,")),
    ("link without https://", change(73, "den,", "[den](www.stps.dk),")),
    ("address in a text", change(73, "den,", "https://stps.dk,")),
    ("picture in a text", change(73, "den,", "![den](den.png),")),
    ("heading in a text", change(73, "Spørg den", "# Spørg den")),
    ("table in a text", put(73, "      | A | B |", "      |---|---|", "      | a | b |")),
    ("text of several lines without |", all_at_once(value(72, ""), change(73, "den,", "den: ham,"))),
    ("text on the line of its |", all_at_once(change(72, "|", "| Spørg den."), delete(73))),
    ("condition by an answer's words", value(37, "{hvem: En patient}")),
    ("condition with =", value(37, "{hvem = patient}")),
    ("condition without a space", value(37, "{hvem:patient}")),
    ("condition with a brace not closed", value(37, "{hvem: patient")),
    ("condition in parentheses", value(37, "(hvem: patient)")),
    ("no last case", delete(39)),
    ("goto in place of to", change(39, "to", "goto")),
    ("condition on a later node", change(32, "hvem: patient", "samtykke: ja")),
    ("dash missing before a case", change(39, "-", " ")),
    ("when misspelt", change(37, "when", "wen")),
    ("item without its key", change(49, "item: ", "")),
    ("met forgotten", delete(54)),
    ("answers in a checklist", change(48, "items", "answers")),
    ("question in a checklist", insert(48, "    question: Er det her på plads?")),
    ("start misspelt", value(8, "hvm")),
    ("start forgotten", delete(8)),
    ("title forgotten", delete(2)),
    ("nodes misspelt", change(12, "nodes", "node")),
    ("colon missing behind nodes", change(12, ":", "")),
    ("short with a Danish letter", value(9, "optagæ")),
    ("short that is taken", value(9, "behandling")),
    ("short of the tree's own name", value(9, "optag-samtalen")),
    ("keywords without brackets", value(10, "optagelse, video")),
    ("scenario with another outcome", value(89, "du-maa-optage")),
    ("scenario with an unknown answer", change(88, "nej}", "nejj}")),
    ("two scenarios of one name", put(87, "  - name: Sara fik et nej")),
    ("number as a text", insert(8, "owner: 112")),
    ("answers that go round", value(55, "samtykke")),
    ("one answer only", delete(40, 44)),
    ("another tree without a colon", value(41, "hvilken-myndighed")),
    ("another tree without quotes", value(41, "hvilken-myndighed:")),
    ("@ at a text's beginning", value(28, "@Mette, har du fået et ja?")),
    ("% at a text's beginning", value(28, "% af patienter?")),
    ("* at a text's beginning", value(28, "*Har* du fået et ja?")),
    ("! at a text's beginning", value(28, "!Har du fået et ja?")),
    ("> at a text's beginning", value(28, "> 10 personer?")),
    ("- at a text's beginning", value(28, "- har du fået et ja?")),
    ("? at a text's beginning", value(28, "? har du fået et ja")),
    ("{ at a text's beginning", value(28, "{Har} du fået et ja?")),
    ("braces of templates in a text", change(73, "den,", "{{ den }},")),
    ("--- in the middle", insert(12, "---")),
    ("comment with //", insert(12, "// Her begynder skærmene")),
    ("empty file", lambda all: []),
    ("only a comment", lambda all: all[:1]),
    ("the word null", value(20, "null")),
    ("number as an answer", value(20, "10")),
    ("the word yes", value(20, "yes")),
    ("time as an answer", value(20, "12:30")),
    ("percent in a text", change(73, "den,", "50% af dem og den,")),
    ("graver with another word", insert(22, "        graver: ja")),
    ("next of another tree", insert(72, '    next: ["hvilken-myndighed:"]')),
    ("alias of the node itself", insert(64, "    aliases: [du-maa-ikke]")),
    ("emoji in a text", change(73, "den,", "den 🙂,")),
    ("control character", change(73, "Spørg", "\x0bSpørg")),
    ("very long title", value(2, "Må du optage samtalen " * 20)),
)
