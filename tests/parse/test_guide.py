"""The guide's pages → sections."""

from __future__ import annotations

import pytest
import yaml
from conftest import ROOT
from helpers import read_guide_page
from mkdocs.config.defaults import MkDocsConfig

from guidetrees.parse.guide import GuidePage, from_tree_page
from guidetrees.parse.site_markdown import EXTENSIONS
from guidetrees.source.page_names import as_page


def page(text: str, path: str = "page.md") -> GuidePage:
    """The page that `text` holds, which has no problems."""
    found, problems = read_guide_page(path, f"docs/guide/{path}", text)
    assert problems == ()
    return found


def html(text: str, id: str, path: str = "page.md") -> str:
    return page(text, path).sections[id].html


RULES = """\
# Rules { #rules }

Before.
{: #before }

## One { #one }

First.

- a
  {: #a }
- b

  more
  {: #b }

### Under { #under }

Deep.

## Two { #two }

Second.
"""


def test_every_id_is_a_section_in_the_order_of_the_page() -> None:
    assert list(page(RULES).sections) == ["rules", "before", "one", "a", "b", "under", "two"]


def test_a_heading_means_all_up_to_the_next_of_its_level() -> None:
    found = html(RULES, "one")
    assert "First." in found
    assert "Deep." in found
    assert "Second." not in found
    assert "Before." not in found
    assert "Second." in html(RULES, "rules")
    assert html(RULES, "under") == '<p class="gt-quote__heading">Under</p>\n<p>Deep.</p>'


def test_any_other_id_means_just_that_piece() -> None:
    assert html(RULES, "before") == "<p>Before.</p>"


def test_a_point_of_a_list_stands_alone() -> None:
    assert html(RULES, "a") == "<p>a</p>"


def test_quotes_hold_neither_ids_nor_headings() -> None:
    for section in page(RULES).sections.values():
        assert "id=" not in section.html
        assert "<h" not in section.html


@pytest.mark.parametrize("piece", ["~~~ { #a }\nz\n~~~", '<span id="a">z</span>', '<div id="a">z</div>'])
def test_quotes_hold_no_ids_of_html_that_the_parser_puts_aside(piece: str) -> None:
    """The same section may stand on a page twice, an id may not."""
    assert "id=" not in html(f"# H {{ #h }}\n\n{piece}\n", "h")


def test_pieces_know_the_headings_and_pieces_above_them() -> None:
    above = {id: section.above for id, section in page(RULES).sections.items()}
    assert above == {
        "rules": (),
        "before": ("rules",),
        "one": ("rules",),
        "a": ("one", "rules"),
        "b": ("one", "rules"),
        "under": ("one", "rules"),
        "two": ("rules",),
    }


def test_pieces_are_labelled_by_the_heading_above() -> None:
    labels = {id: section.label for id, section in page(RULES).sections.items()}
    assert labels["a"] == labels["one"] == "One"
    assert labels["under"] == "Under"


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("# A *b* `c` { #x }", "A b c"),
        ("# A & B &amp; C { #x }", "A & B & C"),
        ("# 1 < 2 { #x }", "1 < 2"),
        ("# A [b](c.md) { #x }", "A b"),
        ("# A <span class='arrow'>6</span> { #x }", "A 6"),
        ("# Æ «ø» å { #x }", "Æ «ø» å"),
        ("# `<b>` { #x }", "<b>"),
    ],
)
def test_a_label_is_the_headings_plain_text(heading: str, label: str) -> None:
    assert page(heading).sections["x"].label == label


def test_a_box_is_a_piece_and_so_are_its_pieces() -> None:
    text = '<div id="box" class="b" markdown>\n\nIn *it*.\n{: #in }\n\n</div>\n\nOut.\n'
    assert list(page(text).sections) == ["box", "in"]
    assert html(text, "box") == '<div class="b">\n<p>In <em>it</em>.</p>\n</div>'
    assert page(text).sections["in"].above == ("box",)


def test_the_sites_own_wording_is_never_quoted() -> None:
    box = '<div class="own" id="note" markdown>\n\nOwn.\n{: #inner }\n\n</div>'
    text = f"# A {{ #a }}\n\nGuide.\n\n{box}\n\nOwn too.\n{{: .own }}\n"
    assert list(page(text).sections) == ["a"]
    assert html(text, "a") == '<p class="gt-quote__heading">A</p>\n<p>Guide.</p>'


def test_own_wording_inside_a_piece_is_left_out_and_the_words_around_it_stay() -> None:
    assert html("Before *own*{: .own } after.\n{: #x }\n", "x") == "<p>Before  after.</p>"
    points = html("# A { #a }\n\n- guide\n- own\n  {: .own }\n- guide too\n", "a")
    assert "own" not in points
    assert points.count("<li>") == 2


def test_an_own_heading_names_words_of_the_guide() -> None:
    text = "# A { #a }\n\n## Own { #own .own }\n\nGuide.\n"
    assert html(text, "own") == "<p>Guide.</p>"


def test_headings_without_an_id_get_one() -> None:
    assert list(page("# First things\n\n## First things\n").sections) == ["first-things", "first-things_1"]


