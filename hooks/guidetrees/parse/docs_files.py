"""Files of docs/ that are no pages, which the site builder copies as they are: none may bring scripts of its own.

Scripts are for mkdocs.yml to name (`extra_javascript`). Pages of HTML and pictures of SVG are read with Python's
parsers, and may hold what is listed. Two files may not have one address either.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from xml.parsers import expat

from guidetrees.messages.message import Message, quoted, say
from guidetrees.parse.html_allowlist import INSTRUCTION, dropped_of_document, holds, locate
from guidetrees.source.files import Unreadable, read_bytes, read_text, unreadable
from guidetrees.source.layout import Layout
from guidetrees.source.location import Location, Problem, location_of
from guidetrees.source.page_names import as_page

SCRIPTS = (".js", ".mjs", ".cjs", ".javascript", ".wasm")
HTML = (".html", ".htm", ".shtml")
XML = (".svg", ".xml", ".xhtml", ".xht", ".xsl", ".xslt")
"""Endings of files that browsers run scripts of."""

SVG = frozenset([
    "circle", "clipPath", "defs", "desc", "ellipse", "filter", "g", "line", "linearGradient", "marker", "mask",
    "metadata", "path", "pattern", "polygon", "polyline", "radialGradient", "rect", "stop", "style", "svg",
    "switch", "symbol", "text", "textPath", "title", "tspan", "use", "view",
])  # fmt: skip
"""Elements of SVG that draw and do not run, load or move."""
FILTERS = "fe"
"""Begins the names of a filter's elements, which draw too."""
NAMESPACE = "http://www.w3.org/2000/svg"
PAGES = "http://www.w3.org/1999/xhtml"
INSIDE = ("#", "data:image/png", "data:image/jpeg", "data:image/gif", "data:image/webp")
"""Beginnings of addresses that load nothing."""

REMEDY = say("write a page in Markdown, and name scripts under extra_javascript in mkdocs.yml")


def problems_of_files(
    root: Path, layout: Layout, paths: Iterable[str], scripts: Collection[str], in_folders: bool = False
) -> Iterator[Problem]:
    """What is wrong with the files at `paths` in docs/, pages among them. `scripts` are the paths of those that
    mkdocs.yml names. `in_folders` is whether each page has a folder of its own."""
    addresses = dict[str, str]()
    for path in paths:
        file = layout.doc(path)
        yield from _doubled(path, file, addresses, in_folders)
        ending = Path(file).suffix.lower()
        if ending in SCRIPTS and path not in scripts:
            yield Problem(
                Location(file), say("is a script that mkdocs.yml does not name: name it under extra_javascript")
            )
        elif ending in HTML:
            yield from _of_html(root, file)
        elif ending in XML:
            yield from _of_xml(root, file)


def _doubled(path: str, file: str, addresses: dict[str, str], in_folders: bool) -> Iterator[Problem]:
    """Windows and macOS know no capitals in names, and write accents in one way."""
    address = unicodedata.normalize("NFC", as_page(path, in_folders)).casefold()
    other = addresses.setdefault(address, file)
    if other != file:
        message = say("has the same address as {other}, at least on Windows and macOS: rename one", other=other)
        yield Problem(Location(file), message)


def _of_html(root: Path, file: str) -> Iterator[Problem]:
    try:
        text = read_text(root / file, file)
    except Unreadable as error:
        yield from error.problems
        return
    for at, one in locate(dropped_of_document(text), text, str):
        yield Problem(location_of(text[:at], file), holds(one.fault, REMEDY))


def _of_xml(root: Path, file: str) -> Iterator[Problem]:
    reader = _Xml(file)
    try:
        reader.parser.Parse(read_bytes(root / file), True)
    except OSError as error:
        yield Problem(Location(file), unreadable(error))
    except expat.ExpatError as error:
        place = Location(file, error.lineno, error.offset + 1)
        fault = quoted(expat.errors.messages[error.code])
        reader.found.append(Problem(place, say("is not valid XML: {fault}", fault=fault)))
    yield from dict.fromkeys(reader.found)


class _Xml:
    """Notes what an XML file holds that is not listed."""

    def __init__(self, file: str) -> None:
        self.found: list[Problem] = []
        self._file = file
        self._style = False
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.ProcessingInstructionHandler = lambda *_: self._refuse(INSTRUCTION)
        self.parser.EntityDeclHandler = lambda *_: self._refuse(say("an entity of its own (<!ENTITY)"))

    def _refuse(self, fault: Message) -> None:
        place = Location(self._file, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        self.found.append(Problem(place, holds(fault, REMEDY)))

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        namespace, _, name = tag.rpartition("}")
        draws = name in SVG or name.startswith(FILTERS)
        if namespace == PAGES or (namespace in (NAMESPACE, "") and not draws):
            self._refuse(say("<{name}>", name=name))
        self._style = name == "style"
        for attribute, value in attributes.items():
            self._attribute(attribute.rpartition("}")[2].lower(), value)

    def _attribute(self, name: str, value: str) -> None:
        if name.startswith("on"):
            self._refuse(say("the attribute '{name}'", name=name))
        elif name in ("href", "src") and not value.strip().startswith(INSIDE):
            self._refuse(say("the attribute '{name}' with an address outside the picture", name=name))
        elif loads(value):
            self._refuse(say("an address outside the picture in the attribute '{name}'", name=name))

    def _text(self, text: str) -> None:
        if self._style and loads(text):
            self._refuse(say("a style that loads something"))

    def _end(self, tag: str) -> None:
        self._style = False


def loads(style: str) -> bool:
    """Whether a style asks for anything but a part of its own picture."""
    plain = style.replace(" ", "").replace("'", "").replace('"', "").lower()
    return "@import" in plain or "\\" in plain or any(not part.startswith("#") for part in plain.split("url(")[1:])
