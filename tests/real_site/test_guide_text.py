"""The guide's pages carry the guide's text whole and unaltered.

`data/guide-2023-10.txt` is the text of the guide as it comes out of its layout: columns interleaved, words
broken at line ends, the link targets last. Each page is rendered and its text compared with that source,
in three steps:

* every piece of the source stands on a page, and nothing else does (`compare`): white space, hyphens and
  bullets are left out of both sides, for they belong to the layout;
* every line of the source stands on a page with its spaces and hyphens, and the words that the layout broke
  at a line end are the ones listed in BROKEN_WORDS (`broken_words`);
* the addresses are the guide's, at the names they belong to.

What is not the guide's (elements with the class `own`, and front matter) is left out of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import lxml.html
import markdown
import pytest
from conftest import ROOT

HERE = ROOT / "tests"
SOURCE = (HERE / "data" / "guide-2023-10.txt").read_text(encoding="utf-8")
PAGES = {path.name: path.read_text(encoding="utf-8") for path in sorted(HERE.parent.glob("docs/guide/*.md"))}
EXTENSIONS = ["attr_list", "md_in_html", "tables", "sane_lists", "toc"]

LAYOUT = re.compile(r"[\s\u00ad•‐‑‒–—-]")
"""Characters that the comparison leaves out."""

BULLET = re.compile(r"(?:•|––)\s*")
ADDRESS = re.compile(r"https?://[^\s\"<>]+")
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
TAKEN = "\0"

AUTHORITIES = [
    "Styrelsen for Patientsikkerhed",
    "Sundhedsstyrelsen",
    "Styrelsen for Patientklager",
    "Sundhedsdatastyrelsen",
    "MedCom",
    "Lægemiddelstyrelsen",
    "Erhvervsstyrelsen",
    "Forbrugerombudsmanden",
    "SKAT",
    "Datatilsynet",
]
"""The names that are links in the list of authorities, in the order of the source's addresses."""

BROKEN_WORDS = """
    behandling behandlingen behandlingsansvarlige behandlingsforløb behandlingsplanen behandlingssteder
    diagnosticering forpligtet forsvarligt forudsigelse forventningsafstemning hjemmemonitorering
    hjemmesygeplejen hvornår håndkøbsmedicin introduceres kombination kommunikerer kompetencer
    kompetencerne korrespondancer nødvendige og/eller opmærksomhed organiseret overholdes overvægt
    patientbehandlingen patienten retningslinjer retsinformation.dk samtykke samvittighedsfuldhed
    scoringssystem selskaber/behandlingsstedets standarder sundhedsfaglig sundhedsfaglige
    sundhedsfagligt sundhedsperson sundhedspersoner sundhedsydelser sygehusafdelingen tilrettelægges
    træningsprogrammer udelukkende udlandet videokonsultationer videregive virksomhed
"""
"""Words that the layout broke at a line end, as the pages write them."""


@dataclass(frozen=True)
class Piece:
    """Lines of the source that belong together: a paragraph, a bullet, or a part of one."""

    number: int
    """The first line's number in the source."""
    lines: tuple[str, ...]
    """The lines, with single spaces and without a bullet."""

    @property
    def bare(self) -> str:
        return bare("".join(self.lines))

    def __str__(self) -> str:
        return f"source line {self.number}: {' '.join(self.lines)}"


def bare(text: str) -> str:
    return LAYOUT.sub("", text)


def spaced(text: str) -> str:
    return " ".join(text.split())


def pieces(source: str) -> Iterator[Piece]:
    """The source cut at blank lines, at bullets and where a page begins (a line that starts with a space)."""
    number, lines = 0, list[str]()
    for at, line in enumerate(ADDRESS.sub("", source).splitlines(), start=1):
        starts = not line.strip() or line.startswith(" ") or BULLET.match(line)
        if starts and lines:
            yield Piece(number, tuple(lines))
            lines = []
        if line.strip():
            number = number if lines else at
            lines.append(spaced(BULLET.sub("", line)))
    if lines:
        yield Piece(number, tuple(lines))


def render(page: str, extensions: list[str] = EXTENSIONS) -> lxml.html.HtmlElement:
    html = markdown.markdown(FRONT_MATTER.sub("", page), extensions=extensions)
    return lxml.html.fragment_fromstring(html, create_parent="main")