def test_links_and_pictures_lead_right_from_a_trees_page() -> None:
    text = "[a](b.md#c) [d](#e) [f](../index.md) [g](https://h.dk) ![i](j.png)\n{: #x }\n"
    found = html(text, "x", "k/l.md")
    for address in (
        'href="../guide/k/b.html#c"',
        'href="../guide/k/l.html#e"',
        'href="../guide/index.html"',
        'href="https://h.dk"',
        'src="../guide/k/j.png"',
    ):
        assert address in found


def test_headings_know_their_lines() -> None:
    text = "---\ntitle: T\n---\n\n# A\n\ntext\n\n## B\n"
    assert [section.location.line for section in page(text).sections.values()] == [5, 9]
    assert [section.location.line for section in page(text.replace("\n", "\r\n")).sections.values()] == [5, 9]


def test_the_guide_is_read_as_the_site_builder_renders_it() -> None:
    """Else a heading in a block of code is a section here and none on the page."""
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    listed = yaml.load(config, Loader=yaml.CBaseLoader)["markdown_extensions"]
    names = {name for entry in listed for name in ([entry] if isinstance(entry, str) else entry)}
    option = vars(MkDocsConfig)["markdown_extensions"]
    added = set(option.builtins)
    assert set(EXTENSIONS) == names | added


# Front matter


def test_what_the_front_matter_says() -> None:
    found = page("---\ntitle: T\nupdates: [a, b]\nguide:\n  title: G\n  date: May\n---\n\n# H\n")
    assert found.title == "T"
    assert found.updates == ("a", "b")
    assert found.guide == (("title", "G"), ("date", "May"))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# H\n", "H"),
        ("text", "Page"),
        ("## H\n", "Page"),
        ("# A *b* &lt;c&gt; `<d>` { #x }\n", "A b <c> <d>"),
        ("---\ntitle: T\n...\n", "T"),
        ("---\r\ntitle: T\r\n---\r\n", "T"),
        ("---\n---\n# H\n", "H"),
        ("", "Page"),
        ("\n \n", "Page"),
    ],
)
def test_a_page_is_called_by_its_title_else_its_heading_else_its_name(text: str, title: str) -> None:
    assert page(text).title == title


@pytest.mark.parametrize(
    ("matter", "problem"),
    [
        ("a: b: c", "2:5: not valid YAML: a text that holds ': ' needs quotes around it"),
        ("title: 1\ntitle: 2", "3:1: duplicate key 'title'"),
        ("# only a comment", "2:1: is empty"),
        ("text", "2:1: front matter must be a mapping of keys"),
        ("updates: a", "2:10: updates: must be a list, not a text, such as [a]"),
        ("updates:", "2:1: updates: is empty: write a list or delete the key"),
        ("updates: {a: b}", "2:10: updates: must be a list, not a mapping"),
        ("updates: [a, [b]]", "2:14: updates: must be a text, not a list"),
        ("title:", "2:1: title: is empty: write a text or delete the key"),
        ("title: [a]", "2:8: title: must be a text, not a list"),
        ("template: x.html", "2:1: unknown key 'template' in the front matter of a page of the guide"),
        ("hide: {toc: x}", "2:7: hide: must be a text, not a mapping"),
        ("search: {boost: .nan}", "2:17: boost: '.nan' is not a number from 0 to 1000"),
        ("search: x", "2:9: search: search must be a mapping of keys, not a text"),
        ("updates: [a, a]", "2:14: updates: duplicate value 'a'"),
        ("t: *x", "2:4: the alias '*x' is not allowed"),
    ],
)
def test_problems_of_front_matter_stand_at_their_lines(matter: str, problem: str) -> None:
    _, problems = read_guide_page("page.md", "page.md", f"---\n{matter}\n---\n\n# H\n")
    (line,) = map(str, problems)
    assert line.startswith(f"page.md:{problem}")


# Addresses


@pytest.mark.parametrize(
    ("url", "path", "wanted"),
    [
        ("b.md", "a.md", "../guide/b.html"),
        ("b.md#c", "a.md", "../guide/b.html#c"),
        ("#c", "a.md", "../guide/a.html#c"),
        ("", "a.md", "../guide/a.html"),
        ("../index.md", "a.md", "../index.html"),
        ("../b.md", "d/a.md", "../guide/b.html"),
        ("b.png", "d/a.md", "../guide/d/b.png"),
        ("b.md.txt", "a.md", "../guide/b.md.txt"),
        ("/b.md", "a.md", "/b.md"),
        ("//b.dk/c.md", "a.md", "//b.dk/c.md"),
        ("https://b.dk/c.md", "a.md", "https://b.dk/c.md"),
        ("MAILTO:a@b.dk", "a.md", "MAILTO:a@b.dk"),
    ],
)
def test_an_address_of_the_guide_as_a_trees_page_writes_it(url: str, path: str, wanted: str) -> None:
    assert from_tree_page(url, f"guide/{path}") == wanted


def test_pages_are_html_files() -> None:
    for ending in ("md", "markdown", "mdown", "mkdn", "mkd"):
        assert as_page(f"a/b.{ending}") == "a/b.html"
    assert as_page("README.md") == "index.html"
    assert as_page("a/README.md") == "a/index.html"
    assert as_page("a/b.txt") == "a/b.txt"