def guide_text(page: str) -> str:
    """What the page shows of the guide: its text without the elements that are our own."""
    root = render(page)
    for element in root.find_class("own"):
        element.drop_tree()
    return spaced(root.text_content())


def guide_texts() -> dict[str, str]:
    return {name: guide_text(page) for name, page in PAGES.items()}


def compare(source: str, texts: dict[str, str]) -> list[str]:
    """What the pages lack of the source, and what they have beyond it; nothing when both say the same.

    The longest pieces are looked for first, and what was found is taken off its page, so that a short piece
    cannot be found inside a longer one, and a piece that stands twice in the source has to be there twice.
    """
    left = {name: bare(text) for name, text in texts.items()}
    missing = []
    for piece in sorted(pieces(source), key=lambda piece: len(piece.bare), reverse=True):
        page = next((name for name, text in left.items() if piece.bare in text), None)
        if page is None:
            missing.append(piece)
        else:
            left[page] = left[page].replace(piece.bare, TAKEN * len(piece.bare), 1)
    missing.sort(key=lambda piece: piece.number)
    return [f"missing, {piece}" for piece in missing] + [
        f"not in the guide, {name}: {words}" for name in left for words in leftover(texts[name], left[name])
    ]


def leftover(text: str, left: str) -> list[str]:
    """The stretches of a page's text that no piece has taken, in readable form."""
    places = [place for place, character in enumerate(text) if bare(character)]
    runs = (run.span() for run in re.finditer(f"[^{TAKEN}]+", left))
    return [text[places[start] : places[end - 1] + 1] for start, end in runs]


def broken_words(source: str, texts: dict[str, str]) -> tuple[set[str], list[str]]:
    """The words that the layout broke at a line end, and the lines that no page has with the same spaces."""
    everything = "\n".join(texts.values())
    joined, altered = set[str](), []
    for piece in pieces(source):
        lines = [line.removesuffix("-") for line in piece.lines]
        altered += [f"source line {piece.number}: {line}" for line in lines if line not in everything]
        for line, following in pairwise(lines):
            if f"{line} {following}" in everything:
                continue
            word = line.split()[-1] + following.split()[0]
            if line + following in everything:
                joined.add(word.strip(",.?"))
            else:
                altered.append(f"source line {piece.number}: {word}")
    return joined, altered


def addresses(source: str) -> list[str]:
    """The source's link targets, each once, in its order."""
    return list(dict.fromkeys(ADDRESS.findall(source)))


def links(page: str) -> list[tuple[str, str]]:
    return [(link.get("href"), spaced(link.text_content())) for link in render(page).iter("a")]


# The text


def test_the_pages_say_what_the_guide_says_and_nothing_else() -> None:
    assert compare(SOURCE, guide_texts()) == []


def test_every_line_keeps_its_spaces_and_hyphens() -> None:
    _, altered = broken_words(SOURCE, guide_texts())
    assert altered == []


def test_words_are_joined_where_the_layout_broke_them_and_nowhere_else() -> None:
    joined, _ = broken_words(SOURCE, guide_texts())
    assert joined == set(BROKEN_WORDS.split())


# The comparison itself: a source of three pieces, one of them twice, on two pages

SMALL_SOURCE = " Må jeg \nbe\n\n•\t En bi -\n•\t To får \n Slut\n\nSlut\n"
SMALL_TEXTS = {"a.md": "Må jeg be En bi Slut", "b.md": "Slut To får"}


def test_the_same_text_compares_equal() -> None:
    assert compare(SMALL_SOURCE, SMALL_TEXTS) == []


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        pytest.param(
            "Slut To fåt",
            ["missing, source line 5: To får", "not in the guide, b.md: To fåt"],
            id="a letter altered",
        ),
        pytest.param("Slut", ["missing, source line 5: To får"], id="a bullet dropped"),
        pytest.param(
            "Slut To hvide får",
            ["missing, source line 5: To får", "not in the guide, b.md: To hvide får"],
            id="a word added within a piece",
        ),
        pytest.param("Slut og To får", ["not in the guide, b.md: og"], id="a word added between pieces"),
        pytest.param("To får", ["missing, source line 8: Slut"], id="one of two dropped"),
        pytest.param("Slut To får Slut", ["not in the guide, b.md: Slut"], id="one too many"),
    ],
)
def test_an_altered_text_is_found(text: str, problems: list[str]) -> None:
    assert compare(SMALL_SOURCE, SMALL_TEXTS | {"b.md": text}) == problems


def test_a_piece_does_not_run_from_one_page_to_the_next() -> None:
    assert compare("En bi\n", {"a.md": "En", "b.md": "bi"}) == [
        "missing, source line 1: En bi",
        "not in the guide, a.md: En",
        "not in the guide, b.md: bi",
    ]


@pytest.mark.parametrize(
    ("page", "old", "new"),
    [
        pytest.param("leder.md", "patientsikkert", "patientsikkart", id="a letter altered"),
        pytest.param("leder.md", "At der rapporteres utilsigtede hændelser.", "", id="a bullet dropped"),
        pytest.param("leder.md", "skal du sikre", "skal du altid sikre", id="a word added"),
        pytest.param("udland.md", "præmis", "præmisser", id="a word lengthened"),
    ],
)
def test_an_altered_page_is_found(page: str, old: str, new: str) -> None:
    texts = guide_texts()
    assert old in texts[page]
    assert compare(SOURCE, texts | {page: texts[page].replace(old, new, 1)})


def test_own_words_and_front_matter_are_no_part_of_the_text() -> None:
    front_matter, heading = "---\ntitle: Om\n---\n", "# Vores { .own #x }\n\n"
    own, text = '<div class="own" markdown>\n\nVores\n\n</div>\n\n', "Guidens\n"
    assert guide_text(front_matter + heading + own + text) == "Guidens"


def test_a_lost_space_and_a_lost_hyphen_are_found() -> None:
    assert broken_words("en CE-mærket sundheds\napp\n", {"a.md": "en CE-mærket sundhedsapp"}) == (
        {"sundhedsapp"},
        [],
    )
    _, altered = broken_words("en CE-mærket app\n", {"a.md": "en CEmærket app"})
    assert altered == ["source line 1: en CE-mærket app"]
    _, altered = broken_words("en app\n", {"a.md": "enapp"})
    assert altered == ["source line 1: en app"]
    _, altered = broken_words("en sundheds\napp\n", {"a.md": "en sundheds-app"})
    assert altered == ["source line 1: sundhedsapp"]


# Links, headings and ids


def test_the_pages_link_to_the_guides_addresses_each_once_and_to_nothing_else() -> None:
    contact = ["mailto:stps@stps.dk", "tel:+4572286600"]
    found = [target for page in PAGES.values() for target, _ in links(page)]
    assert sorted(found) == sorted(addresses(SOURCE) + contact)


def test_no_address_stands_on_the_pages_other_than_as_a_link() -> None:
    found = [address for page in PAGES.values() for address in re.findall(r"\w+://", page)]
    assert len(found) == len(addresses(SOURCE))


def test_each_address_stands_at_its_name() -> None:
    *authorities, directive, agency = addresses(SOURCE)
    listed = [link for link in links(PAGES["kontakt.md"]) if ADDRESS.match(link[0])]
    assert listed == list(zip(authorities, AUTHORITIES, strict=True))
    [(target, text)] = links(PAGES["udland.md"])
    assert target == directive and text.startswith("Direktiv om patientrettigheder")
    assert links(PAGES["index.md"]) == [(agency, "Digital sundhedsfaglig behandling")]


@pytest.mark.parametrize("name", PAGES)
def test_one_h1_and_no_level_skipped(name: str) -> None:
    levels = [int(heading.tag[1]) for heading in headings(name)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", PAGES)
def test_every_heading_has_an_id_of_its_own(name: str) -> None:
    assert [heading.text_content() for heading in headings(name) if not heading.get("id")] == []


@pytest.mark.parametrize("name", PAGES)
def test_ids_are_plain_and_stand_once_a_page(name: str) -> None:
    ids = render(PAGES[name]).xpath("//@id")
    assert [each for each in ids if not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", each)] == []
    assert len(ids) == len(set(ids))


def headings(name: str) -> list[lxml.html.HtmlElement]:
    """The page's headings with the ids that its author gave: `toc` would give one to every heading."""
    root = render(PAGES[name], [extension for extension in EXTENSIONS if extension != "toc"])
    found: list[lxml.html.HtmlElement] = root.xpath("//h1|//h2|//h3|//h4|//h5|//h6")
    return found
